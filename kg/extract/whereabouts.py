"""When and where an event is held, where its clause does not say it by cases alone.

``○○ 대회가 열리는 청주`` names the place by what it modifies, ``개최(8.20.)`` the day in a parenthesis, ``관세청, 14일 인천에서 간담회`` has no
verb, and ``관계자를 초청하여 … 개최했다`` says day and place in the clause before.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.names.organizations import known_places
from kg.analyze.names.places import places_in
from kg.analyze.names.words import words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.clauses import SUBJECT, TOPIC, Arg, Clause
from kg.knowledge import Knowledge
from kg.model import Claim, Mention, Value
from kg.schema import schema


def place_of(arg: Arg, reading: Reading, knowledge: Knowledge, *, bodies: bool = False) -> list[Mention]:
    """Venue and city of an argument that says where, what possesses it and its parenthesis included: 엘타워(서울 강남구)에서."""
    tokens = reading.tokens
    indexes = [i for o in (*arg.owners, arg) for i in o.phrase.tokens]
    if not indexes:
        return []
    low, high = tokens.starts[indexes[0]], tokens.ends[arg.phrase.last]
    inside = [m for m in reading.mentions if low <= m.start and m.end <= high]
    places = places_in(words_of(tokens, indexes), tokens, inside, knowledge, bodies=bodies)
    if places and all(p.kind == "Venue" for p in places):
        for opening, closing in arg.phrase.notes:
            near = known_places(tokens, opening + 1, closing - 1, knowledge) if closing > opening + 1 else []
            if near and near[0].start == tokens.ends[opening]:
                words = words_of(tokens, range(opening + 1, closing))
                places += [p for p in places_in(words, tokens, near, knowledge) if p.kind != "Venue"]
    return places
