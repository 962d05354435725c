"""How well pages are read, against gold that stands on the pages: articles counted, titles, publishers, dates, bodies.

A marked page is the page itself with its gold in it. In a text page (``.page``) each line opens with a letter and ``|``: ``T`` title,
``S`` subtitle, ``B`` body but for what stands in double braces, any other letter or a space for what is none of them; lines ``#: key = value`` above say what the page is about
(``publisher``, ``date``, ``modified``, ``section``; ``date.2`` for the second article). In an HTML page the elements carry ``data-gold`` and a
comment ``<!--gold … -->`` in TOML opens it. Both are taken out before the page is read.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import UsageError
from kg.model import Article
from kg.read.section import way_to
from kg.screen import padded
from kg.speech import word

MEASURES = ("articles", "title", "subtitle", "publisher", "date", "modified", "section", "body")
_LETTERS = re.compile(r"[^\W_]+")
_GOLD = re.compile(r"\A\s*<!--gold\n(.*?)-->\n?", re.S)
_SOURCE = re.compile(
    r"^(?:\[[^\[\]\n]{2,40}\]|【[^【】\n]{2,40}】|\([^()\n]{2,40}[=ㅣ/][^()\n]{2,24}\))\s*(?:[가-힣]{2,4} ?기자 ?=? ?)?"
)
_ASIDE = re.compile(r"\{\{.*?\}\}")
_SPACE = re.compile(r"[\s|\u200b]+")  # and the bars between the cells of a row
_MARK = re.compile(r'\sdata-gold="(?:title|subtitle|body)"')


@dataclass(slots=True)
class GoldArticle:
    """What a careful reader puts down of one article."""

    title: str = ""
    subtitles: list[str] = field(default_factory=list)
    publisher: str | None = None
    date: dt.date | None = None
    modified: dt.date | None = None
    section: str | None = None
    body: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page without its marks, the suffix of a file that holds it, and the gold that stood on it."""

    name: str
    text: str
    suffix: str
    articles: tuple[GoldArticle, ...]


def read_marked(path: Path) -> MarkedPage:
    """The page in a marked file (``.page`` or ``.html``)."""
    words = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return _html(path, words)
    return parse_marked(words, path.stem, path)


def parse_marked(words: str, name: str = "page", path: Path | str = "page") -> MarkedPage:
    """A marked text page.

    >>> page = parse_marked("#: date = 2024-03-05\\n |메뉴\\nT|군청, 책 잔치\\nB|군청은 책 잔치를 열었다.")
    >>> page.text, page.articles[0].title, page.articles[0].body
    ('메뉴\\n군청, 책 잔치\\n군청은 책 잔치를 열었다.', '군청, 책 잔치', ['군청은 책 잔치를 열었다.'])
    """
    said: dict[str, str] = {}
    lines: list[str] = []
    found: list[GoldArticle] = []
    previous = ""
    for number, line in enumerate(words.splitlines(), 1):
        if line.startswith("#: "):
            key, _, value = line[3:].partition("=")
            said[key.strip()] = value.strip()
            continue
        mark, bar, rest = line.partition("|")
        if bar != "|" or len(mark) > 1:
            raise UsageError(f"{path}:{number}: a line of a marked page opens with a letter and '|', this one with {line[:12]!r}")
        lines.append(rest.replace("{{", "").replace("}}", ""))
        rest = _ASIDE.sub("", rest)
        if mark == "T":
            if previous == "T":
                found[-1].title += " " + rest.strip()
            else:
                found.append(GoldArticle(title=rest.strip()))
        elif mark in ("S", "B"):
            target = found[-1] if found else GoldArticle()
            (target.subtitles if mark == "S" else target.body).append(rest.strip())
        previous = mark
    _settle(found, said, path)
    return MarkedPage(name, "\n".join(lines), ".txt", tuple(found))


