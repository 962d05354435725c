"""The publisher of a text as a body that it may name: 가람시 of a text published by 가람시, which no list holds."""

from __future__ import annotations

import re

from kg.knowledge.load import Knowledge
from kg.model import Mention

_GOVERNED = re.compile(r"[가-힣]{1,3}[시군구]")


def publishing(publisher: str | None, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The publisher as a body, where it is no known one and its name tells what kind of body it is.

    >>> from kg.knowledge.load import load_knowledge
    >>> [m.kind for m in publishing("새솔군", load_knowledge())], publishing("환경부", load_knowledge()), publishing(None, load_knowledge())
    (['LocalGovernment'], (), ())
    """
    name = (publisher or "").strip()
    if not name or name in knowledge.gazetteer:
        return ()
    suffixes = knowledge.organizations.suffixes
    suffix = max((s for s in suffixes if name.endswith(s) and len(name) > len(s) + 1), key=len, default="")
    kind = "LocalGovernment" if _GOVERNED.fullmatch(name) else suffixes.get(suffix)
    return () if kind is None else (Mention(start=0, end=len(name), kind=kind, name=name, rule="named-before"),)
