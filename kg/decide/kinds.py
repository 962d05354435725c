"""The constraint on statements of the wrong kind, as far as they depend on what else the text says; the rest is data (kg.decide.refused)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.decide.persons import no_such_person
from kg.decide.refused import reason
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, Origin, Rejection, Value

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.knowledge.load import Knowledge

_HOSTING = frozenset({"hosted", "coHosted", "organized"})
_BELONGS = re.compile(r"(?:참여|가입|동참)\s?(?:중|하고\s?있)")
_SUBJECT = re.compile(r"[가-힣A-Za-z0-9)’”]+(?:은|는|이|가)(?=\s)")
_DONE_TO = re.compile(r"[되된돼]|위해|위한")
_CLOCK = re.compile(
    r"^(?:(?:이날|당일|오전|오후|새벽|아침|낮|저녁|밤)\s?)*\d{1,2}(?:\s?시(?:\s?(?:\d{1,2}\s?분|반))?|:\d{2})(?:\s?(?:부터|께|경|쯤|에|정각))?"
    r"(?:\s?[~∼-]\s?\d{1,2}(?:시|:\d{2})(?:까지)?)?[\s,/]+(?=[가-힣A-Z])"
)
_OBJECT = re.compile(r"([^\s,]*[가-힣A-Za-z0-9)’”」])(?:을|를)(?:\s|,|$)")


@dataclass(frozen=True, slots=True)
class _Text:
    """What the checks look at: the reading, what PressKG knows, and the other candidates by what they say."""

    reading: Reading
    knowledge: Knowledge
    venues: frozenset[tuple[int, int]]
    hosts: frozenset[tuple[int, int]]

    def after(self, mention: Mention, length: int = 8) -> str:
        return self.reading.tokens.text[mention.end : mention.end + length]

    def before(self, mention: Mention, low: int) -> str:
        return self.reading.tokens.text[low : mention.start]


def of_the_right_kind(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate | Rejection]:
    """Candidates without those whose ends are not what the relation is between, and with the names of places cut to what names them."""

    def spans(*relations: str, end: str = "subject") -> frozenset[tuple[int, int]]:
        found = (getattr(c, end) for c in candidates if c.relation in relations)
        return frozenset((m.start, m.end) for m in found if isinstance(m, Mention) and m.name)

    text = _Text(reading, knowledge, spans("venue", end="object"), spans(*_HOSTING))
    for candidate in candidates:
        candidate = _mended(candidate, text)
        why = reason(candidate, reading.tokens.text, knowledge.refused)
        why = why or next((words for words, check in CHECKS if check(candidate, text)), None)
        why = why or no_such_person(candidate, reading, knowledge)
        yield candidate if why is None else Rejection(rule=candidate.rule, reason=why, start=candidate.start, end=candidate.end)


def _mentions(candidate: Candidate) -> Iterator[Mention]:
    return (m for m in (candidate.subject, candidate.object) if isinstance(m, Mention) and m.name)


def _is(mention: object, cls: str) -> bool:
    return isinstance(mention, Mention) and schema().is_a(mention.kind, cls)


def _where_not_who(c: Candidate, text: _Text) -> bool:
    """A body with 에서 is where something is held, where the sentence names another doer before it, and never a party to an agreement."""
    if c.relation not in (*_HOSTING, "signed") or not _is(c.subject, "Agent") or not text.after(c.subject).startswith("에서"):
        return False
    if c.relation == "signed":
        return True
    place = c.subject.start, c.subject.end
    return (
        any(start <= place[0] and place[1] <= end for start, end in text.venues)
        and _SUBJECT.search(text.before(c.subject, c.sentence[0])) is not None
    )


def _host_wins_nothing(c: Candidate, text: _Text) -> bool:
    """Who holds a contest does not win it."""
    return (
        c.relation == "awarded"
        and (c.subject.start, c.subject.end) in text.hosts
        and text.after(c.subject, 12).lstrip("이가은는 ").startswith(("주최", "주관", "개최"))
    )


def _founder(c: Candidate, text: _Text) -> bool:
    """Who founds something is not founded: ○○부가 ○○지원단을 출범."""
    if c.relation != "foundingYear" or not re.match(r"(?:\([^()]*\))?[이가은는](?![가-힣])", text.after(c.subject, 30)):
        return False
    objects = list(_OBJECT.finditer(text.reading.tokens.text, c.subject.end, c.end))
    verb = text.reading.tokens.text[objects[-1].end() : c.end] if objects and c.subject.start >= c.sentence[0] else ""
    return sum(not word[0].isdigit() for word in verb.split()) == 1 and not _DONE_TO.search(verb)


def _paper(c: Candidate, text: _Text) -> bool:
    """A newspaper whose name ends like an event (○○데이)."""
    return any(_is(m, "Event") and any(e.cls == "Media" for e in text.knowledge.gazetteer.by_name(m.name)) for m in _mentions(c))


def _membership(c: Candidate, text: _Text) -> bool:
    """Who belongs to a partnership is at no meeting of it: 현재 14개국이 참여 중이다."""
    event = c.object
    return (
        c.relation == "participatedIn"
        and isinstance(event, Mention)
        and not event.name
        and _BELONGS.search(text.reading.tokens.text, max(c.start, c.end - 8), c.end + 8) is not None
    )


def _place_as_person(c: Candidate, text: _Text) -> bool:
    """A building whose name begins like a family name: (총리 서울공관)."""
    kinds, two = text.knowledge.kinds, text.knowledge.surnames.two
    return any(
        _is(m, "Person")
        and len(m.name) >= 4
        and " " not in m.name
        and m.name.endswith(tuple(kinds.venues))
        and m.name[:2] not in two
        for m in _mentions(c)
    )


def _kind_of_body(c: Candidate, text: _Text) -> bool:
    """A body that is only called by its kind, in ordinary words: 건설기업, 다자협의체."""
    return any(
        _is(m, "Organization")
        and m.known is None
        and any(m.name.endswith(e) and len(m.name) <= len(e) + 2 for e in text.knowledge.kinds.common)
        and _ordinary(m, text)
        for m in _mentions(c)
    )


def _ordinary(mention: Mention, text: _Text) -> bool:
    """Whether a name is one word of ordinary nouns, none of them proper."""
    tokens = text.reading.tokens
    tags = [tag for tag, start in zip(tokens.tags, tokens.starts) if mention.start <= start < mention.end]
    return " " not in mention.name and bool(tags) and all(tag in ("NNG", "XSN", "XPN") for tag in tags)


def _with_particle(c: Candidate, text: _Text) -> bool:
    """A known name with the particle behind it as a body: ○○계획과 ‘숲’ 사업을, 코소보의 ○○○."""
    return any(
        _is(m, "Organization")
        and m.known is None
        and len(m.name) > 2
        and m.name[-1] in "과와의"
        and any(e.cls == "Country" or schema().is_a(e.cls, "Organization") for e in text.knowledge.gazetteer.by_name(m.name[:-1]))
        for m in _mentions(c)
    )


def _of_a_part(c: Candidate, text: _Text) -> bool:
    """Another name that is one of a word inside an event's: 태풍 ‘○○(NARA)’ 북상 대비 회의."""
    event = c.subject
    if c.relation != "altLabel" or not _is(event, "Event") or not event.start < c.start <= c.end < event.end:
        return False
    return re.search(r"\).*[가-힣]+\s+[가-힣]{2}", text.reading.tokens.text[c.end : event.end]) is not None


