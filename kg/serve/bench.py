"""How long answers take: ``python -m kg.serve.bench OUT`` measures the endpoint against rdflib's own engine on the same graph in
one run.

Measured are the time from the start of ``kg serve`` to its first answer, when the store has to be loaded and when it is reused,
and each named question over HTTP, the median of five; the one that asks for evidence is left out, because rdflib gets the graph
alone. ``--pages`` measures instead what a reader of the pages waits for: questions of the builder, the network, the map, the timeline.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlencode

from kg.serve.lookup import local_path

_PATIENCE = 30  # seconds that rdflib is waited for, question by question
_TIMES = 5


@contextmanager
def _serving(out: Path) -> Iterator[tuple[str, float, int]]:
    """A server in a process of its own: its address, the seconds from its start to its first answer, and its process."""
    start = time.perf_counter()
    code = "import sys; from kg.serve import serve; serve(sys.argv[1], port=0)"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(out)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stderr is not None  # asked for above
    try:
        address = process.stderr.readline().split(" at ")[1].split()[0]
        _ask(address, "ASK { ?s a press:Event }")
        yield address, time.perf_counter() - start, process.pid
    finally:
        process.terminate()
        process.wait(20)
        process.stderr.close()


def _ask(address: str, text: str) -> int:
    """The number of rows of an answer."""
    request = urllib.request.Request(
        f"{address}sparql", urlencode({"query": text, "timeout": 60}).encode(), {"Accept": "application/sparql-results+json"}
    )
    with urllib.request.urlopen(request, timeout=90) as answer:
        return len(json.load(answer).get("results", {}).get("bindings", ()))


def _seconds(run) -> tuple[float, int]:
    start = time.perf_counter()
    rows = run()
    return time.perf_counter() - start, rows


def _rdflib(path: Path, texts: dict[str, str]) -> tuple[float, dict[str, tuple[float, int] | None]]:
    """Seconds to read the graph, and to answer each question; None where patience ended."""
    import signal

    import rdflib

    from kg.knowledge.vocab import PREFIXES

    graph = rdflib.Graph()
    reading, _ = _seconds(lambda: len(graph.parse(path, format="turtle")))
    found: dict[str, tuple[float, int] | None] = {}

    def late(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    for name, text in texts.items():
        signal.alarm(_PATIENCE)
        try:
            found[name] = _seconds(lambda text=text: len(list(graph.query(text, initNs=dict(PREFIXES)))))
        except TimeoutError:
            found[name] = None
        finally:
            signal.alarm(0)
    return reading, found


_BUILT: tuple[dict[str, str], ...] = (
    {"intent": "events"},
    {"intent": "events", "shape": "count"},
    {"intent": "events", "shape": "month"},
    {"intent": "events", "shape": "month-city"},
    {"intent": "events", "kind": "Seminar", "since": "2023", "until": "2023"},
    {"intent": "events", "kind": "Seminar", "shape": "count"},
    {"intent": "events", "about": "교육"},
    {"intent": "events", "about": "교육", "shape": "count"},
    {"intent": "hosts", "shape": "most"},
    {"intent": "agreements", "shape": "year"},
    {"intent": "speakers", "about": "교육"},
    {"intent": "quotes", "about": "교육"},
)


def pages(out: Path) -> Iterator[str]:
    """What a reader of the pages waits for: the first answer to each question of the builder, the middle of five, and its count alone."""
    with _serving(out) as (address, _, pid):
        _page(address, "", "text/html")  # the page that a reader comes from
        time.sleep(10)  # what pages need is loaded
        yield "| question | page, first, ms | page, median of five, ms | of the processor, ms | for programs, median, ms |"
        yield "| --- | ---: | ---: | ---: | ---: |"
        for fields in _BUILT:
            row = _row(address, pid, f"ask?{urlencode(fields)}")
            plain = statistics.median(_page(address, f"ask?{urlencode(fields)}", "application/json") for _ in range(_TIMES))
            yield f"| {' '.join(fields.values())} | {row} | {plain * 1000:,.0f} |"
        for path in ("network", "map", "timeline", _busiest(address)):
            yield f"| /{unquote(path)} | {_row(address, pid, path)} | |"


def _row(address: str, pid: int, path: str) -> str:
    """The first answer, the middle of five more, and the processor's time for one of these, which a busy machine does not stretch as much."""
    first, before = _page(address, path, "text/html"), spent(pid)
    again = statistics.median(_page(address, path, "text/html") for _ in range(_TIMES))
    return " | ".join(f"{seconds * 1000:,.0f}" for seconds in (first, again, (spent(pid) - before) / _TIMES))


def spent(pid: int) -> float:
    """The processor time in seconds that a process and those that it started have had."""
    ticks = 0
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else []
        except OSError:  # it has ended
            continue
        if fields and pid in (int(entry.name), int(fields[1])):
            ticks += sum(map(int, fields[11:15]))  # its own and that of those that ended, in and out of the kernel
    return ticks / os.sysconf("SC_CLK_TCK")


def _busiest(address: str) -> str:
    """The page of the body that hosted most events, which has most to tell."""
    fields = urlencode({"intent": "hosts", "shape": "most", "format": "json"})
    with urllib.request.urlopen(f"{address}ask?{fields}", timeout=90) as answer:
        rows = json.load(answer)["results"]["bindings"]
    return local_path(rows[0]["agentIri"]["value"]).lstrip("/")


def _page(address: str, path: str, accept: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(urllib.request.Request(f"{address}{path}", headers={"Accept": accept}), timeout=90) as answer:
        answer.read()
    return time.perf_counter() - start


def main(out: Path) -> Iterator[str]:
    """The report, line by line, in Markdown."""
    from kg.ask.query import questions
    from kg.graph.store import built

    texts = {question.name: question.text for question in questions() if question.name != "evidence-of"}
    with tempfile.TemporaryDirectory(prefix="presskg-bench-") as folder:
        copy = Path(folder) / "out"
        shutil.copytree(out, copy, ignore=shutil.ignore_patterns(".*"))
        with _serving(copy) as (_, first, _):
            pass
        with _serving(copy) as (address, again, _):
            ours = {}
            for name, text in texts.items():
                runs = [_seconds(lambda text=text: _ask(address, text)) for _ in range(_TIMES)]
                ours[name] = statistics.median(seconds for seconds, _ in runs), runs[0][1]
    reading, theirs = _rdflib(built(out, "graph.ttl"), texts)
    yield f"From start to first answer: {first:.1f} s with the store to load, {again:.1f} s with the store reused."
    yield f"rdflib reads the graph in {reading:.1f} s."
    yield ""
    yield "| question | rows | kg serve, ms | rdflib, ms | times as fast |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, (seconds, rows) in ours.items():
        other = theirs[name]
        if other is not None and other[1] != rows:
            yield f"| {name} | {rows:,} | {seconds * 1000:,.0f} | gives {other[1]:,} rows | |"
            continue
        slow = f"{other[0] * 1000:,.0f}" if other else f"stopped after {_PATIENCE * 1000:,}"
        times = f"{(other[0] if other else _PATIENCE) / seconds:,.0f}{'' if other else ' or more'}"
        yield f"| {name} | {rows:,} | {seconds * 1000:,.0f} | {slow} | {times} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m kg.serve.bench", description="How long answers over a built folder take.")
    parser.add_argument("out", type=Path, help="a folder that kg build made")
    parser.add_argument("--pages", action="store_true", help="what readers of the pages wait for, instead of named questions")
    options = parser.parse_args()
    for line in (pages if options.pages else main)(options.out):
        print(line, flush=True)
