"""The feed that a page names in its head, so that a page that only lists articles can be read by it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

_LINK = re.compile(r"<link\b[^<>]{1,900}>", re.I)
_ATTRIBUTE = re.compile(r"""([a-z]{1,12})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.I)
_TYPE = re.compile(r"application/(?:rss|atom|rdf)\+xml", re.I)
_COMMENTS = re.compile(r"comment|댓글", re.I)


def feed_link(markup: str, address: str = "") -> str | None:
    """The address of the first feed of articles that a page names; None where it names none.

    >>> feed_link('<link rel="alternate" type="application/rss+xml" href="/rss/all.xml">', "https://news.example.org/list")
    'https://news.example.org/rss/all.xml'
    >>> feed_link('<link rel="stylesheet" href="/a.css">') is None
    True
    """
    for link in _LINK.findall(markup[:200_000]):
        said = {match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(link)}
        if "alternate" not in said.get("rel", "").lower().split() or not _TYPE.match(said.get("type", "")):
            continue
        found = urljoin(address, said.get("href", "").strip())
        if found and not _COMMENTS.search(said.get("title", "") + found):
            return found
    return None
