"""An article that a page holds in its scripts only: JSON that a program in the browser would draw the page from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

from kg.read.columns import chosen
from kg.read.formats.markup import fragment_text
from kg.read.headline import pairs, shared, stems
from kg.read.html_said import prose_length
from kg.read.lines import tokens

_LONG = 150  # letters of running text that make an article
_RUNNING = 0.6  # of its letters stand in sentences
_SPEAKS = 0.4  # of the headline's words stand in it
_FAILED = 8  # so many times a script's length may be read in vain
_VALUE = re.compile(r'["\[{]')
_UNDEFINED = re.compile(r"(?<=[:,\[])undefined\b")
_PLACE = re.compile(r"[$#%{]{2}\s?\w{2,40}\s?[$#%}]{2}")  # where the program sets an advertisement into the text
_CHUNK = re.compile(r"^[0-9a-f]+:T([0-9a-f]+),", re.M)  # a text of so many bytes in a stream of rows


def embedded_article(root: Any, headlines: Sequence[str]) -> tuple[str, str] | None:
    """The headline and, as markup, the longest running text in a page's scripts that speaks of one of some headlines.

    >>> from lxml import html
    >>> text = "군청은 5일 마을 회관에서 책 잔치를 열었다고 밝혔다. " * 9
    >>> page = html.fromstring('<div><script>var state = {"news": {"title": "군청 책 잔치 열어", "body": "%s"}, "more": x};</script></div>' % text)
    >>> headline, markup = embedded_article(page, ["군청 책 잔치 열어 | 한빛신문", "군청 책 잔치 열어"])
    >>> headline, markup == f"<div>{text.strip()}</div>"
    ('군청 책 잔치 열어', True)
    >>> embedded_article(page, ["노래 모임 새로 생겨"]) is None
    True
    """
    found: dict[tuple[str, int], list[str]] = {}
    titles: dict[str, str] = {}
    for path, record, words in _leaves(_values(root)):
        found.setdefault((path, record), []).append(words)
        titles.setdefault("".join(tokens(words)) if len(words) < _LONG else "", words)
    best, longest = None, _LONG - 1
    for parts in found.values():
        if sum(map(len, parts)) <= longest:
            continue
        plain = "\n".join(map(fragment_text, parts))
        length = prose_length(plain)
        if length > longest and length >= _RUNNING * len("".join(plain.split())) and _tells(plain, headlines):
            best, longest = parts, length
    if best is None:
        return None
    known = {"".join(tokens(headline)) for headline in headlines} & titles.keys() - {""}
    headline = titles[min(known, key=len)] if known else headlines[0]  # the site's name stands behind longer ones
    return " ".join(fragment_text(headline).split()), "".join(f"<div>{_markup(part)}</div>" for part in best)


def _tells(words: str, headlines: Iterable[str]) -> bool:
    vocabulary = stems(words) | pairs(words)
    return any(hits >= 2 and share >= _SPEAKS for hits, share in (shared(headline, vocabulary) for headline in headlines))


def _markup(words: str) -> str:
    """A text as markup: its own where it has some."""
    words = _PLACE.sub("", words).strip()
    return words if re.search(r"<[a-zA-Z][^<>]*>", words) else escape(words, quote=False).replace("\n", "<br>")


def _values(root: Any) -> Iterator[object]:
    """The JSON values in the scripts of a page, and those in the rows that scripts append to a stream."""
    stream: list[str] = []
    for script in root.iter("script"):
        if script.text and "ld+json" not in (script.get("type") or ""):
            for value in _json_in(script.text):
                match value:
                    case [int(), str(piece)]:
                        stream.append(piece)
                    case _:
                        yield value
    rows = "".join(stream)
    yield from _json_in(rows)
    for row in _CHUNK.finditer(rows):
        yield rows[row.end() :].encode()[: int(row[1], 16)].decode(errors="ignore")


def _json_in(script: str) -> Iterator[object]:
    """What of a script is JSON, the outermost values first."""
    decoder = json.JSONDecoder(strict=False)
    script = _UNDEFINED.sub("null", script)
    at, left = 0, _FAILED * len(script)
    while left >= 0 and (start := _VALUE.search(script, at)):
        try:
            value, at = decoder.raw_decode(script, start.start())
        except json.JSONDecodeError as error:
            left -= error.pos - start.start()
            at = start.end()
        except RecursionError:
            return
        else:
            yield value


def _leaves(values: Iterable[object]) -> Iterator[tuple[str, int, str]]:
    """Every string with the keys that lead to it and the nearest record around it that has a title, in their order."""
    todo = [("", 0, value) for value in values][::-1]
    records = 0
    while todo:
        path, record, value = todo.pop()
        if isinstance(value, dict):
            if (title := chosen(value, {}).get("title")) and isinstance(value[title], str):
                records += 1
                record = records
            todo += [(f"{path}.{key}", record, inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            todo += [(path, record, inner) for inner in reversed(value)]
        elif isinstance(value, str):
            if value[:1] in ("{", "[") and len(value) >= _LONG:
                todo += [(path, record, inner) for inner in _json_in(value)][::-1]
            else:
                yield path, record, value
