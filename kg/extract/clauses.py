"""Clauses from phrases: each predicate with its arguments, read from left to right with a stack.

Korean is head-final, so a predicate's arguments stand before it. An adnominal clause takes what stands nearest and leaves the topic to
the main clause; its missing argument is the noun that follows (인사처가 주관한 토론회). A chained clause (-고, -며) shares its topic and
subject with the next. Verbs that work like particles (를 위한, 에 대한) only lengthen the name of the noun that follows.
"""
from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.analyze.names.settled import COUNTED
from kg.analyze.names.words import words_of
from kg.analyze.phrases import LOST, Phrase
from kg.analyze.reading import SentenceReading
from kg.analyze.tokens import Tokens
from kg.knowledge import Knowledge
from kg.model import Mention
from kg.schema import schema

TOPIC = frozenset({"은", "는", "께서는", "도", ":", LOST})
SUBJECT = frozenset({"이", "가", "께서"})
_JOIN = frozenset({"과", "와", ",", "·", "ㆍ", "및", "하고", "이랑", "/", "-"})
_GROUPS = frozenset("주요 관련 관계 유관 국내 국내외 민간 참여 각 각급 여러 전국 지역 산하 해당".split())  # before a noun: several of a kind
# Connective endings that put a clause under the next one and not beside it.
_UNDER = frozenset({"도록", "게", "려고", "으려고", "고자", "기"})


@dataclass(slots=True)
class Arg:
    """A noun phrase as an argument: its effective particle, its mentions (those coordinated with it included), and its possessors.

    ``index`` is the phrase's place in its sentence; ``start`` where its words begin, lengthened by what modifies it.
    """

    phrase: Phrase
    index: int
    particle: str
    mentions: tuple[Mention, ...]
    owners: tuple["Arg", ...] = ()
    first_index: int = 0
    relative: "Clause | None" = None
    modifier: int | None = None
    pending: tuple[Mention, ...] = ()

    @property
    def head(self) -> Mention | None:
        return self.mentions[-1] if self.mentions else None


@dataclass(slots=True)
class Clause:
    """A predicate with its arguments; ``inherited`` are topic and subject of the clause before, ``head`` the noun that an adnominal
    clause modifies, ``next`` the clause that governs or follows this one."""

    predicate: Phrase
    index: int
    args: list[Arg]
    inherited: list[Arg] = field(default_factory=list)
    head: Arg | None = None
    next: "Clause | None" = None
    quotes: list[Phrase] = field(default_factory=list)
    topic: Arg | None = None


def _is_agent(mention: Mention | None) -> bool:
    return mention is not None and schema().is_a(mention.kind, "Agent")


