"""What titles say of people: how high they stand, and whom they call; from ``data/identity/people.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.knowledge.resources import resource
from kg.knowledge.toml import load_toml, words


@dataclass(frozen=True, slots=True)
class Titles:
    """What titles say, from ``data/identity/people.toml``."""

    rungs: Mapping[str, int]
    national: frozenset[str]
    students: frozenset[str]
    officials: frozenset[str]
    others: frozenset[str]
    degrees: frozenset[str]

    def rung(self, title: str) -> int | None:
        """How high a title stands, by its longest end that is known.

        >>> load_titles().rung("정책국장") > load_titles().rung("과장"), load_titles().rung("교수")
        (True, None)
        """
        bare = title.replace(" ", "")
        return next((self.rungs[bare[i:]] for i in range(len(bare)) if bare[i:] in self.rungs), None)

    def official(self, title: str) -> bool:
        """Whether a title is that of somebody who serves a public body.

        >>> [load_titles().official(title) for title in ("도로국장", "제2차관", "회장", "법제 분과장")]
        [True, True, False, False]
        """
        bare = title.replace(" ", "")
        return bare.endswith(tuple(self.officials)) and not bare.endswith(tuple(self.others))


@lru_cache(maxsize=1)
def load_titles() -> Titles:
    """The titles of ``data/identity/people.toml``."""
    said = load_toml(
        resource("data", "identity", "people.toml"),
        dict.fromkeys(("rungs", "national", "students", "officials", "others", "degrees"), True),
    )
    rungs = {title: number for number, row in enumerate(said["rungs"]) for title in words(row)}
    return Titles(rungs, *(words(said[key]) for key in ("national", "students", "officials", "others", "degrees")))
