"""Who publishes a page: the name at its top that comes again in its copyright line, bylines, bracket before the body."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kg.read.cues import load_cues
from kg.read.line_kinds import left_of_dates
from kg.read.lines import COPYRIGHT, MAIL, REPORTER, Line, days, tokens
from kg.read.source import lone_source, media_name, source_name, source_of, source_within
from kg.read.starts import Start

_OWNER = re.compile(
    r"(?:저작권자|(?i:copyrights?)|[ⓒ©🄫]|\([cC]\))(?:\s|저작권자|(?i:copyrights?)|[ⓒ©🄫]|\([cC]\)|(?i:by)\b|:|19\d\d|20\d\d|[-~,.](?=\s?\d))*"
    r"(?P<name>(?:[^\n|&,.:;/()\[\]<>★]|(?<=[가-힣])\([A-Za-z]{2,12}\)(?=[가-힣])){2,40}?)(?=\s*(?:[|&,.:;/)\[\]<>]|\((?![A-Za-z]{2,12}\)[가-힣])|무단|(?i:all\b)|모바일|저작권|$))"
)
_STATED = re.compile(
    r"[•\-\s]*(?:발행처|발행기관|배포처|언론사|매체명?|출처|제공기관|기관명|발신|From|보낸\s?사람|보낸이|제호|ministry)\s?[:|\s]\s?[\"“]?(?P<name>[^\"”<>|\n]{2,40})"
)
_LABEL = re.compile(
    r"[•\-\s]*(?:발행처|발행기관|배포처|언론사|매체명?|출처|제공기관|기관명|작성\s?기관|게시\s?기관|담당\s?기관)\s?[:|]?"
)
_SUBJECT = re.compile(
    r"^[^가-힣A-Za-z㈜(]*(?P<name>[가-힣A-Za-z㈜][가-힣A-Za-z·&]{1,24}?(?: [가-힣A-Za-z]{2,12})?)\s?\([^()]{0,30}(?:장관|청장|시장|군수|구청장|도지사|교육감|원장|소장|총장|이사장|회장|대표|대표이사|위원장|처장|서장|사장|본부장|관장)\s?[가-힣]{2,4}[^()]{0,30}\)"
)
_OF_RELEASES = frozenset({"header", "contact", "file", "item"})  # without such lines it is news, which speaks of others
_CREDITED = re.compile(
    r"[\[(<【]\s?(?P<label>(?i:source)|(?:기사|뉴스|원문)?\s?(?:출처|제공))\s?[:=：]\s?(?P<name>[^\[\]()<>【】|\n]{2,30}?)\s?[\])>】]"
)
_ADDRESS = re.compile(r"\s*[(\[]?\s?(?:https?://|www\.)\S*")
_LABELLED = re.compile(r"[:：]|등록|입력|작성|수정|편집|승인|송고|게시|배포|보도|발행|기사|오늘|\d")
_TRIM = re.compile(
    r"^[\[【<(「『\s•·▷▶◆■]+|\(주\)?$|[\]】>)」』\s|ⓒ]+$|\s*(?:누리집|홈페이지|공식\s?누리집|공식\s?홈페이지|웹사이트|뉴스룸|보도자료 모음|소식지|뉴스레터|(?:전체|최신)\s?기사|대표\s?홈페이지)$"
)
_BODY = re.compile(
    r"(?:대학교?|시청|군청|구청|도청|교육청|경찰서|소방서|보건소|위원회|공사|공단|재단|협회|학회|연구원|진흥원|센터|병원|의회|조합|은행|연합회?|협의회|[가-힣]{1,6}[가-힣][시군도구부처청])$"
)


def publisher_of(lines: Sequence[Line], heads: Sequence[Start], hints: Sequence[str] = ()) -> str | None:
    """The name of a page's publisher, None where the page does not say it."""
    weights: dict[str, float] = defaultdict(float)
    forms: dict[str, str] = {}

    def vote(name: str, weight: float) -> None:
        name = clean(name)
        if is_name(name):
            key = _key(name)
            forms.setdefault(key, name)
            weights[key] += weight

    first = heads[0].title if heads and heads[0].title is not None else heads[0].first if heads else len(lines)
    titles = {_key(lines[head.title].text) for head in heads if head.title is not None}
    for place, name in enumerate(hints):
        vote(name if _key(name) not in titles else "", 2.2 if place == 0 else 1.0)
    for name, weight in _masthead(lines[:first]):
        vote(name if _key(name) not in titles or names_publisher(name) else "", weight)
    for i, line in enumerate(lines):
        if credited := credited_to(line.text):
            vote(credited, 6.0)
        if line.role != "prose" and (match := _STATED.match(line.text)) and not MAIL.fullmatch(match["name"].strip()):
            vote(match["name"], 3.0)
        following = lines[i + 1] if heads and i + 1 < heads[0].first else None  # in the next cell of a table above the text
        if following and line.role != "prose" and following.role in ("short", "menu", "item") and _LABEL.fullmatch(line.text):
            vote(following.text, 3.0)
        for name, weight in _marks(line):
            vote(name, weight)
    released = any(line.role in _OF_RELEASES for line in lines)
    for head in heads:
        for name, weight in _opening(lines, head, released):
            vote(name, weight)
        for line in lines[(head.first if head.title is None else head.title + 1) : head.first]:
            if line.role in ("short", "item") and len(tokens(line.text)) <= 2 and media_name(name := line.text.lstrip("•· ")):
                vote(name, 1.2)  # alone between the reporter and the day
    return _best(lines, weights, forms)


