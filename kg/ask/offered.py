"""What is offered where a question is not answered: examples that come near to it, names that come near to what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.ask.question_words import closed
from kg.ask.search import stems
from kg.knowledge.questions import Intent, Questions

if TYPE_CHECKING:
    from kg.ask.mentioned import Mention, Mentions

SLOT = re.compile(r"\{(\w+)\}")
_PARTICLES = re.compile(r"(?<=(.))(은/는|이/가|과/와|을/를)")


def slips(text: str, unknown: Sequence[str], mentions: Mentions) -> Iterator[str]:
    """The question with a name in place of a word that comes near to it: 금유위원회가 for 금융위원회가."""
    for eojeol in re.finditer(r"[가-힣A-Za-z0-9]{3,}", text):
        if any(word in eojeol[0] for word in unknown):
            stem = list(stems(eojeol[0]))[-1]
            for name in mentions.alike(stem):
                yield text[: eojeol.start()] + name + text[eojeol.start() + len(stem) :]


def near(book: Questions, names: Sequence[Mention], signs: set[str], prominent: Mapping[str, str]) -> tuple[str, ...]:
    """Examples that share most with the question, with its names or else those that most articles speak of."""
    families = {name.family for name in names}

    def likeness(intent: Intent) -> int:
        return 2 * len(signs & {*intent.signs, *intent.any}) + len(
            families & {*intent.needs, *intent.takes, *(("who",) if "body" in intent.needs or "person" in intent.needs else ())}
        )

    here = {_slot(name): name.words for name in names}
    ranked = sorted(book.intents, key=lambda intent: -likeness(intent))
    fillable = (intent.example for intent in ranked if set(SLOT.findall(intent.example)) <= {*prominent, *here})
    return tuple(filled(example, {**prominent, **here}) for example in fillable)[:3]


def _slot(name: Mention) -> str:
    return "event" if name.family == "event" else "city" if name.family == "place" else "person" if name.person else "body"


def filled(pattern: str, names: Mapping[str, str]) -> str:
    """An example with names in its places, and the particle of a pair that follows them.

    >>> filled("{person}은/는 어디 소속인가?", {"person": "서리하"}), filled("{body}이/가 연 행사는?", {"body": "산림청"})
    ('서리하는 어디 소속인가?', '산림청이 연 행사는?')
    """
    text = SLOT.sub(lambda match: names[match[1]], pattern)
    return _PARTICLES.sub(lambda match: match[2].split("/")[not closed(match[1])], text)
