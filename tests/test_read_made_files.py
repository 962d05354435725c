"""Documents that other programs wrote: each reads as a person would read it."""

from __future__ import annotations

import datetime as dt
import random
import re
from pathlib import Path

import pytest

from kg.read.files import read

FILES = Path(__file__).with_name("files")
TITLE = "가온시, 제3회 강변 책 나눔 잔치 열어"
LEAD = "가온시(시장 한가람)는 5일 가온도서관에서 ‘제3회 강변 책 나눔 잔치’를 개최했다고 밝혔다."
TALK = "○ 잔치에서는 한빛대학교 이나래 교수가 ‘강마을의 책 이야기’를 주제로 발표했"


def article(name: str):
    errors = []
    [found] = read([FILES / name], on_error=errors.append)
    assert not errors
    return found, "\n".join(found.raw(r.span) for r in found.regions if r.role == "body")


@pytest.mark.parametrize("name", ["release.docx", "release.pdf", "release.hwpx", "release.hwp"])
def test_a_release(name):
    pytest.importorskip({"pdf": "pdfminer", "hwp": "olefile"}.get(name.rpartition(".")[2], "lxml"))
    found, body = article(name)
    given_out = re.search(r"배포\t2025. 3. 4.", found.text())  # the day it was given out goes before that of the embargo
    assert (found.title, found.date) == (TITLE, dt.date(2025, 3, 4 if given_out else 5))
    assert LEAD in body and TALK in body
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    assert "일시\t2025년 3월 5일(수) 14:00" in lines and "장소\t가온도서관 대강당" in lines
    assert "2023년에 시작한 행사이다." in " ".join(found.text().split())
    assert "보도자료 모음" not in body and "- 1 -" not in body


@pytest.mark.parametrize(("name", "gone"), [("release.docx", "4일"), ("release.hwpx", "두메군과 함께")])
def test_what_was_deleted_under_tracking_is_no_text(name, gone):
    assert gone not in article(name)[0].text()


def test_text_boxes_are_read():
    assert "가온문화재단 서리하 이사장이 잔치에 참석했다." in article("release.docx")[1]


def test_paragraphs_of_a_pdf_are_whole():
    pytest.importorskip("pdfminer")
    body = article("release.pdf")[1]
    again = "○ 가온시는 지난달에도 제{}회 강변 책 나눔 잔치를 마을마다 열었으며, 잔치에는 주민과 이웃 두메군의 학생들이 함께 와서 읽지 않는 책을 서로 바꾸고 오래된 책을 고치는 법을 배웠다고 한빛도서관협회가 설명했다."
    assert [again.format(n) in body for n in range(4, 16)] == [True] * 12
    assert "\n* 2023년에 시작한 행사이다." in "\n" + article("release.pdf")[0].text()


def test_a_workbook():
    pytest.importorskip("openpyxl")
    found, body = article("table.xlsx")
    assert (found.title, found.date, found.publisher) == ("가온시, 책 나눔 잔치 열어", dt.date(2025, 3, 5), "가온일보")
    assert body.startswith("가온시는 5일 가온도서관에서")


TABLES = ("calc.csv", "calc-cp949.csv", "calc.tsv", "calc.xlsx", "polars.parquet", "sqlite.json", "jq.jsonl", "zip.zip")
NEEDED = {"parquet": "pyarrow", "xlsx": "openpyxl", "rss": "feedparser", "atom": "feedparser"}


@pytest.mark.parametrize("name", [*TABLES, "feedgen.rss", "feedgen.atom"])
def test_tables_and_feeds(name):
    pytest.importorskip(NEEDED.get(name.rpartition(".")[2], "lxml"))
    errors = []
    one, two = read([FILES / name], on_error=errors.append)
    assert not errors
    assert (one.title, two.title) == ("가온시, 책 나눔 잔치 열어", "두메군, 마을 시장 새로 열어")
    assert (one.date, two.date) == (dt.date(2025, 3, 5), dt.date(2025, 3, 6))
    assert (one.publisher, two.publisher) == ("가온일보", "가온일보" if name.startswith("feed") else "두메신문")
    assert (one.section, two.section) == ("문화", "사회")
    assert one.url == "https://news.example.org/101"
    assert " ".join(one.text().split()).startswith(LEAD + " ○ 잔치에서는")


@pytest.mark.parametrize("name", ["chromium.html", "chromium.mhtml"])
def test_a_page_that_a_browser_saved(name):
    found, body = article(name)
    assert (found.title, found.date, found.publisher, found.section) == (TITLE, dt.date(2025, 3, 5), "가온일보", "문화")
    assert found.url == ("https://news.example.org/101" if name.endswith("mhtml") else None)
    assert [line for line in body.splitlines() if line][0] == LEAD and "14:20 | 책 이야기" in body and "무단" not in body
    assert [found.raw(r.span) for r in found.regions if r.role == "subtitle"] == ["- 5일 가온도서관에서, 주민 120명 함께해 -"]


def test_a_mail_with_a_document():
    errors = []
    message, attached = read([FILES / "nodemailer.eml"], on_error=errors.append)
    assert not errors
    assert (message.title, message.date, attached.title) == (TITLE, dt.date(2025, 3, 5), "두메군, 마을 시장 새로 열어")
    assert message.text().startswith(LEAD) and "가게 40곳이 참여했다." in attached.text()


def test_a_saved_page_without_a_page_says_so(tmp_path):
    errors = []
    (tmp_path / "a.mht").write_bytes(b"MIME-Version: 1.0\nContent-Type: image/png\n\nabc")
    assert not list(read([tmp_path / "a.mht"], on_error=errors.append))
    assert "the file holds no saved page" in str(errors[0])


DAMAGED = (
    "release.docx",
    "release.pdf",
    "release.hwpx",
    "release.hwp",
    "table.xlsx",
    "chromium.mhtml",
    "nodemailer.eml",
    "polars.parquet",
)


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_copies_are_read_or_named_and_nothing_is_written_to_the_terminal(name, tmp_path, capfd):
    dice = random.Random(name)
    data = (FILES / name).read_bytes()
    for number in range(25):
        broken = bytearray(data)
        for _ in range(dice.choice((1, 3, 20, 200))):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        path = tmp_path / name
        path.write_bytes(broken[: dice.randrange(len(broken))] if number % 5 == 0 else broken)
        errors = []
        found = list(read([path], on_error=errors.append))
        assert found or errors
        assert all(name in str(error) for error in errors)
    assert capfd.readouterr() == ("", "")
