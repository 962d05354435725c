"""How many countries and organizations belong to a body: 45개국 5개 국제기구가 참여하고 있다, ○○연맹(회원국 8개국), 회원사 140개사로 이루어져 있다."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import body_in, last_word
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention, Value
from kg.syntax.arguments import OBJECT, SUBJECT, TOPIC

_NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,5})\s?여?\s?"
_COUNTED = re.compile(
    _NUMBER
    + r"(?:(?P<countries>개국|개\s?(?:나라|회원국|국가|가맹국))|(?P<organizations>개\s?(?:국제기구|기관|회원사|회원기관|회원단체|단체|기업|협회|학회|조직|회사)|개사))"
)
_NAMED = re.compile(r"회원국|회원사|회원기관|회원단체|가맹국")
_YEAR = re.compile(r"\d{4}년")
_MEMBERS = re.compile(r"^\s?(?:현재\s)?(?:회원국|회원사|회원기관|회원단체|회원|가맹국|당사국|참여국)\s?(?:수)?\s?[:：]?\s?(?=\d)")


def extract_members(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of memberCountryCount and memberOrganizationCount."""
    for sentence in reading.sentences:
        for i, phrase in enumerate(sentence.phrases):
            if phrase.kind != "NP" or not phrase.tokens:
                continue
            if phrase.notes:
                yield from _members_noted(reading, sentence, i, knowledge)
            counts = _counts(reading, phrase)
            if counts and (body := _joined(reading, sentence, i, knowledge)) is not None:
                k = i - 1
                while (
                    k >= 0
                    and sentence.phrases[k].kind == "NP"
                    and sentence.phrases[k].particle in ("과", "와", ",", "및", "·")
                    and (more := _counts(reading, sentence.phrases[k]))
                ):
                    counts += more
                    k -= 1
                yield from _count_claims(reading, sentence, body, counts)


def _counts(reading: Reading, phrase: Phrase) -> list[Value]:
    """Counts of countries and bodies in a noun phrase; one that the phrase ends with, and those right before it."""
    if phrase.kind != "NP" or not phrase.tokens:
        return []
    text = reading.tokens.surface(phrase.tokens[0], phrase.tokens[-1])
    start = reading.tokens.starts[phrase.tokens[0]]
    found = []
    for match in _COUNTED.finditer(text):
        kind = "countries" if match["countries"] else "organizations"
        found.append(
            Value(kind=kind, start=start + match.start(), end=start + match.end(), number=int(match["n"].replace(",", "")))
        )
    if found and found[-1].end != start + len(text):
        return []
    if not found and (bare := re.search(r"(?P<n>\d[\d,]*)\s?개$", text)):
        found.append(
            Value(kind="bare", start=start + bare.start(), end=start + bare.end(), number=int(bare["n"].replace(",", "")))
        )
    return found


def _count_claims(reading: Reading, sentence: SentenceReading, body: Mention, counts: Sequence[Value]) -> Iterator[Candidate]:
    for count in counts:
        if count.kind == "bare":  # 회원 단체는 57개이다
            words = reading.tokens.text[sentence.start : count.start]
            count = replace(
                count, kind="countries" if re.search(r"(?:회원국|가맹국)(?:\s?수)?[은는이가]?\s?$", words) else "organizations"
            )
        if count.kind in ("countries", "organizations"):
            inside = sentence.start <= body.start and body.end <= sentence.end
            start, end = (min(body.start, count.start), max(body.end, count.end)) if inside else (count.start, count.end)
            yield Candidate(
                relation="memberCountryCount" if count.kind == "countries" else "memberOrganizationCount",
                subject=body,
                object=count,
                rule="members.count",
                start=start,
                end=end,
                sentence=(sentence.start, sentence.end),
            )


def _members_noted(reading: Reading, sentence: SentenceReading, index: int, knowledge: Knowledge) -> Iterator[Candidate]:
    """○○연맹(회원국 8개국), ○○협의회(회원: 52개국, 9개 국제기구)."""
    tokens, phrase = reading.tokens, sentence.phrases[index]
    for opening, closing in phrase.notes:
        text = tokens.text[tokens.ends[opening] : tokens.starts[closing]]
        if not _MEMBERS.match(text):
            continue
        body = body_in(reading, sentence, index, knowledge)
        counts = [
            Value(
                kind="countries" if m["countries"] else "organizations",
                start=tokens.ends[opening] + m.start(),
                end=tokens.ends[opening] + m.end(),
                number=int(m["n"].replace(",", "")),
            )
            for m in _COUNTED.finditer(text)
        ]
        if body is not None:
            yield from _count_claims(reading, sentence, body, counts)


def _joined(reading: Reading, sentence: SentenceReading, i: int, knowledge: Knowledge) -> Mention | None:
    """The body whose members a counted phrase is; None where it counts something else."""
    phrases = sentence.phrases
    phrase = phrases[i]
    after = next((j for j in range(i + 1, len(phrases)) if phrases[j].kind == "PRED"), None)
    if after is None or phrases[after].negated or phrases[after].planned:
        return None
    if any(p.kind == "QUOTE" for p in phrases[i:after]):
        return None
    verb = phrases[after]
    if phrase.particle in SUBJECT:
        return _joining(reading, sentence, i, after, knowledge)
    text = reading.tokens.surface(phrase.tokens[0], phrase.tokens[-1])
    had = verb.lemma in knowledge.signs.having and (
        _NAMED.search(text) or _as_members(reading, phrases[i + 1 : after], knowledge)
    )
    if phrase.particle in OBJECT and had or phrase.particle in ("으로", "로") and verb.lemma in knowledge.bodies.made_up:
        adnominal = verb.ending == "adnominal"
        return _described(reading, sentence, after, knowledge) if adnominal else _about(reading, sentence, i, knowledge)
    counted = phrase.particle == "" and verb.lemma == "이다" and after == i + 1
    if i and (counted or phrase.particle == "에" and verb.lemma in knowledge.signs.coming_to):
        return _whose(reading, sentence, i, knowledge)
    return None


