"""Cases and results that are presented without a title of their own: … 우수사례, … 성과."""

from __future__ import annotations

from collections.abc import Sequence

from kg.analyze.names.words import Word
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention


def case_in(words: Sequence[Word], tokens: Tokens, knowledge: Knowledge) -> Mention | None:
    """The case that a noun phrase names with its last word."""
    if not words:
        return None
    last = words[-1]
    noun = last.text.strip("’”」』*")
    if noun not in knowledge.cases.nouns and not any(noun.endswith(s) for s in knowledge.cases.strong):
        return None
    quoted = next((w for w in reversed(words[:-1]) if w.text[-1] in "’”」』"), None)
    if quoted is not None and quoted is words[-2]:  # ‘○○’ 사례: named by its title
        opening = max(tokens.text.rfind(mark, words[0].start, quoted.end) for mark in "‘“「『")
        if opening >= words[0].start and quoted.end - opening > 4:
            return Mention(
                start=opening + 1,
                end=last.end,
                kind="Case",
                name=tokens.text[opening + 1 : quoted.end - 1].strip(),
                rule="case-title",
                certain=any(noun.endswith(s) for s in knowledge.cases.strong),
            )
    first = next(
        (i for i, w in enumerate(words) if w.text not in ("각", "주요", "관련", "등", "다양한", "각각", "자사", "자국", "이번")),
        len(words) - 1,
    )
    start = words[first].start
    return Mention(
        start=start,
        end=last.end,
        kind="Case",
        name=tokens.text[start : last.end].strip("‘’“”「」"),
        rule="case-noun",
        certain=any(noun.endswith(s) for s in knowledge.cases.strong),
    )
