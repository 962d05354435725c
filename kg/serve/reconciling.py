"""A reconciliation service over the graph, as the W3C's Entity Reconciliation group has it (0.2): OpenRefine and its like match the
names of a table with things here, and fetch what the graph says of them.

A name is matched only where one thing alone bears it: namesakes come back as candidates, for people to choose from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, JSONResponse, Response

from kg.ask.search import fold
from kg.knowledge.schema import schema
from kg.knowledge.vocab import ID, PREFIXES, PRESS
from kg.serve.lookup import local_path, refer, statements
from kg.serve.protocol import Refusal, body, one, pairs

if TYPE_CHECKING:
    from kg.ask.search import Index

_MOST, _SHOWN = 50, 20  # queries in a batch; candidates of one
_BODY = 1 << 20
_LEAST = 60.0  # of 100: less alike is no candidate
_NAMED, _ALIAS = 100.0, 95.0  # what a name, and another name, that is the query whole scores
_BY_NAME = 0.7  # the part of the score that the name has where properties are asked for too
_TYPES = ("Organization", "Person", "Event", "Place", "Country")  # offered first


async def service(request: HttpRequest) -> Response:
    """``/reconcile``: the manifest, a batch of queries (``queries=``), or what the graph says of things (``extend=``)."""
    fields = pairs(request.url.query)
    if request.method == "POST":
        fields += pairs((await body(request, _BODY)).decode("utf-8", "replace"))
    state = request.app.state
    for name, answer in (("queries", _answers), ("extend", _extended)):
        if (text := one(fields, name)) is not None:
            return JSONResponse(await run_in_threadpool(answer, state, _object(text, name)))
    return JSONResponse(_manifest(f"{request.url.scheme}://{request.url.netloc}"))


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, f"{name}: is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise Refusal(400, f"{name}: {type(found).__name__} is not allowed; allowed: an object")
    return found


def _manifest(address: str) -> dict[str, Any]:
    def part(path: str) -> dict[str, str]:
        return {"service_url": address, "service_path": path}

    return {
        "versions": ["0.1", "0.2"],
        "name": "PressKG",
        "identifierSpace": ID,
        "schemaSpace": str(PRESS._NS),
        "defaultTypes": [_type(name) for name in _TYPES],
        "view": {"url": f"{address}/id/{{{{id}}}}"},
        "preview": {"url": f"{address}/reconcile/preview?id={{{{id}}}}", "width": 360, "height": 120},
        "suggest": {what: part(f"/reconcile/suggest/{what}") for what in ("entity", "type", "property")},
        "extend": {"propose_properties": part("/reconcile/properties"), "property_settings": []},
        "batchSize": _MOST,
    }


def _type(name: str) -> dict[str, str]:
    labels = schema().labels[name]
    return {"id": name, "name": f"{labels.get('ko', name)} ({name})"}


def _answers(state: Any, queries: Mapping[str, Any]) -> dict[str, Any]:
    if len(queries) > _MOST:
        raise Refusal(400, f"queries: {len(queries)} queries are too many; allowed: {_MOST}")
    return {key: {"result": _candidates(state, _asked(key, query))} for key, query in queries.items()}


def _asked(key: str, query: Any) -> dict[str, Any]:
    """A query with every part as it has to be."""
    query = {"query": query} if isinstance(query, str) else query
    if not isinstance(query, dict) or not isinstance(query.get("query"), str):
        raise Refusal(400, f"queries: {key}: has no words in its key query")
    types = query.get("type") or []
    given = query.get("properties") or []
    limit = query.get("limit") or 5
    if not isinstance(limit, int) or limit < 1:
        raise Refusal(400, f"queries: {key}: limit: {limit!r} is not allowed; allowed: 1 to {_SHOWN}")
    return {
        "words": query["query"][:200],
        "types": [_local(t) for t in ([types] if isinstance(types, str) else types) if isinstance(t, str)],
        "wanted": [p for p in given if isinstance(p, dict) and isinstance(p.get("pid"), str)],
        "limit": min(limit, _SHOWN),
    }


def _local(name: str) -> str:
    return name.removeprefix(str(PRESS._NS)).removeprefix("press:")


def _candidates(state: Any, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    scored: dict[str, float] = {}
    for iri, score in _alike(state.index, asked["words"]):
        scored[iri] = max(score, scored.get(iri, 0.0))
    rows = []
    for iri, score in sorted(scored.items(), key=lambda pair: (-pair[1], pair[0])):
        kinds = _kinds(state.store, iri)
        if asked["types"] and not any(schema().is_a(kind, wanted) for kind in kinds for wanted in asked["types"]):
            continue
        held = _held(state.store, iri, asked["wanted"])
        total = score if held is None else _BY_NAME * score + (1 - _BY_NAME) * 100 * held
        rows.append((total, score, held, iri, kinds))
        if len(rows) >= 4 * _SHOWN:
            break
    rows.sort(key=lambda row: (-row[0], row[3]))
    sure = [row for row in rows if row[1] >= _ALIAS and row[2] in (None, 1.0)]
    return [
        {
            "id": iri.removeprefix(ID), "name": ref.name, "description": ref.beside, "type": [_type(kind) for kind in kinds],
            "score": round(total, 1), "match": [row[3] for row in sure] == [iri],
            "features": [{"id": "name", "value": round(score, 1)}],
        }
        for total, score, _, iri, kinds in rows[: asked["limit"]]
        if (ref := refer(state.store, iri))
    ]  # fmt: skip


def _alike(index: Index, words: str) -> Iterator[tuple[str, float]]:
    """Things with a name like some words, and how alike they are, of 100; articles and quotations are not matched by name."""
    from rapidfuzz import fuzz, process

    key, names = fold(words), index.names()
    if not key:
        return
    light = index.light()
    for _, score, number in process.extract(key, [name.key for name in names], scorer=fuzz.ratio, score_cutoff=_LEAST, limit=100):
        name = names[number]
        if name.iri in light:
            continue
        whole = _NAMED if name.own else _ALIAS
        yield name.iri, whole if name.key == key else min(float(score), _ALIAS - 1)


def _kinds(store: Any, iri: str) -> list[str]:
    """The classes of a thing by their local names, the narrowest first."""
    import pyoxigraph as ox

    kind = ox.NamedNode(PREFIXES["rdf"] + "type")
    found = (q.object.value for q in store.quads_for_pattern(ox.NamedNode(iri), kind, None, ox.DefaultGraph()))
    ours = {_local(value) for value in found if value.startswith(str(PRESS._NS))} & schema().ancestors.keys()
    return sorted(ours, key=lambda name: (-len(schema().ancestors[name]), name))


def _held(store: Any, iri: str, wanted: Iterable[Mapping[str, Any]]) -> float | None:
    """Which part of the properties that are asked for the graph has so; None where none is asked for."""
    wanted = list(wanted)
    if not wanted:
        return None
    values = {pid: {fold(text) for text in _texts(store, iri, pid)} for pid in {_local(p["pid"]) for p in wanted}}
    hits = 0
    for row in wanted:
        given = row.get("v")
        each = given if isinstance(given, list) else [given]
        words = {fold(str(v.get("name") or v.get("id") or "") if isinstance(v, dict) else str(v)) for v in each}
        hits += bool(words & values[_local(row["pid"])])
    return hits / len(wanted)


def _texts(store: Any, iri: str, pid: str) -> Iterator[str]:
    for value in _values(store, iri, pid):
        yield from (str(v) for v in value.values())


def _values(store: Any, iri: str, pid: str) -> list[dict[str, Any]]:
    """What the graph says a property of a thing is, as the protocol writes values."""
    import pyoxigraph as ox

    found: list[dict[str, Any]] = []
    try:
        forward, _ = statements(store, iri)
    except ValueError:
        return []
    for triple in forward:
        if _local(triple.predicate.value) != pid and not triple.predicate.value.endswith(f"/{pid}"):
            continue
        o: Any = triple.object
        if isinstance(o, ox.NamedNode):
            ref = refer(store, o.value)
            found.append({"id": o.value.removeprefix(ID), "name": ref.name if ref else o.value})
        elif o.datatype.value == PREFIXES["xsd"] + "date":
            found.append({"date": o.value})
        elif o.datatype.value == PREFIXES["xsd"] + "integer":
            found.append({"int": int(o.value)})
        else:
            found.append({"str": o.value})
    return found


def _extended(state: Any, asked: Mapping[str, Any]) -> dict[str, Any]:
    ids, wanted = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not isinstance(wanted, list) or len(ids) > _MOST * 10:
        raise Refusal(400, f"extend: allowed: lists under the keys ids (up to {_MOST * 10}) and properties")
    names = [_local(p["id"]) for p in wanted if isinstance(p, dict) and isinstance(p.get("id"), str)]
    rows = {str(one_): {name: _values(state.store, ID + str(one_).removeprefix(ID), name) for name in names} for one_ in ids}
    return {"meta": [{"id": name, "name": _property(name)} for name in names], "rows": rows}


def _property(name: str) -> str:
    labels = schema().labels.get(name, {})
    return labels.get("ko", name)


def suggest(request: HttpRequest) -> Response:
    """``/reconcile/suggest/entity|type|property?prefix=…``: what a name that is being typed may become."""
    fields, what, state = pairs(request.url.query), request.path_params["what"], request.app.state
    prefix = one(fields, "prefix") or ""
    if what == "entity":
        hits = [(hit, ref) for hit in state.index.find(prefix, most=_SHOWN) if (ref := refer(state.store, hit.iri))]
        rows: list[dict[str, Any]] = [
            {"id": ref.iri.removeprefix(ID), "name": ref.name, "description": ref.beside,
             "notable": [_type(kind) for kind in _kinds(state.store, ref.iri)]}
            for _, ref in hits if ref.iri.startswith(ID)
        ]  # fmt: skip
    elif what in ("type", "property"):
        names = schema().ancestors if what == "type" else schema().properties
        rows = [_type(name) for name in sorted(names) if fold(prefix) in fold(_type(name)["name"])][:_SHOWN]
    else:
        raise Refusal(404, f"suggest: {what} is not known; allowed: entity, type, property")
    return JSONResponse({"result": rows})


def properties(request: HttpRequest) -> Response:
    """``/reconcile/properties?type=…``: the properties that things of a class may have."""
    fields = pairs(request.url.query)
    kind = _local(one(fields, "type") or "")
    fitting = [
        name for name, found in sorted(schema().properties.items())
        if not kind or any(schema().is_a(kind, d) or schema().is_a(d, kind) for d in found.domain)
    ]  # fmt: skip
    rows = [{"id": name, "name": _property(name)} for name in fitting]
    return JSONResponse({"type": kind, "properties": rows})


def preview(request: HttpRequest) -> Response:
    """``/reconcile/preview?id=…``: a thing in a small box."""
    iri = ID + (one(pairs(request.url.query), "id") or "").removeprefix(ID)
    ref = refer(request.app.state.store, iri)
    if ref is None:
        raise Refusal(404, "there is no such thing")
    kinds = " · ".join(_type(kind)["name"] for kind in _kinds(request.app.state.store, iri))
    name, link = escape(ref.name), escape(local_path(iri))
    return HTMLResponse(
        f'<!doctype html><html lang="ko"><meta charset="utf-8"><title>{name}</title>'
        f'<p><a href="{link}" target="_blank" rel="noopener">{name}</a></p><p>{escape(kinds)}</p><p>{escape(ref.beside)}</p></html>',
        headers={"content-security-policy": "default-src 'none'"},
    )
