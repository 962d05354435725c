"""Ask a reconciliation service (W3C Reconciliation API) what the things of a graph are elsewhere, Wikidata for one.

Nothing is asked unless somebody names a service. What it proposes is a review: corrections that people decide on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.ask.review import Item, Review, quoted, short
from kg.errors import UsageError
from kg.graph.store import quads
from kg.graph.terms import value_of
from kg.knowledge.corrections import is_address
from kg.knowledge.schema import schema
from kg.knowledge.vocab import PREFIXES, PRESS
from kg.patience import patient

if TYPE_CHECKING:
    import requests

_TRIES, _PAUSE = (
    3,
    0.5,
)  # how often an answer that is no JSON, a page that asks to wait for one, is asked for again; seconds between
_GIVEN_UP = 2  # batches without an answer after which a service is left alone
_BATCH = 20  # names in one request
_CLASSES = ("Organization", "Country", "City", "Region")  # people are not told by a name alone, events are seldom elsewhere


def reconcile(out: Path | str, service: str, *, least: float = 90.0, timeout: float = 30.0) -> Review:
    """Proposals of a service for bodies and places that the graph does not link yet: those that it is sure of, or scores ``least``.

    Where it is busy or fails, it is asked again, as it says when; names that it does not answer for in the end are left out, and the
    notes of the review say so. Raises UsageError where there is no such service at all.
    """
    if not is_address(service) or not urlsplit(service).hostname:
        raise UsageError(f"{service!r} is no address of a service; write http://… or https://…")
    items: list[Item] = []
    failed: list[tuple[int, str]] = []
    with patient() as session:
        space = _identifier_space(_ask(session, service, None, timeout))
        names = iter(_unlinked(out))
        while batch := list(islice(names, _BATCH)):
            if len(failed) >= _GIVEN_UP:
                failed.append((len(batch), "not asked any more"))
                continue
            queries = {f"q{i}": {"query": name, "limit": 3} for i, (_, name) in enumerate(batch)}
            try:
                answers = _ask(session, service, queries, timeout)
            except UsageError as error:
                failed.append((len(batch), str(error)))
                continue
            for i, (iri, name) in enumerate(batch):
                items += _proposals(iri, name, answers.get(f"q{i}"), space, least)
    left = sum(count for count, _ in failed)
    notes = (f"{left:,} names were left out; ask for them again later: {failed[0][1]}",) if failed else ()
    return Review(tuple(sorted(items, key=lambda item: (item.about, item.proposal))), notes)


def _unlinked(out: Path | str) -> Iterator[tuple[str, str]]:
    """Bodies and places without a link to elsewhere, by IRI, with their names."""
    is_a, label, same = (PREFIXES["rdf"] + "type", PREFIXES["skos"] + "prefLabel", PREFIXES["owl"] + "sameAs")
    base, names, wanted, linked = str(PRESS._NS), {}, set(), set()
    for quad in quads(out):
        subject, predicate = value_of(quad.subject), quad.predicate.value
        if predicate == label:
            names[subject] = value_of(quad.object)
        elif predicate == same:
            linked.add(subject)
        elif predicate == is_a and any(schema().is_a(value_of(quad.object).removeprefix(base), cls) for cls in _CLASSES):
            wanted.add(subject)
    return ((iri, names[iri]) for iri in sorted(wanted - linked) if iri in names)


def _ask(session: requests.Session, service: str, queries: dict | None, timeout: float) -> dict:
    """The service's answer to a batch of queries, or its manifest; asked again where it answers with something else."""
    import requests

    data = None if queries is None else {"queries": json.dumps(queries, ensure_ascii=False)}
    for left in reversed(range(_TRIES)):
        try:
            answer = session.request(
                "GET" if data is None else "POST", service, data=data, headers={"Accept": "application/json"}, timeout=timeout
            )
            answer.raise_for_status()
            said = answer.json()
            if not isinstance(said, dict):
                raise ValueError(f"{type(said).__name__} where an object is due")
            return said
        except (requests.RequestException, ValueError) as error:
            why = error
            busy = isinstance(error, ValueError) and not isinstance(error, requests.HTTPError | requests.ConnectionError)
            if not left or not busy:
                break
        time.sleep(_PAUSE)
    raise UsageError(f"{service}: does not answer as a reconciliation service: {' '.join(str(why).split())[:300]}") from why


def _identifier_space(manifest: dict) -> str:
    space = manifest.get("identifierSpace", "")
    return space if isinstance(space, str) and space.startswith(("http://", "https://")) else "http://www.wikidata.org/entity/"


def _proposals(iri: str, name: str, answer: object, space: str, least: float) -> Iterator[Item]:
    """The candidates that the service is sure of, else those that score enough; what has no address is none."""
    results = answer.get("result") if isinstance(answer, Mapping) else None
    found = [r for r in results if isinstance(r, Mapping) and isinstance(r.get("id"), str)] if isinstance(results, list) else []
    for result in [r for r in found if r.get("match") is True] or [r for r in found if _score(r) >= least]:
        same = result["id"] if result["id"].startswith(("http://", "https://")) else f"{space}{result['id']}"
        if is_address(same):
            label = "".join(c for c in str(result.get("name") or result["id"]) if c.isprintable())
            yield Item(
                kind="link",
                about=f"{name} ({short(iri)}) = {label} <{same}>",
                why=f"score {_score(result):g}",
                articles=(),
                words="",
                proposal=f"[[link]]\nthing = {quoted(short(iri))}\nsame = {quoted(same)}\n",
            )


def _score(result: Mapping) -> float:
    score = result.get("score")
    return float(score) if isinstance(score, int | float) else 0.0
