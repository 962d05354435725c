"""What is told by words on pages of the web, from ``data/reading/pages.toml``, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.knowledge.resources import resource
from kg.knowledge.toml import any_of, compare, listed, load_toml

_LISTS = (("boxes", "names"), ("attached", "labels"), ("attached", "suffixes"), ("portals", "names"))
_KEYS = {"boxes": {"names": True}, "attached": {"labels": True, "suffixes": True}, "portals": {"names": True}, "closed": True}
_CLOSED = dict.fromkeys(("why", "patterns", "examples", "near"), True)


@dataclass(frozen=True, slots=True)
class PageWords:
    """Patterns of names of boxes, of the line that names an attached file, of portals; why a page says that it holds no article."""

    box: re.Pattern[str]
    attached: re.Pattern[str]
    portal: re.Pattern[str]
    closed: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def load_page_words(path: Path | None = None) -> PageWords:
    """Load and validate the words.

    >>> words = load_page_words()
    >>> bool(words.box.search("gnb-menu")), bool(words.box.search("gnbs"))
    (True, False)
    """
    path = path or resource("data", "reading", "pages.toml")
    said = load_toml(path, _KEYS)
    boxes, labels, suffixes, portals = (listed(path, f"{table}.{key}", said[table][key]) for table, key in _LISTS)
    attached = "|".join(r"\s?".join(label) for label in labels)
    return PageWords(
        re.compile(rf"(?:^|[\s_-])(?:{_either(boxes)})(?:$|[\s_-])", re.I),
        re.compile(
            rf"^[\[<(【]\s?(?:{attached})\s?\d{{0,2}}\s?[:：]\s?[^\n]{{1,200}}\.(?:{_either(suffixes)})\s?[\])>】][^\S\n]*$",
            re.M | re.I,
        ),
        re.compile(_either(portals), re.I),
        tuple(_closed(path, entry) for entry in said["closed"]),
    )


def _either(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


def _closed(path: Path, entry: dict) -> tuple[str, re.Pattern[str]]:
    where = f"closed {entry.get('why', '?')!r}"
    compare(path, where, entry, _CLOSED)
    return entry["why"], any_of(path, f"{where}: patterns", entry["patterns"])
