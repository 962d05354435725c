"""What the words of a user mean in the graph of a folder: things by any of their names, properties by theirs."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph.store import compact, load_store, to_rdflib
from kg.graph.terms import value_of
from kg.knowledge.tables import load as gazetteer
from kg.knowledge.vocab import EVIDENCE_GRAPH, ID, PREFIXES, PRESS, korean_labels

_LABEL = PREFIXES["skos"] + "prefLabel"
_ALT = PREFIXES["skos"] + "altLabel"
_REPLACED = PREFIXES["dcterms"] + "isReplacedBy"
_EVIDENCE = ox.NamedNode(str(EVIDENCE_GRAPH))
_CUTS = re.compile(r"\s*[|—–→]\s*")
_SPACES = re.compile(r"[\s·ㆍ‧・･'’‘\"“”「」『』]+")


def plain(name: str) -> str:
    """A name as names are compared: without white space, middle dots and quotation marks, in small letters.

    >>> plain("환경·에너지 ‘포럼’")
    '환경에너지포럼'
    """
    return _SPACES.sub("", name).lower()


class Naming:
    """A folder's graph with its evidence, and what merged in it."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.store = load_store(out, evidence=True)

    @cached_property
    def identity(self) -> Mapping[str, dict]:
        """What merged, by the IRI of the thing."""
        path = self.out / "identity.jsonl"
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line] if path.is_file() else []
        return {row["iri"]: row for row in rows}

    def objects(self, subject: str, predicate: str) -> list[Any]:
        found = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, ox.DefaultGraph())
        return sorted((quad.object for quad in found), key=str)

    def label(self, term: Any) -> str:
        """A thing by its name, anything else by its words."""
        if not isinstance(term, ox.NamedNode):
            return term.value
        labels = self.objects(term.value, _LABEL) or [
            q.object for q in self.store.quads_for_pattern(term, ox.NamedNode(_LABEL), None, _EVIDENCE)
        ]
        return labels[0].value if labels else compact(to_rdflib(term))

    def split(self, text: str) -> tuple[str, ...]:
        """One string as a name or as the three parts of a statement."""
        if text.startswith(("http://", "https://")) and " " not in text:
            return (text,)
        parts = [p.strip() for p in _CUTS.split(text)]
        if len(parts) == 3 and all(parts):
            return tuple(parts)
        words = text.split()
        if len(words) >= 3 and not self.find(text):
            for i in range(1, len(words) - 1):
                if self.properties(words[i]):
                    return " ".join(words[:i]), words[i], " ".join(words[i + 1 :])
        return (text,)

    def find(self, name: str) -> list[str]:
        """IRIs of the things that a name means, those with most statements first; by IRI, label, another or a known name."""
        for iri in self._iris(name):
            seen = set()
            while iri not in seen and (newer := self.objects(iri, _REPLACED)):
                seen.add(iri)
                iri = newer[0].value
            if any(True for _ in self.store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())):
                return [iri]
        known = (form for entry in gazetteer().by_name(name) for form in entry.forms)
        return self._called(name) or next((found for form in known if (found := self._called(form))), []) or self._merged(name)

    def _merged(self, name: str) -> list[str]:
        """IRIs of the things into which something of a name has merged."""
        wanted = plain(name)
        return [iri for iri, row in self.identity.items() if any(plain(member["name"]) == wanted for member in row["members"])]

    def _called(self, name: str) -> list[str]:
        """IRIs of the things that bear a name in the graph."""
        wanted = plain(name)
        found: dict[str, float] = {}
        for rank, predicate in enumerate((_LABEL, _ALT)):
            for quad in chain(
                *(
                    self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph)
                    for graph in (ox.DefaultGraph(), _EVIDENCE)
                )
            ):
                if plain(value_of(quad.object)) == wanted:
                    best = rank if value_of(quad.object) == name else rank + 0.5
                    found[value_of(quad.subject)] = min(found.get(value_of(quad.subject), 9), best)
        weight = {iri: sum(1 for _ in self.store.quads_for_pattern(None, None, ox.NamedNode(iri), _EVIDENCE)) for iri in found}
        return sorted(found, key=lambda iri: (int(found[iri]), -weight[iri], found[iri], iri))

    def _iris(self, name: str) -> list[str]:
        prefix, colon, local = name.partition(":")
        if name.startswith(("http://", "https://", "<http")):
            return [name.strip("<>")]
        if colon and prefix in PREFIXES:
            return [PREFIXES[prefix] + local]
        return [str(ID) + name] if " " not in name and "_" in name else []

    def properties(self, word: str) -> list[str]:
        """IRIs of the properties that a word means."""
        local = word.removeprefix("press:")
        if local == "altLabel" or word == "skos:altLabel":
            return [_ALT]
        if word.startswith("http"):
            return [word]
        prefix, colon, rest = word.partition(":")
        if colon and prefix in PREFIXES and prefix != "press":
            return [PREFIXES[prefix] + rest]
        base = str(PRESS._NS)
        named = [iri for iri, label in korean_labels().items() if iri == base + local or label == word]
        return sorted(iri for iri in named if iri.removeprefix(base)[:1].islower())

    def near(self, name: str) -> str:
        """Names of the graph that are close to one that it does not know."""
        named = self.store.quads_for_pattern(None, ox.NamedNode(_LABEL), None, ox.DefaultGraph())
        labels = sorted({value_of(quad.object) for quad in named})
        close = [label for label in labels if plain(name) and plain(name) in plain(label)][:5]
        close = close or difflib.get_close_matches(name, labels, n=3, cutoff=0.6)
        return f"; did you mean {', '.join(close)}?" if close else ""

    def known_properties(self) -> list[str]:
        base = str(PRESS._NS)
        names = (iri.removeprefix(base) for iri in korean_labels() if iri.startswith(base))
        return sorted(name for name in names if name[:1].islower())
