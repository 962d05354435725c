"""Who chairs, where no verb of chairing says so: ○○○ 교수를 좌장으로, ○○○의 사회로, ○○○의 진행으로, 좌장은 ○○○ 교수가 맡았다."""
from __future__ import annotations

from collections.abc import Iterator

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import SUBJECT, TOPIC
from kg.extract.called import last_word
from kg.model import Candidate, Mention
from kg.knowledge.schema import schema

_CHAIR = frozenset({"좌장", "사회자", "사회", "의장", "진행자"})


def extract_chairs(reading: Reading) -> Iterator[Candidate]:
    """Claims of chaired from a person's phrase beside the word for the chair."""
    for sentence in reading.sentences:
        phrases = sentence.phrases
        for i, phrase in enumerate(phrases):
            if _led(phrase) and i and phrases[i - 1].particle == "의" and (leader := _person(sentence, i - 1)) is not None:
                yield _claim(reading, sentence, leader, phrase, i - 1)
            if phrase.kind != "NP" or last_word(reading, phrase) not in _CHAIR:
                continue
            before = i - 1 if i and phrases[i - 1].kind == "NP" else None
            word = last_word(reading, phrase)
            person = None
            if before is not None and (phrase.particle in ("으로", "로") and phrases[before].particle in ("을", "를", "이", "가", "의")) and not (word == "의장" and phrases[before].particle == "의"):
                person = _person(sentence, before)
            elif phrase.particle in TOPIC | {"으로는", "로는"} and word != "의장":
                after = next((j for j in range(i + 1, min(i + 4, len(phrases))) if _person(sentence, j) is not None), None)
                person = _person(sentence, after) if after is not None and phrases[after].particle in SUBJECT | {""} else None
            elif i + 2 < len(phrases) and phrases[i + 1].lemma == "이다" and phrases[i + 1].ending == "adnominal" and word != "의장":
                person = _person(sentence, i + 2)  # 좌장인 ○○○ 교수는
            if person is None:
                continue
            yield _claim(reading, sentence, person, phrase)


def _claim(reading: Reading, sentence: SentenceReading, person: Mention, phrase: Phrase, before: int | None = None) -> Candidate:
    return Candidate(relation="chaired", subject=person, object=_event(sentence, person, before), rule="chair.beside", start=min(person.start, reading.tokens.starts[phrase.first]),
                 end=max(person.end, reading.tokens.ends[phrase.last]), sentence=(sentence.start, sentence.end))


def _led(phrase: Phrase) -> bool:
    """Whether a phrase is 진행으로 of ○○○ 교수의 진행으로."""
    return phrase.kind == "PRED" and phrase.lemma == "진행하다" and phrase.ending == "nominal" and phrase.particle in ("으로", "로")


def _person(sentence: SentenceReading, i: int) -> Mention | None:
    return next((m for m in reversed(sentence.heads[i]) if m.kind == "Person"), None)


def _event(sentence: SentenceReading, person: Mention, before: int | None = None) -> Mention:
    """The event of the sentence (its topic or subject first; with ``before``, only such a one that stands there), else the one that the text is about."""
    events = [(phrase.particle not in TOPIC | SUBJECT, m.start, m) for phrase, heads in zip(sentence.phrases[:before], sentence.heads)
              for m in heads if schema().is_a(m.kind, "Event") and (before is None or phrase.particle in TOPIC | SUBJECT)]
    return min(events)[2] if events else Mention(start=person.start, end=person.start, kind="Event", name="", rule="context")
