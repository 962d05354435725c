"""What of a graph deserves a look: doubtful words, possible duplicates, conflicts; as a table, and as corrections to edit.

``review(out).as_toml()`` is a ``corrections.toml`` in which every proposal is a comment: take the ``#`` away to decide it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph.store import articles, built, compact, quads, to_rdflib, triples
from kg.graph.terms import value_of
from kg.knowledge.vocab import ENTAILED_GRAPH, ID, PREFIXES, PRESS, korean_labels
from kg.model import STATED
from kg.speech import spoken, word

if TYPE_CHECKING:
    from kg.graph.terms import Term
    from kg.viz.style import Style

_DOUBTFUL = 0.7  # confidence below which a statement deserves a look
_ORDER = ("duplicate", "conflict", "unsure", "recovered", "reported", "link")
_SINGLE = ("startDate", "endDate", "edition", "attendeeCount", "foundingYear", "mode")  # one event or body has one of these


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to look at: ``kind`` (duplicate, conflict, unsure, recovered, reported, link), what it is about, why, and where to read it.

    ``proposal`` is the correction that would settle it one way, in TOML.
    """

    kind: str
    about: str
    why: str
    articles: tuple[str, ...]
    words: str
    proposal: str

    def as_dict(self) -> dict:
        return {
            "kind": self.kind,
            "about": self.about,
            "why": self.why,
            "articles": list(self.articles),
            "words": self.words,
            "proposal": self.proposal,
        }


@dataclass(frozen=True, slots=True)
class Review:
    """All items, those that settle most first."""

    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict:
        """Plain values for JSON."""
        return {"items": [item.as_dict() for item in self.items]}

    def lines(self, *, limit: int = 50) -> Iterator[str]:
        """The table for a terminal, at most ``limit`` items of each kind."""
        if not self.items:
            yield spoken("nothing to look at")
        for kind in _ORDER:
            found = [item for item in self.items if item.kind == kind]
            if found:
                yield f"{word(kind)}: {len(found):,}"
            for item in found[:limit]:
                yield f"  {item.about}: {_why(item)}" + (f"  [{', '.join(item.articles[:3])}]" if item.articles else "")
                if item.words:
                    yield f"      {item.words}"
            if len(found) > limit:
                yield spoken(f"  … and {len(found) - limit:,} more; --json lists all")

    def as_toml(self) -> str:
        """A file of corrections with every proposal commented out, to be put beside the articles."""
        parts = [
            "# Corrections for this graph. Take the '# ' away from the lines of a proposal to decide so; leave the others.\n"
        ]
        for item in self.items:
            where = f" ({', '.join(item.articles[:3])})" if item.articles else ""
            said = " ".join(f"-- {item.kind}: {item.about}: {item.why}{where}".split())  # one line: all of it is a comment
            lines = (said, *item.proposal.splitlines())
            parts.append("".join(f"# {line}\n" for line in lines))
        return "\n".join(parts)


def _why(item: Item) -> str:
    """The reason in the reader's language; the values of a conflict are the texts' own words."""
    return item.why.replace(" or ", f" {word('or')} ") if item.kind == "conflict" else spoken(item.why)


def review(out: Path | str) -> Review:
    """What deserves a look in a folder that ``kg build`` made."""
    graph = _Graph(Path(out))
    items = [*graph.duplicates(), *graph.conflicts(), *graph.doubtful()]
    return Review(tuple(sorted(items, key=lambda i: (_ORDER.index(i.kind), i.about, i.why, i.proposal))))


