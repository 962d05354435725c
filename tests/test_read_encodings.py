"""One article in every format of text, in every encoding and with every line end that people's programs write: always the same article."""

from __future__ import annotations

import codecs
import json
import unicodedata
from email.header import Header
from itertools import product

import pytest

from kg.read.files import read
from kg.read.formats import mojibake

TITLE = "가온군, 마을 책 잔치 열어"
PARTS = ("가온군은 5일 마을 회관에서 책 잔치를 열었다고 밝혔다.", "이날 잔치에는 주민 40여 명이 함께했다.")
WHEN = "Tue, 05 Mar 2024 09:00:00 +0900"
ROW = {"id": "a", "title": TITLE, "date": "2024-03-05", "text": "\n\n".join(PARTS)}
XML = '<?xml version="1.0" encoding="{charset}"?>\n'

FORMATS = {
    "txt": "\n\n".join((TITLE, "2024-03-05", *PARTS)) + "\n",
    "md": f"---\ntitle: {TITLE}\ndate: 2024-03-05\n---\n\n{PARTS[0]}\n\n{PARTS[1]}\n",
    "html": f"<html><head><title>{TITLE}</title></head>\n<body><h1>{TITLE}</h1>\n<p>2024-03-05</p>\n<p>{PARTS[0]}</p>\n<p>{PARTS[1]}</p></body></html>\n",
    "csv": f'id,title,date,text\na,"{TITLE}",2024-03-05,"{ROW["text"]}"\n',
    "tsv": f'id\ttitle\tdate\ttext\na\t{TITLE}\t2024-03-05\t"{ROW["text"]}"\n',
    "json": json.dumps([ROW], ensure_ascii=False, indent=1) + "\n",
    "jsonl": json.dumps(ROW, ensure_ascii=False) + "\n",
    "rss": f"{XML}<rss version='2.0'><channel><title>가온군</title>\n<item><guid>a</guid><title>{TITLE}</title><pubDate>{WHEN}</pubDate>"
    f"<description>&lt;p&gt;{PARTS[0]}&lt;/p&gt;&lt;p&gt;{PARTS[1]}&lt;/p&gt;</description></item>\n</channel></rss>\n",
    "atom": f"{XML}<feed xmlns='http://www.w3.org/2005/Atom'><title>가온군</title>\n<entry><id>a</id><title>{TITLE}</title>"
    f"<published>2024-03-05</published><content type='html'>&lt;p&gt;{PARTS[0]}&lt;/p&gt;&lt;p&gt;{PARTS[1]}&lt;/p&gt;</content></entry>\n</feed>\n",
    "eml": f"Subject: {TITLE}\nDate: {WHEN}\nMIME-Version: 1.0\nContent-Type: text/plain; charset={{charset}}\n"
    f"Content-Transfer-Encoding: 8bit\n\n{PARTS[0]}\n\n{PARTS[1]}\n",
}


def as_windows(data: bytes) -> str:
    """As browsers take bytes for Windows-1252; of five bytes it has no letter."""
    return "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in data)


ENCODINGS = {
    "utf-8": lambda words: words.encode(),
    "utf-8 with mark": lambda words: words.encode("utf-8-sig"),
    "utf-16-le": lambda words: words.encode("utf-16-le"),
    "utf-16-be": lambda words: words.encode("utf-16-be"),
    "utf-16-le with mark": lambda words: codecs.BOM_UTF16_LE + words.encode("utf-16-le"),
    "utf-16-be with mark": lambda words: codecs.BOM_UTF16_BE + words.encode("utf-16-be"),
    "euc-kr": lambda words: words.encode("euc-kr"),
    "cp949": lambda words: words.encode("cp949"),
    "iso-2022-kr": lambda words: words.encode("iso2022_kr"),
    "cp949 as latin-1": lambda words: words.encode("cp949").decode("latin-1").encode(),
    "cp949 as windows-1252": lambda words: as_windows(words.encode("cp949")).encode(),
    "utf-8 as latin-1": lambda words: words.encode().decode("latin-1").encode(),
    "utf-8 as windows-1252": lambda words: as_windows(words.encode()).encode(),
    "nfd": lambda words: unicodedata.normalize("NFD", words).encode(),
}
ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}


