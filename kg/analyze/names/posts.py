"""The post that a title gives its holder: of which body or unit, whether as its head, formerly or now.

이화여대 ○○○ 교수 · ○○○ 인사처장 · 한빛공단 ○○○ 진단처 처장 · 글로나라 ○○○ 대표 · 부총리 겸 장관
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.analyze.names.chunks import Chunk
from kg.analyze.names.employers import (
    council_in,
    fused_body,
    fused_mention,
    fused_unknown,
    led_by,
    led_unit,
    unknown_before,
)
from kg.analyze.names.holders import Holder
from kg.analyze.names.titles import Title
from kg.analyze.names.units import unit_and_body
from kg.analyze.names.words import LIST_MARK, Word, title_in
from kg.knowledge.schema import schema
from kg.model import Mention

_APART = frozenset({"등", "및", "때", "당시", "직후"})  # part a body before from the person after: ○○부 국정감사 때 ○○○ 위원
_MIDDLE = frozenset({"겸", "이사회", "공동", "초대", "신임", "제1대"})  # between a body and its head's title
_TIMES = ("전 ", "현 ", "前 ", "現 ", "신임 ")  # before a title, and no part of it


@dataclass(frozen=True, slots=True)
class Titled:
    """A title with its holder, in their phrase."""

    chunk: Chunk
    title: Title
    holder: Holder

    @property
    def start(self) -> int:
        """Where the name begins."""
        return self.chunk.words[self.holder.first].start

    @property
    def end(self) -> int:
        """Where the name ends."""
        return self.chunk.words[self.holder.last].end

    @property
    def name(self) -> str:
        """The name as it is written; one whose syllables stand apart is closed up."""
        first, last = self.holder.first, self.holder.last
        name = self.chunk.words[first].text if first == last else self.chunk.tokens.text[self.start : self.end]
        return name.strip("「」『』‘’“”")

    @property
    def name_first(self) -> bool:
        """Whether the title stands behind the name."""
        return self.holder.last < self.title.at

    @property
    def role(self) -> str:
        """The role; of two, the one of a head (부총리 겸 장관)."""
        words, title, knowledge = self.chunk.words, self.title, self.chunk.knowledge
        if title.last > title.at and words[title.last - 1].text == "겸":
            further = title_in(words[title.last].text, knowledge)
            if further and not further[0] and further[1] in knowledge.titles.heads:
                return further[1]
        return title.role

    @property
    def is_head(self) -> bool:
        """Whether the role is one of a head, who is no deputy in charge."""
        return self.role in self.chunk.knowledge.titles.heads and not self.title.acting


@dataclass(frozen=True, slots=True)
class Post:
    """What a title says of its holder; ``words`` are the title's, ``start`` is where they begin."""

    body: Mention | None
    unit: Mention | None
    leads: bool
    words: Sequence[Word]
    start: int


def post_of(titled: Titled) -> Post:
    """The post of a person with a title."""
    before, between = _around(titled)
    bodies = _bodies(titled, between or before)
    body, unit = _nearest([b for b in bodies if _is_body(b)] or _local(titled, bodies))
    words = _title_words(titled, between)
    start = words[0].start if words else titled.chunk.words[titled.title.at].start
    if titled.name_first:
        chunk, title = titled.chunk, titled.title
        split = unit_and_body(chunk.words, titled.holder.first, title.role, before, between, chunk.tokens)
        unit, body = split or (unit, body)
    title, knowledge = titled.title, titled.chunk.knowledge
    if title.prefix and (council := council_in(titled.chunk.words[title.at], title.prefix, titled.role, knowledge)) is not None:
        return Post(council, None, False, words, start)
    abroad = any(b.kind == "Country" and b.known not in (None, "대한민국") for b in between)  # ○○○ 중국 국방부장
    fused = None if abroad else fused_body(title.prefix, titled.role, knowledge)
    body, unit = _fused(titled, fused, body, unit) if fused else (body, _led(titled, body, unit))
    leads = (
        titled.is_head
        and (fused is not None or titled.title.prefix == "" and not _far(titled, body))
        and unit is None
        and not _of_a_unit(titled, body)
        and not _of_another(titled, words)
    )
    post = Post(body, unit, leads, words, start)
    if body is not None or fused is not None:
        return post
    return next((told for tell in _UNTOLD if (told := tell(titled, post, bodies)) is not None), post)


