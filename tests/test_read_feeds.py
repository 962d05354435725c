"""Feeds of any size are read some entries at a time, and give what they would give as a whole."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.read.formats import feed, feed_parts
from kg.read.formats.source import Source
from kg.read.limits import Limits

SAID = (
    "가온군은 {n}일 책 잔치를 열었다.",
    "<![CDATA[<p>가온군은 {n}일</item></entry> 책 잔치를 열었다.</p>]]>",
    "<!-- </item></entry> -->잔치 {n}",
)
RSS = "<rss version='2.0'><channel><title>가온군 : 새소식</title>\n{}</channel></rss>"
RSS_ITEM = "<item><guid>{n}</guid><title>{n}번째 잔치</title><description>{said}</description></item>\n"
ATOM = "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>가온군</a:title>\n{}</a:feed>"
ATOM_ITEM = "<a:entry><a:id>{n}</a:id><a:title>{n}번째 잔치</a:title><a:content>{said}</a:content></a:entry>\n"
RDF = (
    "<?xml version='1.0'?><rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<channel><title>가온군</title><items><rdf:Seq/></items></channel>\n{}</rdf:RDF>"
)
RDF_ITEM = "<item rdf:about='https://gaon.example/{n}'><title>{n}번째 잔치</title><description>{said}</description></item>\n"
KINDS = {"rss": (RSS, RSS_ITEM), "atom": (ATOM, ATOM_ITEM), "rdf": (RDF, RDF_ITEM)}


def source_of(words: str) -> Source:
    data = words.encode()
    return Source(name="a.rss", stem="a", suffix=".rss", size=len(data), open=lambda: io.BytesIO(data))


def made(kind: str, said: list[str]) -> str:
    whole, entry = KINDS[kind]
    return whole.format("".join(entry.format(n=n, said=words.format(n=n)) for n, words in enumerate(said, 1)))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.lists(st.sampled_from(SAID), min_size=1, max_size=12), st.integers(200, 900))
def test_a_feed_in_pieces_gives_what_the_whole_gives(kind, said, piece):
    words = made(kind, said)
    whole = list(feed.read(source_of(words)))
    assert [page.title for page in whole] == [f"{n}번째 잔치" for n in range(1, len(said) + 1)]
    assert {page.publisher for page in whole} == {"가온군"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed_parts, "_PIECE", piece)
        assert list(feed.read(source_of(words))) == whole


def test_a_large_feed_is_parsed_in_pieces(monkeypatch):
    words = made("rss", [SAID[0]] * 40)
    monkeypatch.setattr(feed_parts, "_PIECE", 500)
    parts = list(feed_parts.feed_parts(io.StringIO(words), "a.rss"))
    assert len(parts) > 5 and max(map(len, parts)) < 2000


def test_an_entry_without_an_end_is_told_with_the_limit(monkeypatch):
    monkeypatch.setattr(feed_parts, "_PIECE", 300)
    monkeypatch.setattr(feed_parts, "LIMITS", Limits(record=2000))
    words = (
        made("rss", [SAID[0]] * 5).replace("</channel></rss>", "") + "<item><title>끝없는 글</title><description>" + "글 " * 9000
    )
    found = []
    with pytest.raises(ArticleError, match="an entry is longer than"):
        for page in feed.read(source_of(words)):
            found.append(page.title)
    assert found == [f"{n}번째 잔치" for n in range(1, 6)]
