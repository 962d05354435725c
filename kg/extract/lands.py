"""Where places and bodies lie: the capital of a country, the seat of a body, the region that it serves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.names.people import is_organization
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import body_in, last_word, place_in
from kg.syntax.arguments import TOPIC, Clause
from kg.extract.definitions import defined_body
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention
from kg.knowledge.schema import schema

_BEFORE_PLACE = re.compile(r"(?:의|인)?\s?수도(?:인|이자\s[^,.]{1,20}인)?,?\s")
_IS = re.compile(r"(?:의)?\s?수도(?:이다|다|이며|이고|로서|로|이자|입니다)(?=[\s,.]|$)")
_WORD = re.compile(r"[가-힣]+")
_PARTICLES = ("에서는", "에서의", "에서도", "에서", "으로", "에는", "에도", "까지", "부터", "에", "를", "을", "의", "로")


def extract_lands(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of capitalOf, locatedIn and region."""
    yield from _capitals(reading, knowledge)
    for sentence in reading.sentences:
        yield from _seats(reading, sentence, knowledge)
        yield from _regions(reading, sentence, knowledge)


def _capitals(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    text = reading.tokens.text
    for country in reading.mentions:
        if country.kind != "Country":
            continue
        place, end = None, country.end
        match = _BEFORE_PLACE.match(text, country.end)
        if match is not None:
            place = _place_at(reading, match.end(), knowledge)  # 몽골의 수도인 울란바토르
        elif (noted := re.match(r"\(수도(?:는)?\s?:?\s?([가-힣]{2,10})\)", text[country.end : country.end + 20])) is not None:
            start = country.end + noted.start(1)
            place = _known_at(reading, start) or Mention(
                start=start, end=start + len(noted[1]), kind="City", name=noted[1], rule="capital"
            )
        elif (is_ := _IS.match(text, country.end)) is not None and not text[is_.end() : is_.end() + 6].strip().startswith("아니"):
            place, end = _topic_before(reading, country.start), is_.end()  # 리스본은 포르투갈의 수도이다
        elif (following := _known_at(reading, country.end + 1)) is not None and re.match(
            r"[은는]\s(?:그\s)?수도(?:로서|이다|이며|이자|로)", text[following.end : following.end + 10]
        ):
            place = following  # 페루 리마는 수도로서
        if place is not None:
            yield Candidate(
                relation="capitalOf",
                subject=place,
                object=country,
                rule="place.capital",
                start=min(place.start, country.start),
                end=max(place.end, end),
                sentence=reading.sentence_at(country.start),
            )


def _known_at(reading: Reading, start: int) -> Mention | None:
    return next(
        (
            m
            for m in reading.mentions
            if m.start == start and schema().is_a(m.kind, "Place") and m.kind not in ("Venue", "Country")
        ),
        None,
    )


def _place_at(reading: Reading, start: int, knowledge: Knowledge) -> Mention | None:
    """The place named at an offset; a word that nothing else knows is one too, for it stands after 수도."""
    known = _known_at(reading, start)
    if known is not None:
        return known
    word = _WORD.match(reading.tokens.text, start)
    if word is None:
        return None
    names = [
        word[0][:size]
        for size in range(len(word[0]), 1, -1)
        if any(schema().is_a(e.place_cls or e.cls, "Place") for e in knowledge.gazetteer.by_name(word[0][:size]))
    ]
    name = names[0] if names else next((word[0].removesuffix(p) for p in _PARTICLES if word[0].endswith(p)), "")
    if not 2 <= len(name) <= 10:
        return None
    return Mention(start=start, end=start + len(name), kind="City", name=name, rule="capital", certain=bool(names))


def _topic_before(reading: Reading, offset: int) -> Mention | None:
    """The place that is the topic right before an offset."""
    return next(
        (
            m
            for m in reading.mentions
            if schema().is_a(m.kind, "Place")
            and m.kind != "Country"
            and offset - 30 < m.end < offset
            and re.fullmatch(r"[은는이가]\s(?:[가-힣]+\s)?", reading.tokens.text[m.end : offset])
        ),
        None,
    )


def _seats(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Iterator[Candidate]:
    """○○연맹은 여주에 본부를 두고 있다; ○○은 로마에 있다."""
    phrases, tokens = sentence.phrases, reading.tokens
    for i, phrase in enumerate(phrases):
        if (
            phrase.kind != "PRED"
            or phrase.negated
            or phrase.planned
            or phrase.lemma not in ("두다", "있다", "위치하다", "소재하다", "자리하다")
            or phrase.past
        ):
            continue
        near = [j for j in range(max(0, i - 4), i) if phrases[j].kind == "NP" and phrases[j].tokens]
        place = next((j for j in reversed(near) if phrases[j].particle == "에"), None)
        topic = next((j for j in near if phrases[j].particle in TOPIC), None)
        if place is None or topic is None or topic > place or any(phrases[j].kind == "PRED" for j in range(topic, i)):
            continue
        if phrase.lemma == "두다" and not (
            place == i - 2
            and phrases[i - 1].particle in ("을", "를")
            and tokens.surface(phrases[i - 1].tokens[0], phrases[i - 1].tokens[-1]) in knowledge.bodies.seats - {"사무소", "거점"}
        ):
            continue
        if phrase.lemma != "두다" and place != i - 1:
            continue
        where = place_in(reading, sentence, place, known=True)
        body = sentence.heads[topic][-1] if sentence.heads[topic] else body_in(reading, sentence, topic, knowledge)
        if where is not None and body is not None and is_organization(body):
            yield Candidate(
                relation="locatedIn",
                subject=body,
                object=where,
                rule="place.seat",
                start=body.start,
                end=tokens.ends[phrase.last],
                sentence=(sentence.start, sentence.end),
            )


def _regions(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Iterator[Candidate]:
    """○○은 …한 협의체로, 중앙아메리카 지역을 중심으로 … 돕고 있다; ○○은 동해안 지역을 관할한다."""
    phrases, tokens = sentence.phrases, reading.tokens
    for i, phrase in enumerate(phrases):
        if (
            phrase.kind != "NP"
            or phrase.particle not in ("을", "를")
            or not phrase.tokens
            or last_word(reading, phrase) not in ("지역", "권역")
        ):
            continue
        following = phrases[i + 1] if i + 1 < len(phrases) else None
        if following is None:
            continue
        rule = _body_of_region(reading, sentence, i, following, knowledge)
        if rule is None:
            continue
        name = re.sub(r"\s?(?:지역|권역)$", "", tokens.surface(phrase.tokens[0], phrase.tokens[-1]))
        if len(name) >= 2 and name not in ("해당", "각", "전국", "이", "그", "전", "관할", "주요", "일부"):
            yield Candidate(
                relation="region",
                subject=rule,
                object=name,
                rule="place.region",
                start=tokens.starts[phrase.tokens[0]],
                end=tokens.ends[phrase.tokens[-1]],
                sentence=(sentence.start, sentence.end),
            )


def _body_of_region(reading: Reading, sentence: SentenceReading, i: int, following, knowledge: Knowledge) -> Mention | None:
    """The body that is said to serve the region at phrase i."""
    tokens, phrases = reading.tokens, sentence.phrases
    if (
        following.kind == "NP"
        and following.particle in ("으로", "로")
        and tokens.surface(following.tokens[0], following.tokens[-1]) in ("중심", "대상", "무대", "거점")
    ):
        return defined_body(reading, sentence, i, knowledge)
    if following.kind == "PRED" and following.lemma in ("관할하다", "담당하다") and not following.negated and not following.past:
        topic = next((j for j in range(i) if phrases[j].kind == "NP" and phrases[j].particle in TOPIC), None)
        if following.ending == "adnominal" and topic is None and i == 0 and len(phrases) > 2:
            topic = 2
        body = body_in(reading, sentence, topic, knowledge) if topic is not None else None
        return body
    return None
