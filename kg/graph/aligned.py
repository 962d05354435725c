"""The graph in the words that other tools look for: schema.org, FOAF, ORG, SKOS and PROV.

Builds write the ontology's own terms alone; that they stand under those of others is declared in ``ontology/press.ttl``, and few tools
reason. ``kg export --to aligned`` writes out what follows: classes and properties above ours, inverses too; what names and days are
called elsewhere (``ontology/alignment.toml``); and what ORG says with more nodes than we have: the role of a membership, how long it
lasted, and the post of whoever heads a body.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rdflib import OWL, RDF, RDFS, SKOS

from kg.errors import KnowledgeError
from kg.graph.mint import mint
from kg.graph.terms import value_of
from kg.knowledge.people import load_titles
from kg.knowledge.resources import resource
from kg.knowledge.schema import schema
from kg.knowledge.vocab import PREFIXES, PRESS
from kg.model import Thing

if TYPE_CHECKING:
    import pyoxigraph

TIME = "http://www.w3.org/2006/time#"
_ORG, _OURS = PREFIXES["org"], str(PRESS._NS)
Outer = Mapping[str, tuple[tuple[str, bool], ...]]  # a term → terms of others above it, and whether they point the other way


@lru_cache(maxsize=1)
def outer() -> Outer:
    """For each term of the ontology those of other vocabularies above it; True where they point the other way.

    >>> outer()[str(PRESS.coHosted)], outer()[str(PRESS.venue)]
    ((('https://schema.org/organizer', True),), (('https://schema.org/location', False),))
    """
    import pyoxigraph as ox

    up, inverse = defaultdict(set), defaultdict(set)
    above = {str(RDFS.subClassOf), str(RDFS.subPropertyOf)}
    for quad in ox.parse(path=str(resource("ontology", "press.ttl")), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value in above:
            up[quad.subject].add(quad.object)
        elif quad.predicate.value == str(OWL.inverseOf):
            inverse[quad.subject].add(quad.object)
            inverse[quad.object].add(quad.subject)
    found: dict[str, set[tuple[str, bool]]] = {}
    for term in [one for one in up.keys() | inverse.keys() if isinstance(one, ox.NamedNode) and one.value.startswith(_OURS)]:
        queue, seen = [(term, False)], set()
        while queue:
            here, turned = queue.pop()
            if (here, turned) in seen:
                continue
            seen.add((here, turned))
            queue += [(one, turned) for one in up.get(here, ())] + [(one, not turned) for one in inverse.get(here, ())]
        others = {(one.value, turned) for one, turned in seen if isinstance(one, ox.NamedNode)}
        found[term.value] = {pair for pair in others if not pair[0].startswith((_OURS, str(RDF), str(OWL)))}
    return {term: tuple(sorted(pairs)) for term, pairs in sorted(found.items()) if pairs}


@lru_cache(maxsize=1)
def again() -> tuple[tuple[str, str, str], ...]:
    """What is said again: (class of the subject or ``*``, property, the other property), as IRIs; KnowledgeError names a slip."""
    path = resource("ontology", "alignment.toml")
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    made = []
    for kind, said in rows.items():
        if kind != "any" and kind not in schema().ancestors:
            raise KnowledgeError(path, "table", kind, allowed=["any", *sorted(schema().ancestors)])
        for name, others in said.items():
            made += [(kind, _iri(name, path), _iri(other, path)) for other in others]
    return tuple(made)


def _iri(name: str, path: object) -> str:
    prefix, _, local = name.partition(":")
    if prefix not in PREFIXES:
        raise KnowledgeError(path, "prefix", name, allowed=sorted(PREFIXES))
    return PREFIXES[prefix] + local


def aligned(triples: Collection[pyoxigraph.Triple]) -> set[pyoxigraph.Triple]:
    """What follows from some triples in the words of other vocabularies."""
    kinds: dict[Any, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate.value == str(RDF.type):
            kinds[triple.subject].add(value_of(triple.object))
    return {*_above(triples), *_named(triples, kinds), *_memberships(triples)}


def _above(triples: Iterable[pyoxigraph.Triple]) -> Iterator[pyoxigraph.Triple]:
    import pyoxigraph as ox

    known = outer()
    for triple in triples:
        is_kind = triple.predicate.value == str(RDF.type)
        for other, turned in known.get(value_of(triple.object if is_kind else triple.predicate), ()):
            if is_kind:
                yield ox.Triple(triple.subject, triple.predicate, ox.NamedNode(other))
            elif not turned:
                yield ox.Triple(triple.subject, ox.NamedNode(other), triple.object)
            elif isinstance(triple.object, ox.NamedNode):
                yield ox.Triple(triple.object, ox.NamedNode(other), triple.subject)


def _named(triples: Iterable[pyoxigraph.Triple], kinds: Mapping[Any, set[str]]) -> Iterator[pyoxigraph.Triple]:
    import pyoxigraph as ox

    said = defaultdict(list)
    for of, name, also in again():
        said[name].append((of, ox.NamedNode(also)))
    for triple in triples:
        for kind, other in said.get(triple.predicate.value, ()):
            mine = kinds.get(triple.subject, ())
            if kind == "any" or any(schema().is_a(iri.removeprefix(_OURS), kind) for iri in mine):
                yield ox.Triple(triple.subject, other, triple.object)


def _memberships(triples: Iterable[pyoxigraph.Triple]) -> Iterator[pyoxigraph.Triple]:
    """ORG's roles, times and posts: a role is a word, a post is the place at the head of a body, whoever holds it."""
    import pyoxigraph as ox

    node, a = ox.NamedNode, ox.NamedNode(str(RDF.type))
    names = {"member", "organization", "role", "from", "to"}
    found: dict[Any, dict[str, Any]] = defaultdict(dict)
    heads, labels = set(), {}
    for triple in triples:
        name = triple.predicate.value.removeprefix(_OURS)
        if name in names:
            found[triple.subject][name] = triple.object
        elif name == "heads":
            heads.add((triple.subject, triple.object))
        elif triple.predicate.value == str(SKOS.prefLabel):
            labels[triple.subject] = value_of(triple.object)
    rows: list[tuple[Any, str, Any]] = []
    leading = _leading(found, heads)
    for one, said in found.items():
        if "role" in said:
            role = node(mint(Thing(kind="Role", name=said["role"].value)))
            rows += [(one, _ORG + "role", role), *_concept(role, _ORG + "Role", said["role"].value)]
            if one in leading:
                rows += _post(said, role, labels.get(said["organization"], ""))
        if said.keys() & {"from", "to"}:
            rows += _during(one, said)
    for subject, predicate, value in rows:
        yield ox.Triple(subject, a if predicate == "a" else node(predicate), node(value) if isinstance(value, str) else value)


