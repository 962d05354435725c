"""``/ask``: a question typed in Korean or put together from its parts; what was understood, the answer, a chart, sources, facets."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response

from kg.ask.answer import LINK, NOTE, Answer, answered
from kg.ask.compose import THINGS, compose
from kg.ask.korean import by_label, said, sources
from kg.ask.query import Question
from kg.ask.understand import Asked, Refused
from kg.ask.ways import put
from kg.graph.store import to_rdflib
from kg.graph.terms import rows_of
from kg.serve.builder import PLACES, offer, parts, put_together
from kg.serve.cells import cells
from kg.serve.facets import Doers, Facet, facets
from kg.serve.formats import RESULTS
from kg.serve.frame import page
from kg.serve.listed import by_day, days, narrowed, newest
from kg.serve.pool import Gone
from kg.serve.profile import Share
from kg.serve.protocol import one, pairs, prefers_page, response, until_gone
from kg.serve.worker import Reply, Request

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BARS, _ROWS, _QUOTED = 12, 200, 40  # bars of a chart, rows on a page, rows whose sources are looked for


async def asking(request: HttpRequest) -> Response:
    """``/ask?q=…`` or ``/ask?intent=events&who=…``: as a page, or for programs as JSON with the query and its rows."""
    state, fields = request.app.state, pairs(request.url.query)
    words = (one(fields, "q") or "").strip()
    built = {name: value for name in PLACES if (value := (one(fields, name) or "").strip())}
    if not words and not built:
        return page(request, "ask.html", q="", built={}, **offer(state), **_NOTHING)
    understood = await run_in_threadpool(_understood, state.reader, words, built)
    if isinstance(understood, Refused):
        if not prefers_page(request):
            return JSONResponse(
                {"refused": understood.why, "unknown": understood.unknown, "near": understood.near}, status_code=422
            )
        return page(request, "ask.html", 422, q=words, built=built, **offer(state), **{**_NOTHING, "refused": understood})
    question = await run_in_threadpool(put, state.store, understood)
    form = one(fields, "format")
    try:
        if form is not None or not prefers_page(request):
            reply, things = await _run(request, question, form), None
        else:
            reply, things = await _shown(request, understood, question)
        if form is not None or reply.status != 200:
            return response(reply)
        body = json.loads(reply.body)
    except Gone:
        return Response(status_code=499)
    if not prefers_page(request):
        return JSONResponse({"understood": by_label(said(understood)), "query": question.text, **body})
    (rows, total), found, narrower = await asyncio.gather(
        run_in_threadpool(cells, state.refs, body, _ROWS),
        run_in_threadpool(sources, state.store, understood, _answer(body, question)),
        run_in_threadpool(_facets, state.doers, understood, things),
    )
    dated = days(things, understood.intent.thing, state.doers.days) if things is not None and by_day(understood) else None
    counted = total if dated is None else len({thing for thing, _ in dated})
    return page(
        request,
        "ask.html",
        q=words,
        built=built or parts(understood),
        **offer(state),
        **{
            **_NOTHING,
            "understood": said(understood),
            "question": question,
            "steps": understood.intent.steps,
            "heads": _heads(question, body),
            "rows": rows,
            "total": counted,
            "unit": "줄" if dated is None else "건의 답",
            "cut": total > len(rows) or len(dated or ()) > _ROWS,
            "sources": found,
            "bars": _bars(understood, rows, parts(understood), dated),
            "named": understood.shape in ("most", "city"),
            "facets": narrower,
            "files": _files(fields),
        },
    )


_NOTHING: dict[str, Any] = {
    "refused": None,
    "heads": (),
    "steps": 0,
    "understood": (),
    "question": None,
    "rows": [],
    "total": 0,
    "unit": "줄",
    "cut": False,
    "sources": (),
    "bars": [],
    "named": False,
    "facets": {},
    "files": {},
}


async def _shown(request: HttpRequest, asked: Asked, question: Question) -> tuple[Reply, list[dict[str, Any]] | None]:
    """The rows that a page shows, and what the answer counts, for its facets and its number; None where that is not asked for."""
    if not (by_day(asked) or (asked.shape != "list" and narrowed(asked))):
        return await _run(request, question, None), None
    things = _parsed(await _run(request, compose(replace(asked, shape=THINGS)), None))
    if by_day(asked):
        question = compose(asked, newest(days(things or (), asked.intent.thing, request.app.state.doers.days), _ROWS))
    return await _run(request, question, None), things


async def _run(request: HttpRequest, question: Question, form: str | None) -> Reply:
    state = request.app.state
    asked = Request(
        query=question.text, accept=RESULTS[0].types[0], format=form, seconds=state.limits.seconds_for(None), composed=True
    )
    return await state.pool.ask(asked, until_gone(request))


def _understood(reader: Any, words: str, built: dict[str, str]) -> Asked | Refused:
    return reader.understand(words) if words else put_together(reader, built)


def _parsed(reply: Reply) -> list[dict[str, Any]] | None:
    return json.loads(reply.body)["results"]["bindings"] if reply.status == 200 else None


def _facets(doers: Doers, asked: Asked, things: list[dict[str, Any]] | None) -> dict[str, list[Facet]]:
    """The facets of an answer about events, from what it counts."""
    return facets(doers, asked, parts(asked), things) if things is not None and narrowed(asked) else {}


def _bars(
    asked: Asked, rows: list[list[dict[str, str]]], base: dict[str, str], things: Collection[tuple[str, str]] | None
) -> list[Share]:
    """A chart of an answer: its counts, else how many of its things or rows fall into each year; a bar leads to what it counts."""
    if asked.shape in ("month", "year", "city", "most") and rows and rows[0][-1]["words"].isdigit():
        counts = [(row[0]["words"], int(row[-1]["words"])) for row in rows]
        counts = sorted(counts)[-_BARS * 2 :] if asked.shape in ("month", "year") else counts[:_BARS]
        base = {**base, "shape": ""}
    else:
        shown = ((row[0]["href"] or row[0]["words"], cell["words"]) for row in rows for cell in row)
        dated = {(thing, day[:4]) for thing, day in (shown if things is None else things) if _DAY.fullmatch(day)}
        years = Counter(year for _, year in dated)  # a thing counts once a year, in however many rows it stands
        counts = sorted(years.items()) if len(years) > 1 else []
    most = max((many for _, many in counts), default=1)

    def href(label: str) -> str:
        if not base.get("intent") or not label:
            return ""
        change = {"city": {"place": label}, "most": {"who": label}}.get(asked.shape, {"since": label, "until": label})
        if asked.shape == "most" and asked.intent.id != "hosts":
            return ""
        return f"/ask?{urlencode({k: v for k, v in {**base, **change, **({'intent': 'events'} if asked.shape == 'most' else {})}.items() if v})}"

    return [Share(label, many, many / most, href(label)) for label, many in counts]


def _files(fields: list[tuple[str, str]]) -> dict[str, str]:
    kept = [(name, value) for name, value in fields if name in ("q", *PLACES) and value]
    return {form: f"/ask?{urlencode([*kept, ('format', form)])}" for form in ("csv", "tsv", "json", "svg")}


def _heads(question: Question, body: dict[str, Any]) -> list[str]:
    """The titles of the columns that a page shows: notes stand beside what they are about."""
    names = [
        name for name in body["head"]["vars"] if not name.endswith(LINK) or name.removesuffix(LINK) not in body["head"]["vars"]
    ]
    return [title for name, title in zip(names, question.columns, strict=True) if not name.endswith(NOTE)]


def _answer(body: dict[str, Any], question: Question) -> Answer:
    """The first rows of the endpoint's JSON as an answer, for their sources."""
    import pyoxigraph as ox

    few = {**body, "results": {"bindings": body["results"]["bindings"][:_QUOTED]}}
    result = rows_of(ox.parse_query_results(json.dumps(few).encode(), format=ox.QueryResultsFormat.JSON))
    names = tuple(variable.value for variable in result.variables)
    rows = [tuple(None if term is None else to_rdflib(term) for term in row) for row in result]
    return answered(names, rows, titles=question.columns)
