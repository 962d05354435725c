"""The command line: exit codes, one line for what goes wrong, output that can be piped, help that is true."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.request import urlopen

import pytest
import typer

from docs.make_commands import PAGES
from kg import __version__, cli

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "fixtures" / "out"
COMMANDS = typer.main.get_command(cli.app).commands


@pytest.fixture
def kg(capfd, monkeypatch):
    """Run the command line in this process: exit code, standard output, standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, words)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        return code, *capfd.readouterr()

    return run


def test_version(kg):
    assert kg("--version") == (0, f"kg {__version__}\n", "")


@pytest.mark.parametrize(
    "words",
    [(), ("bogus",), ("check",), ("check", FOLDER, "--bogus"), ("query", FOLDER, "co-hosts", "--limit", "x")],
    ids=lambda words: " ".join(map(str, words))[-20:] or "nothing",
)
def test_bad_usage_is_2(kg, words):
    code, _, said = kg(*words)
    assert code == 2 and "Usage: kg" in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("build", "nowhere"), "kg: nowhere: there is no such file or folder"),
        (("check", "nowhere"), "kg: nowhere: no such folder; make it with: kg build PATH... -o nowhere"),
        (("query", "nowhere", "co-hosts"), "kg: nowhere: no such folder"),
        (("query", FOLDER, "co-host"), "kg: question 'co-host' is not known; did you mean co-hosts"),
        (("query", FOLDER, "co-hosts", "--bogus", "x"), "kg: co-hosts: parameter 'bogus' is not known; allowed: organization"),
        (("query", FOLDER, "co-hosts", "--organization"), "kg: --organization: a value is missing"),
        (("query", FOLDER, "co-hosts", "환경부"), "kg: '환경부' is not expected"),
        (("query", FOLDER, "co-hosts", "-f", "xls"), "kg: format 'xls' is not known; allowed: table, csv"),
        (("explain", FOLDER, "없는부"), "없는부"),
        (("view", FOLDER, "--layout", "ring"), "kg: layout: 'ring' is not known; allowed: network"),
        (("export", FOLDER, "--to", "xml"), "kg: format 'xml' is not known; allowed: turtle"),
        (("export", FOLDER, "--to", "csv"), "kg: csv is 2 files; name a folder for them with --out"),
        (("score", "nowhere.jsonl", FOLDER), "kg: nowhere.jsonl: cannot be read"),
        (("score", FOLDER / "articles.jsonl", FOLDER), "articles.jsonl: line 1: lacks entities"),
    ],
    ids=lambda value: " ".join(str(word).split("/")[-1] for word in value) if isinstance(value, tuple) else "",
)
def test_bad_input_is_one_line_and_2(kg, words, message):
    code, answer, said = kg(*words)
    assert (code, answer) == (2, "")
    assert message in said and said.count("\n") == 1


ARTICLE = """환경부, 맑은물 정책 포럼 개최

환경부는 2023년 5월 11일 대전컨벤션센터에서 ‘제3회 맑은물 정책 포럼’을 개최했다.
"""
GOOD = {"a.txt": ARTICLE.encode()}
BAD = {
    "empty.txt": (b"", "the file is empty"),
    "binary.txt": (bytes(range(256)) * 8, "binary"),
    "broken.jsonl": (b'{"id": "x", "text": "', "line 1"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(64), "picture"),
}


def written(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(("name", "data", "reason"), [(name, *bad) for name, bad in BAD.items()], ids=list(BAD))
def test_a_bad_article_is_named_and_the_others_go_on(kg, tmp_path, name, data, reason):
    folder = written(tmp_path / "articles", GOOD | {name: data})
    code, said, _ = kg("build", folder, "-o", tmp_path / "out")
    assert code == 0 and "1 article," in said
    (line,) = [line for line in said.splitlines() if name in line]
    assert reason in line
    assert [
        source
        for source, _ in json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["skipped"]
        if name in source
    ]


@pytest.mark.parametrize(("name", "data", "reason"), [(name, *bad) for name, bad in BAD.items()], ids=list(BAD))
def test_a_bad_article_is_fatal_where_asked_or_where_nothing_else_is_there(kg, tmp_path, name, data, reason):
    folder = written(tmp_path / "articles", GOOD | {name: data})
    alone = written(tmp_path / "alone", {name: data})
    for words in (("build", folder, "--strict"), ("build", alone)):
        code, answer, said = kg(*words, "-o", tmp_path / "out")
        assert (code, answer) == (2, "")
        assert name in said and reason in said and said.count("\n") == 1


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, (data, _) in BAD.items()] + [("", b"")], ids=[*BAD, "nothing"])
def test_a_build_that_reads_nothing_leaves_the_graph_that_is_there(kg, tmp_path, name, data):
    good, out = written(tmp_path / "articles", GOOD), tmp_path / "out"
    assert kg("build", good, "-o", out)[0] == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    code, answer, said = kg("build", written(tmp_path / "alone", {name: data} if name else {}), "-o", out)
    assert (code, answer) == (2, "") and said.count("\n") == 1
    assert (name or "no article was found") in said and f"{out} stays as it is with its articles (1)" in said
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert kg("remove", out, "a")[0] == 0, "what was asked for by name is done"
    assert (out / "graph.nq").read_bytes() == b""


