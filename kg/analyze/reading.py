"""What one pass over a text finds: phrases, mentions and what is said right beside names. Everything later works on a ``Reading``."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from kg.analyze.names.events import events_in
from kg.analyze.names.cases import case_in
from kg.analyze.names.notes import Alias, Note, read_note
from kg.analyze.names.organizations import joined, known_names, organizations_in
from kg.analyze.names.people import Anchored, is_organization, people_in, surnames_in
from kg.analyze.names.words import Word, event_noun, mend_tags, title_in, words_of
from kg.analyze.phrases import Phrase, read_phrases
from kg.analyze.tokens import Sentence, Tokens, read_tokens
from kg.analyze.values import find_counts, find_dates, find_editions
from kg.knowledge import Knowledge
from kg.model import Mention, Value
from kg.schema import schema

_LATIN_NAME = re.compile(r"[A-Z][a-zé’'.\-]*(?: (?:[A-Za-z][\wé’'.\-]*))+(?=,|$|/)")
_SILENT = frozenset({"contact", "credit"})


@dataclass(slots=True)
class SentenceReading:
    """A sentence with its phrases; ``heads[i]`` are the mentions that phrase i is about (several where it lists them)."""

    sentence: Sentence
    start: int
    end: int
    phrases: list[Phrase]
    heads: list[tuple[Mention, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read: columns, sentences, mentions in order, values, and what stands beside names."""

    tokens: Tokens
    sentences: tuple[SentenceReading, ...]
    mentions: tuple[Mention, ...]
    values: tuple[Value, ...]
    anchored: tuple[Anchored, ...]
    aliases: tuple[Alias, ...]
    notes: tuple[Note, ...]
    occasions: tuple[tuple[Mention, int, int], ...]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The bounds of the sentence around an offset."""
        return next(((s.start, s.end) for s in self.sentences if s.start <= offset < s.end), (offset, offset + 1))


def read_doc(doc: Doc, knowledge: Knowledge, paragraphs: Sequence[tuple[int, int, str]] | None = None) -> Reading:
    """Read a Doc made by the Kiwi tokenizer."""
    tokens = mend_tags(read_tokens(doc, paragraphs), knowledge)
    values = tuple(sorted((*find_dates(tokens.text), *find_counts(tokens.text), *find_editions(tokens.text)), key=lambda v: (v.start, v.end)))
    times = _times(tokens, values)
    known = {first: (last, entries) for first, last, entries in known_names(tokens, knowledge)}
    sentences: list[SentenceReading] = []
    mentions: list[Mention] = []
    anchored: list[Anchored] = []
    notes: list[Note] = []
    occasions: list[tuple[Mention, int, int]] = []
    for sentence in tokens.sentences:
        if sentence.role in _SILENT or sentence.end <= sentence.start:
            continue
        phrases = join_events(read_phrases(tokens, sentence, times), tokens, knowledge)
        phrases = split_verbal_nouns(phrases, tokens, knowledge)
        sentences.append(SentenceReading(sentence, tokens.starts[sentence.start], tokens.ends[sentence.end - 1], phrases))
        for phrase in phrases:
            if phrase.kind == "NP":
                _read_phrase(phrase, tokens, known, knowledge, mentions, anchored, notes, occasions)
                _read_quoted_notes(phrase, tokens, known, knowledge, mentions, anchored, notes)
    aliases = tuple(a for note in notes for a in note.aliases)
    mentions.extend(_again(tokens, mentions, aliases, knowledge))
    mentions = _settled(mentions)
    index = _Index(mentions)
    for sentence in sentences:
        sentence.heads = [_heads(p, tokens, index, knowledge) if p.kind == "NP" else () for p in sentence.phrases]
    return Reading(tokens, tuple(sentences), tuple(mentions), values, tuple(_of_owners(anchored, sentences)), aliases, tuple(notes), tuple(occasions))


def _of_owners(anchored: Sequence[Anchored], sentences: Sequence[SentenceReading]) -> list[Anchored]:
    """``○○연맹의 ○○○ 회장``: the body that possesses is the body of a person who has none of their own."""
    bodies: dict[int, Mention] = {}
    for sentence in sentences:
        for i, (phrase, following) in enumerate(zip(sentence.phrases, sentence.phrases[1:])):
            if phrase.kind == "NP" and phrase.particle == "의" and following.kind == "NP" and sentence.heads[i] and is_organization(sentence.heads[i][-1]):
                bodies.update({m.start: sentence.heads[i][-1] for m in sentence.heads[i + 1] if m.kind == "Person"})
    return [replace(a, body=bodies[a.person.start], start=min(a.start, bodies[a.person.start].start)) if a.body is None and a.person.start in bodies else a
            for a in anchored]


def _times(tokens: Tokens, values: Iterable[Value]) -> dict[int, tuple[int, Value]]:
    """Dates by the token that they begin at: (last token, value)."""
    first_at = {start: i for i, start in enumerate(tokens.starts)}
    found = {}
    for value in values:
        if value.kind != "date":
            continue
        first = first_at.get(value.start)
        if first is None:
            first = next((i for i, (s, e) in enumerate(zip(tokens.starts, tokens.ends)) if s <= value.start < e), None)
        if first is None:
            continue
        last = first
        while last + 1 < len(tokens.ends) and tokens.starts[last + 1] < value.end:
            last += 1
        if tokens.text[value.end:value.end + 1] not in "" or True:
            found[first] = (last, value)
    return found


def _with_defined(bodies: list[Mention], words: Sequence[Word], tokens: Tokens, mentions: Sequence[Mention]) -> list[Mention]:
    """Bodies that the text has named before by a parenthesis or a title, where nothing in their own name tells what they are."""
    low, high = words[0].start, words[-1].end
    for name, earlier in {m.name: m for m in mentions if m.rule in ("defined-by-note", "beside-title", "corporate-mark")}.items():
        at = tokens.text.find(name, low, high)
        if at < 0 or any(b.start < at + len(name) and at < b.end for b in bodies):
            continue
        inside = range(words[0].first, words[-1].last + 1)
        if any(tokens.starts[i] == at and tokens.spaced[i] for i in inside) and any(tokens.ends[i] == at + len(name) for i in inside):
            bodies = sorted([*bodies, replace(earlier, start=at, end=at + len(name), rule="named-before")], key=lambda m: m.start)
    return bodies


def _has_head(tokens: Tokens, opening: int, closing: int, knowledge: Knowledge) -> bool:
    """Whether a parenthesis names the head of a body (회장 ○○○)."""
    text = tokens.text[tokens.ends[opening]:tokens.starts[closing]]
    return any(title_in(part.split()[0], knowledge) and len(part.split()) >= 2 for part in text.split(",") if part.strip())


def _without(mentions: list[Mention], gone: Mention) -> list[Mention]:
    mentions[:] = [m for m in mentions if m is not gone]
    return mentions


def _read_phrase(phrase, tokens, known, knowledge, mentions, anchored, notes, occasions) -> None:
    """Mentions of one noun phrase, and of the parentheses in it."""
    words = words_of(tokens, phrase.tokens)
    if not words:
        return
    bodies = joined(organizations_in(words, tokens, known, knowledge), tokens)
    bodies = _with_defined(bodies, words, tokens, mentions)
    for opening, closing in phrase.notes:
        before = [w for w in words if w.last < opening]
        if before and before[-1].last == opening - 1 and not any(b.end == before[-1].end for b in bodies) and _defines(tokens, opening, closing):
            expanded = re.search(r"[A-Z][a-z]+(?: [A-Za-z]+){2,}", tokens.surface(opening, closing)) is not None
            host = _unnamed(before, tokens, knowledge, bodies, headed=expanded)
            if host is not None and event_noun(host.name, knowledge) is None and title_in(host.name, knowledge) is None:
                bodies = sorted([*bodies, host], key=lambda m: m.start)
    latin = {}
    for opening, closing in phrase.notes:
        name = _LATIN_NAME.match(tokens.text, tokens.ends[opening], tokens.starts[closing])
        if opening and name and " " in name[0]:
            latin[tokens.ends[opening - 1]] = len(name[0].split())
    people = people_in(words, tokens, bodies, knowledge, latin)
    mentions.extend(surnames_in(words, phrase, tokens, people, anchored, knowledge))
    bodies = [b for b in bodies if not any(p.person.start < b.end and b.start < p.person.end for p in people)]
    events = list(events_in(phrase, tokens, knowledge))
    event = events[-1] if events else None
    mentions.extend(events[:-1])
    if event is not None and any(p.start < event.end and event.start < p.end for p in people):
        inside = [p for p in people if event.start <= p.start and p.end <= event.end]
        if not inside:
            event = None
    case = case_in(words, tokens, knowledge) if event is None else None
    if case is not None and not any(p.start < case.end and case.start < p.end for p in people):
        mentions.append(case)
    if event is not None:
        bodies = [b for b in bodies if not (b.rule == "suffix" and b.start < event.end and event.start < b.end and (b.end > event.end or b.start < event.start or b.end == event.end))]
        mentions.append(event)
    mentions.extend(bodies)
    mentions.extend(p.body for p in people if p.body is not None and p.body.rule in ("head-stem", "beside-title"))
    mentions.extend(p.person for p in people)
    anchored.extend(people)
    for opening, closing in phrase.notes:
        at = tokens.ends[opening - 1] if opening else 0
        person = next((p.person for p in people if at in (p.person.end, p.end)), None)
        host = person or next((b for b in reversed(bodies) if b.end == at), None)
        if host is None:
            host = next((e for e in events if e.end == at or e.end == at - 1 and tokens.text[at - 1] in "’”」』》"), None)
        if host is not None and schema().is_a(host.kind, "Event") and host.name.endswith(("포럼", "협의회")) and " " not in host.name and _has_head(tokens, opening, closing, knowledge):
            mentions = _without(mentions, host)  # a forum with a president is a body
            host = Mention(start=host.start, end=host.end, kind="Association", name=host.name, rule="defined-by-note")
            mentions.append(host)
        before = [w for w in words if w.last < opening]
        note = read_note(tokens, opening, closing, host, before, known, knowledge)
        if host is None and before and any(p.body is None and p.person.title in knowledge.titles.heads for p in note.people) \
                and not any(closing_ == opening - 1 for _, closing_ in phrase.quoted):  # ‘…’(○○○ 대표) is a title with its speaker
            host = _unnamed(before, tokens, knowledge, bodies, headed=True)
            if host is not None:
                mentions.append(host)
                note = read_note(tokens, opening, closing, host, before, known, knowledge)
        notes.append(note)
        if host is not None and schema().is_a(host.kind, "Event"):
            occasions.append((host, opening, closing))
        for alias in note.aliases:
            mentions.append(Mention(start=alias.start, end=alias.end, kind=alias.host.kind, name=alias.name, rule="alias", known=alias.host.known))
        for found in note.people:
            body = found.body or (host if host is not None and is_organization(host) else None)
            mentions.append(found.person)
            anchored.append(Anchored(found.person, body, found.unit, found.leads and body is not None, found.former,
                                     min(found.start, host.start) if host else found.start, found.end))
        if note.body is not None and person is not None:
            mentions.extend(note.bodies)
            anchored.append(Anchored(person, note.body, None, bool(person.title) and person.title in knowledge.titles.heads - knowledge.titles.unit_heads,
                                     False, person.start, tokens.ends[closing]))


def _read_quoted_notes(phrase, tokens, known, knowledge, mentions, anchored, notes) -> None:
    """Parentheses inside a quoted name: ‘제4회 ○○ 아카데미(APIGA, 이하 …)’ gives the event's other names, ‘…(○○대 ○○○ 교수)’ a speaker."""
    for opening, closing in phrase.quoted:
        event = next((m for m in mentions if schema().is_a(m.kind, "Event") and m.start <= tokens.ends[opening] and tokens.starts[closing] <= m.end + 1), None)
        if event is None:
            last = closing - 1
            if tokens.words[last] == ")" and opening < tokens.pair[last]:
                note = read_note(tokens, tokens.pair[last], last, None, [], known, knowledge)
                mentions.extend(p.person for p in note.people)
                anchored.extend(note.people)
            continue
        for i in range(opening + 1, closing):
            if tokens.words[i] != "(" or tokens.pair[i] < i:
                continue
            note = read_note(tokens, i, tokens.pair[i], event, [], known, knowledge)
            last = tokens.pair[i] >= closing - 1
            aliases = tuple(a for a in note.aliases if last or tokens.text[a.start - 6:a.start].strip().startswith("이하") or "이하" in tokens.text[a.start - 5:a.start])
            if aliases:
                notes.append(Note(aliases, (), None, None, event))
                mentions.extend(Mention(start=a.start, end=a.end, kind=event.kind, name=a.name, rule="alias") for a in aliases)


