"""A bill of materials (CycloneDX) of what is installed by default: what ``requirements.lock`` names, with versions, licences and who needs whom.

``python -m tests.reliability.bill FILE`` writes it. The environment may hold more, as that of the tests does; that stays out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from kg.version import __version__
from tests.reliability.supply import licence

ROOT = Path(__file__).resolve().parents[2]


def locked(lock: str) -> dict[str, str]:
    """The packages of a lock with their versions, those that this Python and machine take.

    >>> locked('a.b==1 ; python_version > "3" \\\\\\n    --hash=sha256:0\\nc==2 ; python_version < "3" \\\\\\n    --hash=sha256:1\\n')
    {'a-b': '1'}
    """
    found = {}
    for line in re.findall(r"^[A-Za-z0-9].*?(?= *\\?$)", lock, re.M):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate():
            [version] = (part.version for part in wanted.specifier)
            found[plain(wanted.name)] = version
    return found


def plain(name: str) -> str:
    """A package's name as indexes compare it.

    >>> plain("Lxml_HTML.clean")
    'lxml-html-clean'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def narrowed(bill: Mapping[str, Any], kept: Mapping[str, str]) -> dict[str, Any]:
    """A bill without the components that are not to be in it; ValueError where one that is to be is missing or of another version."""
    components = [one for one in bill["components"] if kept.get(plain(one["name"])) == one["version"]]
    if missing := set(kept) - {plain(one["name"]) for one in components}:
        raise ValueError(f"not installed as locked: {', '.join(sorted(missing))}")
    refs = {one["bom-ref"] for one in components} | {bill["metadata"]["component"]["bom-ref"]}
    needs = [
        {**one, **({"dependsOn": [ref for ref in one["dependsOn"] if ref in refs]} if "dependsOn" in one else {})}
        for one in bill.get("dependencies", ())
        if one["ref"] in refs
    ]
    return {**bill, "components": components, "dependencies": needs}


def made() -> dict[str, Any]:
    """The bill of this environment, narrowed to the lock."""
    words = ["environment", "--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "--no-validate", "--of", "JSON"]
    done = subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", *words, sys.executable], check=True, capture_output=True, encoding="utf-8"
    )
    bill = narrowed(json.loads(done.stdout), locked((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    bill["metadata"]["component"]["version"] = __version__
    for one in bill["components"]:  # some say their licence in the words of a file alone
        one.setdefault("licenses", [{"license": {"name": licence(distribution(one["name"]))}}])
    return bill


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(made(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
