"""Finding things by what they are called, as people type Korean: particles do not matter, initial consonants are enough.

Names and other names are compared without spaces, case and marks. A word of the question fits a name where it stands in it as
typed, where it stands in it without a particle at its end (인사혁신처는), or where its consonants are the initials of syllables
(ㅇㅅㅎㅅㅊ). Beside a word of a person's name, another one may say the title or the body of that person (서리하 교수).
"""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rdflib import RDF, SKOS

from kg.graph.terms import rows_of, value_of
from kg.knowledge.resources import resource
from kg.knowledge.vocab import PRESS

if TYPE_CHECKING:
    import pyoxigraph

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
# An input method joins two consonants that are typed one after the other.
_JOINED = str.maketrans(
    {
        "ㄳ": "ㄱㅅ",
        "ㄵ": "ㄴㅈ",
        "ㄶ": "ㄴㅎ",
        "ㄺ": "ㄹㄱ",
        "ㄻ": "ㄹㅁ",
        "ㄼ": "ㄹㅂ",
        "ㄽ": "ㄹㅅ",
        "ㄾ": "ㄹㅌ",
        "ㄿ": "ㄹㅍ",
        "ㅀ": "ㄹㅎ",
        "ㅄ": "ㅂㅅ",
    }
)
_BLOCK, _FIRST, _LAST = 588, 0xAC00, 0xD7A3  # syllables with one initial; 가; 힣
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One of the names of a thing: as it is written, and the key that is compared; ``beside`` holds titles and bodies of a
    person."""

    iri: str
    text: str
    key: str
    own: bool  # its preferred name, rather than another one
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A thing that was found, by which of its names, and how well that fits."""

    iri: str
    name: str
    score: float


def fold(text: str) -> str:
    """Letters and digits alone, composed and in one case.

    >>> fold("제3회 「맑은물」 포럼 (KISA)")
    '제3회맑은물포럼kisa'
    """
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold())) if not _has_jamo(text) else _folded_jamo(text)


def _has_jamo(text: str) -> bool:
    return any("ㄱ" <= c <= "ㅎ" for c in text)


def _folded_jamo(text: str) -> str:
    """NFKC would turn consonants that stand alone into parts of syllables."""
    return "".join(c if "ㄱ" <= c <= "ㅎ" else fold(c) for c in unicodedata.normalize("NFC", text).translate(_JOINED))


@lru_cache(maxsize=1)
def particles() -> tuple[tuple[str, str], ...]:
    """Particles with what stands before them (``any``, ``consonant``, ``vowel``), the longest first, from
    ``viz/serve/particles.toml``."""
    rows = tomllib.loads(resource("viz", "serve", "particles.toml").read_text(encoding="utf-8"))
    found = [(particle, after) for after, words in rows.items() for particle in words.split()]
    return tuple(sorted(found, key=lambda row: (-len(row[0]), row[0])))


def stems(word: str) -> Iterator[str]:
    """A word, and what is left of it without a particle, as long as two syllables are left.

    >>> list(stems("인사혁신처에서는")), list(stems("서울은")), list(stems("처은"))
    (['인사혁신처에서는', '인사혁신처'], ['서울은', '서울'], ['처은'])
    """
    yield word
    for particle, after in particles():
        stem = word.removesuffix(particle)
        if stem != word and len(stem) >= 2 and _fits(stem[-1], particle, after):
            yield stem
            return


def _fits(last: str, particle: str, after: str) -> bool:
    """Whether a particle may follow a syllable: 은 follows a final consonant, 는 a vowel, 로 a vowel or ㄹ."""
    if after == "any" or not "가" <= last <= "힣":
        return True
    final = (ord(last) - _FIRST) % 28
    return (final == 0 or (particle.startswith("로") and final == 8)) == (after == "vowel")


def pattern(word: str) -> str:
    """A regular expression for a folded word in which a consonant stands for every syllable that begins with it.

    >>> bool(re.search(pattern("ㅇㅅ혁"), "인사혁신처"))
    True
    """
    return "".join(map(_sign, word))


def _sign(char: str) -> str:
    if char not in _INITIALS:
        return re.escape(char)
    first = _FIRST + _INITIALS.index(char) * _BLOCK
    return f"[{chr(first)}-{chr(first + _BLOCK - 1)}{char}]"


