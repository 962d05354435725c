"""Where ``data/``, ``ontology/`` and ``viz/`` are: beside the code in an installed wheel, beside ``kg/`` in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder.

    >>> resource("ontology", "press.ttl").name
    'press.ttl'
    """
    installed = _PACKAGE.joinpath(*parts)
    return installed if _PACKAGE.joinpath(parts[0]).exists() else _PACKAGE.parent.joinpath(*parts)
