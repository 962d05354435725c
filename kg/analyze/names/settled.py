"""Mentions of a whole text: names found once are found again, one mention stays for a stretch, and phrases get their heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.analyze.names.notes import Alias
from kg.analyze.names.people import is_organization
from kg.analyze.names.words import Word, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention


def again(tokens: Tokens, mentions: Sequence[Mention], aliases: Sequence[Alias], knowledge: Knowledge) -> list[Mention]:
    """Names found once are found wherever they stand again."""
    names: dict[str, Mention] = {}
    defined = {alias.name for alias in aliases if is_organization(alias.host)}
    for mention in mentions:
        if mention.rule in ("suffix", "event-noun", "gazetteer") and not (
            mention.rule == "suffix" and is_organization(mention) and mention.certain
        ):
            continue
        if mention.kind == "Person" and len(mention.name) < 3:
            continue
        if mention.kind == "Person" or is_organization(mention):
            names.setdefault(mention.name, mention)
    for alias in aliases:
        if len(alias.name) >= 2 and (
            alias.host.kind == "Person" or is_organization(alias.host) or schema().is_a(alias.host.kind, "Event")
        ):
            names.setdefault(alias.name, alias.host)
    if not names:
        return []
    first_at = {start: i for i, start in enumerate(tokens.starts)}
    last_at = {end: i for i, end in enumerate(tokens.ends)}
    pattern = re.compile("|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n))))
    found = []
    for match in pattern.finditer(tokens.text):
        host = names[match[0]]
        first, last = first_at.get(match.start()), last_at.get(match.end())
        if first is None or last is None or not tokens.spaced[first] and tokens.tags[first - 1].startswith(("NN", "SL", "XPN")):
            continue
        if last + 1 < len(tokens.tags) and not tokens.spaced[last + 1] and tokens.tags[last + 1].startswith(("NN", "XSN", "SL")):
            continue
        found.append(
            Mention(
                start=match.start(),
                end=match.end(),
                kind=host.kind,
                name=match[0],
                rule="alias" if match[0] in defined else "named-before",
                known=host.known,
            )
        )
    return found


_RANK = {
    "title-anchor": 0,
    "note-head": 0,
    "alias": 1,
    "defined-by-note": 1,
    "gazetteer": 2,
    "corporate-mark": 2,
    "suffix": 3,
    "event-noun": 4,
    "grouped": 4,
    "named-before": 5,
}


def settled(mentions: Iterable[Mention]) -> list[Mention]:
    """One mention for a stretch: of two over the same characters the better rule stays; events may hold other names."""
    best: dict[tuple[int, int], Mention] = {}
    for mention in mentions:
        key = (mention.start, mention.end)
        if key not in best or _RANK.get(mention.rule, 9) < _RANK.get(best[key].rule, 9):
            best[key] = mention
    ordered = sorted(best.values(), key=lambda m: (m.start, -m.end))
    known = {m.end: m for m in ordered if m.rule == "gazetteer" and is_organization(m)}
    out: list[Mention] = []
    for mention in ordered:
        body = known.get(mention.end) if mention.rule == "event-noun" else None
        if body and mention.start < body.start and not any(c.isdigit() for c in mention.name[: body.start - mention.start]):
            continue  # 사단법인 ○○협의회 is the body that the gazetteer has, 제45차 ○○총회 is its meeting
        if mention.rule == "named-before" and any(
            o.start <= mention.start
            and mention.end <= o.end
            and (o.kind == mention.kind or o.kind == "Person" or is_organization(o) and is_organization(mention))
            for o in out[-4:]
        ):
            continue
        if (
            is_organization(mention)
            and not mention.known
            and any(o.start < mention.start and o.end == mention.end and is_organization(o) for o in out[-4:])
        ):
            continue  # the tail of a longer name
        out.append(mention)
    return out


class ByEnd:
    """Mentions by where they end, for heads of phrases."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.by_end: dict[int, list[Mention]] = {}
        for mention in mentions:
            self.by_end.setdefault(mention.end, []).append(mention)
            if mention.title_span and mention.title_span[1] > mention.end:
                self.by_end.setdefault(mention.title_span[1], []).append(mention)


