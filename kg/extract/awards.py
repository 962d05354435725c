"""Who received which prize: ○○○이 대상을 수상했다, 금상은 ○○○에게 돌아갔다, 우수상은 ○○ 팀이 차지했다, and lists of winners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.names.words import is_person_name
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.prizes import NOBODY, fused_body, prize_in, winners_in
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Clause

_LEAD = r"^[\s□ㅇ◦○▪■▣◎●◆◇▶►‣•·◈❍⦁∘\-–*√✓※▲①-⑳]*"
_GIVEN = ("에게", "에", "께", "에게는", "한테")


def extract_awards(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of awarded."""
    for sentence, found in clauses:
        for clause in found:
            if 0 <= clause.index < len(sentence.phrases):
                yield from _in_clause(reading, sentence, clause, knowledge)
        yield from _pairs(reading, sentence, knowledge)
    yield from _notice(reading, knowledge)


def _claim(
    reading: Reading,
    sentence: tuple[int, int],
    who: Mention,
    award: Mention,
    rule: str,
    end: int = 0,
    planned: bool = False,
) -> Candidate:
    return Candidate(
        relation="awarded",
        subject=who,
        object=award,
        rule=rule,
        start=min(who.start, award.start),
        end=max(who.end, award.end, end),
        sentence=sentence,
        status="planned" if planned else "asserted",
    )


def _in_clause(reading: Reading, sentence: SentenceReading, clause: Clause, knowledge: Knowledge) -> Iterator[Candidate]:
    predicate, awards, phrases = clause.predicate, knowledge.awards, sentence.phrases
    if (
        predicate.kind != "PRED"
        or predicate.negated
        or predicate.connective in ("면", "으면", "도록", "려면", "기", "고자", "려고", "려는")
        or "수" in predicate.auxiliaries
    ):
        return
    lemma = predicate.lemma
    if lemma not in awards.receive | awards.give | awards.go | awards.given and not (
        predicate.ending == "nominal" and lemma == "수상하다"
    ):
        return
    window = _window(sentence, clause.index)
    end, where = reading.tokens.ends[predicate.last], (sentence.start, sentence.end)
    receiving = lemma in ("수상하다", "수훈하다", "시상하다")
    themes = [i for i in window if phrases[i].kind == "NP" and phrases[i].particle in ("을", "를")]
    if lemma in awards.receive:
        if themes:
            yield from _gapped(reading, sentence, window, knowledge, where, receiving)
            award = prize_in(reading, phrases[themes[-1]], knowledge, receiving)
            if award is None:
                return
            for who in _receivers(reading, sentence, clause, window, knowledge):
                yield _claim(reading, where, who, award, "award.receive", end, predicate.planned)
            return
        if lemma != "차지하다" and lemma != "받다":
            return
        yield from _each(reading, sentence, window, knowledge, where, end)
    elif lemma in awards.give and themes:
        award = prize_in(reading, phrases[themes[-1]], knowledge, receiving)
        goal = next((i for i in reversed(window) if phrases[i].kind == "NP" and phrases[i].particle in _GIVEN), None)
        if award is not None and goal is not None:
            for who in winners_in(reading, sentence, goal, knowledge):
                yield _claim(reading, where, who, award, "award.give", end, predicate.planned)
    elif lemma in awards.go | awards.given:
        yield from _went(reading, sentence, window, knowledge, where, end, predicate.planned)


def _window(sentence: SentenceReading, index: int) -> list[int]:
    """The phrases of a clause: back to the clause before it; what modifies a noun in it stays outside."""
    found = []
    for i in range(index - 1, -1, -1):
        phrase = sentence.phrases[i]
        if phrase.kind == "PRED" and phrase.ending not in ("adnominal", "nominal"):
            break
        found.insert(0, i)
    return found


def _outer(sentence: SentenceReading, end: int) -> int | None:
    """The subject of the sentence before one of a clause in it: [○○가] △△가 주최한 대회에서 … 수상했다."""
    subjects = [i for i, p in enumerate(sentence.phrases[:end]) if p.kind == "NP" and p.particle in SUBJECT]
    pairs = zip(subjects, subjects[1:])
    return next((i for i, j in pairs if not any(p.kind == "PRED" for p in sentence.phrases[i:j]) and sentence.heads[i]), None)


