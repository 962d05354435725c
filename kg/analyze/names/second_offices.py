"""Two offices of one person: 부총리 겸 교육부 장관."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.names.employers import fused_body, fused_mention
from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.names.words import Word, title_in
from kg.knowledge.load import Knowledge
from kg.model import Mention

_SECOND = 5  # words between 겸 and the second title


def second_offices(
    words: Sequence[Word], people: Sequence[Anchored], bodies: Sequence[Mention], knowledge: Knowledge
) -> Iterator[tuple[Anchored, Anchored]]:
    """``○○○ 부총리 겸 교육부 장관``: (the person as found, the person in the second office); an office without a body takes in the second."""
    for found in people:
        span = found.person.title_span
        if span is None or found.former:
            continue
        at = next(
            (i for i, w in enumerate(words) if w.text == "겸" and (span[0] <= w.start < span[1] or w.start == span[1] + 1)), None
        )
        if at is None:
            continue
        last = next((k for k in range(at + 1, min(at + 1 + _SECOND, len(words))) if title_in(words[k].text, knowledge)), None)
        if last is None:
            continue
        word = words[last]
        prefix, role = title_in(word.text, knowledge) or ("", "")
        body = next((b for b in reversed(bodies) if words[at].end < b.start and b.end <= word.start and is_organization(b)), None)
        name = fused_body(prefix, role, knowledge)
        if body is None and name is not None:
            body = fused_mention(word.start, prefix, name, knowledge)
        if body is None or found.body is not None and body.start == found.body.start:
            continue
        leads = role in knowledge.titles.heads - knowledge.titles.unit_heads and (not prefix or name is not None)
        person = found.person
        if found.body is None:  # an office of no body of its own is one title with the second
            person = replace(
                person, title=f"{person.title}{_between(words, span, word)}", title_span=(span[0], max(span[1], word.end))
            )
        yield found, Anchored(person, body, None, leads, False, found.start, max(found.end, word.end))


def _between(words: Sequence[Word], span: tuple[int, int], last: Word) -> str:
    """The words from the end of a title to the last word of the second one."""
    return "".join(f" {w.text}" for w in words if span[1] < w.start <= last.start)