def _defines(tokens: Tokens, opening: int, closing: int) -> bool:
    """Whether a parenthesis defines a name: an acronym or 이하 ‘…’."""
    text = tokens.surface(opening, closing)[1:-1]
    return bool(re.search(r"(?:^|[,;:]\s*)[A-Z][A-Z&\-]{1,9}(?:$|\s*[,;:])|^이하\s?[‘’'“\"]", text))


def _unnamed(before: Sequence[Word], tokens: Tokens, knowledge: Knowledge, bodies: Sequence[Mention], *, headed: bool = False) -> Mention | None:
    """The body that a parenthesis with its head or acronym defines, though nothing in its own name says what it is."""
    first = len(before) - 1
    proper = 0
    while first >= 0 and len(before) - first <= 4:
        word = before[first]
        tags = tokens.tags[word.first:word.last + 1]
        if word.text in knowledge.events.determiners or title_in(word.text, knowledge) and first < len(before) - 1 or tags[-1] in ("NNB", "MM", "NR") \
                or any(b.start < word.end and word.start < b.end and b.rule != "suffix" and schema().is_a(b.kind, "Organization") for b in bodies):
            break
        proper += any(t in ("NNP", "SL") for t in tags)
        first -= 1
    first += 1
    if first >= len(before):
        return None
    while first < len(before) - 1 and any(b.start == before[first].start and (b.kind in ("City", "Region") or b.kind == "Country" and b.known == "대한민국") for b in bodies):
        first += 1
    if not proper and (not headed or len(before) - first > 3):
        return None  # an acronym after ordinary words defines a term, no body
    start, end = before[first].start, before[-1].end
    name = tokens.text[start:end].strip("‘’“”「」『』㈜")
    if len(name) < 2 or name in knowledge.organizations.generic or name.split()[-1] in knowledge.cases.nouns:
        return None
    start = tokens.text.index(name, start)
    return Mention(start=start, end=start + len(name), kind="Organization", name=name, rule="defined-by-note")


