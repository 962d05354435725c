"""Organizations in a noun phrase: known names, names that end like one, and corporate marks (㈜)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.names.adjacent import BRANCHES, behind_body, branches, foreign_bodies
from kg.analyze.names.forms import by_form, proper
from kg.analyze.names.missions import missions
from kg.analyze.names.parties import party
from kg.analyze.names.words import Word, event_noun, has_name_shape, organization_suffix, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge.gazetteer import Entry
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

Known = dict[int, tuple[int, "tuple[Entry, ...] | Mention"]]
# Words that never belong to a name when they stand before it.
BARRIERS = frozenset(
    """現 前 등 및 산하 소속 관련 대상 주관 주최 후원 공동 전국 국내 해외 국내외 주요 각 유관 관계 참여 협력 신임 현 전 이번 민간 공공 지역 우리 국제 글로벌 중앙 관할 인근 해당
일부 여러 다수 양 두 세 네 다섯 신규 최대 최초 유일 대표 우수 지방 업계 학계 외국계 시중 대형 중소 기존 같은 전체 모든 당시 이후 이전 지난 올해 내년 작년 오전 오후 겸 또는 특히 먼저 이어 다만 한편 주무 소관 담당 향후 최근 현재 통합 관리 감독 금융 보안 정보
그간 그동안 당초 금번 상반기 하반기 가능 기타 이상 이하 상기 자료 정책자료 자료집 게시판 자료실 누리집 홈페이지 메뉴""".split()
)
_SINGLE = frozenset("부처청국과팀실위대원랩")
_HOUSES = frozenset({"코리아", "Korea", "KOREA"})  # of a foreign company
_STEPS = frozenset("<>＜＞→▶")
_RANKED = re.compile(r"\d+대")
_COUNTED = re.compile(r"제?\d+.")  # 제6대, 제2부


def known_names(tokens: Tokens, knowledge: Knowledge) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
    """Gazetteer hits that begin and end where tokens do, as (first token, last token, entries)."""
    first_at = {start: i for i, start in enumerate(tokens.starts)}
    last_at = {end: i for i, end in enumerate(tokens.ends)}
    for start, end, entries in knowledge.gazetteer.find(tokens.text):
        first, last = first_at.get(start), last_at.get(end)
        if first is None or last is None:
            continue
        if not tokens.spaced[first] and tokens.tags[first - 1].startswith(("NN", "XPN", "SL", "XR")):
            continue  # the tail of a longer word
        yield first, last, entries


def known_places(tokens: Tokens, first: int, last: int, knowledge: Knowledge) -> list[Mention]:
    """Places and countries of the gazetteer among some tokens."""
    low, high = tokens.starts[first], tokens.ends[last]
    found = []
    for start, end, entries in knowledge.gazetteer.find(tokens.text[low:high]):
        entry = next((e for e in entries if schema().is_a(e.place_cls or e.cls, "Place") or e.cls == "Country"), None)
        if entry is not None and low + start in tokens.starts[first : last + 1]:
            found.append(
                Mention(
                    start=low + start,
                    end=low + end,
                    kind=entry.place_cls or entry.cls,
                    name=tokens.text[low + start : low + end],
                    rule="gazetteer",
                    known=entry.name,
                )
            )
    return found


def organizations_in(words: Sequence[Word], tokens: Tokens, known: Known, knowledge: Knowledge) -> list[Mention]:
    """Organization, country and place mentions of a phrase, left to right, not overlapping.

    ``known`` maps a first token to (last token, entries, or the mention of a body that the model of names proposes).
    """
    found: list[Mention] = []
    taken = -1
    for position, word in enumerate(words):
        i = max(word.first, taken + 1)
        while i <= word.last:
            hit = known.get(i)
            if hit and hit[0] > taken:
                last, entries = hit
                if last < word.last and _goes_on(tokens, last + 1, word.last):
                    i += 1
                    continue
                mention = (
                    entries if isinstance(entries, Mention) else _known(tokens, i, last, entries, _acts(tokens, last, knowledge))
                )
                if mention:
                    found.append(mention)
                taken = last
                i = last + 1
                continue
            i += 1
        if word.text == "정부" and found and found[-1].kind == "Country" and tokens.text[found[-1].end : word.start] == " ":
            country = found.pop()
            found.append(
                Mention(start=country.start, end=word.end, kind="GovernmentBody", name=f"{country.name} 정부", rule="suffix")
            )
            taken = word.last
            continue
        if word.first > taken and word.text in knowledge.organizations.ministries and _abroad(found, word, tokens):
            found.append(Mention(start=word.start, end=word.end, kind="GovernmentBody", name=word.text, rule="suffix"))
            taken = word.last
            continue
        if word.last > taken and word.first > taken and (several := _dotted(word, tokens, knowledge)):
            found.extend(several)
            taken = word.last
            continue
        if word.last > taken and word.first > taken:
            mention = party(words, position, knowledge) or _named(words, position, taken, tokens, knowledge, found)
            if mention:
                while found and found[-1].start >= mention.start:
                    found.pop()
                found.append(mention)
                taken = word.last
    return missions(words, branches(foreign_bodies(found, tokens), tokens), tokens, knowledge)


def _dotted(word: Word, tokens: Tokens, knowledge: Knowledge) -> list[Mention]:
    """Bodies that middle dots join in one word, each of which has a name of its own: 가람전자·나래소프트."""
    parts = word.text.split("·")
    suffixes = [organization_suffix(part, knowledge) for part in parts]
    named = any(tokens.tags[i] in ("NNP", "SL", "UN") for i in range(word.first, word.last + 1))
    if (
        len(parts) < 2
        or not named
        or not all(
            s is not None and len(s) > 1 and len(part) > len(s) + 1 and part not in knowledge.organizations.generic
            for part, s in zip(parts, suffixes)
        )
    ):
        return []
    found, at = [], word.start
    for part, suffix in zip(parts, suffixes):
        kind = knowledge.organizations.suffixes[suffix or ""]
        found.append(Mention(start=at, end=at + len(part), kind=kind, name=part, rule="suffix"))
        at += len(part) + 1
    return found


def _abroad(found: Sequence[Mention], word: Word, tokens: Tokens) -> bool:
    """Whether another country's name stands right before a word."""
    before = found[-1] if found else None
    return (
        before is not None
        and before.kind == "Country"
        and before.known != "대한민국"
        and tokens.text[before.end : word.start] == " "
    )


