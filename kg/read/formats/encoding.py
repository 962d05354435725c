"""Bytes as text: UTF-8, UTF-16, CP949 (EUC-KR), ISO-2022-KR, with or without a byte order mark, whole or as a stream in flat memory."""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO, TextIO

from kg.errors import ArticleError
from kg.read.formats.mojibake import unscrambled
from kg.read.formats.source import Source

_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old binary office file (HWP 5, DOC, XLS)",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "a gzip archive",
    b"PAR1": "a Parquet file",
}
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_KOREAN = {"ks_c_5601-1987": "cp949", "euc-kr": "cp949"}
DESIGNATOR = b"\x1b$)C"  # of the Korean letters of ISO-2022-KR
UNREAD = "\ufffd"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_HEAD = 4096  # bytes that tell UTF-16 without a mark
_CHUNK = 1 << 20


def decode(data: bytes, source: str) -> str:
    """Text in UTF-8, UTF-16 or CP949 (EUC-KR), without a byte order mark; Korean that was once decoded as Latin letters is Korean again.

    >>> decode("행사".encode("euc-kr"), "a.txt")
    '행사'
    """
    refuse_binary(data, source)
    if (marked := _marked(data)) is not None:
        try:
            return _checked(data.decode(marked), source)
        except UnicodeDecodeError as error:
            raise ArticleError(source, f"the file begins as {marked} and breaks at byte {error.start}") from None
    if (told := _wide(data) or _shifted(data)) is not None:
        try:
            return _checked(data.decode(told), source)
        except (UnicodeDecodeError, ArticleError):
            raise ArticleError(source, "the file is binary, not text") from None
    try:
        return _checked(data.decode("utf-8"), source)
    except UnicodeDecodeError as error:
        where = error.start
    try:
        return _checked(data.decode("cp949"), source)
    except UnicodeDecodeError:
        raise ArticleError(source, f"the file is neither UTF-8 (byte {where}), UTF-16 nor EUC-KR/CP949") from None


def codec(charset: str | None) -> str:
    """The codec of a stated encoding, UTF-8 where none is; what Korean mail and pages call EUC-KR is CP949 as a rule.

    >>> codec("KS_C_5601-1987"), codec(None)
    ('cp949', 'utf-8')
    """
    return _KOREAN.get((charset or "").lower(), charset or "utf-8")


def decode_stated(data: bytes, charset: str | None, source: str) -> str:
    """Text in the encoding that is stated beside it, or by its own bytes where that is none or wrong."""
    try:
        return data.decode(codec(charset))
    except (LookupError, UnicodeError):
        return decode(data, source)


def refuse_binary(data: bytes, source: str) -> None:
    """Raise ArticleError for what begins as a file of another kind."""
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise ArticleError(source, f"the file is {what}, not text")


def open_text(source: Source, declared: re.Pattern[bytes] | None = None) -> TextIO:
    """A file as a stream of characters; the encoding is found by reading it through once, a piece at a time.

    A pattern finds the encoding that the file names itself; what is not in it stands as ``UNREAD`` where nothing else reads the file.
    """
    with source.open() as file:
        head = file.read(_HEAD)
        if not head:
            raise ArticleError(source.name, "the file is empty")
        refuse_binary(head, source.name)
        stated = _stated(declared.match(head)) if declared else None
        encoding = _marked(head) or _wide(head) or _shifted(head)
        errors = "strict"
        if encoding is None:
            try:
                encoding = _narrow(file, head, source.name, stated)
            except ArticleError:
                if stated is None:
                    raise
                encoding, errors = stated, "replace"
    return io.TextIOWrapper(source.open(), encoding=encoding, errors=errors, newline="")


def _stated(match: re.Match[bytes] | None) -> str | None:
    """The codec of an encoding that a file names, None for one in which the name itself could not be read."""
    try:
        name = codec(match[1].decode("ascii")) if match else "utf-8"
        return name if match and match[1].decode(name) == match[1].decode("ascii") else None
    except (LookupError, UnicodeError):
        return None


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    head = data[:_HEAD]
    if b"\0" not in head:
        return None
    return "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"


def _shifted(data: bytes) -> str | None:
    """ISO-2022-KR, which says with a designator in its head that it is."""
    return "iso2022_kr" if DESIGNATOR in data[:_HEAD] else None


def _narrow(file: BinaryIO, head: bytes, source: str, stated: str | None) -> str:
    decoders = {name: codecs.getincrementaldecoder(name)() for name in filter(None, (stated, "utf-8", "cp949"))}
    at, broken, chunk = 0, 0, head
    while decoders:
        last = not chunk
        for name in list(decoders):
            try:
                decoders[name].decode(chunk, final=last)
            except UnicodeDecodeError as error:
                del decoders[name]
                broken = at + error.start if name == "utf-8" else broken
        if last:
            break
        at += len(chunk)
        chunk = file.read(_CHUNK)
    if not decoders:
        raise ArticleError(source, f"the file is neither UTF-8 (byte {broken}), UTF-16 nor EUC-KR/CP949")
    return next(iter(decoders))


def _checked(text: str, source: str) -> str:
    if len(_CONTROL.findall(text)) > max(3, len(text) // 100):
        raise ArticleError(source, "the file is binary, not text")
    return unscrambled(text)
