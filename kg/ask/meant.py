"""Who is meant by a name: the day and host of an event, the body and title of a person, as they stand beside it everywhere.

What stands beside the things of a class is data: ``beside`` in ``viz/style.toml`` names relations, ``|`` parts the ones that stand
in for each other, ``^`` turns one round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rdflib import SKOS

from kg.graph.terms import value_of
from kg.knowledge.vocab import ENTAILED_GRAPH, PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

    from kg.viz.style import Style

Said = Callable[
    [str, str, bool], Mapping[str, int]
]  # thing, property's prefixed name, whether turned round → words: how often said


def beside(thing: str, paths: Iterable[str], said: Said) -> tuple[str, ...]:
    """The words beside a thing's name, one for each path that leads somewhere; of several the one that most articles say.

    >>> said = {("press:startDate", False): {"2024-05-02": 1}, ("press:hosted", True): {"환경부": 3, "서울시": 1}}
    >>> beside("포럼", ("press:startDate", "^press:coHosted|^press:hosted"), lambda thing, name, back: said.get((name, back), {}))
    ('2024-05-02', '환경부 외 1')
    """
    return tuple(filter(None, (_words(thing, path, said) for path in paths)))


def _words(thing: str, path: str, said: Said) -> str:
    for step in path.split("|"):
        found = said(thing, step.removeprefix("^"), step.startswith("^"))
        if found:
            from kg.viz.style import load_style

            first = min(found, key=lambda words: (-found[words], words))
            drawn = load_style().relations.get(step)
            return (
                f"{first} 외 {len(found) - 1}"
                if step.startswith("^") and len(found) > 1
                else f"{first} {drawn.mark if drawn else ''}".strip()
            )
    return ""


def in_store(store: pyoxigraph.Store, style: Style) -> Callable[[str, str], tuple[str, ...]]:
    """For a store: from the IRI and class of a thing to the words beside its name."""
    import pyoxigraph as ox

    left_out = (ox.DefaultGraph(), ox.NamedNode(str(ENTAILED_GRAPH)))

    def node(name: str) -> pyoxigraph.NamedNode:
        prefix, _, local = name.partition(":")
        return ox.NamedNode(PREFIXES[prefix] + local)

    def said(thing: str, name: str, back: bool) -> Counter[str]:
        here, relation = ox.NamedNode(thing), node(name)
        rows = (
            store.quads_for_pattern(None, relation, here, None) if back else store.quads_for_pattern(here, relation, None, None)
        )
        ends = Counter(quad.subject if back else quad.object for quad in rows if quad.graph_name not in left_out)
        return Counter({words: many for end, many in ends.items() if (words := named(end))})

    def named(term: object) -> str:
        if isinstance(term, ox.Literal):
            return term.value
        labels = store.quads_for_pattern(term, ox.NamedNode(str(SKOS.prefLabel)), None, ox.DefaultGraph())
        return min((value_of(quad.object) for quad in labels), default="")

    return lambda iri, kind: beside(iri, style.classes[kind].beside, said)


def untold(parts: Iterable[str], row: Iterable[str]) -> Iterator[str]:
    """Of the words beside a name those that no other cell of its row says (물결연구원장 is told by 물결연구원).

    >>> list(untold(("2024-05-02", "환경부 외 1"), ("포럼", "2024-05-02"))), list(untold(("물결연구원장",), ("물결연구원", "원장")))
    (['환경부 외 1'], [])
    """
    cells = [cell for cell in row if len(cell) > 1]
    return (part for part in parts if " 외 " in part or not any(part.startswith(cell) for cell in cells))
