"""Bodies that a word tells of by its end (…협회, …진흥원, 도의회), and how far left a name reaches."""

from __future__ import annotations

from collections.abc import Sequence

from kg.analyze.names.adjacent import BRANCHES, behind_body
from kg.analyze.names.endings import Ending, Spot, ending_at
from kg.analyze.names.forms import by_form, proper
from kg.analyze.names.schools import school
from kg.analyze.names.words import Word, event_noun, has_name_shape, organization_suffix, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

_STEPS = frozenset("<>＜＞→▶")


def suffixed(spot: Spot) -> Mention | None:
    """The body that a word tells of by a legal form, by its end or as an office of a local government."""
    knowledge = spot.knowledge
    told = (
        by_form(spot.words, spot.position, spot.tokens, knowledge, knowledge.names.barriers)
        or _house(spot)
        or _office(spot)
        or school(spot)
    )
    if told is not None:
        return told
    ending = ending_at(spot)
    if ending is None:
        return None
    first = _first(ending)
    return None if ending.alone and first == spot.position and not _long(ending) else _mention(ending, first)


def _house(spot: Spot) -> Mention | None:
    """MS 코리아 ○○○ 상무: the house of a foreign company."""
    word, before, knowledge = spot.word, spot.before, spot.knowledge
    if (
        word.text not in knowledge.names.houses
        or before is None
        or not proper(spot.tokens, before)
        or before.last + 1 != word.first
        or not any(title_in(w.text, knowledge) for w in spot.words[spot.position + 1 : spot.position + 3])
    ):
        return None
    start = spot.found[-1].start if spot.found and spot.found[-1].end + 1 == word.start else before.start
    return Mention(start=start, end=word.end, kind="Company", name=spot.tokens.text[start : word.end], rule="suffix")


def _office(spot: Spot) -> Mention | None:
    """An office right behind its local government (나주시 보건소), or one that says by its first letter whose it is (도의회)."""
    word, knowledge = spot.word, spot.knowledge
    bare = word.text in knowledge.local.levels
    if not bare and word.text not in knowledge.local.offices:
        return None
    suffix = organization_suffix(word.text, knowledge)
    kind = knowledge.organizations.suffixes[suffix] if suffix else "Organization"
    before = spot.beside(word.start)
    if bare:
        whole = before is None and not word.text.endswith("청")
        return Mention(start=word.start, end=word.end, kind=kind, name=word.text, rule="suffix") if whole else None
    if (
        before is None
        or not before.known
        or before.name[-1] not in "시군구도"
        or not any(e.cls == "LocalGovernment" for e in knowledge.gazetteer.by_name(before.known))
    ):
        return None
    return Mention(start=before.start, end=word.end, kind=kind, name=f"{before.name} {word.text}", rule="suffix")


def _first(ending: Ending) -> int:
    """The first word of a name: proper ones stand by themselves, plain ones take up to two words before them."""
    first, left = ending.spot.position, 0
    if ending.plain and not ending.word.text.startswith(ending.spot.knowledge.names.national):
        left = 1 if ending.short else 2
    if ending.alone:
        left = 2
    while left and first and not _parted(ending, first):
        first -= 1
        left -= 1
    return first


def _parted(ending: Ending, first: int) -> bool:
    """Whether a name does not reach to the word before its word ``first``."""
    spot, before = ending.spot, ending.spot.words[first - 1]
    tokens, knowledge, text = spot.tokens, spot.knowledge, before.text
    return (
        before.first <= spot.taken
        or text in knowledge.names.barriers
        or text in knowledge.organizations.generic
        and not ending.alone
        and not text.endswith("테크")
        or title_in(text, knowledge) is not None
        and len(text) < 4
        or text[-1].isdigit()
        or bool(event_noun(text, knowledge))
        or before.last + 1 != spot.words[first].first
        or ending.kind == "OrganizationalUnit"
        and proper(tokens, before)
        or tokens.tags[before.last] in ("NNB", "NR", "SN", "NP", "MM")
        or has_name_shape(text, knowledge)
        and _titled(spot.words, spot.position, knowledge)
        or text in knowledge.events.determiners
        or _crumb(tokens, before.first)
    )


def _long(ending: Ending) -> bool:
    """Whether a bare end by itself names a unit of the body before it: 나래대학교 법학전문대학원, 세계은행 몽골 사무소."""
    spot = ending.spot
    return (
        ending.kind == "OrganizationalUnit"
        and spot.beside(ending.word.start) is not None
        and (len(ending.suffix) > 3 or ending.word.text in BRANCHES and behind_body(spot.found, spot.tokens))
    )


def _mention(ending: Ending, first: int) -> Mention:
    spot, word, text = ending.spot, ending.word, ending.spot.tokens.text
    kind = "OrganizationalUnit" if _is_unit(ending, first) else ending.kind
    start = _start(spot, first)
    if (label := text.rfind("=", start, word.end - 1)) >= 0:
        start = label + 1  # 사진제공=[○○재단]
    name = text[start : word.end]
    if ending.alone and first == spot.position and spot.found:
        name = f"{spot.found[-1].name} {word.text}"  # a 법학전문대학원 is one of its university
    certain = not ending.plain or first < spot.position or not ending.short
    return Mention(start=start, end=word.end, kind=kind, name=name, rule="suffix", certain=certain)


def _is_unit(ending: Ending, first: int) -> bool:
    """Whether a name is that of a unit of the body before it: 고려대학교 의과대학, 나래공단 진단처."""
    spot = ending.spot
    before = spot.beside(spot.words[first].start)
    if before is None:
        return False
    if ending.suffix == "대학":
        return before.kind == "University"
    return (
        ending.suffix in ("처", "부")
        and first == spot.position
        and bool(before.known)
        and before.kind not in ("GovernmentBody", "LocalGovernment", "Country")
        and schema().is_a(before.kind, "Organization")
    )


def _start(spot: Spot, first: int) -> int:
    """Where a name begins: before its word, where the analyser has cut that (바른…연구소)."""
    tokens, i, start = spot.tokens, spot.words[first].first, spot.words[first].start
    while (
        i - 1 > spot.taken
        and not tokens.spaced[i]
        and tokens.tags[i - 1].startswith(("V", "E", "M", "XP", "J"))
        and tokens.words[i - 1] != "부터"
    ):
        i -= 1
        start = tokens.starts[i]
    return start


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
