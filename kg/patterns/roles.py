"""Who and what fills the roles of a pattern in a clause: by case, by gap, by what a clause inherits, by the text around it."""

from __future__ import annotations

import re

from kg.extract.whereabouts import place_of
from kg.knowledge.patterns.clause import Role
from kg.knowledge.schema import schema
from kg.knowledge.signs import signs
from kg.model import Mention
from kg.patterns.counts import counted, occasion_of
from kg.patterns.days import day_of, says_day
from kg.patterns.doers import Doers
from kg.patterns.fillers import Filler
from kg.patterns.zero import topic_before
from kg.syntax.aims import aim_before
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, apart, governor

# Behind a day that is an end: 9일(월) 17시까지 접수를 진행한다.
_UNTIL_HOUR = re.compile(r"(?:\([^()]*\))?\s?(?:오전|오후)?\s?\d{1,2}시(?:\s?\d{1,2}분)?까지")


class Roles(Doers):
    """One pattern on one clause: the fillers of its roles."""

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
            case _:
                return self._context(role)

    @property
    def _counting(self) -> frozenset[str]:
        """The particles with which the pattern's count stands."""
        return next((role.particles for role in self.match.roles.values() if role.case == "count"), frozenset())

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
        if head is None or topic is None or not self._fits(topic, role):
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

    def _place(self, role: Role) -> Filler | None:
        is_a = schema().is_a
        for arg in reversed(self.clause.args):
            if arg.particle not in self.knowledge.syntax.cases["place"] or arg.phrase.kind != "NP":
                continue
            if arg.head is not None and (is_a(arg.head.kind, "Event") or self._speaks(arg)):
                continue
            if len(arg.mentions) > 1 and self._words(arg).endswith(" 등") and self._counted_after(arg):
                return None  # ○○원, ○○테크노파크 등에서 80여 명이 참석했다: who came from where
            places = place_of(arg, self.reading, self.knowledge, bodies=self._hosted_elsewhere())
            joined = self._joined_places(arg)
            if (joined or arg.first_index < arg.index) and apart(self.sentence, self.clause):
                return None  # 서울과 부산에서 각각
            places += joined
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

    def _counted_after(self, arg: Arg) -> bool:
        """Whether people are counted between an argument and the predicate."""
        starts, ends = self.reading.tokens.starts, self.reading.tokens.ends
        values = self.reading.values_in(ends[arg.phrase.last], starts[self.clause.predicate.first])
        return any(v.kind == "people" for v in values)

    def _speaks(self, arg: Arg) -> bool:
        """Whether a body with 에서는 is the one that is spoken of, and no place: ○○청에서는 15명이 참석했다."""
        head = arg.head
        return (
            not self.passive
            and arg.particle == "에서는"
            and head is not None
            and schema().is_a(head.kind, "Organization")
            and not any(schema().is_a(m.kind, "Place") for m in arg.mentions)
        )

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
        if sum(map(says_day, self.clause.args)) > 1 and apart(self.sentence, self.clause):
            return None
        found = day_of(self.clause, role.particles)
        value = found.phrase.value if found is not None else None
        if value is None or _UNTIL_HOUR.match(self.reading.tokens.text, value.end):
            return None
        return Filler((value,), found)

    def _span(self, role: Role) -> Filler | None:
        clause, tokens = self.clause, self.reading.tokens
        before = [clause.args[0].first_index] if clause.args else []
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
            head = self.clause.head
            if self.form == "adnominal" and head is not None and self._fits(head, role):
                return self._of_kind(head, role)  # 환영사를 전한 개막행사
            if any(a.particle in TOPIC and self._words(a).split(" ")[-1] in signs().undertakings for a in self.clause.args):
                return None  # 이 사업은 54개 기업이 참여하여 운영했다
        at = self.reading.tokens.starts[self.clause.predicate.first]
        return Filler((Mention(start=at, end=at, kind=role.kind, name="", rule="context"),))
