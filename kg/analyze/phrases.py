"""Sentences as rows of phrases: noun phrases with their particles, predicates with their endings, adverbs, quotations.

Parentheses are lifted out (``Phrase.notes``), so that ``한국인터넷진흥원(KISA, 원장 홍길동)은`` is one noun phrase with a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.analyze.tokens import QUOTES, Sentence, Tokens
from kg.model import Value

NOMINAL = frozenset(
    {
        "NNG",
        "NNP",
        "NNB",
        "NR",
        "NP",
        "SL",
        "SN",
        "SH",
        "XPN",
        "XSN",
        "XR",
        "SW",
        "W_SERIAL",
        "W_EMAIL",
        "W_URL",
        "UN",
        "SB",
        "XSM",
    }
)
VERBAL = frozenset(
    {"VV", "VX", "VA", "XSV", "XSA", "VCP", "VCN", "VV-R", "VV-I", "VA-R", "VA-I", "VX-R", "VX-I", "XSA-R", "XSA-I"}
)
_SPEECH = frozenset("“")
_AFTER_SPEECH = re.compile(
    r"(?:이?라|하|[하한된]다)?(?:고|며|면서)(?=[\s,])|(?:[임함됨]|이라는 점|라는 점)을\s[^“”]{0,12}(?:강조|밝|언급|역설|말)|[은는이가]\s[^“”]{0,12}(?:말|밝혔|강조)"
)
_BULLETS = frozenset("□ㅇ○◦▪■▣◎●◆◇▶►‣•◈❍⦁∘√✓※▲△*")
_ITEMS = frozenset("▲△▴▵▶▸■□◆◇●○◦①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺➊➋➌➍➎")  # that begin the next of a list
LOST = "?"  # the particle of a noun phrase that has lost it


@dataclass(slots=True)
class Phrase:
    """One phrase of a sentence. ``kind``: NP, PRED, ADV or QUOTE; ``first``/``last`` are token indexes (inclusive).

    NP: ``particle`` is what follows (이, 에서, "," or "" …), ``notes`` are parentheses after it as (open, close) tokens,
    ``quoted`` title-like quotations inside it. PRED: ``lemma``, ``ending`` (final, connective, adnominal, nominal, reported),
    ``connective`` its form, and what the clause claims (``negated``, ``planned``, ``past``).
    """

    kind: str
    first: int
    last: int
    particle: str = ""
    notes: list[tuple[int, int]] = field(default_factory=list)
    quoted: list[tuple[int, int]] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    determiner: str | None = None
    comma: bool = False
    lemma: str = ""
    ending: str = ""
    connective: str = ""
    negated: bool = False
    planned: bool = False
    past: bool = False
    auxiliaries: tuple[str, ...] = ()
    value: Value | None = None
    start: int = -1


def read_phrases(
    tokens: Tokens, sentence: Sentence, values: Mapping[int, tuple[int, Value]] = MappingProxyType({})
) -> list[Phrase]:
    """The phrases of a sentence, in order; ``values`` maps a first token to the last token and the date that stands there."""
    return list(_read(tokens, sentence.start, sentence.end, values))


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


def _read(tokens: Tokens, i: int, end: int, values: Mapping[int, tuple[int, Value]]) -> Iterator[Phrase]:
    tags, words, pair, spaced = tokens.tags, tokens.words, tokens.pair, tokens.spaced
    noun: Phrase | None = None
    while i < end:
        tag, word = tags[i], words[i]
        major = tag.partition("+")[0]
        if i in values and values[i][0] < end:
            if noun is not None:
                noun.last = noun.tokens[-1]
                yield noun
                noun = None
            last, value = values[i]
            time = Phrase("TIME", i, last, value=value)
            i = last + 1
            while i < end and (
                tags[i].startswith("J")
                and not spaced[i]
                or words[i] in ("오전", "오후", "까지", "부터", "간", "동안", "낮", "저녁", "아침")
            ):
                time.particle += words[i] if tags[i].startswith("J") else ""
                i += 1
            if i < end and words[i] in ",、":
                time.comma = True
                i += 1
            yield time
            continue
        if pair[i] > i and word in "([〔":
            if noun is not None:
                noun.notes.append((i, pair[i]))
            else:
                yield Phrase("NOTE", i, pair[i])
            i = pair[i] + 1
            continue
        if pair[i] > i and word in QUOTES:
            if _is_speech(tokens, i):
                if noun is not None:
                    yield noun
                    noun = None
                yield Phrase("QUOTE", i, pair[i])
                i = pair[i] + 1
                continue
            if noun is None:
                noun = Phrase("NP", i, i)
            noun.quoted.append((i, pair[i]))
            noun.tokens.extend(range(i, pair[i] + 1))
            noun.last = pair[i]
            i = pair[i] + 1
            continue
        if noun is None and word in _BULLETS:
            i += 1
            continue
        if noun is not None and spaced[i] and word in _ITEMS and major != "SB":
            noun.particle = ";"  # the next of a list begins
            yield noun
            noun = None
            i += 1
            continue
        if (
            noun is not None
            and word in ("아래", "하에")
            and spaced[i]
            and noun.tokens
            and words[noun.tokens[-1]].endswith(("주제", "슬로건", "의제", "테마"))
        ):
            noun.particle = word  # …라는 주제 아래
            yield noun
            noun = None
            i += 1
            continue
        if major in NOMINAL and not (major == "SB" and spaced[i]):
            if noun is not None and noun.notes and noun.notes[-1][1] == i - 1 and tag == "SN" and len(word) == 4:
                noun.particle = LOST  # )2013년: the particle after the parenthesis is lost
                yield noun
                noun = None
            if noun is None:
                noun = Phrase("NP", i, i)
            noun.tokens.append(i)
            noun.last = i
            i += 1
            continue
        if major == "MM":
            alone = i + 1 >= end or spaced[i + 1]
            if noun is not None and (alone or spaced[i]):
                yield noun
                noun = None
            noun = noun or Phrase("NP", i, i, determiner=word if alone else None)
            noun.last = i
            noun.tokens.append(i)
            i += 1
            continue
        if tag.startswith("J") and tag != "JKQ":
            particle = word
            i += 1
            while i < end and tags[i].startswith("J") and not spaced[i]:
                particle += words[i]
                i += 1
            if noun is not None:
                noun.particle = particle
                if i < end and words[i] in ",、":
                    noun.comma = True
                    i += 1
                yield noun
                noun = None
            continue
        if tag == "JKQ":
            i += 1
            continue
        if major == "VV" and _in_name(tokens, i, end):
            noun = noun or Phrase("NP", i, i)
            noun.tokens.append(i)
            noun.last = i
            i += 1
            continue
        if major in VERBAL or (major in ("EP", "EC", "ETM", "EF", "ETN") and noun is not None):
            predicate, following = _predicate(tokens, i, end, noun)
            if noun is not None and predicate.first <= noun.last:  # the verbal noun leaves its phrase
                noun.tokens = [t for t in noun.tokens if t < predicate.first]
                if noun.tokens:
                    noun.last = noun.tokens[-1]
                    noun.notes = [n for n in noun.notes if n[0] < predicate.first]
                    noun.quoted = [q for q in noun.quoted if q[0] < predicate.first]
                    yield noun
            elif noun is not None:
                yield noun
            noun = None
            yield predicate
            i = following
            continue
        if major in ("MAG", "MAJ"):
            if noun is not None:
                yield noun
                noun = None
            yield Phrase("ADV", i, i, particle=word)
            i += 1
            continue
        if noun is not None and major in ("SP", "SO", "SS", "SY") or noun is not None and word in "·ㆍ‧・･․/&-∙•+":
            joined = i + 1 < end and not spaced[i + 1] and not spaced[i] and word not in ",:"
            if joined:
                noun.tokens.append(i)
                noun.last = i
                i += 1
                continue
            noun.comma = word in ",、"
            noun.particle = "," if noun.comma else word  # a colon makes a topic
            yield noun
            noun = None
            i += 1
            continue
        if noun is not None and word in "”’」』》〉>" and pair[i] == -1 and not spaced[i]:
            i += 1  # a closing mark whose opening one is lost
            continue
        if noun is not None:
            yield noun
            noun = None
        if word in ",、":
            yield Phrase("COMMA", i, i)
        i += 1
    if noun is not None:
        yield noun


def _in_name(tokens: Tokens, i: int, end: int) -> bool:
    """Whether a verb is a word of a name: [열린]소통포럼 in one eojeol, 김장 [나눔] 행사 without an object."""
    if i + 1 >= end or not tokens.spaced[i] or not tokens.tags[i + 1].startswith("NN"):
        return False
    last = tokens.morphs[i][-1].tag
    if last == "ETM":
        return not tokens.spaced[i + 1]
    return last == "ETN" and i > 0 and tokens.tags[i - 1].startswith("NN")


_CLAUSE_END = ("EF", "EC", "ETM", "ETN")


def _predicate(tokens: Tokens, i: int, end: int, noun: Phrase | None) -> tuple[Phrase, int]:
    """The predicate that begins at token i, with the verbal noun before it and its auxiliaries after it."""
    tags, words, morphs, spaced = tokens.tags, tokens.words, tokens.morphs, tokens.spaced
    first = i
    stem = morphs[i][0]
    lemma = "이다" if stem.tag in ("EF", "EC", "EP", "ETM", "ETN") else stem.form + "다"
    if stem.tag in ("XSV", "XSA", "XSA-R", "XSA-I", "XSV-R") and noun is not None and noun.tokens and not spaced[i]:
        k = noun.tokens[-1]
        verbal = words[k]
        first = k
        if (
            not spaced[k]
            and len(noun.tokens) > 1
            and noun.tokens[-2] == k - 1
            and tags[k - 1].startswith(("NN", "XPN"))
            and words[k - 1] in ("공동", "기조", "주제")
        ):
            verbal, first = words[k - 1] + verbal, k - 1
        lemma = verbal + stem.form + "다"
    elif stem.tag == "VV" and stem.form in ("갖", "가지", "하", "열", "맺", "받", "되", "오르", "올리"):
        lemma = stem.form + "다"
    elif stem.tag in ("VCP", "VCN"):
        lemma = "이다" if stem.tag == "VCP" else "아니다"
    predicate = Phrase("PRED", first, i, lemma=lemma)
    auxiliaries: list[str] = []
    ending, connective = "", ""
    j, m = i, 0 if stem.tag in ("EP", "EC", "EF", "ETM", "ETN") else 1  # ”라는 has no stem
    flat: list[tuple[str, str, int]] = []
    while j < end:  # morphemes are taken as long as they belong to this predicate
        for form, tag in morphs[j][m:] if j == i else morphs[j]:
            flat.append((form, tag, j))
        m = 0
        j += 1
        if j >= end:
            break
        lead = morphs[j][0].tag
        if lead in ("EP", "EC", "EF", "ETM", "ETN") and not spaced[j]:
            continue
        last_tag, last_form = (flat[-1][1], flat[-1][0]) if flat else ("", "")
        if lead.startswith("VX") and last_tag == "EC":
            auxiliaries.append(morphs[j][0].form)
            continue
        if last_tag == "EC" and last_form == "지" and words[j] in ("못", "않") and j + 1 < end:
            auxiliaries.append("못하")
            continue
        if "기로" in auxiliaries and lead.startswith("XSV") and not spaced[j]:
            continue  # 하기로 [결정]했다
        if flat and flat[-1][0] in ("못", "않") and lead.startswith(("XSV", "VV", "VX")) and morphs[j][0].form == "하":
            continue
        # 지 않, 기로 하, ㄹ 예정, ㄹ 수 있, 고 있
        if lead == "VV" and morphs[j][0].form in ("하",) and last_tag == "EC" and last_form in ("려고", "고자", "도록"):
            auxiliaries.append("하")
            continue
        if last_tag == "ETM" and lead in ("NNB", "NNG") and words[j] in ("예정", "계획", "방침", "전망", "것", "수", "바"):
            if words[j] in ("예정", "계획", "방침", "전망") or words[j] == "것" and last_form in ("ᆯ", "을"):
                predicate.planned = True
            k = j + 1
            if k < end and tags[k].startswith("J"):
                k += 1
            if (
                k < end
                and morphs[k][0].tag in ("VCP", "VCN", "VV", "VA", "XSV")
                and (words[j] != "것" or morphs[k][0].tag == "VCP")
            ):
                auxiliaries.append(words[j])
                flat.append((words[j], "AUX", j))
                j = k
                continue
            if words[j] in ("예정", "계획", "방침"):
                j += 1
                ending = "final"
            break
        if (
            last_tag == "ETN"
            and last_form == "기"
            and words[j] in ("로",)
            and j + 1 < end
            and morphs[j + 1][0].form in ("하", "결정", "합의", "약속")
        ):
            predicate.planned = True
            auxiliaries.append("기로")
            flat.append(("기로", "AUX", j))
            j += 1
            continue
        break
    for form, tag, _ in flat:
        if tag == "EP" and form in ("었", "았", "였", "시었"):
            predicate.past = True
        elif tag == "EP" and form == "겠":
            predicate.planned = True
        elif tag.startswith("VX") and form in ("않", "못하", "말"):
            predicate.negated = True
        if tag in _CLAUSE_END:
            ending = {"EF": "final", "EC": "connective", "ETM": "adnominal", "ETN": "nominal"}[tag]
            connective = form
            if tag == "ETM" and form in ("ᆯ", "을"):
                predicate.planned = True
        elif tag == "AUX":
            ending = ""
    if any(a in ("수", "바") for a in auxiliaries) and "예정" not in auxiliaries and "계획" not in auxiliaries:
        predicate.planned = True
    if ending == "connective" and connective.removeprefix("ᆫ").removeprefix("는") in (
        "다고",
        "라고",
        "다며",
        "라며",
        "다면서",
        "라면서",
        "자고",
        "으라고",
        "냐고",
    ):
        ending = "reported"
    if any(a in ("않", "못하", "말") for a in auxiliaries):
        predicate.negated = True
    if first > 0 and words[first - 1] in ("안", "못", "미") and tags[first - 1].startswith(("MAG", "XPN")):
        predicate.negated = True
    predicate.last = max(j - 1, i)
    if (
        ending == "final"
        and predicate.lemma == "이다"
        and "".join(words[i:j]) + (words[j] if j < end and not spaced[j] else "") in ("라는", "이라는", "란", "이란")
    ):
        ending = "adnominal"  # ‘…’라는 주제
    predicate.ending = ending or "final"
    predicate.connective = connective
    predicate.auxiliaries = tuple(auxiliaries)
    while j < end and tags[j].startswith("J") and not spaced[j]:  # 개최했다는, 개최함에
        predicate.particle += words[j]
        predicate.last = j
        j += 1
    if j < end and words[j] in ",、":
        predicate.comma = True
        j += 1
    return predicate, j
