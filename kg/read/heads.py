"""The head of a text that repeats its title: which words are title and subtitles, before the first sentence."""

from __future__ import annotations

import re
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+")
_AFTER = re.compile(r"[^\w\s(\[‘“「『<《\-–*'\"]*[)\]’”」』>》!?.…'\"]*")
_HEADS = "원장|위원장|장관|처장|청장|이사장|총장|회장|사장|대표|대표이사|시장|군수|구청장|도지사|교육감|소장|행장|부위원장|국장|부총리|센터장|단장"
_HEAD = rf"\([^()]{{0,40}}(?:{_HEADS})\s?[가-힣]{{2,4}}[^()]{{0,40}}\)"
_BODY = re.compile(rf"(?<![가-힣A-Za-z])[가-힣A-Za-z][가-힣A-Za-z·]{{1,24}}(?:{_HEAD}|\([^()]{{1,24}}\)(?:은|는|이|가|과|와)\s)")
_CLOSED = re.compile(r"\s*[-–―—]\s?(?P<words>[^-–―—\n][^\n]{4,160}?)\s?[-–―—](?=\s+[가-힣A-Z‘“「『<\[㈜])")
_SENTENCE = re.compile(r"[다요]\.\s")
_NEXT_SUBTITLE = re.compile(r"\n\s*\n\s*(?=[-–―—]\s?\S)")
_GOES_ON = re.compile(r"(?:,|[가-힣](?:의|에|에서|은|는|을|를|와|과|으로|하여|해|위해)|최근|지난|이번|및)$")


def head_of(folded: str, start: int, title: str) -> list[tuple[str, int, int]]:
    """Title and subtitle stretches at the start of a text, as ``(role, start, end)``; none where the text opens with its body.

    >>> text = "군청, 책 나눔 열어 - 학교 다섯 곳 참여 - 한빛군(군수 한가람)은 책 나눔을 열었다."
    >>> [(role, text[a:b]) for role, a, b in head_of(text, 0, "군청, 책 나눔 열어")]
    [('title', '군청, 책 나눔 열어'), ('subtitle', '- 학교 다섯 곳 참여 -')]
    """
    found, at = [], start
    if end := _copy_end(folded, start, title):
        parts = list(_paragraphs(folded, start, end))
        found = [("title" if i == 0 else "subtitle", a, b) for i, (a, b) in enumerate(parts)]
        at = end
    return found + _subtitles(folded, at)


def _paragraphs(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The title's stretch, and those of the subtitles that the copy also holds."""
    marks = [start, *(m.end() for m in _NEXT_SUBTITLE.finditer(folded, start + 1, end)), end]
    return [(a, a + len(folded[a:b].rstrip())) for a, b in pairwise(marks) if folded[a:b].strip()]


def _copy_end(folded: str, start: int, title: str) -> int | None:
    """Where the copy of the title ends that a text opens with, spaces and marks aside."""
    from kg.read.fold import fold

    wanted = "".join(_WORD.findall(fold(title)))
    seen = 0
    if len(wanted) < 4:
        return None
    for match in _WORD.finditer(folded, start, start + 3 * len(title) + 40):
        word = match[0]
        if not wanted.startswith(word, seen):
            rest = wanted[seen:]
            return match.start() + len(rest) if rest and word.startswith(rest) and len(rest) == len(word) else None
        seen += len(word)
        if seen == len(wanted):
            after = _AFTER.match(folded, match.end())
            return after.end() if after else match.end()
    return None


def _subtitles(folded: str, start: int) -> list[tuple[str, int, int]]:
    """Subtitles between dashes on the line where the body goes on."""
    line_end = folded.find("\n", start)
    line_end = len(folded) if line_end < 0 else line_end
    line = folded[start:line_end]
    if not re.match(r"\s*[-–―—]\s?\S", line) or "다." not in line:
        return []
    body = _BODY.search(line, 4, 500)
    if body and not _SENTENCE.search(line, 0, body.start()):
        end = len(line[: body.start()].rstrip("□○ㅇ \u200b"))
        return [("subtitle", start + a, start + b) for a, b in _dashed(line, end)]
    found, at = [], 0
    while match := _CLOSED.match(line, at):
        if _SENTENCE.search(match["words"]):
            break
        found.append(("subtitle", start + match.end() - len(match[0].lstrip()), start + match.end()))
        at = match.end()
    return found


def _dashed(line: str, end: int) -> list[tuple[int, int]]:
    opens = [m.start() for m in re.finditer(r"(?:^|\s)[-–―—]\s?(?=[^\s\-–―—])", line[:end])]
    parts = []
    for a, b in pairwise([*opens, end]):
        words = line[a:b]
        a += len(words) - len(words.lstrip())
        b = a + len(line[a:b].rstrip())
        if b - a > 2:
            parts.append((a, b))
    if parts and _GOES_ON.search(line[:end].rstrip()):  # the last dash closed a subtitle, and the first sentence begins behind it
        a, _ = parts.pop()
        parts = [*parts[:-1], (parts[-1][0], a + 1)] if parts else []
    return parts
