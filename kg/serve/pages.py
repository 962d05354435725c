"""The pages for people: the editor, named questions, things, search, the timeline; each also gives its data to programs that ask
for it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, unquote, unquote_to_bytes, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, RedirectResponse, Response

from kg.knowledge.resources import resource
from kg.knowledge.vocab import ID, PREFIXES
from kg.serve import things
from kg.serve.formats import GRAPHS, HTML, RESULTS, SVG, choose, content_type
from kg.serve.lookup import Refs, local_path, refer
from kg.serve.picture import around, draw
from kg.serve.pool import Gone
from kg.serve.profile import Profile, profile
from kg.serve.protocol import body, one, pairs, prefers_page, response, until_gone
from kg.serve.templates import day, template
from kg.serve.words import language, looked
from kg.serve.worker import Request, refused

SHOWN = 500  # rows of an answer on a page; all of them are in its files


def page(request: HttpRequest, name: str, status: int = 200, **values: Any) -> Response:
    """A page of ours."""
    state = request.app.state
    kept = [(key, value) for key, value in pairs(request.url.query) if key != "lang"]
    shared = {
        "here": request.url.path,
        "figures": state.figures,
        "papers": len(state.papers),
        "has_graph": state.drawn is not None,
        "other": f"?{urlencode([*kept, ('lang', 'en' if language.get() == 'ko' else 'ko')])}",
        "korean": "한국어",
        "alone": False,
    }
    return Response(
        template(name).render(**shared, **values).encode("utf-8", "replace"),
        status_code=status,
        media_type="text/html",
        headers={"vary": "accept, accept-encoding, accept-language, cookie"},
    )


async def home(request: HttpRequest) -> Response:
    """``/``: the editor with the named questions; YASQE, where the build could fetch it, else a plain one."""
    request.app.state.pool.spare()
    return await run_in_threadpool(_home, request)


def _home(request: HttpRequest) -> Response:
    from kg.ask.query import questions

    fields = pairs(request.url.query)
    from kg.serve.asking import offer

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


def cells(refs: Refs, answer: dict, most: int = SHOWN) -> tuple[list[list[dict[str, str]]], int]:
    """The first rows of an answer as words, with the page of the thing that a cell names."""
    from rdflib import URIRef

    from kg.ask.answer import LINK, NOTE, readable
    from kg.ask.meant import untold

    bindings, names = answer["results"]["bindings"], answer["head"]["vars"]

    def cell(row: dict[str, dict[str, str]], name: str) -> dict[str, str]:
        term = row.get(name)
        if term is None:
            return {"words": "", "href": "", "beside": ""}
        end = row.get(name + LINK, term)
        ref = refs(end["value"]) if end["type"] == "uri" and end["value"].startswith(ID) else None
        said = {other["value"] for other in row.values()}
        words = term["value"] if term["type"] != "uri" else ref.name if ref else readable(URIRef(term["value"]), korean=True)
        beside = " · ".join(map(day, untold(ref.parts, said))) if ref else row.get(name + NOTE, {}).get("value", "")
        return {"words": words, "href": ref.href if ref else "", "beside": beside}

    shown = [name for name in names if not (name.endswith((LINK, NOTE)) and name.removesuffix(LINK).removesuffix(NOTE) in names)]
    return [[cell(row, name) for name in shown] for row in bindings[:most]], len(bindings)


def thing(request: HttpRequest) -> Response:
    """``/id/NAME``: a thing as a page, or its statements in a format of RDF."""
    store, papers = request.app.state.store, request.app.state.papers
    fields = pairs(request.url.query)
    wanted, relation = one(fields, "format"), one(fields, "relation")
    iri = _meant(request)
    chosen = choose((HTML, *GRAPHS, SVG), request.headers.get("accept"), wanted)
    if chosen is None:
        return response(
            refused(406, f"this thing is not written so; allowed: {', '.join(o.types[0] for o in (HTML, *GRAPHS, SVG))}")
        )
    if iri is None:
        newer = _replaced(store, ID + request.path_params["name"])
        if newer:
            return RedirectResponse(local_path(newer), status_code=301)
        return missing(
            request,
            f"‘{request.path_params['name']}’은(는) 이 그래프에 없습니다.",
            f"{ID}{request.path_params['name']} is not in this graph",
        )
    if chosen[0] == HTML:
        only = (relation, one(fields, "backward") is not None) if relation else None
        view = things.look(store, papers, iri, only=only)
        near = around(store, iri)
        told = profile(store, request.app.state.refs, papers, request.app.state.doers, iri) if only is None else Profile()
        made = page(
            request,
            "thing.html",
            view=view,
            profile=told,
            only=only,
            drawing=draw(*near, centre=iri) if len(near[0]) > 1 else "",
            iri=iri,
        )
    elif chosen[0] == SVG:
        made = Response(
            draw(*around(store, iri), centre=iri),
            media_type=content_type(SVG.types[0]),
            headers={"vary": "accept, accept-encoding"},
        )
    else:
        made = Response(
            _described(store, iri, chosen[0]), media_type=content_type(chosen[1]), headers={"vary": "accept, accept-encoding"}
        )
    made.headers["link"] = f'<{quote(iri, safe=_SIGNS)}>; rel="canonical"'
    return made


_SIGNS = "%/:#?&=@!$'()*+,;~-._"


def _meant(request: HttpRequest) -> str | None:
    """The IRI of the thing at this address: as decoded, with percent signs before ASCII as articles have them, or with all of
    them."""
    decoded = ID + request.path_params["name"]
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0]
    kept = ID + "".join(_decoded(piece) for piece in _pieces(raw.partition("/id/")[2]))
    for iri in dict.fromkeys((decoded, kept, ID + raw.partition("/id/")[2])):
        if refer(request.app.state.store, iri):
            return iri
    return None


def _pieces(raw: str) -> list[str]:
    import re

    return re.split(r"((?:%[89A-Fa-f][0-9A-Fa-f])+)", raw)


def _decoded(piece: str) -> str:
    """Bytes beyond ASCII as the characters that they encode; percent signs before ASCII stay.

    >>> _decoded("%EA%B0%80"), _decoded("page%232")
    ('가', 'page%232')
    """
    try:
        return unquote_to_bytes(piece).decode() if piece[:1] == "%" and piece[1:2] in "89ABCDEFabcdef" else piece
    except UnicodeDecodeError:
        return unquote(piece)


def _replaced(store: Any, iri: str) -> str | None:
    """What a thing that merged with another one is called now."""
    import pyoxigraph as ox
    from rdflib import DCTERMS

    try:
        quads = list(store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(DCTERMS.isReplacedBy)), None, ox.DefaultGraph()))
    except ValueError:
        return None
    return quads[0].object.value if len(quads) == 1 and quads[0].object.value.startswith(ID) else None


def _described(store: Any, iri: str, form: Any) -> bytes:
    import pyoxigraph as ox

    forward, backward = things.statements(store, iri)
    return ox.serialize(
        sorted(set(forward + backward), key=str), format=ox.RdfFormat.from_media_type(form.types[0]), prefixes=dict(PREFIXES)
    )


def search(request: HttpRequest) -> Response:
    """``/search?q=words``: things by name, as a page or as JSON."""
    state = request.app.state
    fields = pairs(request.url.query)
    question, wanted = one(fields, "q") or "", one(fields, "format")
    as_json = wanted == "json" or not prefers_page(request)
    found = [(hit, ref) for hit in state.index.find(question, most=12 if as_json else 60) if (ref := refer(state.store, hit.iri))]
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


def missing(request: HttpRequest, words: str, plain: str) -> Response:
    """404, for people or for programs."""
    if prefers_page(request):
        return page(request, "missing.html", 404, words=words if language.get() == "ko" else plain)
    return response(refused(404, plain))
