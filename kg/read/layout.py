"""From a region's folded text to its paragraphs: how lines hang together, which are footnotes, captions, contacts, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Region, Span
from kg.read.wraps import goes_on

PROSE = re.compile(r"[다요]\s?[.!?]?[”’\"')\]]*\s*$|[.!?][”’\"')\]]*\s*$")
BULLET = r"[□ㅁ■▣◇◆◈○◯ㅇ〇●◎◦▪▫￭∎•▶▷►▸‣☞⇒➡➢➔❍❏√✓✔☑※◾◽]"
_BLANK = re.compile(r"\n[ \u200b\r]*\n\s*")
_EMPTY_LINE = re.compile(r"\n\n\s*")
_MID_WORD = re.compile(
    r"(?<=[가-힣\w)」”’])\n(?=[,.)」”’]|(?:을|를|은|는|이|가|의|에|와|과|로|도|인|한|된|할|에서|으로|에게|까지|부터)[\s,.]|(?:하|되)(?:[\s,.]|[고며여는기지였게]))|[(「“‘]\n"
)
_NUMBER = r"[①-⑳]|\d{1,2}[.)] |[가-하][.)] |[ⅠⅡⅢⅣⅤⅥ]+[.\s]"
_NEW_ITEM = re.compile(rf"\n[ \u200b\r]*(?={BULLET}|[-–―·*]{{1,3}} |[<\[【|]|▲\s|\*{{1,3}}[ \d가-힣(]|{_NUMBER})")
_NEW_ITEM_IN_RUN = re.compile(
    rf"\n +\n(?=\*{{1,3}} [가-힣\d(\[])|\r{{1,4}}\n?[ \u200b\n]*(?={BULLET}|[\[<【*])"
    r"|\n[ \u200b\r]*(?=[□■◦▪￭▶▷☞⇒※‣] ?)"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in raw offsets, its role, and whether its line breaks are spaces (or nothing but markup)."""

    start: int
    end: int
    role: str
    glued: bool = False


def line_style(folded: str) -> str:
    """``runs`` where markup broke lines at will, ``wrapped`` where lines are filled to a width, else ``lines``: a paragraph each.

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


def blocks(folded: str, start: int, end: int, role: str, style: str, names: frozenset[str] = frozenset()) -> list[Block]:
    """The paragraphs of a region, as raw offsets trimmed of white space; ``furniture`` among them is to be left out."""
    whole = role in ("title", "subtitle", "caption", "credit")
    glued = style == "runs"
    parts = [_trimmed(folded, start, end)] if whole else cuts(folded, start, end, style)
    found = [Block(a, b, role, glued) for a, b in parts if a < b]
    if role == "body":
        found = _tables(folded, [part for block in found for part in _inline(folded, block, names)])
    return found


def cuts(folded: str, start: int, end: int, style: str) -> list[tuple[int, int]]:
    """The paragraphs of a stretch as its lines show them, trimmed of white space, none empty."""
    if style == "runs":
        found = [piece for a, b in _split(folded, start, end, _EMPTY_LINE) for piece in _split(folded, a, b, _NEW_ITEM_IN_RUN)]
    elif style == "wrapped":
        found = [piece for a, b in _split(folded, start, end, _BLANK) for piece in _split(folded, a, b, _NEW_ITEM)]
    else:
        found = list(_split(folded, start, end, _LINE))
    found = [(a, b) for a, b in (_trimmed(folded, a, b) for a, b in found) if a < b]
    return _rejoined(folded, found) if style != "runs" else found


_UNFINISHED = re.compile(r"[가-힣](?:,|하여|위해|위한|통해|담은|대한|관한|따른|[가-힣]를)$")
_FOLLOWS = re.compile(r"[가-힣A-Z\d‘“「](?!.{0,12}\s?:\s|[.)]\s)")


def _rejoined(folded: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lines that end amid a sentence go on in the next one."""
    out: list[tuple[int, int]] = []
    for start, end in found:
        before, at = out[-1] if out else (0, 0)
        if at - before >= 20 and (
            _FOLLOWS.match(folded, start, end)
            and _UNFINISHED.search(folded, at - 6, at)
            or goes_on(folded, (before, at), (start, end))
        ):
            out[-1] = (before, end)
        else:
            out.append((start, end))
    return out


