"""Files, folders and corpora become articles; what cannot be read says why and stops nothing else."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from kg.errors import ArticleError, UsageError
from kg.model import Article, Span
from kg.read.files import content_hash, read

STORY = "군청, 책 나눔 잔치 열어\n\n한빛군은 지난 5일 군청 마당에서 책 나눔 잔치를 열었다.\n\n잔치에는 주민 40여 명이 참석했다.\n"


def collect(*paths: object) -> tuple[list[Article], list[str]]:
    errors: list[ArticleError] = []
    return list(read(paths, on_error=errors.append)), [str(error) for error in errors]


def corpus(path, *records: object):
    lines = [record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "euc-kr", "cp949"])
def test_text_in_every_usual_encoding(tmp_path, encoding):
    (tmp_path / "story.txt").write_bytes(STORY.encode(encoding))
    [article], errors = collect(tmp_path)
    assert not errors
    assert article.identifier == "story"
    assert article.title == "군청, 책 나눔 잔치 열어"
    assert article.text() == STORY


def test_newlines_are_kept_as_they_are(tmp_path):
    (tmp_path / "story.txt").write_bytes(STORY.replace("\n", "\r\n").encode())
    [article], _ = collect(tmp_path)
    assert article.text() == STORY.replace("\n", "\r\n")
    assert article.title == "군청, 책 나눔 잔치 열어"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "no text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "picture"),
        ("binary.txt", bytes(range(256)) * 8, "binary"),
        ("control.txt", b"\x01\x02\x03\x04\x05 abc", "binary"),
        ("broken.txt", "행사".encode() + b"\xff\xfe\xff", "neither UTF-8"),
        ("menu.txt", "로그인\n회원가입\n목록으로\n".encode(), "no article"),
        ("old.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "no HWP 5"),
        ("table.xlsx", b"PK\x03\x04", "no XLSX"),
        ("table.xls", b"\xd0\xcf\x11\xe0", "saved as XLSX"),
        ("three.hwp", b"HWP Document File V3.00 \x1a\1\2\3\4\5", "HWP 3"),
        ("t.parquet", b"PAR1 no", "no Parquet"),
        ("z.zip", b"PK no zip", "no zip"),
        ("list.json", b"[", "JSON breaks"),
        ("site.xml", b"<site/>", "no feed"),
        ("bad.hwpx", b"PK no zip", "no HWPX"),
        ("bad.docx", b"PK no zip", "no DOCX"),
        ("bad.pdf", b"no pdf", "no PDF"),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj", "PDF"),
        ("bad.html", b"no markup", "no HTML"),
        ("empty.jsonl", b"\n", "empty"),
    ],
)
def test_what_cannot_be_read_says_why_and_the_others_go_on(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "zz_story.txt").write_text(STORY, encoding="utf-8")
    articles, errors = collect(tmp_path)
    assert [article.identifier for article in articles] == ["zz_story"]
    assert len(errors) == 1
    assert name in errors[0] and reason in errors[0]


def test_a_missing_path_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="nowhere"):
        collect(tmp_path / "nowhere")


def test_a_record_has_its_fields(tmp_path):
    path = corpus(
        tmp_path / "c.jsonl",
        {
            "id": "r-1",
            "title": "책 나눔 잔치",
            "text": "한빛군은 책 나눔 잔치를 열었다.",
            "date": "2024-03-05",
            "publisher": "한빛군",
            "url": "https://example.org/1",
        },
    )
    [article], errors = collect(path)
    assert not errors
    assert (article.identifier, article.date, article.publisher) == ("r-1", dt.date(2024, 3, 5), "한빛군")
    assert article.url == "https://example.org/1"
    assert article.source.endswith("c.jsonl:1")
    assert [(r.role, article.raw(r.span)) for r in article.regions] == [
        ("title", "책 나눔 잔치"),
        ("body", "한빛군은 책 나눔 잔치를 열었다."),
    ]
    assert article.regions[0].span.field == "title"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "no JSON"),
        ("[1, 2]", "not an object"),
        ('{"id": "x", "headline": "가", "lead": "나"}', "it has: id, headline, lead; read as text are: text, content, body"),
        ('{"id": "x", "text": " "}', "neither text nor title"),
        ('{"id": "x", "text": 3}', "text: 3 is int"),
        ('{"id": "x", "text": "\\ud800"}', "surrogate"),
    ],
)
def test_a_broken_line_is_reported_with_its_number(tmp_path, line, reason):
    path = corpus(
        tmp_path / "c.jsonl",
        {"id": "a", "title": "t", "text": "본문이다."},
        line,
        "",
        {"id": "b", "title": "t", "text": "본문이다."},
    )
    articles, errors = collect(path)
    assert [article.identifier for article in articles] == ["a", "b"]
    assert len(errors) == 1
    assert "c.jsonl:2" in errors[0] and reason in errors[0]


def test_a_date_that_is_none_becomes_a_note(tmp_path):
    path = corpus(
        tmp_path / "c.jsonl",
        {"id": "a", "title": "t", "text": "본문이다.", "date": "봄"},
        {"id": "b", "title": "t", "text": "본문이다.", "date": "2024. 3. 5."},
    )
    (first, second), _ = collect(path)
    assert first.date is None and "'봄'" in first.notes[0]
    assert second.date == dt.date(2024, 3, 5)


def test_a_title_without_text_is_an_article_with_a_note(tmp_path):
    [article], errors = collect(corpus(tmp_path / "c.jsonl", {"id": "a", "title": "책 나눔 잔치 개최", "text": ""}))
    assert not errors
    assert article.title == "책 나눔 잔치 개최" and article.notes


def test_the_order_of_paths_does_not_matter(tmp_path):
    for name in ("나", "가", "sub/다"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.txt").write_text(STORY, encoding="utf-8")
    paths = sorted(tmp_path.rglob("*.txt"))
    expected = collect(*paths)[0]
    assert len(expected) == 3
    assert collect(*reversed(paths))[0] == expected
    assert collect(tmp_path, *paths)[0] == expected  # a file named twice is read once


def test_a_taken_identifier_is_an_error_of_the_second(tmp_path):
    for folder in ("b", "a"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text(STORY, encoding="utf-8")
    articles, errors = collect(tmp_path)
    assert [article.source for article in articles] == [(tmp_path / "a" / "same.txt").as_posix()]
    assert len(errors) == 1 and "'same'" in errors[0]


def test_hidden_files_are_passed_over(tmp_path):
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "x.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(STORY, encoding="utf-8")
    assert collect(tmp_path) == ([], [])


def test_the_hash_knows_every_part_but_the_place():
    article = Article(identifier="a", source="x", fields=(("text", "가나다"),), regions=())
    assert content_hash(article) == content_hash(replace(article, source="y"))
    others = [
        replace(article, identifier="b"),
        replace(article, fields=(("text", "가나라"),)),
        replace(article, date=dt.date(2024, 1, 1)),
        replace(article, publisher="p"),
        replace(article, url="u"),
    ]
    assert len({content_hash(other) for other in [article, *others]}) == 6


def test_regions_point_into_the_raw_text(tmp_path):
    (tmp_path / "story.txt").write_text("로그인\n\n" + STORY, encoding="utf-8")
    [article], _ = collect(tmp_path)
    assert [(r.role, article.raw(r.span)) for r in article.regions] == [
        ("title", "군청, 책 나눔 잔치 열어"),
        ("body", "한빛군은 지난 5일 군청 마당에서 책 나눔 잔치를 열었다.\n\n잔치에는 주민 40여 명이 참석했다."),
    ]
    assert all(isinstance(r.span, Span) for r in article.regions)