def credited_to(words: str) -> str | None:
    """Whose report a line says that a page has taken over; 출처 and 제공 say so of a medium only.

    >>> credited_to("[Source : 두메일보]"), credited_to("(출처=한빛신문)"), credited_to("(출처=통계청)")
    ('두메일보', '한빛신문', None)
    """
    match = _CREDITED.fullmatch(words)
    if match is None or match["label"].lower() != "source" and not media_name(match["name"]):
        return None
    return match["name"]


def _key(name: str) -> str:
    return "".join(tokens(name)).lower()


def clean(name: str) -> str:
    """A name without the brackets, marks and words for a page around it.

    >>> clean("[한빛신문]"), clean("두메군청 누리집"), clean("(서울연합뉴스)"), clean("(가온=한빛통신)"), clean("한빛신문(https://hanbit.example"), clean("책 읽는 사람들의 잡지: 두메글")
    ('한빛신문', '두메군청', '연합뉴스', '한빛통신', '한빛신문', '두메글')
    """
    previous = None
    name = re.sub(r"^\s*(?:[‘“'\"][^‘’“”'\"]{2,30}[’”'\"]\s|\S+ [^:]{1,30}:\s)\s*", "", name)  # what it says of itself
    name = " ".join(_ADDRESS.sub("", name).split())
    while name != previous:
        previous, name = name, _TRIM.sub("", name)
        name = next((agency for agency in load_cues().words["agencies"] if re.fullmatch(rf"[가-힣]{{2,3}}{agency}", name)), name)
        place, _, medium = name.rpartition("=")
        name = medium if place and media_name(medium) else name
        name = name[:-3] if name.endswith(" 뉴스") and media_name(name[:-3]) else name
    return name


def is_name(name: str) -> bool:
    """Whether words can be a publisher's name at all."""
    parts = tokens(name)
    return (
        2 <= len("".join(parts)) <= 24
        and len(parts) <= 5
        and name not in load_cues().words["generic"]
        and not days(name)
        and not _is_section(parts)
        and not re.search(
            r"[|>,…“”?!]|다\.|\d{4,}|(?:하기|보기|방침|금지|바로가기|건너뛰기|되었습니다)$|^(?:All|무단|제\d)", name
        )
        and not REPORTER.fullmatch(name)
    )


def _is_section(words: Sequence[str]) -> bool:
    """Whether words only say which part of a site a page is in: 교육 교육일반."""
    sections = load_cues().words["sections"]
    return all(word in sections or word.removesuffix("일반") in sections for word in words)


