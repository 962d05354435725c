"""The part of a list that a page shows: what it counts is found first, and rows are asked for of the newest alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.ask.understand import Asked

Rows = Iterable[Mapping[str, Any]]  # bindings of a question of the shape THINGS


def by_day(asked: Asked) -> bool:
    """Whether an answer is a list of things in the order of their days, so that the newest are its first rows."""
    intent = asked.intent
    plain = bool(intent.thing and "date" in intent.columns) and not (intent.order or intent.steps)
    return asked.shape == "list" and plain


def narrowed(asked: Asked) -> bool:
    """Whether an answer has facets: it is about events, and not about those of two."""
    return asked.intent.id in ("events", "planned", "agreements") and "two" not in asked.places()


def days(rows: Rows, thing: str, known: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], None]:
    """Each thing with each of its days: the one of its row, else those that are known of it, else an empty one.

    >>> list(days([{"e": {"value": "a"}}, {"e": {"value": "b"}}], "e", {"a": ["2024-05-02"]}))
    [('a', '2024-05-02'), ('b', '')]
    """
    found = ((row[thing]["value"], row["date"]["value"] if "date" in row else "") for row in rows if thing in row)
    return {(iri, own): None for iri, day in found for own in ([day] if day else known.get(iri) or [""])}


def newest(dated: Iterable[tuple[str, str]], most: int) -> tuple[str, ...]:
    """The things of the newest days, which have as many rows as are shown or more; a day's things are taken together.

    >>> newest([("a", "2023-01-01"), ("b", "2024-01-01"), ("c", "2023-01-01"), ("d", "")], 2)
    ('b', 'a', 'c')
    """
    ordered = sorted(dated, key=lambda pair: pair[1], reverse=True)
    last = ordered[most - 1][1] if len(ordered) > most else ""
    return tuple(dict.fromkeys(thing for thing, day in ordered if day >= last))
