"""Tags that know better than the analyser: names before titles and behind ㈜, particles that it takes for nouns, and nouns for particles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.analyze.morphs import Morph
from kg.analyze.names.foreigners import syllabled
from kg.analyze.names.words import (
    HANGUL,
    LIST_MARKS,
    event_noun,
    has_name_shape,
    is_ordinary,
    is_verb,
    organization_suffix,
    title_in,
)
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge

_LONGEST = 12  # tokens of an event's name, syllables of a foreigner's
_PERSONAL = re.compile(r"[A-ZÀ-Þ][\w.’'-]*(?: [A-Za-zÀ-ÿ’'-][\w.’'-]*){1,4}")
_DOTS = "·‧ㆍ・"
_TOPICS = frozenset("는은도")


def mend_tags(tokens: Tokens, knowledge: Knowledge) -> Tokens:
    """Tokens whose tags know better: a name before a title (나한결 통계청장) is proper however the analyser cut it; 여는 is 열다."""
    mending = _Mending(tokens, knowledge)
    count = len(tokens.tags)
    for i in range(1, count - 1):
        mending.particle(i)
    starts = [i for i in range(count) if tokens.spaced[i] and mending.tags[i] != "SPACE"]
    for opening in (i for i in range(1, count) if tokens.words[i] == "(" and tokens.pair[i] > i):
        mending.foreigner(opening)
    for first, following in zip(starts, [*starts[1:], count]):
        mending.eojeol(first, following)
    return replace(tokens, tags=mending.tags, morphs=mending.morphs, eojeols={})


class _Mending:
    """The tags and morphemes of a text while they are mended."""

    def __init__(self, tokens: Tokens, knowledge: Knowledge) -> None:
        self.tokens, self.knowledge = tokens, knowledge
        self.tags, self.morphs = list(tokens.tags), list(tokens.morphs)

    def particle(self, i: int) -> None:
        """Mend a token by those beside it."""
        tokens, tags = self.tokens, self.tags
        before, word, after = tokens.words[i - 1 : i + 2]
        ends = tokens.spaced[i + 1] and not tokens.spaced[i]
        if tags[i] == "MM" and word == "이" and ends:
            tags[i] = "JKS"
        if word in _DOTS and before == "아" and after.startswith("태"):
            tags[i - 1] = "NNP"  # 아·태
        if word == "연" and tokens.spaced[i] and tokens.spaced[i + 1] and self._opens(i):
            tags[i], self.morphs[i] = "VV+ETM", (Morph("열", "VV"), Morph("ᆫ", "ETM"))
        if tags[i] in ("JC", "JKB") and word == "과" and after == "과장" and ends:
            tags[i] = "NNG"  # 안전정책과 과장
        if tags[i] == "NNG" and word == "과" and ends and before.endswith(self.knowledge.names.no_sections):
            tags[i] = "JC"  # ○○정보센터과 ○○공사

    def _opens(self, i: int) -> bool:
        """Whether 연 is 열다: behind where or who (본부에서 연, 협회가 연), before words that end with an event."""
        tokens = self.tokens
        if tokens.words[i - 1] not in ("에서", "이", "가") or not self.tags[i - 1].startswith("JK"):
            return False
        noun = i + 1
        while noun < len(self.tags) and self.tags[noun].startswith(("NN", "SL", "XSN", "SPACE")) and noun - i < _LONGEST:
            noun += 1
        return noun > i + 1 and event_noun(tokens.surface(i + 1, noun - 1), self.knowledge) is not None

    def eojeol(self, first: int, following: int) -> None:
        """Mend an eojeol of several tokens."""
        tokens, tags = self.tokens, self.tags
        last = following - 1
        while last > first and tags[last] == "SPACE":
            last -= 1
        while first < last and not tokens.words[first].strip(LIST_MARKS):
            first += 1
        if last == first:
            return
        text = tokens.surface(first, last)
        if tokens.words[first] == "㈜":
            self._firm(first, last)
        elif text == "여는" and last == first + 1:
            tags[first], self.morphs[first] = "VV", (Morph("열", "VV"),)
            tags[last], self.morphs[last] = "ETM", (Morph("는", "ETM"),)
        elif tags[first] == "NP" and text[:-1] in self.knowledge.gazetteer and self._is_particle(last, text[-1]):
            tags[first:last] = ["NNP"] * (last - first)  # 나주시는, which the analyser takes for 나 and 주시는
            tags[last] = "JX" if text[-1] in _TOPICS else "JKS" if text[-1] == "가" else "JC"
            self.morphs[last] = (Morph(text[-1], "JX"),)
        elif self._is_titled(text, first, last, following):
            tags[first : last + 1] = ["NNP"] * (last + 1 - first)

    def foreigner(self, opening: int) -> None:
        """Mend the eojeols that a name in Latin letters stands behind, as many as it has words: 듣 티나(Dith Tina) 농림부 장관."""
        tokens, closing = self.tokens, self.tokens.pair[opening]
        latin = tokens.text[tokens.ends[opening] : tokens.starts[closing]]
        if not _PERSONAL.fullmatch(latin) or latin.split(" ")[-1] in self.knowledge.organizations.latin:
            return
        if not _title_follows(tokens, self.tags, closing + 1, self.knowledge):
            return
        last = opening - 1
        for _ in range(syllabled(latin)):
            first = next((i for i in range(last, -1, -1) if tokens.spaced[i]), 0)
            if not self._foreign(first, last):
                return
            self.tags[first : last + 1] = ["NNP"] * (last + 1 - first)
            last = first - 1

    def _foreign(self, first: int, last: int) -> bool:
        """Whether an eojeol can be part of a foreign name, and is no other word with its particle."""
        text, tags, knowledge = self.tokens.surface(first, last), self.tags[first : last + 1], self.knowledge
        other = tags[-1].startswith("J") and tags[-2:-1] and tags[-2].startswith("NN") and len(self.tokens.words[last - 1]) > 1
        return (
            HANGUL.fullmatch(text) is not None
            and len(text) <= _LONGEST
            and not (other and tags[-1] != "JC")
            and not any("VCP" in tag for tag in tags)
            and title_in(text, knowledge) is None
            and text not in knowledge.gazetteer
            and organization_suffix(text, knowledge) is None
        )

    def _firm(self, first: int, last: int) -> None:
        """㈜고운사람들: whatever the analyser takes its parts for."""
        while last > first + 1 and self.tags[last].startswith(("J", "S")):
            last -= 1
        self.tags[first + 1 : last + 1] = ["NNP"] * (last - first)

    def _is_particle(self, i: int, letter: str) -> bool:
        return self.tokens.words[i] == letter and letter in ("는", "은", "가", "도", "와", "과")

    def _is_titled(self, text: str, first: int, last: int, following: int) -> bool:
        """Whether an eojeol is a name that a title follows."""
        tags, knowledge = self.tags[first : last + 1], self.knowledge
        return (
            3 <= len(text) <= 4
            and following < len(self.tags)
            and HANGUL.fullmatch(text) is not None
            and _can_be_name(text, tags, knowledge)
            and not is_ordinary(text, tags, knowledge)
            and _title_follows(self.tokens, self.tags, following, knowledge)
        )


def _title_follows(tokens: Tokens, tags: Sequence[str], following: int, knowledge: Knowledge) -> bool:
    """Whether the next eojeol is a title, or the one after a body's name is (나한결 통계청장, 제나윤 국가인권위원회 위원장)."""
    count = len(tags)
    if following >= count:
        return False
    for hop in range(3):
        end = following
        while end + 1 < count and not tokens.spaced[end + 1] and tags[end + 1].startswith(("NN", "XSN", "SL")):
            end += 1
        word = tokens.surface(following, end).removesuffix("님")
        if title_in(word, knowledge) and word not in knowledge.gazetteer:
            return True
        if hop == 0 and word not in knowledge.gazetteer and organization_suffix(word, knowledge) is None:
            return False
        following = end + 1
        if following < count and tokens.words[following] == "(" and tokens.pair[following] > 0:
            following = tokens.pair[following] + 1
        if following >= count or not tokens.spaced[following]:
            return False
    return False


