"""Bodies of one name in all articles: spelling, aliases that an article gives, and names that say too little to be one body's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from kg.knowledge.load import Knowledge

_SIGNS = re.compile(
    r"주식회사|유한회사|재단법인|사단법인|특수법인|학교법인|의료법인|[(（](?:주|재|사|유|학|특)[)）]|[㈜㈔㈐]|[(（](?:Co\.|Inc\.|Ltd\.)[)）]"
)
_BULLETS = re.compile(r"^(?:[^\w(（「『‘“]|[①-⓿❶-➓㉠-㉻])++")
_SPACES = re.compile(r"[\s·ㆍ‧・･․,.'’‘\"“”「」『』*\-–—]+")
_DOTS = re.compile("[·‧ㆍ・･․]")
_SHORTEST = 3  # characters of an alias that can stand for its body in other articles
_TAIL = 6  # and where it is only the end of the body's name, as 전략위원회 is of many


def spelled(name: str) -> str:
    """A body's name without spaces, middle dots, quotation marks and signs of its legal form, for comparing.

    >>> spelled("(재) 나라 과학·기술 재단"), spelled("가람전자㈜"), spelled("Garam Corp.")
    ('나라과학기술재단', '가람전자', 'garamcorp')
    """
    bare = _SPACES.sub("", _SIGNS.sub("", _BULLETS.sub("", name))).lower()
    return bare or name


@dataclass(frozen=True, slots=True)
class Names:
    """What a body's name in any article becomes: ``canonical`` by name, with the reason where that is another name."""

    canonical: Mapping[str, str]
    reasons: Mapping[str, str]


def unify(names: Iterable[str], aliases: Iterable[tuple[str, str, str]], knowledge: Knowledge) -> Names:
    """Canonical names of bodies; ``names`` are all that articles use, ``aliases`` are (body, other name, article).

    >>> from kg.knowledge.load import load_knowledge
    >>> unify(["나라 과학 재단", "나라과학재단", "나과재"], [("나라과학재단", "나과재", "a")], load_knowledge()).canonical["나과재"]
    '나라 과학 재단'
    """
    names = sorted(set(names))
    spellings: dict[str, set[str]] = defaultdict(set)
    for name in names:
        spellings[spelled(name)].add(name)
    known = {key: entry for key in spellings if (entry := _known(spellings[key], key, knowledge))}
    best = {key: known.get(key) or cleanest(forms) for key, forms in spellings.items()}
    meant = _aliases(aliases, spellings.keys(), known.keys(), knowledge)
    canonical, reasons = {}, {}
    for key, forms in spellings.items():
        top, seen = key, set()
        while top in meant and top not in seen:
            seen.add(top)
            top = meant[top][0]
        target = best.get(top, best[key])
        for form in forms:
            canonical[form] = target
            if form != target:
                reasons[form] = f"an alias in {meant[key][1]}" if key in meant else "a known name" if key in known else "spelling"
    return Names(canonical, reasons)


def cleanest(forms: Iterable[str]) -> str:
    """The spelling that a thing goes by: without a bullet before it or a note's asterisk, with most spaces and middle
    dots, which pages lose, then the shortest.

    >>> cleanest(["▲나라 과학재단", "나라과학재단*", "나라 과학재단"])
    '나라 과학재단'
    """
    return min(forms, key=cleanness)


def cleanness(name: str) -> tuple:
    """The order in which spellings of one name are preferred; see ``cleanest``."""
    return (
        torn(name) or any(mark in name for mark in "‘’“”"),
        bool(_BULLETS.match(name)),
        "*" in name,
        -name.count(" "),
        -len(_DOTS.findall(name)),
        len(name),
        name,
    )


def unmarked(name: str) -> str:
    """A name without the bullet or number of a list before it.

    >>> unmarked("➓ 나라숲 간담회"), unmarked("③나라숲기금"), unmarked("2050 나라숲위원회")
    ('나라숲 간담회', '나라숲기금', '2050 나라숲위원회')
    """
    return _BULLETS.sub("", name) or name


def torn(name: str) -> bool:
    """Whether a bracket of a name lacks its other half.

    >>> torn("기법(나라과학"), torn("(주)나라과학")
    (True, False)
    """
    return any(name.count(a) != name.count(b) for a, b in ("()", "「」", "『』", "[]", "‘’", "“”"))


def of_one_place(bodies: Iterable[tuple[str, str]], knowledge: Knowledge) -> frozenset[str]:
    """Names of schools and cooperatives of which all articles tell one place: equal names are one body, where a place is told or not.

    ``bodies`` are (name, place); the name of a club or office of a village never tells which one it is.

    >>> from kg.knowledge.load import load_knowledge
    >>> of_one_place([("별빛초등학교", "나주시"), ("중앙초등학교", "나주시"), ("중앙초등학교", "순천시")], load_knowledge())
    frozenset({'별빛초등학교'})
    """
    places: dict[str, set[str]] = defaultdict(set)
    for name, place in bodies:
        if place in knowledge.gazetteer and name.endswith(tuple(knowledge.local.shared)):
            places[name].add(place)
    return frozenset(name for name, where in places.items() if len(where) == 1)


def says_little(name: str, knowledge: Knowledge) -> bool:
    """Whether a name is that of a kind of body, or of several bodies, so that equal names in two articles say nothing.

    >>> from kg.knowledge.load import load_knowledge
    >>> says_little("위원회", load_knowledge()), says_little("나라과학재단", load_knowledge())
    (True, False)
    """
    bare = spelled(name)
    if (
        len(bare) < 2
        or bare in knowledge.organizations.generic | knowledge.organizations.words
        and bare not in knowledge.gazetteer
    ):
        return True
    entries = knowledge.gazetteer.by_name(name)
    return len(entries) > 1 and all(e.name != name for e in entries)


def _known(forms: Set[str], key: str, knowledge: Knowledge) -> str | None:
    """The canonical name of the gazetteer for a spelling, where one entry alone bears it without being an ordinary word."""
    for form in sorted({*forms, key}):
        entries = knowledge.gazetteer.by_name(form)
        if any(e.name == form for e in entries):
            return form
        if len(entries) == 1 and not entries[0].is_weak(form) and form not in entries[0].ambiguous:
            return entries[0].name
    return None


def _aliases(
    aliases: Iterable[tuple[str, str, str]], used: Set[str], known: Set[str], knowledge: Knowledge
) -> dict[str, tuple[str, str]]:
    """Spelling of an alias → (spelling of its body, the article that says so), where articles give it to one body only."""
    hosts: dict[str, dict[str, str]] = defaultdict(dict)
    for body, alias, article in sorted(aliases):
        a, host = spelled(alias), spelled(body)
        least = _TAIL if host.endswith(a) else _SHORTEST
        if a == host or a not in used or host not in used or a in known or len(a) < least or torn(body):
            continue
        if not says_little(alias, knowledge):
            hosts[a].setdefault(host, article)
    return {alias: next(iter(found.items())) for alias, found in hosts.items() if len(found) == 1}
