"""Talks and themes: ``‘X’를 주제로`` (a talk's title or an event's theme), quoted titles of talks, agenda lists with their speakers."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.names.words import words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.clauses import SUBJECT, TOPIC, Clause
from kg.knowledge import Knowledge
from kg.model import Claim, Mention
from kg.schema import schema

_THEME_WORDS = frozenset({"주제", "대주제", "의제", "테마", "슬로건", "소주제"})
_LINKS = frozenset({"의", "과", "와", ",", "", "및", "·", "에서의", "에의", "으로의", "과의", "와의"})
_ITEM = re.compile(r"[▲△▴▷◆◇■●➊-➓①-⑳]\s*")
_LOOK = frozenset({"살펴보다", "제시하다", "설명하다", "소개하다", "전하다", "공유하다", "나서다", "진행하다", "하다", "펼치다", "다루다", "짚다"})


def extract_talks(reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of topic, presented and presentedAt."""
    talk = knowledge.verbs["talk"].active | knowledge.verbs["present"].active
    hold = knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive | {v[:-2] + "되다" for v in knowledge.verbs["hold"].active if v.endswith("하다")}
    for sentence, found in clauses:
        themes = list(_themes(reading, sentence))
        for index, titles in themes:
            clause = next((c for c in found if c.index > index and c.predicate.lemma not in ("이다", "하다")), None)
            clause = clause or next((c for c in found if c.index > index), None)
            yield from _theme(reading, sentence, clause, titles, talk, hold)
        if not themes:
            yield from _quoted_titles(reading, sentence, found, knowledge)
        yield from _agenda(reading, sentence, knowledge)


def _here(offset: int) -> Mention:
    return Mention(start=offset, end=offset, kind="Event", name="", rule="context")


def cases_shown(claims: Sequence[Claim]) -> Iterator[Claim]:
    """That a case was shown at the event that the text is about there."""
    for claim in claims:
        if claim.relation == "presented" and isinstance(claim.object, Mention) and claim.object.kind == "Case" and claim.status != "negated":
            yield Claim(relation="presentedAt", subject=claim.object, object=_here(claim.start), rule="case.here", start=claim.start, end=claim.end,
                        sentence=claim.sentence, status=claim.status, confidence=0.75)


def _themes(reading: Reading, sentence: SentenceReading) -> Iterator[tuple[int, list[Mention]]]:
    """(index of the word 주제, the titles that stand before it)."""
    tokens, phrases = reading.tokens, sentence.phrases
    for i, phrase in enumerate(phrases):
        if phrase.kind != "NP" or not phrase.tokens or tokens.words[phrase.tokens[-1]] not in _THEME_WORDS and tokens.surface(phrase.tokens[0], phrase.tokens[-1]).split(" ")[-1] not in _THEME_WORDS:
            continue
        following = phrases[i + 1] if i + 1 < len(phrases) else None
        if not (phrase.particle in ("으로", "로", "아래", "하에") or phrase.particle == "" and following is not None and tokens.surface(following.first, following.last).startswith(("아래", "하에"))):
            continue
        if i == 0:
            continue
        before = phrases[i - 1]
        if before.kind == "PRED" and before.lemma in ("이다", "라다", "이라다", "하다") or before.kind == "PRED" and tokens.surface(before.first, before.last) in ("라는", "이라는", "란", "이란"):
            k = i - 2
        else:
            k = i - 1
        if k < 0 or phrases[k].kind not in ("NP", "QUOTE"):
            continue
        titles = _titles_ending_at(reading, sentence, k)
        if titles:
            yield i, titles


