"""No regular expression tries for ever: not of the code, and none that is put together from data."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reliability.patterns import slow

ROOT = Path(__file__).resolve().parents[1]
TRIAL = """
import json, sys
from tests.reliability.patterns import compiled, slow
found = compiled()
print(json.dumps([len(found), [[where, pattern.pattern[:200], *bad] for pattern, where in found.items() if (bad := slow(pattern))]]))
"""


def test_the_trial_finds_what_it_looks_for() -> None:
    for bad in (
        r"(가+)+$",
        r"(\s*,?\s*)*x",
        r"^(a|aa)+$",
        r"(.*)(.*)(.*)(.*)(.*)z",
        r"(?:1+,?)+x",
        r"나|(?:#\S{1,20}(\s*,?\s*#\S{1,20})*)",
    ):
        assert slow(re.compile(bad)) is not None, bad
    for good in (r"가+$", r"[^,]*,", r"제\d+회", r"#[^\s#,]{1,20}([\s,]*#[^\s#,]{1,20})*"):
        assert slow(re.compile(good)) is None, good


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGPROF")
def test_every_pattern_ends() -> None:
    """In a process of its own, so that every module is imported while compiling is watched."""
    done = subprocess.run([sys.executable, "-c", TRIAL], cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    count, bad = json.loads(done.stdout.splitlines()[-1])
    assert count > 300 and not bad, bad
