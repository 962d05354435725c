"""Sentences as rows of phrases, from left to right.

Parentheses are lifted out (``Phrase.notes``), so that ``한국인터넷진흥원(KISA, 원장 홍길동)은`` is one noun phrase with a note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from kg.analyze.phrases import LOST, Phrase
from kg.analyze.predicates import read_predicate
from kg.analyze.tokens import QUOTES, Sentence, Tokens
from kg.model import Value

NOMINAL = frozenset("NNG NNP NNB NR NP SL SN SH XPN XSN XR SW W_SERIAL W_EMAIL W_URL UN SB XSM".split())
VERBAL = frozenset("VV VX VA XSV XSA VCP VCN VV-R VV-I VA-R VA-I VX-R VX-I XSA-R XSA-I".split())
_ENDINGS = frozenset({"EP", "EC", "ETM", "EF", "ETN"})
_SEPARATORS = frozenset({"SP", "SO", "SS", "SY"})
_BETWEEN = "·ㆍ‧・･․/&-∙•+"
_AROUND_TIME = frozenset("오전 오후 까지 부터 간 동안 낮 저녁 아침".split())
_SPEECH = frozenset("“")
_AFTER_SPEECH = re.compile(
    r"(?:이?라|하|[하한된]다)?(?:고|며|면서)(?=[\s,])|(?:[임함됨]|이라는 점|라는 점)을\s[^“”]{0,12}(?:강조|밝|언급|역설|말)|[은는이가]\s[^“”]{0,12}(?:말|밝혔|강조)"
)
_BULLETS = frozenset("□ㅇ○◦▪■▣◎●◆◇▶►‣•◈❍⦁∘√✓※▲△*")
_ITEMS = frozenset("▲△▴▵▶▸■□◆◇●○◦①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺➊➋➌➍➎")  # that begin the next of a list


def read_phrases(
    tokens: Tokens, sentence: Sentence, values: Mapping[int, tuple[int, Value]] = MappingProxyType({})
) -> list[Phrase]:
    """The phrases of a sentence, in order; ``values`` maps a first token to the last token and the date that stands there."""
    return _Phrasing(tokens, sentence, values).read()


class _Phrasing:
    """State of one left-to-right pass: the token ``i`` that comes next, and the noun phrase that may still go on."""

    def __init__(self, tokens: Tokens, sentence: Sentence, values: Mapping[int, tuple[int, Value]]) -> None:
        self.tokens, self.values = tokens, values
        self.tags, self.words, self.pair, self.spaced = tokens.tags, tokens.words, tokens.pair, tokens.spaced
        self.i, self.end = sentence.start, sentence.end
        self.noun: Phrase | None = None
        self.found: list[Phrase] = []

    def read(self) -> list[Phrase]:
        while self.i < self.end:
            tag, word = self.tags[self.i], self.words[self.i]
            major = tag.partition("+")[0]
            if not (
                self._time()
                or self._note(word)
                or self._quote(word)
                or self._item(word, major)
                or self._nominal(tag, major)
                or self._particle(tag)
                or self._predicate(major)
                or self._adverb(major)
                or self._mark(word, major)
            ):
                self._close()
                if word in ",、":
                    self.found.append(Phrase("COMMA", self.i, self.i))
                self.i += 1
        self._close()
        return self.found

    def _close(self, particle: str = "") -> None:
        """End the noun phrase that was going on."""
        if self.noun is not None:
            self.noun.particle = particle or self.noun.particle
            self.found.append(self.noun)
            self.noun = None

    def _take(self) -> None:
        """Take the next token into the noun phrase that goes on, or that begins with it."""
        if self.noun is None:
            self.noun = Phrase("NP", self.i, self.i)
        self.noun.tokens.append(self.i)
        self.noun.last = self.i
        self.i += 1

    def _comma(self, phrase: Phrase) -> None:
        if self.i < self.end and self.words[self.i] in ",、":
            phrase.comma = True
            self.i += 1

    def _time(self) -> bool:
        """A day or time, with its particles and the words of a day around it."""
        if self.i not in self.values or self.values[self.i][0] >= self.end:
            return False
        if self.noun is not None:
            self.noun.last = self.noun.tokens[-1]
        self._close()
        last, value = self.values[self.i]
        time = Phrase("TIME", self.i, last, value=value)
        self.i = last + 1
        while self.i < self.end:
            particle = self.tags[self.i].startswith("J")
            if not (particle and not self.spaced[self.i] or self.words[self.i] in _AROUND_TIME):
                break
            time.particle += self.words[self.i] if particle else ""
            self.i += 1
        self._comma(time)
        self.found.append(time)
        return True

    def _note(self, word: str) -> bool:
        """A parenthesis: a note of the noun phrase before it, or by itself."""
        opening, closing = self.i, self.pair[self.i]
        if closing <= opening or word not in "([〔":
            return False
        if self.noun is not None:
            self.noun.notes.append((opening, closing))
        else:
            self.found.append(Phrase("NOTE", opening, closing))
        self.i = closing + 1
        return True

    def _quote(self, word: str) -> bool:
        """Speech, or a quoted title, which is part of a noun phrase."""
        opening, closing = self.i, self.pair[self.i]
        if closing <= opening or word not in QUOTES:
            return False
        if _is_speech(self.tokens, opening):
            self._close()
            self.found.append(Phrase("QUOTE", opening, closing))
        else:
            self.noun = self.noun or Phrase("NP", opening, opening)
            self.noun.quoted.append((opening, closing))
            self.noun.tokens.extend(range(opening, closing + 1))
            self.noun.last = closing
        self.i = closing + 1
        return True

    def _item(self, word: str, major: str) -> bool:
        """A mark that begins an item of a list; …라는 주제 아래, which works like a particle."""
        noun = self.noun
        if noun is None:
            if word not in _BULLETS:
                return False
        elif not self.spaced[self.i]:
            return False
        elif word in _ITEMS and major != "SB":
            self._close(";")  # the next of a list begins
        elif (
            word in ("아래", "하에") and noun.tokens and self.words[noun.tokens[-1]].endswith(("주제", "슬로건", "의제", "테마"))
        ):
            self._close(word)
        else:
            return False
        self.i += 1
        return True

    def _nominal(self, tag: str, major: str) -> bool:
        """A token of a noun phrase; a determiner that stands by itself begins one."""
        i, noun = self.i, self.noun
        if major in NOMINAL and not (major == "SB" and self.spaced[i]):
            if noun is not None and noun.notes and noun.notes[-1][1] == i - 1 and tag == "SN" and len(self.words[i]) == 4:
                self._close(LOST)  # )2013년: the particle after the parenthesis is lost
        elif major == "MM":
            alone = i + 1 >= self.end or self.spaced[i + 1]
            if alone or self.spaced[i]:
                self._close()
            self.noun = self.noun or Phrase("NP", i, i, determiner=self.words[i] if alone else None)
        else:
            return False
        self._take()
        return True

    def _particle(self, tag: str) -> bool:
        """A case with which a noun phrase ends."""
        if not tag.startswith("J"):
            return False
        particle = self.words[self.i]
        self.i += 1
        if tag == "JKQ":
            return True
        while self.i < self.end and self.tags[self.i].startswith("J") and not self.spaced[self.i]:
            particle += self.words[self.i]
            self.i += 1
        if self.noun is not None:
            self._comma(self.noun)
            self.noun.particle = particle
            self._close()
        return True

    def _predicate(self, major: str) -> bool:
        """A verb or adjective with its endings, and the verbal noun that leaves its phrase for it; or a verb that is part of a name."""
        if major == "VV" and _in_name(self.tokens, self.i, self.end):
            self._take()
            return True
        noun = self.noun
        if major not in VERBAL and (major not in _ENDINGS or noun is None):
            return False
        predicate, self.i = read_predicate(self.tokens, self.i, self.end, noun)
        if noun is not None and predicate.first <= noun.last:
            noun.tokens = [t for t in noun.tokens if t < predicate.first]
            if noun.tokens:
                noun.last = noun.tokens[-1]
                noun.notes = [n for n in noun.notes if n[0] < predicate.first]
                noun.quoted = [q for q in noun.quoted if q[0] < predicate.first]
            else:
                self.noun = None
        self._close()
        self.found.append(predicate)
        return True

    def _adverb(self, major: str) -> bool:
        if major not in ("MAG", "MAJ"):
            return False
        self._close()
        self.found.append(Phrase("ADV", self.i, self.i, particle=self.words[self.i]))
        self.i += 1
        return True

    def _mark(self, word: str, major: str) -> bool:
        """A mark between two words of a name, or one that ends a noun phrase; a closing one whose opening one is lost is nothing."""
        noun, i = self.noun, self.i
        if noun is None:
            return False
        if major in _SEPARATORS or word in _BETWEEN:
            if i + 1 < self.end and not self.spaced[i + 1] and not self.spaced[i] and word not in ",:":
                self._take()
                return True
            noun.comma = word in ",、"
            noun.particle = "," if noun.comma else word  # a colon makes a topic
            self._close()
        elif not (word in "”’」』》〉>" and self.pair[i] == -1 and not self.spaced[i]):
            return False
        self.i += 1
        return True


_ASKED = re.compile(r"\s?을\s(?:[가-힣]{2,3}\s)?(?:당부|요청|주문|강조|촉구|지시|약속|제안)")


def _is_speech(tokens: Tokens, i: int) -> bool:
    """A quotation that holds a clause is speech; one that holds a noun phrase is a title."""
    close = tokens.pair[i]
    inside = range(i + 1, close)
    after = tokens.tags[close + 1] if close + 1 < len(tokens.tags) else ""
    if after.startswith("JKQ") or (tokens.words[i] in _SPEECH and any("EF" in tokens.tags[j] for j in inside)):
        return True
    if (
        tokens.words[i] == "“"
        and tokens.starts[close] - tokens.ends[i] >= 12
        and _AFTER_SPEECH.match(tokens.text, tokens.ends[close])
    ):
        return True
    if (
        tokens.words[i] in _SPEECH
        and close - i > 3
        and tokens.words[close - 1] == "것"
        and tokens.tags[close - 2].endswith("ETM")
        and _ASKED.match(tokens.text, tokens.ends[close])
    ):
        return True  # “… 힘써 줄 것”을 당부했다
    follows = tokens.words[close + 1] if close + 1 < len(tokens.words) else ""
    return (
        tokens.words[i] in "“‘"
        and follows in ("고", "라고", "이라고", "며", "이라며", "라며", "면서", "이라면서", "라면서", "다며", "다고")
        and (tokens.words[i] == "“" or close - i > 12)
        and not (tokens.words[i] == "‘" and follows in ("라고", "이라고") and close - i < 10)
    )


def _in_name(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a verb is a word of a name: [열린]소통포럼 in one eojeol, 김장 [나눔] 행사 without an object."""
    if i + 1 >= end or not tokens.spaced[i] or not tokens.tags[i + 1].startswith("NN"):
        return False
    last = tokens.morphs[i][-1].tag
    if last == "ETM":
        return not tokens.spaced[i + 1]
    return last == "ETN" and i > 0 and tokens.tags[i - 1].startswith("NN")
