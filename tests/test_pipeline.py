"""A whole build of a few articles with the real analyser: the graph, the files, what is skipped, and what a killed build leaves."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg
from kg import extraction
from kg.errors import ArticleError, KnowledgeError, UsageError
from kg.graph.check import check
from kg.graph.folder import OURS, replaced
from kg.pipeline import build, remove

GOLDEN = Path(__file__).parent / "golden"
ROOT = GOLDEN.parents[1]
MAKE = "read the difference, then keep it: python tests/golden/make_graph.py"


@pytest.fixture(scope="module")
def golden(tmp_path_factory):
    """The folder that a build of the golden articles gives, and its report."""
    out = tmp_path_factory.mktemp("golden") / "out"
    return out, build([GOLDEN / "articles"], out)


def test_the_graph_is_the_golden_one(golden):
    from rdflib import Graph
    from rdflib.compare import graph_diff, isomorphic

    expected, got = (Graph().parse(path / "graph.ttl") for path in (GOLDEN, golden[0]))
    assert len(expected) > 100
    _, missing, extra = graph_diff(expected, got)
    lost, gained = (sorted(f"{s.n3()} {p.n3()} {o.n3()}" for s, p, o in graph) for graph in (missing, extra))
    assert isomorphic(expected, got), f"lost: {lost}\ngained: {gained}\n{MAKE}"


def test_the_golden_graph_conforms(golden):
    report = check(golden[0])
    assert report.conforms and report.assertions > 30, list(report.lines())


def test_the_words_of_every_assertion_stand_where_it_says(golden):
    import pyoxigraph as ox

    texts = {
        row["iri"]: row["fields"]
        for row in map(json.loads, (golden[0] / "articles.jsonl").read_text(encoding="utf-8").splitlines())
    }
    rows: dict = {}
    for triple in ox.parse(path=str(golden[0] / "evidence.ttl"), format=ox.RdfFormat.TURTLE):
        rows.setdefault(triple.subject, {})[triple.predicate.value.rpartition("#")[2]] = triple.object.value
    assert len(rows) > 30
    for row in rows.values():
        text = texts[row["article"]][row["field"]]
        assert text[int(row["start"]) : int(row["end"])] == row["evidence"] != ""
        assert int(row["sentenceStart"]) <= int(row["start"]) < int(row["end"]) <= int(row["sentenceEnd"])


def test_two_reports_of_one_forum_are_one_event_and_the_edition_before_is_another(golden):
    rows = (
        kg.load(golden[0])
        .query(
            "SELECT ?name ?before (COUNT(DISTINCT ?g) AS ?articles) WHERE { GRAPH ?g { ?e a press:Forum } ?e skos:prefLabel ?name "
            "OPTIONAL { ?e press:previousEvent/skos:prefLabel ?before } } GROUP BY ?name ?before ORDER BY ?name"
        )
        .rows
    )
    assert [[None if t is None else str(t) for t in row] for row in rows] == [
        ["제2회 바다숲 국제포럼", None, "1"],
        ["제3회 바다숲 국제포럼", "제2회 바다숲 국제포럼", "2"],
    ]


def test_the_namesake_is_another_person(golden):
    people = kg.load(golden[0]).query('SELECT DISTINCT ?p WHERE { ?p a press:Person ; skos:prefLabel "류단비"@ko }').rows
    assert len(people) == 2


def test_the_manifest_names_every_file_with_its_hash(golden):
    out, _ = golden
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["articles"]) == {path.stem for path in (GOLDEN / "articles").iterdir()}
    assert {p.name for p in out.iterdir()} == set(OURS) - {"corrections.toml"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    assert {"graph.nq", "graph.ttl", "evidence.ttl", "articles.jsonl", "results.jsonl", "identity.jsonl"} <= set(
        manifest["files"]
    )


def test_the_report_counts_what_joining_did(golden):
    report = golden[1]
    assert report.articles == 4 and report.joined["Event"] == (4, 3) and report.joined["Person"] == (4, 3)
    assert any(line.split() == ["Person", "4", "→", "3"] for line in report.lines())


def test_progress_reaches_the_number_of_articles(tmp_path):
    seen = []
    build(
        [GOLDEN / "articles" / "2023-namesake.txt"],
        tmp_path / "out",
        view=False,
        progress=lambda done, all_: seen.append((done, all_)),
    )
    assert seen == [(1, 1)]


def test_a_bad_article_is_reported_and_the_others_go_on(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("나라숲 지킴이 모여\n\n나라청은 5월 1일 나라숲 발대식을 개최했다.\n", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    report = build([tmp_path / "in"], tmp_path / "out", view=False)
    assert report.articles == 1 and [source for source, _ in report.skipped] == [(tmp_path / "in" / "b.txt").as_posix()]
    with pytest.raises(ArticleError, match="b.txt"):
        build([tmp_path / "in"], tmp_path / "strict", strict=True, view=False)
    assert not (tmp_path / "strict").exists()


def test_an_article_that_breaks_the_analysis_is_reported_and_not_kept_as_read(tmp_path, monkeypatch):
    articles = [GOLDEN / "articles" / "2023-namesake.txt", GOLDEN / "articles" / "2022-seaweed-forum.txt"]
    whole = extraction.extract

    def broken(view, *rest):
        if view.article.identifier == "2023-namesake":
            raise ZeroDivisionError("no names")
        return whole(view, *rest)

    monkeypatch.setattr(extraction, "extract", broken)
    report = build(articles, tmp_path / "out", view=False)
    assert report.articles == 1
    [(source, reason)] = report.skipped
    assert source.endswith("2023-namesake.txt") and reason.startswith("cannot be analysed: ZeroDivisionError: no names")
    with pytest.raises(ArticleError, match="no names"):
        build(articles, tmp_path / "out", view=False, strict=True)
    monkeypatch.undo()
    assert build(articles, tmp_path / "out", view=False).articles == 2


def test_an_output_folder_among_the_articles_is_not_read(tmp_path):
    (tmp_path / "in" / "more").mkdir(parents=True)
    for number, path in enumerate(sorted((GOLDEN / "articles").iterdir())):
        (tmp_path / "in" / ("more" if number % 2 else ".") / path.name).write_bytes(path.read_bytes())
    out = tmp_path / "in" / "more" / "out"
    first = build([tmp_path / "in"], out)
    again = build([tmp_path / "in"], out)
    assert first.articles == again.articles == 4 and not first.skipped and not again.skipped


def test_a_missing_path_is_an_error_and_leaves_no_folder(tmp_path):
    with pytest.raises(UsageError, match="nothing-here"):
        build([tmp_path / "nothing-here"], tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_no_articles_make_an_empty_graph_that_conforms(tmp_path):
    (tmp_path / "in").mkdir()
    report = build([tmp_path / "in"], tmp_path / "out", view=False)
    assert (
        report.articles == 0
        and (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8") == ""
        and check(tmp_path / "out").conforms
    )


# The output is replaced at once

OLD = {"graph.nq": "old graph", "manifest.json": "old manifest", "report.json": "old report"}
NEW = {"graph.nq": "new graph", "manifest.json": "new manifest", "evidence.ttl": "new evidence"}


def _folder(path: Path, files: dict[str, str]) -> Path:
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def _content(path: Path) -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in path.iterdir() if p.is_file()}


def test_a_finished_folder_takes_the_place_of_the_old_one_and_keeps_what_others_put_there(tmp_path):
    out = _folder(tmp_path / "out", {**OLD, "notes.md": "mine"})
    _folder(out / "pictures", {"a.svg": "picture"})
    with replaced(out, OURS) as aside:
        for name, text in NEW.items():
            (aside / name).write_text(text, encoding="utf-8")
        assert _content(out) == {**OLD, "notes.md": "mine"}
    assert _content(out) == {**NEW, "notes.md": "mine"} and (out / "pictures" / "a.svg").read_text() == "picture"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_failed_build_leaves_the_old_folder_and_nothing_beside_it(tmp_path):
    out = _folder(tmp_path / "out", OLD)
    with pytest.raises(RuntimeError), replaced(out, OURS) as aside:
        (aside / "graph.nq").write_text("half", encoding="utf-8")
        raise RuntimeError
    assert _content(out) == OLD and [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_one_stands_in_is_filled_in_place(tmp_path, monkeypatch):
    out = _folder(tmp_path / "out", {**OLD, "notes.md": "mine"})
    monkeypatch.chdir(out)
    with replaced(Path("."), OURS) as aside:
        for name, text in NEW.items():
            (aside / name).write_text(text, encoding="utf-8")
    assert _content(Path(".")) == {**NEW, "notes.md": "mine"}


KILLED = """
import sys, time
from pathlib import Path
from kg.graph.folder import OURS, replaced

