"""A fragment of HTML, as feeds and mails hold it, as text: blocks are lines, cells of a row are parted by tabs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import ArticleError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "hr",
    "pre",
    "header",
    "footer",
}
_PARAGRAPHS = _BLOCKS - {"br", "li", "tr", "dt", "dd"}
_SILENT = {"script", "style", "head", "template", "noscript", "svg", "iframe", "object"}
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


def fragment_text(markup: str) -> str:
    """The text of a fragment.

    >>> fragment_text("<p>가온시는 <b>책 잔치</b>를 열었다.</p><p>주민 40여 명이 왔다.</p><script>x()</script>")
    '가온시는 책 잔치를 열었다.\\n\\n주민 40여 명이 왔다.'
    >>> fragment_text("태그가 없는 글 & 말")
    '태그가 없는 글 & 말'
    """
    if not _MARKUP.search(markup):
        return markup.strip()
    from lxml import html

    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (ValueError, AssertionError, TypeError):  # lxml's ParserError is a ValueError
        return ""
    parts: list[str] = []
    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        name = node.tag if isinstance(node.tag, str) else ""
        if done or not name or name in _SILENT:
            parts.append(_break(name) if done else "")
            parts.append(_folded(node.tail) if node is not root else "")
            continue
        parts.append("\n" if name == "br" else _break(name) or ("\t" if name in ("td", "th") else ""))
        parts.append(_folded(node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    lines = [re.sub(r"[ \t]*\t[ \t]*", "\t", re.sub(r" {2,}", " ", line)).strip() for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _break(name: str) -> str:
    return "\n\n" if name in _PARAGRAPHS else "\n" if name in _BLOCKS and name != "br" else ""


def _folded(words: str | None) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", words or "")


def html_root(markup: str, source: str) -> HtmlElement:
    """The root element of a page's markup; what is no HTML is an ArticleError."""
    from lxml import etree, html

    if "<" not in markup:
        raise ArticleError(source, "the file is no HTML")
    try:
        return html.fromstring(markup.encode("utf-8", "surrogatepass"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError(source, f"the HTML cannot be read: {error}") from error
