"""``dataset.toml``: what people state of a graph and no article tells: its title, licence, publisher, and where its files will lie."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from kg.errors import UsageError

SAID = "dataset.toml"
_KEYS = ("title", "description", "license", "creator", "publisher", "address")


def said(out: Path) -> Mapping[str, str]:
    """What people say of a graph, from ``dataset.toml`` in its folder; UsageError names a key that it cannot have.

    >>> said(Path("nowhere"))
    {}
    """
    path = out / SAID
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    for key, value in found.items():
        if key not in _KEYS:
            raise UsageError(f"{path}: key {key!r} is not known; allowed: {', '.join(_KEYS)}")
        if not isinstance(value, str) or not value.strip():
            raise UsageError(f"{path}: {key}: {value!r} is not allowed; allowed: words, or an address that begins with https://")
        if key == "address" and not (is_address(value) and value.endswith("/")):
            raise UsageError(
                f"{path}: address: {value!r} is not allowed; allowed: an address that begins with https:// and ends with /"
            )
    return found


def is_address(value: str) -> bool:
    """Whether words are an address.

    >>> is_address("https://example.org/"), is_address("물길 모임")
    (True, False)
    """
    return value.startswith(("https://", "http://"))
