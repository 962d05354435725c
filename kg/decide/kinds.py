"""The constraint on statements of the wrong kind: who leads what, what is no body, where is no host, what is no name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, Origin, Rejection, Value

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.knowledge.load import Knowledge

_OF_PEOPLE = frozenset({"heads", "affiliatedWith", "jobTitle"})
_HOSTING = frozenset({"hosted", "coHosted", "organized"})
_SMALLER = re.compile(r"[읍면동리](?![가-힣]{2})")
_FORMERLY = re.compile(r"\s?출신")
_BELONGS = re.compile(r"(?:참여|가입|동참)\s?(?:중|하고\s?있)")
_TIMES = re.compile(r"(?:두|세|네|다섯|여섯|여러|수|\d+)\s?차례(?:에 걸쳐|의)?\s$|\d+회에 걸쳐\s$")
_SO_FAR = re.compile(r"(?:지난해|작년|지금|현재|올해)까지|누적|그동안|그간|매년|해마다|연인원|총\s?\d+회(?:를|에)")
_SUBJECT = re.compile(r"[가-힣A-Za-z0-9)’”]+(?:은|는|이|가)(?=\s)")
_DONE_TO = re.compile(r"[되된돼]|위해|위한")
_CUT = re.compile(r"[가-힣]\((?!주\)|재\)|사\)|유\)|학\)|특\)|의\))[가-힣]{1,4}\)$")
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
        why = next((reason for reason, check in CHECKS if check(candidate, text)), None)
        yield candidate if why is None else Rejection(rule=candidate.rule, reason=why, start=candidate.start, end=candidate.end)


def _mentions(candidate: Candidate) -> Iterator[Mention]:
    return (m for m in (candidate.subject, candidate.object) if isinstance(m, Mention) and m.name)


def _is(mention: object, cls: str) -> bool:
    return isinstance(mention, Mention) and schema().is_a(mention.kind, cls)


def _people(c: Candidate, text: _Text) -> bool:
    """A body that is called by a role (대표자, 부군수, 실과소원장)."""
    kinds = text.knowledge.kinds
    return any(
        _is(m, "Organization")
        and m.known is None
        and (
            (last := m.name.split()[-1].removesuffix("들")) in kinds.people
            or len(last) > 2
            and last.endswith("장")
            and set(last[:-1]) <= kinds.offices
        )
        for m in _mentions(c)
    )


def _led_elsewhere(c: Candidate, text: _Text) -> bool:
    """A city that its school superintendent, police chief or bureau chief is said to lead or belong to."""
    return (
        c.relation in ("heads", "affiliatedWith")
        and (c.subject.title or "").endswith(tuple(text.knowledge.kinds.elsewhere))
        and (
            _is(c.object, "LocalGovernment")
            and (c.object.known or c.object.name).endswith(("시", "군", "구", "도"))
            or _is(c.object, "Place")
        )
    )


def _prime_minister(c: Candidate, text: _Text) -> bool:
    """Somebody called 수상 of no country: … 문화상 수상 is a prize won."""
    title = c.subject.title if _is(c.subject, "Person") else None
    return title == "수상" and (
        c.subject.name.endswith("상") or c.relation in _OF_PEOPLE - {"jobTitle"} and not _is(c.object, "Country")
    )


def _formerly(c: Candidate, text: _Text) -> bool:
    """What somebody was: ○○ CTO 출신 ○○○."""
    if c.relation not in _OF_PEOPLE or not _is(c.subject, "Person"):
        return False
    spans = [m.end for m in _mentions(c)] + ([c.subject.title_span[1]] if c.subject.title_span else [])
    return any(_FORMERLY.match(text.reading.tokens.text, end) for end in spans)


def _smaller_place(c: Candidate, text: _Text) -> bool:
    """A known city whose name goes on as that of a town: 부산면."""
    return any(
        (_is(m, "Place") or _is(m, "LocalGovernment"))
        and m.known
        and text.reading.tokens.text[m.start : m.end] == m.name
        and not m.name.endswith(("시", "군", "구", "도"))
        and _SMALLER.match(text.after(m, 4))
        for m in _mentions(c)
    )


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


def _seat_of_a_city(c: Candidate, text: _Text) -> bool:
    return c.relation == "locatedIn" and _is(c.subject, "LocalGovernment")


def _not_a_city(c: Candidate, text: _Text) -> bool:
    return (
        c.relation == "city"
        and isinstance(c.object, Mention)
        and c.object.known is None
        and c.object.name.endswith(tuple(text.knowledge.kinds.venues))
    )


def _generic_name(c: Candidate, text: _Text) -> bool:
    return c.relation == "altLabel" and isinstance(c.object, str) and c.object in text.knowledge.kinds.generic


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


def _day_of_an_issue(c: Candidate, text: _Text) -> bool:
    """5월 6일자 ○○일보: the day of a paper."""
    return (
        c.relation in ("startDate", "endDate")
        and isinstance(c.object, Value)
        and re.match(r"\s?자(?:\s|$)", text.reading.tokens.text[c.object.end : c.object.end + 2]) is not None
    )


def _register(c: Candidate, text: _Text) -> bool:
    """A register or a part of something that ends as a ministry does (농지원부, 납부)."""
    return any(
        _is(m, "Organization") and m.known is None and m.name.endswith(tuple(text.knowledge.kinds.registers))
        for m in _mentions(c)
    )


def _part_of_a_sort(c: Candidate, text: _Text) -> bool:
    return (
        c.relation == "partOf"
        and isinstance(c.object, Mention)
        and c.object.known is None
        and c.object.name in text.knowledge.kinds.sorts
    )


def _inspection(c: Candidate, text: _Text) -> bool:
    """A thing that is inspected: 전열관 비파괴검사 names no prosecutor."""
    title, kinds = c.subject.title if _is(c.subject, "Person") else None, text.knowledge.kinds
    return (
        c.relation in _OF_PEOPLE
        and title is not None
        and title.endswith(tuple(kinds.inspections))
        and not title.endswith(tuple(kinds.prosecutors - kinds.inspections))
        and title not in kinds.prosecutors
    )


def _several_together(c: Candidate, text: _Text) -> bool:
    """Short for several bodies of one name, and for none of them: 주요 5개국 특허청(IP5)."""
    return (
        c.relation == "altLabel"
        and _is(c.subject, "Organization")
        and re.search(r"\d\s?(?:개국|개|대)\s?$", text.before(c.subject, max(0, c.subject.start - 8))) is not None
    )


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


def _group(c: Candidate, text: _Text) -> bool:
    """The word for those listed before it (○○·○○ 등 시험연구원 등), a group and no body."""
    who = c.subject
    return (
        c.relation == "participatedIn"
        and _is(who, "Organization")
        and who.known is None
        and (
            text.reading.tokens.text[max(0, who.start - 2) : who.start] == "등 "
            or who.name.split()[-1] in text.knowledge.kinds.groups
        )
    )


def _address(c: Candidate, text: _Text) -> bool:
    return any("://" in m.name or m.name.startswith("www.") for m in _mentions(c))


def _several_times(c: Candidate, text: _Text) -> bool:
    """A day of one of several meetings told together: 2.2일, 2.22일 두 차례 회의를 열었다."""
    return (
        c.relation in ("startDate", "endDate") and _TIMES.search(text.before(c.subject, max(0, c.subject.start - 12))) is not None
    )


def _over_the_years(c: Candidate, text: _Text) -> bool:
    """How many came to all editions so far: 지난해까지 22회를 운영했고 1만여 명이 참가했다."""
    return (
        c.relation == "attendeeCount"
        and isinstance(c.object, Value)
        and _SO_FAR.search(text.reading.tokens.text, c.sentence[0], c.object.start) is not None
    )


def _way(c: Candidate, text: _Text) -> bool:
    """How a meeting is held, in the place of a notice's place."""
    return any(
        _is(m, "Event") and m.name in text.knowledge.kinds.ways and re.search(r"[,/]\s?$", text.before(m, max(0, m.start - 3)))
        for m in _mentions(c)
    )


