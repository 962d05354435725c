"""Patterns over clauses: verbs with the roles of their arguments, by cases, passive pairs, adnominal gaps, nominal predicates, shared arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from kg.analyze.names.words import words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.completion import complete
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns import Pattern
from kg.knowledge.patterns.clause import Match
from kg.knowledge.schema import schema
from kg.knowledge.signs import signs
from kg.model import Candidate, Mention, Origin, Rejection, Value
from kg.patterns.fillers import Filler, plain
from kg.patterns.guards import refused
from kg.patterns.matches import Found
from kg.patterns.roles import Roles
from kg.patterns.zero import partners_alone
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, Clause
from kg.syntax.clauses import read_clauses
from kg.syntax.tense import tense_of


def match_clauses(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate | Rejection]:
    """Candidates of every pattern over every clause."""
    by_lemma = _by_lemma(knowledge.patterns)
    for sentence, found in clauses:
        for clause in found:
            for pattern in by_lemma.get(clause.predicate.lemma, ()):
                yield from _Interpreter(reading, sentence, clause, pattern, knowledge).claims()


@lru_cache(maxsize=4)
def _by_lemma(patterns: tuple[Pattern, ...]) -> dict[str, tuple[Pattern, ...]]:
    """The patterns over clauses by the predicates that they ask for."""
    found: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        match = pattern.match
        for lemma in match.active | match.passive if isinstance(match, Match) else ():
            found.setdefault(lemma, []).append(pattern)
    return {lemma: tuple(asking) for lemma, asking in found.items()}


def all_clauses(reading: Reading, knowledge: Knowledge) -> list[tuple[SentenceReading, list[Clause]]]:
    """The clauses of every sentence."""
    return [
        (sentence, complete(sentence, read_clauses(sentence, reading.tokens, knowledge), reading, knowledge))
        for sentence in reading.sentences
    ]


class _Interpreter(Roles):
    """One pattern on one clause: what it says."""

    def claims(self) -> Iterable[Candidate | Rejection]:
        if not self._applies():
            return ()
        if "event" in self.match.roles:
            return self._of_event()
        return self.match.shared and self._gapped() or self._of_roles()

    def _applies(self) -> bool:
        """Whether the clause has the form, the words, the time and the governor that the pattern asks for."""
        match, clause, tokens = self.match, self.clause, self.reading.tokens
        if self.form not in match.forms:
            return False
        words = tokens.text[self.sentence.start : tokens.ends[clause.predicate.last]]
        if any(word in words for word in match.without) or match.needs and not self._needed():
            return False
        if match.tense is not None and (clause.predicate.negated or tense_of(clause) != match.tense):
            return False
        return (not match.negated or self._called_off()) and (not match.under or self._governed())

    def _of_roles(self) -> Iterator[Candidate | Rejection]:
        """What the clause says of its subject and object, each with each, and of those who are with them."""
        match, pattern = self.match, self.pattern
        subject, alone = self._subject()
        object_ = self._fill(match.roles["object"], taken=subject) if subject is not None else None
        if subject is None or object_ is None or self._refused(subject=subject, object=object_):
            return
        subjects, relation = subject.mentions, self.relation
        if match.roles["subject"].case == "agent" and pattern.joint and not self.passive:
            subjects = tuple(dict.fromkeys((*subjects, *self._partners(subject, object_))))
        if pattern.joint and (alone or len(subjects) > 1):
            relation = pattern.joint
        if match.shared and len(subjects) > 1:
            yield from self._each_its_own(subjects, object_)
            return
        status, why = self._status()
        start, end = self._evidence(subject, object_)
        if why:
            yield Rejection(rule=pattern.id, reason=why, start=start, end=end)
            return
        yield from self._counterparts(subject, object_, (start, end), status)
        if match.guests is not None and self._meets(subject, object_):
            relation = match.guests
        for s in subjects:
            span = (min(start, s.start), max(end, s.end) if s.end - start < 400 else end) if s.name else (start, end)
            for o in object_.things:
                if not isinstance(o, Mention) or (s.start, s.end) != (o.start, o.end):
                    yield self._says(s, plain(o), span, relation=relation, status=status)

    def _subject(self) -> tuple[Filler | None, bool]:
        """The subject of the clause, and whether only partners are told of, who act together (A와 B가 함께)."""
        subject = self._fill(self.match.roles["subject"])
        if subject is not None or "alone" not in self.match.unspoken or self.form != "active":
            return subject, False
        partners = partners_alone(self.clause)
        return (Filler(partners) if partners else None), True

    def _says(self, subject: Mention, object_: Mention | Value | str, span: tuple[int, int], **more: Any) -> Candidate:
        """A candidate of this pattern, with what is not as the pattern has it."""
        said: dict[str, Any] = {"relation": self.relation, "rule": self.pattern.id, "flags": self.pattern.flags, **more}
        said |= {"start": span[0], "end": span[1], "sentence": (self.sentence.start, self.sentence.end)}
        return Candidate(subject=subject, object=object_, origin=Origin.CLAUSE, **said)

    def _refused(self, **roles: Filler) -> bool:
        """Whether a guard of the pattern stands against what it found."""
        if not self.pattern.unless:
            return False
        things: dict[str, Any] = {name: filler.things[-1] for name, filler in roles.items()}
        return refused(self.pattern, Found(self.reading, self.sentence, self.clause, things, self.knowledge))

    def _called_off(self) -> bool:
        """열지 않는다, 열지 않기로 했다: denied of what is to come."""
        predicate = self.clause.predicate
        told = "기로" in predicate.auxiliaries or not predicate.past and predicate.ending == "final"
        return predicate.negated and told and predicate.ending in ("final", "connective", "reported")

    def _governed(self) -> bool:
        """개최가 무산되다, 개최를 앞두다: whether the act is the argument of one of the verbs that may govern it."""
        predicate, following = self.clause.predicate, self.clause.next
        if (
            following is None
            or predicate.ending != "nominal"
            or predicate.particle not in ("을", "를", "이", "가", "은", "는", "")
        ):
            return False
        return following.predicate.lemma in self.match.under and not following.predicate.negated

    def _of_event(self) -> Iterator[Candidate]:
        """What the clause says of its event alone."""
        event = self._fill(self.match.roles["event"]) if self.match.negated or not self.clause.predicate.negated else None
        if event is None or not self.match.under and self._status()[1] or self._refused(event=event):
            return
        for emission in self.pattern.emit:
            yield self._says(
                event.mentions[-1],
                emission.words or "",
                self._evidence(event, event),
                relation=emission.relation,
                status=self.pattern.status,
            )

    def _gapped(self) -> list[Candidate]:
        """경찰청은 성과를, 소비자원은 사례를 발표했다; 대상은 A 팀이, 금상은 B 팀이 받았다: each topic with what stands after it."""
        pairs = [pair for a, b in zip(self.clause.args, self.clause.args[1:]) if (pair := self._pair(a, b)) is not None]
        if len(pairs) < 2:
            return []
        status, _ = self._status()
        return [
            self._says(s, o, (min(s.start, o.start), max(s.end, o.end)), status=status)
            for subjects, objects in pairs
            for s in subjects.mentions
            for o in objects.things[-1:]
        ]

    def _pair(self, a: Arg, b: Arg) -> tuple[Filler, Filler] | None:
        """Subject and object of two arguments side by side that are a topic and what is said of it."""
        subject, object_ = self.match.roles["subject"], self.match.roles["object"]
        if a.particle in TOPIC | SUBJECT and b.particle in ("을", "를") and self._fits(a, subject) and self._fits(b, object_):
            return self._of_kind(a, subject), self._of_kind(b, object_)
        if a.particle in TOPIC and b.particle in SUBJECT and self._fits(a, object_) and self._fits(b, subject):
            return self._of_kind(b, subject), self._of_kind(a, object_)
        return None

    def _meets(self, subject: Filler, object_: Filler) -> bool:
        """Whether people have a talk with others (장관은 B와 간담회를 가졌다): they take part, as do those they meet."""
        return (
            self.match.guests is not None
            and object_.things[-1].kind == "Meeting"
            and self.clause.predicate.lemma in ("갖다", "가지다")
            and all(m.kind == "Person" for m in subject.things)
            and any(a is not subject.arg and a.phrase.kind == "NP" and a.particle in ("과", "와") for a in self.clause.args)
        )

    def _counterparts(self, subject: Filler, object_: Filler, span: tuple[int, int], status: str) -> Iterator[Candidate]:
        """A는 B와 간담회를 열었다: B is a guest."""
        if self.match.guests is None:
            return
        more = {"relation": self.match.guests, "rule": f"{self.pattern.id}.with", "flags": (), "status": status}
        for arg in self.clause.args:
            if arg is not subject.arg and arg.particle in ("과", "와", "과 함께", "와 함께") and self._only_invited(arg, object_):
                for mention in arg.mentions:
                    if schema().is_a(mention.kind, "Agent"):
                        yield self._says(mention, object_.things[-1], span, **more)

    def _each_its_own(self, subjects: Sequence[Mention], object_: Filler) -> Iterator[Candidate]:
        """핀란드, 칠레의 우수사례 발표: a case of each."""
        case = object_.mentions[-1]
        span, status = self._evidence(Filler(tuple(subjects)), object_), self._status()[0]
        for subject in subjects:
            name = f"{subject.known or subject.name}의 {case.name}"
            own = Mention(start=subject.start, end=subject.end, kind=case.kind, name=name, rule="shared-case")
            yield self._says(subject, own, span, status=status)

    def _needed(self) -> bool:
        """Whether one of the words that the pattern needs ends an argument of the clause."""
        tokens = self.reading.tokens
        for arg in self.clause.args:
            if arg.phrase.kind == "NP" and arg.phrase.tokens:
                words = words_of(tokens, arg.phrase.tokens)
                if words[-1].text in self.match.needs or tokens.words[words[-1].last] in self.match.needs:
                    return True
        return False

    # -- what the clause claims

    def _status(self) -> tuple[str, str | None]:
        """Whether what the clause says is denied, called off, planned or asserted, and why it is not said at all."""
        predicate = self.clause.predicate
        if predicate.negated:
            return "denied", None
        following = self.clause.next.predicate if self.clause.next is not None else None
        stem = following.lemma[:-2] if following is not None else ""
        if predicate.ending == "nominal" and predicate.particle in ("을", "를") and stem in self.knowledge.syntax.irrealis:
            return "asserted", f"only {stem} of it"
        if (
            following is not None
            and following.lemma in self.knowledge.syntax.cancelled
            and predicate.ending in ("nominal", "adnominal")
            and predicate.particle[:1] in ("을", "를", "이", "가", "")
        ):
            return "cancelled", None
        why = self._talked_about() or _only_meant(predicate)
        return "asserted" if why or not predicate.planned else "planned", why

    def _talked_about(self) -> str | None:
        """Why an adnominal clause says nothing: its head is a plan, a case, a time (개최할 경우)."""
        head = self.clause.head
        if self.clause.predicate.ending != "adnominal" or head is None or head.head is not None or not head.phrase.tokens:
            return None
        tokens, words = head.phrase.tokens, self.reading.tokens.words
        unreal = words[tokens[-1]] in signs().unreal_heads - signs().real_heads and words[tokens[0]] != "가운데"
        return f"only a {words[tokens[-1]]} of it" if unreal else None  # 참석한 가운데 [협력 방안을 논의했다]

    def _evidence(self, subject: Filler, object_: Filler) -> tuple[int, int]:
        tokens = self.reading.tokens
        start, end = tokens.starts[self.clause.predicate.first], tokens.ends[self.clause.predicate.last]
        for filler in (subject, object_):
            for thing in filler.things:
                if isinstance(thing, Mention) and not thing.name:
                    continue
                if self.sentence.start <= thing.start and thing.end <= self.sentence.end:
                    start, end = min(start, thing.start), max(end, thing.end)
        return start, end


def lengthened_events(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]]
) -> dict[tuple[int, int], str]:
    """Event mentions with what modifies them in front (중소기업의 정보보호를 위한 업무협약), by their offsets."""
    tokens, found = reading.tokens, {}
    for _, clauses_ in clauses:
        for clause in clauses_:
            for arg in (*clause.args, *((clause.head,) if clause.head else ())):
                if arg.modifier is None or arg.head is None or not schema().is_a(arg.head.kind, "Event"):
                    continue
                if arg.relative is not None and any(a.phrase.kind == "TIME" for a in arg.relative.args):
                    continue  # 9.21. 서면으로 진행한 업무협약식: when it was
                start = tokens.starts[arg.modifier]
                if 0 < arg.head.start - start <= 60:
                    found[arg.head.start, arg.head.end] = tokens.text[start : arg.head.end]
    return found


def _only_meant(predicate: Phrase) -> str | None:
    """Why a predicate by its ending says nothing of what happens; 열 예정이라고 밝혔다 proposes nothing."""
    ending, connective = predicate.ending, predicate.connective
    if connective in ("ᆯ지", "을지", "ᆫ지", "는지", "은지"):
        return "an open question"
    if ending == "connective" and connective in ("면", "으면", "려면", "어야", "아야", "도록", "려고", "고자", "려"):
        return "a condition or purpose"
    if ending == "nominal" and connective == "기" and "기로" not in predicate.auxiliaries:
        return "a purpose"
    if ending == "reported" and connective in ("자고", "라고", "으라고") and predicate.lemma != "이다":
        return None if {"예정", "계획", "방침"} & set(predicate.auxiliaries) else "only proposed"
    return None
