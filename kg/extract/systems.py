"""Platforms and services that a text describes: what they offer, in which phase they are, from when and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import last_word
from kg.extract.listed import list_start, parts
from kg.extract.system_names import PHASE, is_kind, systems_in
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, PartialDate, Value
from kg.syntax.arguments import OBJECT, SUBJECT, TOPIC, Arg, Clause

_ABOUT = TOPIC | SUBJECT | {"에서", "에서는", "에는", "의"}
_SAID = SUBJECT | {"도"}
_REACH = 4  # phrases after a system's in which its phase may stand
_NO_PHASE = re.compile(r"\s?(?:인증|방역|경보|격리|등급|평가|로\s나)|.*[~∼-]")
_WORKS = re.compile(r"사업|구축|개발|\d단계|교육|설명회|예약|신청|접수")
_YEAR = re.compile(r"(내년|올해)(?=(?:부터|에)\s)")
_FEATURE = re.compile(r"\s?(?:등\s)?(?:의\s)?기능들?$")


def extract_systems(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of hasFeature, phase, serviceStart and intendedUser."""
    before: Mention | None = None
    for sentence, found in clauses:
        named = systems_in(reading, sentence, knowledge)
        described = _Described(reading, sentence, named, before if not named else None, knowledge)
        for index, system in named.items():
            yield from described.phase(index, system)
        for clause in found:
            if not clause.predicate.negated:
                yield from described.said(clause)
        about = (system for i, system in named.items() if sentence.phrases[i].particle in TOPIC | SUBJECT)
        before = next(about, None)


