"""The house: every import goes down, from a room to one below it, and no two modules import each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# From top to bottom; a room may import what is below it and nothing above.
ROOMS = {
    "kg": "what `import kg` gives",
    "__main__": "python -m kg",
    "cli": "the commands",
    "bench": "seconds of a build beside Kiwi alone",
    "train": "makes the model of names",
    "measure": "against gold facts",
    "api": "a built graph as an object",
    "forget": "takes people out of a graph",
    "serve": "a graph over HTTP",
    "pipeline": "the whole way, from files to a graph",
    "inputs": "what a build is made of",
    "writing": "from results to the folder of a graph",
    "extraction": "from articles to facts, one by one",
    "web": "pages and feeds, fetched and watched",
    "ask": "queries, questions, explanations",
    "link": "all articles together",
    "engine": "where work is done: processes, machines",
    "graph": "RDF, store, files",
    "viz": "the picture",
    "resolve": "one article: mentions are things, dates are days",
    "decide": "which candidates stand, and how sure",
    "patterns": "matchers of patterns in data",
    "extract": "readers that no pattern can be",
    "syntax": "clauses and coordination",
    "analyze": "tokens, phrases, names, values",
    "read": "files, pages, repair",
    "screen": "what a terminal shows of long work",
    "speech": "the language of messages and help",
    "knowledge": "data and ontology, loaded and validated",
    "model": "frozen values",
    "article": "those of what is read: articles and their side copies",
    "patience": "how other people's services are asked",
    "threads": "how many of them arithmetic has",
    "errors": "what can go wrong",
    "version": "which release this is",
}
# What does not hold yet, and why; the list may only shrink.
EXCEPT = {
    (
        "kg.read.formats.pdf_text",
        "kg.analyze.tokenizer",
    ): "asks Kiwi, only when it is called, whether a word goes on in the next line",
    ("kg.ask.read_as", "kg.pipeline"): "shows what the way from a file to facts makes of a file",
    ("kg.ask.read_as", "kg.inputs"): "the same",
    ("kg.web.watch", "kg.pipeline"): "builds again what has changed: it stands above the fetching that a build needs",
    ("kg.web.watch", "kg.inputs"): "the same",
    ("kg.knowledge.own_names", "kg.read.formats.encoding"): "people's tables of names come in any encoding",
    ("kg.viz.scene", "kg.ask.meant"): "what is drawn is chosen by what people call it",
    ("kg.measure.standoff", "kg.measure.notation"): "the command of the module that notation builds on",
}
ORDER = {room: number for number, room in enumerate(ROOMS)}


@lru_cache(maxsize=1)
def modules() -> dict[str, Path]:
    """Every module of ``kg`` and ``viz`` (which is ``kg.viz``) by its name."""
    found = {}
    for folder, prefix in ((ROOT / "kg", "kg"), (ROOT / "viz", "kg.viz")):
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            found[".".join((prefix, *parts)).removesuffix(".__init__")] = path
    return found


@lru_cache(maxsize=1)
def imports() -> dict[str, frozenset[str]]:
    """What every module imports of this project, wherever the import stands: at the top, in a function, for a type only."""
    return {name: _imported(name, ast.parse(path.read_text(encoding="utf-8"))) for name, path in modules().items()}


def _imported(name: str, tree: ast.AST) -> frozenset[str]:
    return frozenset(other for other in _named(tree) if other in modules() and other != name and (name, other) not in EXCEPT)


def _named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "kg":
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in modules() else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules())


def room(module: str) -> str:
    """The room that a module is in, or is."""
    return module.split(".")[1] if "." in module else module


def test_imports_are_seen():
    assert len(modules()) > 150 and sum(map(len, imports().values())) > 700
    assert "kg.decide" in imports()["kg.extraction"] and "kg.model" in imports()["kg.decide.days"]


@pytest.mark.parametrize(("name", "other"), EXCEPT)
def test_an_exception_is_one(name, other):
    assert other in _named(ast.parse(modules()[name].read_text(encoding="utf-8")))


def test_every_room_is_in_the_table():
    assert {room(module) for module in modules()} == ORDER.keys()


@pytest.mark.parametrize("name", ROOMS)
def test_imports_go_down(name):
    up = [
        f"{module} imports {other}"
        for module, found in imports().items()
        if room(module) == name
        for other in found
        if ORDER.get(room(other), len(ORDER)) < ORDER[name]
    ]
    assert up == []


def test_no_modules_import_each_other():
    """A circle is what is left when modules that import nothing of the rest are taken away, again and again."""
    left = {module: set(found) for module, found in imports().items()}
    while bare := [module for module, found in left.items() if not found & left.keys()]:
        for module in bare:
            del left[module]
    assert sorted(left) == []