def _goes_on(tokens: Tokens, first: int, last: int) -> bool:
    """Whether an eojeol goes on after a known name in a way that makes it another word (한국인터넷진흥원장, 미국산)."""
    return tokens.tags[first].startswith(("NN", "XSN", "SL", "SN", "XR", "MM")) and tokens.words[first] not in ("측", "등")


def _acts(tokens: Tokens, last: int, knowledge: Knowledge) -> bool:
    """Whether what follows a name makes it the name of somebody who acts: 전주시는, 충청북도와, 경주시 주최, 통일부·강원도가."""
    i = last + 1
    while i < len(tokens.tags) and tokens.words[i] in ("(",) and tokens.pair[i] > i:
        i = tokens.pair[i] + 1
    if i >= len(tokens.tags):
        return False
    tag, word = tokens.tags[i], tokens.words[i]
    if tokens.spaced[i]:
        return (
            word in knowledge.syntax.modifying_nouns
            or word in ("공동", "등")
            or word in knowledge.syntax.verbal_nouns
            or word in knowledge.organizations.staff
        )
    following = tokens.words[i + 1] if i + 1 < len(tokens.words) else ""
    return (
        tag in ("JKS", "JC")
        or tag == "JKO"
        and following.startswith(("비롯", "포함"))  # 정선군을 비롯한 8개 기관이
        or tag == "JX"
        and word in ("은", "는", "도")
        or word in ("와", "과", "·", ",", "-", "ㆍ")
        and not tokens.text[tokens.ends[i] :].startswith(" 등지")
        or tag == "JKB"
        and word in ("와", "과", "에게")
    )


def _known(tokens: Tokens, first: int, last: int, entries: tuple[Entry, ...], acts: bool) -> Mention | None:
    surface = tokens.surface(first, last)
    strong = [e for e in entries if surface not in e.weak_forms and surface not in e.ambiguous]
    entry = (strong or list(entries))[0]
    certain = bool(strong)
    kind = entry.cls
    namesakes = not strong and all(
        e.cls == "LocalGovernment" and surface not in e.weak_forms for e in entries
    )  # 고성군 of two provinces
    if (
        entry.place_cls
        and not surface.endswith("청")
        and not (acts and (strong or namesakes) and surface.endswith(("시", "도", "군", "구")))
    ):
        kind = entry.place_cls
    if kind == "Venue" and acts and surface.endswith(("관", "원", "센터", "재단", "전당")):
        kind = "PublicInstitution"  # 국립○○박물관은 acts, 국립○○박물관에서 is a place
    if not certain and not namesakes and not schema().is_a(kind, "Place") and not schema().is_a(kind, "Country"):
        return None
    if not certain and len(surface) < 2:
        return None
    if (
        schema().is_a(kind, "Place")
        and first == last
        and tokens.tags[first] != "NNP"
        and not surface.endswith(("시", "도", "군", "구"))
    ):
        return None  # an ordinary word that is a place's short name too (강화)
    return Mention(
        start=tokens.starts[first],
        end=tokens.ends[last],
        kind=kind,
        name=surface,
        rule="gazetteer",
        known=entry.name if certain else None,
        certain=certain,
    )


