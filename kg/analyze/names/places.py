"""Where something is held: ``미국 텍사스 휴스턴 ○○ 본사에서`` is a city and a venue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analyze.names.chains import chain_of, city_of, place_kind
from kg.analyze.names.words import Word, eojeol_start, event_noun, venue_suffix
from kg.analyze.tokens import Tokens
from kg.knowledge.gazetteer import Entry
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

_TIME = re.compile(
    r"[\d:~∼\-]+시?(?:경|까지|부터)?|오전|오후|낮|저녁|현지시간|\d+(?:시|분|일)|(?:하루|이틀|사흘|나흘|닷새|양일|\d+일)간|약|총|동안|및"
    r"|(?:19|20)\d\d년|\d{1,2}월|중|가운데|말|초|초순|중순|하순|상순|만에|이달|내달|다음달|지난달|이번달|다음|지난|달"
)
_CLOCK = re.compile(r"[\d:~∼\-]*\d:\d\d\s?/\s?(?=[가-힣A-Z])")
_PROVINCE = re.compile(r"[가-힣]{1,4}(?:성|주|현|도)")
_SEVERAL = re.compile(r"(?:총|전국)?\s?\d+여?\s?(?:개\s|곳|개소|개교)")  # 27개 대학교에서: who, not where
_FLOOR = re.compile(r"[\s,]*(?:지하\s?)?(?:B?\d{1,2}층|B\d)$")
_NOTES = re.compile(r"\s?\((?![A-Za-z]{2,8}\)\s?[가-힣])[^()]*\)")  # but 에이티(aT)센터
_MARKS = "‘’“”「」『』｢｣《》<>\"' ,"
# The hall of a body, whatever its own name: ○○대학교 열린관.
_HALL = re.compile(r"[가-힣A-Z\d]{2,}(?:관|당|홀|동|루|실|원|캠퍼스|호)$")
# 본원, 서울 청사: a seat of a body.
_SEATS = re.compile(r"본원|본사|본부|청사|사옥|캠퍼스|분원|지원|지사|사무소|교육장|센터|신청사|사업장|연구소|공장")


def places_in(
    words: Sequence[Word], tokens: Tokens, mentions: Sequence[Mention], knowledge: Knowledge, *, bodies: bool = False
) -> list[Mention]:
    """Venue and city of a phrase that says where (``…에서``, ``장소: …``); empty where it names no place.

    With ``bodies``, the seat of an organization is a place too: nobody else can be meant by it there.
    """
    words = without_times(words, tokens)
    words = [w for w in words if not re.fullmatch(r"\d{1,2}:\d\d[~\-∼]?(?:\d\d?:\d\d)?,?", w.text)]
    words = words[max((i + 1 for i, w in enumerate(words[:-1]) if w.text in knowledge.names.afterwards), default=0) :]
    if (
        not words
        or words[0].text in knowledge.places.quantified
        and len(words) > 1
        or any(w.text.startswith("각각") for w in words)
    ):
        return []
    found, rest = chain_of(words, tokens, mentions, knowledge)
    while rest and rest[0].text in knowledge.places.leading:
        rest = rest[1:]
    while rest and rest[-1].text in knowledge.places.trailing:
        rest = rest[:-1]
    out: list[Mention] = []
    venue: Mention | None
    if rest and any(p.kind == "Country" and p.known != "대한민국" for p in found) and _city_abroad(rest):
        return [
            Mention(start=rest[0].start, end=rest[-1].end, kind="City", name=" ".join(w.text for w in rest), rule="place-phrase")
        ]
    if len(rest) == 1 and len(found) == 1 and _abroad(rest[0], found[0], tokens, mentions, knowledge):
        return [Mention(start=rest[0].start, end=rest[0].end, kind="City", name=rest[0].text, rule="place-phrase")]
    if rest and found and _SEATS.fullmatch(rest[0].text):
        venue = _named(words[next(i for i, w in enumerate(words) if w.start == found[-1].start) :], tokens)
        return ([venue] if rest[0].text not in knowledge.places.no_places or len(rest) > 1 else []) + city_of(found, True)
    if rest:
        venue, city = _venue(rest, tokens, mentions, knowledge, bool(found), bodies)
        if venue is None and not (found and city is None and rest[-1].text in knowledge.places.trailing):
            return []
        if venue is not None:
            out.append(venue)
        if city is not None and not found:
            found = [city]
    return out + city_of(found, bool(out))


def without_times(words: Sequence[Word], tokens: Tokens) -> Sequence[Word]:
    """A phrase that says where without the words of time that it begins with: 중 서울에서, 15:00~18:00/○○호텔."""
    while words and _TIME.fullmatch(words[0].text.strip(",")):
        words = words[1:]
    if not words or (clock := _CLOCK.match(words[0].text)) is None:
        return words
    start = words[0].start + clock.end()
    first = next((i for i in range(words[0].first, words[0].last + 1) if tokens.starts[i] == start), None)
    return words if first is None else [Word(first, words[0].last, words[0].text[clock.end() :], start, words[0].end), *words[1:]]


def _abroad(word: Word, country: Mention, tokens: Tokens, mentions: Sequence[Mention], knowledge: Knowledge) -> bool:
    """Whether one proper word behind another country's name is a city of it (독일 하르펜에서)."""
    return (
        country.kind == "Country"
        and country.known != "대한민국"
        and word.text not in knowledge.places.no_places
        and venue_suffix(word.text, knowledge) is None
        and all(tokens.tags[i].startswith(("NNP", "UN")) for i in range(word.first, word.last + 1))
        and not any(m.start == word.start for m in mentions)
    )