def _body_there(c: Candidate, text: _Text) -> bool:
    """The letters of a body of a country, which stands for it in a list: 일본(JISF), 멕시코(CANACERO)."""
    return (
        c.relation == "altLabel"
        and _is(c.subject, "Country")
        and isinstance(c.object, str)
        and re.fullmatch(r"[A-Z]{2,10}", c.object) is not None
        and c.object not in text.knowledge.kinds.countries
    )


def _after_note(c: Candidate, text: _Text) -> bool:
    """The tail of a word that a parenthesis cuts (유역(지방)환경청), which is no one body."""
    return any(
        _is(m, "Organization") and m.known is None and _CUT.search(text.before(m, max(0, m.start - 8))) is not None
        for m in _mentions(c)
    )


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


def _list_of_words(c: Candidate, text: _Text) -> bool:
    """A word that another was made of: 환경(Eco)·마라톤(Marathon)의 합성어."""
    return (
        c.relation == "altLabel"
        and re.search(r"의\s(?:합성어|줄임말|준말|약자)", text.reading.tokens.text[c.start : c.sentence[1]]) is not None
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


CHECKS: tuple[tuple[str, Callable[[Candidate, _Text], bool]], ...] = (
    ("people by their role are no body", _people),
    ("leads a body of the place, not the place", _led_elsewhere),
    ("a prize won is no office", _prime_minister),
    ("was so formerly", _formerly),
    ("is a smaller place of another name", _smaller_place),
    ("is where it was held, not who held it", _where_not_who),
    ("a city is not at a place of another", _seat_of_a_city),
    ("a building is no city", _not_a_city),
    ("any agreement is called so", _generic_name),
    ("held the contest and did not win it", _host_wins_nothing),
    ("founded another body", _founder),
    ("is a newspaper", _paper),
    ("is the day of an issue", _day_of_an_issue),
    ("a register is no body", _register),
    ("is part of no one body", _part_of_a_sort),
    ("an inspection is no prosecutor", _inspection),
    ("is short for several", _several_together),
    ("belongs to it, and is not said to be there", _membership),
    ("a building is no person", _place_as_person),
    ("a group is no body", _group),
    ("is a body of that country", _body_there),
    ("counts all editions so far", _over_the_years),
    ("is how it was held, not what", _way),
    ("an address names nothing", _address),
    ("is a day of one of several", _several_times),
    ("is said of many", _any_of_several),
    ("is the tail of a word", _after_note),
    ("is said of what the note is of", _of_a_note),
    ("is a word that another was made of", _list_of_words),
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
    """A place without what only stands before its name: 이날 서울 중구 ○○대사관, ‘○○’ 행사 기간 동안 ○○공연장.

    >>> from kg.knowledge.load import load_knowledge
    >>> _place("이날 오후 서울 중구 새봄회관", load_knowledge()), _place("서울 새봄회관", load_knowledge())
    ('새봄회관', '서울 새봄회관')
    """
    words = re.sub(r"^.*(?:동안|기간)(?:에는|에|,)?\s", "", name).split()
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
        person.title_span is None
        or not title.endswith("장")
        or not title[:-1].endswith(tuple(text.knowledge.kinds.bodies))
        or len(title) < 6
    ):
        return None
    start, end = place.start, person.title_span[1] - 1
    if not 0 < end - start <= 40:
        return None
    return Mention(start=start, end=end, kind="Association", name=text.reading.tokens.text[start:end], rule="head-stem")
