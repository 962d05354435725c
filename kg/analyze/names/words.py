"""The eojeols of a phrase, and what a word by itself can be: a person's name, a title, an event noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge

LIST_MARKS = "*▲▴△▵▶▸◦‣①②③④⑤⑥⑦⑧⑨⑩"  # of footnotes and lists
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
    indexes = [i for i in indexes if tokens.words[i].strip(LIST_MARKS)] or indexes
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
    if found and found[0] and found[1] in knowledge.titles.markets and word not in knowledge.head_titles:
        return None  # 채권시장 is a market, 인사이사 no director
    if found and found[1] == "부장관" and word in knowledge.head_titles:
        return word[:-2], "장관"  # 교육부장관
    return found


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


def is_ordinary(word: str, tags: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a word that begins like a name is made of ordinary parts: 이용시, 양국간, 고물가, 한국계."""
    return (
        tuple(tags) == ("NNP", "XSN")
        and word[:-1] in knowledge.gazetteer
        or tuple(tags) == ("NNG", "NNB")
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
    if word[0] == "한" and any(e.cls == "Country" for e in knowledge.gazetteer.by_name(word[1:])):
        return False  # 한몽골
    if word[-1] in knowledge.names.districts and (word[:-1] in knowledge.gazetteer or f"{word[:-1]}구" in knowledge.gazetteer):
        return False  # 강서을
    double = word[:2] in names.two
    if tags and tags[-1] == "XSN" and word[-1] == "들":
        return False  # 기업들
    if not (double or word[0] in names.one):
        return False
    if len(word) == 4 and not double:
        return False
    if is_verb(tags):
        return False
    if (
        word[-1] == "측"
        and word[:-1] in knowledge.gazetteer
        or word[-1] in knowledge.names.units
        and word[0] not in names.familiar
        and not double
    ):
        return False  # 한국측; 아주국, 국제부: a unit with the syllable of a rare family in front
    proper = any(tag.startswith(("NNP", "UN")) for tag in tags)
    if is_ordinary(word, tags, knowledge) and not double:
        return False
    if tuple(tags) == ("NNG", "XSN") or tags[-1].startswith("J") and not has_name_shape(word, knowledge):
        return False  # 변동성, 표창자, 도구를
    if len(word) == 2:
        return proper and len(tags) == 1 and word[0] in names.familiar
    if strong:
        return len(tags) > 1 or proper or not tags[0].startswith(("VV", "VA", "MAG", "NNG", "NNB"))
    return (
        (len(tags) == 1 and proper)
        or (len(tags) > 1 and not all(tag in ("NNG", "XSN", "NNB") for tag in tags))
        or (len(tags) > 1 and len(tags) == len(word))
        or (len(tags) == 2 and len(word) == 3 and tags[0] == "NNP")
    )


def is_verb(tags: Sequence[str]) -> bool:
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


def no_body(word: str, knowledge: Knowledge) -> bool:
    """Whether a word names a kind of bodies, people of no one body, or what is built, whatever looks like a name in it.

    >>> from kg.knowledge.load import load_knowledge
    >>> [no_body(word, load_knowledge()) for word in ("공공기관", "이주시민", "부지조성공사", "나래공사")]
    [True, True, True, False]
    """
    organizations = knowledge.organizations
    return word in organizations.generic or word.endswith((*organizations.crowds, *knowledge.names.works))


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
