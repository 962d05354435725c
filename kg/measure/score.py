"""How good a graph is against gold facts: precision, recall and F1 per property.

Within each article, gold entities and things of the graph are matched one to one by name; then the statements of the scored
properties are compared. Names match leniently (spacing, quotation marks, near spellings), statements exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from kg.measure.gold import LITERALS, Node, Scored, Statement, implied, plain, read_gold, read_graph, value
from kg.screen import padded
from kg.speech import spoken, word

# What a gold entity of a family may be matched with; a thing of no family may be matched with any.
COMPATIBLE = {
    "Country": {"Country", "Place"},
    "Place": {"Place", "Country"},
    "Presentation": {"Presentation", "Case"},
    "Case": {"Case", "Presentation", "System"},
    "System": {"System", "Case"},
}
STRICT = frozenset({"Person", "Organization", "Country", "Place"})  # families whose names must nearly be equal
NEAR_STRICT, NEAR = 0.88, 0.62
QUOTED = 12  # so many first characters decide whether two quotations are one
SHARED = 0.25  # what each shared statement adds to the likeness of a pair


@lru_cache(maxsize=1 << 16)
def likeness(family: str, gold: str, name: str) -> float:
    """How well a name (plain) is a gold name (plain), 0 to 1, before the family's threshold.

    >>> likeness("Organization", "환경부", "환경부"), likeness("Event", "포럼", "맑은물포럼") > 0.5
    (1.0, True)
    """
    if not gold or not name:
        return 0.0
    if gold == name:
        return 1.0
    if family == "Quotation":
        k = min(len(gold), len(name), QUOTED)
        return 0.95 if k >= 6 and (gold[:k] in name or name[:k] in gold) else 0.0
    ratio = SequenceMatcher(None, gold, name, autojunk=False).ratio()
    shorter, longer = sorted((gold, name), key=len)
    if family not in STRICT and len(shorter) >= 3 and shorter in longer:
        ratio = max(ratio, 0.6 + 0.4 * len(shorter) / len(longer))
    return ratio


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The statements about one article in readable form: right, wrong (in the graph alone), missed (in the gold alone)."""

    right: tuple[Statement, ...]
    wrong: tuple[Statement, ...]
    missed: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of one property.

    >>> row = Row(right=3, wrong=1, missed=3)
    >>> row.precision, row.recall, round(row.f1, 4)
    (0.75, 0.5, 0.6)
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Row) -> Row:
        return Row(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(frozen=True, kw_only=True)
class Result:
    """The measure over all articles of a gold file: outcomes by identifier, and which of them the graph does not hold."""

    outcomes: Mapping[str, Outcome]
    absent: tuple[str, ...]

    def table(self) -> dict[str, Row]:
        """A row per property, by name, and ``ALL``."""
        rows: dict[str, Row] = defaultdict(Row)
        for outcome in self.outcomes.values():
            for kind in ("right", "wrong", "missed"):
                for _, property_, _ in getattr(outcome, kind):
                    rows[property_] += Row(**{kind: 1})
        return dict(sorted(rows.items())) | {"ALL": sum(rows.values(), Row())}

    def as_json(self) -> dict:
        """The table as plain values, rounded to four places."""
        scores = {
            name: {
                "precision": round(row.precision, 4),
                "recall": round(row.recall, 4),
                "f1": round(row.f1, 4),
                "right": row.right,
                "wrong": row.wrong,
                "missed": row.missed,
            }
            for name, row in self.table().items()
        }
        return {"articles_absent": len(self.absent), "scores": scores}


def score(gold: Path | str, graph: Path | str) -> Result:
    """Measure a graph (a built folder, or N-Quads or TriG with a named graph per article) against a gold file."""
    scored, outcomes, absent = read_graph(Path(graph)), {}, []
    for record in read_gold(Path(gold)):
        if record["id"] not in scored.articles:
            absent.append(record["id"])
        outcomes[record["id"]] = compare(record, scored)
    return Result(outcomes=outcomes, absent=tuple(absent))


def alike(family: str, gold: Iterable[str], names: Iterable[str]) -> float:
    """How well names name a gold entity: the best likeness of any two, 0 where it stays under the family's threshold.

    >>> alike("Person", ["윤다온"], ["윤다은"]), alike("Event", ["정책 포럼"], ["제3회정책포럼"]) > 0.8
    (0.0, True)
    """
    names = tuple(names)
    best = max((likeness(family, plain(g), n) for g in gold for n in names), default=0.0)
    return best if best >= (NEAR_STRICT if family in STRICT else NEAR) else 0.0


def align(gold: Mapping, statements: Collection[Statement], graph: Scored) -> dict[str, Node]:
    """Which thing each gold entity is, one to one: likeness of names first, then the statements that a pair shares."""
    nodes = {term for s, _, o in statements for term in (s, o) if isinstance(term, Node)}
    pairs = [
        (likeness_, key, node)
        for key, entity in gold["entities"].items()
        for node in nodes
        if not graph.families.get(node) or graph.families[node] & COMPATIBLE.get(entity["type"], {entity["type"]})
        if (likeness_ := alike(entity["type"], entity["names"], graph.names.get(node, ())))
    ]
    about = _about(gold)
    found: dict[str, Node] = {}

    def weight(pair: tuple[float, str, Node]) -> tuple[float, str]:
        likeness_, key, node = pair
        shared = sum(_holds(node, fact, found, statements) for fact in about[key])
        return likeness_ + SHARED * shared, str(node)

    for strict in (True, False):  # people and bodies first: what they do tells events and talks apart
        todo = [
            pair for pair in pairs if (gold["entities"][pair[1]]["type"] in STRICT) is strict and pair[2] not in found.values()
        ]
        while todo:
            _, key, node = max(todo, key=weight)
            found[key] = node
            todo = [pair for pair in todo if pair[1] != key and pair[2] != node]
    return found


def _about(gold: Mapping) -> dict[str, list[tuple[bool, str, str]]]:
    """For each gold key, the gold statements that touch it: whether it is the subject, the property, and the other end."""
    about: dict[str, list] = defaultdict(list)
    for s, p, o in implied(map(tuple, gold["facts"] + gold["optional"])):
        about[s].append((True, p, o))
        if p not in LITERALS and o != s:
            about[o].append((False, p, s))
    return about


def _holds(node: Node, fact: tuple[bool, str, str], found: Mapping[str, Node], statements: Collection[Statement]) -> bool:
    """Whether the graph says a gold statement of a node, as far as the other end is matched already."""
    subject, property_, other = fact
    end = value(property_, other) if property_ in LITERALS else found.get(other)
    return end is not None and ((node, property_, end) if subject else (end, property_, node)) in statements


def verdicts(gold: Mapping, graph: Scored) -> dict[Statement, bool | None]:
    """Of each statement of an article whether the gold has it; None where the gold leaves it open."""
    statements = graph.articles.get(gold["id"], frozenset())
    keys: dict[str, str] = {node: key for key, node in align(gold, statements, graph).items()}
    required = _expected(gold["facts"])
    both = required | _expected(gold["optional"])
    found: dict[Statement, bool | None] = {}
    for s, p, o in statements:
        said = set(_with_gold_titles([(keys.get(s, s), p, o if p in LITERALS else keys.get(o, o))], required, both))
        found[s, p, o] = True if said & required else None if said & both else False
    return found


def compare(gold: Mapping, graph: Scored) -> Outcome:
    """One article's statements against its gold record."""
    statements = graph.articles.get(gold["id"], frozenset())
    found = align(gold, statements, graph)
    keys: dict[str, str] = {node: key for key, node in found.items()}
    required = _expected(gold["facts"])
    optional = _expected(gold["optional"]) - required
    known = {(keys.get(s, s), p, o if p in LITERALS else keys.get(o, o)) for s, p, o in statements}
    said = set(_with_gold_titles(known, required, required | optional))

    def names(term: str) -> str:
        if term in gold["entities"]:
            return gold["entities"][term]["names"][0]
        return min(graph.names.get(term, {str(term)})) if isinstance(term, Node) else str(term)

    right, wrong, missed = (
        [(names(s), p, names(o)) for s, p, o in group] for group in (said & required, said - required - optional, required - said)
    )
    for s, _, alias in _aliases(gold["facts"]):
        named = s in found and plain(alias) in graph.names.get(found[s], ())
        (right if named else missed).append((names(s), "altLabel", alias))
    wrong += [
        (names(key), "altLabel", alias)
        for key, node in found.items()
        if gold["entities"][key]["type"] in STRICT
        for alias in graph.aliases.get((graph.iris[gold["id"]], node), frozenset()) - _known_names(gold, key)
    ]
    return Outcome(right=tuple(sorted(right)), wrong=tuple(sorted(wrong)), missed=tuple(sorted(missed)))


def _aliases(facts: Iterable[Iterable]) -> Iterator[tuple[str, str, str]]:
    return ((s, p, o) for s, p, o in facts if p == "altLabel")


def _known_names(gold: Mapping, key: str) -> set[str]:
    """Every name that the gold gives an entity, plain."""
    aliases = (alias for s, _, alias in _aliases(gold["facts"] + gold["optional"]) if s == key)
    return {plain(name) for name in (*gold["entities"][key]["names"], *aliases)}


def _expected(facts: Iterable[Sequence]) -> frozenset[Statement]:
    """Gold statements with what they imply and values as they are compared, without aliases."""
    linked = (tuple(fact) for fact in facts if fact[1] != "altLabel")
    return frozenset((s, p, value(p, o) if p in LITERALS else o) for s, p, o in implied(linked))


def _with_gold_titles(
    said: Iterable[Statement], required: Collection[Statement], gold: Collection[Statement]
) -> Iterator[Statement]:
    """The statements, where a title that is the end of a gold title, or the other way round, counts as that title."""
    for s, p, o in said:
        near = p == "jobTitle" and o and (s, p, o) not in required
        titles = [t for s2, p2, t in gold if (s2, p2) == (s, p) and (o.endswith(t) or t.endswith(o))] if near else []
        yield from ((s, p, title) for title in titles or [o])


def render(result: Result, *, errors: bool = False) -> str:
    """The table as text, after the list of wrong and missed statements where asked for."""
    lines = (
        [
            f"{identifier}  {padded(word(label), 6)}  {' — '.join(fact)}"
            for identifier, outcome in result.outcomes.items()
            for label, facts in (("WRONG", outcome.wrong), ("MISSED", outcome.missed))
            for fact in facts
        ]
        if errors
        else []
    )
    if result.absent:
        lines.append(
            spoken(f"{len(result.absent)} articles of the gold are not in the graph: {', '.join(result.absent[:5])}")
            + (" …" if len(result.absent) > 5 else "")
        )
    heads = (padded(word(head), 7, right=True) for head in ("P", "R", "F1", "right", "wrong", "missed"))
    lines.append(padded(word("property"), 26) + "".join(heads))
    lines += [
        f"{padded(word(name), 26)}{row.precision:7.3f}{row.recall:7.3f}{row.f1:7.3f}{row.right:7}{row.wrong:7}{row.missed:7}"
        for name, row in result.table().items()
    ]
    return "\n".join(lines) + "\n"
