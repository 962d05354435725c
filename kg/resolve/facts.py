"""From the claims of one article to its facts: things for mentions, days for dates, and what follows from the rest of the article."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from kg.analyze.offsets import among
from kg.decide.called_off import without_called_off
from kg.knowledge.confidence import Confidence
from kg.knowledge.schema import schema
from kg.model import STATED, Article, Claim, Evidence, Fact, Flag, Mention, Rejection, Thing, Value, View
from kg.resolve.bodies import plain
from kg.resolve.dates import fixed_year, resolve_date, resolve_when
from kg.resolve.things import Things


def resolve_facts(
    view: View, claims: Sequence[Claim], things: Things, confidence: Confidence, happening: frozenset[str] = frozenset()
) -> tuple[list[Fact], list[Rejection]]:
    """Facts of an article, each with its evidence, and the claims that could not become one."""
    rejected: list[Rejection] = []
    year, recovered = fixed_year(view.text), confidence.factors["recovered"]
    rows: dict[tuple, list[Evidence]] = defaultdict(list)
    firm: set[tuple] = set()  # what counts even where nothing else is said of its subject
    loose: dict[tuple, list[Claim]] = defaultdict(list)  # days told only by 오늘, 금일 …
    for claim in claims:
        subject = things.of(claim.subject)
        if subject is None or not schema().is_a(subject.kind, _domain(claim.relation)) and _domain(claim.relation):
            rejected.append(
                Rejection(rule=claim.rule, reason="nothing in the text that it could be about", start=claim.start, end=claim.end)
            )
            continue
        for relation, object_ in objects(claim, things, view.article, year):
            if object_ is None:
                rejected.append(
                    Rejection(
                        rule=claim.rule,
                        reason="the date stays partial"
                        if isinstance(claim.object, Value)
                        else "nothing in the text that it could be about",
                        start=claim.start,
                        end=claim.end,
                    )
                )
                continue
            if isinstance(object_, Thing) and object_ == subject:
                continue
            rows[subject, relation, object_].append(_evidence(view, claim, recovered))
            if Flag.ASIDE not in claim.flags:
                firm.add((subject, relation, object_))
            if relation == "startDate" and isinstance(claim.object, Value) and claim.object.date is None:
                loose[subject, relation, object_].append(claim)
            if relation == "said" and isinstance(object_, Thing):
                rows[object_, "text", object_.name].append(_evidence(view, claim, recovered))
    rejected += _overruled(rows, loose)
    _short_names(view, things, rows, confidence)
    facts = [Fact(subject=s, relation=r, object=o, evidence=tuple(sorted(set(e)))) for (s, r, o), e in rows.items()]
    facts = without_called_off(facts, happening)
    return list(_settled(facts, rows.keys() - firm)), rejected


def _overruled(rows: dict[tuple, list[Evidence]], loose: dict[tuple, list[Claim]]) -> Iterator[Rejection]:
    """Take away the days that only 오늘 or 금일 tells of an event whose day is said in full: a release is often written before.

    So it does with those of 오늘 회의 where it is said in full that another event is on that day: then it is the one that is meant.
    """
    full = {(s, o) for (s, r, o), evidence in rows.items() if r == "startDate" and len(evidence) > len(loose.get((s, r, o), ()))}
    events, days = {s for s, _ in full}, {o for _, o in full}
    for row, claims in loose.items():
        bare = all(isinstance(c.subject, Mention) and " " not in c.subject.name.strip() for c in claims)
        if (row[0] in events or bare and row[2] in days) and len(rows[row]) == len(claims):
            del rows[row]
            for claim in claims:
                yield Rejection(rule=claim.rule, reason="the day is said in full elsewhere", start=claim.start, end=claim.end)


_TAIL = 4  # letters that a body's name and what a text calls it end with: 충남소방본부, in full 충청남도소방본부
_NATIONAL = frozenset("한국 국민 대한 대한민국 전국 국립 서울".split())  # what a name's tail can do without (소비자원)


def _short_names(view: View, things: Things, rows: dict[tuple, list[Evidence]], confidence: Confidence) -> None:
    """What the body text calls a body beside its full name (한국소비자원 … 소비자원), or instead of it (포스텍), are its other names.

    Headlines shorten names at will, so what only they say is none.
    """
    headline = among((p.start, p.end) for p in view.paragraphs if p.role in ("title", "subtitle"))
    given: dict[Thing, set[str]] = defaultdict(set)
    for s, r, o in rows:
        if r == "altLabel":
            given[s].add(plain(o))
    for thing, mentions in things.surfaces.items():
        if not schema().is_a(thing.kind, "Organization"):
            continue
        whole = plain(thing.name)
        names = {plain(m.name): m for m in reversed(mentions) if not headline(m.start)}
        if whole in names and thing.kind == "LocalGovernment":
            continue
        for key, mention in names.items():
            if key == whole or mention.rule == "fused-title" or key in given[thing]:
                continue
            if (
                whole in names
                and not _shortens(key, whole)
                or whole not in names
                and not (mention.known or key.endswith(whole[-_TAIL:]))
            ):
                continue
            rule = "alias.short-form" if whole in names else "alias.called"
            where = Claim(
                relation="altLabel",
                subject=mention,
                object=mention.name,
                rule=rule,
                start=mention.start,
                end=mention.end,
                sentence=(mention.start, mention.end),
                confidence=confidence.of(rule),
            )
            given[thing].add(key)
            rows[thing, "altLabel", mention.name].append(_evidence(view, where, confidence.factors["recovered"]))


def _shortens(key: str, whole: str) -> bool:
    """Whether a name is a short form of another; its tail (보호위원회) is none, since it may mean another body elsewhere."""
    if len(key) >= len(whole) and any("가" <= c <= "힣" for c in key):
        return False
    return not whole.endswith(key) or whole.removesuffix(key) in _NATIONAL


def _domain(relation: str) -> str:
    domain = schema().properties[relation].domain if relation in schema().properties else frozenset()
    return next(iter(domain)) if len(domain) == 1 else ""


def objects(
    claim: Claim, things: Things, article: Article, year: int | None
) -> Iterator[tuple[str, Thing | dt.date | int | str | None]]:
    """The relations that a claim comes to, each with its object: a thing, a day, a number or words; None where it comes to nothing."""
    object_ = claim.object
    if isinstance(object_, Mention):
        yield claim.relation, things.of(object_)
    elif isinstance(object_, str):
        yield claim.relation, object_
    elif object_.kind == "date" and claim.relation == "startDate":
        first, last = resolve_date(object_, article.date, year, claim.status == "planned")
        yield "startDate", first
        if last is not None:
            yield "endDate", last
    elif object_.kind == "date" and claim.relation == "endDate":
        first, last = resolve_date(object_, article.date, year, claim.status == "planned")
        yield "endDate", last or first
    elif claim.relation == "serviceStart":
        yield claim.relation, resolve_when(object_, article.date, year)
    elif claim.relation == "foundingYear":
        yield claim.relation, object_.date.year if object_.date else None
    elif object_.kind == "mode":
        yield claim.relation, object_.text
    else:
        yield claim.relation, object_.number


def _evidence(view: View, claim: Claim, recovered: float) -> Evidence:
    start, end = claim.start, claim.end
    low, high = claim.sentence
    line = view.text.rfind("\n", 0, start) + 1
    stop = view.text.find("\n", start)
    low, high = max(min(low, start), line), max(high, end)
    if stop >= 0:
        end, high = min(end, stop), min(high, stop)
    repaired = view.repairs(start, end)
    return Evidence(
        article=view.article.identifier,
        span=view.span(start, end),
        sentence=view.span(low, high),
        rule=claim.rule,
        confidence=round(claim.confidence * (recovered if repaired else 1), 3),
        status=claim.status,
        recovered=bool(repaired),
        source=claim.source,
    )


_RANKS = {"planned": 0, "postponed": 1, "held": 2, "cancelled": 3}
_STRONGER = {
    "participatedIn": ("hosted", "coHosted", "organized", "chaired"),
    "affiliatedWith": ("heads",),
    "hosted": ("coHosted",),
}


def _settled(facts: Iterable[Fact], aside: Collection[tuple] = ()) -> Iterator[Fact]:
    """Facts without those that a stronger one of the same article makes idle; ``aside`` are said only by the way."""
    facts = list(facts)
    said = {(f.subject, f.relation, f.object) for f in facts if any(e.status in STATED for e in f.evidence)}
    told = {t for s, r, o in said if r not in ("mode", "edition", "altLabel") for t in (s, o) if isinstance(t, Thing)}
    linked = {t for s, r, o in said if r != "altLabel" for t in (s, o) if isinstance(t, Thing)}
    idle = _idle_values(facts, said)
    for fact in facts:
        subject, relation, object_ = triple = fact.subject, fact.relation, fact.object
        if any((subject, stronger, object_) in said for stronger in _STRONGER.get(relation, ())):
            continue
        if relation == "altLabel" and subject not in linked or relation == "mode" and subject not in told and triple in aside:
            continue
        if id(fact) not in idle:
            yield fact


def _idle_values(facts: Sequence[Fact], said: Collection[tuple]) -> set[int]:
    """The values of which another of the same thing says more: an earlier outcome, a day of those told of, a shorter title."""
    given: dict[tuple[str, Thing], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.relation in ("startDate", "jobTitle", "status"):
            given[fact.relation, fact.subject].append(fact)
    ends: dict[Thing, dt.date] = {}
    outcomes: dict[Thing, str] = {}
    for subject, relation, object_ in said:
        if relation == "endDate":
            ends[subject] = max(object_, ends.get(subject, object_))  # in whatever order they come
        elif relation == "status":
            outcomes[subject] = max(object_, outcomes.get(subject, object_), key=_RANKS.__getitem__)
    idle: set[int] = set()
    for (relation, subject), values in given.items():
        if relation == "status":
            idle.update(id(f) for f in values if f.object != outcomes.get(subject))
        elif relation == "jobTitle":
            idle.update({id(f) for f in values} - {id(_best_title(values))})
        elif len(values) > 1 and (end := ends.get(subject)) is not None:
            days = {id(f): f.object for f in values if isinstance(f.object, dt.date)}
            first = min(days.values())
            idle.update(key for key, day in days.items() if day != first and day <= end)
    return idle


def _best_title(facts: Sequence[Fact]) -> Fact:
    """The title that is said together with a body's name, then the one said most, then first."""

    def rank(fact: Fact):
        return (
            max(len(e.span.field) and e.span.end - e.span.start for e in fact.evidence) > len(str(fact.object)) + 6,
            len(fact.evidence),
            -min((e.span.field != "text", e.span.start) for e in fact.evidence)[1],
        )

    return max(facts, key=rank)
