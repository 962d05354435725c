"""``/ask``: a question typed in Korean or put together from its parts; what was understood, the answer, a chart, sources, facets."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response

from kg.ask.answer import LINK, NOTE, Answer, answered
from kg.ask.compose import FACETS, compose
from kg.ask.korean import by_label, said, sources
from kg.ask.mentioned import Mention
from kg.ask.periods import Period
from kg.ask.query import Question
from kg.ask.understand import Asked, Refused
from kg.ask.ways import put
from kg.graph.store import to_rdflib
from kg.knowledge.questions import load_questions
from kg.knowledge.schema import schema
from kg.serve.cells import cells
from kg.serve.facets import Facet, facets
from kg.serve.formats import RESULTS
from kg.serve.frame import page
from kg.serve.pool import Gone
from kg.serve.profile import Share
from kg.serve.protocol import one, pairs, prefers_page, response, until_gone
from kg.serve.worker import Reply, Request

PLACES = ("intent", "who", "with", "host", "kind", "since", "until", "place", "about", "shape")
BUILT = ("events", "hosts", "participants", "speakers", "agreements", "quotes", "planned")  # what the builder offers
_SHAPES = {
    "list": "목록",
    "count": "몇 건",
    "most": "많은 순",
    "month": "달마다",
    "year": "해마다",
    "city": "도시마다",
    "month-city": "달과 도시마다",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BARS, _ROWS, _QUOTED = 12, 200, 40  # bars of a chart, rows on a page, rows whose sources are looked for


async def asking(request: HttpRequest) -> Response:
    """``/ask?q=…`` or ``/ask?intent=events&who=…``: as a page, or for programs as JSON with the query and its rows."""
    state, fields = request.app.state, pairs(request.url.query)
    words = (one(fields, "q") or "").strip()
    built = {name: value for name in PLACES if (value := (one(fields, name) or "").strip())}
    if prefers_page(request):
        state.pool.spare()
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
        listed = (
            _listed(understood) if form is None and prefers_page(request) else None
        )  # the list behind a count, for its facets
        asked = [_run(request, question, form), *([_run(request, listed, None)] if listed is not None else ())]
        reply, *more = await asyncio.gather(*asked)
        if form is not None or reply.status != 200:
            return response(reply)
        body = json.loads(reply.body)
        narrower = await _facets(request, understood, _parsed(more[0]) if more else body) if prefers_page(request) else {}
    except Gone:
        return Response(status_code=499)
    if not prefers_page(request):
        return JSONResponse({"understood": by_label(said(understood)), "query": question.text, **body})
    (rows, total), found = await asyncio.gather(
        run_in_threadpool(cells, state.refs, body, _ROWS),
        run_in_threadpool(sources, state.store, understood, _answer(body, question)),
    )
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
            "total": total,
            "sources": found,
            "bars": _bars(understood, rows, parts(understood)),
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
    "sources": (),
    "bars": [],
    "facets": {},
    "files": {},
}


async def _run(request: HttpRequest, question: Question, form: str | None) -> Reply:
    state = request.app.state
    asked = Request(
        query=question.text, accept=RESULTS[0].types[0], format=form, seconds=state.limits.seconds_for(None), composed=True
    )
    return await state.pool.ask(asked, until_gone(request))


def _understood(reader: Any, words: str, built: dict[str, str]) -> Asked | Refused:
    return reader.understand(words) if words else put_together(reader, built)


def put_together(reader: Any, built: dict[str, str]) -> Asked | Refused:
    """The structured question of a builder's fields, or what in them names nothing."""
    intents = {intent.id: intent for intent in load_questions().intents}
    intent = intents.get(built.get("intent", "events"))
    shape, kind = built.get("shape", "list"), built.get("kind", "")
    unknown = [built["intent"]] if intent is None else []
    unknown += [shape] if shape not in _SHAPES else []
    unknown += [kind] if kind and kind not in load_questions().kinds else []
    names: list[Mention] = []
    hosts: list[Mention] = []
    who = ("who", "thing")
    for field, families, kept in (("who", who, names), ("with", who, names), ("host", who, hosts), ("place", ("place",), names)):
        if words := built.get(field):
            found = reader.named(words, families)
            if found is None:
                unknown.append(words)
            else:
                kept.append(found)
    when = _period(built.get("since", ""), built.get("until", ""))
    if unknown or when is None:
        return Refused(
            why="읽지 못한 말이 있습니다", unknown=tuple(unknown or [built.get("since", "") + built.get("until", "")]), near=()
        )
    if sum(name.family != "place" for name in names) == 2 and not intent.steps:
        intent = intents["together"]
    if shape == "most" and intent.id == "events" and not any(name.family != "place" for name in names):
        intent = intents["hosts"]  # events are ranked by who held them
    if shape != "list" and (f"shape.{shape}" not in intent.takes or (shape == "most" and not (intent.rank or intent.order))):
        return Refused(why="그렇게 셀 수 없습니다:", unknown=(intent.ko, _SHAPES[shape]), near=())
    about = tuple(built.get("about", "").split())
    if hosts and "host" not in intent.takes:
        return Refused(why="그렇게 고를 수 없습니다:", unknown=(intent.ko, hosts[0].words), near=())
    return Asked(
        intent=intent,
        shape=shape,
        names=tuple(names),
        hosts=tuple(hosts),
        when=when or None,
        about=about,
        kind="" if kind == "Event" else kind,
    )


