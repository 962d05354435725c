"""What each line of a page is, by its shape first and by the hints of ``data/lexicon/page.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.read.cues import Cues, load_cues
from kg.read.fold import NOTHING
from kg.read.layout import cuts, line_style
from kg.read.line_kinds import is_byline, is_copyright, is_dated, is_listing, is_menu, is_weather, tail_at
from kg.read.lines import LABEL, Line, breaks_off, is_filled, is_item, is_prose, lines_of, mark_length, tokens
from kg.read.narrow import in_columns

_CAPTION = re.compile(
    r".{2,120}\s?[(\[<]\s?사진\s?(?:제공)?\s?[=/:ⓒ]\s?[^()\[\]]{1,24}[)\]>]$|.{4,160}(?:다|모습|장면|하는|있는)\.?[”’]?\s*[(\[/<]?\s?[가-힣A-Za-z0-9 ]{2,20}\s제공[)\]>]?\.?$|▲.{2,200}(?:[ⓒ©]|제공|사진|촬영|있다|모습|장면|전경)|[<\[(【]?\s?(?:사진|그림)\s?설명\s?[\]>)】:=]|<사진\s?[=:]"
)
_CREDIT_BEHIND = re.compile(  # behind a sentence that tells what a picture shows
    r"(?:다\.\s?[(\[<]\s?(?:사진\s?)?(?:제공|출처|자료)\s?[:=]\s?[^()\[\]\n]{2,40}[)\]>](?:\s?[ⓒ©].{0,40})?|있다\.\s?[ⓒ©]\s?[가-힣A-Za-z][^.\n]{0,20}(?:\s[\d.]{6,12})?)$"
)
_HEADED = re.compile(r"제\s?목\s+(?=\S.{3})")
_ROW = re.compile(r"(?:작성자|등록자|게시자|작성일|등록일|게시일|담당\s?부서|조회수?|첨부\s?파일)(?:\s|$)")
_ADDRESS = re.compile(r"\(?(?:https?://|www\.)\S{4,300}")
_CREDITED = re.compile(r"[(\[<]\s?사진\s?(?:제공)?\s?[=/:ⓒ]\s?[^()\[\]]{1,24}[)\]>]$")
_ENDED = re.compile(r"[.!?…][”’\"')]*$")
_CALLS = re.compile(r"(?:[!?]|\.{2,}|…)[”’\"')\]]*$")
_REMNANT = re.compile(r"[가-힣]{1,6}[.]")  # of a word that a wrap cut, or the last word of a sentence
_OPEN = re.compile(r"[가-힣](?:은|는|이|가|을|를|에|의|에서|으로|와|과|고|며|여|해|한|된|할|및|등|,)$")
STOPS = frozenset({"copyright", "comments", "tail"})  # behind these no body goes on
SOFT = frozenset(
    {"furniture", "menu", "related", "date", "byline", "contact", "notice", "header"}
)  # body may go on, if it speaks of the same
_ATTACHMENT = re.compile(r"[<\[【(]?\s?(?:붙\s?임|별\s?첨|참\s?고|첨\s?부(?=\s?\d))\s?\d{0,2}\s?[\]>】).:]?(?:\s.{0,60})?")


def roled(folded: str, marks: Sequence[tuple[int, int, str]] = ()) -> list[Line]:
    """The lines of a page with their roles; ``marks`` are what markup says of stretches (``link``, ``aside``, ``caption``).

    >>> [line.role for line in roled("홈 | 뉴스\\n군청, 책 잔치 열어\\n입력 2024-03-05\\n군청은 5일 책 잔치를 열었다.\\nⓒ 한빛신문 무단전재 금지")]
    ['furniture', 'short', 'date', 'prose', 'copyright']
    """
    cues = load_cues()
    found = [_line(folded, start, end, gap, cues) for start, end, gap in lines_of(folded)]
    if sum(line.role == "prose" and len(line.text) >= 30 for line in found) < 2 and line_style(folded) == "runs":
        found = []
        last = 0
        for start, end in cuts(folded, 0, len(folded), "runs"):
            words = "".join(folded[start:end].replace(NOTHING, "").split("\n")).strip()
            found.append(Line(start, end, words, folded.count("\n", last, start), role_of(words, cues)))
            last = end
    return list(_filled(_captioned(in_columns(_in_rows(_visited(_marked(found, marks) if marks else found))))))


def _visited(lines: list[Line]) -> list[Line]:
    """The weather and the day of the visit above it are the site's."""
    weather = {i for i, line in enumerate(lines) if is_weather(line.text)}
    own = weather | {i - 1 for i in weather if i and lines[i - 1].role == "date" and (i + 1 in weather or i < 4)}
    return [replace(line, role="furniture") if i in own else line for i, line in enumerate(lines)]


def _in_rows(lines: list[Line]) -> list[Line]:
    """A headline behind its label in a table of labels: 제목 …, 작성자 …, 작성일 …."""
    rows = {i for i, line in enumerate(lines) if _ROW.match(line.text)}
    out = []
    for i, line in enumerate(lines):
        if (label := _HEADED.match(line.text)) and rows & {*range(i - 3, i + 4)}:
            line = replace(line, start=line.start + label.end(), text=line.text[label.end() :], role="title")
        out.append(line)
    return out


