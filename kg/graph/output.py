"""The files of a build, written from facts: N-Quads and Turtle in an order of our own, JSON Lines for the rest."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph import dataset, rdf
from kg.graph.evidence import evidence
from kg.graph.mint import article_iri, mint
from kg.graph.turtle import in_order, turtle
from kg.model import Article, Fact, Span, Thing
from kg.read.contacts import masked

if TYPE_CHECKING:
    from kg.graph.linked import Linked
    from kg.knowledge.gazetteer import Gazetteer


def write_graph(
    facts: Iterable[Fact], articles: Mapping[str, Article], gazetteer: Gazetteer, linked: Linked, folder: Path
) -> dataset.Counts:
    """``graph.nq``, sorted N-Quads, and ``graph.ttl``, the union of its graphs; what stands in them, counted."""
    facts = tuple(facts)
    quads = rdf.graph_quads(facts, articles.values(), linked.labels)
    quads |= rdf.gazetteer_quads(facts, gazetteer) | rdf.beyond_quads(linked)
    triples = in_order({quad[:3] for quad in quads})
    write(folder / "graph.nq", _lines(quads))
    del quads
    counts = dataset.counted(triples)
    write(folder / "graph.ttl", turtle(list(rows) for _, rows in groupby(triples, key=itemgetter(0))))
    return counts


def _lines(quads: Iterable[rdf.Quad]) -> Iterator[str]:
    """N-Quads in their order, the lines of one subject at a time: no name of a subject begins with another one, for all end in ``>``."""
    found: dict[str, list[str]] = defaultdict(list)
    for subject, predicate, object_, graph in quads:
        found[subject].append(f"{subject} {predicate} {object_} {graph} .\n")
    return ("".join(sorted(found[subject])) for subject in sorted(found))


def write_dataset(counts: dataset.Counts, articles: Iterable[Article], said: Mapping[str, str], folder: Path) -> None:
    """``dataset.ttl``: what the graph is, named by a hash of ``graph.nq``; the files that it describes lie in the folder already."""
    with (folder / "graph.nq").open("rb") as file:
        name = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    sizes = {file: (folder / file).stat().st_size for file, *_ in dataset.FILES}
    triples = in_order(dataset.described(name, counts, articles, said, sizes))
    text = turtle(list(rows) for _, rows in groupby(triples, key=itemgetter(0)))
    write(folder / dataset.NAME, (part.replace(f"<{dataset.BESIDE}", "<") for part in text))


def write_identity(linked: Linked, articles: Mapping[str, Article], path: Path) -> None:
    """``identity.jsonl``: for each thing what merged into it and what it may be the same as, with the reasons; and articles of one text."""
    rows: dict[str, dict] = {}

    def row(thing: Thing) -> dict:
        iri = mint(thing)
        return rows.setdefault(iri, {"iri": iri, "name": linked.labels.get(iri, thing.name), "members": [], "possibly": []})

    for thing, members in linked.members.items():
        row(thing)["members"] = list(members)
    for (a, b), reasons in linked.possibly.items():
        for one, other in ((a, b), (b, a)):
            row(one)["possibly"].append({"iri": mint(other), "name": other.name, "reasons": list(reasons)})
    for group in linked.duplicates:
        same = [{"name": articles[i].title, "iri": article_iri(i), "articles": [i], "reasons": ["the same text"]} for i in group]
        rows[article_iri(group[0])] = {
            "iri": article_iri(group[0]),
            "name": articles[group[0]].title,
            "members": same,
            "possibly": [],
        }
    for held in rows.values():
        held["possibly"].sort(key=lambda p: p["iri"])
    write(path, (json.dumps(rows[iri], ensure_ascii=False) + "\n" for iri in sorted(rows)))


def write_evidence(facts: Iterable[Fact], articles: Mapping[str, Article], path: Path) -> None:
    """``evidence.ttl``, a part at a time, since there is most of it."""
    write(path, evidence(facts, articles))


def write(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)


def write_articles(articles: Iterable[Article], path: Path) -> None:
    """``articles.jsonl``: the raw texts and where their parts are."""
    rows = []
    for a in sorted(articles, key=lambda a: a.identifier):
        subtitle = " ".join(" ".join(a.raw(r.span).split()).strip("- ") for r in a.regions if r.role == "subtitle")
        rows.append(
            json.dumps(
                {
                    "id": a.identifier,
                    "iri": article_iri(a.identifier),
                    "title": a.title,
                    "subtitle": subtitle or None,
                    "date": a.date.isoformat() if a.date else None,
                    **({"modified": a.modified.isoformat()} if a.modified else {}),
                    **({"section": a.section} if a.section else {}),
                    "publisher": a.publisher,
                    "url": a.url,
                    "source": a.source,
                    "fields": dict(a.fields),
                    "regions": [[r.role, r.span.field, r.span.start, r.span.end] for r in a.regions],
                    "notes": list(a.notes),
                },
                ensure_ascii=False,
            )
        )
    write(path, (row + "\n" for row in rows))


def write_rejected(refused: Iterable[tuple[str, str, str, Span]], articles: Mapping[str, Article], path: Path) -> None:
    """``rejected.jsonl``: what was considered and not stated, by article and place."""
    rows = sorted((article, span, rule, reason) for article, rule, reason, span in refused)
    write(
        path,
        (
            json.dumps(
                {
                    "article": article,
                    "rule": rule,
                    "reason": reason,
                    "field": span.field,
                    "start": span.start,
                    "end": span.end,
                    "words": masked(articles[article].raw(span)),
                },
                ensure_ascii=False,
            )
            + "\n"
            for article, span, rule, reason in rows
        ),
    )