def test_an_old_encoding_is_read_alike(kg, tmp_path):
    new, old = written(tmp_path / "new", GOOD), written(tmp_path / "old", {"a.txt": ARTICLE.encode("euc-kr", "ignore")})
    for folder in (new, old):
        assert kg("build", folder, "-o", folder / "out")[0] == 0
        assert "맑은물 정책 포럼" in (folder / "out" / "graph.ttl").read_text(encoding="utf-8")


def test_an_article_without_any_event_is_an_article(kg, tmp_path):
    folder = written(tmp_path / "articles", {"b.txt": "날씨\n\n내일은 전국이 맑겠다.\n".encode()})
    code, said, _ = kg("build", folder, "-o", tmp_path / "out")
    assert code == 0 and "1 article, 0 things, 0 statements" in said
    assert kg("check", tmp_path / "out")[0] == 0


def test_corrections_are_applied_and_reported(kg, tmp_path):
    folder = written(tmp_path / "articles", GOOD)
    decided = tmp_path / "decided.toml"
    decided.write_text(
        '[[alias]]\nthing = "id:대전컨벤션센터_장소"\nname = "디시시"\n[[alias]]\nthing = "id:없는_것"\nname = "x"\n',
        encoding="utf-8",
    )
    code, said, _ = kg("build", folder, "-o", tmp_path / "out", "--corrections", decided)
    assert code == 0 and "alias 1: used" in said and "alias 2: no longer matches" in said
    assert "디시시" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    code, _, said = kg("build", folder, "-o", tmp_path / "out", "--corrections", tmp_path / "none.toml")
    assert code == 2 and "none.toml: there is no such file" in said


def test_articles_are_added_and_removed(kg, tmp_path):
    first = written(tmp_path / "first", GOOD)
    second = written(tmp_path / "second", {"b.txt": ARTICLE.replace("제3회", "제4회").replace("2023", "2024").encode()})
    kg("build", first, "-o", tmp_path / "out")
    code, said, _ = kg("build", second, "-o", tmp_path / "out", "--add")
    assert code == 0 and said.startswith("2 articles,")
    code, said, _ = kg("remove", tmp_path / "out", "b")
    assert code == 0 and said.startswith("1 article,")
    kg("build", first, "-o", tmp_path / "alone")
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == (tmp_path / "alone" / "graph.ttl").read_bytes()
    code, _, said = kg("remove", tmp_path / "out", "b")
    assert code == 2 and "holds no article 'b'" in said


def test_progress_only_on_a_terminal(run_kg, tmp_path):
    built = run_kg("build", written(tmp_path / "articles", GOOD), "-o", tmp_path / "out")
    assert (built.returncode, built.stderr) == (0, "")


def test_query_lists_its_questions(kg):
    code, listed, _ = kg("query")
    assert code == 0
    names = {path.stem for path in (ROOT / "ontology" / "queries").glob("*.rq")}
    assert {line.split()[0] for line in listed.splitlines() if not line.startswith(" ")} == names
    assert "co-hosts [--organization …]\n    누가 누구와 함께 무엇을 열었는가?\n" in listed


def test_query_answers_in_forms(kg):
    _, table, _ = kg("query", FOLDER, "speakers", "--event", "포럼")
    assert "윤다온" in table
    _, text, _ = kg("query", FOLDER, "speakers", "--event=포럼", "-f", "csv")
    assert "윤다온" in {cell for row in csv.reader(io.StringIO(text)) for cell in row}
    _, text, _ = kg("query", FOLDER, "speakers", "--format", "json")
    assert json.loads(text)["results"]["bindings"]


def test_query_says_when_rows_are_left_out(kg):
    code, _, said = kg("query", FOLDER, "quotes", "--limit", "1")
    assert (code, said) == (0, "only the first 1 are shown\n")


def test_query_reads_standard_input(run_kg):
    asked = run_kg("query", FOLDER, "-", "-f", "csv", stdin="SELECT (COUNT(*) AS ?n) { ?s a press:Person }")
    assert (asked.returncode, asked.stdout.split(), asked.stderr) == (0, ["n", "2"], "")


