"""Addresses: read politely, within limits, from a server on loopback that fails in every usual way."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections import Counter
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import ArticleError, UsageError
from kg.pipeline import build
from kg.read.formats.source import Unreadable
from kg.web import wire
from kg.web.address import is_public
from kg.web.cache import Cache
from kg.web.fetch import Manners, Visitor, fetched
from kg.web.watch import Watched, interval, watch

PAGE = """<!doctype html><html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>한빛시는 2024년 3월 5일 한빛도서관에서 ‘제3회 책 나눔 포럼’을
개최했다고 밝혔다.</p><p>이나래 한빛대학교 교수가 ‘책의 다음 단계’를 주제로 발표했다. 주민 40여 명이 참석했다.</p></article></body></html>"""
TITLE = "한빛시, 책 나눔 포럼 개최"


def entry(number: int) -> str:
    return (
        f"<item><title>한빛시, 제{number}회 책 나눔 포럼 개최</title><link>https://news.example.org/{number}</link><pubDate>Tue, 05 Mar 2024 09:00:00 +0900</pubDate>"
        f"<description>한빛시는 5일 한빛도서관에서 ‘제{number}회 책 나눔 포럼’을 개최했다고 밝혔다. 포럼에는 주민 40명이 참석했다.</description></item>"
    )


def feed(*numbers: int) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>가온일보</title>{"".join(map(entry, numbers))}</channel></rss>'.encode()


class Site:
    """A site whose answers a test sets: path → a list of (status, headers, body), the last of which stays."""

    def __init__(self) -> None:
        self.answers: dict[str, list[tuple[int, dict, bytes]]] = {}
        self.seen: list[tuple[str, dict]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                held = site.answers.get(self.path, [(404, {}, b"")])
                status, headers, body = held.pop(0) if len(held) > 1 else held[0]
                if status == -1:
                    self.connection.close()
                    return
                if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(
        self, path: str, body: str | bytes, media: str = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> str:
        data = body.encode() if isinstance(body, str) else body
        self.answers.setdefault(path, []).append(
            (status, {"Content-Type": media, **{k.replace("_", "-"): v for k, v in headers.items()}}, data)
        )
        return self.url + path


@pytest.fixture
def site():
    one = Site()
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.fixture
def waits():
    return []


@pytest.fixture
def visitor(tmp_path, waits):
    return Visitor(Manners(private=True, pause=0.0), cache=Cache(tmp_path / "cache"), sleep=waits.append)


def test_a_page_is_built(site, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    url = site.put("/news/1", PAGE.format(TITLE))
    report = build([url], tmp_path / "out", view=False, private=True)
    assert report.articles == 1 and not report.skipped
    [article] = [json.loads(line) for line in (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert article["url"] == url and article["source"] == url and article["id"] == url.removeprefix("http://")
    assert [path for path, _ in site.seen] == ["/robots.txt", "/news/1"]
    assert site.seen[1][1]["user-agent"].startswith("PressKG/")


@pytest.mark.parametrize(
    ("media", "body", "text"),
    [
        ("text/html; charset=euc-kr", PAGE.format(TITLE).encode("cp949"), "책 나눔"),
        ("text/plain; charset=euc-kr", f"{TITLE}\n\n한빛시는 책 나눔 포럼을 열었다.\n".encode("cp949"), "책 나눔"),
        ("application/octet-stream", feed(3), "책 나눔"),
        ("text/xml", feed(3), "책 나눔"),
        ("application/json", json.dumps([{"title": TITLE, "content": "한빛시는 책 나눔 포럼을 열었다."}]).encode(), "책 나눔"),
    ],
)
def test_what_a_server_says_decides_how_it_is_read(site, visitor, media, body, text):
    from kg.read.files import articles

    url = site.put("/x", body, media)
    [source] = fetched([url], pytest.fail, visitor)
    [article] = articles(source, pytest.fail)
    assert text in article.title and article.url


def test_robots_are_asked_once_and_kept(site, visitor):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\nCrawl-delay: 2\n", "text/plain")
    open_, closed = site.put("/a", PAGE.format("가")), site.put("/private/b", PAGE.format("나"))
    errors: list[ArticleError] = []
    assert len(list(fetched([open_, closed, open_], errors.append, visitor))) == 1
    assert [str(e) for e in errors] == [f"{closed}: robots.txt of the site asks programs to leave it alone"]
    assert Counter(path for path, _ in site.seen) == {"/robots.txt": 1, "/a": 1}


def test_a_site_whose_robots_cannot_be_had_is_left_alone(site, visitor):
    site.put("/robots.txt", b"", status=503)
    url = site.put("/a", PAGE.format("가"))
    with pytest.raises(ArticleError, match="robots.txt"):
        visitor.get(url)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_server_is_asked_again_as_it_says_when(site, visitor, waits, status):
    url = site.put("/a", b"", status=status, Retry_After="7")
    site.put("/a", PAGE.format("가"))
    assert visitor.get(url).body and 7.0 in waits


def test_retry_after_may_be_a_time_and_too_long_is_reported(site, visitor):
    later = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=3), usegmt=True)
    url = site.put("/a", b"", status=503, Retry_After=later)
    with pytest.raises(Unreadable, match=r"answers 503 .* asks to come back in 10,[78]"):
        visitor.get(url)


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (404, "answers 404"),
        (403, "answers 403"),
        (500, "answers 500 .*, tried 3 times"),
        (-1, "cannot be reached.*tried 3 times"),
    ],
)
def test_what_cannot_be_had_says_why(site, visitor, status, why):
    url = site.put("/a", b"", status=status)
    with pytest.raises(Unreadable, match=why):
        visitor.get(url)


def test_what_is_the_same_is_taken_from_the_cache(site, visitor):
    url = site.put("/a", PAGE.format("가"), ETag='"1"')
    first, second = visitor.get(url), visitor.get(url)
    assert first == second and site.seen[-1][1]["if-none-match"] == '"1"'


def test_redirects_are_followed_and_bounded(site, visitor):
    site.put("/a", b"", status=302, Location="/b")
    site.put("/b", PAGE.format("가"))
    site.put("/loop", b"", status=301, Location="/loop")
    assert visitor.get(site.url + "/a").final == site.url + "/b"
    with pytest.raises(Unreadable, match="leads on more than 5 times"):
        visitor.get(site.url + "/loop")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/",
    ],
)
def test_private_addresses_are_refused(url):
    with pytest.raises(ArticleError, match="private network|not found"):
        Visitor(Manners()).get(url)


def test_a_name_that_changes_after_the_check_is_refused_when_connected(site, monkeypatch):
    monkeypatch.setattr("kg.web.fetch.refuse_private", lambda url: None)
    with pytest.raises(ArticleError, match="127.0.0.1, an address of this machine"):
        Visitor(Manners(robots=False, tries=1)).get(site.url + "/")
    assert not site.seen


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.org/a", "no address of http"),
        ("http://user:word@example.org/", "names a user"),
        ("http://example.org:99999/", "is no address"),
    ],
)
def test_odd_addresses_are_refused(url, why):
    with pytest.raises(ArticleError, match=why):
        Visitor(Manners()).get(url)


def test_an_answer_that_is_too_long_is_refused(site, visitor, monkeypatch):
    from kg.read.limits import Limits

    monkeypatch.setattr("kg.web.fetch.LIMITS", Limits(file=1 << 20))
    url = site.put("/a", b"x" * (2 << 20))
    with pytest.raises(ArticleError, match="more than 1 MB"):
        visitor.get(url)


def test_a_failing_address_keeps_what_it_gave(site, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    url = site.put("/a", PAGE.format(TITLE))
    build([url], tmp_path / "out", view=False, private=True)
    site.answers["/a"] = [(404, {}, b"")]
    report = build([url], tmp_path / "out", view=False, private=True)
    assert report.articles == 1 and "what an earlier build read there stays (1 article)" in report.skipped[0][1]


def test_an_address_is_shown_as_it_is_read(site, tmp_path, monkeypatch):
    from kg.ask.read_as import read_as

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    [seen] = read_as([site.put("/a", PAGE.format(TITLE))], pytest.fail, names=False, private=True)
    assert seen.article.title == TITLE
    errors: list[ArticleError] = []
    assert not list(read_as([site.url + "/a"], errors.append, names=False)) and "private network" in errors[0].reason


def test_a_feed_is_watched(site, tmp_path, visitor):
    url = site.put("/rss", feed(1, 2), "application/rss+xml", ETag='"1"')
    what, out = Watched(sources=(url,), out=tmp_path / "out", private=True), tmp_path / "out"
    looks = watch(what, 900.0, visitor=visitor, sleep=lambda seconds: None)
    first = next(looks)
    assert len(first.changes.articles) == 2 and any("startDate" in row for row in first.changes.relations)
    assert not next(looks).changes  # 304
    site.answers["/rss"] = [(200, {"Content-Type": "application/rss+xml", "ETag": '"2"'}, feed(2, 3))]
    third = next(looks)
    assert third.changes.articles == ("한빛시, 제3회 책 나눔 포럼 개최",) and not third.changes.gone
    assert {name for _, name, kind in third.changes.things} == {"제3회 책 나눔 포럼"}
    site.answers["/rss"] = [(404, {}, b"")]
    fourth = next(looks)
    assert not fourth.changes and "answers 404" in fourth.skipped[0][1]
    site.answers["/rss"] = [(200, {"Content-Type": "application/rss+xml"}, feed(3).replace("40명".encode(), "52명".encode()))]
    fifth = next(looks)
    assert fifth.changes.changed == (("제3회 책 나눔 포럼", "attendeeCount", "40", "52"),)
    assert len((out / "articles.jsonl").read_text(encoding="utf-8").splitlines()) == 3


FRONT = """<html><head><title>가온일보</title><link rel="alternate" type="application/rss+xml" title="댓글" href="/comments.xml">
<link rel="alternate" type="application/rss+xml" href="/rss"></head><body>{}</body></html>"""
LISTED = "".join(
    f'<li><a href="/{n}">한빛시, 제{n}회 책 나눔 포럼 개최</a><p>한빛시는 5일 한빛도서관에서 제{n}회 책 나눔 포럼을 개최했다.</p></li>'
    for n in range(1, 7)
)


@pytest.mark.parametrize(
    ("path", "body", "feeds"),
    [
        ("/", "<p>한빛시는 5일 한빛도서관에서 책 나눔 포럼을 개최했다고 밝혔다.</p>", True),
        ("/list", f"<ul>{LISTED}</ul>", True),
        ("/a", PAGE.format(TITLE), False),
    ],
)
def test_the_feed_that_a_page_names_is_read_where_the_page_lists_articles(site, visitor, path, body, feeds):
    url = site.put(path, FRONT.format(body))
    site.put("/rss", feed(1, 2), "application/rss+xml")
    [source] = fetched([url], pytest.fail, visitor)
    assert source.name == (site.url + "/rss" if feeds else url)


def test_a_page_that_names_a_feed_is_watched_by_it(site, tmp_path, visitor):
    url = site.put("/list", FRONT.format(f"<ul>{LISTED}</ul>"))
    site.put("/rss", feed(1, 2), "application/rss+xml")
    looks = watch(Watched(sources=(url,), out=tmp_path / "out", private=True), 900.0, visitor=visitor, sleep=lambda seconds: None)
    assert len(next(looks).changes.articles) == 2
    site.answers["/rss"] = [(200, {"Content-Type": "application/rss+xml"}, feed(2, 3))]
    assert next(looks).changes.articles == ("한빛시, 제3회 책 나눔 포럼 개최",)


def test_a_saved_list_names_its_feed(tmp_path):
    from kg.read.files import read

    (tmp_path / "list.html").write_text(
        FRONT.format(f"<ul>{LISTED}</ul>").replace('"/rss"', '"https://news.example.org/rss"'), encoding="utf-8"
    )
    errors: list[ArticleError] = []
    assert not list(read([tmp_path / "list.html"], on_error=errors.append))
    assert errors[0].reason.endswith("holds none of its own; its feed is https://news.example.org/rss")


def test_changes_are_told_in_words_json_and_a_feed(site, tmp_path, monkeypatch):
    import feedparser
    from typer.testing import CliRunner

    from kg.cli import app

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    url, atom = site.put("/rss", feed(1), "application/rss+xml"), tmp_path / "changes.atom"
    words = ["watch", url, "-o", str(tmp_path / "out"), "--rounds", "1", "--private", "--feed", str(atom)]
    told = CliRunner().invoke(app, words)
    assert told.exit_code == 0 and "new articles 1: 한빛시, 제1회 책 나눔 포럼 개최" in told.stdout
    site.answers["/rss"] = [(200, {"Content-Type": "application/rss+xml"}, feed(2))]
    told = CliRunner().invoke(app, [*words, "--json"])
    said = json.loads(told.stdout)
    assert (
        said["articles"] == ["한빛시, 제2회 책 나눔 포럼 개최"]
        and {"name": "제2회 책 나눔 포럼", "kind": "Forum"}.items() <= said["things"][0].items()
    )
    entries = feedparser.parse(atom.read_bytes()).entries
    assert len(entries) == 2 and "제2회 책 나눔 포럼" in entries[0].content[0].value


def test_a_folder_is_watched(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(
        f"{TITLE}\n\n한빛시는 2024년 3월 5일 서울에서 ‘제3회 책 나눔 포럼’을 개최했다.\n", encoding="utf-8"
    )
    looks = watch(Watched(sources=(str(tmp_path / "in"),), out=tmp_path / "out"), 1.0, sleep=lambda seconds: None)
    assert next(looks).changes.articles == (TITLE,)
    assert not next(looks).changes
    (tmp_path / "in" / "a.txt").unlink()
    (tmp_path / "in" / "b.txt").write_text(
        "가온시, 강 포럼 개최\n\n가온시는 2024년 3월 6일 서울에서 ‘제2회 강 포럼’을 개최했다.\n", encoding="utf-8"
    )
    third = next(looks).changes
    assert third.articles == ("가온시, 강 포럼 개최",) and third.gone


@pytest.mark.parametrize("words", ["15", "0m", "m", "15 m", "-1h"])
def test_a_length_of_time(words):
    with pytest.raises(UsageError, match="allowed: 30s, 15m"):
        interval(words)


def test_only_the_open_internet_is_public():
    assert wire.AGENT.startswith("PressKG/") and is_public("1.1.1.1") and not is_public("192.168.0.1")
