"""Why something is in a graph: the rules and the words behind a thing or a statement, and what was considered and rejected.

``explain(out, "환경부")`` explains a thing, ``explain(out, "환경부", "hosted", "포럼")`` a statement.
Only the files of the folder are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.ask.explanation import Explanation, Member, Place, Rejected, Statement, Support
from kg.ask.naming import Naming, plain
from kg.errors import UsageError
from kg.graph.store import articles, built, compact, to_rdflib
from kg.graph.terms import triple_of, value_of
from kg.knowledge.schema import schema
from kg.knowledge.vocab import ENTAILED_GRAPH, EVIDENCE_GRAPH, PREFIXES, PRESS, korean_labels
from kg.read.contacts import shown

if TYPE_CHECKING:
    from kg.graph.terms import Term

_LABEL = PREFIXES["skos"] + "prefLabel"
_ALT = PREFIXES["skos"] + "altLabel"
_TYPE = PREFIXES["rdf"] + "type"
_NAMING = frozenset({_LABEL, _TYPE, PREFIXES["rdfs"] + "label", str(PRESS.mentions)})
_EVIDENCE = ox.NamedNode(str(EVIDENCE_GRAPH))


def explain(out: Path | str, *words: str) -> Explanation:
    """Why a thing or a statement is in the graph of a folder that ``kg build`` made.

    One word names a thing: its label, another name of it, its IRI, ``id:…`` or the local name. Three words are a statement, and so
    is one string with ``|``, ``—`` or ``→`` between them, or with the name of a property in its middle; the relation is a property's
    name (``hosted``, ``press:hosted``, 개최), the object a thing or a value. Raises UsageError for what the graph does not know.
    """
    parts = tuple(w.strip() for w in words if w.strip())
    reader = _Reader(Path(out))
    if len(parts) == 1:
        parts = reader.split(parts[0])
    if len(parts) == 1:
        return reader.thing(parts[0])
    if len(parts) == 3:
        return reader.statement(*parts)
    raise UsageError(f"{' | '.join(words)!r} is neither a thing nor a statement; write a name, or SUBJECT PROPERTY OBJECT")


class _Reader(Naming):
    """A folder's files, loaded as far as a question needs them."""

    @cached_property
    def records(self) -> Mapping[str, dict]:
        """The articles by IRI."""
        return {record["iri"]: shown(record) for record in articles(self.out)}

    @cached_property
    def by_identifier(self) -> Mapping[str, dict]:
        return {record["id"]: record for record in self.records.values()}

    def thing(self, name: str) -> Explanation:
        found = self.find(name)
        if not found:
            raise UsageError(f"{self.out}: nothing is called {name!r}{self.near(name)}")
        iri, *others = found
        statements = self._statements(iri)
        identity = self.identity.get(iri, {})
        classes = tuple(
            korean_labels().get(t.value, compact(to_rdflib(t)))
            for t in self.objects(iri, _TYPE)
            if not self._follows(ox.Triple(ox.NamedNode(iri), ox.NamedNode(_TYPE), t))
        )
        members = tuple(
            Member(name=m["name"], iri=m["iri"], articles=tuple(m["articles"]), reasons=tuple(m["reasons"]))
            for m in identity.get("members", ())
        )
        possibly = tuple((p["iri"], p["name"], tuple(p["reasons"])) for p in identity.get("possibly", ()))
        heading = self.label(ox.NamedNode(iri))
        names = tuple(dict.fromkeys(o.value for o in self.objects(iri, _ALT)))
        return Explanation(
            kind="thing",
            heading=heading,
            iri=iri,
            classes=classes,
            names=names,
            statements=statements,
            members=members,
            possibly=possibly,
            others=tuple(others),
            rejected=self._rejected([{heading, *names, *(m.name for m in members)}]),
        )

    def statement(self, subject: str, relation: str, object_: str) -> Explanation:
        predicates = self.properties(relation)
        if not predicates:
            raise UsageError(f"{relation!r} is no property; allowed: {', '.join(self.known_properties())}")
        subjects = self.find(subject)
        if not subjects:
            raise UsageError(f"{self.out}: nothing is called {subject!r}{self.near(subject)}")
        things = set(self.find(object_))
        below = predicates + [
            str(PRESS[name])
            for name, known in schema().properties.items()
            if any(str(PRESS[parent]) in predicates for parent in known.parents)
        ]
        every = [s for iri in subjects for s in self._statements(iri) if s.subject == iri and s.predicate in below]
        statements = tuple(s for s in every if s.object in things or plain(s.object) == plain(object_))
        shown = korean_labels().get(predicates[0], relation)
        rejected = self._rejected([self._names(subjects, subject), self._names(things, object_)])
        return Explanation(
            kind="statement",
            heading=f"{subject} — {shown} → {object_}",
            iri=None,
            classes=(),
            names=(),
            statements=statements,
            members=(),
            possibly=(),
            rejected=rejected,
            others=(),
        )

    def _names(self, iris: Iterable[str], given: str) -> set[str]:
        """Every name of things, as articles may write them."""
        names = {given}
        for iri in iris:
            names |= {self.label(ox.NamedNode(iri)), *(o.value for o in self.objects(iri, _ALT))}
            names |= {member["name"] for member in self.identity.get(iri, {}).get("members", ())}
        return names

    def _statements(self, iri: str) -> tuple[Statement, ...]:
        """Statements with a thing as subject, then as object."""
        rdf = PREFIXES["rdf"]
        supports: dict[ox.Triple, list[Support]] = {}
        for role in ("subject", "object"):
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(rdf + role), ox.NamedNode(iri), _EVIDENCE):
                one = {q.predicate.value: q.object for q in self.store.quads_for_pattern(quad.subject, None, None, _EVIDENCE)}
                said = triple_of(*(one[rdf + part] for part in ("subject", "predicate", "object")))
                supports.setdefault(said, []).append(self._support(one))
        thing = ox.NamedNode(iri)
        for subject, object_ in ((thing, None), (None, thing)):  # what no article says: gazetteer links, what was worked out
            for quad in self.store.quads_for_pattern(subject, None, object_, ox.DefaultGraph()):
                if quad.predicate.value not in _NAMING and not self._follows(quad.triple):
                    supports.setdefault(quad.triple, [])
        statements = [self._statement(said, found) for said, found in supports.items()]
        return tuple(sorted(statements, key=lambda s: (s.subject != iri, not s.supports, s.predicate, s.object, s.subject)))

    def _follows(self, said: ox.Triple) -> bool:
        """Whether a statement is none of an article's but follows from a more exact one, which is explained in its place."""
        return ox.Quad(said.subject, said.predicate, said.object, ox.NamedNode(str(ENTAILED_GRAPH))) in self.store

    def _statement(self, said: ox.Triple, supports: list[Support]) -> Statement:
        s, p, o = said.subject, said.predicate, said.object
        stated = any(True for _ in self.store.quads_for_pattern(s, p, o, ox.DefaultGraph()))
        short = compact(to_rdflib(p))
        shown = f"{self.label(s)} — {korean_labels().get(p.value, short)} ({short}) → {self.label(o)}"
        ordered = sorted(set(supports), key=lambda x: (x.place.article, x.place.field, x.place.start, x.place.end, x.rule))
        return Statement(
            subject=value_of(s), predicate=p.value, object=value_of(o), shown=shown, stated=stated, supports=tuple(ordered)
        )

    def _support(self, one: Mapping[str, Term]) -> Support:
        def value(term: object, default: str = "") -> str:
            return value_of(one[str(term)]) if str(term) in one else default

        record = self.records.get(value(PRESS.article), {"id": value(PRESS.article), "title": "", "date": None, "fields": {}})
        start, end = int(value(PRESS.start)), int(value(PRESS.end))
        around = int(value(PRESS.sentenceStart, str(start))), int(value(PRESS.sentenceEnd, str(end)))
        return Support(
            rule=value(PRESS.extractor),
            confidence=float(value(PRESS.confidence, "1")),
            status=value(PRESS.factuality, "asserted"),
            source=value(PRESS.reportedBy),
            recovered=value(PRESS.recovered) == "true",
            place=_place(record, value(PRESS.field), start, end, around),
        )

    def _rejected(self, names: Sequence[set[str]]) -> tuple[Rejected, ...]:
        """What was rejected within sentences that speak of the thing (for a statement: of both ends of it)."""
        path = built(self.out, "rejected.jsonl")
        sides = [tuple(n for n in side if n) for side in names]
        found = []
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                record = self.by_identifier.get(row["article"])
                if record is None:
                    continue
                around = _sentence(record["fields"].get(row["field"], ""), row["start"], row["end"])
                words = record["fields"].get(row["field"], "")[around[0] : around[1]]
                if all(any(name in words for name in side) for side in sides):
                    place = _place(record, row["field"], row["start"], row["end"], around)
                    found.append(Rejected(rule=row["rule"], reason=row["reason"], place=place))
        return tuple(dict.fromkeys(found))


def _place(record: Mapping, field: str, start: int, end: int, around: tuple[int, int]) -> Place:
    text = record["fields"].get(field, "")
    low, high = min(around[0], start), max(around[1], end)
    return Place(
        article=record["id"],
        title=record["title"],
        date=record["date"],
        field=field,
        start=start,
        end=end,
        before=text[low:start],
        words=text[start:end],
        after=text[end:high],
    )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a stretch, by full stops and line ends: good enough to read it by."""
    low = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start) + 1) + 1
    stops = [i for i in (text.find("\n", end), text.find(". ", end - 1)) if i >= 0]
    return low, min(min(stops) + 1 if stops else len(text), len(text))
