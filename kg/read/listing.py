"""Pages that list other articles and hold none: links with the beginnings of what they lead to."""

from __future__ import annotations

from collections.abc import Sequence

from kg.read.headline import shared, stems
from kg.read.lines import is_filled, is_prose

_TEASERS = 4  # so many links with words under them make a list
_HEADLINE = 15  # letters of a headline
_HEADLINES = 20  # so many make a front page
_MOST = 0.6  # of the running text stands in links or right under them


def lists_others(text: str, marks: Sequence[tuple[int, int, str]]) -> bool:
    """Whether most running text of an HTML page stands in links to other pages or right under them, as their beginnings.

    >>> rows = [("군청 책 잔치 열어", "군청은 책 잔치를 5일 열었다."), ("마을 시장 새 단장", "마을 시장이 새 단장을 마쳤다.")] * 2
    >>> text = "\\n".join(line for row in rows for line in row)
    >>> links = [(text.find(t, at), text.find(t, at) + len(t), "link") for at in (0, 30) for t, _ in rows]
    >>> lists_others(text, links), lists_others(text, ())
    (True, False)
    """
    linked = {start for start, _, role in marks if role == "link"}
    begun = {start for start, _, role in marks if role == "teaser"}  # a link and the beginning of what it leads to in one line
    at, total, in_links, teasers, under = 0, 0, 0, 0, 0
    above, ago = "", 0
    for line in text.split("\n"):
        if line:
            is_link = at in linked
            if at in begun:
                total, under, teasers = total + len(line), under + len(line), teasers + 1
            elif is_prose(line) or is_link and len(line) >= 60 and is_filled(line):
                total += len(line)
                in_links += len(line) * is_link
                if is_link:
                    teasers += 1
                elif ago <= 2 and shared(above, stems(line))[0] >= 2:
                    teasers, under = teasers + 1, under + len(line)
            above, ago = (line, 0) if is_link and len(line) >= 8 else (above, ago + 1)
        at += len(line) + 1
    return teasers >= _TEASERS and in_links + under >= _MOST * total


def is_front(text: str, marks: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a page shows many headlines that lead to other pages, as the front of a site does.

    >>> rows = [f"마을 책방 {n}곳이 함께 여는 책 잔치" for n in range(20)]
    >>> text = "\\n".join(rows)
    >>> is_front(text, [(text.find(row), text.find(row) + len(row), "link") for row in rows]), is_front(text, ())
    (True, False)
    """
    return sum(role == "link" and end - start >= _HEADLINE for start, end, role in marks) >= _HEADLINES
