"""Patterns over rows: a sentence as its phrases in order, and what each of some that follow one another must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.patterns.check import VALUE_KINDS, class_of, only, strings
from kg.knowledge.patterns.lexicon import Lexicon

PHRASES = ("NP", "PRED", "ADV", "TIME", "QUOTE", "NOTE", "COMMA")
ENDINGS = ("final", "connective", "adnominal", "nominal", "reported")
# What else is known of a phrase: it has a comma behind it, a quotation in it, a parenthesis behind it, one word only; it is a
# whole day; its last word is an act or state that one wants; its last word is a title, and one that leads a body; its verb is denied, planned or told as past; names stand in it;
# it begins or ends the sentence.
FLAGS = (
    "comma",
    "quoted",
    "noted",
    "single",
    "day",
    "title",
    "leading",
    "negated",
    "planned",
    "past",
    "named",
    "act",
    "first",
    "last",
)
OPS = ("?", "*", "+", "!")
PICKS = ("first", "last", "all", "inside", "before", "back")
# Roles that no phrase of a match fills: the event that the text is about, the one that the sentence is about, if any, and the one that
# somebody comes to by 에 in the match or before it.
BUILT_IN = {"here": "Event", "stage": "Event", "goal": "Event"}
KEYS = ("phrase", "word", "lemma", "particle", "ending", "form", "class", "flags", "no", "op", "role", "pick", "cut")


@dataclass(frozen=True, slots=True)
class Step:
    """What one phrase must be. ``role`` names it for emissions; of its names of a ``class`` the ``first``, the ``last`` or
    ``all`` are meant, with ``inside`` the last that stands anywhere in its words, with ``before`` the event that its words name before the last; a role without a class holds the words, with ``back`` those
    before them too, back to a topic, a subject, a time or another clause, else
    without those at the end that ``cut`` names."""

    phrase: frozenset[str]
    word: frozenset[str]
    lemma: frozenset[str]
    particle: frozenset[str] | None
    ending: frozenset[str]
    form: frozenset[str]
    classes: tuple[str, ...]
    flags: frozenset[str]
    no: frozenset[str]
    op: str
    role: str | None
    pick: str
    cut: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What the step's role holds."""
        return "date" if self.phrase == {"TIME"} else self.classes[0] if self.classes else "text"


@dataclass(frozen=True, slots=True)
class Match:
    """Phrases that follow one another."""

    steps: tuple[Step, ...]

    @property
    def kinds(self) -> Mapping[str, str]:
        """What each role holds."""
        return {**BUILT_IN, **{step.role: step.kind for step in self.steps if step.role}}


def read(path: Path, where: str, table: object, lexicon: Lexicon) -> Match:
    """The match of a block; raises KnowledgeError for what cannot be meant."""
    if not isinstance(table, list) or not table:
        raise KnowledgeError(path, where, table, why="should be a list of phrases")
    return Match(tuple(_step(path, f"{where} {number}", step, lexicon) for number, step in enumerate(table, 1)))


def _step(path: Path, where: str, table: Mapping, lexicon: Lexicon) -> Step:
    only(path, where, table, KEYS)

    def listed(key: str, allowed: tuple[str, ...] | None = None) -> frozenset[str]:
        found = lexicon.words(path, f"{where}.{key}", strings(path, f"{where}.{key}", table.get(key, ())))
        if allowed is not None and found - set(allowed):
            raise KnowledgeError(path, f"{where}.{key}", sorted(found - set(allowed))[0], allowed=allowed)
        return found

    active, passive = lexicon.lemmas(path, f"{where}.lemma", strings(path, f"{where}.lemma", table.get("lemma", ())))
    classes = tuple(class_of(path, f"{where}.class", name) for name in strings(path, f"{where}.class", table.get("class", ())))
    if set(classes) & set(VALUE_KINDS):
        raise KnowledgeError(path, f"{where}.class", table["class"], why="should be classes of the ontology")
    op, pick = table.get("op", ""), table.get("pick", "last")
    if op and op not in OPS:
        raise KnowledgeError(path, f"{where}.op", op, allowed=OPS)
    if pick not in PICKS:
        raise KnowledgeError(path, f"{where}.pick", pick, allowed=PICKS)
    ending, form = listed("ending", ENDINGS), listed("form")
    if len(ending) > 1 and form or classes and (form or len(ending) > 1):
        raise KnowledgeError(
            path, where, sorted(table), why="asks for several endings beside forms or classes: one of them at a time"
        )
    return Step(
        phrase=listed("phrase", PHRASES),
        word=listed("word"),
        lemma=active | passive,
        particle=listed("particle") if "particle" in table else None,
        ending=ending,
        form=form,
        classes=classes,
        flags=listed("flags", FLAGS),
        no=listed("no", FLAGS),
        op=op,
        role=table.get("role"),
        pick=pick,
        cut=tuple(sorted(listed("cut"), key=len, reverse=True)),
    )
