"""The names of a graph in a question: whole names, other names, short names of the gazetteer, and initial consonants (ㅎㄱㅂ)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.ask.search import fold, particles

if TYPE_CHECKING:
    import pyoxigraph

    from kg.ask.search import Index

_WORD = re.compile(r"\S+")
_INITIALS = re.compile(r"[ㄱ-ㅎ]{2,}")
_TOWN = ("시", "군")  # how the name of a city may end
_HEAD = "장"  # 산림청장: the head of 산림청
_LONG = 20  # letters of a name that may be meant by one word
_MOST = 12  # words of a question that one name may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where a name stands, the things that bear it, their family (who, event, place, thing), and whether its head is meant."""

    start: int
    end: int
    words: str
    things: tuple[str, ...]
    family: str
    person: bool = False
    head: bool = False


class Mentions:
    """Finds names of one graph in questions."""

    def __init__(self, store: pyoxigraph.Store, index: Index) -> None:
        self._store, self._index = store, index

    @cached_property
    def _things(self) -> Mapping[str, tuple[str, ...]]:
        """The things that bear a folded name; own names go before other names."""
        own: dict[str, dict[str, None]] = {}
        other: dict[str, dict[str, None]] = {}
        for name in self._index.names():
            (own if name.own else other).setdefault(name.key, {})[name.iri] = None
        return {key: tuple(own.get(key) or other[key]) for key in {**other, **own}}

    @cached_property
    def prominent(self) -> Mapping[str, str]:
        """The names of the people, bodies, events and cities that most articles speak of, for examples."""
        found: dict[str, str] = {}
        wanted = {"Person": ("person", "other"), "GovernmentBody": ("body", "partner"), "Event": ("event",), "City": ("city",)}
        for name in self._index.most_spoken():
            for cls, places in wanted.items():
                place = next((one for one in places if one not in found), None)
                if place and self._is(name.iri, cls) and len(self._things.get(name.key, ())) == 1:
                    found[place] = name.text
            if len(found) == 6:
                break
        return found

    @cached_property
    def abroad(self) -> tuple[str, ...]:
        """Countries, international organizations, and bodies whose name is not Korean or begins with another country's."""
        from kg.knowledge.load import load_knowledge

        lands = {
            form
            for entry in load_knowledge().gazetteer.entries
            if "Country" in (entry.cls, entry.place_cls) and entry.iso != "KR"
            for form in entry.forms
            if len(form) > 1
        }
        found: dict[str, None] = {}
        for name in self._index.names():
            first = name.text.split()[0] if name.text.split() else ""
            other = self._is(name.iri, "InternationalOrganization") or (
                self._is(name.iri, "Agent")
                and not self._is(name.iri, "Person")
                and (not re.search("[가-힣]", name.text) or first in lands or first.removesuffix("정부") in lands)
            )
            if name.own and other:
                found[name.iri] = None
        return tuple(found)

    @cached_property
    def _short(self) -> Mapping[str, str]:
        """Short names of the gazetteer that mean one thing of the graph: 복지부, 전남도."""
        from kg.knowledge.load import load_knowledge

        return _single(
            (short, entry.name)
            for entry in load_knowledge().gazetteer.entries
            if fold(entry.name) in self._things
            for short in entry.aliases
        )

    @cached_property
    def _headed(self) -> Mapping[str, str]:
        """Titles of heads that are one word with their body's name: 금융위원장."""
        from kg.knowledge.load import load_knowledge

        rows = (entry for entry in load_knowledge().gazetteer.entries if fold(entry.name) in self._things)
        return _single((title, entry.name) for entry in rows for title in entry.head_titles())

    def alike(self, word: str) -> list[str]:
        """The names that a word comes so near to that it may be a slip of the keys."""
        from kg.ask.near import mistyped

        return mistyped(word, self._letters)

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        from kg.ask.near import letters

        return {text: letters(text) for text in sorted(self._index.texts()) if 3 <= len(text) <= _LONG}

    def find(self, question: str, kinds: frozenset[str]) -> list[Mention]:
        """The names in their order, longer ones before shorter ones; words that name a kind of event are no names."""
        words = list(_WORD.finditer(question))
        found: list[Mention] = []
        at = 0
        while at < len(words):
            hit = next(self._from(question, words, at, kinds), None)
            if hit:
                found.append(hit)
                at = next((i for i, word in enumerate(words) if word.start() >= hit.end), len(words))
            else:
                at += 1
        return found

    def _from(self, question: str, words: list[re.Match[str]], at: int, kinds: frozenset[str]) -> Iterator[Mention]:
        for last in range(min(len(words), at + _MOST) - 1, at - 1, -1):
            start = words[at].start() + (len(words[at][0]) - len(words[at][0].lstrip("‘’“”'\"「『<(")))
            for end, head in _ends(question, start, words[last]):
                key = fold(question[start:end])
                things = self._things.get(key) or self._things.get(self._short.get(key, ""), ())
                if not things and key.endswith(_TOWN):  # 목포시 is 목포
                    things = tuple(iri for iri in self._things.get(key[:-1], ()) if self._is(iri, "City"))
                if key in self._headed:
                    things, head = self._things[self._headed[key]], True
                if not things and last == at and _INITIALS.fullmatch(question[start:end]):
                    hits = self._index.find(question[start:end], most=1)
                    things = self._things.get(fold(hits[0].name), ()) if hits and len(fold(hits[0].name)) == end - start else ()
                if things and len(key) > 1 and key not in kinds:
                    made = self._mention(question, start, end, things, head)
                    if made:
                        yield made

    def _mention(self, question: str, start: int, end: int, things: tuple[str, ...], head: bool) -> Mention | None:
        after = question[end:].lstrip()
        # a country is a place where something is held in it, else one who acts
        families = {iri: self._family(iri, there=after.startswith(("에서", "에 ", "에서는"))) for iri in things}
        wanted = ("place", "event", "who", "thing") if after.startswith("에서") else ("event", "who", "place", "thing")
        family = next((one for one in wanted if one in families.values()), None)
        if family is None:
            return None
        kept = tuple(iri for iri in things if families[iri] == family)
        person = family == "who" and all(self._is(iri, "Person") for iri in kept)
        if head and (person or family != "who"):
            return None
        return Mention(start=start, end=end, words=question[start:end], things=kept, family=family, person=person, head=head)

    def _family(self, iri: str, *, there: bool) -> str:
        if self._is(iri, "Country") and not there:
            return "who"
        for family, classes in (
            ("event", ("Event",)),
            ("who", ("Person", "Organization")),
            ("place", ("Place",)),
            ("who", ("Agent",)),
        ):
            if any(self._is(iri, name) for name in classes):
                return family
        return "" if any(self._is(iri, name) for name in ("Article", "Quotation", "Presentation", "Topic")) else "thing"

    def _is(self, iri: str, name: str) -> bool:
        import pyoxigraph as ox
        from rdflib import RDF

        from kg.knowledge.vocab import PRESS

        quad = ox.Quad(ox.NamedNode(iri), ox.NamedNode(str(RDF.type)), ox.NamedNode(str(PRESS[name])))
        return quad in self._store


def _single(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded forms that mean one name, with that name."""
    found: dict[str, set[str]] = {}
    for form, name in rows:
        found.setdefault(fold(form), set()).add(fold(name))
    return {form: next(iter(names)) for form, names in found.items() if len(names) == 1}


def _ends(question: str, start: int, last: re.Match[str]) -> Iterator[tuple[int, bool]]:
    """Where a name may end in its last word: before signs, before particles, before 장 that makes its head of a body."""
    word = last[0]
    bare = word.rstrip("?!.,’”'\"」』>)")
    seen = set()
    for text in (word, bare):
        for stem in (text, *(text.removesuffix(p) for p, _ in _particles() if text.endswith(p) and len(p) < len(text))):
            for end, head in ((last.start() + len(stem), False), (last.start() + len(stem.removesuffix(_HEAD)), True)):
                if end > start and (end, head) not in seen and (not head or stem.endswith(_HEAD)):
                    seen.add((end, head))
                    yield end, head


def _particles() -> tuple[tuple[str, str], ...]:
    return (
        *particles(),
        ("이랑", "any"),
        ("랑", "any"),
        ("하고", "any"),
        ("와의", "any"),
        ("과의", "any"),
        ("이", "any"),
        ("야", "any"),
    )