_LINE = re.compile(r"[\n\r]\s*")
_EDGE = re.compile(r"[\s\u200b]+")


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


_PICTURE = r"<\s?(?:사진|그림)|[<\[]\s?사진\s?\d?\s?[\]>]"
_CONTACT = r"[-–]\s?(?:담당자?|담당\s?부서|문의처?)\s?:"
_TITLED = r"【[^】\n]{2,60}】|<\s[^<>\n]{2,80}\s>"
_MARKS = re.compile(
    rf"(?<=\s)(?:※|(?<!\d\s)\*{{1,3}}(?=[\s(\[「‘“’'])|{_PICTURE}|{_CONTACT}|[□■◦▪￭∎☞‣ㅇ○❍](?=\s)|[∎√]|{_TITLED}"
    r"|(?:붙임|별첨|참고)\s?\d?\s?[.:]\s)|(?<=[다요]\.\s)\d{1,2}\.\s(?=[가-힣])"
)
_OWN = (
    ("footnote", re.compile(r"※|\*{1,3}(?=[\s가-힣\d(A-Z\[「‘“’'<㈜])")),
    (
        "caption",
        re.compile(
            r"[<\[(]\s?(?:사진|그림)\s?(?:\(\d{1,2}\)|\d{1,2})?\s?(?:설명)?\s?[:.\]>)]|▲[^▲]{4,160}(?:고 있다|모습|장면|촬영)\.?\s*$"
        ),
    ),
    ("contact", re.compile(r"[-–]?\s?(?:담당자?|담당\s?부서|문의처?)\s?:")),
)
_NOTICE = re.compile(r"[*※]?\s?(?:기타\s?|보다\s?)?자세한\s(?:내용|사항)은\s.{0,12}첨부.{0,24}$")
_LABELLED = re.compile(r"[□■◦▪￭∎☞‣ㅇ○]\s?\S[^:.]{1,12}\s?:\s")
_WORDS = re.compile(r"[^\W_]|[→○◎●△▲×✓√]")
_NUMBERED = re.compile(r"\d{1,2}\.\s(?=[가-힣])")
_HEADING = re.compile(_TITLED)


def _inline(folded: str, block: Block, names: frozenset[str]) -> Iterator[Block]:
    """Cut a paragraph that markers run through: footnotes, captions, bullets and contacts of a page that lost its lines."""
    starts = [] if block.glued else [m.start() for m in _MARKS.finditer(folded, block.start, block.end)]
    for a, b in pairwise(sorted({block.start, *starts, block.end})):
        yield from _item(folded, a, b, block, names)


def _item(folded: str, start: int, end: int, block: Block, names: frozenset[str]) -> Iterator[Block]:
    while start < end:
        start, end = _trimmed(folded, start, end)
        if start >= end:
            return
        cut, role = _part(folded, start, end, block, names)
        yield Block(start, cut, role, block.glued)
        start = cut


def _part(folded: str, start: int, end: int, block: Block, names: frozenset[str]) -> tuple[int, str]:
    """Where the first part of an item ends, and its role."""
    role = next((role for role, pattern in _OWN if pattern.match(folded, start, end)), block.role)
    cut = end
    if not block.glued:
        if role == "caption" and folded[start] == "<":
            cut = folded.find(">", start, end) + 1 or end
        elif heading := _HEADING.match(folded, start, end):
            cut = heading.end()
        elif _NUMBERED.match(folded, start, end) or _LABELLED.match(folded, start, end):
            cut = _footnote_end(folded, start, end, names)
        elif role == "footnote" and end - start > 30:
            cut = _footnote_end(folded, start, end, names)
            if cut == end and _SENTENCE.search(folded, start, end):
                role = block.role  # where a note ends is unclear: what follows it matters more
    if role == "footnote" and _NOTICE.match(folded, start, cut) or not _WORDS.search(folded, start, cut):
        role = "furniture"
    return cut, role


