"""What is tried with bytes of any kind, each reader and stage by a name: the table that ``make guided`` and the tests of findings read.

A target is called with bytes and returns, or raises what PressKG raises on purpose and says to people; whatever else it raises is a
finding. Nothing of ``kg`` is imported before a target is made, so that coverage of it can be watched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.reliability import makers
from tests.reliability.makers import Call

FOUND = Path(__file__).parent / "found"  # inputs that once broke something, in a folder of its target's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is tried: ``make`` imports it and gives the function that bytes are given to; ``seeds`` are good inputs to start from."""

    make: Callable[[], Call]
    seeds: Callable[[], Iterator[bytes]]
    watched: tuple[str, ...] = ()  # libraries whose branches count beside those of kg
    words: str = ""  # what inputs are made of, for the dictionary of the fuzzer


def found(name: str) -> list[Path]:
    """The inputs that once broke a target."""
    return sorted(path for path in (FOUND / name).glob("*") if path.is_file())


TARGETS: Mapping[str, Target] = {
    "plain": Target(make=makers.reader(".md"), seeds=makers.named("a.md", "a.txt")),
    "html": Target(make=makers.reader(".html"), seeds=makers.named("a.html"), words="<p> <h1> <br> <meta <title> <table><tr><td> </ charset= <!-- ]]> &#"),
    "docx": Target(
        make=makers.reader(".docx", makers.zipped("release.docx", "word/document.xml")),
        seeds=makers.member("release.docx", "word/document.xml"),
        words="<w:p> </w:p> <w:r> <w:t> <w:tbl> <w:tr> <w:tc> <w:footnoteReference <w:del> <w:txbxContent> w:id=",
    ),
    "hwpx": Target(
        make=makers.reader(".hwpx", makers.zipped("release.hwpx", "Contents/section0.xml")),
        seeds=makers.member("release.hwpx", "Contents/section0.xml"),
        words="<hp:p> </hp:p> <hp:run> <hp:t> <hp:tbl> <hp:tr> <hp:tc> <hp:deleteBegin <hp:footNote> <hp:rect>",
    ),
    "hwp": Target(make=makers.reader(".hwp"), seeds=makers.named("release.hwp"), watched=("olefile",)),
    "hwp-records": Target(make=makers.hwp_records, seeds=makers.hwp_sections),
    "pdf": Target(make=makers.reader(".pdf"), seeds=makers.named("release.pdf"), watched=("pdfminer",), words="obj endobj stream /Length /Filter /Font <<"),
    "mail": Target(
        make=makers.reader(".eml"),
        seeds=makers.named("a.eml"),
        watched=("email",),
        words="Content-Type: multipart/mixed; boundary= charset= =?utf-8?b? =?euc-kr?q? base64 quoted-printable Subject: Date: text/html",
    ),
    "feed": Target(make=makers.reader(".rss"), seeds=makers.named("a.rss"), words="<item> <entry> <title> <link> <description> <pubDate> <![CDATA[ <rss <feed"),
    "table": Target(make=makers.reader(".csv"), seeds=makers.named("a.csv", "a.tsv"), words='title date text 제목 본문 기관 " "" , ; \\t \\r\\n'),
    "sheet": Target(
        make=makers.reader(".xlsx", makers.zipped("table.xlsx", "xl/worksheets/sheet1.xml")),
        seeds=makers.member("table.xlsx", "xl/worksheets/sheet1.xml"),
        words='<row <c <v> <is><t> t="s" t="d" t="b" t="inlineStr" r="A1" s="1"',
    ),
    "json-lines": Target(make=makers.reader(".jsonl"), seeds=makers.named("a.jsonl"), words='"title" "date" "text" "publisher" "id" null true 1e9 \\u \\ud800 { [ ]'),
    "json": Target(make=makers.reader(".json"), seeds=makers.named("a.json"), words='"title" "date" "text" "items" "articles" null true 1e9 \\u \\ud800 { [ ]'),
    "zip": Target(make=makers.reader(".zip"), seeds=makers.named("b.zip", "release.docx"), watched=("zipfile",)),
    "page": Target(make=makers.page, seeds=makers.sentences),
    "extraction": Target(make=makers.extraction, seeds=makers.sentences),
    "by-hand": Target(make=makers.people_write, seeds=makers.written, words="[[merge]] [[split]] [[name]] [[reject]] [[link]] name kind from also thing = \" ''' \\t \\n"),
    "results": Target(make=makers.kept_line, seeds=lambda: iter([makers.line()]), words='"day" "value" "things" "facts" "sketch" null'),
    "question": Target(make=makers.question, seeds=makers.questions),
    "sparql": Target(make=makers.sparql, seeds=makers.queries, words="SELECT WHERE { } FILTER SERVICE GRAPH FROM VALUES BIND EXISTS UNION OPTIONAL ?x a <urn:x> ( ) INSERT"),
}  # fmt: skip
