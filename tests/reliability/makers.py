"""How readers and stages are called with bytes of any kind, for the table of targets."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.reliability.samples import RELEASE, samples

ROOT = Path(__file__).resolve().parents[2]
Call = Callable[[bytes], None]


def reader(suffix: str, wrap: Callable[[bytes], bytes] = bytes) -> Callable[[], Call]:
    """Read bytes as a file of a format; ``wrap`` puts them into the container that such files have."""

    def make() -> Call:
        from importlib import import_module

        from kg.errors import ArticleError
        from kg.read.files import articles
        from kg.read.formats import READERS
        from kg.read.formats.source import Source

        import_module(READERS[suffix].partition(":")[0])

        def call(data: bytes) -> None:
            file = wrap(data)
            errors: list[ArticleError] = []
            source = Source(name=f"a{suffix}", stem="a", suffix=suffix, size=len(file), open=lambda: io.BytesIO(file))
            try:
                for article in articles(source, errors.append):
                    whole(article)
            except ArticleError as error:
                errors.append(error)
            for error in errors:
                foreseen(error)

        return call

    return make


def whole(article) -> None:
    """Regions lie within their fields, and all words can be written as UTF-8."""
    for region in article.regions:
        span = region.span
        assert 0 <= span.start <= span.end <= len(article.text(span.field)), region
    said = (article.identifier, article.title, article.publisher or "", article.url or "", *article.notes)
    for words in (*said, *(text for _, text in article.fields)):
        words.encode("utf-8")


def foreseen(error: Exception) -> None:
    """Raise what PressKG's own code did not foresee, though it named the file and went on; libraries may raise what they like."""
    cause = error.__cause__
    trace = cause.__traceback__ if cause else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    unforeseen = cause is not None and f"cannot be read: {type(cause).__name__}" in str(error)
    if cause is not None and unforeseen and trace is not None and "/kg/" in trace.tb_frame.f_code.co_filename:
        raise cause
    str(error).encode("utf-8", "surrogatepass")


def zipped(like: str, member: str) -> Callable[[bytes], bytes]:
    """A container of a good file, with one member replaced."""

    def wrap(data: bytes) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(samples()[like])) as good, zipfile.ZipFile(made, "w") as archive:
            for info in good.infolist():
                if info.filename.endswith((".xml", ".rels", "mimetype", ".hpf")):
                    archive.writestr(info.filename, data if info.filename == member else good.read(info))
        return made.getvalue()

    return wrap


def member(like: str, member: str) -> Callable[[], Iterator[bytes]]:
    def seeds() -> Iterator[bytes]:
        with zipfile.ZipFile(io.BytesIO(samples()[like])) as good:
            yield good.read(member)

    return seeds


def named(*names: str) -> Callable[[], Iterator[bytes]]:
    return lambda: (data for name, data in samples().items() if name in names)


def hwp_records() -> Call:
    """The records of a section of HWP 5, without the compound file around them, whose tables stop nearly all changed files."""
    from kg.errors import ArticleError
    from kg.read.formats import hwp
    from kg.read.formats.blocks import text
    from kg.read.formats.source import Source

    def call(data: bytes) -> None:
        try:
            text(hwp._blocks(hwp._tree(data, Source(name="a.hwp", stem="a", suffix=".hwp", size=len(data), open=io.BytesIO))))
        except ArticleError as error:
            foreseen(error)

    return call


def hwp_sections() -> Iterator[bytes]:
    import zlib

    import olefile

    with olefile.OleFileIO(io.BytesIO(samples()["release.hwp"])) as ole:
        yield zlib.decompress(ole.openstream("BodyText/Section0").read(), -15)


def text_of(data: bytes) -> str:
    """A text in which a byte is a phrase, so that whoever changes bytes changes what a Korean sentence says and not its letters.

    >>> text_of(bytes([0, 255]) + "에 가".encode())
    '담서부에 가'
    """
    from tests.reliability.korean import PHRASES

    words, at = [], 0
    while at < len(data):
        if data[at] < len(PHRASES):
            words.append(PHRASES[data[at]])
            at += 1
        elif data[at] == 255:  # as it stands
            words.append(data[at + 1 : at + 64].decode("utf-8", "ignore"))
            at += 64
        else:
            words.append(chr(0xAC00 + (data[at] * 256 + sum(data[at + 1 : at + 2])) % 11172))
            at += 2
    return "".join(words)


def sentences() -> Iterator[bytes]:
    yield bytes([0, 50, 23, 0, 39, 1, 55, 14, 42, 59, 9, 8, 50, 15, 55])
    yield b"\xff" + RELEASE.encode()[:60]
    yield bytes(range(90))


