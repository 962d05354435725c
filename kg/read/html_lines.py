"""The lines of an HTML page in the order of its markup, with what elements say of them: links, headings, navigation, captions."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.read.lines import is_prose
from kg.read.page_words import load_page_words
from kg.read.pictures import is_caption, told_of_pictures
from kg.read.stamps import stamp

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DROPPED = frozenset(
    "amp-ad amp-embed ins script style noscript template svg select option button iframe object canvas video audio input textarea title math".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul caption td th".split()
)
_APART = frozenset("article blockquote figure h1 h2 h3 h4 h5 h6 p section table ul ol dl hr header footer nav aside main".split())
_ASIDE = frozenset({"nav", "footer", "aside"})
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # TtsLayer is two words
_CUT_OFF = re.compile(r"\.\.|…\s*(?=\S{0,30}$|[\d(\[|ㅣ])")  # the beginning of a text in a list of them


@dataclass(slots=True)
class _Lines:
    """Lines as they are collected: words, what the markup says of them, and how many lines to leave empty before the next."""

    done: list[tuple[str, str, int, str]] = field(default_factory=list)
    words: list[tuple[str, bool, str]] = field(default_factory=list)
    gap: int = 1
    tag: str = ""
    pictured: Collection[str] = frozenset()  # sentences that are given as the words for pictures

    def add(self, words: str, linked: bool, role: str) -> None:
        if words:
            self.words.append((words, linked, role))

    def end(self, gap: int = 1) -> None:
        words = " ".join("".join(part for part, _, _ in self.words).split())
        if words:
            told = [role for part, _, role in self.words if role and part.strip()]
            linked = sum(len(part.strip()) for part, link, _ in self.words if link)
            role = told[0] if told and len(told) == sum(1 for part, _, _ in self.words if part.strip()) else ""
            if not role and linked >= 0.8 * len(words.replace(" ", "")):
                role = "link"
            elif not role and words in self.pictured and is_prose(words):
                role = "caption"
            elif (
                not role
                and next(link for part, link, _ in self.words if part.strip())
                and linked >= 8
                and len(words) - linked >= 30
                and _CUT_OFF.search(words)
            ):
                role = "teaser"
            self.done.append((words, role, self.gap, self.tag))
            self.gap = gap
        else:
            self.gap = max(self.gap, gap)
        self.words = []


def html_lines(root: HtmlElement) -> tuple[str, tuple[tuple[int, int, str], ...], list[str]]:
    """The text under an element, the roles that its markup gives to stretches of it, and its headings.

    >>> from lxml import html
    >>> html_lines(html.fromstring("<div><nav>홈</nav><h1>책 잔치</h1><p>군청은 책 잔치를 열었다.</p></div>"))
    ('홈\\n\\n책 잔치\\n\\n군청은 책 잔치를 열었다.', ((0, 1, 'aside'),), ['책 잔치'])
    """
    lines = _Lines(pictured=told_of_pictures(root))
    _walk(root, lines)
    lines.end()
    return _joined(lines.done)


def _joined(done: list[tuple[str, str, int, str]]) -> tuple[str, tuple[tuple[int, int, str], ...], list[str]]:
    parts: list[str] = []
    marks: list[tuple[int, int, str]] = []
    headings: list[str] = []
    at = 0
    for words, role, gap, _ in done:
        if parts:
            parts.append("\n" * gap)
            at += gap
        if role == "heading":
            headings.append(words)
        elif role:
            marks.append((at, at + len(words), role))
        parts.append(words)
        at += len(words)
    return "".join(parts), tuple(marks), headings


def _walk(root: HtmlElement, lines: _Lines) -> None:
    """All words under an element, in the order of the page and without recursion: pages may be nested deeply."""
    from lxml import etree

    roles: list[str] = [""]
    links = 0
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event in ("comment", "pi"):
            lines.add(element.tail or "", links > 0, roles[-1])
        elif event == "start":
            role = roles[-1] if roles[-1] == "aside" else _role(element, tag) or roles[-1]
            roles.append(role)
            links += tag == "a"
            if tag in ("dt", "dd"):
                lines.end()
            whole = _whole(element, tag, lines)
            if whole is not None or _hidden(element, tag):
                if whole:
                    lines.end()
                    lines.add(whole, False, role if role != "heading" else "")
                    lines.end()
                walk.skip_subtree()
                continue
            if tag in _BLOCKS or tag == "br":
                lines.end(2 if tag in _APART else 1)
            lines.add(element.text or "", links > 0, role)
        else:
            roles.pop()
            links -= tag == "a"
            lines.tag = tag
            if tag in _BLOCKS:
                lines.end(2 if tag in _APART else 1)
            if element is not root:
                lines.add(element.tail or "", links > 0, roles[-1])


def _hidden(element: HtmlElement, tag: str) -> bool:
    return (
        tag in _DROPPED
        or element.get("hidden") is not None
        or "display:none" in (element.get("style") or "").replace(" ", "").lower()
    )


def _whole(element: HtmlElement, tag: str, lines: _Lines) -> str | None:
    """The words of an element that is one line as a whole: a row of a table, a label with its value, a time that says its day."""
    if tag == "tr":
        cells = [child for child in element if isinstance(child.tag, str) and child.tag in ("td", "th")]
        words = [" ".join(cell.text_content().split()) for cell in cells]
        plain = not any(
            inner.tag in ("table", "br", "ul", "ol", "dl", "img", "h1", "h2", "h3", "h4") for inner in element.iterdescendants()
        )
        if len(cells) > 1 and plain and sum(map(len, words)) <= 240 and max(map(len, words)) <= 90:
            return " | ".join(word for word in words if word)
    elif tag == "dd" and lines.done and lines.done[-1][3] == "dt" and not lines.words:
        value = " ".join(element.text_content().split())
        label = lines.done[-1][0].rstrip(" :")
        if value and len(label) <= 14 and len(value) <= 60 and element.find(".//br") is None and element.find(".//p") is None:
            lines.done.pop()
            return f"{label} : {value}"
    elif tag == "time" and (said := element.get("datetime")):
        found = stamp(said)
        if found and not re.search(r"(?:19|20)\d\d", element.text_content()):
            return found.isoformat()
    return None


def _role(element: HtmlElement, tag: str) -> str:
    """What an element's name, class or place in the page says of the words in it."""
    if re.fullmatch("h[1-6]", tag):
        return "heading"
    if tag in ("figcaption", "caption"):
        return "caption"
    if is_caption(element, tag):
        return "caption"
    if tag in _ASIDE or element.get("role") in ("navigation", "banner", "contentinfo", "complementary"):
        return "aside"
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        "aside"
        if tag in ("div", "ul", "ol", "section", "dl", "p", "span", "table", "h4")
        and load_page_words().box.search(_HUMP.sub("_", names))
        else ""
    )
