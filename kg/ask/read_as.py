"""What a file is read as: its articles, the role of every stretch of them, what was mended, which names stand where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ArticleError
from kg.model import Article, Span, View

LEFT = "left out"
_AROUND = 12  # characters around a repair


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was mended: its rule, the raw words with some around them, and the same as mended."""

    rule: str
    span: Span
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: its kind, its words, where they stand, and the title that a person bears there."""

    kind: str
    name: str
    span: Span
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ReadAs:
    """An article with all that was seen in it; ``stretches`` cover its fields in order, with what is left out."""

    article: Article
    stretches: tuple[tuple[str, Span], ...]
    repairs: tuple[Repair, ...]
    names: tuple[Name, ...]

    def as_json(self) -> dict:
        """Plain values, with offsets into the raw fields."""
        article = self.article

        def at(span: Span) -> dict:
            return {"field": span.field, "start": span.start, "end": span.end}

        return {
            "id": article.identifier,
            "source": article.source,
            "title": article.title,
            "date": article.date.isoformat() if article.date else None,
            "modified": article.modified.isoformat() if article.modified else None,
            "section": article.section,
            "publisher": article.publisher,
            "url": article.url,
            "notes": list(article.notes),
            "fields": dict(article.fields),
            "regions": [{"role": role, **at(span), "text": article.raw(span)} for role, span in self.stretches],
            "repairs": [{"rule": r.rule, **at(r.span), "before": r.before, "after": r.after} for r in self.repairs],
            "names": [
                {"kind": n.kind, "name": n.name, **at(n.span)} | ({"title": n.title} if n.title else {}) for n in self.names
            ],
        }


def read_as(
    paths: Iterable[str | Path],
    on_error: Callable[[ArticleError], None],
    *,
    names: bool = True,
    columns: Mapping[str, str] | None = None,
    private: bool = False,
) -> Iterator[ReadAs]:
    """What files and addresses are read as, article by article."""
    from kg.inputs import Asked, shown_articles

    paths = list(paths)
    name = _namer(paths) if names else None
    for article in shown_articles(Asked(inputs=tuple(paths), columns=columns or {}, private=private), on_error):
        try:
            yield of_article(article, name)
        except Exception as error:  # whatever one article brings about, the others go on
            on_error(ArticleError(article.source, f"cannot be analysed: {type(error).__name__}: {error}"))


def of_article(article: Article, name: Callable[[View], Iterator[Name]] | None = None) -> ReadAs:
    """What one article was read as.

    >>> from kg.model import Region
    >>> raw = "홈\\n제목\\n본문이다."
    >>> regions = Region(role="title", span=Span("text", 2, 4)), Region(role="body", span=Span("text", 5, 10))
    >>> seen = of_article(Article(identifier="a", source="a", fields=(("text", raw),), regions=regions))
    >>> [(role, seen.article.raw(span)) for role, span in seen.stretches]
    [('left out', '홈'), ('title', '제목'), ('body', '본문이다.')]
    """
    from kg.read.view import make_view

    view = make_view(article)
    return ReadAs(article, tuple(_stretches(article)), tuple(_repairs(view)), tuple(name(view)) if name else ())


def _stretches(article: Article) -> Iterator[tuple[str, Span]]:
    for field, text in reversed(article.fields):  # a title apart comes first
        at = 0
        for region in sorted((r for r in article.regions if r.span.field == field), key=lambda r: (r.span.start, r.span.end)):
            yield from _left(text, field, at, region.span.start)
            yield region.role, region.span
            at = max(at, region.span.end)
        yield from _left(text, field, at, len(text))


def _left(text: str, field: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    words = text[start:end]
    if words.strip():
        start += len(words) - len(words.lstrip())
        yield LEFT, Span(field, start, start + len(words.strip()))


def _repairs(view: View) -> Iterator[Repair]:
    for piece in view.pieces:
        if piece.repair:
            raw = view.article.text(piece.field)
            low, high = max(piece.raw_start - _AROUND, 0), piece.raw_end + _AROUND
            head, tail = raw[low : piece.raw_start].rpartition("\n")[2], raw[piece.raw_end : high].partition("\n")[0]
            yield Repair(
                piece.repair,
                Span(piece.field, piece.raw_start, piece.raw_end),
                f"{head}{raw[piece.raw_start : piece.raw_end]}{tail}",
                f"{head}{view.text[piece.start : piece.end]}{tail}",
            )


def _namer(paths: Iterable[str | Path]) -> Callable[[View], Iterator[Name]]:
    """A function that finds the names of a view, with what that needs loaded once, the user's own names among it."""
    from spacy.vocab import Vocab

    from kg.analyze.tokenizer import KiwiTokenizer
    from kg.inputs import Asked, names_beside
    from kg.knowledge.own_names import forms, with_names
    from kg.pipeline import decided

    own = names_beside(Asked(inputs=tuple(paths)))
    tokenizer, knowledge = KiwiTokenizer(Vocab(), forms(own)), with_names(own, ())

    def names(view: View) -> Iterator[Name]:
        reading, *_ = decided(view, tokenizer(view.text), knowledge)
        for mention in sorted(reading.mentions, key=lambda m: (m.start, m.end)):
            if mention.end > mention.start:
                yield Name(mention.kind, mention.name, view.span(mention.start, mention.end), mention.title)

    return names
