"""What a graph's folder must not hold: people who are to be forgotten and, where that was asked for, contacts.

Both are hidden in the texts themselves before anything reads them, sign by sign, so that every offset stays and whatever is built
later holds as little of them as what is there now. Who is forgotten is kept as a salted hash of the name, not as the name.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.model import Article
from kg.read.contacts import MASK, masked

if TYPE_CHECKING:
    from kg.knowledge.own_table import OwnName

NAME = "forgotten.json"
_LETTER = r"[^\W\d_]"
_CLUSTER = re.compile(r".[\u0300-\u036f\u1160-\u11ff\u3099\u309a]*", re.S)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """One name: how many letters each of its words has, and the hash of its letters."""

    shape: tuple[int, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Shield:
    """``contacts`` says whether texts may hold contacts (they are never shown); ``forgotten`` are the names that they may not hold.

    >>> shield = Shield(salt="s").without(["노서율"])
    >>> shield.words("노서율 교수와 노 서 율 교수, 담서대학교노서율, 노서진"), shield.forgotten[0].shape
    ('███ 교수와 █ █ █ 교수, 담서대학교███, 노서진', (3,))
    """

    contacts: bool = True
    salt: str = ""
    forgotten: tuple[Forgotten, ...] = ()

    def __call__(self, article: Article) -> Article:
        """The article without what it must not hold; as long as it was."""
        if self.contacts and not self.forgotten:
            return article
        return replace(
            article,
            fields=tuple((name, self.words(text)) for name, text in article.fields),
            publisher=article.publisher and self.words(article.publisher),
            notes=tuple(map(self.words, article.notes)),
        )

    def words(self, text: str) -> str:
        """A text without what it must not hold; as long as it was."""
        text = text if self.contacts else masked(text)
        for start, end in self._found(text):
            text = text[:start] + re.sub(r"[^\W_]", MASK, text[start:end]) + text[end:]
        return text

    def names(self, own: Iterable[OwnName]) -> tuple[OwnName, ...]:
        """The names that a user gives, without those that are to be forgotten."""
        return tuple(one for one in own if not any(next(self._found(words), None) for words in (one.name, *one.also)))

    def without(self, names: Iterable[str]) -> Shield:
        """A shield that hides these names too."""
        salt = self.salt or secrets.token_hex(16)
        new = [Forgotten(_shape(name), _digest(salt, name)) for name in sorted(set(names))]
        return replace(self, salt=salt, forgotten=tuple(dict.fromkeys((*self.forgotten, *new))))

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        if not self.forgotten:
            return
        clusters = [m.span() for m in _CLUSTER.finditer(text)]
        plain = text if len(clusters) == len(text) else "".join(unicodedata.normalize("NFC", text[a:b])[0] for a, b in clusters)
        by_shape: dict[tuple[int, ...], set[str]] = {}
        for one in self.forgotten:
            by_shape.setdefault(one.shape, set()).add(one.digest)
        for shape, digests in by_shape.items():
            known: dict[str, bool] = {}
            for pattern in _patterns(shape):
                for match in pattern.finditer(plain):
                    words = match[1]
                    if words not in known:
                        known[words] = _digest(self.salt, words) in digests
                    if known[words]:
                        low, high = match.span(1)
                        yield clusters[low][0], clusters[high - 1][1]

    def as_text(self) -> str:
        """The file that remembers whom to forget."""
        rows = [{"shape": list(one.shape), "digest": one.digest} for one in self.forgotten]
        return json.dumps({"salt": self.salt, "names": rows}, indent=1) + "\n"


def shield_of(out: Path, *, contacts: bool | None = None) -> Shield:
    """What a folder's texts must not hold, as it says itself; ``contacts`` changes that."""
    try:
        said = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        kept = said.get("contacts", True) is not False
    except (OSError, ValueError, AttributeError, RecursionError):
        kept = True
    shield = Shield(contacts=kept if contacts is None else contacts)
    if not (out / NAME).is_file():
        return shield
    try:
        row = json.loads((out / NAME).read_text(encoding="utf-8"))
        names = tuple(Forgotten(tuple(map(int, one["shape"])), str(one["digest"])) for one in row["names"])
        return replace(shield, salt=str(row["salt"]), forgotten=names)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(f"{out / NAME}: cannot be read, so that people who are forgotten would come back: {error}") from error


def _letters(words: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", words).casefold() if c.isalpha())


def _shape(name: str) -> tuple[int, ...]:
    """The letters of each word of a name; UsageError for a name that stands in any text."""
    shape = tuple(len(part) for part in re.findall(rf"{_LETTER}+", unicodedata.normalize("NFC", name)))
    if sum(shape) < 2:
        raise UsageError(f"{name!r} is not allowed; allowed: a name of two letters or more")
    return shape


def _digest(salt: str, words: str) -> str:
    return hmac.new(salt.encode(), _letters(words).encode(), hashlib.sha256).hexdigest()[:32]


def _patterns(shape: tuple[int, ...]) -> Iterator[re.Pattern[str]]:
    """Where a name of a shape may stand: its words with little between them, or all its letters spaced out.

    A name of two letters is looked for where a word begins, since it is a part of many words.
    """
    begins = r"(?<![^\W\d_])" if sum(shape) < 3 else ""
    yield re.compile(begins + "(?=(" + r"[ .·・ㆍ\-]{0,2}".join(f"{_LETTER}{{{count}}}" for count in shape) + "))")
    yield re.compile(rf"(?<![^\W_])(?=({_LETTER}(?: {_LETTER}){{{sum(shape) - 1}}})(?![^\W_]))")
