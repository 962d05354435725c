"""Articles that lie in object stores: what fsspec lists is read as files are, and what it cannot reach costs nothing else."""

from __future__ import annotations

import builtins
import json

import pytest

from kg.errors import UsageError
from kg.pipeline import build

fsspec = pytest.importorskip("fsspec")
TEXT = "기상청은 5월 {}일 서울에서 제{}회 들꽃 포럼을 개최했다."


@pytest.fixture
def store():
    """A store in memory with a folder of two texts, a table of lines and a hidden file."""
    system = fsspec.filesystem("memory")
    system.pipe("/news/a.txt", f"제1회 들꽃 포럼\n\n{TEXT.format(1, 1)}\n".encode())
    system.pipe("/news/deep/b.txt", f"제2회 들꽃 포럼\n\n{TEXT.format(2, 2)}\n".encode())
    rows = ({"id": f"r{n}", "text": TEXT.format(n, n)} for n in (3, 4))
    system.pipe("/news/c.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
    system.pipe("/news/.cache/d.txt", b"hidden")
    yield system
    system.rm("/news", recursive=True)


def ids(out) -> dict[str, str]:
    lines = (out / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["source"] for row in map(json.loads, lines)}


def test_a_folder_of_a_store_is_read_like_a_folder(store, tmp_path):
    report = build(["memory://news"], tmp_path / "out", view=False)
    assert not report.skipped
    assert ids(tmp_path / "out") == {
        "a": "memory:///news/a.txt",
        "b": "memory:///news/deep/b.txt",
        "r3": "memory:///news/c.jsonl:1",
        "r4": "memory:///news/c.jsonl:2",
    }
    one = build(["memory://news/a.txt"], tmp_path / "one", view=False)
    assert one.articles == 1


def test_what_cannot_be_reached_is_said_and_what_was_read_there_stays(store, tmp_path, monkeypatch):
    (tmp_path / "e.txt").write_text(TEXT.format(5, 5), encoding="utf-8")
    asked = ["memory://news", tmp_path / "e.txt"]
    build(asked, tmp_path / "out", view=False)

    def broken(self, path, **more):
        raise PermissionError("no key for this bucket")

    monkeypatch.setattr(type(store), "find", broken)
    report = build(asked, tmp_path / "out", view=False)
    assert len(ids(tmp_path / "out")) == 5
    assert [source for source, _ in report.skipped] == ["memory:///news"]
    assert "no key for this bucket" in report.skipped[0][1] and "stays (4 articles)" in report.skipped[0][1]


def test_an_empty_place_is_said(store, tmp_path):
    report = build(["memory://nowhere", "memory://news/a.txt"], tmp_path / "out", view=False)
    assert report.articles == 1 and report.skipped[0][0] == "memory:///nowhere"


@pytest.mark.parametrize("address", ["nosuch://bucket/a", "s3://bucket/a"])
def test_a_kind_of_store_that_is_not_known_or_not_installed(address, tmp_path):
    with pytest.raises(UsageError, match=address):
        build([address], tmp_path / "out", view=False)


def test_without_fsspec_it_is_said_what_to_install(tmp_path, monkeypatch):
    whole = builtins.__import__

    def without(name, *rest):
        if name.startswith("fsspec"):
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"presskg\[objects\]"):
        build(["memory://news"], tmp_path / "out", view=False)
