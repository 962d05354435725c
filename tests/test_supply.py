"""What comes along with PressKG may come along, and the same source gives the same wheel."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.version import __version__
from tests.reliability.bill import locked, narrowed, plain
from tests.reliability.bill import made as bill_of_materials
from tests.reliability.supply import closure, is_allowed, licence

ROOT = Path(__file__).resolve().parents[1]


def test_every_licence_is_allowed() -> None:
    packages = closure()
    assert len(packages) > 40 and {"rdflib", "spacy", "kiwipiepy", "starlette"} <= set(packages)
    assert not {name: said for name, package in packages.items() if not is_allowed(said := licence(package))}


@pytest.mark.parametrize(
    "expression", ["GPL", "AGPL", "GPL-3.0-only", "MIT AND GPL-2.0-only", "AGPL-3.0-or-later", "none", "Proprietary", "SSPL-1.0"]
)
def test_what_is_not_allowed_is_told(expression: str) -> None:
    assert not is_allowed(expression)


def test_the_same_source_gives_the_same_wheel(tmp_path: Path) -> None:
    digests = []
    for number in range(2):
        copy = tmp_path / f"source {number}"
        names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
        if names.returncode:
            pytest.skip("no checkout")
        for name in filter(None, names.stdout.split("\0")):
            if (ROOT / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, copy / name)
                os.utime(copy / name, (1_000_000_000 + number * 1000,) * 2)  # when it was checked out is no part of it
        shutil.copytree(ROOT / "viz/serve/static/vendor", copy / "viz/serve/static/vendor", dirs_exist_ok=True)
        made = subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / str(number))],
            cwd=copy,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert made.returncode == 0, made.stderr
        [wheel] = (tmp_path / str(number)).glob("*.whl")
        digests.append(hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert digests[0] == digests[1]


LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_bill_is_of_what_is_installed_by_default() -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonValidator

    bill = bill_of_materials()
    assert JsonValidator(SchemaVersion.from_version(bill["specVersion"])).validate_str(json.dumps(bill)) is None
    names = {plain(one["name"]): one["version"] for one in bill["components"]}
    assert names == locked(LOCK) and len(names) > 80 and not {"pytest", "ray", "mypy", "pyarrow"} & set(names)
    assert set(closure(("serve",))) <= set(names), "what an installation needs is in the lock"
    assert all(one["licenses"] for one in bill["components"])
    refs = {one["bom-ref"] for one in (*bill["components"], bill["metadata"]["component"])}
    assert refs >= {ref for row in bill["dependencies"] for ref in (row["ref"], *row.get("dependsOn", ()))}
    assert bill["metadata"]["component"]["version"] == __version__


def test_a_package_that_is_not_as_locked_is_no_line_of_the_bill() -> None:
    bill = {"metadata": {"component": {"bom-ref": "root"}}, "components": [{"bom-ref": "a", "name": "A", "version": "1"}]}
    assert narrowed(bill, {"a": "1"})["components"] == bill["components"]
    for wrong in ({"a": "2"}, {"a": "1", "b": "1"}):
        with pytest.raises(ValueError, match="not installed as locked"):
            narrowed(bill, wrong)
