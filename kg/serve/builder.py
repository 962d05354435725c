"""The question builder: its fields as a question, a question as its fields, and what it offers."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from kg.ask.mentioned import Mention
from kg.ask.periods import Period
from kg.ask.understand import Asked, Refused
from kg.knowledge.questions import load_questions
from kg.knowledge.schema import schema

PLACES = ("intent", "who", "with", "host", "kind", "since", "until", "place", "about", "shape")
BUILT = ("events", "hosts", "participants", "speakers", "agreements", "quotes", "planned")  # what the builder offers
_SHAPES = {
    "list": "목록",
    "count": "몇 건",
    "most": "많은 순",
    "month": "달마다",
    "year": "해마다",
    "city": "도시마다",
    "month-city": "달과 도시마다",
}


def put_together(reader: Any, built: dict[str, str]) -> Asked | Refused:
    """The structured question of a builder's fields, or what in them names nothing."""
    intents = {intent.id: intent for intent in load_questions().intents}
    intent = intents.get(built.get("intent", "events"))
    shape, kind = built.get("shape", "list"), built.get("kind", "")
    unknown = [built["intent"]] if intent is None else []
    unknown += [shape] if shape not in _SHAPES else []
    unknown += [kind] if kind and kind not in load_questions().kinds else []
    names: list[Mention] = []
    hosts: list[Mention] = []
    who = ("who", "thing")
    for field, families, kept in (("who", who, names), ("with", who, names), ("host", who, hosts), ("place", ("place",), names)):
        if words := built.get(field):
            found = reader.named(words, families)
            if found is None:
                unknown.append(words)
            else:
                kept.append(found)
    when = _period(since := built.get("since", ""), until := built.get("until", ""))
    if when is None and (since or until):
        unknown.append(since + until)
    if unknown or intent is None:
        return Refused(why="읽지 못한 말이 있습니다", unknown=tuple(unknown), near=())
    if sum(name.family != "place" for name in names) == 2 and not intent.steps:
        intent = intents["together"]
    if shape == "most" and intent.id == "events" and not any(name.family != "place" for name in names):
        intent = intents["hosts"]  # events are ranked by who held them
    if shape != "list" and (f"shape.{shape}" not in intent.takes or (shape == "most" and not (intent.rank or intent.order))):
        return Refused(why="그렇게 셀 수 없습니다:", unknown=(intent.ko, _SHAPES[shape]), near=())
    about = tuple(built.get("about", "").split())
    if hosts and "host" not in intent.takes:
        return Refused(why="그렇게 고를 수 없습니다:", unknown=(intent.ko, hosts[0].words), near=())
    return Asked(
        intent=intent,
        shape=shape,
        names=tuple(names),
        hosts=tuple(hosts),
        when=when,
        about=about,
        kind="" if kind == "Event" else kind,
    )


def _period(since: str, until: str) -> Period | None:
    """Years, months or days as a period; None where they are none.

    >>> _period("2024", "").until, _period("", ""), _period("gestern", "")
    ('9999-12-31', None, None)
    """
    if not (since or until) or any(text and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text) for text in (since, until)):
        return None
    first = (since + "-01-01"[len(since) - 4 :])[:10] if since else "0000-01-01"
    last = (until + "-12-31"[len(until) - 4 :])[:10] if until else "9999-12-31"
    return Period(since=first, until=last, words="", start=0, end=0)


def parts(asked: Asked) -> dict[str, str]:
    """A question as the fields of the builder, so that what was typed can be changed there."""
    who = [name.words for name in asked.names if name.family in ("who", "thing")]
    place = next((name.words for name in asked.names if name.family == "place"), "")
    found = {
        "intent": asked.intent.id if asked.intent.id in BUILT else "",
        "who": who[0] if who else "",
        "with": who[1] if len(who) > 1 else "",
        "host": asked.hosts[0].words if asked.hosts else "",
        "kind": asked.kind,
        "place": place,
        "about": " ".join(asked.about),
        "shape": asked.shape if asked.shape != "list" else "",
    }
    if asked.when:
        found |= {
            "since": "" if asked.when.since.startswith("0000") else asked.when.since,
            "until": "" if asked.when.until.startswith("9999") else asked.when.until,
        }
    return {name: value for name, value in found.items() if value}


def offer(state: Any) -> dict[str, Any]:
    """What the page offers before anything is asked: examples with names of this graph, and the builder's choices."""
    labels, book = schema().labels, load_questions()
    return {
        "examples": state.reader.examples(),
        "kinds": [(name, labels[name]) for name in book.kinds if name != "Event"],
        "shapes": list(_SHAPES.items()),
        "intents": sorted(((one.id, one.ko) for one in book.intents if one.id in BUILT), key=lambda pair: BUILT.index(pair[0])),
        "today": dt.date.today().isoformat(),
    }