def bare_name(phrase: Phrase, columns: Tokens, knowledge: Knowledge) -> Mention | None:
    """A phrase that is one proper word, before 등."""
    tokens = [i for i in phrase.tokens if columns.words[i] != "등"]
    if "등" in (columns.words[i] for i in phrase.tokens):
        cut = next(k for k, i in enumerate(phrase.tokens) if columns.words[i] == "등")
        tokens = phrase.tokens[:cut]
    if not tokens or len(tokens) > 3 or any(columns.spaced[i] for i in tokens[1:]) or phrase.quoted:
        return None
    if not any(columns.tags[i] in ("NNP", "SL", "UN") for i in tokens) or any(columns.tags[i] not in ("NNP", "SL", "UN", "NNG", "SN", "SW", "XSN") for i in tokens):
        return None
    start, end = columns.starts[tokens[0]], columns.ends[tokens[-1]]
    name = columns.text[start:end]
    if len(name) < 2 or name in knowledge.organizations.generic:
        return None
    return Mention(start=start, end=end, kind="Organization", name=name, rule="listed", certain=False)


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
            elif phrase.kind == "ADV" and self.stack and phrase.particle in self.knowledge.syntax.together \
                    and self.stack[-1].particle in ("과", "와", "하고"):
                self.stack[-1].particle += " 함께"
            elif phrase.kind == "ADV" and self.stack and phrase.particle in ("달리", "같이", "마찬가지로") and self.stack[-1].particle in ("과", "와"):
                self.stack.pop()  # A와 달리: no partner
            elif phrase.kind == "ADV" and phrase.particle in ("및", "또는") and self.stack and not self.stack[-1].particle:
                self.stack[-1].particle = "및"
        if self.stack and not (self.clauses and self.clauses[-1].index == len(self.phrases) - 1):
            self._leftover()
        for before, after in zip(self.clauses, self.clauses[1:]):
            before.next = after
        return self.clauses

    def _leftover(self) -> None:
        """Arguments without a predicate (headlines): a clause without a lemma."""
        last = self.stack[-1].phrase
        self.clauses.append(Clause(Phrase("PRED", last.last, last.last, lemma="", ending="final"), len(self.phrases), self._chain(self.stack)))

    def _noun(self, index: int, phrase: Phrase) -> None:
        if phrase.kind == "TIME":
            self.stack.append(Arg(phrase, index, phrase.particle, (), first_index=index))
            return
        text_together = phrase.particle in ("으로", "로", "") and len(phrase.tokens) == 1
        if text_together and self.stack and self.stack[-1].particle in ("과", "와", "하고"):
            word = self.tokens.words[phrase.tokens[0]]
            if word + phrase.particle in self.knowledge.syntax.together or word in self.knowledge.syntax.together:
                self.stack[-1].particle += " 함께"
                return
        mentions = self.heads[index]
        arg = Arg(phrase, index, phrase.particle, mentions, first_index=index, modifier=self.modifier)
        self.modifier = None
        if self.waiting:
            for clause in self.waiting:
                clause.head = arg
            arg.relative = self.waiting[-1]
            self.waiting = []
        self.stack.append(arg)

    def _chain(self, args: Sequence[Arg]) -> list[Arg]:
        """Join what belongs together: possessors to what they possess, members of a list to its last member."""
        out: list[Arg] = []
        for position, arg in enumerate(args):
            owners: list[Arg] = []
            while out and out[-1].particle in ("의", "과의", "와의", "에서의") and out[-1].phrase.kind == "NP":
                owners.insert(0, out.pop())
            mentions = arg.mentions
            if not mentions and owners and owners[-1].mentions and (self._lists(owners[-1].phrase) or self._counted(owners[-1].phrase)):
                mentions = owners[-1].mentions  # A, B 등 각계의 전문가들이; 영국, 가나 2개국의 담당자들이
            nearest = owners[0] if owners else arg
            if not mentions and out and not out[-1].particle and out[-1].mentions and out[-1].index == nearest.index - 1 and self._counted(nearest.phrase):
                mentions = out.pop().mentions  # 영국, 가나 / 총 2개국 감독기구의 담당자들이
            arg = Arg(arg.phrase, arg.index, arg.particle, mentions, tuple(owners), owners[0].first_index if owners else arg.first_index,
                      arg.relative, arg.modifier if arg.modifier is not None else (owners[0].modifier if owners else None))
            while out and out[-1].phrase.kind == "NP" and arg.phrase.kind == "NP" and self._joins(out[-1], arg):
                before = out.pop()
                arg.mentions = before.pending + before.mentions + arg.mentions if arg.mentions or self._lists(arg.phrase) and before.head is not None else ()
                arg.pending = () if arg.mentions else before.pending or self._pending(before)
                if not arg.mentions and arg.pending and (own := self._name(arg.phrase)) is not None:
                    arg.pending += (own,)
                arg.owners = before.owners + arg.owners
                arg.first_index = before.first_index
            out.append(arg)
        return out

    def _lists(self, phrase: Phrase) -> bool:
        """Whether a noun phrase ends a list with 등, or with a group that is no one body (금융감독원, 주요 보험사)."""
        if any(self.tokens.words[i] == "등" for i in phrase.tokens):
            return True
        words = words_of(self.tokens, phrase.tokens)
        if words and words[-1].text.removesuffix("들") in self.knowledge.organizations.crowds:
            return True
        if words and "·" in words[-1].text and any(words[-1].text.endswith(g) for g in self.knowledge.organizations.generic if len(g) > 1):
            return True  # 통신·금융협회
        return len(words) > 1 and words[0].text in _GROUPS and words[-1].text.removesuffix("들") in self.knowledge.organizations.generic

    def _counted(self, phrase: Phrase) -> bool:
        """Whether a noun phrase ends with the number of what it lists (영국, 가나 총 5개국 감독기구)."""
        return any(COUNTED.fullmatch(w.text) for w in words_of(self.tokens, phrase.tokens))

    def _pending(self, arg: Arg) -> tuple[Mention, ...]:
        """An unknown name of a list that may yet turn out to be one of bodies (새벽별랩, …, 한양대학교 등)."""
        name = self._name(arg.phrase)
        return (name,) if name is not None else ()

    def _listed(self, before: Arg, arg: Arg) -> bool:
        """An unknown name that stands in a list with a known body is a body (○○연구원과 누리셋 등이)."""
        if before.particle not in ("과", "와", ",", "·") or before.phrase.kind != "NP" or arg.phrase.kind != "NP":
            return False
        known, unknown = (before, arg) if before.head is not None else (arg, before)
        if known.head is None or unknown.head is not None or not schema().is_a(known.head.kind, "Agent") or known.head.kind == "Person" or unknown.owners:
            return False
        name = self._name(unknown.phrase)
        if name is not None and known.head.kind == "Country":
            name = self._misspelt_country(name)
        if name is None:
            return False
        if unknown.pending and unknown is before:
            return True
        unknown.mentions = (name,)
        return True

    def _misspelt_country(self, name: Mention) -> Mention | None:
        """A word in a list of countries that is nearly a country's name (포르투칼)."""
        from rapidfuzz import fuzz, process

        countries = [e.name for e in self.knowledge.gazetteer if e.cls == "Country"]
        best = process.extractOne(name.name, countries, scorer=fuzz.ratio, score_cutoff=80, processor=lambda w: unicodedata.normalize("NFD", w))  # by letters
        if best is None or len(name.name) < 3:
            return None
        return Mention(start=name.start, end=name.end, kind="Country", name=name.name, rule="misspelt", known=best[0], certain=False)

    def _name(self, phrase: Phrase) -> Mention | None:
        return bare_name(phrase, self.tokens, self.knowledge)

    def _joins(self, before: Arg, arg: Arg) -> bool:
        """Whether a noun phrase before another is a member of the same list."""
        particle = before.particle
        if particle not in _JOIN:
            return False
        if before.head is not None and arg.head is None and _is_agent(before.head) and self._lists(arg.phrase) and not arg.owners:
            return True  # ○○○ 청장, 수상자 가족 등 150여 명이
        if (before.head is None) != (arg.head is None):
            return self._listed(before, arg)
        if before.head is None or arg.head is None:
            return particle in ("및", "·", "ㆍ", ",") and before.head is None and arg.head is None
        if arg.owners and particle in ("과", "와"):
            return False
        is_a = schema().is_a
        same = next((kind for kind in ("Agent", "Event", "Place", "Presentation") if is_a(before.head.kind, kind)), None)
        if same is not None:
            return is_a(arg.head.kind, same)
        return before.head.kind == arg.head.kind

    def _predicate(self, index: int, phrase: Phrase) -> None:
        if phrase.lemma in self.knowledge.verbs["join_hands"].active and phrase.ending == "connective" and self.stack and self.stack[-1].particle in ("과", "와", "하고"):
            self.stack[-1].particle += " 함께"  # A와 손잡고
            return
        if phrase.lemma in ("비롯하다", "포함하다") and phrase.ending in ("connective", "adnominal") and self.stack and self.stack[-1].index == index - 1 \
                and self.stack[-1].particle in ("을", "를") and _is_agent(self.stack[-1].head):
            self.stack[-1].particle = ","  # A를 비롯해 B, C가
            return
        if phrase.lemma in ("의하다", "의거하다") and phrase.ending == "connective" and self.stack and self.stack[-1].particle == "에":
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
            clause = Clause(phrase, index, self._chain(taken), topic=next((a for a in reversed([*self.carry, *self.stack]) if a.particle in TOPIC), None))
            self.waiting.append(clause)
            # 주최하고 주관하는 ○○: the clause before shares the head noun
            if self.clauses and self.clauses[-1].predicate.ending == "connective" and self.clauses[-1].predicate.connective in ("고", "며", "으며", "거나") \
                    and not any(a.particle in ("을", "를") for a in self.clauses[-1].args) and self.clauses[-1].head is None:
                self.waiting.insert(0, self.clauses[-1])
            self.clauses.append(clause)
            return
        if phrase.ending == "nominal" and phrase.connective in ("기", "음", "ᆷ", "") or self._under(phrase, index):
            taken = self._take_near(phrase, index, nominal=not phrase.connective)
            clause = Clause(phrase, index, self._chain(taken), topic=next((a for a in reversed([*self.carry, *self.stack]) if a.particle in TOPIC | SUBJECT), None))
            if not phrase.connective and phrase.particle:
                # the act stays an argument of what follows: 발표로 이어졌다, 개최를 요청했다
                self.stack.append(Arg(Phrase("NP", phrase.first, phrase.last, phrase.particle, tokens=[phrase.first]), index, phrase.particle, (), first_index=index))
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
        if phrase.ending != "connective" or phrase.connective not in ("고", "며", "으며", "거나") or following is None or following + 1 >= len(self.phrases):
            return False
        return self.phrases[following].ending == "nominal" and self.phrases[following + 1].lemma == "위하다"

    def _set_apart(self, arg: Arg, index: int) -> bool:
        """Whether a day or place right after a sentence's topic belongs to a later verb of hosting or holding."""
        if arg.phrase.kind != "TIME" and arg.particle != "에서":
            return False
        if not any(p.kind == "PRED" and self._held(p) for p in self.phrases[index + 1:]):
            return False
        before = next((a for a in reversed(self.stack[:-1]) if a.phrase.kind != "TIME" and a.particle != "에서"), None)
        return before is not None and before.particle in TOPIC

    def _held(self, phrase: Phrase) -> bool:
        """Whether a predicate tells of doing that is done together as a rule: hosting, holding, signing, developing."""
        verbs = self.knowledge.verbs
        return any(phrase.lemma in verbs[name].active | verbs[name].passive for name in ("host", "host_weak", "hold", "sign"))

    def _postposition(self, phrase: Phrase) -> None:
        """를 위한 …: what stands before becomes part of the next name; 를 위해, 를 통해: it leaves the clause."""
        arg = self.stack.pop()
        start = arg
        while self.stack and (self.stack[-1].particle == "의" or self.stack[-1].particle in _JOIN and self.stack[-1].head is None
                              or self.stack[-1].particle in ("및", "·")):
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
        while self.stack:
            arg = self.stack[-1]
            if arg.particle in TOPIC:
                break
            if nominal:
                if arg.particle not in ("", "의", "·", "및") and not (taken and arg.particle in _JOIN) or arg.phrase.kind == "TIME":
                    break
                if taken and taken[0].particle == "" and arg.particle == "" and arg.phrase.kind == "NP" and not _is_agent(arg.head):
                    break
                taken.insert(0, self.stack.pop())
                continue
            if arg.particle in SUBJECT:
                if passive or (has_object and _is_agent(head) and phrase.ending == "adnominal") or phrase.ending == "nominal" or self._under(phrase, index):
                    break
                taken.insert(0, self.stack.pop())
                while self.stack and self.stack[-1].particle in _JOIN and _is_agent(self.stack[-1].head) and taken and _is_agent(taken[0].head):
                    taken.insert(0, self.stack.pop())
                break
            if arg.particle.endswith("함께") and (has_object or taken and not self._held(phrase) or phrase.ending == "nominal" or self._under(phrase, index)):
                break  # A가 B와 함께 [X를 지원하기 위한] Y를 열었다
            if arg.particle in ("과", "와") and _is_agent(arg.head) and phrase.ending == "nominal":
                break
            if arg.particle in ("을", "를"):
                if has_object:
                    break
                has_object = True
            if arg.phrase.comma and arg.particle not in _JOIN and taken == [] and arg.phrase.kind != "TIME" and arg.particle not in ("을", "를"):
                break
            if arg.particle == "," and not taken:
                break
            if arg.phrase.kind == "TIME" and (phrase.ending == "nominal" or self._under(phrase, index)):
                break
            if has_object and self._set_apart(arg, index):
                break  # A는 3일 서울에서 [업무를 처리하는] 실무자들을 위한 세미나를 개최했다
            taken.insert(0, self.stack.pop())
        return taken