def page() -> Call:
    """From the text of a page to articles and the side copy that is analysed, whose pieces cover it and lie in the raw text."""
    from kg.read.given import Given
    from kg.read.page import articles_of
    from kg.read.view import make_view

    def call(data: bytes) -> None:
        for article in articles_of(text_of(data), Given(identifier="a", source="a.txt")):
            whole(article)
            view = make_view(article)
            ends = [0, *(piece.end for piece in view.pieces)]
            assert ends[-1] == len(view.text) and ends[:-1] == [piece.start for piece in view.pieces]
            for piece in view.pieces:
                assert 0 <= piece.raw_start <= piece.raw_end <= len(article.text(piece.field))

    return call


def holds(article, result) -> None:
    """Evidence lies in its sentence and the sentence in the text, no statement rests on a contact, and a written line is read as it was."""
    from kg.graph.results import as_line, from_line
    from kg.read.contacts import contacts

    for fact in result.facts:
        for e in fact.evidence:
            words = article.text(e.span.field)
            assert 0 <= e.sentence.start <= e.span.start < e.span.end <= e.sentence.end <= len(words), e
            assert not list(contacts(article.raw(e.span))), e
    assert from_line(as_line(result, "0")) == ("0", result)


def extraction() -> Call:
    """The whole way of one article, from its text to facts."""
    from kg.pipeline import Clock, Failure, extract_all
    from kg.read.given import Given
    from kg.read.page import articles_of

    def call(data: bytes) -> None:
        articles = articles_of(text_of(data), Given(identifier="a", source="a.txt"))
        for article, result in zip(articles, extract_all(articles, clock=Clock()), strict=True):
            assert not isinstance(result, Failure), result
            holds(article, result)

    return call


def people_write() -> Call:
    """``names.tsv``, ``names.csv`` and ``corrections.toml``, which people write by hand."""
    from kg.errors import KnowledgeError
    from kg.knowledge import corrections, own_table

    ways = (
        own_table.parse,
        lambda text: own_table.parse(text, "names.csv"),
        lambda text: corrections.own_names(corrections.parse(text)),
    )

    def call(data: bytes) -> None:
        try:
            ways[data[0] % 3 if data else 0](data[1:].decode("utf-8", "ignore"))
        except KnowledgeError as error:
            str(error).encode("utf-8")

    return call


def written() -> Iterator[bytes]:
    table = (
        "name\tkind\tother names\tfrom\tto\tparent\tlink\n두루문화재단\tAssociation\t두루재단|두루\t2021-03-02\t\t가온시\tQ1234\n"
    )
    yield b"\0" + table.encode()
    yield b"\1" + table.replace("\t", ",").encode()
    entries = '[[merge]]\nthings = ["id:가", "id:나"]\n[[name]]\nname = "나라재단"\nkind = "Association"\nalso = ["재단"]\nfrom = "2021"\n'
    yield b"\2" + entries.encode()
    yield b'\2[[reject]]\nsubject = "id:a"\nproperty = "hosted"\nobject = "id:b"\narticles = ["a"]\n[[forbid]]\nname = "b"\n'


def question() -> Call:
    """A question in Korean, asked of a small graph."""
    import datetime as dt
    import tempfile

    from kg.ask.korean import Reader
    from kg.graph.store import load_store
    from kg.pipeline import build

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.txt")
        file.write_text(RELEASE, encoding="utf-8")
        build([file], Path(folder, "out"), view=False)
        reader = Reader(load_store(Path(folder, "out"), evidence=True))

    def call(data: bytes) -> None:
        reader(text_of(data), today=dt.date(2024, 7, 1), limit=20)

    return call


def questions() -> Iterator[bytes]:
    for words in ("한빛시가 연 행사는?", "바다 돌봄 세미나는 언제 어디서 열렸나?", "작년 상반기 한빛시와 함께한 기관"):
        yield b"\xff" + words.encode()[:62]
    yield from sentences()


def sparql() -> Call:
    """A query: what it is and touches, or why it is refused."""
    from kg.ask.query import inspect
    from kg.errors import QueryError

    def call(data: bytes) -> None:
        try:
            inspect(data.decode("utf-8", "ignore"))
        except QueryError as error:
            str(error).encode("utf-8", "surrogatepass")

    return call


def queries() -> Iterator[bytes]:
    for path in sorted((ROOT / "ontology" / "queries").glob("*.rq"))[::6]:
        yield path.read_bytes()


def kept_line() -> Call:
    """A line of ``results.jsonl`` that somebody has been at: read, or refused in one of three ways that the reader of a folder knows."""
    from kg.graph.results import as_line, from_line

    def call(data: bytes) -> None:
        try:
            content, result = from_line(data.decode("utf-8", "ignore"))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            return
        as_line(result, content)

    return call


def line() -> bytes:
    fact = [0, "held", {"day": "2024-06-03"}, [["text", 0, 3, 0, 9, "r", 0.9, "asserted", 0]]]
    row = {"article": "a", "content": "0a", "things": [["Forum", "포럼", ""]], "facts": [fact], "rejected": [], "sketch": [1, 2]}
    return json.dumps(row, ensure_ascii=False).encode()
