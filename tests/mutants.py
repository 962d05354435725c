"""Break the code in small ways and see whether a test fails: ``python tests/mutants.py [MODULE…] [--draw N]``, or ``make mutants``.

A mutant is one small change: a comparison turned, ``and`` for ``or``, a number or a word changed, a condition denied. It lives when
all tests that are named for its module pass. The process loads Kiwi and the data once and forks a child for every mutant, which puts
the changed code under the functions that are already there; so a run takes a second or two for each.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 60  # seconds of the processor for the tests of one mutant; one that never ends is killed
LEAST = 0.9  # of all mutants that have to be killed

DECIDE = ("tests/test_decide.py", "-k", "not order_of_candidates and not comes_twice and not tables_of_sentences")
EXAMPLES = ("tests/test_patterns.py", "-k", "examples or view")
# What is broken, and the tests that have to notice.
MODULES: dict[str, tuple[str, ...]] = {
    "kg.resolve.dates": ("tests/test_dates.py",),
    "kg.graph.mint": ("tests/test_mint.py",),
    "kg.decide.cases": DECIDE,
    "kg.decide.constraints": DECIDE,
    "kg.decide.days": DECIDE,
    "kg.decide.decision": DECIDE,
    "kg.decide.editions": DECIDE,
    "kg.decide.refused": ("tests/test_refused.py",),
    "kg.decide.scorer": DECIDE,
    "kg.knowledge.confidence": DECIDE,
    "kg.knowledge.derived": ("tests/test_new_relation.py", "tests/test_ontology.py", "-k", "not page_is_true and not valid_shacl and not folder"),
    "kg.knowledge.refused": ("tests/test_refused.py",),
    "kg.knowledge.patterns": ("tests/test_patterns.py", "-k", "load or once or view or guard"),
    "kg.knowledge.patterns.check": ("tests/test_patterns.py", "-k", "load or once or view or guard"),
    "kg.knowledge.patterns.clause": ("tests/test_patterns.py", "-k", "load or once or view or guard"),
    "kg.knowledge.patterns.apposition": ("tests/test_patterns.py", "-k", "load or once or view or guard"),
    "kg.knowledge.patterns.lexicon": ("tests/test_patterns.py", "-k", "load or once or view or guard"),
    "kg.patterns.clause": EXAMPLES,
    "kg.patterns.gap": EXAMPLES,
    "kg.patterns.hits": EXAMPLES,
    "kg.patterns.line": EXAMPLES,
    "kg.patterns.row": EXAMPLES,
}  # fmt: skip

_COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COUNTED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the top-level statement that holds it, changed, and what it says in words."""

    module: str
    line: int
    what: str
    owner: str  # qualified name of the function or method, or of the constant
    statement: ast.stmt


def mutants(module: str, path: Path) -> Iterator[Mutant]:
    """Every mutant of a module's functions, methods and constants."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for top in tree.body:
        if isinstance(top, ast.ClassDef):
            for inner in top.body:
                if isinstance(inner, ast.FunctionDef):
                    yield from _of(module, f"{top.name}.{inner.name}", inner)
        elif isinstance(top, ast.FunctionDef):
            yield from _of(module, top.name, top)
        elif isinstance(top, ast.Assign | ast.AnnAssign) and top.value is not None:
            target = top.targets[0] if isinstance(top, ast.Assign) else top.target
            if (
                isinstance(target, ast.Name)
                and not target.id.isupper()
                or isinstance(target, ast.Name)
                and target.id.startswith("_")
            ):
                yield from _of(module, target.id, top)


def _of(module: str, owner: str, statement: ast.stmt) -> Iterator[Mutant]:
    sites = [
        number
        for number, node in enumerate(ast.walk(statement))
        if number not in _idle(statement) and any(True for _ in _changes(node))
    ]
    for number in sites:
        for which in range(len(list(_changes(list(ast.walk(statement))[number])))):
            changed = copy.deepcopy(statement)
            node = list(ast.walk(changed))[number]
            what, apply = list(_changes(node))[which]
            apply()
            yield Mutant(module, getattr(node, "lineno", statement.lineno), what, owner, ast.fix_missing_locations(changed))


def _idle(statement: ast.stmt) -> set[int]:
    """Nodes that are not worth breaking: docstrings, annotations, and the words of errors."""
    nodes = {id(node): number for number, node in enumerate(ast.walk(statement))}
    gone: list[ast.AST] = []
    for node in ast.walk(statement):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            gone.append(node)
        if isinstance(node, ast.FunctionDef):
            gone += [
                a
                for a in (
                    *(arg.annotation for arg in (*node.args.args, *node.args.kwonlyargs)),
                    node.returns,
                    *node.decorator_list,
                )
                if a
            ]
        if isinstance(node, ast.AnnAssign):
            gone.append(node.annotation)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            gone += [k.value for k in node.exc.keywords]
        if isinstance(node, ast.keyword) and node.arg in ("why", "encoding"):
            gone.append(node.value)
    return {nodes[id(inner)] for node in gone for inner in ast.walk(node)}


def _changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    """(what, how) of every way to break one node."""
    if isinstance(node, ast.Compare):
        for i, operator in enumerate(node.ops):
            other = _COMPARED[type(operator)]
            yield f"{type(operator).__name__} → {other.__name__}", lambda i=i, other=other: node.ops.__setitem__(i, other())
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} → {other.__name__}", lambda: setattr(node, "op", other())
    elif isinstance(node, ast.BinOp) and type(node.op) in _COUNTED:
        counted = _COUNTED[type(node.op)]
        yield f"{type(node.op).__name__} → {counted.__name__}", lambda: setattr(node, "op", counted())
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "condition denied", lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} → {not node.value}", lambda: setattr(node, "value", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield f"{node.value} → {node.value + 1}", lambda: setattr(node, "value", node.value + 1)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield f"{node.value[:20]!r} changed", lambda: setattr(node, "value", node.value + "_")
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLED:
        called = _CALLED[node.func.id]
        yield f"{node.func.id} → {called}", lambda: setattr(node.func, "id", called)
    elif isinstance(node, ast.Continue | ast.Break):
        yield "no effect", lambda: None


def put(mutant: Mutant) -> None:
    """Put a mutant's code under the function that is there, so that whoever has imported that has it too."""
    module = importlib.import_module(mutant.module)
    body: ast.stmt = copy.deepcopy(mutant.statement)
    if isinstance(body, ast.FunctionDef):
        body.decorator_list = []
        code = compile(
            ast.Module([ast.parse("from __future__ import annotations").body[0], body], []), module.__file__ or "", "exec"
        )
        found = next(c for c in code.co_consts if isinstance(c, CodeType) and c.co_name == body.name)
        _function(module, mutant.owner).__code__ = found
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
    else:
        exec(
            compile(
                ast.Module([ast.parse("from __future__ import annotations").body[0], body], []), module.__file__ or "", "exec"
            ),
            vars(module),
        )


