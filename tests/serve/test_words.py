"""Pages in Korean and in English: every word that a page says has its English, and the reader's choice decides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import requests

from kg.ask.query import questions
from kg.knowledge.questions import load_questions
from kg.serve.together import COLOURS, MEASURES
from kg.serve.words import english, preferred, segments, translated
from tests.serve.conftest import ROOT, Server
from tests.serve.test_pages import BROWSER

PAGES = sorted([*(ROOT / "viz/serve/templates").iterdir(), *(ROOT / "viz/serve/static").glob("*.js")])
HANGUL = re.compile("[가-힣]")


@pytest.mark.parametrize("file", PAGES, ids=lambda path: path.name)
def test_a_page_in_english_says_nothing_in_korean(file: Path) -> None:
    assert HANGUL.findall(translated(file.read_text(encoding="utf-8"))) == []


def test_no_english_is_left_over() -> None:
    said = {piece for file in PAGES for piece in segments(file.read_text(encoding="utf-8"))}
    code = "".join(path.read_text(encoding="utf-8") for folder in ("kg/serve", "kg/ask") for path in (ROOT / folder).glob("*.py"))
    asked = {intent.ko for intent in load_questions().intents} | {
        title for intent in load_questions().intents for title in intent.columns.values()
    }
    asked |= {title for question in questions() for title in question.columns}
    left = {words for words in english() if words not in said | asked and words not in code}
    assert left == set() and len(english()) > 200


@pytest.mark.parametrize(
    "words",
    sorted(
        {intent.ko for intent in load_questions().intents}
        | {title for intent in load_questions().intents for title in intent.columns.values()}
        | {title for question in questions() for title in question.columns}
        | {*MEASURES.values(), *COLOURS.values()}
    ),
)
def test_questions_and_columns_have_their_english(words: str) -> None:
    assert english().get(words)


def test_the_language_follows_the_address_then_the_choice_then_the_server_then_the_browser() -> None:
    assert preferred("en", "ko", "ko", "ko") == "en"
    assert preferred("xx", "en", "ko", "ko") == "en"
    assert preferred(None, None, "ko", "en-US,en;q=0.9") == "ko"
    assert [
        preferred(None, None, None, header) for header in ("en-US,en;q=0.9,ko;q=0.1", "ko-KR,ko;q=0.9,en;q=0.8", "fr", "")
    ] == [
        "en",
        "ko",
        "ko",
        "ko",
    ]


def test_a_choice_is_kept_and_the_other_language_is_one_step_away(server: Server) -> None:
    with requests.Session() as reader:
        reader.headers.update(BROWSER)
        assert "시간표" in reader.get(server.url("/"), timeout=30).text
        seen = reader.get(server.url("/?lang=en"), timeout=30)
        assert '<html lang="en">' in seen.text and "Timeline" in seen.text and "시간표" not in seen.text
        again = reader.get(server.url("/search?q=환경부"), timeout=30)
        assert '<html lang="en">' in again.text and "lang=ko" in again.text and "accept-language" in again.headers["vary"]
        assert reader.get(server.url("/static/en/../app.js"), timeout=30).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/network", "/map", "/timeline", "/search?q=포럼", "/ask/co-hosts", "/ask?intent=hosts", "/nowhere"]
)
def test_english_pages_speak_korean_only_in_names(server: Server, path: str) -> None:
    text = requests.get(server.url(path), headers={**BROWSER, "accept-language": "en"}, timeout=60).text
    plain = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S)
    for words in ("묻기", "줄만", "보기를", "어떻게", "골라서", "찾은", "모든 행사", "근거"):
        assert words not in plain, words
