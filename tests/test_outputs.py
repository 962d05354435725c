"""What leaves PressKG for a spreadsheet or a terminal does nothing there, and is exact where a program reads it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.spreadsheet import as_csv, harmless
from kg.pipeline import build
from kg.screen import clean

ROOT = Path(__file__).resolve().parents[1]
ESCAPE = "\x1b]0;제목\x07\x1b[2J"
TEXTS = [
    {
        "id": f"{ESCAPE}창",
        "title": f"담서시, {ESCAPE} 숲길 세미나",
        "publisher": f"담서{ESCAPE}시",
        "date": "2024-06-10",
        "text": f"담서시는 2024년 6월 3일 담서시청에서 ‘{ESCAPE}숲길 가꾸기’ 세미나를 개최했다.\n\n"
        f"담서대학교 노서율 교수는 “{ESCAPE}숲을 지키자”고 말했다.",
    },
    {
        "id": "formula",
        "title": "=1+1",
        "publisher": "=cmd|'/C calc'!A0",
        "date": "2024-06-10",
        "text": '담서시는 6월 6일 ‘=1+1+cmd’ 세미나를 개최했다. 노서율 교수는 “=HYPERLINK("http://evil.example")”라고 말했다. '
        "노서율 교수는 “@SUM(1)”이라고 강조했다. 노서율 교수는 “-2+3 하자”고 덧붙였다.",
    },
]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outputs")
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in TEXTS), encoding="utf-8")
    build([folder / "a.jsonl"], folder / "out", view=False)
    return folder / "out"


def runs(cell: str) -> bool:
    """Whether a spreadsheet takes a cell for a formula."""
    return cell.lstrip()[:1] in tuple("=+-@＝＋－＠") and not cell.lstrip("+-").replace(".", "").replace(",", "").isdigit()


@pytest.mark.parametrize(
    "words",
    [
        ("export", "{out}", "--to", "csv", "-o", "{here}"),
        ("stats", "{out}", "-o", "{here}"),
    ],
)
def test_tables_for_spreadsheets_hold_no_formula(out, tmp_path, run_kg, words):
    for more, some in (((), False), (("--formulas",), True)):
        here = tmp_path / str(some)
        assert run_kg(*(word.format(out=out, here=here) for word in words), *more).returncode == 0
        cells = [
            cell
            for path in here.glob("*.csv")
            for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
            for cell in row
        ]
        assert any(runs(cell) for cell in cells) is (some and words[0] == "export")
        assert len(cells) > 20


def test_an_answer_in_csv_holds_no_formula_and_other_formats_hold_the_words(out, run_kg):
    query = "SELECT ?t { ?q press:text ?t } ORDER BY ?t"
    safe, kept = (run_kg("query", out, "-", "-f", "csv", *more, stdin=query).stdout for more in ((), ("--formulas",)))
    assert "'@SUM(1)" in safe and not any(runs(row[0]) for row in csv.reader(io.StringIO(safe)) if row)
    assert "'@SUM(1)" not in kept and "@SUM(1)" in kept
    assert '"@SUM(1)"' in run_kg("query", out, "-", "-f", "json", stdin=query).stdout


@given(st.text())
def test_a_cell_is_read_back_as_it_was_or_with_one_apostrophe(words):
    [[got]] = csv.reader(io.StringIO(as_csv([words], []), newline=""))
    assert got in (words, f"'{words}") and not runs(got)
    assert harmless(words, formulas=True) == words


def on_a_terminal(interpreter: list[str], *words: object) -> str:
    """What a command writes to a terminal, standard error too."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*interpreter, "-m", "kg", *map(str, words)],
        cwd=ROOT,
        stdout=theirs,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
    ) as process:
        os.close(theirs)
        found = b""
        try:
            while piece := os.read(ours, 65536):
                found += piece
        except OSError:  # how a terminal ends
            pass
        process.wait(60)
    os.close(ours)
    return found.decode("utf-8", "replace").replace("\r\n", "\n")


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal")
@pytest.mark.parametrize(
    "words",
    [
        ("explain", "{out}", "노서율"),
        ("query", "{out}", "quotes"),
        ("query", "{out}", "quotes", "-f", "json"),
        ("review", "{out}"),
        ("export", "{out}", "--to", "n-quads"),
        ("stats", "{out}"),
        ("check", "{out}"),
        ("explain", "{out}", f"{ESCAPE}없는 이름"),
        ("query", "{out}", f"{ESCAPE}"),
        ("remove", "{out}", f"{ESCAPE}x"),
        ("build", f"없는{ESCAPE}.txt", "-o", "{out}"),
    ],
)
def test_a_terminal_gets_words_only(out, interpreter, words):
    said = on_a_terminal(interpreter, *(word.format(out=out) if word == "{out}" else word for word in words))
    bar = words[0] == "build"  # which draws a bar of its own
    assert said.strip() and (bar or clean(said) == said)
    assert not any(part in said for part in (ESCAPE, "\x1b]", "\x1b[2J", "\x07"))


def test_what_is_piped_is_exact_data(out, run_kg):
    assert ESCAPE in run_kg("export", out, "--to", "trig").stdout or "\\u001B" in run_kg("export", out, "--to", "trig").stdout
    assert ESCAPE not in run_kg("explain", out, "노서율").stdout


def test_a_folder_that_is_none_is_an_error_even_without_a_question(run_kg, tmp_path):
    for place in ("nowhere", tmp_path):
        done = run_kg("query", place)
        assert done.returncode == 2 and "make it with: kg build" in done.stderr and not done.stdout


@pytest.mark.parametrize(
    ("value", "near"), [("맑은물 정챡 포롬", "near: 제3회 맑은물 정책 포럼"), ("전혀다른이름", "nothing in the graph is called")]
)
def test_an_empty_answer_about_nothing_says_what_comes_near(run_kg, value, near):
    done = run_kg("query", "tests/fixtures/out", "panel-of", "--event", value)
    assert done.returncode == 0 and near in done.stderr
    assert not run_kg("query", "tests/fixtures/out", "panel-of", "--event", "맑은물").stderr


def test_what_a_page_says_of_itself_is_in_the_graph(tmp_path):
    """Subtitle, section, publisher and days of an article are statements about it, and survive a second build from what is stored."""
    from kg.pipeline import build

    page = "가온일보\n홈 > 사회 > 교육\n가온시, 책 나눔 잔치 열어\n- 주민 120명 함께해 -\n입력 2025.03.05 15:00 | 수정 2025.03.06 09:00\n\n가온시는 5일 가온도서관에서 ‘제3회 책 나눔 잔치’를 개최했다고 밝혔다.\n\nⓒ 가온일보 무단 전재 금지\n"
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    (tmp_path / "b.txt").write_text(page.replace("가온시", "두메군"), encoding="utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out", view=False)
    build([tmp_path / "b.txt"], tmp_path / "out", add=True, view=False)
    said = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    about = said[said.index("article:a a press:Article") :].split(" .\n", 1)[0]
    for words in (
        'dcterms:issued "2025-03-05"',
        'dcterms:modified "2025-03-06"',
        'dcterms:publisher "가온일보"',
        'press:section "사회 > 교육"',
        'press:subtitle "주민 120명 함께해"',
    ):
        assert words in about, about
