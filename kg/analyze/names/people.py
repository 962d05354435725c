"""People by their titles: 이화여대 ○○○ 교수, ○○○ 이화여대 교수, 원장 ○○○, ○○○ 인사처장, 톰 밀러 영국 내무부 위원장.

The title is the anchor; a name without one is found only where it was named with one before. What is said beside the name
(role, body) comes out as claims of ``jobTitle``, ``heads`` and ``affiliatedWith``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.analyze.names.employers import (
    COMPANY_TITLES,
    STEMS,
    company_after,
    fused_body,
    fused_mention,
    fused_unknown,
    led_by,
    led_unit,
    unknown_before,
)
from kg.analyze.names.foreigners import foreign_tail, foreign_word, side_by_side
from kg.analyze.names.parting import closed_up, parted
from kg.analyze.names.units import envoy_in, rank_in, unit_and_body
from kg.analyze.names.words import HANGUL, LIST_MARK, Word, apart, has_name_shape, is_person_name, tags_of, title_in
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

_APART = frozenset({"등", "및", "때", "당시", "직후"})  # part a body before from the person after: ○○부 국정감사 때 ○○○ 위원


@dataclass(frozen=True, slots=True)
class Anchored:
    """A person found at a title, with the body that stands with them; ``leads`` says that the title leads that very body."""

    person: Mention
    body: Mention | None
    unit: Mention | None
    leads: bool
    former: bool
    start: int
    end: int


def is_organization(mention: Mention) -> bool:
    """Whether a mention is a body (a country and a place are none)."""
    return schema().is_a(mention.kind, "Organization")


def people_in(
    words: Sequence[Word],
    tokens: Tokens,
    bodies: Sequence[Mention],
    knowledge: Knowledge,
    foreign: Mapping[int, int] = MappingProxyType({}),
) -> list[Anchored]:
    """People of a noun phrase. ``foreign`` maps the end of a word that a name in Latin letters follows to that name's number of words."""
    words, twice = side_by_side(closed_up(parted(words, tokens, knowledge), tokens, knowledge), tokens, knowledge)
    foreign = {**foreign, **twice}
    found: list[Anchored] = []
    begin = 0
    k = 0
    while k < len(words):
        title = title_in(words[k].text, knowledge) or rank_in(words, k, tokens, bodies, knowledge)
        envoy = envoy_in(words, k, bodies, knowledge) if title is None else None
        if (
            (title := title or envoy) is None
            or envoy is None
            and words[k].text in knowledge.organizations.generic - knowledge.titles.all
            or any(b.end == words[k].end for b in bodies)
        ):
            k += 1
            continue
        k, title = _last_title(words, k, title, tokens, bodies, knowledge)
        anchored, following = _at_title(words, begin, k, title, tokens, bodies, knowledge, foreign)
        if anchored:
            found.extend((*_sharing(words, begin, anchored, tokens, knowledge), anchored))
            begin = k = following
        else:
            k += 1
    return found


def _last_title(words, k, title, tokens, bodies, knowledge):
    """The last word of a title of several words (아태지역 총괄 선임 부사장): no name and no body stands between."""
    best = (k, title)
    for m in range(k + 1, min(k + 4, len(words))):
        if (
            _inside(words[m], bodies)
            or words[m].text in ("등", "및", "겸")
            or words[m].text in knowledge.titles.acting
            or is_person_name(words[m].text, tags_of(tokens, words[m]), knowledge, strong=True)
            or words[m - 1].last + 1 != words[m].first
        ):
            break
        further = title_in(words[m].text, knowledge)
        if further and k > 0:
            best = (m, further)
    return best


def _sharing(words: Sequence[Word], begin: int, anchored: Anchored, tokens: Tokens, knowledge: Knowledge) -> Iterator[Anchored]:
    """``○○○·○○○ 판사``: those before a middle dot share title and body of the last."""
    at = next((i for i, w in enumerate(words) if w.start == anchored.person.start), begin)
    while (
        at > begin
        and tokens.text[words[at - 1].end : words[at].start] in ("·", "ㆍ")
        and is_person_name(words[at - 1].text, tags_of(tokens, words[at - 1]), knowledge, strong=True)
    ):
        at -= 1
        person = replace(anchored.person, start=words[at].start, end=words[at].end, name=words[at].text, title_span=None)
        yield replace(anchored, person=person, start=min(anchored.start, person.start))


