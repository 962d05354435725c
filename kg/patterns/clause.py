"""Patterns over clauses: verbs with the roles of their arguments, by cases, passive pairs, adnominal gaps, nominal predicates, shared arguments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.analyze.names.words import words_of
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.completion import complete
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns import Pattern
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, Origin, Rejection
from kg.patterns.fillers import Filler, plain
from kg.patterns.guards import Found, refused
from kg.patterns.roles import Roles
from kg.patterns.zero import partners_alone
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, Clause
from kg.syntax.clauses import read_clauses
from kg.syntax.tense import tense_of

# Nouns that an adnominal clause only talks about: 개최하는 방안, 개최할 경우.
_UNREAL_HEADS = frozenset(
    "방안 경우 여부 필요 필요성 가능성 계획 방침 제안 의견 요청 구상 대로 후 뒤 이후 전 이전 때 시 예정".split()
)
_REAL_HEADS = frozenset({"후", "뒤", "이후", "때", "가운데", "데", "자리", "것", "바"})


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
        for lemma in pattern.match.active | pattern.match.passive if pattern.over == "clause" else ():
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

    def claims(self) -> Iterator[Candidate | Rejection]:
        match, clause, pattern = self.match, self.clause, self.pattern
        if self.form not in match.forms:
            return
        tokens = self.reading.tokens
        if match.without and any(
            word in tokens.text[self.sentence.start : tokens.ends[clause.predicate.last]] for word in match.without
        ):
            return
        if match.needs and not self._needed():
            return
        if match.tense is not None and (clause.predicate.negated or tense_of(clause) != match.tense):
            return
        if match.negated and not self._called_off() or match.under and not self._governed():
            return
        if "event" in match.roles:
            yield from self._of_event()
            return
        if match.shared and (pairs := self._gapped()):
            yield from pairs
            return
        subject = self._fill(match.roles["subject"])
        joint = subject is None and "alone" in match.unspoken and self.form == "active"
        if joint and (partners := partners_alone(clause)):
            subject = Filler(partners)
        if subject is None:
            return
        object_ = self._fill(match.roles["object"], taken=subject)
        if object_ is None:
            return
        if self._refused(subject=subject, object=object_):
            return
        subjects, relation = subject.things, self.relation
        if match.roles["subject"].case == "agent" and pattern.joint and not self.passive:
            partners = self._partners(subject, object_)
            subjects = tuple(dict.fromkeys((*subjects, *partners)))
        if pattern.joint and (joint or len(subjects) > 1):
            relation = pattern.joint
        if match.shared and len(subjects) > 1:
            return (yield from self._each_its_own(subjects, object_))
        status, why = self._status()
        start, end = self._evidence(subject, object_)
        if why:
            yield Rejection(rule=pattern.id, reason=why, start=start, end=end)
            return
        yield from self._counterparts(subject, object_, start, end, status)
        if self._meets(subject, object_):
            relation = self.match.guests
        for s in subjects:
            for o in object_.things:
                if isinstance(o, Mention) and (s.start, s.end) == (o.start, o.end):
                    continue
                yield Candidate(
                    relation=relation,
                    subject=s,
                    object=plain(o),
                    rule=pattern.id,
                    origin=Origin.CLAUSE,
                    flags=pattern.flags,
                    start=min(start, s.start) if s.name else start,
                    end=max(end, s.end) if s.name and s.end - start < 400 else end,
                    sentence=(self.sentence.start, self.sentence.end),
                    status=status,
                )

    def _refused(self, **roles: Filler) -> bool:
        """Whether a guard of the pattern stands against what it found."""
        if not self.pattern.unless:
            return False
        things = {name: filler.things[-1] for name, filler in roles.items()}
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
        start, end = self._evidence(event, event)
        for emission in self.pattern.emit:
            yield Candidate(
                relation=emission.relation,
                subject=event.things[-1],
                object=emission.words,
                rule=self.pattern.id,
                origin=Origin.CLAUSE,
                flags=self.pattern.flags,
                start=start,
                end=end,
                sentence=(self.sentence.start, self.sentence.end),
                status=self.pattern.status,
            )

    def _gapped(self) -> list[Candidate]:
        """경찰청은 성과를, 소비자원은 사례를 발표했다; 대상은 A 팀이, 금상은 B 팀이 받았다: each topic with what stands after it."""
        pairs = [pair for a, b in zip(self.clause.args, self.clause.args[1:]) if (pair := self._pair(a, b)) is not None]
        if len(pairs) < 2:
            return []
        status, _ = self._status()
        return [
            Candidate(
                relation=self.relation,
                subject=s,
                object=o,
                rule=self.pattern.id,
                origin=Origin.CLAUSE,
                flags=self.pattern.flags,
                start=min(s.start, o.start),
                end=max(s.end, o.end),
                sentence=(self.sentence.start, self.sentence.end),
                status=status,
            )
            for subjects, objects in pairs
            for s in subjects.things
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

    def _counterparts(self, subject: Filler, object_: Filler, start: int, end: int, status: str) -> Iterator[Candidate]:
        """A는 B와 간담회를 열었다: B is a guest."""
        if self.match.guests is None:
            return
        for arg in self.clause.args:
            if arg is not subject.arg and arg.particle in ("과", "와", "과 함께", "와 함께") and self._only_invited(arg, object_):
                for mention in arg.mentions:
                    if schema().is_a(mention.kind, "Agent"):
                        yield Candidate(
                            relation=self.match.guests,
                            subject=mention,
                            object=object_.things[-1],
                            rule=f"{self.pattern.id}.with",
                            origin=Origin.CLAUSE,
                            start=start,
                            end=end,
                            sentence=(self.sentence.start, self.sentence.end),
                            status=status,
                        )

    def _each_its_own(self, subjects: Sequence[Mention], object_: Filler) -> Iterator[Candidate]:
        """핀란드, 칠레의 우수사례 발표: a case of each."""
        case = object_.things[-1]
        start, end = self._evidence(Filler(tuple(subjects)), object_)
        for subject in subjects:
            own = Mention(
                start=subject.start,
                end=subject.end,
                kind=case.kind,
                name=f"{subject.known or subject.name}의 {case.name}",
                rule="shared-case",
            )
            yield Candidate(
                relation=self.relation,
                subject=subject,
                object=own,
                rule=self.pattern.id,
                origin=Origin.CLAUSE,
                flags=self.pattern.flags,
                start=start,
                end=end,
                sentence=(self.sentence.start, self.sentence.end),
                status=self._status()[0],
            )

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
        predicate, clause = self.clause.predicate, self.clause
        if predicate.negated:
            return "denied", None
        following = clause.next.predicate if clause.next is not None else None
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
        if predicate.ending == "adnominal" and clause.head is not None and clause.head.head is None:
            word = (
                self.reading.tokens.surface(clause.head.phrase.tokens[-1], clause.head.phrase.tokens[-1])
                if clause.head.phrase.tokens
                else ""
            )
            first = self.reading.tokens.words[clause.head.phrase.tokens[0]] if clause.head.phrase.tokens else ""
            if word in _UNREAL_HEADS - _REAL_HEADS and first != "가운데":  # 참석한 가운데 [협력 방안을 논의했다]
                return "asserted", f"only a {word} of it"
        if predicate.connective in ("ᆯ지", "을지", "ᆫ지", "는지", "은지"):
            return "asserted", "an open question"
        if (
            predicate.connective in ("면", "으면", "려면", "어야", "아야", "도록", "려고", "고자", "려")
            and predicate.ending == "connective"
        ):
            return "asserted", "a condition or purpose"
        if predicate.ending == "nominal" and predicate.connective == "기" and "기로" not in predicate.auxiliaries:
            return "asserted", "a purpose"
        if (
            predicate.connective in ("자고", "라고", "으라고")
            and predicate.ending == "reported"
            and predicate.lemma != "이다"
            and not {"예정", "계획", "방침"} & set(predicate.auxiliaries)
        ):  # 열 예정이라고 밝혔다 proposes nothing
            return "asserted", "only proposed"
        if predicate.planned:
            return "planned", None
        return "asserted", None

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
                start = tokens.starts[arg.modifier]
                if 0 < arg.head.start - start <= 60:
                    found[arg.head.start, arg.head.end] = tokens.text[start : arg.head.end]
    return found
