"""A question that was understood as SPARQL: the pattern of its intent, fragments for what it restricts, and every value bound as a term."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.ask.answer import NOTE
from kg.ask.query import Question, Reach
from kg.errors import QueryError
from kg.graph.terms import rows_of
from kg.knowledge.questions import load_questions
from kg.knowledge.vocab import PREFIXES, PRESS

if TYPE_CHECKING:
    from kg.ask.understand import Asked

_USED = ("press", "skos", "dcterms", "rdf", "rdfs")
OURS = Reach(kind="rows", iris=frozenset(), graphs=(), any_graph=False)  # what a composed query may touch
THINGS = "things"  # what an answer counts, with the day of each where a period was asked for or where it is none of its own
_SHAPES = {"count": "수", "most": "수", "month": "달", "year": "해", "city": "도시"}


def compose(asked: Asked, things: tuple[str, ...] = ()) -> Question:
    """The query that answers a question, with the titles of its columns; values stand in data blocks and nowhere else.

    ``things`` are some of those that the same question with the shape ``THINGS`` found: only their rows are asked for then.
    """
    intent, fragments = asked.intent, load_questions().fragments
    lines = []
    blocks: list[tuple[str, tuple[object, ...]]] = []
    for name, values, text in _restrictions(asked, things):
        fragment = (text or getattr(intent, name, "") or fragments.get(name, "")) if name else ""
        if things and fragment.startswith("BIND(") and fragment.endswith(f" AS ?{intent.thing})"):
            continue  # the things are given already
        if _GIVEN in fragment:
            fragment = fragment.replace(_GIVEN, " ".join(_block(intent.id, *value) for value in values))
        else:
            blocks += values
        lines += [fragment] if fragment else []
    # a variable may be bound only before it is used
    lines = [*sorted(lines, key=lambda line: not line.startswith("BIND(")), intent.where]
    if asked.shape in ("city", "month-city") and "?cityIri" not in intent.where:
        lines.append("?eventIri press:city ?cityIri . ?cityIri skos:prefLabel ?city .")
    if asked.shape in ("month", "year", "month-city"):
        size, name = (4, "year") if asked.shape == "year" else (7, "month")
        lines.append(f"FILTER(BOUND(?date)) BIND(SUBSTR(STR(?date), 1, {size}) AS ?{name})")
    if asked.shape == "month-city":
        lines.append("FILTER(BOUND(?city))")
    head, tail, titles = _shaped(asked)
    ranked = asked.shape == "most" and not intent.order
    if asked.shape != "list" and (ranked or asked.shape != "most"):
        lines = _counted(
            lines, {intent.thing, f"{intent.rank}Iri"} if ranked else {*_VARIABLE.findall(head + tail), intent.thing}
        )
    body = "".join(f"  {_block(intent.id, name, terms)}\n" for name, terms in blocks) + "".join(f"  {line}\n" for line in lines)
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _USED)
    if ranked:
        text = prefixes + _ranked(intent.rank, head, body, tail)
    else:
        text = f"{prefixes}SELECT {head} WHERE {{\n{body}}}\n{tail}"
    return Question(name=intent.id, text=text, ko=intent.ko, columns=titles)


_GIVEN = "{given}"  # where a fragment wants the data block of its values
_VARIABLE = re.compile(r"\?(\w+)\b")
_NAME = re.compile(r"(?:\?\w+ skos:prefLabel \?(\w+) \.)|(?:; skos:prefLabel \?(\w+)(?= ?\.))")
_OPTIONAL = re.compile(r"OPTIONAL \{([^{}]*)\}")
_BIND = re.compile(r"BIND\((?:[^()]|\((?:[^()]|\([^()]*\))*\))* AS \?(\w+)\)")


def _counted(lines: list[str], wanted: set[str]) -> list[str]:
    """Patterns without what a count of different things does not need: names that nothing else speaks of (every thing has exactly
    one), values that nothing uses, and what may be there or not.

    >>> _counted(["?agentIri press:hosted ?eventIri ; skos:prefLabel ?agent . OPTIONAL { ?eventIri press:startDate ?day }"], {"eventIri"})
    ['?agentIri press:hosted ?eventIri . ']
    """
    for _ in range(len(lines) + 4):  # what falls away may be what alone used another
        used = Counter(_VARIABLE.findall(" ".join(lines))) + Counter(wanted)
        kept = [_needed(line, used) for line in lines]
        if kept == lines:
            break
        lines = kept
    return [line for line in lines if line.strip()]


def _needed(line: str, used: Counter[str]) -> str:
    def optional(found: re.Match[str]) -> str:
        thing, *others = _VARIABLE.findall(found[1])
        inside = Counter((thing, *others))
        return found[0] if any(used[name] > inside[name] for name in {*others} - {thing}) else ""

    line = _NAME.sub(lambda found: found[0] if used[found[1] or found[2]] > 1 else "", line)
    line = _BIND.sub(lambda found: found[0] if used[found[1]] > 1 else "", line)
    return _OPTIONAL.sub(optional, line)


def _ranked(rank: str, head: str, body: str, tail: str) -> str:
    """Things counted by themselves first, and named then: a join of every name with every event takes long."""
    counted, order = head.replace(f"?{rank} ", "", 1).replace(f" ?{rank}Iri", "", 1), tail.rpartition("\n")[2]
    within = f"SELECT ?{rank}Iri {counted} WHERE {{\n{body}}} GROUP BY ?{rank}Iri"
    return f"SELECT ?{rank} ?count ?{rank}Iri WHERE {{\n{{ {within} }}\n?{rank}Iri skos:prefLabel ?{rank} .\n}}\n{order}"


def _block(intent: str, name: str, terms: tuple[object, ...]) -> str:
    """A data block of exactly these terms: it is read back alone, which takes no time, before it stands in a query."""
    import pyoxigraph as ox

    text = f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}"
    try:
        read = [row[0] for row in rows_of(ox.Store().query(f"SELECT ?{name} {{ {text} }}"))]
    except SyntaxError as error:
        raise QueryError(f"{intent}: {name} cannot be bound") from error
    if read != list(terms):
        raise QueryError(f"{intent}: {name} cannot be bound")
    return text


def _restrictions(asked: Asked, things: tuple[str, ...]) -> Iterator[tuple[str, list[tuple[str, tuple[object, ...]]], str]]:
    """For each filled place its name, its variables with their terms, and a fragment where it is not the one of the place."""
    import pyoxigraph as ox

    def nodes(iris: tuple[str, ...]) -> tuple[object, ...]:
        return tuple(map(ox.NamedNode, iris))

    if things:
        yield "", [(asked.intent.thing, nodes(things))], ""

    who = [name for name in asked.names if name.family in ("who", "thing")]
    if who and "?role" in asked.intent.who:
        yield "", [("role", (ox.NamedNode(str(PRESS[asked.role])),))], ""
    for number, name in enumerate(who, 1):
        yield "who" if number == 1 and asked.intent.who else "", [(f"who{number}", nodes(name.things))], ""
    for name in asked.hosts:
        yield "host", [("host1", nodes(name.things))], ""
    for name in asked.names:
        if name.family == "event":
            yield "event", [("event1", nodes(name.things))], ""
        elif name.family == "place":
            yield "place", [("place", nodes(name.things))], ""
    if asked.when:
        yield "when", [("since", (ox.Literal(asked.when.since),)), ("until", (ox.Literal(asked.when.until),))], ""
    fragment = asked.intent.about or load_questions().fragments["about"]
    for number, words in enumerate(() if things and _GIVEN in fragment else asked.about, 1):  # looked for once
        text = re.sub(r"\?(about|wIri|w)\b", rf"?\g<1>{number}", fragment)
        yield "about", [(f"about{number}", (ox.Literal(words.lower()),))], text
    for name in ("kind", *(() if asked.mode == "foreign" else ("of",))):
        if value := getattr(asked, name):
            yield name, [(name, (ox.NamedNode(str(PRESS[value])),))], ""
    if asked.mode == "foreign":
        yield "foreign", [("abroadIri", nodes(asked.abroad))], ""
    elif asked.mode:
        yield "mode", [("mode", (ox.Literal(asked.mode),))], ""


def _shaped(asked: Asked) -> tuple[str, str, tuple[str, ...]]:
    """What is selected, how it is grouped and ordered, and the titles of the columns."""
    intent, shape = asked.intent, asked.shape
    if shape == "most" and intent.order:
        shape = "list"
    counted = f"(COUNT(DISTINCT ?{intent.thing}) AS ?count)"
    if shape == THINGS:
        dated = asked.when or intent.thing != "eventIri"
        return f"DISTINCT ?{intent.thing}{' ?date' if dated else ''}", "", (intent.ko, *(("날짜",) if dated else ()))
    if shape == "count":
        return counted, "", (f"{intent.ko} 수",)
    if shape == "most":
        rank = intent.rank
        return (
            f"?{rank} {counted} ?{rank}Iri",
            f"GROUP BY ?{rank}Iri ?{rank}\nORDER BY DESC(?count) ?{rank}",
            (intent.columns[rank], "수"),
        )
    if shape in ("month", "year"):
        return f"?{shape} {counted}", f"GROUP BY ?{shape}\nORDER BY DESC(?{shape})", (_SHAPES[shape], "수")
    if shape == "month-city":
        return (
            f"?month ?city {counted} ?cityIri",
            "GROUP BY ?month ?cityIri ?city\nORDER BY DESC(?month) DESC(?count) ?city",
            ("달", "도시", "수"),
        )
    if shape == "city":
        return f"?city {counted} ?cityIri", "GROUP BY ?cityIri ?city\nORDER BY DESC(?count) ?city", ("도시", "수")
    if "first" in intent.columns:
        plain = [name for name in intent.columns if name not in ("first", "last")]
        kept = " ".join([*(f"?{name}" for name in plain), *(f"?{name}Iri" for name in plain if f"?{name}Iri" in intent.where)])
        return (
            f"{kept} (MIN(?date) AS ?first) (MAX(?date) AS ?last)",
            f"GROUP BY {kept}\nORDER BY DESC(?last) DESC(?first) ?{plain[0]}",
            tuple(intent.columns[name] for name in (*plain, "first", "last")),
        )
    things = [f"?{name}Iri" for name in intent.columns if f"?{name}Iri" in intent.where]
    noted = [
        name for column in intent.columns for name in (column, *((column + NOTE,) if f"?{column}{NOTE}" in intent.where else ()))
    ]
    columns = " ".join(f"?{name}" for name in noted)
    first = intent.order or ("DESC(?date)" if "date" in intent.columns else "")
    order = " ".join(filter(None, (first, *(f"?{name}" for name in intent.columns if name != "date"))))
    return (
        f"DISTINCT {columns} {' '.join(things)}",
        f"ORDER BY {order}",
        tuple(intent.columns.get(name, "비고") for name in noted),
    )
