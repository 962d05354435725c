"""Pages and feeds from the web, politely: robots.txt, one request at a time, a pause for each host, a cache, limits, retries."""

from __future__ import annotations

import codecs
import io
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from kg.errors import ArticleError
from kg.read.feed_link import feed_link
from kg.read.formats import READERS
from kg.read.formats.encoding import codec, decode
from kg.read.formats.source import Source, Unreadable
from kg.read.html import page_of
from kg.read.limits import LIMITS, megabytes
from kg.web.address import checked, refuse_private
from kg.web.cache import Cache, Kept
from kg.web.wire import Answer, Broken, ask

if TYPE_CHECKING:
    from kg.web.robots import Robots

_TYPES = {  # media type → the suffix whose reader takes it
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/rdf+xml": ".rdf",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/feed+json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "application/x-mimearchive": ".mhtml",
    "application/zip": ".zip",
    "application/x-hwp": ".hwp",
    "application/haansofthwp": ".hwp",
    "application/vnd.hancom.hwp": ".hwp",
    "application/vnd.hancom.hwpx": ".hwpx",
    "application/hwp+zip": ".hwpx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.apache.parquet": ".parquet",
}
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHARSET = re.compile(rb"charset\s*=", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the web is asked: seconds between requests to a host, tries, the longest wait that a server may ask for, redirects."""

    pause: float = 1.0
    tries: int = 3
    longest: float = 120.0
    redirects: int = 5
    private: bool = False
    robots: bool = True


@dataclass(slots=True)
class Visitor:
    """Asks the web; remembers what robots.txt of each host says and when it was asked last."""

    manners: Manners = Manners()
    cache: Cache = field(default_factory=Cache)
    sleep: Callable[[float], None] = time.sleep
    fresh: dict[str, Kept | ArticleError] = field(default_factory=dict)  # what was had for a build that is about to be made
    _robots: dict[str, Robots] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def get(self, url: str) -> Kept:
        """The newest that an address gives, from the cache where the server says that it is the same; ArticleError says why not."""
        kept, at = self.cache.load(url), url
        for _ in range(self.manners.redirects + 1):
            self._may(at)
            answer = self._tried(at, kept.conditions() if kept and kept.final == at else {})
            if answer.status in _REDIRECTS and answer.headers.get("location"):
                at = urljoin(at, answer.headers["location"])
                continue
            if answer.status == 304 and kept:
                return kept
            if answer.status != 200:
                raise Unreadable(url, f"answers {answer.status} {answer.reason}".rstrip())
            new = Kept.of(url, at, answer)
            self.cache.save(new)
            return new
        raise Unreadable(url, f"leads on more than {self.manners.redirects} times, last to {at}")

    def _may(self, url: str) -> None:
        """Raise ArticleError for an address that must not be asked."""
        checked(url)
        if not self.manners.private:
            refuse_private(url)
        if self.manners.robots and not self._allowed(url):
            raise ArticleError(url, "robots.txt of the site asks programs to leave it alone")

    def _allowed(self, url: str) -> bool:
        from kg.web.robots import Robots

        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = Robots.of(site, self._robots_text)
        return self._robots[site].allows(url)

    def _robots_text(self, url: str) -> tuple[int, bytes]:
        """The status and body of a robots.txt, wherever it leads."""
        for _ in range(self.manners.redirects + 1):
            checked(url)
            if not self.manners.private:
                refuse_private(url)
            answer = self._tried(url, {})
            if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                return answer.status, answer.body
            url = urljoin(url, answer.headers["location"])
        return 404, b""

    def _tried(self, url: str, conditions: Mapping[str, str]) -> Answer:
        """An answer, tried again where the server is busy or the line breaks, as it says when."""
        host, why = urlsplit(url).netloc, ""
        for attempt in range(1, self.manners.tries + 1):
            self._wait(host, url)
            try:
                answer = ask(url, conditions, private=self.manners.private, limit=LIMITS.file)
            except Broken as error:
                why, wait = str(error), float(2 ** (attempt - 1))
            else:
                if answer.status not in _AGAIN:
                    return answer
                why = f"answers {answer.status} {answer.reason}".rstrip()
                asked = answer.retry_after()
                wait = asked if asked is not None else float(2 ** (attempt - 1))
                if wait > self.manners.longest:
                    raise Unreadable(url, f"{why} and asks to come back in {wait:,.0f} seconds")
            finally:
                self._asked[host] = time.monotonic()
            if attempt < self.manners.tries:
                self.sleep(wait)
        raise Unreadable(url, f"{why}, tried {self.manners.tries} times")

    def _wait(self, host: str, url: str) -> None:
        robots = self._robots.get(f"{urlsplit(url).scheme}://{host}")
        pause = max(self.manners.pause, min(robots.pause(), 30.0) if robots else 0.0)
        if host in self._asked and (left := self._asked[host] + pause - time.monotonic()) > 0:
            self.sleep(left)


def fetched(
    addresses: Iterable[str], on_error: Callable[[ArticleError], None], visitor: Visitor | None = None
) -> Iterator[Source]:
    """What lies at some addresses, as files to be read; what cannot be had goes to ``on_error``."""
    visitor = visitor or Visitor()
    for url in dict.fromkeys(addresses):
        try:
            kept = visitor.get(url)
            feed = feed_of(kept)
            yield as_source(visitor.get(feed) if feed else kept)
        except ArticleError as error:
            on_error(error if error.source == url else type(error)(url, f"{error.reason} ({error.source})"))


def feed_of(kept: Kept) -> str | None:
    """The feed that a page names where it is the front of a site, or lists articles and holds none: that is read in its place."""
    if _suffix(kept) != ".html":
        return None
    markup = decode(_in_utf8(kept), kept.url)
    feed = feed_link(markup, kept.final)
    if feed is None or feed in (kept.url, kept.final):
        return None
    if urlsplit(kept.final).path.strip("/") in ("", "index.html", "index.do", "main.do", "index.php"):
        return feed
    try:
        page_of(markup, kept.url)
    except ArticleError:
        return feed
    return None


def as_source(kept: Kept) -> Source:
    """What was fetched as a file with the suffix of what it is."""
    from kg.read.records import of_address

    suffix = _suffix(kept)
    data = _in_utf8(kept) if suffix in (".html", ".txt", ".md", ".csv") else kept.body
    if not data:
        raise ArticleError(kept.url, "the answer is empty")
    if len(data) > LIMITS.file:
        raise ArticleError(kept.url, f"the answer has more than {megabytes(LIMITS.file)}")
    return Source(
        name=kept.url, stem=of_address(kept.url), suffix=suffix, size=len(data), open=lambda: io.BytesIO(data), url=kept.final
    )


def _suffix(kept: Kept) -> str:
    named = PurePosixPath(unquote(urlsplit(kept.final).path)).suffix.lower()
    media = kept.media.partition(";")[0].strip().lower()
    suffix = _TYPES.get(media, "")
    if suffix in ("", ".zip", ".txt", ".json") and named in READERS:  # servers call what they do not know by a general name
        return named
    if re.match(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", kept.body[:2048], re.S):
        return ".xml"
    return suffix or (".html" if kept.body[:512].lstrip()[:1] == b"<" else named or ".txt")


def _in_utf8(kept: Kept) -> bytes:
    """A text in UTF-8 where only the answer's head says which encoding it is in."""
    match = re.search(r"charset\s*=\s*[\"']?([\w-]+)", kept.media, re.I)
    if not match or _CHARSET.search(kept.body[:4096]):
        return kept.body
    name = codec(match[1])
    try:
        codecs.lookup(name)
        return kept.body.decode(name).encode("utf-8")
    except (LookupError, UnicodeError):
        return kept.body
