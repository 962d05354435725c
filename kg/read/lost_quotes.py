"""The partner of a quotation mark that stands alone: put back where the words around show where speech begins or ends."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from kg.model import Paragraph
from kg.read.fold import Edit

_QUOTE = re.compile("[“”]")
_REPORTS = re.compile(r"(?:이?라고|이?라며|이?라면서|이?라는|이?란|고|며|면서|는|등)(?:[\s,]|$)")
_CHAIN = re.compile(
    r"(?:이라며|이라면서|라며|다며|자며|라면서|다면서|자면서|고 (?:말|밝|강조|설명|전|덧붙이)[가-힣]{0,3}(?:며|고|면서)),?\s"
)
_LINK = re.compile(r"(?<![다자])(?:이?라며|이?라면서),?\s|(?<=[다자])(?:며|면서),?\s")
_TITLES = "장|장관|차관|교수|대표|이사|의원|총리|대통령|위원|연구원|대변인|관계자|사무관|감독|작가|지사|총재|대사"
_SPEAKER = re.compile(
    rf"(?:(?:한편|또한|이날|이에|이와 관련해?),? )?(?:[가-힣A-Za-z·()]+ ){{0,4}}[가-힣]*(?:{_TITLES})(?:은|는),? "
)
_ASIDE = re.compile(r"이날|[^ ]+에 대(?:해|하여)|[^ ]+에게|[^ ]+에서|[^ ]+와의|[^ ]+과의|[^ ]+(?:하며|면서|하고)[, ]")
_SENTENCE_END = re.compile(r"[다요]\.[”’]?\s")
_SAY = "(?:말|밝|전|강조|덧붙|설명|당부|언급|평가|소감|제안|요청|주장|약속|다짐)"
_SAID = re.compile(rf"(?<=[가-힣])(?=이라(?:고|며|면서) {_SAY})|(?<=[다요까자])(?=라?(?:고|며|면서) {_SAY})")


def lost_quotes(text: str, paragraphs: Sequence[Paragraph], date: dt.date | None) -> Iterator[Edit]:
    """The partner of a quotation mark that stands alone, where the words around show where speech begins or ends."""
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None]):
        begin = None
        last = paragraph.start
        for match in _QUOTE.finditer(text, paragraph.start, paragraph.end):
            at = match.start()
            if match[0] == "“":
                if begin is not None:
                    yield from _closing(text, begin, at, paragraph)
                begin = at
            elif begin is None:
                yield from _opening(text, last, at)
            if match[0] == "”":
                begin, last = None, match.end()
        if begin is not None and not (following and following.role == paragraph.role and _closes_first(text, following)):
            yield from _closing(text, begin, paragraph.end, paragraph)


def _closes_first(text: str, paragraph: Paragraph) -> bool:
    mark = _QUOTE.search(text, paragraph.start, paragraph.end)
    return mark is not None and mark[0] == "”"


def _opening(text: str, last: int, at: int) -> Iterator[Edit]:
    if not _REPORTS.match(text, at + 1):
        return
    ends = [m.end() for m in _SENTENCE_END.finditer(text, last, at)]
    start = ends[-1] if ends else last
    chained = [m.end() for m in _CHAIN.finditer(text, start, at)]
    speaker = _SPEAKER.match(text, start, at)
    if speaker and _ASIDE.match(text, speaker.end(), at):
        speaker = None
    if chained and at - chained[-1] >= 5:
        yield Edit(chained[-1], chained[-1], "“", "lost-opening-quote")
        link = _LINK.search(text, start, chained[-1])
        if len(chained) == 1 and speaker and link and link.start() - speaker.end() >= 5:
            yield Edit(speaker.end(), speaker.end(), "“", "lost-opening-quote")  # both halves of “…”이라며 “…”고 lost their marks
            yield Edit(link.start(), link.start(), "”", "lost-closing-quote")
    elif speaker and at - speaker.end() >= 5:
        yield Edit(speaker.end(), speaker.end(), "“", "lost-opening-quote")


def _closing(text: str, begin: int, stop: int, paragraph: Paragraph) -> Iterator[Edit]:
    if paragraph.role in ("title", "subtitle"):
        if stop == paragraph.end:
            end = stop - len(text[begin:stop]) + len(text[begin:stop].rstrip(" -–—"))
            yield Edit(end, end, "”", "lost-closing-quote")
    elif said := _SAID.search(text, begin + 5, stop):
        yield Edit(said.start(), said.start(), "”", "lost-closing-quote")
