"""Lists of who took part by a key in front (참가기업: …, 참여국: …): known bodies, countries, and names that nothing else tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.analyze.names.words import Word, tags_of, title_in
from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

_MEMBER = re.compile(
    r"\s*(?:[①-⑳▲▴△]\s*)?(?:㈜|\(주\))?(?P<name>[^,，、()]+?)(?:\s?\([^()]*\))?(?P<more>\s등(?:\s[^,，、()]*?)?)?(?:(?P<comma>\s?[,，、]\s?)|(?P<and>\s및\s)|$)"
)
_OVER = re.compile(
    r"\s등(?:\s(?![^,，、]{0,25}\s및\s)|$)"
)  # … 등 10개 기업: the list is over, unless another one follows with 및


def words_between(reading: Reading, start: int, end: int) -> list[Word]:
    """Eojeols between two offsets."""
    tokens, found, first = reading.tokens, [], None
    inside = [i for i, s in enumerate(tokens.starts) if start <= s < end and tokens.tags[i] != "SPACE"]
    for position, i in enumerate(inside):
        first = i if first is None else first
        if position + 1 == len(inside) or tokens.spaced[inside[position + 1]] or tokens.words[inside[position + 1]] == "(":
            found.append(Word(first, i, tokens.surface(first, i), tokens.starts[first], tokens.ends[i]))
            first = None
    return found


def acting(mention: Mention, knowledge: Knowledge) -> Mention | None:
    """A mention as an acting body; a city or province named in such a line is its government."""
    if schema().is_a(mention.kind, "Organization") or mention.kind == "Country":
        return mention
    if mention.kind in ("City", "Region") and mention.known and knowledge.gazetteer[mention.known].cls == "LocalGovernment":
        return replace(mention, kind="LocalGovernment")
    return None


def members(value: str, start: int, inside: list[Mention], knowledge: Knowledge, reading: Reading) -> Iterator[Mention]:
    """The bodies and countries of a list after 참여기업, 참여국; unknown names are bodies too, and the list ends after 등 or in a sentence."""
    before = 0
    if over := _OVER.search(value):
        value = value[: over.start()]
    for part in _MEMBER.finditer(value):
        name = part["name"].rstrip()
        low = start + part.start("name")
        end = low + len(name)
        known = [body for m in inside if low <= m.start <= low + 3 and m.end <= end and (body := acting(m, knowledge))]
        body = (
            max(known, key=lambda m: m.end - m.start)
            if known
            else _member(reading, knowledge, low, end, amid=before > 1 and bool(part["comma"]))
        )
        if body is not None:
            yield body
            before += 1
        elif " " in name:
            return  # the list has run into a sentence
        if part["more"] and not part["and"]:
            return


def unknown_members(value: str, start: int, inside: list[Mention], knowledge: Knowledge, reading: Reading) -> Iterator[Mention]:
    """The names between commas that nothing else tells of, in a list of several known bodies (기재부, 교육부, 새빛전력); offices are no names."""
    over = _OVER.search(value)
    for part in _MEMBER.finditer(value[: over.start()] if over else value):
        low = start + part.start("name")
        end = low + len(part["name"].rstrip())
        if not any(m.start < end and low < m.end for m in inside):
            body = _member(reading, knowledge, low, end, amid=False)
            if body is not None:
                yield body


def _member(reading: Reading, knowledge: Knowledge, low: int, end: int, *, amid: bool) -> Mention | None:
    """An unknown member of a list: one proper word; ``amid`` others any word that names no kind of body, and several with a proper one."""
    words = words_between(reading, low, end)
    tags = [t for w in words for t in tags_of(reading.tokens, w)]
    if (
        not words
        or end - words[0].start < 2
        or any(t.startswith(("J", "E", "V", "M")) for t in tags)
        or any(
            w.text in knowledge.organizations.generic | knowledge.organizations.crowds or title_in(w.text, knowledge)
            for w in words
        )
    ):
        return None
    if len(words) > (3 if amid else 1):
        return None
    if (len(words) > 1 or not amid) and not {"NNP", "SL", "UN"} & set(tags):
        return None
    return Mention(
        start=words[0].start,
        end=words[-1].end,
        kind="Organization",
        name=reading.tokens.text[words[0].start : words[-1].end],
        rule="notice",
    )
