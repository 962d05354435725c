"""The parts of the documents that follow from code, ontology, questions and gazetteer, between marks: ``python -m docs.make_reference``."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent


def coverage(korean: bool = False) -> Iterator[str]:
    """How many names of the gazetteer are linked to Wikidata, GeoNames and ROR, or have an ISO code, by kind."""
    from kg.knowledge.load import load_knowledge
    from kg.knowledge.schema import schema

    entries = list(load_knowledge().gazetteer)
    out = ("wikidata", "geonames", "ror")
    names, linked = Counter(e.cls for e in entries), Counter(e.cls for e in entries if any(getattr(e, one) for one in out))
    held = [Counter(e.cls for e in entries if getattr(e, one)) for one in (*out, "iso")]
    titles = (
        "종류 | 이름 | 위키데이터로 | GeoNames로 | ROR로 | ISO 부호 | 하나라도 이어짐",
        "kind | names | to Wikidata | to GeoNames | to ROR | ISO code | linked at all",
    )
    yield f"| {titles[not korean]} |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for cls in sorted(names, key=lambda cls: (-linked[cls] / names[cls], cls)):
        counts = " | ".join(str(one[cls] or "") for one in (names, *held))
        label = schema().labels[cls].get("ko", cls)
        yield f"| {label if korean else f'{cls} {label}'} | {counts} | {linked[cls]} ({linked[cls] / names[cls]:.0%}) |"
    totals = " | ".join(str(one.total()) for one in (names, *held))
    yield f"| {'모두' if korean else 'all'} | {totals} | {linked.total()} ({linked.total() / names.total():.0%}) |"


def ontology(korean: bool = False) -> Iterator[str]:
    """Every class and property with its meaning, and an example where the ontology gives one; in Korean alone, or in both languages."""
    from kg.serve.linked import terms

    for (_, rows), title in zip(terms()["groups"], ("클래스", "속성") if korean else ("Classes", "Properties")):
        yield f"## {title}\n"
        for row in rows:
            yield f"### {row['label_ko'] + ' ' if korean else ''}`press:{row['name']}` {{#{row['name']}}}\n"
            both = f"{row['label_ko']} · {row['label_en']}. {row['meaning_ko']} {row['meaning_en']}"
            yield f"{row['meaning_ko'] if korean else both}\n"
            if row["example_ko"]:
                yield f"> {row['example_ko']}\n" if korean else f"> {row['example_ko']}  \n> {row['example_en']}\n"
            for what, names in row["links"]:
                yield f"- {what.partition(' · ')[0] if korean else what}: {', '.join(f'`{name}`' for name in names)}"
            yield ""


def _told(made: object) -> str:
    """A docstring as Markdown, without its examples.

    >>> _told(type("One", (), {"__doc__": "Asks ``kg``."}))
    'Asks `kg`.'
    """
    parts = (inspect.getdoc(made) or "").split("\n\n")
    return "\n\n".join(part for part in parts if not part.startswith(">>>")).replace("``", "`")


def _signature(name: str, made: Callable[..., object]) -> str:
    """How something is called, without what only its class needs."""
    return name + re.sub(r"^\(self(, )?", "(", str(inspect.signature(made))).replace("'", "")


def api(korean: bool = False) -> Iterator[str]:
    """What ``import kg`` gives, with signatures and docstrings, or with the sentences of ``calls_ko.toml`` in their place."""
    import kg

    graph = kg.Graph
    entries = [(_signature(f"kg.{made.__name__}", made), made) for made in (kg.build, kg.load)] + [("kg.Graph", graph)]
    for name, made in vars(graph).items():
        if not name.startswith("_"):
            entries.append((_signature(f"Graph.{name}", made), made) if inspect.isfunction(made) else (f"Graph.{name}", made))
    told = tomllib.loads((HERE / "calls_ko.toml").read_text(encoding="utf-8"))
    names = {shown.partition("(")[0] for shown, _ in entries}
    if names != set(told):
        raise ValueError(f"calls_ko.toml and the code differ: {sorted(names ^ set(told))}")
    for shown, made in entries:
        yield f"### `{shown}`\n\n{told[shown.partition('(')[0]] if korean else _told(made)}\n"


def components() -> Iterator[str]:
    """The components of spaCy, with what they assign."""
    from spacy.language import Language

    from kg.analyze import components as made
    from kg.analyze.language import PIPES

    yield "| component | assigns | |"
    yield "|---|---|---|"
    for name in (*PIPES, "press_ner"):
        create = getattr(made, "create_names" if name == "press_ner" else name.replace("press_", "create_"))
        told = _told(getattr(made, inspect.signature(create).return_annotation)).split("\n")[0]
        yield f"| `{name}` | {', '.join(f'`{one}`' for one in Language.get_factory_meta(name).assigns)} | {told} |"


# What stands for the parameters of the questions' examples: names of the sample articles.
NAMES = {
    "person": "서리하",
    "other": "노가람",
    "body": "보건복지부",
    "partner": "전라남도",
    "event": "섬마을 돌봄 포럼",
    "city": "목포",
}


def questions(korean: bool = False) -> Iterator[str]:
    """What can be asked, with an example each, as the data of questions says."""
    from kg.ask.offered import filled
    from kg.knowledge.questions import load_questions

    yield "| 묻는 것 | 이렇게 묻는다 |" if korean else "| asks for | for example |"
    yield "|---|---|"
    for intent in load_questions().intents:
        yield f"| {intent.ko} | {filled(intent.example, NAMES)} |"


PARTS: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "coverage": ("linked-data.md", coverage), "terms": ("ontology.md", ontology), "api": ("python.md", api),
    "components": ("python.md", components), "questions": ("questions.md", questions),
    "questions-ko": ("ko/questions.md", lambda: questions(korean=True)),
    "api-ko": ("ko/python.md", lambda: api(korean=True)),
    "terms-ko": ("ko/ontology.md", lambda: ontology(korean=True)),
    "coverage-ko": ("ko/linked-data.md", lambda: coverage(korean=True)),
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