def is_former(titled: Titled, post: Post) -> bool:
    """Whether a word before the name or before the title says that the post is over (전 ○○부 장관)."""
    words, former = titled.chunk.words, titled.chunk.knowledge.titles.former
    first = titled.holder.first
    told = (*words[max(first - 1, 0) : first], *post.words[:1], *words[titled.chunk.begin : titled.title.at])
    return any(word.text in former for word in told)


def title_text(titled: Titled, post: Post) -> str:
    """The words of a title, without those that say when, and without what a parenthesis or a mark parts from it."""
    text = LIST_MARK.split(titled.chunk.tokens.text[post.start : titled.chunk.words[titled.title.last].end])[-1]
    for word in _TIMES:
        text = text.removeprefix(word)
    return text[text.rindex("(") + 1 :] if "(" in text and ")" not in text else text  # ○○포럼(의장 ○○○ 교수)


def _is_body(mention: Mention) -> bool:
    return schema().is_a(mention.kind, "Organization")


def _around(titled: Titled) -> tuple[list[Mention], list[Mention]]:
    """The bodies before a name with its title, and those between the two."""
    chunk, holder, title = titled.chunk, titled.holder, titled.title
    words, begin = chunk.words, chunk.begin
    known = [*chunk.bodies, *([holder.company] if holder.company else [])]
    low = next((words[i].end for i in range(holder.first - 1, begin - 1, -1) if words[i].text in _APART), words[begin].start)
    high = titled.start if titled.name_first else words[title.at].end
    between = [b for b in known if b.start >= titled.end and b.end <= words[title.at].end] if titled.name_first else []
    return [b for b in known if low <= b.start and b.end <= high], between


def _bodies(titled: Titled, mentions: Sequence[Mention]) -> list[Mention]:
    """Those that a person can belong to or come from, the nearest last; not ○○청 산하 기관 ○○○ 원장."""
    text = titled.chunk.tokens.text
    fit = [
        b
        for b in mentions
        if not text.startswith(" 산하 ", b.end)
        and (_is_body(b) or schema().is_a(b.kind, "Country") or b.kind in ("City", "Region"))
    ]
    return sorted(fit, key=lambda b: (b.end, b.start != b.end and -b.start))


def _local(titled: Titled, mentions: Sequence[Mention]) -> list[Mention]:
    """완도군 ○○○ 과장: a local government is named like its place."""
    gazetteer = titled.chunk.knowledge.gazetteer
    return [
        replace(b, kind="LocalGovernment")
        for b in mentions
        if b.kind in ("City", "Region") and b.known and gazetteer[b.known].cls == "LocalGovernment"
    ]


def _nearest(bodies: Sequence[Mention]) -> tuple[Mention | None, Mention | None]:
    """The nearest body, and its unit where that stands nearer."""
    if len(bodies) > 1 and bodies[-1].kind == "OrganizationalUnit" and not bodies[-1].known:
        return bodies[-2], bodies[-1]
    return (bodies[-1] if bodies else None), None


def _title_words(titled: Titled, between: Sequence[Mention]) -> Sequence[Word]:
    """The words of a title behind a name, from the last body on; before a name only as far left as they belong to the title."""
    words, title = titled.chunk.words, titled.title
    if not titled.name_first:
        return words[title.at : title.last + 1]
    first = titled.holder.last + 1
    low = max(words[first].start, *(b.end + 1 for b in between if b.end < words[title.at].end), 0)
    return [w for w in words[first : title.last + 1] if w.start >= low]


def _fused(titled: Titled, name: str, body: Mention | None, unit: Mention | None) -> tuple[Mention | None, Mention | None]:
    """The body inside a title (인사처장), which may be part of the one right before the name."""
    title, knowledge = titled.title, titled.chunk.knowledge
    entry = knowledge.gazetteer.by_name(name)[0]
    named = fused_mention(titled.chunk.words[title.at].start, title.prefix, name, knowledge)
    if body is not None and body.end + 1 == titled.start and entry.within in (body.known, body.name):
        return body, named
    return (named if body is None or body.known != entry.name else body), unit