def names_publisher(name: str) -> bool:
    """Whether a name ends like that of a medium or a body, as no section of a site does.

    >>> names_publisher("한빛신문"), names_publisher("두메군청"), names_publisher("알림마당")
    (True, True, False)
    """
    return bool(media_name(name) or _BODY.search(name))


def _masthead(lines: Sequence[Line]) -> list[tuple[str, float]]:
    """The names in the first lines of a page."""
    found = []
    cues = load_cues()
    for place, line in enumerate(lines[:8]):
        if line.role == "date" and place < 3 and (rest := " ".join(left_of_dates(line.text))) and not _LABELLED.search(rest):
            found.append((rest, 0.9))
        if (
            line.role not in ("short", "menu", "furniture", "item")
            or line.text[0] in "▲△"
            or cues.role_of(line.text) in ("header", "credit", "file")
        ):
            continue
        name = re.split(r"\s+(?=[A-Z][A-Za-z]+ )|\s[|>ㅣ]\s|(?<=\S)\s?[|>]", line.text)[0] if len(line.text) <= 60 else ""
        if name and len(tokens(name)) <= 4 and not (tokens(name) and all(t in cues.words["furniture"] for t in tokens(name))):
            latin = not re.search("[가-힣]", name)
            found.append(
                (name, max(0.1, 1.3 - 0.35 * place) * (0.5 if latin else 1) * (0.6 if len(tokens(line.text)) > 4 else 1))
            )
    return found


def _marks(line: Line) -> list[tuple[str, float]]:
    """The names in a copyright line, in a line of dates, and before a reporter's name."""
    if line.role in ("copyright", "date", "furniture", "credit", "header") and COPYRIGHT.search(line.text):
        match = _OWNER.search(line.text)
        return (
            [(match["name"], (0.6 if line.role == "credit" else 2.0) * (1 if re.search("[가-힣]", match["name"]) else 0.5))]
            if match
            else []
        )
    if line.role == "date":
        return [(part, 1.2) for part in left_of_dates(line.text) if media_name(part)]
    if line.role in ("byline", "notice") and (match := REPORTER.search(line.text)):
        before = line.text[: match.start()].strip(" =/|-")
        return [(before, 0.8 if media_name(before) else 0.3)] if before else []
    return []


def _opening(lines: Sequence[Line], head: Start, released: bool) -> list[tuple[str, float]]:
    """The name in the bracket before a body, and, of a release, the body that the first sentence speaks of with its head."""
    if head.first >= len(lines):
        return []
    words = lines[head.first].text
    if match := source_of(words):
        source = source_name(match)
        local = len(source) <= 4 and not media_name(source) and re.search(r"[=/].*기자[\])】]", match[0])
        return [(source, 0.5 if local else 2.2)]  # [가온/두메 기자]: perhaps where he is
    if within := source_within(words):
        return [(within[2], 2.2)]
    found = [(name, 1.0)] if (name := lone_source(words)) else []
    for line in lines[head.first : head.first + 3] if released else ():
        if line.role in ("prose", "item") and (match := _SUBJECT.match(line.text)):
            found.append((match["name"], 0.7))
            break
    return found


def _best(lines: Sequence[Line], weights: dict[str, float], forms: dict[str, str]) -> str | None:
    """The heaviest name; what comes again elsewhere on the page, in mail hosts' company or in longer names, weighs more."""
    if not weights:
        return None
    furniture = " ".join(_key(line.text) for line in lines if line.role not in ("prose", "related"))
    body = " ".join(line.text for line in lines if line.role == "prose")[:4000]
    for key in weights:
        weights[key] += min(1.0, 0.35 * max(0, furniture.count(key) - 1)) + 0.3 * (forms[key] in body)
        weights[key] += 0.5 * bool(media_name(forms[key]) or _BODY.search(forms[key]))
    best = max(weights, key=lambda key: (round(weights[key], 3), len(key), key))
    if weights[best] < 1.0:
        return None
    glossed = (
        re.search(rf"([가-힣]{{2,16}})\({re.escape(forms[best])}[,)]", body, re.I)
        if not re.search("[가-힣]", forms[best])
        else None
    )
    return glossed[1] if glossed else forms[best]  # in Korean, where the text says how it is called
