"""``kg ask OUT "…"``: a question in Korean, what was understood of it, the answer and the sentences that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from kg.ask.answer import Answer
from kg.ask.compose import OURS
from kg.ask.mentioned import Mention, Mentions
from kg.ask.offered import SLOT, filled
from kg.ask.query import Question, ask
from kg.ask.search import Index
from kg.ask.understand import Asked, Refused, understand
from kg.ask.ways import put
from kg.graph.terms import rows_of, value_of
from kg.knowledge.questions import load_questions
from kg.knowledge.schema import schema
from kg.knowledge.vocab import EVIDENCE_GRAPH, ID, PREFIXES, PRESS

if TYPE_CHECKING:
    import pyoxigraph
    from rdflib.term import Node

    from kg.graph.terms import Term

_SOURCES = 5
_SHOWN = ("heads", "together", "co-hosts", "titles", "path", "planned", "events", "quotes")  # examples of the first page
_SHAPES = {
    "count": "수를 센다",
    "most": "많은 것부터",
    "month": "달마다 센다",
    "year": "해마다 센다",
    "city": "도시마다 센다",
    "month-city": "달과 도시마다 센다",
}
_MODES = {"online": "온라인", "in-person": "대면", "hybrid": "온·오프라인", "foreign": "외국과"}
_ROLES = {"organized": "주관", "sponsored": "후원", "signed": "체결", "participatedIn": "참석"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Words of an article that say a row of an answer."""

    words: str
    article: str
    title: str
    date: str

    @property
    def href(self) -> str:
        """The article's page on a server."""
        from urllib.parse import quote

        return "/id/" + quote(self.article.removeprefix(str(ID)), safe="/:@!$'()*+,;=~-._")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was understood, as pairs of a label and words; the query; the answer; its sources."""

    understood: tuple[tuple[str, str], ...]
    question: Question
    answer: Answer
    sources: tuple[Source, ...]

    @property
    def sentence(self) -> str:
        """What was understood on one line."""
        return " · ".join(f"{label}: {words}" for label, words in self.understood)


class Reader:
    """Reads and answers questions about one graph; names and short names are gathered once."""

    def __init__(self, store: pyoxigraph.Store, index: Index | None = None) -> None:
        self.store = store
        self._mentions = Mentions(store, index or Index(store))
        self._turn = Lock()

    def understand(self, words: str, *, today: dt.date | None = None) -> Asked | Refused:
        """The structured question, or why there is none."""
        with self._turn:
            return understand(words, self._mentions, today=today or dt.date.today())

    def named(self, words: str, families: tuple[str, ...]) -> Mention | None:
        """The things that some words name, None where nothing of these families is called so; initials and short names do, too."""
        found = next((name for name in self._mentions.find(words, frozenset()) if name.family in families), None)
        return found if found is not None and len(found.words) * 2 > len(words.strip()) else None

    def examples(self) -> tuple[str, ...]:
        """Questions that can be asked of this graph, with names that many of its articles speak of."""
        names = self._mentions.prominent
        patterns = [intent.example for intent in load_questions().intents if intent.id in _SHOWN]
        return tuple(filled(text, names) for text in patterns if set(SLOT.findall(text)) <= set(names))

    def __call__(self, words: str, *, today: dt.date | None = None, limit: int | None = None) -> Reply | Refused:
        """The answer to a question, or why there is none."""
        asked = self.understand(words, today=today)
        if isinstance(asked, Refused):
            return asked
        question = put(self.store, asked)
        answer = ask(self.store, question, limit=limit, reach=OURS)
        return Reply(understood=said(asked), question=question, answer=answer, sources=sources(self.store, asked, answer))


def said(asked: Asked) -> tuple[tuple[str, str], ...]:
    """What was understood, in words that a reader can check."""
    labels = schema().labels
    rows = [("물음", asked.intent.ko)]
    rows += [
        ({"who": "누가", "thing": "무엇", "event": "행사", "place": "어디서"}[name.family], _named(name.words, len(name.things)))
        for name in asked.names
    ]
    rows += [("연 곳", _named(name.words, len(name.things))) for name in asked.hosts]
    rows += [("언제", _period(asked.when.since, asked.when.until))] if asked.when else []
    rows += [("무엇에 대해", ", ".join(asked.about))] if asked.about else []
    rows += [("종류", labels[asked.kind]["ko"])] if asked.kind else []
    rows += [("대상", labels[asked.of]["ko"])] if asked.of else []
    rows += [("방식", _MODES[asked.mode])] if asked.mode else []
    rows += [("역할", _ROLES[asked.role])] if "?role" in asked.intent.who and asked.role in _ROLES and asked.names else []
    rows += [("답", _SHAPES[asked.shape])] if asked.shape != "list" else []
    return tuple(rows)


def by_label(rows: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """What was understood as words by their label, for programs.

    >>> by_label((("누가", "환경부"), ("누가", "산림청")))
    {'누가': '환경부, 산림청'}
    """
    return {label: ", ".join(words for other, words in rows if other == label) for label, _ in rows}


def _named(words: str, many: int) -> str:
    return words if many == 1 else f"{words} (같은 이름 {many})"


def _period(since: str, until: str) -> str:
    """
    >>> _period("2024-01-01", "2024-12-31"), _period("2024-05-01", "2024-05-31"), _period("2024-05-01", "9999-12-31")
    ('2024', '2024-05', '2024-05-01부터')
    """
    if until.startswith("9999"):
        return f"{since}부터"
    if since.startswith("0000"):
        return f"{until}까지"
    if since[5:] == "01-01" and until[5:] == "12-31":
        return since[:4] if since[:4] == until[:4] else f"{since[:4]}..{until[:4]}"
    return (
        since[:7]
        if since[:7] == until[:7] and since[8:] == "01" and int(until[8:]) >= 28
        else since
        if since == until
        else f"{since}..{until}"
    )


def sources(store: pyoxigraph.Store, asked: Asked, answer: Answer) -> tuple[Source, ...]:
    """The words behind the first rows of an answer, from a store that holds the evidence."""
    return tuple(_sources(store, asked, answer))


def _sources(store: pyoxigraph.Store, asked: Asked, answer: Answer) -> Iterator[Source]:
    parts = asked.intent.says.split()
    if len(parts) != 3 or asked.shape not in ("list",):
        return
    seen: set[tuple[str, str]] = set()
    for row, ends in zip(answer.rows, answer.links, strict=False):
        found = dict(zip(answer.columns, row, strict=True)) | {
            f"{name}Iri": end for name, end in zip(answer.columns, ends, strict=True)
        }
        for source in _words(store, *(_term(part, found, asked) for part in parts)):
            if (source.article, source.words) not in seen:
                seen.add((source.article, source.words))
                yield source
            if len(seen) == _SOURCES:
                return


def _term(part: str, row: Mapping[str, Node | None], asked: Asked) -> pyoxigraph.NamedNode | None:
    import pyoxigraph as ox
    from rdflib import URIRef

    if ":" in part:
        return ox.NamedNode(
            str(PRESS[part.removeprefix("press:")]) if part.startswith("press:") else PREFIXES["skos"] + "altLabel"
        )
    if part == "who1":
        named = next((name for name in asked.names if name.family in ("who", "thing")), None)
        return None if named is None else ox.NamedNode(named.things[0])
    if part == "role" and part not in row:
        return ox.NamedNode(str(PRESS[asked.role]))
    value = row.get(part)
    return ox.NamedNode(str(value)) if isinstance(value, URIRef) else None


def _words(store: pyoxigraph.Store, subject: Term | None, relation: Term | None, other: Term | None) -> Iterator[Source]:
    import pyoxigraph as ox

    if subject is None:
        return
    text = f"""SELECT * {{ GRAPH <{EVIDENCE_GRAPH}> {{
      ?a rdf:subject ?s ; rdf:object ?o ; rdf:predicate ?p ; press:evidence ?words ; press:article ?article }}
      ?article skos:prefLabel ?title . OPTIONAL {{ ?article dcterms:issued ?date }} }} ORDER BY DESC(?date) ?article ?words LIMIT 3"""
    given: dict[ox.Variable, Term] = {ox.Variable("s"): subject}
    if other is not None:
        given[ox.Variable("o")] = other
    elif relation is not None:
        given[ox.Variable("p")] = relation
    for row in rows_of(store.query(text, prefixes=dict(PREFIXES), substitutions=given)):
        date = value_of(row["date"]) if row["date"] is not None else ""
        words, article, title = (value_of(row[name]) for name in ("words", "article", "title"))
        yield Source(words=" ".join(words.split()), article=article, title=title, date=date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What ``kg ask`` says beside an answer, and the reply, None where the question was refused."""

    lines: tuple[str, ...]
    reply: Reply | None = None


