"""The measure: fixed numbers by hand, and the same numbers as the reference scorer where that lies beside the checkout."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.errors import UsageError
from kg.knowledge.vocab import ARTICLE, ID, PRESS
from kg.measure.gold import LINKS, LITERALS, read_gold, read_graph
from kg.measure.score import Row, align, render, score

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "gold" / "score.py"
FOLDER = Path(__file__).parent / "fixtures" / "out"

GOLD = {
    "id": "water-forum",
    "date": "2023-05-12",
    "entities": {
        "env": {"type": "Organization", "names": ["환경부"]},
        "kwater": {"type": "Organization", "names": ["한국수자원공사", "수공"]},
        "forum": {"type": "Event", "names": ["맑은물 정책 포럼"]},
        "hall": {"type": "Place", "names": ["대전컨벤션센터"]},
        "yoon": {"type": "Person", "names": ["윤다온"]},
        "seo": {"type": "Person", "names": ["서한결"]},
        "lab": {"type": "Organization", "names": ["물결연구원"]},
        "garam": {"type": "Organization", "names": ["가람대학교"]},
        "talk": {"type": "Presentation", "names": ["도시 하천의 회복"]},
        "said": {"type": "Quotation", "names": ["작은 하천을 살리는 일이"]},
        "norway": {"type": "Country", "names": ["노르웨이"]},
        "case": {"type": "Case", "names": ["강 복원 사례"]},
    },
    "facts": [
        ["env", "coHosted", "forum"],
        ["kwater", "coHosted", "forum"],
        ["forum", "startDate", "2023-05-11"],
        ["forum", "edition", 3],
        ["forum", "venue", "hall"],
        ["yoon", "affiliatedWith", "garam"],
        ["yoon", "jobTitle", "석좌교수"],
        ["seo", "heads", "lab"],
        ["seo", "jobTitle", "원장"],
        ["yoon", "presented", "talk"],
        ["talk", "presentedAt", "forum"],
        ["seo", "said", "said"],
        ["forum", "attendeeCount", 100],
        ["kwater", "altLabel", "수공"],
    ],
    "optional": [["norway", "presented", "case"], ["yoon", "participatedIn", "forum"]],
}


def write(path: Path, *records: dict) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path


def test_fixed_numbers(tmp_path):
    result = score(write(tmp_path / "gold.jsonl", GOLD), FOLDER)
    table = result.table()
    assert result.absent == ()
    assert table["coHosted"] == table["hosted"] == Row(right=2)
    assert table["jobTitle"] == Row(right=2), "교수 is the end of 석좌교수"
    assert table["attendeeCount"] == Row(missed=1)
    assert table["altLabel"] == Row(missed=1)
    assert table["heads"] == Row(right=1) and table["affiliatedWith"] == Row(right=2), "heads implies affiliatedWith"
    assert table["presentedAt"] == Row(right=1, wrong=1), "the case's presentedAt is neither expected nor optional"
    assert table["presented"] == Row(right=1), "optional statements count for nothing"
    assert table["participatedIn"] == Row(wrong=1)
    assert table["ALL"] == Row(right=15, wrong=2, missed=2)
    assert result.as_json()["scores"]["ALL"] == {
        "precision": 0.8824,
        "recall": 0.8824,
        "f1": 0.8824,
        "right": 15,
        "wrong": 2,
        "missed": 2,
    }


def test_errors_are_listed_readably(tmp_path):
    text = render(score(write(tmp_path / "gold.jsonl", GOLD), FOLDER), errors=True)
    assert "water-forum  MISSED  맑은물 정책 포럼 — attendeeCount — 100" in text
    assert "water-forum  WRONG   서한결 — participatedIn — 맑은물 정책 포럼" in text
    assert text.splitlines()[-1].split() == ["ALL", "0.882", "0.882", "0.882", "15", "2", "2"]


def test_an_article_that_the_graph_lacks_counts_as_missed(tmp_path):
    result = score(write(tmp_path / "gold.jsonl", GOLD | {"id": "elsewhere"}), FOLDER)
    assert result.absent == ("elsewhere",)
    assert result.table()["ALL"] == Row(missed=17)


def test_a_folder_its_quads_and_trig_score_alike(tmp_path):
    import pyoxigraph as ox

    gold = write(tmp_path / "gold.jsonl", GOLD)
    trig = tmp_path / "graph.trig"
    ox.serialize(ox.parse(path=str(FOLDER / "graph.nq"), format=ox.RdfFormat.N_QUADS), str(trig), format=ox.RdfFormat.TRIG)
    assert score(gold, FOLDER).as_json() == score(gold, FOLDER / "graph.nq").as_json() == score(gold, trig).as_json()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("broken", '{"id": "a"', "line 1: is not a JSON object"),
        ("lacking", '{"id": "a", "facts": []}', "line 1: lacks entities, optional"),
        ("list", "[1]", "line 1: lacks id"),
    ],
)
def test_bad_gold_is_named(tmp_path, name, content, message):
    path = tmp_path / f"{name}.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        list(read_gold(path))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("graph.csv", "", "'.csv' is not known; allowed: a built folder, .nq, .trig"),
        ("graph.nq", "<a> nonsense", "is not readable RDF"),
    ],
)
def test_bad_graphs_are_named(tmp_path, name, content, message):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_graph(tmp_path / name)


def test_missing_graph_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"no\.nq: there is no such file"):
        read_graph(tmp_path / "no.nq")


def test_people_are_matched_before_what_they_presented(tmp_path):
    """Two talks of one name are told apart by who gave them."""
    talks = {"t1": ("윤다온", "a"), "t2": ("서한결", "b")}
    iri = {name: f"<{ID[name]}>" for name in ("p1", "p2", "a", "b")}
    article = f"<{ARTICLE['x']}>"
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    lines = [f'{article} <http://purl.org/dc/terms/identifier> "x" {article} .']
    for person, (name, talk) in zip(("p1", "p2"), talks.values(), strict=True):
        lines += [
            f'{iri[person]} {label} "{name}" {article} .',
            f'{iri[talk]} {label} "혁신사례" {article} .',
            f"{iri[person]} <{PRESS.presented}> {iri[talk]} {article} .",
        ]
    (tmp_path / "graph.nq").write_text("\n".join(lines) + "\n", encoding="utf-8")
    gold = {
        "id": "x",
        "entities": {
            key: {"type": "Person", "names": [name]} for key, (name, _) in zip(("k1", "k2"), talks.values(), strict=True)
        }
        | {key: {"type": "Presentation", "names": ["혁신사례"]} for key in talks},
        "facts": [["k1", "presented", "t1"], ["k2", "presented", "t2"]],
        "optional": [],
    }
    graph = read_graph(tmp_path / "graph.nq")
    found = align(gold, graph.articles["x"], graph)
    assert {key: str(node) for key, node in found.items()} == {
        "k1": str(ID.p1),
        "k2": str(ID.p2),
        "t1": str(ID.a),
        "t2": str(ID.b),
    }


SYLLABLES = "가나다라마바사아"
TYPES = {
    "Person": "Person",
    "Organization": "GovernmentBody",
    "Event": "Forum",
    "Place": "Venue",
    "Country": "Country",
    "Case": "Case",
    "Presentation": "Presentation",
    "Quotation": "Quotation",
    "Topic": "Topic",
    "System": "System",
}


def made_up(seed: int, folder: Path) -> tuple[Path, Path]:
    """A random gold file and a graph that is like it, with damaged names, other classes, lost and added statements."""
    rng = random.Random(seed)
    records, quads = [], []
    for number in range(3):
        identifier = f"doc-{seed}#{number}"
        article = f"<{ARTICLE[quote(identifier, safe='')]}>"

        def name() -> str:
            return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 9)))

        entities = {
            f"k{i}": {"type": rng.choice(list(TYPES)), "names": [name() for _ in range(rng.randint(1, 3))]} for i in range(12)
        }
        facts, keys = [], list(entities)
        for _ in range(30):
            property_ = rng.choice(sorted(LINKS | LITERALS | {"altLabel"}))
            if property_ == "altLabel":
                facts.append([rng.choice(keys), property_, name()])
            elif property_ in LITERALS:
                text = (
                    f"202{rng.randint(0, 5)}-06-1{rng.randint(0, 9)}"
                    if property_.endswith("Date")
                    else name()
                    if property_ in ("jobTitle", "mode")
                    else rng.randint(1, 2030)
                )
                facts.append([rng.choice(keys), property_, text])
            else:
                facts.append([rng.choice(keys), property_, rng.choice(keys)])
        cut = rng.randint(15, 30)
        records.append({"id": identifier, "entities": entities, "facts": facts[:cut], "optional": facts[cut:]})
        quads.append(f'{article} <http://purl.org/dc/terms/identifier> "{identifier}" {article} .')
        for key, entity in entities.items():
            node = f"<{ID[f'{key}-{rng.choice((number, 9))}']}>"
            entity["node"] = node
            chosen = rng.choice(entity["names"])
            damaged = (
                chosen if rng.random() < 0.6 else chosen[:-1] + rng.choice(SYLLABLES) if rng.random() < 0.6 else "제3회 " + chosen
            )
            quads.append(f'{node} <http://www.w3.org/2004/02/skos/core#prefLabel> "{damaged}"@ko {article} .')
            if rng.random() < 0.3:
                other = rng.choice([name(), *entity["names"]])
                quads.append(f'{node} <http://www.w3.org/2004/02/skos/core#altLabel> "{other}" {article} .')
            if rng.random() < 0.9:
                kind = TYPES[entity["type"] if rng.random() < 0.85 else rng.choice(list(TYPES))]
                quads.append(f"{node} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{PRESS[kind]}> {article} .")
        for s, p, o in facts:
            if p == "altLabel" or rng.random() < 0.3:
                continue
            if p in LITERALS:
                text = str(o) if rng.random() < 0.8 else f"수석 {o}"
                quads.append(f'{entities[s]["node"]} <{PRESS[p]}> "{text}" {article} .')
            else:
                other = entities[o if rng.random() < 0.9 else rng.choice(keys)]["node"]
                quads.append(f"{entities[s]['node']} <{PRESS[p]}> {other} {article} .")
        for entity in entities.values():
            del entity["node"]
    graph = folder / f"{seed}.nq"
    graph.write_text("\n".join(quads) + "\n", encoding="utf-8")
    return write(folder / f"{seed}.jsonl", *records), graph


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference scorer lies beside the project's own checkout only")
@pytest.mark.parametrize("seed", (0, 1, 22, 30, 36))
def test_same_numbers_as_the_reference(tmp_path, seed):
    gold, graph = made_up(seed, tmp_path)
    said = subprocess.run([sys.executable, REFERENCE, gold, graph, "--json"], capture_output=True, text=True, check=True)
    expected, found = json.loads(said.stdout), score(gold, graph).as_json()
    assert expected["scores"]["ALL"]["right"] > 10, "the made-up graph says nothing that can be compared"
    assert found == expected


def test_made_up_graphs_score_the_same_every_time(tmp_path):
    totals = {}
    for seed in range(3):
        gold, graph = made_up(seed, tmp_path)
        row = score(gold, graph).table()["ALL"]
        totals[seed] = (row.right, row.wrong, row.missed)
    assert totals == {0: (32, 30, 55), 1: (21, 31, 56), 2: (24, 36, 48)}