def surnames_in(
    words: Sequence[Word],
    phrase: Phrase,
    tokens: Tokens,
    people: Sequence[Anchored],
    earlier: Sequence[Anchored],
    knowledge: Knowledge,
) -> Iterator[Mention]:
    """``김 처장``, ``밀러 대표``: a family name (or the last part of a foreign name) with a title, for somebody named in full before."""
    for k, word in enumerate(words):
        title = title_in(word.text, knowledge)
        if title is None or any(p.start <= word.start < p.end for p in people):
            continue
        if k == 0:
            continue
        before = words[k - 1]
        single = len(before.text) == 1 and before.text in knowledge.surnames.one
        last = not single and any(" " in p.person.name and p.person.name.endswith(" " + before.text) for p in earlier)
        if (single or last) and (k == 1 or last):
            yield Mention(
                start=before.start,
                end=before.end,
                kind="Person",
                name=before.text,
                rule="surname",
                title=word.text,
                title_span=(word.start, word.end),
            )


def _inside(word: Word, bodies: Sequence[Mention]) -> Mention | None:
    return next((b for b in bodies if b.start <= word.start and word.end <= b.end), None)


def _at_title(words, begin, k, title, tokens, bodies, knowledge, foreign):
    """The person at the title in word k, and the word after what was read."""
    prefix, role = title
    # the title may be several words: 아태지역 총괄 선임 부사장, 위원장 직무대행, 이사회 의장 겸 CEO
    last = k
    acting = False
    while last + 1 < len(words):
        following = words[last + 1].text
        if following in knowledge.titles.acting:
            last, acting = last + 1, True
        elif following == "겸" and last + 2 < len(words) and title_in(words[last + 2].text, knowledge):
            last += 2
        elif (
            title_in(following, knowledge)
            and title_in(following, knowledge)[0] == ""
            and last == k
            and following in ("겸", "수석")
        ):
            last += 1
        else:
            break
    if any(role.endswith(a) and len(role) > len(a) for a in knowledge.titles.acting):
        acting = True
    after = words[last + 1] if last + 1 < len(words) else None
    # ○○○ [body] title: the nearest name to the left
    for j in range(k - 1, begin - 1, -1):
        word = words[j]
        if apart(word, words[j + 1], tokens):
            break  # ○○○ ▲ 공공조사팀장
        body = _inside(word, bodies)
        if body is not None:
            continue
        if word.text in ("등", "및", "겸"):
            break
        if k - j > 7:
            break
        western = (
            j > begin
            and words[j - 1].text not in knowledge.organizations.generic
            and foreign_word(words[j - 1], tokens)
            and foreign_word(word, tokens)
            and not _inside(words[j - 1], bodies)
            and word.text[:2] not in knowledge.surnames.two
            and not set(word.text[1:]) <= knowledge.surnames.given
            and words[j - 1].last + 1 == word.first
            and not _korean(words, j - 1, begin, tokens, knowledge)
        )
        if (
            not western
            and word.end not in foreign
            and is_person_name(
                word.text,
                tags_of(tokens, word),
                knowledge,
                strong=j == k - 1 and len(word.text) == 3 and (prefix == "" or fused_body(prefix, role, knowledge) is not None),
            )
        ):
            first = j
            if (
                k - j == 2
                and (own := company_after(words, j, j + 1, role, tokens, knowledge)) is not None
                and not _inside(words[j + 1], bodies)
            ):
                return _person(words, j, j, k, last, title, acting, tokens, [*bodies, own], knowledge, begin), last + 1
            if (
                len(word.text) < 3
                and word.end not in foreign
                and j == k - 1
                and not _lone(words, j, begin, tokens, bodies, knowledge)
            ):
                first = _foreign_start(words, j, begin, tokens, bodies, knowledge)
            return _person(words, first, j, k, last, title, acting, tokens, bodies, knowledge, begin), last + 1
        if word.end in foreign or (
            foreign_word(word, tokens)
            and j > begin
            and foreign_word(words[j - 1], tokens)
            and not _inside(words[j - 1], bodies)
            and not _korean(words, j - 1, begin, tokens, knowledge)
        ):
            first = _foreign_start(words, j, begin, tokens, bodies, knowledge)
            if prefix and prefix.isascii() and word.text.isascii():
                break  # … Lab Sound AI팀장
            if word.end in foreign:
                first = (
                    max(min(first, j), j + 1 - foreign[word.end], begin)
                    if first < j + 1 - foreign[word.end]
                    else max(begin, j + 1 - foreign[word.end])
                )
            while first < j and _inside(words[first], bodies):
                first += 1
            if first < j and word.end not in foreign and (own := company_after(words, first, j, role, tokens, knowledge)):
                return _person(words, first, first, k, last, title, acting, tokens, [*bodies, own], knowledge, begin), last + 1
            if first < j or word.end in foreign:
                return _person(words, first, j, k, last, title, acting, tokens, bodies, knowledge, begin), last + 1
    # title ○○○
    if after is not None and not _inside(after, bodies):
        given = len(after.text) == 3 and set(after.text[1:]) <= knowledge.surnames.given
        western = (
            not given
            and last + 2 < len(words)
            and foreign_word(after, tokens)
            and foreign_word(words[last + 2], tokens)
            and not _inside(words[last + 2], bodies)
            and title_in(words[last + 2].text, knowledge) is None
        )
        if (
            not western
            and is_person_name(after.text, tags_of(tokens, after), knowledge, strong=True)
            and len(after.text) >= 2
            and not (
                last + 2 < len(words)
                and not apart(after, words[last + 2], tokens)
                and title_in(words[last + 2].text, knowledge)
                and not _inside(words[last + 2], bodies)
                and k != last + 2
                and words[last + 2].text not in knowledge.titles.acting
            )
        ):
            return _person(words, last + 1, last + 1, k, last, title, acting, tokens, bodies, knowledge, begin), last + 2
        if (
            last + 2 < len(words)
            and foreign_word(after, tokens)
            and foreign_word(words[last + 2], tokens)
            and not _inside(words[last + 2], bodies)
            and title_in(words[last + 2].text, knowledge) is None
        ):
            stop = last + 2
            while (
                stop + 1 < len(words)
                and (
                    foreign_word(words[stop + 1], tokens)
                    or stop + 2 == len(words)
                    and foreign_tail(words[stop + 1], tokens, knowledge)
                )
                and not _inside(words[stop + 1], bodies)
            ):
                stop += 1
            return _person(words, last + 1, stop, k, last, title, acting, tokens, bodies, knowledge, begin), stop + 1
        if after.end in foreign and HANGUL.match(after.text):
            return _person(words, last + 1, last + 1, k, last, title, acting, tokens, bodies, knowledge, begin), last + 2
    return None, k + 1