def _receivers(
    reading: Reading, sentence: SentenceReading, clause: Clause, window: Sequence[int], knowledge: Knowledge
) -> list[Mention]:
    phrases = sentence.phrases
    if clause.predicate.ending == "adnominal":
        head = next((j for j in range(clause.index + 1, len(phrases)) if phrases[j].kind == "NP"), None)
        subject = next((i for i in reversed(window) if phrases[i].kind == "NP" and phrases[i].particle in SUBJECT), None)
        if subject is not None:
            return winners_in(reading, sentence, subject, knowledge)
        if head is None:
            return []
        word = reading.tokens.surface(phrases[head].tokens[0], phrases[head].tokens[-1]) if phrases[head].tokens else ""
        if word in ("영예", "쾌거", "성과", "기쁨", "영광"):
            topic = next(
                (i for i in range(clause.index) if phrases[i].kind == "NP" and phrases[i].particle in TOPIC | SUBJECT), None
            )
            return winners_in(reading, sentence, topic, knowledge) if topic is not None else []
        fused = fused_body(reading, phrases[head], knowledge)
        return fused or winners_in(reading, sentence, head, knowledge)
    subject = next(
        (
            i
            for i in reversed(window)
            if phrases[i].kind == "NP"
            and phrases[i].particle in SUBJECT
            and not any(p.kind == "PRED" for p in phrases[i + 1 : clause.index])
        ),
        None,
    )  # ○○부가 주관한 대회에서: no winner
    if subject is None:
        subject = next((i for i in window if phrases[i].kind == "NP" and phrases[i].particle in TOPIC), None)
    if subject is not None:
        found = winners_in(reading, sentence, subject, knowledge)
        if found or phrases[subject].particle in SUBJECT:
            return found
    if subject is None and (outer := _outer(sentence, clause.index)) is not None:
        return winners_in(reading, sentence, outer, knowledge)
    if subject is None and clause.inherited and clause.inherited[-1].head is not None:
        return [m for m in clause.inherited[-1].mentions if schema().is_a(m.kind, "Agent")]
    return []


def _each(
    reading: Reading, sentence: SentenceReading, window: Sequence[int], knowledge: Knowledge, where: tuple[int, int], end: int
) -> Iterator[Candidate]:
    """최우수상은 A 팀이, 우수상은 B 팀이 차지했다."""
    nouns = [i for i in window if sentence.phrases[i].kind == "NP"]
    for a, b in zip(nouns, nouns[1:]):
        if sentence.phrases[a].particle in TOPIC and sentence.phrases[b].particle in SUBJECT:
            award = prize_in(reading, sentence.phrases[a], knowledge, False)
            if award is not None:
                for who in winners_in(reading, sentence, b, knowledge):
                    yield _claim(reading, where, who, award, "award.each")


def _gapped(
    reading: Reading,
    sentence: SentenceReading,
    window: Sequence[int],
    knowledge: Knowledge,
    where: tuple[int, int],
    receiving: bool,
) -> Iterator[Candidate]:
    """A팀이 최우수상을, B팀이 우수상을 각각 차지했다: all pairs but the last."""
    phrases = sentence.phrases
    for a, b in zip(window, window[1:]):
        if (
            phrases[a].kind == phrases[b].kind == "NP"
            and phrases[a].particle in SUBJECT | TOPIC
            and phrases[b].particle in ("을", "를")
            and phrases[b].comma
        ):
            award = prize_in(reading, phrases[b], knowledge, receiving)
            if award is not None:
                for who in winners_in(reading, sentence, a, knowledge):
                    yield _claim(reading, where, who, award, "award.each")