def test_a_reader_that_closes_the_pipe_is_no_error():
    command = f"set -o pipefail; '{sys.executable}' -m kg export '{FOLDER}' --to json-ld | true"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_korean_comes_out_whole_in_any_locale(run_kg):
    asked = run_kg(
        "query",
        FOLDER,
        "co-hosts",
        env={"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    )
    assert asked.returncode == 0 and "환경부" in asked.stdout


def test_check_says_yes_and_no(kg, tmp_path):
    code, said, _ = kg("check", FOLDER)
    assert code == 0 and said.startswith("conforms:")
    spoilt = tmp_path / "out"
    shutil.copytree(FOLDER, spoilt)
    evidence = spoilt / "evidence.ttl"
    evidence.write_text(evidence.read_text(encoding="utf-8").replace("제3회", "제4회"), encoding="utf-8")
    code, said, _ = kg("check", spoilt)
    assert code == 1 and "does not conform" in said
    code, text, _ = kg("check", spoilt, "--json")
    assert code == 1 and json.loads(text)["violations"]


def test_explain_says_which_words(kg):
    code, said, _ = kg("explain", FOLDER, "환경부", "coHosted", "제3회 맑은물 정책 포럼")
    assert code == 0 and "【환경부는 한국수자원공사와 공동으로】" in said
    code, text, _ = kg("explain", FOLDER, "환경부", "--json")
    assert code == 0 and json.loads(text)["kind"] == "thing"


def test_review_as_table_json_and_corrections(kg, tmp_path):
    out = tmp_path / "out"
    kg("build", written(tmp_path / "articles", GOOD), "-o", out)
    code, text, _ = kg("review", out, "--json")
    assert code == 0 and isinstance(json.loads(text)["items"], list)
    code, said, _ = kg("review", out, "-o", tmp_path / "corrections.toml")
    assert (code, said) == (0, f"{tmp_path / 'corrections.toml'}\n")
    assert tomllib.loads((tmp_path / "corrections.toml").read_text(encoding="utf-8")) == {}, "every proposal is a comment"


def test_export_to_standard_output_and_to_files(kg, tmp_path):
    code, text, _ = kg("export", FOLDER, "--to", "n-quads")
    said = set((FOLDER / "graph.nq").read_text(encoding="utf-8").splitlines())
    assert code == 0 and {line for line in text.splitlines() if "/graph/entailed>" not in line} == said
    code, said, _ = kg("export", FOLDER, "--to", "csv", "-o", tmp_path / "tables")
    assert code == 0 and sorted(path.name for path in (tmp_path / "tables").iterdir()) == ["edges.csv", "nodes.csv"]
    assert said.count("\n") == 2


def test_view_writes_where_it_says(kg, tmp_path):
    page = tmp_path / "page.html"
    assert kg("view", FOLDER, "--to", page) == (0, f"{page}\n", "")
    assert "제3회 맑은물 정책 포럼" in page.read_text(encoding="utf-8")


@contextmanager
def serving() -> Iterator[str]:
    """The address of ``kg serve`` until the block ends; it has to end well."""
    command = [sys.executable, "-m", "kg", "serve", str(FOLDER), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield re.search(r"http://\S+/", server.stderr.readline())[0]
        finally:
            server.terminate()
            assert server.wait(30) == 0


def test_serve_answers_and_stops_well():
    with serving() as address, urlopen(f"{address}sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", timeout=30) as answer:
        assert json.load(answer)["boolean"] is True


def test_the_same_question_of_a_folder_and_of_an_endpoint(kg):
    with serving() as address:
        assert kg("query", f"{address}sparql", "co-hosts", "-f", "csv") == kg("query", FOLDER, "co-hosts", "-f", "csv")


def test_stats_as_text_tables_and_plot(kg, tmp_path):
    code, text, _ = kg("stats", FOLDER, "--table", "cohosts", "-f", "csv")
    assert code == 0 and "한국수자원공사,환경부,1" in text
    code, said, _ = kg("stats", FOLDER, "-o", tmp_path / "tables", "--plot", tmp_path / "plot.svg")
    assert code == 0 and (tmp_path / "plot.svg").is_file() and (tmp_path / "tables" / "cohosts.csv").is_file()
    assert said.splitlines()[-1] == str(tmp_path / "plot.svg")


def test_load_says_where_it_cannot(kg, tmp_path):
    shutil.copytree(FOLDER, tmp_path / "out")
    code, _, said = kg("load", tmp_path / "out", "--to", "http://127.0.0.1:1/store")
    assert code == 2 and "http://127.0.0.1:1/store: cannot be reached" in said and said.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "option", "module", "name"),
    [
        ("query", "form", "kg.ask.answer", "FORMATS"),
        ("export", "form", "kg.graph.export", "SUFFIXES"),
        ("view", "layout", "kg.viz", "LAYOUTS"),
        ("stats", "form", "kg.ask.stats", "FORMATS"),
    ],
)
def test_help_names_every_choice(command, option, module, name):
    parameter = next(parameter for parameter in COMMANDS[command].params if parameter.name == option)
    assert parameter.metavar.split("|") == list(getattr(import_module(module), name))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(command):
    assert COMMANDS[command].help
    assert [
        parameter.name
        for parameter in COMMANDS[command].params
        if parameter.name not in ("help", "context") and not parameter.help
    ] == []


@pytest.mark.parametrize("lang", PAGES)
def test_commands_page_is_current(interpreter, lang):
    made = subprocess.run(
        [*interpreter, "-m", "docs.make_commands", lang], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert PAGES[lang].read_text(encoding="utf-8") == made, "run: make docs"
    assert set(re.findall(r"^## kg (\w+)$", made, re.M)) == set(COMMANDS)
