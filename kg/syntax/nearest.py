"""What an embedded predicate takes: the arguments that stand nearest before it, never a topic, and not what a later verb of holding needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.analyze.phrases import Phrase
from kg.analyze.reading import SentenceReading
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.signs import endings, signs
from kg.syntax.arguments import JOIN, OBJECT, SUBJECT, TOPIC, WITH, Arg, is_agent
from kg.syntax.coordination import Lists

_CLOCK = re.compile(r"(?:오전|오후)?\s?\d{1,2}(?:시|:\d\d)")


@dataclass(slots=True)
class _Taking:
    """One predicate, the stack that it takes from, and what it has taken so far."""

    phrase: Phrase
    index: int
    stack: list[Arg]
    taken: list[Arg] = field(default_factory=list)
    has_object: bool = False

    def take(self) -> None:
        """Take the argument that stands nearest."""
        self.taken.insert(0, self.stack.pop())

    def before(self) -> list[Arg]:
        """The nearest argument, where it stands right before the predicate."""
        return [self.stack.pop()] if self.stack and self.stack[-1].index == self.index - 1 else []


class Nearest:
    """How the embedded predicates of one sentence take their arguments."""

    def __init__(self, sentence: SentenceReading, tokens: Tokens, knowledge: Knowledge, lists: Lists) -> None:
        self.tokens, self.lists = tokens, lists
        self.phrases, self.heads = sentence.phrases, sentence.heads
        self.shared = [knowledge.verbs[name] for name in ("host", "host_weak", "hold", "sign")]

    def held(self, phrase: Phrase) -> bool:
        """Whether a predicate tells of doing that is done together as a rule: hosting, holding, signing, developing."""
        return any(phrase.lemma in group.active or phrase.lemma in group.passive for group in self.shared)

    def under(self, phrase: Phrase, index: int, stack: list[Arg]) -> bool:
        """Whether a clause stands under the next one: 하도록, 하고자, and what -고 joins to a purpose (공유하고 논의하기 위한)."""
        if phrase.connective in endings().under:
            return True
        following = next((i for i in range(index + 1, len(self.phrases)) if self.phrases[i].kind == "PRED"), None)
        if self.held(phrase) and (phrase.comma or stack and stack[-1].particle in OBJECT and stack[-1].phrase.quoted):
            return False  # A는 회의를 개최하고, 신뢰를 높이기 위한 방안을 논의했다; ‘○○ 회의’를 개최하고
        if phrase.ending != "connective" or phrase.connective not in endings().beside:
            return False
        if following is None or following + 1 >= len(self.phrases):
            return False
        return self.phrases[following].ending == "nominal" and self.phrases[following + 1].lemma == "위하다"

    def take(self, phrase: Phrase, index: int, stack: list[Arg], nominal: bool = False) -> list[Arg]:
        """The arguments that an embedded predicate takes off the stack; ``nominal`` where it is an act that is named (개최)."""
        of = _Taking(phrase, index, stack)
        if phrase.ending == "adnominal" and phrase.lemma == "이다":
            return self._under_way(of)  # 수도인 ○○: only its own noun
        if phrase.ending == "adnominal" and phrase.lemma in signs().located:  # [서울 명동에 소재한] ○○타워: only where
            return of.before() if stack and stack[-1].particle == "에" else []
        while stack and not self._beyond(of, stack[-1]):
            if nominal:
                if self._past_act(of, stack[-1]):
                    break
            elif stack[-1].particle in SUBJECT:
                self._subject(of)
                break
            elif self._of_later(of, stack[-1]):
                break
            of.take()
        return of.taken

    def _under_way(self, of: _Taking) -> list[Arg]:
        """The noun of 이다, and of an act under way its object and the days that it goes on: [3~5일 몽골을 방문 중인] ○○○ 차관."""
        own = of.before()
        if own and self.tokens.words[own[0].phrase.last] == "중":
            of.taken = own
            while of.stack and (
                of.stack[-1].particle in OBJECT or (value := of.stack[-1].phrase.value) is not None and value.until is not None
            ):
                of.take()
        return of.taken or own

    def _beyond(self, of: _Taking, arg: Arg) -> bool:
        """Whether no embedded predicate of the kind takes an argument: a topic, what joins a list to 있는."""
        if arg.particle in TOPIC or of.phrase.ending == "adnominal" and arg.particle in ("에는", "에서는"):
            return True
        return (
            of.phrase.lemma in signs().existing and bool(of.taken) and arg.particle in JOIN
        )  # ○○기관 및 [금융에 관심 있는] 기업

    def _past_act(self, of: _Taking, arg: Arg) -> bool:
        """Whether an argument belongs to no named act: it has a case of its own, or another bare noun stands between."""
        joined = bool(of.taken) and arg.particle in JOIN
        if arg.phrase.kind == "TIME" or arg.particle not in ("", "의", "·", "및") and not joined:
            return True
        bare = bool(of.taken) and of.taken[0].particle == "" and arg.particle == ""
        return bare and arg.phrase.kind == "NP" and not is_agent(arg.head)

    def _subject(self, of: _Taking) -> None:
        """Take the nearest argument as the subject, and what its list or count has before it; a clause whose head acts has none."""
        phrase, stack = of.phrase, of.stack
        passive = phrase.lemma.endswith(signs().done_to) or phrase.lemma == "있다"
        if passive or phrase.ending == "nominal" or of.has_object and phrase.ending == "adnominal" and is_agent(self._head(of)):
            return
        if self.under(phrase, of.index, stack):
            return
        of.take()
        while stack and stack[-1].particle == "의" and stack[-1].phrase.kind == "NP" and not is_agent(stack[-1].head):
            of.take()  # [70명의 담당자들이 참석한] 가운데
        if stack and not stack[-1].particle and is_agent(stack[-1].head) and self.lists.counted(of.taken[0].phrase):
            of.take()  # [A, B / 총 4개사의 관계자가 참석한] 가운데
        while stack and stack[-1].particle in JOIN and self._of_people(stack[-1]) and self._of_people(of.taken[0]):
            of.take()

    def _head(self, of: _Taking):
        """The last thing that the noun after a predicate names."""
        following = next((i for i in range(of.index + 1, len(self.phrases)) if self.phrases[i].kind == "NP"), None)
        return self.heads[following][-1] if following is not None and self.heads[following] else None

    def _of_later(self, of: _Taking, arg: Arg) -> bool:
        """Whether an argument is left to a later predicate."""
        if self._partner(of, arg) or arg.particle in OBJECT and of.has_object:
            return True
        of.has_object = of.has_object or arg.particle in OBJECT
        return self._listed(of, arg) or self._when_or_where(of, arg)

    def _partner(self, of: _Taking, arg: Arg) -> bool:
        """Whether somebody acts with the doer of a later predicate."""
        phrase, nominal = of.phrase, of.phrase.ending == "nominal"
        if arg.particle.endswith("함께"):  # A가 B와 함께 [X를 지원하기 위한] Y를 열었다
            others = of.has_object or of.taken and not self.held(phrase)
            return bool(others) or nominal or self.under(phrase, of.index, of.stack)
        if arg.particle in WITH and is_agent(arg.head):  # A는 B와 [시장을 개척하고 진입을 돕기 위해] 세미나를 열었다
            later = of.has_object and (self.under(phrase, of.index, of.stack) or self._brought_in(arg, phrase, of.index))
            return nominal or later
        return False

    def _brought_in(self, arg: Arg, phrase: Phrase, index: int) -> bool:
        """Whether a body brought in with its head waits for a later verb of holding: A는 B(장관 ○○○)와 [시장을 개척하고] … 세미나를 개최했다."""
        return bool(arg.phrase.notes) and not self.held(phrase) and self._held_later(index)

    def _held_later(self, index: int) -> bool:
        return any(p.kind == "PRED" and self.held(p) for p in self.phrases[index + 1 :])

    def _listed(self, of: _Taking, arg: Arg) -> bool:
        """Whether a comma sets an argument apart, or it opens the list of what the predicate only modifies."""
        if (
            arg.phrase.comma
            and arg.particle not in JOIN
            and not of.taken
            and arg.phrase.kind != "TIME"
            and arg.particle not in OBJECT
        ):
            return True
        if arg.particle != ",":
            return False
        nearest = of.taken[0] if of.taken else None  # ○○협회를 비롯해 [제품을 만드는] 기업들이
        return nearest is None or (
            of.has_object and is_agent(arg.head) and not is_agent(nearest.head) and nearest.particle in OBJECT
        )

    def _when_or_where(self, of: _Taking, arg: Arg) -> bool:
        """Whether a day or place is that of the whole sentence or of a later verb of holding."""
        phrase, taken = of.phrase, of.taken
        if arg.phrase.kind == "TIME":
            if phrase.ending == "nominal" or self.under(phrase, of.index, of.stack):
                return True
            if arg.phrase.comma and len(of.stack) == 1 and taken and not self.held(phrase):
                return True  # 2월 11일, [절차를 줄이는] 개정안이 의결됐다
        if of.has_object or self._quality(phrase):
            return self._set_apart(arg, of)
        if not taken:
            return False
        other = not self.held(phrase) and taken[0].phrase.kind != "TIME" and taken[0].particle != "에서"
        return (taken[0].particle == "에" or other) and self._set_apart(
            arg, of
        )  # A는 3일 서울에서 [업무를 처리하는] 실무자들을 위한 세미나를 개최했다; [시행에 대비한] 방안을 논의하기 위해

    def _of_people(self, arg: Arg) -> bool:
        """Whether an argument is somebody, or a group that ends a list of them (위원, 전문가 등 20여 명)."""
        return is_agent(arg.head) if arg.head is not None else arg.phrase.kind == "NP" and self.lists.closes(arg.phrase)

    def _quality(self, phrase: Phrase) -> bool:
        """Whether a predicate is an adjective, which nothing can be held by: 3일 서울에서 [건강한] 하천을 위한 협약을 맺었다."""
        return any(self.tokens.tags[i].split("+")[0] in ("VA", "XSA") for i in range(phrase.first, phrase.last + 1))

    def _set_apart(self, arg: Arg, of: _Taking) -> bool:
        """Whether a day or place right after a sentence's topic, or those it acts with, belongs to a later verb of hosting or holding."""
        if arg.phrase.kind != "TIME" and arg.particle != "에서" or not self._held_later(of.index):
            return False
        together = False
        for before in reversed(of.stack[:-1]):
            if before.particle.endswith("함께"):
                together = True  # A, B 및 C와 함께: those before it stand in its list
            elif not (self._passing(before) or together and before.particle in JOIN):
                return before.particle in TOPIC
        return False

    def _passing(self, arg: Arg) -> bool:
        """Whether an argument may stand between a topic and its day or place: a time, a place, ○○○ 위원장 주재로."""
        return (
            arg.phrase.kind == "TIME"
            or arg.particle == "에서"
            or self.phrases[arg.index].kind == "PRED"
            or _CLOCK.match(self.tokens.surface(arg.phrase.first, arg.phrase.last)) is not None
        )
