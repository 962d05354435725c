"""Fillers of roles: what an argument is where a role asks for it, by its names and by the role alone."""

from __future__ import annotations

from dataclasses import dataclass

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import titled_event
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns import Pattern
from kg.knowledge.patterns.check import VALUE_KINDS
from kg.knowledge.patterns.clause import Match, Role
from kg.knowledge.schema import schema
from kg.model import Mention, Value
from kg.patterns.named import BARE, NAMERS
from kg.syntax.arguments import Arg, Clause


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: mentions or values, and the argument (or gap) they came from."""

    things: tuple[Mention | Value, ...]
    arg: Arg | None = None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Those that are names."""
        return tuple(thing for thing in self.things if isinstance(thing, Mention))


def plain(thing: Mention | Value | str) -> Mention | Value | str:
    """What a statement says of words that fill a role: nothing but the words."""
    return thing.text or "" if isinstance(thing, Value) and thing.kind == "text" else thing


class Fillers:
    """One pattern on one clause: what its arguments are for a role."""

    def __init__(
        self, reading: Reading, sentence: SentenceReading, clause: Clause, pattern: Pattern, knowledge: Knowledge
    ) -> None:
        self.reading, self.sentence, self.clause, self.knowledge = reading, sentence, clause, knowledge
        assert isinstance(pattern.match, Match)
        self.pattern, self.match, self.relation = pattern, pattern.match, pattern.emit[0].relation
        predicate = clause.predicate
        has_object = any(a.particle in ("을", "를") for a in clause.args)
        self.passive = predicate.lemma in self.match.passive and (predicate.lemma not in self.match.active or not has_object)
        self.form = {"adnominal": "adnominal", "nominal": "nominal"}.get(
            predicate.ending, "passive" if self.passive else "active"
        )
        if predicate.ending == "nominal" and predicate.connective:
            self.form = "passive" if self.passive else "active"

    def _fits(self, arg: Arg | None, role: Role) -> bool:
        if arg is None or role.kind in VALUE_KINDS:
            return False
        if arg.head is None or role.kind in NAMERS:
            return self._named(arg, role) is not None
        is_a = schema().is_a
        if any(is_a(arg.head.kind, kind) for kind in role.excluded):
            return False
        if is_a(arg.head.kind, role.kind):
            return True  # 해양수산부·네덜란드: bodies and countries stand in one list
        return arg.head.kind == "Country" and role.kind == "Organization" and any(is_a(m.kind, role.kind) for m in arg.mentions)

    def _named(self, arg: Arg, role: Role) -> Mention | None:
        """What only the role makes a name: ‘청년 농부 한마당’에 참석했다, a quoted title where a verb wants an event; 대상을 받았다."""
        if role.kind in NAMERS:
            return NAMERS[role.kind](self.reading, self.sentence, arg.index, self.knowledge)
        if role.bare:
            following = self.sentence.phrases[arg.index + 1 : arg.index + 2]
            if following and following[0].lemma == "이다" and following[0].ending == "adnominal":
                return None  # 출범한 기구인 ○○기금을: the noun that follows is the one
            return BARE[role.kind](self.reading, self.sentence, arg.index, self.knowledge)
        if role.kind != "Event" or self.clause.predicate.lemma not in self.knowledge.syntax.event_verbs:
            return None
        return titled_event(self.reading, self.sentence, arg.index, self.knowledge)

    def _of_kind(self, arg: Arg, role: Role) -> Filler:
        if (arg.head is None or role.kind in NAMERS) and (named := self._named(arg, role)) is not None:
            return Filler((named,), arg)
        return Filler(tuple(m for m in arg.mentions if schema().is_a(m.kind, role.kind)), arg)

    def _words(self, arg: Arg) -> str:
        tokens = arg.phrase.tokens
        return self.reading.tokens.surface(tokens[0], tokens[-1]) if tokens else ""