def _leading(found: Mapping[Any, Mapping[str, Any]], heads: Collection[tuple[Any, Any]]) -> set[Any]:
    """The memberships by which somebody heads a body: where one had several roles there, the highest."""
    rung = load_titles().rung
    roles: dict[tuple[Any, Any], list[tuple[int, str, Any]]] = defaultdict(list)
    for one, said in found.items():
        pair = (said.get("member"), said.get("organization"))
        if "role" in said and pair in heads:
            roles[pair].append((rung(said["role"].value) or 0, str(one), one))
    return {max(several)[2] for several in roles.values()}


def _post(said: Mapping[str, Any], role: Any, body: str) -> list[tuple[Any, str, Any]]:
    """The post at the head of a body, and who holds it."""
    import pyoxigraph as ox

    word, at = said["role"].value, said["organization"]
    post = ox.NamedNode(f"{at.value}_{mint(Thing(kind='Post', name=word)).rpartition('/')[2]}")
    return [
        *_concept(post, _ORG + "Post", f"{body} {word}".strip()), (post, _ORG + "postIn", at), (post, _ORG + "role", role),
        (post, _ORG + "heldBy", said["member"]), (said["member"], _ORG + "holds", post),
    ]  # fmt: skip


def _concept(iri: Any, kind: str, name: str) -> list[tuple[Any, str, Any]]:
    import pyoxigraph as ox

    words = ox.Literal(name, language="ko")
    return [(iri, "a", kind), (iri, str(SKOS.prefLabel), words), (iri, str(RDFS.label), words)]


def _during(membership: Any, said: Mapping[str, Any]) -> Iterator[tuple[Any, str, Any]]:
    """The interval of a membership, from or to a day that articles give."""
    import pyoxigraph as ox

    during = ox.NamedNode(f"{membership.value}#during")
    yield membership, _ORG + "memberDuring", during
    yield during, "a", TIME + "Interval"
    for name, end in (("from", "hasBeginning"), ("to", "hasEnd")):
        if name in said:
            day = ox.NamedNode(f"{membership.value}#{name}")
            yield during, TIME + end, day
            yield day, "a", TIME + "Instant"
            yield day, TIME + "inXSDDate", said[name]
