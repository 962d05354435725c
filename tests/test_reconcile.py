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
from kg.corrections import parse
from kg.errors import UsageError
from kg.pipeline import build
from kg.reconcile import reconcile

GOLDEN = Path(__file__).parent / "golden" / "articles"
ANSWERS = {
    "한국수산자원공단": [{"id": "Q901", "name": "Korea Fisheries Resources Agency", "score": 100, "match": True}],
    "목포해양대학교": [{"id": "Q902", "name": "MMU", "score": 95, "match": False}, {"id": "Q903", "name": "?", "score": 12, "match": False}],
}


class _Service(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self):
        self._send({"name": "test", "identifierSpace": "http://example.org/entity/"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        queries = json.loads(parse_qs(body)["queries"][0])
        self.asked.extend(query["query"] for query in queries.values())
        self._send({key: {"result": ANSWERS.get(query["query"], [])} for key, query in queries.items()})

    def _send(self, value):
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words):
        pass


@pytest.fixture
def service():
    _Service.asked = []
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


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/x", "file:///etc/hosts", "wikidata"])
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
