"""Who is on a list of participants: short names under their group, names that share a tail, offices without their holder.

Lines like ``(참석) 금융감독원, 생·손보협회, 농협·신협중앙회, 5대 시중은행(KB국민, 하나), 재경부 거시경제심의관`` name bodies in ways that
running text does not; what completes a short name is knowledge (``data/lexicon/rosters.toml``) and counts only where the gazetteer knows the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.analyze.names.settled import COUNTED
from kg.analyze.names.words import title_in, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.gazetteer import Entry
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

if TYPE_CHECKING:
    from kg.analyze.readings import Reading

_DOTS = re.compile(r"\s*[·ㆍ․‧・･∙]\s*")
_GROUP = re.compile(r"(?P<head>[^()]{2,30}?)\s?\((?P<members>[^()]{3,400})\)")
_MEMBERS = re.compile(r"\s*[,，、·ㆍ․‧・･∙/]\s*")
_KEYED = re.compile(r"\(\s*(?P<key>[가-힣]{2,8})\s*\)\s*(?P<members>[^()]+)")
_COUNT = re.compile(r"^(?:주요|국내|국내외|등)?\s*(?:\d+\s?(?:대|개|개사|곳|여\s?개)?)?\s*")


def roster(value: str, start: int, reading: Reading, knowledge: Knowledge) -> Iterator[Mention]:
    """The bodies of a list of participants that need the list to be understood; ``start`` is the list's offset in the text."""
    for low, item in items(value):
        yield from _item(item, start + low, reading, knowledge)


def keyed(value: str, start: int, knowledge: Knowledge) -> Iterator[Mention]:
    """The bodies of ``(생보) 교보, 농협 (손보) 농협, DB``: short names under the word for their group."""
    for match in _KEYED.finditer(value):
        if tails := _tails(match["key"], knowledge):
            yield from _members(match["members"], start + match.start("members"), tails, knowledge)


