"""Words that end like the name of a body (…협회, …진흥원), and why many of them are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.analyze.names.words import Word, event_noun, has_name_shape, organization_suffix, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

_RANKED = re.compile(r"\d+대")
_COUNTED = re.compile(r"제?\d+.")  # 제6대, 제2부
_MARKS = (("‘", "’"), ("“", "”"), ("「", "」"), ("『", "』"))
_DEPARTMENTS = ("학과", "학부", "과", "대학원")
_PLAIN = frozenset({"NNG", "XSN", "XPN", "NNB", "SO", "SP", "SW"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A word of a phrase, with the names ``found`` before it, which take the tokens up to ``taken``."""

    words: Sequence[Word]
    position: int
    tokens: Tokens
    knowledge: Knowledge
    found: Sequence[Mention]
    taken: int

    @property
    def word(self) -> Word:
        """The word itself."""
        return self.words[self.position]

    @property
    def before(self) -> Word | None:
        """The word before it."""
        return self.words[self.position - 1] if self.position else None

    def beside(self, start: int) -> Mention | None:
        """The last name found, where it ends a space before an offset."""
        last = self.found[-1] if self.found else None
        return last if last is not None and self.tokens.text[last.end : start] == " " else None


@dataclass(frozen=True, slots=True)
class Ending:
    """A word that ends like the name of a body, the end itself and its class; ``plain`` says that no part of the word is proper."""

    spot: Spot
    word: Word
    suffix: str
    kind: str
    plain: bool

    @property
    def short(self) -> bool:
        """Whether the end is one letter."""
        return len(self.suffix) == 1

    @property
    def single(self) -> bool:
        """Whether the analyser takes the word for one."""
        return self.word.first == self.word.last

    @property
    def alone(self) -> bool:
        """Whether the word is nothing but the end."""
        return self.word.text == self.suffix


def ending_at(spot: Spot) -> Ending | None:
    """The end of a body's name that a word has."""
    text, knowledge = spot.word.text, spot.knowledge
    suffix = organization_suffix(text, knowledge)
    if suffix is None or text in knowledge.organizations.generic or text[0] in "全各":
        return None
    plain = all(tag in _PLAIN for tag in spot.tokens.tags[spot.word.first : spot.word.last + 1])
    ending = Ending(spot, spot.word, suffix, knowledge.organizations.suffixes[suffix], plain)
    return None if any(refuses(ending) for refuses in _REFUSED) else ending


def _ordinary(ending: Ending) -> bool:
    """A word of the language."""
    return ending.single and ending.spot.tokens.tags[ending.word.first] == "NNG" and not ending.alone


def _bare(ending: Ending) -> bool:
    """Nothing but an end, at the beginning of a phrase."""
    return ending.alone and ending.spot.position == 0


def _by_chance(ending: Ending) -> bool:
    """A word that ends in the letter of an end, and is another word: 조사결과, 회원국, 현황과, 제2부."""
    if not ending.short:
        return False
    text, word, tokens, knowledge = ending.word.text, ending.word, ending.spot.tokens, ending.spot.knowledge
    last = tokens.words[word.last]
    return (
        len(text) < 3
        or last != ending.suffix
        and not ending.single
        and len(last) < 2
        or tokens.tags[word.last].startswith("J")
        or text[-2:] in knowledge.organizations.generic
        or text.endswith(knowledge.names.no_bodies)
        or ending.suffix not in knowledge.names.one_letter
        or text[0].isdigit()
        or _COUNTED.fullmatch(text) is not None
    )


def _person(ending: Ending) -> bool:
    """유○대 한국은행 부총재 is a person, and so is ○병원 교수; in ○○○ 한라대 교수 and ○○○ 한라대 국어교육과 교수 it is the university."""
    words, position, knowledge = ending.spot.words, ending.spot.position, ending.spot.knowledge
    after = [title_in(w.text, knowledge) for w in words[position + 1 : position + (3 if ending.short else 2)]]
    if not any(after) or not has_name_shape(ending.word.text, knowledge):
        return False
    before = ending.spot.before
    if ending.suffix != "대" or before is None or not has_name_shape(before.text, knowledge):
        return True
    return not after[0] and not words[position + 1].text.endswith(_DEPARTMENTS)


def _division(ending: Ending) -> bool:
    """A division of a contest: 대학부."""
    return ending.suffix == "부" and ending.word.text.endswith(ending.spot.knowledge.names.divisions)


def _quoted(ending: Ending) -> bool:
    """The end of a quoted name: ‘○○ 나래’팀."""
    text = ending.word.text
    return any(mark in text and text.count(mark) != text.count(opening) for opening, mark in _MARKS)


def _title(ending: Ending) -> bool:
    """A title: but for 한빛연구원, which the researcher ends like."""
    title = title_in(ending.word.text, ending.spot.knowledge)
    return title is not None and (not title[0] or ending.suffix not in ("연구원", "위원회"))


def _event(ending: Ending) -> bool:
    """An event; bodies that are called like one have a title behind them (한빛포럼 대표)."""
    spot = ending.spot
    if not event_noun(ending.word.text, spot.knowledge):
        return False
    return ending.suffix not in ("포럼", "협의회") or not any(
        title_in(w.text, spot.knowledge) for w in spot.words[spot.position + 1 :]
    )


def _dots(ending: Ending) -> bool:
    """Several words that a middle dot joins."""
    text = ending.word.text
    return "·" in text and "·" not in ending.suffix and not text.endswith(ending.spot.knowledge.names.dotted)


def _ranked(ending: Ending) -> bool:
    """5대 금융그룹"""
    before = ending.spot.before
    return ending.plain and before is not None and _RANKED.fullmatch(before.text) is not None


def _no_firm(ending: Ending) -> bool:
    """A line of business without a name: 화학, 전자."""
    return ending.kind == "Company" and ending.plain and ending.suffix not in ending.spot.knowledge.names.firms


def _works(ending: Ending) -> bool:
    """What is built: 부지조성공사."""
    return ending.suffix == "공사" and ending.word.text.endswith(ending.spot.knowledge.names.works)


# Why a word that ends like a name is none.
_REFUSED: tuple[Callable[[Ending], bool], ...] = (
    _ordinary,
    _bare,
    _by_chance,
    _person,
    _division,
    _quoted,
    _title,
    _event,
    _dots,
    _ranked,
    _no_firm,
    _works,
)
