"""Prizes and their winners as noun phrases name them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analyze.names.words import is_person_name, title_in, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import eojeol, person_in
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

_TEAM = frozenset({"팀", "팀원", "팀들", "등"})
NOBODY = frozenset(
    """시민 학생 기업 기관 참가자 참가팀 수상자 팀 작품 단체 개인 국민 업체 회사 선수 후보 본인 우리 직원 공무원 연구 사업
    제품 정책 사례 영화 책 논문 도시 국가 지역 부문 분야 곳 명 이들 모두 각각 누구 전원 학교 대학 지자체 농가
    마을 한국 우리나라""".split()
)


def prize_in(reading: Reading, phrase: Phrase, knowledge: Knowledge, receiving: bool) -> Mention | None:
    """The prize that a noun phrase ends with; ``receiving`` says that the verb says nothing but winning (수상하다)."""
    if phrase.kind != "NP" or not phrase.tokens:
        return None
    tokens, awards = reading.tokens, knowledge.awards
    if phrase.quoted and phrase.quoted[-1][1] == phrase.tokens[-1]:
        opening, closing = phrase.quoted[-1]
        start, end = tokens.ends[opening], tokens.starts[closing]
        name = tokens.text[start:end]
        return (
            Mention(start=start, end=end, kind="Award", name=name, rule="award")
            if re.search(r"상$|대상|표창|훈장", name) and 2 <= len(name) <= 30
            else None
        )
    words = words_of(tokens, phrase.tokens)
    last = words[-1].text
    if not _is_prize(last, knowledge, receiving):
        return None
    first = len(words) - 1
    if (
        last in awards.unsure
        and first
        and not (
            words[first - 1].text in awards.lead
            or words[first - 1].text.endswith(("부문", "분야", "훈장", "’", "”", "」", "회", "대회", "공모전"))
        )
    ):
        return None
    while first > 0 and len(words) - first < 4 and _of_name(words[first - 1].text, knowledge):
        first -= 1
    start, end = words[first].start, words[-1].end
    return Mention(
        start=start, end=end, kind="Award", name=" ".join(re.sub(r"\([^()]*\)", "", tokens.text[start:end]).split()), rule="award"
    )


def _is_prize(word: str, knowledge: Knowledge, receiving: bool) -> bool:
    awards = knowledge.awards
    if word in awards.prizes or any(word.endswith(e) and word != "인상" for e in awards.ends):
        return not word.endswith(("위원회상",)) and word not in awards.other
    if (
        not word.endswith("상")
        or len(word) < 3
        or word in awards.other
        or any(word.endswith(o) for o in awards.other if len(o) > 1)
    ):
        return False
    titled = title_in(word[:-1], knowledge)
    return titled is not None or receiving


def _of_name(word: str, knowledge: Knowledge) -> bool:
    """Whether a word before a prize is part of its name: whose prize it is (행정안전부 장관상), of which kind (국민훈장 목련장)."""
    return (
        word in knowledge.awards.lead
        or any(word.endswith(e) for e in ("훈장", "포장"))
        or word in knowledge.gazetteer
        or title_in(word, knowledge) is not None
        or word.endswith(("부", "처", "청", "위원회", "협회", "학회", "장관", "총리", "공단", "진흥원"))
        and len(word) > 2
        or word in ("대통령", "국무총리", "국회의장")
    )


def winners_in(reading: Reading, sentence: SentenceReading, index: int, knowledge: Knowledge) -> list[Mention]:
    """Who a noun phrase names as a winner."""
    phrase = sentence.phrases[index]
    if phrase.kind != "NP" or not phrase.tokens:
        return []
    heads = [m for m in sentence.heads[index] if schema().is_a(m.kind, "Agent") and m.kind != "Country"]
    if heads:
        return heads
    tokens = reading.tokens
    if any(schema().is_a(m.kind, "Place") for m in sentence.heads[index]):
        return []
    if phrase.quoted:
        opening, closing = phrase.quoted[-1]
        after = tokens.surface(closing + 1, phrase.tokens[-1]).strip() if phrase.tokens[-1] > closing else ""
        if after in _TEAM:
            start, end = tokens.ends[opening], tokens.starts[closing]
            return [Mention(start=start, end=end, kind="Organization", name=tokens.text[start:end], rule="winner", certain=False)]
        return []
    if (person := person_in(reading, phrase, knowledge)) is not None:
        return [person]
    start, end, tags = eojeol(reading, phrase)
    word = tokens.text[start:end]
    if any(schema().is_a(a.kind, "Event") for a in reading.over(start, end)):
        return []
    whole = tokens.surface(phrase.tokens[0], phrase.tokens[-1])
    if whole != word and index and start != tokens.starts[phrase.tokens[0]] and not _cut(tags):
        return []
    return [m for m in [_winner_at(start, word, tags, knowledge)] if m is not None]


def _cut(tags: Sequence[str]) -> bool:
    return any(t.startswith(("V", "E", "MM", "XR")) for t in tags)


def _winner_at(start: int, word: str, tags: Sequence[str], knowledge: Knowledge) -> Mention | None:
    """A word that nothing else names as a winner: a proper name, or a compound that is no word of the language."""
    if (
        word in NOBODY
        or word in knowledge.organizations.generic
        or not re.fullmatch(r"[가-힣A-Za-z0-9㈜&]{3,14}", word)
        or title_in(word, knowledge)
        or word.endswith(
            ("명", "들", "팀", "작", "작품", "상", "자", "기업", "기관", "학생", "제품", "사업", "기술", "사례", "연구", "부문")
        )
    ):
        return None
    if not any(t.startswith(("NNP", "SL", "UN")) for t in tags) and not _cut(tags) and len(tags) < 2:
        return None
    if is_person_name(word, tags, knowledge) and len(word) == 3:
        return Mention(start=start, end=start + len(word), kind="Person", name=word, rule="winner", certain=False)
    return Mention(start=start, end=start + len(word), kind="Organization", name=word, rule="winner", certain=False)


def fused_body(reading: Reading, phrase: Phrase, knowledge: Knowledge) -> list[Mention]:
    """순천시가 사례를: a body with a subject particle that the analyser left inside the phrase."""
    words = words_of(reading.tokens, phrase.tokens)
    if len(words) < 2 or not words[0].text.endswith(("가", "이")):
        return []
    name = words[0].text[:-1]
    entry = next((e for e in knowledge.gazetteer.by_name(name) if schema().is_a(e.cls, "Organization")), None)
    return (
        [
            Mention(
                start=words[0].start,
                end=words[0].start + len(name),
                kind=entry.cls,
                name=name,
                rule="gazetteer",
                known=entry.name,
            )
        ]
        if entry is not None
        else []
    )
