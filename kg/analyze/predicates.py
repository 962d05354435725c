"""Predicates: a verb or adjective with its verbal noun, its endings and auxiliaries, and what these say of the act."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens

_CLAUSE_END = {"EF": "final", "EC": "connective", "ETM": "adnominal", "ETN": "nominal"}
_ENDINGS = frozenset({"EF", "EC", "EP", "ETM", "ETN"})
_LIGHT = frozenset({"XSV", "XSA", "XSA-R", "XSA-I", "XSV-R"})
_PLANS = frozenset("예정 계획 방침 전망".split())
_BOUND = _PLANS | {"것", "수", "바"}
_NOT = frozenset({"않", "못하", "말"})
_REPORTED = frozenset("다고 라고 다며 라며 다면서 라면서 자고 으라고 냐고".split())
_CALLED = frozenset({"라는", "이라는", "란", "이란"})


def read_predicate(tokens: Tokens, i: int, end: int, noun: Phrase | None) -> tuple[Phrase, int]:
    """The predicate that begins at token i, with the verbal noun before it and its auxiliaries after it; and the token after it."""
    first, lemma = _lemma(tokens, i, noun)
    reader = _Predicate(tokens, i, end, Phrase("PRED", first, i, lemma=lemma))
    reader.take_morphemes()
    reader.interpret()
    return reader.predicate, reader.finish()


def _lemma(tokens: Tokens, i: int, noun: Phrase | None) -> tuple[int, str]:
    """The first token of a predicate and its lemma, with the verbal noun that makes it (공동주최하다)."""
    tags, words, spaced = tokens.tags, tokens.words, tokens.spaced
    stem = tokens.morphs[i][0]
    if stem.tag in _LIGHT and noun is not None and noun.tokens and not spaced[i]:
        k = noun.tokens[-1]
        compound = (
            not spaced[k]
            and len(noun.tokens) > 1
            and noun.tokens[-2] == k - 1
            and tags[k - 1].startswith(("NN", "XPN"))
            and words[k - 1] in ("공동", "기조", "주제")
        )
        return (k - 1, words[k - 1] + words[k] + stem.form + "다") if compound else (k, words[k] + stem.form + "다")
    if stem.tag in _ENDINGS or stem.tag == "VCP":
        return i, "이다"
    return i, "아니다" if stem.tag == "VCN" else stem.form + "다"


@dataclass(slots=True)
class _Predicate:
    """State of reading one predicate: the token ``j`` that comes next, and the morphemes and auxiliaries that belong to it so far."""

    tokens: Tokens
    i: int
    end: int
    predicate: Phrase
    j: int = 0
    ending: str = ""
    flat: list[tuple[str, str]] = field(default_factory=list)
    auxiliaries: list[str] = field(default_factory=list)

    def take_morphemes(self) -> None:
        """Take morphemes as long as they belong to this predicate; ”라는 has no stem."""
        morphs = self.tokens.morphs
        self.j = self.i
        self.flat = [(m.form, m.tag) for m in morphs[self.i][0 if morphs[self.i][0].tag in _ENDINGS else 1 :]]
        while True:
            self.j += 1
            if self.j >= self.end or not (self._goes_on() or self._bound_noun() or self._decided()):
                return
            self.flat.extend((m.form, m.tag) for m in morphs[self.j])

    @property
    def _last(self) -> tuple[str, str]:
        return self.flat[-1] if self.flat else ("", "")

    def _goes_on(self) -> bool:
        """Whether the next token is an ending or an auxiliary: 지 않, 기로 결정하, 려고 하, 고 있."""
        j, (form, tag), word = self.j, self._last, self.tokens.words[self.j]
        stem = self.tokens.morphs[j][0]
        if stem.tag in _ENDINGS and not self.tokens.spaced[j]:
            return True
        if stem.tag.startswith("VX") and tag == "EC":
            self.auxiliaries.append(stem.form)
            return True
        if tag == "EC" and form == "지" and word in ("못", "않") and j + 1 < self.end:
            self.auxiliaries.append("못하")
            return True
        if "기로" in self.auxiliaries and stem.tag.startswith("XSV") and not self.tokens.spaced[j]:
            return True  # 하기로 [결정]했다
        if form in ("못", "않") and stem.tag.startswith(("XSV", "VV", "VX")) and stem.form == "하":
            return True
        if stem.tag == "VV" and stem.form == "하" and tag == "EC" and form in ("려고", "고자", "도록"):
            self.auxiliaries.append("하")
            return True
        return False

    def _bound_noun(self) -> bool:
        """Whether a noun that only an ending binds, and its verb, go on: ㄹ 예정이다, ㄹ 수 있다; the plan alone ends a line."""
        tags, words, morphs = self.tokens.tags, self.tokens.words, self.tokens.morphs
        j, (form, tag), word = self.j, self._last, words[self.j]
        if tag != "ETM" or morphs[j][0].tag not in ("NNB", "NNG") or word not in _BOUND:
            return False
        if word in _PLANS or word == "것" and form in ("ᆯ", "을"):
            self.predicate.planned = True
        k = j + 1
        if k < self.end and tags[k].startswith("J"):
            k += 1
        if k < self.end and morphs[k][0].tag in ("VCP", "VCN", "VV", "VA", "XSV") and (word != "것" or morphs[k][0].tag == "VCP"):
            self.auxiliaries.append(word)
            self.flat.append((word, "AUX"))
            self.j = k
            return True
        if word in _PLANS - {"전망"}:
            self.j += 1
            self.ending = "final"
        return False

    def _decided(self) -> bool:
        """Whether 기로 하다, 기로 합의하다 goes on."""
        j, words, morphs = self.j, self.tokens.words, self.tokens.morphs
        if self._last != ("기", "ETN") or words[j] != "로" or j + 1 >= self.end:
            return False
        if morphs[j + 1][0].form not in ("하", "결정", "합의", "약속"):
            return False
        self.predicate.planned = True
        self.auxiliaries.append("기로")
        self.flat.append(("기로", "AUX"))
        self.j += 1
        return True

    def interpret(self) -> None:
        """What the morphemes say: past, planned, negated, and how the clause ends."""
        predicate, connective, ending = self.predicate, "", self.ending
        for form, tag in self.flat:
            if tag == "EP" and form in ("었", "았", "였", "시었"):
                predicate.past = True
            elif tag == "EP" and form == "겠" or tag == "ETM" and form in ("ᆯ", "을"):
                predicate.planned = True
            elif tag.startswith("VX") and form in _NOT:
                predicate.negated = True
            if tag in _CLAUSE_END:
                ending, connective = _CLAUSE_END[tag], form
            elif tag == "AUX":
                ending = ""
        if "수" in self.auxiliaries and not {"예정", "계획"} & set(self.auxiliaries):
            predicate.planned = True
        if "바" in self.auxiliaries and any(tag == "ETM" and form in ("ᆫ", "은") for form, tag in self.flat):
            predicate.past = True  # 개최한 바 있다
        if ending == "connective" and connective.removeprefix("ᆫ").removeprefix("는") in _REPORTED:
            ending = "reported"
        if _NOT & set(self.auxiliaries) or self._denied_before():
            predicate.negated = True
        if ending == "final" and predicate.lemma == "이다" and self._words() in _CALLED:
            ending = "adnominal"  # ‘…’라는 주제
        predicate.last = max(self.j - 1, self.i)
        predicate.ending, predicate.connective = ending or "final", connective
        predicate.auxiliaries = tuple(self.auxiliaries)

    def _denied_before(self) -> bool:
        """Whether 안, 못 or 미 stands before the predicate."""
        before = self.predicate.first - 1
        return (
            before >= 0
            and self.tokens.words[before] in ("안", "못", "미")
            and self.tokens.tags[before].startswith(("MAG", "XPN"))
        )

    def _words(self) -> str:
        """The words of the predicate, and what follows without a space."""
        tokens, j = self.tokens, self.j
        return "".join(tokens.words[self.i : j]) + (tokens.words[j] if j < self.end and not tokens.spaced[j] else "")

    def finish(self) -> int:
        """Take the particles of a nominal ending (개최했다는, 개최함에) and a comma; the token after them."""
        tokens, j = self.tokens, self.j
        while j < self.end and tokens.tags[j].startswith("J") and not tokens.spaced[j]:
            self.predicate.particle += tokens.words[j]
            self.predicate.last = j
            j += 1
        if j < self.end and tokens.words[j] in ",、":
            self.predicate.comma = True
            j += 1
        return j