def in_words(
    source: Path | str | pyoxigraph.Store, words: str, *, limit: int | None = 50, bare: bool = False, today: dt.date | None = None
) -> Told:
    """A question to a built folder, or to a store of one; ``bare`` leaves the sources out."""
    from kg.graph.store import load_store

    store = load_store(source, evidence=not bare) if isinstance(source, Path | str) else source
    reply = Reader(store)(words, today=today, limit=limit)
    if isinstance(reply, Refused):
        return Told(lines=tuple(refusal(reply)))
    lines = [f"이해한 것: {reply.sentence}"]
    if not reply.answer.rows:
        lines.append("그래프가 아는 답이 없습니다.")
    if reply.answer.cut:
        lines.append(f"처음 {limit:,}줄만 보입니다.")
    lines += [f"근거: {source.words} — {source.title}{f' ({source.date})' if source.date else ''}" for source in reply.sources]
    return Told(lines=tuple(lines), reply=reply)


def refusal(refused: Refused) -> Iterator[str]:
    """A refusal in words."""
    words = ", ".join(f"‘{word}’" for word in refused.unknown)
    yield f"답하지 않습니다: {refused.why}{f': {words}' if words else ''}"
    if refused.near:
        yield "이런 것을 물을 수 있습니다: " + " / ".join(refused.near)
