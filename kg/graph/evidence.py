"""``evidence.ttl``: each stretch of words that says a statement, as a block of Turtle of its own.

There are more assertions than anything else in a folder, and all are of one shape: a block is that shape with its values put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from kg.graph import rdf
from kg.graph.mint import article_iri, assertion_iri, mint
from kg.graph.turtle import blocks, header, texts_of
from kg.knowledge.vocab import ASSERTION, PREFIXES
from kg.model import Article, Evidence, Fact

_PART = 2_000  # assertions that are written at a time
_ALWAYS = "article confidence end evidence extractor factuality field sentenceEnd sentenceStart start"
Statement = tuple[str, str, str]  # subject, predicate and object, as N-Triples writes them


def evidence(facts: Iterable[Fact], articles: Mapping[str, Article]) -> Iterator[str]:
    """The assertions by their IRIs, a part at a time; then the things that only they know."""
    facts = tuple(facts)
    found: dict[str, tuple[Statement, Evidence]] = {}
    for fact in facts:
        subject, predicate, object_ = mint(fact.subject), rdf.predicate(fact.relation), rdf.object_term(fact)
        statement = (f"<{subject}>", f"<{predicate}>", object_)
        for e in fact.evidence:
            found[assertion_iri(subject, predicate, object_, e)] = statement, e
    known: dict[str, str] = {}
    bare = rdf.described(facts)
    yield from header()
    names = iter(sorted(found))
    while part := [(iri, *found[iri]) for iri in islice(names, _PART)]:
        yield from _written(part, articles, known)
    yield from blocks((bare[iri] for iri in sorted(bare)), known)


def _written(
    part: list[tuple[str, Statement, Evidence]], articles: Mapping[str, Article], known: dict[str, str]
) -> Iterator[str]:
    """The blocks of some assertions."""
    papers = {e.article: f"<{article_iri(e.article)}>" for _, _, e in part}
    texts = texts_of([*papers.values(), *(term for _, statement, _ in part for term in statement)], known)
    for iri, (subject, predicate, object_), e in part:
        yield _shape(e.recovered, bool(e.source)) % {
            "iri": iri[len(ASSERTION) :],
            "article": texts[papers[e.article]],
            "confidence": f"{e.confidence:.3f}",
            "end": e.span.end,
            "evidence": rdf.literal(articles[e.article].raw(e.span)),
            "extractor": rdf.word(e.rule),
            "factuality": rdf.word(e.status),
            "field": rdf.word(e.span.field),
            "recovered": "true",
            "reportedBy": rdf.words(e.source) if e.source else "",
            "sentenceEnd": e.sentence.end,
            "sentenceStart": e.sentence.start,
            "start": e.span.start,
            "object": texts[object_],
            "predicate": texts[predicate],
            "subject": texts[subject],
        }


@lru_cache(maxsize=4)
def _shape(recovered: bool, reported: bool) -> str:
    """The block of an assertion without its values: the type first, then by predicate.

    >>> _shape(False, False).startswith("\\nassertion:%(iri)s a press:Assertion ;\\n\\trdf:object %(object)s ;")
    True
    """
    ours = [*_ALWAYS.split(), *["recovered"] * recovered, *["reportedBy"] * reported]
    names = {"press": ours, "rdf": ["object", "predicate", "subject"]}
    rows = sorted((PREFIXES[prefix] + name, f"{prefix}:{name} %({name})s") for prefix, some in names.items() for name in some)
    return "\nassertion:%(iri)s " + " ;\n\t".join(["a press:Assertion", *(row for _, row in rows)]) + " .\n"
