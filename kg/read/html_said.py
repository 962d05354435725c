"""What an HTML page says of itself beside its words: titles, site, day and publisher in its head, schema.org's linked data."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.read.page_words import load_page_words
from kg.read.publisher import names_publisher
from kg.read.section import is_section
from kg.read.stamps import stamp

_CREATIVE = re.compile(r"NewsArticle|Article|BlogPosting|Report|PressRelease", re.I)
_MODIFIED = ("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dc.date.modified")
_SECTION = ("article:section", "og:article:section")
_CUT = re.compile(r"\s*[|<>»ㅣ:·–—-]\s*(?=[^|<>»ㅣ–—]{1,30}$|[^|<>»ㅣ]{1,12}[|<>»ㅣ])")
_SEPARATOR = re.compile(r"\s*(?:\s[|<>\-–—:»·]+\s|[|<>»]|::)\s*")


@dataclass(slots=True)
class HtmlPage:
    """The text of a page, hints for its titles and its site's name, the roles that markup gives to stretches, what metadata say.

    ``headlines`` are forms of the one headline that the page itself states, where it says that it is one article.
    """

    text: str
    title: str | None = None
    date: dt.date | None = None
    modified: dt.date | None = None
    section: str | None = None
    publisher: str | None = None
    url: str | None = None
    titles: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    marks: tuple[tuple[int, int, str], ...] = ()


def add_metadata(root: Any, page: HtmlPage, headings: list[str]) -> None:
    """Titles and names that head elements give, as hints; a day only where it is named the day of publication."""
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name and (content := " ".join((meta.get("content") or "").split())):
            said.setdefault(name, content)
    element = root.find(".//title")
    whole = " ".join(element.text_content().split()) if element is not None else ""
    parts = [part for part in _SEPARATOR.split(whole) if part]
    titles = [said.get("og:title", ""), said.get("twitter:title", ""), whole, *parts[:1], *headings]
    titles += [part for title in titles[:2] for part in _SEPARATOR.split(title)[:1]]
    page.titles = tuple(dict.fromkeys(title for title in titles if len(title) >= 4))
    if said.get("og:type", "").lower() == "article":
        page.headlines = _stated(said.get("og:title", ""), whole)
    ends = [part for part in _ends(parts, headings) if part not in headings]
    sites = [said.get("og:site_name", ""), *(_SEPARATOR.split(said.get("og:article:author", ""))[:1]), *ends]
    named = ["" if load_page_words().portal.search(site) else site for site in sites]
    page.sites = (
        named[0],
        *dict.fromkeys(site for site in named[1:] if site),
    )  # the first is what the page calls its site, perhaps empty
    page.url = said.get("og:url") or next(
        (link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"), None
    )
    if page.url and not page.url.startswith(("http://", "https://")):
        page.url = None
    page.section = next((said[name] for name in _SECTION if name in said and is_section(said[name])), None)
    page.modified = next((found for name in _MODIFIED if name in said and (found := stamp(said[name]))), None)
    for name in (
        "article:published_time",
        "og:article:published_time",
        "article:published",
        "datepublished",
        "dc.date.issued",
        "dable:published_time",
    ):
        if name in said and (found := stamp(said[name])):
            page.date = found
            break


def _ends(parts: list[str], headings: list[str]) -> list[str]:
    """The parts of a page's title that may name its site: the last, or the first of two (a longer way names sections first)."""
    if len(parts) > 1:
        return [part for part in parts[:1] if len(parts) == 2 or names_publisher(part)] + parts[-1:]
    return parts if not headings else []


def _stated(*titles: str) -> tuple[str, ...]:
    """The forms in which titles may stand on the page: whole, and cut before each part that may name a section or the site.

    >>> _stated("책 잔치 열린다-문화ㅣ한빛신문")
    ('책 잔치 열린다-문화ㅣ한빛신문', '책 잔치 열린다-문화', '책 잔치 열린다')
    """
    forms = []
    for title in titles:
        forms += [title, *(title[: match.start()].strip() for match in reversed(list(_CUT.finditer(title))))]
    return tuple(dict.fromkeys(form for form in forms if len(form) >= 8 and " " in form.strip()))


def add_linked_data(root: Any, page: HtmlPage) -> None:
    """What schema.org's JSON-LD says of the one article of a page."""
    found = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            try:
                found += [
                    node for node in _nodes(json.loads(script.text, strict=False)) if _CREATIVE.search(str(node.get("@type", "")))
                ]
            except (ValueError, RecursionError):
                continue
    if len(found) != 1:
        return
    node = found[0]
    headline = _string(node.get("headline"))
    if headline:
        page.titles = (headline, *page.titles)
        page.headlines = (*_stated(headline), *page.headlines)
    page.date = stamp(_string(node.get("datePublished"))) or page.date
    section = node.get("articleSection")
    section = _string(section[0] if isinstance(section, list) and section else section)
    page.section = section if is_section(section) else page.section
    page.modified = stamp(_string(node.get("dateModified"))) or page.modified
    publisher = node.get("publisher")
    name = _string(publisher.get("name")) if isinstance(publisher, dict) else _string(publisher)
    if name and not load_page_words().portal.search(name):
        page.publisher = name
    body = _string(node.get("articleBody"))
    if body:
        body = _unmarked(body)
        if len("".join(body.split())) > 1.5 * prose_length(page.text):
            page.text, page.title, page.marks = body, headline or page.title, ()


def _nodes(value: object) -> Iterator[dict]:
    todo = [value]
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            yield node
            todo += [
                inner
                for key, inner in node.items()
                if key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
            ]


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _unmarked(words: str) -> str:
    """Words without the tags and entities that stand in them."""
    from html import unescape

    return unescape(re.sub(r"</?(?:p|div|br|li)\b[^<>]{0,300}>", "\n", words)) if "<" in words or "&" in words else words


def prose_length(text: str) -> int:
    from kg.read.lines import is_prose

    return sum(len("".join(line.split())) for line in text.split("\n") if is_prose(line))
