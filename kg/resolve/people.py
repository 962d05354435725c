"""People of one article: by full name; a family name with a title, or the last part of a foreign name, is the person named so before."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Claim, Mention, Thing
from kg.resolve.bodies import BySpan

_LAST = 2  # letters of a word that is part of a foreign name


def resolve_people(mentions: Sequence[Mention], claims: Sequence[Claim], by_span: BySpan, article: str) -> None:
    """People by full name; a family name with a title, or the last part of a foreign name, is the person named so before."""
    people = sorted((m for m in mentions if m.kind == "Person"), key=lambda m: m.start)
    before = _FullNames()
    body: dict[str, str] = {}
    for relation in ("heads", "affiliatedWith"):
        for claim in claims:
            if claim.relation == relation and isinstance(claim.object, Mention):
                thing = by_span.get((claim.object.start, claim.object.end, "Organization"))
                if thing is not None:
                    body.setdefault(claim.subject.name, thing.name)
    for mention in people:
        name = mention.name
        if (whole := before.part_of(mention)) is not None:
            name = whole.name  # 고든스 준장, named 지미 고든스 before
        elif mention.rule != "surname" and (len(name) >= 3 or " " in name or mention.rule in ("title-anchor", "note-head")):
            before.add(mention)
        elif (meant := before.meant(mention)) is not None:
            name = meant.name
        else:
            continue  # nobody who could be meant
        by_span[mention.start, mention.end, "Person"] = Thing(kind="Person", name=name, scope=body.get(name, article))


class _FullNames:
    """The people that a text has named so far, by what they may be called again: their first letters, or the last parts of a foreign name."""

    def __init__(self) -> None:
        self.by_call: dict[str, list[Mention]] = {}

    def add(self, person: Mention) -> None:
        name = person.name
        parts = {name[at + 1 :] for at, letter in enumerate(name) if letter == " "}
        for call in {name[:1], name[:2], *parts}:
            self.by_call.setdefault(call, []).append(person)

    def part_of(self, mention: Mention) -> Mention | None:
        """The one named before, in several words, of which a mention is the last."""
        if len(mention.name) < _LAST or " " in mention.name:
            return None
        called = self.by_call.get(mention.name, ())
        return next((m for m in reversed(called) if m.start < mention.start and m.name.endswith(f" {mention.name}")), None)

    def meant(self, mention: Mention) -> Mention | None:
        """The one named last before a mention whose title does not speak against it."""
        title = mention.title
        return next(
            (
                m
                for m in reversed(self.by_call.get(mention.name, ()))
                if m.start < mention.start
                and (not title or not m.title or m.title.endswith(title[-2:]) or title.endswith(m.title[-2:]))
            ),
            None,
        )
