"""Whose report a body is: the medium in a bracket before it, or with a reporter's name and a bar."""

from __future__ import annotations

import re

from kg.read.lines import REPORTER

_REPORTER = r"(?:[가-힣]{2,4}\s?(?:[·,]\s?[가-힣]{2,4}\s?)?(?:인턴|수습|선임)?기자\s*[=:]?\s*)?"
_SQUARE = re.compile(rf"\s*(?:\[(?P<name>[^\[\]\n]{{2,40}})\])\s*{_REPORTER}")
_HEAVY = re.compile(rf"\s*【(?P<name>[^【】\n]{{2,40}})】\s*{_REPORTER}")
_LINKED = re.compile(rf"\s*\((?P<name>[가-힣·]{{2,12}}\s?[=ㅣ/]\s?[^()\n]{{2,24}})\)\s*{_REPORTER}")
_ROUND = re.compile(r"\s*\((?P<name>[가-힣A-Za-z0-9]{3,12})\)\s*(?=[가-힣“‘「])")
_SIGNED = re.compile(  # without a bracket, or with half of one
    r"\s*\[?\s?(?P<name>[가-힣A-Za-z0-9·]{2,16})(?:\s?\([^()\n]{1,24}\))?(?:\s[가-힣]{2,4})?[\s=/|]\s?[가-힣]{2,4}\s?(?:인턴|수습|선임)?\s?(?:기자|특파원)\s?[|ㅣ\]=:]\s*"
)
_DESK = re.compile(r"[가-힣]{0,6}(?:편집|취재|보도|뉴스|기획|사회|정치|경제|문화|국제|온라인)\s?(?:국|부|팀|실|본부|센터)")


def bracketed(words: str) -> re.Match[str] | None:
    """The square bracket before a body, whatever it says, as its group ``name``."""
    return _SQUARE.match(words)


def source_of(words: str) -> re.Match[str] | None:
    """The bracket before a body that says whose report it is: ``[한빛신문 두메 기자]``, ``(가온=한빛통신)``.

    >>> source_of("(가온=한빛통신) 두메 기자 = 가온시는")["name"], source_of("[사진] 군청은")
    ('가온=한빛통신', None)
    >>> source_of("한빛저널 한가람 기자 | 가온시는")["name"], source_of("(한빛방송) 가온시는")["name"]
    ('한빛저널', '한빛방송')
    """
    if match := _LINKED.match(words):
        return match
    if match := _SQUARE.match(words) or _HEAVY.match(words):
        return match if re.search(r"기자|=|특파원", match["name"]) or media_name(match["name"]) else None
    if match := _ROUND.match(words):
        return match if media_name(match["name"]) and _MEDIA_END.search(match["name"]) else None
    match = _SIGNED.match(words)
    return match if match and media_name(match["name"]) else None


def source_name(match: re.Match[str]) -> str:
    """The medium that a bracket before a body names, without place and reporter.

    >>> [source_name(source_of(words)) for words in ("[한빛신문=두메 기자] 군청은", "(가온=한빛통신) 두메 기자 = 가온시는", "[한빛일보 가온=두메 기자] 군청은", "[두메엔=편집국] 군청은")]
    ['한빛신문', '한빛통신', '한빛일보', '두메엔']
    """
    parts = [part.strip() for part in re.split(r"[=ㅣ/|]", match["name"]) if part.strip()]
    named = [part for part in (REPORTER.sub("", part).strip() for part in parts) if part and not _DESK.fullmatch(part)]
    media = [part for part in named if media_name(part)]
    name = (media or named or parts)[-1]
    medium, _, place = name.partition(" ")
    return medium if place and media_name(medium) and not media_name(place) else name


def source_within(words: str) -> tuple[int, int, str] | None:
    """Where a reporter's bracket stands behind a summary that lost its line end, and the medium that it names.

    >>> source_within("주민 200명 참석[한빛일보 두메 기자] 군청은 5일")
    (10, 23, '한빛일보')
    """
    match = _WITHIN.search(words, 0, 240)
    if not match or re.search(r"다\.\s", words[: match.start()]):
        return None
    return match.start(), match.end(), match["name"].strip()


_WITHIN = re.compile(r"(?<=\S)\s?[\[【](?P<name>[^\[\]【】\n]{2,16}?)[\s=]\s?[가-힣]{2,4}\s?(?:인턴|수습|선임)?\s?기자[\]】]\s*")


def lone_source(words: str) -> str | None:
    """A bracket of one word before a body that nothing shows to be a column's or a series' name: perhaps whose report it is."""
    match = re.match(r"\s*[\[【](?P<name>[가-힣A-Za-z]{4,12})[\]】]\s?(?=[가-힣])", words)
    return match["name"] if match and not _NOT_SOURCE.search(match["name"]) else None


def media_name(words: str) -> bool:
    """Whether a bracket's words end like the name of a paper, an agency, a station."""
    from kg.read.cues import load_cues

    return words not in load_cues().words["generic"] and bool(_MEDIA.search(words)) and not _NOT_SOURCE.search(words)


_MEDIA = re.compile(
    r"투데이|일보|신문|뉴스|경제|타임[스즈]|저널|데일리|미디어|방송|통신|매일|시사|포스트|프레스|헤럴드|인사이트|닷컴|넷$|신보|월간|주간|TV|KBS|MBC|SBS|YTN|뉴시스|라인$|리포트"
)
_MEDIA_END = re.compile(f"(?:{_MEDIA.pattern})$")
_NOT_SOURCE = re.compile(
    r"사진|그림|표|자료|보도|참고|붙임|별첨|첨부|단독|속보|종합|인터뷰|칼럼|기고|사설|포토|영상|\d|소식$|현장|기획|이슈|특집|연재|리뷰|분석|날씨|인사$|부고|동정|화제|르포|수첩|시론|스토리|공지|알림|안내|채용|모집|행사"
)
