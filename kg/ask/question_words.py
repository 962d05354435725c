"""The content words of a question in Korean: Kiwi's morphemes as dictionary forms, names left out, compounds of known words taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kg.ask.search import stems
from kg.knowledge.questions import Cue, Questions, load_questions

if TYPE_CHECKING:
    from kiwipiepy import Token

_STAND_IN = ("철수", "길동")  # for a name that ends in a vowel, in a consonant: what follows is read as behind any name
_CONTENT = ("XSN", "XPN", "NN", "VV", "VA", "XR", "SL", "SN", "MM", "MA", "NP", "NR", "SH", "SW", "W_SERIAL")
_NOT = "않다"  # what stands for every word that denies
_NEVER, _DENYING = ("안", "못"), ("않", "못하", "아니")
_EOJEOL = re.compile(r"[^\s?!.,’”'\"」』>)‘“「『<(]+")


class Word(NamedTuple):
    """A content word of a question: its dictionary form, tag, and where it stands."""

    form: str
    tag: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _kiwi():
    """Kiwi without its lists of names and fixed terms: those of the graph are known, and it is ready in a third of the time."""
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1, load_default_dict=False, load_multi_dict=False, load_typo_dict=False)


def words_of(text: str, names: Iterable[tuple[int, int]], read: Sequence[tuple[int, int]]) -> list[Word]:
    """The content words as dictionary forms: verbs with 다, a noun with 하다 as the noun; particles and endings left out.

    Names are read already; an everyday name stands in for each, so that Kiwi sees what its particle is and nothing of its inside.
    """
    known, names = vocabulary(), sorted(names)
    pieces, at = [], 0
    back: list[int] = []
    taken: list[tuple[int, int]] = []
    for start, end in names:
        stand_in = _STAND_IN[closed(text[end - 1])]
        pieces.append(text[at:start])
        back += range(at, start)
        taken.append((len(back), len(back) + len(stand_in)))
        pieces.append(stand_in)
        back += [start] * len(stand_in)
        at = end
    pieces.append(text[at:])
    back += range(at, len(text) + 1)
    words = []
    tokens = _kiwi().tokenize("".join(pieces))
    for token, after in zip(tokens, [*tokens[1:], None]):
        here = (token.start, token.start + token.len)
        denies = _denies(token, after)
        if not (denies or token.tag.startswith(_CONTENT) or token.form == "마다"):
            continue
        if any(a < here[1] and here[0] < b for a, b in taken):
            continue
        start = back[here[0]]
        if any(a <= start < b for a, b in read):
            continue
        form = _NOT if denies else token.form + ("다" if token.tag.startswith(("VV", "VA")) else "")
        if token.tag.startswith("NN") and form not in known:  # a word that Kiwi took whole with its particle
            form = next((stem for stem in stems(form) if stem in known), form)
        verb = after is not None and after.tag in ("XSV", "XSA")
        if verb and form + after.form + "다" in _made_verbs():
            form += after.form + "다"  # 자리하다 is another thing than 자리
        words.append(Word(form, after.tag if verb else token.tag, start, start + token.len))
    return _mended(text, words, [*names, *read])


def _denies(token: Token, after: Token | None) -> bool:
    """Whether a morpheme says of what follows or is meant that it was not: 안 열린, 열리지 않은, 온라인이 아닌; 있지 않나요 asks politely."""
    if token.tag == "MAG":
        return token.form in _NEVER
    return token.tag in ("VX", "VCN") and token.form in _DENYING and after is not None and after.tag == "ETM"


def _mended(text: str, words: list[Word], taken: Sequence[tuple[int, int]]) -> list[Word]:
    """Words that Kiwi took apart or that are made of a known word and an ending (주관+사, 개최+일), as the words that they are."""
    for eojeol in _EOJEOL.finditer(text):
        first, last = eojeol.span()
        inside = [word for word in words if first <= word.start < last]
        if any(a < last and first < b for a, b in taken) or not inside:
            continue
        if len(inside) == 1 and inside[0].form in vocabulary():
            continue
        whole = (stem for stem in stems(eojeol[0]) if first + len(stem) >= inside[-1].end)
        if made := next(chain.from_iterable(_compound(stem, first) for stem in whole), None):
            at = words.index(inside[0])
            words[at : at + len(inside)] = made
    return words


def _compound(stem: str, first: int) -> Iterator[list[Word]]:
    book, known = load_questions(), vocabulary()
    if len(stem) > 1 and stem in known and not stem.endswith("다"):
        yield [Word(stem, "NNG", first, first + len(stem))]
    for ending, meant in book.endings.items():
        head = stem.removesuffix(ending)
        if head != stem and len(head) > 1 and head in known and not head.endswith("다"):
            middle = first + len(head)
            yield [Word(head, "NNG", first, middle), Word(meant, "NNG", middle, first + len(stem))]


def spoken(text: str) -> str:
    """A question with what is only said (뭐래, 말해 줘) as it would be written.

    >>> spoken("그 회의에서 한가온이 뭐래?")
    '그 회의에서 한가온이 뭐라고 말했나?'
    """
    for said, written in load_questions().spoken.items():
        text = re.sub(rf"(?<!\S){said}", written, text)
    return text


@lru_cache(maxsize=1)
def read_as_kiwi_does() -> Questions:
    """The questions' words, with those that Kiwi takes apart (업무+협약) as cues of their parts, too."""
    book = load_questions()

    def parts(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
        more = {
            tuple(word.form for word in words_of(cue[0], (), ())) for cue in cues if len(cue) == 1 and not cue[0].endswith("다")
        }
        return tuple(sorted({*cues, *(cue for cue in more if len(cue) > 1)}, key=lambda cue: (-len(cue), cue)))

    def group(cues: Mapping[str, tuple[Cue, ...]]) -> dict[str, tuple[Cue, ...]]:
        return {name: parts(rows) for name, rows in cues.items()}

    return replace(
        book,
        signs=group(book.signs),
        shapes=group(book.shapes),
        kinds=group(book.kinds),
        bodies=group(book.bodies),
        modes=group(book.modes),
    )


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Every word of the cues."""
    book = load_questions()
    groups = (book.signs, book.shapes, book.kinds, book.bodies, book.modes)
    return frozenset(part for group in groups for cues in group.values() for cue in cues for part in cue) | book.fillers


@lru_cache(maxsize=1)
def _made_verbs() -> frozenset[str]:
    """The verbs of a noun and 하다 that say by themselves what is asked."""
    book = load_questions()
    groups = (book.signs, book.shapes, book.kinds, book.bodies, book.modes)
    cued = {part for group in groups for cues in group.values() for cue in cues for part in cue}
    return frozenset(part for part in cued if part.endswith(("하다", "되다")) and len(part) > 2) - book.fillers


def closed(char: str) -> bool:
    """Whether a syllable ends in a consonant; a digit or Latin letter is taken for one that does not."""
    return "가" <= char <= "힣" and (ord(char) - 0xAC00) % 28 > 0
