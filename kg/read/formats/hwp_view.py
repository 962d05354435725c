"""The text of a distribution document (배포용 문서) of HWP 5: anybody may read it, a program has to unfold it first.

The published description "한글 문서 파일 형식 – 배포용 문서" gives the way: the first record of ``ViewText/Section0`` … holds 256 bytes that hide
the key of the rest, which is AES-128 by blocks. The key stands in the file itself: nothing is broken open here.
"""

from __future__ import annotations

import struct
from typing import Any

from kg.errors import ArticleError
from kg.read.formats.source import needed

_HEAD, _SIZE, _TAG = 4, 256, 28


def unfolded(raw: bytes, name: str) -> bytes:
    """The stream of a section without its distribution record, as it stands in a plain document.

    >>> unfolded(b"abc", "a.hwp")
    Traceback (most recent call last):
    ...
    kg.errors.ArticleError: a.hwp: the HWP is damaged: its distribution record is not there
    """
    if len(raw) < _HEAD + _SIZE or struct.unpack_from("<I", raw)[0] & 0x3FF != _TAG:
        raise ArticleError(name, "the HWP is damaged: its distribution record is not there")
    ciphers: Any = needed("cryptography.hazmat.primitives.ciphers", "cryptography", name)
    key = _key(raw[_HEAD : _HEAD + _SIZE])
    rest = raw[_HEAD + _SIZE :]
    decryptor = ciphers.Cipher(ciphers.algorithms.AES(key), ciphers.modes.ECB()).decryptor()
    return decryptor.update(rest[: len(rest) // 16 * 16])


def _key(record: bytes) -> bytes:
    """The key among the 256 bytes: they are mixed with a row of numbers whose seed opens them."""
    seed = struct.unpack_from("<I", record)[0]
    mixed, state, left, byte = bytearray(record), seed, 0, 0
    for i in range(_SIZE):
        if not left:
            state, byte = _next(state)
            state, left = _next(state)
            byte, left = byte & 0xFF, (left & 0xF) + 1
        if i >= _HEAD:
            mixed[i] ^= byte
        left -= 1
    at = _HEAD + (seed & 0xF)
    return bytes(mixed[at : at + 16])


def _next(state: int) -> tuple[int, int]:
    state = (state * 214013 + 2531011) & 0xFFFFFFFF
    return state, state >> 16 & 0x7FFF
