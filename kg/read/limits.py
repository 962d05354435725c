"""How much one file may hold: what is larger is refused with a message that names the limit, never cut."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import ArticleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of reading, in bytes, characters and pieces; far above what ministries and newspapers publish.

    The longest of 167,533 releases has 75,000 characters.
    """

    file: int = 64 << 20  # bytes of a file that is read as a whole: text, HTML, documents, mail
    unpacked: int = 64 << 20  # bytes that the text parts of one document (DOCX, HWPX, HWP) unfold to
    workbook: int = 2 << 30  # bytes that an XLSX unfolds to; its rows are read one by one
    archive: int = 1 << 30  # bytes that the files of a zip archive unfold to, together
    members: int = 10_000  # files in a zip archive
    record: int = 16 << 20  # bytes of one record: a line, a row, an element, an entry
    article: int = 1_000_000  # characters of one article or page
    pages: int = 2_000  # pages of a PDF
    glyphs: int = 50_000  # characters drawn on one page of a PDF
    drawn: int = 2_000_000  # operations on one page of a PDF


LIMITS = Limits()


def megabytes(size: int) -> str:
    """A size for people.

    >>> megabytes(64 << 20)
    '64 MB'
    """
    return f"{size / (1 << 20):,.0f} MB"


def check_size(size: int, limit: int, source: str, what: str) -> None:
    """Raise ArticleError where something is larger than its limit."""
    if size > limit:
        raise ArticleError(source, f"{what} {megabytes(size)}; the limit is {megabytes(limit)}")


def check_length(text: str, source: str) -> None:
    """Raise ArticleError where a text is longer than an article may be."""
    if len(text) > LIMITS.article:
        raise ArticleError(source, f"the text has {len(text):,} characters; the limit of one article is {LIMITS.article:,}")
