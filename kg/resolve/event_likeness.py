"""Whether two names are of one event: the same words, some of them, the same letters, or the same end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import Mention
from kg.resolve.event_clusters import EventCluster
from kg.resolve.event_days import AGAIN, SLIP, Period, apart
from kg.resolve.event_labels import all_content, content, ends_alike, flat, last_word, noun_of, share, squeezed

_HELD_AGAIN = frozenset({"Meeting", "Briefing"})  # held again and again under one name
_PLENARY = frozenset({"전체회의"})
_BESIDE = ("사전", "사후", "부대", "연계", "후속", "전야", "식전")
_SLIPS = (0, 0, SLIP, AGAIN)  # days that may lie between two that are so much alike


def most_alike(mention: Mention, clusters: Sequence[EventCluster], like: Iterable[int], own: frozenset[Period]) -> int | None:
    """The event whose name is most like a mention's, where no ordinal, year or day speaks against it."""
    fit = (i for i in like if any(share(mention.name, n) for n in clusters[i].names) and not clusters[i].speaks_against(mention))
    best = max(((_of_days(mention, clusters[i], name, own), i) for i in fit for name in clusters[i].names), default=(0, 0))
    return best[1] if best[0] else None


def by_tail(mention: Mention, clusters: Sequence[EventCluster], like: Iterable[int], own: frozenset[Period]) -> int | None:
    """The only event whose name ends with a mention's, or whose names a mention's ends with: 조달설명회 for ○○ 조달설명회."""
    name = flat(mention.name)
    found = [
        i
        for i in like
        if any(ends_alike(name, flat(other)) for other in clusters[i].names)
        and not clusters[i].speaks_against(mention)
        and not apart(own, clusters[i].days)
    ]
    return found[0] if len(found) == 1 else None


def _of_days(mention: Mention, cluster: EventCluster, name: str, own: frozenset[Period]) -> int:
    """How much alike a mention and a name of an event are, none where their days lie apart."""
    likeness = _likeness(mention, cluster, name)
    if likeness == 3 and (mention.edition is not None or mention.kind not in _HELD_AGAIN):
        return 3  # a name of its own outweighs a day, which may be misread
    return 0 if apart(own, cluster.days, slip=_SLIPS[likeness]) else likeness


def _likeness(mention: Mention, cluster: EventCluster, name: str) -> int:
    """3: the same name; 2: one's words are among the other's; 1: the same letters or most words; 0: nothing."""
    words, other = content(mention.name), content(name)
    if not words or not other:
        return 0
    noun = noun_of(last_word(mention.name)) == noun_of(last_word(name))
    within = words <= other or other <= words
    numbered = mention.edition is not None and mention.edition in cluster.editions
    if (
        numbered
        and (noun and within or words - _PLENARY == other - _PLENARY)  # 제2차 ○○ 포럼 and 제2차 ○○ 포럼 전체회의
        or flat(mention.name) == flat(name)
        and len(flat(name)) >= 5
        or words in (other, all_content(name))
        or other == all_content(mention.name)
    ):
        return 3
    if noun and (len(words) > 1 and words < all_content(name) or len(other) > 1 and other < all_content(mention.name)):
        return 2
    if within:
        return 2 if _short_for(mention, cluster, name) and not _beside_the_whole(mention.name, name) else 0
    letters = sorted((squeezed(words), squeezed(other)), key=len)
    if letters[0] in letters[1]:
        return 1 if len(letters[0]) >= 6 else 0
    shared = len(words & other)
    return 1 if noun and shared >= 2 and shared >= 0.6 * min(len(words), len(other)) else 0


def _beside_the_whole(one: str, other: str) -> bool:
    """Whether the longer of two names is of something before, after or beside the event of the shorter: 나눔주간 and 나눔주간 사전행사.

    >>> _beside_the_whole("2025 나눔주간 사전행사", "나눔주간"), _beside_the_whole("2025 나눔주간 행사", "나눔주간")
    (True, False)
    """
    shorter, longer = sorted((one, other), key=len)
    return last_word(longer).startswith(_BESIDE) and not last_word(shorter).startswith(_BESIDE)


def _short_for(mention: Mention, cluster: EventCluster, name: str) -> bool:
    """Whether one of two names, whose words are among the other's, says enough to be short for it."""
    smaller = min(content(mention.name), content(name), key=len)
    if len(smaller) < 2 and len(next(iter(smaller))) <= 5:
        return False
    one, other = last_word(mention.name), last_word(name)
    return one.endswith(other) or other.endswith(one) or noun_of(one) == noun_of(other) or mention.kind in cluster.kinds
