"""HTML pages."""
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from kg.errors import ArticleError
from kg.read.formats.encoding import decode
from kg.read.formats.source import Page, Source

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.I)


def read(source: Source) -> Iterator[Page]:
    """The page of an HTML file: its main text and what it says about itself."""
    from trafilatura import bare_extraction

    data = source.read()
    charset = _CHARSET.search(data[:4096])
    try:
        markup = data.decode(charset[1].decode("ascii")) if charset else decode(data, source.name)
    except (LookupError, UnicodeError):
        markup = decode(data, source.name)
    if "<" not in markup:
        raise ArticleError(source.name, "the file is no HTML")
    found = bare_extraction(markup, with_metadata=True, include_comments=False, include_tables=True, favor_recall=True)
    if found is None or not (found.text or "").strip():
        raise ArticleError(source.name, "no main text was found in the HTML page")
    date = dt.date.fromisoformat(found.date) if found.date else None
    yield Page(text=found.text, title=found.title, date=date, publisher=found.sitename, url=found.url)
