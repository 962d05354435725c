"""The gazetteer: names of bodies and places that are known beforehand, looked up in text and by name on a day.

``kg.knowledge.tables`` reads it from ``data/gazetteer``. Nothing is decided here about where a name ends in a sentence: ``find``
gives candidates, and particles, morphemes and longer names are the caller's business.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A name and the days on which it was borne, both inclusive; an open side is None.

    >>> Term("안전행정부", dt.date(2013, 3, 23), dt.date(2014, 11, 18)).on(dt.date(2014, 1, 1))
    True
    """

    form: str
    start: dt.date | None = None
    end: dt.date | None = None

    def on(self, day: dt.date) -> bool:
        """Whether the name was borne on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: Term) -> bool:
        """Whether there is a day on which both names were borne."""
        apart = (self.end and other.start and self.end < other.start) or (other.end and self.start and other.end < self.start)
        return not apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A known body or place.

    ``cls`` and ``place_cls`` are local names of the ontology; ``place_cls`` is set where the same name is also a place (서울특별시).
    ``aliases`` hold for all time, ``past`` only for their terms. ``weak`` says that the canonical name is also an ordinary word;
    ``weak_forms`` are all surface forms of that kind, which count only beside a cue; ``ambiguous`` are the forms that other
    entries bear as well. ``iso`` is ISO 3166-1 alpha-2 (or 3166-2 for a part of a country), ``iso3`` alpha-3.
    """

    name: str
    cls: str
    place_cls: str | None = None
    aliases: tuple[str, ...] = ()
    past: tuple[Term, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    within: str | None = None
    capital: str | None = None
    iso: str | None = None
    iso3: str | None = None
    wikidata: str | None = None
    geonames: str | None = None
    ror: str | None = None
    head: str | None = None
    head_title: str | None = None
    weak_forms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    file: str

    @property
    def weak(self) -> bool:
        """Whether the canonical name itself is weak."""
        return self.name in self.weak_forms

    @property
    def forms(self) -> tuple[str, ...]:
        """Every surface form once: the name, aliases, past names."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *(term.form for term in self.past))))

    def head_titles(self) -> tuple[str, ...]:
        """The names of the head that are one word with the body's: 인사혁신처장, 금융위원장, 외교부장관, 종로구청장, 경기도지사.

        >>> Entry(name="금융위원회", cls="GovernmentBody", aliases=("금융위",), head="위원장", file="").head_titles()
        ('금융위원장',)
        """
        fused = [_fuse(form, self.head) for form in self.forms] if self.head else []
        return tuple(dict.fromkeys(([self.head_title] if self.head_title else []) + fused))

    def is_weak(self, surface: str) -> bool:
        """Whether a surface form is an ordinary word too, or the acronym of other things, and so needs a cue beside it."""
        return surface in self.weak_forms

    def terms(self, surface: str) -> tuple[Term, ...]:
        """When a surface form was borne; without bounds for an alias."""
        own = (Term(self.name, self.start, self.end),) if surface == self.name else ()
        timeless = (Term(surface),) if surface in self.aliases else ()
        return (*own, *timeless, *(term for term in self.past if term.form == surface))

    def name_on(self, day: dt.date) -> str:
        """The name of that day; the canonical one where no past name covers it."""
        return next((term.form for term in (Term(self.name, self.start, self.end), *self.past) if term.on(day)), self.name)


def _fuse(form: str, head: str) -> str:
    """A body's name with its head's title, what both share written once: 경찰청 + 청장 → 경찰청장."""
    stem = form.removesuffix("회") if head == "위원장" and form.endswith("위원회") else form
    shared = next((size for size in range(len(head) - 1, 0, -1) if stem.endswith(head[:size])), 0)
    return stem + head[shared:]


Found = tuple[int, int, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All entries, with their surface forms indexed by the first two characters."""

    entries: tuple[Entry, ...]
    _forms: Mapping[str, tuple[Entry, ...]] = field(init=False, repr=False, compare=False)
    _sizes: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)
    _names: Mapping[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forms: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for form in entry.forms:
                forms[form].append(entry)
        sizes: dict[str, set[int]] = defaultdict(set)
        for form in forms:
            sizes[form[:2]].add(len(form))
        for first, lengths in sizes.items():  # 美 is found before any other character, 美국 stays possible
            if len(first) == 2 and first[0] in sizes:
                lengths.add(1)
        object.__setattr__(self, "_forms", {form: tuple(entries) for form, entries in forms.items()})
        object.__setattr__(self, "_sizes", {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sizes.items()})
        object.__setattr__(self, "_names", {entry.name: entry for entry in self.entries})

    def __getitem__(self, name: str) -> Entry:
        """The entry with this canonical name."""
        return self._names[name]

    def holds(self, name: str) -> bool:
        """Whether a name is the canonical one of an entry."""
        return name in self._names

    def __contains__(self, surface: object) -> bool:
        return surface in self._forms

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def by_name(self, surface: str, on: dt.date | None = None) -> tuple[Entry, ...]:
        """The entries that bear a name, in order of their tables.

        With a day: those that bore it on that day; where none did, those that had borne it before, since a former name is
        still spoken of; never one that took the name only later.
        """
        entries = self._forms.get(surface, ())
        if on is None:
            return entries
        current = tuple(e for e in entries if any(term.on(on) for term in e.terms(surface)))
        return current or tuple(e for e in entries if any(term.end and term.end < on for term in e.terms(surface)))

    def find(self, text: str) -> tuple[Found, ...]:
        """The names in a text: (start, end, entries), the longest from the left, without overlaps.

        A name in Latin letters is not looked for inside a longer Latin word.
        """
        forms, get = self._forms, self._sizes.get
        found: list[Found] = []
        at, last = 0, len(text)
        while at < last:
            lengths = get(text[at : at + 2]) or get(text[at])
            if lengths:
                for size in lengths:
                    end = at + size
                    entries = forms.get(text[at:end])
                    if entries and end <= last and not _cuts_latin(text, at, end):
                        found.append((at, end, entries))
                        at = end
                        break
                else:
                    at += 1
            else:
                at += 1
        return tuple(found)


def _cuts_latin(text: str, start: int, end: int) -> bool:
    """Whether a Latin word or number goes on across either edge of a stretch."""
    return (start > 0 and _latin(text[start - 1]) and _latin(text[start])) or (
        end < len(text) and _latin(text[end]) and _latin(text[end - 1])
    )


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
