"""Clauses from phrases: each predicate with its arguments, read from left to right with a stack.

Korean is head-final, so a predicate's arguments stand before it. An adnominal clause takes what stands nearest and leaves the topic to
the main clause; its missing argument is the noun that follows (인사처가 주관한 토론회). A chained clause (-고, -며) shares its topic and
subject with the next. Verbs that work like particles (를 위한, 에 대한) only lengthen the name of the noun that follows.
"""

from __future__ import annotations

from dataclasses import replace

from kg.analyze.names.events import dates_before
from kg.analyze.phrases import Phrase
from kg.analyze.reading import SentenceReading
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.syntax.arguments import JOIN, OBJECT, SUBJECT, TOPIC, WITH, Arg, Clause, is_agent
from kg.syntax.chains import chain
from kg.syntax.coordination import Lists
from kg.syntax.nearest import Nearest

_BESIDES = WITH | {"하고"}


def read_clauses(sentence: SentenceReading, tokens: Tokens, knowledge: Knowledge) -> list[Clause]:
    """The clauses of a sentence in the order of their predicates."""
    return _Reader(sentence, tokens, knowledge).read()


class _Reader:
    """State of one left-to-right pass: the stack of arguments that wait for their predicate."""

    def __init__(self, sentence: SentenceReading, tokens: Tokens, knowledge: Knowledge) -> None:
        self.tokens = tokens
        self.phrases = sentence.phrases
        self.heads = sentence.heads
        self.knowledge = knowledge
        self.lists = Lists(tokens, knowledge)
        self.nearest = Nearest(sentence, tokens, knowledge, self.lists)
        self.stack: list[Arg] = []
        self.carry: list[Arg] = []
        self.clauses: list[Clause] = []
        self.waiting: list[Clause] = []  # adnominal clauses whose head noun is still to come
        self.modifier: int | None = None
        self.quotes: list[Phrase] = []

    def read(self) -> list[Clause]:
        for index, phrase in enumerate(self.phrases):
            if phrase.kind == "TIME":
                self._time(index, phrase)
            elif phrase.kind == "NP":
                self._noun(index, phrase)
            elif phrase.kind == "PRED":
                self._predicate(index, phrase)
            elif phrase.kind == "QUOTE":
                self.quotes.append(phrase)
            elif phrase.kind == "ADV" and self.stack:
                self._adverb(phrase.particle, self.stack[-1])
        if self.stack and not (self.clauses and self.clauses[-1].index == len(self.phrases) - 1):
            self._leftover()
        for before, after in zip(self.clauses, self.clauses[1:]):
            before.next = after
        return self.clauses

    def _leftover(self) -> None:
        """Arguments without a predicate (headlines): a clause without a lemma."""
        last = self.stack[-1].phrase
        predicate = Phrase("PRED", last.last, last.last, lemma="", ending="final")
        self.clauses.append(Clause(predicate, len(self.phrases), chain(self.stack, self.lists)))

    def _adverb(self, word: str, before: Arg) -> None:
        """What a word between says of the argument before it: A와 함께; A와 달리 (no partner); A 및 B."""
        if word in self.knowledge.syntax.together and before.particle in _BESIDES:
            before.particle += " 함께"
        elif word in ("달리", "같이", "마찬가지로") and before.particle in WITH:
            self.stack.pop()
        elif not before.particle and (word in ("및", "또는") or word == "그리고" and is_agent(before.head)):
            before.particle = "및"

    def _time(self, index: int, phrase: Phrase) -> None:
        following = self.phrases[index + 1] if index + 1 < len(self.phrases) else None
        if following is None or following.kind != "NP" or not dates_before(following, self.tokens, self.knowledge):
            self.stack.append(Arg(phrase, index, phrase.particle, (), first_index=index))

    def _noun(self, index: int, phrase: Phrase) -> None:
        if self._together(index, phrase):
            return
        mentions = self.heads[index]
        arg = Arg(phrase, index, phrase.particle, mentions, first_index=index, modifier=self.modifier)
        self.modifier = None
        if (
            len(phrase.tokens) > 1
            and phrase.particle in ("으로", "")
            and mentions
            and all(map(is_agent, mentions))
            and self.tokens.words[phrase.tokens[-1]] in ("합동", "공동")
        ):
            arg.particle = "와 함께"  # ○○부·△△부 합동으로 [회의를 개최했다]
        if self.waiting:
            for clause in self.waiting:
                clause.head = arg
            arg.relative = self.waiting[-1]
            self.waiting = []
        elif (joined := self._joint_head(arg)) is not None and joined.head is not None:
            joined.head = replace(joined.head, mentions=joined.head.mentions + arg.mentions)
        self.stack.append(arg)

    def _together(self, index: int, phrase: Phrase) -> bool:
        """Whether a noun only says how the argument before it takes part (A와 공동으로); and 기업을 대상으로, which is no object."""
        if phrase.particle not in ("으로", "로", "") or not phrase.tokens or not self.stack:
            return False
        before, together = self.stack[-1], self.knowledge.syntax.together
        if len(phrase.tokens) == 1 and before.particle in _BESIDES:
            word = self.tokens.words[phrase.tokens[0]]
            if word + phrase.particle in together or word in together:
                before.particle += " 함께"
                return True
        aim = self.tokens.surface(phrase.tokens[0], phrase.tokens[-1])
        if before.index == index - 1 and before.particle in OBJECT and aim in self.knowledge.syntax.aims:
            before.particle += f" {aim}{phrase.particle}"  # 기업을 대상으로 [개최하는 설명회]
        return False

    def _joint_head(self, arg: Arg) -> Clause | None:
        """The clause of signing whose head an argument goes on: 협약을 맺은 [A와 B는]."""
        if not self.stack or arg.particle not in SUBJECT | TOPIC or not is_agent(arg.head):
            return None
        before = self.stack[-1]
        if before.relative is None or before.index != arg.index - 1 or before.particle not in WITH or not is_agent(before.head):
            return None
        signed = before.relative.predicate.lemma in self.knowledge.verbs["sign"].active
        return before.relative if signed else None

    def _predicate(self, index: int, phrase: Phrase) -> None:
        before = self.stack[-1] if self.stack and self.stack[-1].index == index - 1 else None
        if self._like_particle(phrase, before) or index and self._like_postposition(phrase, before, self.phrases[index - 1]):
            return
        if phrase.ending == "adnominal":
            self._adnominal(index, phrase)
        elif phrase.ending == "nominal" and phrase.connective in ("기", "음", "ᆷ", "") or self._under(phrase, index):
            self._embedded(index, phrase)
        else:
            self._main(index, phrase)

    def _under(self, phrase: Phrase, index: int) -> bool:
        return self.nearest.under(phrase, index, self.stack)

    def _like_particle(self, phrase: Phrase, before: Arg | None) -> bool:
        """Whether a predicate only gives a case to what stands before it: A와 손잡고, A를 비롯해 B가, A를 대표로 하여, A에 의해."""
        chained, last = phrase.ending == "connective", self.stack[-1] if self.stack else None
        if last is None:
            return False
        if chained and phrase.lemma in self.knowledge.verbs["join_hands"].active and last.particle in _BESIDES:
            last.particle += " 함께"
            return True
        if chained and phrase.lemma in ("의하다", "의거하다") and last.particle == "에":
            last.particle = "에 의해"
            return True
        if before is None:
            return False
        if phrase.lemma in ("비롯하다", "포함하다") and phrase.ending in ("connective", "adnominal"):
            if before.particle in OBJECT and is_agent(before.head):
                before.particle = ","
                return True
        return (
            chained
            and phrase.lemma in ("하다", "삼다")
            and len(self.stack) > 1
            and self.stack[-2].particle.startswith(("을 ", "를 "))
        )

    def _like_postposition(self, phrase: Phrase, before: Arg | None, previous: Phrase) -> bool:
        """Whether a predicate works like a particle: 를 위한, 에 대해; after an act its purpose has its own clause (논의하기 위해)."""
        stem = phrase.lemma[:-1]
        if stem not in self.knowledge.syntax.postpositions or phrase.ending not in ("adnominal", "connective", "nominal"):
            return False
        if before is not None:
            self._postposition(phrase)
            return True
        return stem == "위하" and previous.kind == "PRED"

    def _postposition(self, phrase: Phrase) -> None:
        """를 위한 …: what stands before becomes part of the next name; 를 위해, 를 통해: it leaves the clause."""
        start = self.stack.pop()
        while self.stack and (
            self.stack[-1].particle in ("의", "및", "·")
            or self.stack[-1].particle in JOIN
            and self.stack[-1].head is None
            and not (self.stack[-1].particle in WITH and self.stack[-1].phrase.quoted and not start.phrase.quoted)
        ):
            start = self.stack.pop()
        if phrase.ending == "adnominal":
            self.modifier = start.modifier if start.modifier is not None else start.phrase.first

    def _adnominal(self, index: int, phrase: Phrase) -> None:
        """A clause that modifies the noun to come; one that -고 joins to it shares that noun (주최하고 주관하는 ○○)."""
        args = chain(self.nearest.take(phrase, index, self.stack), self.lists)
        clause = Clause(phrase, index, args, topic=self._last(TOPIC))
        self.waiting.append(clause)
        before = self.clauses[-1] if self.clauses else None
        if (
            before is not None
            and before.predicate.ending == "connective"
            and before.predicate.connective in self.knowledge.endings.beside
            and not any(a.particle in OBJECT for a in before.args)
            and before.head is None
        ):
            self.waiting.insert(0, before)
        self.clauses.append(clause)

    def _embedded(self, index: int, phrase: Phrase) -> None:
        """A clause that stands under the next one; an act with a particle stays an argument of what follows (개최를 요청했다)."""
        act = not phrase.connective
        args = chain(self.nearest.take(phrase, index, self.stack, nominal=act), self.lists)
        clause = Clause(phrase, index, args, topic=self._last(TOPIC | SUBJECT))
        if act and phrase.particle:
            noun = Phrase("NP", phrase.first, phrase.last, phrase.particle, tokens=[phrase.first])
            self.stack.append(Arg(noun, index, phrase.particle, (), first_index=index))
        self.clauses.append(clause)
        if act and index == len(self.phrases) - 1 and self.stack:
            clause.args = chain(self.stack, self.lists) + clause.args
            self.stack = []

    def _last(self, particles: frozenset[str]) -> Arg | None:
        return next((a for a in reversed([*self.carry, *self.stack]) if a.particle in particles), None)

    def _main(self, index: int, phrase: Phrase) -> None:
        """A clause with all that waits; what it has as topic or subject is carried to the next one that it is chained to."""
        args = chain(self.stack, self.lists)
        self.clauses.append(Clause(phrase, index, args, list(self.carry), quotes=self.quotes))
        self.quotes = []
        self.stack = []
        own = [a for a in args if a.particle in TOPIC or a.particle in SUBJECT]
        if phrase.ending == "final":
            self.carry = []
        elif own:
            topics = [a for a in own if a.particle in TOPIC]
            kept = [] if topics else [a for a in self.carry if a.particle in TOPIC]
            self.carry = kept + own
