"""Find the articles on a page of text: titles, bodies, captions, credits, contacts, between menus, rankings and forms."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Article, Region, Span
from kg.read.bodies import roles_in
from kg.read.dates import best_day, days_of, header_date, named_file_date
from kg.read.fold import fold
from kg.read.given import Given
from kg.read.layout import line_style, names_of, refined
from kg.read.line_kinds import tail_at
from kg.read.lines import BULLET, Line, tokens
from kg.read.publisher import publisher_of
from kg.read.record import record_of
from kg.read.roles import roled
from kg.read.section import is_section, sorted_as, way_to
from kg.read.source import bracketed, source_of, source_within
from kg.read.stamps import stamp
from kg.read.starts import Start, starts
from kg.read.stated import stated_start

_DATED = ("date", "header", "copyright", "contact")


def articles_of(text: str, given: Given, title: str | None = None) -> list[Article]:
    """The articles that a page holds, in order. A title that is given apart means that the page is one article.

    >>> page = "로그인\\n\\n군청, 책 나눔 행사 열어\\n\\n군청은 5일 책 나눔 행사를 열었다.\\n\\n목록으로"
    >>> [article] = articles_of(page, Given(identifier="p", source="p.txt"))
    >>> article.title, article.raw(article.regions[-1].span)
    ('군청, 책 나눔 행사 열어', '군청은 5일 책 나눔 행사를 열었다.')
    """
    if title is not None:
        found = record_of(text, title, given)
        return [replace(found, modified=_later(given.modified, found.date), section=given.section)]
    return list(_articles(text, given))


def _articles(text: str, given: Given) -> Iterator[Article]:
    folded = fold(text)
    given, opened, titled = _with_front_matter(folded, given)
    lines = _under_front_matter(list(roled(folded, given.marks)), opened, folded, titled)
    hints = frozenset("".join(tokens(title)) for title in given.titles)
    stated = stated_start(lines, given.headlines)
    heads = [stated] if stated else starts(lines, hints)
    if not heads:
        yield Article(
            identifier=given.identifier,
            source=given.source,
            fields=(("text", text),),
            regions=(),
            date=given.date,
            publisher=given.publisher,
            url=given.url,
            notes=given.notes,
        )
        return
    publisher = given.publisher or publisher_of(lines, heads, given.sites)
    stops = [head.top for head in heads[1:]] + [len(lines)]
    page_day = _page_day(lines, heads)
    file_day = named_file_date(
        (line.text for line in lines if line.role == "file"), header_date(line.text for line in lines if line.role in _DATED)
    )
    names = names_of(folded)
    section: str | None = None
    for number, (head, stop) in enumerate(zip(heads, stops), 1):
        found = roles_in(lines, head, stop)
        own = given.date or _own_day(lines, head, stop, found) or page_day
        why = list(given.notes)
        if own is None and file_day:
            own, why = file_day, [*why, f"the date {file_day} is that in the name of a picture's file"]
        regions = _regions(lines, found, folded, head, publisher)
        yield Article(
            identifier=f"{given.identifier}#{number}" if len(heads) > 1 else given.identifier,
            source=given.source,
            fields=(("text", text),),
            regions=tuple(refined(regions, folded, line_style(_stretch(folded, regions)), names)),
            date=own,
            modified=_later(given.modified or _own_day(lines, head, stop, found, ("modified",)), own),
            section=(section := _section(regions, folded, given.section) or _section_of_all(lines, head, section, len(heads))),
            publisher=publisher,
            url=given.url,
            notes=tuple(why),
        )


_END = r"(?:\r\n?|\n)"
_FRONT = re.compile(
    rf"\s*(?:---[ \t]*{_END}(?P<rows>(?:[\w-]{{1,40}}:[^\r\n]*{_END}|[ \t]*- [^\r\n]*{_END}){{1,40}})---"
    rf"|\+\+\+[ \t]*{_END}(?P<toml>(?:(?!\+\+\+)[^\r\n]*{_END}){{1,120}})\+\+\+)[ \t]*(?:{_END}|$)"
)
_ROW = re.compile(r"(?:^|(?<=[\r\n]))(?P<key>[\w-]{1,40})\s?[:=]\s*[\"']?(?P<value>[^\r\n]*?)[\"']?[ \t]*(?=[\r\n]|$)")


def _with_front_matter(folded: str, given: Given) -> tuple[Given, int, tuple[int, int]]:
    """What the front matter of a Markdown file (YAML or TOML) says of the page, where it ends, and where its title stands."""
    match = _FRONT.match(folded)
    if not match:
        return given, 0, (0, 0)
    rows = {row["key"].lower(): row for row in _ROW.finditer(folded, match.start(), match.end()) if row["value"]}
    keys = {name: next((key for key in keys if key in rows), None) for name, keys in _FRONT_KEYS.items()}
    first = {name: rows[key]["value"] if key else None for name, key in keys.items()}
    url = first["url"] if first["url"] and first["url"].startswith(("http://", "https://")) else None
    section = first["section"] or ""
    said = replace(
        given,
        titles=(*given.titles, *filter(None, [first["title"]])),
        headlines=(*given.headlines, *filter(None, [first["title"]])),
        date=given.date or stamp(first["date"] or ""),
        modified=given.modified or stamp(first["modified"] or ""),
        section=given.section or (section if is_section(section) and "[" not in section else None),
        publisher=given.publisher or first["publisher"],
        url=given.url or url,
    )
    return said, match.end(), rows[keys["title"]].span("value") if keys["title"] else (0, 0)


def _under_front_matter(lines: list[Line], opened: int, folded: str, titled: tuple[int, int]) -> list[Line]:
    """The lines without those of the front matter, but for days and a title that stands nowhere else."""
    if not opened:
        return lines
    kept = [line for line in lines if line.start >= opened or line.role == "date"]
    words = folded[slice(*titled)]
    letters = tokens(words)
    if not letters or any(tokens(line.text) == letters for line in kept):
        return kept
    title = Line(titled[0], titled[1], words, 1, "title")
    return [line for line in kept if line.start < opened] + [title] + [line for line in kept if line.start >= opened]


_FRONT_KEYS = {
    "title": ("title", "제목"),
    "date": ("date", "published", "published_at", "approve_date", "datepublished", "created", "등록일", "작성일"),
    "publisher": ("publisher", "ministry", "언론사", "발행처", "press", "media", "agency", "organization", "기관"),
    "modified": ("modified", "updated", "lastmod", "last_modified", "datemodified", "수정일"),
    "section": ("section", "category", "categories", "분류"),
    "url": ("url", "link", "original_url", "source_url", "canonical", "원문"),
}


def _source_length(words: str, publisher: str | None) -> int:
    """How long the bracket is that names whose report a body is: a medium, or who publishes the page."""
    if match := source_of(words):
        return match.end()
    match = bracketed(words)
    return match.end() if match and publisher and match["name"] == publisher else 0


def _stretch(folded: str, regions: Sequence[Region]) -> str:
    body = [region.span for region in regions if region.role == "body"]
    return folded[body[0].start : body[-1].end] if body else ""


def _later(modified: dt.date | None, date: dt.date | None) -> dt.date | None:
    """A day of change, where it lies behind that of publication."""
    return modified if modified and date and modified > date else None


def _section(regions: Sequence[Region], folded: str, given: str | None) -> str | None:
    """The words of the line that names an article's section; what the page's metadata say in Korean, where the line says otherwise."""
    said = next((folded[r.span.start : r.span.end] for r in regions if r.role == "section"), "")
    said = way_to(said)
    return said if said and (not given or given in said or not re.search("[가-힣]", given)) else given


def _section_of_all(lines: Sequence[Line], head: Start, above: str | None, count: int) -> str | None:
    """The section that a portal says an article has; for a further item of a digest or a column, that of the one above it."""
    if count == 1:
        return sorted_as(lines)
    title = lines[head.title] if head.title is not None else None
    return above if title and above and (title.role == "item" or title.text.startswith(f"[{above}]")) else None


def _own_day(lines: Sequence[Line], head: Start, stop: int, found: dict[int, str], kinds: Sequence[str] = ()) -> dt.date | None:
    """The day that an article's own lines state: in its head before those under it; only one of ``kinds`` where these are given."""
    title = head.title if head.title is not None else head.top
    above = list(lines[max(head.top, title - 8) : head.first])
    said = days_of(above)
    under = days_of(
        [
            line
            for i, line in enumerate(lines[head.first : stop], head.first)
            if found.get(i) not in ("body", "related", "comment")
        ]
    )
    if kinds:
        return best_day(said, kinds)  # what a page's foot says of change is the site's
    return (
        best_day(said, ("published", "bare"))
        or best_day(under, ("published",))
        or best_day(said, ("modified", "embargo"))
        or best_day(under[:1], ("bare",))
    )


