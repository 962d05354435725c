"""People by their titles: 이화여대 ○○○ 교수, ○○○ 이화여대 교수, 원장 ○○○, ○○○ 인사처장, 톰 밀러 영국 내무부 위원장.

The title is the anchor; a name without one is found only where it was named with one before. What is said beside the name
(role, body) comes out as claims of ``jobTitle``, ``heads`` and ``affiliatedWith``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.analyze.names.chunks import Chunk
from kg.analyze.names.foreigners import side_by_side
from kg.analyze.names.holders import holder_of
from kg.analyze.names.parting import closed_up, parted
from kg.analyze.names.posts import Titled, is_former, post_of, title_text
from kg.analyze.names.titles import title_at
from kg.analyze.names.words import Word, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention


@dataclass(frozen=True, slots=True)
class Anchored:
    """A person found at a title, with the body that stands with them; ``leads`` says that the title leads that very body."""

    person: Mention
    body: Mention | None
    unit: Mention | None
    leads: bool
    former: bool
    start: int
    end: int


def is_organization(mention: Mention) -> bool:
    """Whether a mention is a body (a country and a place are none)."""
    return schema().is_a(mention.kind, "Organization")


def people_in(
    words: Sequence[Word],
    tokens: Tokens,
    bodies: Sequence[Mention],
    knowledge: Knowledge,
    foreign: Mapping[int, int] = MappingProxyType({}),
) -> list[Anchored]:
    """People of a noun phrase. ``foreign`` maps the end of a word that a name in Latin letters follows to that name's number of words."""
    words, twice = side_by_side(closed_up(parted(words, tokens, knowledge), tokens, knowledge), tokens, knowledge)
    chunk = Chunk(words, tokens, bodies, knowledge, {**foreign, **twice})
    found: list[Anchored] = []
    k = 0
    while k < len(words):
        title = title_at(chunk, k)
        if title is None:
            k += 1
        elif (holder := holder_of(chunk, title)) is None:
            k = title.at + 1
        else:
            anchored = _anchored(Titled(chunk, title, holder))
            found.extend((*_sharing(chunk, anchored), anchored))
            k = max(holder.last, title.last) + 1
            chunk = chunk.after(k)
    return found


def _anchored(titled: Titled) -> Anchored:
    """The person that a title and its holder make, with the post."""
    post, end = post_of(titled), titled.chunk.words[titled.title.last].end
    title = title_text(titled, post)
    person = Mention(
        start=titled.start,
        end=titled.end,
        kind="Person",
        name=titled.name,
        rule="title-anchor",
        title=title,
        title_span=(end - len(title), end),
    )
    start = min(titled.start, post.start, *(m.start for m in (post.body, post.unit) if m))
    return Anchored(person, post.body, post.unit, post.leads, is_former(titled, post), start, max(titled.end, end))


def _sharing(chunk: Chunk, anchored: Anchored) -> Iterator[Anchored]:
    """``○○○·○○○ 판사``: those before a middle dot share title and body of the last."""
    words = chunk.words
    at = next((i for i, w in enumerate(words) if w.start == anchored.person.start), chunk.begin)
    while at > chunk.begin and chunk.tokens.text[words[at - 1].end : words[at].start] in ("·", "ㆍ") and chunk.is_name(at - 1):
        at -= 1
        person = replace(anchored.person, start=words[at].start, end=words[at].end, name=words[at].text, title_span=None)
        yield replace(anchored, person=person, start=min(anchored.start, person.start))


def surnames_in(
    words: Sequence[Word], people: Sequence[Anchored], earlier: Sequence[Anchored], knowledge: Knowledge
) -> Iterator[Mention]:
    """``김 처장``, ``밀러 대표``: a family name (or the last part of a foreign name) with a title, for somebody named in full before."""
    for k, word in enumerate(words[1:], 1):
        title = title_in(word.text, knowledge)
        if title is None or any(p.start <= word.start < p.end for p in people):
            continue
        before = words[k - 1]
        single = len(before.text) == 1 and before.text in knowledge.surnames.one
        last = not single and any(" " in p.person.name and p.person.name.endswith(" " + before.text) for p in earlier)
        if single and k == 1 or last:
            yield Mention(
                start=before.start,
                end=before.end,
                kind="Person",
                name=before.text,
                rule="surname",
                title=word.text,
                title_span=(word.start, word.end),
            )
