"""The description of what the server answers, ``/static/openapi.json``: it is true of the routes, and whatever is asked within it and
beside it is answered as it says, never by a fault."""

from __future__ import annotations

import http.client
import json
import os
import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.knowledge.resources import resource

API = json.loads(Path(resource("viz", "serve", "static", "openapi.json")).read_text(encoding="utf-8"))
OPERATIONS = [(method, path, what) for path, methods in API["paths"].items() for method, what in methods.items()]
EXAMPLES = int(os.environ.get("KG_FUZZ", "25"))
WORDS = (
    "환경부", "서울", "포럼", "2024년에 열린 포럼은?", "id:x", "<http://a>", "SELECT * {?s ?p ?o} LIMIT 3", "ASK {}", "DESCRIBE <urn:x>",
    '{"q0": {"query": "환경부"}}', '{"ids": ["x"], "properties": [{"id": "hosts"}]}', "[1]", "{", "", "..", "%00", "'", "' OR 1=1", "\u202e",
)  # fmt: skip
FREE = st.one_of(st.sampled_from(WORDS), st.text(max_size=60).filter(lambda text: text.isprintable() or "\n" in text))
NO_BODY = {"301", "303", "307", "308"}


def value(schema: dict) -> st.SearchStrategy[str]:
    """Values that a parameter may have, and one in a while any others."""
    if schema["type"] == "array":
        return FREE
    within = (
        st.sampled_from(schema["enum"])
        if "enum" in schema
        else st.floats(0.1, 2).map(str)
        if schema["type"] == "number"
        else FREE
    )
    return st.one_of(within, within, within, FREE)


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, str, dict, str, dict[str, str], bytes | None]:
    """A request within the description or a little beside it: method, path of the description, what is said of it, target, headers, body."""
    method, path, what = draw(st.sampled_from(OPERATIONS))
    asked, target = [], path
    for one in what.get("parameters", ()):
        if one["in"] == "path":
            target = target.replace(f"{{{one['name']}}}", quote(draw(value(one["schema"])).encode("utf-8", "replace"), safe=""))
        elif draw(st.booleans()):
            asked += [(one["name"], draw(value(one["schema"])))] * draw(st.sampled_from((1, 1, 1, 2)))
    headers, body = {}, None
    if draw(st.booleans()):
        types = [kind for answer in what["responses"].values() for kind in answer.get("content", ())]
        headers["Accept"] = draw(st.sampled_from([*types, "*/*", "image/png", "text/*;q=0.1", ";;;"]))
    if "requestBody" in what:
        media, content = draw(st.sampled_from(sorted(what["requestBody"]["content"].items())))
        headers["Content-Type"] = media
        fields = content["schema"].get("properties")
        words = urlencode([(name, draw(FREE)) for name in fields], errors="replace") if fields else draw(FREE)
        body = words.encode("utf-8", "replace")
    query = urlencode(asked, errors="replace")
    return method, path, what, f"{target}?{query}" if query else target, headers, body


def ask(server, method: str, target: str, headers: dict[str, str], body: bytes | None) -> tuple[int, str, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=90)
    try:
        line.request(method.upper(), target, body, headers)
        answer = line.getresponse()
        return answer.status, answer.headers.get_content_type(), answer.read()
    finally:
        line.close()


def test_the_description_is_true_of_the_routes(folder: Path) -> None:
    from kg.serve.app import create_app

    known = {
        re.sub(r":\w+}", "}", route.path): {method.lower() for method in route.methods}
        for route in create_app(folder).routes
        if getattr(route, "methods", None)
    }
    assert len(OPERATIONS) >= 17
    for method, path, what in OPERATIONS:
        assert method in known[path], path
        assert {one["name"] for one in what.get("parameters", ()) if one["in"] == "path"} == set(re.findall(r"{(\w+)}", path)), (
            path
        )
        assert what["operationId"] and what["summary"] and what["responses"]


@settings(
    max_examples=4 * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize="KG_FUZZ" not in os.environ
)
@given(requests())
def test_whatever_is_asked_is_answered_as_described(server, asked: tuple) -> None:
    method, path, what, target, headers, body = asked
    status, kind, words = ask(server, method, target, headers, body)
    if path.count("{") and target.split("?")[0].strip("/").count("/") < path.strip("/").count("/"):
        return  # an empty name in the path is another address
    assert str(status) in what["responses"], (status, method, target, headers, words[:300])
    offered = what["responses"][str(status)].get("content")
    assert offered is None or kind in offered, (kind, method, target, headers)
    if kind.endswith("json"):
        json.loads(words)


def test_the_description_is_served(server) -> None:
    status, kind, words = ask(server, "get", "/static/openapi.json", {}, None)
    assert (status, kind) == (200, "application/json") and json.loads(words) == API


@pytest.mark.parametrize("query", ["SELECT ?s { ?s a press:Forum }", "ASK { ?s ?p ?o }"])
def test_the_server_is_well_afterwards(server, query: str) -> None:
    assert ask(server, "get", f"/sparql?query={quote(query)}", {}, None)[0] == 200
