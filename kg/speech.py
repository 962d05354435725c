"""The language of ``kg``: English as it is written in the code, or Korean by ``data/speech/korean.toml``, as the locale or ``--lang`` wants."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from functools import lru_cache

from kg.errors import KnowledgeError
from kg.knowledge.resources import resource

LANGUAGES = ("ko", "en")
_SECTIONS = ("help", "frame", "messages", "reports", "tables")
_HOLE = re.compile(r"\{\}")
language: ContextVar[str] = ContextVar("language", default="en")  # of the command that runs


def by_locale(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for, ``KG_LANG`` before the locale.

    >>> by_locale({"LANG": "ko_KR.UTF-8"}), by_locale({"LC_ALL": "en_US.UTF-8", "LANG": "ko_KR.UTF-8"}), by_locale({})
    ('ko', 'en', 'en')
    """
    for name in ("KG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "ko" if value.lower().startswith("ko") else "en"
    return "en"


def here() -> str:
    """The language of this process's environment."""
    return by_locale(os.environ)


@lru_cache(maxsize=1)
def book() -> Mapping[str, Mapping[str, str]]:
    """The Korean of each section."""
    path = resource("data", "speech", "korean.toml")
    found: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    for section, rows in found.items():
        if section not in _SECTIONS:
            raise KnowledgeError(path, "section", section, allowed=_SECTIONS)
        for english, korean in rows.items():
            _checked(path, section, english, korean)
    return found


def _checked(path: object, section: str, english: str, korean: str) -> None:
    """Nothing that differs may be lost or come from nowhere."""
    holes = len(_HOLE.findall(english))
    if section in ("messages", "reports") and any(int(number) >= holes for number in re.findall(r"\{(\d+)\}", korean)):
        raise KnowledgeError(path, english, korean, why=f"has a place beyond the {holes} of the English")
    if section == "frame" and set(re.findall(r"\{\w+", korean)) != set(re.findall(r"\{\w+", english)):
        raise KnowledgeError(path, english, korean, why="has other places than the English")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The messages as patterns, those with most words of their own first."""
    rows = {**book()["messages"], **book()["reports"]}
    ranked = sorted(rows.items(), key=lambda pair: (-len(_HOLE.sub("", pair[0])), pair[0]))
    return tuple((_pattern(english), korean) for english, korean in ranked)


def _pattern(english: str) -> re.Pattern[str]:
    """What differs holds no end of a message; at the front no colon either: what stands before one is a file or a key."""
    pieces = [re.escape(piece) for piece in english.split("{}")]
    front = r"((?:(?!: |; ).)*?)" if not pieces[0] and len(pieces) > 1 else ""
    held = r"(.*?)" if "allowed: " in english else r"((?:(?!; ).)*?)"
    return re.compile(
        (front + pieces[1] + "".join(held + piece for piece in pieces[2:])) if front else held.join(pieces), re.DOTALL
    )


def spoken(message: str, lang: str | None = None) -> str:
    """A message in the reader's language; what is not known in it stays as it is.

    >>> spoken("a.txt: the file is empty", "ko")
    'a.txt: 파일이 비었습니다'
    >>> spoken("a.txt: the file is empty; b.txt: the file is binary, not text; and 3 more", "ko")
    'a.txt: 파일이 비었습니다; b.txt: 글이 아니라 이진 파일입니다; 그 밖에 3개'
    >>> spoken("2 articles, 4 things, 1 statement", "ko"), spoken("a.txt: the file is empty", "en")
    ('기사 2건, 것 4개, 진술 1개', 'a.txt: the file is empty')
    """
    if (lang or language.get()) != "ko":
        return message
    room = message[: len(message) - len(message.lstrip())]
    return room + _spoken(message.strip()) + message[len(message.rstrip()) :] if message.strip() else message


def word(text: str) -> str:
    """A heading or a fixed word of a table in the reader's language.

    >>> token = language.set("ko")
    >>> word("missed"), word("nothing of ours")
    ('놓침', 'nothing of ours')
    >>> language.reset(token)
    """
    return book()["tables"].get(text, text) if language.get() == "ko" else text


def _spoken(message: str) -> str:
    for pattern, korean in _patterns():
        if found := pattern.fullmatch(message):
            return korean.format(*found.groups())
    for mark in ("; ", ": "):
        first, between, rest = message.partition(mark)
        if between:
            return (book()["frame"].get(first + ":", first + ":") + " " if mark == ": " else _spoken(first) + mark) + _spoken(
                rest
            )
    return message
