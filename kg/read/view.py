"""The side copy of an article that is analysed: folded, joined, cut into paragraphs, mended, with the map back to the raw."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import category, normalize

from kg.model import Article, Paragraph, Piece, Region, View
from kg.read.attached import parts_of
from kg.read.fold import NOTHING, Edit, apply_edits, compose, fold, unify_quotes
from kg.read.layout import Block, blocks, line_style, names_of
from kg.read.repair import repairs
from kg.read.wraps import cuts_word, words_of

SPOKEN = frozenset(
    {"title", "subtitle", "body", "caption", "credit", "contact"}
)  # an article's own words; dates, bylines, comments are not
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(rf" {{2,}}[\n\r{NOTHING} ]*| ?[\n\r{NOTHING}][\n\r{NOTHING} ]*")


def make_view(article: Article) -> View:
    """The view of an article.

    >>> from kg.model import Region, Span
    >>> raw = "제목\\n\\n  ＫＩＳＡ가\\u00a0 ｢안내서｣를 냈다."
    >>> view = make_view(Article(identifier="a", source="a", fields=(("text", raw),), regions=(
    ...     Region(role="title", span=Span("text", 0, 2)), Region(role="body", span=Span("text", 2, len(raw))))))
    >>> view.text
    '제목\\nKISA가 「안내서」를 냈다.'
    >>> article = view.article; at = view.text.index("「")
    >>> article.raw(view.span(at, at + 5))
    '｢안내서｣'
    """
    spoken = [region for region in article.regions if region.role in SPOKEN]
    ends = {region.span.field: region.span.end for region in sorted(spoken, key=lambda region: region.span)}
    folded = {name: fold(article.text(name))[:end] for name, end in ends.items()}  # what follows the last region is no article
    starts = {region.span.field: region.span.start for region in sorted(spoken, key=lambda region: region.span, reverse=True)}
    styles = {
        name: [(end, line_style(text[max(start, starts[name]) : end])) for start, end in parts_of(text)]
        for name, text in folded.items()
    }
    names = names_of(folded.get("text", ""))
    known = words_of(folded.get("text", "")) if "\n" in folded.get("text", "") else frozenset()
    copies: list[Piece] = []
    marked: list[Paragraph] = []
    parts: list[str] = []
    at, last = 0, ""
    title = _letters(folded["title"][starts["title"] :]) if "title" in folded else ""
    for region in spoken:
        field, role = region.span.field, region.role
        if field == "text" and role == "body" and title and _repeats(folded[field], region, title):
            role = "title"
        style = next((style for end, style in styles[field] if region.span.start < end), styles[field][-1][1])
        for block in blocks(folded[field], region.span.start, region.span.end, role, style, names):
            words, copied = _joined(folded[field], block, known)
            if not words or block.role == "furniture" or len(words) >= 30 and words == last:
                continue  # a paragraph that a scraper wrote twice is read once
            last = words
            if parts:
                parts.append("\n")
                copies.append(Piece(at, at + 1, copies[-1].field, copies[-1].raw_end, copies[-1].raw_end))
                at += 1
            begin = at
            for low, high in copied:
                copies.append(Piece(at, at + high - low, field, low, high))
                at += high - low
            parts.append(unify_quotes(words))
            marked.append(Paragraph(begin, at, block.role))
    text = "".join(parts)
    text, pieces, paragraphs = apply_edits(text, copies, marked, compose(text))
    for edits in (_marks, _openings):
        text, pieces, paragraphs = apply_edits(text, pieces, paragraphs, edits(text, paragraphs))
    text, pieces, paragraphs = apply_edits(text, pieces, paragraphs, repairs(text, paragraphs, article.date))
    return View(article=article, text=text, pieces=pieces, paragraphs=paragraphs)


_NOTE = re.compile(r"(\*{1,3})|※")
_MARK = re.compile(r"(?<=[\w)\]”’」』》>%])(\*{1,3})(?=[\s\w,.)\]”’」』》:;·]|$)", re.M)
_BARE = re.compile(
    r"(?<=[\w][\w)\]”’」』》>%])\*{1,3}(?=[\s,.)]|(?:을|를|은|는|이|가|의|에|에서|와|과|로|으로|도)[\s,.]|$)", re.M
)


def _marks(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Edit]:
    """Leave out the marks of footnotes, so that words stay whole; without a note only where a particle follows (홍*동 stays)."""
    if "*" not in text:
        return
    notes = {m[1] or "*" for p in paragraphs if (m := _NOTE.match(text, p.start))}
    noted = {m.span() for m in _MARK.finditer(text) if m[1] in notes}
    yield from (Edit(*span, "") for span in sorted(noted | {m.span() for m in _BARE.finditer(text)}))


_PLAIN_BULLETS = frozenset("□ㅇ○◦▪■▣◎●◆◇▶►‣•◈√✓※▲△*·-–―<>=+|~^`$₩€£°☎☏✆✉→←↑↓℃㎡㎞㎏％‰ⓒ©®™†‡☞")
_SPACED_KEY = re.compile(
    r"(?:(?:[^\w\s(\[]|[ㅁㅇ])\s?|\d{1,2}[.)]\s|[가-하][.)]\s)?[(\[<]?(?P<key>[가-힣](?: [가-힣]){1,4})(?= ?[:)\]>|])"
)


def _openings(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Edit]:
    """Bullets of every kind as one, and the letters of a notice's keys together (주 최 : as 주최:)."""
    for p in paragraphs:
        if p.start == p.end:
            continue  # a note's mark alone
        first, following = text[p.start], text[p.start + 1 : p.start + 2]
        if (
            first == "ㅁ"
            or category(first) in ("So", "Sm", "Sk")
            and first not in _PLAIN_BULLETS
            and normalize("NFKC", first) == first
        ) and (following == " " or "가" <= following <= "힣"):
            yield Edit(p.start, p.start + 1, "□")
        if match := _SPACED_KEY.match(text, p.start, p.end):
            yield from (Edit(at, at + 1, "") for at in range(match.start("key"), match.end("key")) if text[at] == " ")


