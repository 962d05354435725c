"""People whom a text gives to a body without a title, or beside the one that their title tells of.

나래당 소속 ○○○ · ○○○(27·나래 호랑이) · 그룹 나래 멤버 ○○○ · ○○○ 씨의 소속사 나래 · 화순군은(군수 ○○○)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.names.words import has_name_shape, is_person_name, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge.lexicon import Belonging
from kg.knowledge.load import Knowledge
from kg.model import Mention

_JOINED = re.compile(r"[·ㆍ‧,]\s?")
_BEFORE_HEAD = re.compile(r"(?:\((?:주|유|재|사|학)\)|[은는이가])$")
_PARTS = re.compile(r"[·ㆍ‧,/]\s?")
_AGE = re.compile(r"\d{1,3}세?|[남여]")
_NOUN = ("NN", "SL", "SN", "UN", "XPN", "XSN", "SW")
_QUOTED = r"[‘“'\"](?P<quoted>[^‘’“”'\"\n]{1,25})[’”'\"]"


def belonging(
    tokens: Tokens, mentions: Sequence[Mention], anchored: Sequence[Anchored], knowledge: Knowledge
) -> tuple[list[Mention], list[Anchored]]:
    """Mentions and people of a text, with those whom the words around their names give to a body."""
    text = _Text(tokens, tuple(mentions), tuple(anchored), knowledge)
    found = [
        *_under(text),
        *_in_groups(text),
        *_with_agencies(text),
        *_noted(text),
    ]
    kept = {(a.person.start, a.body.start if a.body else -1): a for a in found}
    people = [_with_body_before(text, a) for a in anchored]
    named = {m.start for m in mentions if m.kind == "Person"} | {a.person.start for a in kept.values()}
    addressed = [m for m in _addressed(text) if m.start not in named]
    standing = {m.start for m in mentions}
    new = [m for a in kept.values() for m in (a.person, a.body) if m is not None and m.start not in standing]
    return [*mentions, *dict.fromkeys(new), *addressed], [*people, *kept.values()]


@dataclass(frozen=True)
class _Text:
    """A text with the names that were found in it, by where they stand."""

    tokens: Tokens
    mentions: tuple[Mention, ...]
    anchored: tuple[Anchored, ...]
    knowledge: Knowledge

    @cached_property
    def first_at(self) -> dict[int, int]:
        return {start: i for i, start in enumerate(self.tokens.starts)}

    @cached_property
    def last_at(self) -> dict[int, int]:
        return {end: i for i, end in enumerate(self.tokens.ends)}

    @cached_property
    def bodies_at(self) -> dict[int, Mention]:
        return {m.start: m for m in self.mentions if is_organization(m)}

    @cached_property
    def bodies_to(self) -> dict[int, Mention]:
        return {m.end: m for m in self.mentions if is_organization(m)}

    @cached_property
    def people_at(self) -> dict[int, Anchored]:
        return {at: a for a in self.anchored for at in (a.person.start, a.start)}

    def person(self, start: int, end: int) -> Mention | None:
        """The person of a stretch, where it has the shape of a name and no token crosses its edges."""
        first, last = self.first_at.get(start), self.last_at.get(end)
        if (
            first is None
            or last is None
            or last < first
            or not self.tokens.spaced[first]
            and self.tokens.text[start - 1] not in "·ㆍ‧,(‘“\"' "
        ):
            return None
        if last + 1 < len(self.tokens.tags) and not self.tokens.spaced[last + 1] and self.tokens.tags[last + 1].startswith(_NOUN):
            return None  # the beginning of a longer word
        if start in self.bodies_at:
            return None
        name, tags = self.tokens.text[start:end], self.tokens.tags[first : last + 1]
        shaped = has_name_shape(name, self.knowledge) or all(tag.startswith(("NNP", "UN")) for tag in tags)
        if not shaped or not is_person_name(name, tags, self.knowledge, strong=True):
            return None
        return Mention(start=start, end=end, kind="Person", name=name, rule="title-anchor")

    def person_from(self, start: int) -> Mention | None:
        return next((m for size in (3, 4, 2) if (m := self.person(start, start + size)) is not None), None)

    def person_to(self, end: int) -> Mention | None:
        return next((m for size in (3, 4, 2) if (m := self.person(end - size, end)) is not None), None)

    def noun_from(self, start: int) -> int:
        """Where the eojeol of nouns that begins at an offset ends; the offset itself where none does."""
        i = self.first_at.get(start)
        if i is None or not self.tokens.tags[i].startswith(_NOUN):
            return start
        while i + 1 < len(self.tokens.tags) and not self.tokens.spaced[i + 1] and self.tokens.tags[i + 1].startswith(_NOUN):
            i += 1
        return self.tokens.ends[i]


def _under(text: _Text) -> Iterator[Anchored]:
    """``나래당 소속 ○○○``, ``국회 국방위원회 소속 나래당 ○○○ 의원``: whom a body is said to have."""
    words = tuple(f" {word} " for word in text.knowledge.belonging.belonging)
    for body in text.mentions:
        if not is_organization(body):
            continue
        joint = next((w for w in words if text.tokens.text.startswith(w, body.end)), None)
        if joint is None:
            continue
        at = body.end + len(joint)
        between = text.bodies_at.get(at)  # 국방위원회 소속 나래당 ○○○ 의원
        known = text.people_at.get(at) or (text.people_at.get(between.end + 1) if between else None)
        if known is not None:
            if (
                (known.body or between) is not None
                and (known.body is None or known.body.start != body.start)
                and not known.former
            ):
                yield replace(known, body=body, unit=None, leads=False, start=body.start)
        elif (person := text.person_from(at)) is not None:
            yield Anchored(person, body, None, False, False, body.start, person.end)


@lru_cache(maxsize=4)
def _group(said: Belonging) -> re.Pattern[str]:
    groups, members = (("|".join(sorted(words, key=lambda w: (-len(w), w)))) for words in (said.groups, said.members))
    name = rf"(?:{_QUOTED}|(?P<name>[가-힣A-Za-z0-9&.\-]{{2,15}}))"
    return re.compile(rf"(?<![가-힣])(?:{groups})\s?{name}(?P<member>\s(?:{members}))?\s(?=[가-힣])")


def _in_groups(text: _Text) -> Iterator[Anchored]:
    """``그룹 나래 멤버 ○○○``, ``걸그룹 ‘나래’ ○○○ 씨``: who plays in a music group, also several in a row."""
    for match in _group(text.knowledge.belonging).finditer(text.tokens.text):
        low, high = match.span("quoted" if match["quoted"] else "name")
        if (
            not match["quoted"]
            and text.noun_from(low) != high
            or text.tokens.text[low:high] in text.knowledge.organizations.generic
            or title_in(text.tokens.text[low:high], text.knowledge)
        ):
            continue
        body = text.bodies_at.get(low) or Mention(
            start=low, end=high, kind="Club", name=text.tokens.text[low:high], rule="beside-title", certain=False
        )
        at = match.end()
        while (person := text.person_from(at)) is not None:
            if person.start not in text.people_at:
                yield Anchored(person, body, None, False, False, body.start, person.end)
            following = _JOINED.match(text.tokens.text, person.end)
            if following is None:
                break
            at = following.end()


@lru_cache(maxsize=4)
def _agency(said: Belonging) -> re.Pattern[str]:
    address, agencies = "|".join(sorted(said.address)), "|".join(sorted(said.agencies, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:\s?(?:{address}|선수|감독|배우))?(?:의)?\s(?:{agencies})(?:인)?\s(?:{_QUOTED})?")


def _with_agencies(text: _Text) -> Iterator[Anchored]:
    """``○○○ 씨의 소속사 나래``: whose people somebody is under contract with."""
    for match in _agency(text.knowledge.belonging).finditer(text.tokens.text):
        person = text.person_to(match.start())
        if person is None:
            continue
        if match["quoted"]:
            low, high = match.span("quoted")
        else:
            low, high = match.end(), text.noun_from(match.end())
            if high == low:
                continue
        body = text.bodies_at.get(low) or Mention(
            start=low, end=high, kind="Organization", name=text.tokens.text[low:high], rule="beside-title", certain=False
        )
        if (
            has_name_shape(body.name, text.knowledge)
            or title_in(body.name, text.knowledge)
            or body.name in text.knowledge.organizations.generic
        ):
            continue  # 소속사 대표 …, 소속사 ○○○ 이사
        known = text.people_at.get(person.start)
        yield Anchored(known.person if known else person, body, None, False, False, person.start, body.end)


def _noted(text: _Text) -> Iterator[Anchored]:
    """``○○○(나래 호랑이)``, ``○○○(27·나래당)``: a bare name, and a known body alone with an age or a place in the parenthesis."""
    tokens = text.tokens
    for opening, closing in enumerate(tokens.pair):
        if closing <= opening or tokens.words[opening] != "(" or not opening:
            continue
        person = text.person_to(tokens.starts[opening])
        if person is None or person.start in text.people_at:
            continue
        at, bodies = tokens.ends[opening], []
        for part in _PARTS.split(tokens.text[at : tokens.starts[closing]]):
            entries = text.knowledge.gazetteer.by_name(part)
            if (body := text.bodies_at.get(at)) is not None and body.end == at + len(part):
                bodies.append(body)
            elif entries:
                entry = entries[0]
                body = Mention(start=at, end=at + len(part), kind=entry.cls, name=part, rule="gazetteer", known=entry.name)
                bodies += [body] if is_organization(body) else []
            elif not _AGE.fullmatch(part):
                break
            at += len(part) + 1
        else:
            if len(bodies) == 1:
                yield Anchored(person, bodies[0], None, False, False, person.start, tokens.ends[closing])


def _addressed(text: _Text) -> Iterator[Mention]:
    """``○○○ 씨``, ``○○○(27) 씨``: a name that only the address tells to be one."""
    words = "|".join(sorted(text.knowledge.belonging.address))
    for match in re.finditer(
        rf"(?:\(\d{{1,3}}(?:세|·[남여])?\))?\s?(?:{words})(?=[\s은는이가의도와과를에,.)]|$)", text.tokens.text
    ):
        person = text.person_to(match.start())
        if person is not None:
            yield replace(person, title_span=(match.end() - 1, match.end()))


def _with_body_before(text: _Text, found: Anchored) -> Anchored:
    """A person who stands with the title as the first thing of a parenthesis, with the body that is headed before it."""
    title, titles = found.person.title, text.knowledge.titles
    if (
        found.body is not None
        or title not in text.knowledge.titles.headed
        or text.tokens.text[found.start - 1 : found.start] != "("
    ):
        return found
    body = _headed(text, found)
    return found if body is None else replace(found, body=body, leads=found.leads or title in titles.heads - titles.unit_heads)


def _headed(text: _Text, found: Anchored) -> Mention | None:
    """The body before the parenthesis of its head, past a legal form or a particle: 화순군은(군수 ○○○), 나래발전(주)(사장 ○○○)."""
    end = found.start - 1
    between = _BEFORE_HEAD.search(text.tokens.text, max(0, end - 3), end)
    return text.bodies_to.get(between.start()) if between else None


def shared(anchored: Iterable[Anchored], text: str) -> Iterator[Anchored]:
    """``나래당 ○○○·○○○ 의원``: the body before the first of those who share a title is that of them all."""
    before: Anchored | None = None
    for found in sorted(anchored, key=lambda a: (a.person.start, a.start)):
        if (
            before is not None
            and found.body is None
            and before.body is not None
            and before.body.end < before.person.start
            and found.person.title is not None
            and found.person.title == before.person.title
            and found.person.start > before.person.end
            and _JOINED.fullmatch(text, before.person.end, found.person.start)
        ):
            found = replace(found, body=before.body, start=before.body.start)
        yield found
        before = found
