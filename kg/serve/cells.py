"""An answer as a table of words and links."""

from __future__ import annotations

from kg.knowledge.vocab import ID
from kg.serve.lookup import Refs
from kg.serve.templates import day

SHOWN = 500  # rows of an answer on a page; all of them are in its files


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
