"""Mend what scrapers lose, on the view only and only where the text itself supports it; each rule names its edits.

Every rule is a generator of edits that only insert, but for the question marks that stand where an encoding lost a sign. Middle dots are put back only where the text counts what they parted and the
names' endings leave one way to do so; lost particles are left alone: nothing in the text says which they were.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from kg.model import Paragraph
from kg.read.cues import load_cues
from kg.read.fold import Edit
from kg.read.lost_marks import lost_marks
from kg.read.lost_quotes import lost_quotes


def repairs(text: str, paragraphs: Sequence[Paragraph], date: dt.date | None) -> Iterator[Edit]:
    """The edits of all rules, for a view's text whose article appeared on ``date``."""
    for rule in RULES:
        yield from rule(text, paragraphs, date)


def _alternatives(key: str) -> str:
    return "|".join(sorted(map(re.escape, load_cues().repair[key]), key=lambda word: (-len(word), word)))


@cache
def _glued_date() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.,~:/'’\-%·()A-Za-z가-힣])(?<!\d )(?P<digits>\d{{2,4}})"
        rf"(?:(?P<day>일(?!\s?(?:{_alternatives('spans')})))|(?P<weekday>\([월화수목금토일]\))"
        rf"|(?=[가-힣])(?!{_alternatives('units')}))"
    )


_WEEKDAY = re.compile(r"\([월화수목금토일]\)")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])월")
_BEFORE_DATE = re.compile(r"(?:[은는이가]|에서|,|지난|오는|[”’])\s$")
_DAYS = "월화수목금토일"


def lost_month(text: str, paragraphs: Sequence[Paragraph], date: dt.date | None) -> Iterator[Edit]:
    """``630일`` is 6월 30일 and ``628두메국`` 6월 28일 두메국, where the day of publication or another month on the page agrees.

    >>> [(e.start, e.new) for e in lost_month("토론회가 630일 열렸다.", (), dt.date(2021, 7, 1))]
    [(6, '월 ')]
    """
    counted = load_cues().repair["counted"]
    months: set[int] | None = None
    for match in _glued_date().finditer(text):
        digits, glued = match["digits"], not match["day"] and not match["weekday"]
        before = text[max(0, match.start() - 12) : match.start()]
        if (
            len(digits) < 3
            and not _no_day(digits, match, before)
            or glued
            and (int(digits) in load_cues().hotlines or not _BEFORE_DATE.search(before))
        ):
            continue
        if before.split()[-1:] and before.split()[-1] in counted - {"지난"}:
            continue
        if months is None:
            months = {int(m) for m in _MONTH.findall(text)} if date is None else set()
        reach = 14 if glued else 31
        weekday = match["weekday"] or ((behind := _WEEKDAY.match(text, match.end())) and behind[0])
        found = [cut for cut in (1, 2) if _supported((digits[:cut], digits[cut:]), date, months, weekday, reach)]
        if len(found) == 1:
            yield Edit(match.start() + found[0], match.start() + found[0], "월 ", "lost-month")
            if not match["day"]:
                yield Edit(match.end("digits"), match.end("digits"), "일 " if glued else "일", "lost-month")


def _no_day(digits: str, match: re.Match[str], before: str) -> bool:
    """Whether two digits are too many for a day and something says that they are one (``오는 35일``, ``35일(화)``)."""
    said = before.rstrip().endswith(("오는", "지난")) or bool(_WEEKDAY.match(match.string, match.end()))
    return int(digits) > 31 and bool(match["day"]) and said


def _supported(parts: tuple[str, str], date: dt.date | None, months: set[int], weekday: str | None, reach: int) -> bool:
    month, day = parts
    if not day or month.startswith("0") or len(day) > 2 or day.startswith("0"):
        return False
    if date is None:
        return int(month) in months and 1 <= int(day) <= 31 and not weekday
    for year in (date.year, date.year - 1, date.year + 1):
        try:
            then = dt.date(year, int(month), int(day))
        except ValueError:
            continue
        if abs((then - date).days) <= reach and (not weekday or _DAYS[then.weekday()] == weekday[1]):
            return True
    return False


