"""The vote of the model of names: a name that the rules left out or cut short, where the text has a place for it.

The rules read a text first. The model is asked only about sentences with a *gap*, a place where a name must stand and the rules have
none, and its answer counts only there, only as a whole, and only above a probability (``lexicon/votes.toml``):

========== ================================================================ ==================================================
gap        the text                                                         what a vote makes of it
========== ================================================================ ==================================================
listed     a part of a list of bodies (○○은행, △△, □□부 등이), itself unknown   a body
employer   a proper word between or before a person and their title         the body of that person
titled     a phrase that ends with a title, and no person in it              a person
noted      a word before a parenthesis with a body and a title               a person (○○○(△△대 교수))
cut        a body's name whose first word has the shape of a person's name  a person, and the body without that word
========== ================================================================ ==================================================

A name of the gazetteer is never changed. What follows from a vote says so: its evidence carries ``+model`` behind the rule and a lower
confidence. Without the model's folder there are no votes.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from kg.analyze.names.organizations import organizations_in
from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.names.settled import LIST_TAILS
from kg.analyze.names.words import Word, event_noun, is_person_name, title_in, words_of
from kg.knowledge import Knowledge
from kg.model import Claim, Mention

if TYPE_CHECKING:
    from kg.analyze.ner import Name
    from kg.analyze.phrases import Phrase
    from kg.analyze.reading import Reading, SentenceReading
    from kg.analyze.tokens import Tokens

RULE = "model"
_BODIES = frozenset({"OG", "PS", "LC"})  # the model takes many a company in a list for a person
_PERSON = frozenset({"PS"})
_HANGUL_OR_LATIN = re.compile(r"[가-힣]{2,8}|[A-Z][a-z]+")
_SHARED = re.compile(r" (?:[가-힣]{2,4}[·ㆍ‧])*")  # 한국○○원 ○○○·○○○ 박사
_KINDS = {"noted": "Person", "cut": "Person", "titled": "Person"}
_SURE = 0.95  # a name that has not the shape of a Korean one
COMPANIES = ("주식회사 ", "(주)", "㈜", "유한회사 ")
_LISTING = frozenset({"", "과", "와"})


class Gap(NamedTuple):
    """A place for a name: characters ``start`` … ``end`` of phrase ``phrase``; the labels of the model that may fill it."""

    kind: str
    phrase: int
    start: int
    end: int
    labels: frozenset[str]
    until: int = -1
    title: str | None = None
    title_span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """A name that the model has voted for, in a phrase of a sentence."""

    sentence: int
    phrase: int
    mention: Mention


def votes(reading: "Reading", ask: Callable[[Sequence[tuple[int, int]]], Sequence["Name"]], known, knowledge: Knowledge) -> list[Vote]:
    """The votes on a text that the rules have read; ``ask`` gives the model's names in ranges of tokens."""
    wanted = [(number, gaps) for number, sentence in enumerate(reading.sentences) if (gaps := list(gaps_in(sentence, reading, known, knowledge)))]
    if not wanted:
        return []
    names = [name for name in ask([(reading.sentences[n].sentence.start, reading.sentences[n].sentence.end) for n, _ in wanted]) if name.label in _BODIES]
    return [Vote(number, gap.phrase, mention) for number, gaps in wanted for gap in gaps for mention in _answers(gap, names, reading, knowledge)]


def _answers(gap: Gap, names: Sequence["Name"], reading: "Reading", knowledge: Knowledge) -> Iterator[Mention]:
    """The names of the model that fill a gap: one, or several people who share a title."""
    text = reading.tokens.text
    for name in names:
        if name.label not in gap.labels or name.score < knowledge.votes.sure[gap.kind] or not _fits(gap, name, text):
            continue
        kind = _KINDS.get(gap.kind, "Organization")
        start, end = (name.start, name.end) if kind == "Person" and gap.kind != "noted" else (gap.start, gap.end)
        if gap.kind == "cut" and end > gap.until:
            end = gap.end
        if gap.kind == "titled" and name.score < _SURE and not is_person_name(text[start:end], ["NNP"], knowledge, strong=True):
            continue
        start += next((len(mark) for mark in COMPANIES if kind == "Organization" and text.startswith(mark, start)), 0)
        title, title_span = gap.title, gap.title_span
        if gap.kind == "titled":
            low = max((m.end for m in reading.mentions if end < m.start and m.end < gap.end + 1 and is_organization(m)), default=0)
            low = low + 1 if low and text[low] == " " else gap.title_span[0]
            title, title_span = text[low:gap.title_span[1]], (low, gap.title_span[1])
        yield Mention(start=start, end=end, kind=kind, name=text[start:end], rule=RULE, title=title, title_span=title_span, certain=gap.kind != "employer")
        if gap.kind != "titled":
            return