def _lone(words, j, begin, tokens, bodies, knowledge) -> bool:
    return j == begin or _inside(words[j - 1], bodies) is not None or not foreign_word(words[j - 1], tokens)


def _korean(words, i, begin, tokens, knowledge) -> bool:
    """Whether a word is a Korean's full name with a common family name, and not the middle of a foreign one: 유○훈 나래사일로 이사."""
    text = words[i].text
    return (
        len(text) == 3
        and text[0] in knowledge.surnames.common
        and has_name_shape(text, knowledge)
        and text not in knowledge.surnames.not_names
        and (i == begin or not foreign_word(words[i - 1], tokens))
    )


def _foreign_start(words, j, begin, tokens, bodies, knowledge) -> int:
    first = j
    while (
        first > begin
        and j - first < 3
        and _inside(words[first - 1], bodies) is None
        and foreign_word(words[first - 1], tokens)
        and title_in(words[first - 1].text, knowledge) is None
        and words[first - 1].text not in knowledge.gazetteer
    ):
        first -= 1
    return first


def _person(words, first, name_last, k, last, title, acting, tokens, bodies, knowledge, begin) -> Anchored:
    prefix, role = title
    start, end = words[first].start, words[name_last].end
    name = words[first].text if first == name_last else tokens.text[start:end]
    apart = next((words[i].end for i in range(first - 1, begin - 1, -1) if words[i].text in _APART), words[begin].start)
    before = [b for b in bodies if b.end <= (start if name_last < k else words[k].end) and b.start >= apart]
    between = [b for b in bodies if b.start >= end and b.end <= words[k].end] if name_last < k else []
    candidates = between or before
    candidates = [b for b in candidates if not tokens.text.startswith(" 산하 ", b.end)]  # ○○청 산하 기관 ○○○ 원장
    candidates = [b for b in candidates if is_organization(b) or schema().is_a(b.kind, "Country") or b.kind in ("City", "Region")]
    candidates.sort(key=lambda b: (b.end, b.start != b.end and -b.start))
    body = unit = None
    bodies_only = [b for b in candidates if is_organization(b)]
    if not bodies_only:  # 완도군 ○○○ 과장: a local government is named like its place
        bodies_only = [
            replace(b, kind="LocalGovernment")
            for b in candidates
            if b.kind in ("City", "Region") and b.known and knowledge.gazetteer[b.known].cls == "LocalGovernment"
        ]
    if bodies_only:
        nearest = bodies_only[-1]
        if nearest.kind == "OrganizationalUnit" and not nearest.known and len(bodies_only) > 1:
            unit, body = nearest, bodies_only[-2]
        else:
            body = nearest
    if name_last < k and (split := unit_and_body(words, first, role, before, between, tokens)) is not None:
        unit, body = split
    title_first = name_last + 1 if name_last < k else begin
    title_start = max(
        [words[title_first].start, *(b.end + 1 for b in (between if name_last < k else before) if b.end < words[k].end)]
    )
    title_words = [w for w in words[title_first : last + 1] if w.start >= title_start]
    if name_last > k:  # title before the name: only as far left as the words belong to the title
        title_words = list(words[max(begin, k - 0) : last + 1])
    if title_words:
        title_start = title_words[0].start
    else:
        title_start = words[k].start
    if (
        last > k
        and words[last - 1].text == "겸"
        and (further := title_in(words[last].text, knowledge))
        and not further[0]
        and further[1] in knowledge.titles.heads
    ):
        role = further[1]  # 부총리 겸 장관
    leads = role in knowledge.titles.heads and prefix == "" and not acting
    fused = None
    if prefix:
        fused = fused_body(prefix, role, knowledge)
        if fused:
            named, entry = fused_mention(words[k].start, prefix, fused, knowledge), knowledge.gazetteer.by_name(fused)[0]
            if body is not None and body.end + 1 == start and entry.within in (body.known, body.name):
                unit = named
            elif body is None or body.known != entry.name:
                body = named
            leads = role in knowledge.titles.heads and not acting
    if (
        leads
        and body is not None
        and fused is None
        and body.end < start
        and name_last < k
        and any(
            body.end <= w.start
            and w.end < start
            and w.text not in knowledge.titles.former | knowledge.titles.current | knowledge.titles.between
            for w in words[begin:first]
        )
    ):
        leads = False  # 한국인터넷진흥원 동남아 전략거점 ○○○ 소장
    if unit is None and body is not None and name_last < k and prefix == "":
        unit = led_unit(words[begin:first], body, role, tokens, knowledge)
    if unit is not None:
        leads = False  # ○○공단 진단처 ○○○ 처장 leads the unit
    if (
        leads
        and role in knowledge.titles.unit_heads
        and not (
            body is not None
            and (
                unit is None
                and body.kind == "OrganizationalUnit"
                or body.name.endswith(role[:-1])
                and role.endswith("장")
                or led_by(body, role, knowledge)
            )
        )
    ):
        leads = False
    if leads and title_words and len(title_words) > 1 and name_last < k and title_words[0].text not in ("겸",) and not acting:
        middle = [w.text for w in title_words[:-1]]
        if not all(title_in(m, knowledge) or m in ("겸", "이사회", "공동", "초대", "신임", "제1대") for m in middle):
            leads = False
    if (
        body is None
        and prefix
        and fused is None
        and (name_last < k or first == k + 1)
        and (own := fused_unknown(words, k, prefix, role, tokens, knowledge)) is not None
    ):
        body, leads = own, role in knowledge.titles.heads and not acting  # ○○○ 목포한빛병원장
    if (
        body is None
        and not prefix
        and name_last < k
        and first > begin
        and role in COMPANY_TITLES
        and words[first - 1].last + 1 == words[first].first
    ):
        body = unknown_before(words[first - 1], tokens, knowledge)  # 글로나라 ○○○ 대표
    stem = STEMS.get(role)
    if (
        prefix == ""
        and stem
        and len(title_words) > 1
        and body is None
        and title_words[-2].text.endswith(stem)
        and len(title_words[-2].text) > len(stem) + 1
        and name_last < k
    ):
        own = title_words[-2]  # ○○○ (나라) 국가통계원 원장
        country = next((b for b in candidates if b.kind == "Country" and tokens.text[b.end : own.start] == " "), None)
        low = country.start if country else own.start
        body = Mention(start=low, end=own.end, kind="Organization", name=tokens.text[low : own.end], rule="head-stem")
        title_words, title_start = title_words[-1:], title_words[-1].start
        leads = role in knowledge.titles.heads and not acting
    former = (
        first > 0
        and words[first - 1].text in knowledge.titles.former
        or title_words
        and title_words[0].text in knowledge.titles.former
        or any(w.text in knowledge.titles.former for w in words[begin:k])
    )
    title_text = LIST_MARK.split(tokens.text[title_start : words[last].end])[-1]
    for word in ("전 ", "현 ", "前 ", "現 ", "신임 "):
        title_text = title_text.removeprefix(word)
    if "(" in title_text and ")" not in title_text:
        title_text = title_text[title_text.rindex("(") + 1 :]  # ○○포럼(의장 ○○○ 교수)
    person = Mention(
        start=start,
        end=end,
        kind="Person",
        name=name,
        rule="title-anchor",
        title=title_text,
        title_span=(words[last].end - len(title_text), words[last].end),
    )
    whole = min([start, title_start, *([body.start] if body else []), *([unit.start] if unit else [])])
    return Anchored(person, body, unit, leads, bool(former), whole, max(end, words[last].end))
