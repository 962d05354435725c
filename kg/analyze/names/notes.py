"""What stands in a parenthesis after a name: another name, an abbreviation, the head of a body, the body of a person, a date, a place.

한국인터넷진흥원(KISA, 원장 ○○○) · 개인정보보호위원회(이하 ‘개인정보위’) · ○○○ 교수(서울대) · 톰 밀러(Tom Miller) · ○○○(좌장)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.analyze.names.abbreviations import of_another, without_footnote
from kg.analyze.names.note_heads import title_and_name, with_same_title
from kg.analyze.names.organizations import organizations_in
from kg.analyze.names.people import Anchored, is_organization, people_in
from kg.analyze.names.words import (
    HANGUL,
    Word,
    event_noun,
    is_person_name,
    organization_suffix,
    tags_of,
    title_in,
    words_of,
)
from kg.analyze.tokens import QUOTES, Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

_HENCEFORTH = re.compile(
    r"이하\s*(?:에서는\s*)?[‘’'“”\"「｢]?\s*(?P<name>[^\s‘’'“”\"」｣,][^‘’'“”\"」｣,]*?)\s*[‘’'“”\"」｣]?\s*(?:이?라\s?(?:한다|함|칭함)|로\s?(?:약칭|표기|칭함))?"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.’'´`\- +/]*")
_PERSONAL = re.compile(r"[A-Z][a-z.'’\-]+(?: [A-Za-z][A-Za-z.'’\-]*){1,3}")
_ADDRESS = re.compile(r"[A-Za-z0-9]\.(?:kr|com|org|net|go|io|gov|eu)\b|@|://|^www\.")
_AFTER_TITLE = re.compile(
    r"\b(?:CEO|CTO|CFO|COO|President|Director|Chair(?:man|person|woman)?|Minister|Officer|Secretary|Governor|Professor|Dr\.?|Mr\.?|Ms\.?)\s+([A-Z][\w.’'\-]+(?: [A-Z][\w.’'\-]+)+)$"
)
_TITLE = re.compile(r"\b(?:CEO|Chief|Officer|Director|President|Minister|Manager|Head|Chair\w*|Secretary|Ambassador|Professor)\b")
_SPLIT = frozenset(",;:，；：")


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name that a parenthesis gives to what stands before it."""

    host: Mention
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """What one parenthesis says."""

    aliases: tuple[Alias, ...] = ()
    people: tuple[Anchored, ...] = ()
    body: Mention | None = None
    role: str | None = None
    host: Mention | None = None
    bodies: tuple[Mention, ...] = ()


def items_of(tokens: Tokens, opening: int, closing: int) -> list[tuple[int, int]]:
    """Token ranges (inclusive) of the parts of a parenthesis, parted by commas outside inner brackets."""
    out, first, i = [], opening + 1, opening + 1
    while i < closing:
        if tokens.pair[i] > i:
            i = tokens.pair[i] + 1
            continue
        if tokens.words[i] in _SPLIT and not (
            tokens.words[i] == ":" and i > first and (tokens.tags[i - 1] == "SN" or HANGUL.search(tokens.words[i - 1]))
        ):
            if i > first:
                out.append((first, i - 1))
            first = i + 1
        i += 1
    if closing > first:
        out.append((first, closing - 1))
    return out


