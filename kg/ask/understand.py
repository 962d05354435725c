"""What a question in Korean asks: Kiwi's morphemes, the graph's names and the words of ``data/questions`` make a structured question,
or a refusal that says which words were not understood."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.ask.cues import longest, most_exact, standing
from kg.ask.hosting import hosting
from kg.ask.offered import near, slips
from kg.ask.periods import Period, period
from kg.ask.question_words import Word, read_as_kiwi_does, spoken, words_of
from kg.ask.search import fold
from kg.knowledge.questions import Intent, Questions, load_questions

if TYPE_CHECKING:
    from kg.ask.mentioned import Mention, Mentions

MOST = 300  # characters of a question
_TOPICAL = re.compile(r"(?:에|[와과]|[을를])?\s?(?:대[해한하]|관[해한하련]|주제로)")
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
    hosts: tuple[Mention, ...] = ()  # whose events are meant, where somebody in them is asked for
    abroad: tuple[str, ...] = ()  # the bodies of other countries, where parties from abroad are asked for

    def places(self) -> set[str]:
        """Which places of an intent are filled."""
        said = {"when": self.when, "about": self.about, "kind": self.kind, "of": self.of, "mode": self.mode, "host": self.hosts}
        return {place for place, words in said.items() if words} | _places(self.names)


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
    signs, used = standing(words, book.signs)
    shapes, shaped = longest(words, book.shapes)
    used |= _beside(words, names)
    if any(name.head for name in names):
        signs.add("head")
    if _titled(words, names):
        signs.add("head")
        used |= _titled(words, names)
    kind, kinded = most_exact(words, book.kinds)
    of, body = most_exact(words, book.bodies)
    mode, moded = most_exact(words, book.modes)
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
    asked = Asked(
        intent=book.intents[0],
        shape=shape,
        names=names,
        when=when,
        about=about,
        kind=kind,
        of=of,
        mode=mode,
        role=next((role for sign, role in book.roles.items() if sign in signs), "hosted"),
        abroad=mentions.abroad if mode == "foreign" else (),
    )
    held = {i for i in used if words[i].form in _holding()}
    idle = told | {i for i, word in enumerate(words) if word.form in book.fillers}
    if hosts := tuple(hosting(text, names, words, kinded, (held, idle))):
        others = tuple(name for name in names if name not in hosts)
        if narrowed := _meant(replace(asked, names=others, hosts=hosts), signs, shapes):
            return narrowed
    if meant := _meant(asked, signs, shapes):
        return meant
    return Refused(why="무엇을 묻는지 알 수 없습니다", near=near(book, names, signs, mentions.prominent))


def _meant(asked: Asked, signs: set[str], shapes: set[str]) -> Asked | None:
    """The question with the first intent that fits it, without what this one does not take."""
    filled = asked.places()
    for intent in load_questions().intents:
        if _fits(intent, signs, shapes, asked.shape, filled):
            return replace(
                asked,
                intent=intent,
                shape="list" if asked.shape == "count" and "event" in filled and intent.thing == "eventIri" else asked.shape,
                kind=asked.kind if "kind" in intent.takes and asked.kind != "Event" else "",
                of=asked.of if "of" in intent.takes and not (intent.of and asked.of == "Person") else "",  # these ask for bodies
            )
    return None


@lru_cache(maxsize=1)
def _holding() -> frozenset[str]:
    """The words of verbs of holding."""
    return frozenset(part for cue in read_as_kiwi_does().signs["hosted"] for part in cue)


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in place of what is read already, so that positions stay."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def _beside(words: Sequence[Word], names: Sequence[Mention]) -> set[int]:
    """The places of what people are called behind their names: 서리하 교수가, 가은빛 씨는."""
    from kg.knowledge.load import load_knowledge

    titles = load_knowledge().titles
    called = {*titles.all, *titles.honorifics}
    ends = {name.end for name in names if name.person}
    return {i for i, word in enumerate(words) if word.form in called and ends & {word.start, word.start - 1}}


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


def _places(names: Sequence[Mention]) -> set[str]:
    who = [name for name in names if name.family in ("who", "thing")]
    filled = {name.family for name in names if name.family in ("event", "place")}
    if len(who) == 2:
        return filled | {"two"}
    if len(who) > 2:
        return filled | {"many"}
    return filled | {place for name in who for place in ("who", "person" if name.person else "body")}


def _fits(intent: Intent, signs: set[str], shapes: set[str], shape: str, filled: set[str]) -> bool:
    said = signs | filled | {f"shape.{name}" for name in shapes}
    if not set(intent.signs) <= said or not set(intent.needs) <= filled or set(intent.without) & signs:
        return False
    asked = said - (filled - signs - {"of"})  # a name in the question does not ask who
    if (intent.any and not set(intent.any) & said) or (intent.asks and not set(intent.asks) & asked):
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
