"""One article from its view and its Doc to its facts: the steps between tokens and the graph, in their order."""
from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from kg.analyze.reading import read_doc
from kg.extract import extract_claims
from kg.model import Fact, Rejection, View
from kg.resolve.facts import resolve_facts
from kg.resolve.things import Things, resolve_things

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.knowledge.load import Knowledge


def facts_of(view: View, doc: "Doc", knowledge: "Knowledge",
             clock: Callable[[str], AbstractContextManager] = lambda stage: nullcontext()) -> tuple[Things, list[Fact], list[Rejection]]:
    """The things that an article names, its facts, and what was considered and rejected; ``clock(stage)`` times each step."""
    with clock("names"):
        reading = read_doc(doc, knowledge, [(p.start, p.end, p.role) for p in view.paragraphs])
    with clock("claims"):
        claims, rejected, lengthened = extract_claims(reading, knowledge)
    with clock("resolve"):
        things = resolve_things(reading, claims, lengthened, view.article.identifier, knowledge, view.article.date)
        facts, unresolved = resolve_facts(view, claims, things, knowledge.factuality.happening)
    return things, facts, [*rejected, *unresolved]
