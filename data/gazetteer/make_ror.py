"""Writes the column ``ror`` of the tables of bodies from the records of ROR (CC0), and fills ``wikidata`` where ROR states it.

``git clone https://github.com/ror-community/ror-records``, then ``python data/gazetteer/make_ror.py ror-records``. A body has the
identifier of the active record of a Korean body that bears its name in full, in Hangul, and is of a kind that fits, or of the record
that states the Wikidata item of the row already; in both cases of one record alone. What a row has is kept.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from make_table import HERE, rows, save

TABLES = ("agencies.tsv", "associations.tsv", "companies.tsv", "international.tsv", "public.tsv", "universities.tsv")
_STATE = {"government", "funder", "facility", "healthcare", "archive", "education", "nonprofit", "other"}
KINDS = {  # the kinds of ROR that a class of ours may have there
    "Association": {"nonprofit", "other", "education", "funder", "facility"},
    "Company": {"company"},
    "GovernmentBody": _STATE,
    "PublicInstitution": _STATE,
    "ResearchInstitute": _STATE,
    "University": {"education"},
}
DOUBTED = {"02chzeh21"}  # records that mix two bodies: its address is that of another institute


@dataclass(frozen=True, slots=True)
class Record:
    """What matters of a record: its identifier, its names in Hangul that are no acronyms, kinds, countries and Wikidata items."""

    ror: str
    names: frozenset[str]
    kinds: frozenset[str]
    countries: frozenset[str]
    items: tuple[str, ...]


def record(said: Mapping) -> Record | None:
    """A record of ROR's schema 2 or 1, None where it is not active.

    >>> made = {"id": "https://ror.org/05x4c1983", "status": "active", "types": ["facility"], "external_ids": [],
    ...         "names": [{"value": "가나연구원", "lang": "ko", "types": ["label"]}], "locations": []}
    >>> sorted(record(made).names), record(made).ror
    (['가나연구원'], '05x4c1983')
    """
    if said["status"] != "active":
        return None
    if "names" in said:
        names = [name["value"] for name in said["names"] if "acronym" not in name["types"]]
        countries = {place["geonames_details"].get("country_code") for place in said["locations"]}
        items = [(one.get("preferred"), one["all"]) for one in said["external_ids"] if one["type"] == "wikidata"]
    else:
        names = [said["name"], *said["aliases"], *(label["label"] for label in said["labels"])]
        countries = {said["country"]["country_code"]}
        held = said["external_ids"].get("Wikidata")
        items = [(held.get("preferred"), held["all"])] if held else []
    return Record(
        said["id"].rpartition("/")[2],
        frozenset(name.strip() for name in names if re.search("[가-힣]", name)),
        frozenset(kind.lower() for kind in said["types"]),
        frozenset(filter(None, countries)),
        tuple(item for preferred, every in items for item in ([preferred] if preferred else every)),
    )


def records(folder: Path) -> Iterator[Record]:
    """The newest state of each record of a clone of ror-records: a folder for each release, in it a folder for each change."""
    newest: dict[str, tuple[tuple[int, ...], bool, Path]] = {}
    for path in folder.glob("v*/**/0????????.json"):
        release = tuple(map(int, re.findall(r"\d+", path.relative_to(folder).parts[0])))
        state = (release, "v2" in path.parts, path)
        newest[path.stem] = max(newest.get(path.stem, state), state)
    for _, _, path in newest.values():
        made = record(json.loads(path.read_text(encoding="utf-8")))
        if made is not None and made.ror not in DOUBTED:
            yield made


def found(
    row: Mapping[str, str], by_name: Mapping[str, list[Record]], by_item: Mapping[str, list[Record]], taken: Set[str]
) -> Record | None:
    """The record of a row, where there is no doubt; what another row's Wikidata item names is not this one's by its name."""
    stated = by_item.get(row.get("wikidata", ""), []) if row.get("wikidata") else []
    named = [one for one in by_name.get(row["name"], []) if one.kinds & KINDS.get(row["class"], set())]
    if len(stated) == 1 and (not named or stated[0] in named):
        return stated[0]
    free = len(named) == 1 and not row.get("wikidata") and not taken & {*named[0].items}
    return named[0] if free else None


def write(
    table: str, by_name: Mapping[str, list[Record]], by_item: Mapping[str, list[Record]], taken: set[str]
) -> tuple[int, int]:
    """A table with its columns written anew; how many identifiers of either kind it has."""
    notes, head, body = rows(table)
    for column, before in (("wikidata", "head"), ("ror", "head")):
        if column not in head:
            head.insert(head.index(before), column)
    for row in body:
        for column in ("wikidata", "ror"):
            row.setdefault(column, "")
        one = found(row, by_name, by_item, taken)
        row["ror"] = one.ror if one else ""
        if one and not row["wikidata"] and len(one.items) == 1 and len(by_item[one.items[0]]) == 1:
            row["wikidata"] = one.items[0]
            taken.add(one.items[0])
    save(table, notes, head, body)
    return sum(bool(row["wikidata"]) for row in body), sum(bool(row["ror"]) for row in body)


def indexed(every: Iterable[Record]) -> tuple[Mapping[str, list[Record]], Mapping[str, list[Record]]]:
    """Korean records by name, and all by Wikidata item."""
    by_name, by_item = defaultdict(list), defaultdict(list)
    for one in every:
        for name in one.names if "KR" in one.countries else ():
            by_name[name].append(one)
        for item in one.items:
            by_item[item].append(one)
    return by_name, by_item


def main(folder: Path) -> None:
    """All tables."""
    by_name, by_item = indexed(records(folder))
    every = sorted(path.name for path in HERE.glob("*.tsv"))
    taken = {row["wikidata"] for table in every for row in rows(table)[2] if row.get("wikidata")}
    for table in TABLES:
        print(table, *write(table, by_name, by_item, taken))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
