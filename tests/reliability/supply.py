"""What PressKG brings along when it is installed: every package with its licence, held against what is allowed.

``python -m tests.reliability.supply`` prints the list and ends with 1 where a licence is not allowed.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = re.compile(
    r"MIT|MIT-0|MIT-CMU|HPND|CNRI-Python|BSD|BSD-[23]-Clause|Apache|Apache-2\.0|ISC|PSF|PSF-2\.0|Python-2\.0|Python|MPL-1\.1|MPL-2\.0|Unlicense|Zlib|0BSD|CC0-1\.0|LGPL(?:-[23]\.[01]-or-later|-[23]\.[01]-only)?|W3C|"
    r"Bitstream-Vera|OFL-1\.1",
    re.IGNORECASE,
)
# What is said in words of its own, by the sign that it is known by; GPL and AGPL are none of these.
_WORDS = (
    (r"\bAGPL|Affero", "AGPL"),
    (r"\bLGPL|Lesser", "LGPL"),
    (r"\bGPL|General Public", "GPL"),
    (r"\bApache", "Apache-2.0"),
    (r"\bMIT\b|Expat", "MIT"),
    (r"\bBSD\b|Redistribution and use in source and binary forms", "BSD"),
    (r"\bISC\b", "ISC"),
    (r"\bMPL|Mozilla", "MPL-2.0"),
    (r"PSF|Python Software Foundation|PYTHON SOFTWARE", "PSF-2.0"),
    (r"W3C", "W3C"),
)


def closure(extras: tuple[str, ...] = ("pdf", "serve", "stats")) -> dict[str, Distribution]:
    """The packages that an installation needs, with those of some extras, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"].get(extra, ()))]
    found: dict[str, Distribution] = {}
    queue = [(Requirement(line), "") for line in wanted]
    while queue:
        requirement, extra = queue.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name not in found:
            try:
                found[name] = distribution(requirement.name)
            except PackageNotFoundError:
                continue
        for more in ("", *requirement.extras):
            queue += [(one, more) for line in found[name].requires or () if (one := Requirement(line)).name.lower() not in found]
    return dict(sorted(found.items()))


def licence(package: Distribution) -> str:
    """The licence of a package: what its metadata says in SPDX, in its classifiers, or in words."""
    said = package.metadata
    if said.get("License-Expression"):
        return said["License-Expression"]
    classifiers = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License :: ")]
    words = " ".join(classifiers) or (said.get("License") or "")
    if not words.strip() or words == "OSI Approved":
        words = next((text for name in ("LICENSE", "LICENSE.txt", "LICENSE.md") if (text := package.read_text(name))), "")
        words = words or next(
            (path.read_text() for path in package.files or () if path.name.upper().startswith(("LICEN", "COPYING"))), ""
        )
    return next((sign for pattern, sign in _WORDS if re.search(pattern, words)), words.strip()[:40] or "none")


def is_allowed(expression: str) -> bool:
    """Whether a licence may come along; of alternatives one is enough.

    >>> is_allowed("MIT OR GPL-3.0"), is_allowed("BSD-3-Clause AND MIT"), is_allowed("AGPL"), is_allowed("MIT AND GPL-2.0")
    (True, True, False, False)
    """
    plain = re.sub(r"[()]|\s+WITH\s+\S+", "", expression)
    return any(
        all(ALLOWED.fullmatch(part.strip()) for part in re.split(r"\s+AND\s+", way)) for way in re.split(r"\s+OR\s+", plain)
    )


def main() -> None:
    """Print the list."""
    bad = 0
    for name, package in closure().items():
        expression = licence(package)
        bad += not is_allowed(expression)
        print(f"{'' if is_allowed(expression) else 'NOT ALLOWED '}{name} {package.version}: {expression}")
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
