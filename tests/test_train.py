"""How the model of names is made: reading of its data, and a trial of the whole command where JAX is installed."""

from __future__ import annotations

import json

import pytest

from kg.train import data

NAMES = ("나서율", "오세린", "문가람", "민서율", "국다현", "제나윤")
PLACES = ("서울", "부산", "대전", "광주", "울산", "제주")


@pytest.fixture
def klue(tmp_path):
    """A folder laid out like KLUE's, with made-up sentences."""
    lines = []
    for i in range(60):
        name, place = NAMES[i % 6], PLACES[i // 6 % 6]
        text = f"{name} 교수는 {i + 1}일 {place}에서 강연을 열고 물과 숲을 이야기했다."
        at = text.index(place)
        day = text.index(f"{i + 1}일")
        spans = [[0, 3, "PS"], [day, day + len(f"{i + 1}일"), "DT"], [at, at + 2, "LC"]]
        lines.append({"id": f"case-{i}-wikitree", "text": text, "spans": spans, "fine": [[4, 6, "CV_OCCUPATION"]]})
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n"
    (tmp_path / "ner-train.jsonl").write_text(text, encoding="utf-8")
    free = "\n".join(f"{place}에는 {name} 씨가 산다고 한다." for place in PLACES for name in NAMES)
    (tmp_path / "raw-sentences.txt").write_text(free, encoding="utf-8")
    return tmp_path


def test_sentences_are_read_with_their_labels(klue):
    first = data.read_klue(klue / "ner-train.jsonl")[0]
    numbers = data.numbers(first, first.spans, data.LABELS)
    labelled = [(word, data.LABELS[number]) for word, number in zip(first.words, numbers) if number]
    assert labelled[0] == ("나서율", "BPS") and ("서울", "BLC") in labelled
    assert data.finer_labels([first]) == ("O", "BOCCUPATION", "IOCCUPATION")
    assert len(list(data.read_unlabelled(klue / "raw-sentences.txt"))) == 36


def test_a_trial_does_not_overwrite_the_model(klue, capsys):
    from kg.train.__main__ import main

    with pytest.raises(SystemExit):
        main(["--klue", str(klue), "--quick"])
    assert "--out" in capsys.readouterr().err


def test_all_steps_of_a_trial(klue, tmp_path):
    """From sentences to a folder that loads; some minutes, so only where what training needs is installed."""
    pytest.importorskip("jax")
    from kg.analyze.ner import NameFinder
    from kg.train.__main__ import main

    main(["--klue", str(klue), "--quick", "--out", str(tmp_path / "model")])
    finder = NameFinder(tmp_path / "model")
    assert finder.labels == data.LABELS
    assert {file.name for file in (tmp_path / "model").iterdir()} == {"meta.json", "morphemes.tsv", "vectors.npz", "weights.npz"}
