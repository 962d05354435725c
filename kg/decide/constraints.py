"""The constraints on candidates, in the order in which they apply: candidates in, candidates and rejections out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.decide.called_off import events_called_off
from kg.decide.cases import cases_have_a_stage, cases_need_an_audience
from kg.decide.days import days_of_another_year, days_of_saying, ends_follow_beginnings, lines_of_the_day
from kg.decide.editions import about_the_edition_before
from kg.decide.factuality import factuality_by_scope
from kg.decide.kinds import of_the_right_kind
from kg.decide.titles import titles_without_bodies
from kg.model import Candidate, Flag, Mention, Origin, Rejection
from kg.patterns.apposition import match_appositions, ordinal

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.knowledge.load import Knowledge

Constraint = Callable[[Sequence[Candidate], "Reading", "Knowledge"], Iterable[Candidate | Rejection]]
_HOSTING = frozenset({"hosted", "coHosted", "organized"})


def ordinals_of_titles(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """An event that only a verb made of a quoted title has the ordinal in the title: 「제2차 ○○ 상담소」를 개최했다."""
    yield from candidates
    titles = {
        m for c in candidates for m in (c.subject, c.object) if isinstance(m, Mention) and m.rule == "quoted-event" and m.edition
    }
    yield from match_appositions(map(ordinal, titles), reading, knowledge)


def pictured_do_not_host(
    candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge
) -> Iterator[Candidate | Rejection]:
    """Who stands in a picture hosts nothing: (왼쪽부터) ○○○ 부장 [한빛공단은 … 열었다], a caption that the text goes on with."""
    pictured = {
        (c.subject.start, c.subject.end) for c in candidates if c.origin is Origin.CAPTION and c.relation == "participatedIn"
    }
    for candidate in candidates:
        if candidate.relation in _HOSTING and (candidate.subject.start, candidate.subject.end) in pictured:
            yield Rejection(rule=candidate.rule, reason="only stands in a picture", start=candidate.start, end=candidate.end)
        else:
            yield candidate


def venues_in_full(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """A venue that the text also gives with more words in front is called by all of them (한빛홀: 새봄회관 한빛홀)."""
    names = sorted(
        {c.object.name for c in candidates if c.relation == "venue" and isinstance(c.object, Mention)}, key=lambda n: (-len(n), n)
    )
    for candidate in candidates:
        place = candidate.object
        if candidate.relation == "venue" and isinstance(place, Mention) and place.known is None:
            fuller = next((name for name in names if name.endswith(" " + place.name)), None)
            candidate = replace(candidate, object=replace(place, name=fuller)) if fuller else candidate
        yield candidate


def voted_names_are_marked(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """What is said of a name that only a model has found, of names or of employers, says so and is less sure."""
    from kg.analyze import employed, votes

    models = {votes.RULE, employed.RULE}
    for candidate in candidates:
        voted = any(isinstance(thing, Mention) and thing.rule in models for thing in (candidate.subject, candidate.object))
        yield replace(candidate, flags=(*candidate.flags, Flag.VOTED)) if voted else candidate


CONSTRAINTS: tuple[Constraint, ...] = (
    ordinals_of_titles,
    cases_need_an_audience,
    cases_have_a_stage,
    about_the_edition_before,
    pictured_do_not_host,
    days_of_saying,
    days_of_another_year,
    ends_follow_beginnings,
    venues_in_full,
    lines_of_the_day,
    of_the_right_kind,
    titles_without_bodies,
    events_called_off,
    factuality_by_scope,
    voted_names_are_marked,
)
