"""HTML pages as lines: blocks, rows and list items each on a line, with what the markup says of them and of the page.

What is read is the page's own text in the order of the page, so that nothing of it is lost without a word; elements say which
lines are links, headings, navigation or captions. The library's main text stands in where the lines hold no article.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from kg.errors import ArticleError
from kg.read.feed_link import feed_link
from kg.read.formats.encoding import decode
from kg.read.formats.html_table import table_of_records
from kg.read.formats.markup import html_root
from kg.read.formats.source import Page, Source
from kg.read.html_said import HtmlPage, add_linked_data, add_metadata, prose_length
from kg.read.lines import is_prose, tokens
from kg.read.listing import is_front, lists_others
from kg.read.pictures import is_caption, told_of_pictures
from kg.read.stamps import stamp

_DROPPED = frozenset(
    "amp-ad amp-embed ins script style noscript template svg select option button iframe object canvas video audio input textarea title math".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul caption td th".split()
)
_APART = frozenset("article blockquote figure h1 h2 h3 h4 h5 h6 p section table ul ol dl hr header footer nav aside main".split())
_ASIDE = frozenset({"nav", "footer", "aside"})
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:gnb|lnb|snb|nav|navi|navigation|breadcrumb|location|path|skip|share|sns|footer|foot|copyright|comment|comments|reply|ranking|rank|popular|banner|"
    r"ad|ads|advert|quick|sitemap|satisfaction|journalist|profile|reporter|linked|cookie|popup|related|relation|recommend|tag|tags|another_category)(?:$|[\s_-])",
    re.I,
)
_SLIGHT = 100  # letters under which a page with many headlines is no article
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


def read_html(markup: str, source: str) -> HtmlPage:
    """A page's lines and metadata.

    >>> page = read_html("<title>책 잔치 - 한빛신문</title><nav>홈 뉴스</nav><h1>책 잔치</h1><p>군청은 책 잔치를 열었다.</p>", "a.html")
    >>> page.text.splitlines()[::2], page.sites
    (['홈 뉴스', '책 잔치', '군청은 책 잔치를 열었다.'], ('', '한빛신문'))
    """
    root = html_root(markup, source)
    lines = _Lines(pictured=told_of_pictures(root))
    _walk(root, lines)
    lines.end()
    text, marks, headings = _joined(lines.done)
    page = HtmlPage(text=text, marks=marks)
    add_metadata(root, page, headings)
    add_linked_data(root, page)
    return page


_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.I)


def read(source: Source) -> Iterator[Page | ArticleError]:
    """The page of an HTML file, with what it says about itself; the rows of one that is a table of records."""
    data = source.read()
    charset = _CHARSET.search(data[:4096])
    try:
        markup = data.decode(charset[1].decode("ascii")) if charset else decode(data, source.name)
    except (LookupError, UnicodeError):
        markup = decode(data, source.name)
    if "<table" in markup.lower() and (rows := table_of_records(html_root(markup, source.name), source)) is not None:
        yield from rows
        return
    yield markup_page(markup, source.name)


def markup_page(markup: str, source: str, address: str = "") -> Page:
    """What is read of a page's markup; ``address`` is where it was saved from, where its file says so."""
    found = page_of(markup, source)
    return Page(
        text=found.text,
        title=found.title,
        date=found.date,
        modified=found.modified,
        section=found.section,
        publisher=found.publisher,
        url=found.url or (address if address.startswith(("http://", "https://")) else None),
        titles=found.titles,
        headlines=found.headlines,
        sites=found.sites,
        marks=found.marks,
    )


def page_of(markup: str, source: str) -> HtmlPage:
    """A page's lines where they hold its article; else the library's main text, where that holds more of it."""
    page = read_html(markup, source)
    if page.title is not None:
        return page
    own = _body_length(page)
    if not _states(page) and (lists_others(page.text, page.marks) or own < _SLIGHT and is_front(page.text, page.marks)):
        feed = feed_link(markup)
        raise ArticleError(
            source, "the page lists other articles and holds none of its own" + (f"; its feed is {feed}" if feed else "")
        )
    main = _main_text(markup)
    if main is not None and prose_length(main[0]) > 2 * own + 150:
        return HtmlPage(
            text=main[0],
            title=main[1],
            date=page.date,
            modified=page.modified,
            section=page.section,
            publisher=page.publisher,
            url=page.url,
            sites=page.sites,
        )
    if not own and not page.text.strip():
        raise ArticleError(source, "no main text was found in the HTML page")
    return page


def _states(page: HtmlPage) -> bool:
    """Whether the headline that a page states stands on it."""
    stated = {"".join(tokens(headline)) for headline in page.headlines}
    return bool(stated) and any("".join(tokens(line)) in stated for line in page.text.split("\n"))


def _body_length(page: HtmlPage) -> int:
    from kg.read.page import articles_of

    found = articles_of(page.text, identifier="", source="", titles=page.titles, headlines=page.headlines, marks=page.marks)
    return sum(
        len("".join(article.raw(region.span).split())) for article in found for region in article.regions if region.role == "body"
    )


def _main_text(markup: str) -> tuple[str, str | None] | None:
    from trafilatura import bare_extraction

    found = bare_extraction(
        markup,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        date_extraction_params={
            "extensive_search": False
        },  # its date is not used, and looking for one in 400 languages takes seconds
    )
    return (found.text, found.title) if found is not None and (found.text or "").strip() else None


def _joined(done: list[tuple[str, str, int, str]]) -> tuple[str, tuple[tuple[int, int, str], ...], list[str]]:
    parts, marks, headings, at = [], [], [], 0
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


def _walk(root: object, lines: _Lines) -> None:
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


def _hidden(element: object, tag: str) -> bool:
    return (
        tag in _DROPPED
        or element.get("hidden") is not None
        or "display:none" in (element.get("style") or "").replace(" ", "").lower()
    )


def _whole(element: object, tag: str, lines: _Lines) -> str | None:
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
        words = " ".join(element.text_content().split())
        label = lines.done[-1][0].rstrip(" :")
        if words and len(label) <= 14 and len(words) <= 60 and element.find(".//br") is None and element.find(".//p") is None:
            lines.done.pop()
            return f"{label} : {words}"
    elif tag == "time" and (said := element.get("datetime")):
        words = " ".join(element.text_content().split())
        found = stamp(said)
        if found and not re.search(r"(?:19|20)\d\d", words):
            return found.isoformat()
    return None


def _role(element: object, tag: str) -> str:
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
    return "aside" if tag in ("div", "ul", "ol", "section", "dl", "p", "span", "table", "h4") and _NAMED.search(names) else ""
