"""A built folder into any store that speaks the SPARQL 1.1 Graph Store Protocol, article graph by article graph, resumable.

What has arrived is noted in ``OUT/.load/``, so that a load that was cut off goes on where it stopped, a load after another build
sends only the graphs that changed, and the graphs of articles that are no more are taken away.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from kg.errors import UsageError
from kg.graph.lock import held
from kg.patience import TRIES, patient

if TYPE_CHECKING:
    import pyoxigraph
    import requests

_PIECE = 20_000  # triples in one request; a store gets a large graph in several
_TRIES = TRIES
_BLANK = re.compile(r"(?<![^ ])_:\w+")
_DEFAULT = ""  # stands for the default graph in the notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """How many graphs were sent, were there already as they are, and were taken away; ``triples`` counts those that were sent."""

    sent: int
    same: int
    removed: int
    triples: int


def upload(
    out: Path | str,
    url: str,
    *,
    default: bool = False,
    fresh: bool = False,
    user: str | None = None,
    password: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Uploaded:
    """Put every graph of a built folder, its evidence and the ontology into the store behind a Graph Store endpoint.

    ``url`` is the endpoint, ``http://localhost:7878/store`` of Oxigraph, ``http://localhost:8890/sparql-graph-crud-auth`` of
    Virtuoso. ``default`` also puts the union into the default graph, for stores whose default graph is none of itself. ``fresh``
    sends all of it again. ``user`` and ``password`` (or those in the URL) answer a Basic or Digest challenge. ``progress(done,
    all)`` is called after each graph. Raises UsageError where the store cannot be reached or refuses; what has arrived stays
    noted.
    """
    from kg.graph.store import load_store

    endpoint, user, password = _endpoint(url, user, password)
    store = load_store(out, evidence=True)
    home = Path(out) / ".load"
    home.mkdir(exist_ok=True)
    with held(home), _session(user, password) as session:  # two loads at once would add what is put in pieces twice
        there = _Notes(Path(out), endpoint)
        if fresh:
            there.forget()
        wanted = [graph.value for graph in sorted(store.named_graphs(), key=str)] + ([_DEFAULT] if default else [])
        gone = [graph for graph in there.graphs if graph not in set(wanted) and not (graph == _DEFAULT and not default)]
        counts = dict.fromkeys(("sent", "same", "removed", "triples"), 0)
        for number, graph in enumerate(wanted, 1):
            lines = _lines(store, graph)
            digest = _digest(lines)
            if there.graphs.get(graph) == digest and _has(session, endpoint, graph):
                counts["same"] += 1
            else:
                _put(session, endpoint, graph, lines)
                there.note(graph, digest)
                counts["sent"] += 1
                counts["triples"] += len(lines)
            if progress:
                progress(number, len(wanted) + len(gone))
        for number, graph in enumerate(gone, len(wanted) + 1):
            _ask(session, "DELETE", endpoint, graph, allowed=(200, 202, 204, 404))
            there.note(graph, None)
            counts["removed"] += 1
            if progress:
                progress(number, len(wanted) + len(gone))
    return Uploaded(**counts)


def _endpoint(url: str, user: str | None, password: str | None) -> tuple[str, str | None, str | None]:
    """The address without a name and password in it, and these.

    >>> _endpoint("http://me:secret@localhost:8890/store", None, None)
    ('http://localhost:8890/store', 'me', 'secret')
    """
    from urllib.parse import unquote

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url!r} is no address of a store; allowed: http://… or https://…")
    if parts.query or parts.fragment:
        raise UsageError(
            f"{url!r}: a query or fragment is not allowed; "
            "name the Graph Store endpoint itself, http://localhost:7878/store for example"
        )
    host = parts.netloc.rpartition("@")[2]
    return (
        urlunsplit(parts._replace(netloc=host)),
        user or (unquote(parts.username) if parts.username else None),
        password or (unquote(parts.password) if parts.password else None),
    )


def _session(user: str | None, password: str | None) -> requests.Session:
    """A connection that tries again where a store is busy or a line breaks, and never follows to another address."""
    session = patient(tries=_TRIES)
    if user is not None:
        session.auth = _Challenged(user, password or "")
    return session


class _Challenged:
    """Basic or Digest, whichever the store asks for; nothing is sent before it asks."""

    def __init__(self, user: str, password: str) -> None:
        from requests.auth import HTTPBasicAuth, HTTPDigestAuth

        self._basic, self._digest = HTTPBasicAuth(user, password), HTTPDigestAuth(user, password)
        self._asked: str | None = None

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._asked == "basic":
            return self._basic(request)
        if self._asked is None:
            request.register_hook("response", self._learn)
        return self._digest(request)  # sends nothing until it was challenged, and then answers

    def _learn(self, response: requests.Response, **options: Any) -> requests.Response:
        asked = response.headers.get("www-authenticate", "").lower()
        if response.status_code != 401 or not asked.startswith("basic"):
            return response
        self._asked = "basic"
        response.content  # noqa: B018 - read, so that the connection can be used again
        again = response.request.copy()
        again.deregister_hook("response", self._learn)
        return response.connection.send(self._basic(again), **options)


def _lines(store: pyoxigraph.Store, graph: str) -> list[str]:
    """The triples of a graph in N-Triples, sorted."""
    import pyoxigraph as ox

    node = ox.DefaultGraph() if graph == _DEFAULT else ox.NamedNode(graph)
    return sorted(f"{quad.triple} .\n" for quad in store.quads_for_pattern(None, None, None, node))


def _digest(lines: list[str]) -> str:
    """The hash of a graph; the ontology's blank nodes have other labels each time that they are read."""
    return hashlib.sha256("".join(sorted(_BLANK.sub("_:", line) for line in lines)).encode()).hexdigest()


