"""The place that a notice line names: 장소: 서울 ○○회관(송파구) 2층."""

from __future__ import annotations

import re

from kg.analyze.names.places import places_in, without_times
from kg.analyze.names.words import Word
from kg.analyze.reading import Reading
from kg.extract.whereabouts import noted_places
from kg.knowledge.load import Knowledge
from kg.model import Mention
from kg.patterns.listed import words_between

_NO_PLACE = re.compile(r"면적|㎡|\dm2|미정|추후|별도|참고|붙임|개최$|온라인|비대면|화상|줌|ZOOM")


def line_places(reading: Reading, knowledge: Knowledge, start: int, end: int, inside: list[Mention]) -> list[Mention]:
    """Venue and city between two offsets, with the city in the parenthesis after them."""
    tokens = reading.tokens
    words = [w for w in words_between(reading, start, end) if not re.fullmatch(r"[\d:~.\s/(),시분]+|[/,:]", w.text)]
    words = list(without_times(words, tokens))
    cut = next((i for i, w in enumerate(words) if w.text.startswith(("(", "※"))), len(words))
    for i, word in enumerate(words[:cut]):
        if word.text.endswith(",") and i + 1 < cut and words[cut - 1].text in knowledge.signs.held_at:
            cut = i + 1  # 산호세, ○○부 공동 개최
    places = places_in(words[:cut], tokens, inside, knowledge, bodies=True) or _plain_place(words[:cut], reading)
    if cut < len(words) and words[cut].text.startswith("(") and all(p.kind == "Venue" for p in places):
        opening = words[cut].first
        places += noted_places(reading, opening, max(tokens.pair[opening], opening), knowledge)
    return places


def _plain_place(words: list[Word], reading: Reading) -> list[Mention]:
    """A place line names a place whatever its words are."""
    if not words or len(words) > 6:
        return []
    start, end = words[0].start, words[-1].end
    name = reading.tokens.text[start:end]
    if len(name) < 3 or _NO_PLACE.search(name):
        return []
    return [Mention(start=start, end=end, kind="Venue", name=name.strip("‘’“”「」『』"), rule="notice")]