def _led(titled: Titled, body: Mention | None, unit: Mention | None) -> Mention | None:
    """The unit of a person: the one found, or the one between body and name that the title behind the name tells of."""
    if unit is not None or body is None or not titled.name_first or titled.title.prefix:
        return unit
    chunk = titled.chunk
    return led_unit(chunk.words[chunk.begin : titled.holder.first], body, titled.role, chunk.tokens, chunk.knowledge)


def _far(titled: Titled, body: Mention | None) -> bool:
    """Whether words between a body and a name say that the title is of something else: 한국인터넷진흥원 동남아 전략거점 ○○○ 소장."""
    if body is None or body.end >= titled.start or not titled.name_first:
        return False
    chunk, titles = titled.chunk, titled.chunk.knowledge.titles
    passing = titles.former | titles.current | titles.between
    between = (w for w in chunk.words[chunk.begin : titled.holder.first] if body.end <= w.start and w.end < titled.start)
    return any(w.text not in passing for w in between)


def _of_a_unit(titled: Titled, body: Mention | None) -> bool:
    """Whether a role is rather one of a unit than of the body: 처장, but for one of a 처."""
    role, knowledge = titled.role, titled.chunk.knowledge
    if role not in knowledge.titles.unit_heads:
        return False
    return body is None or not (
        body.kind == "OrganizationalUnit"
        or body.name.endswith(role[:-1])
        and role.endswith("장")
        or led_by(body, role, knowledge)
    )


def _of_another(titled: Titled, words: Sequence[Word]) -> bool:
    """Whether words of a title say what it is that is led: ○○○ 아태지역 총괄 사장."""
    if len(words) < 2 or not titled.name_first or words[0].text == "겸" or titled.title.acting:
        return False
    return not all(w.text in _MIDDLE or title_in(w.text, titled.chunk.knowledge) for w in words[:-1])


def _inside_title(titled: Titled, post: Post, bodies: Sequence[Mention]) -> Post | None:
    """○○○ 목포한빛병원장"""
    chunk, title, holder = titled.chunk, titled.title, titled.holder
    if not title.prefix or not (titled.name_first or holder.first == title.at + 1):
        return None
    own = fused_unknown(chunk, title.at, title.prefix, titled.role)
    return None if own is None else replace(post, body=own, leads=titled.is_head)


def _before_name(titled: Titled, post: Post, bodies: Sequence[Mention]) -> Post | None:
    """글로나라 ○○○ 대표"""
    chunk, first = titled.chunk, titled.holder.first
    if titled.title.prefix or not titled.name_first or first <= chunk.begin or titled.role not in chunk.knowledge.titles.company:
        return None
    own = unknown_before(chunk.words[first - 1], chunk.tokens, chunk.knowledge) if chunk.adjoin(first - 1) else None
    return None if own is None else replace(post, body=own)


def _by_stem(titled: Titled, post: Post, bodies: Sequence[Mention]) -> Post | None:
    """○○○ (나라) 국가통계원 원장"""
    stem = titled.chunk.knowledge.titles.stems.get(titled.role)
    if titled.title.prefix or not stem or len(post.words) < 2 or not titled.name_first:
        return None
    own, text = post.words[-2], titled.chunk.tokens.text
    if not own.text.endswith(stem) or len(own.text) <= len(stem) + 1:
        return None
    country = next((b for b in bodies if b.kind == "Country" and text[b.end : own.start] == " "), None)
    low = country.start if country else own.start
    body = Mention(start=low, end=own.end, kind="Organization", name=text[low : own.end], rule="head-stem")
    return replace(post, body=body, words=post.words[-1:], start=post.words[-1].start, leads=titled.is_head)


# What tells of a body that is no mention, in order.
_UNTOLD: tuple[Callable[[Titled, Post, Sequence[Mention]], Post | None], ...] = (_inside_title, _before_name, _by_stem)
