"""``check`` passes a sound folder, and names each way of being unsound; one damaged copy of the small folder per case."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

from kg.errors import UsageError
from kg.graph.check import CheckReport, check
from kg.knowledge.vocab import ARTICLE, ASSERTION, ID, PRESS

OUT = Path(__file__).parent / "fixtures" / "out"
FORUM, WEEK = ID["제3회_맑은물_정책_포럼_2023-05-11"], ID["맑은물_실천_주간_2023-06-05"]
HERE = ARTICLE["water-forum"]
DATE, INTEGER = f"^^<{XSD.date}>", f"^^<{XSD.integer}>"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    shutil.copytree(OUT, tmp_path / "out")
    return tmp_path / "out"


def rewrite(out: Path, change: Callable[[list[str]], list[str]]) -> None:
    """Change the lines of graph.nq, and write graph.ttl as the union of what is left."""
    path = out / "graph.nq"
    lines = change(path.read_text(encoding="utf-8").splitlines())
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    triples = {quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)}
    ox.serialize(triples, str(out / "graph.ttl"), format=ox.RdfFormat.TURTLE)


def add(out: Path, s: str, p: str, o: str, graph: str = HERE) -> None:
    rewrite(out, lambda lines: [*lines, f"{s} <{p}> {o} <{graph}> ."])


def iri(node: str) -> str:
    return f"<{node}>"


def thing(out: Path, name: str, kind: str) -> str:
    """A new thing in the graph, with a label; its IRI in brackets."""
    node = iri(ID[name])
    add(out, node, RDF.type, iri(kind))
    for predicate in (SKOS.prefLabel, RDFS.label):
        add(out, node, predicate, f'"{name}"@ko')
    return node


def rules(report: CheckReport) -> set[str]:
    return {finding.rule for finding in report.violations}


def test_a_sound_folder_conforms() -> None:
    report = check(OUT)
    assert report.conforms and not report.warnings
    assert (report.articles, report.statements, report.assertions) == (3, 131, 34)
    assert list(report.lines()) == ["conforms: 3 articles, 131 statements, 34 assertions; 0 violations, 0 warnings"]


# What is added to the graph, and the rule that has to object. Added statements have no words either; that rule is tested alone.
ADDED = {
    "subject-kind": (iri(ID["대전컨벤션센터"]), PRESS.hosted, iri(FORUM), "shape:Hosted"),
    "object-kind": (iri(ID["환경부"]), PRESS.hosted, iri(ID["서울"]), "shape:Hosted"),
    "person-as-organization": (
        iri(ID["윤다온_가람대학교"]),
        PRESS.affiliatedWith,
        iri(ID["서한결_물결연구원"]),
        "shape:AffiliatedWith",
    ),
    "only-people-chair": (iri(ID["환경부"]), PRESS.chaired, iri(FORUM), "shape:Chaired"),
    "only-agreements-are-signed": (iri(ID["환경부"]), PRESS.signed, iri(FORUM), "shape:Signed"),
    "an-event-is-not-presented": (iri(ID["환경부"]), PRESS.presented, iri(FORUM), "shape:Presented"),
    "date-as-string": (iri(FORUM), PRESS.startDate, '"2023-05-11"', "shape:StartDate"),
    "partial-date": (iri(FORUM), PRESS.startDate, f'"2023-05"{DATE}', "shape:StartDate"),
    "end-before-start": (iri(FORUM), PRESS.endDate, f'"2023-05-10"{DATE}', "shape:EndAfterStart"),
    "edition-as-word": (iri(FORUM), PRESS.edition, '"제3회"', "shape:Edition"),
    "edition-zero": (iri(FORUM), PRESS.edition, f'"0"{INTEGER}', "shape:Edition"),
    "count-below-zero": (iri(FORUM), PRESS.attendeeCount, f'"-1"{INTEGER}', "shape:AttendeeCount"),
    "mode": (iri(FORUM), PRESS.mode, '"offline"', "shape:Mode"),
    "mode-of-a-person": (iri(ID["서한결_물결연구원"]), PRESS.mode, '"online"', "shape:Mode"),
    "status-of-an-event": (iri(FORUM), PRESS.status, '"maybe"', "shape:Event"),
    "second-label": (iri(FORUM), SKOS.prefLabel, '"다른 이름"@ko', "shape:Thing"),
    "label-language": (iri(FORUM), RDFS.label, '"제3회 맑은물 정책 포럼"', "shape:Thing"),
    "title-with-language": (iri(ID["윤다온_가람대학교"]), PRESS.jobTitle, '"교수"@ko', "shape:JobTitle"),
    "iso-code": (iri(ID["노르웨이"]), PRESS.isoCode, '"norway"', "shape:IsoCode"),
    "second-identifier": (iri(HERE), DCTERMS.identifier, '"other"', "shape:Article"),
    "unknown-property": (iri(FORUM), str(PRESS._NS) + "hostd", iri(FORUM), "ontology:terms"),
    "unknown-class": (iri(FORUM), RDF.type, iri(str(PRESS._NS) + "Symposium"), "ontology:terms"),
    "link-to-literal": (iri(ID["환경부"]), PRESS.hosted, '"포럼"', "ontology:links"),
    "value-is-a-thing": (iri(FORUM), PRESS.startDate, iri(FORUM), "ontology:values"),
    "event-and-person": (iri(FORUM), RDF.type, iri(PRESS.Person), "ontology:disjoint"),
    "subclasses-clash": (iri(ID["환경부"]), RDF.type, iri(PRESS.City), "ontology:disjoint"),
    "organization-and-country": (iri(ID["환경부"]), RDF.type, iri(PRESS.Country), "ontology:disjoint"),
    "blank-node": ("_:b", PRESS.hosted, iri(FORUM), "graph:blank-node"),
    "untyped-object": (iri(HERE), PRESS.mentions, iri(ID["아무것"]), "graph:untyped"),
    "untyped-host": (iri(ID["아무것"]), PRESS.hosted, iri(FORUM), "shape:Hosted"),
    "no-words": (iri(ID["충청남도"]), PRESS.sponsored, iri(FORUM), "evidence:support"),
    "no-words-for-a-name": (iri(ID["환경부"]), SKOS.altLabel, '"환부"@ko', "evidence:support"),
    "not-nfc": (iri(FORUM), PRESS.purpose, f'"{unicodedata.normalize("NFD", "물")}"', "graph:nfc"),
}


@pytest.mark.parametrize("case", ADDED)
def test_added_statement_is_found(out: Path, case: str) -> None:
    s, p, o, rule = ADDED[case]
    add(out, s, p, o)
    report = check(out)
    assert rule in rules(report) and not report.conforms


def test_each_rule_is_the_reason_and_no_bystander(out: Path) -> None:
    add(out, iri(ID["대전컨벤션센터"]), PRESS.hosted, iri(FORUM))
    report = check(out)
    assert [(f.rule, f.focus) for f in report.violations if f.rule != "evidence:support"] == [
        ("shape:Hosted", "대전컨벤션센터 (id:대전컨벤션센터)")
    ]
    assert [f.focus for f in report.violations if f.rule == "evidence:support"] == [
        "대전컨벤션센터 (id:대전컨벤션센터) – press:hosted – 제3회 맑은물 정책 포럼 (id:제3회_맑은물_정책_포럼_2023-05-11)"
    ]


def test_a_country_is_agent_and_place(out: Path) -> None:
    add(out, iri(ID["노르웨이"]), PRESS.hosted, iri(FORUM))
    region = thing(out, "강변", PRESS.Region)
    add(out, region, PRESS.locatedIn, iri(ID["노르웨이"]))
    assert rules(check(out)) == {"evidence:support"}


def test_one_side_of_a_conflict_is_a_warning(out: Path) -> None:
    add(out, iri(FORUM), PRESS.startDate, f'"2023-05-12"{DATE}')
    report = check(out)
    assert rules(report) == {"evidence:support"}
    assert [(f.rule, f.message) for f in report.warnings] == [("shape:Event", "articles give different start dates")]


def test_conflicting_starts_are_no_wrong_order(out: Path) -> None:
    add(out, iri(WEEK), PRESS.startDate, f'"2023-06-19"{DATE}')
    assert "shape:EndAfterStart" not in rules(check(out))


def test_a_replaced_iri_needs_no_type(out: Path) -> None:
    add(out, iri(ID["옛_포럼"]), DCTERMS.isReplacedBy, iri(FORUM))
    assert rules(check(out)) == {"evidence:support"}


def test_a_label_that_is_missing(out: Path) -> None:
    rewrite(out, lambda lines: [line for line in lines if not (line.startswith(iri(FORUM)) and str(SKOS.prefLabel) in line)])
    assert "needs exactly one skos:prefLabel" in {f.message for f in check(out).violations}


def test_a_quotation_without_words(out: Path) -> None:
    rewrite(out, lambda lines: [line for line in lines if f"<{PRESS.text}>" not in line])
    report = check(out)
    assert rules(report) == {"shape:Quotation"} and len(report.violations) == 2
    assert {f.rule for f in report.warnings} == {"evidence:unused"}


def test_turtle_that_is_not_the_union(out: Path) -> None:
    with (out / "graph.ttl").open("a", encoding="utf-8") as turtle:
        turtle.write(f'\n{iri(ID["환경부"])} <{SKOS.altLabel}> "환부"@ko .\n')
    assert rules(check(out)) == {"files:union"}


def test_a_graph_of_no_article(out: Path) -> None:
    add(out, iri(ID["환경부"]), RDF.type, iri(PRESS.GovernmentBody), ARTICLE["unknown"])
    assert rules(check(out)) == {"files:graphs"}


def edit_assertion(out: Path, predicate: str, change: Callable[[str], str], *, where: str) -> None:
    """Change one object of the assertion whose evidence is given."""
    path = out / "evidence.ttl"
    triples = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    nodes = [t.subject for t in triples if t.predicate.value == str(PRESS.evidence) and t.object.value == where]
    assert len(nodes) == 1
    lines = []
    for t in triples:
        o = change(str(t.object)) if t.subject == nodes[0] and t.predicate.value == str(predicate) else str(t.object)
        lines += [f"{t.subject} {t.predicate} {o} .\n"] if o else []
    path.write_text("".join(lines), encoding="utf-8")


def number(value: str) -> Callable[[str], str]:
    return lambda _: f'"{value}"{INTEGER}'


PLACE = "대전컨벤션센터에서"
EDITED = {
    "offset-by-one": (PRESS.start, number("53"), "evidence:offsets"),
    "other-words": (PRESS.evidence, lambda _: '"서울에서"', "evidence:offsets"),
    "unknown-field": (PRESS.field, lambda _: '"title"', "evidence:field"),
    "field-that-cannot-be": (PRESS.field, lambda _: '"body"', "shape:Assertion"),
    "unknown-article": (PRESS.article, lambda _: iri(ARTICLE["none"]), "evidence:article"),
    "no-start": (PRESS.start, lambda _: "", "shape:Assertion"),
    "start-as-word": (PRESS.start, lambda _: '"fifty"', "shape:Assertion"),
    "end-before-start": (PRESS.end, number("3"), "shape:Assertion"),
    "outside-the-sentence": (PRESS.sentenceEnd, number("60"), "shape:Assertion"),
    "no-factuality": (PRESS.factuality, lambda _: "", "shape:Assertion"),
    "unknown-factuality": (PRESS.factuality, lambda _: '"maybe"', "shape:Assertion"),
    "confidence-over-one": (PRESS.confidence, lambda _: f'"1.1"^^<{XSD.decimal}>', "shape:Assertion"),
    "confidence-as-double": (PRESS.confidence, lambda _: f'"0.5"^^<{XSD.double}>', "shape:Assertion"),
    "no-extractor": (PRESS.extractor, lambda _: "", "shape:Assertion"),
    "empty-extractor": (PRESS.extractor, lambda _: '""', "shape:Assertion"),
    "other-object": (RDF.object, lambda _: iri(ID["서울"]), "evidence:support"),
    "denied": (PRESS.factuality, lambda _: '"denied"', "evidence:support"),
}


@pytest.mark.parametrize("case", EDITED)
def test_damaged_assertion_is_found(out: Path, case: str) -> None:
    predicate, change, rule = EDITED[case]
    edit_assertion(out, predicate, change, where=PLACE)
    assert rule in rules(check(out))


def test_a_denied_statement_in_the_graph(out: Path) -> None:
    add(out, iri(ID["환경부"]), PRESS.signed, iri(ID["물관리_인재양성_업무협약_2023-07-03"]))
    (finding,) = check(out).violations
    assert finding.rule == "evidence:support" and finding.message.startswith("is asserted by no words")


def test_words_without_a_statement_are_a_warning(out: Path) -> None:
    rewrite(out, lambda lines: [line for line in lines if f"<{PRESS.venue}>" not in line])
    report = check(out)
    assert report.conforms and [f.rule for f in report.warnings] == ["evidence:unused"]


def test_evidence_of_one_article_does_not_serve_another(out: Path) -> None:
    add(out, iri(FORUM), PRESS.venue, iri(ID["대전컨벤션센터"]), ARTICLE["water-week"])
    report = check(out)
    assert [f.rule for f in report.violations] == ["evidence:support"] and report.violations[0].message.endswith(
        "article/water-week"
    )


def test_offsets_count_characters_of_the_named_field(out: Path) -> None:
    """A letter outside the basic plane before the evidence moves it by one, not by two or four."""
    path = out / "articles.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    records[0]["fields"]["text"] = "💧" + records[0]["fields"]["text"][1:]
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    assert check(out).conforms
    records[0]["fields"]["text"] = "💧" + records[0]["fields"]["text"]
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    assert len([f for f in check(out).violations if f.rule == "evidence:offsets"]) == 18


@pytest.mark.parametrize("name", ["graph.nq", "graph.ttl", "evidence.ttl", "articles.jsonl"])
def test_a_missing_file_is_named(out: Path, name: str) -> None:
    (out / name).unlink()
    with pytest.raises(UsageError, match=f"holds no {name}"):
        check(out)


@pytest.mark.parametrize("name", ["graph.nq", "graph.ttl", "evidence.ttl", "articles.jsonl"])
def test_an_unreadable_file_is_named(out: Path, name: str) -> None:
    (out / name).write_text("<broken", encoding="utf-8")
    with pytest.raises(UsageError, match=name):
        check(out)


def test_the_report_as_lines_and_as_data(out: Path) -> None:
    for number_ in range(4):
        add(out, iri(FORUM), OWL.versionInfo, f'"{number_}"')
    report = check(out)
    lines = list(report.lines(limit=3))
    assert len(lines) == 5 and lines[3] == "… and 1 more violations" and lines[4].startswith("does not conform: 3 articles")
    assert json.loads(json.dumps(report.as_dict()))["violations"][0]["rule"] == "evidence:support"
    assert report.violations == tuple(sorted(report.violations))


def test_assertions_beyond_one_batch_are_all_checked(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.check._BATCH", 5)
    assert check(out).conforms
    with (out / "evidence.ttl").open("a", encoding="utf-8") as turtle:
        turtle.write(f"\n{iri(ASSERTION['lonely'])} a <{PRESS.Assertion}> .\n")
    assert rules(check(out)) == {"shape:Assertion"}


def test_speech_that_is_only_reported_conforms(tmp_path: Path) -> None:
    from kg.pipeline import build

    (tmp_path / "a.txt").write_text(
        "물 소식\n2024-05-03\n\n누리호수연구원 백아름 원장은 “물은 생명이다”라고 말한 것으로 전해졌다.\n", encoding="utf-8"
    )
    build([tmp_path / "a.txt"], tmp_path / "out", view=False)
    assert "물은 생명이다" not in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "press:Quotation" in (tmp_path / "out" / "evidence.ttl").read_text(encoding="utf-8")
    assert list(check(tmp_path / "out").violations) == []


def test_a_fresh_build_of_headlines_with_compatibility_signs_conforms(tmp_path: Path) -> None:
    from kg.pipeline import build

    rows = [
        {
            "id": "ideographs",
            "title": "\uf914\uf90a 시장, \uf9e1 국장과 숲길 포럼 참석",
            "publisher": "\uf914동일보",
            "date": "2025-03-06",
        },
        {
            "id": "decomposed",
            "title": unicodedata.normalize("NFD", "담서시, 숲길 포럼 개최"),
            "publisher": unicodedata.normalize("NFD", "담서일보"),
        },
        {"id": "signs", "title": "담서시 ㎏ ① Å \u212b \u2126 숲길 포럼", "publisher": "\u212b 신문"},
    ]
    words = "담서시(시장 한노을)는 5일 담서시청에서 ‘제3회 숲길 포럼’을 개최했다고 밝혔다. \uf914동문화재단도 참여했다."
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({**row, "text": words}) + "\n" for row in rows), encoding="utf-8")
    build([path], tmp_path / "out", view=False)
    report = check(tmp_path / "out")
    assert report.conforms and report.articles == 3, list(report.lines())
