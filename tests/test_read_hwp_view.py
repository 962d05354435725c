"""Distribution documents of HWP (배포용 문서): the text unfolds with the key that stands in the file."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pytest

from kg.errors import ArticleError
from kg.read.formats import hwp, hwp_view
from kg.read.formats.source import Source

ciphers = pytest.importorskip("cryptography.hazmat.primitives.ciphers")
WORDS = "가온시는 5일 강변 책 나눔 잔치를 열었다."


def paragraph(words: str) -> bytes:
    data = words.encode("utf-16-le")
    return struct.pack("<I", 66 | 0 << 10 | 4 << 20) + bytes(4) + struct.pack("<I", 67 | 1 << 10 | len(data) << 20) + data


def folded(plain: bytes, seed: int) -> bytes:
    """A section as a program writes it for distribution."""
    rng = random.Random(seed)
    record = bytearray(struct.pack("<I", seed) + rng.randbytes(252))
    key = hwp_view._key(bytes(record))  # whatever key those bytes hide
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(plain) + packer.flush()
    packed += bytes(-len(packed) % 16)
    encryptor = ciphers.Cipher(ciphers.algorithms.AES(key), ciphers.modes.ECB()).encryptor()
    return struct.pack("<I", 28 | 256 << 20) + bytes(record) + encryptor.update(packed)


class Ole:
    """The streams of a compound document."""

    def __init__(self, streams):
        self.streams = streams

    def exists(self, name):
        return name in self.streams

    def listdir(self):
        return [name.split("/") for name in self.streams]

    def openstream(self, name):
        return io.BytesIO(self.streams["/".join(name) if isinstance(name, list) else name])


SOURCE = Source(name="a.hwp", stem="a", suffix=".hwp", size=1, open=lambda: io.BytesIO(b""))
HEADER = b"HWP Document File".ljust(36, b"\0") + struct.pack("<I", 1 | 4)


@pytest.mark.parametrize("seed", [0, 1, 20250305, 2**32 - 1])
def test_a_distribution_document_is_read(seed):
    ole = Ole({"FileHeader": HEADER, "BodyText/Section0": b"", "ViewText/Section0": folded(paragraph(WORDS), seed)})
    [section] = hwp._sections(ole, SOURCE)
    assert list(hwp._blocks(hwp._tree(section, SOURCE))) == [WORDS]


def test_known_numbers():
    """The row of numbers is the one of the description (its seed 1 gives 41, 18467, 6334)."""
    state, found = 1, []
    for _ in range(3):
        state, number = hwp_view._next(state)
        found.append(number)
    assert found == [41, 18467, 6334]


@pytest.mark.parametrize(
    ("section", "why"),
    [(b"", "record is not there"), (paragraph(WORDS) * 20, "record is not there"), (None, "no ViewText/Section0")],
)
def test_a_damaged_one_says_so(section, why):
    streams = {"FileHeader": HEADER, "BodyText/Section0": b""} | ({} if section is None else {"ViewText/Section0": section})
    with pytest.raises(ArticleError, match=why):
        list(hwp._sections(Ole(streams), SOURCE))
