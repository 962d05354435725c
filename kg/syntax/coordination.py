"""Lists of noun phrases: what joins them, what ends them (등, a group, a number), and unknown names among known bodies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from kg.analyze.names.settled import COUNTED
from kg.analyze.names.words import Word, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.knowledge.signs import signs
from kg.model import Mention
from kg.syntax.arguments import JOIN, Arg, is_agent

_PEOPLE = re.compile(r"(?:(?:약|총|모두)\s?)+[\d,]+여?\s?명(?:의\s.+)?")
# The number of what a list held, with those who come from there: 총 6개 기업들이, 총 14개 기관 관계자가.
_TOTAL = re.compile(
    r"(?:총|모두)?\s?\d+여?\s?개\s?(?:\S{1,6}\s)?(?:기관|기업|회사|단체|대학|부처|업체|협회)들?(?:\s(?:관계자|담당자|대표|실무자|임직원)들?)?(?:\s[\d,]+여?\s?명)?"
)
_COUNT = re.compile(r"(?:약|총)|[\d,]+여?(?:명|인)?")
_COUNTED_PEOPLE = re.compile(r"[\d,]+여?(?:명|인)")
_NUMBERED = re.compile(r"\d+여?(?:개|곳)?")


def bare_name(phrase: Phrase, columns: Tokens, knowledge: Knowledge) -> Mention | None:
    """A phrase that is one proper word, before 등."""
    tokens = [i for i in phrase.tokens if columns.words[i] != "등"]
    if "등" in (columns.words[i] for i in phrase.tokens):
        cut = next(k for k, i in enumerate(phrase.tokens) if columns.words[i] == "등")
        tokens = phrase.tokens[:cut]
    if not tokens or len(tokens) > 3 or any(columns.spaced[i] for i in tokens[1:]) or phrase.quoted:
        return None
    if not any(columns.tags[i] in ("NNP", "SL", "UN") for i in tokens) or any(
        columns.tags[i] not in ("NNP", "SL", "UN", "NNG", "SN", "SW", "XSN") for i in tokens
    ):
        return None
    start, end = columns.starts[tokens[0]], columns.ends[tokens[-1]]
    name = columns.text[start:end]
    if len(name) < 2 or name in knowledge.organizations.generic:
        return None
    return Mention(start=start, end=end, kind="Organization", name=name, rule="listed", certain=False)


def _last_but_count(words: Sequence[Word]) -> str:
    """The last word of a phrase before how many it counts: 관계자 300여 명 → 관계자."""
    kept = list(words)
    while len(kept) > 1 and (_COUNT.fullmatch(kept[-1].text) or kept[-1].text == "명" and _COUNT.fullmatch(kept[-2].text)):
        kept.pop()
    return kept[-1].text.removesuffix("들")


@dataclass(frozen=True, slots=True)
class Lists:
    """How the noun phrases of one text hang together as lists."""

    tokens: Tokens
    knowledge: Knowledge

    def ends(self, phrase: Phrase) -> bool:
        """Whether a noun phrase ends a list with 등, or with a group that is no one body (금융감독원, 주요 보험사, 15개 은행)."""
        if any(self.tokens.words[i] == "등" for i in phrase.tokens):
            return True
        words = words_of(self.tokens, phrase.tokens)
        if words and _last_but_count(words) in self.knowledge.organizations.crowds:
            return True
        if (
            words
            and (len(words) > 1 or words[0].text.endswith("들"))
            and words[-1].text.removesuffix("들") in self.knowledge.titles.all
        ):
            return True  # 미래포럼 위원, 위원들
        if (
            len(words) == 1
            and words[0].text in self.knowledge.organizations.generic
            and words[0].text.startswith(tuple(signs().grouping - {"각", "여러"}))
        ):
            return True  # 유관부처
        if (
            words
            and "·" in words[-1].text
            and any(words[-1].text.endswith(g) for g in self.knowledge.organizations.generic if len(g) > 1)
        ):
            return True  # 철강·조선협회
        if 1 < len(words) <= 4 and _NUMBERED.fullmatch(words[0].text):
            return (
                words[-1].text.removesuffix("들") in self.knowledge.organizations.generic | self.knowledge.organizations.crowds
            )  # 15개 은행
        return (
            len(words) > 1
            and words[0].text in signs().grouping
            and words[-1].text.removesuffix("들") in self.knowledge.organizations.generic
        )

    def goes_on(self, before: Arg, arg: Arg) -> bool:
        """Whether a kind of bodies goes on with a list that 등 has ended (○○협회 등 12개 기관, 단체, 기업과 함께)."""
        if not is_agent(before.head) or arg.head is not None or arg.owners or not self._kind(arg.phrase):
            return False
        return (
            any(self.tokens.words[i] == "등" for i in before.phrase.tokens)
            or before.first_index < before.index
            and self._kind(before.phrase)
        )

    def _kind(self, phrase: Phrase) -> bool:
        """Whether a noun phrase is one word for a kind of bodies."""
        words = words_of(self.tokens, phrase.tokens)
        return len(words) == 1 and words[0].text.removesuffix("들") in self.knowledge.organizations.generic

    def counted(self, phrase: Phrase) -> bool:
        """Whether a noun phrase ends with the number of what it lists (영국, 가나 총 5개국 감독기구), or of people (… 등 / 약 140명이)."""
        words = words_of(self.tokens, phrase.tokens)
        text = " ".join(w.text for w in words)
        return (
            any(COUNTED.fullmatch(w.text) for w in words)
            or COUNTED.fullmatch(" ".join(w.text for w in words[-2:])) is not None
            or _PEOPLE.fullmatch(text) is not None
            or _TOTAL.fullmatch(text) is not None
        )

    def closes(self, phrase: Phrase) -> bool:
        """Whether a noun phrase is the end of a list: 등, a group, or the number of what it lists."""
        return self.ends(phrase) or self.counted(phrase)

    def of_bodies(self, bodies: Sequence[Mention], phrase: Phrase) -> bool:
        """Whether a noun phrase counts or calls the people of several bodies (A, B의 주요 인사 5명이)."""
        words = words_of(self.tokens, phrase.tokens)
        people = bool(words) and (
            _COUNTED_PEOPLE.fullmatch(words[-1].text) is not None
            or words[-1].text.removesuffix("들") in self.knowledge.organizations.crowds
        )
        return people and len(bodies) > 1 and all(schema().is_a(m.kind, "Organization") for m in bodies)

    def pending(self, arg: Arg) -> tuple[Mention, ...]:
        """An unknown name of a list that may yet turn out to be one of bodies (새벽별랩, …, 한양대학교 등)."""
        name = self.name(arg.phrase)
        return (name,) if name is not None else ()

    def _listed(self, before: Arg, arg: Arg) -> bool:
        """An unknown name that stands in a list with a known body is a body (○○연구원과 누리셋 등이)."""
        if (
            before.particle not in ("과", "와", ",", "·")
            or before.phrase.kind != "NP"
            or arg.phrase.kind != "NP"
            or any(self.tokens.words[i] == "분야" for i in arg.phrase.tokens)
        ):  # IT, 금융 등 분야 국내 기업이
            return False
        known, unknown = (before, arg) if before.head is not None else (arg, before)
        if (
            known.head is None
            or unknown.head is not None
            or not schema().is_a(known.head.kind, "Agent")
            or known.head.kind == "Person"
            or unknown.owners
        ):
            return False
        name = self.name(unknown.phrase)
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
        best = process.extractOne(
            name.name, countries, scorer=fuzz.ratio, score_cutoff=80, processor=lambda w: unicodedata.normalize("NFD", w)
        )  # by letters
        if best is None or len(name.name) < 3:
            return None
        return Mention(
            start=name.start, end=name.end, kind="Country", name=name.name, rule="misspelt", known=best[0], certain=False
        )

    def name(self, phrase: Phrase) -> Mention | None:
        return bare_name(phrase, self.tokens, self.knowledge)

    def joins(self, before: Arg, arg: Arg) -> bool:
        """Whether a noun phrase before another is a member of the same list."""
        particle = before.particle
        if particle not in JOIN or arg.particle in ("은", "는", "에서는") and self.tokens.words[arg.phrase.tokens[-1]] == "측":
            return False  # ○○○ 국장, 미국측은 ○○○ 차관보가
        if self.goes_on(before, arg):
            return True
        if before.head is not None and arg.head is None and is_agent(before.head) and self.closes(arg.phrase) and not arg.owners:
            return True  # ○○○ 청장, 수상자 가족 등 150여 명이; ○○협회 등과 보안기업 5개사
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