@dataclass(frozen=True, slots=True)
class _Described:
    """What one sentence says of its systems, or of the one that the sentence before is about."""

    reading: Reading
    sentence: SentenceReading
    named: Mapping[int, Mention]
    before: Mention | None
    knowledge: Knowledge

    def said(self, clause: Clause) -> Iterator[Candidate]:
        """What a clause says: an offer, a definition, a beginning, users."""
        lemma, systems = clause.predicate.lemma, self.knowledge.systems
        about, object_ = self._about(clause), self._named(clause.args, OBJECT)
        if about is not None and clause.predicate.connective != "게":
            yield from self._offers(clause, about)
        if lemma in systems.start and clause.predicate.ending != "nominal":
            yield from self._starts(clause, object_, about)
        if lemma in systems.serve and (system := object_ or about or self._of_before(clause)) is not None:
            yield from self._served(clause, system)
        if lemma in systems.use and object_ is not None and not clause.predicate.past and clause.predicate.ending != "adnominal":
            doers = [a for a in clause.args if a.particle in TOPIC | SUBJECT] or [a for a in (clause.topic,) if a is not None]
            for arg in doers:
                if not any(schema().is_a(m.kind, "Event") for m in arg.mentions):
                    yield from self._users(object_, arg)

    def _named(self, args: Sequence[Arg], particles: frozenset[str]) -> Mention | None:
        """The system of the last argument with one of some particles."""
        return next((self.named[a.index] for a in reversed(args) if a.particle in particles and a.index in self.named), None)

    def _about(self, clause: Clause) -> Mention | None:
        """The system that a clause is about: its topic, subject, place, or what possesses one of these."""
        args = (*clause.inherited, *clause.args, *(owner for a in clause.args for owner in a.owners))
        topic = (clause.topic,) if clause.topic is not None else ()
        return self._named((*topic, *args), _ABOUT)

    def _of_before(self, clause: Clause) -> Mention | None:
        """The system of the sentence before, where a clause has neither a subject nor an object of its own."""
        own = any(a.particle in TOPIC | SUBJECT | OBJECT and a.phrase.kind == "NP" for a in clause.args)
        return None if own else self.before

    def _claim(self, relation: str, system: Mention, object_: Value | str, span: tuple[int, int]) -> Candidate:
        start, end = span
        if self.sentence.start <= system.start and system.end <= self.sentence.end:
            start, end = min(start, system.start), max(end, system.end)
        where = self.sentence.start, self.sentence.end
        return Candidate(
            relation=relation, subject=system, object=object_, rule=f"system.{relation}", start=start, end=end, sentence=where
        )

    def phase(self, index: int, system: Mention) -> Iterator[Candidate]:
        """‘○○망’ 구축은 4단계로 접어들었다; ○○ 플랫폼은 2단계 사업을 추진 중이다."""
        tokens, phrases = self.reading.tokens, self.sentence.phrases
        last = index
        while last + 1 < len(phrases) and last < index + _REACH and phrases[last + 1].kind in ("NP", "ADV", "TIME"):
            last += 1
        end = tokens.ends[phrases[last].last]
        found = [m for m in PHASE.finditer(tokens.text, system.end, end) if not _NO_PHASE.match(tokens.text[m.end() : end])]
        if len({m[1] for m in found}) == 1:
            span = found[0].span()
            value = Value(kind="phase", start=span[0], end=span[1], number=int(found[0][1]))
            yield self._claim("phase", system, value, span)

    def _offers(self, clause: Clause, system: Mention) -> Iterator[Candidate]:
        """… 기능을 제공한다; …가 가능하다; 주요 기능은 …이다; … 지원하는 정보시스템이다; … 위한 상담 플랫폼이다."""
        systems, phrases, lemma = self.knowledge.systems, self.sentence.phrases, clause.predicate.lemma
        last = clause.args[-1] if clause.args else None
        if last is None or last.phrase.kind != "NP" or not last.phrase.tokens or last.index in self.named:
            return
        feature = last_word(self.reading, last.phrase) in ("기능", "기능들")
        main = clause.predicate.ending != "adnominal"
        offered = lemma in systems.offer and not clause.predicate.planned and feature and last.particle in OBJECT | _SAID
        listed = lemma == "이다" and any(
            a.particle in TOPIC | SUBJECT and a.phrase.tokens and last_word(self.reading, a.phrase) == "기능"
            for a in clause.args[:-1]
        )
        if main and (offered or listed or lemma in systems.possible and last.particle in _SAID):
            yield from self._features(system, last)
        if main and lemma == "이다" and is_kind(last_word(self.reading, last.phrase), systems.heads | systems.kinds):
            yield from self._meant_for(system, last)
        following = phrases[clause.index + 1 : clause.index + 3]
        defined = len(following) == 2 and following[0].kind == "NP" and following[1].lemma == "이다" and not following[1].negated
        if main or not defined or not is_kind(last_word(self.reading, following[0]), systems.heads | systems.kinds):
            return
        if lemma in systems.supply and last.particle in OBJECT or lemma in systems.possible and last.particle in _SAID:
            yield from self._features(system, last)
        elif lemma in systems.use and last.particle in SUBJECT:
            yield from self._users(system, last)

    def _meant_for(self, system: Mention, noun: Arg) -> Iterator[Candidate]:
        """‘○○’은 소상공인을 위한 상담 플랫폼이다; not 안전을 위한."""
        phrases, tokens = self.sentence.phrases, self.reading.tokens
        if noun.modifier is None or noun.first_index < 2 or phrases[noun.first_index - 1].lemma != "위하다":
            return
        whom = phrases[noun.first_index - 2]
        if whom.tokens and not is_kind(last_word(self.reading, whom), self.knowledge.systems.no_users):
            start, end = tokens.starts[noun.modifier], tokens.ends[whom.tokens[-1]]
            yield self._claim("intendedUser", system, tokens.text[start:end], (start, end))

    def _features(self, system: Mention, last: Arg) -> Iterator[Candidate]:
        """Each thing of the list that an argument ends, without the word 기능."""
        stop = max((i + 1 for i in self.named if i < last.index), default=0)
        while stop < last.index and self.sentence.phrases[stop].particle in TOPIC:
            stop += 1
        first = list_start(self.sentence, last.index, stop)
        for start, end in parts(self.reading, self.sentence, first, last.index):
            words = _FEATURE.sub("", self.reading.tokens.text[start:end]).strip()
            if 2 <= len(words) <= 80 and words not in self.knowledge.systems.vague:
                yield self._claim("hasFeature", system, " ".join(words.split()), (start, start + len(words)))

    def _starts(self, clause: Clause, object_: Mention | None, about: Mention | None) -> Iterator[Candidate]:
        """‘○○’ 서비스는 오는 4월 1일부터 시작된다; 내년부터 모든 기관에 서비스할 계획이다."""
        system = object_ or (about if not any(a.particle in OBJECT for a in clause.args) else None)
        if system is None and clause.predicate.lemma in self.knowledge.systems.opened:
            system = self._of_before(clause)
        when = self._when(clause)
        if system is None or when is None or clause.predicate.connective in ("기", "도록", "면"):
            return
        phrase = next((self.sentence.phrases[i] for i, s in self.named.items() if s is system), None)
        if phrase is not None and _WORKS.search(self.reading.tokens.text, system.end, self.reading.tokens.ends[phrase.last]):
            return
        whole = when.date is not None and when.date.day is not None or self.reading.tokens.text.startswith("부터", when.end)
        if clause.predicate.lemma in self.knowledge.systems.unsure and not whole:
            return
        stated = str(when.date).split("-??")[0] if when.date is not None and when.date.year else when
        yield self._claim("serviceStart", system, stated, (when.start, self.reading.tokens.ends[clause.predicate.last]))

    def _when(self, clause: Clause) -> Value | None:
        """The day, month or year from which a clause holds; what is relative is resolved with the article's day."""
        tokens, first = self.reading.tokens, min((a.first_index for a in clause.args), default=clause.index)
        low, high = tokens.starts[self.sentence.phrases[first].first], tokens.starts[clause.predicate.first]
        values = [
            v
            for v in self.reading.values_within(low, high)
            if v.kind in ("date", "year")
            and tokens.text.count("(", low, v.start) == tokens.text.count(")", low, v.start)
            and not tokens.text.startswith(("까지", " 까지"), v.end)
        ]
        if len(values) != 1:
            values = [v for v in values if tokens.text.startswith("부터", v.end)]
        if not values and (word := _YEAR.search(tokens.text, low, high + 1)) is not None:
            return Value(kind="date", start=word.start(), end=word.end(), hint=word[1], date=PartialDate())
        return values[0] if values else None

    def _served(self, clause: Clause, system: Mention) -> Iterator[Candidate]:
        """○○를 대상으로 제공하다; ○○에 서비스하다."""
        reach = clause.predicate.lemma in self.knowledge.systems.reaching
        for arg in clause.args:
            near = arg is clause.args[-1] and arg.particle in ("에", "에게") and reach and arg.phrase.kind == "NP"
            if arg.particle.startswith(("을 대상", "를 대상")) or near:
                yield from self._users(system, arg)

    def _users(self, system: Mention, arg: Arg) -> Iterator[Candidate]:
        """Who is to use a system, in the words of an argument with those that possess it."""
        tokens, phrase = self.reading.tokens, arg.phrase
        if not phrase.tokens:
            return
        start, end = tokens.starts[self.sentence.phrases[arg.first_index].first], tokens.ends[phrase.tokens[-1]]
        words = re.sub(r"\s등$", "", tokens.text[start:end])
        if 2 <= len(words) <= 50 and not start <= system.start < end and words not in self.knowledge.systems.anybody:
            yield self._claim("intendedUser", system, words, (start, start + len(words)))
