"""RSS and Atom feeds: one article an entry, some entries at a time."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import ArticleError
from kg.read.formats.encoding import UNREAD, open_text
from kg.read.formats.feed_parts import feed_parts
from kg.read.formats.markup import fragment_text
from kg.read.formats.source import Page, Source, needed
from kg.read.limits import check_length
from kg.read.section import is_section
from kg.read.stamps import KOREA, stamp

_DECLARED = re.compile(rb"""\s*<\?xml[^<>]{0,200}encoding\s*=\s*["']([\w-]{1,40})""")
_GENERAL = re.compile(
    r"\s*(?:(?:전체|최신|주요|인기)?\s?(?:보도\s?자료|기사|뉴스|소식|RSS)|RSS\s?(?:피드|서비스)?|Feed)\s*$", re.I
)
_PARTS = re.compile(r"\s*(?:[|:>»·]|\s[-–—]\s|::)\s*")


def read(source: Source) -> Iterator[Page | ArticleError]:
    """The entries of a feed."""
    feedparser = needed("feedparser", "feedparser", source.name)
    number, publisher, why = 0, "", ""
    with open_text(source, declared=_DECLARED) as file:
        for part in feed_parts(file, source.name):
            try:
                found = feedparser.parse(part, sanitize_html=False, resolve_relative_uris=False)
            except Exception as error:  # a parser of what others write wrong
                raise ArticleError(source.name, f"the feed cannot be read: {type(error).__name__}: {error}") from None
            why = f": {found.bozo_exception}" if found.get("bozo") else ""
            publisher = _publisher(found.feed.get("title", "")) or publisher
            for entry in found.entries:
                number += 1
                yield _page(entry, publisher, source, f":{number}")
    if not number:
        raise ArticleError(source.name, f"the feed has no entries{why}")


def _page(entry: Mapping[str, Any], publisher: str, source: Source, where: str) -> Page | ArticleError:
    """An entry as a page, or why it gives none."""
    title = " ".join(fragment_text(entry.get("title", "")).split())
    body = fragment_text(_body(entry))
    if not title and not body:
        return ArticleError(source.name + where, "the entry has neither title nor text")
    try:
        check_length(body, source.name + where)
    except ArticleError as error:
        return error
    key = entry.get("id") or entry.get("link") or f"{source.stem}{where}"
    own = _publisher(entry.get("source", {}).get("title", "")) if isinstance(entry.get("source"), dict) else ""
    notes = ["the entry has a title and no text"] if not body else []
    if UNREAD in title + body:
        notes.append("some bytes of the entry are not in the encoding that the feed names")
    return Page(
        text=body,
        title=title,
        date=_day(entry),
        modified=_day(entry, ("updated",)),
        section=section if is_section(section := _section(entry)) else None,
        publisher=own or publisher or None,
        url=entry.get("link") or None,
        identifier=re.sub(r"^https?://(?:www\.)?|\s+", "", key),
        where=where,
        notes=tuple(notes),
    )


def _body(entry: Mapping[str, Any]) -> str:
    """The longest of what an entry says: its content, or its summary."""
    held = [part.get("value") for part in entry.get("content") or ()] + [entry.get("summary")]
    return max((words for words in held if words), key=len, default="")


def _section(entry: Mapping[str, Any]) -> str:
    """The first category of an entry."""
    tags = entry.get("tags") or ()
    return " ".join((tags[0].get("term") or "").split()) if tags else ""


def _day(entry: Mapping[str, Any], keys: tuple[str, ...] = ("published", "created", "updated")) -> dt.date | None:
    for key in keys:
        if key == "updated" and key not in entry:
            continue  # the library would give the day of publication
        if found := stamp(entry.get(key) or ""):
            return found
        if parsed := entry.get(f"{key}_parsed"):
            return dt.datetime.fromtimestamp(calendar.timegm(parsed), KOREA).date()
    return None


def _publisher(title: str) -> str:
    """The publisher that a feed's title names, without what says that it is a feed.

    >>> _publisher("가온일보 : 전체기사"), _publisher("가온시 보도자료")
    ('가온일보', '가온시')
    """
    first = next((part for part in _PARTS.split(fragment_text(title)) if part.strip()), "")
    return _GENERAL.sub("", first).strip(" []<>")
