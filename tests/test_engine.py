"""Engines: work in other processes and on other machines gives what it gives here, whoever dies on the way."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kg.engine import Lost, engine
from kg.engine.pieces import Died, in_order
from kg.errors import UsageError
from kg.graph.spool import Spool
from kg.pipeline import build
from tests.test_determinism import digests


def deadly(items: Sequence[int]) -> list[int]:
    """Doubles numbers; 7 kills the process that has it."""
    if 7 in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * n for n in items]


def picky(items: Sequence[int]) -> list[int]:
    raise ValueError(f"not {items[0]}")


@pytest.fixture
def corpus(tmp_path) -> Path:
    """Articles enough for an engine and for a build to be gone on with; some tell of one event, some of one person."""
    rows = (
        {
            "id": f"{n:02}",
            "date": "2024-05-20",
            "publisher": "기상청",
            "title": f"제{n // 3 + 1}회 들꽃 포럼 개최",
            "text": f"기상청은 5월 {n // 3 + 1}일 서울에서 제{n // 3 + 1}회 들꽃 포럼을 개최했다. 한바다 들꽃연구원장이 축사를 했다.",
        }
        for n in range(72)
    )
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("pieces", "deaths", "expected"),
    [
        ([], {}, []),
        ([[1, 2], [3]], {}, [[2, 4], [6]]),
        ([[1, 2], [3], [4]], {1: 1}, [[2, 4], [6], [8]]),  # the process of the first piece dies once
        ([[1, 2], [3], [4]], {3: 1, 4: 1}, [[2, 4], [6], [8]]),  # two pieces die together, and neither of itself
        ([[1, 2], [3], [4]], {2: 9}, [[2, Lost(2, "gone")], [6], [8]]),
        ([[1], [2], [3], [4], [5]], {4: 9}, [[2], [4], [6], [Lost(4, "gone")], [10]]),
    ],
)
def test_pieces_come_in_order_and_only_what_kills_is_lost(pieces, deaths, expected):
    left = dict(deaths)

    def finish(piece: Sequence[int]) -> list[int]:
        for item in piece:
            if left.get(item, 0) > 0:
                left[item] -= 1
                raise Died("gone")
        return [2 * n for n in piece]

    assert list(in_order(pieces, start=lambda piece: piece, finish=finish, ahead=3)) == expected


def test_no_more_is_under_way_than_was_asked():
    under, most = 0, 0

    def start(piece: Sequence[int]) -> Sequence[int]:
        nonlocal under, most
        under += 1
        most = max(most, under)
        return piece

    def finish(piece: Sequence[int]) -> Sequence[int]:
        nonlocal under
        under -= 1
        return piece

    assert len(list(in_order(([n] for n in range(50)), start=start, finish=finish, ahead=4))) == 50 and most == 4


def test_a_process_that_dies_takes_one_item_with_it():
    with engine("local", 2) as processes:
        assert processes is not None
        found = list(processes.mapped(deadly, [[1, 2], [3, 7, 8], [9]]))
        assert found == [[2, 4], [6, Lost(7, "its process died"), 16], [18]]
        with pytest.raises(ValueError, match="not 5"):
            list(processes.mapped(picky, [[5]]))


@pytest.mark.parametrize(("name", "says"), [("spark", "allowed: local, ray"), ("", "is no engine")])
def test_an_engine_that_there_is_not(name, says):
    with pytest.raises(UsageError, match=says):
        engine(name)


class Stop(Exception):
    """Somebody ends the build."""


def stopping_at(number: int) -> Callable[[int, int], None]:
    def progress(done: int, of: int) -> None:
        if done == number:
            raise Stop

    return progress


def test_a_build_that_is_cut_off_goes_on_where_it_stopped(corpus, tmp_path):
    build([corpus], tmp_path / "whole", view=False)
    out = tmp_path / "out"
    with pytest.raises(Stop):
        build([corpus], out, view=False, progress=stopping_at(50))
    left = tmp_path / ".out.kg-results.jsonl"
    assert len(Spool(out).lines()) == 50 and not out.exists()
    left.write_text(left.read_text(encoding="utf-8")[:-40], encoding="utf-8")  # the last line, half written
    with pytest.raises(Stop):
        build([corpus], out, view=False, progress=stopping_at(51))  # only 72 - 49 are read: 51 is the second of them
    steps: list[int] = []
    build([corpus], out, view=False, progress=lambda done, of: steps.append(done))
    assert steps[0] == 52 and steps[-1] == 72
    assert digests(out) == digests(tmp_path / "whole")
    assert not left.exists()


def test_what_other_code_left_is_not_taken(corpus, tmp_path):
    out = tmp_path / "out"
    with pytest.raises(Stop):
        build([corpus], out, view=False, progress=stopping_at(40))
    left = tmp_path / ".out.kg-results.jsonl"
    left.write_text("another\n" + left.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")
    assert Spool(out).lines() == {}


def test_a_cluster_that_loses_machines_writes_the_same_bytes(corpus, tmp_path, monkeypatch):
    """Three machines of Ray: one is gone while articles are read, one while pairs of things are judged."""
    nodes = pytest.importorskip("ray.cluster_utils").Cluster
    from kg.link import judging

    build([corpus], tmp_path / "here", view=False)
    cluster = nodes(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        others = [cluster.add_node(num_cpus=1) for _ in range(2)]
        cluster.wait_for_nodes()
        monkeypatch.setenv("RAY_ADDRESS", cluster.address)
        monkeypatch.setattr(judging, "_MANY", 1)
        monkeypatch.setattr(judging, "_PIECE", 8)
        judged, gone = judging._anew, []

        def lose(node) -> None:
            if node not in gone:
                gone.append(node)
                cluster.remove_node(node, allow_graceful=False)

        def begun(kind: str, own: tuple, *, to=judging.partial):
            lose(others[1])
            return to(judged, kind, own)

        monkeypatch.setattr(judging, "partial", lambda work, kind, own: begun(kind, own))
        build([corpus], tmp_path / "there", engine="ray", view=False, progress=lambda done, of: done > 20 and lose(others[0]))
        assert gone == others
    finally:
        cluster.shutdown()
    assert digests(tmp_path / "there") == digests(tmp_path / "here")