def _as_members(reading: Reading, phrases: Sequence[Phrase], knowledge: Knowledge) -> bool:
    """Whether one of some phrases says that others are members: 회원으로."""
    return any(
        p.kind == "NP" and p.tokens and p.particle in ("으로", "로") and last_word(reading, p) in knowledge.bodies.members
        for p in phrases
    )


def _joining(reading: Reading, sentence: SentenceReading, i: int, after: int, knowledge: Knowledge) -> Mention | None:
    """The body that a counted phrase joins or is in, as the predicate ``after`` it says: 45개국이 참여하고 있다, 24개사가 모여 만든."""
    phrases, verb = sentence.phrases, sentence.phrases[after]
    between = [j for j in range(i + 1, after) if phrases[j].kind == "NP" and phrases[j].tokens]
    words = {reading.tokens.surface(phrases[j].tokens[0], phrases[j].tokens[-1]) for j in between}
    made = phrases[after + 1].lemma in knowledge.purposes.made if after + 1 < len(phrases) else False
    joins = (
        verb.lemma in knowledge.bodies.joining
        or verb.lemma in knowledge.signs.taking_part
        and _as_members(reading, phrases[i + 1 : after], knowledge)
        or verb.lemma == "이다"
        and bool(words & knowledge.signs.under_way)
        or verb.lemma == "모이다"
        and made
    )
    if not joins or verb.past and verb.ending == "final":
        return None
    if verb.lemma == "모이다":
        after += 1
        verb = phrases[after]
    goal = next((j for j in between if phrases[j].particle in knowledge.endings.goals), None)
    if goal is not None:
        return body_in(reading, sentence, goal, knowledge)
    if verb.ending == "adnominal":
        return _described(reading, sentence, after, knowledge)
    if verb.ending == "connective" and verb.connective in ("어", "어서", "여", "여서"):
        return None  # 24개 기관이 함께 참여하여 데이터를 결합한다: in what they do
    return _about(reading, sentence, i, knowledge, knowledge.endings.goals)


def _described(reading: Reading, sentence: SentenceReading, predicate: int, knowledge: Knowledge) -> Mention | None:
    """The body that an adnominal clause is about: the noun after it, or the topic that the noun defines."""
    head = next((j for j in range(predicate + 1, len(sentence.phrases)) if sentence.phrases[j].kind == "NP"), None)
    if head is None:
        return None
    word = last_word(reading, sentence.phrases[head])
    if word in knowledge.bodies.kinds or word in knowledge.organizations.generic:
        topic = next(
            (j for j in range(predicate) if sentence.phrases[j].kind == "NP" and sentence.phrases[j].particle in TOPIC), None
        )
        return body_in(reading, sentence, topic, knowledge) if topic is not None else None
    return body_in(reading, sentence, head, knowledge)


def _about(
    reading: Reading, sentence: SentenceReading, i: int, knowledge: Knowledge, particles: frozenset[str] = frozenset()
) -> Mention | None:
    """The body that a sentence is about before phrase i: in 에는, or its topic."""
    for j in range(i - 1, -1, -1):
        phrase = sentence.phrases[j]
        if phrase.kind == "NP" and phrase.particle in particles and phrase.tokens and not _is_year(reading, phrase):
            return body_in(reading, sentence, j, knowledge)
    topics = [j for j in range(i) if sentence.phrases[j].kind == "NP" and sentence.phrases[j].particle in TOPIC | SUBJECT]
    told = [j for j in topics if sentence.phrases[j].particle in ("은", "는")]
    topic = (
        told[-1] if told and sentence.phrases[topics[0]].particle == ":" else next(iter(topics), None)
    )  # a note that a sentence follows
    if topic is None and all(sentence.phrases[j].kind == "ADV" for j in range(i) if not _counts(reading, sentence.phrases[j])):
        return _before(reading, sentence, knowledge)  # 현재 45개국이 참여하고 있다
    return body_in(reading, sentence, topic, knowledge) if topic is not None else None


def _is_year(reading: Reading, phrase: Phrase) -> bool:
    """Whether a noun phrase is a year (1992년에 설립된)."""
    return _YEAR.fullmatch(reading.tokens.surface(phrase.tokens[0], phrase.tokens[-1])) is not None


def _before(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Mention | None:
    """The body that the sentence before is about."""
    index = next(i for i, s in enumerate(reading.sentences) if s is sentence)
    if not index:
        return None
    last = reading.sentences[index - 1]
    topic = next((j for j, p in enumerate(last.phrases) if p.kind == "NP" and p.particle in TOPIC), None)
    return body_in(reading, last, topic, knowledge) if topic is not None else None


def _whose(reading: Reading, sentence: SentenceReading, i: int, knowledge: Knowledge) -> Mention | None:
    """○○협회의 회원국은 14개국이다."""
    phrases = sentence.phrases
    for j in range(i - 1, 0, -1):
        phrase = phrases[j]
        if phrase.kind == "NP" and phrase.particle in TOPIC | SUBJECT and phrase.tokens:
            text = reading.tokens.surface(phrase.tokens[0], phrase.tokens[-1])
            if (
                not re.fullmatch(r"(?:현재\s)?(?:회원국|회원사|회원\s?기관|회원\s?단체|가맹국|회원)(?:\s?수)?", text)
                or phrases[j - 1].particle != "의"
            ):
                return None
            return body_in(reading, sentence, j - 1, knowledge)
    return None
