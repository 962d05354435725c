"""Job titles as the role alone, where the words for it name the body too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.analyze.names.words import title_in
from kg.model import Candidate, Mention

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.knowledge.load import Knowledge

_BELONGING = frozenset({"affiliatedWith", "heads"})


def titles_without_bodies(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Titles without the body that is their holder's: ○○○ 조달청장 is 청장 of the 조달청, and ○○○ 도로국장 stays 도로국장."""
    inside: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for candidate in candidates:
        if candidate.relation in _BELONGING and isinstance(candidate.object, Mention):
            inside[candidate.subject.start, candidate.subject.end].append(candidate.object)
    for candidate in candidates:
        title, person = candidate.object, candidate.subject
        if candidate.relation == "jobTitle" and isinstance(title, str) and " " not in title:
            bodies = inside.get((person.start, person.end), ())
            candidate = replace(candidate, object=_bare(title, person, bodies, knowledge))
        yield candidate


def _bare(title: str, person: Mention, bodies: Sequence[Mention], knowledge: Knowledge) -> str:
    parts = title_in(title, knowledge)
    if parts is None or not parts[0] or person.title_span is None:
        return title
    low, high = person.title_span
    named = any(low <= body.start < high or body.known == knowledge.head_titles.get(title, "") for body in bodies)
    placed = parts[1] in knowledge.signs.of_places and any(entry.place_cls for entry in knowledge.gazetteer.by_name(parts[0]))
    return parts[1] if named or placed else title