def in_parentheses(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The bodies, two at least, of the parenthesis after a group: 민간기업 3곳(○○, △△), 5대 시중은행(KB국민, 하나)."""
    for opening, closing in phrase.notes:
        head = [w for w in words_of(tokens, phrase.tokens) if w.last < opening]
        if not head or closing - opening > 80:
            continue
        group = tokens.text[head[0].start : head[-1].end]
        if not (any(COUNTED.fullmatch(w.text) for w in head) or _of_bodies(group, knowledge)):
            continue
        found = tuple(
            _grouped(
                group,
                tokens.text[tokens.ends[opening] : tokens.starts[closing]],
                tokens.ends[opening],
                tokens,
                knowledge,
                counted=any(COUNTED.fullmatch(w.text) for w in head),
            )
        )
        if len(found) > 1:
            return found
    return ()


def _of_bodies(group: str, knowledge: Knowledge) -> bool:
    """Whether a group's word says that its members are bodies: 보험업계, 유관기관, 시중은행."""
    word = _COUNT.sub("", group).split(" ")[-1].removesuffix("들")
    return (
        bool(_tails(group, knowledge)) or word in knowledge.organizations.generic or word.endswith(tuple(knowledge.rosters.kinds))
    )


def _grouped(
    group: str, members: str, start: int, tokens: Tokens, knowledge: Knowledge, counted: bool = False
) -> Iterator[Mention]:
    """The members of a group: the known ones, and where its word (or number: ``counted``) says that they are bodies unknown ones too."""
    tails = _tails(group, knowledge)
    found = list(_members(members, start, tails, knowledge))
    if not tails and (counted or _COUNT.sub("", group).split(" ")[-1].endswith(tuple(knowledge.rosters.kinds))):
        taken = {m.start for m in found}
        found += [m for m in _proper(members, start, tokens) if m.start not in taken]
    yield from sorted(found, key=lambda m: m.start)


def items(value: str) -> Iterator[tuple[int, str]]:
    """(offset, words) of the items of a list; commas inside parentheses part nothing."""
    depth = low = 0
    for i, c in enumerate(value + ","):
        depth += (c == "(") - (c == ")")
        if c in ",，、;" and depth <= 0:
            item = value[low:i]
            lead = len(item) - len(item.lstrip())
            if item.strip():
                yield low + lead, item.strip()
            low, depth = i + 1, 0


def _item(item: str, start: int, reading: Reading, knowledge: Knowledge) -> Iterator[Mention]:
    if (cut := _glued(item, knowledge)) is not None:  # a line break between two items is lost
        yield from _item(item[:cut], start, reading, knowledge)
        yield from _item(item[cut:], start + cut, reading, knowledge)
        return
    if entry := _known(item, knowledge, weak=False):
        yield _mention(item, start, entry)
        return
    if any(m.kind == "Person" for m in reading.mentions_in(start, start + len(item))):
        return
    for match in _GROUP.finditer(item):
        yield from _grouped(match["head"], match["members"], start + match.start("members"), reading.tokens, knowledge)
    if " " not in item.strip().removesuffix(" 협회").removesuffix(" 중앙회") and "(" not in item:
        yield from _sharing(item, start, knowledge)
    if (body := _office(item, start, reading, knowledge)) is not None:
        yield body


def _glued(item: str, knowledge: Knowledge) -> int | None:
    """Where a known body ends and another one, or a counted group, begins without a space (케이뱅크주택금융공사)."""
    for cut in range(2, len(item) - 2):
        if (
            item[cut - 1] in " (·"
            or item[cut] in " )·"
            or _known(item[:cut], knowledge, weak=False) is None
            and not item[:cut].endswith(("협회", "중앙회", "은행", "공사"))
        ):
            continue
        rest = item[cut:]
        if (
            re.match(r"\d대\s", rest)
            or _known(item[:cut], knowledge, weak=False)
            and _known(rest, knowledge, weak=False)
            and len(rest) > 3
        ):
            return cut
    return None


def _known(name: str, knowledge: Knowledge, *, weak: bool) -> Entry | None:
    """The one body that the gazetteer knows by a name; ``weak`` names count where the list says what they are."""
    found = [
        e
        for e in knowledge.gazetteer.by_name(name)
        if schema().is_a(e.cls, "Organization") and (weak or name not in e.weak_forms)
    ]
    return found[0] if len(found) == 1 else None


def _mention(words: str, start: int, entry: Entry, name: str = "") -> Mention:
    """A body by the words that stand for it; ``name`` where these are only a part of one."""
    return Mention(start=start, end=start + len(words), kind=entry.cls, name=name or words, rule="roster", known=entry.name)


def _tails(group: str, knowledge: Knowledge) -> tuple[str, ...]:
    """What completes the short names of a group: 5대 시중은행 → 은행; 주요 생보사 → 생명, 라이프."""
    word = _COUNT.sub("", group).strip().split(" ")[-1]
    words = [word, *(word.removesuffix(end) for end in knowledge.rosters.ends if word.endswith(end))]
    keys = [key for key in knowledge.rosters.tails if any(w.endswith(key) for w in words)]
    return knowledge.rosters.tails[max(keys, key=len)] if keys else ()


def _members(words: str, start: int, tails: tuple[str, ...], knowledge: Knowledge) -> Iterator[Mention]:
    """The known bodies of a list of short names."""
    position = 0
    for part in _MEMBERS.split(words):
        low = words.index(part, position)
        position = low + len(part)
        name = part.strip().removesuffix("등").strip()
        for full in (name + tail for tail in (*tails, "") if len(name) > 1):
            if (entry := _known(full, knowledge, weak=bool(tails))) is not None:
                yield _mention(name, start + low + part.index(name[0]), entry, full)
                break


def _proper(words: str, start: int, tokens: Tokens) -> Iterator[Mention]:
    """The members of a list of single proper words (업비트·빗썸), two at least."""
    position, found = 0, []
    for part in _MEMBERS.split(words):
        low = start + words.index(part, position)
        position = low - start + len(part)
        high = low + len(part)
        tags = {tag for a, b, tag in zip(tokens.starts, tokens.ends, tokens.tags) if low <= a and b <= high}
        if len(part) < 2 or " " in part or not tags & {"NNP", "SL", "UN"}:
            return
        found.append(Mention(start=low, end=high, kind="Organization", name=part, rule="roster", certain=False))
    if len(found) > 1:
        yield from found


def _sharing(item: str, start: int, knowledge: Knowledge) -> Iterator[Mention]:
    """농협·신협중앙회, 생·손보협회: what stands before the last name's dots, with as much of its tail as makes a known body."""
    parts = [p for p in _DOTS.split(item) if p]
    if len(parts) < 2:
        return
    last, position = parts[-1].replace(" ", ""), 0
    tails = [last[i:] for i in range(1, len(last) - 1)]
    completed = {
        part: next((part + tail for tail in tails if _known(part + tail, knowledge, weak=False)), None) for part in parts[:-1]
    }
    if not any(completed.values()):
        return
    for part in parts:
        low = item.index(part, position)
        position = low + len(part)
        full = completed.get(part) or part
        if (entry := _known(full.replace(" ", ""), knowledge, weak=False)) is not None:
            yield _mention(part, start + low, entry, full)
        elif part is parts[-1] and " " in part and len(parts) > 2:  # 은행·생보·○○ 협회
            yield Mention(
                start=start + low, end=start + low + len(part), kind="Association", name=part, rule="roster", certain=False
            )


def _office(item: str, start: int, reading: Reading, knowledge: Knowledge) -> Mention | None:
    """The body of an office without a name: 재경부 거시경제심의관, 한은금융시장국장."""
    words = re.sub(r"\s?\([^()]*\)\s*$", "", item)
    if not words or len(words) > 40 or title_in(words.split(" ")[-1], knowledge) is None:
        return None
    for size in range(min(len(words) - 2, 20), 1, -1):
        entry = _known(words[:size], knowledge, weak=True)
        rest = words[size:].strip()
        if (
            entry is not None
            and len(rest) > 2
            and title_in(rest.split(" ")[-1], knowledge)
            and words[: size + 1] not in knowledge.head_titles
        ):
            return _mention(words[:size], start, entry)
    body = next(
        (m for m in reading.at(start) if m.end < start + len(words) and m.known and schema().is_a(m.kind, "Organization")), None
    )
    return body
