"""The constraint on statements of the wrong kind, as far as data says it: what is no body, where is no host, what is no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.knowledge.refused import End, Refused

_NEAR = 12  # characters before a name that are looked at, where its sentence does not begin earlier


def reason(candidate: Candidate, text: str, blocks: Sequence[Refused]) -> str | None:
    """Why the data refuses a candidate of a text; None where it does not."""
    return next((block.why for block in blocks if _fits(block, candidate, text)), None)


def _fits(block: Refused, candidate: Candidate, text: str) -> bool:
    if block.relations and candidate.relation not in block.relations:
        return False
    if block.said is not None and block.said.search(text, candidate.start, candidate.sentence[1]) is None:
        return False
    low, subject, object_ = candidate.sentence[0], candidate.subject, candidate.object
    if block.subject is not None and not _is(block.subject, subject, low, text):
        return False
    if block.object is not None and not _is(block.object, object_, low, text):
        return False
    return block.any is None or any(_is(block.any, end, low, text) for end in (subject, object_) if getattr(end, "name", None))


def _is(end: End, thing: Mention | Value | str, low: int, text: str) -> bool:
    """Whether one end of a statement is what a block says; ``low`` is where its sentence begins."""
    if end.classes and not any(_of_class(thing, cls) for cls in end.classes) or any(_of_class(thing, cls) for cls in end.others):
        return False
    name = thing if isinstance(thing, str) else getattr(thing, "name", "")
    known, title = getattr(thing, "known", None), getattr(thing, "title", None) or ""
    if end.known is not None and end.known != (known is not None):
        return False
    if end.name is not None and not (end.name.search(name) or known and end.name.search(known) and end.known is None):
        return False
    if end.title is not None and end.title.search(title) is None:
        return False
    if isinstance(thing, str):
        return True
    if end.before is not None and end.before.search(text[min(low, max(0, thing.start - _NEAR)) : thing.start]) is None:
        return False
    behind = [thing.end, *([span[1]] if (span := getattr(thing, "title_span", None)) else [])]
    return end.after is None or any(end.after.match(text, at) for at in behind)


def _of_class(thing: Mention | Value | str, cls: str) -> bool:
    if isinstance(thing, Mention):
        return cls == "Thing" or schema().is_a(thing.kind, cls)
    return cls == ("text" if isinstance(thing, str) else "value")
