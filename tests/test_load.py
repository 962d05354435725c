"""A graph goes into other stores over the Graph Store Protocol and answers there as it does here: Oxigraph, Virtuoso, and a store
that fails."""

from __future__ import annotations

import base64
import shutil
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from kg.ask import remote
from kg.ask.query import query
from kg.errors import QueryError, UsageError
from kg.graph import upload
from kg.graph.store import load_store
from kg.knowledge.vocab import EVIDENCE_GRAPH, ONTOLOGY
from tests.stores import oxigraph, virtuoso  # noqa: F401

OUT = Path(__file__).parent / "fixtures" / "out"
ARTICLE = "https://w3id.org/presskg/id/article/water-week"
GRAPHS = 7  # three articles, the gazetteer, the evidence, the ontology, what follows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "out"
    shutil.copytree(OUT, copy, ignore=shutil.ignore_patterns(".*"))
    return copy


# ---- a store in Python that can be told to fail


@dataclass
class Store:
    """What a small Graph Store was asked, and what it holds; ``fails`` says the status of the n-th request that changes
    something."""

    url: str
    graphs: dict[str, set[str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    fails: Callable[[int], int | None] = lambda number: None
    secret: str | None = None
    changes: int = 0


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            given = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
            name = "default" if "default" in given else given["graph"][0]
            status, headers = self.change(name, body)
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("content-length", "0")
            self.end_headers()

        def change(self, name: str, body: str) -> tuple[int, dict[str, str]]:
            if made.secret and self.headers.get("authorization") != made.secret:
                return 401, {"www-authenticate": 'Basic realm="store"'}
            made.asked.append((self.command, name))
            if self.command == "HEAD":
                return (200 if name in made.graphs else 404), {}
            made.changes += 1
            if status := made.fails(made.changes):
                return status, {}
            if self.command == "DELETE":
                return (204 if made.graphs.pop(name, None) is not None else 404), {}
            assert self.headers["content-type"] == "application/n-triples"
            made.graphs[name] = (made.graphs.get(name, set()) if self.command == "POST" else set()) | set(body.splitlines())
            return 204, {}

        do_PUT = do_POST = do_DELETE = do_HEAD = answer

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}/store"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()


def test_every_graph_is_put_once_and_not_again(folder: Path, store: Store) -> None:
    first = upload.upload(folder, store.url)
    assert (first.sent, first.same, first.removed) == (GRAPHS, 0, 0) and first.triples == sum(map(len, store.graphs.values()))
    assert {str(EVIDENCE_GRAPH), str(ONTOLOGY), ARTICLE} < set(store.graphs) and "default" not in store.graphs
    store.asked.clear()
    assert upload.upload(folder, store.url).same == GRAPHS
    assert {method for method, _ in store.asked} == {"HEAD"} and len(store.asked) == GRAPHS


def test_a_load_that_was_cut_off_goes_on(folder: Path, store: Store) -> None:
    store.fails = lambda number: 500 if number >= 4 else None
    seen: list[tuple[int, int]] = []
    with pytest.raises(UsageError, match="PUT of graph <.*> was refused: 500"):
        upload.upload(folder, store.url, progress=lambda *at: seen.append(at))
    assert seen == [(1, GRAPHS), (2, GRAPHS), (3, GRAPHS)] and len(store.graphs) == 3
    store.asked.clear()
    store.fails = lambda number: None
    rest = upload.upload(folder, store.url)
    assert (rest.sent, rest.same) == (GRAPHS - 3, 3) and len([m for m, _ in store.asked if m == "PUT"]) == GRAPHS - 3


def test_notes_that_were_cut_off_are_read_as_far_as_they_go(folder: Path, store: Store) -> None:
    upload.upload(folder, store.url)
    [notes] = (folder / ".load").iterdir()
    notes.write_bytes(notes.read_bytes()[:-20])
    again = upload.upload(folder, store.url)
    assert (again.sent, again.same) == (1, GRAPHS - 1) and upload.upload(folder, store.url).same == GRAPHS


def test_only_what_changed_is_sent_and_what_is_gone_is_taken_away(folder: Path, store: Store) -> None:
    upload.upload(folder, store.url)
    lines = (folder / "graph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.endswith(f"<{ARTICLE}> .\n")]
    kept.append(f'<http://example.org/a> <http://example.org/b> "c" <{ARTICLE.replace("week", "forum")}> .\n')
    assert len(kept) < len(lines)
    (folder / "graph.nq").write_text("".join(kept), encoding="utf-8")
    done = upload.upload(folder, store.url)
    assert (done.sent, done.same, done.removed) == (2, GRAPHS - 3, 1), "the other article, and what follows"
    assert (
        ARTICLE not in store.graphs
        and '<http://example.org/a> <http://example.org/b> "c" .' in store.graphs[ARTICLE.replace("week", "forum")]
    )


def test_a_store_that_was_emptied_gets_all_again(folder: Path, store: Store) -> None:
    upload.upload(folder, store.url)
    store.graphs.clear()
    assert upload.upload(folder, store.url).sent == GRAPHS and len(store.graphs) == GRAPHS
    assert upload.upload(folder, store.url, fresh=True).sent == GRAPHS


def test_a_large_graph_goes_in_pieces(folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    upload.upload(folder, store.url)
    whole = {name: set(lines) for name, lines in store.graphs.items() if name != str(ONTOLOGY)}
    monkeypatch.setattr(upload, "_PIECE", 50)
    upload.upload(folder, store.url, fresh=True)
    assert store.asked.count(("POST", str(EVIDENCE_GRAPH))) >= 8
    assert {name: lines for name, lines in store.graphs.items() if name != str(ONTOLOGY)} == whole


def test_the_default_graph_is_the_union_where_it_is_asked_for(folder: Path, store: Store) -> None:
    upload.upload(folder, store.url, default=True)
    articles = set().union(
        *(lines for name, lines in store.graphs.items() if name not in ("default", str(EVIDENCE_GRAPH), str(ONTOLOGY)))
    )
    assert store.graphs["default"] == articles


@pytest.mark.parametrize("name", [ARTICLE, str(EVIDENCE_GRAPH)])
def test_a_graph_that_vanished_in_the_store_is_sent_again(folder: Path, store: Store, name: str) -> None:
    upload.upload(folder, store.url)
    whole = set(store.graphs.pop(name))
    done = upload.upload(folder, store.url)
    assert (done.sent, done.same) == (1, GRAPHS - 1) and store.graphs[name] == whole


def test_two_loads_at_once_send_each_graph_once(folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "_PIECE", 50)  # in pieces, the second of which is added
    done: list[upload.Uploaded] = []
    both = [threading.Thread(target=lambda: done.append(upload.upload(folder, store.url))) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(60)
    assert sorted(one.sent for one in done) == [0, GRAPHS]
    blank = {line.split()[0] for line in store.graphs[str(ONTOLOGY)] if line.startswith("_:")}
    assert len(blank) == len({quad.subject for quad in load_store(folder) if str(quad.subject).startswith("_:")})


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_store_is_asked_again(folder: Path, store: Store, status: int) -> None:
    store.fails = lambda number: status if number in (2, 3) else None
    assert upload.upload(folder, store.url).sent == GRAPHS and len(store.graphs) == GRAPHS


def test_a_password_answers_a_challenge_and_stands_nowhere(folder: Path, store: Store) -> None:
    store.secret = "Basic " + base64.b64encode(b"me:top secret").decode()
    with pytest.raises(UsageError, match="401.*give a user and a password"):
        upload.upload(folder, store.url)
    with pytest.raises(UsageError) as wrong:
        upload.upload(folder, store.url, user="me", password="other secret")
    assert "secret" not in str(wrong.value)
    assert upload.upload(folder, store.url.replace("http://", "http://me:top%20secret@")).sent == GRAPHS
    assert all("secret" not in path.read_text(encoding="utf-8") + path.name for path in (folder / ".load").iterdir())


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("out", "is no address of a store"),
        ("ftp://localhost/store", "is no address of a store"),
        ("http://localhost:1/store?default", "query or fragment"),
        ("http://127.0.0.1:9/store", "cannot be reached"),
    ],
)
def test_bad_addresses(folder: Path, url: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "_TRIES", 0)
    with pytest.raises(UsageError, match=words):
        upload.upload(folder, url)


# ---- real stores, which the tests start


def terms(answer) -> list[tuple]:
    return sorted(answer.rows, key=str)


def test_oxigraph_holds_the_same_quads(folder: Path, oxigraph: tuple[str, str]) -> None:
    store, _ = oxigraph
    upload.upload(folder, store, default=True)
    assert upload.upload(folder, store, default=True).sent == 0
    request = urllib.request.Request(store, headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        there = {str(quad) for quad in ox.parse(answer.read(), format=ox.RdfFormat.N_QUADS) if "_:" not in str(quad)}
    here = {str(quad) for quad in load_store(folder, evidence=True) if "_:" not in str(quad)}
    assert there == here and len(here) > 500


def test_virtuoso_takes_graphs_away(folder: Path, virtuoso: tuple[str, str]) -> None:
    store, endpoint = virtuoso
    assert upload.upload(folder, store).sent == GRAPHS and upload.upload(folder, store).sent == 0
    lines = (folder / "graph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "graph.nq").write_text("".join(line for line in lines if not line.endswith(f"<{ARTICLE}> .\n")), encoding="utf-8")
    assert upload.upload(folder, store).removed == 1
    (folder / "ask.rq").write_text(f"ASK {{ GRAPH <{ARTICLE}> {{ ?s ?p ?o }} }}", encoding="utf-8")
    assert remote.query(endpoint, str(folder / "ask.rq")).truth is False


# ---- remote questions


@pytest.fixture
def asked(folder: Path, oxigraph: tuple[str, str]) -> Callable[..., object]:
    """A question as text, asked of the Oxigraph server."""
    upload.upload(folder, oxigraph[0], default=True)

    def ask(text: str, **rest: object):
        (folder / "question.rq").write_text(text, encoding="utf-8")
        return remote.query(oxigraph[1], str(folder / "question.rq"), **rest)

    return ask


_TABLE = '{"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [%s]}}'
_ROW = '{"__ASK_RETVAL": {"type": "literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "%s"}}'


@pytest.mark.parametrize(
    ("said", "truth"),
    [
        ('{"head": {}, "boolean": true}', True),
        ('{"head": {}, "boolean": false}', False),
        (_TABLE % (_ROW % 1), True),  # Virtuoso
        (_TABLE % (_ROW % 0), False),  # Virtuoso 7.2.12
        (_TABLE % "", False),  # Virtuoso 7.2.5
    ],
)
def test_yes_and_no_are_told_in_several_ways(said: str, truth: bool) -> None:
    assert remote._truth(ox.parse_query_results(said.encode(), format=ox.QueryResultsFormat.JSON)) is truth


def test_remote_rows_triples_and_truth(asked: Callable) -> None:
    assert asked("ASK { ?s press:coHosted ?e }").truth is True
    rows = asked("SELECT ?s ?n WHERE { ?s press:coHosted ?e OPTIONAL { ?s press:jobTitle ?n } } ORDER BY ?s", limit=1)
    assert rows.cut and len(rows.rows) == 1 and rows.rows[0][1] is None
    triples = asked("CONSTRUCT WHERE { ?s press:coHosted ?e }")
    assert triples.kind == "triples" and len(triples.rows) == 2 and not triples.cut


def test_remote_parameters_are_values(folder: Path, oxigraph: tuple[str, str]) -> None:
    upload.upload(folder, oxigraph[0], default=True)
    for value in ("한국수자원", '" } #', "\\"):
        assert terms(remote.query(oxigraph[1], "co-hosts", {"organization": value})) == terms(
            query(folder, "co-hosts", {"organization": value})
        )


def test_remote_refusals(asked: Callable, folder: Path) -> None:
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        asked("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="update is not allowed"):
        asked("CLEAR ALL")
    with pytest.raises(UsageError, match="cannot be reached"):
        remote.query("http://127.0.0.1:9/sparql", "co-hosts")
    with pytest.raises(UsageError, match="'no-question' is not known"):
        remote.query("http://127.0.0.1:9/sparql", "no-question")


def test_an_empty_default_graph_is_told(folder: Path, oxigraph: tuple[str, str], run_kg: Callable) -> None:
    upload.upload(folder, oxigraph[0], fresh=True)
    clear = urllib.request.Request(f"{oxigraph[0]}?default", method="DELETE")
    urllib.request.urlopen(clear, timeout=20).close()
    asked = run_kg("query", oxigraph[1], "co-hosts", "--format", "csv")
    assert asked.returncode == 0 and len(asked.stdout.splitlines()) == 1
    assert "the default graph there is empty; kg load --default" in asked.stderr
    upload.upload(folder, oxigraph[0], default=True)
    assert run_kg("query", oxigraph[1], "co-hosts", "--organization", "없는 곳").stderr == ""


def test_remote_answers_that_are_none(oxigraph: tuple[str, str]) -> None:
    with pytest.raises(QueryError, match="404|405|400"):
        remote.query(oxigraph[1].replace("/query", "/nowhere"), "co-hosts")
