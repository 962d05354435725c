"""Chains of places from the country down, and the city that they mean: 미국 텍사스 휴스턴, 경기 성남시 수정구, 서울 중구 세종대로 110."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.analyze.names.words import Word, venue_suffix
from kg.analyze.tokens import Tokens
from kg.knowledge.gazetteer import Entry
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

_LOCALITY = re.compile(r"[가-힣]{1,4}(?:시|군|구|읍|면|동|리|로|길|대로|가)|\d+(?:가|길|번길)?|[가-힣]+\d*(?:로|길)")
_DISTRICT = re.compile(r"[가-힣]{1,4}[시군구]")


def chain_of(
    words: Sequence[Word], tokens: Tokens, mentions: Sequence[Mention], knowledge: Knowledge
) -> tuple[list[Mention], Sequence[Word]]:
    """The places that a phrase begins with, from the country down, and the words after them."""
    found: list[Mention] = []
    k = 0
    while k < len(words):
        for size in (3, 2, 1):
            place = (
                _place(words[k : k + size], tokens, mentions, knowledge, cue=bool(found) or k + size < len(words))
                if k + size <= len(words)
                else None
            )
            if place is not None:
                break
        if place is not None:
            found.append(place)
            k += size
        elif (
            found and k + 1 < len(words) and _LOCALITY.fullmatch(words[k].text) and venue_suffix(words[k].text, knowledge) is None
        ):
            if _DISTRICT.fullmatch(words[k].text):
                found.append(_part(words[k]))
            k += 1  # 서울 중구 세종대로 110 ○○회관
        else:
            break
    if found and k < len(words) and _quarter(found[-1], knowledge) and not any(m.kind == "City" for m in found):
        k = next(i for i, w in enumerate(words) if w.start == found[-1].start)
        found = found[:-1]  # 판교 ○○센터: a quarter belongs to the name
    while found and k < len(words) and re.fullmatch(r"D\.?C\.?", words[k].text):
        k += 1  # 워싱턴 DC
    if (
        found
        and k < len(words)
        and found[-1].kind == "Country"
        and any(m.end == words[-1].end and m.kind == "City" for m in mentions)
    ):
        found, k = found[:-1], k - 1  # 스위스 ○○ 호텔 서울
    rest = words[k:]
    if (
        len(rest) > 1
        and found
        and not any(m.kind == "City" for m in found)
        and any(m.start == rest[1].start and schema().is_a(m.kind, "Organization") for m in mentions)
        and all(tokens.tags[i] == "NNP" for i in range(rest[0].first, rest[0].last + 1))
    ):
        found.append(Mention(start=rest[0].start, end=rest[0].end, kind="City", name=rest[0].text, rule="place-phrase"))
        rest = rest[1:]
    return found, rest


def city_of(found: Sequence[Mention], venue: bool) -> list[Mention]:
    """The city (or province, or only the country abroad) that a chain of places means: with its province and district, as it is said."""
    parts = [m for m in found if m.kind in ("City", "Region")]
    city = next((m for m in parts if m.kind == "City"), parts[-1] if parts else None)
    if city is not None:
        last = max(
            i for i, m in enumerate(parts) if m is city or m.start > city.start and _DISTRICT.fullmatch(m.name) or m is parts[0]
        )
        chain = parts[: last + 1]
        if len(chain) > 1 and all(b.start - a.end == 1 for a, b in zip(chain, chain[1:])):
            name = " ".join(m.name for m in chain)
            return [replace(city, start=chain[0].start, end=chain[-1].end, name=name, known=chain[-1].known)]
        return [city]
    return [m for m in found[-1:] if not venue and m.known != "대한민국" and m.name != "한국"]


def _place(
    words: Sequence[Word], tokens: Tokens, mentions: Sequence[Mention], knowledge: Knowledge, *, cue: bool
) -> Mention | None:
    """The place of the gazetteer that some words are; one that is an ordinary word too only beside another place."""
    start, end = words[0].start, words[-1].end
    text = tokens.text[start:end].rstrip(",")
    entry = next((e for e in knowledge.gazetteer.by_name(text) if place_kind(e) and (cue or not e.is_weak(text))), None)
    if (
        entry is not None
        and len(words) > 1
        and place_kind(entry) == "Region"
        and _place(words[:1], tokens, mentions, knowledge, cue=True) is not None
    ):
        return None  # 서울 강남: the city is 서울
    if entry is None:
        known = next(
            (
                m
                for m in mentions
                if m.start == start
                and m.end == end
                and (schema().is_a(m.kind, "Place") and m.kind != "Venue" or m.kind == "Country")
            ),
            None,
        )
        return known
    several = len([e for e in knowledge.gazetteer.by_name(text) if place_kind(e)]) > 1
    return Mention(
        start=start,
        end=start + len(text),
        kind=place_kind(entry) or entry.cls,
        name=text,
        rule="gazetteer",
        known=None if several else entry.name,
    )


def _part(word: Word) -> Mention:
    """A district that only the place before it makes one: 서울 중구."""
    return Mention(start=word.start, end=word.end, kind="Region", name=word.text, rule="place-phrase")


def _quarter(place: Mention, knowledge: Knowledge) -> bool:
    """Whether a place is a part of a Korean city that governs nothing itself."""
    entry = knowledge.gazetteer[place.known] if place.kind == "Region" and place.known else None
    return entry is not None and entry.cls == "Region" and entry.file == "local.tsv"


def place_kind(entry: Entry) -> str | None:
    kind = entry.place_cls or entry.cls
    return kind if kind in ("City", "Region", "Country") else None
