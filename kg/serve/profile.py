"""What the page of a person or a body shows beside its statements: posts over time, whom it works with, its events by time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from kg.knowledge.schema import schema
from kg.knowledge.vocab import PRESS
from kg.serve.facets import ACTED, Doers, said
from kg.serve.lookup import Clip, Papers, Ref, Refs, clips

if TYPE_CHECKING:
    import pyoxigraph

_PARTNERS, _PEOPLE, _YEARS = 8, 12, 3  # bodies and people that are shown; fewer years than this are shown by month
_BARS = 24
_SAID = ("^member", "^organization", "member", "organization", "role", "asOf", "to")  # what is read of affiliations


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What somebody was somewhere: the thing at the other end, the role, the first and last day that articles say so, their words;
    ``until`` is the day by which another post had come."""

    other: Ref
    role: str
    first: str
    last: str
    head: bool
    said: tuple[pyoxigraph.Triple, ...] = ()
    clips: tuple[Clip, ...] = ()
    until: str = ""


class Former(NamedTuple):
    """A name that a body bore before, and the first and last day of it, empty where the list of names does not say."""

    name: str
    first: str
    last: str


class Share(NamedTuple):
    """A label, a number, its height from 0 to 1, and the address of what is counted."""

    label: str
    many: int
    height: float
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The sections; each is empty where nothing is known."""

    career: tuple[Post, ...] = ()
    heads: tuple[Post, ...] = ()
    people: tuple[Post, ...] = ()
    people_count: int = 0
    partners: tuple[Share, ...] = ()
    former: tuple[Former, ...] = ()
    events: tuple[Share, ...] = ()
    by: str = ""


def profile(state: Any, iri: str) -> Profile:
    """The profile of a person or an organization; an empty one of other things."""
    store, refs, papers, doers = state.store, state.refs, state.papers, state.doers
    thing = refs(iri)
    if thing is None:
        return Profile()
    kind = thing.kind.removeprefix("press:")
    if kind == "Person":
        return Profile(career=_clipped(store, papers, _posts(state.posts, refs, iri, ("member", "organization"))))
    if not thing.kind.startswith("press:") or not schema().is_a(kind, "Organization"):
        return Profile()
    posts = _posts(state.posts, refs, iri, ("organization", "member"))
    heads, people = _once(p for p in posts if p.head), tuple(p for p in posts if not p.head)
    events, by = _events(doers, thing, _acted(store, iri, ("hosted",)))
    return Profile(
        heads=_clipped(store, papers, heads[:_PEOPLE]),
        people=_clipped(store, papers, people[:_PEOPLE]),
        people_count=len(people),
        partners=_partners(store, doers, thing, iri),
        former=former(thing.name),
        events=events,
        by=by,
    )


def former(name: str) -> tuple[Former, ...]:
    """What a body was called before, by the gazetteer, the last name first; nothing where several bodies are called so.

    >>> former("인사혁신처"), former("강원특별자치도")
    ((), (Former(name='강원도', first='', last='2023-06-10'),))
    """
    from kg.knowledge.load import load_knowledge

    entries = load_knowledge().gazetteer.by_name(name)
    if len(entries) != 1:
        return ()
    rows = (
        Former(term.form, term.start.isoformat() if term.start else "", term.end.isoformat() if term.end else "")
        for term in entries[0].past
        if term.form != name
    )
    return tuple(sorted(rows, key=lambda row: (row.last or "9999", row.first, row.name), reverse=True))


class Posts:
    """What the affiliations of a store say: each relation is read once and as a whole."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store
        self.of = lru_cache(maxsize=len(_SAID))(self._of)

    def _of(self, relation: str) -> dict[str, list[str]]:
        """The ends or words of each affiliation, of each end its affiliations where the relation is turned round (``^member``)."""
        found: dict[str, list[str]] = {}
        for node, other in said(self._store, PRESS[relation.removeprefix("^")]):
            one, two = (other, node) if relation.startswith("^") else (node, other)
            found.setdefault(one, []).append(two)
        return found

    @cached_property
    def heads(self) -> frozenset[tuple[str, str]]:
        """Who heads which body."""
        return frozenset(said(self._store, PRESS.heads))


def _posts(posts: Posts, refs: Refs, iri: str, ends: tuple[str, str]) -> tuple[Post, ...]:
    """The affiliations of a thing, those last spoken of first; the words behind those that are shown are looked up later."""
    found = list(_post(posts, refs, iri, ends))
    told = {post.other.iri for post in found if post.role}  # who is named with a role now and without one then has that role
    kept = (post for post in found if post.role or post.other.iri not in told)
    return tuple(sorted(kept, key=_newest, reverse=True))