def _page_day(lines: Sequence[Line], heads: Sequence[Start]) -> dt.date | None:
    """The day that the lines above the first article state."""
    first = heads[0].first
    return best_day(days_of(lines[:first]), ("published", "bare", "embargo"))


def _regions(lines: Sequence[Line], found: dict[int, str], folded: str, head: Start, publisher: str | None) -> list[Region]:
    """Regions of an article in the order of the page; neighbouring lines of a body are one."""
    regions: list[Region] = []
    previous = -2
    for i, role in found.items():
        line = lines[i]
        start, end = line.start, line.end
        if role == "body" and (cut := tail_at(folded[start:end])) is not None:
            end = start + cut
        if role == "title" and (mark := BULLET.match(line.text)) and line.role == "item":
            start += mark.end()
        elif role == "body" and i == head.first:
            start += _source_length(folded[start : line.end], publisher)
            if within := source_within(folded[start : line.end]):
                regions.append(Region(role="subtitle", span=Span("text", start, start + within[0])))
                start += within[1]
        if role == "body" and regions and regions[-1].role == "body" and previous == i - 1:
            regions[-1] = Region(role="body", span=Span("text", regions[-1].span.start, end))
        elif start < end:
            regions.append(Region(role=role, span=Span("text", start, end)))
        if end < line.end:
            regions.append(
                Region(
                    role="byline",
                    span=Span("text", end + len(folded[end : line.end]) - len(folded[end : line.end].lstrip()), line.end),
                )
            )
        previous = i
    return regions
