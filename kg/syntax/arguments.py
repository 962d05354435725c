"""Arguments and clauses: what a predicate has, as values that the readers of clauses fill and the extractors read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.analyze.phrases import LOST, Phrase
from kg.analyze.readings import SentenceReading
from kg.knowledge.schema import schema
from kg.knowledge.signs import signs
from kg.model import Mention

TOPIC = frozenset({"은", "는", "께서는", "도", ":", LOST})
SUBJECT = frozenset({"이", "가", "께서"})
OBJECT = frozenset({"을", "를"})
WITH = frozenset({"과", "와"})
JOIN = frozenset({"과", "와", ",", "·", "ㆍ", "및", "하고", "이랑", "/", "-"})


@dataclass(slots=True)
class Arg:
    """A noun phrase as an argument: its effective particle, its mentions (those coordinated with it included), and its possessors.

    ``index`` is the phrase's place in its sentence; ``start`` where its words begin, lengthened by what modifies it.
    """

    phrase: Phrase
    index: int
    particle: str
    mentions: tuple[Mention, ...]
    owners: tuple[Arg, ...] = ()
    first_index: int = 0
    relative: Clause | None = None
    modifier: int | None = None
    pending: tuple[Mention, ...] = ()

    @property
    def head(self) -> Mention | None:
        return self.mentions[-1] if self.mentions else None


@dataclass(slots=True)
class Clause:
    """A predicate with its arguments; ``inherited`` are topic and subject of the clause before, ``head`` the noun that an adnominal
    clause modifies, ``next`` the clause that governs or follows this one."""

    predicate: Phrase
    index: int
    args: list[Arg]
    inherited: list[Arg] = field(default_factory=list)
    head: Arg | None = None
    next: Clause | None = None
    quotes: list[Phrase] = field(default_factory=list)
    topic: Arg | None = None


def governor(clause: Clause, fits: Callable[[Arg | None], bool]) -> Clause:
    """The clause that an act belongs to, past purposes and what modifies other things: 주재로 [[시행에 대비한] 방안을 논의하기] 위해 회의를 열었다.

    What stands right behind the act takes it: [주재로 마련한] 대책을 알리기 위해 ….
    """
    following = clause.next
    if following is None:
        return clause
    if following.predicate.ending == "adnominal" and following.index == clause.index + 1:
        return following
    while following.next is not None and (
        following.predicate.ending == "nominal"
        and following.predicate.connective == "기"
        or following.predicate.ending == "adnominal"
        and not fits(following.head)
    ):
        following = following.next
    return following


def is_agent(mention: Mention | None) -> bool:
    """Whether a mention can act."""
    return mention is not None and schema().is_a(mention.kind, "Agent")


def apart(sentence: SentenceReading, clause: Clause) -> bool:
    """Whether a clause gives each of several things its own: 13일과 15일 각각, 서울과 부산에서 각각."""
    low = min((arg.first_index for arg in clause.args), default=clause.index)
    return any(p.kind == "ADV" and p.particle in signs().each for p in sentence.phrases[low : clause.index])
