"""Themes that stand as what is said of 주제: 박람회의 주제는 ‘…’이다; (제2차 포럼주제) ①… ②…"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.names.words import event_noun
from kg.analyze.numbers import edition_in
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.themes import is_vague, theme_word, word_at
from kg.extract.titles import here, quoted_titles, title_of, titles_ending_at
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention

_OTHER = re.compile(
    r"\((?P<event>제?\s?\d+(?:차|회)\s[가-힣]{2,8}?)\s?(?:의\s)?주제\)\s*[:：]?\s*(?P<themes>[^/()]*(?:\([^()]{1,12}\)[^/()]*)*)"
)
_POINT = re.compile(r"\s*,?\s*[①-⑳➀-➉]\s*")


def extract_stated_themes(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of topic from sentences and lines about a theme."""
    for sentence in reading.sentences:
        yield from _said(reading, sentence, knowledge)
    yield from _others(reading, knowledge)


def _others(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """(제1차 포럼주제) ①… ②… / (제2차 포럼주제) …: the themes of other editions."""
    text = reading.tokens.text
    for match in _OTHER.finditer(text):
        noun = event_noun(match["event"].split()[-1], knowledge)
        edition = edition_in(match["event"])
        if noun is None or edition is None:
            continue
        event = Mention(
            start=match.start("event"),
            end=match.end("event"),
            kind=knowledge.events.classes[noun],
            name=match["event"],
            rule="theme-line",
            edition=edition,
        )
        stop = match.end("themes")
        points = [
            (m.end(), n.start() if n else stop) for m, n in _pairs(list(_POINT.finditer(text, match.start("themes"), stop)))
        ] or [(match.start("themes"), stop)]
        for low, high in points:
            if high - low > 80:
                cut = re.search(r"(?:으로|로|는|은|을|를)\s", text[low:high])
                high = low + cut.start() if cut and len(points) == 1 else high
            title = title_of(reading, low, high)
            if title is not None and len(title.name) <= 60:
                yield Candidate(
                    relation="topic",
                    subject=event,
                    object=title.theme(),
                    rule="theme.line",
                    start=event.start,
                    end=title.end,
                    sentence=(match.start(), stop),
                )


def _pairs(matches):
    return zip(matches, [*matches[1:], None])


def _said(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Iterator[Candidate]:
    """이번 박람회의 주제는 ‘…’이다: a quoted theme as what is said of 주제."""
    phrases = sentence.phrases
    for i, phrase in enumerate(phrases[:-1]):
        if phrase.kind != "NP" or phrase.particle not in ("는", "은") or not phrase.tokens:
            continue
        position = theme_word(reading, phrase, knowledge)
        if position is None or word_at(reading, phrase, position) in knowledge.talks.names:
            continue
        value = phrases[i + 1]
        following = phrases[i + 2] if i + 2 < len(phrases) else None
        if value.kind == "QUOTE":
            titles = titles_ending_at(reading, sentence, i + 1)
        elif value.kind == "NP" and value.quoted and value.quoted[-1][1] == value.tokens[-1]:
            titles = quoted_titles(reading, value)
        else:
            continue
        if not (
            value.particle in ("으로", "로") or following is not None and following.kind == "PRED" and following.lemma == "이다"
        ):
            continue
        owner = phrases[i - 1] if i and phrases[i - 1].kind == "NP" and phrases[i - 1].particle == "의" else None
        heads = sentence.heads[i - 1] if owner is not None else sentence.heads[i]
        event = next((m for m in heads if schema().is_a(m.kind, "Event")), None)
        if (
            owner is not None
            and event is None
            or event is None
            and any(not is_vague(reading, phrase, t, knowledge) for t in phrase.tokens[:position])
            or titles == []
        ):
            continue
        if any(word in knowledge.talks.nouns for word in (reading.tokens.words[t] for t in phrase.tokens[:position])):
            continue  # 발표 주제는
        for title in titles:
            yield Candidate(
                relation="topic",
                subject=event or here(title.start - 1),
                object=title.theme(),
                rule="theme.stated",
                start=event.start if event else reading.tokens.starts[phrase.first],
                end=title.end,
                sentence=(sentence.start, sentence.end),
            )
