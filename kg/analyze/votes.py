"""The vote of the model of names: a name that the rules left out or cut short, where the text has a place for it.

The rules read a text first. The model is asked only about sentences with a *gap*, a place where a name must stand and the rules
have none, and its answer counts only there, only as a whole, and only above a probability (``lexicon/votes.toml``):

======== ================================================================== ===============================================
gap      the text                                                           what a vote makes of it
======== ================================================================== ===============================================
listed   a part of a list of bodies (○○은행, △△, □□부 등이), unknown itself  a body
employer a proper word between or before a person and their title           the body of that person
titled   a phrase that ends with a title, and no person in it               a person
noted    a word before a parenthesis with a body and a title                a person (○○○(△△대 교수))
cut      a body's name whose first word has the shape of a person's name    a person, and the body without that word
======== ================================================================== ===============================================

A name of the gazetteer is never changed. What follows from a vote says so: its evidence carries ``+model`` behind the rule and
a lower confidence. Without the model's folder there are no votes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analyze.gaps import Gap, gaps_in, over
from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.names.words import is_person_name
from kg.knowledge.load import Knowledge
from kg.model import FoundBy, Mention

if TYPE_CHECKING:
    from kg.analyze.ner import Name
    from kg.analyze.readings import Reading

RULE: FoundBy = "model"
_PEOPLE = frozenset({"noted", "cut", "titled"})
_SURE = 0.95  # a name that has not the shape of a Korean person's
_COMPANIES = ("주식회사 ", "(주)", "㈜", "유한회사 ")
_SHARED = re.compile(r" (?:[가-힣]{2,4}[·ㆍ‧])*")  # 한국○○원 ○○○·○○○ 박사
_FORMS = ("법무법인 ", "특허법인 ", "회계법인 ", "세무법인 ", "노무법인 ")
_NOTE = re.compile(r"^\([^()]*\)\s*")
_LABELS = frozenset({"PS", "OG", "LC"})


@dataclass(frozen=True, slots=True)
class Vote:
    """A name that the model has voted for, in a phrase of a sentence."""

    sentence: int
    phrase: int
    mention: Mention


def votes(
    reading: Reading, ask: Callable[[Sequence[tuple[int, int]]], Sequence[Name]], known, knowledge: Knowledge
) -> list[Vote]:
    """The votes on a text that the rules have read; ``ask`` gives the model's names in ranges of tokens."""
    starts = [mention.start for mention in reading.mentions]
    wanted = [
        (number, gaps)
        for number, sentence in enumerate(reading.sentences)
        if (gaps := list(gaps_in(sentence, reading, starts, known, knowledge)))
    ]
    if not wanted:
        return []
    sentences = [reading.sentences[number].sentence for number, _ in wanted]
    names = [name for name in ask([(s.start, s.end) for s in sentences]) if name.label in _LABELS]
    return [
        Vote(number, gap.phrase, mention)
        for number, gaps in wanted
        for gap in gaps
        for mention in _answers(gap, names, reading, knowledge)
    ]


def _answers(gap: Gap, names: Sequence[Name], reading: Reading, knowledge: Knowledge) -> Iterator[Mention]:
    """The names of the model that fill a gap: one, or several people who share a title."""
    text = reading.tokens.text
    for name in names:
        if name.label not in gap.labels or name.score < knowledge.votes.sure[gap.kind] or not _fits(gap, name, text):
            continue
        if gap.kind == "titled" and gap.title_span is not None:
            words = text[name.start : name.end]
            korean = len(words) == 3 and is_person_name(words, ("NNP",), knowledge, strong=True)
            embassy = words[0] == "주" and words[1:] in knowledge.gazetteer  # 주○○ 대사
            # A foreign name counts where it cannot be the last part of a longer one.
            whole = name.start == gap.start or bool(reading.ending(name.start - 1))
            family = words in knowledge.surnames.one and name.end + 1 == gap.title_span[0]  # ○ 처장, for somebody named before
            if not embassy and (korean or (whole or family) and name.score >= _SURE):
                yield _titled(gap, gap.title_span, name, reading)
            continue
        start, end = gap.start, gap.end
        if gap.kind == "cut":
            start, end = (name.start, name.end) if name.end <= gap.until else (start, end)
            if not _left(text[end : gap.until], knowledge):
                continue
        if gap.kind not in _PEOPLE:
            start += next((len(mark) for mark in _COMPANIES if text.startswith(mark, start)), 0)
            start -= next((len(form) for form in _FORMS if text.endswith(form, 0, start)), 0)
        kind = "Person" if gap.kind in _PEOPLE else "Organization"
        yield Mention(
            start=start,
            end=end,
            kind=kind,
            name=text[start:end],
            rule=RULE,
            title=gap.title,
            title_span=gap.title_span,
            certain=gap.kind != "employer",
        )
        return


