"""Morphemes as every reader of tokens has them, without the analyser that gives them: linking reads names and needs no spaCy."""

from __future__ import annotations

from typing import NamedTuple


class Morph(NamedTuple):
    """A morpheme: its dictionary form and its Sejong tag (NNG, JKS, XSV …)."""

    form: str
    tag: str