def read_note(
    tokens: Tokens, opening: int, closing: int, host: Mention | None, before: list[Word], known, knowledge: Knowledge
) -> Note:
    """Read a parenthesis; ``host`` is the mention it follows, ``before`` the words of its noun phrase up to it."""
    aliases: list[Alias] = []
    people: list[Anchored] = []
    body, role = None, None
    named: list[Mention] = []
    for first, last in items_of(tokens, opening, closing):
        text = tokens.surface(first, last)
        if tokens.pair[first] == last and first + 1 < last and tokens.words[first] in QUOTES:
            first, last = first + 1, last - 1  # 한국은행(‘한은’)
            text = tokens.surface(first, last)
        start, end = tokens.starts[first], tokens.ends[last]
        henceforth = _HENCEFORTH.fullmatch(text)
        if henceforth:
            if henceforth["name"].endswith(" 등"):
                continue  # ○○위원회, ○○진흥원(이하 ‘○○위 등’): several at once
            if (
                host is not None
                and henceforth["name"] not in knowledge.titles.all
                and not (host.kind == "Person" and henceforth["name"].isupper())
            ):
                s = start + henceforth.start("name")
                aliases.append(Alias(host, henceforth["name"], s, s + len(henceforth["name"])))
            continue
        words = words_of(tokens, [i for i in range(first, last + 1) if tokens.pair[i] == -1 and tokens.words[i] != ":"])
        if not words:
            continue
        if text in ("좌장", "사회", "주재", "의장", "진행"):
            role = text
            continue
        bodies = organizations_in(words, tokens, known, knowledge)
        anchored = people_in(words, tokens, bodies, knowledge) if HANGUL.search(text) else []
        if anchored:
            people.extend(anchored)
            continue
        person = title_and_name(words, tokens, knowledge) or people and with_same_title(words, tokens, people[-1], knowledge)
        if person:
            people.append(person)
            continue
        if host is None:
            continue
        if host.kind == "Person":
            organization = next((b for b in reversed(bodies) if is_organization(b)), None)
            if organization is not None:
                body = bodies[0] if is_organization(bodies[0]) else organization
                named += bodies
                continue
            if (title := title_in(text, knowledge)) and title[0] == "":
                role = text
                continue
        if host.kind == "Person" and " " in text and text.isascii() and text.split(" ")[-1] in knowledge.organizations.latin:
            body = Mention(
                start=start, end=end, kind="Organization", name=text, rule="beside-title", certain=False
            )  # ○○○ 대표(Narae Lab)
            named.append(body)
            continue
        if host.kind == "Person" and (text.isupper() and " " not in text):
            continue  # an acronym after a fused title is the body's
        if host.kind == "Person" and _TITLE.search(text) and not _AFTER_TITLE.search(text):
            continue
        if host.kind == "Person" and (latin := _AFTER_TITLE.search(text)):
            at = start + latin.start(1)
            aliases.append(Alias(host, latin[1], at, at + len(latin[1])))
            continue
        if " 및 " in host.name and host.rule == "event-noun" or of_another(text, [a.name for a in aliases]):
            continue  # ○○데이 및 상담회(Investor Day): the name of one of the two
        text = without_footnote(text, tokens.text[end : end + 2])
        if (
            people
            and host.kind != "Person"
            and _PERSONAL.fullmatch(text)
            and text.split(" ")[-1] not in knowledge.organizations.latin
        ):
            aliases.append(Alias(people[-1].person, text, start, end))  # ○○위원회(위원장 하산 엘가미, Hassan Elgamy)
            continue
        if _is_alias(text, host, words, tokens, knowledge):
            aliases.append(
                Alias(host, text.rstrip(" ."), start, start + len(text.rstrip(" .")))
                if not text.endswith("Inc.")
                else Alias(host, text, start, end)
            )
    return Note(tuple(aliases), tuple(people), body, role, host, tuple(named))


def person_before(
    tokens: Tokens, opening: int, closing: int, before: list[Word], known, knowledge: Knowledge
) -> tuple[Anchored, list[Mention]] | None:
    """``○○○(국민대학교 교수)``: a person told by the body and the title in the parenthesis after a name, and the bodies in it."""
    if not before or before[-1].last != opening - 1:
        return None
    name = before[-1]
    words = [w for first, last in items_of(tokens, opening, closing) for w in words_of(tokens, range(first, last + 1))]
    if len(words) < 2 or not is_person_name(name.text, tags_of(tokens, name), knowledge, strong=True):
        return None
    bodies = organizations_in(words, tokens, known, knowledge)
    found = people_in([*words, name], tokens, bodies, knowledge)
    if len(found) != 1 or found[0].person.start != name.start or found[0].body is None:
        return None
    return replace(found[0], start=name.start, end=tokens.ends[closing]), bodies


def _is_alias(text: str, host: Mention, words: list[Word], tokens: Tokens, knowledge: Knowledge) -> bool:
    if text in knowledge.names.no_aliases or len(text) < 2 or text[0].isdigit() or len(text) > 90:
        return False
    if _LATIN.fullmatch(text):
        return not _ADDRESS.search(text)
    if not HANGUL.search(text) or len(words) > 6:
        return False
    if schema().is_a(host.kind, "Event"):  # 투자설명회(나래 피칭 데이)
        return (
            len(words) > 1
            and event_noun(words[-1].text, knowledge) is not None
            and not any(c.isdigit() for c in text)
            and all(
                tokens.tags[i].startswith(("NN", "SL", "XSN", "XPN", "UN")) for w in words for i in range(w.first, w.last + 1)
            )
        )
    if any(tokens.tags[i].startswith(("J", "V", "E", "MA")) for w in words for i in range(w.first, w.last + 1)):
        return False
    if host.known and any(entry.name == host.known for entry in knowledge.gazetteer.by_name(text)):
        return True  # 대한무역투자진흥공사(코트라)
    host_latin = not HANGUL.search(host.name)
    if host_latin:  # UNESCO(유엔교육과학문화기구), and not KAIST(스마트시티)
        told = (
            host.known is None
            or organization_suffix(words[-1].text, knowledge) is not None
            or text.endswith(tuple(knowledge.bodies.strong))
        )
        return is_organization(host) and len(text) > 3 and told
    # a short form keeps the order of the name's syllables: 인사혁신처(인사처), 국민권익위원회(권익위)
    plain = text.replace(" ", "")
    return is_organization(host) and len(plain) < len(host.name) and _subsequence(plain, host.name)


def _subsequence(short: str, name: str) -> bool:
    """Whether the syllables of a short form stand in the name in their order, beginning at a syllable of it.

    >>> _subsequence("권익위", "국민권익위원회"), _subsequence("본사", "국민권익위원회")
    (True, False)
    """
    at = iter(name)
    return all(character in at for character in short)
