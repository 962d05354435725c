"""Patterns over clauses: verbs with the roles of their arguments, by case, particle or gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.patterns.check import VALUE_KINDS, class_of, only, strings
from kg.knowledge.patterns.lexicon import Lexicon
from kg.knowledge.schema import schema

CASES = ("agent", "theme", "partner", "place", "time", "instrument", "goal", "span", "aim", "count", "occasion", "event")
BARE_KINDS = ("Agent", "Organization", "Place")  # roles of which a role alone may vouch for a name
FORMS = ("active", "passive", "adnominal", "nominal")
# Where doers are looked for that a clause leaves out: the topic of the sentence before, the topic over an adnominal clause, partners with
# whom something is done, partners in a clause that the object has.
UNSPOKEN = ("before", "topic", "alone", "within")
TENSES = ("past", "future")
KEYS = (
    "lemmas",
    "passive",
    "forms",
    "tense",
    "negated",
    "under",
    "needs",
    "without",
    "roles",
    "unspoken",
    "guests",
    "bare",
    "shared",
)
_ROLE_KEYS = ("kind", "case", "particles", "except", "nearest", "bare")


@dataclass(frozen=True, slots=True)
class Role:
    """Who or what may fill a role: a class of the ontology or a kind of value, by case or by particles of its own.

    ``case = "event"`` is no argument of the clause but the event that the clause takes place at, taken from the text around it;
    ``case = "count"`` is how many people an argument counts, ``occasion`` what these are present at; ``case = "aim"`` holds the words of an adjunct of purpose (의견을 듣기 위해), ``case = "span"`` is a value anywhere between the clause's first argument and its predicate. ``excluded`` are classes below ``kind``
    that may not fill it: an agreement is an event, but nobody runs it. ``nearest`` says that no other object may stand nearer to the verb; ``bare`` that the role alone vouches for a name (길나래 씨, ‘물결’ 팀).
    """

    kind: str
    case: str
    particles: frozenset[str]
    excluded: frozenset[str] = frozenset()
    nearest: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """What a clause must be. ``tense`` is what its endings tell, ``negated`` that it is denied, ``under`` the verbs of which one has to govern it (개최를 앞두다); ``needs`` are words of which one has to stand among its arguments (좌장을 맡다, 축사를 하다), ``without`` words
    that forbid it; ``unspoken`` says where doers are found that it leaves out; ``guests`` is what those with whom a meeting is held do
    there; ``bare`` lets a partner be a name that nothing else vouches for; ``shared`` gives each of several doers a thing of its own."""

    active: frozenset[str]
    passive: frozenset[str]
    forms: frozenset[str]
    tense: str | None
    negated: bool
    under: frozenset[str]
    needs: frozenset[str]
    without: frozenset[str]
    roles: Mapping[str, Role]
    unspoken: frozenset[str]
    guests: str | None
    bare: bool
    shared: bool

    @property
    def kinds(self) -> Mapping[str, str]:
        """What each role holds."""
        return {name: role.kind for name, role in self.roles.items()}


def read(path: Path, where: str, table: Mapping, lexicon: Lexicon) -> Match:
    """The match of a block; raises KnowledgeError for what cannot be meant."""
    from kg.knowledge.patterns.check import property_of

    only(path, where, table, KEYS)
    for key in ("lemmas", "roles"):
        if key not in table:
            raise KnowledgeError(path, where, key, why="is missing")
    active, passive = lexicon.lemmas(path, f"{where}.lemmas", strings(path, f"{where}.lemmas", table["lemmas"]))
    passive |= frozenset(table.get("passive", ()))
    roles = table["roles"]
    if set(roles) not in ({"subject", "object"}, {"event"}):
        raise KnowledgeError(
            path,
            f"{where}.roles",
            sorted(roles),
            allowed=("subject", "object", "event"),
            why="should be subject and object, or event alone",
        )
    tense = table.get("tense")
    if tense is not None and tense not in TENSES:
        raise KnowledgeError(path, f"{where}.tense", tense, allowed=TENSES)

    def listed(key: str, allowed: tuple[str, ...] | None = None, default: tuple[str, ...] = ()) -> frozenset[str]:
        found = lexicon.words(path, f"{where}.{key}", strings(path, f"{where}.{key}", table.get(key, default)))
        if allowed is not None and found - set(allowed):
            raise KnowledgeError(path, f"{where}.{key}", sorted(found - set(allowed))[0], allowed=allowed)
        return found

    return Match(
        active=active, passive=passive, forms=listed("forms", FORMS, FORMS), tense=tense, negated=table.get("negated") is True, under=listed("under"), needs=listed("needs"), without=listed("without"),
        roles={name: _role(path, f"{where}.roles.{name}", role) for name, role in roles.items()}, unspoken=listed("unspoken", UNSPOKEN),
        guests=property_of(path, f"{where}.guests", table["guests"]) if "guests" in table else None, bare=table.get("bare") is True,
        shared=table.get("shared") is True,
    )  # fmt: skip


def _role(path: Path, where: str, role: Mapping) -> Role:
    only(path, where, role, _ROLE_KEYS)
    if "kind" not in role:
        raise KnowledgeError(path, where, "kind", why="is missing")
    kind, known = class_of(path, f"{where}.kind", role["kind"]), schema()
    case = role.get("case", "agent")
    if case not in CASES:
        raise KnowledgeError(path, f"{where}.case", case, allowed=CASES)
    excluded = frozenset(str(name).removeprefix("press:") for name in role.get("except", ()))
    for name in sorted(excluded):
        if kind in VALUE_KINDS or name not in known.ancestors or not known.is_a(name, kind):
            raise KnowledgeError(
                path, f"{where}.except", name, allowed=sorted(known.below(kind)), why="is no class below the role's"
            )
    if role.get("bare") is True and kind not in BARE_KINDS:
        raise KnowledgeError(path, f"{where}.kind", kind, allowed=BARE_KINDS, why="cannot be bare")
    return Role(kind, case, frozenset(role.get("particles", ())), excluded, role.get("nearest") is True, role.get("bare") is True)
