"""What the markup of a page says of words under its pictures, where it has no element of its own for them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOX = re.compile(r"photo|image|img|pic(?:ture)?(?![a-z])|figure", re.I)
_NAMED = re.compile(r"caption|(?:photo|img|image|pic)[-_]?(?:desc|txt|text|cap|info)", re.I)
_TAGS = frozenset({"div", "span", "table", "p", "dl", "li", "td", "em", "small"})
_LONGEST = 300  # characters of words under a picture


def is_caption(element: HtmlElement, tag: str) -> bool:
    """Whether an element holds words under a picture: named so, or a box of a picture with a few words and no link to another page.

    >>> from lxml import html
    >>> box = html.fromstring('<div class="photoBox"><img src="a.jpg"><span>책 잔치에 온 주민들이 책을 고르고 있다.</span></div>')
    >>> is_caption(box, "div"), is_caption(box[1], "span")
    (True, False)
    """
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if tag == "table" and element.get("align") in ("left", "right", "center") and element.find(".//table") is None:
        names += " photo"  # old pages set a picture and the words under it into a table at the side
    if tag not in _TAGS or not (named := _NAMED.search(names)) and not _BOX.search(names):
        return False
    if not named and element.find(".//img") is None or any(link.text_content().strip() for link in element.iter("a")):
        return False
    return 0 < len(" ".join(element.text_content().split())) <= _LONGEST


def told_of_pictures(root: HtmlElement) -> Collection[str]:
    """The sentences that pages give as the words for their pictures, which often stand under them too."""
    said = (" ".join((image.get(key) or "").split()) for image in root.iter("img") for key in ("alt", "title"))
    return frozenset(words for words in said if len(words) >= 25 and " " in words)
