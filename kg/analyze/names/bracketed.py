"""A person in a parenthesis behind the title: 나래협회장(○○○), 나래부 정책지원관(○○○)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.analyze.names.people import Anchored, people_in
from kg.analyze.names.words import Word, has_name_shape, is_person_name, tags_of, title_in, words_of
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention


def bracketed(
    tokens: Tokens, place: tuple[int, int], before: Sequence[Word], bodies: Sequence[Mention], knowledge: Knowledge
) -> Anchored | None:
    """The person whose name alone fills the parenthesis at ``place`` (tokens of its marks), behind words that end with a title."""
    opening, closing = place
    if not before or before[-1].last != opening - 1 or title_in(before[-1].text, knowledge) is None:
        return None
    inside = words_of(tokens, range(opening + 1, closing))
    if len(inside) != 1 or not has_name_shape(inside[0].text, knowledge):
        return None
    name = inside[0]
    if title_in(name.text, knowledge) or not is_person_name(name.text, tags_of(tokens, name), knowledge, strong=True):
        return None
    found = people_in([*before, name], tokens, bodies, knowledge)
    if not found or found[-1].person.start != name.start:
        return None
    person = replace(found[-1], end=tokens.ends[closing])
    return person if _beside(person.body, before, bodies) else replace(person, body=None, unit=None, leads=False)


def _beside(body: Mention | None, before: Sequence[Word], bodies: Sequence[Mention]) -> bool:
    """Whether nothing but other bodies stands between a body and the title: in 청주 상공회의소 회장 a city is not what is led."""
    if body is None or body.end >= before[-1].start:
        return True
    between = [w for w in before[:-1] if w.start >= body.end]
    return all(any(b.start <= w.start and w.end <= b.end for b in bodies) for w in between)
