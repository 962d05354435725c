"""Taking part that is belonging: 12개국이 참여하는 협의체, 400여 개 기업이 회원사로 참여하고 있다 tell of a body and of no event."""

from __future__ import annotations

from kg.analyze.names.words import words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import SentenceReading
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.syntax.arguments import Clause


def of_members(sentence: SentenceReading, clause: Clause, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Whether a clause tells of a body's members, by 회원사로 in it or by the noun that it modifies."""
    bodies = knowledge.bodies
    if any(a.particle in ("으로", "로") and _last(a.phrase, tokens) in bodies.members for a in clause.args):
        return True
    if clause.predicate.ending != "adnominal" or clause.head is None:
        return False
    i = clause.head.index
    while i + 1 < len(sentence.phrases) and sentence.phrases[i].particle == "의" and sentence.phrases[i + 1].kind == "NP":
        i += 1  # 최대 규모의 협의체
    last = _last(sentence.phrases[i], tokens)
    if last and not clause.head.mentions and last.endswith(tuple(bodies.things)):
        return True  # 중대본이 참여하는 특별상황실
    return last in bodies.kinds or last.endswith((*bodies.strong, *(kind for kind in bodies.kinds if len(kind) > 2)))


def _last(phrase: Phrase, tokens: Tokens) -> str:
    """The last word of a noun phrase."""
    words = words_of(tokens, phrase.tokens) if phrase.kind == "NP" else []
    return words[-1].text if words else ""
