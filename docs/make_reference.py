"""The parts of the documents that follow from the ontology and the gazetteer, between marks: ``python -m docs.make_reference``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent


def coverage() -> Iterator[str]:
    """How many names of the gazetteer are linked to Wikidata, or have an ISO code, by kind."""
    from kg.knowledge.load import load_knowledge
    from kg.knowledge.schema import schema

    entries = list(load_knowledge().gazetteer)
    names, linked, coded = (Counter(e.cls for e in entries if test(e)) for test in (bool, lambda e: e.wikidata, lambda e: e.iso))
    yield "| kind | names | to Wikidata | | ISO code |"
    yield "|---|---:|---:|---:|---:|"
    for cls in sorted(names, key=lambda cls: (-linked[cls] / names[cls], cls)):
        label = schema().labels[cls].get("ko", cls)
        yield f"| {cls} {label} | {names[cls]} | {linked[cls]} | {linked[cls] / names[cls]:.0%} | {coded[cls] or ''} |"
    total, all_linked = sum(names.values()), sum(linked.values())
    yield f"| all | {total} | {all_linked} | {all_linked / total:.0%} | {sum(coded.values())} |"


def ontology() -> Iterator[str]:
    """Every class and property with its meaning, and an example where the ontology gives one."""
    from kg.serve.linked import terms

    for (_, rows), english in zip(terms()["groups"], ("Classes", "Properties")):
        yield f"## {english}\n"
        for row in rows:
            yield f"### `press:{row['name']}` {{#{row['name']}}}\n"
            yield f"{row['label_ko']} · {row['label_en']}. {row['meaning_ko']} {row['meaning_en']}\n"
            if row["example_ko"]:
                yield f"> {row['example_ko']}  \n> {row['example_en']}\n"
            for what, names in row["links"]:
                yield f"- {what}: {', '.join(f'`{name}`' for name in names)}"
            yield ""


PARTS: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "coverage": ("linked-data.md", coverage), "terms": ("ontology.md", ontology),
}  # fmt: skip


def current(name: str) -> str:
    """The page with a part of it written again."""
    file, make = PARTS[name]
    text = (HERE / file).read_text(encoding="utf-8")
    begin, end = f"<!-- {name}: python -m docs.make_reference -->", f"<!-- end of {name} -->"
    part = f"{begin}\n\n{chr(10).join(make()).strip()}\n\n{end}"
    return re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: part, text, count=1, flags=re.S)


if __name__ == "__main__":
    for part in PARTS:
        (HERE / PARTS[part][0]).write_text(current(part), encoding="utf-8")
