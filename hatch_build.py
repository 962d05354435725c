"""Fetches the editor of the query page from npm's registry when a wheel or an editable install is built; no Node is needed.

Third-party JavaScript is never committed. ``viz/serve/vendor.toml`` says which package, which version, which files and their
sums. What comes with another sum stops the build; where the registry cannot be reached, the build says so and goes on, and the
page has its own plain editor.
"""

import base64
import hashlib
import hmac
import io
import os
import tarfile
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PIN = "viz/serve/vendor.toml"
FOLDER = "viz/serve/static/vendor"
REGISTRY = "https://registry.npmjs.org/"
_MOST = 16 << 20  # bytes of a tarball
_SECONDS, _TRIES = 30, 3


class WrongSum(ValueError):
    """What came is not what was pinned."""


class Unreachable(OSError):
    """The registry gave no answer, or none with the package."""


@dataclass(frozen=True, slots=True)  # without annotations from the future: hatchling runs this file as no module, where they fail
class Pin:
    """A package at one version: the sum of its tarball and, by their paths in it, of the files that are wanted; sums are written
    as npm and browsers write them, ``sha512-`` and base64."""

    name: str
    version: str
    integrity: str
    files: dict[str, str]

    def url(self, registry: str) -> str:
        """Where a registry keeps the tarball."""
        return f"{registry.rstrip('/')}/{self.name}/-/{self.name.rpartition('/')[2]}-{self.version}.tgz"


def read_pin(path: Path) -> Pin:
    """The pin that a file holds."""
    return Pin(**tomllib.loads(path.read_text(encoding="utf-8")))


def check(content: bytes, integrity: str, what: str) -> None:
    """WrongSum unless the content has the sum."""
    if not integrity.startswith("sha512-"):
        raise WrongSum(f"{what}: integrity {integrity!r} is not allowed; allowed: sha512-…")
    found = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    if not hmac.compare_digest(found, integrity):
        raise WrongSum(f"{what}: integrity {found} is not {integrity}, which {PIN} allows; nothing of it was unpacked")


def is_there(pin: Pin, folder: Path) -> bool:
    """Whether a folder holds every file of a pin, as pinned."""
    try:
        for path, integrity in pin.files.items():
            check((folder / Path(path).name).read_bytes(), integrity, path)
    except (OSError, WrongSum):
        return False
    return True


def registry() -> str:
    """npm's registry, or the mirror that npm's own variable names: the sums are the same whoever the files come from."""
    return os.environ.get("npm_config_registry") or REGISTRY  # noqa: SIM112 (npm spells it so)


def fetch(url: str, *, pause: float = 1.0) -> bytes:
    """What is at an address; Unreachable where nothing comes."""
    for left in reversed(range(_TRIES)):
        try:
            with urllib.request.urlopen(url, timeout=_SECONDS) as reply:
                return reply.read(_MOST)
        except (OSError, HTTPException) as error:
            gone = isinstance(error, urllib.error.HTTPError) and error.code < 500
            if gone or not left:
                raise Unreachable(f"{url}: {error}") from error
            time.sleep(pause)
    raise AssertionError("no try was made")


def unpack(archive: bytes, pin: Pin, folder: Path) -> None:
    """Put the wanted files of a checked tarball into a folder: all of them, or none."""
    check(archive, pin.integrity, f"{pin.name} {pin.version}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar, tempfile.TemporaryDirectory(dir=folder.parent) as place:
        for path, integrity in pin.files.items():
            try:
                member = tar.extractfile(path)
            except KeyError:
                member = None
            if member is None:
                raise WrongSum(f"{pin.name} {pin.version}: it has no file {path}, which {PIN} names")
            content = member.read()
            check(content, integrity, path)
            Path(place, Path(path).name).write_bytes(content)
        folder.mkdir(exist_ok=True)
        for made in Path(place).iterdir():
            made.replace(folder / made.name)


def vendor(root: Path, warn: Callable[[str], object]) -> bool:
    """Have the files of the pin under a checkout, and whether they are there now; the registry is asked only where they are
    not."""
    pin, folder = read_pin(root / PIN), root / FOLDER
    if is_there(pin, folder):
        return True
    try:
        archive = fetch(pin.url(registry()))
    except Unreachable as error:
        warn(f"{pin.name} {pin.version} could not be fetched ({error}); the query page will have its plain editor")
        return False
    unpack(archive, pin, folder)
    return True


class VendorHook(BuildHookInterface):
    """Hatch's way in; the wheel takes the folder by ``artifacts`` in pyproject.toml."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before a wheel, or the stand-in of an editable install, is put together."""
        vendor(Path(self.root), self.app.display_warning)