def _went(
    reading: Reading,
    sentence: SentenceReading,
    window: Sequence[int],
    knowledge: Knowledge,
    where: tuple[int, int],
    end: int,
    planned: bool,
) -> Iterator[Candidate]:
    """금상은 ○○○ 씨에게 돌아갔다; 국무총리 표창이 ○○에 수여됐다."""
    nouns = [i for i in window if sentence.phrases[i].kind == "NP"]
    for a, b in zip(nouns, nouns[1:]):
        for prize, goal in ((a, b), (b, a)):
            if sentence.phrases[prize].particle in TOPIC | SUBJECT and sentence.phrases[goal].particle in _GIVEN:
                award = prize_in(reading, sentence.phrases[prize], knowledge, False)
                if award is not None:
                    for who in winners_in(reading, sentence, goal, knowledge):
                        yield _claim(reading, where, who, award, "award.went", 0, planned)


def _pairs(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Iterator[Candidate]:
    """대상 ○○소프트, 우수상 ○○제지 등이 상을 받았다: a prize before each name."""
    text = reading.tokens.text[sentence.start : sentence.end]
    if not re.search(r"(?:상을 받았|수상했|수상의 영예|시상(?:했|됐|하였)|선정됐|차지했)", text):
        return
    prizes = "|".join(sorted(map(re.escape, knowledge.awards.prizes), key=len, reverse=True))
    pattern = re.compile(
        rf"(?:^|[,▲△·]\s?|\s)(?P<prize>{prizes})(?:은|에는|에)?\s(?P<who>[‘“]?[가-힣A-Za-z0-9㈜&]{{2,15}}[’”]?)"
        r"(?:\s팀)?(?=,|\s등|\(|\s?[▲△]|$)"
    )
    found = list(pattern.finditer(text))
    if len(found) < 2:
        return
    for match in found:
        who = match["who"].strip("‘’“”")
        start = sentence.start + match.start("who") + (match["who"][0] in "‘“")
        winner = next(
            (m for m in reading.at(start) if schema().is_a(m.kind, "Agent") and m.end <= start + len(who) + 1),
            None,
        )
        winner = winner or Mention(start=start, end=start + len(who), kind="Organization", name=who, rule="winner", certain=False)
        low = sentence.start + match.start("prize")
        award = Mention(start=low, end=low + len(match["prize"]), kind="Award", name=match["prize"], rule="award")
        if who not in NOBODY and winner.name not in knowledge.organizations.generic:
            yield _claim(reading, (sentence.start, sentence.end), winner, award, "award.list")


def _notice(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Lines of winners under a heading: □ 수상자 / ㅇ 대상: ○○○(○○고등학교)."""
    awards = knowledge.awards
    prizes = "|".join(sorted(map(re.escape, awards.prizes | {e for e in awards.ends if len(e) > 2}), key=len, reverse=True))
    heading = re.compile(
        _LEAD
        + r"[(\[【<]?\s*(?:"
        + "|".join(sorted(map(re.escape, awards.headings), key=len, reverse=True))
        + r")\s*[)\]】>]?\s*[:：]?\s*$"
    )
    line_of = re.compile(
        _LEAD
        + rf"[(\[【<]?\s*(?P<prize>{prizes})\s*(?:\(\d+[^)]*\))?\s*(?:[)\]】>]\s*[:：]?|[:：])\s*"
        + r"(?P<who>[가-힣A-Za-z&㈜ ]{2,20}?)\s*(?:\((?P<of>[^()]*)\))?\s*$"
    )
    position, under = 0, -9
    for number, line in enumerate(reading.tokens.text.split("\n")):
        if heading.match(line):
            under = number
        match = line_of.match(line) if number - under <= 8 else None
        if match is not None:
            under = max(under, number - 4)
            who, start = match["who"].strip(), position + match.start("who")
            winner = next((m for m in reading.at(start) if m.name == who and schema().is_a(m.kind, "Agent")), None)
            winner = winner or Mention(
                start=start,
                end=start + len(who),
                rule="winner",
                certain=False,
                name=who,
                kind="Person" if match["of"] and is_person_name(who, ("NNP",), knowledge, strong=True) else "Organization",
            )
            low = position + match.start("prize")
            award = Mention(start=low, end=low + len(match["prize"]), kind="Award", name=match["prize"], rule="award")
            if who not in NOBODY:
                yield _claim(reading, (position, position + len(line)), winner, award, "award.notice")
        position += len(line) + 1