def _period(since: str, until: str) -> Period | bool | None:
    """Years, months or days as a period; False for none, None where they are no dates.

    >>> _period("2024", "").until, _period("", ""), _period("gestern", "")
    ('9999-12-31', False, None)
    """
    if not since and not until:
        return False
    if any(text and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text) for text in (since, until)):
        return None
    first = (since + "-01-01"[len(since) - 4 :])[:10] if since else "0000-01-01"
    last = (until + "-12-31"[len(until) - 4 :])[:10] if until else "9999-12-31"
    return Period(since=first, until=last, words="", start=0, end=0)


def parts(asked: Asked) -> dict[str, str]:
    """A question as the fields of the builder, so that what was typed can be changed there."""
    who = [name.words for name in asked.names if name.family in ("who", "thing")]
    place = next((name.words for name in asked.names if name.family == "place"), "")
    found = {
        "intent": asked.intent.id if asked.intent.id in BUILT else "",
        "who": who[0] if who else "",
        "with": who[1] if len(who) > 1 else "",
        "host": asked.hosts[0].words if asked.hosts else "",
        "kind": asked.kind,
        "place": place,
        "about": " ".join(asked.about),
        "shape": asked.shape if asked.shape != "list" else "",
    }
    if asked.when:
        found |= {
            "since": "" if asked.when.since.startswith("0000") else asked.when.since,
            "until": "" if asked.when.until.startswith("9999") else asked.when.until,
        }
    return {name: value for name, value in found.items() if value}


def offer(state: Any) -> dict[str, Any]:
    """What the page offers before anything is asked: examples with names of this graph, and the builder's choices."""
    labels, book = schema().labels, load_questions()
    return {
        "examples": state.reader.examples(),
        "kinds": [(name, labels[name]) for name in book.kinds if name != "Event"],
        "shapes": list(_SHAPES.items()),
        "intents": sorted(((one.id, one.ko) for one in book.intents if one.id in BUILT), key=lambda pair: BUILT.index(pair[0])),
        "today": dt.date.today().isoformat(),
    }


def _narrowed(asked: Asked) -> bool:
    return asked.intent.id in ("events", "planned", "agreements") and "two" not in asked.places()


def _listed(asked: Asked) -> Question | None:
    """The events that a count counts, None where facets need none or have it."""
    return compose(replace(asked, shape=FACETS)) if asked.shape != "list" and _narrowed(asked) else None


def _parsed(reply: Reply) -> dict[str, Any] | None:
    return json.loads(reply.body) if reply.status == 200 else None


async def _facets(request: HttpRequest, asked: Asked, body: dict[str, Any] | None) -> dict[str, list[Facet]]:
    """The facets of an answer about events, from the rows of its list."""
    if body is None or not _narrowed(asked):
        return {}
    return await run_in_threadpool(facets, request.app.state.doers, asked, parts(asked), body["results"]["bindings"])


def _bars(asked: Asked, rows: list[list[dict[str, str]]], base: dict[str, str]) -> list[Share]:
    """A chart of an answer: its counts, else how many of its rows fall into each year; a bar leads to what it counts."""
    if asked.shape in ("month", "year", "city", "most") and rows and rows[0][-1]["words"].isdigit():
        counts = [(row[0]["words"], int(row[-1]["words"])) for row in rows]
        counts = sorted(counts)[-_BARS * 2 :] if asked.shape in ("month", "year") else counts[:_BARS]
        base = {**base, "shape": ""}
    else:
        dated = {
            (row[0]["href"] or row[0]["words"], cell["words"][:4])
            for row in rows
            for cell in row
            if _DAY.fullmatch(cell["words"])
        }
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
    result = ox.parse_query_results(json.dumps(few).encode(), format=ox.QueryResultsFormat.JSON)
    names = tuple(variable.value for variable in result.variables)
    rows = [tuple(None if term is None else to_rdflib(term) for term in row) for row in result]
    return answered(names, rows, titles=question.columns)
