"""The eojeols of a phrase, and what a word by itself can be: a person's name, a title, an event noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from kg.analyze.morphs import Morph
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge

_MARKS = "*▲▴△▵▶▸◦‣①②③④⑤⑥⑦⑧⑨⑩"  # of footnotes and lists
LIST_MARK = re.compile(r"[▲△▴◇◆■□●○]\s*")  # of people and their new posts: ◇ 팀장급 보임 ▲ 전략기획팀장
HANGUL = re.compile(r"[가-힣]+")
_NUMBERING = frozenset("①②③④⑤⑥⑦⑧⑨⑩➀➁➂➃➄➅➆➇➈➉❶❷❸❹❺❻❼❽❾❿➊➋➌➍➎➏➐➑➒➓")


class Word(NamedTuple):
    """An eojeol of a noun phrase: its tokens (inclusive), its text and where it stands."""

    first: int
    last: int
    text: str
    start: int
    end: int


def words_of(tokens: Tokens, indexes: Sequence[int]) -> list[Word]:
    """Eojeols of a phrase; a parenthesis that was lifted out, a comma and a middle dot part them too; marks of footnotes and lists are left out."""
    asked = tuple(indexes)
    found = tokens.eojeols.get(asked)
    if found is None:  # every reader of names asks for the same phrases again
        found = tokens.eojeols[asked] = tuple(_words_of(tokens, asked))
    return list(found)


def _words_of(tokens: Tokens, indexes: Sequence[int]) -> list[Word]:
    found: list[Word] = []
    indexes = [i for i in indexes if tokens.words[i].strip(_MARKS)] or indexes
    first = None
    for position, i in enumerate(indexes):
        if first is None:
            if tokens.words[i] in _NUMBERING and position + 1 < len(indexes):
                continue  # ②○○○ 교수
            first = i
        following = indexes[position + 1] if position + 1 < len(indexes) else None
        if following is None or tokens.spaced[following] or following != i + 1:
            last = i - 1 if i > first and tokens.words[i] == "님" and tokens.tags[i] == "XSN" else i  # ○○○ 원장님
            found.append(Word(first, last, tokens.surface(first, last), tokens.starts[first], tokens.ends[last]))
            first = None
    return found


def eojeol_start(tokens: Tokens, i: int) -> int:
    """Where the eojeol of token i begins where the analyser has cut a name in it (마치고 사옥 as 마치, 고 사옥), else where the token does."""
    first = i
    while (
        first > 0
        and not tokens.spaced[first]
        and HANGUL.fullmatch(tokens.words[first - 1])
        and tokens.tags[first - 1].startswith(("V", "E", "MA", "MM", "XP", "IC"))
    ):
        first -= 1
    return tokens.starts[first]


def apart(word: Word, following: Word, tokens: Tokens) -> bool:
    """Whether the mark of a list stands between two words (○○○ ▲ 공공조사팀장)."""
    return word.last + 1 < following.first and LIST_MARK.match(tokens.words[word.last + 1]) is not None


def title_in(word: str, knowledge: Knowledge) -> tuple[str, str] | None:
    """(what stands before, the title) where a word ends with a title; the longest title counts.

    >>> from kg.knowledge.load import load_knowledge
    >>> title_in("대응본부장", load_knowledge()), title_in("운동장", load_knowledge())
    (('대응', '본부장'), None)
    """
    found = _title_in(word, knowledge.titles.all)
    if found and found[0] and found[1] in _MARKETS and word not in knowledge.head_titles:
        return None  # 채권시장 is a market, 인사이사 no director
    if found and found[1] == "부장관" and word in knowledge.head_titles:
        return word[:-2], "장관"  # 교육부장관
    return found


# Titles that are everyday words behind another word; there they count only where the gazetteer knows the whole (충주시장).
_MARKETS = frozenset(
    "시장 감사 대사 회원 학생 선수 대리 간사 감독 의사 기자 배우 서기 사서 대장 후보 소위 중위 대위 준위".split()
)


@lru_cache(maxsize=16384)
def _title_in(word: str, titles: frozenset[str]) -> tuple[str, str] | None:
    for size in range(min(len(word), 10), 1, -1):
        if word[-size:] in titles:
            return word[:-size], word[-size:]
    return None


def tags_of(tokens: Tokens, word: Word) -> Sequence[str]:
    """The tags of a word's tokens."""
    return tokens.tags[word.first : word.last + 1]


