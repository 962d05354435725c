"""What the page of one thing shows: its statements by relation in both directions, each with its sentences; an article's text,
marked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import DCTERMS, SKOS

from kg.graph.terms import value_of
from kg.knowledge.vocab import ID, PRESS
from kg.serve.lookup import NAMING, Clip, Papers, Ref, Refs, assertions, clips, denied, statements, web_address
from kg.serve.templates import day
from kg.serve.words import looked
from kg.viz.style import load_style

if TYPE_CHECKING:
    import pyoxigraph

    from kg.graph.terms import Term
    from kg.viz.style import Style

_ARTICLES = 40  # that speak of a thing, the newest
FEW, MANY = 8, 200  # rows of one relation on a thing's page, and on a page of that relation alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One statement: the thing or the words at its other end, and the sentences that make it."""

    thing: Ref | None
    words: str
    href: str | None
    clips: tuple[Clip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The statements of one relation in one direction; ``total`` counts those that are not shown, too."""

    predicate: str
    backward: bool
    title: str
    kind: str
    rows: tuple[Row, ...]
    total: int

    @property
    def linked(self) -> bool:
        """Whether it leads to things, rather than to words, days or numbers."""
        return any(row.thing for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of an article's text and what is said by it, empty where it says nothing."""

    text: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that the page of a thing shows."""

    thing: Ref
    also: tuple[str, ...]
    groups: tuple[Group, ...]
    denied: tuple[Group, ...]
    articles: tuple[Row, ...]
    article_count: int
    text: tuple[tuple[str, tuple[Part, ...]], ...]
    source: str | None


def look(refs: Refs, papers: Papers, iri: str, *, only: tuple[str, bool] | None = None) -> View | None:
    """The page's content, None where the graph has no such thing; ``only`` one relation and direction, then with more rows."""
    thing = refs(iri)
    if thing is None:
        return None
    store, style = refs.store, load_style()
    forward, backward = statements(store, iri)
    also = tuple(dict.fromkeys(value_of(t.object) for t in forward if t.predicate.value == str(SKOS.altLabel)))
    profiled = {str(PRESS.member), str(PRESS.organization)}  # affiliations stand in the profile
    hidden = {str(SKOS.altLabel), *NAMING} | ({str(DCTERMS.title)} if thing.kind == style.article else set())
    spoken = [t for t in backward if t.predicate.value == str(PRESS.mentions)]
    rows = {
        False: [t for t in forward if t.predicate.value not in hidden],
        # identifiers that became this one are addresses that lead here, no things to show
        True: [t for t in backward if t.predicate.value not in (str(PRESS.mentions), str(DCTERMS.isReplacedBy), *profiled)],
    }
    groups = [group for back in (False, True) for group in _groups(refs, papers, rows[back], back, only)]
    order = {name: i for i, name in enumerate((*style.relations, ""))}
    kinds = {name: i for i, name in enumerate(style.kinds)}
    groups.sort(
        key=lambda g: (g.linked, kinds[g.kind], order.get(style.relation(g.predicate)[0], len(order)), g.backward, g.predicate)
    )
    paper = papers(iri)
    return View(
        thing=thing,
        also=also,
        groups=tuple(groups),
        denied=tuple(_groups(refs, papers, denied(store, iri), False, None)),
        articles=_articles(refs, papers, spoken),
        article_count=len(spoken),
        text=_text(refs, paper) if paper else (),
        source=web_address(paper.get("url") or "") if paper else None,
    )


def _groups(
    refs: Refs, papers: Papers, triples: Iterable[pyoxigraph.Triple], backward: bool, only: tuple[str, bool] | None
) -> list[Group]:
    style = load_style()
    found: dict[str, list[pyoxigraph.Triple]] = {}
    for triple in triples:
        found.setdefault(triple.predicate.value, []).append(triple)
    ends = {p: {_other(t, backward) for t in rows} for p, rows in found.items()}
    names = {style.relation(p)[0]: p for p in found}
    groups = []
    for predicate, rows in found.items():
        exact = [p for name, p in names.items() if style.relation(predicate)[0] in style.relation(p)[1].hides]
        rows = [t for t in rows if not any(_other(t, backward) in ends[p] for p in exact)]
        if not rows or (only and only != (predicate, backward)):
            continue
        relation = style.relation(predicate)[1]
        shown = rows[: MANY if only else FEW if predicate != str(PRESS.mentions) else MANY]
        made = tuple(_row(refs, papers, triple, backward) for triple in shown)
        groups.append(
            Group(predicate=predicate, backward=backward, title=looked(relation), kind=relation.kind, rows=made, total=len(rows))
        )
    return groups


def _other(triple: pyoxigraph.Triple, backward: bool) -> Term:
    return triple.subject if backward else triple.object


def _row(refs: Refs, papers: Papers, triple: pyoxigraph.Triple, backward: bool) -> Row:
    import pyoxigraph as ox

    other = _other(triple, backward)
    found = tuple(clips(refs.store, papers, triple, backward=backward))
    if isinstance(other, ox.NamedNode):
        thing = refs(other.value)
        words = thing.name if thing else other.value.removeprefix(ID)
        return Row(thing=thing, words=words, href=thing.href if thing else web_address(other.value), clips=found)
    relation = load_style().relation(triple.predicate.value)[1]
    words = (relation.words or {}).get(value_of(other), day(value_of(other)))
    return Row(thing=None, words=words, href=web_address(value_of(other)), clips=found)


def _articles(refs: Refs, papers: Papers, spoken: list[pyoxigraph.Triple]) -> tuple[Row, ...]:
    """The latest articles that speak of a thing."""
    latest = papers.latest((value_of(t.subject) for t in spoken), _ARTICLES)
    rows = ((refs(iri), " · ".join(filter(None, (day(date), publisher)))) for iri, date, publisher in latest)
    return tuple(Row(thing=ref, words=words, href=ref.href, clips=()) for ref, words in rows if ref)


def _text(refs: Refs, paper: dict) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    """The fields of an article cut where words that make statements begin and end."""
    style = load_style()
    rows = assertions(refs.store, paper["iri"])
    made = []
    for field, text in sorted(paper["fields"].items(), key=lambda pair: pair[0] != "title"):
        spans = []
        for row in rows:
            if row.get("field", "text") == field and row.get("start", "").isdigit() and row.get("end", "").isdigit():
                spans.append((int(row["start"]), int(row["end"]), _said(refs, row, style)))
        spans = [span for span in spans if 0 <= span[0] < span[1] <= len(text)]
        cuts = sorted({0, len(text), *(at for start, end, _ in spans for at in (start, end))})
        parts = [
            Part(text=text[a:b], said=" / ".join(dict.fromkeys(said for start, end, said in spans if start <= a and b <= end)))
            for a, b in itertools.pairwise(cuts)
        ]
        made.append((field, tuple(parts)))
    return tuple(made)


def _said(refs: Refs, row: dict[str, str], style: Style) -> str:
    ends = [ref.name if (ref := refs(row[key])) else row[key] for key in ("subject", "object") if key in row]
    denied_ = " (아니라고 함)" if row.get("factuality") == "denied" else ""
    return f"{style.relation(row.get('predicate', ''))[1].ko}: {' → '.join(ends)}{denied_}"
