"""One request over HTTP, within limits of time and size; the address that is connected to is the one that is checked."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from kg.errors import ArticleError
from kg.read.limits import megabytes
from kg.version import __version__
from kg.web.address import is_public

AGENT = f"PressKG/{__version__} (reads public pages and feeds for a local knowledge graph)"
_CONNECT, _READ, _WHOLE = 10.0, 30.0, 120.0  # seconds
_ACCEPT = "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.5"


class Broken(Exception):
    """The line broke or took too long; another try may do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A server's answer; the names of headers are in small letters."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def retry_after(self) -> float | None:
        """The seconds after which the server wants to be asked again, None where it does not say.

        >>> Answer(status=429, reason="", headers={"retry-after": "7"}, body=b"").retry_after()
        7.0
        """
        words = self.headers.get("retry-after", "").strip()
        if words.isascii() and words.isdigit():
            return float(words[:9])
        try:
            at = parsedate_to_datetime(words)
        except (ValueError, TypeError, IndexError):
            return None
        now = dt.datetime.now(dt.UTC)
        return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=dt.UTC)) - now).total_seconds())


def ask(url: str, headers: Mapping[str, str], *, private: bool, limit: int) -> Answer:
    """The answer to a GET; redirects are not followed."""
    import requests

    start = time.monotonic()
    sent = {"User-Agent": AGENT, "Accept": _ACCEPT, "Accept-Language": "ko,en;q=0.5", **headers}
    try:
        with _session(private).get(url, headers=sent, timeout=(_CONNECT, _READ), allow_redirects=False, stream=True) as got:
            body = bytearray()
            for piece in got.iter_content(1 << 16):
                body += piece
                if len(body) > limit:
                    raise ArticleError(url, f"the answer has more than {megabytes(limit)}")
                if time.monotonic() - start > _WHOLE:
                    raise Broken(f"took longer than {_WHOLE:.0f} seconds")
            return Answer(
                status=got.status_code,
                reason=got.reason or "",
                headers={k.lower(): v for k, v in got.headers.items()},
                body=bytes(body),
            )
    except requests.RequestException as error:
        if (refused := _refusal(error)) is not None:
            raise ArticleError(url, str(refused)) from None
        raise Broken(f"cannot be reached: {_short(error)}") from None
    except (ValueError, OSError) as error:
        raise Broken(f"cannot be reached: {_short(error)}") from None


class _Private(OSError):
    """A name led to an address of this machine or of a private network."""


@lru_cache(maxsize=2)
def _session(private: bool):
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    def guarded(connection: type) -> type:
        class Guarded(connection):
            """Looks at whom it is connected to before anything is sent: a name may have changed since it was checked."""

            def _new_conn(self):
                sock = super()._new_conn()
                peer = str(sock.getpeername()[0]).partition("%")[0]
                if not private and not is_public(peer):
                    sock.close()
                    raise _Private(f"{self.host} is {peer}, an address of this machine or of a private network")
                return sock

        return Guarded

    class Plain(HTTPConnectionPool):
        """Connections to http."""

        ConnectionCls = guarded(HTTPConnection)

    class Secure(HTTPSConnectionPool):
        """Connections to https."""

        ConnectionCls = guarded(HTTPSConnection)

    class Adapter(HTTPAdapter):
        """Uses the guarded connections."""

        def init_poolmanager(self, *args: Any, **options: Any) -> None:
            super().init_poolmanager(*args, **options)
            self.poolmanager.pool_classes_by_scheme = {"http": Plain, "https": Secure}

    session = requests.Session()
    session.trust_env = False  # neither proxies, which would be asked in our place, nor stored passwords
    for scheme in ("http://", "https://"):
        session.mount(scheme, Adapter())
    return session


def _refusal(error: BaseException | None) -> _Private | None:
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, _Private):
            return error
        inner = getattr(error, "reason", None) or next((a for a in error.args if isinstance(a, BaseException)), None)
        error, seen = inner if isinstance(inner, BaseException) else error.__context__, seen + 1
    return None


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