def _clipped(store: pyoxigraph.Store, papers: Papers, posts: Iterable[Post]) -> tuple[Post, ...]:
    return tuple(
        replace(p, clips=tuple(clip for triple in p.said for clip in clips(store, papers, triple, backward=True))) for p in posts
    )


def _newest(post: Post) -> tuple[str, str, str, str]:
    return post.last, post.first, post.other.name, post.role


def _once(heads: Iterable[Post]) -> tuple[Post, ...]:
    """Each head once, by the shorter of its titles: 위원장 is the 금융위원장 of other articles."""
    by: dict[str, list[Post]] = defaultdict(list)
    for post in heads:
        by[post.other.iri].append(post)
    return tuple(
        sorted(
            (
                replace(
                    min(posts, key=lambda p: (len(p.role), p.role)),
                    first=min(p.first for p in posts),
                    last=max(p.last for p in posts),
                    said=tuple(triple for p in posts for triple in p.said),
                )
                for posts in by.values()
            ),
            key=_newest,
            reverse=True,
        )
    )


def _post(posts: Posts, refs: Refs, iri: str, ends: tuple[str, str]) -> Iterator[Post]:
    import pyoxigraph as ox

    mine, theirs = ends
    for node in posts.of(f"^{mine}").get(iri, []):
        others = posts.of(theirs).get(node, [])
        if not others or (other := refs(others[0])) is None:
            continue
        roles, days = posts.of("role").get(node, []), sorted(posts.of("asOf").get(node, []))
        person, body = (iri, others[0]) if mine == "member" else (others[0], iri)
        triple = ox.Triple(ox.NamedNode(node), _term(theirs), ox.NamedNode(others[0]))
        yield Post(
            other=other,
            role=roles[0] if roles else "",
            first=days[0] if days else "",
            last=days[-1] if days else "",
            head=bool(roles) and (person, body) in posts.heads and roles[0] in _head_titles(body, refs),
            said=(triple,),
            until=max(posts.of("to").get(node, []), default=""),
        )


@lru_cache(maxsize=64)
def _term(name: str) -> pyoxigraph.NamedNode:
    import pyoxigraph as ox

    return ox.NamedNode(str(PRESS[name]))


def _head_titles(body: str, refs: Refs) -> frozenset[str]:
    """The titles of heads, and those that are one word with a body's name: 금융위원장."""
    from kg.knowledge.load import load_knowledge

    known, ref = load_knowledge(), refs(body)
    own = {title for entry in known.gazetteer.by_name(ref.name) for title in entry.head_titles()} if ref else set()
    return known.titles.heads | own


def _partners(store: pyoxigraph.Store, doers: Doers, thing: Ref, iri: str) -> tuple[Share, ...]:
    """With whom a body did most together; the address lists these events."""
    met = Counter(
        name
        for event in _acted(store, iri, ACTED)
        for name in frozenset().union(*(doers.names(event, relation, bodies=True) for relation in ACTED))
        if name != thing.name
    )
    return _shares(
        (
            (name, many, {"intent": "events", "who": thing.name, "with": name})
            for name, many in sorted(met.items(), key=lambda pair: (-pair[1], pair[0]))[:_PARTNERS]
        )
    )


def _acted(store: pyoxigraph.Store, iri: str, relations: Iterable[str]) -> list[str]:
    import pyoxigraph as ox

    return sorted(
        {
            q.object.value
            for name in relations
            for q in store.quads_for_pattern(ox.NamedNode(iri), _term(name), None, ox.DefaultGraph())
            if isinstance(q.object, ox.NamedNode)
        }
    )


def _events(doers: Doers, thing: Ref, events: Iterable[str]) -> tuple[tuple[Share, ...], str]:
    """How many events a body held in each year, in each month where the years are few; each leads to the list of as many."""
    days = [doers.days.get(event, set()) for event in events]
    size, by = (4, "해마다") if len({day[:4] for own in days for day in own}) >= _YEARS else (7, "달마다")
    counts = sorted(Counter(label for own in days for label in {day[:size] for day in own}).items())[-_BARS:]
    return _shares(
        (label, many, {"intent": "events", "who": thing.name, "since": label, "until": label}) for label, many in counts
    ), by


def _shares(rows: Iterable[tuple[str, int, dict[str, str]]]) -> tuple[Share, ...]:
    rows = list(rows)
    most = max((many for _, many, _ in rows), default=1)
    return tuple(Share(label, many, many / most, f"/ask?{urlencode(fields)}") for label, many, fields in rows)
