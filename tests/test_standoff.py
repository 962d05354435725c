"""Annotations that stand off their texts: the notation, the offsets it stands for, what a check refuses, the gold it gives."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.measure import corpora, notation, spans, standoff
from kg.measure.notation import convert, read_notes
from kg.measure.standoff import complaints, digest, draw, gold, main, read_articles, split_of, words

RELEASES = Path(__file__).parent / "gold" / "releases"

ARTICLE = {
    "id": "release-1",
    "title": "물결청, 맑은물 포럼 개최",
    "date": "2024-03-04",
    "text": (
        "물결청(청장 한바다, 이하 ‘물청’)은 가람연구원과 함께 오는 5일 솔빛회관에서 ‘제3회 맑은물 포럼’을 개최한다.\n"
        "포럼에는 300여 명이 참석한다. 물결청 남이슬 하천정책국장은 “강은 모두의 것이다”라며, “더 살피겠다”고 말했다.\n"
        "누리\n구청도 함께한다. 물결청장배 대회는 내년에 열린다."
    ),
    "corpus": "press",
}
NOTE = """\
= release-1
o1 = 물결청
o2 = 가람연구원
o3 = 누리구청
o4 = 하천정책국 | 물결청 ++ 하천정책국
o5 = ^푸른강산부
p1 = 한바다
p2 = 남이슬
e1 = 제3회 맑은물 포럼 | 맑은물 포럼 | 포럼
l1 = 솔빛회관
q1 = 강은 모두의 | 더 살피겠다
+o 대회
p1 heads o1; job 청장
o1 alt 물청
o1+o2 coH e1; e1 start 2024-03-05=오는 5일; venue l1; ed 3 @ 물결청(청장…개최한다
e1 att 300=300여 명 @ 포럼에는…참석한다
p2 aff o1; job 하천정책국장; ?heads o4; said q1
o4 ?partO o1 @ 물결청 남이슬 하천정책국장
o3 ?parti e1 @ 누리구청도 함께한다
o5 ?org e1 @ 맑은물 포럼#t
"""


def converted(tmp_path: Path, note: str = NOTE) -> dict:
    (tmp_path / "a.note").write_text(note, encoding="utf-8")
    (one,) = read_notes([tmp_path / "a.note"])
    return convert(one, {"release-1": ARTICLE}, annotator="A")


def said(span: list) -> str:
    return words(ARTICLE, span)


def fact(record: dict, subject: str, property_: str) -> dict:
    (found,) = [
        f for f in (*record["facts"], *record["optional"]) if f["fact"][:2] == [subject, property_] and f["fact"][2] != "e2"
    ]
    return found


@pytest.mark.parametrize("module", [corpora, notation, spans, standoff], ids=lambda module: module.__name__)
def test_examples(module):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed


def test_a_record_says_which_text_it_stands_off(tmp_path):
    record = converted(tmp_path)
    assert (record["sha256"], record["corpus"], record["annotator"]) == (digest(ARTICLE), "press", "A")
    assert record["split"] == split_of("release-1")
    assert list(complaints(record, ARTICLE)) == []
    stored = json.dumps(record, ensure_ascii=False)
    assert not [name for name in ("물결청", "한바다", "솔빛회관", "맑은물", "물청") if name in stored]


@pytest.mark.parametrize(
    ("key", "mentions"),
    [
        ("o1", ["물결청", "물결청", "물결청"]),  # not 물결청장배
        ("o3", ["누리\n구청"]),  # a word broken over two lines
        ("o4", ["하천정책국"]),  # named in a title alone
        ("e1", ["제3회 맑은물 포럼", "포럼", "맑은물 포럼"]),  # the outermost names
        ("q1", ["강은 모두의 것이다", "더 살피겠다"]),  # the whole speech
        ("o5", []),
    ],
)
def test_mentions(tmp_path, key, mentions):
    found = converted(tmp_path)["entities"][key]["mentions"]
    texts = [ARTICLE[s[0]][s[1] : s[2]] if len(s) == 3 else ARTICLE["text"][s[0] : s[1]] for s in found]
    assert sorted(texts) == sorted(mentions)


@pytest.mark.parametrize(
    ("subject", "property_", "evidence", "value"),
    [
        ("p1", "heads", "물결청(청장 한바다", None),
        ("p1", "jobTitle", "청장 한바다", "청장"),
        ("e1", "startDate", ARTICLE["text"].split("\n")[0][:-1], "오는 5일"),
        ("e1", "edition", ARTICLE["text"].split("\n")[0][:-1], "3"),
        ("e1", "attendeeCount", "포럼에는 300여 명이 참석한다", "300여 명"),
        ("p2", "affiliatedWith", "물결청 남이슬", None),
        ("o3", "participatedIn", "누리 구청도 함께한다", None),
        ("o5", "organized", "맑은물 포럼", None),
    ],
)
def test_evidence(tmp_path, subject, property_, evidence, value):
    found = fact(converted(tmp_path), subject, property_)
    assert [said(span) for span in found["evidence"]] == [evidence]
    assert (said(found["words"]) if "words" in found else None) == value


def test_evidence_of_speech_ends_with_its_verb(tmp_path):
    (span,) = fact(converted(tmp_path), "p2", "said")["evidence"]
    assert said(span).startswith("남이슬") and said(span).endswith("라며")


def test_gold_is_what_kg_score_reads(tmp_path):
    result = gold(converted(tmp_path), ARTICLE)
    assert result["entities"]["o4"] == {"type": "Organization", "names": ["하천정책국", "물결청 하천정책국"]}
    assert result["entities"]["o5"]["names"] == ["푸른강산부"]
    assert result["entities"]["o3"]["names"] == ["누리 구청"]
    assert ["o1", "altLabel", "물청"] in result["facts"]
    assert ["e1", "attendeeCount", 300] in result["facts"] and ["e1", "startDate", "2024-03-05"] in result["facts"]
    assert ["p2", "heads", "o4"] in result["optional"] and ["p2", "heads", "o4"] not in result["facts"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("o9 = 없는기관", "'없는기관' does not occur"),
        ("o9 = 물결청#7", "does not occur as #7"),
        ("x9 = 물결청", "must begin with one of"),
        ("h = 물결청", "no beginning of a property"),
        ("o1 frobs e1", "no subject, no object, or a property that is unknown"),
        ("o1 part e1", "['partOf', 'participatedIn']"),
        ("o1 host e7", "'e7' is no entity"),
        ("o1 host e1 @ 없는 말", "evidence '없는 말' does not occur"),
        ("o1 host e1 @ 물결청", "occurs 3 times"),
        ("o1 host e1 @ 포럼에는…없는 끝", "does not occur after"),
        ("p1 job 장관", "'장관' does not occur"),
        ("e1 end 2024-03-06=6일 @ 포럼에는…참석한다", "'6일' is not in the evidence"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, line, why):
    note = NOTE.replace("= 솔빛회관\n", f"= 솔빛회관\n{line}\n") if " = " in line else NOTE + line + "\n"
    with pytest.raises(UsageError) as caught:
        converted(tmp_path, note)
    assert why in str(caught.value)


def test_ends_that_are_far_from_each_other_need_evidence(tmp_path, monkeypatch):
    monkeypatch.setattr(notation, "NEAR", 40)
    with pytest.raises(UsageError, match="not near each other"):
        converted(tmp_path, NOTE + "o3 partO o2\n")


def test_all_that_is_wrong_with_a_note_is_told_at_once(tmp_path):
    with pytest.raises(UsageError) as caught:
        converted(tmp_path, NOTE + "o1 host e7\no1 host e8\n")
    assert "'e7'" in str(caught.value) and "'e8'" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda r: r.update(split="train" if r["split"] != "train" else "test"), "the identifier says"),
        (lambda r: r.update(sha256="0"), "its hash differs"),
        (lambda r: r["entities"]["p1"]["mentions"].append([900, 903]), "outside the text"),
        (lambda r: r["entities"]["p1"]["mentions"].append([3, 3]), "is empty"),
        (lambda r: r["entities"]["p1"].update(type="Persn"), "type 'Persn' is not known"),
        (lambda r: r["facts"].append(r["facts"][0]), "is given twice"),
        (lambda r: r["facts"].append({"fact": ["o1", "hostd", "e1"], "evidence": [[0, 2]]}), "property 'hostd' is not known"),
        (lambda r: r["facts"].append({"fact": ["o1", "hosted", "e9"], "evidence": [[0, 2]]}), "e9: is no entity"),
        (lambda r: r["facts"].append({"fact": ["o1", "sponsored", "e1"], "evidence": []}), "has no evidence"),
        (lambda r: r["entities"].update(o8={"type": "Organization", "names": ["가"], "mentions": []}), "takes part in no fact"),
    ],
)
def test_check_refuses(tmp_path, change, why):
    record = converted(tmp_path)
    change(record)
    assert why in " ".join(complaints(record, ARTICLE))


def test_a_record_without_its_article_is_no_good(tmp_path):
    assert "none of the corpora" in " ".join(complaints(converted(tmp_path), None))


def test_commands(tmp_path, capsys):
    corpus = tmp_path / "press.jsonl"
    corpus.write_text(json.dumps(ARTICLE, ensure_ascii=False) + "\n", encoding="utf-8")
    (tmp_path / "a.note").write_text(NOTE, encoding="utf-8")
    assert main(["convert", str(tmp_path / "a.note"), "--annotator", "A", "--corpus", str(corpus)]) == 0
    records = tmp_path / "records.jsonl"
    records.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["check", str(records), "--corpus", str(corpus)]) == 0
    assert main(["gold", str(records), "--corpus", str(corpus)]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "release-1"
    corpus.write_text(json.dumps({**ARTICLE, "text": ARTICLE["text"] + " "}, ensure_ascii=False), encoding="utf-8")
    assert main(["check", str(records), "--corpus", str(corpus)]) == 1
    records.write_text("", encoding="utf-8")
    assert main(["check", str(records), "--corpus", str(corpus)]) == 1  # a check of nothing is no check


def test_a_draw_takes_the_test_split_first_and_alternates_corpora():
    pools = {"ministries": [f"m{i}" for i in range(60)], "press": [f"p{i}" for i in range(40)]}
    lengths = {i: 1000 for pool in pools.values() for i in pool} | {"m0": 100, "p0": 9000}
    drawn = draw(pools, lengths)
    assert drawn == draw({name: pool[::-1] for name, pool in pools.items()}, lengths)
    assert sorted(drawn) == sorted(set(lengths) - {"m0", "p0"})
    splits = [split_of(i) for i in drawn]
    assert splits == sorted(splits, key=["test", "development", "train"].index)
    assert [i[0] for i in drawn[:6]] == ["m", "m", "p", "m", "m", "p"]


@pytest.mark.parametrize("path", sorted(RELEASES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_repository_keeps_offsets_and_no_text(path):
    records = list(standoff.read_lines([path]))
    assert records and len({(r["id"], r["annotator"]) for r in records}) == len(records)
    for record in records:
        assert split_of(record["id"]) == record["split"]
        assert path.stem.partition("-")[0] in (record["split"], "second")  # what was annotated twice stands beside the splits
        assert list(standoff._misuse(record)) == []
        strings = {str(name) for e in record["entities"].values() for name in e["names"] if isinstance(name, str)}
        strings |= {str(fact["fact"][2]) for fact in (*record["facts"], *record["optional"])}
        assert max(map(len, strings), default=0) < 40


def test_a_tenth_of_the_releases_has_been_read_twice():
    firsts = {
        r["id"]: r for split in ("train", "development", "test") for r in standoff.read_lines([RELEASES / f"{split}.jsonl"])
    }
    seconds = list(standoff.read_lines(sorted(RELEASES.glob("second*.jsonl"))))
    assert len({r["id"] for r in seconds}) == len(seconds) >= len(firsts) / 10
    for second in seconds:
        first = firsts[second["id"]]
        assert first["annotator"] != second["annotator"]
        assert [first[key] for key in ("sha256", "split", "corpus", "date")] == [
            second[key] for key in ("sha256", "split", "corpus", "date")
        ]


def test_articles_are_found_by_identifier(tmp_path):
    (tmp_path / "ministries-2.jsonl").write_text(json.dumps({"id": "7", "title": "", "text": ""}) + "\n", encoding="utf-8")
    assert read_articles([tmp_path / "ministries-2.jsonl"], ["7", "8"]) == {
        "7": {"id": "7", "title": "", "text": "", "corpus": "ministries"}
    }


def test_statements_judged_one_by_one_hold_no_text():
    """Each is a relation between places of a release and a verdict."""
    rows = [json.loads(line) for line in (RELEASES.parent / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["right"] for row in rows} == {True, False} and all(len(row["sha256"]) == 64 for row in rows)
    for row in rows:
        assert row.keys() == {"id", "corpus", "sha256", "relation", "subject", "object", "evidence", "right", "annotator"}
        assert row["relation"] in standoff.PROPERTIES
        for span in (row["subject"], row["object"] or row["subject"], row["evidence"]):
            *field, start, end = span
            assert field in ([], ["title"]) and 0 <= start < end
    assert len({json.dumps([row[key] for key in ("id", "relation", "subject", "object", "evidence")]) for row in rows}) == len(
        rows
    )