def _fits(gap: Gap, name: "Name", text: str) -> bool:
    """Whether a name of the model is what a gap asks for: the same stretch, with what each gap allows beside it."""
    if (name.start, name.end) == (gap.start, gap.end):
        return True
    if gap.kind == "employer":  # the model runs the company and the person behind it together
        return name.start == gap.start and name.end == gap.until or name.end == gap.end and text[gap.start:name.start] in COMPANIES
    if gap.kind == "cut":
        return name.start <= gap.start < name.end and (name.start == gap.start or name.end < gap.until and text[name.end] == " " and name.score >= _SURE)
    return gap.kind == "titled" and gap.start <= name.start and name.end <= gap.end and (" " not in text[name.start:name.end] or name.score >= _SURE) \
        and text[name.start - 1:name.start] in " ·‘“\n" and text[name.end] in " ·("


def gaps_in(sentence: "SentenceReading", reading: "Reading", known, knowledge: Knowledge) -> Iterator[Gap]:
    """Where a sentence has a place for a name and the rules have none."""
    tokens = reading.tokens
    here = [m for m in reading.mentions if sentence.start <= m.start and m.end <= sentence.end]
    yield from _cut(sentence, here, tokens, knowledge)
    yield from _employers(sentence, reading, here, knowledge)
    for number, phrase in enumerate(sentence.phrases):
        if phrase.kind == "NP" and phrase.tokens:
            if phrase.notes:
                yield from _noted(number, phrase, here, tokens, known, knowledge)
            yield from _titled(number, phrase, here, tokens, knowledge)
    if any(phrase.kind == "PRED" for phrase in sentence.phrases):
        yield from _listed(sentence, tokens, knowledge)


