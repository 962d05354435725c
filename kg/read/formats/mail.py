"""Mail (.eml): the message as an article, and each attached document as one of its own."""

from __future__ import annotations

import codecs
import email
import email.policy
import io
import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from kg.errors import ArticleError
from kg.read.formats.encoding import decode_stated
from kg.read.formats.markup import fragment_text
from kg.read.formats.source import Page, Source
from kg.read.stamps import stamp

_SUBJECT = re.compile(
    r"^(?:\s*(?:re|fwd?|회신|전달|답장)\s*[:：])+\s*|^\s*[\[(<【](?:보도\s?자료|보도\s?참고|보도\s?설명|취재\s?요청)[^\])>】]{0,12}[\])>】]\s*",
    re.I,
)


def read(source: Source) -> Iterator[Page | ArticleError]:
    """The message and what is attached to it."""
    from kg.read.formats import member_pages

    try:
        data = source.read().removeprefix(codecs.BOM_UTF8)
        if b"\0" in data[:4]:
            raise ArticleError(source.name, "the mail is in UTF-16, which mail cannot be: its headers are letters of one byte")
        message = email.message_from_bytes(data, policy=email.policy.default)
        words, attached = _parts(message, source)
        title, day = _subject(message, source), stamp(str(message.get("date") or ""))
    except ArticleError:
        raise
    except Exception as error:  # the library raises whatever a header brings about
        raise ArticleError(source.name, f"the mail cannot be read: {type(error).__name__}: {error}") from None
    if not words.strip() and not attached and not message.keys():
        raise ArticleError(source.name, "the file is no mail: no headers in it")
    if words.strip():
        yield Page(text=words, title=title, date=day)
    elif not attached:
        raise ArticleError(source.name, "the mail holds no text")
    for name, data in attached:
        inner = Source(
            name=f"{source.name}!/{name}",
            stem=PurePosixPath(name).stem,
            suffix=PurePosixPath(name).suffix.lower(),
            size=len(data),
            open=partial(io.BytesIO, data),
            columns=source.columns,
            inside=True,
        )
        yield from member_pages(inner, f"!/{name}", f"{source.stem}/{inner.stem}")


def _subject(message: Any, source: Source) -> str:
    raw = next((value for name, value in message.raw_items() if name.lower() == "subject"), "")
    title, before = str(message.get("subject") or ""), None
    if not raw.isascii():  # bytes as they stand there, which should be encoded words
        body = message.get_body(preferencelist=("plain", "html"))
        title = decode_stated(raw.encode("utf-8", "surrogateescape"), body and body.get_content_charset(), source.name)
    while title != before:
        before, title = title, _SUBJECT.sub("", title)
    return " ".join(title.split())


def _parts(message: Any, source: Source) -> tuple[str, list[tuple[str, bytes]]]:
    body = message.get_body(preferencelist=("plain", "html"))
    words = ""
    if body is not None:
        data = body.get_payload(decode=True) or b""
        words = _words(data, body.get_content_charset(), source)
        words = fragment_text(words) if body.get_content_subtype() == "html" else words
    attached = []
    for part in message.iter_attachments() if message.is_multipart() else ():
        name = re.sub(r"[\\/\x00-\x1f]", "_", part.get_filename() or "")
        if name and (data := part.get_payload(decode=True)):
            attached.append((name, data))
    return words, attached


def _words(data: bytes, charset: str | None, source: Source) -> str:
    return decode_stated(data, charset, source.name) if data.strip() else ""
