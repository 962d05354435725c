"""Whose events a question narrows to: 환경부 포럼에서 누가 발표했나, 환경부가 연 포럼의 참석자."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ask.mentioned import Mention
    from kg.ask.question_words import Word

_BARE = re.compile(r"(?:의|에서)?\s")  # 환경부 포럼, 환경부의 포럼; 환경부가 포럼에서 says who acts there


def hosting(
    text: str, names: Sequence[Mention], words: Sequence[Word], kinds: AbstractSet[int], between: tuple[AbstractSet[int], ...]
) -> Iterator[Mention]:
    """The bodies of which an event's kind is said right behind their names, or behind a verb of holding.

    ``kinds`` are the places of the words for a kind of event; ``between`` the places of words of holding, and of words that may
    stand between a name and the kind whatever they say (a topic, words that ask nothing).
    """
    held, other = between
    for name in names:
        if name.family != "who" or name.person or name.head:
            continue
        behind = [i for i, word in enumerate(words) if word.start >= name.end]
        kind = next((i for i in behind if i in kinds), None)
        if kind is None or any(name.end <= one.start < words[kind].start for one in names):
            continue
        within = [i for i in behind if i < kind]
        holds = any(i in held for i in within)
        if all(i in held or i in other for i in within) and (holds or _BARE.match(text, name.end)):
            yield name
