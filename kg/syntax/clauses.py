"""Clauses from phrases: each predicate with its arguments, read from left to right with a stack.

Korean is head-final, so a predicate's arguments stand before it. An adnominal clause takes what stands nearest and leaves the topic to
the main clause; its missing argument is the noun that follows (인사처가 주관한 토론회). A chained clause (-고, -며) shares its topic and
subject with the next. Verbs that work like particles (를 위한, 에 대한) only lengthen the name of the noun that follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.analyze.names.events import dates_before
from kg.analyze.phrases import Phrase
from kg.analyze.reading import SentenceReading
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.syntax.arguments import JOIN, LOCATED, SUBJECT, TOPIC, Arg, Clause, is_agent
from kg.syntax.coordination import Lists

_CLOCK = re.compile(r"(?:오전|오후)?\s?\d{1,2}(?:시|:\d\d)")
# Connective endings that put a clause under the next one and not beside it.
_UNDER = frozenset({"도록", "게", "려고", "으려고", "고자", "기"})


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
        self.shared = [knowledge.verbs[name] for name in ("host", "host_weak", "hold", "sign")]
        self.lists = Lists(tokens, knowledge)
        self.stack: list[Arg] = []
        self.carry: list[Arg] = []
        self.clauses: list[Clause] = []
        self.waiting: list[Clause] = []  # adnominal clauses whose head noun is still to come
        self.modifier: int | None = None
        self.quotes: list[Phrase] = []

    def read(self) -> list[Clause]:
        for index, phrase in enumerate(self.phrases):
            if phrase.kind in ("NP", "TIME"):
                self._noun(index, phrase)
            elif phrase.kind == "PRED":
                self._predicate(index, phrase)
            elif phrase.kind == "QUOTE":
                self.quotes.append(phrase)
            elif (
                phrase.kind == "ADV"
                and self.stack
                and phrase.particle in self.knowledge.syntax.together
                and self.stack[-1].particle in ("과", "와", "하고")
            ):
                self.stack[-1].particle += " 함께"
            elif (
                phrase.kind == "ADV"
                and self.stack
                and phrase.particle in ("달리", "같이", "마찬가지로")
                and self.stack[-1].particle in ("과", "와")
            ):
                self.stack.pop()  # A와 달리: no partner
            elif (
                phrase.kind == "ADV"
                and self.stack
                and not self.stack[-1].particle
                and (phrase.particle in ("및", "또는") or phrase.particle == "그리고" and is_agent(self.stack[-1].head))
            ):
                self.stack[-1].particle = "및"
        if self.stack and not (self.clauses and self.clauses[-1].index == len(self.phrases) - 1):
            self._leftover()
        for before, after in zip(self.clauses, self.clauses[1:]):
            before.next = after
        return self.clauses

    def _leftover(self) -> None:
        """Arguments without a predicate (headlines): a clause without a lemma."""
        last = self.stack[-1].phrase
        self.clauses.append(
            Clause(Phrase("PRED", last.last, last.last, lemma="", ending="final"), len(self.phrases), self._chain(self.stack))
        )

    def _noun(self, index: int, phrase: Phrase) -> None:
        if phrase.kind == "TIME":
            following = self.phrases[index + 1] if index + 1 < len(self.phrases) else None
            if following is not None and following.kind == "NP" and dates_before(following, self.tokens, self.knowledge):
                return
            self.stack.append(Arg(phrase, index, phrase.particle, (), first_index=index))
            return
        text_together = phrase.particle in ("으로", "로", "") and len(phrase.tokens) == 1
        if text_together and self.stack and self.stack[-1].particle in ("과", "와", "하고"):
            word = self.tokens.words[phrase.tokens[0]]
            if word + phrase.particle in self.knowledge.syntax.together or word in self.knowledge.syntax.together:
                self.stack[-1].particle += " 함께"
                return
        if (
            phrase.particle in ("으로", "로", "")
            and phrase.tokens
            and self.stack
            and self.stack[-1].index == index - 1
            and self.stack[-1].particle in ("을", "를")
            and (aim := self.tokens.surface(phrase.tokens[0], phrase.tokens[-1])) in self.knowledge.syntax.aims
        ):
            self.stack[-1].particle += f" {aim}{phrase.particle}"  # 기업을 대상으로 [개최하는 설명회]: no object
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

    def _joint_head(self, arg: Arg) -> Clause | None:
        """The clause of signing whose head an argument goes on: 협약을 맺은 [A와 B는]."""
        if not self.stack or arg.particle not in SUBJECT | TOPIC or not is_agent(arg.head):
            return None
        before = self.stack[-1]
        if (
            before.relative is None
            or before.index != arg.index - 1
            or before.particle not in ("과", "와")
            or not is_agent(before.head)
            or before.relative.predicate.lemma not in self.knowledge.verbs["sign"].active
        ):
            return None
        return before.relative

    def _chain(self, args: Sequence[Arg]) -> list[Arg]:
        """Join what belongs together: possessors to what they possess, members of a list to its last member."""
        out: list[Arg] = []
        for _position, arg in enumerate(args):
            owners: list[Arg] = []
            while out and out[-1].particle in ("의", "과의", "와의", "에서의") and out[-1].phrase.kind == "NP":
                owners.insert(0, out.pop())
            mentions = arg.mentions
            if (
                not mentions
                and owners
                and owners[-1].mentions
                and (self.lists.closes(owners[-1].phrase) or self.lists.of_bodies(owners[-1].mentions, arg.phrase))
            ):
                mentions = owners[
                    -1
                ].mentions  # A, B 등 각계의 전문가들이; 영국, 가나 2개국의 담당자들이; 시민단체(A, B)의 인사 5명이
            nearest = owners[0] if owners else arg
            if (
                not mentions
                and out
                and not out[-1].particle
                and out[-1].mentions
                and out[-1].index == nearest.index - 1
                and self.lists.counted(nearest.phrase)
            ):
                mentions = out.pop().mentions  # 영국, 가나 / 총 2개국 감독기구의 담당자들이
            arg = Arg(
                arg.phrase,
                arg.index,
                arg.particle,
                mentions,
                tuple(owners),
                owners[0].first_index if owners else arg.first_index,
                arg.relative,
                arg.modifier if arg.modifier is not None else (owners[0].modifier if owners else None),
            )
            while out and out[-1].phrase.kind == "NP" and arg.phrase.kind == "NP" and self.lists.joins(out[-1], arg):
                before = out.pop()
                arg.mentions = (
                    before.pending + before.mentions + arg.mentions
                    if arg.mentions
                    or before.head is not None
                    and (self.lists.closes(arg.phrase) or self.lists.goes_on(before, arg))
                    else ()
                )
                arg.pending = () if arg.mentions else before.pending or self.lists.pending(before)
                if not arg.mentions and arg.pending and (own := self.lists.name(arg.phrase)) is not None:
                    arg.pending += (own,)
                arg.owners = before.owners + arg.owners
                arg.first_index = before.first_index
            out.append(arg)
        return out

    def _predicate(self, index: int, phrase: Phrase) -> None:
        if (
            phrase.lemma in self.knowledge.verbs["join_hands"].active
            and phrase.ending == "connective"
            and self.stack
            and self.stack[-1].particle in ("과", "와", "하고")
        ):
            self.stack[-1].particle += " 함께"  # A와 손잡고
            return
        if (
            phrase.lemma in ("비롯하다", "포함하다")
            and phrase.ending in ("connective", "adnominal")
            and self.stack
            and self.stack[-1].index == index - 1
            and self.stack[-1].particle in ("을", "를")
            and is_agent(self.stack[-1].head)
        ):
            self.stack[-1].particle = ","  # A를 비롯해 B, C가
            return
        if (
            phrase.lemma in ("하다", "삼다")
            and phrase.ending == "connective"
            and len(self.stack) > 1
            and self.stack[-1].index == index - 1
            and self.stack[-2].particle.startswith(("을 ", "를 "))
        ):
            return  # A를 수석대표로 하여 B가, 기업을 대상으로 하여
        if (
            phrase.lemma in ("의하다", "의거하다")
            and phrase.ending == "connective"
            and self.stack
            and self.stack[-1].particle == "에"
        ):
            self.stack[-1].particle = "에 의해"
            return
        stem = phrase.lemma[:-1]
        if stem in self.knowledge.syntax.postpositions and phrase.ending in ("adnominal", "connective", "nominal") and index:
            if self.stack and self.stack[-1].index == index - 1:
                self._postposition(phrase)
                return
            if stem == "위하" and self.phrases[index - 1].kind == "PRED":
                return  # 논의하기 위해: the purpose has its own clause
        if phrase.ending == "adnominal":
            taken = self._take_near(phrase, index)
            clause = Clause(
                phrase,
                index,
                self._chain(taken),
                topic=next((a for a in reversed([*self.carry, *self.stack]) if a.particle in TOPIC), None),
            )
            self.waiting.append(clause)
            # 주최하고 주관하는 ○○: the clause before shares the head noun
            if (
                self.clauses
                and self.clauses[-1].predicate.ending == "connective"
                and self.clauses[-1].predicate.connective in ("고", "며", "으며", "거나")
                and not any(a.particle in ("을", "를") for a in self.clauses[-1].args)
                and self.clauses[-1].head is None
            ):
                self.waiting.insert(0, self.clauses[-1])
            self.clauses.append(clause)
            return
        if phrase.ending == "nominal" and phrase.connective in ("기", "음", "ᆷ", "") or self._under(phrase, index):
            taken = self._take_near(phrase, index, nominal=not phrase.connective)
            clause = Clause(
                phrase,
                index,
                self._chain(taken),
                topic=next((a for a in reversed([*self.carry, *self.stack]) if a.particle in TOPIC | SUBJECT), None),
            )
            if not phrase.connective and phrase.particle:
                # the act stays an argument of what follows: 발표로 이어졌다, 개최를 요청했다
                self.stack.append(
                    Arg(
                        Phrase("NP", phrase.first, phrase.last, phrase.particle, tokens=[phrase.first]),
                        index,
                        phrase.particle,
                        (),
                        first_index=index,
                    )
                )
            self.clauses.append(clause)
            if not phrase.connective and index == len(self.phrases) - 1 and self.stack:
                clause.args = self._chain(self.stack) + clause.args if clause.args is not None else clause.args
                self.stack = []
            return
        args = self._chain(self.stack)
        clause = Clause(phrase, index, args, list(self.carry), quotes=self.quotes)
        own = [a for a in args if a.particle in TOPIC or a.particle in SUBJECT]
        self.quotes = []
        self.stack = []
        self.clauses.append(clause)
        if phrase.ending == "final":
            self.carry = []
        elif own:
            topics = [a for a in own if a.particle in TOPIC]
            kept = [] if topics else [a for a in self.carry if a.particle in TOPIC]
            self.carry = kept + own

    def _under(self, phrase: Phrase, index: int) -> bool:
        """Whether a clause stands under the next one: 하도록, 하고자, and what -고 joins to a purpose (공유하고 논의하기 위한)."""
        if phrase.connective in _UNDER:
            return True
        following = next((i for i in range(index + 1, len(self.phrases)) if self.phrases[i].kind == "PRED"), None)
        if self._held(phrase) and (
            phrase.comma or self.stack and self.stack[-1].particle in ("을", "를") and self.stack[-1].phrase.quoted
        ):
            return False  # A는 회의를 개최하고, 신뢰를 높이기 위한 방안을 논의했다; ‘○○ 회의’를 개최하고
        if (
            phrase.ending != "connective"
            or phrase.connective not in ("고", "며", "으며", "거나")
            or following is None
            or following + 1 >= len(self.phrases)
        ):
            return False
        return self.phrases[following].ending == "nominal" and self.phrases[following + 1].lemma == "위하다"

    def _of_people(self, arg: Arg) -> bool:
        """Whether an argument is somebody, or a group that ends a list of them (위원, 전문가 등 20여 명)."""
        return is_agent(arg.head) if arg.head is not None else arg.phrase.kind == "NP" and self.lists.closes(arg.phrase)

    def _set_apart(self, arg: Arg, index: int) -> bool:
        """Whether a day or place right after a sentence's topic, or those it acts with, belongs to a later verb of hosting or holding."""
        if arg.phrase.kind != "TIME" and arg.particle != "에서":
            return False
        if not any(p.kind == "PRED" and self._held(p) for p in self.phrases[index + 1 :]):
            return False
        together = False
        for before in reversed(self.stack[:-1]):
            if before.particle.endswith("함께"):
                together = True  # A, B 및 C와 함께: those before it stand in its list
            elif not (
                before.phrase.kind == "TIME"
                or before.particle == "에서"
                or together
                and before.particle in JOIN
                or self.phrases[before.index].kind == "PRED"  # ○○○ 위원장 주재로
                or _CLOCK.match(self.tokens.surface(before.phrase.first, before.phrase.last))
            ):
                return before.particle in TOPIC
        return False

    def _quality(self, phrase: Phrase) -> bool:
        """Whether a predicate is an adjective, which nothing can be held by: 3일 서울에서 [건강한] 하천을 위한 협약을 맺었다."""
        return any(self.tokens.tags[i].split("+")[0] in ("VA", "XSA") for i in range(phrase.first, phrase.last + 1))

    def _partner_later(self, arg: Arg, phrase: Phrase, index: int) -> bool:
        """Whether a body brought in with its head waits for a later verb of holding: A는 B(장관 ○○○)와 [시장을 개척하고] … 세미나를 개최했다."""
        return (
            bool(arg.phrase.notes)
            and not self._held(phrase)
            and any(p.kind == "PRED" and self._held(p) for p in self.phrases[index + 1 :])
        )

    def _held(self, phrase: Phrase) -> bool:
        """Whether a predicate tells of doing that is done together as a rule: hosting, holding, signing, developing."""
        return any(phrase.lemma in group.active or phrase.lemma in group.passive for group in self.shared)

    def _postposition(self, phrase: Phrase) -> None:
        """를 위한 …: what stands before becomes part of the next name; 를 위해, 를 통해: it leaves the clause."""
        arg = self.stack.pop()
        start = arg
        while self.stack and (
            self.stack[-1].particle == "의"
            or self.stack[-1].particle in JOIN
            and self.stack[-1].head is None
            or self.stack[-1].particle in ("및", "·")
        ):
            start = self.stack.pop()
        if phrase.ending == "adnominal":
            self.modifier = start.modifier if start.modifier is not None else start.phrase.first

    def _take_near(self, phrase: Phrase, index: int, nominal: bool = False) -> list[Arg]:
        """The arguments that an embedded predicate takes from the stack: the nearest, never a topic; no subject where its head is the doer."""
        taken: list[Arg] = []
        passive = phrase.lemma.endswith(("되다", "리다", "지다")) or phrase.lemma == "있다"
        following = next((i for i in range(index + 1, len(self.phrases)) if self.phrases[i].kind == "NP"), None)
        head = self.heads[following][-1] if following is not None and self.heads[following] else None
        has_object = False
        if phrase.lemma == "이다" and phrase.ending == "adnominal":  # 수도인 ○○: only its own noun
            return [self.stack.pop()] if self.stack and self.stack[-1].index == index - 1 else []
        if phrase.lemma in LOCATED and phrase.ending == "adnominal":  # [서울 명동에 소재한] ○○타워: only where
            return (
                [self.stack.pop()] if self.stack and self.stack[-1].index == index - 1 and self.stack[-1].particle == "에" else []
            )
        while self.stack:
            arg = self.stack[-1]
            if arg.particle in TOPIC or phrase.ending == "adnominal" and arg.particle in ("에는", "에서는"):
                break
            if phrase.lemma in ("있다", "없다") and taken and arg.particle in JOIN:
                break  # ○○기관 및 [금융에 관심 있는] 기업
            if nominal:
                if (
                    arg.particle not in ("", "의", "·", "및")
                    and not (taken and arg.particle in JOIN)
                    or arg.phrase.kind == "TIME"
                ):
                    break
                if (
                    taken
                    and taken[0].particle == ""
                    and arg.particle == ""
                    and arg.phrase.kind == "NP"
                    and not is_agent(arg.head)
                ):
                    break
                taken.insert(0, self.stack.pop())
                continue
            if arg.particle in SUBJECT:
                if (
                    passive
                    or (has_object and is_agent(head) and phrase.ending == "adnominal")
                    or phrase.ending == "nominal"
                    or self._under(phrase, index)
                ):
                    break
                taken.insert(0, self.stack.pop())
                while (
                    self.stack
                    and self.stack[-1].particle == "의"
                    and self.stack[-1].phrase.kind == "NP"
                    and not is_agent(self.stack[-1].head)
                ):
                    taken.insert(0, self.stack.pop())  # [70명의 담당자들이 참석한] 가운데
                if (
                    self.stack
                    and not self.stack[-1].particle
                    and is_agent(self.stack[-1].head)
                    and self.lists.counted(taken[0].phrase)
                ):
                    taken.insert(0, self.stack.pop())  # [A, B / 총 4개사의 관계자가 참석한] 가운데
                while (
                    self.stack
                    and self.stack[-1].particle in JOIN
                    and self._of_people(self.stack[-1])
                    and self._of_people(taken[0])
                ):
                    taken.insert(0, self.stack.pop())
                break
            if arg.particle.endswith("함께") and (
                has_object or taken and not self._held(phrase) or phrase.ending == "nominal" or self._under(phrase, index)
            ):
                break  # A가 B와 함께 [X를 지원하기 위한] Y를 열었다
            if (
                arg.particle in ("과", "와")
                and is_agent(arg.head)
                and (
                    phrase.ending == "nominal"
                    or has_object
                    and (self._under(phrase, index) or self._partner_later(arg, phrase, index))
                )
            ):
                break  # A는 B와 [시장을 개척하고 진입을 돕기 위해] 세미나를 열었다
            if arg.particle in ("을", "를"):
                if has_object:
                    break
                has_object = True
            if (
                arg.phrase.comma
                and arg.particle not in JOIN
                and taken == []
                and arg.phrase.kind != "TIME"
                and arg.particle not in ("을", "를")
            ):
                break
            if arg.particle == "," and (
                not taken
                or has_object
                and is_agent(arg.head)
                and not is_agent(taken[0].head)
                and taken[0].particle in ("을", "를")
            ):
                break  # ○○협회를 비롯해 [제품을 만드는] 기업들이
            if arg.phrase.kind == "TIME" and (phrase.ending == "nominal" or self._under(phrase, index)):
                break
            if arg.phrase.kind == "TIME" and arg.phrase.comma and len(self.stack) == 1 and taken and not self._held(phrase):
                break  # 2월 11일, [절차를 줄이는] 개정안이 의결됐다: the day of the whole sentence
            if (
                has_object
                or taken
                and (
                    taken[0].particle == "에"
                    or not self._held(phrase)
                    and taken[0].phrase.kind != "TIME"
                    and taken[0].particle != "에서"
                )
                or self._quality(phrase)
            ) and self._set_apart(arg, index):
                break  # A는 3일 서울에서 [업무를 처리하는] 실무자들을 위한 세미나를 개최했다; [시행에 대비한] 방안을 논의하기 위해
            taken.insert(0, self.stack.pop())
        return taken
