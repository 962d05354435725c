"""What a question in Korean asks: Kiwi's morphemes, the graph's names and the words of ``data/questions`` make a structured question,
or a refusal that says which words were not understood."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.ask.offered import near, slips
from kg.ask.periods import Period, period
from kg.ask.question_words import Word, read_as_kiwi_does, spoken, words_of
from kg.ask.search import fold
from kg.knowledge.questions import Cue, Intent, Questions, load_questions

if TYPE_CHECKING:
    from kg.ask.mentioned import Mention, Mentions

MOST = 300  # characters of a question
_TOPICAL = re.compile(r"(?:에|[와과]|[을를])?\s?(?:대[해한하]|관[해한하련]|주제로)")
_BETWEEN = 3  # places that words which ask nothing may take between two words of a cue
_QUOTED = re.compile(r"[‘'“\"「『]([^’'”\"」』]{2,60})[’'”\"」』]")
_BARE = ("NNG", "NNP", "XR", "SL", "SH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it was understood."""

    intent: Intent
    shape: str = "list"
    names: tuple[Mention, ...] = ()
    when: Period | None = None
    about: tuple[str, ...] = ()
    kind: str = ""
    of: str = ""
    mode: str = ""
    role: str = "hosted"
    abroad: tuple[str, ...] = ()  # the bodies of other countries, where parties from abroad are asked for

    def places(self) -> set[str]:
        """Which places of an intent are filled."""
        return _places(self.names, self.when, self.about, self.kind, self.of, self.mode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a question is not answered, and examples of what could be asked with its names."""

    why: str
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def understand(question: str, mentions: Mentions, *, today: dt.date) -> Asked | Refused:
    """Read a question against the names of a graph.

    What the graph calls a thing may be an everyday word, too (개인정보, of a body cut short): where a question cannot be answered with a
    name, it is read once more without it. What something is said about (금융위원회에 대해 누가 말했나) is a topic first. What comes near to a name is offered, and never taken for it.
    """
    text = spoken(" ".join(question.split()))[:MOST]
    names = tuple(mentions.find(text, _no_names()))
    topics = tuple(name for name in names if name.family in ("who", "thing") and _TOPICAL.match(text, name.end))
    if topics:
        told = _read(text, tuple(name for name in names if name not in topics), mentions, today, topics)
        if isinstance(told, Asked):
            return told
    first = _read(text, names, mentions, today)
    if isinstance(first, Asked):
        return first
    for name in names:
        again = _read(text, tuple(other for other in names if other is not name), mentions, today)
        if isinstance(again, Asked):
            return again
    meant = [
        slip
        for slip in slips(text, first.unknown, mentions)
        if isinstance(_read(slip, tuple(mentions.find(slip, _no_names())), mentions, today), Asked)
    ]
    return replace(first, near=(*meant, *first.near)[:3])


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    """Folded words that a question is made of, which name nothing in it whatever the graph calls so."""
    book = read_as_kiwi_does()
    kinds = {"".join(cue) for group in (book.kinds, book.bodies) for cues in group.values() for cue in cues}
    asking = {
        cue[0] for group in (book.signs, book.shapes, book.modes) for cues in group.values() for cue in cues if len(cue) == 1
    }
    return frozenset(map(fold, kinds | asking | book.fillers))


def _read(
    text: str, names: tuple[Mention, ...], mentions: Mentions, today: dt.date, topics: tuple[Mention, ...] = ()
) -> Asked | Refused:
    book = read_as_kiwi_does()
    when = period(_masked(text, [(name.start, name.end) for name in names]), today)
    told_of = [(name.start, name.end) for name in topics]
    spans = [(name.start, name.end) for name in names] + told_of + ([(when.start, when.end)] if when else [])
    told_of += [m.span(1) for m in _QUOTED.finditer(text) if not any(s < m.end() and m.start() < e for s, e in spans)]
    words = words_of(text, [(name.start, name.end) for name in names] + told_of, [(when.start, when.end)] if when else [])
    signs, used = _signs(words, book.signs)
    shapes, shaped = _longest(words, book.shapes)
    used |= _beside(words, names)
    if any(name.head for name in names):
        signs.add("head")
    if _titled(words, names):
        signs.add("head")
        used |= _titled(words, names)
    kind, kinded = _first(words, book.kinds)
    of, body = _first(words, book.bodies)
    mode, moded = _first(words, book.modes)
    about, told = _about(words, used | shaped | body | moded, kinded, signs, book)
    about = (*about, *(text[start:end] for start, end in told_of))
    if kind == "Agreement":
        signs.add("agreement")
    known = used | shaped | kinded | body | moded | told
    unknown = tuple(
        w.form for i, w in enumerate(words) if i not in known and w.form not in book.fillers and not w.tag.startswith("SW")
    )
    if unknown:
        return Refused(why="읽지 못한 말이 있습니다", unknown=unknown, near=near(book, names, signs, mentions.prominent))
    shape = next(
        (name for name in book.shapes if name in shapes and name not in ("most", "count")),
        "most" if "most" in shapes else "count" if "count" in shapes else "list",
    )
    if {"month", "city"} <= shapes:
        shape = "month-city"
    filled = _places(names, when, about, kind, of, mode)
    for intent in book.intents:
        if _fits(intent, signs, shapes, shape, filled):
            return Asked(
                intent=intent,
                shape=shape if shape == "list" or f"shape.{shape}" in intent.takes else "list",
                names=names,
                when=when,
                about=about,
                kind=kind if "kind" in intent.takes and kind != "Event" else "",
                of=of if "of" in intent.takes else "",
                mode=mode,
                role=next((role for sign, role in book.roles.items() if sign in signs), "hosted"),
                abroad=mentions.abroad if mode == "foreign" else (),
            )
    return Refused(why="무엇을 묻는지 알 수 없습니다", near=near(book, names, signs, mentions.prominent))


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in place of what is read already, so that positions stay."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def _signs(words: Sequence[Word], cues: Mapping[str, tuple[Cue, ...]]) -> tuple[set[str], set[int]]:
    """The names whose cues stand among the words, and the places of those words."""
    found, used = set(), set()
    for name, rows in cues.items():
        for cue in rows:
            for places in _at(words, cue):
                found.add(name)
                used.update(places)
    return found, used


def _longest(words: Sequence[Word], cues: Mapping[str, tuple[Cue, ...]]) -> tuple[set[str], set[int]]:
    """As ``_signs``, but a word that is part of a longer cue says nothing else (얼마나 자주 is how often, not most often)."""
    found: set[str] = set()
    used: set[int] = set()
    for _, name, cue in sorted((-len(cue), name, cue) for name, rows in cues.items() for cue in rows):
        hits = [places for places in _at(words, cue) if not used.intersection(places)]
        found |= {name} if hits else set()
        used |= {place for places in hits for place in places}
    return found, used


def _beside(words: Sequence[Word], names: Sequence[Mention]) -> set[int]:
    """The places of what people are called behind their names: 서리하 교수가, 가은빛 씨는."""
    from kg.knowledge.load import load_knowledge

    titles = load_knowledge().titles
    called = {*titles.all, *titles.honorifics}
    ends = {name.end for name in names if name.person}
    return {i for i, word in enumerate(words) if word.form in called and ends & {word.start, word.start - 1}}


def _at(words: Sequence[Word], cue: Cue) -> Iterator[tuple[int, ...]]:
    """The places of a cue's words, in a row but for words that ask nothing (사회는 누가 맡았나)."""
    nothing = load_questions().fillers
    for first, word in enumerate(words):
        places, at = [first], first
        if word.form != cue[0]:
            continue
        for part in cue[1:]:
            at += 1
            while at < len(words) and words[at].form != part and words[at].form in nothing and at - places[-1] <= _BETWEEN:
                at += 1
            if at == len(words) or words[at].form != part:
                break
            places.append(at)
        else:
            yield tuple(places)


def _first(words: Sequence[Word], cues: Mapping[str, tuple[Cue, ...]]) -> tuple[str, set[int]]:
    """The most exact name whose cue stands among the words (the longest cue, then the later one in the file), and those words."""
    hits = [
        (len(cue), order, name, at) for order, (name, rows) in enumerate(cues.items()) for cue in rows for at in _at(words, cue)
    ]
    if not hits:
        return "", set()
    longest, _, name, _ = max(hits, key=lambda hit: (hit[0], hit[2] not in ("Event", "Organization"), hit[1]))
    return name, {place for _, _, _, places in hits for place in places}


def _titled(words: Sequence[Word], names: Sequence[Mention]) -> set[int]:
    """The places of a head's title behind the name of a body, with nothing but 의 and words as 역대 between: 보건복지부의 역대 장관."""
    titles, between = _head_titles(), load_questions().fillers
    return {
        i
        for i, word in enumerate(words)
        for name in names
        if name.family == "who"
        and not name.person
        and word.form in titles
        and word.start >= name.end
        and all(other.form in between for other in words if name.end <= other.start < word.start)
        and not any(name.end <= other.start < word.start for other in names)
    }


def _head_titles() -> frozenset[str]:
    from kg.knowledge.load import load_knowledge

    return load_knowledge().titles.heads


def _about(
    words: Sequence[Word], used: set[int], kinded: set[int], signs: set[str], book: Questions
) -> tuple[tuple[str, ...], set[int]]:
    """The words of a topic: nouns right before 에 관한 or 주제, or right before what kind of event is asked for."""
    marks = {cue[0] for sign in ("about", "topic") for cue in book.signs[sign] if len(cue) == 1}
    anchors = {i for i, word in enumerate(words) if word.form in marks} | kinded
    taken: set[int] = set()
    for anchor in sorted(anchors):
        at = anchor - 1
        while at >= 0 and at not in used | kinded | taken and words[at].tag in _BARE and words[at].form not in book.fillers:
            taken.add(at)
            at -= 1
    joined: list[str] = []
    for i in sorted(taken):  # 인공+지능 was one word
        if i - 1 in taken and words[i - 1].end == words[i].start and joined:
            joined[-1] += words[i].form
        else:
            joined.append(words[i].form)
    return tuple(joined), taken


def _places(names: Iterable[Mention], when: object, about: object, kind: str, of: str, mode: str) -> set[str]:
    names = list(names)
    who = [name for name in names if name.family in ("who", "thing")]
    filled = {name for name, value in (("when", when), ("about", about), ("kind", kind), ("of", of), ("mode", mode)) if value}
    filled |= {name.family for name in names if name.family in ("event", "place")}
    if len(who) == 2:
        return filled | {"two"}
    if len(who) > 2:
        return filled | {"many"}
    return filled | {place for name in who for place in ("who", "person" if name.person else "body")}


def _fits(intent: Intent, signs: set[str], shapes: set[str], shape: str, filled: set[str]) -> bool:
    said = signs | filled | {f"shape.{name}" for name in shapes}
    if not set(intent.signs) <= said or not set(intent.needs) <= filled or set(intent.without) & signs:
        return False
    if (intent.any and not set(intent.any) & said) or (intent.asks and not set(intent.asks) & said):
        return False
    takes = {
        *intent.takes,
        *intent.needs,
        *intent.ignores,
        *(("who",) if {"person", "body"} & {*intent.takes, *intent.needs} else ()),
    }
    if "who" in intent.takes or "who" in intent.needs:
        takes |= {"person", "body"}
    if filled - takes - {"kind" if intent.id != "events" else ""}:
        return False
    return shape == "list" or f"shape.{shape}" in intent.takes
