"""Pages that a browser saved as one file (.mhtml, .mht): the page among the pictures and styles that it was saved with."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage

from kg.errors import ArticleError
from kg.read.formats.encoding import decode_stated
from kg.read.formats.source import Page, Source


def read(source: Source) -> Iterator[Page]:
    """The page of the file, with the address that it was saved from."""
    from kg.read.html import markup_page

    try:
        message = email.message_from_bytes(source.read(), policy=email.policy.default)
        part = _page(message)
        data = part.get_payload(decode=True) if part else None
        address = str((part or message).get("content-location") or message.get("snapshot-content-location") or "")
    except ArticleError:
        raise
    except Exception as error:  # the library raises whatever a header brings about
        raise ArticleError(source.name, f"the saved page cannot be read: {type(error).__name__}: {error}") from None
    if part is None or not isinstance(data, bytes) or not data.strip():
        raise ArticleError(source.name, "the file holds no saved page")
    yield markup_page(decode_stated(data, part.get_content_charset(), source.name), source.name, address)


def _page(message: EmailMessage) -> EmailMessage | None:
    """The part that is the page itself: the first in HTML, as browsers write it."""
    return next((part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)