def _named(
    words: Sequence[Word], position: int, taken: int, tokens: Tokens, knowledge: Knowledge, found: Sequence[Mention] = ()
) -> Mention | None:
    """An organization whose name ends in a suffix of the lexicon at this word."""
    word = words[position]
    text = word.text
    if (formed := by_form(words, position, tokens, knowledge, BARRIERS)) is not None:
        return formed
    if (
        text in _HOUSES
        and position
        and proper(tokens, words[position - 1])
        and words[position - 1].last + 1 == word.first
        and any(title_in(w.text, knowledge) for w in words[position + 1 : position + 3])
    ):
        start = found[-1].start if found and found[-1].end + 1 == word.start else words[position - 1].start  # MS 코리아 ○○○ 상무
        return Mention(start=start, end=word.end, kind="Company", name=tokens.text[start : word.end], rule="suffix")
    suffix = organization_suffix(text, knowledge)
    if (office := _office(word, tokens, found, knowledge)) is not None:
        return office
    if suffix is None or text in knowledge.organizations.generic or text[0] in "全各":
        return None
    single = word.first == word.last
    if single and tokens.tags[word.first] == "NNG" and text != suffix:
        return None  # an ordinary word
    if text == suffix and position == 0:
        return None
    kind = knowledge.organizations.suffixes[suffix]
    if len(suffix) == 1 and (
        len(text) < 3 or (tokens.words[word.last] != suffix and not single and len(tokens.words[word.last]) < 2)
    ):
        return None
    title_after = any(title_in(w.text, knowledge) for w in words[position + 1 : position + (3 if len(suffix) == 1 else 2)])
    if (
        has_name_shape(text, knowledge)
        and title_after
        and not (
            suffix == "대"
            and position
            and title_in(words[position + 1].text, knowledge)
            and has_name_shape(words[position - 1].text, knowledge)
        )
    ):
        return None  # 유○대 한국은행 부총재 is a person, and so is ○병원 교수; in ○○○ 한라대 교수 it is the university
    if len(suffix) == 1 and tokens.tags[word.last].startswith("J"):
        return None  # 현황과 [추진계획]
    if len(suffix) == 1 and len(text) > 2 and text[-2:] in knowledge.organizations.generic:
        return None  # 조사결과, 업무성과
    if suffix == "부" and text.endswith(("대학부", "대학원부", "학교부")):
        return None  # divisions of a contest
    if len(suffix) == 1 and text.endswith(
        ("회원국", "당사국", "가입국", "회의실", "강의실", "상황실", "접견실", "집무실", "연습실", "실습실")
    ):
        return None
    if len(suffix) == 1 and (suffix not in _SINGLE or text[0].isdigit() or _COUNTED.fullmatch(text)):
        return None
    if any(mark in text and text.count(mark) != text.count(opening) for opening, mark in ("‘’", "“”", "「」", "『』")):
        return None  # the end of a quoted name (‘○○ 나래’팀)
    title = title_in(text, knowledge)
    if title and (not title[0] or suffix not in ("연구원", "위원회")):
        return None
    if event_noun(text, knowledge) and not (
        suffix in ("포럼", "협의회") and any(title_in(w.text, knowledge) for w in words[position + 1 :])
    ):
        return None
    if "·" in text and "·" not in suffix and not text.endswith(("위원회", "협의회", "연구원", "진흥원")):
        return None
    first = position
    plain = all(tokens.tags[i] in ("NNG", "XSN", "XPN", "NNB", "SO", "SP", "SW") for i in range(word.first, word.last + 1))
    if plain and position and _RANKED.fullmatch(words[position - 1].text):
        return None  # 5대 금융그룹
    if (
        kind == "Company"
        and plain
        and suffix not in ("은행", "그룹", "법무법인", "회계법인", "농업회사법인", "영농조합법인", "조합법인")
    ):
        return None
    reach = 0 if not plain or text.startswith(("한국", "대한", "국립", "국가", "전국", "한")) else (1 if len(suffix) == 1 else 2)
    if text == suffix:
        reach = max(reach, 2)
    while reach and first > 0:
        before = words[first - 1]
        if (
            before.first <= taken
            or before.text in BARRIERS
            or before.text in knowledge.organizations.generic
            and text != suffix
            and not before.text.endswith("테크")
            or title_in(before.text, knowledge)
            and len(before.text) < 4
            or before.text[-1].isdigit()
            or event_noun(before.text, knowledge)
            or before.last + 1 != words[first].first
            or kind == "OrganizationalUnit"
            and proper(tokens, before)
            or tokens.tags[before.last] in ("NNB", "NR", "SN", "NP", "MM")
            or has_name_shape(before.text, knowledge)
            and _titled(words, position, knowledge)
            or before.text in knowledge.events.determiners
            or _crumb(tokens, before.first)
        ):
            break
        first -= 1
        reach -= 1
    if (
        text == suffix
        and first == position
        and not (
            kind == "OrganizationalUnit"
            and found
            and tokens.text[found[-1].end : word.start] == " "
            and (len(suffix) > 3 or text in BRANCHES and behind_body(found, tokens))
        )
    ):
        return None
    certain = not plain or first < position or len(suffix) > 1
    if (
        suffix == "대학"
        and found
        and found[-1].kind == "University"
        or suffix in ("처", "부")
        and first == position
        and found
        and found[-1].known
        and found[-1].kind not in ("GovernmentBody", "LocalGovernment", "Country")
        and schema().is_a(found[-1].kind, "Organization")
    ) and tokens.text[found[-1].end : words[first].start] == " ":
        kind = "OrganizationalUnit"  # 고려대학교 의과대학
    start = words[first].start
    i = words[first].first
    while (
        i - 1 > taken
        and not tokens.spaced[i]
        and tokens.tags[i - 1].startswith(("V", "E", "M", "XP", "J"))
        and tokens.words[i - 1] != "부터"
    ):
        i -= 1  # a name that the analyser has cut (바른…연구소)
        start = tokens.starts[i]
    if (label := tokens.text.rfind("=", start, word.end - 1)) >= 0:
        start = label + 1  # 사진제공=[○○재단]
    name = tokens.text[start : word.end]
    if text == suffix and first == position and found:
        name = f"{found[-1].name} {text}"  # a 법학전문대학원 is one of its university
    return Mention(start=start, end=word.end, kind=kind, name=name, rule="suffix", certain=certain)