def _of_a_note(c: Candidate, text: _Text) -> bool:
    """Who is in what the line before a note speaks of, which is no event: ‘TF를 꾸린다. * ○○원 등 참여’."""
    source = text.reading.tokens.text
    if c.relation != "participatedIn" or c.origin is Origin.NOTICE or not source.startswith("*", c.sentence[0]):
        return False
    words = source[c.sentence[0] : c.sentence[1]]
    before = text.reading.sentence_of(max(0, c.sentence[0] - 2))
    return (
        "참여" in words
        and "참석" not in words
        and before is not None
        and not any(_is(m, "Event") for s in (c.sentence, (before.start, before.end)) for m in text.reading.within(*s))
    )


def _any_of_several(c: Candidate, text: _Text) -> bool:
    """Events that are only spoken of as many (다양한 전시회와 세미나), none of which is meant."""
    return any(
        _is(m, "Event")
        and m.definite is None
        and m.name in text.knowledge.events.nouns
        and _among_various(text.before(m, max(0, m.start - 30)), text.knowledge)
        for m in _mentions(c)
    )


def _among_various(before: str, knowledge: Knowledge) -> bool:
    """Whether words end with some that call what follows many: 다양한 전시회와."""
    words = before.split() if before[-1:].isspace() else []
    last = next((i for i in range(len(words) - 1, max(-1, len(words) - 4), -1) if words[i] in knowledge.kinds.various), None)
    return last is not None and all(word.endswith(("과", "와", ",", "및")) for word in words[last + 1 :])


