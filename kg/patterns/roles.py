"""Who and what fills the roles of a pattern in a clause: by case, by gap, by what a clause inherits, by the text around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.analyze.names.words import words_of
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import titled_event
from kg.extract.whereabouts import place_of
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns import Pattern
from kg.knowledge.patterns.check import VALUE_KINDS
from kg.knowledge.patterns.clause import Role
from kg.knowledge.schema import schema
from kg.model import Mention, Value
from kg.patterns.counts import counted, occasion_of
from kg.patterns.days import day_of
from kg.patterns.zero import bodies_before, done_by_topic, partners_within, topic_before
from kg.syntax.aims import aim_before
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, Clause, governor
from kg.syntax.coordination import bare_name

_COUNTED = re.compile(r"\d[\d,]*여?\s?(?:명|인)$")  # those who came, by their number


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: mentions or values, and the argument (or gap) they came from."""

    things: tuple[Mention | Value, ...]
    arg: Arg | None = None


def plain(thing: Mention | Value) -> Mention | Value | str:
    """What a statement says of words that fill a role: nothing but the words."""
    return thing.text or "" if isinstance(thing, Value) and thing.kind == "text" else thing


class Roles:
    """One pattern on one clause: the fillers of its roles."""

    def __init__(
        self, reading: Reading, sentence: SentenceReading, clause: Clause, pattern: Pattern, knowledge: Knowledge
    ) -> None:
        self.reading, self.sentence, self.clause, self.knowledge = reading, sentence, clause, knowledge
        self.pattern, self.match, self.relation = pattern, pattern.match, pattern.emit[0].relation
        predicate = clause.predicate
        has_object = any(a.particle in ("을", "를") for a in clause.args)
        self.passive = predicate.lemma in self.match.passive and (predicate.lemma not in self.match.active or not has_object)
        self.form = {"adnominal": "adnominal", "nominal": "nominal"}.get(
            predicate.ending, "passive" if self.passive else "active"
        )
        if predicate.ending == "nominal" and predicate.connective:
            self.form = "passive" if self.passive else "active"

    def _fill(self, role: Role, taken: Filler | None = None) -> Filler | None:
        match role.case:
            case "agent":
                return self._agent(role)
            case "theme":
                return self._theme(role)
            case "goal":
                return self._by_particle(role, role.particles or self.knowledge.syntax.cases["goal"])
            case "partner":
                return self._by_particle(role, self.knowledge.syntax.cases["partner"])
            case "instrument":
                return self._by_particle(role, role.particles or self.knowledge.syntax.cases["instrument"])
            case "place":
                return self._place(role)
            case "time":
                return self._time(role)
            case "span":
                return self._span(role)
            case "count" | "occasion":
                found = counted(self.clause, self._counting, self.reading, self.knowledge)
                if found is None or role.case == "count":
                    return Filler((found[1],), found[0]) if found else None
                event = occasion_of(self.clause, found[0], self.reading)
                return Filler((event,)) if event is not None else None
            case "aim":
                aim = aim_before(self.sentence, self.clause.index, self.reading.tokens, self.knowledge)
                return Filler((aim,)) if aim is not None else None
            case "event":
                return self._context(role)

    @property
    def _counting(self) -> frozenset[str]:
        """The particles with which the pattern's count stands."""
        return next((role.particles for role in self.match.roles.values() if role.case == "count"), frozenset())

    def _fits(self, arg: Arg | None, role: Role) -> bool:
        if arg is None or role.kind in VALUE_KINDS:
            return False
        if arg.head is None:
            return self._titled(arg, role) is not None
        is_a = schema().is_a
        if any(is_a(arg.head.kind, kind) for kind in role.excluded):
            return False
        if is_a(arg.head.kind, role.kind):
            return True  # 해양수산부·네덜란드: bodies and countries stand in one list
        return arg.head.kind == "Country" and role.kind == "Organization" and any(is_a(m.kind, role.kind) for m in arg.mentions)

    def _titled(self, arg: Arg, role: Role) -> Mention | None:
        """‘청년 농부 한마당’에 참석했다: a quoted title where a verb of holding or attending wants an event."""
        if role.kind != "Event" or self.clause.predicate.lemma not in self.knowledge.syntax.event_verbs:
            return None
        return titled_event(self.reading, self.sentence, arg.index, self.knowledge)

    def _of_kind(self, arg: Arg, role: Role) -> Filler:
        if arg.head is None and (titled := self._titled(arg, role)) is not None:
            return Filler((titled,), arg)
        return Filler(tuple(m for m in arg.mentions if schema().is_a(m.kind, role.kind)), arg)

    def _agent(self, role: Role) -> Filler | None:
        clause, particles = self.clause, role.particles or self.knowledge.syntax.cases["agent"]
        args = clause.args
        if self.passive:
            by = [
                a
                for a in args
                if a.particle in ("에 의해", "에서", "으로", "로") and self._fits(a, role) and a.particle == "에 의해"
            ]
            by = by or [
                a
                for a in args
                if a.particle in ("", "에", "의")
                and self._fits(a, role)
                and self.reading.tokens.words[a.phrase.last] in ("간", "사이")
            ]
            return self._of_kind(by[-1], role) if by else None
        if (
            self.form != "nominal"
            and self.sentence.phrases
            and not self.passive
            and args
            and args[0].particle == ","
            and args[0].index == 0
            and self._fits(args[0], role)
            and not any(a.particle in SUBJECT | TOPIC for a in args)
        ):
            return self._of_kind(args[0], role)  # ○○부, 박람회 연다
        if self.form == "nominal":
            owners = [o for a in args for o in a.owners if self._fits(o, role)]
            headline = self.sentence.sentence.role in ("title", "subtitle") or clause.index == len(self.sentence.phrases) - 1
            bare = [
                a for a in args if self._fits(a, role) and (a.particle in ("", "의") or a.particle in (",", "-") and headline)
            ]
            found = owners or bare
            found = found or [a for a in args if a.particle in SUBJECT | TOPIC and self._fits(a, role)]
            if (
                not found
                and clause.topic is not None
                and {"중", "차"} & set(clause.predicate.auxiliaries)
                and self._fits(clause.topic, role)
            ):
                found = [clause.topic]  # ○○○ 위원장은 총회 참석 중에
            return self._of_kind(found[0], role) if found else None
        ranked = (
            [a for a in reversed(args) if a.particle in SUBJECT and self._fits(a, role)]
            or [a for a in args if a.particle in TOPIC and self._fits(a, role)]
            or [a for a in args if a.particle == "?" and self._fits(a, role)]
        )
        if (
            not ranked
            and self.form == "adnominal"
            and clause.head is not None
            and self._fits(clause.head, role)
            and any(a.particle in ("을", "를", "에", "에도") for a in args)
        ):
            return self._of_kind(clause.head, role)
        if not ranked and self.form == "adnominal":
            bare = [a for a in args if a.particle == "" and a.phrase.kind == "NP" and self._fits(a, role)]
            if bare:
                return self._of_kind(bare[-1], role)
            if done_by_topic(clause, self.match, self.reading.tokens, self.knowledge) and self._fits(clause.topic, role):
                return self._of_kind(clause.topic, role)
        if (
            not ranked
            and any(
                a.particle in SUBJECT and a.phrase.kind == "NP" and a.head is not None and not self._fits(a, role) for a in args
            )
            and role.kind == "Agent"
            and not any(schema().is_a(a.head.kind, "Event") for a in args if a.head is not None and a.particle in SUBJECT)
        ):
            return None
        if not ranked and (senders := self._sent_by(role)):
            return self._of_kind(senders[0], role)
        if not ranked and any(a.particle in SUBJECT and a.head is None for a in args):
            return None  # a subject of its own that is no known body
        if not ranked and self.form != "adnominal":
            ranked = [a for a in reversed(clause.inherited) if self._fits(a, role)]
        if (
            not ranked
            and not self._topical(args)
            and not any(a.particle in ("은", "는") and a.phrase.kind == "NP" and a.head is None for a in args)
        ):
            ranked = [
                a
                for a in args
                if a.particle in ("에서", "에서는")
                and "에서" in particles
                and self._fits(a, role)
                and not schema().is_a(a.head.kind, "Place")
                and a.head.certain
                and a.head.rule != "defined-by-note"
                and not any(schema().is_a(m.kind, "Place") for m in a.mentions)
                and not (a.phrase.notes and len(place_of(a, self.reading, self.knowledge, bodies=True)) > 1)
            ]  # ○○대사관(서울)에서
        return self._of_kind(ranked[0], role) if ranked else self._unspoken()

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

    def _words(self, arg: Arg) -> str:
        tokens = arg.phrase.tokens
        return self.reading.tokens.surface(tokens[0], tokens[-1]) if tokens else ""

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

    def _theme(self, role: Role) -> Filler | None:
        clause, args = self.clause, self.clause.args
        if role.particles:
            return self._by_particle(role, role.particles)
        if self.passive or (self.form == "nominal" and clause.predicate.lemma in self.match.passive):
            found = [a for a in reversed(args) if a.particle in SUBJECT | TOPIC | {"?", ""} and self._fits(a, role)]
            if not found and self.form == "adnominal" and clause.head is not None and (described := self._described(role)):
                return described
            if not found and clause.head is not None and self.form == "adnominal" and self._fits(clause.head, role):
                return self._of_kind(clause.head, role)
            if not found and self.form != "adnominal":
                found = [a for a in reversed(clause.inherited) if self._fits(a, role)]
            return self._of_kind(found[0], role) if found else None
        found = [a for a in reversed(args) if a.particle in ("을", "를") and self._fits(a, role)]
        if found:
            nearer = role.nearest and any(a.particle in ("을", "를") and a.index > found[0].index for a in args)
            return None if nearer else self._of_kind(found[0], role)
        if any(a.particle in ("을", "를") and a.phrase.kind == "NP" for a in args):
            return None
        if self.form == "adnominal" and clause.head is not None and (described := self._described(role)):
            return described
        if self.form == "adnominal" and clause.head is not None and self._fits(clause.head, role):
            return self._of_kind(clause.head, role)
        if self.form != "adnominal" and clause.head is not None and self._fits(clause.head, role):
            return self._of_kind(clause.head, role)  # 주최하고 주관하는 ○○
        found = [a for a in reversed(args) if a.particle in ("", "도") and a.phrase.kind == "NP" and self._fits(a, role)]
        if found:
            return self._of_kind(found[0], role)
        if (
            self.form == "nominal"
            and clause.predicate.particle in ("로", "으로", "하에", "")
            and clause.next is not None
            and clause.predicate.particle
        ):
            return self._governing_theme(role)
        found = [a for a in (*args, *clause.inherited) if a.particle in TOPIC and self._fits(a, role)]
        if found and (any(a.particle in SUBJECT for a in args) or schema().is_a(role.kind, "Event")):
            return self._of_kind(found[0], role)  # 시상식은 … 개최할 계획이다
        return None

    def _governing_theme(self, role: Role) -> Filler | None:
        """○○ 주최로 열린 포럼, 포럼은 ○○ 주최로 열렸다: the theme is that of the predicate that follows."""
        following = governor(self.clause, lambda head: self._fits(head, role))
        candidates = [a for a in following.args if a.particle in SUBJECT | TOPIC | {"을", "를"} and self._fits(a, role)]
        if following.predicate.ending == "adnominal" and following.head is not None and self._fits(following.head, role):
            candidates = [following.head]
        candidates = candidates or [a for a in following.inherited if self._fits(a, role)]
        return self._of_kind(candidates[0], role) if candidates else None

    def _described(self, role: Role) -> Filler | None:
        """X는 … 설립한 협의체로, …: the noun that the clause modifies only says what the topic is."""
        head, topic = self.clause.head, self.clause.topic
        if topic is None or not self._fits(topic, role):
            return None
        if role.kind == "Event":
            tokens = self.reading.tokens
            last = tokens.words[head.phrase.tokens[-1]] if head.phrase.tokens else ""
            return self._of_kind(topic, role) if last in ("것", "행사", "자리") else None
        after = self.sentence.phrases[head.index + 1 : head.index + 2]
        if head.particle not in ("으로", "로", "") or after and after[0].lemma == "이다" and after[0].ending == "adnominal":
            return None  # 출범한 기구인 ○○기금을: the noun that follows is the one
        if head.head is not None and head.head.certain and head.head.rule in ("gazetteer", "named-before", "defined-by-note"):
            return None
        return self._of_kind(topic, role)

    def _by_particle(self, role: Role, particles: frozenset[str]) -> Filler | None:
        found = [a for a in reversed(self.clause.args) if a.particle in particles and self._fits(a, role)]
        return self._of_kind(found[0], role) if found else None

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
                and (name := bare_name(arg.phrase, self.reading.tokens, self.knowledge)) is not None
            ):
                found.append(name)
                continue
            if not arg.mentions:
                continue
            if arg.particle in ("과 함께", "와 함께", "하고 함께", "과", "와") and any(
                schema().is_a(m.kind, "Agent") for m in arg.mentions
            ):
                if schema().is_a(arg.head.kind, "Country") and not arg.particle.endswith("함께"):
                    continue
                if theme is not None and self._only_invited(arg, theme):
                    continue
                found.extend(m for m in arg.mentions if schema().is_a(m.kind, "Agent"))
        return tuple(found)

    def _only_invited(self, arg: Arg, theme: Filler) -> bool:
        """A meeting with somebody (와), or together with people of many bodies (… 전문가와 함께): they take part and do not host."""
        if self.match.guests is None:
            return False
        lexicon, words = self.knowledge.organizations, words_of(self.reading.tokens, arg.phrase.tokens)
        if words and words[-1].text.removesuffix("들") in lexicon.staff:
            return True  # ○○공단 관계자와 함께
        if theme.things[-1].kind != "Meeting":
            return False
        if arg.owners and arg.mentions == arg.owners[-1].mentions:
            return True  # 10개 사의 개인정보 책임자 등과 함께
        return not arg.particle.endswith("함께") or bool(words) and words[-1].text.removesuffix("들") in lexicon.crowds

    def _place(self, role: Role) -> Filler | None:
        is_a = schema().is_a
        for arg in reversed(self.clause.args):
            if arg.particle not in self.knowledge.syntax.cases["place"] or arg.phrase.kind != "NP":
                continue
            if arg.head is not None and is_a(arg.head.kind, "Event"):
                continue
            places = place_of(arg, self.reading, self.knowledge, bodies=self._hosted_elsewhere())
            places += self._joined_places(arg)
            wanted = [p for p in places if (p.kind == "Venue") == (role.kind == "Venue")]
            if role.kind == "City":
                wanted = [
                    p
                    for p in places
                    if is_a(p.kind, "City") or is_a(p.kind, "Region") or is_a(p.kind, "Country") and len(places) == 1
                ]
            if wanted:
                return Filler(tuple(wanted), arg)
            if places:
                return None
        return None

    def _hosted_elsewhere(self) -> bool:
        """Whether somebody else than a body with 에서 is the doer, or nobody is asked for: ○○부는 ○○협회에서 회의를 열었다."""
        return (
            self.passive
            or self._topical(self.clause.args)
            or any(
                a.particle in SUBJECT | TOPIC | {"?"} and a.head is not None and schema().is_a(a.head.kind, "Agent")
                for a in (*self.clause.args, *self.clause.inherited)
            )
        )

    def _joined_places(self, arg: Arg) -> list[Mention]:
        """The other place of ``A 및 B에서``, ``A와 B에서``."""
        phrases, i = self.sentence.phrases, arg.first_index - 1
        both = i >= 1 and phrases[i].kind == "ADV" and phrases[i].particle == "및"
        if both:
            i -= 1
        elif not (i >= 0 and phrases[i].kind == "NP" and phrases[i].particle in ("과", "와")):
            return []
        if phrases[i].kind != "NP" or not both and any(schema().is_a(m.kind, "Agent") for m in self.sentence.heads[i]):
            return []
        return place_of(Arg(phrases[i], i, "", self.sentence.heads[i]), self.reading, self.knowledge, bodies=both)

    def _time(self, role: Role) -> Filler | None:
        found = day_of(self.clause, role.particles)
        return Filler((found.phrase.value,), found) if found is not None else None

    def _span(self, role: Role) -> Filler | None:
        clause, tokens = self.clause, self.reading.tokens
        before = list((clause.args[0].first_index,)) if clause.args else []
        low = tokens.starts[self.sentence.phrases[before[0]].first] if before else self.sentence.start
        high = tokens.ends[clause.predicate.last]
        kinds = (role.kind, "date") if role.kind == "year" else (role.kind,)
        found = [v for v in self.reading.values_within(low, high) if v.kind in kinds]
        if role.kind == "year":
            found = [v for v in found if v.date is not None and v.date.year]
        found = [v for v in found if tokens.text.count("(", low, v.start) == tokens.text.count(")", low, v.start)] or found
        return Filler((found[-1],)) if found else None

    def _context(self, role: Role) -> Filler | None:
        """The event (or body) that the text is about here; resolved later from where the clause stands."""
        if role.kind == "Organization":
            body = topic_before(self.reading, self.sentence, self.clause, role.kind)
            return Filler((body,)) if body is not None else None
        if role.kind == "Event":
            for arg in self.clause.args:
                if not self.match.needs and arg.particle in ("에", "에는", "에도", "을", "를") and arg.phrase.kind == "NP":
                    if arg.head is not None and schema().is_a(arg.head.kind, "Event"):
                        return self._of_kind(arg, role)
                    if (
                        arg.head is None
                        and arg.phrase.tokens
                        and self.reading.tokens.words[arg.phrase.tokens[-1]] in ("자리", "현장", "행사장")
                    ):
                        continue  # 이 자리에는, 토론회 현장에는 ○○ 관계자가 참석했다
                    return None
            here = [
                a
                for a in reversed((*self.clause.inherited, *self.clause.args))
                if a.particle in ("에서", "에서는", "에", "에는", "은", "는", "이", "가") and self._fits(a, role)
            ]
            if here:
                return self._of_kind(here[0], role)
            if self.form == "adnominal" and self._fits(self.clause.head, role):
                return self._of_kind(self.clause.head, role)  # 환영사를 전한 개막행사
        at = self.reading.tokens.starts[self.clause.predicate.first]
        return Filler((Mention(start=at, end=at, kind=role.kind, name="", rule="context"),))
