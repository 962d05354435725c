"""One writer at a time, nothing of anybody else's replaced, and one whole state after a kill, wherever the folder lies."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.graph import folder as folders
from kg.graph.folder import OURS, claim, is_built, occupied, replaced, sources
from kg.graph.lock import held, lock_beside
from kg.pipeline import build, remove

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden" / "articles"
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}
pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs flock and signals")


def digests(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}


@pytest.fixture
def kg(interpreter: list[str]) -> Callable[..., subprocess.Popen]:
    """``kg`` in a process of its own that the test waits for; behind other words one that starts from nothing."""

    def started(*words: object, before: tuple[str, ...] = ()) -> subprocess.Popen:
        return subprocess.Popen(
            [*(before + (sys.executable,) if before else interpreter), "-m", "kg", *map(str, words)],
            cwd=ROOT,
            env=ENV,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return started


def namespaces() -> bool:
    done = subprocess.run(["unshare", "-p", "-f", "--mount-proc", "true"], capture_output=True)
    return done.returncode == 0


@pytest.fixture
def four(tmp_path):
    """The golden articles, two folders with one of them each, and a graph of the other two."""
    names = sorted(path.name for path in GOLDEN.iterdir())
    for folder, some in (("all", names), ("rest", names[2:]), ("one", names[:1]), ("two", names[1:2])):
        (tmp_path / folder).mkdir()
        for name in some:
            shutil.copy(GOLDEN / name, tmp_path / folder / name)
    return tmp_path


@pytest.mark.parametrize("apart", [False, True], ids=["beside each other", "in PID namespaces of their own"])
def test_two_adds_at_once_both_land(four, kg, apart):
    before = ("unshare", "-p", "-f", "--mount-proc") if apart else ()
    if apart and not (shutil.which("unshare") and namespaces()):
        pytest.skip("needs the right to make PID namespaces")
    out = four / "out"
    build([four / "rest"], out)
    both = [kg("build", four / name, "-o", out, "--add", before=before) for name in ("one", "two")]
    said = [process.communicate(timeout=240) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    # the order of arrival is not in the files, but where an article was read is: the same folders again
    build([four / "rest", four / "one", four / "two"], four / "whole")
    assert digests(out) == digests(four / "whole")
    assert not [path.name for path in four.iterdir() if ".kg-" in path.name]


def test_a_removal_while_something_is_added_is_not_lost(four, kg):
    out, gone = four / "out", sorted(path.stem for path in (four / "rest").iterdir())[0]
    build([four / "rest"], out)
    both = [kg("build", four / "one", "-o", out, "--add"), kg("remove", out, gone)]
    said = [process.communicate(timeout=240) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    held_now = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["articles"]
    assert set(held_now) == {path.stem for folder in ("one", "rest") for path in (four / folder).iterdir()} - {gone}


def test_two_first_builds_of_one_folder_leave_one_whole_graph(four, kg):
    out = four / "new" / "out"
    both = [kg("build", four / name, "-o", out) for name in ("one", "two")]
    said = [process.communicate(timeout=240) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["articles"]) == 1
    assert all(hashlib.sha256((out / name).read_bytes()).hexdigest() == digest for name, digest in manifest["files"].items())
    assert [path.name for path in out.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("there", [False, True], ids=["not there yet", "there"])
def test_who_will_not_wait_is_refused_and_who_waits_says_so(tmp_path, kg, there):
    out = tmp_path / "out"
    if there:
        out.mkdir()
    with occupied(out):
        refused = kg("build", GOLDEN, "-o", out, "--no-wait")
        _, said = refused.communicate(timeout=60)
        assert refused.returncode == 2 and "another kg is writing to it" in said
        patient = kg("build", GOLDEN / "2023-namesake.txt", "-o", out)
        assert "waiting until it is done" in patient.stderr.readline()
    patient.communicate(timeout=120)
    assert patient.returncode == 0 and is_built(out) and [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_is_held_again_within_and_free_after(tmp_path):
    out = tmp_path / "out"
    with held(out), held(out, wait=False):
        assert lock_beside(out).is_file()
    assert not list(tmp_path.iterdir())


def test_without_locks_of_folders_a_file_in_it_is_the_lock(tmp_path, monkeypatch):
    import errno
    import fcntl

    real = fcntl.flock

    def as_on_nfs(descriptor, how):
        if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "not open for writing")
        real(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", as_on_nfs)
    out = tmp_path / "out"
    for text in ("old", "new"):
        with replaced(out) as aside:
            (aside / "graph.nq").write_text(text)
            if text == "new":
                assert (out / ".kg-lock").is_file()
    assert digests(out).keys() == {"graph.nq"} and (out / "graph.nq").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_is_said_of_a_graph_may_lie_there_before_it_and_stays(tmp_path):
    for more in ((), ("mine.md",)):
        out = tmp_path / f"out{len(more)}"
        out.mkdir()
        for name in ("dataset.toml", *more):
            (out / name).write_text('title = "나라숲 그래프"\n', encoding="utf-8")
        if more:
            with pytest.raises(UsageError, match="holds mine.md and was not made by kg build"):
                build([GOLDEN], out)
        else:
            build([GOLDEN], out)
            assert "나라숲 그래프" in (out / "dataset.ttl").read_text(encoding="utf-8")
        assert (out / "dataset.toml").read_text(encoding="utf-8") == 'title = "나라숲 그래프"\n'


@pytest.mark.parametrize("name", ["articles.jsonl", "manifest.json", "report.json", "mine.md", "graph.ttl"])
def test_a_folder_of_somebody_else_is_refused_and_untouched(tmp_path, name):
    (tmp_path / "X").mkdir()
    mine = tmp_path / "X" / name
    mine.write_text('{"id": "a", "text": "나라청은 5월 1일 나라숲 발대식을 개최했다."}\n', encoding="utf-8")
    before = mine.read_bytes()
    with pytest.raises(UsageError, match=f"holds {name} and was not made by kg build"):
        build([GOLDEN], tmp_path / "X")
    assert mine.read_bytes() == before and [path.name for path in (tmp_path / "X").iterdir()] == [name]


def test_an_empty_folder_a_new_volume_and_one_of_ours_are_taken(four):
    for names in ((), ("lost+found",), (".gitignore",)):
        out = four / f"out{len(names)}{''.join(names)[:2]}"
        out.mkdir()
        for name in names:
            (out / name).mkdir()
        claim(out)
    build([four / "one"], four / "made", view=False)
    (four / "made" / "notes.md").write_text("mine")
    (four / "made" / "manifest.json").write_text("[]")  # damaged
    build([four / "one"], four / "made", view=False)
    assert (four / "made" / "notes.md").read_text() == "mine" and is_built(four / "made")


def test_what_kg_build_made_is_no_article(four, monkeypatch):
    out, other = four / "all" / "out", four / "other"
    build([four / "all"], out, view=False)
    before = digests(out)
    for given in (out, out / "articles.jsonl"):
        for target in (out, other):
            with pytest.raises(UsageError, match="a folder that kg build made"):
                build([given], target, view=False)
    monkeypatch.chdir(out)
    with pytest.raises(UsageError, match="is a folder that kg build made"):
        build(["."], other, view=False)
    monkeypatch.chdir(four)
    assert digests(out) == before and not other.exists()
    report = build([four / "all"], other, view=False)
    assert report.articles == 4 and report.skipped == ((out.as_posix(), "is a folder that kg build made, and holds no articles"),)


def test_a_corpus_beside_the_output_is_an_article_all_the_same(tmp_path):
    corpus = tmp_path / "articles.jsonl"
    corpus.write_text("{}\n")
    assert list(sources([corpus, tmp_path], tmp_path / "out", passed=lambda path: None)) == [corpus, corpus]


KILLED = """
import os, sys
from pathlib import Path
from kg.graph.folder import replaced
from kg.graph.folder import OURS

