"""What an annotator writes by hand, and the offsets it stands for.

A note is quick to write: entities by the words that name them, facts by keys, evidence by a few words that occur once::

    = release-1
    o1 = 인사혁신처 | 인사처
    p1 = 한바다
    e1 = 국제 세미나 | 세미나#2
    +o 환경부 | 기상청
    p1 heads o1; jobTitle 처장
    o1 hosted e1; e1 start 2024-03-05=오는 5일; ?mode online @ 인사혁신처…개최한다

The first letter of a key is its type (``KINDS``). A name is found wherever it stands as a word of its own; ``#2`` takes its second
occurrence alone, ``#t`` the title's, ``#*`` every one; ``A ++ B`` is a name of two parts, ``^A`` one that the text does not have.
``+o`` lists names of things that take part in no fact. A property is written by any beginning that is unambiguous, ``a+b`` are
several subjects, ``?`` marks an optional fact, ``value=words`` says which words give a value. Evidence follows ``@``, ``…`` stands
for what lies between; without it the nearest mentions of both ends are the evidence, and they must be near.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.measure.gold import NUMBERS
from kg.measure.spans import Span, alone, loose, ordered, outermost, overlap, quoted
from kg.measure.standoff import PROPERTIES, VALUES, digest, split_of

KINDS = {
    "o": "Organization",
    "p": "Person",
    "e": "Event",
    "l": "Place",
    "c": "Country",
    "t": "Presentation",
    "k": "Case",
    "q": "Quotation",
    "h": "Topic",
    "s": "System",
}
NEAR = 120  # characters that evidence may span where the annotator wrote none
_OCCURRENCE = re.compile(r"(.+?)#(\d+|t|\*)$", re.S)
_REPORTED = re.compile(r"\S*?(?:\s+\S+){0,3}?(?:다|며|면서|음|함)(?=[\s.,]|$)")


@dataclass(frozen=True, kw_only=True)
class Note:
    """What was written about one article, as lines; ``place`` says where, for complaints."""

    identifier: str
    place: str
    names: Mapping[str, tuple[str, ...]]
    others: tuple[tuple[str, str], ...]
    statements: tuple[str, ...]


@dataclass(kw_only=True)
class _Draft:
    """A record in the making: the spans of each entity so far, and the facts."""

    note: Note
    article: Mapping
    entities: dict[str, dict] = field(default_factory=dict)
    facts: dict[str, list[dict]] = field(default_factory=lambda: {"facts": [], "optional": []})

    def fail(self, why: str) -> UsageError:
        return UsageError(f"{self.note.place}: {self.note.identifier}: {why}")


def read_notes(paths: Iterable[Path]) -> Iterator[Note]:
    """The notes of files in this notation."""
    for path in paths:
        for block in re.split(r"^= *", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            lines = [line.strip() for line in block.split("\n")]
            names, others, statements = {}, [], []
            for line in filter(None, lines[1:]):
                key, equals, rest = line.partition(" = ")
                if line.startswith("+"):
                    others += [(line[1], name.strip()) for name in line[2:].split("|")]
                elif equals and " " not in key:
                    names[key] = tuple(name.strip() for name in rest.split("|"))
                else:
                    statements.append(line)
            yield Note(identifier=lines[0], place=str(path), names=names, others=tuple(others), statements=tuple(statements))


def convert(note: Note, articles: Mapping[str, Mapping], *, annotator: str) -> dict:
    """The record that a note stands for; what does not occur, is ambiguous or unknown is refused with its words."""
    if note.identifier not in articles:
        raise UsageError(f"{note.place}: {note.identifier}: is in none of the corpora")
    article = articles[note.identifier]
    draft = _Draft(note=note, article=article)
    others: dict[str, list[Span]] = {}
    complaints = [
        *_refused(lambda item: draft.entities.update({item[0]: _entity(draft, *item)}), note.names.items()),
        *_refused(lambda line: _state(draft, line), note.statements),
        *_refused(lambda other: others.setdefault(KINDS[other[0]], []).extend(_occurrences(draft, other[1])[1]), note.others),
    ]
    if complaints:
        raise UsageError("\n".join(complaints))
    return {
        "id": note.identifier,
        "corpus": article["corpus"],
        "sha256": digest(article),
        "date": article["date"],
        "split": split_of(note.identifier),
        "annotator": annotator,
        "entities": draft.entities,
        **draft.facts,
        "mentions": {kind: ordered(spans) for kind, spans in others.items()},
    }


def _refused(step: Callable[[Any], object], items: Iterable) -> Iterator[str]:
    """Take a step for each item and tell what was refused, so that an annotator sees all of it at once."""
    for item in items:
        try:
            step(item)
        except UsageError as error:
            yield str(error)


def _entity(draft: _Draft, key: str, names: Iterable[str]) -> dict:
    if key[0] not in KINDS or _properties(key):
        raise draft.fail(f"key {key!r} must begin with one of {', '.join(KINDS)} and be no beginning of a property")
    kind = KINDS[key[0]]
    spelled: list[object] = []
    mentions: list[Span] = []
    for name in names:
        if name.startswith("^"):
            spelled.append(name[1:])
            continue
        parts = [_occurrences(draft, part) for part in name.split(" ++ ")]
        spelled.append([part[0] for part in parts] if len(parts) > 1 else parts[0][0])
        if len(parts) == 1:
            mentions += [quoted(draft.article, span) for span in parts[0][1]] if kind == "Quotation" else parts[0][1]
    return {"type": kind, "names": spelled, "mentions": outermost(mentions)}


def _occurrences(draft: _Draft, name: str) -> tuple[Span, list[Span]]:
    """The span that spells a name, and all spans where it is a mention."""
    match = _OCCURRENCE.match(name)
    name, which = match.groups() if match else (name, None)
    text = [[m.start(), m.end()] for m in loose(name).finditer(draft.article["text"])]
    title = [["title", m.start(), m.end()] for m in loose(name).finditer(draft.article["title"])]
    if which == "t" and title:
        return title[0], title[:1]
    if which and which.isdigit() and 0 < int(which) <= len(text):
        return text[int(which) - 1], [text[int(which) - 1]]
    if (which and which != "*") or not text + title:
        raise draft.fail(f"{name!r} does not occur" + (f" as #{which}" if which else ""))
    words = [span for span in text + title if which != "*" and alone(draft.article, span)]
    return (words or text + title)[0], words or text + title  # a unit may be named in a title alone: 대외협력국장


def _state(draft: _Draft, line: str) -> None:
    """Add the facts of one line."""
    said, *evidence = re.split(r"\s+@\s+", line)
    spans = [_evidence(draft, words) for words in evidence]
    subjects: list[str] = []
    for clause in filter(None, (clause.strip() for clause in said.split(";"))):
        first, _, rest = clause.partition(" ")
        if not _properties(first.lstrip("?")):
            subjects = first.split("+")
            first, _, rest = rest.strip().partition(" ")
        found = _properties(first.lstrip("?"))
        if len(found) != 1 or not subjects or not rest:
            raise draft.fail(
                f"{clause!r} in {line!r}: no subject, no object, or a property that is unknown or ambiguous: {found}"
            )
        objects = [rest.strip()] if found[0] in VALUES else rest.strip().split("+")
        for subject in subjects:
            for thing in objects:
                fact = _fact(draft, (subject, found[0], thing), spans)
                draft.facts["optional" if first.startswith("?") else "facts"].append(fact)


def _properties(beginning: str) -> list[str]:
    """The properties that a beginning may stand for.

    >>> _properties("host"), _properties("presented"), _properties("part")
    (['hosted'], ['presented'], ['partOf', 'participatedIn'])
    """
    if beginning in PROPERTIES:
        return [beginning]
    return sorted(p for p in PROPERTIES if beginning and p.lower().startswith(beginning.lower()))


def _fact(draft: _Draft, statement: tuple[str, str, str], spans: list[Span]) -> dict:
    subject, property_, thing = statement
    for key in (subject,) if property_ in VALUES else (subject, thing):
        if key not in draft.entities:
            raise draft.fail(f"{' '.join(statement)}: {key!r} is no entity of the note")
    if property_ not in VALUES:
        return {"fact": list(statement), "evidence": spans or [_between(draft, statement)]}
    value, _, said = thing.partition("=")
    words = _words(draft, statement, said or value, spans)
    evidence = spans or [_between(draft, (subject, property_, ""), words)]
    if property_ == "altLabel":
        if words is None:
            raise draft.fail(f"{' '.join(statement)}: the name does not occur")
        value = ""  # the words are the text's: they are read from the offsets
    return {"fact": [subject, property_, int(value) if property_ in NUMBERS else value], "evidence": evidence} | (
        {"words": words} if words else {}
    )


def _words(draft: _Draft, statement: tuple[str, str, str], said: str, spans: list[Span]) -> Span | None:
    """The span of the words that give a value: within the evidence, or near the subject."""
    subject, property_, _ = statement
    match = _OCCURRENCE.match(said)
    if match:
        return _occurrences(draft, said)[0]
    found = [[m.start(), m.end()] for m in loose(said).finditer(draft.article["text"])]
    titled = [["title", m.start(), m.end()] for m in loose(said).finditer(draft.article["title"])]
    if spans:
        found = [f for f in found for s in spans if len(s) == 2 and s[0] <= f[0] and f[1] <= s[1]] or []
        titled = [f for f in titled for s in spans if len(s) == 3 and s[1] <= f[1] and f[2] <= s[2]]
        if "=" in statement[2] and not found + titled:
            raise draft.fail(f"{' '.join(statement)}: {said!r} is not in the evidence")
        where = found + titled
        return where[-1 if property_ == "altLabel" else 0] if where else None  # "(head of A, hereafter A)": the later one
    mentions = draft.entities[subject]["mentions"]
    if property_ == "edition":
        found = [f for f in found if any(len(m) == 2 and m[0] <= f[0] and f[1] <= m[1] for m in mentions)]
        titled = [f for f in titled if any(len(m) == 3 and m[1] <= f[1] and f[2] <= m[2] for m in mentions)]
    if not found + titled:
        raise draft.fail(f"{' '.join(statement)}: {said!r} does not occur")
    return min(found, key=lambda f: _distance(f, mentions, property_ == "altLabel"), default=None) or titled[0]


def _distance(span: Span, mentions: Iterable[Span], other: bool) -> tuple[int, int]:
    """How far a span is from the nearest mention; for another name a mention that is not the span itself."""
    gaps = [max(span[0] - m[1], m[0] - span[1], 0) for m in mentions if len(m) == 2 and not (other and overlap(m, span))]
    return min(gaps, default=10**6), span[0]


def _between(draft: _Draft, statement: tuple[str, str, str], words: Span | None = None) -> Span:
    """The shortest stretch that holds a mention of both ends, with the verb of saying after quoted speech."""
    subject, property_, thing = statement
    ones = draft.entities[subject]["mentions"]
    others = [words] if words else draft.entities[thing]["mentions"]
    pairs = [
        (max(a[-1], b[-1]) - min(a[-2], b[-2]), min(a[-2], b[-2]), a, b)
        for a in ones
        for b in others
        if len(a) == len(b) and (not overlap(a, b) or property_ in ("edition", "partOf") or property_ == "altLabel" and a != b)
    ]
    if property_ == "said":
        return _saying(draft, pairs, statement)
    if not pairs or min(pairs)[0] > NEAR:
        if words and property_ not in ("jobTitle", "altLabel"):
            return words
        raise draft.fail(f"{' '.join(statement)}: the ends are not near each other; write the evidence")
    _, _, a, b = min(pairs)
    return [*(["title"] if len(a) == 3 else []), min(a[-2], b[-2]), max(a[-1], b[-1])]


def _saying(draft: _Draft, pairs: list[tuple], statement: tuple[str, str, str]) -> Span:
    """From the nearest mention of the speaker to the verb of saying."""
    if not pairs:
        raise draft.fail(f"{' '.join(statement)}: the speaker or the words do not occur; write the evidence")
    _, start, a, b = min(pairs, key=lambda pair: (max(pair[3][0] - pair[2][1], pair[2][0] - pair[3][1]), pair[1]))
    end = max(a[1], b[1])
    verb = _REPORTED.match(draft.article["text"], end) if end == b[1] else None
    return [start, verb.end() if verb else end]


def _evidence(draft: _Draft, words: str) -> Span:
    """The span of evidence that is written by its words, or by its first and last ones."""
    head, dots, tail = (part.strip() for part in words.partition("…"))
    match = _OCCURRENCE.match(head)
    plain = match[1] if match else head
    where = [[m.start(), m.end()] for m in loose(plain).finditer(draft.article["text"])]
    if match and match[2] == "t" or not where:
        titled = loose(plain).search(draft.article["title"])
        if not titled:
            raise draft.fail(f"evidence {plain!r} does not occur")
        return ["title", titled.start(), titled.end()]
    if len(where) > 1 and not match:
        raise draft.fail(f"evidence {plain!r} occurs {len(where)} times; write more of it, or #n")
    start, end = where[int(match[2]) - 1 if match else 0]
    if dots:
        last = loose(tail).search(draft.article["text"], end)
        if not last:
            raise draft.fail(f"evidence {tail!r} does not occur after {plain!r}")
        end = last.end()
    return [start, end]
