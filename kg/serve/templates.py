"""The templates of the pages, loaded once; everything that they are given is escaped."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.knowledge.resources import resource
from kg.serve.words import LANGUAGES, language, looked, put, translated

if TYPE_CHECKING:
    from jinja2 import Environment, Template


@lru_cache(maxsize=len(LANGUAGES))
def _environment(lang: str) -> Environment:
    """The templates as they are written, or with the English of each of their words."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = resource("viz", "serve", "templates")

    def source(name: str) -> str:
        text = (folder / name).read_text(encoding="utf-8")
        return text if lang == "ko" else translated(text)

    made = Environment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["number"] = lambda value: f"{value:,}"
    made.filters["day"] = day
    made.filters["t"] = put
    made.globals |= {
        "t": put,
        "lang": language.get,
        "looked": looked,
        "wrapped": _wrapped,
        "group_color": _group_color,
        "month_name": _month,
    }
    made.tests["day"] = _is_day
    return made


def template(name: str) -> Template:
    """A template by its file name, in the language of the request."""
    return _environment(language.get()).get_template(name)


def _wrapped(name: str) -> tuple[str, ...]:
    from kg.viz.measure import wrap

    return wrap(name, 9.0, 2)


def _month(month: str) -> str:
    """The name of a month, 2024-05 or 05, as a heading."""
    import calendar

    number = int(month[-2:])
    return f"{number}월" if language.get() == "ko" else calendar.month_abbr[number]


def _group_color(number: int) -> str:
    from kg.viz.style import load_style

    colors = load_style().groups["light"]
    return colors[min(number, len(colors) - 1)]


def day(words: str) -> str:
    """A date as Korean readers write it, with the mark that may follow it; anything else unchanged.

    >>> day("2021-06-28"), day("2021-06-28 보도"), day("온라인")
    ('2021. 6. 28.', '2021. 6. 28. 보도', '온라인')
    """
    from kg.viz.measure import day_words

    return day_words(words) if language.get() == "ko" and _is_day(words.partition(" ")[0]) else words


def _is_day(words: str) -> bool:
    parts = words.split("-")
    return 1 < len(parts) <= 3 and len(parts[0]) == 4 and all(part.isascii() and part.isdigit() for part in parts)