def _put(session: requests.Session, endpoint: str, graph: str, lines: list[str]) -> None:
    """Replace a graph: its first piece takes the place of what was there, the others are added."""
    for method, piece in _pieces(lines):
        _ask(session, method, endpoint, graph, data="".join(piece).encode())


def _pieces(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    for start in range(0, max(len(lines), 1), _PIECE):
        yield ("POST" if start else "PUT"), lines[start : start + _PIECE]


def _ask(
    session: requests.Session,
    method: str,
    endpoint: str,
    graph: str,
    *,
    data: bytes | None = None,
    allowed: tuple[int, ...] = (200, 201, 202, 204),
) -> int:
    import requests

    headers = {"Content-Type": "application/n-triples"} if data is not None else {}
    name = "the default graph" if graph == _DEFAULT else f"graph <{graph}>"
    try:
        answer = session.request(
            method,
            endpoint,
            params={"default": ""} if graph == _DEFAULT else {"graph": graph},
            data=data,
            headers=headers,
            timeout=(10, 600),
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise UsageError(f"{endpoint}: cannot be reached: {_short(str(error))}") from error
    if answer.status_code not in allowed:
        hint = "; give a user and a password" if answer.status_code in (401, 403) else ""
        raise UsageError(f"{endpoint}: {method} of {name} was refused: {answer.status_code} {_short(answer.text)}{hint}")
    return answer.status_code


def _has(session: requests.Session, endpoint: str, graph: str) -> bool:
    """Whether a graph that was sent before is there; a store that does not answer this is believed to have it."""
    return _ask(session, "HEAD", endpoint, graph, allowed=(200, 204, 404, 405, 501)) != 404


def _short(words: str) -> str:
    return " ".join(words.split())[:300]


class _Notes:
    """What has arrived in one store: a hash by graph, a line of JSON each, the last one of a graph counts."""

    def __init__(self, out: Path, endpoint: str) -> None:
        self._path = out / ".load" / f"{hashlib.sha256(endpoint.encode()).hexdigest()[:16]}.jsonl"
        self.graphs: dict[str, str] = {}
        if not self._path.is_file():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
                graph, digest = row["graph"], row["digest"]
            except (ValueError, KeyError, TypeError):  # the last line of a process that was killed while it wrote
                continue
            if digest is None:
                self.graphs.pop(graph, None)
            else:
                self.graphs[graph] = digest

    def note(self, graph: str, digest: str | None) -> None:
        """Write down that a graph has arrived, or (None) that it was taken away."""
        self._path.parent.mkdir(exist_ok=True)
        whole = not self._path.is_file() or self._path.read_bytes()[-1:] in (b"", b"\n")
        with self._path.open("a", encoding="utf-8") as file:
            file.write(("" if whole else "\n") + json.dumps({"graph": graph, "digest": digest}) + "\n")

    def forget(self) -> None:
        """Start anew."""
        self.graphs = {}
        self._path.unlink(missing_ok=True)