def _function(module: ModuleType, owner: str) -> object:
    found: object = module
    for part in owner.split("."):
        found = vars(found)[part]
    found = getattr(found, "fget", None) or getattr(found, "func", None) or found
    found = getattr(found, "__func__", found)
    return getattr(found, "__wrapped__", found)


def survives(mutant: Mutant | None, tests: tuple[str, ...]) -> bool:
    """Whether all tests pass with a mutant (or with the code as it is), in a child of this process."""
    child = os.fork()
    if not child:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        signal.setitimer(signal.ITIMER_PROF, LIMIT)
        try:
            if mutant is not None:
                put(mutant)
            import pytest

            os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests]) != 0))
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def warm() -> None:
    """Load what every test needs, before anything is forked; nothing that keeps outcomes of texts is asked for any."""
    import hypothesis  # noqa: F401
    import pytest  # noqa: F401
    from case_table import _tokenizer

    from kg.knowledge.load import load_knowledge
    from kg.model import Article, Region, Span
    from kg.pipeline import facts_of
    from kg.read.view import make_view

    text = "서가람 한빛대 교수, 강민서 이사는 12일 물 포럼을 열었다."
    whole = Region(role="body", span=Span("text", 0, len(text)))
    view = make_view(Article(identifier="a", source="a", fields=(("text", text),), regions=(whole,)))
    facts_of(view, _tokenizer()(view.text), load_knowledge())
    for module in MODULES:
        importlib.import_module(module)


def drawn(names: Sequence[str], number: int | None) -> Iterator[tuple[str, Mutant]]:
    """The mutants of some modules: all of them, or some of all together by a fixed seed, so that a part of a run is a sample too."""
    found = [(name, m) for name in names for m in mutants(name, Path(importlib.import_module(name).__file__ or ""))]
    yield from found if number is None else random.Random(13).sample(found, min(number, len(found)))


def main() -> None:
    """Print what lives, and how many were killed of each module; exit 1 where too few were."""
    parser = argparse.ArgumentParser(prog="mutants", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("modules", nargs="*", default=list(MODULES), metavar="MODULE", help="what to break (default: all)")
    parser.add_argument("--draw", type=int, metavar="N", help="try N mutants, drawn by a fixed seed, instead of all")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    warm()
    for name, tests in {name: MODULES[name] for name in arguments.modules}.items():
        if not sound(tests):
            sys.exit(f"{name}: its tests fail on the code as it is: {' '.join(tests)}")
    tried, killed = Counter[str](), Counter[str]()
    for name, mutant in drawn(arguments.modules, arguments.draw):
        tried[name] += 1
        if not survives(mutant, MODULES[name]):
            killed[name] += 1
        else:
            print(
                f"  lives: {name}:{mutant.line} {mutant.owner}: {mutant.what} ({killed.total()} of {tried.total()} killed)",
                flush=True,
            )
    for name, count in tried.items():
        print(f"{name}: {killed[name]} of {count} killed")
    print(f"{killed.total()} of {tried.total()} killed ({killed.total() / max(tried.total(), 1):.1%})")
    sys.exit(killed.total() < LEAST * tried.total())


@lru_cache
def sound(tests: tuple[str, ...]) -> bool:
    """Whether tests pass on the code as it is."""
    return survives(None, tests)


if __name__ == "__main__":
    main()
