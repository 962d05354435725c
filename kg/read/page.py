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
from kg.read.heads import head_of
from kg.read.layout import BULLET, PROSE, blocks, cuts, line_style, names_of

_SUBTITLE = re.compile(r"[-–―—]\s?\S.{3,}")
_SOURCE = re.compile(r"\s*(?:\[(?P<square>[^\[\]\n]{2,20})\]|\((?P<round>[가-힣]{2,8}=[^()\n]{2,16})\))\s*"
                     r"(?:[가-힣]{2,4}\s?기자\s*[=:]?\s*)?")
_NOT_SOURCE = re.compile(r"사진|그림|표|자료|보도|참고|붙임|별첨|첨부|단독|속보|종합|인터뷰|칼럼|기고|사설|포토|영상|\d")
_MEDIA = re.compile(r"투데이|일보|신문|뉴스|경제|타임[스즈]|저널|데일리|미디어|방송|통신|매일|시사|포스트|프레스|헤럴드|인사이트|닷컴|넷$|TV|KBS|MBC|SBS|YTN|뉴시스")
_NOT_TITLE = re.compile(rf"(?:{BULLET}|[-–*※<\[【▲①-⑳|]|\d{{1,2}}[.)]\s|[가-하][.)]\s|[ⅠⅡⅢⅣⅤ]|[^:]{{1,10}}\s?:\s)")
_LABEL = re.compile(r"(?P<label>제목|부제목?)\s?:\s?(?P<words>.+)")
_PUBLISHER = re.compile(r"(?:발행처|발행기관|배포처|언론사|매체|출처|기관)\s?:\s?(\S.{0,40})")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page (a paragraph, where lines are broken at will) in raw offsets, its role, and the line ends before it."""

    start: int
    end: int
    text: str
    role: str
    gap: int


def articles_of(text: str, *, identifier: str, source: str, title: str | None = None, date: dt.date | None = None,
                publisher: str | None = None, url: str | None = None, notes: Sequence[str] = ()) -> list[Article]:
    """The articles that a page holds, in order. A title that is given apart means that the page is one article.

    >>> page = "로그인\\n\\n군청, 책 나눔 행사 열어\\n\\n군청은 5일 책 나눔 행사를 열었다.\\n\\n목록으로"
    >>> [article] = articles_of(page, identifier="p", source="p.txt")
    >>> article.title, article.raw(article.regions[-1].span)
    ('군청, 책 나눔 행사 열어', '군청은 5일 책 나눔 행사를 열었다.')
    """
    folded = fold(text)
    style, lines = _styled(folded)
    groups = [lines] if title is not None else _groups(lines)
    fields = (("text", text),) if title is None else (("text", text), ("title", title))
    headers = [line.text for line in lines if line.role == "header"]
    page_date = stated_date(headers)
    file_date = named_file_date((line.text for line in lines if line.role == "file"), header_date(headers))
    names = names_of(folded)
    notes = [*notes, *_left_out(lines, len(folded))]
    found = []
    for number, group in enumerate(groups, 1):
        regions, bracket = _regions(group, folded, title)
        own = date or stated_date(line.text for line in group if line.role == "header") or page_date
        why = list(notes)
        if own is None and file_date:
            own, why = file_date, [*why, f"the date {file_date} is that in the name of a picture's file"]
        found.append(Article(
            identifier=f"{identifier}#{number}" if len(groups) > 1 else identifier, source=source, fields=fields,
            regions=tuple(_refined(regions, folded, style, names)), date=own,
            publisher=publisher or _stated_publisher(group) or bracket, url=url, notes=tuple(why)))
    shared = {article.publisher for article in found if article.publisher}
    return [replace(article, publisher=next(iter(shared))) for article in found] if len(shared) == 1 else found


def _left_out(lines: list[Line], end: int) -> Iterator[str]:
    if lines and lines[-1].role == "tail" and end - lines[-1].end > 2000:
        yield f"{end - lines[-1].end} characters after {lines[-1].text[:30]!r} are left out as attachments"


def _styled(folded: str) -> tuple[str, list[Line]]:
    """The style and lines of a page, without letting the attachments under it say how its lines hang together."""
    cues = load_cues()
    style = line_style(folded)
    lines = list(_lines(folded, style, cues))
    if lines and lines[-1].role == "tail" and (other := line_style(folded[:lines[-1].start])) != style:
        style, lines = other, list(_lines(folded, other, cues))
    return style, _settled(lines)


def _lines(folded: str, style: str, cues: Cues) -> Iterator[Line]:
    last, texts, prose = 0, 0, False
    glue = "" if style == "runs" else " "
    for start, end in _units(folded, style, cues):
        words = glue.join(line for line in folded[start:end].replace(NOTHING, "").split("\n")).strip()
        role = cues.role_of(words) or "text"
        if role == "tail" and not prose and texts < 5:
            role = "furniture"  # a list of attachments above the article
        yield Line(start, end, words, role, folded.count("\n", last, start))
        if role == "tail":
            return  # forms, attachments and what they hold
        last = end
        texts += role == "text"
        prose = prose or role == "text" and len(words) >= 15 and bool(PROSE.search(words))


def _units(folded: str, style: str, cues: Cues) -> Iterator[tuple[int, int]]:
    for start, end in cuts(folded, 0, len(folded), style):
        if style == "wrapped" and any(cues.role_of(line.strip()) for line in folded[start:end].split("\n")):
            yield from cuts(folded, start, end, "lines")
        else:
            yield start, end


def _settled(lines: list[Line]) -> list[Line]:
    """Roles that depend on the place: a lone menu word amid the body is body, short lines under a contact are contacts."""
    prose = [i for i, line in enumerate(lines) if line.role == "text" and PROSE.search(line.text) and len(line.text) >= 15]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), len(lines))
    settled: list[Line] = []
    for i, line in enumerate(lines):
        if line.role == "furniture" and first < i < last and not any(
                other.role in ("furniture", "file", "credit") for other in lines[max(i - 1, 0):i] + lines[i + 1:i + 2]):
            line = replace(line, role="text")
        elif line.role == "text" and i > last and len(line.text) <= 30 and settled and settled[-1].role == "contact":
            line = replace(line, role="contact")
        settled.append(line)
    return settled


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Cut the page's lines where another article's title stands."""
    gaps = sorted(line.gap for line in lines if line.role == "text")
    usual = gaps[len(gaps) // 2] if gaps else 1
    starts, prose, fresh = [0], 0, False
    for i, line in enumerate(lines):
        if line.role != "text":
            fresh = fresh or line.role in ("furniture", "header", "file")
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
    gap = lines[i].gap
    wide = 2 * gap > 3 * usual and gap >= usual + 3
    return 2 * (_bracket(prose[0].text) is not None) + subtitle + wide + (fresh and gap >= usual)


def _with_credit(lines: list[Line], i: int) -> int:
    while i > 0 and lines[i - 1].role in ("credit", "furniture", "header", "file"):
        i -= 1
    return i


def _is_title(line: Line) -> bool:
    return 8 <= len(line.text) <= 120 and not _NOT_TITLE.match(line.text) and not re.search(r"다\.?[”\"]?$", line.text)


def _bracket(words: str) -> re.Match[str] | None:
    match = _SOURCE.match(words)
    if not match:
        return None
    name = (match["square"] or match["round"]).split("=")[-1]
    return match if match["round"] or _MEDIA.search(name) and not _NOT_SOURCE.search(name) else None


def _regions(group: list[Line], folded: str, title: str | None) -> tuple[list[Region], str | None]:
    """Title, subtitles and stretches of body of one article, and the publisher that a bracket before the body names."""
    regions = [Region(role="title", span=Span("title", 0, len(title)))] if (title or "").strip() else []
    head, bracket, titled = True, None, bool(regions)
    before = len(regions)
    if titled and group and (copied := head_of(folded, group[0].start, title)):
        regions += [Region(role=role, span=Span("text", a, b)) for role, a, b in copied]
    elif titled:
        group = _from_title(group, title)
    done = max((r.span.end for r in regions[before:]), default=0)
    previous = ""
    for i, line in enumerate(group):
        role, start = line.role, max(line.start, done)
        if role == "header" and (label := _LABEL.fullmatch(line.text)) and head:
            role = "title" if label["label"] == "제목" else "subtitle"
            start = line.end - len(label["words"])
        if start >= line.end or role in ("furniture", "header", "tail", "file", "notice"):
            previous = role
            continue
        if role == "text":
            rest = line.text if start == line.start else folded[start:line.end].strip()
            if head and not titled and _may_open(line):
                role, titled = "title", True
            elif head and titled and _is_subtitle(rest, group[i + 1:]):
                role = "subtitle"
            else:
                role = "body"
                if head and (match := _bracket(folded[start:line.end])):
                    bracket = (match["square"] or match["round"].split("=")[-1]).strip()
                    start += match.end()
                head = False
        titled = titled or role == "title"
        if role == "body" and previous == "body" and regions[-1].role == "body":
            regions[-1] = Region(role="body", span=Span("text", regions[-1].span.start, line.end))
        elif start < line.end:
            regions.append(Region(role=role, span=Span("text", start, line.end)))
        previous = role
    if before:  # a title's copy in the text is no second title of the article; the view knows it by its words
        regions = [replace(r, role="body") if r.role == "title" and r.span.field == "text" else r for r in regions]
    return regions, bracket


def _from_title(group: list[Line], title: str) -> list[Line]:
    """The lines from the one that repeats the title, where that stands under the head of a release; a contact there stays."""
    wanted = re.sub(r"\W", "", title)
    for i, line in enumerate(group[:20]):
        if PROSE.search(line.text) and len(line.text) >= 30:
            break
        if re.sub(r"\W", "", line.text) == wanted:
            above = [other if other.role == "contact" else replace(other, role="header") for other in group[:i]]
            return [*above, replace(line, role="title"), *group[i + 1:]]
    return group


def _may_open(line: Line) -> bool:
    length = len(line.text)
    return length <= 120 and not re.search(r"[다요][.][”’\"')]*$", line.text) and not (length > 60 and PROSE.search(line.text))


def _is_subtitle(words: str, following: list[Line]) -> bool:
    if len(words) > 160 or re.search(r"[다요]\.", words):
        return False
    if _SUBTITLE.fullmatch(words):
        return True
    then = next((line.text for line in following if line.role == "text"), "")
    return 10 <= len(words) <= 80 and not _NOT_TITLE.match(words) and not PROSE.search(words) and bool(
        _SUBTITLE.fullmatch(then) or PROSE.search(then) and len(then) >= 40)


def _refined(regions: list[Region], folded: str, style: str, names: frozenset[str]) -> Iterator[Region]:
    """Body regions cut where captions and contacts stand in them."""
    for region in regions:
        if region.role != "body":
            yield region
            continue
        start = end = None
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


def _stated_publisher(group: list[Line]) -> str | None:
    stated = (_PUBLISHER.fullmatch(line.text) for line in group if line.role == "header")
    return next((match[1].strip() for match in stated if match), None)
