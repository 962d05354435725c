"""Those whom a sentence itself calls speakers: 첫 발표자인 ○○○ 교수는 ‘X’를 주제로 … 비교했다."""

from __future__ import annotations

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.themes import Theme
from kg.knowledge.load import Knowledge
from kg.model import Mention
from kg.syntax.arguments import SUBJECT, TOPIC


def called_speakers(reading: Reading, sentence: SentenceReading, theme: Theme, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The people right before a theme that are called its speakers (발표자인, 연사로 나선)."""
    before, phrases = theme.first - 1, sentence.phrases
    people = tuple(m for m in sentence.heads[before] if m.kind == "Person") if before > 1 else ()
    if not people or phrases[before].particle not in SUBJECT | TOPIC or phrases[before - 1].ending != "adnominal":
        return ()
    name = phrases[before - 2]
    called = name.kind == "NP" and bool(name.tokens) and reading.tokens.words[name.tokens[-1]] in knowledge.talks.callings
    return people if called and phrases[before - 1].lemma in ("이다", "나서다", "서다", "맡다") else ()
