"""Pages that stand where an article was wanted and say why there is none: not found, for members only, kept out, worked on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Article
from kg.read.page_words import load_page_words

_MOST = 300  # letters that such a page says at most
_NEWS = re.compile(r"[가-힣](?<!니)다[.”\"’']")  # a sentence told as news are, not said to whoever asked


def closed_because(text: str, found: Sequence[Article]) -> str | None:
    """Why a page says that it holds no article, None where it does not say so or holds one.

    >>> closed_because("존재하지 않는 기사입니다.", ())
    'that what was asked for is not there'
    >>> closed_because("군청은 존재하지 않는 기사입니다. 라는 글을 지웠다.", ()) is None
    True
    """
    bodies = [region.span for article in found for region in article.regions if region.role == "body"]
    above = text[: bodies[-1].end] if bodies else text  # below a body stand the forms for comments
    said = sum(len("".join(text[span.start : span.end].split())) for span in bodies)
    if len(found) > 1 or said > _MOST or _NEWS.search(above):
        return None
    return next((why for why, pattern in load_page_words().closed if pattern.search(above)), None)
