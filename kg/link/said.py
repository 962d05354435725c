"""What one article says, to be looked up by the things that it says it of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from kg.model import STATED, Fact, Thing


class Said:
    """The facts of one article: ``of`` a thing by relation its objects, ``by`` a thing its subjects; nothing that is denied.

    ``home`` is the first of the articles that have the same text.
    """

    def __init__(
        self, identifier: str, facts: Sequence[Fact], date: dt.date | None, publisher: str | None, home: str = ""
    ) -> None:
        self.identifier, self.facts, self.date, self.publisher = identifier, facts, date, publisher
        self.home = home or identifier
        self.of: dict[tuple[Thing, str], list] = defaultdict(list)
        self.by: dict[tuple[Thing, str], list[Thing]] = defaultdict(list)
        for fact in facts:
            if any(e.status in STATED for e in fact.evidence):
                self.of[fact.subject, fact.relation].append(fact.object)
                if isinstance(fact.object, Thing):
                    self.by[fact.object, fact.relation].append(fact.subject)
        self.things = list(dict.fromkeys(t for f in facts for t in (f.subject, f.object) if isinstance(t, Thing)))
