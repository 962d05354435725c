"""Lines that were filled to a width and cut words and names: where a line goes on in the next, and whether amid a word."""

from __future__ import annotations

import re

from kg.read.cues import load_cues

_WORD = re.compile(r"[가-힣]{2,}")
_LAST = re.compile(r"[가-힣]+$")
_FIRST = re.compile(r"[가-힣]+")
_PARTICLE = re.compile(r"(?:은|는|이|가|을|를|에|의|에서|으로|로|와|과|도|만|까지|부터|에게|하고|이며|이고|이라고|라고|라며)$")
# What no word begins with: endings and particles that stand alone at a line's start.
_ENDING = re.compile(
    r"(?:을|를|은|는|의|에|에서|으로|로|와|과|에게|께서|했|됐|하였|되었|한다|했다|된다|됐다|하고|하며|하여|했으며|됐으며|하는|되는|되어|돼|했고|였|였다|이다|입니다|합니다|했습니다|됩니다)"
    r"(?=[\s,.]|$|[가-힣]{0,4}[\s,.])"
)
_BULLET = re.compile(r"\s*(?:[□ㅁ■▣◇◆◈○◯ㅇ〇●◎◦▪▫￭∎•▶▷►▸‣☞※◾◽☑✓✔√*\-–<\[【|①-⑳]|\d{1,2}[.)]|[가-하][.)]\s)")
_CLOSERS = {"‘": "’", "“": "”", "「": "」", "(": ")", "《": "》"}


def words_of(folded: str) -> frozenset[str]:
    """The words of a text, with and without their particles, as evidence of what is one word in it.

    >>> sorted(words_of("참여행정의 길, 참여"))
    ['참여', '참여행정', '참여행정의']
    """
    found = set(_WORD.findall(folded))
    return frozenset(
        found | {word[: match.start()] for word in found if (match := _PARTICLE.search(word)) and match.start() >= 2}
    )


def cuts_word(folded: str, start: int, end: int, known: frozenset[str]) -> bool:
    """Whether a line end at ``folded[start:end]`` stands amid a word.

    >>> text = "참여행정을 논했다.\\n참여행\\n정 토론회를 열었다."
    >>> cuts_word(text, 14, 15, words_of(text)), cuts_word("토론회를\\n열었다.", 4, 5, frozenset())
    (True, False)
    """
    if start == 0 or "\n" not in folded[start:end]:
        return False
    before, after = _LAST.search(folded, max(0, start - 24), start), _FIRST.match(folded, end, end + 24)
    if not before or not after:
        return False
    if _ENDING.match(folded, end, end + 24) and not _PARTICLE.search(before[0]):
        return True
    whole = before[0] + after[0]
    if (
        whole in known
        or (match := _PARTICLE.search(whole))
        and match.start() > len(before[0])
        and whole[: match.start()] in known
    ):
        return True
    stem, alone = _PARTICLE.sub("", after[0]), load_cues().words["alone"]
    return len(stem or after[0]) == 1 and after[0] not in alone and stem not in alone and not _PARTICLE.search(before[0])


def goes_on(folded: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a line goes on in the next one, even behind an empty line: an ending opens that, or a quotation is open.

    >>> text = "‘제2회 참여행\\n\\n정 토론회’를 개최했다."
    >>> goes_on(text, (0, 8), (10, 23))
    True
    """
    if _BULLET.match(folded, *after) or re.search(r"[.!?:;][”’\"')]*\s*$", folded[max(before[0], before[1] - 4) : before[1]]):
        return False
    if _ENDING.match(folded, after[0], after[1]) and re.search(r"[가-힣\d)”’」]$", folded[before[0] : before[1]]):
        return True
    if before[1] - before[0] >= 20 and cuts_word(folded, before[1], after[0], frozenset()):
        return True
    first, following = folded[max(before[0], before[1] - 60) : before[1]], folded[after[0] : min(after[1], after[0] + 60)]
    return any(
        first.count(mark) > first.count(close) and close in following and following.find(close) < (following.find(mark) % 1000)
        for mark, close in _CLOSERS.items()
    )
