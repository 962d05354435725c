"""Annotations that stand off their texts: facts, mentions and evidence as offsets, so that releases need not be stored.

``python -m kg.measure.standoff draw|convert|check|gold …`` chooses releases, turns what an annotator wrote into records, holds
records against the texts, and writes the gold format that ``kg score`` reads. A record is one line of ``tests/gold/releases/*.jsonl``::

    {"id": "…", "corpus": "ministries", "sha256": "…", "date": "2024-03-05", "split": "test", "annotator": "A",
     "entities": {"o1": {"type": "Organization", "names": [[0, 4]], "mentions": [[0, 4], ["title", 0, 4]]}},
     "facts": [{"fact": ["p1", "jobTitle", "처장"], "evidence": [[0, 12]], "words": [5, 7]}],
     "optional": [], "mentions": {"Organization": [[40, 44]]}}

A span is ``[start, end]`` in the text or ``["title", start, end]``: Unicode characters, end exclusive. A name may also be several
spans that are read with a space between (a body and its unit), or a string where the name is known and the text has another.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.errors import UsageError
from kg.measure.gold import FAMILIES, LINKS, LITERALS

PROPERTIES = LINKS | LITERALS | {"altLabel"}
VALUES = LITERALS | {"altLabel"}
SPLITS = ("train",) * 7 + ("development",) + ("test",) * 2  # by a digit of the identifier's hash
ORDER = {"test": 0, "development": 1, "train": 2}
SEED = "presskg-releases-1"
SHORTEST, LONGEST = 400, 3000  # characters of a release that may be drawn
MINISTRIES = ("ministries", "ministries", "press")  # how the corpora alternate in a draw


def split_of(identifier: str) -> str:
    """Which split an article belongs to, once and for ever: a hash of its identifier decides.

    >>> [split_of(identifier) for identifier in ("a-1", "a-2", "a-9")]
    ['train', 'train', 'test']
    """
    return SPLITS[int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % len(SPLITS)]


def digest(article: Mapping) -> str:
    """The SHA-256 of the title, a line feed and the text, in UTF-8 as the corpus has them: nothing is normalized before."""
    return hashlib.sha256(f"{article['title']}\n{article['text']}".encode()).hexdigest()


def words(article: Mapping, span: Iterable) -> str:
    """The words that a span covers.

    >>> article = {"title": "물 포럼 개최", "text": "환경부는 물 포럼을 연다."}
    >>> words(article, [0, 3]), words(article, ["title", 0, 4]), words(article, [[0, 3], [5, 6]]), words(article, "환경부")
    ('환경부', '물 포럼', '환경부 물', '환경부')
    """
    if isinstance(span, str):
        return span
    first, *rest = span
    if isinstance(first, list):
        return " ".join(words(article, part) for part in span)
    field, (start, end) = (first, rest) if isinstance(first, str) else ("text", (first, *rest))
    return " ".join(article[field][start:end].split())


def gold(record: Mapping, article: Mapping) -> dict:
    """A record in the format of gold files: names and values as text, spans left out."""
    entities = {
        key: {"type": entity["type"], "names": list(dict.fromkeys(words(article, name) for name in entity["names"]))}
        for key, entity in record["entities"].items()
    }
    return {
        "id": record["id"],
        "date": record["date"],
        "entities": entities,
        **{
            group: [
                [s, p, words(article, fact["words"]) if p == "altLabel" else o]
                for fact in record[group]
                for s, p, o in [fact["fact"]]
            ]
            for group in ("facts", "optional")
        },
    }


def complaints(record: Mapping, article: Mapping | None) -> Iterator[str]:
    """What is wrong with a record when it is held against its article; nothing where it is good."""
    if record["split"] != split_of(record["id"]):
        yield f"split is {record['split']!r}; the identifier says {split_of(record['id'])!r}"
    if article is None:
        yield "the article is in none of the corpora"
        return
    if record["sha256"] != digest(article):
        yield "the text is another: its hash differs"
        return
    for span in _spans(record):
        field, start, end = span if isinstance(span[0], str) else ("text", *span)
        said = article[field][start:end] if field in ("text", "title") and start >= 0 else ""
        if not said or len(said) != end - start or said != said.strip():
            yield f"span {span} is empty, outside the {field} or has space at its ends"
    yield from _misuse(record)


def _misuse(record: Mapping) -> Iterator[str]:
    """Terms that no fact may have: unknown types, properties and keys, a fact given twice, an entity without a fact."""
    entities, seen, used = record["entities"], set(), set()
    for key, entity in entities.items():
        if entity["type"] not in FAMILIES:
            yield f"{key}: type {entity['type']!r} is not known; allowed: {', '.join(FAMILIES)}"
        if not entity["names"]:
            yield f"{key}: has no name"
    for fact in (*record["facts"], *record["optional"]):
        s, p, o = fact["fact"]
        used |= {s} if p in VALUES else {s, o}
        if p not in PROPERTIES:
            yield f"{fact['fact']}: property {p!r} is not known; allowed: {', '.join(sorted(PROPERTIES))}"
        if (s, p, str(o)) in seen and p != "altLabel":
            yield f"{fact['fact']}: is given twice"
        if not fact["evidence"]:
            yield f"{fact['fact']}: has no evidence"
        seen.add((s, p, str(o)))
    yield from (f"{key}: is no entity of the record" for key in sorted(used - set(entities)))
    yield from (f"{key}: takes part in no fact" for key in sorted(set(entities) - used))


def _spans(record: Mapping) -> Iterator[list]:
    """Every span of a record."""
    for entity in record["entities"].values():
        yield from entity["mentions"]
        for name in entity["names"]:
            if not isinstance(name, str):
                yield from name if isinstance(name[0], list) else [name]
    for fact in (*record["facts"], *record["optional"]):
        yield from fact["evidence"]
        if "words" in fact:
            yield fact["words"]
    for spans in record["mentions"].values():
        yield from spans


def read_lines(paths: Iterable[Path]) -> Iterator[dict]:
    """The JSON objects of files of lines, in order."""
    for path in paths:
        try:
            with path.open(encoding="utf-8") as file:
                yield from (json.loads(line) for line in file if line.strip())
        except (OSError, ValueError, RecursionError) as error:
            raise UsageError(f"{path}: cannot be read as JSON Lines: {error}") from error


def read_articles(paths: Iterable[Path], identifiers: Iterable[str]) -> dict[str, dict]:
    """The articles of corpora that are asked for, by identifier; a corpus is called after its file's first word, news after its folder's."""
    wanted = set(identifiers)
    found: dict[str, dict] = {}
    for path in paths:
        corpus = "news" if path.parent.name == "news" else "press" if path.stem.startswith("press") else "ministries"
        for article in read_lines([path]):
            if article["id"] in wanted:
                found.setdefault(article["id"], {**article, "corpus": corpus})
    return found


def draw(pools: Mapping[str, Iterable[str]], lengths: Mapping[str, int]) -> list[str]:
    """Identifiers in the order in which they are annotated: test first, at random by a hash with a fixed seed, corpora in turn."""

    def place(identifier: str) -> tuple[int, str]:
        return ORDER[split_of(identifier)], hashlib.sha256(f"{SEED} {identifier}".encode()).hexdigest()

    queues = {
        name: sorted((i for i in set(pool) if SHORTEST <= lengths.get(i, 0) <= LONGEST), key=place)
        for name, pool in pools.items()
    }
    drawn = []
    for split in ORDER:
        turns = {name: iter([i for i in queue if split_of(i) == split]) for name, queue in queues.items()}
        while batch := [i for name in MINISTRIES for i in [next(turns[name], None)] if i]:
            drawn += batch
    return drawn


def _check(records: Iterable[Mapping], articles: Mapping[str, Mapping]) -> int:
    bad = count = 0
    for record in records:
        count += 1
        for complaint in complaints(record, articles.get(record["id"])):
            bad += 1
            print(f"{record['id']}: {complaint}", file=sys.stderr)
    print(f"{count} records, {bad} complaints", file=sys.stderr)
    return 1 if bad or not count else 0


def _write(rows: Iterable[Mapping]) -> None:
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kg.measure.standoff", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name, files, help_ in (
        ("draw", "pools of identifiers, ministries first", "print identifiers in the order of annotation"),
        ("convert", "files in the annotator's notation", "print records"),
        ("check", "records", "hold records against the texts: hashes, offsets, terms"),
        ("gold", "records", "print the gold format of kg score"),
    ):
        command = commands.add_parser(name, help=help_)
        command.add_argument("files", nargs="+", type=Path, help=files)
        command.add_argument(
            "--corpus", action="append", required=True, type=Path, help="JSON Lines of articles; may be repeated"
        )
        if name == "convert":
            command.add_argument("--annotator", required=True)
        if name == "gold":
            command.add_argument("--split", action="append", choices=list(ORDER))
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Carry out one of the four commands; 0 where all is good, 1 where a record is not, 2 for bad input."""
    options = _options(argv)
    if options.command == "draw":
        pools = dict(zip(dict.fromkeys(MINISTRIES), (path.read_text(encoding="utf-8").split() for path in options.files)))
        lengths = {i: len(a["text"]) for i, a in read_articles(options.corpus, {i for p in pools.values() for i in p}).items()}
        print("\n".join(draw(pools, lengths)))
        return 0
    if options.command == "convert":
        from kg.measure.notation import convert, read_notes

        notes = list(read_notes(options.files))
        articles = read_articles(options.corpus, (note.identifier for note in notes))
        bad = 0
        for note in notes:
            try:
                _write([convert(note, articles, annotator=options.annotator)])
            except UsageError as error:
                bad = 2
                print(error, file=sys.stderr)
        return bad
    records = list(read_lines(options.files))
    articles = read_articles(options.corpus, (record["id"] for record in records))
    if options.command == "check":
        return _check(records, articles)
    splits = options.split or list(ORDER)
    _write(gold(record, articles[record["id"]]) for record in records if record["split"] in splits)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except UsageError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