def _of_a_visit(c: Candidate, text: _Text) -> bool:
    """Days on end before an agreement are those of a visit: 3~5일 몽골을 방문해 협약을 체결했다."""
    value = c.object
    return c.relation == "startDate" and _is(c.subject, "Agreement") and isinstance(value, Value) and value.until is not None


CHECKS: tuple[tuple[str, Callable[[Candidate, _Text], bool]], ...] = (
    ("is where it was held, not who held it", _where_not_who),
    ("held the contest and did not win it", _host_wins_nothing),
    ("founded another body", _founder),
    ("is a newspaper", _paper),
    ("belongs to it, and is not said to be there", _membership),
    ("a building is no person", _place_as_person),
    ("is said of many", _any_of_several),
    ("is said of what the note is of", _of_a_note),
    ("a kind of body is no one body", _kind_of_body),
    ("is a name with its particle", _with_particle),
    ("is short for a part of the name", _of_a_part),
    ("an agreement is signed on one day", _of_a_visit),
)


def _mended(candidate: Candidate, text: _Text) -> Candidate:
    """A candidate with the name of its place without words of time and clauses before it, and with the body that a title itself names."""
    thing = candidate.object
    if (
        candidate.relation == "venue"
        and isinstance(thing, Mention)
        and (name := _place(thing.name, text.knowledge)) != thing.name
    ):
        return replace(candidate, object=replace(thing, name=name))
    if (
        candidate.relation == "affiliatedWith"
        and _is(thing, "LocalGovernment")
        and (body := _of_title(candidate, text)) is not None
    ):
        return replace(candidate, relation="heads", object=body)
    return candidate


def _place(name: str, knowledge: Knowledge) -> str:
    """A place without what only stands before its name: 이날 서울 중구 ○○대사관, ‘○○’ 행사 기간 동안 ○○공연장, 13시30분 ○○회관.

    >>> from kg.knowledge.load import load_knowledge
    >>> _place("이날 오후 서울 중구 새봄회관", load_knowledge()), _place("서울 새봄회관", load_knowledge())
    ('새봄회관', '서울 새봄회관')
    >>> _place("오후 1시 40분께 나래회관 2층", load_knowledge()), _place("24시 북카페", load_knowledge())
    ('나래회관 2층', '북카페')
    """
    words = _CLOCK.sub("", re.sub(r"^.*(?:동안|기간)(?:에는|에|,)?\s", "", name)).split()
    cut = 0
    while cut < len(words) - 1 and words[cut] in knowledge.kinds.times:
        cut += 1
    while (
        cut
        and cut < len(words) - 1
        and (
            re.fullmatch(r"[가-힣]{1,4}[시도군구]", words[cut])
            or any(e.place_cls for e in knowledge.gazetteer.by_name(words[cut]))
        )
    ):
        cut += 1
    return " ".join(words[cut:]) if cut or len(words) < len(name.split()) else name


def _of_title(candidate: Candidate, text: _Text) -> Mention | None:
    """여수시 민간어린이집연합회장: the body that a title names together with the place before it."""
    person, place = candidate.subject, candidate.object
    title = person.title or ""
    if (
        not isinstance(place, Mention)
        or person.title_span is None
        or not title.endswith("장")
        or not title[:-1].endswith(tuple(text.knowledge.kinds.bodies))
        or len(title) < 6
    ):
        return None
    start, end = place.start, person.title_span[1] - 1
    if not 0 < end - start <= 40:
        return None
    return Mention(start=start, end=end, kind="Association", name=text.reading.tokens.text[start:end], rule="head-stem")
