"""Which event mentions of an article are the same event: by name, ordinal and year; 이번 행사 and bare nouns take up the one before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations
from types import MappingProxyType

from kg.analyze.names.words import event_noun, organization_suffix
from kg.knowledge.load import Knowledge
from kg.model import Mention
from kg.resolve.event_days import AGAIN, REACH, SLIP, Period, Place, apart

_MARKS = re.compile(r"\([^()]*\)|[‘’“”'\"「」『』《》<>*]")
_YEAR = re.compile(r"(?:19|20)\d\d(?:년도?)?")
_EDITION = re.compile(r"제?\s?\d{1,3}\s?(?:회|차|기)|(?:첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?번째")


@dataclass(slots=True)
class EventCluster:
    """One event of an article while it is being gathered."""

    mentions: list[Mention] = field(default_factory=list)
    editions: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    names: dict[str, None] = field(default_factory=dict)  # each once, in order
    kinds: set[str] = field(default_factory=set)
    days: set[Period] = field(default_factory=set)
    last: int = 0
    named: bool = False
    called: set[str] = field(default_factory=set)  # the names of its mentions
    tails: set[str] = field(default_factory=set)  # and their last words
    aside: bool = False  # 지난 5일 간담회: spoken of once beside what the text is about


@lru_cache(maxsize=65536)
def content(name: str) -> frozenset[str]:
    """The words of an event's name without marks, ordinals, years and parentheses.

    >>> sorted(content("2023년 제1회 「바다숲 정책 포럼」 공개워크숍"))
    ['공개워크숍', '바다숲', '정책', '포럼']
    """
    plain = _EDITION.sub(" ", _YEAR.sub(" ", _MARKS.sub(" ", name)))
    return frozenset(w for w in re.split(r"[\s·ㆍ,~\-]+", plain) if w and w not in _FILLERS)


@lru_cache(maxsize=65536)
def _all_content(name: str) -> frozenset[str]:
    """Words of a name, those in parentheses (acronyms) included."""
    return content(name.replace("(", " ").replace(")", " "))


_FILLERS = frozenset({"및", "등", "행사", "온라인", "국내", "개최", "현장", "의", "관련", "대상"})


@lru_cache(maxsize=65536)
def _flat(name: str) -> str:
    """A name without spaces, marks, ordinals and years, and without a 행사 at its end."""
    plain = _EDITION.sub(" ", _YEAR.sub(" ", _MARKS.sub(" ", name)))
    return re.sub(r"[\s·ㆍ\-]+", "", plain).removesuffix("행사").removeprefix("제")


@lru_cache(maxsize=65536)
def years_in(name: str) -> frozenset[int]:
    return frozenset(int(y[:4]) for y in _YEAR.findall(name))


def cluster_events(
    mentions: Sequence[Mention],
    lengthened: Mapping[tuple[int, int], str],
    knowledge: Knowledge,
    headline: Callable[[int], bool] = lambda offset: False,
    topics: Mapping[Place, Place] = MappingProxyType({}),
    days: Mapping[Place, frozenset[Period]] = MappingProxyType({}),
    followed: Mapping[Place, Place] = MappingProxyType({}),
    aliases: Mapping[str, Place] = MappingProxyType({}),
) -> tuple[dict[Place, int], list[EventCluster]]:
    """(mention's offsets → index of its event, the events).

    ``lengthened`` gives the fuller words of a mention that is modified, ``headline`` tells offsets in titles and captions (read last: they
    only describe), ``topics`` the event that is the topic of a bare mention's sentence, ``days`` the days said with a mention,
    ``followed`` the event that a mention follows and so cannot mean, ``aliases`` where the event stands that a short name was given to
    (‘○○ 아카데미(○○A)’).
    """
    clusters: list[EventCluster] = []
    where: dict[Place, int] = {}
    named, found = _days_by_name(mentions, days), _Found()
    for mention in sorted(mentions, key=lambda m: (headline(m.start), m.start, -m.end)):
        name = mention.name
        noun = event_noun(name.strip("‘’“”「」『』\"' ").split(" ")[-1], knowledge) or ""
        words = content(name)
        bare = words <= {noun}
        own = days.get((mention.start, mention.end), frozenset())
        other = where.get(followed.get((mention.start, mention.end)))
        fit = _Fit(clusters, other, own)
        index = None
        called = not bare and name in aliases and aliases[name] in where
        if called:
            index = where[aliases[name]]
        elif (
            noun in _SIGNINGS
            and (signed := next((i for i in reversed(fit.indexes) if "Agreement" in clusters[i].kinds), None)) is not None
        ):
            index = signed
        elif mention.edition is not None and bare:
            index = next(
                (
                    i
                    for i in reversed(found.by_edition.get(mention.edition, ()))
                    if (mention.kind in clusters[i].kinds or any(_last(n).endswith(noun) for n in clusters[i].names))
                ),
                None,
            )
        elif bare and (topic := topics.get((mention.start, mention.end))) in where and fit.holds(where[topic]):
            index = where[topic]
        elif (bare or mention.definite) and mention.edition is None:
            index = _of(
                fit.indexes,
                _taken_up(mention, noun, fit.events, knowledge, words, bool(lengthened.get((mention.start, mention.end)))),
            )
        inner = _inner(noun, clusters) if index is None and other is None and bare and mention.definite else None
        if inner is None and index is None and bare and mention.definite in _THIS and clusters and other is None:
            index = found.main
        if index is None and not bare:
            index = _same(mention, words, clusters, found.like(name), own)
        if index is None and not bare:
            index = _by_tail(mention, clusters, found.like(name), own)
        if index is None:
            if mention.edition is not None and bare:
                clusters.append(EventCluster(names={name: None}, named=True))
                index = len(clusters) - 1
            elif not bare and len(found.named) < len(clusters) and (nameless := _nameless(mention, noun, fit.events)) is not None:
                index = fit.indexes[nameless]
            elif headline(mention.start) and (told := _told(mention, noun, fit.events, knowledge)) is not None:
                index = fit.indexes[told]
            elif mention.definite and bare and clusters and noun in knowledge.events.any:
                index = found.main
            else:
                clusters.append(EventCluster(aside=(bare or bool(mention.definite)) and fit.left_some))
                index = len(clusters) - 1
        cluster = clusters[index]
        if inner is not None and not cluster.mentions:
            cluster.names[inner] = None
            cluster.named = True
        cluster.mentions.append(mention)
        cluster.called.add(name)
        cluster.tails.add(name.split(" ")[-1].strip("’”」』'\""))
        if mention.edition is not None:
            cluster.editions.add(mention.edition)
        cluster.years |= years_in(name)
        cluster.days |= own or (named.get(_flat(name), frozenset()) if not bare else frozenset())
        cluster.kinds.add(mention.kind)
        cluster.last = mention.start
        if not bare and not called and not (mention.definite and len(words) < 2):
            if not headline(mention.start) or not cluster.names:
                cluster.names[name] = None
            cluster.named = True
        elif (longer := lengthened.get((mention.start, mention.end))) and (
            not cluster.named or mention.certain and " 위한 " in longer
        ):
            cluster.names[longer] = None
        where[mention.start, mention.end] = index
        found.note(index, cluster)
    return where, clusters


class _Fit:
    """The events, of those spoken of lately, that a mention can mean: not the one that it follows, none of another day."""

    def __init__(self, clusters: Sequence[EventCluster], other: int | None, own: frozenset[Period]) -> None:
        self.clusters, self.other, self.own = clusters, other, own
        self.first = max(0, len(clusters) - REACH)

    def holds(self, index: int) -> bool:
        """Whether an event can be meant, however long ago it was spoken of."""
        cluster, own = self.clusters[index], self.own
        return index != self.other and not (cluster.aside and not own) and not (own and cluster.days and apart(own, cluster.days))

    @cached_property
    def indexes(self) -> list[int]:
        """Their numbers."""
        return [i for i in range(self.first, len(self.clusters)) if self.holds(i)]

    @cached_property
    def events(self) -> list[EventCluster]:
        """The events themselves."""
        return [self.clusters[i] for i in self.indexes]

    @property
    def left_some(self) -> bool:
        """Whether one was spoken of that cannot be meant."""
        return len(self.indexes) < len(self.clusters) - self.first


class _Found:
    """The events found so far, by what a name may share with theirs, by edition, and the one that most was said of."""

    def __init__(self) -> None:
        self.by_key: dict[object, set[int]] = {}
        self.by_edition: dict[int, list[int]] = {}  # in order
        self.named: set[int] = set()
        self.main = 0
        self._noted: dict[int, int] = {}  # how many names of an event are known here
        self._counts: dict[int, int] = {}

    def note(self, index: int, cluster: EventCluster) -> None:
        """Take in what a mention brought to an event."""
        names = list(cluster.names)
        for name in names[self._noted.get(index, 0) :]:
            for key in _keys(name, offered=True):
                self.by_key.setdefault(key, set()).add(index)
        self._noted[index] = len(names)
        if cluster.named:
            self.named.add(index)
        for edition in cluster.editions:
            known = self.by_edition.setdefault(edition, [])
            at = bisect_left(known, index)
            if known[at : at + 1] != [index]:
                known.insert(at, index)
        count = self._counts[index] = len(cluster.mentions)
        best = self._counts[self.main]
        if count > best or count == best and index < self.main:
            self.main = index

    def like(self, name: str) -> list[int]:
        """The events of which a name may be another, in order: those that share what ``_same`` asks for, and some more."""
        return sorted(set().union(*(self.by_key.get(key, ()) for key in _keys(name, offered=False))))


_TAIL = 4  # letters that a name has to end with to stand for a longer one that ends so
_GRAM = 6  # letters that names have to share where one's letters are in the other's


def _keys(name: str, *, offered: bool) -> Iterator[object]:
    """What two names of one event share at least one of: all letters, two words, the only word of one, or a run of sorted letters.

    Keys that a name is ``offered`` under differ from those that it asks for where only one of two has to be short.
    """
    yield _flat(name)
    if len(_flat(name)) >= _TAIL:
        yield "tail", _flat(name)[-_TAIL:]
    for words in {content(name), _all_content(name)}:
        yield from combinations(sorted(words), 2)
        if len(words) == 1:
            yield from (("one" if offered else "any", word) for word in words)
        yield from (("any" if offered else "one", word) for word in words)
    letters = _squeezed(content(name))
    if len(letters) >= _GRAM:
        yield "head" if offered else "within", letters[:_GRAM]
        yield from {("within" if offered else "head", letters[at : at + _GRAM]) for at in range(len(letters) - _GRAM + 1)}


def _days_by_name(mentions: Sequence[Mention], days: Mapping[Place, frozenset[Period]]) -> dict[str, frozenset[Period]]:
    """The days of each name that has them once: a mention without a day of its own has those of its name."""
    found: dict[str, set[Period]] = {}
    for mention in mentions:
        found.setdefault(_flat(mention.name), set()).update(days.get((mention.start, mention.end), ()))
    return {name: frozenset(own) for name, own in found.items() if not any(apart((a,), (b,)) for a in own for b in own)}


def _of(indexes: Sequence[int], position: int | None) -> int | None:
    return None if position is None else indexes[position]


def _inner(noun: str, clusters: Sequence[EventCluster]) -> str | None:
    """The event inside another's name: 이번 공모전, where a ‘제9회 ○○ 공모전’ 시상식 was spoken of."""
    for cluster in clusters:
        for name in cluster.names:
            words = _clean(name).split(" ")
            for i, word in enumerate(words[:-1]):
                if word.strip("’”」』") == noun or len(noun) > 2 and word.strip("’”」』").endswith(noun):
                    return " ".join(words[: i + 1]).strip("‘’“”「」『』")
    return None


def _nameless(mention: Mention, noun: str, clusters: Sequence[EventCluster]) -> int | None:
    """An event spoken of before only by its bare noun, which is now named (토론회가 열렸다. … 제4회 ○○ 토론회)."""
    for i, cluster in enumerate(clusters):
        if (
            not cluster.named
            and cluster.called <= {noun}
            and mention.kind in cluster.kinds
            and not any(_last(n).endswith(noun) for other in clusters for n in other.names if other is not cluster)
        ):
            return i
    return None


def _told(mention: Mention, noun: str, clusters: Sequence[EventCluster], knowledge: Knowledge) -> int | None:
    """The event of the body that a headline's words describe: the first of the same noun, or the one of its class, that nothing
    sets apart."""
    years = years_in(mention.name)
    noun = noun.removesuffix("식") if mention.kind == "Agreement" or noun in _SIGNINGS else noun
    alone = sum(mention.kind in cluster.kinds for cluster in clusters) == 1 or len(clusters) == 1
    for want_noun in (True, False):
        for i, cluster in enumerate(clusters):
            if (
                mention.edition is not None
                and cluster.editions
                and mention.edition not in cluster.editions
                or years
                and cluster.years
                and not years & cluster.years
            ):
                continue
            last = {_last(n) for n in cluster.names} | cluster.called
            if want_noun and any(n.endswith(noun) for n in last) or not want_noun and mention.kind in cluster.kinds and alone:
                return i
    if (
        len(clusters) == 1
        and mention.edition is None
        and mention.kind in _TALKED
        and clusters[0].kinds & _TALKED
        and not clusters[0].editions
    ):
        rest = content(mention.name) - {noun}
        if all(word in knowledge.gazetteer or organization_suffix(word, knowledge) for word in rest):
            return 0  # 가람재단 포럼 in the headline is the only meeting of the text, whatever that calls it
    return None


_TALKED = frozenset(
    {"Forum", "Meeting", "Seminar", "Conference", "Workshop"}
)  # words for people who talk, which headlines change at will
_AGAIN = frozenset({"Meeting", "Briefing"})  # held again and again under one name
_NEAR = 120  # characters: an event named so shortly before is the likeliest to be taken up
_SIGNINGS = frozenset({"협약식", "업무협약식", "체결식", "서명식", "조인식"})
_THIS = frozenset({"이번", "이날", "본", "동", "금번", "해당"})


def _taken_up(mention: Mention, noun: str, clusters, knowledge: Knowledge, words, modified: bool) -> int | None:
    """The latest event that a bare or definite mention can mean."""
    kinds = knowledge.events.hypernyms.get(noun, frozenset()) | {mention.kind}
    rest, years = words - {noun}, years_in(mention.name)
    candidates = []
    for i, cluster in enumerate(clusters):
        if years and cluster.years and not years & cluster.years:
            continue  # 이번 ‘○○ 위크 2025’ is not the one of 2026
        if rest and not any(rest <= content(n) for n in cluster.names):
            continue
        nouns = {_last(n) for n in cluster.names} | cluster.tails
        if "Agreement" in cluster.kinds | {mention.kind}:
            nouns |= {n.removesuffix("식") for n in nouns}  # 업무협약식 and 업무협약
        close = any(n.endswith(noun) or noun.endswith(n) and len(n) > 1 for n in nouns)
        near = 1.5 if 0 <= mention.start - cluster.last < _NEAR else 0.0
        if close:
            candidates.append((2 + near, cluster.last, i))
        elif noun in knowledge.events.own:
            continue  # 국무회의 after 장관회의
        elif (
            noun in knowledge.events.any
            or mention.definite
            and cluster.kinds & kinds
            or (noun in knowledge.events.weak or near and mention.kind != "Ceremony")
            and cluster.kinds & kinds
            and not modified
        ):
            passing = noun in knowledge.events.any and cluster.kinds == {"Agreement"} and len(cluster.mentions) == 1
            candidates.append((0.25 if passing else 1 + near, cluster.last, i))  # 이번 행사 is no agreement spoken of once
    if not candidates:
        return None
    if modified and not mention.definite and all(c[0] < 2 or c[0] == 2.5 for c in candidates):
        return None
    return max(candidates)[2]


def _same(
    mention: Mention, words: frozenset[str], clusters: Sequence[EventCluster], like: Iterable[int], own: frozenset[Period]
) -> int | None:
    """An event with the same name: one's words are among the other's, and no ordinal, year or day speaks against it."""
    years = years_in(mention.name)
    best = None
    for i in like:
        cluster = clusters[i]
        if not any(_share(mention.name, name) for name in cluster.names):
            continue
        if mention.edition is not None and cluster.editions and mention.edition not in cluster.editions:
            continue
        if years and cluster.years and not years & cluster.years:
            continue
        for name in cluster.names:
            other = content(name)
            if not other or not words:
                continue
            if (
                (
                    mention.edition is not None
                    and mention.edition in cluster.editions
                    and _noun_of(_last(mention.name)) == _noun_of(_last(name))
                    and (words <= other or other <= words)
                )
                or _flat(mention.name) == _flat(name)
                and len(_flat(name)) >= 5
            ):
                score = 3
            elif mention.edition is not None and mention.edition in cluster.editions and words - _PLENARY == other - _PLENARY:
                score = 3  # 제2차 ○○ 포럼 and 제2차 ○○ 포럼 전체회의
            elif words == other or words == _all_content(name) or _all_content(mention.name) == other:
                score = 3
            elif _noun_of(_last(mention.name)) == _noun_of(_last(name)) and (
                len(words) > 1 and words < _all_content(name) or len(other) > 1 and other < _all_content(mention.name)
            ):
                score = 2
            elif words < other or other < words:
                smaller = min(words, other, key=len)
                if len(smaller) < 2 and not (len(next(iter(smaller))) > 5):
                    continue
                last_a, last_b = _last(mention.name), _last(name)
                if not (
                    last_a.endswith(last_b)
                    or last_b.endswith(last_a)
                    or _noun_of(last_a) == _noun_of(last_b)
                    or {mention.kind} & cluster.kinds
                ):
                    continue
                score = 2
            elif _squeezed(words) in _squeezed(other) or _squeezed(other) in _squeezed(words):
                score = 1 if min(len(_squeezed(words)), len(_squeezed(other))) >= 6 else 0
            elif (
                len(words & other) >= 2
                and len(words & other) >= 0.6 * min(len(words), len(other))
                and _noun_of(_last(mention.name)) == _noun_of(_last(name))
            ):
                score = 1
            else:
                score = 0
            if score == 3 and (mention.edition is not None or mention.kind not in _AGAIN):
                pass  # a name of its own outweighs a day, which may be misread
            elif apart(own, cluster.days, slip=(0, 0, SLIP, AGAIN)[score]):
                continue
            if score and (best is None or (score, i) > best):
                best = (score, i)
    return best[1] if best else None


def _by_tail(mention: Mention, clusters: Sequence[EventCluster], like: Iterable[int], own: frozenset[Period]) -> int | None:
    """The only event whose name ends with a mention's, or whose names a mention's ends with: 조달설명회 for ○○ 조달설명회."""
    name, years = _flat(mention.name), years_in(mention.name)
    found = [
        i
        for i in like
        if any(_ends(name, _flat(other)) for other in clusters[i].names)
        and not (mention.edition is not None and clusters[i].editions and mention.edition not in clusters[i].editions)
        and not (years and clusters[i].years and not years & clusters[i].years)
        and not apart(own, clusters[i].days)
    ]
    return found[0] if len(found) == 1 else None


def _ends(one: str, other: str) -> bool:
    """Whether the longer of two names without spaces ends with the shorter.

    >>> _ends("조달설명회", "해외조달설명회"), _ends("설명회", "해외조달설명회"), _ends("국내설명회", "해외설명회")
    (True, False, False)
    """
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _TAIL and longer.endswith(shorter)


def _share(one: str, other: str) -> bool:
    """Whether names have a word in common, or one's letters are in the other's: else nothing makes them one event's."""
    if not _all_content(one).isdisjoint(_all_content(other)) or _flat(one) == _flat(other):
        return True
    a, b = _squeezed(content(one)), _squeezed(content(other))
    return a in b or b in a


_PLENARY = frozenset({"전체회의"})


@lru_cache(maxsize=65536)
def _last(name: str) -> str:
    return next(iter(_MARKS.sub(" ", name).split()[-1:]), "")


def _noun_of(word: str) -> str:
    return word[-3:]


@lru_cache(maxsize=65536)
def _squeezed(words: frozenset[str]) -> str:
    return "".join(sorted(words))


def _clean(name: str) -> str:
    """A name without parentheses and without marks around it."""
    name = re.sub(r"\s+", " ", re.sub(r"\s?\([^()]*\)|\s?\*+", "", name)).strip(" ,")
    name = re.sub(r"^(?:[IVXⅠ-Ⅹ]+|\d{1,2})\.\s?(?=[^\d\s])", "", name)
    return (
        name[1:-1] if len(name) > 2 and name[0] in "‘“「『《<" and name[-1] in "’”」』》>" and name.count(name[0]) == 1 else name
    )


def best_name(cluster: EventCluster) -> str:
    """The fullest name that is no sentence: with an ordinal first, then the longest up to 60 characters, the earliest of equals."""
    names = [_clean(n) for n in cluster.names] or [_clean(m.name) for m in cluster.mentions]
    names = [n for n in names if n] or [m.name for m in cluster.mentions]
    fit = [n for n in names if len(n) <= 60] or names
    best = max(fit, key=lambda n: (bool(_EDITION.search(n)), min(len(n), 60)))
    return best
