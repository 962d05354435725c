"""Evidence in the words of PROV: each assertion is an entity that the application of a rule to an article has made of that article.

An activity is one rule on one article, done by PressKG with the rule as its plan, so that graphs of the same article agree on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.graph.apart import assertions, quoted
from kg.graph.mint import rule_iri
from kg.knowledge.vocab import PREFIXES, SOFTWARE
from kg.model import FACTUALITY, STATED

if TYPE_CHECKING:
    import pyoxigraph


def evidenced(out: Path | str, factuality: Collection[str] = ()) -> Iterator[pyoxigraph.Triple]:
    """The assertions of what articles state, and of more factualities where asked: as they are written, as Web Annotations, as PROV."""
    import pyoxigraph as ox

    wanted = set(FACTUALITY) if "all" in factuality else STATED | set(factuality)
    found = [(node, said) for node, said in assertions(out) if said["factuality"].value in wanted]
    for node, said in found:
        for name, value in said.items():
            space = "rdf" if name in ("type", "subject", "predicate", "object") else "press"
            yield ox.Triple(node, ox.NamedNode(PREFIXES[space] + name), value)
        for subject, predicate, object_ in _made(node, said):
            yield ox.Triple(subject, ox.NamedNode(predicate), object_)
    yield from quoted(out, found)


def _made(node: Any, said: dict[str, Any]) -> Iterator[tuple[Any, str, Any]]:
    """By which rule an assertion was made; what it was made of follows from ``press:article``."""
    import pyoxigraph as ox

    prov, a, iri = PREFIXES["prov"], PREFIXES["rdf"] + "type", ox.NamedNode
    rule = iri(rule_iri(said["extractor"].value))
    act = iri(f"{said['article'].value}#rule-{rule.value.rpartition('/')[2]}")
    link, tool = iri(f"{act.value}-by"), iri(SOFTWARE)
    yield node, prov + "wasGeneratedBy", act
    yield act, a, iri(prov + "Activity")
    yield act, prov + "used", said["article"]
    yield act, prov + "wasAssociatedWith", tool
    yield act, prov + "qualifiedAssociation", link
    yield link, a, iri(prov + "Association")
    yield link, prov + "agent", tool
    yield link, prov + "hadPlan", rule
    yield rule, a, iri(prov + "Plan")
    yield rule, PREFIXES["rdfs"] + "label", said["extractor"]
    yield tool, a, iri(prov + "SoftwareAgent")
