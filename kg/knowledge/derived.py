"""What follows from ``ontology/press.ttl``: the JSON-LD context, the frame of trees, and the shapes of what a property links.

``python -m kg.knowledge.derived`` writes them into ``ontology/``: the whole context and frame, the end of ``shapes.ttl`` behind a mark, and the
end of ``press.ttl`` itself between two.
A test holds both current. Shapes that say more than domain and range are written by hand above the mark.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from kg.knowledge.declared import ontology_text
from kg.knowledge.resources import resource
from kg.knowledge.schema import Property, Schema, schema
from kg.knowledge.vocab import PREFIXES

MARK = "# Below: from press.ttl, by python -m kg.knowledge.derived. Write shapes by hand above this line.\n"
_OPEN = ("id", "article", "assertion")  # prefixes of things, not of terms; of these only id: stands in the context
# Terms of other vocabularies that graphs use.
_BORROWED: Mapping[str, object] = {
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"}, "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "label": {"@id": "rdfs:label", "@container": "@language"}, "title": {"@id": "dcterms:title", "@container": "@language"},
    "identifier": "dcterms:identifier", "issued": {"@id": "dcterms:issued", "@type": "xsd:date"}, "modified": {"@id": "dcterms:modified", "@type": "xsd:date"},
    "publisher": "dcterms:publisher",
    "source": {"@id": "dcterms:source", "@type": "@id"}, "sameAs": {"@id": "owl:sameAs", "@type": "@id"},
    "subject": {"@id": "rdf:subject", "@type": "@id"}, "predicate": {"@id": "rdf:predicate", "@type": "@id"},
    "object": {"@id": "rdf:object", "@type": "@id"}, "inScheme": {"@id": "skos:inScheme", "@type": "@id"},
    "affiliations": {"@reverse": "press:member", "@type": "@id"},
}  # fmt: skip


def context(known: Schema) -> dict[str, object]:
    """The JSON-LD context: prefixes, every term of the ontology with what its values are, and the borrowed terms.

    >>> context(schema())["venue"], context(schema())["edition"], context(schema())["mode"]
    ({'@id': 'press:venue', '@type': '@id'}, {'@id': 'press:edition', '@type': 'xsd:integer'}, 'press:mode')
    """
    prefixes = {"press": PREFIXES["press"], "id": PREFIXES["id"]} | {
        p: base for p, base in PREFIXES.items() if p not in (*_OPEN, "press")
    }
    classes = {name: f"press:{name}" for name in sorted(known.ancestors)}
    properties = {name: _coerced(name, known.properties[name]) for name in sorted(known.properties)}
    return {"@version": 1.1, **prefixes, **classes, **properties, **_BORROWED}


def _coerced(name: str, found: Property) -> object:
    datatype = next(iter(found.range), "") if len(found.range) == 1 else ""
    if not found.literal:
        return {"@id": f"press:{name}", "@type": "@id"}
    plain = datatype == "xsd:string" or not datatype.startswith("xsd:")
    return f"press:{name}" if plain else {"@id": f"press:{name}", "@type": datatype}


def context_text(known: Schema) -> str:
    """``ontology/context.jsonld``: one term a line."""
    rows = ",\n".join(f"    {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in context(known).items())
    return f'{{\n  "@context": {{\n{rows}\n  }}\n}}\n'


def frame(known: Schema) -> dict[str, object]:
    """The frame of the trees: an article, beneath it what it mentions, beneath people their affiliations, and all else by name.

    >>> frame(schema())["mentions"]["hosted"]
    {'@embed': '@never', '@omitDefault': True}
    """
    by_name = {"@embed": "@never", "@omitDefault": True}
    links = {name: by_name for name, found in sorted(known.properties.items()) if not found.literal and name != "mentions"}
    beneath = {"@type": {}, "@embed": "@always", "@omitDefault": True}
    affiliations = {**beneath, "@type": "Affiliation", "member": by_name, "organization": by_name}
    return {"@type": "Article", "@omitDefault": True, "mentions": {**beneath, **links, "affiliations": affiliations}}


def frame_text(known: Schema) -> str:
    """``ontology/frame.jsonld``: the context and the frame, so that a reader needs no other file."""
    rows = json.dumps(frame(known), ensure_ascii=False, indent=2)[2:]
    return context_text(known).rstrip()[:-2].rstrip() + f",\n{rows}\n"


def shapes(known: Schema, by_hand: str) -> Iterator[str]:
    """A shape for the domain and the range of each property that has none written by hand, evidence aside (shape:Assertion)."""
    told = set(re.findall(r"^shape:(\w+) a sh:NodeShape", by_hand, re.M))
    for name, found in sorted(known.properties.items()):
        shape = name[0].upper() + name[1:]
        subject, value = _domain(name, found, known), _datatype(name, found, known) or _class(name, found, known)
        if shape not in told and "Assertion" not in found.domain and (subject or value):
            own = " ;\n".join(part for part in (f"    sh:targetSubjectsOf press:{name}", subject, value) if part)
            yield f"shape:{shape} a sh:NodeShape ;\n{own} .\n"


def _domain(name: str, found: Property, known: Schema) -> str:
    classes = sorted(found.domain & known.ancestors.keys())
    return f"    {_any(classes)} ;\n    sh:message {_refusal(name, classes, known, 'subject')}" if classes else ""


def _class(name: str, found: Property, known: Schema) -> str:
    classes = sorted(found.range & known.ancestors.keys())
    return _property(name, _any(classes), _refusal(name, classes, known, "object")) if classes else ""


def _datatype(name: str, found: Property, known: Schema) -> str:
    types = sorted(t for t in found.range if t.startswith("xsd:"))
    if not types:
        return ""
    label, listed = known.labels[name].get("ko", name), ", ".join(types)
    message = f'"{label}(press:{name})의 값은 {listed} 형식이 아니다"@ko, "the value of press:{name} is no {listed}"@en'
    return _property(name, _any(types, "sh:datatype", ""), message)


def _property(name: str, constraint: str, message: str) -> str:
    return f"    sh:property [\n        sh:path press:{name} ; {constraint} ;\n        sh:message {message} ]"


def _any(names: Iterable[str], key: str = "sh:class", prefix: str = "press:") -> str:
    """A constraint to one class or datatype, or to one of several."""
    each = [f"{key} {prefix}{name}" for name in names]
    return each[0] if len(each) == 1 else f"sh:or ( {' '.join(f'[ {one} ]' for one in each)} )"


def _refusal(name: str, classes: Iterable[str], known: Schema, side: str) -> str:
    """What is said where the subject or the object is of none of some classes, in both languages."""
    classes = list(classes)
    labels = [known.labels[c].get("ko", c) for c in classes]
    part = {"subject": "주어", "object": "목적어"}[side]
    wanted = with_subject_particle(" 또는 ".join(labels))
    korean = f"{known.labels[name].get('ko', name)}(press:{name})의 {part}는 {wanted} 아니다"
    english = f"the {side} of press:{name} is no {' or '.join(f'press:{c}' for c in classes)}"
    return f'"{korean}"@ko, "{english}"@en'


def with_subject_particle(word: str) -> str:
    """A word with 이 behind a final consonant, else with 가.

    >>> with_subject_particle("사람"), with_subject_particle("행사")
    ('사람이', '행사가')
    """
    closed = "가" <= word[-1] <= "힣" and (ord(word[-1]) - ord("가")) % 28
    return word + ("이" if closed else "가")


def shapes_text(known: Schema, text: str) -> str:
    """``ontology/shapes.ttl`` with what is below the mark written again."""
    by_hand = text.partition(MARK)[0].rstrip("\n")
    return f"{by_hand}\n\n{MARK}\n" + "\n".join(shapes(known, by_hand))


def files() -> dict[str, str]:
    """What the files in ``ontology/`` should hold, by name."""
    return {
        "context.jsonld": context_text(schema()),
        "frame.jsonld": frame_text(schema()),
        "press.ttl": ontology_text(resource("ontology", "press.ttl").read_text(encoding="utf-8")),
        "shapes.ttl": shapes_text(schema(), resource("ontology", "shapes.ttl").read_text(encoding="utf-8")),
    }


def main() -> None:
    """Write the files."""
    for name, text in files().items():
        resource("ontology", name).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
