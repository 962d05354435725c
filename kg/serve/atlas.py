"""Where things happened: countries and cities of the graph on maps, each with the events that its list holds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kg.knowledge.load import load_knowledge
from kg.knowledge.resources import resource
from kg.knowledge.vocab import PRESS
from kg.serve.facets import ACTED, days_and_kinds, members, said

if TYPE_CHECKING:
    import pyoxigraph

    from kg.serve.lookup import Refs

Point = tuple[float, float]
_WORLD, _KOREA = (960, 430), (530, 560)  # px
_DEGREE, _RADIUS, _MIDDLE = 97, 176, 11.0  # px of a degree of latitude on the map of Korea; the size and the middle of the world
_NAMED = 26  # places whose names stand on a map, as far as there is room
_EM = 14  # px
_NEAR = 0.5  # degrees between what one name may mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place on a map: how many events, where, how large, and where its name stands, if it does (-1 left, 1 right, 0 nowhere)."""

    iri: str
    name: str
    many: int
    x: float
    y: float
    size: float
    side: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A map: its frame, the outlines of countries with the code of each, and the places on it, the largest first."""

    width: int
    height: int
    outlines: tuple[tuple[str, str], ...]
    spots: tuple[Spot, ...]


class Places:
    """The places of a store and the events in each, looked up when a map is asked for."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store

    @cached_property
    def _here(self) -> dict[str, set[str]]:
        return _objects(self._store, ("city", "venue"))

    @cached_property
    def _events(self) -> dict[str, set[str]]:
        return {**_countries(self._store), **self._here}

    @cached_property
    def _known(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        return days_and_kinds(self._store, {event for events in self._events.values() for event in events})

    def __contains__(self, iri: str) -> bool:
        """Whether a place is one that events name as where they are, rather than a country that took part."""
        return iri in self._here

    def counts(self, since: str, until: str, kind: str) -> Counter[str]:
        """How many events of a period and a class are known of each place."""
        known_days, known_kinds = self._known

        def fits(event: str) -> bool:
            days = known_days.get(event, ())
            within = any((not since or since <= day) and (not until or day <= until) for day in days)
            return (not kind or kind in known_kinds.get(event, ())) and (within or not (since or until))

        found = Counter({place: sum(map(fits, events)) for place, events in self._events.items()})
        return +found


def _objects(store: pyoxigraph.Store, relations: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in relations:
        for event, place in said(store, PRESS[name]):
            found.setdefault(place, set()).add(event)
    return found


def _countries(store: pyoxigraph.Store) -> dict[str, set[str]]:
    """The events in which a country took part."""
    countries = set(members(store, "Country"))
    found: dict[str, set[str]] = {}
    for name in ACTED:
        for one, event in said(store, PRESS[name]):
            if one in countries:
                found.setdefault(one, set()).add(event)
    return found


def maps(refs: Refs, counts: Counter[str]) -> tuple[Map, Map, list[tuple[str, int, bool]]]:
    """Korea and the world with the places that lie there, and every place with its events and whether a map shows it."""
    found = sorted(((many, iri) for iri, many in counts.items()), key=lambda pair: (-pair[0], pair[1]))
    named = [(iri, many, ref.name) for many, iri in found if (ref := refs(iri))]
    at = {iri: position for iri, _, name in named if (position := where(name))}
    home = {iri for iri, (longitude, latitude) in at.items() if 124.0 < longitude < 132.0 and 32.9 < latitude < 38.7}
    korea = _map(_KOREA, korea_point, "korea.tsv", [row for row in named if row[0] in home], at)
    world = _map(_WORLD, world_point, "world.tsv", [row for row in named if row[0] in at and row[0] not in home], at)
    return korea, world, [(iri, many, iri in at) for iri, many, _ in named]


def _map(
    frame: tuple[int, int],
    point: Callable[[float, float], Point],
    table: str,
    rows: list[tuple[str, int, str]],
    at: dict[str, Point],
) -> Map:
    from kg.viz.measure import width

    spots: list[Spot] = []
    taken: list[tuple[float, float, float, float]] = []
    most = max((many for _, many, _ in rows), default=1)
    for iri, many, name in rows:
        x, y = point(*at[iri])
        size = 3 + 13 * (many / most) ** 0.5
        broad = width(name) * _EM + 4
        side = 0
        for one in (1, -1) if len(spots) < _NAMED else ():
            left = x + size + 2 if one == 1 else x - size - 2 - broad
            box = (left, y - 8, left + broad, y + 8)
            if left >= 0 and left + broad <= frame[0] and not any(_meet(box, other) for other in taken):
                taken.append(box)
                side = one
                break
        taken.append((x - size * 0.7, y - size * 0.7, x + size * 0.7, y + size * 0.7))
        spots.append(Spot(iri=iri, name=name, many=many, x=round(x, 1), y=round(y, 1), size=round(size, 1), side=side))
    return Map(width=frame[0], height=frame[1], outlines=outlines(table, point), spots=tuple(spots))


def _meet(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def korea_point(longitude: float, latitude: float) -> Point:
    """A place of Korea in px: degrees of longitude as short as they are at 36 degrees north."""
    return (longitude - 124.4) * _DEGREE * math.cos(math.radians(36)), (38.75 - latitude) * _DEGREE


def world_point(longitude: float, latitude: float) -> Point:
    """A place of the world in px, by the projection Equal Earth (Šavrič, Patterson, Jenny 2018).

    >>> [round(value) for value in world_point(0, 0)]
    [451, 240]
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    turned = (longitude - _MIDDLE + 180) % 360 - 180
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = angle * angle
    sixth = square**3
    across = math.radians(turned) * math.cos(angle)
    across /= math.sqrt(3) / 2 * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square))
    up = angle * (a1 + a2 * square + sixth * (a3 + a4 * square))
    return _WORLD[0] / 2 + across * _RADIUS, 240 - up * _RADIUS


@lru_cache(maxsize=4)
def outlines(table: str, point: Callable[[float, float], Point]) -> tuple[tuple[str, str], ...]:
    """The outlines of a table as paths."""
    found = []
    for code, words in _rows(table):
        pieces = []
        for ring in words.split(";"):
            values = [float(value) for value in ring.split()]
            dots = [point(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]
            if max(x for x, _ in dots) - min(x for x, _ in dots) < 480:  # one that is cut by the edge of the map is left out
                pieces.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in dots) + "Z")
        if pieces:
            found.append((code, "".join(pieces)))
    return tuple(found)


def _rows(table: str) -> Iterable[list[str]]:
    for line in resource("viz", "map", table).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@lru_cache(maxsize=1)
def _known() -> dict[str, Point]:
    """Longitude and latitude of cities by the gazetteer's names, of countries by the middle of their largest outline."""
    known = {name: (float(longitude), float(latitude)) for name, latitude, longitude in _rows("cities.tsv")}
    middles = {}
    for code, words in _rows("world.tsv"):
        values = [float(value) for value in words.partition(";")[0].split()]
        middles[code] = (sum(values[::2]) / len(values[::2]), sum(values[1::2]) / len(values[1::2]))
    for entry in load_knowledge().gazetteer:
        if entry.cls == "Country" and entry.iso in middles:
            known[entry.name] = middles[entry.iso]
    return known


@lru_cache(maxsize=4096)
def where(name: str) -> Point | None:
    """Longitude and latitude of a place by its name, None where that is not known or places far from each other bear it.

    >>> where("목포"), where("아무데도시")
    ((126.392, 34.813), None)
    """
    entries = sorted(load_knowledge().gazetteer.by_name(name), key=lambda entry: (entry.place_cls != "City", entry.name))
    found = [at for entry in entries if (at := _known().get(entry.name))]
    if not found or len(found) < len(entries):
        return None
    near = all(max(abs(x - found[0][0]), abs(y - found[0][1])) <= _NEAR for x, y in found)
    return found[0] if near else None