def _over(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    return any(m.start < end and start < m.end for m in mentions)


def _proper(tokens: "Tokens", word: Word) -> bool:
    return any(tokens.tags[i].startswith(("NNP", "SL", "UN")) for i in range(word.first, word.last + 1))


def _nameable(words: Sequence[Word], tokens: "Tokens", knowledge: Knowledge) -> bool:
    """Whether words can be the name of a body that nothing else tells of: one of them is proper, none is a title or an event."""
    last = words[-1].text
    return any(_proper(tokens, w) for w in words) and 2 <= words[-1].end - words[0].start <= 25 and last not in knowledge.organizations.generic \
        and not any(title_in(w.text, knowledge) for w in words) and event_noun(last, knowledge) is None and not last[-1].isdigit()


def _person_shaped(word: str, knowledge: Knowledge) -> bool:
    return len(word) == 3 and word[0] in knowledge.surnames.one and set(word[1:]) <= knowledge.surnames.given


def _cut(sentence, here: Sequence[Mention], tokens: "Tokens", knowledge: Knowledge) -> Iterator[Gap]:
    for body in here:
        first, _, rest = body.name.partition(" ")
        if not rest or body.known or not is_organization(body) or body.rule in ("gazetteer", "alias", "corporate-mark") or not tokens.text.startswith(first, body.start):
            continue
        foreign = body.rule == "defined-by-note" and _HANGUL_OR_LATIN.fullmatch(first)
        if not (foreign or len(first) == 3 and is_person_name(first, ["NNP"], knowledge, strong=True)):
            continue
        number = next((n for n, p in enumerate(sentence.phrases) if p.kind == "NP" and p.tokens and tokens.starts[p.first] <= body.start < tokens.ends[p.last]), None)
        if number is not None:
            yield Gap("cut", number, body.start, body.start + len(first), _PERSON, body.end)


def _employers(sentence, reading: "Reading", here: Sequence[Mention], knowledge: Knowledge) -> Iterator[Gap]:
    tokens = reading.tokens
    for found in reading.anchored:
        person = found.person
        if not sentence.start <= person.start < sentence.end or found.body is not None or person.title is None or person.title_span is None:
            continue
        number = next((n for n, p in enumerate(sentence.phrases) if p.kind == "NP" and p.tokens and tokens.starts[p.first] <= person.start < tokens.ends[p.last]), None)
        if number is None:
            continue
        words = words_of(tokens, sentence.phrases[number].tokens)
        between = [w for w in words if person.end <= w.start and w.end < person.title_span[1]]
        before = [w for w in words if w.end <= person.start]
        for size in range(1, len(between) + 1) if between else (1,) if before else ():
            some = between[:size] or before[-size:]
            if (between or some[-1].end + 1 == person.start) and not _person_shaped(some[0].text, knowledge) and not _over(some[0].start, some[-1].end, [m for m in here if m is not person]) \
                    and _nameable(some, tokens, knowledge):
                yield Gap("employer", number, some[0].start, some[-1].end, frozenset({"OG", "PS"}), person.end)
                break


def _noted(number: int, phrase: "Phrase", here: Sequence[Mention], tokens: "Tokens", known, knowledge: Knowledge) -> Iterator[Gap]:
    words = words_of(tokens, phrase.tokens)
    for opening, closing in phrase.notes:
        word = next((w for w in words if w.last == opening - 1), None)
        if word is None or len(word.text) != 3 or not is_person_name(word.text, ["NNP"], knowledge, strong=True) or _over(word.start, word.end, here):
            continue
        inside = words_of(tokens, range(opening + 1, closing))
        if not inside or title_in(inside[-1].text, knowledge) is None or inside[0].text in knowledge.titles.former | {"前"} \
                or any(tokens.words[i] in ",·" for i in range(opening + 1, closing)):
            continue
        bodies = organizations_in(inside, tokens, known, knowledge)
        low = max((b.end for b in bodies if b.end <= inside[-1].start), default=inside[0].start)
        low += tokens.text[low] == " "
        if bodies:
            yield Gap("noted", number, word.start, word.end, _PERSON, -1, tokens.text[low:inside[-1].end], (low, inside[-1].end))


def _titled(number: int, phrase: "Phrase", here: Sequence[Mention], tokens: "Tokens", knowledge: Knowledge) -> Iterator[Gap]:
    words = words_of(tokens, phrase.tokens)
    last = next((k for k in range(len(words) - 1, 0, -1) if (t := title_in(words[k].text, knowledge)) and not t[0]), 0)
    if not last or phrase.quoted or any(m.kind == "Person" and m.start < words[last].end and words[0].start < m.end for m in here):
        return
    open_ = [w for w in words[:last] if not _over(w.start, w.end, here) and (_proper(tokens, w) or is_person_name(w.text, ["NNP"], knowledge, strong=True))]
    if open_:
        yield Gap("titled", number, words[0].start, words[last].start - 1, _PERSON, -1, None, (words[last].start, words[last].end))


def _runs(sentence: "SentenceReading") -> Iterator[list[int]]:
    """Phrases of a list: each but the last ends with a comma, 와 or 과."""
    run: list[int] = []
    for number, phrase in enumerate(sentence.phrases):
        if phrase.kind == "NP" and phrase.tokens:
            run.append(number)
            if phrase.comma and phrase.particle in _LISTING or phrase.particle in (",", "과", "와"):
                continue
        elif phrase.kind == "ADV":
            continue
        if len(run) > 2:
            yield run
        run = []
    if len(run) > 2:
        yield run


def _listed(sentence: "SentenceReading", tokens: "Tokens", knowledge: Knowledge) -> Iterator[Gap]:
    for run in _runs(sentence):
        bodies = [n for n in run if sentence.heads[n] and is_organization(sentence.heads[n][-1])]
        if len(bodies) < 2 or any(h.kind == "Person" for n in run for h in sentence.heads[n]):
            continue
        for number in run:
            phrase = sentence.phrases[number]
            if sentence.heads[number] or phrase.notes or phrase.determiner:
                continue
            words = words_of(tokens, phrase.tokens)
            if number == run[-1]:  # ○○, △△ 등 12개 기업이
                tail = next((i for i, w in enumerate(words) if w.text in LIST_TAILS), len(words))
                words = words[:tail]
            if words and len(words) <= 3 and _nameable(words, tokens, knowledge):
                yield Gap("listed", number, words[0].start, words[-1].end, _BODIES)


def with_votes(bodies: Sequence[Mention], votes: Sequence[Mention]) -> list[Mention]:
    """Bodies of a phrase after the vote: a person's name is cut off, new ones come where no body stands."""
    people = [m for m in votes if m.kind == "Person"]
    kept = []
    for body in bodies:
        person = next((m for m in people if m.start <= body.start < m.end < body.end), None)
        if person is not None and body.known is None:
            rest = body.name[person.end - body.start:].lstrip()
            body = Mention(start=body.end - len(rest), end=body.end, kind=body.kind, name=rest, rule=RULE, certain=body.certain)
        kept.append(body)
    new = [m for m in votes if is_organization(m) and not _over(m.start, m.end, kept)]
    return sorted([*kept, *new], key=lambda m: m.start)


def anchored_by_vote(person: Mention, bodies: Sequence[Mention], text: str, knowledge: Knowledge) -> Anchored:
    """A person that the model has named with the title that stands there, and the body between them or right before."""
    between = [b for b in bodies if is_organization(b) and person.end < b.start and b.end <= person.title_span[0]]
    before = [b for b in bodies if is_organization(b) and _SHARED.fullmatch(text[b.end:person.start])]
    body = (between or before or [None])[-1]
    leads = body is not None and person.title in knowledge.titles.heads - knowledge.titles.unit_heads
    return Anchored(person, body, None, leads, False, min(person.start, body.start if body else person.start), person.title_span[1])


def marked(claims: Iterable[Claim], knowledge: Knowledge) -> Iterator[Claim]:
    """Claims about names that the model voted for say so, and are less sure."""
    for claim in claims:
        if any(isinstance(thing, Mention) and thing.rule == RULE for thing in (claim.subject, claim.object)):
            claim = replace(claim, rule=f"{claim.rule}+{RULE}", confidence=round(claim.confidence * knowledge.votes.confidence, 3))
        yield claim
