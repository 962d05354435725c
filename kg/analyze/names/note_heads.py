"""Who heads a body by a parenthesis behind it: a whole item that is a title and a name, or a further name (공동대표 ○○○, ○○○)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.analyze.names.people import Anchored
from kg.analyze.names.words import HANGUL, Word, has_name_shape, is_person_name, tags_of, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

_NAME = re.compile(r"[가-힣]+|[A-Za-z][A-Za-z0-9&.’'´`\- +/]*")
_WORDS = range(2, 6)  # of an item that is a title and a name


@dataclass(frozen=True, slots=True)
class _Item:
    """The words of a title and of a name, and which of the two stands first."""

    titles: Sequence[Word]
    name: Sequence[Word]
    title_first: bool


def with_same_title(words: Sequence[Word], tokens: Tokens, before: Anchored, knowledge: Knowledge) -> Anchored | None:
    """``(공동대표 ○○○, ○○○)``: a bare name after a title and a name has the same title."""
    span = before.person.title_span
    if (
        len(words) != 1
        or span is None
        or span[0] > before.person.start
        or not is_person_name(words[0].text, tags_of(tokens, words[0]), knowledge, strong=True)
    ):
        return None
    person = replace(before.person, start=words[0].start, end=words[0].end, name=words[0].text)
    return replace(before, person=person, start=min(before.start, span[0]), end=person.end)


def title_and_name(words: Sequence[Word], tokens: Tokens, knowledge: Knowledge) -> Anchored | None:
    """``원장 ○○○``, ``대표 미라 카푸르``, ``○○○ 대표``: a whole item that is a title and a name."""
    if len(words) not in _WORDS:
        return None
    item = _parted([w for w in words if w.text not in knowledge.titles.former | knowledge.titles.current], knowledge)
    if item is None or not _is_name(item, tokens, knowledge):
        return None
    first, last = item.titles[0], item.titles[-1]
    start, end = item.name[0].start, item.name[-1].end
    text = tokens.text[start:end]
    closed = text.replace(" ", "")  # 원장 김 도윤
    prefix, role = title_in(first.text, knowledge) or ("", first.text)
    person = Mention(
        start=start,
        end=end,
        kind="Person",
        name=closed if has_name_shape(closed, knowledge) else text,
        rule="note-head",
        title=tokens.text[first.start : last.end],
        title_span=(first.start, last.end),
    )
    acting = len(item.titles) > 1 or role.endswith(tuple(knowledge.titles.acting))
    leads = role in knowledge.titles.heads and prefix == "" and not acting
    former = words[0].text in knowledge.titles.former
    return Anchored(person, None, None, leads, former, min(start, first.start), max(end, last.end))


def _parted(words: Sequence[Word], knowledge: Knowledge) -> _Item | None:
    """The title and the name of an item, the title with what says that it is held for somebody (위원장 직무대행)."""
    if len(words) < 2:
        return None
    title, acting = title_in(words[0].text, knowledge), knowledge.titles.acting
    if title is None and words[0].text not in acting:  # but 나래시(권한대행 ○○○)
        return _Item(words[-1:], words[:-1], False) if title_in(words[-1].text, knowledge) is not None else None
    size = 2 if title is not None and len(words) > 2 and words[1].text in acting else 1
    titles, name = words[:size], words[size:]
    if (
        len(name) == 2
        and len(name[0].text) < 4
        and name[0].text[0] in knowledge.surnames.one
        and title_in(name[1].text, knowledge) is not None
    ):
        name = name[:1]  # 회장직무대행 ○○○ 부회장
    return _Item(titles, name, True)


def _is_name(item: _Item, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Whether the words beside a title are a name; not (CPO 자격요건 대상기관은 …), (○○포럼 기술분과 위원장)."""
    name = item.name
    if not 1 <= len(name) <= 4 or any(w.text in knowledge.gazetteer or w.text in ("등", "및") for w in name):
        return False
    if len(name) == 1:
        return is_person_name(name[0].text, tags_of(tokens, name[0]), knowledge, strong=True) or _asked_for(item, knowledge)
    proper = any(tag.startswith(("NNP", "SL", "UN")) for w in name for tag in tags_of(tokens, w))
    shaped = proper or has_name_shape(tokens.text[name[0].start : name[-1].end].replace(" ", ""), knowledge)
    return shaped and all(_NAME.fullmatch(w.text) for w in name)


def _asked_for(item: _Item, knowledge: Knowledge) -> bool:
    """Whether a plain title asks for a name, so that any word behind it is one that is none of the language."""
    text, title = item.name[0].text, title_in(item.titles[0].text, knowledge)
    return (
        item.title_first
        and title is not None
        and title[0] == ""
        and HANGUL.fullmatch(text) is not None
        and 2 <= len(text) <= 4
        and text not in knowledge.organizations.generic
        and title_in(text, knowledge) is None
        and text not in knowledge.surnames.not_names
    )
