"""What a question in Korean asks: Kiwi's morphemes, the graph's names and the words of ``data/questions`` make a structured question,
or a refusal that says which words were not understood."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.ask.periods import Period, period
from kg.ask.search import fold, stems
from kg.knowledge.questions import Cue, Intent, Questions, load_questions

if TYPE_CHECKING:
    from kg.ask.mentioned import Mention, Mentions

MOST = 300  # characters of a question
_STAND_IN = ("철수", "길동")  # for a name that ends in a vowel, in a consonant: what follows is read as behind any name
_CONTENT = ("XSN", "XPN", "NN", "VV", "VA", "XR", "SL", "SN", "MM", "MA", "NP", "NR", "SH", "SW")
_QUOTED = re.compile(r"[‘'“\"「『]([^’'”\"」』]{2,60})[’'”\"」』]")
_BARE = ("NNG", "NNP", "XR", "SL", "SH")


class Word(NamedTuple):
    """A content word of a question: its dictionary form, tag, and where it stands."""

    form: str
    tag: str
    start: int
    end: int


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
    """Read a question against the names of a graph."""
    book = _read_as_kiwi_does()
    text = " ".join(question.split())[:MOST]
    kinds = frozenset(fold("".join(cue)) for group in (book.kinds, book.bodies) for cues in group.values() for cue in cues)
    names = tuple(mentions.find(text, kinds))
    when = period(_masked(text, [(name.start, name.end) for name in names]), today)
    spans = [(name.start, name.end) for name in names] + ([(when.start, when.end)] if when else [])
    quoted = [m for m in _QUOTED.finditer(text) if not any(s < m.end() and m.start() < e for s, e in spans)]
    words = _words(
        text, [(name.start, name.end) for name in names] + [m.span() for m in quoted], [(when.start, when.end)] if when else []
    )
    signs, used = _signs(words, book.signs)
    shapes, shaped = _signs(words, book.shapes)
    if any(name.head for name in names):
        signs.add("head")
    if _titled(words, names):
        signs.add("head")
        used |= _titled(words, names)
    kind, kinded = _first(words, book.kinds)
    of, body = _first(words, book.bodies)
    mode, moded = _first(words, book.modes)
    about, told = _about(words, used | shaped | body | moded, kinded, signs, book)
    about = (*about, *(m[1] for m in quoted))
    if kind == "Agreement":
        signs.add("agreement")
    known = used | shaped | kinded | body | moded | told
    unknown = tuple(
        w.form for i, w in enumerate(words) if i not in known and w.form not in book.fillers and not w.tag.startswith("SW")
    )
    if unknown:
        return Refused(why="읽지 못한 말이 있습니다", unknown=unknown, near=_near(book, names, signs, mentions.prominent))
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
    return Refused(why="무엇을 묻는지 알 수 없습니다", near=_near(book, names, signs, mentions.prominent))


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in place of what is read already, so that positions stay."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def _words(text: str, names: Iterable[tuple[int, int]], read: Sequence[tuple[int, int]]) -> list[Word]:
    """The content words as dictionary forms: verbs with 다, a noun with 하다 as the noun; particles and endings left out.

    Names are read already; an everyday name stands in for each, so that Kiwi sees what its particle is and nothing of its inside.
    """
    from kg.analyze.tokenizer import kiwi

    known = _vocabulary()
    pieces, at, back, taken = [], 0, [], []
    for start, end in sorted(names):
        stand_in = _STAND_IN[_closed(text[end - 1])]
        pieces.append(text[at:start])
        back += range(at, start)
        taken.append((len(back), len(back) + len(stand_in)))
        pieces.append(stand_in)
        back += [start] * len(stand_in)
        at = end
    pieces.append(text[at:])
    back += range(at, len(text) + 1)
    words = []
    for token in kiwi().tokenize("".join(pieces)):
        here = (token.start, token.start + token.len)
        if not (token.tag.startswith(_CONTENT) or token.form == "마다") or any(a < here[1] and here[0] < b for a, b in taken):
            continue
        start = back[here[0]]
        if any(a <= start < b for a, b in read):
            continue
        form = token.form + ("다" if token.tag.startswith(("VV", "VA")) else "")
        if token.tag.startswith("NN") and form not in known:  # a word that Kiwi took whole with its particle
            form = next((stem for stem in stems(form) if stem in known), form)
        words.append(Word(form, token.tag, start, start + token.len))
    return words


@lru_cache(maxsize=1)
def _read_as_kiwi_does() -> Questions:
    """The questions' words, with those that Kiwi takes apart (업무+협약) as cues of their parts, too."""
    book = load_questions()

    def parts(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
        more = {
            tuple(word.form for word in _words(cue[0], (), ())) for cue in cues if len(cue) == 1 and not cue[0].endswith("다")
        }
        return tuple(sorted({*cues, *(cue for cue in more if len(cue) > 1)}, key=lambda cue: (-len(cue), cue)))

    groups = {
        group: {name: parts(cues) for name, cues in getattr(book, group).items()}
        for group in ("signs", "shapes", "kinds", "bodies", "modes")
    }
    return replace(book, **groups)


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Every word of the cues."""
    book = load_questions()
    groups = (book.signs, book.shapes, book.kinds, book.bodies, book.modes)
    return frozenset(part for group in groups for cues in group.values() for cue in cues for part in cue) | book.fillers


def _closed(char: str) -> bool:
    """Whether a syllable ends in a consonant; a digit or Latin letter is taken for one that does not."""
    return "가" <= char <= "힣" and (ord(char) - 0xAC00) % 28 > 0


def _signs(words: Sequence[Word], cues: Mapping[str, tuple[Cue, ...]]) -> tuple[set[str], set[int]]:
    """The names whose cues stand among the words, and the places of those words."""
    found, used = set(), set()
    for name, rows in cues.items():
        for cue in rows:
            for at in _at(words, cue):
                found.add(name)
                used.update(range(at, at + len(cue)))
    return found, used


def _at(words: Sequence[Word], cue: Cue) -> list[int]:
    return [i for i in range(len(words) - len(cue) + 1) if all(words[i + k].form == part for k, part in enumerate(cue))]


def _first(words: Sequence[Word], cues: Mapping[str, tuple[Cue, ...]]) -> tuple[str, set[int]]:
    """The most exact name whose cue stands among the words (the longest cue, then the later one in the file), and those words."""
    hits = [
        (len(cue), order, name, at) for order, (name, rows) in enumerate(cues.items()) for cue in rows for at in _at(words, cue)
    ]
    if not hits:
        return "", set()
    longest, _, name, _ = max(hits, key=lambda hit: (hit[0], hit[2] not in ("Event", "Organization"), hit[1]))
    return name, {at + k for size, _, _, at in hits for k in range(size)}


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


def _near(book: Questions, names: Sequence[Mention], signs: set[str], prominent: Mapping[str, str]) -> tuple[str, ...]:
    """Examples that share most with the question, with its names or else those that most articles speak of."""
    families = {name.family for name in names}

    def likeness(intent: Intent) -> int:
        return 2 * len(signs & {*intent.signs, *intent.any}) + len(
            families & {*intent.needs, *intent.takes, *(("who",) if "body" in intent.needs or "person" in intent.needs else ())}
        )

    here = {_slot(name): name.words for name in names}
    ranked = sorted(book.intents, key=lambda intent: -likeness(intent))
    fillable = (intent.example for intent in ranked if set(SLOT.findall(intent.example)) <= {*prominent, *here})
    return tuple(filled(example, {**prominent, **here}) for example in fillable)[:3]


def _slot(name: Mention) -> str:
    return "event" if name.family == "event" else "city" if name.family == "place" else "person" if name.person else "body"


SLOT = re.compile(r"\{(\w+)\}")
_PARTICLES = re.compile(r"(?<=(.))(은/는|이/가|과/와|을/를)")


def filled(pattern: str, names: Mapping[str, str]) -> str:
    """An example with names in its places, and the particle of a pair that follows them.

    >>> filled("{person}은/는 어디 소속인가?", {"person": "서리하"}), filled("{body}이/가 연 행사는?", {"body": "산림청"})
    ('서리하는 어디 소속인가?', '산림청이 연 행사는?')
    """
    text = SLOT.sub(lambda match: names[match[1]], pattern)
    return _PARTICLES.sub(lambda match: match[2].split("/")[not _closed(match[1])], text)
