"""The one place that mints IRIs, each from what the thing is: never from where or when it was read."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from kg.knowledge.vocab import ARTICLE, ASSERTION, ID
from kg.model import Evidence, Thing

_SUFFIX = {
    "Venue": "장소",
    "City": "지역",
    "Region": "지역",
    "Place": "장소",
    "Topic": "주제",
    "Presentation": "발표",
    "Case": "사례",
    "System": "시스템",
    "Award": "상",
    "Affiliation": "소속",
    "Role": "직함",
    "Post": "자리",
}
_HASHED = 80  # characters of a local name; a longer one is cut and gets a hash


@lru_cache(maxsize=1 << 17)
def mint(thing: Thing) -> str:
    """The IRI of a thing, a function of its family, name and scope alone.

    >>> mint(Thing(kind="GovernmentBody", name="인사혁신처")).removeprefix(ID)
    '인사혁신처'
    >>> mint(Thing(kind="Seminar", name="국제 세미나", scope="2021-06-28")).removeprefix(ID)
    '국제_세미나_2021-06-28'
    """
    name = _local(thing.name)
    if thing.kind == "Quotation":
        return f"{ID}말_{_local(thing.name[:20])}_{_hash(thing.name, thing.scope)}"
    parts = [name]
    if thing.kind in _SUFFIX:
        parts.append(_SUFFIX[thing.kind])
    if thing.scope:
        parts.append(_local(thing.scope, keep="-"))
    local = "_".join(p for p in parts if p)
    if len(local) > _HASHED:
        local = f"{local[:_HASHED]}_{_hash(thing.name + thing.scope)}"
    return f"{ID}{local}"


_UNSAID = re.compile(r"[^\w.~-]+")  # what the IRI of an article or a rule does not hold as it is


@lru_cache(maxsize=1 << 14)
def article_iri(identifier: str) -> str:
    """The IRI of an article: its identifier, spelled as other things are and percent-encoded only where an IRI needs it.

    >>> article_iri("보도자료 3#2").removeprefix(ARTICLE)
    '보도자료%203%232'
    """
    return ARTICLE + _encoded(identifier)


def rule_iri(rule: str) -> str:
    """The IRI of a rule that statements were made by.

    >>> rule_iri("chaired.take").removeprefix(ID), rule_iri("hand:venue").removeprefix(ID)
    ('rule/chaired.take', 'rule/hand%3Avenue')
    """
    return f"{ID}rule/{_encoded(rule)}"


def assertion_iri(subject: str, relation: str, object_: str, e: Evidence) -> str:
    """The IRI of an assertion: a hash of what it says and of the words that say it."""
    where = e.article, e.span.field, str(e.span.start), str(e.span.end)
    return ASSERTION + _hash(subject, relation, object_, *where, e.rule, size=16)


def _encoded(text: str) -> str:
    return _UNSAID.sub(lambda strange: quote(strange[0], safe=""), unicodedata.normalize("NFC", text))


_STRANGE = {keep: re.compile(rf"[^\w{re.escape(keep)}]+") for keep in ("", "-")}  # what a local name does not hold


def _local(text: str, keep: str = "") -> str:
    return _STRANGE[keep].sub("_", unicodedata.normalize("NFC", text)).strip("_")


def _hash(*parts: str, size: int = 10) -> str:
    return hashlib.sha1("\x1f".join(parts).encode()).hexdigest()[:size]
