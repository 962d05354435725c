"""What is otherwise in a graph than before: new articles, things and relations, changed values, what is gone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.graph.terms import value_of
from kg.knowledge.vocab import PREFIXES

_LABEL = PREFIXES["skos"] + "prefLabel"
_TYPE = PREFIXES["rdf"] + "type"
_ARTICLE = PREFIXES["press"] + "Article"
_SHOWN = 10  # of each kind in the lines for people


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A graph as it was: its statements, labels and classes."""

    triples: frozenset[tuple[str, str, str]]
    labels: Mapping[str, str]
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is new, changed and gone; relations are (subject, property, object) in words, changes (subject, property, before, after)."""

    articles: tuple[str, ...] = ()
    things: tuple[tuple[str, str, str], ...] = ()  # IRI, name, class
    relations: tuple[tuple[str, str, str], ...] = ()
    changed: tuple[tuple[str, str, str, str], ...] = ()
    gone: tuple[tuple[str, str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.articles or self.things or self.relations or self.changed or self.gone)

    def as_json(self) -> dict:
        """Plain values."""
        return {
            "articles": list(self.articles),
            "things": [dict(zip(("iri", "name", "kind"), row)) for row in self.things],
            "relations": [dict(zip(("subject", "property", "object"), row)) for row in self.relations],
            "changed": [dict(zip(("subject", "property", "before", "after"), row)) for row in self.changed],
            "gone": [dict(zip(("subject", "property", "object"), row)) for row in self.gone],
        }

    def lines(self) -> Iterator[str]:
        """Lines for people.

        >>> print(*Changes(articles=("a",), changed=(("물 포럼", "status", "planned", "held"),)).lines(), sep="\\n")
        new articles 1: a
        changed 1:
          물 포럼 status: planned → held
        """
        if self.articles:
            yield f"new articles {len(self.articles):,}: {', '.join(self.articles[:_SHOWN])}{', …' * (len(self.articles) > _SHOWN)}"
        for title, rows in (
            ("new things", [f"{name} ({kind})" for _, name, kind in self.things]),
            ("new relations", [" ".join(row) for row in self.relations]),
            ("changed", [f"{s} {p}: {a} → {b}" for s, p, a, b in self.changed]),
            ("gone", [" ".join(row) for row in self.gone]),
        ):
            if rows:
                yield f"{title} {len(rows):,}:"
                yield from (f"  {row}" for row in rows[:_SHOWN])
                if len(rows) > _SHOWN:
                    yield f"  … and {len(rows) - _SHOWN:,} more"


def snapshot(out: Path) -> Snapshot:
    """The graph of a folder, an empty one where there is none."""
    from kg.graph.store import quads

    triples: set[tuple[str, str, str]] = set()
    labels: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for q in quads(out) if (Path(out) / "graph.nq").is_file() else ():
        s, p, o = value_of(q.subject), q.predicate.value, value_of(q.object)
        if p == _LABEL:
            labels[s] = o
        elif p == _TYPE:
            kinds[s] = o
        elif p.startswith(PREFIXES["press"]):
            triples.add((s, p, o))
    return Snapshot(frozenset(triples), labels, kinds)


def compared(before: Snapshot, after: Snapshot) -> Changes:
    """What is otherwise; where a thing has another value of a property than before, that is one change."""
    labels = {**before.labels, **after.labels}

    def told(triples: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for s, p, o in sorted(triples):
            if after.kinds.get(s, before.kinds.get(s)) != _ARTICLE:
                found[s, p].append(labels.get(o, o))
        return found

    def local(iri: str) -> str:
        return iri.removeprefix(PREFIXES["press"])

    new, old = told(after.triples - before.triples), told(before.triples - after.triples)
    both = [key for key in new if key in old and len(new[key]) == len(old[key]) == 1 and new[key] != old[key]]
    changed = tuple((labels.get(s, s), local(p), old[s, p][0], new[s, p][0]) for s, p in both)
    fresh = sorted(iri for iri in after.kinds if iri not in before.kinds)

    def rows(
        found: Mapping[tuple[str, str], list[str]], other: Mapping[tuple[str, str], list[str]]
    ) -> tuple[tuple[str, str, str], ...]:
        return tuple(
            (labels.get(s, s), local(p), o)
            for (s, p), objects in found.items()
            if (s, p) not in both
            for o in objects
            if o not in other.get((s, p), ())
        )

    return Changes(
        articles=tuple(labels.get(iri, iri) for iri in fresh if after.kinds[iri] == _ARTICLE),
        things=tuple(
            (iri, labels.get(iri, iri), local(after.kinds[iri]))
            for iri in fresh
            if after.kinds[iri] != _ARTICLE and iri in after.labels and after.kinds[iri].startswith(PREFIXES["press"])
        ),
        relations=rows(new, old),
        changed=changed,
        gone=rows(old, new),
    )


def add_to_feed(path: Path, changes: Changes, when: dt.datetime, *, most: int = 200) -> None:
    """Put changes as an entry on top of an Atom feed in a file, the newest ``most`` of which stay."""
    from html import escape

    from lxml import etree

    atom = "http://www.w3.org/2005/Atom"
    stamp = when.astimezone(dt.UTC).isoformat(timespec="seconds")
    feed = f"urn:presskg:changes:{path.stem}"
    old: list = []
    if path.is_file():
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            old = etree.parse(str(path), parser).getroot().findall(f"{{{atom}}}entry")[: most - 1]
        except (etree.XMLSyntaxError, OSError):
            old = []
    root = etree.Element(f"{{{atom}}}feed", nsmap={None: atom})

    def put(parent: object, name: str, words: str, **attributes: str) -> None:
        etree.SubElement(parent, f"{{{atom}}}{name}", **attributes).text = "".join(c for c in words if c in "\n\t" or c >= " ")

    for name, words in (("title", f"Changes of {path.stem}"), ("id", feed), ("updated", stamp)):
        put(root, name, words)
    author = etree.SubElement(root, f"{{{atom}}}author")
    put(author, "name", "PressKG")
    entry = etree.SubElement(root, f"{{{atom}}}entry")
    lines = list(changes.lines())
    counts = (
        (len(changes.articles), "articles"),
        (len(changes.things), "things"),
        (len(changes.relations), "relations"),
        (len(changes.changed), "changes"),
    )
    put(entry, "title", ", ".join(f"{number:,} {noun}" for number, noun in counts if number) or "changes")
    put(entry, "id", f"{feed}:{stamp}")
    put(entry, "updated", stamp)
    put(entry, "content", f"<pre>{escape(chr(10).join(lines))}</pre>", type="html")
    root.extend(old)
    aside = path.with_name(path.name + ".new")
    aside.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
    aside.replace(path)
