"""Telephone numbers and mail addresses of people: where they stand in a text, and the text with signs in their place.

A contact is no knowledge about the news, and a graph that is published spreads it. So no statement rests on one, and wherever text is
shown each letter and digit of one is a ``█``; the mask is as long as what it hides, so that every offset stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

MASK = "█"
_D = r"[0-9０-９]"
_GAP = r"[ \t]?[-‐‑‒–—―−－.·ㆍ・)）~∼][ \t]?|[ \t]"
_AREA = r"(?:[0０](?:[2２]|[3-6３-６][1-5１-５]|[157１５７][0-9０-９]|[58５８][0-9０-９]{2}))"
_MORE = rf"(?:[ \t]?[,~∼～/·][ \t]?{_D}{{1,4}}(?!{_D}|[년월일명개건차회호층%]))*"  # further extensions: 2100-2449, 2457
_NUMBER = re.compile(
    rf"(?<![\d.,\-/])(?:"
    rf"(?:\+|00)[ \t]?82(?:{_GAP})?\(?[0０]?\)?(?:[2２]|[1-8１-８]{_D})(?:{_GAP})?{_D}{{3,4}}(?:{_GAP})?{_D}{{4}}"  # +82-2-…
    rf"|(?:[(（]{_AREA}[)）][ \\t]?-?|{_AREA}(?:{_GAP})){_D}{{3,4}}(?:{_GAP}){_D}{{4,5}}"
    rf"|{_AREA}{_D}{{7,8}}"
    rf"|1(?:5(?:22|33|44|66|77|88|99)|6(?:00|11|22|33|44|55|61|66|68|70|88|99)|8(?:00|11|33|44|55|66|77|99))-{_D}{{4}}(?!{_D}|년|\s?∼|\s?~)"
    rf")(?!{_D}){_MORE}"
)
_CALLED = re.compile(
    rf"(?:[☎☏✆]|전화|팩스|연락처|\b(?:TEL|Tel|tel|FAX|Fax|fax)\b)[^\w\n]{{0,6}}(?P<number>{_D}{{3,4}}[-‐–—−－.]{_D}{{4}})(?!{_D}){_MORE}"
)
_AT = re.compile(r"[@＠]|[ \t]?[(\[](?:at|AT|골뱅이)[)\]][ \t]?")
_LOCAL = re.compile(r"[A-Za-z0-9._%+\-]")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,62})\.){1,5}[A-Za-z]{2,24}")
_LONGEST = 64  # letters before the @ of an address


def contacts(text: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers and mail addresses stand, in their order.

    >>> text = "담당: 정책과 노을찬(044-200-1234, 1235), nochan@example.go.kr, 제2회(2023-05-17) 1592-1598년 12,345-6789명"
    >>> [text[start:end] for start, end in contacts(text)]
    ['044-200-1234, 1235', 'nochan@example.go.kr']
    """
    found = [match.span() for match in _NUMBER.finditer(text)] if any(c in text for c in "0０1+") else []
    found += [(match.start("number"), match.end()) for match in _CALLED.finditer(text)]
    for at in _AT.finditer(text):
        start = at.start()
        while start > 0 and at.start() - start < _LONGEST and _LOCAL.match(text[start - 1]):
            start -= 1
        domain = _DOMAIN.match(text, at.end())
        if start < at.start() and domain:
            found.append((start, domain.end()))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    yield from joined


def masked(text: str) -> str:
    """The text, as long as it was, without its contacts.

    >>> masked("문의 02-123-4567, a.b@example.org")
    '문의 ██-███-████, █.█@███████.███'
    """
    parts: list[str] = []
    last = 0
    for start, end in contacts(text):
        parts += text[last:start], re.sub(r"[^\W_]", MASK, text[start:end])
        last = end
    return "".join((*parts, text[last:])) if parts else text


def shown(record: dict[str, Any]) -> dict[str, Any]:
    """A record of ``articles.jsonl`` as it may be shown; every offset in it stays."""
    fields = {name: masked(text) for name, text in record["fields"].items()}
    words = {name: masked(record[name]) for name in ("title", "subtitle", "publisher") if record.get(name)}
    return {**record, "fields": fields, **words}
