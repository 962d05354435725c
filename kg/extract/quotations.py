"""Direct speech: “…”라고 말했다. The speaker is the subject of the verb of saying; stretches that one verb joins are one quotation."""
from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.clauses import SUBJECT, TOPIC
from kg.knowledge import Knowledge
from kg.model import Claim, Mention

_SHORTEST = 8  # characters; shorter quotations are words that are talked about


def extract_quotations(reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of ``said``: person → quotation; the quotation's name is all its words."""
    say = knowledge.verbs["say"].active
    for sentence in reading.sentences:
        quotes = [(i, p) for i, p in enumerate(sentence.phrases) if p.kind == "QUOTE"]
        if not quotes:
            continue
        groups: list[list[int]] = []
        for i, _ in quotes:
            between = sentence.phrases[groups[-1][-1] + 1:i] if groups else []
            joined = groups and not any(p.kind == "PRED" and p.ending == "final" or p.lemma in say and p.ending != "connective" and p.ending != "reported" and p.ending != "adnominal" for p in between) \
                and not any(p.kind == "NP" and p.particle in TOPIC | SUBJECT and any(m.kind == "Person" for m in sentence.heads[j])
                            for j, p in enumerate(between, groups[-1][-1] + 1)) and len(between) <= 8
            if joined:
                groups[-1].append(i)
            else:
                groups.append([i])
        for group in groups:
            yield from _group(reading, sentence, group, say)


def _group(reading: Reading, sentence: SentenceReading, group: Sequence[int], say: frozenset[str]) -> Iterator[Claim]:
    tokens, phrases = reading.tokens, sentence.phrases
    first, last = phrases[group[0]], phrases[group[-1]]
    verb = next((p for p in phrases[group[-1] + 1:group[-1] + 9] if p.kind == "PRED" and (p.lemma in say or p.lemma == "하다")), None)
    if verb is None and not (group[-1] + 1 < len(phrases) and phrases[group[-1] + 1].kind == "PRED" and phrases[group[-1] + 1].ending == "reported"):
        return
    speaker = _speaker(sentence, group)
    if speaker is None:
        return
    words = [tokens.text[tokens.ends[p.first]:tokens.starts[p.last]].strip() for p in (phrases[i] for i in group)]
    words = [w for w in words if w]
    if not words or sum(map(len, words)) < _SHORTEST:
        return
    start, end = tokens.starts[first.first], tokens.ends[last.last]
    quotation = Mention(start=tokens.ends[first.first], end=tokens.starts[last.last], kind="Quotation", name=" … ".join(words), rule="direct-speech")
    stop = tokens.ends[verb.last] if verb is not None else end
    yield Claim(relation="said", subject=speaker, object=quotation, rule="quotation.direct", start=min(start, speaker.start), end=max(end, stop),
                sentence=(sentence.start, sentence.end), confidence=0.95)


def _speaker(sentence: SentenceReading, group: Sequence[int]) -> Mention | None:
    """The nearest person before the quotation as topic or subject; after it, where none stands before (“…”라고 ○○○ 위원장은 말했다)."""
    for i in (*range(group[0] - 1, -1, -1), *range(group[-1] + 1, len(sentence.phrases))):
        phrase = sentence.phrases[i]
        if phrase.kind != "NP" or phrase.particle not in TOPIC | SUBJECT | {"", "?"}:
            continue
        people = [m for m in sentence.heads[i] if m.kind == "Person"]
        if people and (phrase.particle not in ("", "?") or i == group[0] - 1):
            return people[-1]
        if i < group[0] and phrase.particle in TOPIC | SUBJECT and any(m.kind != "Person" for m in sentence.heads[i]):
            return None
    return None
