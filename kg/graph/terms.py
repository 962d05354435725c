"""Terms of a store as text: the one place that says what the type of a term leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import pyoxigraph as ox

    Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple  # what can be a subject
    Term: TypeAlias = Node | ox.Literal
    Found: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def value_of(term: Term | ox.DefaultGraph | None) -> str:
    """The IRI or the words of a term; a statement within a statement has neither, and the graph holds none.

    >>> import pyoxigraph as ox
    >>> value_of(ox.NamedNode("https://example.org/a")), value_of(ox.Literal("물 포럼"))
    ('https://example.org/a', '물 포럼')
    """
    return term.value  # type: ignore[union-attr]


def rows_of(found: Found) -> ox.QuerySolutions:
    """What a SELECT found: the engine gives rows, triples and truths by one function.

    >>> import pyoxigraph as ox
    >>> [row["n"].value for row in rows_of(ox.Store().query("SELECT ?n { VALUES ?n { '물 포럼' } }"))]
    ['물 포럼']
    """
    import pyoxigraph as ox

    if not isinstance(found, ox.QuerySolutions):
        raise ValueError("rows were asked for, and the answer has none")
    return found


def triple_of(subject: Term, predicate: Term, object_: Term) -> ox.Triple:
    """The statement of three terms that stand apart, as evidence names them; refuses what can be no statement.

    >>> import pyoxigraph as ox
    >>> triple_of(ox.Literal("포럼"), ox.NamedNode("https://example.org/a"), ox.Literal("물"))
    Traceback (most recent call last):
    ValueError: "포럼" <https://example.org/a> "물" is no statement
    """
    import pyoxigraph as ox

    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        raise ValueError(f"{subject} {predicate} {object_} is no statement")
    return ox.Triple(subject, predicate, object_)
