"""The templates of the pages, loaded once; everything that they are given is escaped."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.knowledge.resources import resource

if TYPE_CHECKING:
    from jinja2 import Environment, Template


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(resource("viz", "serve", "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["number"] = lambda value: f"{value:,}"
    made.filters["day"] = day
    made.tests["day"] = lambda words: day(words) != words
    return made


def template(name: str) -> Template:
    """A template by its file name."""
    return _environment().get_template(name)


def day(words: str) -> str:
    """A date as Korean readers write it; anything else unchanged.

    >>> day("2021-06-28"), day("온라인")
    ('2021. 6. 28.', '온라인')
    """
    parts = words.split("-")
    if 1 < len(parts) <= 3 and len(parts[0]) == 4 and all(part.isascii() and part.isdigit() for part in parts):
        return " ".join(f"{int(part)}." for part in parts)
    return words
