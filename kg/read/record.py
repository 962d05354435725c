"""The parts of an article whose title its source gives apart, as records of a corpus do: body, subtitles, captions, contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.model import Article, Region, Span
from kg.read.attached import parts_of, says_more
from kg.read.cues import Cues, load_cues
from kg.read.dates import header_date, named_file_date, stated_date
from kg.read.fold import NOTHING, fold
from kg.read.given import Given
from kg.read.heads import head_of
from kg.read.layout import BULLET, PROSE, cuts, line_style, names_of, refined
from kg.read.line_kinds import is_byline, tail_at
from kg.read.lines import BADGE, Line
from kg.read.source import source_name, source_of, source_within

_RUNNING = 20  # letters of a sentence in an attached file
_ENDS = ("tail", "copyright", "comments")
_SUBTITLE = re.compile(r"[-–―—]\s?\S.{3,}")
_NOT_TITLE = re.compile(rf"(?:{BULLET}|[-–*※<\[【▲①-⑳|]|\d{{1,2}}[.)]\s|[가-하][.)]\s|[ⅠⅡⅢⅣⅤ]|[^:]{{1,10}}\s?:\s)")
_LABEL = re.compile(r"(?P<label>제목|부제목?)\s?:\s?(?P<words>.+)")
_PUBLISHER = re.compile(r"(?:발행처|발행기관|배포처|언론사|매체|출처|기관)\s?:\s?(\S.{0,40})")


def record_of(text: str, title: str, given: Given) -> Article:
    """The article of a text whose title stands apart.

    >>> given = Given(identifier="p", source="p.jsonl:1")
    >>> article = record_of("군청은 5일 책 나눔 행사를 열었다.\\n\\n목록으로", "군청, 책 나눔", given)
    >>> [(region.role, article.raw(region.span)) for region in article.regions]
    [('title', '군청, 책 나눔'), ('body', '군청은 5일 책 나눔 행사를 열었다.')]
    """
    folded = fold(text)
    names = names_of(folded)
    (_, end), *files = parts_of(folded)
    style, lines = _styled(folded[:end])
    headers = [line.text for line in lines if line.role == "header"]
    regions, bracket = _regions(lines, folded, title)
    regions = list(refined(regions, folded, style, names))
    for start, stop in files:
        if says_more(folded[start:stop], folded[:end]):
            regions += _attached(folded, start, stop, names)
    notes = [*given.notes, *_left_out(lines, end)]
    file_date = named_file_date((line.text for line in lines if line.role == "file"), header_date(headers))
    own = given.date or stated_date(headers)
    if own is None and file_date:
        own, notes = file_date, [*notes, f"the date {file_date} is that in the name of a picture's file"]
    return Article(
        identifier=given.identifier,
        source=given.source,
        fields=(("text", text), ("title", title)),
        regions=tuple(regions),
        date=own,
        publisher=given.publisher or _stated_publisher(lines) or bracket,
        url=given.url,
        notes=tuple(notes),
    )


def _attached(folded: str, start: int, end: int, names: frozenset[str]) -> Iterator[Region]:
    """The running text of an attached file: its cover, headings, tables and careers tell nothing of the release."""
    style, lines = _styled(folded[start:end])
    lines = [
        replace(line, start=line.start + start, end=line.end + start, role=line.role if _is_running(line) else "furniture")
        for line in lines
    ]
    return refined(_regions(lines, folded, "")[0], folded, style, names)


def _is_running(line: Line) -> bool:
    return line.role == "text" and len(line.text) >= _RUNNING and bool(PROSE.search(line.text))


def _left_out(lines: list[Line], end: int) -> Iterator[str]:
    if lines and lines[-1].role in _ENDS and end - lines[-1].end > 2000:
        yield f"{end - lines[-1].end} characters after {lines[-1].text[:30]!r} are left out as attachments"


def _styled(folded: str) -> tuple[str, list[Line]]:
    """The style and lines of a page, without letting the attachments under it say how its lines hang together."""
    cues = load_cues()
    style = line_style(folded)
    lines = list(_lines(folded, style, cues))
    if lines and lines[-1].role in _ENDS and (other := line_style(folded[: lines[-1].start])) != style:
        style, lines = other, list(_lines(folded, other, cues))
    return style, _settled(lines)


def _lines(folded: str, style: str, cues: Cues) -> Iterator[Line]:
    last, texts, prose = 0, 0, False
    glue = "" if style == "runs" else " "
    for start, end in _units(folded, style, cues):
        words = glue.join(line for line in folded[start:end].replace(NOTHING, "").split("\n")).strip()
        role = cues.role_of(words) or "text"
        if role in _ENDS and not prose and texts < 5:
            role = "furniture"  # a list of attachments above the article
        yield Line(start, end, words, folded.count("\n", last, start), role)
        if role in _ENDS:
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
    others = False  # headlines of other articles go on until a sentence or a line of another kind
    for i, line in enumerate(lines):
        others = (
            line.role == "related"
            or others
            and line.role in ("text", "furniture")
            and not (PROSE.search(line.text) and len(line.text) >= 40)
        )
        if others and line.role == "text":
            line = replace(line, role="related")
        elif line.role == "text" and i > first and is_byline(line.text):
            line = replace(line, role="notice")
        elif (
            line.role == "furniture"
            and first < i < last
            and not any(
                other.role in ("furniture", "file", "credit") for other in lines[max(i - 1, 0) : i] + lines[i + 1 : i + 2]
            )
        ):
            line = replace(line, role="text")
        elif line.role == "text" and i > last and len(line.text) <= 30 and settled and settled[-1].role == "contact":
            line = replace(line, role="contact")
        settled.append(line)
    return settled


def _regions(group: list[Line], folded: str, title: str) -> tuple[list[Region], str | None]:
    """Title, subtitles and stretches of body of one article, and the publisher that a bracket before the body names."""
    badge = match.end() if (match := BADGE.match(title)) else 0
    regions = [Region(role="title", span=Span("title", badge, len(title)))] if title.strip() else []
    head, bracket, titled = True, None, bool(regions)
    before = len(regions)
    if titled and group and (copied := head_of(folded, group[0].start, title)):
        marks = [
            match.end() if badge and role == "title" and (match := BADGE.match(folded, a, b)) else a for role, a, b in copied
        ]
        regions += [Region(role=role, span=Span("text", a, b)) for a, (role, _, b) in zip(marks, copied)]
    elif titled:
        group = _from_title(group, title)
    done = max((r.span.end for r in regions[before:]), default=0)
    previous = ""
    for i, line in enumerate(group):
        role, start = line.role, max(line.start + _badge(line, badge), done)
        if role == "header" and (label := _LABEL.fullmatch(line.text)) and head:
            role = "title" if label["label"] == "제목" else "subtitle"
            start = line.end - len(label["words"])
        if start >= line.end or role in ("furniture", "header", "file", "notice", "related", *_ENDS):
            previous = role
            continue
        if role == "text":
            rest = line.text if start == line.start else folded[start : line.end].strip()
            if head and not titled and _may_open(line):
                role, titled = "title", True
            elif head and titled and _is_subtitle(rest, group[i + 1 :]):
                role = "subtitle"
            else:
                role = "body"
                if head and (match := source_of(folded[start : line.end])):
                    bracket = source_name(match)
                    start += match.end()
                elif head and (within := source_within(folded[start : line.end])):
                    regions.append(Region(role="subtitle", span=Span("text", start, start + within[0])))
                    start, bracket = start + within[1], within[2]
                head = False
        titled = titled or role == "title"
        end = line.end
        if role == "body" and (cut := tail_at(folded[start:end])) is not None:
            end = start + cut
        if role == "body" and previous == "body" and regions[-1].role == "body":
            regions[-1] = Region(role="body", span=Span("text", regions[-1].span.start, end))
        elif start < end:
            regions.append(Region(role=role, span=Span("text", start, end)))
        previous = role
    if before:  # a title's copy in the text is no second title of the article; the view knows it by its words
        regions = [replace(r, role="body") if r.role == "title" and r.span.field == "text" else r for r in regions]
    return regions, bracket


def _badge(line: Line, badge: int) -> int:
    """How long the badge is that a line opens with, where the title has one."""
    match = BADGE.match(line.text) if badge else None
    return match.end() if match else 0


def _from_title(group: list[Line], title: str) -> list[Line]:
    """The lines from the one that repeats the title, where that stands under the head of a release; a contact there stays."""
    wanted = re.sub(r"\W", "", title)
    for i, line in enumerate(group[:20]):
        if PROSE.search(line.text) and len(line.text) >= 30:
            break
        if re.sub(r"\W", "", line.text) == wanted:
            above = [other if other.role == "contact" else replace(other, role="header") for other in group[:i]]
            return [*above, replace(line, role="title"), *group[i + 1 :]]
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
    return (
        10 <= len(words) <= 80
        and not _NOT_TITLE.match(words)
        and not PROSE.search(words)
        and bool(_SUBTITLE.fullmatch(then) or PROSE.search(then) and len(then) >= 40)
    )


def _stated_publisher(group: list[Line]) -> str | None:
    stated = (_PUBLISHER.fullmatch(line.text) for line in group if line.role == "header")
    return next((match[1].strip() for match in stated if match), None)
