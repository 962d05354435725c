"""Which event was the edition before another: by consecutive ordinals, or by consecutive years of one yearly series."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.knowledge.load import Knowledge
from kg.link.blocks import blocks
from kg.link.events import RECURRING, Occasion, squeezed, telling
from kg.resolve.event_labels import years_in

_WITHIN = 800  # days in which the next edition of a series comes
_PART = re.compile(r"[상하]반기|분기|(?<!\d)(?:1[0-2]|[1-9])월")  # of a year: a name with one may come more than once in it
_LAST_YEAR = re.compile(r"(?:지난해|작년|전년도?) ")
_ORDINAL = re.compile(r"제?\s?\d{1,3}\s?(?:회|차|기)(?=\s|$)|(?:19|20)\d\d(?:년도?)?(?=\s|$)")
_MARKS = str.maketrans("", "", "‘’“”「」『』《》'\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An event as one of a series: ``key`` says which event, ``number`` and ``year`` are those that its names give it."""

    key: str
    name: str
    number: int | None = None
    year: int | None = None
    start: dt.date | None = None
    hosts: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    vague: bool = False  # the names give several numbers or several years, 2022-2023

    @property
    def held(self) -> int | None:
        """The year that its name gives it, else that of its day."""
        return self.year or (self.start.year if self.start else None)


def edition(key: str, name: str, ones: Sequence[Occasion]) -> Edition:
    """What the articles say of one event, as an edition."""
    numbers = {number for one in ones for number in one.editions}
    years = {year for words in (name, *(one.name for one in ones)) for year in years_in(words)}
    return Edition(
        key=key,
        name=name,
        number=min(numbers) if len(numbers) == 1 else None,
        year=min(years) if len(years) == 1 else None,
        start=min((one.start for one in ones if one.start), default=None),
        hosts=frozenset(h for one in ones for h in one.hosts),
        kinds=frozenset(one.kind for one in ones),
        vague=len(numbers) > 1 or len(years) > 1,
    )


def previous(editions: Iterable[Edition], knowledge: Knowledge) -> Mapping[str, str]:
    """Event → the edition before it, where one fits: same words, an earlier day within two years, no other hosts; and besides the
    number before, or the year before in both names, where none of them has a number.

    >>> from kg.knowledge.load import load_knowledge
    >>> def numbered(key, number, year):
    ...     return Edition(key=key, name=f"제{number}회 나라 과학 포럼", number=number, start=dt.date(year, 5, 1))
    >>> previous([numbered("a", 3, 2022), numbered("b", 4, 2023), numbered("c", 6, 2025)], load_knowledge())
    {'b': 'a'}
    >>> yearly = [Edition(key=str(year), name=f"{year} 나라 과학 포럼", year=year) for year in (2021, 2022, 2024)]
    >>> previous(yearly, load_knowledge())
    {'2022': '2021'}
    """
    series: dict[str, list[Edition]] = defaultdict(list)
    for one in editions:
        if telling(one.name, knowledge):
            series[squeezed(one.name)].append(one)
    found = {}
    for members in series.values():
        numbers = blocks(members, lambda e: [e.number])
        years = {year: _Year.of(ones) for year, ones in blocks(members, lambda e: [e.held]).items()}
        for one in members:
            before = _by_number(one, numbers) if one.number is not None else _by_year(one, years)
            if len(before) == 1:
                found[one.key] = before.pop()
    return dict(sorted(found.items()))


def _by_number(one: Edition, numbers: Mapping[int | None, Sequence[Edition]]) -> set[str]:
    return {other.key for other in numbers.get((one.number or 0) - 1, ()) if _follows(one, other)}


def _by_year(one: Edition, years: Mapping[int | None, _Year]) -> set[str]:
    """The one event of the year before. A year with a numbered event, or with several, tells that a series is no yearly one."""
    if one.held is None or one.vague or _PART.search(one.name):
        return set()
    here, before = years[one.held], years.get(one.held - 1)
    if before is None or here.mixed or before.mixed or here.several or len(before.dated) != 1:
        return set()
    return {other.key for other in before.dated if _follows(one, other) and _yearly(one, other)}


@dataclass(frozen=True, slots=True)
class _Year:
    """The events of one year of a series: whether one has a number or several years, whether they have several days, those to choose from."""

    mixed: bool
    several: bool
    dated: tuple[Edition, ...]  # one without a day may be the same event as one that has it

    @classmethod
    def of(cls, ones: Sequence[Edition]) -> _Year:
        return cls(
            any(one.number is not None or one.vague for one in ones),
            len({one.start for one in ones if one.start}) > 1,
            tuple(one for one in ones if one.start) or tuple(ones),
        )


def _yearly(one: Edition, other: Edition) -> bool:
    """Whether names tell the years of both; or that of one, with a host of both, of an event that is not held again and again."""
    if one.year and other.year:
        return _ahead(one) == _ahead(other) if one.start and other.start else {_ahead(one), _ahead(other)} <= {None, 0, 1}
    return bool(
        (one.year or other.year)
        and one.hosts & other.hosts
        and not (one.kinds | other.kinds) & RECURRING
        and {_ahead(one), _ahead(other)} <= {None, 0}
    )


def _ahead(one: Edition) -> int | None:
    """By how many years the name of an event is ahead of its day: the 2025 budget is explained in 2024."""
    return one.year - one.start.year if one.year and one.start else None


def _follows(one: Edition, other: Edition) -> bool:
    if one.hosts and other.hosts and not one.hosts & other.hosts:
        return False
    return not (one.start and other.start) or 0 < (one.start - other.start).days <= _WITHIN


def is_last_year(words: str, published: dt.date | None, current: Edition, before: Edition) -> bool:
    """Whether words of an article such as 지난해 세미나 mean the edition before of the event that the article is about.

    >>> current, before = (Edition(key="", name="나라 과학 포럼", start=dt.date(year, 5, 1)) for year in (2024, 2023))
    >>> [is_last_year(words, dt.date(2024, 4, 20), current, before) for words in ("지난해 포럼", "포럼")]
    [True, False]
    """
    if published is None or not _LAST_YEAR.match(words):
        return False
    return (current.held, before.held) == (published.year, published.year - 1)


def unnamed(words: str) -> bool:
    """Whether words name no event of their own but the one of the year before (지난해 세미나).

    >>> unnamed("지난해 세미나"), unnamed("지난해 나라 과학 포럼"), unnamed("나라 과학 포럼")
    (True, False, False)
    """
    return bool(_LAST_YEAR.match(words)) and " " not in _LAST_YEAR.sub("", words, count=1).strip()


def series_name(name: str) -> str:
    """The name that the editions of an event share.

    >>> series_name("2023년 제3회 나라 과학 포럼"), series_name("‘2024년 나라 과학단’ 발대식")
    ('나라 과학 포럼', '나라 과학단 발대식')
    """
    return " ".join(_ORDINAL.sub(" ", name.translate(_MARKS)).split())