def _city_abroad(words: Sequence[Word]) -> bool:
    """Whether words behind another country are a city, perhaps after its province: (중국) 산둥성 두메시."""
    return all(_PROVINCE.fullmatch(w.text) for w in words[:-1]) and re.fullmatch(r"[가-힣]{1,4}시", words[-1].text) is not None


def _named(words: Sequence[Word], tokens: Tokens) -> Mention:
    """A venue that is called by all of some words: 본원."""
    start, end = words[0].start, words[-1].end
    return Mention(
        start=start,
        end=end,
        kind="Venue",
        name=_FLOOR.sub("", re.sub(r"\s?\([^()]*\)", "", tokens.text[start:end])).strip(_MARKS),
        rule="place-phrase",
    )


def _venue(
    rest: Sequence[Word], tokens: Tokens, mentions: Sequence[Mention], knowledge: Knowledge, located: bool, bodies: bool
) -> tuple[Mention | None, Mention | None]:
    """The venue that some words name, and the city that its name says."""
    is_a = schema().is_a
    start, end = eojeol_start(tokens, rest[0].first), rest[-1].end
    text = tokens.text[start:end]
    last = rest[-1].text.strip(_MARKS)
    name = _FLOOR.sub("", _NOTES.sub("", text)).strip(_MARKS).removeprefix("㈜")
    plain = name.split(" ")[-1] if name else ""
    suffix = venue_suffix(last, knowledge) or venue_suffix(plain, knowledge)
    entry = _known_venue(name, knowledge) or next(
        (
            e
            for m in mentions
            if m.kind == "Venue" and m.start == start and m.known and (e := _entry(m.known, knowledge)) is not None
        ),
        None,
    )
    body = next((m for m in mentions if m.end == end and is_a(m.kind, "Organization") and m.kind != "Country"), None)
    proper = _proper(rest, tokens)
    if (
        name in knowledge.places.no_places
        or name.endswith(knowledge.places.virtual)
        or last in knowledge.places.no_places
        and (len(rest) == 1 or not proper)
        or len(name) < 2
    ):
        return None, None
    if event_noun(last, knowledge) is not None and suffix is None or _SEVERAL.match(name):
        return None, None
    halls = (
        len(rest) > 1
        and (_HALL.search(plain) or plain.endswith("연구소") and _proper(rest[1:], tokens))
        and any(m.start == start and m.end < end and is_a(m.kind, "Organization") for m in mentions)
    )
    hotels = (
        len(rest) > 1
        and any(m.end == end and m.kind == "City" for m in mentions)
        and any(venue_suffix(w.text, knowledge) for w in rest[:-1])
    )
    named = (
        entry is not None
        or bool(halls or hotels)
        or suffix is not None
        and (len(name) > len(suffix) or located)
        and (proper or located or len(name) > 3 or len(rest) > 1)
    )
    seated = (
        body is not None
        and (bodies or located)
        and last not in knowledge.organizations.generic
        and (body.known is not None or body.certain)
    )
    alone = located and proper and body is None
    if not (named or seated or alone):
        return None, None
    known = entry.name if entry is not None and name in entry.forms else None
    first = tokens.text.find(name[:1], start) if name[0] != text[0] else start
    venue = Mention(start=first, end=end, kind="Venue", name=name, rule="place-phrase", known=known)
    return venue, _seat(rest, tokens, mentions, knowledge)


def _proper(words: Sequence[Word], tokens: Tokens) -> bool:
    """Whether some of the words are proper names or Latin letters."""
    return any(tokens.tags[i].startswith(("NNP", "SL", "SH")) for w in words for i in range(w.first, w.last + 1))


def _known_venue(name: str, knowledge: Knowledge) -> Entry | None:
    return next((e for e in knowledge.gazetteer.by_name(name) if e.cls == "Venue"), None)


def _entry(name: str, knowledge: Knowledge) -> Entry | None:
    return next(iter(knowledge.gazetteer.by_name(name)), None)


def _seat(rest: Sequence[Word], tokens: Tokens, mentions: Sequence[Mention], knowledge: Knowledge) -> Mention | None:
    """The city that a body's seat stands in, said as a word of its own (○○원 나주 본원); 서울청사, 서울센터 are names and say no city."""
    for word, following in zip(rest, rest[1:]):
        if following.text not in knowledge.places.seats:
            continue
        entry = next((e for e in knowledge.gazetteer.by_name(word.text) if place_kind(e) == "City"), None)
        if entry is not None:
            return Mention(
                start=word.start,
                end=word.start + len(word.text),
                kind="City",
                name=word.text,
                rule="place-phrase",
                known=entry.name,
            )
    return None
