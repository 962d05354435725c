"""What the pages want to know of a state of the folder: some of it at once, the rest while nobody asks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from kg.serve.lookup import Drawn, Papers, Refs


def index(state: Any, out: Path) -> Iterator[None]:
    """What the pages want to know of a state of the folder, worked out once; what is given back does the rest while nobody asks."""
    from kg.ask.korean import Reader
    from kg.ask.search import Index
    from kg.serve.atlas import Places
    from kg.serve.facets import Doers
    from kg.serve.looks import figures
    from kg.serve.profile import Posts
    from kg.serve.timeline import Timeline
    from kg.serve.together import Together

    state.papers, state.index = Papers(state.files.articles), Index(state.store)
    state.reader = Reader(state.store, state.index)
    state.dataset = state.files.described.read() if state.files.described is not None else None
    state.doers, state.refs, state.posts = Doers(state.store), Refs(state.store), Posts(state.store)
    state.timeline = Timeline(state.store, state.refs)
    state.together, state.places = Together(state.store), Places(state.store)
    state.figures, state.described = figures(state.store), {}
    state.drawn = Drawn(state.files.drawn) if state.files.drawn is not None else None
    return _warm(state)


_FIRST = 200  # things that a page shows first


def _warm(state: Any) -> Iterator[None]:
    """What first answers show: the pages' templates, who hosts and takes part, the newest events, quotations with their articles."""
    from kg.serve.facets import ACTED, members
    from kg.serve.overview import first_pictures
    from kg.serve.picture import around, draw
    from kg.serve.profile import profile
    from kg.serve.templates import template
    from kg.serve.words import LANGUAGES, language

    state.reader.understand("행사는?")  # Kiwi and the names; first, because the first question waits for it
    yield
    for lang in LANGUAGES:
        language.set(lang)
        for name in ("base.html", "parts.html", "question_box.html", "ask.html", "thing.html"):
            template(name)
            yield
    for relation in ACTED:
        for number, iri in enumerate(state.doers.busiest(relation)):
            state.doers.name(iri)
            if number < _FIRST:
                state.refs(iri)
            yield
    for known in ("years", "cities"):
        getattr(state.doers, known)
        yield
    for iri in state.doers.busiest("hosted")[:1]:  # the page of a body: how things are drawn, titles and names of bodies
        profile(state, iri)
        yield
        draw(*around(state.refs, iri), centre=iri)
        yield
    dated = state.doers.days
    yield from first_pictures(state)
    for iri in sorted(dated, key=lambda event: (max(dated[event]), event), reverse=True)[: 2 * _FIRST]:
        state.refs(iri)
        yield
    for kind in ("Quotation", "Article"):
        for iri in islice(members(state.store, kind), 20 * _FIRST):
            state.refs(iri)
            yield
