"""What a match over a row says: what fills its roles, its status, its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kg.analyze.names.words import title_in, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.whereabouts import event_before
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns import Pattern
from kg.knowledge.patterns.row import Match, Step
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, Origin
from kg.patterns.fillers import plain
from kg.patterns.guards import refused
from kg.patterns.matches import Row, Thing
from kg.syntax.aims import aim_words
from kg.syntax.arguments import SUBJECT, TOPIC


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that matched a sentence from phrase ``start`` on; ``steps[i]`` is the step that phrase ``start + i`` was."""

    pattern: Pattern
    reading: Reading
    sentence: SentenceReading
    knowledge: Knowledge
    start: int
    steps: tuple[int, ...]

    @property
    def _named(self) -> tuple[Step, ...]:
        """The steps of the pattern, which is one over rows."""
        assert isinstance(self.pattern.match, Match)
        return self.pattern.match.steps

    def candidates(self) -> Iterator[Candidate]:
        """Everything that the match says, for every way to fill its roles."""
        named, reading = self._named, self.reading
        places = {role: self.start + i for i, step in enumerate(self.steps) if (role := named[step].role)}
        filled = {step.role: self._things(step, places[step.role]) for step in named if step.role and step.role in places}
        spoken = [p for p, step in self._phrases() if p.kind == "PRED" and not step.op]
        spans = [self._span(p) for p in (*spoken, *(p for p, step in self._phrases() if step.role and not step.classes))]
        status, built_in = self._status(spoken), self._built_in()
        leads = self.pattern.lead is not None and any(step.role and self._leads(p) for p, step in self._phrases())
        for things in product(*filled.values()):
            roles = {**built_in, **dict(zip(filled, things))}
            if self.pattern.unless and refused(self.pattern, Row(reading, self.sentence, places, roles, self.knowledge)):
                continue
            own = [*spans, *((t.start, t.end) for t in things if not isinstance(t, str))]
            for emission in self.pattern.emit:
                if {emission.subject, emission.object} - {None} <= roles.keys():
                    subject = roles[emission.subject]
                    assert isinstance(subject, Mention)
                    yield Candidate(
                        relation=self.pattern.lead if leads and self.pattern.lead else emission.relation,
                        subject=subject,
                        object=plain(roles[emission.object]) if emission.object else emission.words or "",
                        rule=self.pattern.id,
                        origin=Origin.TEXT,
                        flags=self.pattern.flags,
                        start=min(low for low, _ in own),
                        end=max(high for _, high in own),
                        sentence=(self.sentence.start, self.sentence.end),
                        status=status,
                    )

    def _phrases(self) -> Iterator[tuple[Phrase, Step]]:
        """The phrases of the match with the step that each was."""
        named = self._named
        return ((self.sentence.phrases[self.start + i], named[step]) for i, step in enumerate(self.steps))

    def _first(self, step: Step) -> int:
        """The first phrase that a role's words have; several steps may share one."""
        named = self._named
        return self.start + next(i for i, taken in enumerate(self.steps) if named[taken].role == step.role)

    def _span(self, phrase: Phrase) -> tuple[int, int]:
        return self.reading.tokens.starts[phrase.first], self.reading.tokens.ends[phrase.last]

    def _things(self, step: Step, place: int) -> Sequence[Thing]:
        """What fills a role: the day of a phrase, the names of a class among its heads or inside it, or its words."""
        phrase, is_a = self.sentence.phrases[place], schema().is_a
        if phrase.kind == "TIME":
            return (phrase.value,) if phrase.value is not None else ()
        if step.pick == "back":
            return tuple(v for v in (aim_words(self.sentence, place, self.reading.tokens),) if v is not None)
        if not step.classes:
            words = self.reading.tokens.surface(self.sentence.phrases[self._first(step)].first, phrase.last)
            kept = next((words.removesuffix(end) for end in step.cut if words.endswith(end)), words).strip()
            return (kept,) if kept else ()
        among: Iterable[Mention] = self.sentence.heads[place]
        if step.pick == "before":
            event = event_before(phrase, self.reading, self.knowledge)
            return (event,) if event is not None else ()
        if step.pick == "inside":
            low, high = self._span(phrase)
            if "noted" in step.flags:
                high = max(high, *(self.reading.tokens.ends[closing] for _, closing in phrase.notes))
            among = [m for m in self.reading.mentions if low <= m.start and m.end <= high]
        fitting = [m for m in among if any(is_a(m.kind, name) for name in step.classes)]
        return fitting if step.pick == "all" else fitting[:1] if step.pick == "first" else fitting[-1:]

    def _built_in(self) -> dict[str, Thing]:
        """The event that the text is about here, and the one that the sentence is about, its topic or subject first."""
        at = self.reading.tokens.starts[self.sentence.phrases[self.start].first]
        here = Mention(start=at, end=at, kind="Event", name="", rule="context")
        events = [
            (phrase.particle not in TOPIC | SUBJECT, m.start, m)
            for phrase, heads in zip(self.sentence.phrases, self.sentence.heads)
            for m in heads
            if schema().is_a(m.kind, "Event")
        ]
        found: dict[str, Thing] = {"here": here, "stage": min(events, key=lambda event: event[:2])[2] if events else here}
        asked = any("goal" in (emission.subject, emission.object) for emission in self.pattern.emit)
        if asked and (goal := self._goal()) is not None:
            found["goal"] = goal
        return found

    def _goal(self) -> Mention | None:
        """The event with 에 that stands nearest: in the match, or before it in the same clause (포럼에는 ○○부, ○○청이 참석했다)."""
        rows = list(zip(self.sentence.phrases, self.sentence.heads))
        for place in range(self.start + len(self.steps) - 1, -1, -1):
            phrase, heads = rows[place]
            if phrase.kind == "PRED" and place < self.start:
                return None
            event = next((m for m in reversed(heads) if schema().is_a(m.kind, "Event")), None)
            if event is not None and phrase.particle in self.knowledge.endings.goals:
                return event
        return None

    def _status(self, spoken: Sequence[Phrase]) -> str:
        """The pattern's own; ``governing``: planned where the next verb behind is, ``matched``: where one of the match is."""
        if self.pattern.status == "governing":
            spoken = [p for p in self.sentence.phrases[self.start + len(self.steps) :] if p.kind == "PRED"][:1]
        elif self.pattern.status != "matched":
            return self.pattern.status
        return "planned" if any(p.planned for p in spoken) else "asserted"

    def _leads(self, phrase: Phrase) -> bool:
        """Whether a phrase ends with a title that leads a body."""
        words = words_of(self.reading.tokens, phrase.tokens) if phrase.kind == "NP" else ()
        title = title_in(words[-1].text, self.knowledge) if words else None
        return title is not None and title[1] in self.knowledge.titles.heads - self.knowledge.titles.unit_heads