def _captioned(lines: list[Line]) -> list[Line]:
    """A lone line that a triangle opens is the words under a picture; several in a row are a list."""

    def lone(i: int) -> bool:
        beside = [lines[j].text[0] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
        return (
            lines[i].text[0] in "▲△◀"
            and lines[i].role in ("item", "short")
            and len(lines[i].text) <= 100
            and lines[i].text[0] not in beside
        )

    def calls(i: int) -> bool:  # a headline that calls or asks, above the lines that say who wrote it and when
        words = lines[i].text
        return (
            lines[i].role == "prose"
            and bool(_CALLS.search(words))
            and len(words) <= 80
            and not re.search(r"[^.][.!?]\s", words)
            and any(line.role == "date" for line in lines[i + 1 : i + 4])
            and not any(line.role == "prose" for line in lines[max(0, i - 2) : i] + lines[i + 1 : i + 2])
        )

    return [
        replace(line, role="caption") if lone(i) else replace(line, role="short") if calls(i) else line
        for i, line in enumerate(lines)
    ]


def _line(folded: str, start: int, end: int, gap: int, cues: Cues) -> Line:
    words = folded[start:end]
    label = LABEL.match(words)
    start += mark_length(words)
    words = folded[start:end].replace(NOTHING, "")
    role = role_of(words, cues)
    if label and role in ("short", "item", "menu", "header"):
        role = "subtitle" if label["label"].startswith("부") else "title" if "목" in label["label"] else role
    return Line(start, end, words, gap, role)


def _marked(lines: list[Line], marks: Sequence[tuple[int, int, str]]) -> list[Line]:
    """Links and what stands aside are furniture, unless running text; words under pictures are captions."""
    said = {start: role for start, _, role in marks}
    out = []
    for line in lines:
        mark = said.get(line.start)
        if mark == "caption" and line.role in ("short", "prose", "item", "menu"):
            line = replace(line, role="caption")
        elif (
            mark == "link"
            and line.role in ("short", "item", "menu", "byline")
            or mark == "aside"
            and line.role in ("short", "item", "menu", "prose", "byline", "caption")
        ):
            line = replace(line, role="furniture")
        elif mark == "link" and line.role == "prose":
            line = replace(line, role="related")
        out.append(line)
    return out


def role_of(words: str, cues: Cues) -> str:
    """The role of one line by itself; ``short`` for what only its place can tell."""
    letters = tokens(words)
    if is_dated(words):
        return "date"
    if words.startswith(("▲", "△")) and len(words) <= 200 and _CREDITED.search(words):
        return "caption"
    if _ADDRESS.fullmatch(words):
        return "furniture"
    if len(words) <= 200 and _CREDIT_BEHIND.search(words):
        return "caption"
    if (cut := tail_at(words)) is not None and is_prose(words[:cut]):
        return "prose"
    if not letters or all(token in cues.words["furniture"] or token.isdigit() for token in letters):
        return "furniture"
    if len(words) <= 200 and _CAPTION.match(words):
        return "caption"
    if (said := cues.role_of(words)) is not None:
        return said
    if is_copyright(words):
        return "copyright"
    if is_byline(words):
        return "byline"
    if is_listing(words):
        return "related"
    if is_prose(words):
        return "prose"
    if is_item(words):
        return "item"
    if is_menu(words):
        return "menu" if not re.search(r"[|>]|\S {2,}\S|www\.|https?:", words) else "furniture"
    return "short"


def _filled(lines: list[Line]) -> Iterator[Line]:
    """Lines that are filled to a width: one that breaks off amid a sentence before its rest, and those between two such."""
    carries = False
    for i, line in enumerate(lines):
        if carries and line.role in ("short", "menu") and line.gap <= 2 and _ENDED.search(line.text) and len(line.text) <= 60:
            line = replace(line, role="prose")
        elif line.role in ("short", "menu") and i + 1 < len(lines):
            following = lines[i + 1]
            near = following.gap <= max(line.gap, 2)
            if near and (
                is_filled(line.text)
                and (_REMNANT.fullmatch(following.text) or _ends_it(line, following))
                or breaks_off(line.text)
                and (following.role == "prose" or is_filled(following.text))
                or carries
                and is_filled(line.text)
                and (following.role == "prose" or is_filled(following.text))
            ):
                line = replace(line, role="prose")
        elif line.role == "short" and carries and line.gap <= 2 and is_filled(line.text):
            line = replace(line, role="prose")
        carries = (
            line.role == "prose"
            and not _ENDED.search(line.text)
            or line.role == "item"
            and len(line.text) >= 20
            and bool(_OPEN.search(line.text))
        )
        yield line


def _ends_it(line: Line, following: Line) -> bool:
    """Whether a line is the short rest of the paragraph that a filled line began."""
    return (
        following.role == "prose"
        and following.gap <= max(line.gap, 1)
        and len(line.text) >= 38
        and 5 * len(following.text) <= 3 * len(line.text)
    )


def is_attachment_head(words: str) -> bool:
    """Whether a line opens what is attached to a release.

    >>> is_attachment_head("붙임 1  행사 개요"), is_attachment_head("붙임성 있는 사람들")
    (True, False)
    """
    return len(words) <= 70 and bool(_ATTACHMENT.fullmatch(words)) and not is_prose(words)