os.chdir(sys.argv[1])
number = 0
while True:
    number += 1
    with replaced(Path("."), OURS) as aside:
        for name in OURS:
            if number % 2 or name != "corrections.toml":
                (aside / name).write_text(f"{number} {name}", encoding="utf-8")
"""


def test_a_folder_that_is_filled_in_place_is_whole_after_a_kill(tmp_path):
    """Killed while it only moves files; whatever reads the folder next finds one state."""
    out = tmp_path / "out"
    out.mkdir()
    cut = 0
    for round_ in range(25):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(out)], env=ENV)
        before = (out / "manifest.json").read_text() if round_ else ""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and (
            not (out / "manifest.json").is_file() or (out / "manifest.json").read_text() == before
        ):
            time.sleep(0.002)
        time.sleep(0.0007 * round_)
        process.send_signal(signal.SIGKILL)
        process.wait()
        cut += (out / ".kg-commit").is_dir()
        folders.settled(out)
        found = {path.name: path.read_text() for path in out.iterdir() if path.is_file()}
        number = {text.partition(" ")[0] for text in found.values()}
        assert len(number) == 1, found
        assert set(found) == set(OURS) - (set() if int(*number) % 2 else {"corrections.toml"})
    with occupied(out):
        pass
    assert {path.name for path in out.iterdir()} <= set(OURS)


def test_every_step_of_filling_in_place_can_be_the_last(tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(folders, "_in_use", lambda path: True)
    old, new = {name: f"old {name}" for name in OURS}, {name: f"new {name}" for name in OURS if name != "graph.html"}
    steps = 0
    while True:
        shutil.rmtree(out)
        out.mkdir()
        for name, text in old.items():
            (out / name).write_text(text)
        done = _until(steps, out, new, monkeypatch)
        folders.settled(out)
        with occupied(out):
            pass
        found = {path.name: path.read_text() for path in out.iterdir()}
        assert found in (old, new), steps
        if done:
            break
        steps += 1
    assert found == new and steps > len(OURS)


def _until(step: int, out: Path, new: dict[str, str], monkeypatch) -> bool:
    """Fill a folder and stop for good at a step that changes names; True where it went through."""

    class Killed(BaseException):
        pass

    count, real = [0], {name: getattr(os, name) for name in ("rename", "replace", "unlink", "rmdir")}

    def stopping(name):
        def stepped(*args, **options):
            count[0] += 1
            if count[0] > step:
                raise Killed
            return real[name](*args, **options)

        return stepped

    with monkeypatch.context() as patch:
        for name in real:
            patch.setattr(os, name, stopping(name))
        patch.setattr(shutil, "rmtree", lambda *args, **options: None)
        try:
            with replaced(out) as aside:
                for name, text in new.items():
                    (aside / name).write_text(text)
        except Killed:
            return False
    return True


def test_a_parent_that_cannot_be_written_and_a_mount_point_are_no_hindrance(four, monkeypatch):
    out = four / "out"
    out.mkdir()
    real = Path.mkdir

    def refused(path, *args, **options):
        if path.parent == four:
            raise PermissionError(13, "Permission denied", str(path))
        real(path, *args, **options)

    monkeypatch.setattr(Path, "mkdir", refused)
    for _ in range(2):
        build([four / "all"], out)
    monkeypatch.undo()
    build([four / "all"], four / "whole")
    assert digests(out) == digests(four / "whole")


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare")
def test_a_mounted_volume_is_built_into(four):
    script = (
        f'mount -t tmpfs tmpfs "$1" && for i in 1 2; do "$2" -m kg build "$3" -o "$1" || exit 3; done; cp -r "$1" "{four}/copy"'
    )
    (four / "m").mkdir()
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, "sh", str(four / "m"), sys.executable, str(four / "all")],
        capture_output=True,
        text=True,
        env=ENV,
        cwd=ROOT,
    )
    if "Operation not permitted" in done.stderr or "permission denied" in done.stderr.lower():
        pytest.skip("needs the right to mount")
    assert done.returncode == 0, done.stderr
    build([four / "all"], four / "whole")
    assert digests(four / "copy") == digests(four / "whole")


def test_a_removal_that_was_done_already_takes_away_what_a_kill_left(four):
    out = four / "out"
    build([four / "rest"], out, view=False)
    left = [four / ".out.kg-123", four / ".out.kg-00ff00ff00ff", out / ".kg-next-00ff00ff00ff"]
    for path in left:
        path.mkdir()
        (path / "graph.nq").write_text("half")
    with held(left[1]):
        with pytest.raises(UsageError, match="holds no article"):
            remove(out, ["gone already"])
        assert [path.exists() for path in left] == [False, True, False], "what somebody holds stays"
    with pytest.raises(UsageError, match="holds no article"):
        remove(out, ["gone already"])
    assert not left[1].exists()
