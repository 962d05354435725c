"""Programmes: ▲ title (speaker) ▲ title (speaker) … 순으로 발표, blocks under 발표 or 발제, rows that begin with a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.analyze.names.words import title_in
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.agenda_items import Item, item_of, speakers_noted
from kg.extract.names_between import Names
from kg.extract.titles import here, speaks_itself, title_of
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention

_MARK = "▲△▴▷◆◇■●➊-➓➀-➉①-⑳"
_ITEM = re.compile(rf"[{_MARK}]\s*")
_NOTE = re.compile(r"\(([^()]*)\)(?=\s*(?:,|;|/|$|[’”」』]|[가-힣]{0,2}\s|[가-힣]{0,3}\.|에|을|를|와|과|등|이라는|라는|순))")
_TALKING = re.compile(r"발표|강연|발제|주제\s?로|주제로|강의|연설|세션|특강|키노트")
_TELLING = re.compile(r"소개|안내|공유|설명|다룬")  # also of a talk where people stand behind its title
_COUNTED = re.compile(r"주제\s?로\s?(?:\d+\s?(?:개|건)의?\s?)?(?:주제\s?)?(?:발표|강연)")
_LEAD = re.compile(rf"[\s□ㅇ○◦▪■▣◎●◆◇▶►‣•·◈❍⦁∘√✓※*\-–{_MARK}]+|\s*\d{{1,2}}[.)]\s")
_TIME = re.compile(
    r"\s*(?:\d{1,2}:\d\d|\d{1,2}시\s?(?:\d{1,2}분)?)\s*(?:[~∼\-–]\s*(?:\d{1,2}:\d\d|\d{1,2}시\s?(?:\d{1,2}분)?))?\s*[|:)\]]?\s*"
)
_LABEL = re.compile(
    r"\s*[(\[<【]?(?:주제\s?|기조\s?|사례\s?|초청\s?|특별\s?)?(?:발표|발제|강연|연설|특강|세션)\s?[\d①-⑳➀-➉]{0,2}\s?[)\]>】]?\s*[:：.|]?\s+"
)
_BREAK = re.compile(r"등록|휴식|개회|폐회|환영사|축사|인사말|개회사|토론|오찬|만찬|질의|사진\s?촬영|접수|시상|점심|정리")
_DEBATE = re.compile(r"(?:토론|좌담|대담|패널|좌장)$")
_PART = re.compile(r"\d\s?부(?:인|는|의)?,?\s?[‘“「『'\"]?$")  # 1부 ‘○○ 세미나’에서는: a part of the whole
_SECTION = re.compile(r"\d\s?부(?:인|는|의|에서는)?,?\s")
_JOINT = re.compile(r"\s*[,、]\s*")


def extract_agendas(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of presented and presentedAt from programmes."""
    names = Names(reading, knowledge)
    for sentence in reading.sentences:
        items = _listed(reading, sentence, names)
        for item in items:
            yield from _claims(item, (sentence.start, sentence.end), _stage(reading, sentence, items[0].start, knowledge))
    for item, line in _blocks(reading, knowledge, names):
        yield from _claims(item, line, here(item.start))


