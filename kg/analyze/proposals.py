"""People that the model of names proposes of itself, beside the rules, each with the title and the body beside the name.

The rules read a text first. The model is then asked for the sentences with a proper word that nothing explains; it proposes where its
answer is a whole name with a job title beside it that belongs to nobody else, both probable enough (``lexicon/votes.toml``). What is
said of such a person carries ``+model`` behind the rule and a lower confidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.names.words import is_person_name
from kg.analyze.votes import RULE
from kg.knowledge.load import Knowledge
from kg.model import Mention

if TYPE_CHECKING:
    from kg.analyze.ner import Name
    from kg.analyze.readings import Reading

FIELDS = ("press",)
_AHEAD = re.compile(r"\s?[(:]?\s?(?:[‘“「]\s?)?")  # 원장(○○○), 원장 ○○○, 발표: ○○○
_NOTE = re.compile(r"\s?\([^()]{1,60}\)")  # a foreign name in letters
_CLOSING = "」』’”"
_NAME_SIZE = 3  # syllables of a Korean name that needs no other proof
_NOUNS = ("N", "SL", "SH", "UN", "XS", "XP")
_PROPER = ("NNP", "UN", "SL")
_JOINTS = "·ㆍ‧・･․-"


def unexplained(reading: Reading) -> list[tuple[int, int]]:
    """The sentences, as ranges of tokens, with a proper word that no mention explains: half of all, and nearly all that lack a name."""
    tokens = reading.tokens
    found = []
    for sentence in reading.sentences:
        low, high = sentence.sentence.start, sentence.sentence.end
        known = {i for m in reading.over(sentence.start, sentence.end) for i in _covered(tokens.starts, m)}
        if any(tokens.tags[i].startswith(_PROPER) and i not in known for i in range(low, high)):
            found.append((low, high))
    return found


def _covered(starts: Sequence[int], mention: Mention) -> range:
    return range(bisect_left(starts, mention.start), bisect_left(starts, mention.end))


def proposed_people(reading: Reading, names: Sequence[Name], knowledge: Knowledge) -> list[Anchored]:
    """The people that the model names and the rules do not, each with the title and the body that stand beside the name."""
    people = [m for m in reading.mentions if m.kind == "Person"]
    titles = _titles(reading, names, people, knowledge.votes.free["title"])
    found = []
    for name in names:
        if name.label != "PS" or not _is_new(reading, name, people, knowledge):
            continue
        title = next(
            (t for t in titles if _behind(reading, name, t) or _AHEAD.fullmatch(reading.tokens.text, t.end, name.start)), None
        )
        if title is not None and name.score >= knowledge.votes.free["person"]:
            found.append(_anchored(reading, name, title, knowledge))
    return found


def _titles(reading: Reading, names: Sequence[Name], people: Sequence[Mention], sure: float) -> list[Name]:
    """The job titles that the model names and that belong to nobody whom the rules have found."""
    text = reading.tokens.text
    taken = [m.title_span for m in people if m.title_span]
    return [
        n
        for n in names
        if n.label == "TT"
        and n.score >= sure
        and text[n.end : n.end + 1] not in tuple(_JOINTS)
        and not any(start < n.end and n.start < end for start, end in taken)
    ]


def _is_new(reading: Reading, name: Name, people: Sequence[Mention], knowledge: Knowledge) -> bool:
    """Whether a name of the model is whole, has a person's shape and is no other name of somebody whom the rules know."""
    text = reading.tokens.text
    words = text[name.start : name.end]
    if reading.over(name.start, name.end) or any(words in m.name or m.name in words for m in people):
        return False
    if len(words) == _NAME_SIZE and is_person_name(words, ("NNP",), knowledge, strong=True):
        return True
    # A foreign name counts where it cannot be a part of a longer one.
    first = bisect_left(reading.tokens.starts, name.start)
    after_noun = first > 0 and reading.tokens.tags[first - 1].startswith(_NOUNS) and "\n" not in text[name.start - 1 : name.start]
    whole = not after_noun or bool(reading.ending(name.start - 1)) or " " in words
    return whole and name.score >= knowledge.votes.free["foreign"]


def _behind(reading: Reading, name: Name, title: Name) -> bool:
    """Whether a title stands behind a name, with nothing between them but a parenthesis, a closing mark and names of bodies and countries."""
    text = reading.tokens.text
    if title.start <= name.end:
        return False
    at = name.end + (text[name.end] in _CLOSING)
    note = _NOTE.match(text, at, title.start)
    at = note.end() if note else at
    at += text[at] in _CLOSING
    while at < title.start:
        at += text[at] == " "
        body = next((m for m in reading.at(at) if m.kind != "Person" and m.end <= title.start), None)
        if body is None:
            break
        at = body.end
    return at == title.start


def _anchored(reading: Reading, name: Name, title: Name, knowledge: Knowledge) -> Anchored:
    text = reading.tokens.text
    words = text[name.start : name.end]
    said = text[title.start : title.end]
    person = Mention(
        start=name.start, end=name.end, kind="Person", name=words, rule=RULE, title=said, title_span=(title.start, title.end)
    )
    body = _body(reading, name, title)
    leads = body is not None and said in knowledge.titles.heads - knowledge.titles.unit_heads
    start = min(name.start, title.start, *([body.start] if body else []))
    return Anchored(person, body, None, leads, False, start, max(name.end, title.end))


def _body(reading: Reading, name: Name, title: Name) -> Mention | None:
    """The body between a name and its title, or right before the first of the two."""
    text = reading.tokens.text
    if title.start > name.end:
        between = [b for b in reading.within(name.end, title.start) if is_organization(b)]
        if between:
            return between[-1]
    first = min(name.start, title.start)
    first -= text[first - 1 : first] in tuple(" (")
    return next((b for b in reading.ending(first) if is_organization(b)), None)
