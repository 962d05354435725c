"""Sections of a text that are others' words: under a heading that says so, in a paper's part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.reading import Reading
from kg.decide.scope import Scope
from kg.knowledge.factuality import Factuality

_ANSWER = re.compile(r"\s*[⇒➡→☞➔]")  # an arrow behind others' words leads to the answer
_BULLET = re.compile(r"[□■◇◆○●ㅇ◦▪▫▶▷►◈※☞*\-–·①-⑳]")
_POLITE = re.compile(r"니다[.\s]*$")
_MARKS = re.compile(r"^[\s□■◇◆○●ㅇ◦▪▫▶▷►◈※☞*\-–·<\[(【〈《≪「]+|^(?:\d{1,2}|[ⅠⅡⅢⅣⅤ]|[가-하])[.)]\s?|^[①-⑳]\s?")
_AFTER_LABEL = re.compile(r"[)\]】>〉》≫」]\s*\S|\s?:\s*\S")
_CLOSING = re.compile(r"[\s>\])】〉》≫」:]+$")


def sections(reading: Reading, cues: Factuality) -> Iterator[Scope]:
    """The lines under a heading of others' words, up to the answer, the next heading of its kind, or polite prose behind terse lines."""
    text, at, kind, shape, bulleted, terse, source = reading.tokens.text, 0, "", "", False, False, ""
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        heading, label_end = _heading(line, cues)
        if heading == "theirs":
            kind, shape, bulleted, terse = heading, _shape(line), False, False
            source = _paper(reading, start, start + len(line))
            if label_end < len(line.rstrip()):
                yield Scope(start + label_end, start + len(line), "reported", "section", start + label_end, source, all=True)
            continue
        if (
            heading == "own"
            or _ANSWER.match(line)
            or kind
            and label_end < 0
            and _shape(line) == shape
            and shape in ("number", "bracket")
        ):
            kind = ""
            continue
        if not kind or not line.strip():
            continue
        marked, polite = bool(_BULLET.match(line.strip())), bool(_POLITE.search(line)) and not cues.reports.search(line[-24:])
        if polite and (terse or bulleted and not marked):
            kind = ""
            continue
        bulleted, terse = bulleted or marked, not polite
        source = source or _paper(reading, start, start + len(line))
        yield Scope(start, start + len(line), "reported", "section", start, source, all=True)


def _heading(line: str, cues: Factuality) -> tuple[str, int]:
    """``theirs`` or ``own`` for a heading, with where its label ends; empty (0) for prose, (-1) for another short heading."""
    words, cut = line.strip(), 0
    while (mark := _MARKS.match(words)) and mark.end():
        words, cut = words[mark.end() :], cut + mark.end()
    shift = len(line) - len(line.lstrip()) + cut
    label = _AFTER_LABEL.search(words) if cut or ":" in words[:20] else None
    head = words[: label.start()] if label and label.start() <= 16 else _CLOSING.sub("", words)
    if len(head) > cues.sections.long or not cut and head is not words and not label and len(words) > 24:
        return "", 0
    bare = re.sub(r"\([^()]*\)?|[「『<“‘][^」』>”’]*[」』>”’]", "", head).strip()
    if (
        not bare
        or bare.endswith(("관련", "대하여", "대해", "따라"))
        or _POLITE.search(bare)
        or bare.endswith(("다", "다.", "음", "함", "임"))
        and "알려" not in bare
    ):
        return "", 0
    if any(word in bare for word in cues.sections.own):
        return "own", 0
    if (
        any(
            bare.replace(" ", "").endswith(word.replace(" ", "")) or word in bare and len(word) > 3
            for word in cues.sections.theirs
        )
        and len(bare) <= 30
    ):
        return "theirs", shift + (label.end() - 1 if label and label.start() <= 16 else len(words))
    return "", -1 if len(bare) <= 30 and cut else 0


def _shape(line: str) -> str:
    line = line.strip()
    return (
        "number"
        if re.match(r"(?:\d{1,2}|[ⅠⅡⅢⅣⅤ])[.)]", line)
        else "bracket"
        if line[:1] in "<[【〈《≪"
        else "square"
        if line[:1] in "□■◇◆"
        else ""
    )


def _paper(reading: Reading, start: int, end: int) -> str:
    return next((m.name for m in reading.mentions_in(start, end) if m.kind == "Media"), "")
