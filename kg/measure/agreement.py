"""How far two annotators agree about the same releases: what one wrote is the gold, what the other wrote is measured, and both ways.

``python -m kg.measure.agreement tests/gold/releases/train.jsonl … --second tests/gold/releases/second.jsonl --corpus …`` prints the
tables of ``kg score``, after the differences where ``--errors`` asks for them.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kg.errors import UsageError
from kg.measure.gold import LITERALS, Node, Scored, implied, plain, value
from kg.measure.score import Result, compare, render
from kg.measure.standoff import gold, read_articles, read_lines


def as_graph(records: Iterable[Mapping]) -> Scored:
    """Gold records as if a program had said their facts (not the optional ones), so that they can be measured.

    >>> record = {"id": "a", "entities": {"o1": {"type": "Organization", "names": ["환경부"]}}, "facts": [], "optional": []}
    >>> as_graph([record]).families
    {'a/o1': frozenset({'Organization'})}
    """
    names: dict[str, set[str]] = defaultdict(set)
    aliases: dict[tuple[str, str], set[str]] = defaultdict(set)
    families: dict[str, frozenset[str]] = {}
    articles = {}
    for record in records:
        nodes = {key: Node(f"{record['id']}/{key}") for key in record["entities"]}
        for key, entity in record["entities"].items():
            names[nodes[key]] |= {plain(name) for name in entity["names"]}
            families[nodes[key]] = frozenset({entity["type"]})
        said = set()
        for s, p, o in record["facts"]:
            if p == "altLabel":
                aliases[record["id"], nodes[s]].add(plain(o))
                names[nodes[s]].add(plain(o))
            else:
                said.add((nodes[s], p, value(p, o) if p in LITERALS else nodes[o]))
        articles[record["id"]] = implied(said)
    return Scored(
        names={node: frozenset(known) for node, known in names.items()},
        aliases={key: frozenset(known) for key, known in aliases.items()},
        families=families,
        articles=articles,
        iris={identifier: identifier for identifier in articles},
    )


def agreement(first: Sequence[Mapping], second: Sequence[Mapping]) -> tuple[Result, Result]:
    """The second annotator's facts measured against the first's, and the first's against the second's.

    >>> one = {"id": "a", "entities": {"p1": {"type": "Person", "names": ["윤다온"]}}, "facts": [["p1", "jobTitle", "국장"]], "optional": []}
    >>> other = {**one, "facts": [["p1", "jobTitle", "과장"]]}
    >>> [result.table()["ALL"].f1 for pair in ((one, one), (one, other)) for result in agreement([pair[0]], [pair[1]])]
    [1.0, 1.0, 0.0, 0.0]
    """

    def held(records: Sequence[Mapping], graph: Scored) -> Result:
        return Result(outcomes={record["id"]: compare(record, graph) for record in records}, absent=())

    return held(first, as_graph(second)), held(second, as_graph(first))


def main(argv: list[str] | None = None) -> int:
    """Print both tables for the releases that both have annotated."""
    parser = argparse.ArgumentParser(prog="kg.measure.agreement", description=__doc__.split("\n")[0])
    parser.add_argument("first", nargs="+", type=Path, help="records of the first annotator")
    parser.add_argument("--second", required=True, type=Path, help="records of the second annotator")
    parser.add_argument("--corpus", action="append", required=True, type=Path, help="JSON Lines of articles; may be repeated")
    parser.add_argument("--errors", action="store_true", help="list the differences too")
    options = parser.parse_args(argv)
    ours = {record["id"]: record for record in read_lines(options.first)}
    theirs = {record["id"]: record for record in read_lines([options.second]) if record["id"] in ours}
    articles = read_articles(options.corpus, theirs)
    missing = [identifier for identifier in theirs if identifier not in articles]
    if missing or not theirs:
        raise UsageError(f"no releases to compare, or in none of the corpora: {', '.join(missing[:5])}")
    pairs = [[gold(records[identifier], articles[identifier]) for identifier in theirs] for records in (ours, theirs)]
    for title, result in zip(("second against first", "first against second"), agreement(*pairs)):
        print(f"{title}\n{render(result, errors=options.errors)}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except UsageError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