def _can_be_name(text: str, tags: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a word can be a person's name, however the analyser cut it."""
    names = knowledge.surnames
    if (
        text in names.not_names
        or text in knowledge.gazetteer
        or not (text[:2] in names.two or text[0] in names.one and len(text) == 3)
    ):
        return False
    if len(tags) == len(text) == 3 and tags[0] == "NNP" and has_name_shape(text, knowledge) and text[0] in names.common:
        return True  # 윤·승·한, cut syllable by syllable as no word of the language is
    if len(tags) == 2 and tags[1] == "XSN" and not (text.endswith("용") and has_name_shape(text, knowledge)):
        return False  # 표준화, 정보화
    if is_verb(tags):
        return False
    if tags[-1].startswith("J"):
        if len(tags) == len(text) == 3:
            return tags[0].startswith(("NNG", "NNP")) and has_name_shape(text, knowledge)  # 윤·영·은
        return tags[0].startswith("NNP") and len(tags) == 2
    return (
        not (all(t in ("NNG", "XSN", "NNB", "XPN") for t in tags) and len(tags) == 2 and len(text) == 4)
        and not any(t.startswith(("SN", "SF")) for t in tags)
        and not tags[-1].startswith("E")
        and not (tags[-1].endswith("ETM") and text[-1] in "한은는운던인된할진난간")
    )
