"""Who is meant by a name: the day and host of an event, the body and title of a person, as they stand beside it everywhere.

What stands beside the things of a class is data: ``beside`` in ``viz/style.toml`` names relations, ``|`` parts the ones that stand
in for each other, ``^`` turns one round, ``&`` takes what the articles say that say the words before it: the title in that body.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rdflib import SKOS

from kg.graph.terms import value_of
from kg.knowledge.vocab import ENTAILED_GRAPH, PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

    from kg.graph.terms import Term
    from kg.viz.style import Style

Said = Callable[
    [str, str, bool], Mapping[str, frozenset[str]]
]  # thing, property's prefixed name, whether turned round → words: the articles that say so


def beside(thing: str, paths: Iterable[str], said: Said) -> tuple[str, ...]:
    """The words beside a thing's name, one for each path that leads somewhere; of several the one that most articles say.

    >>> said = {("press:startDate", False): {"2024-05-02": {"a"}}, ("press:hosted", True): {"환경부": {"a", "b"}, "서울시": {"a"}}}
    >>> beside("포럼", ("press:startDate", "^press:coHosted|^press:hosted"), lambda thing, name, back: said.get((name, back), {}))
    ('2024-05-02', '환경부 외 1')
    >>> said = {"press:heads": {"환경부": {"a"}}, "press:jobTitle": {"교수": {"b", "c"}, "장관": {"a"}}}
    >>> beside("가람우", ("press:heads", "&press:jobTitle"), lambda thing, name, back: said[name])
    ('환경부', '장관')
    """
    found: list[str] = []
    told: frozenset[str] = frozenset()
    for path in paths:
        words, told = _words(thing, path, said, told)
        found += [words] if words else []
    return tuple(found)


def _words(thing: str, path: str, said: Said, told: frozenset[str]) -> tuple[str, frozenset[str]]:
    """The words of a path and the articles that say them."""
    for step in path.removeprefix("&").split("|"):
        found = said(thing, step.removeprefix("^"), step.startswith("^"))
        if path.startswith("&"):
            found = {words: both for words, articles in found.items() if (both := articles & told)} or found
        if found:
            from kg.viz.style import load_style

            first = min(found, key=lambda words: (-len(found[words]), words))
            drawn = load_style().relations.get(step)
            if step.startswith("^") and len(found) > 1:
                return f"{first} 외 {len(found) - 1}", found[first]
            return f"{first} {drawn.mark if drawn else ''}".strip(), found[first]
    return "", told


def in_store(store: pyoxigraph.Store, style: Style) -> Callable[[str, str], tuple[str, ...]]:
    """For a store: from the IRI and class of a thing to the words beside its name."""
    import pyoxigraph as ox

    left_out = (ox.DefaultGraph(), ox.NamedNode(str(ENTAILED_GRAPH)))

    def node(name: str) -> pyoxigraph.NamedNode:
        prefix, _, local = name.partition(":")
        return ox.NamedNode(PREFIXES[prefix] + local)

    def said(thing: str, name: str, back: bool) -> dict[str, frozenset[str]]:
        here, relation = ox.NamedNode(thing), node(name)
        rows = (
            store.quads_for_pattern(None, relation, here, None) if back else store.quads_for_pattern(here, relation, None, None)
        )
        ends: dict[Term, set[str]] = defaultdict(set)
        for quad in rows:
            if quad.graph_name not in left_out:
                ends[quad.subject if back else quad.object].add(value_of(quad.graph_name))
        found: dict[str, frozenset[str]] = {}
        for end, articles in ends.items():
            if words := named(end):
                found[words] = found.get(words, frozenset()) | articles
        return found

    def named(term: Term) -> str:
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
