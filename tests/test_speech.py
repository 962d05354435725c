"""``kg`` in Korean and in English: every text of help has its Korean, messages are said in the reader's language, data stay as they are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from kg.cli import app
from kg.cli.korean import chosen, helped
from kg.speech import book, by_locale, spoken

ROOT = Path(__file__).resolve().parents[1]
HANGUL = re.compile("[가-힣]")


def texts(command: object) -> set[str]:
    """Every text of help of a command and of those under it."""
    found = {words for name in ("help", "epilog") if (words := getattr(command, name, None))}
    found |= {words for parameter in command.params if (words := getattr(parameter, "help", None))}
    return found.union(*map(texts, getattr(command, "commands", {}).values()))


def kg(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``kg`` started from nothing, for the surroundings say which language it speaks."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **environment}
    return subprocess.run([sys.executable, "-m", "kg", *arguments], capture_output=True, text=True, env=env, check=False)


def test_help_has_its_korean() -> None:
    every = texts(typer.main.get_command(app))
    lacking = {words for words in every if not HANGUL.search(helped(words))}
    assert len(every) > 60 and not lacking


def test_hardly_any_korean_is_left_over() -> None:
    first = {words.partition("\n")[0] for words in texts(typer.main.get_command(app))} | {"Show this message and exit."}
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "kg").rglob("*.py"))
    pieces = {words: max(re.split(r"\{\}", words), key=len).strip()[:24] for words in book()["messages"]}
    library = re.compile(r"^(Try|Missing|No such|Option|Got|\{\} is not (in the|a valid)|Permission)")
    left = {words for words, piece in pieces.items() if not library.match(words) and piece not in code} | (
        set(book()["help"]) - first
    )
    assert len(left) <= 8 and len(pieces) > 150, left


@pytest.mark.parametrize(
    ("message", "korean"),
    [
        ("a.txt: the file is empty", "a.txt: 파일이 비었습니다"),
        ("a: b.txt: the file is empty", "a: b.txt: 파일이 비었습니다"),
        ("kg: nowhere: no such folder; make it with: kg build PATH... -o nowhere", "kg: nowhere: 그런 폴더가 없습니다; 만들기: kg build PATH... -o nowhere"),
        ("format 'docx' is not known; allowed: table, csv", "'docx'라는 꼴은 모릅니다. 되는 것: table, csv"),
        ("1 article, 2 things, 3 statements", "기사 1건, 것 2개, 진술 3개"),
        ("  … and 7 more, in report.json", "  … 그 밖에 7개, report.json에"),
        ("목포시는 포럼을 열었다", "목포시는 포럼을 열었다"),
        ("", ""),
        ("x: the row has 3 cells and the header 2: is a mark between cells not quoted?", "x: 줄의 칸은 3개, 머리의 칸은 2개입니다. 칸 사이의 부호에 따옴표가 없습니까?"),
    ],
)  # fmt: skip
def test_messages_in_korean(message: str, korean: str) -> None:
    assert spoken(message, "ko") == korean and spoken(message, "en") == message


def test_the_language_is_the_options_then_the_locales() -> None:
    assert chosen(["--lang", "ko", "build", "x"]) == "ko" and chosen(["--lang=en"]) == "en"
    assert by_locale({"LC_ALL": "ko_KR.UTF-8", "LANG": "C"}) == "ko" and by_locale({"LANG": "de_DE"}) == "en"
    assert by_locale({"KG_LANG": "en", "LC_ALL": "ko_KR.UTF-8"}) == "en"


def test_a_call_in_korean() -> None:
    helps = kg("--lang", "ko", "--help").stdout
    assert (
        "쓰임:" in helps
        and "기사로 지식 그래프를 만듭니다." in helps
        and "--install-completion" in helps
        and "Usage" not in helps
    )
    wrong = kg("query", "nowhere", KG_LANG="ko")
    assert wrong.returncode == 2 and "그런 폴더가 없습니다" in wrong.stderr
    lacking = kg("build", KG_LANG="ko")
    assert lacking.returncode == 2 and "인자" in lacking.stderr and "Missing" not in lacking.stderr
    assert "language 'xx' is not known" in kg("--lang", "xx", "stats", "x").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "{out}"), ("어긋남: ", "어긋납니다: 기사 3건")),
        (("review", "{out}"), ("살펴볼 것이 없습니다",)),
        (("score", "tests/gold/articles.jsonl", "{out}"), ("관계 ", " 정밀도 재현율 ", "놓침\n", "정답의 기사 12건이 그래프에 없습니다", "모두 ")),
        (("score", "tests/pages/held"), ("맞음 ", "기사 수 ", "낸 곳 ")),
        (("read", "{text}"), ("\n  제목 ", "\n  본문 ", "\n  이름\n", "\n    사람 ")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_tables_in_korean(words: tuple[str, ...], said: tuple[str, ...], run_kg, tmp_path: Path) -> None:
    out, text = shutil.copytree(ROOT / "tests" / "fixtures" / "out", tmp_path / "out"), tmp_path / "a.txt"
    text.write_text(
        "나라청, 숲길 포럼 열어\n\n나라청은 5월 1일 숲길 포럼을 열었다.\n\n도서진 담서대학교 교수가 발표했다.\n", encoding="utf-8"
    )
    if words[0] == "check":
        evidence = out / "evidence.ttl"
        evidence.write_text(evidence.read_text(encoding="utf-8").replace("제3회", "제4회"), encoding="utf-8")
    printed = run_kg("--lang", "ko", *(word.format(out=out, text=text) for word in words)).stdout
    assert all(part in printed for part in said), printed
    plain = run_kg("--lang", "en", *(word.format(out=out, text=text) for word in words)).stdout
    assert plain.count("\n") == printed.count("\n") and not any(part in plain for part in said)