def data_of(suffix: str, encoding: str, end: str) -> bytes:
    charset = encoding if encoding in ("euc-kr", "cp949", "iso-2022-kr") else "utf-8"
    words, encoded = FORMATS[suffix].replace("{charset}", charset).replace("\n", ENDS[end]), ENCODINGS[encoding]
    if (suffix, encoding) == ("eml", "iso-2022-kr"):  # as mail wants it: the designator opens the body, headers are encoded words
        head, body = words.split(ENDS[end] * 2, 1)
        return (head.replace(TITLE, Header(TITLE, charset).encode()) + ENDS[end] * 2).encode() + encoded(body)
    return encoded(words)


def articles(path) -> tuple[list, list[str]]:
    errors: list = []
    return list(read([path], on_error=errors.append)), [error.reason for error in errors]


LOST = {("eml", "utf-8 as latin-1")}  # half of its letters are control signs there, which a bare subject cannot hold


@pytest.mark.parametrize(("suffix", "encoding", "end"), [one for one in product(FORMATS, ENCODINGS, ENDS) if one[:2] not in LOST])
def test_the_same_article_in_every_encoding(tmp_path, suffix, encoding, end):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data_of(suffix, encoding, end))
    found, errors = articles(path)
    if suffix == "eml" and encoding.startswith("utf-16"):
        assert not found and "in UTF-16, which mail cannot be" in errors[0]
        return
    assert not errors
    [article] = found
    body = " ".join(article.raw(region.span) for region in article.regions if region.role == "body")
    assert unicodedata.normalize("NFC", article.title) == TITLE
    assert article.date.isoformat() == "2024-03-05"
    assert unicodedata.normalize("NFC", " ".join(body.split())) == " ".join(PARTS)


def test_letters_that_no_older_encoding_has_are_read_as_cp949(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(FORMATS["txt"].replace("책 잔치", "똠방각하 잔치").encode("cp949"))
    [article], errors = articles(path)
    assert not errors and article.title == "가온군, 마을 똠방각하 잔치 열어"


def test_a_byte_that_is_lost_in_a_feed_costs_that_letter_alone(tmp_path):
    """One broken letter made the library guess another encoding for the whole feed, and its words Arabic letters."""
    path = tmp_path / "a.rss"
    data = data_of("rss", "euc-kr", "lf")
    at = data.index("주민".encode("euc-kr"))
    path.write_bytes(data[: at + 1] + data[at + 2 :])
    [article], errors = articles(path)
    assert not errors and article.title == TITLE and PARTS[0] in article.text()
    assert article.notes == ("some bytes of the entry are not in the encoding that the feed names",)


@pytest.mark.parametrize("name", ["base64", "utf-16", "no-such-thing"])
def test_an_encoding_that_a_feed_cannot_be_in_is_not_believed(tmp_path, name):
    path = tmp_path / "a.rss"
    path.write_bytes(FORMATS["rss"].replace("{charset}", name).encode())
    [article], errors = articles(path)
    assert not errors and article.title == TITLE


def test_a_soft_hyphen_that_was_dropped_is_found_again(tmp_path):
    """서, 강, 화 and 열 end in the byte that is a soft hyphen in Latin-1."""
    path = tmp_path / "a.txt"
    words = FORMATS["txt"].replace("책 잔치", "서울 문화 잔치")
    path.write_text(words.encode("cp949").decode("latin-1").replace("\xad", ""), encoding="utf-8")
    [article], errors = articles(path)
    assert not errors and article.title == "가온군, 마을 서울 문화 잔치 열어"


def test_a_run_longer_than_any_word_is_not_tried_at_every_place(monkeypatch):
    """Each place of a run that lacks a byte is tried, so its length is bounded: a text of one run must not take its square."""
    monkeypatch.setattr(mojibake, "_whole", lambda run: pytest.fail(f"{len(run)} bytes were tried"))
    assert mojibake.unscrambled("º" * 1001)


@pytest.mark.parametrize(
    "words",
    [
        "Séoul, où le père Noël a été vu, préférait l’été à l’automne.",
        "Größe und Maß der Straße, über Köln",
        "Ð Ñ Ò Ó Ô Õ Ö Ø Ù Ú Û",
    ],
)
def test_words_in_other_languages_stay(tmp_path, words):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([ROW | {"title": "Fête", "text": words}]), encoding="utf-8")
    [article], errors = articles(path)
    assert not errors and article.text() == words and not article.notes
