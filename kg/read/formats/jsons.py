"""JSON Lines, and JSON documents that hold a list of records: read one record at a time in flat memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any, TextIO

from kg.errors import ArticleError
from kg.read.columns import FIELDS, chosen, folded, load_columns
from kg.read.formats.encoding import DESIGNATOR, decode, open_text
from kg.read.formats.source import Page, Source
from kg.read.limits import LIMITS, megabytes
from kg.read.records import record_page

_DIGITS = 4000  # of a number; Python makes no larger ones from text
_PIECE = 1 << 16
_BLANK = " \t\r\n\ufeff"


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _DIGITS else digits


_DECODER = json.JSONDecoder(parse_int=_number)


def read_lines(source: Source) -> Iterator[Page | ArticleError]:
    """One record a line."""
    count = 0
    for number, line in enumerate(_lines(source), 1):
        if isinstance(line, ArticleError):
            count += 1
            yield ArticleError(f"{source.name}:{number}", line.reason)
            continue
        if not line.strip():
            continue
        count += 1
        place = f"{source.name}:{number}"
        try:
            yield _page(_parsed(line, place), source, f":{number}")
        except ArticleError as error:
            yield error
    if not count:
        raise ArticleError(source.name, "the file is empty")


def _lines(source: Source) -> Iterator[str | ArticleError]:
    """Lines as text; each may be in its own encoding, as corpora put together from several are."""
    with source.open() as file:
        head = file.read(64)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head or DESIGNATOR in head:
        with open_text(source) as text:
            yield from _bounded(text)
        return
    with source.open() as file:
        if head.startswith(b"\xef\xbb\xbf"):
            file.read(3)
        for line in _bounded(file):
            if isinstance(line, ArticleError):
                yield line
                continue
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError:
                try:
                    yield decode(line, source.name)
                except ArticleError as error:
                    yield error


def _bounded(file: IO[Any]) -> Iterator:
    while line := file.readline(LIMITS.record + 1):
        if len(line) > LIMITS.record:
            while (rest := file.readline(LIMITS.record)) and not rest.endswith(b"\n" if isinstance(rest, bytes) else "\n"):
                pass
            yield ArticleError("", f"the line is longer than the {megabytes(LIMITS.record)} of one record")
            continue
        yield line


def _parsed(words: str, place: str) -> object:
    try:
        value, end = _DECODER.raw_decode(words.strip(_BLANK))
    except (json.JSONDecodeError, RecursionError) as error:
        raise ArticleError(place, f"the line is no JSON: {error}") from None
    if rest := words.strip(_BLANK)[end:].strip(_BLANK):
        raise ArticleError(place, f"the line is no JSON: {rest[:20]!r} stands behind the record")
    return value


def _page(record: object, source: Source, where: str) -> Page:
    if not isinstance(record, Mapping):
        raise ArticleError(
            source.name + where, f"the record holds {type(record).__name__}, not an object with {', '.join(FIELDS)}"
        )
    return record_page(record, source, where)


def read_document(source: Source) -> Iterator[Page | ArticleError]:
    """A list of records; an object around one; one record; or records one behind the other."""
    with open_text(source) as file:
        stream = _Stream(file, source.name)
        opening = stream.peek()
        if opening == "":
            raise ArticleError(source.name, "the file is empty")
        values = stream.elements() if opening == "[" else stream.values()
        number = 0
        for value in values:
            if isinstance(value, ArticleError):
                yield value
                continue
            held = _held(value) if opening != "[" else None
            for record in [value] if held is None else held:
                number += 1
                try:
                    yield _page(record, source, f":{number}")
                except ArticleError as error:
                    yield error
        if not number:
            raise ArticleError(source.name, "the JSON holds no record")


def _held(value: object, depth: int = 0) -> list | None:
    """The records in an object around them; None for a record itself."""
    if not isinstance(value, Mapping) or "text" in chosen(value, {}) and not _around(value):
        return None
    for key in _around(value) or list(value):
        inner = value[key]
        if isinstance(inner, list) and inner and all(isinstance(item, Mapping) for item in inner):
            return [item.get("_source", item) for item in inner]
        if isinstance(inner, Mapping) and depth < 4 and (found := _held(inner, depth + 1)) is not None:
            return found
    return None


def _around(value: Mapping) -> list[str]:
    """Keys under which a document keeps its list, where they hold no words."""
    return [key for key in value if folded(key) in load_columns().around and isinstance(value[key], list | Mapping)]


class _Stream:
    """A JSON text read a piece at a time: the values in it, one behind the other."""

    def __init__(self, file: TextIO, name: str) -> None:
        self._file, self._name = file, name
        self._text, self._at, self._ended, self._read = "", 0, False, 0

    def peek(self) -> str:
        """The next character that is not blank, empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def values(self) -> Iterator[object]:
        """The values up to the end."""
        while self.peek():
            yield self._value()

    def elements(self) -> Iterator[object]:
        """The elements of the list that begins here."""
        self._at += 1
        if self.peek() == "]":
            return
        while True:
            yield self._value()
            mark = self.peek()
            self._at += 1
            if mark == "]":
                return
            if mark != ",":
                raise ArticleError(
                    self._name,
                    f"the JSON breaks at character {self._place():,}: "
                    + (f"{mark!r} stands where , or ] has to" if mark else "the list does not end"),
                )

    def _value(self) -> object:
        self.peek()
        wanted = _PIECE
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                raise ArticleError(self._name, f"the JSON at character {self._place():,} is nested too deep") from None
            except json.JSONDecodeError as error:
                held = len(self._text) - self._at
                if held > LIMITS.record:
                    raise ArticleError(
                        self._name,
                        f"the record at character {self._place():,} is longer than the "
                        f"{megabytes(LIMITS.record)} of one record, or does not end",
                    ) from None
                wanted = max(wanted, held)  # twice as much each time, so that a long record is not parsed over and over
                if not self._more(wanted):
                    raise ArticleError(
                        self._name, f"the JSON breaks at character {self._read - len(self._text) + error.pos:,}: {error.msg}"
                    ) from None
                continue
            if end < len(self._text) or not self._more():  # a number may go on behind the piece
                self._at = end
                return value

    def _more(self, size: int = _PIECE) -> bool:
        piece = "" if self._ended else self._file.read(size)
        if not piece:
            self._ended = True
            return False
        self._read += len(piece)
        self._text, self._at = self._text[self._at :] + piece, 0
        return True

    def _place(self) -> int:
        return self._read - len(self._text) + self._at
