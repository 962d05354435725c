"""Bodies of one name in many places: whose 도의회, 보건소 or 새마을부녀회 a text means.

The place stands in the name (나주시보건소), before it (청계면 새마을부녀회), in its sentence, or is that of the publisher; else the body is
its article's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.analyze.reading import Reading
from kg.knowledge.gazetteer import Entry
from kg.knowledge.load import Knowledge
from kg.model import Article, Mention

_LEVELS = "도시군구"
_REACH = 40  # characters before a name in which the place that belongs to it can stand
_TOWN = re.compile(r"(?:^|(?<=[\s(‘’“”'\"·,]))((?:[가-힣]{1,4}\d?|[가-힣]{1,2}\d[·,.]\d)(?:읍|면|동|리)) ?$")
_WORD = re.compile(r"(\S+) ?$")


@dataclass(frozen=True, slots=True)
class Placed:
    """What a body of a place is called, and the place where the name alone does not tell it; ``kind`` is what others of its kind share."""

    name: str
    scope: str
    kind: str


class Whereabouts:
    """The local governments that an article speaks of and that of its publisher."""

    def __init__(self, reading: Reading, mentions: Iterable[Mention], article: Article, knowledge: Knowledge) -> None:
        self.knowledge, self.article, self.text = knowledge, article, reading.tokens.text
        self.sentences = sorted((s.start, s.end) for s in reading.sentences)
        known = {m.start: m.known for m in mentions if m.known and m.known in knowledge.gazetteer}
        self.told = [(start, entry) for start, name in sorted(known.items()) if (entry := _entry(name, knowledge)) is not None]
        self._offsets = [start for start, _ in self.told]
        self._all: dict[str, list[Entry]] = {}
        self._others = {entry.name: entry for _, entry in self.told}
        self.publisher: Entry | None = None
        self.publisher = self._publisher(article.publisher or "")

    def _publisher(self, name: str) -> Entry | None:
        """The local government that publishes, or whose council, health centre … does."""
        kind = _ending(name, self.knowledge.local.offices)
        found = self.governments(name) or (self.governments(name.removesuffix(kind).strip()) if kind else ())
        return self.meant(found) or next((e for e in found if e.name == name), None)

    def governments(self, words: str) -> tuple[Entry, ...]:
        """The local governments of a name: by its last words, 청 or not (전남 나주시청)."""
        for form in (words, words.removesuffix("청"), *(words.split(" ")[-1:] if " " in words else ())):
            found = tuple(e for e in self.knowledge.gazetteer.by_name(form) if e.cls == "LocalGovernment")
            if found and (form == words or form[-1:] in _LEVELS):
                return found
        return ()

    def meant(self, entries: Sequence[Entry]) -> Entry | None:
        """The one of several local governments of one name that the other places of the article speak for."""
        if len(entries) < 2:
            return next(iter(entries), None)
        others = self._others | ({self.publisher.name: self.publisher} if self.publisher else {})
        scores = {e.name: sum(self._near(e, other) for other in others.values()) for e in entries}
        best = [e for e in entries if scores[e.name] == max(scores.values())]
        return best[0] if len(best) == 1 and scores[best[0].name] else None

    def _near(self, one: Entry, other: Entry) -> bool:
        """Whether two places lie in one another, in one province, or in neighbouring ones that are spoken of together."""
        above, beyond = self._above(one), self._above(other)
        return bool(above & beyond) or any(self.knowledge.local.around.get(a, frozenset()) & beyond for a in above)

    def _above(self, one: Entry) -> frozenset[str]:
        found = {one.name}
        at: Entry | None = one
        while at is not None and at.within and at.within not in found:
            found.add(at.within)
            at = _entry(at.within, self.knowledge)
        return frozenset(found)

    def around(self, start: int, level: str = "") -> Entry | None:
        """The local government that a name at an offset is of, though it is not in the name: of the sentence, the publisher, the article."""
        at = bisect_right(self.sentences, (start, len(self.text))) - 1
        low, high = self.sentences[at] if at >= 0 else (start, start)
        near = self.told[bisect_left(self._offsets, low) : bisect_left(self._offsets, high)] if start < high else ()
        spoken = self._innermost(e for _, e in near if _fits(e, level))
        if len(spoken) == 1:
            return spoken[0]
        own = self._own(level)
        if spoken:
            return own if own in spoken else None
        if own is not None:
            return own
        if level not in self._all:
            self._all[level] = self._innermost(e for e in {e.name: e for _, e in self.told}.values() if _fits(e, level))
        return self._all[level][0] if len(self._all[level]) == 1 else None

    def _own(self, level: str) -> Entry | None:
        """The publisher's local government, or the one around it that is of a level."""
        at = self.publisher
        while at is not None and not _fits(at, level):
            at = _entry(at.within, self.knowledge) if at.within else None
        return at

    def _innermost(self, entries: Iterable[Entry]) -> list[Entry]:
        found = {e.name: e for e in entries}
        outer = {name for e in found.values() for name in self._above(e) - {e.name}}
        return [e for name, e in sorted(found.items()) if name not in outer]

    def before(self, offset: int) -> tuple[str, Entry | None]:
        """The village (청계면) and the local government right before an offset."""
        text = self.text[max(0, offset - _REACH) : offset]
        town = ""
        if (match := _TOWN.search(text)) and is_village(match[1], self.knowledge) and not self.governments(match[1]):
            town, text = match[1], text[: match.start()]
        word = _WORD.search(text)
        found = self.governments(word[1].strip("‘’“”'\"(")) if word else ()
        return town, self.meant(found)