def _settle(found: list[GoldArticle], said: dict[str, str], path: Path | str) -> None:
    if not found:
        raise UsageError(f"{path}: a marked page has at least one line marked T")
    for number, article in enumerate(found, 1):
        article.publisher = said.get(f"publisher.{number}", said.get("publisher"))
        if day := said.get(f"date.{number}", said.get("date")):
            article.date = dt.date.fromisoformat(day)
        if day := said.get(f"modified.{number}", said.get("modified")):
            article.modified = dt.date.fromisoformat(day)
        article.section = said.get(f"section.{number}", said.get("section"))


def _html(path: Path, words: str) -> MarkedPage:
    from lxml import html

    match = _GOLD.match(words)
    if not match:
        raise UsageError(f"{path}: a marked HTML page opens with '<!--gold' and TOML")
    said = tomllib.loads(match[1])
    words = words[match.end() :]
    found: list[GoldArticle] = []
    for element in html.fromstring(words.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")).iter():
        mark = element.get("data-gold") if isinstance(element.tag, str) else None
        inner = " ".join(element.text_content().split()) if mark else ""
        if mark == "title":
            found.append(GoldArticle(title=inner))
        elif mark:
            (found[-1].subtitles if mark == "subtitle" else found[-1].body).append(inner)
    if not found:
        found = [GoldArticle(title=said["title"], body=[said["body"]])]
    for article, own in zip(found, said.get("article", [{}] * len(found)), strict=True):
        article.publisher = own.get("publisher", said.get("publisher"))
        day = own.get("date", said.get("date"))
        article.date = dt.date.fromisoformat(str(day)) if day else None
        day = own.get("modified", said.get("modified"))
        article.modified = dt.date.fromisoformat(str(day)) if day else None
        article.section = own.get("section", said.get("section"))
    return MarkedPage(path.stem, _MARK.sub("", words), path.suffix, tuple(found))


def plain(words: str) -> str:
    """The letters and digits of some words.

    >>> plain("- ‘책 잔치’ 열어 -")
    '책잔치열어'
    """
    return "".join(_LETTERS.findall(words))


def character_f1(gold: str, found: str) -> float:
    """The F1 of the characters that two texts share in order, white space aside.

    >>> character_f1("책 잔치", "책잔치"), round(character_f1("책 잔치", "책 잔"), 2)
    (1.0, 0.8)
    """
    from rapidfuzz.distance import Indel

    gold, found = (_SPACE.sub("", words) for words in (gold, found))
    return Indel.normalized_similarity(gold, found) if gold or found else 1.0


@dataclass(frozen=True, slots=True)
class PageScore:
    """One page's counts: for each measure, how much is right (bodies by character F1) and how many there are."""

    name: str
    right: dict[str, float]
    total: dict[str, int]
    wrong: tuple[str, ...] = ()


def score_page(page: MarkedPage, articles: Sequence[Article]) -> PageScore:
    """What was read of a page, against its gold: articles go one to one with the gold's by their bodies."""
    right, total, wrong = dict.fromkeys(MEASURES, 0.0), dict.fromkeys(MEASURES, 0), []
    total["articles"] = 1
    right["articles"] = float(len(articles) == len(page.articles))
    if not right["articles"]:
        wrong.append(f"{len(articles)} articles for {len(page.articles)}")
    bodies = [_words(article, "body") for article in articles]
    left = set(range(len(articles)))
    for gold in page.articles:
        body = _SOURCE.sub("", "\n".join(gold.body), count=1)
        best = max(left, key=lambda i: (character_f1(body, bodies[i]), -i), default=None)
        left.discard(best)
        found = articles[best] if best is not None else None
        for name, value, said in _compared(gold, found, body, bodies[best] if best is not None else ""):
            right[name] += value
            total[name] += 1
            if value < (0.99 if name == "body" else 1):
                wrong.append(f"{name} {value:.2f}: {said}")
    return PageScore(page.name, right, total, tuple(wrong))


def _headline(words: str) -> str:
    return plain(re.sub(r"^\s*\d{1,2}[.)]\s", "", words))


def _words(article: Article, role: str) -> str:
    return "\n".join(article.raw(region.span) for region in article.regions if region.role == role)


def _compared(gold: GoldArticle, found: Article | None, body: str, read: str) -> Iterable[tuple[str, float, str]]:
    title = " ".join(_words(found, "title").split()) if found else ""
    yield "title", float(_headline(title) == _headline(gold.title)), f"{title!r} for {gold.title!r}"
    if gold.subtitles:
        subtitle = _words(found, "subtitle") if found else ""
        yield "subtitle", float(plain(subtitle) == plain(" ".join(gold.subtitles))), f"{subtitle!r} for {gold.subtitles}"
    if gold.publisher:
        publisher = found.publisher if found else None
        yield "publisher", float(same_name(publisher or "", gold.publisher)), f"{publisher!r} for {gold.publisher!r}"
    if gold.date:
        date = found.date if found else None
        yield "date", float(date == gold.date), f"{date} for {gold.date}"
    if gold.modified:
        modified = found.modified if found else None
        yield "modified", float(modified == gold.modified), f"{modified} for {gold.modified}"
    if gold.section:
        section = (found.section or "") if found else ""
        yield "section", float(plain(way_to(section)) == plain(way_to(gold.section))), f"{section!r} for {gold.section!r}"
    yield "body", character_f1(body, read), _difference(body, read)


def _difference(gold: str, found: str) -> str:
    kept, wanted = {plain(line) for line in found.splitlines()}, {plain(line) for line in gold.splitlines()}
    more = [line.strip() for line in found.splitlines() if plain(line) and plain(line) not in wanted]
    less = [line for line in gold.splitlines() if plain(line) and plain(line) not in kept]
    return f"+{more} -{less}"


def same_name(found: str, gold: str) -> bool:
    """Whether two names of a publisher are one: letters alike, or one the other and a short ending (시 – 시청).

    >>> same_name("한빛시청", "한빛시"), same_name("한빛신문", "한빛")
    (True, False)
    """
    found, gold = plain(found).lower(), plain(gold).lower()
    if not found or not gold:
        return False
    return found == gold or {found, gold} in ({found, found + "청"}, {gold, gold + "청"})


def table(scores: Iterable[PageScore]) -> dict[str, float]:
    """The share that is right over all pages, by measure."""
    scores = list(scores)
    return {name: sum(s.right[name] for s in scores) / max(1, sum(s.total[name] for s in scores)) for name in MEASURES}


def score_pages(path: Path) -> list[PageScore]:
    """The scores of a marked page, or of all in a folder (not of those in folders within it), each read as a file of its own."""
    import tempfile

    from kg.read.files import read

    files = sorted(file for file in path.iterdir() if file.suffix in (".page", ".html")) if path.is_dir() else [path]
    if not files or not all(file.is_file() and file.suffix in (".page", ".html") for file in files):
        raise UsageError(f"{path}: is no marked page (.page, .html) and no folder of such; gold facts are measured against OUT")
    scores = []
    with tempfile.TemporaryDirectory() as folder:
        for page in map(read_marked, files):
            target = Path(folder, page.name + page.suffix)
            target.write_text(page.text, encoding="utf-8")
            scores.append(score_page(page, list(read([target], on_error=lambda error: None))))
    return scores


def as_plain(scores: Sequence[PageScore]) -> dict:
    """The table as plain values, rounded to four places."""
    return {"pages": len(scores), "scores": {name: round(share, 4) for name, share in table(scores).items()}}


def render_pages(scores: Sequence[PageScore], *, errors: bool = False) -> str:
    """The table for people; with ``errors`` also what is wrong on which page."""
    rows = [
        f"{padded(word(name), 12)} {share:.3f} {sum(s.total[name] for s in scores):>6}" for name, share in table(scores).items()
    ]
    wrong = [f"{score.name}: {said}" for score in scores for said in score.wrong] if errors else []
    return "\n".join([f"{'':<12} {padded(word('right'), 5)} {padded(word('total'), 6, right=True)}", *rows, *wrong]) + "\n"
