"""From the results of all articles to the facts of one graph: things joined, corrections applied, replaced IRIs remembered."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.graph.assemble import family
from kg.graph.linked import Linked
from kg.graph.mint import mint
from kg.graph.results import Result
from kg.knowledge.corrections import Correction, Outcome
from kg.knowledge.load import Knowledge
from kg.knowledge.vocab import ID
from kg.link.bodies import torn
from kg.link.duplicates import homes, same_texts
from kg.link.edition_facts import edition_facts
from kg.link.join import Joined, join
from kg.link.joins import Node
from kg.link.judging import Judge
from kg.model import Article, Fact, Thing

_STATUSES = ("planned", "postponed", "held", "cancelled")  # a later one takes the place of an earlier one


def link(
    results: Sequence[Result],
    articles: Mapping[str, Article],
    knowledge: Knowledge,
    corrections: Sequence[Correction] = (),
    judge: Judge | None = None,
) -> Linked:
    """Link the things of all articles; ``judge`` judges pairs of people and events, by default in this process."""
    same = same_texts((articles[r.article] for r in results), {r.article: r.sketch for r in results})
    home = homes(same)
    about = {a.identifier: (a.date, a.publisher, home.get(a.identifier, a.identifier)) for a in articles.values()}
    joined = join({r.article: r.facts for r in results}, about, knowledge, judge)
    desk = _Desk(joined)
    desk.one_family_one_iri()
    outcomes = [desk.apply(c) for kind in _ORDER for c in corrections if c.kind == kind]
    facts = [fact for result in results for fact in desk.rewritten(result)]
    facts = _outcomes(facts)
    facts += edition_facts(facts, {desk.now(a): desk.now(b) for a, b in joined.before.items()}, articles, knowledge.confidence)
    facts, rejected = _rejected(facts, desk, [c for c in corrections if c.kind == "reject"])
    facts, named = _named(facts, [c for c in corrections if c.kind in ("name", "forbid")])
    replaced = {(mint(thing), mint(desk.to[node])) for node, thing in desk.alone.items()}
    replaced |= {(old, mint(thing)) for old, thing in desk.gone}
    return Linked(
        facts=tuple(facts),
        replaced=tuple(sorted(replaced)),
        possibly=desk.possibly(),
        members=desk.members(),
        labels={**desk.usual_names(), **desk.labels},
        aliases=tuple(sorted(desk.aliases)),
        same=tuple(sorted(desk.same)),
        things=desk.counts(),
        duplicates=same,
        outcomes=(*outcomes, *rejected, *named),
    )


_CALLED = ("Organization", "City", "Region", "Venue", "Place")  # families whose things go by the name that articles use
_ORDER = ("split", "merge", "rename", "alias", "link")


class _Desk:
    """Where the joins lie while corrections change them."""

    def __init__(self, joined: Joined) -> None:
        self.joined = joined
        self.to: dict[Node, Thing] = dict(joined.to)
        self.alone = joined.alone
        self.changed: dict[Thing, Thing] = {}
        self.gone: list[tuple[str, Thing]] = []
        self.labels: dict[str, str] = {}
        self.aliases: list[tuple[str, str]] = []
        self.same: list[tuple[str, str]] = []
        self.why: dict[Node, tuple[str, ...]] = dict(joined.why)
        self.settled: set[frozenset[Thing]] = set()

    def now(self, thing: Thing) -> Thing:
        seen = set()
        while thing in self.changed and thing not in seen:
            seen.add(thing)
            thing = self.changed[thing]
        return thing

    def one_family_one_iri(self) -> None:
        """Names that differ in marks only have one IRI: within a family they are one thing, else one gets another IRI."""
        shared: dict[str, set[Thing]] = defaultdict(set)
        self._known_as: dict[tuple[str, str, str], list[Node]] = defaultdict(list)
        for node, thing in self.to.items():
            shared[mint(thing)].add(replace(thing, kind=family(thing.kind)))
            self._known_as[family(thing.kind), thing.name, thing.scope].append(node)
        for things in shared.values():
            families: dict[str, list[Thing]] = defaultdict(list)
            for thing in sorted(things, key=lambda t: (t.kind, t.name, t.scope)):
                families[thing.kind].append(thing)
            for number, (kind, alike) in enumerate(families.items()):
                first = alike[0] if not number else replace(alike[0], scope=f"{alike[0].scope} {kind}".strip())
                for thing in alike:
                    if thing != first:
                        self._move(thing, first)

    def _move(self, one: Thing, new: Thing) -> None:
        """Let all nodes of a thing, given by its family, name and scope, be another."""
        for node in self._known_as.pop((one.kind, one.name, one.scope), ()):
            old = self.to[node]
            self.to[node] = replace(old, name=new.name, scope=new.scope)
            self.changed.setdefault(old, self.to[node])
            self._known_as[new.kind, new.name, new.scope].append(node)

    def apply(self, correction: Correction) -> Outcome:
        """Apply a correction of things; say whether it still matches."""
        return getattr(self, f"_{correction.kind}")(correction)

    def iri(self, name: str) -> str:
        return str(ID) + name.removeprefix("id:") if not name.startswith("http") else name

    def _nodes(self, name: str) -> list[Node]:
        """The nodes of a thing, by the IRI that it has or would have by itself."""
        wanted = self.iri(name)
        found = [node for node, thing in self.to.items() if mint(thing) == wanted]
        return found or [node for node, thing in self.alone.items() if mint(thing) == wanted]

    def _merge(self, correction: Correction) -> Outcome:
        names = correction.many("things")
        sets = [self._nodes(name) for name in names]
        if missing := next((name for name, nodes in zip(names, sets) if not nodes), None):
            return Outcome(correction, False, f"no thing is {missing}")
        target = self.to[sets[0][0]]
        if strange := next((n for n, s in zip(names, sets) if family(self.to[s[0]].kind) != family(target.kind)), None):
            return Outcome(correction, False, f"{strange} is of another kind than {names[0]}")
        if all(self.to[node] == target for nodes in sets for node in nodes):
            return Outcome(correction, False, "they are one already")
        for nodes in sets[1:]:
            for node in nodes:
                self._put(node, replace(self.to[node], name=target.name, scope=target.scope), f"merged by {correction.where}")
        return Outcome(correction, True)

    def _put(self, node: Node, thing: Thing, why: str) -> None:
        old = self.to[node]
        self.gone.append((mint(old), thing))
        self.changed.setdefault(old, thing)
        self.to[node] = thing
        self.why[node] = (*self.why.get(node, ()), why)

    def _split(self, correction: Correction) -> Outcome:
        nodes, articles = self._nodes(correction.one("thing")), set(correction.many("articles"))
        if not nodes:
            return Outcome(correction, False, f"no thing is {correction.one('thing')}")
        part = [node for node in nodes if node[0] in articles]
        if not part or len(part) == len(nodes):
            return Outcome(correction, False, f"these are {'all' if part else 'none'} of the articles that speak of it")
        for node in part:
            thing = self.to[node]
            self.to[node] = replace(thing, scope=f"{thing.scope} {min(articles)}".strip())
            self.settled.add(frozenset((thing, self.to[node])))
            self.why[node] = (*self.why.get(node, ()), f"split by {correction.where}")
        return Outcome(correction, True)

    def _rename(self, correction: Correction) -> Outcome:
        if not (nodes := self._nodes(correction.one("thing"))):
            return Outcome(correction, False, f"no thing is {correction.one('thing')}")
        self.labels[mint(self.to[nodes[0]])] = correction.one("name")
        return Outcome(correction, True)

    def _alias(self, correction: Correction) -> Outcome:
        if not (nodes := self._nodes(correction.one("thing"))):
            return Outcome(correction, False, f"no thing is {correction.one('thing')}")
        self.aliases.append((mint(self.to[nodes[0]]), correction.one("name")))
        return Outcome(correction, True)

    def _link(self, correction: Correction) -> Outcome:
        if not (nodes := self._nodes(correction.one("thing"))):
            return Outcome(correction, False, f"no thing is {correction.one('thing')}")
        self.same.append((mint(self.to[nodes[0]]), correction.one("same")))
        return Outcome(correction, True)

    def rewritten(self, result: Result) -> Iterable[Fact]:
        """The facts of an article between the things of the graph; what merging made idle goes."""

        def thing(value):
            return self.to[result.article, value] if isinstance(value, Thing) else value

        for fact in result.facts:
            subject, object_ = thing(fact.subject), thing(fact.object)
            if fact.relation == "text" and object_ == fact.subject.name:
                object_ = subject.name  # what a page has only a part of
            if subject != object_ and not (fact.relation == "altLabel" and object_ == subject.name):
                as_it_was = (subject, object_) == (fact.subject, fact.object)
                yield fact if as_it_was else replace(fact, subject=subject, object=object_)

    def possibly(self) -> dict[tuple[Thing, Thing], tuple[str, ...]]:
        found: dict[tuple[Thing, Thing], set[str]] = defaultdict(set)
        for pair, why in self.joined.possibly.items():
            a, b = sorted(map(self.now, pair), key=lambda t: (t.name, t.scope))
            if (a.name, a.scope) != (b.name, b.scope) and frozenset((a, b)) not in self.settled:
                found[a, b].update(why)
        return {pair: tuple(sorted(why)) for pair, why in found.items()}

    def usual_names(self) -> dict[str, str]:
        """What bodies and places are called by most articles, by IRI, where that is not the name that they are minted from.

        A body that has been renamed goes by the name of its articles' time, a city as people write it (서울, not 서울특별시).
        """
        used: dict[str, Counter[str]] = defaultdict(Counter)
        minted: dict[str, str] = {}
        for node, thing in self.to.items():
            if family(thing.kind) in _CALLED:
                used[mint(thing)][self.alone[node].name] += 1
                minted[mint(thing)] = thing.name
        best = {iri: min(names, key=lambda n: (-names[n], n != minted[iri], torn(n), -len(n), n)) for iri, names in used.items()}
        return {iri: name for iri, name in best.items() if name != minted[iri]}

    def members(self) -> dict[Thing, tuple[dict, ...]]:
        """What merged into each thing: by the name and IRI that it would have by itself, with articles and reasons."""
        groups: dict[tuple, dict[tuple[str, str], tuple[set, set]]] = defaultdict(dict)
        kinds: dict[tuple, Thing] = {}
        for (article, t), thing in self.to.items():
            key = family(thing.kind), thing.name, thing.scope
            alone = self.alone[article, t]
            articles, reasons = groups[key].setdefault((alone.name, mint(alone)), (set(), set()))
            articles.add(article)
            reasons.update(self.why.get((article, t), ()))
            kinds.setdefault(key, thing)
        return {
            kinds[key]: tuple(
                {"name": name, "iri": iri, "articles": sorted(articles), "reasons": sorted(reasons)}
                for (name, iri), (articles, reasons) in sorted(rows.items())
            )
            for key, rows in groups.items()
            if len(rows) > 1 or key[0] in ("Person", "Event") and any(len(a) > 1 for a, _ in rows.values())
        }

    def counts(self) -> dict[str, tuple[int, int]]:
        """How many things the articles have each by itself, and how many there are, by family."""
        before = Counter(family(t.kind) for _, t in self.to)
        after = Counter(f for f, _, _ in {(family(t.kind), t.name, t.scope) for t in self.to.values()})
        return {name: (before[name], after[name]) for name in sorted(before)}


def _outcomes(facts: Sequence[Fact]) -> list[Fact]:
    """Facts in which an event has one status: what was planned in one article and held in another was held."""
    best: dict[tuple[str, str], int] = {}
    for fact in facts:
        if fact.relation == "status":
            key = fact.subject.name, fact.subject.scope
            best[key] = max(best.get(key, 0), _STATUSES.index(fact.object))
    return [f for f in facts if f.relation != "status" or _STATUSES.index(f.object) == best[f.subject.name, f.subject.scope]]


def _rejected(facts: list[Fact], desk: _Desk, corrections: Sequence[Correction]) -> tuple[list[Fact], list[Outcome]]:
    """Facts without those that people rejected."""
    outcomes = []
    for c in corrections:
        relation = c.one("property").removeprefix("press:").removeprefix("skos:")
        subject, articles = desk.iri(c.one("subject")), set(c.many("articles"))
        kept, used = [], False
        for fact in facts:
            if fact.relation == relation and mint(fact.subject) == subject and _is(fact.object, c.one("object"), desk):
                rest = tuple(e for e in fact.evidence if articles and e.article not in articles)
                used = used or len(rest) < len(fact.evidence)
                if not rest:
                    continue
                fact = replace(fact, evidence=rest)
            kept.append(fact)
        facts = kept
        outcomes.append(Outcome(c, used, "" if used else "no article says so"))
    return facts, outcomes


def _named(facts: list[Fact], corrections: Sequence[Correction]) -> tuple[list[Fact], list[Outcome]]:
    """Facts without things whose names people forbid, and what became of the names that they add and forbid."""
    forbidden = {" ".join(c.one("name").split()) for c in corrections if c.kind == "forbid"}
    if not corrections:
        return facts, []
    names = {t.name for f in facts for t in (f.subject, f.object) if isinstance(t, Thing)}
    outcomes = [
        Outcome(c, True) if c.kind == "forbid" or c.one("name") in names else Outcome(c, False, "no article names it")
        for c in corrections
    ]
    kept = [
        f for f in facts if f.subject.name not in forbidden and not (isinstance(f.object, Thing) and f.object.name in forbidden)
    ]
    return kept, outcomes


def _is(value: Thing | dt.date | int | str, given: str, desk: _Desk) -> bool:
    return mint(value) == desk.iri(given) if isinstance(value, Thing) else str(value) == given
