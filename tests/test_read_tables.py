"""Tables, records and feeds: columns by name in Korean and English, every usual encoding, places in messages."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import unicodedata

import pytest

import kg
from kg.errors import ArticleError, UsageError
from kg.read.columns import parse_columns
from kg.read.files import read

TITLE = "한빛시, 책 나눔 잔치 열어"
BODY = "한빛시(시장 서가람)는 5일 한빛도서관에서 ‘봄 책 나눔 잔치’를 열었다고 밝혔다. 주민 40여 명이 참석했다."
URL = "https://news.example.org/view?id=7"
DAY = dt.date(2024, 3, 5)


def collect(*paths: object, **options):
    errors: list[ArticleError] = []
    return list(read(paths, on_error=errors.append, **options)), [str(error) for error in errors]


def parts(article):
    nfc = unicodedata.normalize
    return (
        nfc("NFC", article.title),
        nfc("NFC", article.publisher or ""),
        article.date,
        article.url,
        [" ".join(nfc("NFC", article.raw(r.span)).split()) for r in article.regions if r.role == "body"],
    )


RIGHT = (TITLE, "가온일보", DAY, URL, [BODY])
HEADER = ["제목", "본문", "일자", "언론사", "URL"]
ROW = [TITLE, BODY, "20240305", "가온일보", URL]


def table(rows, delimiter=",", end="\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp949"])
@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".csv", ";"), (".tsv", "\t"), (".csv", "\t")])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_in_every_usual_encoding_gives_the_same_article(tmp_path, encoding, suffix, delimiter, end):
    path = tmp_path / f"t{suffix}"
    path.write_bytes(table([HEADER, ROW], delimiter, end).encode(encoding))
    [article], errors = collect(path)
    assert not errors
    assert parts(article) == RIGHT
    assert (article.identifier, article.source.rpartition(":")[2]) == ("news.example.org/view?id=7", "2")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".json", ".txt"])
def test_decomposed_letters_give_the_same_article(tmp_path, suffix):
    text = {".csv": table([HEADER, ROW]), ".txt": f"{TITLE}\n\n발행일: 2024-03-05\n발행처: 가온일보\n\n{BODY}\n"}.get(
        suffix
    ) or json.dumps(dict(zip(HEADER, ROW)), ensure_ascii=False)
    (tmp_path / f"a{suffix}").write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    [article], errors = collect(tmp_path)
    assert not errors
    assert parts(article)[:3] == RIGHT[:3] and parts(article)[4] == [BODY]
    assert unicodedata.normalize("NFC", article.text()) != article.text(), "the raw text is never changed"


@pytest.mark.parametrize(
    "header",
    [
        [
            "뉴스 식별자",
            "일자",
            "언론사",
            "기고자",
            "제목",
            "통합 분류1",
            "사건/사고 분류1",
            "인물",
            "위치",
            "기관",
            "키워드",
            "특성추출(가중치순 상위 50개)",
            "본문",
            "URL",
            "분석제외 여부",
        ],
        [
            "news_id",
            "published_at",
            "provider",
            "byline",
            "title",
            "c",
            "d",
            "e",
            "f",
            "g",
            "h",
            "i",
            "content",
            "provider_link_page",
            "j",
        ],
        ["ID", "Date", "Press", "writer", "Headline", "c", "d", "e", "f", "g", "h", "i", "Body", "Link", "j"],
        ["기사 번호", "작성일", "매체명", "기자", "기사제목", "c", "d", "e", "f", "g", "h", "i", "기사내용", "링크", "j"],
    ],
)
def test_exports_are_read_as_they_are(tmp_path, header):
    row = [
        "01100101.20240305",
        "20240305",
        "가온일보",
        "이나래",
        TITLE,
        "지역",
        "",
        "서가람",
        "한빛",
        "한빛시",
        "책",
        "잔치",
        BODY,
        URL,
        "",
    ]
    path = tmp_path / "NewsResult.csv"
    path.write_text(table([header, row]), encoding="utf-8-sig")
    [article], errors = collect(path)
    assert not errors and parts(article) == RIGHT and article.identifier == "01100101.20240305"


def test_a_table_without_names_is_read_by_shape(tmp_path):
    rows = [["20240305", "사회", "가온일보", f"{TITLE} {i}", BODY + f" {i}번째다.", f"{URL}{i}"] for i in range(3)]
    (tmp_path / "Article_society.csv").write_text(table(rows), encoding="cp949")
    articles, errors = collect(tmp_path)
    assert not errors
    assert [(a.title, a.date, a.url) for a in articles] == [(f"{TITLE} {i}", DAY, f"{URL}{i}") for i in range(3)]


@pytest.mark.parametrize(
    ("record", "right"),
    [
        ({"id": "1", "title": TITLE, "content": BODY, "date": "2024-03-05"}, ("1", DAY)),
        ({"id": 7, "headline": TITLE, "body": BODY, "pubDate": "Tue, 05 Mar 2024 09:00:00 +0900"}, ("7", DAY)),
        ({"제목": TITLE, "본문": BODY, "보도일자": "2024.03.05"}, ("a:1", DAY)),
        ({"title": TITLE, "text": BODY, "url": URL, "date": "03/05/2024 10:00:00"}, ("news.example.org/view?id=7", DAY)),
        (
            {
                "source": {"id": None, "name": "가온일보"},
                "title": TITLE,
                "description": "짧다.",
                "url": URL,
                "publishedAt": "2024-03-04T16:00:00Z",
                "content": BODY,
            },
            ("news.example.org/view?id=7", DAY),
        ),
        (
            {"title": TITLE, "content": None, "description": BODY, "link": URL, "date": 1709600000},
            ("news.example.org/view?id=7", DAY),
        ),
        (
            {
                "id": "p",
                "title": TITLE,
                "paragraphs": 1,
                "text": BODY.split(" 주민")[:1] + ["주민" + BODY.split(" 주민")[1]],
                "date": "24.03.05",
            },
            ("p", DAY),
        ),
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "[{}]", '{{"status": "ok", "articles": [{}]}}', '{{"return_object": {{"documents": [{}]}}}}']
)
def test_records_in_json(tmp_path, record, right, around):
    words = (
        around.replace("{}", "\0").format().replace("\0", json.dumps(record, ensure_ascii=False))
        if "{{" in around
        else around.replace("{}", json.dumps(record, ensure_ascii=False))
    )
    (tmp_path / "a.json").write_text(words, encoding="utf-8")
    [article], errors = collect(tmp_path)
    assert not errors
    assert (article.identifier, article.date) == right and article.title == TITLE
    assert "".join(parts(article)[4]).replace(" ", "") == BODY.replace(" ", "")


def test_a_json_list_is_read_a_piece_at_a_time(tmp_path):
    records = [{"id": str(i), "title": TITLE, "text": BODY * 50} for i in range(40)]
    (tmp_path / "a.json").write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8")
    articles, errors = collect(tmp_path)
    assert not errors and {a.identifier for a in articles} == {str(i) for i in range(40)}


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ('[{"id": "a", "text": "가다."} {"id": "b"}]', "a.json", "stands where , or ] has to"),
        ('[{"id": "a", "text": "가다."}, {"id": "b", "text": "나', "a.json", "JSON breaks at character"),
        ('[{"id": "a", "text": "가다."}, 7]', "a.json:2", "holds int"),
    ],
)
def test_broken_json_keeps_what_came_before(tmp_path, text, place, why):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    articles, [error] = collect(tmp_path)
    assert [a.identifier for a in articles] == ["a"]
    assert f"{place}: " in error and why in error


def test_columns_that_the_user_names(tmp_path):
    (tmp_path / "a.csv").write_text(table([["머리", "글", "언제"], [TITLE, BODY, "2024-03-05"]]), encoding="utf-8")
    none, [error] = collect(tmp_path)
    assert not none and "it has: 머리, 글, 언제; read as text are: text, content" in error
    [article], errors = collect(tmp_path, columns=parse_columns("title=머리,text=글,date=언제"))
    assert not errors and parts(article)[0] == TITLE and article.date == DAY
    none, [error] = collect(tmp_path, columns={"text": "몸"})
    assert not none and "has no column '몸'" in error
    with pytest.raises(UsageError, match="allowed fields: id, title, text"):
        parse_columns("body=글")


def test_rows_that_cannot_be_meant_are_named_and_the_others_stay(tmp_path):
    lines = ["제목,본문", f"하나,{BODY}", "둘,a,b,c", f"셋,{BODY}", '넷,"열린 따옴표', f"다섯,{BODY}", ""]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    articles, errors = collect(tmp_path)
    assert [a.title for a in articles] == ["하나", "셋", "다섯"]
    assert ["a.csv:3: the row has 4 cells and the header 2" in errors[0], "a.csv:5: a quote that opens" in errors[1]] == [
        True,
        True,
    ]


def test_a_text_that_an_export_cut_is_noted(tmp_path):
    (tmp_path / "a.csv").write_text(table([HEADER, [TITLE, BODY[:40] + "...", "20240305", "가온일보", URL]]), encoding="utf-8")
    [article], _ = collect(tmp_path)
    assert "holds its beginning only" in article.notes[0]


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet"])
def test_workbooks_and_parquet(tmp_path, suffix):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([ROW, [TITLE + " 2", BODY, dt.datetime(2024, 3, 6, 9), None, None]], columns=HEADER)
    if suffix == ".xlsx":
        pytest.importorskip("openpyxl")
        frame.to_excel(tmp_path / "a.xlsx", index=False)
    else:
        pytest.importorskip("pyarrow")
        frame.astype(str).to_parquet(tmp_path / "a.parquet")
    articles, errors = collect(tmp_path)
    assert not errors
    by = {a.title: a for a in articles}
    assert parts(by[TITLE]) == RIGHT and by[TITLE + " 2"].date == dt.date(2024, 3, 6)


def test_a_frame_is_built(tmp_path):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([ROW, [TITLE + " 2", BODY, None, float("nan"), None]], columns=HEADER)
    graph = kg.build(frame, tmp_path / "out", view=False)
    assert graph.report.articles == 2 and not graph.report.skipped
    lines = [json.loads(line) for line in (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["source"] for line in lines} == {"frame:1", "frame:2"}


RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>가온일보 - 전체기사</title><item><title>{TITLE}</title><link>{URL}</link><pubDate>Mon, 04 Mar 2024 23:00:00 GMT</pubDate>
<description>짧다</description><content:encoded><![CDATA[<p>{BODY.replace("‘", "&lsquo;")}</p><script>x()</script>]]></content:encoded></item>
<item><link>https://news.example.org/none</link></item></channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>가온일보</title><entry><title>{TITLE}</title>
<link href="{URL.replace("&", "&amp;")}"/><id>{URL}</id><published>2024-03-05T01:00:00+09:00</published><content type="html">&lt;p&gt;{BODY}&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize(("name", "text", "faults"), [("a.rss", RSS, 1), ("a.xml", ATOM, 0), ("a.atom", ATOM, 0)])
def test_feeds(tmp_path, name, text, faults):
    (tmp_path / name).write_text(text, encoding="utf-8")
    [article], errors = collect(tmp_path)
    assert parts(article) == RIGHT and article.identifier == "news.example.org/view?id=7"
    assert len(errors) == faults


def test_a_record_of_an_archive_of_mails(tmp_path):
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = (
        f"[보도자료] {TITLE}",
        "가온일보 <a@example.org>",
        "Tue, 05 Mar 2024 09:00:00 +0900",
    )
    mail.set_content(BODY)
    mail.add_attachment(f"{TITLE} 둘\n\n{BODY}\n".encode(), maintype="text", subtype="plain", filename="붙임.txt")
    (tmp_path / "m.eml").write_bytes(mail.as_bytes())
    articles, errors = collect(tmp_path)
    assert not errors
    assert [(a.identifier, a.title) for a in articles] == [("m", TITLE), ("m/붙임", f"{TITLE} 둘")]
    assert articles[0].date == DAY and "a@example.org" not in articles[0].text()


def test_the_page_of_formats_names_every_suffix_and_column():
    from pathlib import Path

    from kg.knowledge.own_table import COLUMNS, _kinds
    from kg.read.columns import load_columns
    from kg.read.formats import READERS

    page = (Path(__file__).parents[1] / "docs" / "input-formats.md").read_text(encoding="utf-8")
    said = set(page.replace("`", " ").split())
    assert not set(READERS) - said
    assert not [kind for kind in _kinds() if kind not in page] and not [column for column in COLUMNS if f"`{column}`" not in page]
    listed = {
        field: line.split("|")[2]
        for line in page.splitlines()
        for field in load_columns().names
        if line.startswith(f"| `{field}` |")
    }
    assert set(listed) == set(load_columns().names)
    names = {field: {name.casefold() for name in load_columns().shown[field]} for field in listed}
    missing = {
        word
        for field, words in listed.items()
        for word in words.replace("last ", "").replace(";", ",").split("(")[0].split(",")
        if word.strip() and word.strip().casefold() not in names[field]
    }
    assert not missing


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("1741136400000", "2025-03-05"),
        (1741136400, "2025-03-05"),
        ("2025-03-05T23:30:00Z", "2025-03-06"),
        ("202503051230", "2025-03-05"),
        ("2025년 3월 5일(수) 오전 9:00", "2025-03-05"),
        ("3 hours ago", None),
        ("99999999999999", None),
        ("2025-13-45", None),
        ("", None),
        ("5 Mar 2025 23:00:00 +0000", "2025-03-06"),
        ("13/13/2025", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-12:00", None),
    ],
)
def test_days_that_machines_write(value, day):
    from kg.read.stamps import stamp

    found = stamp(value)
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("given", "modified", "section"),
    [
        ({"통합 분류1": "지역>가온", "수정일": "2025-03-07"}, "2025-03-07", "지역>가온"),
        ({"category": ["문화", "책"], "updated_at": "2025-03-07T09:00:00+09:00"}, "2025-03-07", "문화"),
        (
            {"category": "https://news.example.org/c", "updated_at": "2025-03-01"},
            None,
            None,
        ),  # an address; before it was published
        ({}, None, None),
    ],
)
def test_a_record_may_say_its_section_and_when_it_was_changed(tmp_path, given, modified, section):
    record = {"id": "a", "제목": "가온시, 책 잔치", "본문": "가온시는 5일 책 잔치를 열었다.", "일자": "2025-03-05", **given}
    (tmp_path / "a.jsonl").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    [found] = read([tmp_path / "a.jsonl"], on_error=pytest.fail)
    assert (found.modified and found.modified.isoformat(), found.section) == (modified, section)
