"""How often people of one name are rightly one: precision and recall over annotated pairs.

A pair names two articles and a hash of a name; what people read in both is ``same``, ``different`` or ``unclear``. The articles stand
in a corpus of the caller's: ``python -m kg.measure.identity PAIRS CORPUS [PART]``.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.link.join import Joined


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles with a person of one name; ``person`` is that name's hash, ``part`` says whether its errors may be read."""

    part: str
    person: str
    a: str
    b: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs with what people and what linking say: ``one``, ``two``, or ``missing`` where an article's person was not found."""

    rows: tuple[tuple[Pair, str], ...]

    def count(self, verdict: str, found: str) -> int:
        """How many pairs people and linking judge so."""
        return sum((pair.verdict, outcome) == (verdict, found) for pair, outcome in self.rows)

    @property
    def precision(self) -> float:
        """Of the pairs that are one in the graph and settled by people, those that are the same person."""
        right, wrong = self.count("same", "one"), self.count("different", "one")
        return right / (right + wrong) if right + wrong else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs of the same person that were found in both articles, those that are one in the graph."""
        right, apart = self.count("same", "one"), self.count("same", "two")
        return right / (right + apart) if right + apart else 1.0

    def lines(self) -> Iterator[str]:
        """The numbers for a terminal.

        >>> pair = Pair("held", "", "a", "b", "same")
        >>> print(*Agreement(((pair, "one"), (pair, "two"))).lines(), sep="\\n")
        2 pairs: precision 1.000, recall 0.500
        same       one 1, two 1, missing 0
        different  one 0, two 0, missing 0
        unclear    one 0, two 0, missing 0
        """
        yield f"{len(self.rows)} pairs: precision {self.precision:.3f}, recall {self.recall:.3f}"
        for verdict in ("same", "different", "unclear"):
            yield f"{verdict:<10} " + ", ".join(f"{found} {self.count(verdict, found)}" for found in ("one", "two", "missing"))


def hashed(name: str) -> str:
    """A name as it stands in a file of pairs.

    >>> hashed("홍가람")
    'a2d5a0548b34'
    """
    return hashlib.blake2b(name.encode(), digest_size=6).hexdigest()


def read_pairs(path: Path, part: str = "") -> tuple[Pair, ...]:
    """The pairs of a file, or of one part of it."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(Pair(row["part"], row["person"], row["a"], row["b"], row["is"]) for row in rows if part in ("", row["part"]))


def compared(pairs: Sequence[Pair], joined: Joined) -> Agreement:
    """What linking made of each pair."""
    people: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for (article, thing), now in joined.to.items():
        if thing.kind == "Person":
            people.setdefault((article, hashed(joined.alone[article, thing].name)), set()).add((now.name, now.scope))

    def outcome(pair: Pair) -> str:
        a, b = (people.get((article, pair.person)) for article in (pair.a, pair.b))
        return "missing" if not a or not b else "one" if a & b else "two"

    return Agreement(tuple((pair, outcome(pair)) for pair in pairs))


def linked(lines: Iterable[str], pairs: Sequence[Pair]) -> Joined:
    """The articles of some pairs, read and joined; ``lines`` are records of a corpus."""
    import tempfile

    from kg.graph.results import Result
    from kg.inputs import Asked, given
    from kg.knowledge.load import load_knowledge
    from kg.link.join import join
    from kg.pipeline import Clock, extract_all

    wanted = {article for pair in pairs for article in (pair.a, pair.b)}
    chosen = [line for line in lines if json.loads(line)["id"] in wanted]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        source.write_text("".join(chosen), encoding="utf-8")
        articles = sorted(given(Asked(inputs=(source,)), Path(folder) / "out").articles, key=lambda a: a.identifier)
    results = [result for result in extract_all(articles, clock=Clock()) if isinstance(result, Result)]
    about: Mapping = {a.identifier: (a.date, a.publisher, a.identifier) for a in articles}
    return join({result.article: result.facts for result in results}, about, load_knowledge())


def main(arguments: Sequence[str]) -> None:
    """Print the agreement of a file of pairs over a corpus."""
    path, corpus, *part = arguments
    pairs = read_pairs(Path(path), *part)
    with Path(corpus).open(encoding="utf-8") as lines:
        print(*compared(pairs, linked(lines, pairs)).lines(), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