class Index:
    """The names of all things of a store, ready to be searched."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        import pyoxigraph as ox

        default = ox.DefaultGraph()
        self._spoken: dict[str, int] = defaultdict(int)
        for quad in store.quads_for_pattern(None, ox.NamedNode(str(PRESS.mentions)), None, default):
            self._spoken[value_of(quad.object)] += 1
        beside = _beside(store)
        affiliation = ox.NamedNode(str(PRESS.Affiliation))  # found by its person and its body
        repeats = {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), affiliation, default)}
        names = {
            Name(
                iri=value_of(quad.subject),
                text=value_of(quad.object),
                key=key,
                own=own,
                beside=beside.get(value_of(quad.subject), ()),
            )
            for term, own in ((SKOS.prefLabel, True), (SKOS.altLabel, False))
            for quad in store.quads_for_pattern(None, ox.NamedNode(str(term)), None, default)
            if isinstance(quad.object, ox.Literal) and quad.subject not in repeats and (key := fold(quad.object.value))
        }
        light = (ox.NamedNode(str(PRESS[term])) for term in ("Article", "Quotation"))
        self._light = {
            value_of(q.subject)
            for kind in light
            for q in store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), kind, default)
        }
        self._names = sorted(names, key=lambda name: (name.iri, not name.own, name.text))

    def __len__(self) -> int:
        return len(self._names)

    def names(self) -> list[Name]:
        """Every name of every thing, own names first."""
        return self._names

    def light(self) -> set[str]:
        """The IRIs of articles and quotations, whose names are titles and speech."""
        return self._light

    def most_spoken(self) -> list[Name]:
        """The own names of things, those that most articles speak of first."""
        own = (name for name in self._names if name.own and name.iri not in self._light)
        return sorted(own, key=lambda name: (-self._spoken.get(name.iri, 0), name.iri))

    def texts(self) -> set[str]:
        """The names of things, those of articles and the words of quotations left out."""
        return {name.text for name in self._names if name.iri not in self._light}

    def find(self, question: str, *, most: int = 50) -> list[Hit]:
        """The things with a name in which every word of the question fits, the best first.

        A name that is the question whole comes before one that begins with it, and this before one that holds it; what many
        articles speak of comes before what few do. Titles and quotations hold the names of many things and come last.
        """
        words = [word for word in map(fold, question[:200].split()) if word][:12]
        if not words:
            return []
        alone = {particle for particle, _ in particles()}
        words = words[:1] + [word for word in words[1:] if word not in alone]
        tests = [[(re.compile(pattern(stem)), 1.0 if stem == word else 0.9) for stem in stems(word)] for word in words]
        # The whole question without spaces, so that 인사 혁신처 finds 인사혁신처 first.
        whole = "".join([*words[:-1], list(stems(words[-1]))[-1]])
        best: dict[str, Hit] = {}
        for name in self._names:
            score = _score(name, tests, whole) * (0.4 if name.iri in self._light else 1.0)
            if score > 0 and (name.iri not in best or score > best[name.iri].score):
                best[name.iri] = Hit(iri=name.iri, name=name.text, score=score)
        ranked = (
            Hit(iri=hit.iri, name=hit.name, score=hit.score + 0.35 * math.log1p(self._spoken[hit.iri])) for hit in best.values()
        )
        return sorted(ranked, key=lambda hit: (-hit.score, len(hit.name), hit.name, hit.iri))[:most]


def _beside(store: pyoxigraph.Store) -> dict[str, tuple[str, ...]]:
    """For each person the folded titles, and the names of the bodies that the person belongs to or heads."""
    rows = store.query(
        f"""SELECT DISTINCT ?person ?words {{ {{ ?person <{PRESS.jobTitle}> ?words }} UNION
        {{ ?person <{PRESS.affiliatedWith}>|<{PRESS.heads}> ?body . ?body <{SKOS.prefLabel}>|<{SKOS.altLabel}> ?words }} }}"""
    )
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(rows):
        if key := fold(value_of(row["words"])):
            found[value_of(row["person"])].add(key)
    return {person: tuple(sorted(keys)) for person, keys in found.items()}


def _score(name: Name, tests: list[list[tuple[re.Pattern[str], float]]], whole: str) -> float:
    if name.beside:
        named = [stems_ for stems_ in tests if any(test.search(name.key) for test, _ in stems_)]
        rest = [stems_ for stems_ in tests if stems_ not in named]
        said = all(any(test.search(words) for test, _ in stems_ for words in name.beside) for stems_ in rest)
        tests = named if named and said else tests
    total = 0.0
    for stems_ in tests:
        fit = 0.0
        for test, worth in stems_:
            match = test.search(name.key)
            if match:
                place = 3.0 if match.start() == 0 and match.end() == len(name.key) else 2.0 if match.start() == 0 else 1.0
                fit = max(fit, worth * place)
        if not fit:
            return 0.0
        total += fit
    exact = 3.0 if name.key == whole else 1.5 if name.key.startswith(whole) else 0.0
    short = len(whole) / max(len(name.key), len(whole))
    return (total / len(tests) + exact + short) * (1.0 if name.own else 0.92)
