"""A title alone that stands for the one person of the text who bears it (처장은 이어 …라고 말했다)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analyze.names.people import Anchored
from kg.analyze.names.words import words_of
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

_CASES = frozenset("은 는 이 가 께서 께서는".split())


def bare_titles(
    phrases: Sequence[Phrase], anchored: Sequence[Anchored], tokens: Tokens, knowledge: Knowledge
) -> Iterator[Mention]:
    """The people meant by titles without a name; where the text has two holders of a title, it stands for nobody.

    ``anchored`` are all people of the text with their titles.
    """
    for before, phrase in zip((None, *phrases), phrases):
        if phrase.kind != "NP" or phrase.particle not in _CASES or phrase.determiner or phrase.notes or phrase.quoted:
            continue
        words = words_of(tokens, phrase.tokens)
        if len(words) != 1 or words[0].text not in knowledge.titles.heads or _owned(before):
            continue
        bearers = [a for a in anchored if a.person.title and a.person.title.endswith(words[0].text)]
        names = {a.person.name for a in bearers}
        if len(names) == 1 and any(a.person.end <= words[0].start for a in bearers):
            yield Mention(
                start=words[0].start, end=words[0].end, kind="Person", name=names.pop(), rule="office", title=words[0].text
            )


def _owned(before: Phrase | None) -> bool:
    """Whether what stands before says whose or which title it is: 프랑스의 장관은, 새로 온 장관은."""
    return before is not None and (
        before.kind == "NP" and before.particle in ("의", "") or before.kind == "PRED" and before.ending == "adnominal"
    )