def _titles_ending_at(reading: Reading, sentence: SentenceReading, k: int) -> list[Mention]:
    """The titles that end with phrase k: quoted ones (several in a list), or the noun phrase with all that modifies it."""
    tokens, phrases = reading.tokens, sentence.phrases
    phrase = phrases[k]
    if phrase.kind == "QUOTE":
        return [_title(reading, tokens.ends[phrase.first], tokens.starts[phrase.last])]
    if phrase.quoted:
        titles = []
        j = k
        while j >= 0 and phrases[j].kind == "NP" and phrases[j].quoted and (j == k or phrases[j].particle in ("과", "와", ",", "", "및")):
            titles[:0] = [_title(reading, tokens.ends[a], tokens.starts[b]) for a, b in phrases[j].quoted]
            j -= 1
            while j >= 0 and phrases[j].kind in ("ADV", "COMMA") and phrases[j].particle in ("및", ""):
                j -= 1
        return titles
    j = k
    while j > 0:
        before = phrases[j - 1]
        if before.kind == "NP" and before.particle in _LINKS and not any(schema().is_a(m.kind, "Agent") for m in sentence.heads[j - 1] if before.particle in ("과", "와", ",", "")) \
                and not (before.particle == "" and before.comma):
            j -= 1
        elif before.kind == "PRED" and before.ending == "adnominal" and before.lemma[:-1] in ("위하", "통하", "대하", "관하", "따르", "인하") and j > 1 and phrases[j - 2].kind == "NP":
            j -= 2
        elif before.kind == "ADV" and before.particle == "및":
            j -= 1
        else:
            break
    start, end = tokens.starts[phrases[j].first], tokens.ends[phrase.last]
    if end - start < 2 or end - start > 90:
        return []
    return [_title(reading, start, end)]


def _title(reading: Reading, start: int, end: int) -> Mention:
    text = reading.tokens.text[start:end]
    lead = len(text) - len(text.lstrip(" ‘“「『"))
    return Mention(start=start + lead, end=end, kind="Topic", name=" ".join(text.strip(" ‘’“”「」『』").split()), rule="theme")


def _as_talk(title: Mention) -> Mention:
    return Mention(start=title.start, end=title.end, kind="Presentation", name=title.name, rule="talk-title")


def _speakers(sentence: SentenceReading, clause: Clause | None, kinds: tuple[str, ...] = ("Agent",)) -> list[Mention]:
    """Who speaks in a clause: its topic or subject, or that of the clause before it."""
    if clause is None:
        return []
    args = [*clause.inherited, *clause.args]
    for particles in (SUBJECT, TOPIC):
        for arg in reversed(args):
            if arg.particle in particles and arg.head is not None and any(schema().is_a(arg.head.kind, k) for k in kinds):
                return [m for m in arg.mentions if any(schema().is_a(m.kind, k) for k in kinds)]
    return []


def _theme(reading: Reading, sentence: SentenceReading, clause: Clause | None, titles: list[Mention], talk, hold) -> Iterator[Claim]:
    if clause is None:
        return
    where = dict(start=min(t.start for t in titles), end=max(reading.tokens.ends[clause.predicate.last], *(t.end for t in titles)), sentence=(sentence.start, sentence.end),
                 status="planned" if clause.predicate.planned else "asserted")
    lemma = clause.predicate.lemma
    people = _speakers(sentence, clause, ("Person",))
    bodies = _speakers(sentence, clause, ("Organization", "Country"))
    speaks = lemma in talk or lemma in _LOOK - {"진행하다", "하다"} or lemma in ("진행하다", "하다") and people
    if speaks and (people or bodies):
        speakers = people or bodies
        pairs = zip(speakers, titles) if len(speakers) == len(titles) > 1 else [(s, t) for s in speakers for t in titles]
        for speaker, title in pairs:
            yield Claim(relation="presented", subject=speaker, object=_as_talk(title), rule="talk.theme", **{**where, "start": min(where["start"], speaker.start)})
        for title in titles:
            yield Claim(relation="presentedAt", subject=_as_talk(title), object=_here(title.start), rule="talk.here", confidence=0.8, **where)
        return
    event = next((m for a in (*reversed(clause.args), *((clause.head,) if clause.head else ()), *reversed(clause.inherited)) for m in a.mentions if schema().is_a(m.kind, "Event")), None)
    if event is None and lemma not in hold and lemma not in ("논의하다", "토론하다", "다루다"):
        return
    for title in titles:
        yield Claim(relation="topic", subject=event or _here(title.start), object=title, rule="theme.event", **where)


