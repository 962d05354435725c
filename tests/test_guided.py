"""The harnesses of ``make guided`` hold for what they start from, and what once broke a reader or stage breaks it no more."""

from __future__ import annotations

import pytest

from tests.reliability.targets import FOUND, TARGETS, found, text_of

HEAVY = ("extraction", "question")  # they load all there is; tests/test_fuzz.py and tests/test_ask.py hold what they try


@pytest.mark.parametrize("name", [name for name in TARGETS if name not in HEAVY])
def test_seeds_and_findings_hold(name):
    target = TARGETS[name]
    call, seeds = target.make(), list(target.seeds())
    assert seeds and all(seeds)
    for data in [*seeds, *(path.read_bytes() for path in found(name))]:
        call(data)


def test_every_finding_is_of_a_target():
    assert {path.name for path in FOUND.glob("*") if path.is_dir()} <= TARGETS.keys()


def test_a_reader_that_breaks_is_a_finding(monkeypatch):
    """What the last net of the formats catches is no answer to a damaged file where our own code let it fall."""
    from kg.read.formats import jsons

    call = TARGETS["json"].make()
    call(b"{")
    monkeypatch.setattr(jsons, "_around", None)
    with pytest.raises(TypeError):
        call(b'{"title": "a"}')


def test_a_changed_byte_is_another_phrase():
    assert text_of(bytes([0, 10])) != text_of(bytes([0, 11])) and text_of(b"\xff" + "가".encode()) == "가"
