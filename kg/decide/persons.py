"""Statements of persons that are none, or of a body that is not theirs, as far as the text around them shows it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.analyze.names.words import has_name_shape, is_ordinary, organization_suffix
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.knowledge.load import Knowledge

_BELONGING = frozenset({"affiliatedWith", "heads"})
_PLACED = re.compile(
    r"\(\s?(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)(?:\s[가-힣]{1,4}[시군구])?\s?\)"
)
_DASH = re.compile(r"\s?[-–]\s?[가-힣]{2,4}\s")
_LATIN = re.compile(r"[A-Za-z][A-Za-z .\-]+")
_LISTED = re.compile(r"^[·‧ㆍ]|[가-힣]\([^()]*\)[·‧ㆍ]")


def no_such_person(candidate: Candidate, reading: Reading, knowledge: Knowledge) -> str | None:
    """Why a statement cannot be one of its person; None where nothing speaks against it."""
    return next((why for why, check in _CHECKS if check(candidate, reading, knowledge)), None)


def _people(candidate: Candidate) -> list[Mention]:
    ends = (candidate.subject, candidate.object)
    return [m for m in ends if isinstance(m, Mention) and m.name and schema().is_a(m.kind, "Person")]


def _word(candidate: Candidate, reading: Reading, knowledge: Knowledge) -> bool:
    """A word of the language that looks like a name: 필요시 총리 주재 회의, 고물가 부담경감, ○○당(서울 ○○구)."""
    return any(_no_name(person, reading, knowledge) for person in _people(candidate))


_COMMON = frozenset({"NNG", "XPN", "XSN"})


def _no_name(person: Mention, reading: Reading, knowledge: Knowledge) -> bool:
    tokens, name = reading.tokens, person.name
    tags = tuple(tokens.tags[bisect_left(tokens.starts, person.start) : bisect_left(tokens.starts, person.end)])
    if (
        person.title in knowledge.signs.everyday
        and tags
        and all(tag in _COMMON for tag in tags)
        and (len(name) != 3 or len(tags) == 1)
    ):
        return True
    if len(name) != 3 or " " in name or name[:2] in knowledge.surnames.two:
        return False
    if is_ordinary(name, tags, knowledge) or tags == ("NNG",) and name.endswith("시"):
        return True
    return person.title is None and not has_name_shape(name, knowledge) and _PLACED.match(tokens.text, person.end) is not None


def _body(candidate: Candidate, _reading: Reading, knowledge: Knowledge) -> bool:
    """A name of two words whose last calls a body, of which somebody is the head: ○○○ 국부펀드 회장."""
    for person in _people(candidate):
        first, _, last = person.name.rpartition(" ")
        suffix = organization_suffix(last, knowledge) if first else None
        ministry = last.endswith("부") and len(last) > 2 and person.title in ("장관", "차관")
        if first and person.title and (ministry or last.endswith("펀드") or suffix is not None and 1 < len(suffix) < len(last)):
            return True
    return False


def _of_itself(candidate: Candidate, _reading: Reading, _knowledge: Knowledge) -> bool:
    """Somebody whose name is the end of the body's own: ‘기타 변이주(VOI)’."""
    person, body = candidate.subject, candidate.object
    return (
        candidate.relation in _BELONGING
        and isinstance(body, Mention)
        and (body.start < person.start and person.end == body.end or body.rule == "alias" and body.start == person.end + 1)
    )


def _across_a_dash(candidate: Candidate, reading: Reading, _knowledge: Knowledge) -> bool:
    """The body of the one behind a dash: ○○○ 금융위원장-○○○ 한국은행 총재."""
    person, body = candidate.subject, candidate.object
    return (
        candidate.relation in _BELONGING
        and isinstance(body, Mention)
        and body.start > person.end
        and re.match(r"\s?[가-힣]{2,8}(?:장|관)" + _DASH.pattern, reading.tokens.text[person.end : body.start]) is not None
    )


def _abroad(candidate: Candidate, reading: Reading, knowledge: Knowledge) -> bool:
    """Somebody of another country's ministry, which is called as ours is: 몽골 ○○○ 외교부 차관."""
    person, body = candidate.subject, candidate.object
    if candidate.relation not in _BELONGING or not isinstance(body, Mention) or body.known is None:
        return False
    if knowledge.gazetteer[body.known].file != "agencies.tsv" or not body.name.endswith("부"):
        return False
    if _LATIN.fullmatch(person.name):
        return True
    countries = [m for m in reading.within(max(0, person.start - 12), person.start) if m.kind == "Country"]
    return bool(countries) and countries[-1].known != "대한민국" and reading.tokens.text[countries[-1].end : person.start] == " "


def _listed(candidate: Candidate, _reading: Reading, _knowledge: Knowledge) -> bool:
    """A title that is the rest of a list: ○○○(지역)·○○○(지역) 의원."""
    title = candidate.object
    return candidate.relation == "jobTitle" and isinstance(title, str) and _LISTED.search(title) is not None


_CHECKS: tuple[tuple[str, Callable[[Candidate, Reading, Knowledge], bool]], ...] = (
    ("a word is no person", _word),
    ("a body is no person", _body),
    ("is the end of the body's name", _of_itself),
    ("is the body of the other one", _across_a_dash),
    ("is the ministry of another country", _abroad),
    ("is the rest of a list, no title", _listed),
)
