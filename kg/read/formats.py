"""The text of a file in one of the formats that ministries and newspapers publish, and what the file says about it."""
from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ArticleError

_LIMIT = 64 * 1024 * 1024  # no release is longer; a zip that unfolds to more is refused
_MAGIC = {b"%PDF": "a PDF", b"PK\x03\x04": "a zip archive", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture",
          b"GIF8": "a picture", b"\xd0\xcf\x11\xe0": "an old binary office file (HWP 5, DOC, XLS)", b"\x7fELF": "a program",
          b"\x1f\x8b": "a gzip archive"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The text that was taken out of a file; ``title`` only where it is apart from the text."""

    text: str
    title: str | None = None
    date: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    titles: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    marks: tuple[tuple[int, int, str], ...] = ()


def extract(path: Path) -> Page:
    """The page in a file, by the suffix of its name."""
    data = path.read_bytes()
    if not data:
        raise ArticleError(path.as_posix(), "the file is empty")
    return FORMATS[path.suffix.lower()](data, path.as_posix())


def decode(data: bytes, source: str) -> str:
    """Text in UTF-8, UTF-16 or CP949 (EUC-KR), without a byte order mark.

    >>> decode("행사".encode("euc-kr"), "a.txt")
    '행사'
    """
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise ArticleError(source, f"the file is {what}, not text")
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _checked(_decoded(data, encoding, source), source)
    if b"\0" in data[:4096]:
        encoding = "utf-16-le" if data[1:4096:2].count(0) >= data[0:4096:2].count(0) else "utf-16-be"
        try:
            return _checked(data.decode(encoding), source)
        except (UnicodeDecodeError, ArticleError):
            raise ArticleError(source, "the file is binary, not text") from None
    try:
        return _checked(data.decode("utf-8"), source)
    except UnicodeDecodeError as error:
        where = error.start
    try:
        return _checked(data.decode("cp949"), source)
    except UnicodeDecodeError:
        raise ArticleError(source, f"the file is neither UTF-8 (byte {where}), UTF-16 nor EUC-KR/CP949") from None


def _decoded(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(source, f"the file begins as {encoding} and breaks at byte {error.start}") from None


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")


def _checked(text: str, source: str) -> str:
    if len(_CONTROL.findall(text)) > max(3, len(text) // 100):
        raise ArticleError(source, "the file is binary, not text")
    return text


def _plain(data: bytes, source: str) -> Page:
    return Page(text=decode(data, source))


def _html(data: bytes, source: str) -> Page:
    charset = re.search(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", data[:4096], re.I)
    try:
        markup = data.decode(charset[1].decode("ascii")) if charset else decode(data, source)
    except (LookupError, UnicodeError):
        markup = decode(data, source)
    from kg.read.html import page_of

    found = page_of(markup, source)
    return Page(text=found.text, title=found.title, date=found.date, publisher=found.publisher, url=found.url, titles=found.titles,
                sites=found.sites, marks=found.marks)


def _docx(data: bytes, source: str) -> Page:
    import io

    docx = _extra("docx", "python-docx", source)
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ArticleError(source, f"the file is no DOCX: {error}") from error
    lines = list(_docx_lines(document.iter_inner_content()))
    title = (document.core_properties.title or "").strip()
    return Page(text="\n\n".join(lines), title=title if title and not any(line.strip() == title for line in lines[:5]) else None)


def _docx_lines(blocks: object) -> Iterator[str]:
    for block in blocks:
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = {cell._tc: cell for cell in row.cells}  # merged cells come once for each column
                yield "\n".join(p.text for cell in cells.values() for p in cell.paragraphs)
        elif block.text.strip():
            yield block.text


def _hwpx(data: bytes, source: str) -> Page:
    import io

    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sections = (name for name in archive.namelist() if re.fullmatch(r"Contents/section\d+\.xml", name))
            names = sorted(sections, key=lambda name: (len(name), name))
            if sum(archive.getinfo(n).file_size for n in names) > _LIMIT:
                raise ArticleError(source, "the HWPX file unfolds to more than 64 MB")
            roots = [etree.fromstring(archive.read(name), parser) for name in names]
    except (zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError) as error:
        raise ArticleError(source, f"the file is no HWPX: {error}") from error
    if not roots:
        raise ArticleError(source, "the file is no HWPX: no Contents/section0.xml in it")
    return Page(text="\n\n".join(line for root in roots for line in _hwpx_lines(root)))


def _local(element: object) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _hwpx_lines(node: object) -> Iterator[str]:
    """Paragraphs in reading order: a paragraph's own words, then what is anchored in it (tables, boxes)."""
    for child in node:
        if _local(child) != "p":
            yield from _hwpx_lines(child)
            continue
        words, inner = [], []
        for run in child:
            for part in run if _local(run) == "run" else ():
                if _local(part) == "t":
                    words.append(_hwpx_words(part))
                else:
                    inner.append(part)
        if (line := "".join(words)).strip():
            yield line
        yield from (line for part in inner for line in _hwpx_lines([part]))


def _hwpx_words(node: object) -> str:
    gaps = {"lineBreak": "\n", "tab": "\t", "nbSpace": "\u00a0", "fwSpace": "\u3000", "hyphen": "-"}
    return (node.text or "") + "".join(gaps.get(_local(child), "") + (child.tail or "") for child in node)


def _pdf(data: bytes, source: str) -> Page:
    import io

    _extra("pdfminer", "pdfminer.six", source)
    from pdfminer.high_level import extract_text
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfminer.psexceptions import PSException

    if not data.startswith(b"%PDF"):
        raise ArticleError(source, "the file is no PDF")
    try:
        text = extract_text(io.BytesIO(data))
    except (PDFSyntaxError, PSException, ValueError, KeyError, TypeError, AttributeError, AssertionError) as error:
        raise ArticleError(source, f"the PDF cannot be read: {type(error).__name__} {error}".rstrip()) from error
    if not text.strip():
        raise ArticleError(source, "the PDF holds no text, only pictures")
    return Page(text=text)


def _extra(module: str, package: str, source: str) -> object:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        raise ArticleError(source, f"reading this format needs the package {package}: pip install 'presskg[formats]'") from None


def _old(data: bytes, source: str) -> Page:
    raise ArticleError(source, "the old binary format is not read; save it as HWPX, DOCX, PDF or text")


FORMATS: dict[str, Callable[[bytes, str], Page]] = {
    ".txt": _plain, ".text": _plain, ".md": _plain, ".html": _html, ".htm": _html, ".xhtml": _html,
    ".docx": _docx, ".hwpx": _hwpx, ".pdf": _pdf, ".hwp": _old, ".doc": _old,
}