def is_programme(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> bool:
    """Whether a sentence lists talks with those who give them."""
    return bool(_listed(reading, sentence, Names(reading, knowledge)))


def _stage(reading: Reading, sentence: SentenceReading, first: int, knowledge: Knowledge) -> Mention:
    """The event whose programme a list is: one named in its sentence before it (no opening lecture), else the one spoken of before."""
    named = [
        m
        for m in reading.within(sentence.start, first)
        if schema().is_a(m.kind, "Event")
        and m.name.split()[-1] not in knowledge.talks.nouns
        and not _PART.search(reading.tokens.text, sentence.start, m.start)
    ]
    if not named and _SECTION.search(reading.tokens.text, sentence.start, first):
        before = reading.before(sentence.start, "Event")
        named = [m for m in before if not _PART.search(reading.tokens.text, max(0, m.start - 12), m.start)][:1]
    return named[-1] if named else here(sentence.start - 1 if sentence.start else first)


def _claims(item: Item, sentence: tuple[int, int], stage: Mention) -> Iterator[Candidate]:
    end = item.start + len(item.name)
    talk = Mention(start=item.start, end=end, kind="Presentation", name=item.name, rule="agenda")
    where: dict[str, Any] = {
        "start": item.start,
        "end": max(end, *(s.end for s in item.speakers)) if item.speakers else end,
        "sentence": sentence,
    }
    for speaker in item.speakers:
        yield Candidate(relation="presented", subject=speaker, object=talk, rule="agenda.speaker", **where)
    yield Candidate(relation="presentedAt", subject=talk, object=stage, rule="agenda.here", **where)


def _listed(reading: Reading, sentence: SentenceReading, names: Names) -> list[Item]:
    """▲ title (speaker) … in a sentence about talks; ‘이상 ○○’ speaks for those before it too."""
    text = reading.tokens.text[sentence.start : sentence.end]
    marks = list(_ITEM.finditer(text))
    if (
        not marks
        or not (_TALKING.search(text) or _TELLING.search(text) and _manned(reading, sentence, text, names))
        or speaks_itself(reading, sentence, [sentence.start + m.end() for m in marks])
    ):
        return []
    if any(m.kind == "Person" for mark in marks for m in reading.at(sentence.start + mark.end())):
        return []  # ▲○○○ 교수가 ‘…’를 주제로 발표하고: sentences, no titles
    counted = bool(_COUNTED.search(text))
    known = sum(
        bool(speakers_noted(reading, sentence.start + n.start(1), sentence.start + n.end(1), names))
        for n in _NOTE.finditer(text, marks[0].end())
    )
    found: list[tuple[int, str, tuple[Mention, ...], bool]] = []
    for mark, following in zip(marks, [*marks[1:], None]):
        low, high = mark.end(), following.start() if following else len(text)
        notes = list(_NOTE.finditer(text, low, high))
        if following is not None:
            notes = [n for n in notes if n.end() > high - 25 and not re.search(r"[.,]", text[n.end() : high].strip(" ,;/"))]
        spoken = [
            (n, who)
            for n in notes
            if not n[1].startswith("이하")
            and not _DEBATE.search(text, 0, n.start())
            and (who := speakers_noted(reading, sentence.start + n.start(1), sentence.start + n.end(1), names, known > 1))
        ]
        if not spoken and known > 0:
            spoken = [(n, ()) for n in notes if _is_role(n[1], names) and not _DEBATE.search(text, 0, n.start())]
        note, speakers = (spoken[0] if following is None else spoken[-1]) if spoken else (None, ())
        title = text[low : note.start() if note else high]
        if note is None and following is None:
            title = re.sub(r"(?:을|를|이라는|라는)$", "", re.split(r"\s(?:등|주제)", title)[0])
        found.append((sentence.start + low, title, speakers, note is not None))
        if note is not None and note[1].startswith("이상"):
            for back in range(len(found) - 2, -1, -1):
                if found[back][3]:
                    break
                found[back] = (*found[back][:2], speakers, False)
    if (
        not counted
        and not any(speakers for _, _, speakers, _ in found)
        or len(marks) == 1
        and not any(s.kind == "Person" for s in found[0][2])
    ):
        return []
    items = (item_of(reading, low, title, speakers) for low, title, speakers, noted in found if counted or speakers or noted)
    return [item for item in items if item is not None]


def _is_role(note: str, names: Names) -> bool:
    """Whether a parenthesis ends like a person with a role, though no name in it is known (○○컨설팅 이사)."""
    return any(len(words := part.split()) > 2 and title_in(words[-1], names.knowledge) is not None for part in _JOINT.split(note))


def _manned(reading: Reading, sentence: SentenceReading, text: str, names: Names) -> bool:
    """Whether points of a list have people in parentheses behind them (▲…(○○대 ○○○ 교수) ▲…), or each a body at an event."""
    notes = [(sentence.start + n.start(1), sentence.start + n.end(1)) for n in _NOTE.finditer(text)]
    people = [m for m in reading.mentions if m.kind == "Person" and m.title_span is not None and m.title_span[0] > m.start]
    if sum(any(low <= m.start and m.end <= high for m in people) for low, high in notes) > 1:
        return True
    marks = list(_ITEM.finditer(text))
    staged = any(
        schema().is_a(m.kind, "Event") and text.startswith("에서", m.end - sentence.start)
        for m in reading.within(sentence.start, sentence.start + marks[0].start())
    )
    return staged and len(marks) > 1 and sum(bool(names.between(low, high)) for low, high in notes) >= len(marks)


def _blocks(reading: Reading, knowledge: Knowledge, names: Names) -> Iterator[tuple[Item, tuple[int, int]]]:
    """Lines under a heading of talks (□ 발표, [발제]), and lines that begin with a time."""
    nouns = "|".join(sorted(map(re.escape, knowledge.talks.nouns), key=lambda n: (-len(n), n)))
    heading = re.compile(
        rf"^[\s□ㅇ○◦▪■▣◎●◆◇▶►‣•·\-–*]*[(\[【<]?\s*(?:주제\s|사례\s|기조\s)?(?:{nouns})(?:\s?(?:내용|주제|순서))?\s*[)\]】>]?\s*(?:[:：]\s*|$|(?<=[)\]】>])\s*)"
    )
    text, position, under, blank = reading.tokens.text, 0, "", 0
    for line in text.split("\n"):
        low, high = position, position + len(line)
        position = high + 1
        if not line.strip():
            blank += 1
            under = under if blank < 3 else ""
            continue
        blank = 0
        match = heading.match(line)
        if match:
            under = line.strip()[0]
            if match.end() == len(line):
                continue
            start = low + match.end()
        else:
            lead = _LEAD.match(line)
            timed = _TIME.match(line, lead.end() if lead else 0)
            if timed and timed.end() > (lead.end() if lead else 0):
                start = low + timed.end()
            elif under and lead and line.strip()[0] != under:
                start = low + lead.end()
            else:
                under = ""
                continue
        if (item := _row(reading, start, high, names, bool(under))) is not None:
            yield item, (low, high)


def _row(reading: Reading, start: int, end: int, names: Names, headed: bool) -> Item | None:
    """A line of a programme: title (speaker), title - speaker, speaker: title."""
    text = reading.tokens.text
    while (lead := _LEAD.match(text, start, end) or _LABEL.match(text, start, end)) and lead.end() > start:
        start = lead.end()
    line = text[start:end].rstrip()
    if _BREAK.match(line) or len(line) < 6 or _ITEM.search(line):
        return None
    note = re.search(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)$", line)
    if note:
        speakers = speakers_noted(reading, start + note.start(1), start + note.end(1), names)
        listed = any(m.kind == "Person" for m in reading.at(start))  # ○○○ 교수(한빛대), ○○○ 박사(두메대): people, no title
        if speakers and not listed and (headed or all(s.kind == "Person" for s in speakers)):
            return item_of(reading, start, line[: note.start()], speakers)
    people = [m for m in reading.within(start, end) if m.kind == "Person"]
    if not people:
        return None
    split = re.search(r"\s*[:：|/]\s*|\s[-–—]\s|\s?_\s?|,\s(?=[‘“「])", line)
    if split is None:
        return None
    left = any(m.end <= start + split.start() for m in people)
    right = any(m.start >= start + split.end() for m in people)
    if left == right:
        return None
    low, high = (start + split.end(), end) if left else (start, start + split.start())
    title = title_of(reading, low, high)
    return item_of(reading, low, text[title.start : title.end], tuple(people)) if title else None
