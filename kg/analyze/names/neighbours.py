"""People whose title or body stands in another phrase: ○○연맹의 ○○○ 회장, 나래온 대표인 톰 밀러, and bodies that only another place tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.names.words import Word, is_person_name, tags_of, title_in, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

LATIN_NAME = re.compile(r"[A-Z][a-zé’'.\-]*(?: (?:[A-Za-z][\wé’'.\-]*))+(?=,|$|/)")


def of_owners(anchored: Sequence[Anchored], sentences: Sequence) -> list[Anchored]:
    """``○○연맹의 ○○○ 회장``: the body that possesses is the body of a person who has none of their own."""
    bodies: dict[int, Mention] = {}
    for sentence in sentences:
        for i, (phrase, following) in enumerate(zip(sentence.phrases, sentence.phrases[1:])):
            if (
                phrase.kind == "NP"
                and phrase.particle == "의"
                and following.kind == "NP"
                and sentence.heads[i]
                and is_organization(sentence.heads[i][-1])
            ):
                bodies.update({m.start: sentence.heads[i][-1] for m in sentence.heads[i + 1] if m.kind == "Person"})
    return [
        replace(a, body=bodies[a.person.start], start=min(a.start, bodies[a.person.start].start))
        if a.body is None and a.person.start in bodies
        else a
        for a in anchored
    ]


def introduced(
    phrases: Sequence[Phrase], tokens: Tokens, knowledge: Knowledge, mentions: list[Mention], anchored: list[Anchored]
) -> None:
    """``나래온 대표인 톰 밀러(Tom Miller)``, ``○○센터 소속 연구원인 ○○○ 박사``: a title that 이다 joins to the name after it."""
    for told, joint, named in zip(phrases, phrases[1:], phrases[2:]):
        if (
            told.kind != "NP"
            or joint.lemma != "이다"
            or joint.ending != "adnominal"
            or named.kind != "NP"
            or not told.tokens
            or not named.tokens
        ):
            continue
        roles, words = words_of(tokens, told.tokens), words_of(tokens, named.tokens)
        title = title_in(roles[-1].text, knowledge) if roles else None
        if title is None and roles and words and (body := _body_told(roles[-1], words, tokens, mentions, knowledge)) is not None:
            mentions.append(body)
        if title is None or title[0] or not words:
            continue
        low, high = roles[0].start, roles[-1].start
        body = next((m for m in reversed(mentions) if low <= m.start and m.end <= high and is_organization(m)), None)
        at = next((i for i, a in enumerate(anchored) if words[0].start <= a.person.start and a.person.end <= words[-1].end), None)
        if at is not None:
            if anchored[at].body is None and body is not None:
                anchored[at] = replace(anchored[at], body=body, start=min(anchored[at].start, body.start))
            continue
        noted = any(
            LATIN_NAME.match(tokens.text, tokens.ends[a], tokens.starts[b]) for a, b in named.notes if a == words[-1].last + 1
        )
        foreign = len(words) > 1 and all(t in ("NNP", "SL", "UN") for w in words for t in tags_of(tokens, w))
        korean = len(words) == 1 and is_person_name(words[0].text, tags_of(tokens, words[0]), knowledge, strong=True)
        if not (noted or foreign or korean) or any(w.text in knowledge.gazetteer for w in words):
            continue
        start, end = words[0].start, words[-1].end
        person = Mention(
            start=start,
            end=end,
            kind="Person",
            name=tokens.text[start:end],
            rule="title-anchor",
            title=roles[-1].text,
            title_span=(roles[-1].start, roles[-1].end),
        )
        mentions[:] = [m for m in mentions if not start <= m.start < end]
        mentions.append(person)
        leads = body is not None and title[1] in knowledge.titles.heads - knowledge.titles.unit_heads
        anchored.append(Anchored(person, body, None, leads, False, min(roles[-1].start, body.start if body else start), end))


def _body_told(
    kind: Word, words: Sequence[Word], tokens: Tokens, mentions: Sequence[Mention], knowledge: Knowledge
) -> Mention | None:
    """The body that only the kind before it tells to be one: 국내 자회사인 한국가람은."""
    name = words[0]
    if (
        len(words) > 1
        or not kind.text.endswith(tuple(knowledge.bodies.told))
        or not 2 < len(name.text) <= 12
        or any(tag not in ("NNP", "SL", "UN", "NNG", "XSN") for tag in tags_of(tokens, name))
        or not {"NNP", "SL", "UN"} & set(tags_of(tokens, name))
        or any(m.start < name.end and name.start < m.end for m in mentions)
        or name.text in knowledge.gazetteer
    ):
        return None
    return Mention(start=name.start, end=name.end, kind="Organization", name=name.text, rule="named-by-relation")


def of_neighbours(anchored: Iterable[Anchored], mentions: Iterable[Mention], tokens: Tokens) -> Iterator[Anchored]:
    """``나래온 ○○○ 부회장``: the body right before a person, which only another place of the text tells to be one."""
    bodies = {m.end: m for m in mentions if is_organization(m)}
    for found in anchored:
        body = (
            bodies.get(found.person.start - 1)
            if found.body is None and tokens.text[found.person.start - 1 : found.person.start] == " "
            else None
        )
        yield found if body is None else replace(found, body=body, start=min(found.start, body.start))


_ROW_TAGS = frozenset({"NNP", "NNG", "SL", "SN", "UN", "XSN"})


def of_rows(anchored: Sequence[Anchored], sentences: Sequence, tokens: Tokens, knowledge: Knowledge) -> Iterator[Anchored]:
    """``한빛전자 ○○○ 대표, 나래온 ○○○ 이사``: words before a person of a list are a body where the one before a neighbour's name is."""
    by_start = {a.person.start: a for a in anchored}
    told: dict[int, Mention] = {}
    for sentence in sentences:
        people = [
            next((by_start[m.start] for m in heads if m.start in by_start), None) if p.kind == "NP" else None
            for p, heads in zip(sentence.phrases, sentence.heads)
        ]
        before = [
            found is not None
            and found.body is not None
            and found.body.kind != "OrganizationalUnit"
            and found.body.start == tokens.starts[p.first]
            and found.body.end + 1 == found.person.start
            for p, found in zip(sentence.phrases, people)
        ]
        for i, (phrase, found) in enumerate(zip(sentence.phrases, people)):
            if found is None or found.body is not None or not _in_row(sentence.phrases, i, before):
                continue
            words = [w for w in words_of(tokens, phrase.tokens) if w.end < found.person.start]
            if (body := _row_body(words, tokens, knowledge)) is not None and body.end + 1 == found.person.start:
                told[found.person.start] = body
    for found in anchored:
        body = told.get(found.person.start)
        leads = found.person.title in knowledge.titles.heads - knowledge.titles.unit_heads
        yield found if body is None else replace(found, body=body, leads=leads, start=body.start)