number = 0
while True:
    number += 1
    with replaced(Path(sys.argv[1]), OURS) as aside:
        for name in OURS:
            (aside / name).write_text(f"{number} {name}", encoding="utf-8")
"""


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_a_build_that_is_killed_at_any_point_leaves_one_whole_output(tmp_path):
    """Killed again and again while it does nothing but replace its output: every time all files are of one build."""
    out = tmp_path / "out"
    for round_ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(out)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        deadline = time.monotonic() + 60
        while not out.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        before = (out / "manifest.json").read_text(encoding="utf-8")
        while (out / "manifest.json").read_text(encoding="utf-8") == before and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(0.0013 * round_)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = _content(out)
        assert set(found) == set(OURS)
        assert len({text.partition(" ")[0] for text in found.values()}) == 1
    with replaced(out, OURS) as aside:
        (aside / "graph.nq").write_text("last", encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]  # what the killed ones left is gone


# From Python


def test_a_graph_from_python(tmp_path, monkeypatch):
    graph = kg.build(GOLDEN / "articles" / "2022-seaweed-forum.txt")
    assert len(graph) == len(graph.graph) > 20 and graph.report.articles == 1
    assert graph.query("ASK { ?p press:heads ?o }").truth is True
    assert graph.explain("노을찬").statements and graph.check().conforms
    assert graph.to_networkx().number_of_nodes() > 3
    assert graph.view(target=tmp_path / "view.html").read_text(encoding="utf-8").startswith("<!")
    cell = graph.show(height=420)._repr_html_()
    assert cell.startswith("<iframe") and "420" in cell and graph._repr_html_().startswith("<iframe")
    monkeypatch.setattr("kg.api._SHOWN", 0)
    assert f"{len(graph):,} statements" in graph._repr_html_()
    assert graph.save(tmp_path / "copy.ttl").stat().st_size > 500
    again = kg.load(graph.save(tmp_path / "copy"))
    assert graph.save(tmp_path / "copy.xlsx").read_bytes()[:2] == b"PK"
    assert set(again.graph) == set(graph.graph)
    with pytest.raises(UsageError, match=".docx"):
        graph.save(tmp_path / "copy.docx")


def test_importing_kg_loads_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, kg; print(*{m.partition('.')[0] for m in sys.modules})"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert not {"rdflib", "spacy", "kiwipiepy", "pyoxigraph", "networkx", "numpy"} & set(done.stdout.split()), done.stdout


# Corrections

FORUM = "id:제3회_바다숲_국제포럼_2023-05-17"


def test_corrections_are_applied_reported_and_undone(tmp_path):
    (tmp_path / "in").mkdir()
    for path in (GOLDEN / "articles").glob("*.txt"):
        (tmp_path / "in" / path.name).write_bytes(path.read_bytes())
    out, file = tmp_path / "out", tmp_path / "in" / "corrections.toml"
    build([tmp_path / "in"], out, view=False)
    plain = (out / "graph.nq").read_bytes()
    file.write_text(
        f"""
