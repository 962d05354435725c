"""``kg read``: what files are read as, in words, in colour and as JSON."""

from __future__ import annotations

import functools
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable

import pytest

from kg.ask.read_as import read_as

STORY = "로그인\n\n한빛군, 책 나눔 잔치 열어\n\n한빛군은 지난 5일 한빛도서관에서 2회 책 나눔 잔치를 열었다.\n\n이나래 한빛대학교 교수가 발표했다.\n"
Run = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.fixture
def run(run_kg: Run) -> Run:
    """``kg read`` in a process of its own."""
    return functools.partial(run_kg, "read")


def test_stretches_cover_the_text_in_order_with_what_is_left_out(story):
    [seen] = read_as([story], pytest.fail, names=False)
    assert [(role, seen.article.raw(span)[:6]) for role, span in seen.stretches] == [
        ("left out", "로그인"),
        ("title", "한빛군, 책"),
        ("body", "한빛군은 지"),
    ]


def test_json_has_offsets_into_the_raw_text(story, run):
    done = run(story, "--json")
    assert done.returncode == 0
    [article] = json.loads(done.stdout)["articles"]
    for part in (*article["regions"], *article["names"]):
        words = article["fields"][part["field"]][part["start"] : part["end"]]
        assert words and part.get("text", words) == words
    assert {"kind": "Person", "name": "이나래", "title": "교수"}.items() <= next(
        n for n in article["names"] if n["kind"] == "Person"
    ).items()


def test_repairs_say_before_and_after(tmp_path):
    (tmp_path / "a.txt").write_text(
        "물 포럼 열어\n\n환경부는 제4회 물 포럼을 서울에서 열었다.\n\n이번 4회 물 포럼에는 카자흐스탄이 참가했다. 628카자흐스탄 대표가 왔다.\n",
        encoding="utf-8",
    )
    [seen] = read_as([tmp_path / "a.txt"], pytest.fail, names=False)
    for repair in seen.repairs:
        assert repair.before != repair.after and repair.rule


def test_a_file_that_cannot_be_read_is_exit_code_2_and_the_others_are_shown(story, tmp_path, run):
    (tmp_path / "b.docx").write_bytes(b"PK")
    done = run(tmp_path, "--no-names")
    assert done.returncode == 2 and "한빛군, 책 나눔 잔치 열어" in done.stdout and "b.docx: the file is no DOCX" in done.stderr


def test_a_terminal_gets_colours_and_no_control_characters_of_the_text(story, interpreter):
    story.write_text(STORY.replace("책 나눔", "책\x1b[31m 나눔"), encoding="utf-8")
    master, slave = pty.openpty()
    done = subprocess.Popen(
        [*interpreter, "-m", "kg", "read", str(story), "--no-names"],
        stdout=slave,
        stderr=slave,
        env={**os.environ, "TERM": "xterm-256color", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    os.close(slave)
    said = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    done.wait()
    os.close(master)
    text = said.decode()
    assert "\x1b[" in text and "\x1b[31m 나눔" not in text and "␛[31m 나눔" in text
