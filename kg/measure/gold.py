"""Both sides of the measure: the gold facts of articles, and what is scored of a graph, in terms that can be compared."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import DCTERMS, RDF, RDFS, SKOS

from kg.errors import UsageError
from kg.knowledge.vocab import PRESS

if TYPE_CHECKING:
    import pyoxigraph as ox

# A statement is (subject, property, object): nodes are ``Node``, gold entities their keys, values plain text.
Statement = tuple[str, str, str]

PARENTS = {"coHosted": "hosted", "chaired": "participatedIn", "heads": "affiliatedWith"}
DATES = frozenset({"startDate", "endDate"})
NUMBERS = frozenset({"edition", "attendeeCount", "memberCountryCount", "memberOrganizationCount"})
LITERALS = DATES | NUMBERS | {"jobTitle", "mode", "foundingYear"}
LINKS = frozenset(
    {
        "hosted",
        "coHosted",
        "organized",
        "sponsored",
        "signed",
        "participatedIn",
        "chaired",
        "presented",
        "presentedAt",
        "affiliatedWith",
        "heads",
        "said",
        "venue",
        "city",
        "topic",
        "partOf",
        "foundedBy",
        "foundedIn",
    }
)
FAMILIES = {
    "Event": "Event Seminar Forum Conference Meeting Briefing Training Ceremony Exhibition Competition Campaign Agreement",
    "Organization": "Organization GovernmentBody LocalGovernment PublicInstitution InternationalOrganization University "
    "ResearchInstitute Company Association PoliticalParty Legislature Club School Media OrganizationalUnit",
    "Place": "Place City Region Venue",
    **{name: name for name in ("Person", "Country", "Presentation", "Case", "Quotation", "Topic", "System")},
}
FAMILY = {str(PRESS[name]): family for family, names in FAMILIES.items() for name in names.split()}
PROPERTY = {str(PRESS[name]): name for name in LITERALS | LINKS}
_TYPE, _IDENTIFIER, _ALIAS = str(RDF.type), str(DCTERMS.identifier), str(SKOS.altLabel)
_NAMES = frozenset({str(SKOS.prefLabel), _ALIAS, str(RDFS.label), str(PRESS.text)})


class Node(str):
    """The IRI of a thing in the graph, told from a gold key or a value that looks alike."""

    __slots__ = ()


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """Letters and digits only, in lower case, so that spacing, quotation marks and brackets do not matter.

    >>> plain("‘제3회 맑은물 포럼’(ＫＩＳＡ)")
    '제3회맑은물포럼kisa'
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())


def value(property_: str, text: object) -> str:
    """A literal as it is compared: a day, a year, digits, or plain letters.

    >>> value("startDate", "2023-05-11T10:00:00"), value("attendeeCount", "1,200여 명"), value("jobTitle", "상무 이사")
    ('2023-05-11', '1200', '상무이사')
    """
    text = str(text)
    if property_ in DATES:
        return text[:10]
    if property_ == "foundingYear":
        return text[:4]
    return re.sub(r"\D", "", text) if property_ in NUMBERS else plain(text)


def implied(statements: Iterable[Statement]) -> frozenset[Statement]:
    """The statements with what their sub-properties imply.

    >>> sorted(implied([("o1", "coHosted", "e1")]))
    [('o1', 'coHosted', 'e1'), ('o1', 'hosted', 'e1')]
    """
    said = frozenset(statements)
    return said | {(s, PARENTS[p], o) for s, p, o in said if p in PARENTS}


@dataclass(frozen=True, kw_only=True)
class Scored:
    """What the measure needs of a graph: names and families of things, and each article's scored statements."""

    names: Mapping[str, frozenset[str]]
    aliases: Mapping[tuple[str, str], frozenset[str]]  # other names by article and thing: each article answers for its own
    families: Mapping[str, frozenset[str]]
    articles: Mapping[str, frozenset[Statement]]  # by dcterms:identifier
    iris: Mapping[str, str]  # the articles' IRIs, by dcterms:identifier


def read_gold(path: Path) -> Iterator[dict]:
    """The records of a gold file, one article each."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            missing = [key for key in ("id", "entities", "facts", "optional") if key not in record]
        except (ValueError, TypeError, RecursionError) as error:
            raise UsageError(f"{path}: line {number}: is not a JSON object: {error}") from error
        if missing:
            raise UsageError(f"{path}: line {number}: lacks {', '.join(missing)}")
        yield record


def read_graph(path: Path) -> Scored:
    """What is scored in a built folder, an N-Quads or a TriG file."""
    import pyoxigraph as ox

    names: dict[str, set[str]] = defaultdict(set)
    aliases: dict[tuple[str, str], set[str]] = defaultdict(set)
    families: dict[str, set[str]] = defaultdict(set)
    identifiers: dict[str, Node] = {}
    said: dict[str, set[Statement]] = defaultdict(set)
    for quad in _quads(path):
        subject, predicate = Node(quad.subject.value), quad.predicate.value
        if predicate in _NAMES:
            names[subject].add(plain(quad.object.value))
            if predicate == _ALIAS:
                article = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
                aliases[article, subject].add(plain(quad.object.value))
        elif predicate == _TYPE:
            if quad.object.value in FAMILY:
                families[subject].add(FAMILY[quad.object.value])
        elif predicate == _IDENTIFIER:
            identifiers[quad.object.value] = min(subject, identifiers.get(quad.object.value, subject))
        elif predicate in PROPERTY and isinstance(quad.graph_name, ox.NamedNode):
            name = PROPERTY[predicate]
            if name in LITERALS and isinstance(quad.object, ox.Literal):
                said[quad.graph_name.value].add((subject, name, value(name, quad.object.value)))
            elif name in LINKS and isinstance(quad.object, ox.NamedNode):
                said[quad.graph_name.value].add((subject, name, Node(quad.object.value)))
    return Scored(
        names={k: frozenset(v) for k, v in names.items()},
        aliases={k: frozenset(v) for k, v in aliases.items()},
        families={k: frozenset(v) for k, v in families.items()},
        articles={key: implied(said.get(iri, ())) for key, iri in identifiers.items()},
        iris=dict(identifiers),
    )


def _quads(path: Path) -> Iterator:
    """The quads of a built folder's ``graph.nq`` or of a file."""
    import pyoxigraph as ox

    from kg.graph.store import quads

    if path.is_dir():
        return quads(path)
    forms = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}
    if path.suffix not in forms:
        raise UsageError(
            f"{path}: {path.suffix or 'a name without suffix'!r} is not known; allowed: a built folder, {', '.join(forms)}"
        )
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file or folder")
    return _parsed(path, forms[path.suffix])


def _parsed(path: Path, form: ox.RdfFormat) -> Iterator:
    import pyoxigraph as ox

    try:
        yield from ox.parse(path=str(path), format=form)
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"{path}: is not readable RDF: {error}") from error
