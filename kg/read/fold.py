"""Character foldings that keep lengths, quotation marks, and edits that keep the map back to the raw text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Paragraph, Piece

NOTHING = "\u200b"  # what is to vanish becomes this first, so that offsets hold until lines are joined

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_LINES = "\x0b\x0c\x85\u2028\u2029"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b"
    "\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
    "\u3164\ufeff\uffa0\ufffc"
)
_SAME = {
    "｢": "「",
    "｣": "」",
    "“": "“",
    "”": "”",
    "＂": '"',
    "„": "“",
    "‟": "“",
    "″": '"',
    "＇": "'",
    "ʼ": "’",
    "‛": "‘",
    "′": "'",
    "`": "'",
    "´": "'",
    "∼": "~",
    "〜": "~",
    "˜": "~",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "￦": "₩",
    "․": "·",
    "‧": "·",
    "･": "·",
    "ㆍ": "·",
    "ᆞ": "·",
    "∙": "·",
    "⋅": "·",
    "・": "·",
    "•": "•",
}
_HANCOM_NUMBERS = {0xF02B1: "①②③④⑤⑥⑦⑧⑨", 0xF02CE: "①②③④⑤⑥⑦⑧⑨"}  # digits in circles and boxes in Hancom's fonts


@cache
def _table() -> dict[int, str]:
    table = {ord(char): " " for char in _SPACES}
    table |= {ord(char): "\n" for char in _LINES}
    table |= {code: NOTHING for code in (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)) if code != 0x85}
    table |= {ord(char): NOTHING for char in _INVISIBLE}
    table |= dict.fromkeys(range(65024, 65040), NOTHING)
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {ord(char): other for char, other in _SAME.items()}
    table |= dict.fromkeys((*range(57344, 63744), *range(983040, 987136)), "□")
    table |= {first + i: char for first, row in _HANCOM_NUMBERS.items() for i, char in enumerate(row)}
    return table


_PRIVATE_DOT = re.compile(r"(?<=[가-힣])[\ue000-\uf8ff](?=[가-힣])")


def fold(raw: str) -> str:
    """A copy of the same length in which look-alike characters are one.

    >>> fold("ＫＩＳＡ\\u00a0｢안내서｣ 3∼5월")
    'KISA 「안내서」 3~5월'
    """
    if _PRIVATE_DOT.search(raw):  # a symbol font's middle dot
        raw = _PRIVATE_DOT.sub("·", raw)
    if len(_MISREAD.findall(raw)) >= 3:
        raw = _MISREAD_ANY.sub(_reread, raw)
    if "&" in raw:
        raw = _ENTITY.sub(_named, raw)
    folded = raw.translate(_table())
    return _TAG.sub(_vanished, folded) if "<" in folded or "[](" in folded else folded


_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
_BYTES = {char: byte for byte, char in _CP1252.items()} | {chr(byte): byte for byte in range(0x80, 0x100)}
_REST = "".join(sorted({char for char, byte in _BYTES.items() if byte < 0xC0}))
_MISREAD = re.compile(f"[ê-í][{re.escape(_REST)}]{{2}}")
_MISREAD_ANY = re.compile(f"[à-ï][{re.escape(_REST)}]{{2}}|[Â-ß][{re.escape(_REST)}]")


def _reread(match: re.Match[str]) -> str:
    """Letters of UTF-8 that a program took for Western ones, of the same length."""
    try:
        return bytes(_BYTES[char] for char in match[0]).decode("utf-8") + NOTHING * (len(match[0]) - 1)
    except UnicodeDecodeError:
        return match[0]


_ENTITY = re.compile(r"&(?:amp;)?(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")


def _named(match: re.Match[str]) -> str:
    """The character that an entity names, of the same length."""
    from html import unescape

    char = unescape(unescape(match[0]))
    return char + NOTHING * (len(match[0]) - 1) if len(char) == 1 else match[0]


_ELEMENTS = "p|br|div|span|b|i|u|strong|em|font|a|ul|li|table|tbody|tr|td|th|h[1-6]|img|return"
_TAG = re.compile(rf"<{NOTHING}*/?(?:{_ELEMENTS})(?:\s+[A-Za-z-]+\s?=[^<>]{{0,300}})?\s?/?>|\[\]\([^()\s]{{0,300}}\)")
_BREAK = re.compile(rf"<{NOTHING}*/?(p|br|div|li|tr|h[1-6]|return)\b")
_ITEM = re.compile(r"\s*(?:[-–*※□■○ㅇ◦▪•<]|$)")


def _vanished(match: re.Match[str]) -> str:
    """Markup that leaked into the text, as a line break or nothing, of the same length."""
    first = NOTHING
    if kind := _BREAK.match(match[0]):
        first = " " if kind[1] == "br" and not _ITEM.match(match.string, match.end()) else "\n"
    return first + NOTHING * (len(match[0]) - 1)


_SINGLE = re.compile(r"[‘’']")
_DOUBLE = re.compile(r'[“”"]')
_YEAR = re.compile(r"\d\d(?!\d)(?=\s?[년.~/∙·월말,)\-]|\s)")
_OPENS_BEFORE = re.compile(r"[\s(\[{<「『《〈【·,:/~“‘\"'-]")
_CLOSES_AFTER = re.compile(r"[\s.,)\]}>」』》〉】·:;/”’\"'!?…-]")


def unify_quotes(text: str) -> str:
    """A paragraph in which single and double quotation marks are ‘ ’ “ ”, paired where the text supports it.

    >>> unify_quotes("'26.4.8. '자율 점검의 날' 행사")
    '’26.4.8. ‘자율 점검의 날’ 행사'
    """
    marks = [m.start() for m in _SINGLE.finditer(text)]
    if marks:
        text = _paired(text, marks, "‘", "’")
    marks = [m.start() for m in _DOUBLE.finditer(text)]
    if marks:
        text = _paired(text, marks, "“", "”")
    return text


def _may_open(text: str, at: int) -> bool:
    return at == 0 or bool(_OPENS_BEFORE.match(text, at - 1))


def _may_close(text: str, at: int) -> bool:
    return at + 1 == len(text) or bool(_CLOSES_AFTER.match(text, at + 1))


def _paired(text: str, marks: Sequence[int], opening: str, closing: str) -> str:
    chars, is_open = list(text), False
    single = opening == "‘"
    after: list[int | None] = [None] * len(marks)  # the next mark that is no apostrophe of a year
    for i in range(len(marks) - 2, -1, -1):
        after[i] = after[i + 1] if single and _year_mark(text, marks[i + 1]) else marks[i + 1]
    for at, following in zip(marks, after):
        mark, may_open, may_close = text[at], _may_open(text, at), _may_close(text, at)
        closer_follows = following is not None and not _may_open(text, following)
        year = single and _year_mark(text, at) and not is_open and not (mark != closing and closer_follows)
        if year:
            chars[at] = closing
        elif is_open:
            is_open = may_open and not may_close and mark != closing
            chars[at] = opening if is_open else closing
        else:
            opens = mark == opening and (may_open or closer_follows or not may_close)
            is_open = opens or may_open and (closer_follows or mark != closing and not may_close)
            chars[at] = opening if is_open else closing
    return "".join(chars)


def _year_mark(text: str, at: int) -> bool:
    return bool(_YEAR.match(text, at + 1))


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``text[start:end]`` of a view by ``new``; ``repair`` names why, None for a mere folding."""

    start: int
    end: int
    new: str
    repair: str | None = None