def _again(tokens: Tokens, mentions: Sequence[Mention], aliases: Sequence[Alias], knowledge: Knowledge) -> list[Mention]:
    """Names found once are found wherever they stand again."""
    names: dict[str, Mention] = {}
    for mention in mentions:
        if mention.rule in ("suffix", "event-noun", "gazetteer") and not (mention.rule == "suffix" and is_organization(mention) and mention.certain):
            continue
        if mention.kind == "Person" and len(mention.name) < 3:
            continue
        if mention.kind == "Person" or is_organization(mention):
            names.setdefault(mention.name, mention)
    for alias in aliases:
        if len(alias.name) >= 2 and (alias.host.kind == "Person" or is_organization(alias.host) or schema().is_a(alias.host.kind, "Event")):
            names.setdefault(alias.name, alias.host)
    if not names:
        return []
    first_at = {start: i for i, start in enumerate(tokens.starts)}
    last_at = {end: i for i, end in enumerate(tokens.ends)}
    pattern = re.compile("|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n))))
    found = []
    for match in pattern.finditer(tokens.text):
        host = names[match[0]]
        first, last = first_at.get(match.start()), last_at.get(match.end())
        if first is None or last is None or not tokens.spaced[first] and tokens.tags[first - 1].startswith(("NN", "SL", "XPN")):
            continue
        if last + 1 < len(tokens.tags) and not tokens.spaced[last + 1] and tokens.tags[last + 1].startswith(("NN", "XSN", "SL")):
            continue
        found.append(Mention(start=match.start(), end=match.end(), kind=host.kind, name=match[0], rule="named-before", known=host.known))
    return found


_RANK = {"title-anchor": 0, "note-head": 0, "alias": 1, "defined-by-note": 1, "gazetteer": 2, "corporate-mark": 2, "suffix": 3, "event-noun": 4, "named-before": 5}


def _settled(mentions: Iterable[Mention]) -> list[Mention]:
    """One mention for a stretch: of two over the same characters the better rule stays; events may hold other names."""
    best: dict[tuple[int, int], Mention] = {}
    for mention in mentions:
        key = (mention.start, mention.end)
        if key not in best or _RANK.get(mention.rule, 9) < _RANK.get(best[key].rule, 9):
            best[key] = mention
    ordered = sorted(best.values(), key=lambda m: (m.start, -m.end))
    out: list[Mention] = []
    for mention in ordered:
        if mention.rule == "named-before" and any(o.start <= mention.start and mention.end <= o.end and (o.kind == mention.kind or o.kind == "Person"
                                                  or is_organization(o) and is_organization(mention)) for o in out[-4:]):
            continue
        if is_organization(mention) and not mention.known and any(o.start < mention.start and o.end == mention.end and is_organization(o) for o in out[-4:]):
            continue  # the tail of a longer name
        out.append(mention)
    return out


class _Index:
    """Mentions by where they end, for heads of phrases."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.by_end: dict[int, list[Mention]] = {}
        for mention in mentions:
            self.by_end.setdefault(mention.end, []).append(mention)
            if mention.title_span and mention.title_span[1] > mention.end:
                self.by_end.setdefault(mention.title_span[1], []).append(mention)


_NUMERALS = frozenset("두 세 네 다섯 여섯 일곱 2개 3개 4개 5개 6개 양".split())
_LIST_TAILS = frozenset({"등", "사이", "측", "들", "외", "간", "양측", "양", "모두"})


def _heads(phrase: Phrase, tokens: Tokens, index: _Index, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The mentions that a phrase is about: at its end (before 등 …), and those listed right before with a middle dot."""
    if not phrase.tokens:
        return ()
    words = words_of(tokens, phrase.tokens)
    ends: list[int] = []
    k = len(words) - 1
    while k >= 0:
        end = words[k].end
        if any(m.start >= words[0].start - 1 for m in index.by_end.get(end, ())):
            ends.append(end)
            break
        stripped = end
        while stripped > words[k].start and tokens.text[stripped - 1] in "’”」』》>*":
            stripped -= 1
        if stripped != end and index.by_end.get(stripped):
            ends.append(stripped)
            break
        if k and words[k].text in knowledge.organizations.generic and words[k - 1].text in _NUMERALS:
            k -= 2  # 서울시와 경기도 두 지자체가
            continue
        if not (words[k].text in _LIST_TAILS or any(w.text == "등" for w in words[:k]) and k > next(i for i, w in enumerate(words) if w.text == "등") - 1):
            last = words[k].last
            if tokens.words[last] in _LIST_TAILS and last > words[k].first and index.by_end.get(tokens.ends[last - 1]):
                ends.append(tokens.ends[last - 1])
            break
        k -= 1
    if not ends:
        return ()
    found: list[Mention] = []
    end = ends[0]
    while True:
        here = sorted((m for m in index.by_end.get(end, ()) if m.start >= tokens.starts[phrase.first] - 1),
                      key=lambda m: (not schema().is_a(m.kind, "Event"), m.kind != "Person", m.start))
        if not here:
            break
        found.append(here[0])
        before = here[0].start
        if before > 0 and tokens.text[before - 1] in "·ㆍ‧・･․/,，&-–—" and before - 1 > tokens.starts[phrase.first] and index.by_end.get(before - 1):
            end = before - 1
            continue
        break
    return tuple(reversed(found))


def join_events(phrases: list[Phrase], tokens: Tokens, knowledge: Knowledge) -> list[Phrase]:
    """창립기념식 및 선포식: two event nouns with 및 between are one event's name."""
    out: list[Phrase] = []
    i = 0
    while i < len(phrases):
        phrase = phrases[i]
        if phrase.kind == "NP" and out and out[-1].kind == "NP" and out[-1].particle == "의" and phrase.tokens and tokens.words[phrase.tokens[0]] == "날" \
                and len(phrase.tokens) > 1:
            left = out[-1]  # ○○의 날 기념식 is one name
            out[-1] = replace(phrase, first=left.first, tokens=list(range(left.tokens[0], phrase.tokens[-1] + 1)), determiner=left.determiner,
                              notes=[*left.notes, *phrase.notes], quoted=[*left.quoted, *phrase.quoted])
            i += 1
            continue
        if phrase.kind == "ADV" and phrase.particle == "및" and out and out[-1].kind == "NP" and not out[-1].particle and i + 1 < len(phrases) \
                and phrases[i + 1].kind == "NP" and _event_last(out[-1], tokens, knowledge) and _event_last(phrases[i + 1], tokens, knowledge):
            left, right = out[-1], phrases[i + 1]
            out[-1] = Phrase("NP", left.first, right.last, right.particle, [*left.notes, *right.notes], [*left.quoted, *right.quoted],
                             [*left.tokens, phrase.first, *right.tokens], left.determiner, right.comma)
            i += 2
            continue
        out.append(phrase)
        i += 1
    return out


def _event_last(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> bool:
    words = words_of(tokens, phrase.tokens)
    return bool(words) and event_noun(words[-1].text.strip("’”」』》"), knowledge) is not None


def split_verbal_nouns(phrases: list[Phrase], tokens: Tokens, knowledge: Knowledge) -> list[Phrase]:
    """Part a noun phrase at a verbal noun: 혁신사례 발표(로) is a thing and a nominal predicate, ○○ 주최 세미나 an adnominal one."""
    out: list[Phrase] = []
    for position, phrase in enumerate(phrases):
        if phrase.kind == "NP" and len(phrase.tokens) == 1 and out and out[-1].kind == "NP" and out[-1].particle == "의" \
                and phrase.particle in ("으로", "로") and tokens.words[phrase.tokens[0]] in knowledge.syntax.verbal_nouns:
            i = phrase.tokens[0]  # ○○의 강연으로
            out.append(Phrase("PRED", i, i, lemma=tokens.words[i] + "하다", ending="nominal", particle=phrase.particle, comma=phrase.comma))
            continue
        if phrase.kind != "NP" or len(phrase.tokens) < 2:
            out.append(phrase)
            continue
        out.extend(_split(phrase, tokens, knowledge))
    return out


def _split(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> list[Phrase]:
    words = words_of(tokens, phrase.tokens)
    for k, word in enumerate(words):
        if any(opening <= word.first <= closing for opening, closing in phrase.quoted):
            continue
        final = k == len(words) - 1
        text = word.text
        if text in knowledge.syntax.modifying_nouns and 0 < k and not final and not (k == len(words) - 2 and words[-1].text in ("중", "차")):
            ending = "adnominal"
        elif text in knowledge.syntax.verbal_nouns and final and k > 0:
            ending = "nominal"
        elif text in knowledge.syntax.verbal_nouns and k > 0 and k == len(words) - 2 and words[-1].text in ("예정", "계획", "방침", "등", "소식", "결과", "중", "차"):
            ending = "nominal"
        else:
            continue
        if k > 1 and words[k - 1].text in ("공동", "주제", "기조"):  # 공동 주최 is one act
            word = Word(words[k - 1].first, word.last, words[k - 1].text + word.text, words[k - 1].start, word.end)
            text = word.text
        before = [t for t in phrase.tokens if t < word.first]
        after = [t for t in phrase.tokens if t > word.last]
        parts = []
        if before:
            left = Phrase("NP", phrase.first, before[-1], tokens=before, determiner=phrase.determiner,
                          notes=[n for n in phrase.notes if n[0] < word.first], quoted=[q for q in phrase.quoted if q[0] < word.first])
            parts.append(left)
        predicate = Phrase("PRED", word.first, word.last, lemma=text + "하다", ending=ending, particle=phrase.particle if ending == "nominal" else "",
                           comma=phrase.comma if ending == "nominal" else False, planned=bool(after) and ending == "nominal" and words[-1].text in ("예정", "계획", "방침"), connective="",
                           auxiliaries=(words[-1].text,) if after and ending == "nominal" else ())
        parts.append(predicate)
        if ending == "adnominal" and after:
            right = Phrase("NP", after[0], after[-1], particle=phrase.particle, tokens=after, comma=phrase.comma,
                           notes=[n for n in phrase.notes if n[0] > word.last], quoted=[q for q in phrase.quoted if q[0] > word.last])
            parts.extend(_split(right, tokens, knowledge))
        return parts
    return [phrase]
