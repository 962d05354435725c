"""A record of a table, a JSON document or a data frame as a page: which key is what, and which values can be meant."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from kg.errors import ArticleError
from kg.read.columns import chosen, load_columns, missing
from kg.read.formats.source import Page, Source
from kg.read.limits import check_length
from kg.read.section import is_section
from kg.read.stamps import stamp

_NAMED = ("name", "title", "text", "value", "url", "#text")  # keys that say what a nested value is called
_TRIMMED = ("id", "date", "modified", "publisher", "section", "url")
_DAYS = ("date", "modified")


def record_page(record: Mapping[Any, object], source: Source, where: str) -> Page:
    """The page of a record; a record that gives no article is an ArticleError with its place."""
    place = source.name + where
    keys = chosen(record, source.columns) | chosen(
        (key for key, value in record.items() if value not in (None, "")), source.columns
    )
    said = {field: _value(record[key], field, place) for field, key in keys.items()}
    url, words = said.get("url"), said.get("text")
    identifier = said.get("id") or (of_address(url) if url else f"{source.stem}{where}")
    identifier = unicodedata.normalize("NFC", identifier)
    if "text" not in keys:
        raise ArticleError(place, missing(record, source.columns))
    if not (words or "").strip() and not (said.get("title") or "").strip():
        raise ArticleError(place, f"the record {identifier!r} has neither text nor title")
    check_length(words or "", place)
    notes = [] if (words or "").strip() else ["the record has a title and no text"]
    if words and len(words) <= 400 and words.rstrip().endswith(load_columns().cut):
        notes.append(f"the text ends in {words.rstrip()[-12:]!r}: the export holds its beginning only")
    days = {field: day for field in _DAYS if (day := said.get(field))}
    found = {field: _day(record[keys[field]], day) for field, day in days.items()}
    if found.get("date", True) is None:
        notes.append(f"the date {days['date'][:80]!r} is no date")
    section = " ".join((said.get("section") or "").split())
    return Page(
        text=words or "",
        title=said.get("title") or "",
        date=found.get("date"),
        modified=found.get("modified"),
        section=section if is_section(section) else None,
        publisher=said.get("publisher") or None,
        url=url or None,
        identifier=identifier,
        where=where,
        notes=tuple(notes),
    )


def _value(value: object, field: str, place: str) -> str | None:
    """A value as words; None where there is none."""
    if isinstance(value, Mapping) and field != "text":
        value = next((value[key] for key in _NAMED if key in value), None)
    if isinstance(value, list | tuple) and value and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value) if field == "text" else value[0]
    if value is None or isinstance(value, float) and math.isnan(value) or type(value).__name__ in ("NaTType", "NAType"):
        return None
    if isinstance(value, dt.date):
        value = value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and field in ("id", *_DAYS):
        value = str(int(value)) if float(value).is_integer() else str(value)
    if not isinstance(value, str):
        raise ArticleError(place, f"{field}: {repr(value)[:80]} is {type(value).__name__}, not a string")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ArticleError(place, f"{field}: half of a surrogate pair at character {error.start}") from error
    return value.strip() if field in _TRIMMED else value


def _day(raw: object, words: str) -> dt.date | None:
    return stamp(raw if isinstance(raw, dt.date) else words)


def of_address(url: str) -> str:
    """An identifier from an address, without what does not tell pages apart.

    >>> of_address("https://www.example.org/news/view.do?id=7#top")
    'example.org/news/view.do?id=7'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if not parts.netloc:
        return url
    path = parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
    return re.sub(r"\s+", "", f"{path}?{parts.query}" if parts.query else path)
