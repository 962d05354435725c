"""HTML pages as lines: blocks, rows and list items each on a line, with what the markup says of them and of the page.

What is read is the page's own text in the order of the page, so that nothing of it is lost without a word; elements say which
lines are links, headings, navigation or captions. The library's main text stands in where the lines hold no article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from kg.errors import ArticleError
from kg.read.embedded import embedded_article
from kg.read.feed_link import feed_link
from kg.read.formats.encoding import decode
from kg.read.formats.html_table import table_of_records
from kg.read.formats.markup import html_root
from kg.read.formats.source import Page, Source
from kg.read.html_lines import html_lines
from kg.read.html_said import HtmlPage, add_linked_data, add_metadata, prose_length
from kg.read.lines import tokens
from kg.read.listing import is_front, lists_others

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SLIGHT = 100  # letters under which a page with many headlines is no article
_MORE, _AT_LEAST = 2, 150  # a text found elsewhere is so many times as long as the page's lines, and so many letters longer


def read_html(root: HtmlElement) -> HtmlPage:
    """A page's lines and metadata.

    >>> markup = "<title>책 잔치 - 한빛신문</title><nav>홈 뉴스</nav><h1>책 잔치</h1><p>군청은 책 잔치를 열었다.</p>"
    >>> page = read_html(html_root(markup, "a.html"))
    >>> page.text.splitlines()[::2], page.sites
    (['홈 뉴스', '책 잔치', '군청은 책 잔치를 열었다.'], ('', '한빛신문'))
    """
    text, marks, headings = html_lines(root)
    page = HtmlPage(text=text, marks=marks)
    add_metadata(root, page, headings)
    add_linked_data(root, page)
    return page


_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.I)


def read(source: Source) -> Iterator[Page | ArticleError]:
    """The page of an HTML file, with what it says about itself; the rows of one that is a table of records."""
    data = source.read()
    charset = _CHARSET.search(data[:4096])
    try:
        markup = data.decode(charset[1].decode("ascii")) if charset else decode(data, source.name)
    except (LookupError, UnicodeError):
        markup = decode(data, source.name)
    root = html_root(markup, source.name)
    if (rows := table_of_records(root, source)) is not None:
        yield from rows
        return
    yield markup_page(markup, source.name, root=root)


def markup_page(markup: str, source: str, address: str = "", root: HtmlElement | None = None) -> Page:
    """What is read of a page's markup; ``address`` is where it was saved from, where its file says so, ``root`` what was parsed of it."""
    found = page_of(markup, source, root)
    return Page(
        text=found.text,
        title=found.title,
        date=found.date,
        modified=found.modified,
        section=found.section,
        publisher=found.publisher,
        url=found.url or (address if address.startswith(("http://", "https://")) else None),
        titles=found.titles,
        headlines=found.headlines,
        sites=found.sites,
        marks=found.marks,
    )


def page_of(markup: str, source: str, root: HtmlElement | None = None) -> HtmlPage:
    """A page's lines where they hold its article; else what its scripts or the library's main text hold more of it."""
    root = html_root(markup, source) if root is None else root
    page = read_html(root)
    if page.title is not None:
        return page
    own = _body_length(page)
    if (told := _told_by_scripts(root, page)) is not None and prose_length(told.text) > _MORE * own + _AT_LEAST:
        return told
    if not _states(page) and (lists_others(page.text, page.marks) or own < _SLIGHT and is_front(page.text, page.marks)):
        feed = feed_link(markup)
        raise ArticleError(
            source, "the page lists other articles and holds none of its own" + (f"; its feed is {feed}" if feed else "")
        )
    main = _main_text(markup)
    if main is not None and prose_length(main[0]) > _MORE * own + _AT_LEAST:
        return HtmlPage(
            text=main[0],
            title=main[1],
            date=page.date,
            modified=page.modified,
            section=page.section,
            publisher=page.publisher,
            url=page.url,
            sites=page.sites,
        )
    if not own and not page.text.strip():
        raise ArticleError(source, "no main text was found in the HTML page")
    return page


def _told_by_scripts(root: HtmlElement, page: HtmlPage) -> HtmlPage | None:
    """The lines of the article that a page's scripts hold, under its headline, with what the page's head says."""
    headlines = (*page.headlines, *page.titles)
    site = page.sites[0] or page.sites[-1]
    alone = [headline for headline in headlines if not site or site not in headline]
    found = embedded_article(root, alone or headlines) if headlines else None
    if found is None:
        return None
    text, marks, _ = html_lines(html_root(f"<h1>{escape(found[0])}</h1>{found[1]}", ""))
    return replace(page, text=text, marks=marks, titles=(found[0],), headlines=(found[0],))


def _states(page: HtmlPage) -> bool:
    """Whether the headline that a page states stands on it."""
    stated = {"".join(tokens(headline)) for headline in page.headlines}
    return bool(stated) and any("".join(tokens(line)) in stated for line in page.text.split("\n"))


def _body_length(page: HtmlPage) -> int:
    from kg.read.given import Given
    from kg.read.page import articles_of

    given = Given(identifier="", source="", titles=page.titles, headlines=page.headlines, marks=page.marks)
    found = articles_of(page.text, given)
    return sum(
        len("".join(article.raw(region.span).split())) for article in found for region in article.regions if region.role == "body"
    )


def _main_text(markup: str) -> tuple[str, str | None] | None:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(
        markup,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        date_extraction_params={
            "extensive_search": False
        },  # its date is not used, and looking for one in 400 languages takes seconds
    )
    return (found.text, found.title) if isinstance(found, Document) and found.text and found.text.strip() else None
