"""``/id/NAME``: a thing by its address, however that is encoded, as a page or as its statements."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote, unquote_to_bytes

from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response

from kg.knowledge.vocab import ID, PREFIXES
from kg.serve import things
from kg.serve.formats import GRAPHS, HTML, SVG, choose, content_type
from kg.serve.frame import missing, page
from kg.serve.lookup import local_path
from kg.serve.picture import around, draw
from kg.serve.profile import Profile, profile
from kg.serve.protocol import one, pairs, response
from kg.serve.worker import refused


def thing(request: HttpRequest) -> Response:
    """``/id/NAME``: a thing as a page, or its statements in a format of RDF."""
    refs, papers = request.app.state.refs, request.app.state.papers
    fields = pairs(request.url.query)
    wanted, relation = one(fields, "format"), one(fields, "relation")
    iri = _meant(request)
    chosen = choose((HTML, *GRAPHS, SVG), request.headers.get("accept"), wanted)
    if chosen is None:
        return response(
            refused(406, f"this thing is not written so; allowed: {', '.join(o.types[0] for o in (HTML, *GRAPHS, SVG))}")
        )
    if iri is None:
        newer = _replaced(refs.store, ID + request.path_params["name"])
        if newer:
            return RedirectResponse(local_path(newer), status_code=301)
        return missing(
            request,
            f"‘{request.path_params['name']}’은(는) 이 그래프에 없습니다.",
            f"{ID}{request.path_params['name']} is not in this graph",
        )
    if chosen[0] == HTML:
        only = (relation, one(fields, "backward") is not None) if relation else None
        view = things.look(refs, papers, iri, only=only)
        near = around(refs, iri)
        told = profile(request.app.state, iri) if only is None else Profile()
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
            draw(*around(refs, iri), centre=iri),
            media_type=content_type(SVG.types[0]),
            headers={"vary": "accept, accept-encoding"},
        )
    else:
        made = Response(
            _described(refs.store, iri, chosen[0]),
            media_type=content_type(chosen[1]),
            headers={"vary": "accept, accept-encoding"},
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
        if request.app.state.refs(iri):
            return iri
    return None


def _pieces(raw: str) -> list[str]:
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
    written = sorted(set(forward + backward), key=str)
    return ox.serialize(written, format=ox.RdfFormat.from_media_type(form.types[0]), prefixes=dict(PREFIXES)) or b""
