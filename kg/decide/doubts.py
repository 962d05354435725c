"""The model of statements: which of what rules say of an article is probably wrong, by all that the text shows of it.

It learned from the annotated releases which statements were right, and leaves out those whose score is low. The thresholds are data,
of each rule of which enough was known to be wrong, chosen out of fold. A logistic regression with whole numbers for weights, so that sums are the same on every machine; it lies in
``data/models/arguments`` beside the model of arguments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.decide.arguments import FOLDER
from kg.decide.pairs import Names
from kg.decide.statements import Book, statements
from kg.knowledge.resources import resource
from kg.knowledge.weights import read_meta, read_weights, total
from kg.model import Claim

if TYPE_CHECKING:
    from kg.analyze.readings import Reading
    from kg.knowledge.load import Knowledge

FILE, WEIGHTS = "statements.json", "statements.tsv"
_KEYS = frozenset({"format", "shortest", "bias", "rules"})


@dataclass(frozen=True, slots=True)
class Doubts:
    """What each trait adds to the score of a statement, and for some rules the score below which what they say is left out.

    ``shortest`` is the length in characters of the shortest text that it has learned from: of less it says nothing.

    >>> model = Doubts({"rule=clause.host": 300, "role=caption": -900}, 200, {"clause.host": -500, "notice.host": -900})
    >>> model.score(frozenset({"role=caption", "rel=hosted"}))
    -700
    >>> model.doubts(["clause.host"], -700), model.doubts(["clause.host", "notice.host"], -700), model.doubts(["said.row"], -700)
    (True, False, False)
    """

    weights: Mapping[str, int]
    bias: int
    rules: Mapping[str, int]
    shortest: int = 0

    def doubts(self, rules: Sequence[str], score: int) -> bool:
        """Whether a score stands against what rules say: against each of them."""
        return all(rule in self.rules and score < self.rules[rule] for rule in rules)

    def score(self, traits: frozenset[str]) -> int:
        """The score of a statement: whole thousandths, so that the order of traits changes nothing."""
        return total(self.weights, traits, self.bias)


def load(folder: Path) -> Doubts:
    """The model in a folder; raises KnowledgeError for what is none."""
    meta = read_meta(folder / FILE, _KEYS)
    return Doubts(read_weights(folder / WEIGHTS), meta["bias"], meta["rules"], meta["shortest"])


@lru_cache(maxsize=1)
def load_doubts() -> Doubts | None:
    """The shipped model; None where it is not there (``load_arguments`` says so)."""
    folder = resource(*FOLDER)
    return load(folder) if (folder / FILE).is_file() else None


def doubted(
    claims: Sequence[Claim], model: Doubts | None, reading: Reading, names: Names, knowledge: Knowledge
) -> frozenset[Claim]:
    """The claims that the model leaves out."""
    if model is None or len(reading.tokens.text) < model.shortest:
        return frozenset()
    said = statements(claims, names.of)
    judged = [one for one in said if all(rule in model.rules for rule in one.rules)]
    if not judged:
        return frozenset()
    book = Book(said, reading, names, knowledge)
    return frozenset(claim for one in judged if model.doubts(one.rules, model.score(book.traits(one))) for claim in one.claims)
