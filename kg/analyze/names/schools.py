"""Schools by their short names (나래고, 다솜여중), which only who stands beside them tells from other words and from people."""

from __future__ import annotations

import re

from kg.analyze.names.endings import Spot
from kg.analyze.names.words import has_name_shape
from kg.model import Mention

_SHORTEST = 3  # syllables: 신고 and 도중 are words
_NEAR = 2  # words behind a name in which its people stand: 나래고 ○○○ 교장
_YEAR = re.compile(r"\d학년")


def school(spot: Spot) -> Mention | None:
    """The school that a word names where a teacher, a pupil or a year stands behind it; a word like a person's name needs a person beside it.

    임해고 교사 ○○○, ○○○ 임해고 교사 and 임해고 ○○○ 교장 tell of a school, 임해고 교사 alone may tell of a teacher.
    """
    word, tokens, knowledge = spot.word, spot.tokens, spot.knowledge
    if len(word.text) < _SHORTEST or not word.text.endswith(knowledge.organizations.schools):
        return None
    if word.text.endswith(tuple(knowledge.organizations.generic)) or tokens.tags[word.last].startswith(("J", "E")):
        return None
    last = tokens.words[word.last]
    if last not in knowledge.organizations.schools and (word.first != word.last or tokens.tags[word.first] == "NNG"):
        return None  # 냉동창고
    behind = spot.words[spot.position + 1 : spot.position + 1 + _NEAR]
    if not any(w.text.startswith(knowledge.organizations.schooled) or _YEAR.match(w.text) for w in behind):
        return None
    beside = [*behind, *([spot.before] if spot.before else [])]
    if has_name_shape(word.text, knowledge) and not any(has_name_shape(w.text, knowledge) for w in beside):
        return None
    return Mention(start=word.start, end=word.end, kind="School", name=word.text, rule="suffix")
