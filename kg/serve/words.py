"""The language of the pages: Korean as they are written, or English by ``viz/serve/english.toml``, as a reader's browser or the server's
owner wants it."""

from __future__ import annotations

import re
import tomllib
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from kg.knowledge.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LANGUAGES = ("ko", "en")
_COOKIE = "presskg-lang"
language: ContextVar[str] = ContextVar("language", default="ko")  # of the request that is answered


@lru_cache(maxsize=1)
def english() -> Mapping[str, str]:
    """The English of each piece of Korean that a page says by itself."""
    tables = tomllib.loads(resource("viz", "serve", "english.toml").read_text(encoding="utf-8"))
    return {korean: words for table in tables.values() for korean, words in table.items()}


def put(korean: str, lang: str | None = None) -> str:
    """Words of ours in the language of the request; what has no English, names and sentences of articles, stays as it is.

    >>> put("시간표", "en"), put("목포시", "en"), put("시간표", "ko")
    ('Timeline', '목포시', '시간표')
    """
    return english().get(korean, korean) if (lang or language.get()) == "en" else korean


_SEGMENT = re.compile(r"""[^<>{}"'`\n]*[가-힣][^<>{}"'`\n]*""")


def segments(source: str) -> list[str]:
    """What a template or script says in Korean, piece by piece: what stands between marks, quotes and braces.

    >>> segments('<b>{{ n }}줄</b> <a title="크게 보기">')
    ['줄', '크게 보기']
    """
    return [found.strip() for found in _SEGMENT.findall(source)]


def translated(source: str) -> str:
    """A template or script with the English of what it says in Korean.

    >>> translated('<h1>시간표 <small>1</small></h1>')
    '<h1>Timeline <small>1</small></h1>'
    """

    def one(found: re.Match[str]) -> str:
        words = found[0].strip()
        return found[0].replace(words, put(words, "en"))

    source = re.sub(r'(src|href)="/static/(\w+\.js)"', r'\1="/static/en/\2"', source)
    return _SEGMENT.sub(one, source)


def looked(look: Any) -> str:
    """The name of a class or relation as it is drawn, in the language of the request."""
    return str(getattr(look, language.get(), "") or look.ko)


def preferred(asked: str | None, cookie: str | None, server: str | None, header: str) -> str:
    """The language of a page: what its address asks for, what was chosen before, what the server was told, what the browser prefers.

    >>> preferred(None, None, None, "en-GB,en;q=0.9,ko;q=0.5"), preferred(None, None, "ko", "en"), preferred("en", "ko", None, "")
    ('en', 'ko', 'en')
    """
    for one in (asked, cookie, server):
        if one in LANGUAGES:
            return one
    ranked = sorted(re.findall(r"\b(ko|en)\b[^,;]*(?:;\s*q=([\d.]+))?", header), key=lambda pair: -float(pair[1] or 1))
    return ranked[0][0] if ranked else "ko"


class Spoken:
    """Middleware: the language of each request, kept in a cookie where its address asks for one."""

    def __init__(self, app: ASGIApp, lang: str | None = None) -> None:
        self._app, self._lang = app, lang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, in the reader's language."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [None])[0]
        kept = re.search(rf"\b{_COOKIE}=(\w+)", headers.get(b"cookie", ""))
        language.set(preferred(asked, kept and kept[1], self._lang, headers.get(b"accept-language", "")))

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and asked in LANGUAGES:
                cookie = f"{_COOKIE}={asked}; Path=/; Max-Age=31536000; SameSite=Lax"
                message["headers"] = [*message["headers"], (b"set-cookie", cookie.encode())]
            await send(message)

        await self._app(scope, receive, told)
