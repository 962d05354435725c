"""Where the one article of a page begins whose headline the page states, whatever else stands there: players, summaries, popups."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.read.lines import Line, tokens
from kg.read.starts import Start

_APART = 5  # so many lines of a site's own between two stretches of text make them two
_DASHED = re.compile(r"[-–―—]\s?\S.{2,}\S\s?[-–―—]")  # a subtitle
_OWN = frozenset({"furniture", "menu", "related", "tail", "notice"})
_ENDS = frozenset({"copyright", "comments"})


def stated_start(lines: Sequence[Line], headlines: Sequence[str]) -> Start | None:
    """The start of the longest stretch of text under a line that is the stated headline; None where no line is.

    >>> from kg.read.roles import roled
    >>> page = "책 잔치 열린다\\n듣기\\n음성을 재생하면 요금이 부과될 수 있습니다.\\n작게\\n보통\\n크게\\n공유\\n인쇄\\n"
    >>> start = stated_start(roled(page + "군청은 5일 마을에서 책 잔치를 연다고 밝혔다. " * 4), ["책 잔치 열린다"])
    >>> start.title, start.first
    (0, 8)
    """
    letters = {"".join(tokens(headline)) for headline in headlines} - {""}
    titles = [i for i, line in enumerate(lines) if "".join(tokens(line.text)) in letters] if letters else []
    if not titles:
        return None
    runs = _runs(lines, titles)
    if not runs:
        return None
    longest = max(runs, key=lambda run: (run[1], -run[0]))
    first = next(at for at, length in runs if 3 * length >= longest[1])
    title = max((i for i in titles if i < first), default=None)
    if title is None:
        return None
    first = next((i for i in range(first, len(lines)) if not _DASHED.fullmatch(lines[i].text)), first)
    return Start(_top(lines, title), title, first)


def _runs(lines: Sequence[Line], titles: Sequence[int]) -> list[tuple[int, int]]:
    """The first lines and the lengths of stretches of text under the first headline, to the end of the article."""
    runs: list[tuple[int, int]] = []
    apart = _APART
    for i in range(titles[0] + 1, len(lines)):
        line = lines[i]
        if line.role in _ENDS and runs:
            break
        if line.role == "prose" or line.role == "item" and len(line.text) >= 20:
            if apart >= _APART or not runs:
                runs.append((i, 0))
            runs[-1] = (runs[-1][0], runs[-1][1] + len(line.text))
            apart = 0
        else:
            apart += line.role in _OWN or line.role == "short" and len(line.text) <= 12
    return runs


def _top(lines: Sequence[Line], title: int) -> int:
    """The first line that may say something of the article: dates, bylines and pictures right above its headline."""
    at = title
    while at > 0 and title - at < 4 and lines[at - 1].role in ("credit", "file", "date", "header", "menu", "caption", "byline"):
        at -= 1
    return at
