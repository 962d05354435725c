"""Take a person out of a graph, out of the texts it keeps and out of whatever is built into the same folder later."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.graph.folder import occupied
from kg.graph.shield import shield_of
from kg.graph.store import built, quads, triples
from kg.graph.terms import value_of
from kg.knowledge.vocab import ID, PREFIXES, PRESS

_NAMES = tuple(PREFIXES[p] + n for p, n in (("skos", "prefLabel"), ("rdfs", "label"), ("skos", "altLabel")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken out: how many people, statements about them, assertions behind these, places in texts, articles with such.

    ``left`` are identifiers and sources of articles that hold the name: whoever gave them to PressKG has to change them.
    """

    people: int
    statements: int
    assertions: int
    places: int
    articles: int
    left: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """For people."""
        yield f"{self.people:,} people with {self.statements:,} statements and {self.assertions:,} assertions taken out"
        yield f"{self.places:,} places in {self.articles:,} articles made unreadable"
        yield "the name is kept out of what is built into this folder from now on"
        for one in self.left:
            yield f"still holds the name: {one}; kg remove takes the article out"


def forget(out: Path | str, person: str, *, namesakes: bool = False, view: bool | None = None, wait: bool = True) -> Taken:
    """Take a person out of everything that a folder holds; ``person`` is a name or an IRI.

    Names are hidden in the texts wherever they stand, so namesakes go too: where there are several people of the name, that has to
    be asked for (``namesakes``). Raises UsageError where nobody is called so.
    """
    from kg.graph.results import stored_articles, stored_skipped
    from kg.inputs import stored_corrections, stored_names
    from kg.pipeline import Clock, made

    out = Path(out)
    built(out, "graph.nq")
    with occupied(out, wait=wait):
        people, names = _meant(out, person, namesakes)
        old = shield_of(out)
        shield = old.without(names)
        articles = list(stored_articles(out))
        hidden = [shield(article) for article in articles]
        if not people and hidden == articles:
            raise UsageError(f"{out}: nobody is called {person!r}, and no article holds the name")
        places = [sum(1 for _ in shield._found(old.words(text))) for a in articles for _, text in a.fields]
        touched = sum(a.fields != b.fields for a, b in zip(articles, hidden, strict=True))
        statements = sum(1 for q in quads(out) if _about(q, people))
        assertions = len({t.subject for t in triples(out, "evidence.ttl") if _about(t, people)})
        made(
            hidden,
            stored_skipped(out),
            out,
            shield.words(stored_corrections(out)),
            shield=shield,
            clock=Clock(),
            view=view,
            emptied=True,
            names=shield.names(stored_names(out)),
        )
        _forget_stores(out)
        left = [
            f"{word} ({what})"
            for a in hidden
            for what, word in (("identifier", a.identifier), ("source", a.source))
            if shield.words(word) != word
        ]
    return Taken(
        people=len(people), statements=statements, assertions=assertions, places=sum(places), articles=touched, left=tuple(left)
    )


def _about(statement: Any, people: set[str]) -> bool:
    return getattr(statement.subject, "value", "") in people or getattr(statement.object, "value", "") in people


def _meant(out: Path, person: str, namesakes: bool) -> tuple[set[str], set[str]]:
    """The IRIs of the people meant and everything that they are called."""
    words = unicodedata.normalize("NFC", " ".join(person.split()))
    kind, a = str(PRESS.Person), PREFIXES["rdf"] + "type"
    people: set[str] = set()
    called: dict[str, set[str]] = {}
    for quad in quads(out):
        if quad.predicate.value == a and value_of(quad.object) == kind:
            people.add(value_of(quad.subject))
        elif quad.predicate.value in _NAMES:
            called.setdefault(value_of(quad.subject), set()).add(value_of(quad.object))
    iri = ID + words.removeprefix("id:") if words.startswith("id:") else words
    meant = {iri} & people or {one for one in people if words in called.get(one, ())}
    names = set().union(*(called.get(one, set()) for one in meant)) or ({words} if ":" not in words else set())
    if not names:
        raise UsageError(f"{out}: {person!r} is nobody in this graph; give a name or the IRI of a person")
    alike = {one for one in people if called.get(one, set()) & names}
    if len(alike) > 1 and not namesakes:
        listed = ", ".join(f"id:{one.removeprefix(ID)}" for one in sorted(alike))
        raise UsageError(
            f"{out}: {len(alike)} people are called so, and all of them would go: {listed}; say --namesakes for that"
        )
    return alike | meant, names


def _forget_stores(out: Path) -> None:
    """Remove the stores of the states before; one that a server reads goes when the server has gone over to the new state."""
    home = out / ".store"
    if home.is_dir():
        from kg.serve.snapshot import forget as dropped

        for path in sorted(home.iterdir()):
            if path.is_dir():
                dropped(path)
