"""The build fetches what is pinned and nothing else: a made-up package from a made-up registry on this machine."""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(__file__).resolve().parents[1]
FILES = {"package/build/editor.js": b"let editor;", "package/package.json": b'{"name": "@made/up"}'}


def integrity(content: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def packed(files: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        for name, content in files.items():
            (member := tarfile.TarInfo(name)).size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return archive.getvalue()


@dataclass
class Registry:
    """A registry that answers every path with one body, after some failures, and remembers what it was asked."""

    url: str = ""
    body: bytes = b""
    failures: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    made = Registry()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            self.send_response(made.failures.pop(0) if made.failures else 200)
            self.end_headers()
            self.wfile.write(made.body)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}/npm"
    monkeypatch.setenv("npm_config_registry", made.url)
    monkeypatch.setattr(hatch_build.time, "sleep", lambda seconds: None)
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that pins the made-up package."""
    return pinned(tmp_path, packed(FILES), {name: integrity(content) for name, content in FILES.items()})


def pinned(root: Path, archive: bytes, files: dict[str, str]) -> Path:
    lines = ['name = "@made/up"', 'version = "1.2.3"', f'integrity = "{integrity(archive)}"', "[files]"]
    (root / hatch_build.PIN).parent.mkdir(parents=True, exist_ok=True)
    (root / hatch_build.PIN).write_text(
        "\n".join([*lines, *(f'"{name}" = "{value}"' for name, value in files.items())]), encoding="utf-8"
    )
    return root


def there(root: Path) -> dict[str, bytes]:
    folder = root / hatch_build.FOLDER
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


WHOLE = {Path(name).name: content for name, content in FILES.items()}


def test_what_is_pinned_is_fetched_once(checkout: Path, registry: Registry) -> None:
    registry.body, warnings = packed(FILES | {"package/build/editor.js.map": b"{}", "../outside": b"!"}), []
    pinned(checkout, registry.body, {name: integrity(content) for name, content in FILES.items()})
    assert hatch_build.vendor(checkout, warnings.append) and hatch_build.vendor(checkout, warnings.append)
    assert there(checkout) == WHOLE and not warnings
    assert registry.asked == ["/npm/@made/up/-/up-1.2.3.tgz"]


def test_a_file_that_was_changed_is_fetched_again(checkout: Path, registry: Registry) -> None:
    registry.body = packed(FILES)
    hatch_build.vendor(checkout, print)
    (checkout / hatch_build.FOLDER / "editor.js").write_bytes(b"let evil;")
    assert hatch_build.vendor(checkout, print) and there(checkout) == WHOLE and len(registry.asked) == 2


@pytest.mark.parametrize(
    "body",
    [packed(FILES | {"package/build/editor.js": b"let evil;"}), b"<html>log in</html>", b"", packed(FILES)[:-1]],
    ids=["another", "a page", "nothing", "cut off"],
)
def test_what_is_not_what_was_pinned_stops_the_build(checkout: Path, registry: Registry, body: bytes) -> None:
    registry.body = body
    with pytest.raises(hatch_build.WrongSum, match=r"@made/up 1\.2\.3: integrity sha512-\S+ is not sha512-\S+"):
        hatch_build.vendor(checkout, print)
    assert there(checkout) == {}


@pytest.mark.parametrize(
    ("name", "sum_", "says"),
    [
        ("package/other.js", integrity(b""), "it has no file package/other.js"),
        ("package/build/editor.js", integrity(b""), "package/build/editor.js: integrity"),
        ("package/build/editor.js", "sha1-aGVsbG8=", "allowed: sha512"),
    ],
)
def test_a_pin_that_does_not_fit_its_tarball(tmp_path: Path, registry: Registry, name: str, sum_: str, says: str) -> None:
    registry.body = packed(FILES)
    root = pinned(tmp_path, registry.body, {"package/package.json": integrity(FILES["package/package.json"]), name: sum_})
    with pytest.raises(hatch_build.WrongSum, match=says):
        hatch_build.vendor(root, print)
    assert there(root) == {}


@pytest.mark.parametrize(("failures", "asked"), [([503, 502, 500], 3), ([404], 1)])
def test_a_registry_without_an_answer_is_a_notice(checkout: Path, registry: Registry, failures: list[int], asked: int) -> None:
    registry.body, registry.failures, warnings = packed(FILES), failures, []
    assert not hatch_build.vendor(checkout, warnings.append) and there(checkout) == {}
    assert len(registry.asked) == asked and len(warnings) == 1 and "the query page will have its plain editor" in warnings[0]


def test_a_registry_that_is_busy_is_asked_again(checkout: Path, registry: Registry) -> None:
    registry.body, registry.failures = packed(FILES), [503]
    assert hatch_build.vendor(checkout, print) and there(checkout) == WHOLE


def test_no_registry_at_all(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setattr(hatch_build.time, "sleep", lambda seconds: None)
    warnings: list[str] = []
    assert not hatch_build.vendor(checkout, warnings.append) and "127.0.0.1:9" in warnings[0]


def test_the_pin_of_this_checkout() -> None:
    pin = hatch_build.read_pin(ROOT / hatch_build.PIN)
    assert pin.url(hatch_build.REGISTRY) == f"https://registry.npmjs.org/@zazuko/yasqe/-/yasqe-{pin.version}.tgz"
    assert {Path(name).name for name in pin.files} == {"yasqe.min.js", "yasqe.min.css", "package.json"}
    assert all(len(base64.b64decode(value.removeprefix("sha512-"))) == 64 for value in (pin.integrity, *pin.files.values()))
    assert pin.version in (ROOT / "viz" / "serve" / "THIRD-PARTY.txt").read_text(encoding="utf-8")


def test_no_third_party_script_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", hatch_build.FOLDER], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    ignored = subprocess.run(["git", "check-ignore", "-q", f"{hatch_build.FOLDER}/yasqe.min.js"], cwd=ROOT)
    assert listed.stdout == "" and ignored.returncode == 0


def test_hatchling_can_read_the_hook() -> None:
    code = (
        "from hatchling.plugin.utils import load_plugin_from_script as load; "
        "from hatchling.builders.hooks.plugin.interface import BuildHookInterface as hook; "
        "print(load('hatch_build.py', 'hatch_build.py', hook, 'build_hook').__name__)"
    )
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert made.stdout == "VendorHook\n", made.stderr
