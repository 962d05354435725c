"""Find the articles on a page of text: titles, bodies, captions, credits, contacts, between menus and forms."""
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Article, Region, Span
from kg.read.cues import Cues, load_cues
from kg.read.dates import header_date, named_file_date, stated_date
from kg.read.fold import NOTHING, fold
from kg.read.layout import BULLET, PROSE

_LINE = re.compile(r"[^\n]+")
_SUBTITLE = re.compile(r"\s*[-–―—]\s?[^\s\d].{3,}")
_SOURCE = re.compile(r"\s*(?:\[(?P<square>[^\[\]\n]{2,20})\]|\((?P<round>[가-힣]{2,8}=[^()\n]{2,16})\))\s*(?:[가-힣]{2,4}\s?기자\s*[=:]?\s*)?")
_NOT_SOURCE = re.compile(r"사진|그림|표|자료|보도|참고|붙임|별첨|첨부|단독|속보|종합|인터뷰|칼럼|기고|사설|포토|영상|\d")
_MEDIA = re.compile(r"(투데이|일보|신문|뉴스|경제|타임스|타임즈|저널|데일리|미디어|방송|통신|매일|시사|포스트|프레스|헤럴드|인사이트|닷컴|넷|TV|KBS|MBC|SBS|YTN|뉴시스|이데일리)")
_NOT_TITLE = re.compile(rf"\s*(?:{BULLET}|[-–*※<\[【▲①-⑳|]|\d{{1,2}}[.)]|[가-하][.)]|[ⅠⅡⅢⅣⅤ]|[^:]{{1,10}}\s?:\s)")
_LABEL = re.compile(r"^\s*(?P<label>제목|부제목?)\s?:\s?(?P<words>.+)$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page in raw offsets, its role, and how many lines were blank before it."""

    start: int
    end: int
    text: str
    role: str
    gap: int


def articles_of(text: str, *, identifier: str, source: str, title: str | None = None, date: dt.date | None = None,
                publisher: str | None = None, url: str | None = None, notes: Sequence[str] = ()) -> list[Article]:
    """The articles that a page holds, in order; at least one where any line is no furniture.

    >>> page = "로그인\\n\\n군청, 책 나눔 행사 열어\\n\\n군청은 5일 책 나눔 행사를 열었다.\\n\\n목록으로"
    >>> [article] = articles_of(page, identifier="p", source="p.txt")
    >>> article.title, article.raw(article.regions[-1].span)
    ('군청, 책 나눔 행사 열어', '군청은 5일 책 나눔 행사를 열었다.')
    """
    folded = fold(text)
    lines = list(_lines(folded, load_cues()))
    groups = [lines] if title is not None else _groups(lines)
    many = len(groups) > 1
    fields = (("text", text),) if title is None else (("text", text), ("title", title))
    page_date = stated_date(line.text for line in lines if line.role == "header")
    file_date = named_file_date((line.text for line in lines if line.role == "furniture"),
                                header_date(line.text for line in lines if line.role == "header"))
    found = []
    for number, group in enumerate(groups, 1):
        regions, bracket = _regions(group, folded, title)
        own = date or stated_date(line.text for line in group if line.role == "header") or page_date
        why = list(notes)
        if own is None and file_date:
            own, why = file_date, [*why, f"date {file_date} is taken from the name of a picture's file"]
        found.append(Article(identifier=f"{identifier}#{number}" if many else identifier, source=source, fields=fields, regions=regions,
                             date=own, publisher=publisher or _stated_publisher(group) or bracket, url=url, notes=tuple(why)))
    shared = {article.publisher for article in found if article.publisher}
    if len(shared) == 1:
        found = [replace(article, publisher=article.publisher or next(iter(shared))) for article in found]
    return found


def _lines(folded: str, cues: Cues) -> Iterator[Line]:
    gap, tail = 0, False
    last = 0
    for match in _LINE.finditer(folded):
        words = match[0].replace(NOTHING, "").strip()
        gap += folded.count("\n", last, match.start())
        last = match.end()
        if not words:
            continue
        role = cues.role_of(words) or "text"
        tail = tail or role == "tail"
        start = match.start() + len(match[0]) - len(match[0].lstrip(" \r\t" + NOTHING))
        end = match.start() + len(match[0].rstrip(" \r\t" + NOTHING))
        yield Line(start, end, words, "furniture" if tail else role, gap)
        gap = 0


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Cut the page's lines where another article's title stands."""
    gaps = sorted(line.gap for line in lines if line.role == "text")
    usual = gaps[len(gaps) // 2] if gaps else 1
    starts, prose, fresh = [0], 0, False
    for i, line in enumerate(lines):
        if line.role != "text":
            fresh = fresh or line.role in ("furniture", "header")
            continue
        if prose >= 2 and _is_title(line) and _evidence(lines, i, usual, fresh) >= 2:
            starts.append(_with_credit(lines, i))
            prose = 0
        elif PROSE.search(line.text) and len(line.text) >= 30:
            prose += 1
        fresh = False
    return [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)])]


def _evidence(lines: list[Line], i: int, usual: int, fresh: bool) -> int:
    following = [line for line in lines[i + 1:i + 8] if line.role == "text"]
    subtitle = bool(following) and bool(_SUBTITLE.fullmatch(following[0].text)) and not PROSE.search(following[0].text)
    prose = [line for line in following[:4] if PROSE.search(line.text) and len(line.text) >= 30]
    if not prose:
        return 0
    source = any(_bracket(line.text) for line in prose[:1])
    return 2 * source + subtitle + (lines[i].gap > 2 * usual) + (fresh and lines[i].gap >= usual)


def _with_credit(lines: list[Line], i: int) -> int:
    while i > 0 and lines[i - 1].role in ("credit", "furniture", "header"):
        i -= 1
    return i


def _is_title(line: Line) -> bool:
    return 8 <= len(line.text) <= 120 and not _NOT_TITLE.match(line.text) and not re.search(r"다\.?[”\"]?$", line.text)


def _bracket(words: str) -> re.Match[str] | None:
    match = _SOURCE.match(words)
    if not match:
        return None
    name = (match["square"] or match["round"]).split("=")[-1]
    return match if match["round"] or _MEDIA.search(name) and not _NOT_SOURCE.search(name.replace("TV", "")) else None


def _regions(group: list[Line], folded: str, title: str | None) -> tuple[tuple[Region, ...], str | None]:
    """Title, subtitles and stretches of body of one article, and the publisher that a bracket before the body names."""
    regions = [] if title is None else [Region(role="title", span=Span("title", 0, len(title)))] if title.strip() else []
    head, bracket = title is None or not title.strip(), None
    titled = not head
    for line in group:
        role, start = line.role, line.start
        if role == "header" and (label := _LABEL.match(line.text)) and head:
            role = "title" if label["label"] == "제목" else "subtitle"
            start = line.end - len(label["words"])
        if role in ("furniture", "header", "tail"):
            continue
        if role == "text":
            if head and not titled and (_is_title(line) or not PROSE.search(line.text) and len(line.text) <= 120):
                role, titled = "title", True
            elif head and titled and _SUBTITLE.fullmatch(line.text) and not PROSE.search(line.text):
                role = "subtitle"
            else:
                role = "body"
                if head and (match := _bracket(folded[start:line.end])):
                    bracket = (match["square"] or match["round"].split("=")[-1]).strip()
                    start += match.end()
                head = False
        elif role == "title":
            titled = True
        if start >= line.end:
            continue
        if role == "body" and regions and regions[-1].role == "body" and _adjacent(group, regions[-1].span.end, start):
            regions[-1] = Region(role="body", span=Span("text", regions[-1].span.start, line.end))
        else:
            regions.append(Region(role=role, span=Span("text", start, line.end)))
    return tuple(regions), bracket


def _adjacent(group: list[Line], before: int, start: int) -> bool:
    return not any(before <= line.start < start for line in group)


def _stated_publisher(group: list[Line]) -> str | None:
    for line in group:
        if line.role == "header" and (match := re.match(r"(?:발행처|발행기관|배포처|언론사|매체|출처|기관)\s?:\s?(\S.{0,40})$", line.text)):
            return match[1].strip()
    return None