def compose(text: str) -> Iterable[Edit]:
    """Edits that bring a text into NFC, cluster by cluster, so that the map stays fine."""
    if unicodedata.is_normalized("NFC", text):
        return
    start = 0
    for end in range(1, len(text) + 1):  # only texts that are not in NFC come here
        cluster = text[start:end]
        if end < len(text) and _joins(cluster, text[end]):
            continue
        if (whole := unicodedata.normalize("NFC", cluster)) != cluster:
            yield Edit(start, end, whole)
        start = end


def _joins(cluster: str, char: str) -> bool:
    if char < "\u0300":
        return False
    nfc = unicodedata.normalize
    return bool(unicodedata.combining(char)) or nfc("NFC", cluster + char) != nfc("NFC", cluster) + nfc("NFC", char)


def apply_edits(
    text: str, pieces: Sequence[Piece], paragraphs: Sequence[Paragraph], edits: Iterable[Edit]
) -> tuple[str, tuple[Piece, ...], tuple[Paragraph, ...]]:
    """The view's parts after edits; overlapping edits are refused in favour of the first."""
    chosen: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if not chosen or edit.start >= chosen[-1].end and (edit.start, edit.end) != (chosen[-1].start, chosen[-1].end):
            chosen.append(edit)
    if not chosen:
        return text, tuple(pieces), tuple(paragraphs)
    words: list[str] = []
    new_pieces: list[Piece] = []
    shifts, done, delta = [0], 0, 0
    ends = []
    for edit in chosen:
        _copy(pieces, done, edit.start, delta, new_pieces)
        words += text[done : edit.start], edit.new
        field, low, high = _raw_range(pieces, edit.start, edit.end)
        if edit.new:
            new_pieces.append(Piece(edit.start + delta, edit.start + delta + len(edit.new), field, low, high, edit.repair))
        delta += len(edit.new) - (edit.end - edit.start)
        done = edit.end
        ends.append(edit.end)
        shifts.append(delta)
    _copy(pieces, done, len(text), delta, new_pieces)
    words.append(text[done:])

    def moved(at: int, is_start: bool) -> int:
        index = bisect_right(ends, at)
        if is_start and index and ends[index - 1] == at and chosen[index - 1].start == at:
            return at + shifts[index - 1]  # an insertion at a paragraph's start belongs to it
        return at + shifts[index]

    return (
        "".join(words),
        tuple(new_pieces),
        tuple(Paragraph(moved(p.start, True), moved(p.end, False), p.role) for p in paragraphs),
    )


def _copy(pieces: Sequence[Piece], start: int, end: int, delta: int, into: list[Piece]) -> None:
    if start >= end:
        return
    i = bisect_right(pieces, start, key=lambda p: p.start) - 1
    while i < len(pieces) and pieces[i].start < end:
        p = pieces[i]
        low, high = max(start, p.start), min(end, p.end)
        if p.end - p.start == p.raw_end - p.raw_start:
            shift = p.raw_start - p.start
            into.append(Piece(low + delta, high + delta, p.field, low + shift, high + shift, p.repair))
        else:
            into.append(Piece(low + delta, high + delta, p.field, p.raw_start, p.raw_end, p.repair))
        i += 1


def _raw_range(pieces: Sequence[Piece], start: int, end: int) -> tuple[str, int, int]:
    i = bisect_right(pieces, start, key=lambda p: p.start) - 1
    p = pieces[i]
    same = p.end - p.start == p.raw_end - p.raw_start
    low = p.raw_start + start - p.start if same else p.raw_start
    if start == end:
        return p.field, low, low
    q = pieces[bisect_right(pieces, end - 1, key=lambda p: p.start) - 1]
    same = q.end - q.start == q.raw_end - q.raw_start
    return p.field, low, max(low, q.raw_start + end - q.start if same else q.raw_end)
