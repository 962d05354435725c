"""What the files attached to a release say, where their texts stand under it, each behind a line that names the file."""

from __future__ import annotations

from kg.read.page_words import load_page_words

_LINE = 15  # letters of a line that does not come again by chance
_NEW = 0.5  # of a file's letters that the release does not have make it say more


def parts_of(folded: str) -> list[tuple[int, int]]:
    """Where the release stands in a text, and then the text of each attached file.

    >>> text = "군청은 책 잔치를 열었다.\\n\\n[첨부: 인사말(최종).hwpx]\\n\\n반갑습니다."
    >>> [text[start:end].strip() for start, end in parts_of(text)]
    ['군청은 책 잔치를 열었다.', '반갑습니다.']
    """
    named = list(load_page_words().attached.finditer(folded))
    starts = [0, *(match.end() for match in named)]
    return list(zip(starts, [*(match.start() for match in named), len(folded)]))


def says_more(part: str, release: str) -> bool:
    """Whether a file's text is no copy of the release that it is attached to."""
    known = _letters(release)
    lines = [line for line in map(_letters, part.split("\n")) if len(line) >= _LINE]
    return sum(len(line) for line in lines if line not in known) > _NEW * sum(map(len, lines))


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words))
