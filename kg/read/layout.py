"""From a region's folded text to its paragraphs: how lines hang together, and which words are titles, footnotes, captions, tables."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

PROSE = re.compile(r"[다요]\s?[.!?]?[”’\"')\]]*\s*$|[.!?][”’\"')\]]*\s*$")
BULLET = r"[□ㅁ■▣◇◆◈○◯ㅇ●◎◦▪▫￭•∙▶▷►▸‣☞⇒➡➢➔❍❏√✓✔☑※◾◽]"
_BLANK = re.compile(r"\n[ \u200b\r]*\n\s*")
_EMPTY_LINE = re.compile(r"\n\n\s*")
_MID_WORD = re.compile(r"(?<=[가-힣\w)」”’])\n(?=[,.)」”’]|(?:을|를|은|는|이|가|의|에|와|과|로|도|인|한|된|할|하|되)(?:[\s,.]|[가-힣]))|[(「“‘]\n")
_NEW_ITEM = re.compile(rf"\n[ \u200b\r]*(?={BULLET}|[-–―·*]{{1,3}} |<|\[|【|▲\s|\*{{1,3}}[ \d가-힣(]|[①-⑳]|\d{{1,2}}[.)] |[가-하][.)] |[ⅠⅡⅢⅣⅤⅥ]+[.\s]|\|)")
_NEW_ITEM_IN_RUN = re.compile(rf"\r+\n?[ \u200b\n]*(?={BULLET}|\[|<|【|\*)|\n[ \u200b\r]*(?=[□■◦▪￭▶▷☞⇒※‣] ?)")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in raw offsets, its role, and whether its line breaks are spaces (or nothing but markup)."""

    start: int
    end: int
    role: str
    glued: bool = False