@cache
def _bare_ordinal() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<verb>(?:주관|주최|개최|마련|진행)(?:한|하는|된|되는)|열린|열리는|여는|[‘“「]) ?(?P<n>\d{{1,3}})회 "
        rf"(?P<name>(?:[가-힣A-Za-z0-9·()]+ ){{1,4}}?[가-힣A-Za-z]*?)"
        rf"(?P<head>{_alternatives('event_heads')})(?![가-힣]*(?:들|마다))"
    )


def lost_ordinal(text: str, paragraphs: Sequence[Paragraph], date: dt.date | None) -> Iterator[Edit]:
    """``주관한 4회 … 토론회`` is 제4회, where the text speaks of 이번 토론회 elsewhere or the number opens a quoted name."""
    found = set()
    for match in _bare_ordinal().finditer(text):
        head = match["head"]
        one = re.search(rf"(?:이번|이날|본|동|금번) (?:[가-힣]+ )?{head}", text)
        if match["verb"] in "‘“「" or one:
            found.add(match.start("n"))
    if "회 " in text:
        found |= set(_named_ordinals(text))
    yield from (Edit(at, at, "제", "lost-ordinal") for at in sorted(found))


@cache
def _free_ordinal() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?P<before>[가-힣A-Za-z\d)]+[,]?) )(?P<n>[1-9]\d{{0,2}})회 (?P<name>(?:[가-힣A-Za-z0-9·()]+ ){{1,4}}?(?P<part>[가-힣A-Za-z]*?))"
        rf"(?P<head>{_alternatives('event_heads')})(?=[을를은는이가의에와과로]|[\s,’”]|$)",
        re.M,
    )


_AS_WHERE = re.compile(r"(?:에서|에|[은는이가와과]|한|된|린|는|으로|로|일|전|후|,)$")
_OFTEN = re.compile(r"차례|걸쳐|[회번]씩|매[주월년]|분기|격[주월]|회차|[총연] ?\d+회")
_INFLECTED = re.compile(r"[가-힣](?:을|를|은|는|에|에서|으로|했고|하고|하며)$")


def _named_ordinals(text: str) -> Iterator[int]:
    """Where a number counts an event's editions without 제: the event has a name of its own, and the text speaks of that one again."""
    for match in _free_ordinal().finditer(text):
        words, before = match["name"].split(), match["before"] or ""
        if not words or any(_INFLECTED.search(word) for word in words[:-1] + ([words[-1]] if not match["part"] else [])):
            continue
        if before and (not _AS_WHERE.search(before) or before in load_cues().repair["counted"]):
            continue
        phrase = words[-1] + match["head"] if match["part"] else f"{words[-1]} {match['head']}"
        sentence = text[text.rfind(".", 0, match.start()) + 1 : (text.find(".", match.end()) + 1 or len(text))]
        again = text.count(phrase) >= 2 or re.search(rf"(?:이번|이날|금번) (?:[가-힣]+ )?{match['head']}", text)
        if again and not _OFTEN.search(sentence):
            yield match.start("n")


@cache
def _counted_bodies() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![가-힣A-Za-z·,/])(?P<run>[가-힣]{{6,60}})(?:,? 등)? (?P<n>\d{{1,2}}|{_alternatives('numerals')})\s?개?\s?(?:{_alternatives('body_counts')})(?![가-힣]*(?:장|별)\b)"
    )


def lost_dots(text: str, paragraphs: Sequence[Paragraph], date: dt.date | None) -> Iterator[Edit]:
    """``아름시아름연구원한국자원협회 등 3개 기관`` names three: their endings and the gazetteer leave one way to part them.

    >>> [e.start for e in lost_dots("포럼은 아름시아름연구원한국자원협회 등 3개 기관이 열었다.", (), None)]
    [7, 12]
    """
    for match in _counted_bodies().finditer(text):
        numerals = load_cues().numerals
        count = int(match["n"]) if match["n"].isdigit() else numerals.index(match["n"]) + 2
        cuts = _parted(match["run"], count) if 2 <= count <= 12 else None
        yield from (Edit(match.start("run") + cut, match.start("run") + cut, "·", "lost-dots") for cut in cuts or ())


@cache
def _body_names() -> frozenset[str]:
    from kg.knowledge.tables import load

    return frozenset(form for entry in load() for form in entry.forms if len(form) >= 3)  # 한국 is too short to tell


