"""Names of events as words: without marks, ordinals and years, and what two names of one event have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

_MARKS = re.compile(r"\([^()]*\)|[‘’“”'\"「」『』《》<>*]")
_YEAR = re.compile(r"(?:19|20)\d\d(?:년도?)?")
PART = re.compile(r"제?\d부\s")  # 1부 ‘○○ 토론회’: a part of an event
EDITION = re.compile(r"제?\s?\d{1,3}\s?(?:회|차|기)|(?:첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?번째")


@lru_cache(maxsize=65536)
def content(name: str) -> frozenset[str]:
    """The words of an event's name without marks, ordinals, years and parentheses.

    >>> sorted(content("2023년 제1회 「바다숲 정책 포럼」 공개워크숍"))
    ['공개워크숍', '바다숲', '정책', '포럼']
    """
    plain = EDITION.sub(" ", _YEAR.sub(" ", _MARKS.sub(" ", name)))
    return frozenset(w for w in re.split(r"[\s·ㆍ,~\-]+", plain) if w and w not in _FILLERS)


@lru_cache(maxsize=65536)
def all_content(name: str) -> frozenset[str]:
    """Words of a name, those in parentheses (acronyms) included."""
    return content(name.replace("(", " ").replace(")", " "))


_FILLERS = frozenset({"및", "등", "행사", "온라인", "국내", "개최", "현장", "의", "관련", "대상"})


@lru_cache(maxsize=65536)
def flat(name: str) -> str:
    """A name without spaces, marks, ordinals and years, and without a 행사 at its end."""
    plain = EDITION.sub(" ", _YEAR.sub(" ", _MARKS.sub(" ", name)))
    return re.sub(r"[\s·ㆍ\-]+", "", plain).removesuffix("행사").removeprefix("제")


@lru_cache(maxsize=65536)
def years_in(name: str) -> frozenset[int]:
    """The years that a name says."""
    return frozenset(int(y[:4]) for y in _YEAR.findall(name))


_TAIL = 4  # letters that a name has to end with to stand for a longer one that ends so
_GRAM = 6  # letters that names have to share where one's letters are in the other's


def keys(name: str, *, offered: bool) -> Iterator[object]:
    """What two names of one event share at least one of: all letters, two words, the only word of one, or a run of sorted letters.

    Keys that a name is ``offered`` under differ from those that it asks for where only one of two has to be short.
    """
    yield flat(name)
    if len(flat(name)) >= _TAIL:
        yield "tail", flat(name)[-_TAIL:]
    for words in {content(name), all_content(name)}:
        yield from combinations(sorted(words), 2)
        if len(words) == 1:
            yield from (("one" if offered else "any", word) for word in words)
        yield from (("any" if offered else "one", word) for word in words)
    letters = squeezed(content(name))
    if len(letters) >= _GRAM:
        yield "head" if offered else "within", letters[:_GRAM]
        yield from {("within" if offered else "head", letters[at : at + _GRAM]) for at in range(len(letters) - _GRAM + 1)}


def ends_alike(one: str, other: str) -> bool:
    """Whether the longer of two names without spaces ends with the shorter.

    >>> ends_alike("조달설명회", "해외조달설명회"), ends_alike("설명회", "해외조달설명회"), ends_alike("국내설명회", "해외설명회")
    (True, False, False)
    """
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _TAIL and longer.endswith(shorter)


def share(one: str, other: str) -> bool:
    """Whether names have a word in common, or one's letters are in the other's: else nothing makes them one event's."""
    if not all_content(one).isdisjoint(all_content(other)) or flat(one) == flat(other):
        return True
    a, b = squeezed(content(one)), squeezed(content(other))
    return a in b or b in a


@lru_cache(maxsize=65536)
def last_word(name: str) -> str:
    """The last word of a name, without marks."""
    return next(iter(_MARKS.sub(" ", name).split()[-1:]), "")


def noun_of(word: str) -> str:
    """The letters of a word by which nouns of events are told apart."""
    return word[-3:]


@lru_cache(maxsize=65536)
def squeezed(words: frozenset[str]) -> str:
    """The letters of words in order: what is spaced otherwise has the same."""
    return "".join(sorted(words))


_AROUND = re.compile(  # when it is held before a name, that it is held behind a title
    r"^\d{1,2}:\d\d\s?[-~∼]\s?\d{1,2}:\d\d\s?간?\s|^(?:지난달|이달|내달|지난주)\s(?=\S+\s?\S)|^(?:이번|이날|금번|한편)\s(?=\S)|(?<=[’”」』》])\s?개최$"
)


def clean(name: str) -> str:
    """A name without parentheses, without marks around it and without words that only say that or when it is held.

    >>> clean("「2024년 나무 연수회」개최"), clean("09:30-10:00간 2024 나무대화"), clean("지난달 한-가람 회담(3.1.)"), clean("이번 업무협약")
    ('2024년 나무 연수회', '2024 나무대화', '한-가람 회담', '업무협약')
    """
    name = _AROUND.sub("", re.sub(r"\s+", " ", re.sub(r"\s?\([^()]*\)|\s?\*+", "", name)).strip(" ,"))
    name = re.sub(r"^(?:[IVXⅠ-Ⅹ]+|\d{1,2})\.\s?(?=[^\d\s])", "", name)
    return (
        name[1:-1] if len(name) > 2 and name[0] in "‘“「『《<" and name[-1] in "’”」』》>" and name.count(name[0]) == 1 else name
    )
