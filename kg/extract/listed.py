"""Lists as a text writes them: ``A와 B가 적용된 C, D와 E의 F`` are three things, parted where each has words of its own."""

from __future__ import annotations

import re

from kg.analyze.reading import Reading, SentenceReading
from kg.knowledge.signs import endings

_MARKS = re.compile(r"\s*[▲△▴▷◆◇■●➊-➓①-⑳]\s*")


def list_start(sentence: SentenceReading, last: int, stop: int = 0) -> int:
    """The phrase at which the list that ends with phrase ``last`` begins."""
    k = last
    phrases = sentence.phrases
    while k > stop:
        before = phrases[k - 1]
        if before.kind == "NP":
            if (
                before.particle not in endings().inside_lists
                or before.particle in ("을", "를")
                and not (phrases[k].kind == "PRED" and phrases[k].ending == "adnominal")
            ):
                break
            if not before.particle and not before.comma and k < last and phrases[k].kind == "NP" and not before.notes:
                break
        elif before.kind == "PRED":
            if before.ending != "adnominal":
                break
        elif before.kind == "ADV":
            if before.particle not in ("및", "또는"):
                break
        else:
            break
        k -= 1
    while (
        k < last
        and phrases[k].kind == "PRED"
        and k > stop
        and phrases[k - 1].kind in ("NP", "PRED")
        and phrases[k - 1].particle not in endings().heading_lists
    ):
        k += 1  # a verb whose own words stay behind (시대에 나타나는 갈등)
    return k


def parts(reading: Reading, sentence: SentenceReading, first: int, last: int) -> list[tuple[int, int]]:
    """(start, end) of each thing of a list of phrases.

    A comma parts two things, and so does 과/와 before words that have a modifier of their own (화상 교육과 개인 맞춤 학습) and do not go on
    with 의 (기업과 개인의 제작) or stand alone (경험과 교훈).
    """
    tokens, phrases = reading.tokens, sentence.phrases
    cuts: list[tuple[int, int]] = []
    start = tokens.starts[phrases[first].first]
    for i in range(first, last):
        phrase = phrases[i]
        if phrase.kind != "NP" or not phrase.tokens:
            continue
        if (
            phrase.particle in (",", ";")
            or phrase.comma
            and phrase.particle in ("", "과", "와")
            or phrase.particle in ("과", "와")
            and _own(reading, sentence, i + 1, last)
        ):
            pass
        else:
            continue
        end = max(tokens.ends[phrase.tokens[-1]], *(tokens.ends[c] for _, c in phrase.notes), 0)
        cuts.append((start, end))
        start = tokens.starts[next(p for p in phrases[i + 1 :] if p.kind != "COMMA").first]
    tail = phrases[last]
    end = tokens.ends[tail.tokens[-1]]
    cuts.append((start, max(end, *(tokens.ends[c] for o, c in tail.notes if o == tail.tokens[-1] + 1), 0)))
    out = []
    for low, high in cuts:
        out.extend(_marked(tokens.text, low, high))
    return [(low, high) for low, high in out if high - low >= 2]


def _own(reading: Reading, sentence: SentenceReading, i: int, last: int) -> bool:
    """Whether the words after 과/와 are a thing with words of its own."""
    phrases = sentence.phrases
    if i > last or phrases[i].kind != "NP" or phrases[i].particle == "의":
        return False
    end = i
    while end < last and not (phrases[end].kind == "NP" and phrases[end].particle in (",", "과", "와")):
        end += 1
    low, high = reading.tokens.starts[phrases[i].first], reading.tokens.ends[phrases[end].last]
    return " " in reading.tokens.text[low:high].strip()


def _marked(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Parts of a stretch at ▲ and other marks; 등 at the end is no part of the last."""
    out, start = [], low
    for match in _MARKS.finditer(text, low, high):
        out.append((start, match.start()))
        start = match.end()
    out.append((start, high))
    trimmed = []
    for a, b in out:
        words = text[a:b]
        words = re.sub(r"\s+등(?:\s?\d*[가-힣]*)?$", "", words).rstrip(" ,")
        lead = len(words) - len(words.lstrip(" ,·‘“「"))
        words = words.strip(" ,·‘’“”「」")
        if words:
            trimmed.append((a + lead, a + lead + len(words)))
    return trimmed