def _parted(run: str, count: int) -> list[int] | None:
    """The cuts that part a run into so many names, None unless one way is best: most names of the gazetteer, then of known endings."""
    heads, names = load_cues().repair["body_heads"], _body_names()
    within = {
        at for head in heads if len(head) >= 3 for m in re.finditer(head, run) for at in range(m.start() + 1, m.end())
    }  # 대학교 is no 대학 with 교 behind it
    ways: list[dict[int, tuple[int, int, tuple[int, ...]]]] = [
        {} for _ in range(len(run) + 1)
    ]  # by end, by parts: known, how many ways, cuts
    ways[0] = {0: (0, 1, ())}
    for end in range(2, len(run) + 1):
        for start in range(max(0, end - 20), end - 1):
            part = run[start:end]
            known = part in names
            if end in within and not known:
                continue
            if not known and not (len(part) >= 3 and any(part.endswith(head) and len(part) > len(head) for head in heads)):
                continue
            for parts, (value, number, cuts) in ways[start].items():
                if parts < count:
                    _keep(ways[end], parts + 1, (value + known, number, (*cuts, end)))
    best = ways[len(run)].get(count)
    return list(best[2][:-1]) if best and best[1] == 1 else None


def _keep(ways: dict[int, tuple[int, int, tuple[int, ...]]], parts: int, way: tuple[int, int, tuple[int, ...]]) -> None:
    old = ways.get(parts)
    if old is None or way[0] > old[0]:
        ways[parts] = way
    elif way[0] == old[0]:
        ways[parts] = (old[0], old[1] + way[1], old[2])


_LOST_SPACE = re.compile(
    r"(?<=[가-힣][은는])(?=\d{1,2}(?:월 ?\d{1,2})?일[\s,(])|(?<=[가-힣]에서)(?=제\d{1,3}[회차])|(?<=[가-힣]에서)(?=[‘“「])(?!.{0,40}[’”」](?:[가-힣]{3,}))|(?<=\d일)(?=[가-힣]{2,8}(?:에서|홀에서) )"
)
_NO_SPACE = re.compile(r"\d일(?:까지|부터|간|자|째|마다|에|정|이|의|은|을|씩)")


def lost_space(text: str, paragraphs: Sequence[Paragraph], date: dt.date | None) -> Iterator[Edit]:
    """``한빛시는5일`` and ``강당에서제3회`` have lost a space behind a particle."""
    yield from (
        Edit(match.start(), match.start(), " ", "lost-space")
        for match in _LOST_SPACE.finditer(text)
        if not _NO_SPACE.match(text, max(0, match.start() - 2))
    )


_LOST_COLON = (
    r"(?<![\d.,\-])(?P<digits>[1-9]\d[1-9]\d)"
    r"(?:(?=(?:의|인|으로|로)?\s?(?:{0}))|(?<=(?:성비|비율)[은는이가를을] \d{{4}})(?=으로|로|이다|인|에))"
)


@cache
def _ratio() -> re.Pattern[str]:
    return re.compile(_LOST_COLON.format(_alternatives("ratios")))


def lost_colon(text: str, paragraphs: Sequence[Paragraph], date: dt.date | None) -> Iterator[Edit]:
    """``5050의 성비`` is 50:50: two shares that make a hundred, by a word of proportion."""
    for match in _ratio().finditer(text):
        if int(match["digits"][:2]) + int(match["digits"][2:]) == 100:
            yield Edit(match.start() + 2, match.start() + 2, ":", "lost-colon")


_LOST_PARTICLE = re.compile(r"(?<=[가-힣A-Za-z\d]\))(?=(?:19|20)\d\d년)")


def lost_particle(text: str, paragraphs: Sequence[Paragraph], date: dt.date | None) -> Iterator[Edit]:
    """``(HUB)2013년`` has lost a particle that nothing tells: a space parts the two."""
    yield from (Edit(match.start(), match.start(), " ", "lost-particle") for match in _LOST_PARTICLE.finditer(text))


RULES: tuple[Callable[[str, Sequence[Paragraph], dt.date | None], Iterator[Edit]], ...] = (
    lost_marks,
    lost_month,
    lost_ordinal,
    lost_dots,
    lost_colon,
    lost_particle,
    lost_space,
    lost_quotes,
)
