"""PDF: the glyphs of a page as lines, lines as paragraphs, without page headers, footers and numbers; each page within limits."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import ArticleError
from kg.read.formats.pdf_lines import Glyph, page_lines
from kg.read.formats.pdf_streams import check_streams
from kg.read.formats.pdf_text import paragraphs
from kg.read.formats.source import Page, Source, needed
from kg.read.limits import LIMITS

if TYPE_CHECKING:
    from pdfminer.layout import LTItem, LTPage
    from pdfminer.pdfinterp import PDFResourceManager
    from pdfminer.pdfpage import PDFPage


def read(source: Source) -> Iterator[Page]:
    """The one page of text that a PDF holds."""
    needed("pdfminer", "pdfminer.six", source.name, "pdf")
    data = source.read()
    if not data[:1024].lstrip().startswith(b"%PDF"):
        raise ArticleError(source.name, "the file is no PDF")
    check_streams(data, source.name)
    told = _Told()
    try:
        with told:
            pages = [page_lines(glyphs) for glyphs in _pages(data, source)]
    except ArticleError:
        raise
    except RecursionError:
        raise ArticleError(source.name, "the PDF cannot be read: it is nested too deep") from None
    except Exception as error:  # pdfminer raises whatever a damaged file brings about
        raise ArticleError(source.name, f"the PDF cannot be read: {type(error).__name__} {error}".rstrip()) from None
    text = "\n\n".join(paragraphs(pages))
    if not text.strip():
        raise ArticleError(source.name, "the PDF holds no text, only pictures")
    yield Page(text=text, notes=("the PDF is damaged, and parts of it are missing",) if told.lost else ())


class _Told(logging.Handler):
    """Takes what pdfminer logs, which would go to the terminal with bytes of the file in it; keeps whether something is lost."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lost = False
        self._log = logging.getLogger("pdfminer")

    def __enter__(self) -> None:
        self._log.addHandler(self)
        self._before, self._log.propagate = self._log.propagate, False

    def __exit__(self, *error: object) -> None:
        self._log.removeHandler(self)
        self._log.propagate = self._before

    def emit(self, record: logging.LogRecord) -> None:
        """Take one message."""
        self.lost = self.lost or "Data-loss" in record.getMessage()


def _pages(data: bytes, source: Source) -> Iterator[list[Glyph]]:
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
    from pdfminer.pdfinterp import PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    resources = PDFResourceManager()
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
    except PDFPasswordIncorrect:
        raise ArticleError(source.name, "the PDF is locked with a password") from None
    interpret = _interpreter(resources, source)
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        if number > LIMITS.pages:
            raise ArticleError(source.name, f"the PDF has more than {LIMITS.pages:,} pages")
        yield interpret(page, number)


def _interpreter(resources: PDFResourceManager, source: Source) -> Callable[[PDFPage, int], list[Glyph]]:
    """A function that draws a page into glyphs and counts the work, so that a small file cannot ask for hours of it."""
    from pdfminer.converter import PDFLayoutAnalyzer
    from pdfminer.layout import LTChar, LTContainer
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.pdftypes import stream_value

    class Device(PDFLayoutAnalyzer):
        """Collects what is drawn; pdfminer's own layout, which is slow on many pieces of text, is not used."""

        def __init__(self) -> None:
            super().__init__(resources, laparams=None)
            self.page: LTPage | None = None
            self.count = self.number = 0

        def receive_layout(self, page: LTPage) -> None:
            self.page = page

        def render_char(self, *args: Any, **options: Any) -> float:
            self.count += 1
            if self.count > LIMITS.glyphs:
                raise ArticleError(source.name, f"page {self.number} of the PDF draws more than {LIMITS.glyphs:,} characters")
            return super().render_char(*args, **options)

        def paint_path(self, *args: Any, **options: Any) -> None:
            """Lines and shapes are not read."""

    class Interpreter(PDFPageInterpreter):
        """Refuses a page that holds more operations than any printed one."""

        def execute(self, streams: Sequence[object]) -> None:
            if sum(len(stream_value(stream).get_data()) for stream in streams) > LIMITS.drawn * 8:
                raise ArticleError(source.name, f"page {device.number} of the PDF holds more than {LIMITS.drawn:,} operations")
            super().execute(streams)

    def glyphs(node: LTItem) -> Iterator[Glyph]:
        stack: list[LTItem] = [node]
        while stack:
            one = stack.pop()
            if isinstance(one, LTChar):
                if one.upright and one.size > 0:
                    yield Glyph(one.x0, one.x1, (one.y0 + one.y1) / 2, one.size, one.get_text())
            elif isinstance(one, LTContainer):
                stack.extend(reversed(list(one)))

    def draw(page: PDFPage, number: int) -> list[Glyph]:
        device.count, device.number, device.page = 0, number, None
        Interpreter(resources, device).process_page(page)
        return list(glyphs(device.page)) if device.page is not None else []

    device = Device()
    return draw