[[merge]]
things = ["id:류단비_해양수산부", "id:류단비_목포해양대학교"]
[[rename]]
thing = "{FORUM}"
name = "바다숲 국제포럼 2023"
[[alias]]
thing = "id:해양수산부"
name = "바다 부처"
[[reject]]
subject = "{FORUM}"
property = "attendeeCount"
object = "200"
[[split]]
thing = "id:여수엑스포컨벤션센터_장소"
articles = ["2023-seaweed-forum-report"]
[[alias]]
thing = "id:없는_것"
name = "무엇"
""",
        encoding="utf-8",
    )
    report = build([tmp_path / "in"], out, view=False)
    assert not report.skipped, "the file lies among the articles and is none"
    assert sorted(line.partition(": ")[2] for line in report.corrections) == [
        "alias 1: used",
        "alias 2: no longer matches: no thing is id:없는_것",
        "merge 1: used",
        "reject 1: used",
        "rename 1: used",
        "split 1: used",
    ]
    graph = kg.load(out)
    assert graph.query('ASK { ?p skos:prefLabel "류단비"@ko ; press:affiliatedWith id:해양수산부, id:목포해양대학교 }').truth
    assert graph.query("ASK { id:류단비_목포해양대학교 dcterms:isReplacedBy id:류단비_해양수산부 }").truth
    assert graph.query(f'ASK {{ {FORUM} skos:prefLabel "바다숲 국제포럼 2023"@ko }}').truth
    assert graph.query('ASK { id:해양수산부 skos:altLabel "바다 부처"@ko }').truth
    assert not graph.query(f"ASK {{ {FORUM} press:attendeeCount ?n }}").truth
    assert len(graph.query(f"SELECT ?v WHERE {{ {FORUM} press:venue ?v }}").rows) == 2
    assert graph.check().conforms
    file.unlink()
    build([tmp_path / "in"], out, view=False)
    assert (out / "graph.nq").read_bytes() == plain


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[merg]]\nthings = ['a', 'b']", r"merg.*allowed: \[\[merge\]\]"),
        ("[[merge]]\nthings = ['a']", "merge 1: things: .*2 or more"),
        ("[[alias]]\nthing = 'a'", "alias 1: name: None is missing"),
        ("[[alias]]\nthing = 'a'\nname = 'b'\nwho = 'c'", "alias 1: key: 'who'.*allowed: thing, name, why"),
        ("merge = 3", r"merge: 3 is written \[\[merge\]\]"),
        ("[[merge", "not valid TOML"),
    ],
)
def test_a_mistake_in_corrections_is_named(tmp_path, text, message):
    (tmp_path / "c.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message):
        build([GOLDEN / "articles" / "2023-namesake.txt"], tmp_path / "out", corrections=tmp_path / "c.toml", view=False)
    assert not (tmp_path / "out").exists()


def test_removing_an_article_that_is_not_there_says_so(golden):
    with pytest.raises(UsageError, match="holds no article 'x'; it holds 4"):
        remove(golden[0], ["x"])