class _Graph:
    """The files of a folder, as far as a review needs them."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.labels: dict[str, str] = {}
        self.values: dict[tuple[str, str], set[Term]] = defaultdict(set)
        self.types: dict[str, set[str]] = defaultdict(set)
        label, kind = PREFIXES["skos"] + "prefLabel", PREFIXES["rdf"] + "type"
        single = {str(PRESS[name]): name for name in _SINGLE}
        for quad in quads(out):
            if quad.predicate.value == label:
                self.labels[value_of(quad.subject)] = value_of(quad.object)
            elif quad.predicate.value == kind and quad.graph_name != ox.NamedNode(str(ENTAILED_GRAPH)):
                self.types[value_of(quad.subject)].add(value_of(quad.object))
            elif quad.predicate.value in single:
                self.values[value_of(quad.subject), quad.predicate.value].add(quad.object)
        self.identifiers = {row["iri"]: row["id"] for row in articles(out)}
        self.assertions = self._assertions()

    def _assertions(self) -> list[Mapping[str, Term]]:
        rows: dict[str, dict[str, Term]] = defaultdict(dict)
        for triple in triples(self.out, "evidence.ttl"):
            rows[value_of(triple.subject)][triple.predicate.value] = triple.object
        return [rows[iri] for iri in sorted(rows)]

    def name(self, term: Term | str) -> str:
        iri = term if isinstance(term, str) else value_of(term)
        return self.labels.get(iri, iri.removeprefix(str(ID)) if iri.startswith(str(ID)) else iri)

    def relation(self, iri: str) -> str:
        return korean_labels().get(iri, compact(to_rdflib(ox.NamedNode(iri))))

    def meant(self, iri: str, shown: str) -> str:
        """Who is meant beside a name: a person's body and title, an event's day and host; and the thing's own name in the graph."""
        types = tuple(sorted(self.types.get(iri, ())))
        return " · ".join((*(self._words(iri, self._style.of(types)) if types else ()), shown))

    @cached_property
    def _style(self) -> Style:
        from kg.viz.style import load_style

        return load_style()

    @cached_property
    def _words(self) -> Callable[[str, str], tuple[str, ...]]:
        from kg.ask.meant import in_store
        from kg.graph.store import load_store

        return in_store(load_store(self.out), self._style)

    def duplicates(self) -> Iterator[Item]:
        """Pairs that may be one thing."""
        with built(self.out, "identity.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                for other in row["possibly"]:
                    one, two = short(row["iri"]), short(other["iri"])
                    if one < two:
                        about = (
                            f"{row['name']} ({self.meant(row['iri'], one)}) = {other['name']} ({self.meant(other['iri'], two)})"
                        )
                        yield Item(
                            kind="duplicate",
                            about=about,
                            words="",
                            articles=(),
                            why="; ".join(other["reasons"]),
                            proposal=f"[[merge]]\nthings = [{quoted(one)}, {quoted(two)}]\n",
                        )

    def conflicts(self) -> Iterator[Item]:
        """Several values where there can be one."""
        for (subject, predicate), values in self.values.items():
            if len(values) < 2:
                continue
            said = [row for row in self.assertions if _is(row, subject, predicate)]
            shown = sorted(map(value_of, values))
            least = min(shown, key=lambda v: (sum(value_of(row[_OBJECT]) == v for row in said), v))
            yield Item(
                kind="conflict",
                about=f"{self.name(subject)} — {self.relation(predicate)}",
                why=" or ".join(shown),
                articles=tuple(sorted({self.identifiers.get(value_of(row[str(PRESS.article)]), "") for row in said})),
                words="",
                proposal=_reject(subject, predicate, least),
            )

    def doubtful(self) -> Iterator[Item]:
        """Statements that rest on doubtful words alone."""
        by_statement: dict[tuple[Term, Term, Term], list[Mapping[str, Term]]] = defaultdict(list)
        for row in self.assertions:
            if value_of(row[str(PRESS.factuality)]) in STATED:
                by_statement[row[_SUBJECT], row[_PREDICATE], row[_OBJECT]].append(row)
        for (s, p, o), rows in by_statement.items():
            best = max(rows, key=lambda row: (float(value_of(row[str(PRESS.confidence)])), value_of(row[str(PRESS.article)])))
            sure = float(value_of(best[str(PRESS.confidence)]))
            repaired = all(str(PRESS.recovered) in row for row in rows)
            kind = "recovered" if repaired else "unsure" if sure < _DOUBTFUL else None
            if kind:
                yield Item(
                    kind=kind,
                    about=f"{self.name(s)} — {self.relation(value_of(p))} → {self.name(o)}",
                    why=f"{value_of(best[str(PRESS.extractor)])}, confidence {sure:.2f}",
                    articles=tuple(sorted({self.identifiers.get(value_of(row[str(PRESS.article)]), "") for row in rows})),
                    words=" ".join(value_of(best[str(PRESS.evidence)]).split()),
                    proposal=_reject(value_of(s), value_of(p), short(value_of(o))),
                )


_SUBJECT, _PREDICATE, _OBJECT = (PREFIXES["rdf"] + part for part in ("subject", "predicate", "object"))


def _is(row: Mapping[str, Term], subject: str, predicate: str) -> bool:
    return value_of(row[_SUBJECT]) == subject and value_of(row[_PREDICATE]) == predicate


def short(iri: str) -> str:
    """A thing's IRI as corrections write it."""
    return f"id:{iri.removeprefix(str(ID))}" if iri.startswith(str(ID)) else iri


def quoted(words: str) -> str:
    """A TOML string; JSON's escapes are TOML's."""
    return json.dumps(words, ensure_ascii=False)


def _reject(subject: str, predicate: str, object_: str) -> str:
    local = predicate.rpartition("#")[2]
    return f"[[reject]]\nsubject = {quoted(short(subject))}\nproperty = {quoted(local)}\nobject = {quoted(object_)}\n"
