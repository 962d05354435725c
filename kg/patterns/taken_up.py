"""A body that is called by what it is: 병원은 기념식을 열었다, behind 온빛병원."""

from __future__ import annotations

from itertools import islice

from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention
from kg.syntax.arguments import Arg

_REGIONS = ("시", "군", "구", "도")
_NEAR = 300  # characters
_BODIES = 300  # bodies named before that are looked at


def body_called(arg: Arg, reading: Reading, knowledge: Knowledge) -> Mention | None:
    """The only body named so far whose name ends with the one word of a noun phrase, which is no name by itself."""
    phrase, tokens = arg.phrase, reading.tokens
    if arg.head is not None or phrase.kind != "NP" or not phrase.tokens or phrase.determiner or phrase.notes or arg.owners:
        return None
    word = tokens.surface(phrase.tokens[0], phrase.tokens[-1])
    if word not in knowledge.organizations.generic and word not in _REGIONS:
        return None
    start = tokens.starts[phrase.tokens[0]]
    named: dict[str, Mention] = {}
    for body in islice(reading.before(start, "Organization"), _BODIES):
        if body.name.endswith(word) and body.name != word and body.name not in knowledge.organizations.generic:
            if word in _REGIONS and not (schema().is_a(body.kind, "LocalGovernment") and start - body.end < _NEAR):
                continue
            named.setdefault(body.known or body.name, body)
    return next(iter(named.values())) if len(named) == 1 else None
