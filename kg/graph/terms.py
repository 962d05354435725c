"""Terms of a store as text: the one place that says what the type of a term leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph as ox


def value_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """The IRI or the words of a term; a statement within a statement has neither, and the graph holds none.

    >>> import pyoxigraph as ox
    >>> value_of(ox.NamedNode("https://example.org/a")), value_of(ox.Literal("물 포럼"))
    ('https://example.org/a', '물 포럼')
    """
    return term.value  # type: ignore[union-attr]