def has_name_shape(word: str, knowledge: Knowledge) -> bool:
    """Whether a word is a family name and two syllables that given names are made of."""
    names = knowledge.surnames
    return len(word) == 3 and word[0] in names.one and set(word[1:]) <= names.given or word in names.named


# The first eighty families or so, whose syllable makes even a short word a name.
_FAMILIAR = "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥"
_UNITS = "국부실과처"
_DISTRICTS = "갑을병정"  # of an election: 강서을


def is_ordinary(word: str, tags: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a word that begins like a name is made of ordinary parts: 이용시, 양국간, 고물가."""
    return (
        tuple(tags) == ("NNG", "NNB")
        and word[-1] in "시간등중내"
        or (tuple(tags) == ("XPN", "NNG") and not has_name_shape(word, knowledge))
    )


def is_person_name(word: str, tags: Sequence[str], knowledge: Knowledge, *, strong: bool = False) -> bool:
    """Whether a word has the shape of a Korean person's name: family name, one to three syllables, no word of the language.

    ``strong`` says that the place in the text asks for a name (원장 ○○○), so that the analyser's tags count less.
    """
    names = knowledge.surnames
    if word in names.named:
        return True
    if not HANGUL.fullmatch(word) or not 2 <= len(word) <= 4:
        return False
    if (
        word in names.not_names
        or word in knowledge.titles.all
        or word in knowledge.organizations.generic
        or word in knowledge.gazetteer
    ):
        return False
    if word[-1] in _DISTRICTS and (word[:-1] in knowledge.gazetteer or f"{word[:-1]}구" in knowledge.gazetteer):
        return False  # 강서을
    double = word[:2] in names.two
    if tags and tags[-1] == "XSN" and word[-1] == "들":
        return False  # 기업들
    if not (double or word[0] in names.one):
        return False
    if len(word) == 4 and not double:
        return False
    if _is_verb(tags):
        return False
    if word[-1] == "측" and word[:-1] in knowledge.gazetteer or word[-1] in _UNITS and word[0] not in _FAMILIAR and not double:
        return False  # 한국측; 아주국, 국제부: a unit with the syllable of a rare family in front
    proper = any(tag.startswith(("NNP", "UN")) for tag in tags)
    if is_ordinary(word, tags, knowledge) and not double:
        return False
    if tuple(tags) == ("NNG", "XSN") or tags[-1].startswith("J") and not has_name_shape(word, knowledge):
        return False  # 변동성, 표창자, 도구를
    if len(word) == 2:
        return proper and len(tags) == 1 and word[0] in _FAMILIAR
    if strong:
        return len(tags) > 1 or proper or not tags[0].startswith(("VV", "VA", "MAG", "NNG", "NNB"))
    return (
        (len(tags) == 1 and proper)
        or (len(tags) > 1 and not all(tag in ("NNG", "XSN", "NNB") for tag in tags))
        or (len(tags) > 1 and len(tags) == len(word))
        or (len(tags) == 2 and len(word) == 3 and tags[0] == "NNP")
    )


def _is_verb(tags: Sequence[str]) -> bool:
    """Whether a word is a noun made a verb (교육생 선발해 ○○원장이 …)."""
    return tags[0] == "NNG" and any(tag.startswith(("XSV", "XSA")) for tag in tags[1:])


def event_noun(word: str, knowledge: Knowledge) -> str | None:
    """The event noun that a word ends with, the longest.

    >>> from kg.knowledge.load import load_knowledge
    >>> event_noun("정책토론회", load_knowledge()), event_noun("회의록", load_knowledge())
    ('정책토론회', None)
    """
    noun = _longest_suffix(word, knowledge.events.nouns)
    body = _longest_suffix(word, knowledge.organizations.words)
    if noun is not None and body is not None and len(body) > len(noun):
        return None  # ○○투데이 is a paper
    return noun


@lru_cache(maxsize=32768)
def _longest_suffix(word: str, suffixes: frozenset[str]) -> str | None:
    return next((word[-size:] for size in range(min(len(word), 10), 0, -1) if word[-size:] in suffixes), None)


def organization_suffix(word: str, knowledge: Knowledge) -> str | None:
    """The organization suffix that a word ends with, the longest; the word itself where it is one.

    >>> from kg.knowledge.load import load_knowledge
    >>> organization_suffix("정보보호학회", load_knowledge())
    '학회'
    """
    return _longest_suffix(word, knowledge.organizations.words)


def venue_suffix(word: str, knowledge: Knowledge) -> str | None:
    """The venue word that a word ends with, the longest."""
    return _longest_suffix(word, knowledge.places.venues)


# Bodies that no section (과) bears the name of.
_BODIES = ("센터", "공단", "공사", "협회", "재단", "진흥원", "연구원", "위원회")


def mend_tags(tokens: Tokens, knowledge: Knowledge) -> Tokens:
    """Tokens whose tags know better: a name before a title (나한결 통계청장) is proper however the analyser cut it; 여는 is 열다."""
    tags, morphs = list(tokens.tags), list(tokens.morphs)
    count = len(tags)
    for i in range(1, count - 1):
        if (
            tags[i] == "MM"
            and tokens.words[i] in ("이", "그")
            and not tokens.spaced[i]
            and tokens.spaced[i + 1]
            and tokens.words[i] == "이"
        ):
            tags[i] = "JKS"
        if tokens.words[i] in "·‧ㆍ・" and tokens.words[i - 1] == "아" and tokens.words[i + 1].startswith("태"):
            tags[i - 1] = "NNP"  # 아·태
        if (
            tags[i] in ("JC", "JKB")
            and tokens.words[i] == "과"
            and tokens.words[i + 1] == "과장"
            and tokens.spaced[i + 1]
            and not tokens.spaced[i]
        ):
            tags[i] = "NNG"  # 안전정책과 과장
        if (
            tags[i] == "NNG"
            and tokens.words[i] == "과"
            and not tokens.spaced[i]
            and tokens.spaced[i + 1]
            and tokens.words[i - 1].endswith(_BODIES)
        ):
            tags[i] = "JC"  # ○○정보센터과 ○○공사
    starts = [i for i in range(count) if tokens.spaced[i] and tags[i] != "SPACE"]
    for a, following in zip(starts, [*starts[1:], count]):
        b = following - 1
        while b > a and tags[b] == "SPACE":
            b -= 1
        while a < b and not tokens.words[a].strip(_MARKS):
            a += 1
        if tokens.words[a] == "㈜" and b > a:  # ㈜고운사람들: whatever the analyser takes its parts for
            last = b
            while last > a + 1 and tags[last].startswith(("J", "S")):
                last -= 1
            tags[a + 1 : last + 1] = ["NNP"] * (last - a)
            continue
        text = tokens.surface(a, b)
        if text == "여는" and b == a + 1:
            tags[a], morphs[a] = "VV", (Morph("열", "VV"),)
            tags[b], morphs[b] = "ETM", (Morph("는", "ETM"),)
            continue
        if (
            tags[a] == "NP"
            and b > a
            and text[:-1] in knowledge.gazetteer
            and tokens.words[b] == text[-1] in ("는", "은", "가", "도", "와", "과")
        ):
            tags[a:b] = ["NNP"] * (b - a)  # 나주시는, which the analyser takes for 나 and 주시는
            tags[b], morphs[b] = ("JX" if text[-1] in "는은도" else "JKS" if text[-1] == "가" else "JC"), (Morph(text[-1], "JX"),)
            continue
        if b == a or not 3 <= len(text) <= 4 or following >= count or not HANGUL.fullmatch(text):
            continue
        if not _can_be_name(text, tags[a : b + 1], knowledge) or is_ordinary(text, tags[a : b + 1], knowledge):
            continue
        if _title_follows(tokens, tags, following, knowledge):
            for i in range(a, b + 1):
                tags[i] = "NNP"
    return replace(tokens, tags=tags, morphs=morphs, eojeols={})


def _title_follows(tokens: Tokens, tags: Sequence[str], following: int, knowledge: Knowledge) -> bool:
    """Whether the next eojeol is a title, or the one after a body's name is (나한결 통계청장, 제나윤 국가인권위원회 위원장)."""
    count = len(tags)
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
    if _is_verb(tags):
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