_NUMERALS = frozenset("두 세 네 다섯 여섯 일곱 2개 3개 4개 5개 6개 양".split())
COUNTED = re.compile(r"(?:총|모두)?\d+(?:개\s?(?:국|기관|사|기업|대학|부처|단체|시도|지자체|학교|은행|회사|업체|곳)|곳|사)")
LIST_TAILS = frozenset({"등", "사이", "측", "들", "외", "간", "양측", "양", "모두", "노사"})


_SO_MANY = re.compile(r"(?:약\s?)?\d[\d,]*(?:여|명)?(?:명)?")


def _of_body(words: Sequence[Word], k: int, index: ByEnd, knowledge: Knowledge) -> int | None:
    """The last word of the body whose people a phrase speaks of, with their number: ○○공단 관계자, ○○공단 임직원 10여 명."""
    while k > 0 and (words[k].text in ("명", "여", "약", "총") or _SO_MANY.fullmatch(words[k].text)):
        k -= 1
    if k == 0 or words[k].text.removesuffix("들") not in knowledge.organizations.staff:
        return None
    return k - 1 if any(is_organization(m) for m in index.by_end.get(words[k - 1].end, ())) else None


def _last_end(words: Sequence[Word], tokens: Tokens, index: ByEnd, knowledge: Knowledge) -> int | None:
    """Where the last mention of a phrase ends that the phrase may be about."""
    k = len(words) - 1
    while k >= 0:
        end = words[k].end
        if any(m.start >= words[0].start - 2 for m in index.by_end.get(end, ())):  # a mark, or 아· of 아·태
            return end
        stripped = end
        while stripped > words[k].start and tokens.text[stripped - 1] in "’”」』》>*㈜":
            stripped -= 1
        if stripped != end and index.by_end.get(stripped):
            return stripped
        if (counted := next((i for i in range(k, 0, -1) if COUNTED.fullmatch(words[i].text)), None)) is not None and not any(
            index.by_end.get(w.end) for w in words[counted : k + 1]
        ):
            k = counted - 1 - (words[counted - 1].text in ("총", "모두", "전체"))  # 영국, 가나 총 5개국 감독기구가
            k -= k > 0 and words[k].text == "등"
            if k >= 0 and index.by_end.get(words[k].end):
                continue
            return None
        if (own := _of_body(words, k, index, knowledge)) is not None:
            k = own  # ○○공단 관계자 10여 명이
            continue
        if k and words[k].text in knowledge.organizations.generic and words[k - 1].text in _NUMERALS:
            k -= 2  # 서울시와 경기도 두 지자체가
            continue
        if not (
            words[k].text in LIST_TAILS
            or any(w.text == "등" for w in words[:k])
            and k > next(i for i, w in enumerate(words) if w.text == "등") - 1
        ):
            last = words[k].last
            if tokens.words[last] in LIST_TAILS and last > words[k].first and index.by_end.get(tokens.ends[last - 1]):
                return tokens.ends[last - 1]
            return None
        k -= 1
    return None


def heads(phrase: Phrase, tokens: Tokens, index: ByEnd, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The mentions that a phrase is about: at its end (before 등 …), and those listed right before with a middle dot."""
    if not phrase.tokens:
        return ()
    words = words_of(tokens, phrase.tokens)
    if words[-1].text == "가입":
        return ()  # 한국, 일본 등 13개국 가입: an act
    end = _last_end(words, tokens, index, knowledge)
    if end is None:
        return ()
    found: list[Mention] = []
    while True:
        here = sorted(
            (m for m in index.by_end.get(end, ()) if m.start >= tokens.starts[phrase.first] - 2),
            key=lambda m: (not schema().is_a(m.kind, "Event"), m.kind != "Person", m.start),
        )
        if not here:
            break
        found.append(here[0])
        before = here[0].start
        if (
            before > 0
            and tokens.text[before - 1] in "·ㆍ‧・･․/,，&-–—"
            and before - 1 > tokens.starts[phrase.first]
            and index.by_end.get(before - 1)
        ):
            end = before - 1
            continue
        break
    return tuple(reversed(found))
