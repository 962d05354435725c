"""Names that the model of names proposes of itself, beside the rules: people, bodies and events that the rules do not see.

The rules read a text first. The model is then asked for the sentences with a proper word that nothing explains. What it names surely
enough (``lexicon/votes.toml``) and what no name of the rules stands over is known when the text is read once more: words of its names are
proper, its bodies stand among the known ones, its people are people wherever a title, a parenthesis or a list asks for one; so the rules
themselves say what follows. A body of which it is less sure stands only beside a person. What is said of such names carries ``+model``
behind the rule and a lower confidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.analyze.names.events import frequent
from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.names.words import event_noun, is_person_name, no_body, organization_suffix, title_in
from kg.analyze.numbers import edition_in
from kg.analyze.votes import RULE
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

if TYPE_CHECKING:
    from kg.analyze.ner import Name
    from kg.analyze.readings import Reading
    from kg.analyze.tokens import Tokens

FIELDS = ("press", "wide")
_AHEAD = re.compile(r"\s?[(:]?\s?(?:[‘“「]\s?)?")  # 원장(○○○), 원장 ○○○, 발표: ○○○
_NOTE = re.compile(r"\s?\([^()]{1,60}\)")  # a foreign name in letters
_ORDINAL = re.compile(r"제?\s?\d+\s?(?:회|차|기|대|주년)")
_CLOSING = "」』’”"
_LONGEST = 6  # syllables of a word of a person's name
_REACH = 150  # characters between a name and its title
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
    known = _parts(m.name for m in people)
    titles = _titles(reading, names, people, knowledge.votes.free["title"])
    starts = [t.start for t in titles]
    found = []
    for name in names:
        if name.label != "PS" or not _is_new(reading, name, known, knowledge):
            continue
        near = titles[bisect_left(starts, name.start - _REACH) : bisect_left(starts, name.end + _REACH)]
        title = next(
            (t for t in near if _behind(reading, name, t) or _AHEAD.fullmatch(reading.tokens.text, t.end, name.start)), None
        )
        if title is not None and name.score >= knowledge.votes.free["person"]:
            found.append(_anchored(reading, name, title, knowledge))
    return found


def _titles(reading: Reading, names: Sequence[Name], people: Sequence[Mention], sure: float) -> list[Name]:
    """The job titles that the model names and that belong to nobody whom the rules have found."""
    text = reading.tokens.text
    taken = {at for m in people if m.title_span for at in range(*m.title_span)}
    return [
        n
        for n in names
        if n.label == "TT"
        and n.score >= sure
        and text[n.end : n.end + 1] not in tuple(_JOINTS)
        and taken.isdisjoint(range(n.start, n.end))
    ]


def _is_new(reading: Reading, name: Name, known: frozenset[str], knowledge: Knowledge) -> bool:
    """Whether a name of the model is whole, has a person's shape and is no other name of somebody whom the rules know."""
    text = reading.tokens.text
    words = text[name.start : name.end]
    if reading.over(name.start, name.end) or _parts([words]) & known:
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


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the model names of itself: bodies and people that phrases are read with, people whose titles it names too, and all names by themselves."""

    within: Sequence[Mention] = ()
    people: Sequence[Anchored] = ()
    alone: Sequence[Mention] = ()

    def __bool__(self) -> bool:
        return any((self.within, self.people, self.alone))


def proposed(reading: Reading, names: Sequence[Name], knowledge: Knowledge) -> Proposed:
    """What the model names and the rules do not."""
    free = knowledge.votes.free
    within: list[Mention] = []
    alone: list[Mention] = []
    known = _parts(m.name for m in reading.mentions if m.kind == "Person")
    titles = {at for m in reading.mentions if m.kind == "Person" and m.title_span for at in range(*m.title_span)}
    for name in names:
        words = reading.tokens.text[name.start : name.end]
        if not _is_whole(reading.tokens, name) or name.label == "PS" and name.start in titles:
            continue
        if name.label == "OG" and name.score >= free["body"] and (body := _body_named(reading, name, knowledge)):
            within.append(body)
            if body.certain:
                alone.append(body)
        elif name.label == "PS" and name.score >= free["person"] and _person_named(reading, name, known, knowledge):
            person = _mention(reading, name, "Person")
            within.append(person)
            if name.score >= free["bare"]:
                alone.append(person)
        elif name.label == "EV" and name.score >= free["event"] and _event_named(reading, name, knowledge):
            alone.append(replace(_mention(reading, name, _event_kind(words, knowledge)), edition=edition_in(words)))
    return Proposed(within, proposed_people(reading, names, knowledge), alone)


def _parts(names: Iterable[str]) -> frozenset[str]:
    """Names and the words that they are made of."""
    return frozenset(part for name in names for part in (name, *name.split()))


def _person_named(reading: Reading, name: Name, known: frozenset[str], knowledge: Knowledge) -> bool:
    """Whether a person whom the model names is new: no name of the rules stands there, and it is no other name of somebody known."""
    words = reading.tokens.text[name.start : name.end]
    parts, titles = _parts([words]), knowledge.titles
    if (
        parts & (known | titles.former | titles.current | titles.between | titles.acting | titles.all)
        or words in knowledge.gazetteer
    ):
        return False
    if max(map(len, words.split())) > _LONGEST:
        return False
    for m in reading.over(name.start, name.end):
        if m.kind == "Person" or m.rule in ("gazetteer", "alias", "corporate-mark") or schema().is_a(m.kind, "Event"):
            return False
        if m.start >= name.start and m.end <= name.end:
            return False
    ordinary = reading.tokens.tags[bisect_left(reading.tokens.starts, name.start)].startswith("NNG")  # 두루미
    if len(words) == _NAME_SIZE and not ordinary and is_person_name(words, ("NNP",), knowledge, strong=True):
        return True
    return len(words) > 1 and name.score >= knowledge.votes.free["foreign"]


def _mention(reading: Reading, name: Name, kind: str) -> Mention:
    return Mention(start=name.start, end=name.end, kind=kind, name=reading.tokens.text[name.start : name.end], rule=RULE)


def _body_named(reading: Reading, name: Name, knowledge: Knowledge) -> Mention | None:
    """A body that the model names, where the rules have none or one that is shorter and that only its ending makes one."""
    words = reading.tokens.text[name.start : name.end]
    last, people = words.split()[-1], words[-1] == "인" and words[:-1] in knowledge.gazetteer
    if people or no_body(last, knowledge) or words[0].isdigit() or title_in(last, knowledge) is not None:
        return None
    for m in reading.over(name.start, name.end):
        inside = name.start <= m.start and m.end <= name.end
        same = (m.start, m.end) == (name.start, name.end)
        if (
            not inside
            or m.kind == "Country"
            and m.start == name.start
            or schema().is_a(m.kind, "Event")
            or same
            and (is_organization(m) or m.rule == "gazetteer")
        ):
            return None
        if m.kind == "Person" and (not same or name.score < knowledge.votes.free["longer"]):
            return None
        if is_organization(m) and (
            m.rule != "suffix"
            or m.start == name.start
            or name.score < knowledge.votes.free["longer"]
            or _placed(reading, name, m)
        ):
            return None
    suffix = organization_suffix(words, knowledge)
    kind = knowledge.organizations.suffixes[suffix] if suffix and len(words) > len(suffix) else "Organization"
    if kind == "OrganizationalUnit" and len(suffix or "") == 1 or all(word in knowledge.gazetteer for word in words.split()):
        return None
    return replace(_mention(reading, name, kind), certain=name.score >= knowledge.votes.free["acts"])


def _placed(reading: Reading, name: Name, body: Mention) -> bool:
    """Whether nothing but known places stand before a body in what the model takes for its name: 강원 나래소방서."""
    before = reading.tokens.text[name.start : body.start].split()
    return all(any(m.name == word and m.rule == "gazetteer" for m in reading.within(name.start, body.start)) for word in before)


def _is_whole(tokens: Tokens, name: Name) -> bool:
    """Whether no noun is joined to a name on either side."""
    first, after = bisect_left(tokens.starts, name.start), bisect_left(tokens.starts, name.end)
    if first and not tokens.spaced[first] and tokens.tags[first - 1].startswith(_NOUNS):
        return False
    return after >= len(tokens.tags) or tokens.spaced[after] or not tokens.tags[after].startswith(_NOUNS)


def _event_named(reading: Reading, name: Name, knowledge: Knowledge) -> bool:
    """Whether an event that the model names is new, has a name beside its ordinal and is nobody's title (제7차 총회의장)."""
    words = reading.tokens.text[name.start : name.end]
    titled = title_in(words.split()[-1], knowledge) is not None
    told = reading.over(name.start, name.end) or frequent(name.start, reading.tokens)
    return not told and not titled and not _ORDINAL.fullmatch(words)


def _event_kind(words: str, knowledge: Knowledge) -> str:
    noun = event_noun(words.split()[-1].strip("’”」』"), knowledge)
    return knowledge.events.classes.get(noun or "", "Event")
