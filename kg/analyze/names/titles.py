"""The title in a phrase, which is the anchor of a person: 부사장, 아태지역 총괄 선임 부사장, 위원장 직무대행, 이사회 의장 겸 CEO, 인사처장."""

from __future__ import annotations

from dataclasses import dataclass

from kg.analyze.names.chunks import Chunk
from kg.analyze.names.units import envoy_in, rank_in
from kg.analyze.names.words import title_in


@dataclass(frozen=True, slots=True)
class Title:
    """A title from word ``at`` to word ``last``; ``prefix`` is what its word says before the ``role`` (인사처장: 인사, 처장)."""

    at: int
    last: int
    prefix: str
    role: str
    acting: bool


def title_at(chunk: Chunk, k: int) -> Title | None:
    """The title whose first full word is word k, with all words that belong to it."""
    words, knowledge, bodies = chunk.words, chunk.knowledge, chunk.bodies
    found = title_in(words[k].text, knowledge) or rank_in(words, k, chunk.tokens, bodies, knowledge)
    if found is None:
        found = envoy_in(words, k, bodies, knowledge)
    elif words[k].text in knowledge.organizations.generic - knowledge.titles.all:
        return None
    if found is None or any(b.end == words[k].end for b in bodies):
        return None
    at, (prefix, role) = _head(chunk, k, found)
    last, held = at, knowledge.titles.acting
    acting = any(role.endswith(a) and len(role) > len(a) for a in held)
    while (further := _goes_on(chunk, at, last)) is not None:
        acting = acting or words[last + 1].text in held
        last = further
    return Title(at, last, prefix, role, acting)


def _head(chunk: Chunk, k: int, title: tuple[str, str]) -> tuple[int, tuple[str, str]]:
    """The last word of a title of several words (아태지역 총괄 선임 부사장): no name and no body stands between."""
    words, knowledge = chunk.words, chunk.knowledge
    best = (k, title)
    for m in range(k + 1, min(k + 4, len(words))):
        if (
            chunk.inside(words[m])
            or words[m].text in ("등", "및", "겸")
            or words[m].text in knowledge.titles.acting
            or chunk.is_name(m)
            or not chunk.adjoin(m - 1)
            or words[m].text in knowledge.surnames.one
        ):
            break
        further = title_in(words[m].text, knowledge)
        if further and k > 0:
            best = (m, further)
    return best


def _goes_on(chunk: Chunk, at: int, last: int) -> int | None:
    """The word up to which a title goes on behind its word ``last``: 위원장 직무대행, 의장 겸 대표."""
    words, knowledge = chunk.words, chunk.knowledge
    if last + 1 >= len(words):
        return None
    following = words[last + 1].text
    if following in knowledge.titles.acting:
        return last + 1
    if following == "겸" and last + 2 < len(words) and title_in(words[last + 2].text, knowledge):
        return last + 2
    alone = last == at and following in ("겸", "수석") and title_in(following, knowledge)
    return last + 1 if alone and not alone[0] else None
