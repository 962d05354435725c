"""What of an article's stretch of lines is body, and what the lines around it are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.read.headline import goes_on, is_subtitle, pairs, shared, stems, window
from kg.read.lines import BULLET, Line
from kg.read.roles import SOFT, STOPS, is_attachment_head
from kg.read.section import section_above
from kg.read.starts import Start

_SAID = {
    "date": "date",
    "byline": "byline",
    "copyright": "copyright",
    "contact": "contact",
    "credit": "credit",
    "caption": "caption",
    "related": "related",
    "comments": "comment",
}
_LONE = re.compile(r"(?!#)(?=.*[가-힣]).{1,12}")
_COPIED = 25  # so long a line does not come again in one text


def roles_in(lines: Sequence[Line], start: Start, stop: int) -> dict[int, str]:
    """The role of each line of an article that begins at ``start`` and ends before line ``stop``; a line without one is furniture."""
    found = _head(lines, start)
    found |= _body(lines, start, stop, _opening(lines, start, found))
    return dict(sorted(found.items()))


def _head(lines: Sequence[Line], start: Start) -> dict[int, str]:
    found = {
        i: _SAID[line.role]
        for i, line in enumerate(lines[start.top : start.first], start.top)
        if line.role in ("date", "byline", "credit", "caption", "contact")
    }
    if start.title is None:
        return found
    if (section := section_above(lines, start.title)) is not None:
        found[section] = "section"
    found[start.title] = "title"
    words = window(lines, start.first) + " " + lines[start.title].text
    vocabulary = stems(words) | pairs(words)
    title_letters = stems(lines[start.title].text)
    close, previous = True, start.title
    bulleted = start.first >= len(lines) or lines[start.first].role == "item" or bool(BULLET.match(lines[start.first].text))
    for i in range(start.title + 1, start.first):
        line = lines[i]
        if line.role == "subtitle":
            found[i] = "subtitle"
        if line.role not in ("short", "item", "menu"):
            close = close and line.role in ("credit", "file", "caption")
            continue
        if (
            found.get(previous) == "title"
            and i == previous + 1
            and goes_on(lines[previous].text, line.text)
            and line.role == "short"
        ):
            found[i] = "title"
            previous = i
        elif (
            stems(line.text) != title_letters
            and (
                line.role == "short"
                or _dashed(line.text)
                or (not bulleted and _heads(line.text) if line.role == "item" else shared(line.text, vocabulary)[1] >= 0.5)
            )
            and is_subtitle(line.text, vocabulary, close=close)
        ):
            found[i] = "subtitle"
            close = True
        else:
            close = False
    _above(lines, start, found, vocabulary)
    return found


def _dashed(words: str) -> bool:
    return words[:1] in "-–―<[" or words[:1] == "·"


def _above(lines: Sequence[Line], start: Start, found: dict[int, str], vocabulary: set[str]) -> None:
    """A line between dashes or quotation marks right above the headline is a subtitle."""
    if start.title is None:
        return
    i = start.title - 1
    if (
        i > start.top
        and lines[i].role in ("short", "item")
        and _dashed(lines[i].text)
        and lines[i].text[0] not in "<["
        and is_subtitle(lines[i].text, vocabulary, close=False)
    ):
        found[i] = "subtitle"


def _body(lines: Sequence[Line], start: Start, stop: int, first: int) -> dict[int, str]:
    title = lines[start.title].text if start.title is not None else ""
    vocabulary = stems(title) | pairs(title)
    found: dict[int, str] = {}
    seen: set[str] = set()
    pending: list[int] = []
    closed = annexed = copied = False
    tail = False
    for i in range(first, stop):
        line = lines[i]
        copied = line.text in seen and (copied or len(line.text) >= _COPIED and line.text != lines[i - 1].text)
        if copied:  # the page holds its text twice: for another screen, for mail
            found |= {j: _SAID[lines[j].role] for j in pending if lines[j].role in _SAID}
            pending = []
            continue
        closed = closed or line.role in ("copyright", "comments") and bool(seen)
        tail = tail or line.role == "tail" and bool(seen)
        if is_attachment_head(line.text) and seen and not closed:
            annexed = True
        if line.role not in ("prose", "item") and not annexed or line.role in STOPS | SOFT:
            pending.append(i)
            annexed = annexed and line.role not in STOPS | {"related", "furniture"}
            continue
        if line.role == "item" and not annexed and (pending or closed or tail):
            pending.append(i)
            continue
        again = tail and line.text in seen
        if line.role == "prose" and (closed or seen and (again or not _speaks_on(lines, line, pending, vocabulary, tail))):
            pending.append(i)
            continue
        found |= _adopted(lines, pending, vocabulary) if seen else {}
        pending = []
        found[i] = "body"
        seen.add(line.text)
        vocabulary |= stems(line.text) | pairs(line.text)
    found |= _trailing(lines, pending, vocabulary, annexed=not any(line.role == "prose" for line in lines[first:stop]))
    return found


def _heads(words: str) -> bool:
    """Whether an item of a list is a line of words, with no key."""
    return bool(BULLET.match(words)) and ":" not in words[:16] and "|" not in words[:16] and not words[:1].isdigit()


def _opening(lines: Sequence[Line], start: Start, found: dict[int, str]) -> int:
    """The first line of the body: items of a list right above its first sentence belong to it unless they are its subtitles."""
    at = start.first
    low = start.title if start.title is not None else start.top - 1
    while at - 1 > low and lines[at - 1].role == "item" and not _dashed(lines[at - 1].text) and found.get(at - 1) != "subtitle":
        at -= 1
    return at


def _speaks_on(lines: Sequence[Line], line: Line, pending: Sequence[int], vocabulary: set[str], tail: bool) -> bool:
    """Whether a sentence behind other lines goes on with the same article."""
    roles = {lines[i].role for i in pending}
    hits, share = shared(line.text, vocabulary)
    if tail:
        return hits >= 3 and share >= 0.3
    if roles >= {"prose", "related"}:
        return hits >= 4 and share >= 0.35
    if len(pending) == 1 and roles < {"related", "furniture"}:
        return hits >= 1  # a link to another article amid the body
    if roles & {"prose", "date", "contact", "related"}:
        return hits >= 2 and share >= 0.15
    if roles & SOFT:
        return hits >= 2 and share >= 0.12 or hits >= 4
    return len(pending) <= 3 or hits >= 1


def _adopted(lines: Sequence[Line], pending: Sequence[int], vocabulary: set[str]) -> dict[int, str]:
    """The roles of lines between two sentences of a body."""
    mixed = any(lines[i].role in SOFT and not lines[i].text.isdigit() or lines[i].role == "prose" for i in pending)
    found: dict[int, str] = {}
    for i in pending:
        line = lines[i]
        if (line.role in ("short", "menu", "item") or line.text.isdigit()) and (
            not mixed or shared(line.text, vocabulary)[0] >= 1 and lines[i - 1].role not in SOFT
        ):
            found[i] = "body"
        elif line.role in _SAID:
            found[i] = _SAID[line.role]
        elif line.role == "furniture" and len(pending) == 1 and _LONE.fullmatch(line.text):
            found[i] = "body"  # a lone menu word amid the body
    return found


def _trailing(lines: Sequence[Line], pending: Sequence[int], vocabulary: set[str], *, annexed: bool) -> dict[int, str]:
    """The roles of the lines under the last sentence of a body."""
    found: dict[int, str] = {}
    ended = False
    context = ""
    for i in pending:
        line = lines[i]
        annexed = annexed or not ended and is_attachment_head(line.text)
        if line.role in ("copyright", "comments", "tail", "related", "furniture", "menu", "notice", "prose"):
            ended = True
        if line.role in ("comments", "related"):
            context = _SAID[line.role]
        if (
            line.role == "contact"
            and not ended
            or line.role == "short"
            and context == "contact"
            and len(line.text) <= 30
            and not annexed
            and not ended
        ):
            found[i] = context = "contact"
        elif not ended and (
            line.role == "item"
            or line.role in ("short", "date")
            and (annexed or shared(line.text, vocabulary)[0] >= 1 and line.role == "short")
        ):
            found[i] = "body"
        elif line.role in _SAID:
            found[i] = _SAID[line.role]
        elif context in ("related", "comment") and line.role in ("short", "prose", "item"):
            found[i] = context
        elif line.role == "short" and not BULLET.match(line.text):
            ended = ended or len(line.text) > 30
    return found
