"""The pages for people: the editor, named questions, search, the timeline; each also gives its data to programs that ask for it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response

from kg.knowledge.resources import resource
from kg.knowledge.vocab import PREFIXES
from kg.serve.builder import offer
from kg.serve.cells import cells
from kg.serve.formats import RESULTS
from kg.serve.frame import missing, page
from kg.serve.lookup import refer
from kg.serve.pool import Gone
from kg.serve.protocol import body, one, pairs, prefers_page, response, until_gone
from kg.serve.words import looked
from kg.serve.worker import Request


async def home(request: HttpRequest) -> Response:
    """``/``: the editor with the named questions; YASQE, where the build could fetch it, else a plain one."""
    return await run_in_threadpool(_home, request)


def _home(request: HttpRequest) -> Response:
    from kg.ask.query import questions

    fields = pairs(request.url.query)
    yasqe = resource("viz", "serve", "static", "vendor", "yasqe.min.js").is_file()
    offered = {"q": "", "built": {}, **offer(request.app.state)}
    return page(request, "home.html", questions=questions(), query=one(fields, "query") or "", yasqe=yasqe, **offered)


def terms(request: HttpRequest) -> Response:
    """``/terms.json``: what the editor completes."""
    from kg.ask.query import questions
    from kg.viz.style import load_style

    style = load_style()
    rows = [
        {"name": name, "ko": row.ko, "en": row.en, "kind": "class"}
        for name, row in style.classes.items()
        if name.startswith("press:")
    ]
    known = {row["name"] for row in rows}
    rows += [
        {"name": name, "ko": row.ko, "en": row.en, "kind": "property"}
        for name, row in style.relations.items()
        if name not in known
    ]
    named = [
        {"name": q.name, "ko": q.ko, "en": q.en, "text": q.text, "parameters": [p.name for p in q.parameters]}
        for q in questions()
    ]
    return JSONResponse({"prefixes": dict(PREFIXES), "terms": rows, "questions": named}, headers={"cache-control": "max-age=60"})


async def names(request: HttpRequest) -> Response:
    """``POST /names``: the names of things by their IRIs, which an answer of the endpoint is shown with."""
    iris = [value for key, value in pairs((await body(request, 1 << 20)).decode("utf-8", "replace")) if key == "iri"]
    store = request.app.state.store
    found = await run_in_threadpool(lambda: [refer(store, iri) for iri in dict.fromkeys(iris)])
    rows = {ref.iri: {"name": ref.name, "href": ref.href, "kind": ref.kind, "beside": ref.beside} for ref in found if ref}
    return JSONResponse(rows)


async def named(request: HttpRequest) -> Response:
    """``/ask/NAME?parameter=value``: a named question as a page, or in the formats of the endpoint."""
    from kg.ask.query import questions

    state, name = request.app.state, request.path_params["name"]
    question = next((q for q in questions() if q.name == name), None)
    if question is None:
        return missing(request, f"‘{name}’이라는 질문은 없습니다.", f"question {name!r} is not known")
    fields = pairs(request.url.query)
    wanted, html = one(fields, "format"), prefers_page(request)
    try:
        values = {p.name: value for p in question.parameters if (value := (one(fields, p.name) or "").strip())}
        accept = RESULTS[0].types[0] if html and wanted is None else request.headers.get("accept")
        asked = Request(
            question=name,
            values=values,
            accept=accept,
            format=wanted,
            formulas=one(fields, "formulas") == "keep",
            seconds=state.limits.seconds_for(one(fields, "timeout")),
            gzip="gzip" in request.headers.get("accept-encoding", "") and not (html and wanted is None),
        )
        reply = await state.pool.ask(asked, until_gone(request))
    except Gone:
        return Response(status_code=499)
    if not html or wanted is not None:
        return response(reply)
    rows, total = await run_in_threadpool(cells, state.refs, json.loads(reply.body)) if reply.status == 200 else ([], 0)
    links = {
        form: f"{quote(request.url.path)}?{urlencode({**values, 'format': form})}"
        for form in ("csv", "tsv", "json", "xml", "svg")
    }
    near = await run_in_threadpool(_near, state.index, request.url.path, {} if total else values)
    return page(
        request,
        "question.html",
        reply.status,
        near=near,
        question=question,
        values=values,
        rows=rows,
        total=total,
        links=links,
        error=reply.body.decode() if reply.status != 200 else "",
        bound=_bound(question, values),
    )


def _bound(question: Any, values: dict[str, str]) -> str:
    from kg.ask.query import bind
    from kg.errors import PressKGError

    try:
        return bind(question, values)
    except PressKGError:
        return question.text


def _near(index: Any, path: str, values: dict[str, str]) -> list[tuple[str, str]]:
    """Names that come near to those which nothing bears, each with the address that asks for it."""
    from kg.ask.near import nearest

    rows = [
        (key, name)
        for key, words in values.items()
        if not index.find(words, most=1)
        for name in nearest(words.lower(), index.texts())
    ]
    return [(name, f"{quote(path)}?{urlencode({**values, key: name})}") for key, name in rows]


def search(request: HttpRequest) -> Response:
    """``/search?q=words``: things by name, as a page or as JSON."""
    state = request.app.state
    fields = pairs(request.url.query)
    question, wanted = one(fields, "q") or "", one(fields, "format")
    as_json = wanted == "json" or not prefers_page(request)
    found = [(hit, ref) for hit in state.index.find(question, most=12 if as_json else 60) if (ref := state.refs(hit.iri))]
    if as_json:
        rows = [
            {
                "iri": ref.iri,
                "href": ref.href,
                "name": ref.name,
                "found": hit.name,
                "beside": ref.beside,
                "kind": ref.kind,
                "ko": looked(ref.look),
            }
            for hit, ref in found
        ]
        return JSONResponse({"q": question, "hits": rows}, headers={"vary": "accept"})
    return page(request, "search.html", question=question, found=found)


def timeline(request: HttpRequest) -> Response:
    """``/timeline?year=2021``: the events of a year by month, of the newest where none is named."""
    line = request.app.state.timeline
    year = one(pairs(request.url.query), "year") or line.newest
    months = [f"{year}-{month:02}" for month in range(1, 13)] if year else []
    return page(
        request, "timeline.html", year=year, months=months, entries=line.of_year(year) if year in line.years else {}, line=line
    )


def graph(request: HttpRequest) -> Response:
    """``/graph``: the drawing of the whole graph, a page with a policy of its own."""
    drawn = request.app.state.drawn
    if drawn is None:
        return missing(
            request, "그래프 그림이 없습니다. kg view로 그릴 수 있습니다.", "there is no graph.html; draw it with: kg view OUT"
        )
    return Response(drawn.read(), media_type="text/html")
