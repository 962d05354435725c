"""Documents that ministries and newspapers publish, as real files made here."""

from __future__ import annotations

import datetime as dt
import zipfile
import zlib

import pytest

from kg.read.files import read

TITLE = "가온부, 마을 도서관 지원 설명회 개최"
BODY = "가온부는 3월 5일 한빛시 시민회관에서 마을 도서관 지원 설명회를 개최했다."
MORE = "설명회에는 전국 사서 100여 명이 참석해 내년 사업 계획을 들었다."


def one(path):
    errors = []
    articles = list(read([path], on_error=errors.append))
    assert not errors
    assert len(articles) == 1
    return articles[0]


def words(article, role):
    return [" ".join(article.raw(region.span).split()) for region in article.regions if region.role == role]


def test_html(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        f"""<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{TITLE} - 한빛신문</title>
      <meta property="og:site_name" content="한빛신문"><meta property="og:title" content="{TITLE}">
      <meta property="article:published_time" content="2024-03-05T10:00:00+09:00"></head>
      <body><nav><a href="/">홈</a><a href="/login">로그인</a></nav>
      <main><article><h1>{TITLE}</h1><p>{BODY}</p><p>{MORE}</p></article></main>
      <footer>저작권자 © 한빛신문 무단전재 금지</footer></body></html>""",
        encoding="utf-8",
    )
    article = one(path)
    assert article.title == TITLE
    assert (article.date, article.publisher) == (dt.date(2024, 3, 5), "한빛신문")
    body = " ".join(words(article, "body"))
    assert BODY in body and MORE in body
    assert "로그인" not in body and "무단전재" not in body


def test_html_in_euc_kr(tmp_path):
    path = tmp_path / "page.htm"
    path.write_bytes(
        f"<html><head><meta charset='euc-kr'><title>{TITLE}</title></head>"
        f"<body><article><p>{BODY}</p><p>{MORE}</p></article></body></html>".encode("euc-kr")
    )
    assert BODY in " ".join(words(one(path), "body"))


def test_docx(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for line in ("보도자료", TITLE, BODY):
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("일시", "3월 5일 10시", "장소", "시민회관")):
        cell.text = text
    document.add_paragraph(MORE)
    document.save(str(tmp_path / "release.docx"))
    article = one(tmp_path / "release.docx")
    assert article.title == TITLE
    assert words(article, "body") == [f"{BODY} 일시 3월 5일 10시 장소 시민회관 {MORE}"]


def section(*inner: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<hs:sec xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
        f'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph">{"".join(inner)}</hs:sec>'
    )


def paragraph(inner: str) -> str:
    return f"<hp:p><hp:run><hp:t>{inner}</hp:t></hp:run></hp:p>"


def test_hwpx(tmp_path):
    path = tmp_path / "release.hwpx"
    table = (
        "<hp:p><hp:run><hp:tbl><hp:tr><hp:tc><hp:subList>"
        + paragraph("보도시점")
        + "</hp:subList></hp:tc><hp:tc><hp:subList>"
        + paragraph("2024. 3. 5.(화) 12:00")
        + "</hp:subList></hp:tc></hp:tr></hp:tbl><hp:t/></hp:run></hp:p>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        archive.writestr("Contents/section0.xml", section(paragraph("보도자료"), table, paragraph(TITLE), paragraph("□ " + BODY)))
        archive.writestr(
            "Contents/section1.xml", section(paragraph("ㅇ 설명회에는 전국<hp:tab/>사서 100여 명이<hp:lineBreak/>참석했다."))
        )
    article = one(path)
    assert article.title == TITLE
    assert article.date == dt.date(2024, 3, 5)
    assert words(article, "body") == [f"□ {BODY} ㅇ 설명회에는 전국 사서 100여 명이 참석했다."]


def pdf(lines: list[str]) -> bytes:
    """A PDF whose font has no glyphs but says which characters they are, as Korean releases have."""
    shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -24 Td " for line in lines)
    content = zlib.compress(f"BT /F1 12 Tf 50 780 Td {shown}ET".encode())
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/HYSMyeongJo-Medium/Encoding/UniKS-UCS2-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/HYSMyeongJo-Medium"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Korea1)/Supplement 1>>/FontDescriptor 7 0 R/DW 1000>>",
        b"<</Type/FontDescriptor/FontName/HYSMyeongJo-Medium/Flags 6/FontBBox[0 -200 1000 900]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def test_pdf(tmp_path):
    pytest.importorskip("pdfminer")
    path = tmp_path / "release.pdf"
    path.write_bytes(pdf([TITLE, "", BODY, MORE]))
    article = one(path)
    assert article.title == TITLE
    assert BODY in " ".join(words(article, "body"))


def test_a_pdf_of_pictures_says_so(tmp_path):
    pytest.importorskip("pdfminer")
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf([]))
    errors = []
    assert not list(read([path], on_error=errors.append))
    assert "only pictures" in str(errors[0])


def test_a_missing_package_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pdfminer", None)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    errors = []
    assert not list(read([tmp_path], on_error=errors.append))
    assert "needs the package pdfminer.six" in str(errors[0]) and "presskg[pdf]" in str(errors[0])


LISTS = {
    "titles with what they lead to under them": '<li><a href="/{n}">{t}</a><p>{b}</p><span>2025-01-0{n}</span></li>',
    "both in one link": '<li><a href="/{n}"><b>{t}</b> {b} 군은 이 일을 해마다 늘려 갈 계획이라고 하였으며 주민들은</a></li>',
    "with a department between": '<li><a href="/{n}">{t}</a><div>살림과 | 02-000-0000 | 25-01-0{n}</div><p>{b}</p></li>',
}


@pytest.mark.parametrize("row", LISTS.values(), ids=LISTS)
def test_a_page_that_lists_others_is_no_article(tmp_path, row):
    news = (
        ("책 나눔 잔치 열어", "군은 5일 책 나눔 잔치를 열었다."),
        ("시장 새 단장 마쳐", "시장이 새 단장을 마치고 손님을 맞는다."),
    )
    rows = "".join(row.format(n=n, t=t, b=b) for n, (t, b) in enumerate(news * 3, 1))
    path = tmp_path / "list.html"
    path.write_text(
        f"<html><head><title>보도자료 | 두메군</title></head><body><h1>보도자료</h1><ul>{rows}</ul></body></html>",
        encoding="utf-8",
    )
    errors = []
    assert list(read([path], on_error=errors.append)) == []
    assert "lists other articles" in str(errors[0])


def test_a_list_of_beginnings_in_one_line_each_holds_no_article(tmp_path):
    rows = "".join(
        f"<li> <strong><a href='/{n}'>두메군, 제{n}회 마을 책 잔치 열어</a></strong> <span>두메군은 {n}일 두메도서관에서 마을 책 잔치를 열었다. 잔치에는..</span>"
        f" <span>한들신문ㅣ나루별 기자ㅣ2016. 09. 0{n}</span></li>"
        for n in range(1, 7)
    )
    (tmp_path / "list.html").write_text(
        f"<html><head><title>최신기사 - 한들신문</title></head><body><ul>{rows}</ul></body></html>", encoding="utf-8"
    )
    errors = []
    assert not list(read([tmp_path / "list.html"], on_error=errors.append))
    assert "lists other articles" in str(errors[0])
