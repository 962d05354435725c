"""Limits really stop what they are meant to stop, as an error and never as a part of an answer; the server ends without
remains."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.serve.conftest import ROOT, Server, running, until

pytestmark = pytest.mark.clock
CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
MIB = 1 << 20


@pytest.fixture(scope="module")
def strict(larger: Path) -> Iterator[Server]:
    """A server with tight limits."""
    with running(larger, seconds=1, most_seconds=3, rows=200, size=60_000, memory=160 * MIB, at_once=2, wait=0.4) as made:
        yield made


def ask(server: Server, query: str, **fields: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request(
            "POST", "/sparql", urlencode({"query": query, **fields}), {"Content-Type": "application/x-www-form-urlencoded"}
        )
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())
    finally:
        connection.close()


def workers(server: Server) -> set[int]:
    """The processes that the server started."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == server.process.pid:
                found.add(int(entry.name))
        except (OSError, IndexError):
            continue
    return found


def busy(server: Server) -> set[int]:
    """Workers in which a query computes now: their time of the processor grows."""

    def spent() -> dict[int, int]:
        times = {}
        for pid in workers(server):
            try:
                times[pid] = sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
            except OSError:
                continue
        return times

    before = spent()
    time.sleep(0.25)
    return {pid for pid, now in spent().items() if pid in before and now - before[pid] > 2}


def test_a_cross_product_is_stopped_in_its_time(strict: Server) -> None:
    start = time.monotonic()
    status, words, _ = ask(strict, CROSS)
    assert status == 504 and "stopped after 1 seconds" in words and time.monotonic() - start < 3
    assert until(lambda: not busy(strict)), "a worker computes on"
    assert until(lambda: ask(strict, "ASK {}", timeout="3")[0] == 200, 10)


def test_a_request_may_ask_for_more_time_but_not_for_any(strict: Server) -> None:
    start = time.monotonic()
    status, words, _ = ask(strict, CROSS, timeout="600")
    assert status == 504 and "stopped after 3 seconds" in words and 2.9 < time.monotonic() - start < 6


def test_sorting_a_cross_product_meets_the_memory_or_the_time(strict: Server) -> None:
    status, words, _ = ask(strict, SORTED, timeout="3")
    assert (status, "memory" in words) in ((507, True), (504, False))
    assert until(lambda: ask(strict, "ASK {}", timeout="3")[0] == 200, 10)


def test_memory_is_bounded(larger: Path) -> None:
    with running(larger, seconds=30, memory=64 * MIB, at_once=1) as server:
        status, words, _ = ask(server, SORTED)
        assert status == 507 and "more memory than it may have, 64 MiB" in words
        assert until(lambda: ask(server, "ASK {}")[0] == 200, 10)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?p WHERE { ?s ?p ?o }", "more than 200 rows"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "more than 200 rows"),
        ("SELECT (CONCAT(?x, ?x, ?x, ?x) AS ?y) WHERE { VALUES ?x { '%s' } }" % ("가" * 9000), "longer than 60,000 bytes"),
    ],
)
def test_rows_and_bytes_are_bounded(strict: Server, query: str, words: str) -> None:
    for accept in ("json", "csv", "turtle"):
        status, said, _ = ask(strict, query, format=accept)
        assert status == 507 and words in said


def test_as_many_rows_as_allowed_are_an_answer(strict: Server) -> None:
    status, body, _ = ask(strict, "SELECT ?p WHERE { ?s ?p ?o } LIMIT 200", format="csv")
    assert status == 200 and len(body.split()) == 201


def test_further_queries_are_told_to_come_back(strict: Server) -> None:
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: ask(strict, CROSS, timeout="2"), range(6)))
    statuses = [status for status, _, _ in answers]
    assert statuses.count(504) >= 2 and statuses.count(503) >= 2 and set(statuses) == {503, 504}
    assert all(headers["retry-after"] for status, _, headers in answers if status == 503)
    assert until(lambda: ask(strict, "ASK {}")[0] == 200, 10)


def test_many_small_queries_at_once_are_all_answered(server: Server) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert {status for status, _, _ in threads.map(lambda _: ask(server, "SELECT * { ?s ?p ?o } LIMIT 50"), range(40))} == {
            200
        }


def test_a_query_ends_with_its_client(strict: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", strict.port, timeout=30)
    connection.request("GET", f"/sparql?{urlencode({'query': CROSS, 'timeout': '3'})}")
    assert until(lambda: busy(strict), 2)
    start = time.monotonic()
    connection.close()
    assert until(lambda: not busy(strict), 2) and time.monotonic() - start < 2


def test_a_deeply_nested_query_is_an_error(strict: Server) -> None:
    status, _, _ = ask(strict, "SELECT * WHERE " + "{" * 3000 + "?s ?p ?o" + "}" * 3000)
    assert status in (400, 504, 507)
    assert until(lambda: ask(strict, "ASK {}")[0] == 200, 10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_even_amid_a_query(larger: Path, number: int) -> None:
    with running(larger, seconds=30) as server:
        thread = threading.Thread(target=lambda: ask_quietly(server), daemon=True)
        thread.start()
        assert until(lambda: busy(server), 5)
        pids, start = workers(server), time.monotonic()
        server.process.send_signal(number)
        assert server.process.wait(10) == 0 and time.monotonic() - start < 8
        assert until(lambda: not [pid for pid in pids if Path(f"/proc/{pid}").exists()]), "workers are left"
        assert server.process.stderr.read() == ""
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", server.port), 1).close()


def ask_quietly(server: Server) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        ask(server, CROSS)


def test_a_worker_cannot_reach_the_network_even_past_the_guard(folder: Path) -> None:
    """What the store itself would fetch does not go out: no connection reaches a listener."""
    script = """
import sys
from kg.serve.bars import no_network
from kg.graph.store import load_store
store = load_store(sys.argv[1])
barred = no_network()
try:
    print(barred, list(store.query("SELECT * { SERVICE <http://127.0.0.1:%s/> { ?s ?p ?o } }" % sys.argv[2])))
except OSError as error:
    print(barred, "refused", error)
"""
    if sys.platform != "linux" or os.uname().machine not in ("x86_64", "aarch64"):
        pytest.skip("THE BAR DID NOT RUN: it is for Linux on x86-64 and arm64")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        ended = subprocess.run(
            [sys.executable, "-c", script, str(folder), str(listener.getsockname()[1])],
            cwd=ROOT,
            text=True,
            capture_output=True,
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert ended.stdout.startswith("True refused"), ended
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_store_is_loaded_once_and_made_anew_for_other_bytes(folder: Path, tmp_path: Path) -> None:
    import shutil

    from kg.serve.snapshot import snapshot

    copy = tmp_path / "out"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".store"))
    with snapshot(copy) as first:
        made = (first / "CURRENT").stat().st_mtime_ns
        with snapshot(copy) as again:
            assert again == first and (again / "CURRENT").stat().st_mtime_ns == made
        (copy / "graph.nq").write_bytes(
            (copy / "graph.nq").read_bytes() + b"<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n"
        )
        with snapshot(copy) as other:
            assert other != first and first.exists(), "a store that is read was taken away"
    with snapshot(copy):
        assert not first.exists(), "an old store was kept"