_SENTENCE = re.compile(r"[다요]\.[”’]?\s")
_LINK = (
    "(?:이번 |이날 |이에 |이에, |이와 |이를 |이를, |이 밖에|이 외에|이외에도|또한|특히|한편|아울러|이어 |이어서|더불어|따라서|나아가"
    "|양 기관은|두 기관은|참석자들은|(?:먼저|우선|다만|최근|올해|현재|향후|앞으로|그간|그동안|이후|앞서|다음으로),)"
)
_SUBJECT = "(?P<subject>[가-힣A-Za-z]{2,20}) ?(?:는|은)[ ,]"
_SPEAKER = r"(?P<speaker>(?:[가-힣A-Z·]+ ){1,4}[가-힣]+[장관원수사표](?:은|는),? [“\"])"
_NEXT = re.compile(rf"(?<=[^\s,]) \u200b*(?=(?P<link>{_LINK})|{_SUBJECT}|{_SPEAKER})")
_OPEN_END = re.compile(
    r"(?:은|는|을|를|의|에|에서|로|와|과|며|고|서|도|및|또는|역시|위해|위한|통해|따라|대해|함께|하여|하는|되는|된|한|할|지난)$"
)

# Nouns that end like a particle: before a speaker they end a note (2건 발의 ○○○ ○○위 사무처장은 “).
_NOUN_END = re.compile(r"(?:[발문회협심논결동합]의|[참제공보신광권]고|[효결성]과|[제정한]도|[문부]서|안내서|보고서)$")


def _footnote_end(folded: str, start: int, end: int, names: frozenset[str]) -> int:
    """Where the sentence after a note begins, where that is clear; else the end."""
    stop = match.end() if (match := _SENTENCE.search(folded, start, end)) else end
    for match in _NEXT.finditer(folded, start + 4, stop):
        words = (match["speaker"] or "").split()
        speaks = words and (words[0] in names or 2 <= len(words[0]) <= 4 and (len(words) == 2 or words[1] in names))
        if (
            match.start() - start > 8
            and (match["link"] or match["subject"] in names or speaks)
            and not (
                _OPEN_END.search(folded, start, match.start()) and not (speaks and _NOUN_END.search(folded, start, match.start()))
            )
        ):
            return match.start()
    return end


_HEADS = "원장|위원장|장관|처장|청장|이사장|총장|회장|사장|대표|시장|도지사|소장|행장|총재"
_NAMES = re.compile(
    rf"이하\s?[‘'“\"「’](?P<short>[^‘’'”\"」\n]{{2,20}})[’'”\"」‘]"
    r"|이하\s?(?P<bare>[가-힣A-Za-z]{2,12})(?=[,)])"
    rf"|(?P<long>[가-힣]{{3,20}})\((?:(?P<letters>[A-Z]{{2,10}}), ?(?:{_HEADS})|(?:{_HEADS}) "
    r"|(?P<alone>[A-Z]{3,10})\))"
)


def names_of(folded: str) -> frozenset[str]:
    """Short names that a text introduces for bodies, by which a sentence may open.

    >>> sorted(names_of("한빛진흥원(HBA, 원장 한가람)은 가온위원회(위원장 두메, 이하 ‘가온위’)와"))
    ['HBA', '가온위', '가온위원회', '한빛진흥원']
    """
    return frozenset(word for match in _NAMES.finditer(folded[:3000]) for word in match.groups() if word)


def _tables(folded: str, found: list[Block]) -> list[Block]:
    """Four or more short cells in a row, none of them a sentence, are a table."""
    cell = [
        b.role == "body"
        and b.end - b.start <= 40
        and not PROSE.search(folded[b.start : b.end])
        and not _NO_CELL.match(folded, b.start)
        for b in found
    ]
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


_NO_CELL = re.compile(rf"{BULLET}|[-–*<\[【]|\d{{1,2}}\. |[ⅠⅡⅢⅣⅤIVX]+[.\s]")


def refined(regions: Sequence[Region], folded: str, style: str, names: frozenset[str]) -> Iterator[Region]:
    """Body regions cut where captions and contacts stand in them."""
    for region in regions:
        if region.role != "body":
            yield region
            continue
        start: int | None = None
        end = 0
        for block in blocks(folded, region.span.start, region.span.end, "body", style, names):
            if block.role not in ("caption", "contact", "furniture"):
                start, end = block.start if start is None else start, block.end
                continue
            if start is not None:
                yield Region(role="body", span=Span("text", start, end))
            start = None
            if block.role != "furniture":
                yield Region(role=block.role, span=Span("text", block.start, block.end))
        if start is not None:
            yield Region(role="body", span=Span("text", start, end))