def _left(rest: str, knowledge: Knowledge) -> bool:
    """Whether what stays of a body's name after a person's is a name: no second person, no title."""
    first = _NOTE.sub("", rest.lstrip()).partition(" ")[0]
    person = len(first) == 3 and is_person_name(first, ("NNP",), knowledge, strong=True)
    titled = any(first.startswith(title) for title in knowledge.titles.all if len(title) > 1)
    return first[:1].isalnum() and not person and not titled


def _titled(gap: Gap, title: tuple[int, int], name: Name, reading: Reading) -> Mention:
    """A person with the words of the title: what stands after the last body between them, or the title alone."""
    text, (low, high) = reading.tokens.text, title
    body = max((m.end for m in reading.within(name.end + 1, gap.end) if is_organization(m)), default=0)
    low = body + 1 if body and text[body] == " " else low
    return Mention(
        start=name.start,
        end=name.end,
        kind="Person",
        name=text[name.start : name.end],
        rule=RULE,
        title=text[low:high],
        title_span=(low, high),
    )


def _fits(gap: Gap, name: Name, text: str) -> bool:
    """Whether a name of the model is what a gap asks for: the same stretch, with what each kind allows beside it."""
    start, end = name.start, name.end
    if (start, end) == (gap.start, gap.end):
        return True
    if gap.kind == "employer":  # the model runs the company and the person beside it together
        together = (start, end) in ((gap.start, gap.until), (gap.until, gap.end))
        return together or end == gap.end and text[gap.start : start] in _COMPANIES
    if gap.kind == "cut":
        foreign = end < gap.until and text[end] == " " and name.score >= _SURE
        return start <= gap.start < end and (start == gap.start or foreign)
    return (
        gap.kind == "titled"
        and gap.start <= start
        and end <= gap.end
        and (" " not in text[start:end] or name.score >= _SURE)
        and text[start - 1 : start] in " ·‘“\n"
        and text[end] in " ·("
    )


def with_votes(bodies: Sequence[Mention], voted: Sequence[Mention]) -> list[Mention]:
    """Bodies of a phrase after the vote: a person's name is cut off, new ones come where no body stands."""
    people = [m for m in voted if m.kind == "Person"]
    kept = []
    for body in bodies:
        person = next((m for m in people if m.start <= body.start < m.end < body.end), None)
        if person is not None and body.known is None:
            rest = _NOTE.sub("", body.name[person.end - body.start :].lstrip())
            body = Mention(start=body.end - len(rest), end=body.end, kind=body.kind, name=rest, rule=RULE, certain=body.certain)
        kept.append(body)
    kept = [b for b in kept if not any(_holds(m, b) for m in voted)]
    new = [m for m in voted if is_organization(m) and not over(m.start, m.end, kept)]
    return sorted([*kept, *new], key=lambda m: m.start)


def anchored_by_vote(person: Mention, bodies: Sequence[Mention], text: str, knowledge: Knowledge) -> Anchored:
    """A person that the model has named with the title that stands there, and the body between them or right before."""
    low, high = person.title_span or (person.end, person.end)
    between = [b for b in bodies if is_organization(b) and person.end < b.start and b.end <= low]
    before = [b for b in bodies if is_organization(b) and _SHARED.fullmatch(text[b.end : person.start])]
    body = next(reversed(between or before), None)
    leads = body is not None and person.title in knowledge.titles.heads - knowledge.titles.unit_heads
    start = min(person.start, body.start) if body else person.start
    return Anchored(person, body, None, leads, False, start, high)


def _holds(new: Mention, body: Mention) -> bool:
    """Whether a body that the model names holds all of another name and more."""
    return (
        is_organization(new) and new.start <= body.start and body.end <= new.end and new.end - new.start > body.end - body.start
    )
