"""Exports that keep apart what others join: a JSON-LD tree for each article, and evidence as RDF 1.2 and as Web Annotations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.graph.store import articles, quads, triples, unstated
from kg.knowledge.vocab import ARTICLE, PREFIXES, PRESS

if TYPE_CHECKING:
    import pyoxigraph

OA = "http://www.w3.org/ns/oa#"
_BESIDE = 32  # characters of a quote's prefix and suffix
_REIFIED = ("subject", "predicate", "object")


def trees(out: Path | str, factuality: Collection[str], node: Callable[[Any, list], dict], context: dict) -> str:
    """One tree for each article, with what it says of each thing that it mentions beneath ``mentions``, and people's affiliations
    beneath them; then what no article says by itself. ``node`` writes the statements of one subject, in the terms of ``context``.
    ``ontology/frame.jsonld`` frames the statements of an article to the same tree.
    """
    by_graph: dict[str, dict[Any, list]] = defaultdict(lambda: defaultdict(list))
    quad: Any
    for quad in sorted({*quads(out), *unstated(out, factuality)}, key=_key):
        by_graph[quad.graph_name.value][quad.subject].append(quad)
    body: list[dict] = []
    for name in sorted(by_graph, key=lambda name: (not name.startswith(str(ARTICLE)), name)):
        subjects = {subject: node(subject, statements) for subject, statements in by_graph[name].items()}
        root = next((made for subject, made in subjects.items() if subject.value == name), None)
        if root is None:
            body += subjects.values()
            continue
        things = {made["@id"]: made for made in subjects.values() if made is not root}
        mentions = root.get("mentions", [])
        listed = [mentions] if isinstance(mentions, str) else mentions
        nested = [things.pop(iri, iri) for iri in listed]
        _hang(things, {made["@id"]: made for made in nested if isinstance(made, dict)})
        if nested:
            root["mentions"] = nested if len(nested) > 1 else nested[0]
        if things:
            root["@included"] = list(things.values())
        body.append(root)
    return json.dumps({"@context": context, "@graph": body}, ensure_ascii=False, indent=1) + "\n"


def _hang(things: dict[str, dict], nested: dict[str, dict]) -> None:
    """Put the affiliations among some things beneath their people, who stand in the tree already."""
    found: dict[str, list[dict]] = defaultdict(list)
    for iri, made in list(things.items()):
        if made.get("@type") == "Affiliation" and made.get("member") in nested:
            found[made["member"]].append(things.pop(iri))
    for person, affiliations in found.items():
        nested[person]["affiliations"] = affiliations if len(affiliations) > 1 else affiliations[0]


def _key(quad: Any) -> tuple[str, str, bool, str, str]:
    kind = PREFIXES["rdf"] + "type"
    return quad.graph_name.value, str(quad.subject), quad.predicate.value != kind, quad.predicate.value, str(quad.object)


def assertions(out: Path | str) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The assertions of ``evidence.ttl`` in the order of their IRIs, each with its values by the local names of their properties."""
    found: dict[Any, dict[str, Any]] = defaultdict(dict)
    for triple in triples(out, "evidence.ttl"):
        found[triple.subject][triple.predicate.value.rpartition("#")[2]] = triple.object
    yield from ((node, found[node]) for node in sorted(found, key=str) if "evidence" in found[node])


def reified(out: Path | str, factuality: Collection[str] = ()) -> str:
    """The evidence as RDF 1.2: each assertion reifies the triple that it is about, and carries the words and offsets."""
    import pyoxigraph as ox

    rdf, press = PREFIXES["rdf"], PREFIXES["press"]
    rows = []
    for node, said in assertions(out):
        rows.append(ox.Triple(node, ox.NamedNode(rdf + "type"), ox.NamedNode(str(PRESS.Assertion))))
        rows.append(ox.Triple(node, ox.NamedNode(rdf + "reifies"), ox.Triple(*(said[part] for part in _REIFIED))))
        rows += [
            ox.Triple(node, ox.NamedNode(press + name), value)
            for name, value in sorted(said.items())
            if name not in (*_REIFIED, "type")
        ]
    return _turtle(rows)


def annotated(out: Path | str, factuality: Collection[str] = ()) -> str:
    """The evidence as Web Annotations, and nothing else."""
    return _turtle(list(quoted(out, assertions(out))))


def quoted(out: Path | str, found: Iterable[tuple[Any, Mapping[str, Any]]]) -> Iterator[pyoxigraph.Triple]:
    """Some assertions as Web Annotations: each quotes its words in the article, by what stands around them and by their position."""
    import pyoxigraph as ox

    texts = {record["iri"]: record["fields"] for record in articles(out)}
    kind, whole = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(PREFIXES["xsd"] + "nonNegativeInteger")
    for node, said in found:
        start, end = int(said["start"].value), int(said["end"].value)
        text = texts[said["article"].value][said["field"].value]
        target, quote, position = (ox.NamedNode(f"{node.value}#{part}") for part in ("target", "quote", "position"))
        rows: list[tuple[Any, str, Any]] = [
            (node, "a", "Annotation"),
            (node, "motivatedBy", "describing"),
            (node, "hasBody", said["subject"]),
            (node, "hasTarget", target),
            (target, "a", "SpecificResource"),
            (target, "hasSource", said["article"]),
            (target, "hasScope", ox.NamedNode(f"{said['article'].value}#{said['field'].value}")),
            (target, "hasSelector", quote),
            (target, "hasSelector", position),
            (quote, "a", "TextQuoteSelector"),
            (quote, "exact", ox.Literal(text[start:end])),
            (quote, "prefix", ox.Literal(text[max(0, start - _BESIDE) : start])),
            (quote, "suffix", ox.Literal(text[end : end + _BESIDE])),
            (position, "a", "TextPositionSelector"),
            (position, "start", ox.Literal(str(start), datatype=whole)),
            (position, "end", ox.Literal(str(end), datatype=whole)),
        ]
        for subject, name, value in rows:
            yield ox.Triple(
                subject,
                kind if name == "a" else ox.NamedNode(OA + name),
                ox.NamedNode(OA + value) if isinstance(value, str) else value,
            )


def _turtle(rows: list) -> str:
    import pyoxigraph as ox

    written = ox.serialize(rows, format=ox.RdfFormat.TURTLE, prefixes={**PREFIXES, "oa": OA})
    lines = (written or b"").decode().splitlines(keepends=True)
    body = next((i for i, line in enumerate(lines) if not line.startswith(("@prefix ", "PREFIX "))), len(lines))
    return "".join(sorted(lines[:body])) + "\n" + "".join(lines[body:])
