"""Abbreviations in a parenthesis that are not all the host's own: a second one, and one with the number of a footnote."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ACRONYM = re.compile(r"[A-Z]{2,8}")
_NUMBERED = re.compile(r"(?<=[A-Z])\d{1,2}$")


def of_another(text: str, names: Sequence[str]) -> bool:
    """Whether an abbreviation behind another one is that of another body.

    >>> of_another("IEC", ["ISO"]), of_another("IEC", []), of_another("World Tree Council", ["WTC"])
    (True, False, False)
    """
    return bool(names) and _ACRONYM.fullmatch(names[-1]) is not None and _ACRONYM.fullmatch(text) is not None


def without_footnote(text: str, behind: str) -> str:
    """An abbreviation without the number of a footnote, whose own parenthesis stands ``behind``: (WTC1)).

    >>> without_footnote("WTC1", "))는"), without_footnote("WTC1", ")는")
    ('WTC', 'WTC1')
    """
    return _NUMBERED.sub("", text) if behind.startswith("))") else text
