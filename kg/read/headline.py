"""Which line above a body is its headline: the one that shares most words with it, at the top of its block."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kg.read.dates import said_days
from kg.read.lines import BULLET, Line, tokens

WINDOW = 900  # so many characters of a body tell what its headline may speak of
_STAMPED = 3  # so many lines may stand between a headline and the day under it
_DASH = re.compile(r"[-–―]\s?\S")
_PUNCTUATED = re.compile(r"[“”‘’'\"…·,]|\.{2,3}|→|↑|↓")
_ATTRIBUTIVE = re.compile(r"(?:위한|대한|통한|따른|관한|향한|의한|및|[가-힣]{2}의)$")
_QUOTED = re.compile(r"[“\"]")
_KICKER = re.compile(r"‘[^‘’]+’|「[^「」]+」|<[^<>]+>")
_ROLE_END = re.compile(
    r"(?:원장|위원장|소장|교수|회장|대표|이사장|변호사|작가|박사|의원|국장|논설위원|연구위원|센터장|시인|교사|관장|대변인)$"
)
_BRACKETED = re.compile(r"[\[<(【][^\[\]<>()【】]{1,30}[\]>)】]")


def stem(token: str) -> str:
    """The first two characters of a word, by which words that took other particles are one.

    >>> stem("토론회가") == stem("토론을")
    True
    """
    return token[:2]


def stems(words: str) -> set[str]:
    """The stems of some words."""
    return {stem(token) for token in tokens(words) if len(token) > 1}


def pairs(words: str) -> set[str]:
    """All pairs of neighbouring letters within words, so that a word is found within a longer one."""
    return {token[i : i + 2] for token in tokens(words) for i in range(len(token) - 1)}


def shared(words: str, vocabulary: Collection[str]) -> tuple[int, float]:
    """How many different words speak of a vocabulary, and which share of all that is."""
    own = stems(words)
    hits = sum(1 for s in own if s in vocabulary)
    return hits, hits / len(own) if own else 0.0


def window(lines: Sequence[Line], first: int) -> str:
    """The words of a body from its first line on, as far as they tell its headline."""
    parts, length = [], 0
    for line in lines[first : first + 12]:
        if line.role in ("prose", "item"):
            parts.append(line.text)
            length += len(line.text)
        elif parts and line.role in ("copyright", "comments", "tail"):
            break
        if length > WINDOW:
            break
    return " ".join(parts)


def is_candidate(line: Line) -> bool:
    """Whether a line can be a headline at all."""
    return (
        line.role in ("short", "menu", "item", "title")
        and 4 <= len(line.text) <= 140
        and (line.role != "item" or may_head_item(line.text))
    )


def may_head_item(words: str) -> bool:
    """Whether an item of a list can be the headline of a short article in a digest."""
    match = BULLET.match(words)
    rest = words[match.end() :] if match else words
    return len(rest) >= 5 and not re.match(r"(?:[^:\s]\s?){1,8}:\s", rest) and not re.match(r"\d{1,2}[:시]\d?", rest)


def worth(lines: Sequence[Line], i: int, vocabulary: Collection[str], hints: Collection[str] = ()) -> float:
    """How much a line looks like the headline of a body with this vocabulary."""
    line = lines[i]
    hits, share = shared(line.text, vocabulary)
    count = len(stems(line.text))
    value = share * min(hits, 6) ** 0.5
    if _BRACKETED.fullmatch(line.text) or count == 0:
        return 0.0
    if "".join(tokens(line.text)) in hints:
        value += 2.5
    if count <= 2:
        value *= 0.5
    value += 0.25 * bool(_PUNCTUATED.search(line.text))
    value += 0.4 * (
        hits > 0 and any(near.role in ("date", "byline") for near in (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 3]))
    )
    value += 2.0 * (line.role == "title") - 0.5 * bool(_KICKER.fullmatch(line.text))
    value += 0.8 * (i > 0 and lines[i - 1].text.strip(" :[]") in ("제목", "제 목"))
    value -= (
        0.8 * bool(_DASH.match(line.text)) + 0.4 * (line.role == "menu") + 0.3 * bool(_ROLE_END.search(line.text) and count <= 4)
    )
    return value


def headline(lines: Sequence[Line], low: int, first: int, hints: Collection[str] = ()) -> tuple[int | None, float]:
    """The index of the headline in ``lines[low:first]`` of the body that begins at ``first``, and what it is worth."""
    words = window(lines, first)
    vocabulary = stems(words) | pairs(words)
    values = {i: worth(lines, i, vocabulary, hints) for i in range(low, first) if is_candidate(lines[i])}
    if not values:
        return None, 0.0
    best = max(values, key=lambda i: (round(values[i], 2), i))
    top = values[best]
    at = best
    if "".join(tokens(lines[best].text)) in hints:
        return best, top
    if (stamped := _above_stamp(lines, low, best, vocabulary)) is not None:
        return stamped, top
    while (
        at - 1 >= low
        and at - 1 in values
        and lines[at].gap <= max(lines[at - 1].gap, lines[at + 1].gap if at + 1 < len(lines) else 0) + 2
        and values[at - 1] >= (0.3 if _QUOTED.match(lines[at - 1].text) or _opens(lines, at) else max(0.3, 0.4 * top))
        and lines[at - 1].role == "short"
        and len(stems(lines[at - 1].text)) >= 3
        and not _DASH.match(lines[at - 1].text)
        and not _KICKER.fullmatch(lines[at - 1].text)
        and (2 * len(lines[at - 1].text) >= len(lines[at].text) or _PUNCTUATED.search(lines[at - 1].text))
    ):
        at -= 1
    if _DASH.match(lines[at].text):
        above = [i for i in values if i < at and not _DASH.match(lines[i].text) and lines[i].role == "short"]
        at = above[-1] if above and at - above[-1] <= 3 else at
    return at, top


def _opens(lines: Sequence[Line], at: int) -> bool:
    """Whether the line above one is the first of its page, and what stands under the two is a day: a headline and its subtitle."""
    return at == 1 and at + 1 < len(lines) and lines[at + 1].role == "date"


def _above_stamp(lines: Sequence[Line], low: int, best: int, vocabulary: Collection[str]) -> int | None:
    """The headline right above the line that says when the article came out, where the best line stands under it: that is its subtitle."""
    for i in range(low + 1, best):
        if lines[i].role == "date" and any(kind == "published" for kind, _ in said_days(lines[i].text)):
            above = (j for j in range(i - 1, max(low - 1, i - 1 - _STAMPED), -1) if lines[j].role in ("short", "title"))
            return next(
                (j for j in above if len(stems(lines[j].text)) >= 3 and shared(lines[j].text, vocabulary)[0] > bool(low)), None
            )
    return None


def goes_on(line: str, following: str) -> bool:
    """Whether a headline runs on in the next line.

    >>> goes_on("골목에 들어선 책방", "…상인들 “반갑다”")
    True
    """
    opened = line.count("“") > line.count("”") or line.count("‘") > line.count("’")
    return (
        following.startswith(("…", "..."))
        or bool(_ATTRIBUTIVE.search(line))
        or opened
        and ("”" in following or "’" in following)
        or bool(re.search(r"[…,·]$|\.\.\.$", line))
    )


def is_subtitle(words: str, vocabulary: Collection[str], *, close: bool) -> bool:
    """Whether a line between a headline and its body is a subtitle; ``close`` where nothing else stands between."""
    if len(words) > 160 or len(words) < 5:
        return False
    if re.match(r"[-–]\s?[^\s:]{1,14}\s?:", words):
        return False
    if _DASH.match(words) or _BRACKETED.match(words):
        return len(tokens(words)) >= 2
    hits, share = shared(words, vocabulary)
    if _ROLE_END.search(words) and len(tokens(words)) <= 5:
        return False
    return hits >= 1 and share >= 0.2 and len(tokens(words)) >= 2 or close and len(tokens(words)) >= 3
