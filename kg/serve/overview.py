"""``/network`` and ``/map``: who works with whom, and where; each a picture with the list that it is drawn from beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response

from kg.knowledge.questions import load_questions
from kg.knowledge.schema import schema
from kg.serve.atlas import Map, maps
from kg.serve.formats import SVG, content_type
from kg.serve.frame import page
from kg.serve.protocol import one, pairs, prefers_page
from kg.serve.templates import template
from kg.serve.together import COLOURS, MEASURES, Net, Wanted

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_MOST = (20, 40, 80)
_ROWS = 400  # places of a list


async def network(request: HttpRequest) -> Response:
    """``/network?since=2023&kind=Seminar&size=degree&colour=class&most=40&least=2``: as a page, an SVG file, or JSON."""
    fields = pairs(request.url.query)
    wanted, chosen = _wanted(fields), _choices(fields)
    form = one(fields, "format")
    made = await run_in_threadpool(_network, request.app.state, wanted, chosen)
    if form == "svg":
        return _svg("network.svg", made)
    if form == "json" or not prefers_page(request):
        rows = [{**asdict(row["body"]), "name": row["name"]} for row in made["rows"]]
        return JSONResponse({"bodies": rows, "ties": [asdict(tie) for tie in made["net"].ties], "total": made["net"].total})
    return page(request, "network.html", **made, **_offered(), measures=MEASURES, colours=COLOURS, mosts=_MOST)


def first_pictures(state: Any) -> Iterator[None]:
    """Place what ``/network`` and ``/map`` show where nothing is chosen, step by step."""
    wanted, chosen = _wanted([]), _choices([])
    _network(state, wanted, chosen)
    yield
    _atlas(state, wanted, chosen)
    yield


def _network(state: Any, wanted: Wanted, chosen: dict[str, str]) -> dict[str, Any]:
    refs = {iri: ref for iri in state.together.ranking(wanted) if (ref := state.refs(iri))}
    net: Net = state.together.picture(wanted, tuple((iri, ref.name) for iri, ref in refs.items()))
    net = replace(net, bodies=tuple(body for body in net.bodies if body.iri in refs))
    keys = {body.iri: f"n{number}" for number, body in enumerate(net.bodies)}
    period = {name: chosen[name] for name in ("since", "until", "kind") if chosen[name]}
    ties = [
        {"tie": tie, "one": keys[tie.one], "two": keys[tie.two], "href": _events(period, refs[tie.one].name, refs[tie.two].name)}
        for tie in net.ties
        if tie.one in keys and tie.two in keys
    ]
    return {
        "net": net,
        "refs": refs,
        "keys": keys,
        "spots": {body.iri: body for body in net.bodies},
        "ties": ties,
        "rows": [{"body": body, "name": refs[body.iri].name, "ref": refs[body.iri]} for body in net.bodies],
        "built": chosen,
    }


def _events(period: dict[str, str], who: str, partner: str) -> str:
    """The list of the events that two bodies share."""
    return f"/ask?{urlencode({'intent': 'events', 'who': who, 'with': partner, **period})}"


async def atlas(request: HttpRequest) -> Response:
    """``/map?since=2023&kind=Seminar``: as a page, the two maps as SVG files (``format=svg``, ``part=world``), or JSON."""
    fields = pairs(request.url.query)
    chosen = _choices(fields)
    wanted = _wanted(fields)
    made = await run_in_threadpool(_atlas, request.app.state, wanted, chosen)
    if one(fields, "format") == "svg":
        drawn: Map = made["maps"][one(fields, "part") == "world"]
        return _svg("map.svg", {**made, "map": drawn})
    if one(fields, "format") == "json" or not prefers_page(request):
        return JSONResponse({"places": [{"iri": row["iri"], "name": row["name"], "events": row["many"]} for row in made["rows"]]})
    return page(request, "map.html", **made, **_offered())


def _atlas(state: Any, wanted: Wanted, chosen: dict[str, str]) -> dict[str, Any]:
    counts = state.places.counts(wanted.since, wanted.until, wanted.kind)
    korea, world, found = maps(state.refs, counts)
    keys = {iri: f"p{number}" for number, (iri, _, _) in enumerate(found)}
    period = {name: chosen[name] for name in ("since", "until", "kind") if chosen[name]}

    def href(iri: str, name: str) -> str:
        return f"/ask?{urlencode({'intent': 'events', 'place': name, **period})}" if iri in state.places else state.refs(iri).href

    rows = [
        {"iri": iri, "name": ref.name, "ref": ref, "many": many, "shown": shown, "href": href(iri, ref.name)}
        for iri, many, shown in found[:_ROWS]
        if (ref := state.refs(iri))
    ]
    hrefs = {spot.iri: href(spot.iri, spot.name) for drawn in (korea, world) for spot in drawn.spots}
    return {"maps": (korea, world), "keys": keys, "hrefs": hrefs, "rows": rows, "total": len(found), "built": chosen}


def _choices(fields: list[tuple[str, str]]) -> dict[str, str]:
    """What was chosen, as the form shows it; what is not allowed counts as not chosen."""
    found = {name: (one(fields, name) or "").strip() for name in ("since", "until", "kind", "size", "colour", "most", "least")}
    allowed = {"size": MEASURES, "colour": COLOURS, "kind": load_questions().kinds, "most": tuple(map(str, _MOST))}
    found |= {name: "" for name, values in allowed.items() if found[name] not in values}
    found |= {name: "" for name in ("since", "until") if not _DATE.fullmatch(found[name])}
    return {**found, "least": found["least"] if found["least"].isdecimal() else "", "colour": found["colour"] or "community"}


def _wanted(fields: list[tuple[str, str]]) -> Wanted:
    chosen = _choices(fields)
    until = chosen["until"]
    return Wanted(
        since=chosen["since"],
        until=(until + "-12-31"[len(until) - 4 :])[:10] if until else "",
        kind="" if chosen["kind"] == "Event" else chosen["kind"],
        least=max(1, min(int(chosen["least"] or 1), 1000)),
        most=int(chosen["most"] or _MOST[1]),
        size=chosen["size"] or "events",
    )


def _offered() -> dict[str, Any]:
    labels = schema().labels
    return {"kinds": [(name, labels[name]) for name in load_questions().kinds if name != "Event"]}


def _svg(name: str, values: dict[str, Any]) -> Response:
    return Response(
        template(name).render(**values, alone=True),
        media_type=content_type(SVG.types[0]),
        headers={"vary": "accept, accept-language, cookie"},
    )