def _letters(words: str) -> str:
    return "".join(_WORD.findall(words))


def _repeats(folded: str, region: Region, title: str) -> bool:
    """Whether a region is the title's copy in the text, or the first part of one whose subtitles are the rest."""
    length = region.span.end - region.span.start
    if length > 3 * len(title) + 40:
        return False
    letters = _letters(folded[region.span.start : region.span.end])
    return letters == title or len(letters) >= 8 and title.startswith(letters)


def _joined(folded: str, block: Block, known: frozenset[str]) -> tuple[str, list[tuple[int, int]]]:
    """A paragraph's words on one line, and the raw stretches that they are copied from."""
    words: list[str] = []
    copied: list[tuple[int, int]] = []
    for low, high, space in _stretches(folded, block, known):
        words.append(folded[low : high - 1] + " " if space else folded[low:high])
        if copied and copied[-1][1] == low:
            copied[-1] = (copied[-1][0], high)
        else:
            copied.append((low, high))
    return "".join(words), copied


def _is_space(folded: str, match: re.Match[str], block: Block, known: frozenset[str]) -> bool:
    """Whether a gap parts two words: a space beside a line end does, a bare line end does where it stands amid no word."""
    gap = match[0]
    if "\n" not in gap or block.glued:
        return " " in gap or "\r" in gap or "\n\n" in gap
    return " " in (gap[0], gap[-1]) or not cuts_word(folded, match.start(), match.end(), known)


def _stretches(folded: str, block: Block, known: frozenset[str]) -> Iterator[tuple[int, int, bool]]:
    at = block.start
    for match in _GAP.finditer(folded, block.start, block.end):
        space = _is_space(folded, match, block, known)
        cut = match.start() + space
        if cut > at:
            yield at, cut, space
        at = match.end()
    if at < block.end:
        yield at, block.end, False
