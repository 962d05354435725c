"""Proposals of a reconciliation service, asked of a server on this machine."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

import kg
from kg.ask import reconcile as reconcile_module
from kg.ask.reconcile import reconcile
from kg.errors import UsageError
from kg.knowledge.corrections import parse
from kg.pipeline import build

GOLDEN = Path(__file__).parent / "golden" / "articles"
FIXTURE = Path(__file__).parent / "fixtures" / "out"
ANSWERS = {
    "한국수자원공사": [{"id": "Q904", "name": "K-water", "score": 97, "match": False}],
    "한국수산자원공단": [{"id": "Q901", "name": "Korea Fisheries Resources Agency", "score": 100, "match": True}],
    "목포해양대학교": [
        {"id": "Q902", "name": "MMU", "score": 95, "match": False},
        {"id": "Q903", "name": "?", "score": 12, "match": False},
    ],
}


class _Service(BaseHTTPRequestHandler):
    asked: list[str] = []
    fixed: dict | None = None
    raw: bytes | None = None
    busy: list[tuple[int, bytes]] = []  # what questions are answered with first

    def do_GET(self):
        self._send({"name": "test", "identifierSpace": "http://example.org/entity/"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        queries = json.loads(parse_qs(body)["queries"][0])
        if self.busy:
            status, said = self.busy.pop(0)
            self.send_response(status)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
            return
        self.asked.extend(query["query"] for query in queries.values())
        answers = {key: {"result": ANSWERS.get(query["query"], [])} for key, query in queries.items()}
        self._send(answers if self.fixed is None else self.fixed)

    def _send(self, value):
        data = json.dumps(value).encode() if self.raw is None else self.raw
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words):
        pass


@pytest.fixture
def service(monkeypatch):
    monkeypatch.setattr(reconcile_module, "_PAUSE", 0.01)  # between two tries; a real service gets more time
    _Service.asked, _Service.fixed, _Service.raw, _Service.busy = [], None, None, []
    server = HTTPServer(("127.0.0.1", 0), _Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/reconcile"
    server.shutdown()
    server.server_close()
    thread.join()


def test_proposals_become_links(tmp_path, service):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for path in GOLDEN.iterdir():
        (source / path.name).write_bytes(path.read_bytes())
    build([source], out, view=False)
    found = reconcile(out, service)
    assert {"한국수산자원공단", "목포해양대학교"} <= set(_Service.asked) and not any("류단비" in name for name in _Service.asked)
    text = found.as_toml()
    assert parse(text) == ()
    assert "Q901" in text and "Q902" in text and "Q903" not in text, "sure ones, or those with a high score"
    (source / "corrections.toml").write_text(re.sub(r"^# (?!-- |Corrections)", "", text, flags=re.MULTILINE), encoding="utf-8")
    report = build([source], out, view=False)
    assert len(report.corrections) == 2 and all(line.endswith(": used") for line in report.corrections)
    assert kg.load(out).query("ASK { id:한국수산자원공단 owl:sameAs <http://example.org/entity/Q901> }").truth
    asked = len(_Service.asked)
    again = reconcile(out, service)
    assert not again.items and len(_Service.asked) < 2 * asked, "what is linked is not asked again"


def test_the_command_line_asks_and_shows_the_same(run_kg, tmp_path, service):
    plain = run_kg("review", FIXTURE)
    assert (plain.returncode, plain.stdout) == (0, "nothing to look at\n") and not _Service.asked, "nothing is asked by itself"
    said = run_kg("review", FIXTURE, "--service", service)
    assert said.returncode == 0 and said.stderr == ""
    assert said.stdout.splitlines() == [
        "link: 1",
        "  한국수자원공사 (id:한국수자원공사) = K-water <http://example.org/entity/Q904>: score 97",
    ]
    assert "가람대학교" in _Service.asked and not {"윤다온", "노르웨이", "도시 하천의 회복"} & set(_Service.asked), (
        "bodies and places without a link, no people"
    )
    kept = json.loads(run_kg("review", FIXTURE, "--service", service, "--json").stdout)
    assert [item["kind"] for item in kept["items"]] == ["link"]
    target = tmp_path / "corrections.toml"
    assert run_kg("review", FIXTURE, "--service", service, "-o", target).stdout == f"{target}\n"
    text = target.read_text(encoding="utf-8")
    assert parse(text) == () and "Q904" in text
    [link] = parse(re.sub(r"^# (?!-- |Corrections)", "", text, flags=re.MULTILINE))
    assert (link.kind, link.one("thing"), link.one("same")) == ("link", "id:한국수자원공사", "http://example.org/entity/Q904")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("wikidata", "kg: 'wikidata' is no address of a service; write http://… or https://…"),
        ("http://127.0.0.1:9/reconcile", "kg: http://127.0.0.1:9/reconcile: does not answer as a reconciliation service: "),
    ],
)
def test_the_command_line_says_what_is_wrong(run_kg, address, message):
    said = run_kg("review", FIXTURE, "--service", address)
    assert said.returncode == 2 and said.stdout == "" and said.stderr.startswith(message) and said.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"q0": None},
        {"q0": {"result": None}},
        {"q0": {"result": "Q1"}},
        {"q0": []},
        {"q0": {"result": [None, 1, "Q1", {"name": "?"}]}},
        {"q0": {"result": [{"id": 1, "match": True}]}},
        {"q0": {"result": [{"id": "Q1", "score": "high"}]}},
        {"q0": {"result": [{"id": "Q1", "score": 12, "match": "yes"}]}},
        {"q0": {"result": [{"id": "Q 1", "score": 100, "match": True}]}},
        {"q0": {"result": [{"id": 'Q1"\nsame = "x', "match": True}]}},
        {},
    ],
    ids=str,
)
def test_answers_that_propose_nothing(tmp_path, service, answer):
    _Service.fixed = answer
    assert reconcile(FIXTURE, service).items == ()


def test_what_a_service_says_stays_in_its_comment(service):
    name = 'K-water\n[[alias]]\nthing = "id:환경부"\nname = "x"\r\x1b[2J'
    _Service.fixed = {"q0": {"result": [{"id": "Q904", "name": name, "match": True}]}}
    found = reconcile(FIXTURE, service)
    assert len(found.items) == 1 and parse(found.as_toml()) == ()
    assert all(line.isprintable() for line in found.lines())


@pytest.mark.parametrize("said", [b"", b"<html>", b"[]", b'"Q1"'], ids=["nothing", "a page", "a list", "words"])
def test_what_is_no_reconciliation_service(service, said):
    _Service.raw = said
    with pytest.raises(UsageError, match="does not answer as a reconciliation service"):
        reconcile(FIXTURE, service)


@pytest.mark.parametrize(
    "address", ["ftp://127.0.0.1/x", "file:///etc/hosts", "wikidata", "http://", "https:///x", "http://a b/"]
)
def test_only_the_web_is_asked(tmp_path, address):
    with pytest.raises(UsageError, match="is no address"):
        reconcile(tmp_path, address)


def test_a_service_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="does not answer"):
        reconcile(tmp_path, "http://127.0.0.1:9/reconcile", timeout=2)


def test_a_link_has_to_be_an_address():
    from kg.errors import KnowledgeError

    with pytest.raises(KnowledgeError, match="link 1: same: .*has to be an address"):
        parse('[[link]]\nthing = "id:가"\nsame = "Q1> . <x"')


PAGE = b"<html>busy</html>"


@pytest.mark.parametrize(
    "busy", [[(429, b"{}")], [(500, PAGE)] * 3, [(503, b"")] * 2, [(200, PAGE)], [(200, b"[]"), (200, PAGE)]], ids=str
)
def test_a_busy_service_is_asked_again(service, busy):
    _Service.busy = list(busy)
    found = reconcile(FIXTURE, service)
    assert [item.about for item in found.items] == [
        "한국수자원공사 (id:한국수자원공사) = K-water <http://example.org/entity/Q904>"
    ]
    assert not found.notes and not _Service.busy


@pytest.mark.parametrize("answer", [(429, b"{}"), (500, PAGE), (200, PAGE), (403, b"no")], ids=str)
def test_what_was_answered_stays_and_what_was_not_is_told(service, answer, monkeypatch, run_kg):
    monkeypatch.setattr("kg.ask.reconcile._BATCH", 1)
    monkeypatch.setattr("kg.ask.reconcile._PAUSE", 0.0)
    whole = reconcile(FIXTURE, service)
    monkeypatch.setattr(_Service, "do_POST", _failing(answer, after=len(_Service.asked) - 1))
    _Service.asked.clear()
    found = reconcile(FIXTURE, service)
    assert found.items == whole.items[: len(found.items)] and "1 names were left out" in found.notes[0]
    monkeypatch.setattr(_Service, "do_POST", _failing(answer, after=0))
    done = run_kg("review", FIXTURE, "--service", service)
    assert (
        done.returncode == 0
        and done.stdout == "nothing to look at\n"
        and "names were left out; ask for them again later" in done.stderr
    )


def _failing(answer, after):
    whole = _Service.do_POST

    def post(self):
        if len(self.asked) >= after:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(answer[0])
            self.send_header("Content-Length", str(len(answer[1])))
            self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(answer[1])
            return
        whole(self)

    return post


def test_a_wait_is_never_longer_than_a_minute():
    from urllib3.response import HTTPResponse

    from kg.patience import patient

    retry = patient().get_adapter("https://example.org").max_retries
    assert retry.get_retry_after(HTTPResponse(status=429, headers={"Retry-After": "86400"})) == 60
