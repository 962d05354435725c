"""What a graph says in the words of other vocabularies: nothing that the ontology does not declare, nothing that the graph does not say."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, TIME, Graph, Literal, Namespace, URIRef

import kg
from kg.errors import KnowledgeError
from kg.graph import aligned
from kg.graph.export import exported
from kg.knowledge.resources import resource
from kg.knowledge.vocab import ID, PRESS, SCHEMA, TOPICS

OA = Namespace("http://www.w3.org/ns/oa#")
TEXTS = {
    "a": ("2024-05-03", "누리호수연구원 백아름 과장은 “물은 생명이다”라고 말했다. 환경부는 5월 2일 대전에서 ‘물빛 세미나’를 ‘도시 하천의 회복’을 주제로 개최했다."),
    "b": ("2025-06-04", "누리호수연구원 백아름 원장은 “강은 기억한다”라고 말했다. 환경부는 산림청과 공동으로 6월 3일 서울에서 ‘제2회 맑은 하천 토론회’를 개최했다."),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    import json

    folder = tmp_path_factory.mktemp("aligned")
    rows = [{"id": name, "title": "물 소식", "date": day, "text": text} for name, (day, text) in TEXTS.items()]
    (folder / "a.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    kg.build([folder / "a.jsonl"], folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def both(folder: Path) -> tuple[Graph, Graph]:
    """A graph, and the same aligned."""
    [(_, text)] = exported(folder, "aligned")
    return Graph().parse(folder / "graph.ttl"), Graph().parse(data=text, format="turtle")


EVIDENCE = {
    PRESS.Assertion, PROV.Entity, PROV.Activity, PROV.Association, PROV.Plan, PROV.SoftwareAgent,
    OA.Annotation, OA.SpecificResource, OA.TextQuoteSelector, OA.TextPositionSelector,
}  # fmt: skip


def test_it_holds_the_graph_and_adds_no_thing_but_roles_posts_times_and_evidence(both: tuple[Graph, Graph]) -> None:
    plain, whole = both
    assert set(plain) <= set(whole)
    new = set(whole.subjects()) - set(plain.subjects()) - set(plain.objects())
    assert new
    kinds = {kind for one in new for kind in whole.objects(one, RDF.type)}
    assert kinds == {ORG.Role, ORG.Post, TIME.Interval, TIME.Instant} | EVIDENCE


def test_every_term_is_declared_by_the_ontology_or_listed(both: tuple[Graph, Graph]) -> None:
    plain, whole = both
    ontology = Graph().parse(resource("ontology", "press.ttl"))
    listed = {URIRef(other) for _, _, other in aligned.again()}
    nodes = {ORG[n] for n in ("role", "Role", "Post", "postIn", "heldBy", "holds", "memberDuring")}
    times = {TIME[n] for n in ("Interval", "Instant", "hasBeginning", "hasEnd", "inXSDDate")}
    made = {PROV[n] for n in ("wasGeneratedBy", "used", "wasAssociatedWith", "qualifiedAssociation", "agent", "hadPlan")}
    shown = {OA[n] for n in "hasBody hasTarget hasSource hasScope hasSelector motivatedBy exact prefix suffix start end".split()}
    used = set(whole.predicates()) | set(whole.objects(None, RDF.type))
    known = set(ontology.subjects()) | listed | nodes | times | made | shown | EVIDENCE | set(plain.predicates())
    assert used - known == {RDF.subject, RDF.predicate, RDF.object}


def test_events_have_the_names_days_and_hosts_that_search_engines_read(both: tuple[Graph, Graph]) -> None:
    plain, whole = both
    hosts = {(e, a) for p in (PRESS.hosted, PRESS.coHosted) for a, e in plain.subject_objects(p)}
    assert len(hosts) >= 3
    for event, agent in hosts:
        assert (event, SCHEMA.organizer, agent) in whole and (event, RDF.type, SCHEMA.Event) in whole
        assert whole.value(event, SCHEMA.name) == plain.value(event, SKOS.prefLabel) is not None
        assert whole.value(event, SCHEMA.startDate) == plain.value(event, PRESS.startDate) is not None
        assert whole.value(event, SCHEMA.location) is not None
        assert whole.value(agent, FOAF.name) == whole.value(agent, SCHEMA.name) is not None
    article = next(plain.subjects(RDF.type, PRESS.Article))
    assert {whole.value(article, SCHEMA[n]) is not None for n in ("headline", "datePublished", "identifier")} == {True}


def test_memberships_posts_and_times_are_those_of_org(both: tuple[Graph, Graph]) -> None:
    plain, whole = both
    for one in plain.subjects(RDF.type, PRESS.Affiliation):
        assert (one, RDF.type, ORG.Membership) in whole
        for ours, theirs in ((PRESS.member, ORG.member), (PRESS.organization, ORG.organization)):
            assert plain.value(one, ours) == whole.value(one, theirs) is not None
        assert whole.value(whole.value(one, ORG.role), SKOS.prefLabel) == Literal(str(plain.value(one, PRESS.role)), lang="ko")
    posts = list(whole.subjects(RDF.type, ORG.Post))
    (body,) = set(plain.objects(None, PRESS.heads))
    (person,) = set(plain.subjects(PRESS.heads, body))
    assert [str(post) for post in posts] == [f"{ID}누리호수연구원_원장_자리"]  # 과장 heads nothing
    assert (
        (posts[0], ORG.postIn, body) in whole
        and (posts[0], ORG.heldBy, person) in whole
        and (person, ORG.holds, posts[0]) in whole
    )
    began, ended = plain.value(None, PRESS["from"]), plain.value(None, PRESS.to)
    spans = {one: whole.value(one, ORG.memberDuring) for one in plain.subjects(RDF.type, PRESS.Affiliation)}
    for one, span in spans.items():
        for ours, theirs in ((PRESS["from"], TIME.hasBeginning), (PRESS.to, TIME.hasEnd)):
            day = plain.value(one, ours)
            assert (whole.value(whole.value(span, theirs), TIME.inXSDDate) if day else None) == day
    assert len([span for span in spans.values() if span]) == 2, (began, ended)


def test_evidence_is_made_of_its_article_by_a_rule_and_quotes_it(folder: Path, both: tuple[Graph, Graph]) -> None:
    plain, whole = both
    evidence = Graph().parse(folder / "evidence.ttl")
    nodes = set(evidence.subjects(RDF.type, PRESS.Assertion))
    assert nodes == set(whole.subjects(RDF.type, PRESS.Assertion)) == set(whole.subjects(PROV.wasGeneratedBy))
    for node in nodes:
        assert set(evidence.predicate_objects(node)) <= set(whole.predicate_objects(node))
        assert tuple(whole.value(node, RDF[part]) for part in ("subject", "predicate", "object")) in plain
        article, act = evidence.value(node, PRESS.article), whole.value(node, PROV.wasGeneratedBy)
        assert article == whole.value(node, PROV.wasDerivedFrom) == whole.value(act, PROV.used)
        [link] = whole.objects(act, PROV.qualifiedAssociation)
        assert [whole.value(link, PROV.agent)] == list(whole.objects(act, PROV.wasAssociatedWith))
        assert whole.value(whole.value(link, PROV.hadPlan), RDFS.label) == evidence.value(node, PRESS.extractor)
        selectors = list(whole.objects(whole.value(node, OA.hasTarget), OA.hasSelector))
        assert {str(o) for one in selectors for o in whole.objects(one, OA.exact)} == {str(evidence.value(node, PRESS.evidence))}
        assert [int(whole.value(one, OA.start)) for one in selectors if (one, OA.start, None) in whole] == [
            int(evidence.value(node, PRESS.start))
        ]


def test_what_articles_deny_brings_its_evidence_along_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "물 소식\n2024-05-03\n\n누리호수연구원은 5월 2일 대전에서 ‘물빛 세미나’를 개최하지 않았다.\n환경부는 산림청과 함께 5월 1일 ‘숲길 포럼’을 개최했다.\n",
        encoding="utf-8",
    )
    kg.build([tmp_path / "a.txt"], tmp_path / "out")
    told = []
    for asked in ((), ("denied",)):
        [(_, text)] = exported(tmp_path / "out", "aligned", asked)
        whole = Graph().parse(data=text, format="turtle")
        told.append({str(o) for o in whole.objects(None, PRESS.factuality)})
        for node in whole.subjects(RDF.type, PRESS.Assertion):
            assert tuple(whole.value(node, RDF[part]) for part in ("subject", "predicate", "object")) in whole
    assert told == [{"asserted"}, {"asserted", "denied"}]


def test_speech_is_attributed_and_topics_stand_in_their_scheme(both: tuple[Graph, Graph]) -> None:
    plain, whole = both
    for person, words in plain.subject_objects(PRESS.said):
        assert (words, PROV.wasAttributedTo, person) in whole and (words, SCHEMA.creator, person) in whole
    topics = set(plain.subjects(RDF.type, PRESS.Topic))
    assert topics and set(plain.subjects(SKOS.inScheme, TOPICS)) == topics
    ontology = Graph().parse(resource("ontology", "press.ttl"))
    assert (TOPICS, RDF.type, SKOS.ConceptScheme) in ontology and (TOPICS, None, None) not in plain  # it is no thing of the graph
    assert (next(iter(topics)), RDF.type, SKOS.Concept) in whole


def test_a_slip_in_the_list_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, why in (
        ('[Nobody]\n"skos:prefLabel" = ["schema:name"]\n', "Nobody"),
        ('[any]\n"skos:prefLabel" = ["shema:name"]\n', "shema"),
    ):
        (tmp_path / "alignment.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(aligned, "resource", lambda *parts: tmp_path / parts[-1])
        with pytest.raises(KnowledgeError, match=why):
            aligned.again.__wrapped__()


def test_tools_are_not_told_what_only_the_ontology_says() -> None:
    """Inverses for inference alone are not written, and neither are OWL's and RDFS's own terms."""
    for term, others in aligned.outer().items():
        for other, _ in others:
            assert not other.startswith((str(PRESS._NS), str(RDF), str(RDFS), str(OWL))), term
