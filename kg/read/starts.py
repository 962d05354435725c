"""Where the articles of a page begin: runs of body text, each under the headline that speaks of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.read.headline import headline, is_candidate, may_head_item, pairs, shared, stems, window
from kg.read.lines import BULLET, SEPARATED, Line, tokens
from kg.read.source import source_of

ENOUGH = 3.0  # evidence that a headline opens another article
_SLIGHT = 120  # letters under which words that nobody signed are no article, beside one that has four times as many
TITLE = 0.45  # what a headline of the first article is worth at least
_MARKER = re.compile(r"[◆◇■□▶▷●○★☆▣◈❖◎※▪•]|\d{1,2}[.)]|[①-⑳]")


@dataclass(frozen=True, slots=True)
class Start:
    """An article's head: the first line of its block, its headline (None where it has none), and its body's first line."""

    top: int
    title: int | None
    first: int


def starts(lines: Sequence[Line], hints: Collection[str] = ()) -> list[Start]:
    """Where articles begin on a page, in order; none on a page without a body."""
    prose = [i for i, line in enumerate(lines) if line.role == "prose"]
    if not prose:
        return _without_prose(lines, hints)
    if digest := _digest(lines, prose):
        return digest
    opening = _opening_title(lines)
    prose = [i for i in prose if i != opening]
    if not prose:
        return _without_prose(lines, hints)
    gaps = sorted(line.gap for line in lines if line.role in ("prose", "short", "item"))
    usual = max(1, gaps[len(gaps) // 2])
    found: list[Start] = []
    titles: set[str] = set()
    known: set[str] = set()
    before = -1
    related = False
    for p in prose:
        if before >= 0:
            known |= stems(lines[before].text)
        low, before = before + 1, p
        roles = {line.role for line in lines[low:p]}
        related = related and not roles & {"copyright"} or bool(roles & {"comments", "related"})
        if low == p and found:
            continue
        title, value = headline(lines, low, p, hints)
        letters = "".join(tokens(lines[title].text)) if title is not None else ""
        opens = (
            not found
            or letters not in titles
            and title is not None
            and _evidence(lines, low, title, p, usual, known) >= ENOUGH + related
        )
        if not found and opening is not None and opening < p:
            title = opening
        elif not found:
            title = title if value >= TITLE else _plain_title(lines, low, p, title)
        if opens:
            found.append(Start(_top(lines, low, title if title is not None else p) if found else 0, title, p))
            titles.add(letters)
            known = set()
    return _kept(lines, _weighty(lines, found))


_ADDED = re.compile(r"[-–―]\s?[^\s\d:-][^:]{6,}$|[◈◇□▷▶❖]\s?\S")
_SAYS = re.compile(r"(?:밝혔다|말했다|전했다|열었다|했다)\.?$|(?<!니)다\.$")


def _opening_title(lines: Sequence[Line]) -> int | None:
    """The first line of a text that opens with its headline and what is added to it (``- … -``, ``◈ …``), even a whole sentence.

    >>> from kg.read.roles import roled
    >>> _opening_title(roled("장난감, 꼼꼼히 보고 고르세요!\\n- 가온청, 장난감 20종 살펴 -\\n가온청은 5일 장난감 20종을 살폈다고 밝혔다."))
    0
    """
    at = next((i for i, line in enumerate(lines) if line.role not in ("header", "date", "file")), len(lines))
    if at > 4 or at + 2 >= len(lines):
        return None
    line, following = lines[at], lines[at + 1]
    sentence = line.role == "prose"
    if (
        line.role not in ("short", "menu", "prose", "title")
        or SEPARATED.search(line.text)
        or not 8 <= len(line.text) <= (70 if sentence else 100)
    ):
        return None
    if len(tokens(line.text)) < 3 or sentence and (_SAYS.search(line.text) or re.search(r"다\.\s", line.text)):
        return None
    match = _ADDED.match(following.text)
    if not match or sentence and match[0][0] not in "-–―":
        return None
    words = " ".join(other.text for other in lines[at + 1 : at + 9])
    return at if shared(line.text, stems(words) | pairs(words))[0] >= 1 else None


def _plain_title(lines: Sequence[Line], low: int, first: int, best: int | None) -> int | None:
    """The headline of a text whose headline shares no word with it: the first line, where nothing else stands above the body."""
    above = [i for i in range(low, first) if is_candidate(lines[i]) and lines[i].role == "short"]
    if not above:
        return best
    return above[0] if len(above) <= 3 else best if best is not None else above[-1]


def _evidence(lines: Sequence[Line], low: int, title: int, first: int, usual: int, known: Collection[str]) -> float:
    """How much speaks for another article under a line in the midst of a page."""
    words = window(lines, first)
    hits, share = shared(re.sub(r"^\s*[\[<【(][^\[\]<>【】()]{1,12}[\]>】)]", "", lines[title].text), stems(words) | pairs(words))
    if hits < 1 or share < 0.25:
        return 0.0
    above, between = lines[low:title], lines[title + 1 : first]
    value = 1.0 * (hits >= 2 and share >= 0.5) + 0.7 * (hits >= 4 and share >= 0.6)
    value += 2.0 * any(line.role == "date" for line in between) or 1.5 * any(line.role == "date" for line in above[-3:])
    value += 1.0 * any(line.role == "byline" for line in between)
    value += 2.0 * any(line.role == "copyright" for line in above)
    value += 1.0 * any(line.role in ("contact", "byline", "tail") for line in above)
    value += 0.8 * any(re.match(r"[-–―]\s?\S", line.text) for line in between)
    value += 2.0 * (source_of(lines[first].text) is not None)
    value += 0.8 * (shared(lines[title].text, known)[1] <= 0.5)
    value += 0.8 * _new_subject(lines[title].text, lines[first].text, known)
    gap = lines[title].gap
    value += 1.0 * (2 * gap > 3 * usual and gap >= usual + 3)
    value += 0.3 * any(line.role in ("furniture", "file", "credit", "caption") for line in above)
    return value


def _new_subject(title: str, opening: str, known: Collection[str]) -> bool:
    """Whether a headline opens with what the body opens with, and nothing above spoke of it."""
    first, begin = tokens(title)[:1], tokens(opening)[:2]
    return bool(first) and len(first[0]) > 1 and first[0][:2] in {word[:2] for word in begin} and first[0][:2] not in known


def _top(lines: Sequence[Line], low: int, title: int) -> int:
    """The first line that belongs to the article of a headline: credits, dates and the names of pictures right above it."""
    at = title
    while at > low and lines[at - 1].role in ("credit", "file", "date", "header", "menu", "caption"):
        if (
            lines[at - 1].role == "date"
            and at - 1 > low
            and lines[at - 2].role in ("copyright", "prose")
            and lines[at - 1].gap <= lines[at].gap / 2
        ):
            break
        at -= 1
    return at


def _weighty(lines: Sequence[Line], found: list[Start]) -> list[Start]:
    """Without slight ones beside an article of some length: words of a popup or a form, which nobody signed and dated."""
    stops = [start.top for start in found[1:]] + [len(lines)]
    said = []
    for start, stop in zip(found, stops):
        low = start.top if start.title is None else max(start.top, start.title - 3)
        dated = any(line.role in ("date", "byline") for line in lines[low:stop])
        said.append((sum(len(line.text) for line in lines[start.first : stop] if line.role == "prose"), dated))
    if not any(dated and length >= 4 * _SLIGHT for length, dated in said):
        return found
    kept = [start for start, (length, dated) in zip(found, said) if dated or length >= _SLIGHT]
    return [Start(0, kept[0].title, kept[0].first), *kept[1:]] if kept[0] is not found[0] else kept


def _kept(lines: Sequence[Line], found: list[Start]) -> list[Start]:
    """Without a first one that is no article: a sentence of the site above the first headline."""
    if len(found) < 2:
        return found
    head, following = found[0], found[1]
    own = [line for line in lines[head.first : following.top] if line.role == "prose"]
    words = window(lines, head.first)
    hits, share = (
        shared(lines[head.title].text, stems(" ".join(line.text for line in own)) | pairs(words))
        if head.title is not None
        else (0, 0.0)
    )
    if sum(len(line.text) for line in own) < 160 and (hits < 2 or share < 0.34):
        return [Start(0, following.title, following.first), *found[2:]]
    return found


def _digest(lines: Sequence[Line], prose: Sequence[int]) -> list[Start]:
    """Short articles under headlines that one mark opens (◆, ■, 1.), where no article stands above the first."""
    heads: dict[str, list[int]] = {}
    for p in prose:
        i = p - 1
        while i >= 0 and lines[i].role in ("byline", "date") and p - i <= 2:
            i -= 1
        if (
            i >= 0
            and lines[i].role in ("item", "short")
            and (match := _MARKER.match(lines[i].text))
            and len(lines[i].text) <= 70
            and may_head_item(lines[i].text)
        ):
            heads.setdefault("1" if match[0][0].isdigit() else match[0], []).append(i)
    mark = max(heads, key=lambda m: len(heads[m]), default="")
    own = heads.get(mark, [])
    if len(own) < 2 or sum(1 for p in prose if p < own[0]) > 1:
        return []
    shares = []
    for i in own:
        words = window(lines, i + 1)
        shares.append(shared(_MARKER.sub("", lines[i].text), stems(words) | pairs(words)))
    if sum(share for _, share in shares) / len(own) < 0.4 or sum(hits >= 1 for hits, _ in shares) < 0.7 * len(own):
        return []
    if _one_above(lines, own[0], prose):
        return []
    firsts = [next(p for p in prose if p > i) for i in own]
    return [Start(0 if n == 0 else i, i, p) for n, (i, p) in enumerate(zip(own, firsts))]


def _one_above(lines: Sequence[Line], first: int, prose: Sequence[int]) -> bool:
    """Whether a headline above the first mark speaks of all that follows: then marks part an article's sections."""
    words = " ".join(lines[p].text for p in prose[:12])[:3000]
    vocabulary = stems(words)
    values = [
        shared(line.text, vocabulary)
        for line in lines[:first]
        if is_candidate(line) and line.role == "short" and not _MARKER.match(line.text)
    ]
    return any(hits >= 3 and share >= 0.6 for hits, share in values)


def _without_prose(lines: Sequence[Line], hints: Collection[str]) -> list[Start]:
    """A page that only has keyed lines, rows and short lines."""
    items = [i for i, line in enumerate(lines) if line.role == "item" and not BULLET.fullmatch(line.text)]
    if items:
        title, value = headline(lines, 0, items[0], hints)
        return [Start(0, title if title is not None and value >= TITLE else _plain_title(lines, 0, items[0], title), items[0])]
    shorts = [i for i, line in enumerate(lines) if line.role in ("short", "menu")]
    if not shorts:
        return []
    title = next((i for i in shorts if "".join(tokens(lines[i].text)) in hints), shorts[0])
    rest = [i for i in shorts if i > title]
    return [Start(0, title, rest[0] if rest else len(lines))]