def _in_row(phrases: Sequence[Phrase], i: int, before: Sequence[bool]) -> bool:
    """Whether the person beside a phrase in its list has a body before the name."""
    left = i > 0 and before[i - 1] and phrases[i - 1].particle in (",", "과", "와")
    return left or i + 1 < len(before) and before[i + 1] and phrases[i].particle in (",", "과", "와")


def _row_body(words: Sequence, tokens: Tokens, knowledge: Knowledge) -> Mention | None:
    tags = [tag for w in words for tag in tags_of(tokens, w)]
    if (
        not 1 <= len(words) <= 2
        or not set(tags) <= _ROW_TAGS
        or words[-1].end - words[0].start < 2
        or any(
            title_in(w.text, knowledge)
            or w.text in knowledge.names.barriers | knowledge.organizations.generic | knowledge.organizations.crowds
            for w in words
        )
    ):
        return None
    name = tokens.text[words[0].start : words[-1].end]
    if len(name) < 4 and not {"NNP", "SL", "UN"} & set(tags):
        return None  # 이날 ○○○ 전무와
    return Mention(start=words[0].start, end=words[-1].end, kind="Organization", name=name, rule="beside-title", certain=False)


_NOTED = re.compile(r"\(([가-힣A-Za-z&]{2,12})\)")
_NEAR = 40  # characters between two people of a list


def of_notes(anchored: Sequence[Anchored], tokens: Tokens, knowledge: Knowledge) -> Iterator[Anchored]:
    """``○○○ 교수(고려대), ○○○ 변호사(나래)``: an unknown name in parentheses is a body where the one of the next person is."""
    noted = [
        a.person.end
        for a in anchored
        if a.body is not None and a.body.start > a.person.end and tokens.text[a.body.start - 1] == "("
    ]
    told = {a.person.start for a in anchored if a.body is not None}
    for found in anchored:
        yield found
        end = found.person.title_span[1] if found.person.title_span else found.person.end
        note = _NOTED.match(tokens.text, end)
        if (
            note is None
            or end < found.person.end
            or found.person.start in told
            or not any(abs(found.person.start - at) < _NEAR for at in noted)
        ):
            continue
        name, start = note[1], note.start(1)
        words = words_of(tokens, [i for i, at in enumerate(tokens.starts) if start <= at < note.end(1)])
        if (
            any(tag not in ("NNP", "SL", "UN") for w in words for tag in tags_of(tokens, w))
            or title_in(name, knowledge)
            or name in knowledge.organizations.generic
        ):
            continue
        body = Mention(start=start, end=note.end(1), kind="Organization", name=name, rule="beside-title", certain=False)
        leads = found.person.title in knowledge.titles.heads - knowledge.titles.unit_heads
        yield replace(found, person=found.person, body=body, leads=leads, end=note.end())
