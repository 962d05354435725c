"""Names of the gazetteer in a text: bodies, countries and places, and which of them a name means where it is one of several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.analyze.names.words import Word
from kg.analyze.tokens import Tokens
from kg.knowledge.gazetteer import Entry
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

# First token → (last token, entries, or the mention of a body that the model of names proposes).
Known = Mapping[int, tuple[int, "tuple[Entry, ...] | Mention"]]

_MEMBERS = re.compile(r"\s\d{1,3}여?개(?:국|\s?회원국)")  # 아세안 10개국: countries, and not their body


def known_names(tokens: Tokens, knowledge: Knowledge) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
    """Gazetteer hits that begin and end where tokens do, as (first token, last token, entries)."""
    first_at = {start: i for i, start in enumerate(tokens.starts)}
    last_at = {end: i for i, end in enumerate(tokens.ends)}
    for start, end, entries in knowledge.gazetteer.find(tokens.text):
        first, last = first_at.get(start), last_at.get(end)
        if first is None or last is None:
            continue
        if not tokens.spaced[first] and tokens.tags[first - 1].startswith(("NN", "XPN", "SL", "XR")):
            continue  # the tail of a longer word
        yield first, last, entries


def known_places(tokens: Tokens, first: int, last: int, knowledge: Knowledge) -> list[Mention]:
    """Places and countries of the gazetteer among some tokens."""
    low, high = tokens.starts[first], tokens.ends[last]
    found = []
    for start, end, entries in knowledge.gazetteer.find(tokens.text[low:high]):
        entry = next((e for e in entries if schema().is_a(e.place_cls or e.cls, "Place") or e.cls == "Country"), None)
        if entry is not None and low + start in tokens.starts[first : last + 1]:
            found.append(
                Mention(
                    start=low + start,
                    end=low + end,
                    kind=entry.place_cls or entry.cls,
                    name=tokens.text[low + start : low + end],
                    rule="gazetteer",
                    known=entry.name,
                )
            )
    return found


def known_in(word: Word, taken: int, tokens: Tokens, known: Known, knowledge: Knowledge) -> tuple[list[Mention], int]:
    """The known names that begin in a word behind token ``taken``, and the last token that they take."""
    found: list[Mention] = []
    i = max(word.first, taken + 1)
    while i <= word.last:
        last, entries = known.get(i, (taken, ()))
        if last <= taken or last < word.last and _goes_on(tokens, last + 1):
            i += 1
            continue
        mention = entries if isinstance(entries, Mention) else _known(tokens, i, last, entries, _acts(tokens, last, knowledge))
        if mention:
            found.append(mention)
        taken, i = last, last + 1
    return found, taken


def _goes_on(tokens: Tokens, first: int) -> bool:
    """Whether an eojeol goes on after a known name in a way that makes it another word (한국인터넷진흥원장, 미국산)."""
    return tokens.tags[first].startswith(("NN", "XSN", "SL", "SN", "XR", "MM")) and tokens.words[first] not in ("측", "등")


def _acts(tokens: Tokens, last: int, knowledge: Knowledge) -> bool:
    """Whether what follows a name makes it the name of somebody who acts: 전주시는, 충청북도와, 경주시 주최, 통일부·강원도가."""
    i = last + 1
    while i < len(tokens.tags) and tokens.words[i] in ("(",) and tokens.pair[i] > i:
        i = tokens.pair[i] + 1
    if i >= len(tokens.tags):
        return False
    tag, word = tokens.tags[i], tokens.words[i]
    if tokens.spaced[i]:
        return (
            word in knowledge.syntax.modifying_nouns
            or word in ("공동", "등")
            or word in knowledge.syntax.verbal_nouns
            or word in knowledge.organizations.staff
        )
    following = tokens.words[i + 1] if i + 1 < len(tokens.words) else ""
    return (
        tag in ("JKS", "JC")
        or tag == "JKO"
        and following.startswith(("비롯", "포함"))  # 정선군을 비롯한 8개 기관이
        or tag == "JX"
        and word in ("은", "는", "도")
        or word in ("와", "과", "·", ",", "-", "ㆍ")
        and not tokens.text[tokens.ends[i] :].startswith(" 등지")
        or tag == "JKB"
        and word in ("와", "과", "에게")
    )


def _known(tokens: Tokens, first: int, last: int, entries: tuple[Entry, ...], acts: bool) -> Mention | None:
    surface = tokens.surface(first, last)
    strong = [e for e in entries if surface not in e.weak_forms and surface not in e.ambiguous]
    entry = (strong or list(entries))[0]
    certain = bool(strong)
    kind = entry.cls
    if kind == "InternationalOrganization" and _MEMBERS.match(tokens.text, tokens.ends[last]):
        return None
    namesakes = not strong and all(
        e.cls == "LocalGovernment" and surface not in e.weak_forms for e in entries
    )  # 고성군 of two provinces
    if (
        entry.place_cls
        and not surface.endswith("청")
        and not (acts and (strong or namesakes) and surface.endswith(("시", "도", "군", "구")))
    ):
        kind = entry.place_cls
    if kind == "Venue" and acts and surface.endswith(("관", "원", "센터", "재단", "전당")):
        kind = "PublicInstitution"  # 국립○○박물관은 acts, 국립○○박물관에서 is a place
    if not certain and not namesakes and not schema().is_a(kind, "Place") and not schema().is_a(kind, "Country"):
        return None
    if not certain and len(surface) < 2:
        return None
    if (
        schema().is_a(kind, "Place")
        and first == last
        and tokens.tags[first] != "NNP"
        and not surface.endswith(("시", "도", "군", "구"))
    ):
        return None  # an ordinary word that is a place's short name too (강화)
    return Mention(
        start=tokens.starts[first],
        end=tokens.ends[last],
        kind=kind,
        name=surface,
        rule="gazetteer",
        known=entry.name if certain else None,
        certain=certain,
    )
