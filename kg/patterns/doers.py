"""Who does what a clause says: its subject or topic, a gap, a possessor, a body with 에서, the sentence before; and with whom."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.analyze.names.words import words_of
from kg.extract.whereabouts import place_of
from kg.knowledge.patterns.clause import Role
from kg.knowledge.schema import schema
from kg.model import Mention
from kg.patterns.fillers import Filler, Fillers
from kg.patterns.taken_up import body_called
from kg.patterns.zero import bodies_before, done_by_topic, outer_subject, partners_within
from kg.syntax.arguments import SUBJECT, TOPIC, Arg
from kg.syntax.coordination import bare_name

_HELD = frozenset({"hosted", "organized", "sponsored"})  # what bodies do, and their people for them
_COUNTED = re.compile(r"\d[\d,]*여?\s?(?:명|인)(?:\s등)?$")  # those who came, by their number


class Doers(Fillers):
    """One pattern on one clause: who acts in it."""

    def _agent(self, role: Role) -> Filler | None:
        args = self.clause.args
        if self.passive:
            return self._agent_of_passive(role)
        if self.form == "nominal":
            return self._agent_of_noun(role)
        if (
            self.sentence.phrases
            and args
            and args[0].particle == ","
            and args[0].index == 0
            and not (self.form == "adnominal" and self.relation in _HELD)  # ○○○ 장관, [△△협회 주최] 포럼 참석
            and self._fits(args[0], role)
            and not any(a.particle in SUBJECT | TOPIC for a in args)
        ):
            return self._of_kind(args[0], role)  # ○○부, 박람회 연다
        ranked = (
            [a for a in reversed(args) if a.particle in SUBJECT and self._fits(a, role)]
            or [a for a in args if a.particle in TOPIC and self._fits(a, role)]
            or [a for a in args if a.particle == "?" and self._fits(a, role)]
        )
        if ranked:
            return self._of_kind(ranked[0], role)
        return self._called(role) or self._agent_of_gap(role) or self._agent_left_out(role)

    def _called(self, role: Role) -> Filler | None:
        """A body that is only called by what it is: 병원은, behind 온빛병원."""
        if self.form == "adnominal" or role.kind not in ("Agent", "Organization"):
            return None
        for arg in self.clause.args:
            if arg.particle in ("은", "는") and (body := body_called(arg, self.reading, self.knowledge)) is not None:
                return Filler((body,), arg)
        return None

    def _agent_of_passive(self, role: Role) -> Filler | None:
        """A에 의해 설립된; A와 B 간 체결된."""
        fitting = [a for a in self.clause.args if self._fits(a, role)]
        by = [a for a in fitting if a.particle == "에 의해"] or [
            a for a in fitting if a.particle in ("", "에", "의") and self.reading.tokens.words[a.phrase.last] in ("간", "사이")
        ]
        return self._of_kind(by[-1], role) if by else None

    def _agent_of_noun(self, role: Role) -> Filler | None:
        """○○부의 포럼 개최, ○○부 주관; ○○○ 위원장은 총회 참석 중에."""
        clause, args = self.clause, self.clause.args
        owners = [o for a in args for o in a.owners if self._fits(o, role)]
        headline = self.sentence.sentence.role in ("title", "subtitle") or clause.index == len(self.sentence.phrases) - 1
        bare = [a for a in args if self._fits(a, role) and (a.particle in ("", "의") or a.particle in (",", "-") and headline)]
        found = owners or bare or [a for a in args if a.particle in SUBJECT | TOPIC and self._fits(a, role)]
        if (
            not found
            and clause.topic is not None
            and {"중", "차"} & set(clause.predicate.auxiliaries)
            and self._fits(clause.topic, role)
        ):
            found = [clause.topic]
        return self._of_kind(found[0], role) if found else None

    def _agent_of_gap(self, role: Role) -> Filler | None:
        """What an adnominal clause modifies does it, or a bare name in it, or the topic over it."""
        clause, args = self.clause, self.clause.args
        if self.form != "adnominal":
            return None
        if (
            clause.head is not None
            and self._fits(clause.head, role)
            and any(a.particle in ("을", "를", "에", "에도") for a in args)
        ):
            return self._employer(clause.head) or self._of_kind(clause.head, role)
        bare = [a for a in args if a.particle == "" and a.phrase.kind == "NP" and self._fits(a, role)]
        if bare:
            return self._of_kind(self._bodies_alone(bare[-1]), role)
        topic = clause.topic
        if (
            topic is not None
            and done_by_topic(clause, self.match, self.reading.tokens, self.knowledge)
            and self._fits(topic, role)
        ):
            return self._of_kind(topic, role)
        return None

    def _bodies_alone(self, arg: Arg) -> Arg:
        """The bodies of a list that holds something, without the person before them (○○○ 장관, △△협회 주최 포럼), unless they do it jointly."""
        tokens = self.reading.tokens
        jointly = "공동" in tokens.surface(arg.phrase.first, self.clause.predicate.last)
        if self.relation not in _HELD or jointly or arg.head is None or arg.head.kind == "Person":
            return arg
        return replace(arg, mentions=tuple(m for m in arg.mentions if m.kind != "Person"))

    def _employer(self, arg: Arg) -> Filler | None:
        """The body of somebody whom a clause modifies, which does what the clause says: 포럼을 주관하는 ○○원 ○○○ 원장."""
        person = arg.head
        if self.relation not in _HELD or person is None or person.kind != "Person" or not person.title or len(arg.mentions) > 1:
            return None
        first = self.reading.tokens.starts[arg.phrase.tokens[0]]
        bodies = [
            m
            for m in self.reading.mentions_in(first, person.start)
            if schema().is_a(m.kind, "Organization") and m.end <= person.start
        ]
        return Filler((bodies[0],), arg) if bodies else None

    def _agent_left_out(self, role: Role) -> Filler | None:
        """A clause without a doer of its own: who sent those who came, who did what the clause before says, a body with 에서, the sentence before."""
        clause, args = self.clause, self.clause.args
        if self._another_does(role):
            return None
        if senders := self._sent_by(role):
            return self._of_kind(senders[0], role)
        if any(a.particle in SUBJECT and a.head is None for a in args):
            return None  # a subject of its own that is no known body
        if role.bare and (outer := outer_subject(self.sentence, clause)) is not None and self._fits(outer, role):
            return self._of_kind(outer, role)
        ranked = [a for a in reversed(clause.inherited) if self._fits(a, role)] if self.form != "adnominal" else []
        told_of = self._topical(args) or any(
            a.particle in ("은", "는") and a.phrase.kind == "NP" and a.head is None for a in args
        )
        if not ranked and not told_of:
            ranked = [a for a in args if self._acts_where(a, role)]
        return self._of_kind(ranked[0], role) if ranked else self._unspoken()

    def _another_does(self, role: Role) -> bool:
        """Whether a clause has a subject that is no agent, and no event either."""
        subjects = [(a, a.head) for a in self.clause.args if a.particle in SUBJECT and a.head is not None]
        strange = any(a.phrase.kind == "NP" and not self._fits(a, role) for a, _ in subjects)
        return strange and role.kind == "Agent" and not any(schema().is_a(head.kind, "Event") for _, head in subjects)

    def _acts_where(self, arg: Arg, role: Role) -> bool:
        """○○공사에서 포럼을 열었다: a body that is no place, not ○○대사관(서울)에서."""
        particles, is_a, head = role.particles or self.knowledge.syntax.cases["agent"], schema().is_a, arg.head
        return (
            head is not None
            and arg.particle in ("에서", "에서는")
            and "에서" in particles
            and self._fits(arg, role)
            and not is_a(head.kind, "Place")
            and head.certain
            and head.rule != "defined-by-note"
            and not any(is_a(m.kind, "Place") for m in arg.mentions)
            and not (arg.phrase.notes and len(place_of(arg, self.reading, self.knowledge, bodies=True)) > 1)
        )

    def _sent_by(self, role: Role) -> list[Arg]:
        """The bodies that those who are counted come from: ○○부, ○○공사 등에서 100여 명이 참석했다."""
        if not any(a.particle in SUBJECT and a.head is None and _COUNTED.search(self._words(a)) for a in self.clause.args):
            return []
        return [
            a
            for a in self.clause.args
            if a.particle == "에서"
            and self._fits(a, role)
            and len(a.mentions) > 1
            and not any(schema().is_a(m.kind, "Place") and m.kind != "Country" for m in a.mentions)
        ]

    def _unspoken(self) -> Filler | None:
        told = (
            bodies_before(self.reading, self.sentence, self.clause)
            if "before" in self.match.unspoken and self.form == "active"
            else ()
        )
        return Filler(told) if told else None

    def _topical(self, args: list[Arg]) -> bool:
        """Whether the event is the topic of its clause, so that a body with 에서 is where it is held: 교육은 ○○대학교에서 진행한다."""
        return not any(a.particle in ("을", "를") for a in args) and any(
            a.particle in TOPIC and a.head is not None and schema().is_a(a.head.kind, "Event") for a in args
        )

    def _partners(self, subject: Filler, theme: Filler | None = None) -> tuple[Mention, ...]:
        found: list[Mention] = []
        for arg in (
            *self.clause.inherited,
            *self.clause.args,
            *partners_within(theme.arg if theme else None, self.match, self.knowledge),
        ):
            if arg is subject.arg:
                continue
            if (
                not arg.mentions
                and arg.particle in ("과", "와", "과 함께", "와 함께")
                and (self.match.bare or arg.particle.endswith("함께"))
                and not _COUNTED.search(self._words(arg))
                and (name := bare_name(arg.phrase, self.reading.tokens, self.knowledge)) is not None
            ):
                found.append(name)
                continue
            if not arg.mentions or self._of_those_meant(arg):
                continue
            if arg.particle in ("과 함께", "와 함께", "하고 함께", "과", "와") and any(
                schema().is_a(m.kind, "Agent") for m in arg.mentions
            ):
                if schema().is_a(arg.mentions[-1].kind, "Country") and not arg.particle.endswith("함께"):
                    continue
                if theme is not None and self._only_invited(arg, theme):
                    continue
                found.extend(m for m in arg.mentions if schema().is_a(m.kind, "Agent"))
        return tuple(found)

    def _of_those_meant(self, arg: Arg) -> bool:
        """Whether a body with 와 only goes on to those for whom something is held: ○○본부와 5개 지방청 책임자 36명을 대상으로."""
        if arg.particle not in ("과", "와"):
            return False
        behind = next((a for a in self.clause.args if a.index > arg.index), None)
        return behind is not None and behind.particle in ("을 대상으로", "를 대상으로")

    def _only_invited(self, arg: Arg, theme: Filler) -> bool:
        """A meeting with somebody (와), or together with people of many bodies (… 전문가와 함께): they take part and do not host."""
        if self.match.guests is None:
            return False
        lexicon, words = self.knowledge.organizations, words_of(self.reading.tokens, arg.phrase.tokens)
        if words and words[-1].text.removesuffix("들") in lexicon.staff:
            return True  # ○○공단 관계자와 함께
        if _COUNTED.search(self._words(arg)):
            return True  # ○○협회 등 국내외 전문가 100여 명과 함께
        if theme.things[-1].kind != "Meeting":
            return False
        if arg.owners and arg.mentions == arg.owners[-1].mentions:
            return True  # 10개 사의 개인정보 책임자 등과 함께
        return not arg.particle.endswith("함께") or bool(words) and words[-1].text.removesuffix("들") in lexicon.crowds