def line_style(folded: str) -> str:
    """``runs`` where markup broke lines at will, ``wrapped`` where lines are filled to a width, else ``lines`` (one paragraph a line).

    >>> line_style("제목\\n첫째 문단이다.\\n둘째 문단이다.")
    'lines'
    """
    lines = folded.split("\n")
    inner = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(inner) < 3:
        return "runs" if len(inner) and len(_MID_WORD.findall(folded)) >= 2 and _edges(inner) else "lines"
    middle = len(_MID_WORD.findall(folded))
    if middle >= 3 and middle >= 0.12 * len(inner) or middle >= 0.06 * len(inner) and _edges(inner) >= 0.25 * len(inner):
        return "runs"
    widths = sorted(len(a) for a, _ in inner)
    open_ends = [a for a, b in inner if len(a) >= 0.6 * widths[-1] and not PROSE.search(a)]
    if widths[-1] <= 130 and len(open_ends) >= 0.4 * len(inner) and widths[len(widths) // 2] >= 25:
        return "wrapped"
    return "lines"


def _edges(inner: list[tuple[str, str]]) -> int:
    return sum(a.endswith(" ") or b.startswith(" ") for a, b in inner)


def blocks(folded: str, start: int, end: int, role: str, style: str) -> Iterator[Block]:
    """The paragraphs of a region, as raw offsets trimmed of white space."""
    if role in ("title", "subtitle", "caption", "credit"):
        cuts = [(start, end)]
    elif style == "runs":
        cuts = [piece for a, b in _split(folded, start, end, _EMPTY_LINE) for piece in _split(folded, a, b, _NEW_ITEM_IN_RUN)]
    elif style == "wrapped":
        cuts = [piece for a, b in _split(folded, start, end, _BLANK) for piece in _split(folded, a, b, _NEW_ITEM)]
    else:
        cuts = list(_split(folded, start, end, _LINE))
    glued = style == "runs"
    found = [Block(a, b, role, glued) for a, b in (_trimmed(folded, a, b) for a, b in cuts) if a < b]
    if role == "body":
        found = [part for block in found for part in _inline(folded, block)]
        found = _tables(folded, found)
    yield from found


_LINE = re.compile(r"\s*\n\s*")
_EDGE = re.compile(r"[\s\u200b]+")
_TAIL = re.compile(r"[\s\u200b]+\Z")


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    if match := _EDGE.match(folded, start, end):
        start = match.end()
    while end > start and (folded[end - 1].isspace() or folded[end - 1] == "\u200b"):
        end -= 1
    return start, end


def _split(folded: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    at = start
    for match in pattern.finditer(folded, start, end):
        yield at, match.start()
        at = match.end()
    yield at, end


_ITEM = re.compile(r"(?:(?<=\s)|\A)(?P<mark>※|\*{1,3}(?=\s)|<\s?사진|<\s?그림|\[\s?사진\s?\d?\]|- 담당자\s?:|- 담당부서\s?:|[□■◦▪￭▶☞‣ㅇ○](?=\s)|√)")
_FIRST = re.compile(r"\s*(?P<mark>※|\*{1,3}(?=[\s가-힣\d(A-Z])|[<\[]\s?(?:사진|그림)|▲)")
_ROLE = {"※": "footnote", "*": "footnote", "<": "caption", "[": "caption", "-": "contact"}
_OPENER = re.compile(r"(?<=[가-힣A-Za-z)\]”’」.\d]) (?=(?:이번|이날|이에|이와|이를|이는|이어|이 밖에|이 외에|이외에도|또한|또|특히|한편|아울러|먼저|우선|더불어|그동안|그간|이후|향후|앞으로|앞서|다만|"
                     r"나아가|따라서|그리고|그러나|올해|최근|현재|양 기관은|두 기관은|참석자들은|이들은|본|동)[ ,]"
                     r"|(?:[A-Z]{3,8}|[가-힣]{2,12}(?:원|위|부|처|청|단))(?:는|은) |(?:[가-힣A-Z]+ ){1,4}[가-힣]+(?:은|는) [“\"])")


def _inline(folded: str, block: Block) -> Iterator[Block]:
    """Cut a paragraph that markers run through: footnotes, captions, bullets and contacts of a page that lost its lines."""
    starts = [m.start("mark") for m in _ITEM.finditer(folded, block.start, block.end)]
    first = _FIRST.match(folded, block.start, block.end)
    if not starts and not first:
        yield block
        return
    cuts = sorted({block.start, *starts, block.end})
    for a, b in pairwise(cuts):
        yield from _item(folded, a, b, block)


def _item(folded: str, start: int, end: int, block: Block) -> Iterator[Block]:
    start, end = _trimmed(folded, start, end)
    if start >= end:
        return
    mark = folded[start]
    role = _ROLE.get(mark, block.role)
    if role == "contact" and "담당" not in folded[start:start + 8] or mark in "<[" and not _FIRST.match(folded, start, end):
        role = block.role
    if role == "caption" and (close := folded.find("]" if mark == "[" else ">", start, end)) > 0 and mark == "<":
        yield Block(start, close + 1, role, block.glued)
        yield from _item(folded, close + 1, end, block)
    elif role == "footnote" and end - start > 40 and (match := _OPENER.search(folded, start + 8, end)):
        yield Block(start, match.start(), role, block.glued)
        yield Block(match.end(), end, block.role, block.glued)
    else:
        yield Block(start, end, role, block.glued)


def _tables(folded: str, found: list[Block]) -> list[Block]:
    """Four or more short cells in a row, none of them a sentence, are a table."""
    cell = [b.role == "body" and b.end - b.start <= 40 and not PROSE.search(folded[b.start:b.end]) and not _NO_CELL.match(folded, b.start)
            for b in found]
    out, i = [], 0
    while i < len(found):
        j = i
        while j < len(found) and cell[j]:
            j += 1
        out += [Block(b.start, b.end, "table", b.glued) for b in found[i:j]] if j - i >= 5 else found[i:j]
        if j < len(found):
            out.append(found[j])
        i = j + 1
    return out


_NO_CELL = re.compile(rf"{BULLET}|[-–*<\[【]|\d{{1,2}}\. |[ⅠⅡⅢⅣⅤ]")
