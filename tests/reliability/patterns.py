"""Every regular expression that PressKG compiles, and texts that make a bad one try for ever.

``re.compile`` is watched while every module is imported and all knowledge is loaded, so that patterns put together from data are
among them.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
import re
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from pathlib import Path
from types import ModuleType

from tests.reliability.attacks import attacks

ROOT = Path(__file__).resolve().parents[2]
_OWN = (f"{ROOT}/kg/", f"{ROOT}/viz/", f"{ROOT}/data/")
_APART = ("kg.__main__", "kg.train", "kg.bench", "kg.serve.bench", "kg.serve.worker")
STEPS = ((30, 0.5), (400, 0.5))  # units of a text, seconds within which it must be searched
_PUMPED, _LONG = 60, 0.5  # characters of a text that is made from the pattern, seconds within which it must be matched whole
_UNITS = (
    "가",
    "a",
    "1",
    " ",
    "가 ",
    "1 ",
    "a.",
    "1,",
    ", ",
    "- ",
    "\n",
    "(",
    "“",
    "‘",
    "가(",
    "김가",
    "대학교 ",
    "제1회 ",
    "2023. ",
    "1일 ",
    "·가",
    "가·",
)
_TAILS = ("", "\x00", "!", "가", "1")


class TooLong(Exception):
    """A search did not end in time."""


def compiled() -> dict[re.Pattern[str], str]:
    """The patterns of PressKG's own code, by where they are compiled."""
    found: dict[re.Pattern[str], str] = {}
    plain, seen = re._compile, {}  # seen keeps them, so that no other one gets the same id

    def watched(pattern: object, flags: int) -> re.Pattern:
        made = plain(pattern, flags)
        if id(made) in seen:
            return made
        seen[id(made)] = made
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        name = frame.f_code.co_filename
        if isinstance(made.pattern, str) and name.startswith(_OWN):
            found.setdefault(made, f"{name.removeprefix(_OWN[0])}:{frame.f_lineno}")
        return made

    from kg.knowledge.load import load_knowledge

    re._compile = watched
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rooms = [([str(ROOT / "kg")], "kg."), ([str(ROOT / "viz")], "kg.viz.")]  # the checkout itself is in kg.__path__ too
            for module in (module for paths, prefix in rooms for module in pkgutil.walk_packages(paths, prefix)):
                if not module.name.startswith(_APART):
                    _ask(importlib.import_module(module.name))
            load_knowledge()
    finally:
        re._compile = plain
    return found


def _ask(module: ModuleType) -> None:
    """Call what a module makes once and keeps, for patterns of data are compiled where they are first needed."""
    for kept in vars(module).values():
        if isinstance(kept, _lru_cache_wrapper) and kept.__module__ == module.__name__:
            if all(p.default is not p.empty for p in inspect.signature(kept).parameters.values()):
                kept()


def texts(pattern: re.Pattern[str], count: int) -> Iterator[str]:
    """Long runs of what a pattern repeats, with an end that it does not expect."""
    own = tuple(dict.fromkeys(re.findall(r"[가-힣]{1,4}|[,.·()‘’“”~∼-]", pattern.pattern)))[:6]
    for unit, tail in itertools.product((*_UNITS, *own), _TAILS[:2]):
        yield unit * count + tail
    for tail in _TAILS[2:]:
        yield "가" * count + tail


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """TooLong where the block takes more seconds of the processor, whoever else is busy; the engine of ``re`` looks for signals."""

    def ring(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def slow(pattern: re.Pattern[str], steps: tuple[tuple[int, float], ...] = STEPS) -> tuple[int, str] | None:
    """The length and the text at which a pattern takes too long, None where it never does."""
    for text in attacks(pattern, _PUMPED):
        try:
            with within(_LONG):
                pattern.fullmatch(text)
        except TooLong:
            return len(text), text[:40]
    for count, seconds in steps:
        start = time.process_time()
        for text in texts(pattern, count):
            try:
                with within(seconds):
                    pattern.search(text)
            except TooLong:
                return count, text[:12]
        if time.process_time() - start > 20 * seconds:
            return count, "all together"
    return None
