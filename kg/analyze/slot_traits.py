"""What a slot beside a person shows: kinds, letters and tags of its words, the person's title, what stands around, what the model of names says."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kg.analyze.names.words import organization_suffix, title_in, venue_suffix
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

if TYPE_CHECKING:
    from kg.analyze.ner import Name

MARKS = "‘’'\"“”「」『』〈〉《》<>◇△▲▽▼▷▶□■○●◆◈☆★※▣◎▪•"
_CLASSES = ("Person", "Country", "LocalGovernment", "City", "Region", "Venue", "Place", "Organization")
_start = attrgetter("start")
_NEAR = 40  # characters before a slot in which a name that reaches into it may begin


class Eojeol(NamedTuple):
    """Tokens between spaces: the first and the last (inclusive), and their characters."""

    first: int
    last: int
    start: int
    end: int


class Looked(NamedTuple):
    """What slots are looked for in; ``names`` are those of the model of names."""

    tokens: Tokens
    names: Sequence[Name]
    knowledge: Knowledge


class Stretch(NamedTuple):
    """Words that may be a body: where they stand, the words between them and the person (or behind them in a parenthesis), and what else the place shows."""

    place: str
    words: Sequence[Eojeol]
    rest: Sequence[Eojeol]
    more: str


def _shape(tokens: Tokens, first: int, last: int) -> str:
    """The tags of some tokens, short."""
    tags = [t[:3] for t in tokens.tags[first : last + 1]]
    return "+".join(tags if len(tags) < 5 else [*tags[:2], "…", *tags[-2:]])


def _class_of(name: str, knowledge: Knowledge) -> str:
    """What a name is by the gazetteer, or by its last syllables."""
    for entry in knowledge.gazetteer.by_name(name):
        for kind in _CLASSES:
            if any(schema().is_a(k, kind) for k in (entry.cls, entry.place_cls) if k):
                return f"gazetteer:{kind}"
    last = name.split()[-1]
    if (suffix := organization_suffix(last, knowledge)) is not None:
        kind = knowledge.organizations.suffixes[suffix]
        return f"suffix:{kind if kind == 'OrganizationalUnit' else 'Organization'}:{min(len(suffix), 3)}:{last == suffix}"
    if venue_suffix(last, knowledge):
        return "venue"
    if (title := title_in(last, knowledge)) is not None:
        return f"title:{title[0] == ''}"
    return "-"


def traits_of(at: Looked, person: Mention, stretch: Stretch, start: int, end: int) -> Iterator[str]:
    """What is seen of the words from ``start`` to ``end``: their kind, letters and tags, the title, what stands between and before, what the model of names says."""
    _, words, rest, more = stretch
    tokens, knowledge = at.tokens, at.knowledge
    name = tokens.text[start:end]
    kind = _class_of(name, knowledge)
    first, last = words[0].first, words[-1].last
    tags = tokens.tags[first : last + 1]
    proper = sum(t.startswith(("NNP", "SL", "UN", "SH")) for t in tags)
    yield ""
    yield f"n={len(words)}{more}"
    yield f"n={len(words)}|rest={len(rest)}"
    yield f"kind={kind}"
    yield f"kind={kind}|rest={len(rest)}"
    yield f"suffix={name[-1:]}"
    yield f"suffix={name[-2:]}"
    yield f"suffix={name[-3:]}"
    yield f"prefix={name[:2]}"
    yield f"shape={_shape(tokens, first, last)}"
    yield f"tags={tags[0][:3]}…{tags[-1][:3]}|proper={min(proper, 2)}"
    yield f"proper={min(proper, 2)}|kind={kind}"
    yield f"length={min(len(name), 10)}"
    yield f"length={min(len(name), 10)}|n={len(words)}"
    yield f"generic={name.split()[-1] in knowledge.organizations.generic}"
    yield f"ascii={name.isascii()}"
    yield f"quoted={tokens.text[start - 1 : start] in MARKS}"
    title = person.title or "-"
    yield f"title={title[-3:]}|kind={kind}"
    yield f"title={title[-3:]}"
    yield f"title={title[-3:]}|suffix={name[-1:]}"
    inner = [_class_of(tokens.text[w.start : w.end], knowledge) for w in words]
    yield f"inner={'+'.join(inner)}"
    for number, word in enumerate(rest):
        said = tokens.text[word.start : word.end]
        yield f"rest{number}={_class_of(said, knowledge)}"
        yield f"rest{number}={_class_of(said, knowledge)}|kind={kind}"
        yield f"rest{number}={said[-2:]}"
        yield f"rest{number}={_shape(tokens, word.first, word.last)}"
    yield from _left(tokens, first, kind)
    yield f"told={min(tokens.text.count(name), 4)}"
    named = _named(at.names, start, end)
    yield f"named={named}"
    yield f"named={named}|n={len(words)}"


def _left(tokens: Tokens, first: int, kind: str) -> Iterator[str]:
    """What stands before a stretch in its line."""
    before = first - 1
    while before >= 0 and tokens.tags[before] == "SPACE" and "\n" not in tokens.words[before]:
        before -= 1
    begins = before < 0 or tokens.tags[before] == "SPACE"
    left = "line" if begins else tokens.tags[before]
    yield f"left={left}"
    yield f"left={left}|kind={kind}"
    if not begins:
        yield f"left={tokens.words[before][-2:]}"


def _named(names: Sequence[Name], start: int, end: int) -> str:
    """What the model of names says of a stretch: a name of just these characters and how sure it is, or one that shares some."""
    over = [
        n for n in names[bisect_left(names, start - _NEAR, key=_start) : bisect_left(names, end, key=_start)] if n.end > start
    ]
    same = [n for n in over if (n.start, n.end) == (start, end)]
    if same:
        return f"{same[0].label}{int(same[0].score * 5)}"
    if over:
        return f"{over[0].label}:{'in' if over[0].start <= start and end <= over[0].end else 'part'}"
    return "-" if names else "?"
