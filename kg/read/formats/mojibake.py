"""Korean that was decoded as Latin letters: ``ºÎ»ê`` for 부산 (EUC-KR), ``ë¶€ì‚°`` (UTF-8), as programs write that guess an encoding."""

from __future__ import annotations

import re

_LOST = "\ufffd"
_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile("[\x80-\xff]")
_WIDE = re.compile("([^\x00-\xff]+)")
_RUN = re.compile(rb"[\xa1-\xfe]+")
_LONGEST = 64  # bytes of a run that is mended: each place in it is tried
_SOFT = "서강화열"  # what ends in the byte AD most often
_HEAD = 4000  # characters, of which one in Korean says that all is well
_LEAST = 8  # Latin letters beyond ASCII
_MAY_LOSE = 0.05  # of the Korean letters that come out, so many may be lost
_PUNCTUATION = {chr(i): bytes([i]) for i in range(0x80, 0xA0)} | {
    bytes([i]).decode("cp1252"): bytes([i]) for i in range(0x80, 0xA0) if i not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def unscrambled(text: str, least: int = _LEAST) -> str:
    """Text whose Korean was decoded as Latin-1 or Windows-1252, as it was meant; any other text as it is.

    ``least`` is how many Latin letters beyond ASCII there must be, and Korean ones must come out.

    >>> unscrambled("마을 책 잔치를 열었다".encode("cp949").decode("latin-1")), unscrambled("마을에서 책 잔치를 열었다".encode().decode("latin-1"))
    ('마을 책 잔치를 열었다', '마을에서 책 잔치를 열었다')
    >>> unscrambled("Le père Noël a été vu à Séoul, où il préférait l’été.")
    'Le père Noël a été vu à Séoul, où il préférait l’été.'
    """
    head = text[:_HEAD]
    if _HANGUL.search(head) or len(_LATIN.findall(text)) < least:
        return text
    found = [read for codec in ("utf-8", "cp949") for marks in ({}, _PUNCTUATION) if (read := _read(text, codec, marks, least))]
    return min(found, key=lambda one: one.count(_LOST), default=text)


def _read(text: str, codec: str, marks: dict[str, bytes], least: int) -> str | None:
    """The text in a codec, None where it is none; ``marks`` are letters beyond Latin-1 that stand for a byte, others stand for themselves."""
    latin = "".join(marks[c].decode("latin-1") if c in marks else c for c in text)
    pieces = ((piece, "") if i % 2 == 0 else ("", piece) for i, piece in enumerate(_WIDE.split(latin)))
    read = "".join(_softened(piece.encode("latin-1"), codec).decode(codec, "replace") + wide for piece, wide in pieces)
    korean = len(_HANGUL.findall(read))
    return read if korean >= least and read.count(_LOST) <= _MAY_LOSE * korean else None


def _softened(data: bytes, codec: str) -> bytes:
    """With the byte AD, in Latin-1 a soft hyphen that programs drop, in runs of EUC-KR that lack one byte: 서 is BC AD, 강 B0 AD."""
    if codec != "cp949":
        return data
    return _RUN.sub(lambda run: _whole(run[0]) if len(run[0]) % 2 and len(run[0]) <= _LONGEST else run[0], data)


def _whole(run: bytes) -> bytes:
    def korean(mended: bytes) -> tuple[int, int]:
        read = mended.decode("euc-kr", "replace")
        return len(_HANGUL.findall(read)), sum(map(read.count, _SOFT))

    return max((run[: i + 1] + b"\xad" + run[i + 1 :] for i in range(0, len(run), 2)), key=korean)
