"""What people read on a terminal: words only, whatever a text, a file's name or a query holds."""

from __future__ import annotations

import re
import sys
import unicodedata

from kg.speech import spoken

# Everything that moves the cursor, colours, renames the window, or turns the writing around; line feeds and tabs stay.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")


def clean(text: str) -> str:
    """Words with a sign in the place of each control character.

    >>> clean("목포\\x1b[31m시\\r"), clean("\\u202e포럼\\x7f\\x9b")
    ('목포␛[31m시␍', '�포럼␡�')
    """
    return _CONTROL.sub(lambda found: _sign(ord(found[0])), text)


def _sign(code: int) -> str:
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def padded(text: str, width: int, *, right: bool = False) -> str:
    """A cell of a table, filled up with spaces; a syllable of Korean is two columns wide.

    >>> padded("놓침", 6) + "|", padded("P", 3, right=True)
    ('놓침  |', '  P')
    """
    room = " " * max(0, width - sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text))
    return room + text if right else text + room


def tell(message: str) -> None:
    """Write a line to standard error, in the reader's language."""
    print(clean(spoken(message)), file=sys.stderr, flush=True)
