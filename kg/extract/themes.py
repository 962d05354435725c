"""Where a text words a theme: ‘…’를 주제로, ‘…’라는 주제 아래, ‘…’라는 제목으로, ‘…’라는 주제의."""

from __future__ import annotations

from dataclasses import dataclass

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.titles import Title, quoted_titles, title_of, titles_ending_at
from kg.knowledge.load import Knowledge


@dataclass(frozen=True, slots=True)
class Theme:
    """The word 주제 or 제목 with its particle, the titles before it, and the first phrase that belongs to it."""

    first: int
    index: int
    titles: tuple[Title, ...]
    named: bool  # 제목으로: what a talk is called
    of: bool = False  # …라는 주제의 강연


def themes_in(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> list[Theme]:
    """The themes that a sentence words with 주제로, 주제 아래, 제목으로, 주제의."""
    tokens, phrases, found = reading.tokens, sentence.phrases, []
    for i, phrase in enumerate(phrases):
        if phrase.kind != "NP" or not phrase.tokens:
            continue
        position = theme_word(reading, phrase, knowledge)
        if position is None:
            continue
        word = word_at(reading, phrase, position)
        if position != len(phrase.tokens) - 1 or phrase.particle not in ("으로", "로", "아래", "하에", "의"):
            continue
        low = next((j + 1 for j in range(i - 1, -1, -1) if _item_mark(reading, phrases, j)), 0)
        own = [t for t in phrase.tokens[:position] if not is_vague(reading, phrase, t, knowledge)]
        titles: list[Title] = []
        first = i
        if own:
            quoted = [q for q in phrase.quoted if q[1] < phrase.tokens[position]]
            if quoted:
                titles = quoted_titles(reading, phrase)
            elif phrase.determiner is None and (title := title_of(reading, tokens.starts[own[0]], tokens.ends[own[-1]])):
                titles = [title]
        elif i:
            called = (
                phrases[i - 1].kind == "PRED"
                and tokens.surface(phrases[i - 1].first, phrases[i - 1].last) in knowledge.endings.called
            )
            if phrase.particle == "의" and not called:
                continue
            k = i - 2 if called else i - 1
            if (
                k >= low
                and phrases[k].kind in ("NP", "QUOTE")
                and (called or phrases[k].particle in ("을", "를", "", "이", "가") or phrases[k].kind == "QUOTE")
            ):
                titles, first = titles_ending_at(reading, sentence, k, low), k
        if low and titles and not any(reading.tokens.text[t.start - 1 : t.start] in "‘“「『" for t in titles):
            continue  # ▲… ▲…를 주제로: a programme
        if titles:
            found.append(Theme(first, i, tuple(titles), word in knowledge.talks.names, phrase.particle == "의"))
    return found


def theme_word(reading: Reading, phrase, knowledge: Knowledge) -> int | None:
    """The place of 주제, 제목 … among a phrase's tokens: its last."""
    position = len(phrase.tokens) - 1
    if any(a <= phrase.tokens[position] <= b for a, b in phrase.quoted):
        return None
    return position if word_at(reading, phrase, position) in knowledge.talks.themes | knowledge.talks.names else None


def word_at(reading: Reading, phrase, position: int) -> str:
    """The eojeol that ends with a token, back to a space (대주제 is two morphemes)."""
    tokens, first = reading.tokens, position
    while (
        first
        and not tokens.spaced[phrase.tokens[first]]
        and phrase.tokens[first - 1] == phrase.tokens[first] - 1
        and tokens.pair[phrase.tokens[first - 1]] == -1
    ):
        first -= 1
    return tokens.surface(phrase.tokens[first], phrase.tokens[position])


def is_vague(reading: Reading, phrase, token: int, knowledge: Knowledge) -> bool:
    word = reading.tokens.words[token]
    return word in knowledge.talks.vague or reading.tokens.tags[token] in ("MM", "SN", "NR", "NNB") or word in ("대", "소")


def _item_mark(reading: Reading, phrases, j: int) -> bool:
    """Whether a list mark (▲, ①) stands right before phrase j; what begins there is an item of an agenda."""
    start = reading.tokens.starts[phrases[j].first]
    return reading.tokens.text[max(0, start - 2) : start].strip()[-1:] in tuple("▲△▴▷◆◇■●➊➋➌➀➁➂①②③④⑤")
