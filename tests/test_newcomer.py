"""A newcomer's path (``make newcomer``), with the packages that this environment has: clone, two commands, article, question, name, relation."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests import newcomer


def test_the_path_is_walked_to_its_end(tmp_path: Path) -> None:
    done = [name for name, _ in newcomer.path(tmp_path, Path(sys.prefix).resolve())]
    assert [name.split(":")[0].split(" TESTS")[0] for name in done] == [
        "clone", "make graph", "make test", "docs/start.md", "docs/corrections.md", "docs/new-relation.md",
    ]  # fmt: skip
    place = tmp_path / "presskg"
    assert (place / "out" / "graph.html").is_file() and (tmp_path / "home" / "graph" / "graph.ttl").is_file()
    assert "press:visited" in (place / "visited" / "graph.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("```console\n$ echo a\nb\n```\n", "says otherwise"),
        ("```console\n$ false\n```\n", r"\$ false"),
        ("```console\n$ echo a\n…\n```\n", ""),
        ("나\n", "nothing on it"),
        (
            '```text title="a.txt"\n가\n```\n```text title="a.txt (at the end)"\n나\n```\n```console\n$ cat a.txt\n가\n\n나\n```\n',
            "",
        ),
    ],
)
def test_a_page_that_is_not_true_ends_the_path(tmp_path: Path, page: str, wrong: str) -> None:
    (tmp_path / "page.md").write_text(page, encoding="utf-8")
    if not wrong:
        newcomer.walk(tmp_path / "page.md", tmp_path, {"PATH": "/usr/bin:/bin"})
        return
    with pytest.raises(AssertionError, match=wrong):
        newcomer.walk(tmp_path / "page.md", tmp_path, {"PATH": "/usr/bin:/bin"})
