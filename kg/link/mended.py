"""What one article has in full and another only in part: quotations and themes that a damaged or a shorter page has cut."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from kg.link.blocks import WINDOW, blocks

K = TypeVar("K", bound=Hashable)
_UNITS = re.compile(r"…|[.?!](?=\s|$)")
_SHORTEST = 8  # letters of a sentence or a theme that can tell which one it is part of
_ENOUGH = 20  # letters of a quotation that nobody else will have said


def letters(words: str) -> str:
    """Words for comparing: without spaces and marks.

    >>> letters("함께 가야 합니다.")
    '함께가야합니다'
    """
    return "".join(c for c in words if c.isalnum())


def fuller_words(said: Mapping[K, str]) -> dict[K, K]:
    """For quotations of one speaker of which another one holds every sentence: that other one, the longest.

    >>> fuller_words({"a": "숲은 우리 모두의 것입니다. 오늘 이 자리가 숲을 지키는 첫걸음이 되기를 바랍니다.", "b": "오늘 이 자리가 숲을 지키는 첫걸음이 되기를 바랍니다."})
    {'b': 'a'}
    """
    units = {
        key: frozenset(u for part in _UNITS.split(words) if len(u := letters(part)) >= _SHORTEST) for key, words in said.items()
    }
    size = {key: sum(map(len, parts)) for key, parts in units.items()}
    holding = blocks(sorted(units, key=lambda key: (-size[key], key)), units.__getitem__)
    found = {}
    for key, parts in units.items():
        if size[key] >= _ENOUGH:
            longest = max(parts, key=lambda unit: (len(unit), unit))
            larger = next(
                (other for other in holding[longest][:WINDOW] if size[other] > size[key] and parts < units[other]), None
            )
            if larger is not None:
                found[key] = larger
    return {key: _last(key, found) for key in found}


def fuller_themes(themes: Iterable[str]) -> dict[str, str]:
    """For themes of one event that are the beginning or the end of another one's words: that other one, where there is one.

    >>> fuller_themes(["숲의 미래, 시민이 가꾸는 도시숲", "시민이 가꾸는 도시숲", "도시숲"])
    {'시민이 가꾸는 도시숲': '숲의 미래, 시민이 가꾸는 도시숲'}
    """
    themes = sorted(set(themes))
    found = {}
    for theme in themes:
        longer = [other for other in themes if len(letters(theme)) >= _SHORTEST and _cut(theme, other)]
        most = max(longer, key=lambda other: (len(other), other), default=None)
        if most is not None and all(other == most or _cut(other, most) for other in longer):
            found[theme] = most
    return found


def _cut(theme: str, other: str) -> bool:
    """Whether a theme is what is left of another one after a cut at a word's edge."""
    if len(theme) >= len(other) or letters(theme) == letters(other):
        return False
    return (
        other.endswith(theme)
        and not other[-len(theme) - 1].isalnum()
        or other.startswith(theme)
        and not other[len(theme)].isalnum()
    )


def _last(key: K, larger: Mapping[K, K]) -> K:
    while key in larger:
        key = larger[key]
    return key