def _office(word: Word, tokens: Tokens, found: Sequence[Mention], knowledge: Knowledge) -> Mention | None:
    """An office right behind its local government (나주시 보건소), or one that says by its first letter whose it is (도의회)."""
    before = found[-1] if found else None
    bare = word.text in knowledge.local.levels
    if not bare and word.text not in knowledge.local.offices:
        return None
    suffix = organization_suffix(word.text, knowledge)
    kind = knowledge.organizations.suffixes[suffix] if suffix else "Organization"
    if (
        before is not None
        and before.known
        and before.name[-1] in "시군구도"
        and tokens.text[before.end : word.start] == " "
        and not bare
        and any(e.cls == "LocalGovernment" for e in knowledge.gazetteer.by_name(before.known))
    ):
        return Mention(start=before.start, end=word.end, kind=kind, name=f"{before.name} {word.text}", rule="suffix")
    if bare and not word.text.endswith("청") and (before is None or tokens.text[before.end : word.start] != " "):
        return Mention(start=word.start, end=word.end, kind=kind, name=word.text, rule="suffix")
    return None


def _crumb(tokens: Tokens, first: int) -> bool:
    """Whether a word is a step of a path through a site (자료 > 정책자료): what a lost line break joins to it is another line's."""
    return (
        first > 1
        and tokens.words[first - 1] in _STEPS
        and tokens.pair[first - 1] == -1
        and tokens.tags[first - 2].startswith("NN")
    )


def _titled(words: Sequence[Word], position: int, knowledge: Knowledge) -> bool:
    """Whether a title follows a word: what stands before it is a person's name (○○○ 장기연체자 지원재단 이사장)."""
    return position + 1 < len(words) and title_in(words[position + 1].text, knowledge) is not None
