"""Turtle of terms that are N-Triples already: Oxigraph says what each is in Turtle, once, and rows are put together of that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from kg.knowledge.vocab import PREFIXES

Triple = tuple[str, str, str]
_CHUNK = 20_000  # triples that are written at a time
_TYPE = f"<{PREFIXES['rdf']}type>"


def turtle(subjects: Iterable[list[Triple]]) -> Iterator[str]:
    """Turtle of triples in a list for each subject, a blank line between subjects; the same triples give the same bytes.

    >>> rows = [[("<urn:a>", "<urn:p>", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'), ("<urn:a>", "<urn:p>", '"가"@ko')]]
    >>> list(turtle(rows))[-1]
    '\\n<urn:a> <urn:p> 3 , "가"@ko .\\n'
    """
    yield from header()
    yield from blocks(subjects, {})


def header() -> Iterator[str]:
    """The prefixes that every file binds."""
    return (f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(PREFIXES.items()))


def blocks(subjects: Iterable[list[Triple]], known: dict[str, str]) -> Iterator[str]:
    """A block for each subject, a part of them at a time; ``known`` are the names and numbers met so far."""
    part: list[list[Triple]] = []
    size = 0
    for triples in subjects:
        part.append(triples)
        size += len(triples)
        if size >= _CHUNK:
            yield from _written(part, known)
            part, size = [], 0
    yield from _written(part, known)


def _written(subjects: list[list[Triple]], known: dict[str, str]) -> Iterator[str]:
    """The blocks of some subjects; their own names are asked for once."""
    own = {triples[0][0] for triples in subjects}
    texts = texts_of((term for triples in subjects for triple in triples for term in triple), known, but=own)
    for triples in subjects:
        said: list[str] = []
        before = ""
        for _, predicate, object_ in triples:
            if predicate == before:
                said[-1] += f" , {texts[object_]}"
            else:
                said.append(f"{'a' if predicate == _TYPE else texts[predicate]} {texts[object_]}")
                before = predicate
        yield f"\n{texts[triples[0][0]]} {_NEXT.join(said)} .\n"


_NEXT = " ;\n\t"


def texts_of(terms: Iterable[str], known: dict[str, str], *, but: Collection[str] = ()) -> dict[str, str]:
    """Each term with what Turtle writes for it; ``known`` learns the names and numbers, which stand again and again, ``but`` some.

    >>> known = {}
    >>> texts_of(['"가"@ko', f"<{PREFIXES['rdf']}type>"], known)['"가"@ko'], known
    ('"가"@ko', {'<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>': 'rdf:type'})
    """
    asked = set(terms)
    texts = {term: term for term in asked if term[0] == '"' and term[-1] != ">"}  # words stay as they are
    names = asked - texts.keys()
    texts.update((term, known[term]) for term in names if term in known)
    found = dict(_texts(sorted(names - texts.keys())))
    known.update((term, text) for term, text in found.items() if term not in but)
    return texts | found


def _texts(terms: list[str]) -> Iterator[tuple[str, str]]:
    """Each term with what Oxigraph writes for it in Turtle."""
    import pyoxigraph as ox

    rows = "".join(f"<urn:{number}> <urn:is> {term} .\n" for number, term in enumerate(terms))
    parsed = (quad.triple for quad in ox.parse(rows, format=ox.RdfFormat.N_TRIPLES))
    written = ox.serialize(parsed, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b""
    told = (line for line in written.decode().split("\n") if line.startswith("<urn:"))
    return ((term, line.split(" ", 2)[2][:-2]) for term, line in zip(terms, told, strict=True))


def in_order(triples: Iterable[Triple]) -> list[Triple]:
    """Triples by subject, the type first."""
    found: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        found[triple[0]].append(triple)
    subjects = sorted(found, key=_bare)
    return [triple for subject in subjects for triple in sorted(found[subject], key=_place)]


def _bare(subject: str) -> str:
    return subject[1:-1]


def _place(triple: Triple) -> tuple[bool, str, str]:
    return triple[1] != _TYPE, triple[1][1:-1], triple[2]