def _quoted_titles(reading: Reading, sentence: SentenceReading, found: Sequence[Clause], knowledge: Knowledge) -> Iterator[Claim]:
    """○○○ 교수가 ‘X’를 발표했다: a person and a quoted title as the object of a verb of speaking."""
    tokens = reading.tokens
    talk = knowledge.verbs["talk"].active
    for clause in found:
        lemma = clause.predicate.lemma
        if lemma not in talk and lemma not in _LOOK:
            continue
        for arg in clause.args:
            if arg.particle not in ("을", "를") or not arg.phrase.quoted or arg.head is not None and schema().is_a(arg.head.kind, "Event"):
                continue
            people = _speakers(sentence, clause, ("Person",))
            if not people:
                continue
            last = words_of(tokens, arg.phrase.tokens)[-1]
            opening, closing = arg.phrase.quoted[-1]
            if last.last != closing and lemma not in talk or closing - opening < 4:
                continue
            title = _as_talk(_title(reading, tokens.ends[opening], tokens.starts[closing]))
            where = dict(start=min(people[0].start, title.start), end=tokens.ends[clause.predicate.last], sentence=(sentence.start, sentence.end),
                         status="planned" if clause.predicate.planned else "asserted")
            for person in people:
                yield Claim(relation="presented", subject=person, object=title, rule="talk.title", confidence=0.85, **where)
            yield Claim(relation="presentedAt", subject=title, object=_here(title.start), rule="talk.here", confidence=0.8, **where)


_TALKING = re.compile(r"발표|강연|발제|주제\s?로|강의")


def _agenda(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Iterator[Claim]:
    """▲ title (speaker) … in a sentence about talks."""
    tokens = reading.tokens
    text = tokens.text[sentence.start:sentence.end]
    marks = list(_ITEM.finditer(text))
    if len(marks) < 2 or not _TALKING.search(text):
        return
    bodies = [m for m in reading.mentions if sentence.start <= m.start and m.end <= sentence.end and schema().is_a(m.kind, "Agent")]
    counted = re.search(r"주제\s?로\s?\d+\s?(?:개|건)의?\s?(?:주제)?\s?(?:발표|강연)", text)
    items = []
    for mark, following in zip(marks, [*marks[1:], None]):
        low = mark.end()
        high = following.start() if following else len(text)
        item = text[low:high]
        note = re.search(r"\(([^()]*)\)(?=\s*(?:,|$|[가-힣]{0,2}\s|에|을|를|와|과|등))", item)
        title = (item[:note.start()] if note else item).strip(" ,")
        speakers = [m for m in bodies if note and sentence.start + low + note.start() <= m.start and m.end <= sentence.start + low + note.end()]
        items.append((low, title, speakers, note))
    for position, (low, title, speakers, note) in enumerate(items):
        if note is not None and note[1].startswith("이상"):
            for back in range(position - 1, -1, -1):
                if items[back][2] or items[back][3] is not None:
                    break
                items[back] = (items[back][0], items[back][1], speakers, note)
    if not counted and not any(speakers for _, _, speakers, _ in items):
        return
    for position, (low, title, speakers, note) in enumerate(items):
        if position == len(items) - 1 and note is None:
            title = re.split(r"\s(?:등|주제)", title)[0]
        title = re.sub(r"(?:에 대한)?\s?발표$", "", title).strip(" ‘’“”'")
        if len(title) < 4 or len(title) > 70 or (not counted and not speakers):
            continue
        start = sentence.start + text.index(title, low)
        talk = Mention(start=start, end=start + len(title), kind="Presentation", name=title, rule="agenda")
        where = dict(start=start, end=max(start + len(title), *(s.end for s in speakers)) if speakers else start + len(title), sentence=(sentence.start, sentence.end))
        for speaker in speakers:
            yield Claim(relation="presented", subject=speaker, object=talk, rule="agenda.speaker", confidence=0.85, **where)
        yield Claim(relation="presentedAt", subject=talk, object=_here(start), rule="agenda.here", confidence=0.8, **where)