def placed(mention: Mention, where: Whereabouts) -> tuple[Placed | None, bool]:
    """What a body is called with the place that its words give; and whether nothing but the kind is said, so that others must tell."""
    local, name = where.knowledge.local, mention.name.strip()
    if " " in name and (joined := name.replace(" ", "")) in local.clubs:
        name = joined  # 새마을 부녀회
    kinds = [name] if name in local.levels else [k for k in (_ending(name, local.offices), _ending(name, local.levels)) if k]
    if (found := next((f for kind in kinds if (f := _office(mention, name, kind, where)) is not None), None)) is not None:
        return found, False
    kind = _ending(name, local.clubs | local.towns)
    if not kind:
        return None, name in local.levels
    rest = name.removesuffix(kind).strip()
    town, government = where.before(mention.start) if not rest else _inside(rest, where)
    if rest and not town and government is None:
        return None, False
    if town:
        government = government or where.around(mention.start)
        return Placed(f"{town} {kind}", government.name if government else where.article.identifier, kind), False
    if kind in local.towns and rest:
        return None, False  # 나주행정복지센터 is a name of its own
    return (
        (Placed(f"{government.name} {kind}", "", kind), False)
        if government is not None and kind not in local.towns
        else (None, True)
    )


def _office(mention: Mention, name: str, kind: str, where: Whereabouts) -> Placed | None:
    """An office with its local government in the name or before it; 도의회 is that of the province around."""
    rest, local = name.removesuffix(kind).strip(), where.knowledge.local
    if rest:
        government = where.meant(where.governments(rest))
    else:
        town, government = where.before(mention.start)
        government = None if town else government
    if kind in local.levels:
        level, kind = kind[0], kind[1:]
        if not rest and not (government is not None and _fits(government, level)):
            government = where.around(mention.start, level)
    if government is None:
        return None
    return Placed(
        government.name if kind == "청" else f"{government.name}{'' if kind not in local.clubs else ' '}{kind}", "", kind
    )


def _inside(rest: str, where: Whereabouts) -> tuple[str, Entry | None]:
    """The village and local government of which a name's beginning is the name (무안군 청계면, 무안군)."""
    government = where.meant(where.governments(rest))
    if government is not None:
        return "", government
    first, _, last = rest.rpartition(" ")
    if re.fullmatch(r"[가-힣]{1,4}\d?(?:읍|면|동|리)", last) and is_village(last, where.knowledge):
        return last, where.meant(where.governments(first)) if first else None
    return "", None


def is_village(word: str, knowledge: Knowledge) -> bool:
    """Whether a word that ends like the name of a village can be one.

    >>> from kg.knowledge.load import load_knowledge
    >>> [is_village(word, load_knowledge()) for word in ("연동", "비아동", "활동", "봉사활동")]
    [True, True, False, False]
    """
    return not any(word == other or word.endswith(other) and len(word) - len(other) > 1 for other in knowledge.local.no_towns)


def implied(kind: str, mention: Mention, where: Whereabouts) -> Placed:
    """A body of which only its kind is said: that of the local government around it, else its article's own."""
    government = where.around(mention.start) if kind not in where.knowledge.local.towns else None
    joint = "" if kind in where.knowledge.local.offices else " "
    return (
        Placed(f"{government.name}{joint}{kind}", "", kind)
        if government is not None
        else Placed(kind, where.article.identifier, kind)
    )


def shared_place(mention: Mention, where: Whereabouts) -> str:
    """The place that tells a school or cooperative from those of its name elsewhere: the one before its name, in it, or of the publisher."""
    if not _ending(mention.name, where.knowledge.local.shared):
        return ""
    _, government = where.before(mention.start)
    if government is None:
        government = where._own("") or where.around(mention.start)
    return (
        government.name
        if government is not None and not mention.name.startswith((*government.forms, government.name[:-1]))
        else ""
    )


def _ending(name: str, kinds: Iterable[str]) -> str:
    """The longest kind that a name ends with."""
    return max((k for k in kinds if name.endswith(k)), key=len, default="")


def _entry(name: str, knowledge: Knowledge) -> Entry | None:
    found = [e for e in knowledge.gazetteer.by_name(name) if e.name == name and e.cls == "LocalGovernment"]
    return found[0] if found else None


def _fits(entry: Entry, level: str) -> bool:
    """Whether a local government is of a level; a province is no place that a village's body is of."""
    last = entry.name[-1]
    return last == level if level else last != "도"


def resolve_local(bodies: Sequence[Mention], where: Whereabouts) -> dict[tuple[int, int], Placed | None]:
    """By offsets of mentions, the bodies of places that they name; None for one of which nobody can say whose it is.

    A name that says only the kind (새마을부녀회) is the one that was named with its place, the last of several; else that around it.
    """
    found: dict[tuple[int, int], Placed | None] = {}
    named: dict[str, Placed] = {}
    open_: list[Mention] = []
    for mention in bodies:
        place, bare = placed(mention, where)
        if place is not None:
            found[mention.start, mention.end] = named[place.kind] = place
        elif bare and mention.name in named:
            found[mention.start, mention.end] = named[mention.name]
        elif bare:
            open_.append(mention)
    for mention in open_:
        if mention.name in where.knowledge.local.levels:
            found[mention.start, mention.end] = None
        else:
            found[mention.start, mention.end] = named.get(mention.name) or implied(mention.name, mention, where)
    return found
