"""One thing, one node: what articles resolved each by itself is joined over all of them.

Bodies come first (by spelling and aliases), then events (by name, ordinal, day and host), then people (by body, event and words
said), then what hangs on these. The outcome is a function of the set of articles.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.link import bodies as bodies_across
from kg.link import editions, mended
from kg.link import events as events_across
from kg.link import people as people_across
from kg.link.group import Verdict, groups
from kg.link.said import Said
from kg.model import Fact, Thing

Node = tuple[str, Thing]  # an article and a thing as that article has it
Key = tuple[str, str]  # the same with the thing's name and scope, which can be put in order
_HOSTS = ("hosted", "coHosted", "organized")
_ATTENDS = ("participatedIn", "chaired", "hosted", "coHosted")
_LARGE = ("Company", "University")
_LITTLE_SAID = 20  # characters; shorter words may be said by anybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What became of the nodes: ``to`` the thing of each, ``alone`` the thing that it would be if its article were the only one.

    ``why`` gives reasons for joins by node, ``possibly`` the pairs that nothing settles with the reasons, ``before`` for an event the
    edition before it.
    """

    to: Mapping[Node, Thing]
    alone: Mapping[Node, Thing]
    why: Mapping[Node, tuple[str, ...]]
    possibly: Mapping[tuple[Thing, Thing], tuple[str, ...]]
    before: Mapping[Thing, Thing]


def join(
    facts: Mapping[str, Sequence[Fact]], about: Mapping[str, tuple[dt.date | None, str | None, str]], knowledge: Knowledge
) -> Joined:
    """Join the things of all articles; ``facts`` are by article, and so is ``about``: its date, its publisher, the first
    article of the same text."""
    articles = [Said(identifier, facts[identifier], *about.get(identifier, (None, None, ""))) for identifier in sorted(facts)]
    state = _State(articles, knowledge)
    state.bodies()
    state.places()
    state.events()
    state.people()
    state.hanging()
    state.named()
    why = {node: tuple(sorted(reasons)) for node, reasons in state.why.items()}
    return Joined(to=state.to, alone=state.alone, why=why, possibly=state.possibly, before=state.before)


class _State:
    """The joins made so far; later steps read earlier ones."""

    def __init__(self, articles: Sequence[Said], knowledge: Knowledge) -> None:
        self.articles, self.knowledge = articles, knowledge
        self.to: dict[Node, Thing] = {}
        self.alone: dict[Node, Thing] = {}
        self.why: dict[Node, set[str]] = defaultdict(set)
        self.possibly: dict[tuple[Thing, Thing], tuple[str, ...]] = {}
        self.before: dict[Thing, Thing] = {}
        self._all = [(a, t) for a in articles for t in a.things]
        self._kinds = {t.kind for _, t in self._all}

    def nodes(self, parent: str) -> Iterator[tuple[Said, Thing]]:
        kinds = {kind for kind in self._kinds if schema().is_a(kind, parent)}
        return ((a, t) for a, t in self._all if t.kind in kinds)

    def names(self, article: Said, things: Iterable[Thing]) -> frozenset[str]:
        """Names of what things of an article became; their scope with it, where they have one."""
        found = (self.to.get((article.identifier, t), t) for t in things if isinstance(t, Thing))
        return frozenset(f"{t.name} {t.scope}".strip() for t in found)

    # Bodies and places

    def bodies(self) -> None:
        """Bodies by their names; a name that says little, and a unit, are those of their article or of the body above."""
        found = list(self.nodes("Organization"))
        one = bodies_across.of_one_place(((t.name, t.scope) for _, t in found), self.knowledge)
        own = [
            (a, t) for a, t in found if (not t.scope or t.name in one) and not bodies_across.says_little(t.name, self.knowledge)
        ]
        aliases = [(t.name, o, a.identifier) for a, t in own for o in a.of[t, "altLabel"]]
        names = bodies_across.unify((t.name for _, t in own), aliases, self.knowledge)
        gazetteer = {e.name for e in self.knowledge.gazetteer}
        for a, t in found:
            node = a.identifier, t
            name = names.canonical.get(t.name, t.name)
            scope = t.scope if t.name not in one else ""
            scope = scope or ("" if t.name in names.canonical else a.identifier)
            if t.kind == "OrganizationalUnit" and not t.scope and name not in gazetteer and not self._local(name):
                above = sorted({names.canonical.get(o.name, o.name) for o in a.of[t, "partOf"] if isinstance(o, Thing)})
                scope = above[0] if above else self._own_unit(a, name) or a.identifier
            self.alone[node] = Thing(kind=t.kind, name=t.name, scope=scope)
            self.to[node] = Thing(
                kind=t.kind, name=bodies_across.unmarked(name), scope=scope if scope != a.identifier else a.home
            )
            if name != t.name:
                self.why[node].add(names.reasons.get(t.name, "spelling"))

    def _own_unit(self, a: Said, name: str) -> str:
        """The publisher that a section without a body is of: a ministry leaves itself out before its own (교수학습평가과)."""
        section = name.endswith(tuple(self.knowledge.gaps.offices)) and not name.endswith("학과")
        return min(self._publisher(a), default="") if section else ""

    def _local(self, name: str) -> bool:
        """Whether a name is that of an office with its local government, which tells it (나주시보건소)."""
        kind = next((k for k in self.knowledge.local.offices if name.endswith(k)), "")
        return bool(kind) and name.removesuffix(kind) in self.knowledge.gazetteer

    def places(self) -> None:
        """Cities and regions by known names; halls by spelling, and one that is named by its kind alone is its article's."""
        for kind in ("City", "Region"):
            for a, t in self.nodes(kind):
                known = [e.name for e in self.knowledge.gazetteer.by_name(t.name, a.date) if kind in (e.cls, e.place_cls)]
                if known != [t.name] and len(known) == 1:
                    self.put(a, t, replace(t, name=known[0]), t, "a known name")
        suffixes = self.knowledge.places.venues
        found = list(self.nodes("Venue"))
        forms: dict[str, set[str]] = defaultdict(set)
        for _, t in found:
            forms[bodies_across.spelled(t.name)].add(t.name)
        for a, t in found:
            little = t.name not in self.knowledge.gazetteer and all(
                word[:1].isdigit() or any(word.endswith(s) and len(word) - len(s) < 2 for s in suffixes)
                for word in t.name.split()
            )
            name = bodies_across.cleanest(forms[bodies_across.spelled(t.name)])
            thing = replace(t, name=name, scope=a.home if little else "")
            self.put(a, t, thing, replace(t, scope=a.identifier if little else ""), "spelling")

    # Events

    def events(self) -> None:
        occasions: dict[Key, events_across.Occasion] = {}
        where: dict[Key, tuple[Said, Thing]] = {}
        for a, t in self.nodes("Event"):
            one = self._occasion(a, t)
            occasions[one.key], where[one.key] = one, (a, t)
            self.alone[a.identifier, t] = self._alone_event(a, t, one)
        one = {tuple(o.key for o in same): same[0] for same in events_across.alike(occasions.values(), self.knowledge)}
        atoms = {o.key: atom for atom, o in one.items()}
        verdicts = {
            (atoms[x.key], atoms[y.key]): verdict
            for x, y in events_across.pairs(one.values())
            if (verdict := events_across.judge(x, y, self.knowledge)) is not None
        }
        said = {
            atom: events_across.judge(*(occasions[key] for key in atom[:2]), self.knowledge).reasons
            for atom in one
            if len(atom) > 1
        }
        self._group(
            {atom: [where[key] for key in atom] for atom in one},
            verdicts,
            rank=lambda atom: _fullest(one[atom]),
            tell=lambda atom: min(one[atom].hosts, default=""),
            said=said,
            apart=lambda x, y: (v := events_across.judge(one[x], one[y], self.knowledge)) is not None and v.apart,
        )
        self._possible(where, {(x[0], y[0]): v for (x, y), v in verdicts.items()})
        self._editions(occasions, where)

    def _occasion(self, a: Said, t: Thing) -> events_across.Occasion:
        days = sorted(d for d in a.of[t, "startDate"] if isinstance(d, dt.date))
        ends = sorted(d for d in a.of[t, "endDate"] if isinstance(d, dt.date))
        return events_across.Occasion(
            key=(a.identifier, f"{t.name} {t.scope}"),
            name=t.name,
            kind=t.kind,
            start=days[0] if days else None,
            end=ends[-1] if ends else None,
            others=tuple(days[1:]),
            editions=frozenset(a.of[t, "edition"]),
            hosts=self.names(a, (s for r in _HOSTS for s in a.by[t, r])),
            cities=self.names(a, a.of[t, "city"]),
            venues=self.names(a, a.of[t, "venue"]),
            published=a.date,
            home=a.home,
        )

    def _alone_event(self, a: Said, t: Thing, one: events_across.Occasion) -> Thing:
        """Its name and day tell an event; a name that tells little needs its host too, and without a day it is its article's."""
        if one.start is None:
            scope = a.identifier
        elif events_across.telling(t.name, self.knowledge):
            scope = one.start.isoformat()
        else:
            scope = f"{one.start.isoformat()} {min(one.hosts, default=a.identifier)}"
        return replace(t, name=bodies_across.unmarked(t.name), scope=scope)

    def _editions(self, occasions: Mapping[Key, events_across.Occasion], where: Mapping[Key, tuple[Said, Thing]]) -> None:
        """Events of consecutive numbers or years in one series; and 지난해 행사 where the edition before is known."""
        said: dict[str, list[events_across.Occasion]] = defaultdict(list)
        things: dict[str, Thing] = {}
        for key, one in occasions.items():
            thing = self.to[where[key][0].identifier, where[key][1]]
            things[_label(thing)] = thing
            said[_label(thing)].append(one)
        known = {key: editions.edition(key, thing.name, said[key]) for key, thing in things.items()}
        before = editions.previous(known.values(), self.knowledge)
        self.before = {things[later]: things[earlier] for later, earlier in before.items()}
        for a, t in self.nodes("Event"):
            current = _label(self.to[a.identifier, t])
            for o in a.of[t, "previousEvent"] if current in before else ():
                if editions.is_last_year(o.name, a.date, known[current], known[before[current]]):
                    self.to[a.identifier, o] = things[before[current]]
                    self.why[a.identifier, o].add(f"the edition before {things[current].name}")
        self._unnamed(known)

    def _unnamed(self, known: Mapping[str, editions.Edition]) -> None:
        """지난해 행사 in articles about one event is one, though none of them names it."""
        told: dict[tuple[str, int | None], set[Node]] = defaultdict(set)
        for a, t in self.nodes("Event"):
            current = _label(self.to[a.identifier, t])
            year = a.date.year if a.date else known[current].held
            for o in a.of[t, "previousEvent"]:
                if editions.unnamed(o.name) and self.to[a.identifier, o].scope == a.identifier:
                    told[current, year].add((a.identifier, o))
        for (current, _), nodes in told.items():
            first = self.to[min(nodes, key=lambda node: (node[0], node[1].name))]
            for node in nodes if len(nodes) > 1 else ():
                self.to[node] = replace(first, kind=node[1].kind)
                self.why[node].add(f"the edition before {known[current].name}, which no article names")

    # People

    def people(self) -> None:
        where: dict[Key, tuple[Said, Thing]] = {}
        profiles: dict[Key, people_across.Profile] = {}
        for a, t in self.nodes("Person"):
            key = a.identifier, f"{t.name} {t.scope}"
            profiles[key], where[key] = self._profile(a, t), (a, t)
            alone = replace(t, name=people_across.whole_name(t.name))
            self.alone[a.identifier, t] = replace(alone, scope=self._main_body(a, t, profiles[key]) or a.identifier)
        one = people_across.alike(profiles)
        verdicts = people_across.verdicts(one)
        self._group(
            {atom: [where[key] for key in atom] for atom in one},
            verdicts,
            rank=lambda atom: self._placed(one[atom], self.alone[atom[0][0], where[atom[0]][1]].scope),
            tell=lambda atom: min(one[atom].titles, default=""),
            apart=lambda x, y: people_across.judge(one[x], one[y]).apart,
            said={atom: ("the same name, body and title",) for atom in one if len(atom) > 1},
        )
        self._possible(where, {(x[0], y[0]): v for (x, y), v in verdicts.items() if people_across.worth_saying(one[x], one[y])})

    def _placed(self, profile: people_across.Profile, scope: str) -> tuple:
        """The order in which profiles of one person give it its body: the one led, a known one, any."""
        return not profile.bodies, scope not in self.knowledge.gazetteer, scope not in profile.leads, scope, min(profile.articles)

    def _main_body(self, a: Said, t: Thing, profile: people_across.Profile) -> str:
        """The body that tells a person from others of the name: the one led, the one that the article chose, any."""
        chosen = (
            self.names(a, (o for o in a.things if o.name == t.scope and schema().is_a(o.kind, "Organization"))) & profile.bodies
        )
        unknown = {name: name not in self.knowledge.gazetteer for name in profile.bodies | profile.leads}
        return min(profile.leads or chosen or profile.bodies, key=lambda name: (unknown[name], name), default="")

    def _profile(self, a: Said, t: Thing) -> people_across.Profile:
        of = a.of
        bodies = [o for r in ("heads", "affiliatedWith") for o in of[t, r]]
        units = [o for o in bodies if o.kind == "OrganizationalUnit"]
        above = self.names(a, (p for o in bodies for p in of[o, "partOf"]))
        if any(not of[o, "partOf"] for o in units):
            above |= self._publisher(a)
        events = [o for r in _ATTENDS for o in of[t, r]] + [e for p in of[t, "presented"] for e in of[p, "presentedAt"]]
        titles = frozenset(part for title in of[t, "jobTitle"] for part in people_across.posts(title))
        leads, own = self.names(a, of[t, "heads"]), self.names(a, bodies)
        if not own:
            own = leads = frozenset(self.knowledge.head_titles[title] for title in titles if title in self.knowledge.head_titles)
        heads = self.knowledge.head_titles
        titles = frozenset(
            self.knowledge.gazetteer[heads[title]].head or title if heads.get(title) in own else title for title in titles
        )
        above |= {
            e.within
            for name in own
            for e in self.knowledge.gazetteer.by_name(name)
            if e.name == name and e.within and e.cls == "GovernmentBody"
        }
        chief = {e.head for name in self._publisher(a) for e in self.knowledge.gazetteer.by_name(name) if e.name == name}
        official = not own and (any(map(people_across.load_titles().official, titles)) or bool(titles & chief))
        return people_across.Profile(
            name=people_across.whole_name(t.name),
            articles=frozenset({a.identifier}),
            texts=frozenset({a.home}),
            dates=frozenset({a.date} - {None}),
            publishers=self._publisher(a),
            bodies=own,
            presumed=self._publisher(a) if official else frozenset(),
            leads=leads,
            large=self.names(a, (o for o in bodies if o.kind in _LARGE)),
            titles=titles,
            units=self.names(a, units),
            parents=above,
            events=self.names(a, events),
            quotes=frozenset(people_across.plain_words(q.name) for q in of[t, "said"] if len(q.name) >= _LITTLE_SAID),
        )

    def _publisher(self, a: Said) -> frozenset[str]:
        """The known body that published an article."""
        entries = self.knowledge.gazetteer.by_name(a.publisher, a.date) if a.publisher else ()
        return frozenset(e.name for e in entries) if len(entries) == 1 else frozenset()

    # What hangs on events and people

    def hanging(self) -> None:
        """Topics by wording; talks and cases by wording with the event or speaker; quotations by words and speaker."""
        topics: dict[str, set[str]] = defaultdict(set)
        for _, t in self.nodes("Topic"):
            topics[bodies_across.spelled(t.name)].add(t.name)
        for a, t in self.nodes("Topic"):
            forms = topics[bodies_across.spelled(t.name)]
            self.put(a, t, replace(t, name=bodies_across.cleanest(forms)), t, "equal wording")
        self._themes()
        talks: dict[tuple[str, str, str], list[Node]] = defaultdict(list)
        for kind in ("Presentation", "Case"):
            for a, t in self.nodes(kind):
                self.put(a, t, replace(t, scope=a.identifier))
                events = self.names(a, a.of[t, "presentedAt"])
                for anchor in events if events and kind == "Presentation" else events | self.names(a, a.by[t, "presented"]):
                    talks[kind, bodies_across.spelled(t.name), anchor].append((a.identifier, t))
        same = Verdict("same", ("equal wording at one event or by one speaker",))
        verdicts = {(x, y): same for nodes in talks.values() for x, y in zip(nodes, nodes[1:]) if x != y}
        linked = {n for pair in verdicts for n in pair}
        keys = {(article, f"{t.kind} {t.name} {t.scope}"): (article, t) for article, t in linked}
        back = {node: key for key, node in keys.items()}
        by_id = {a.identifier: a for a in self.articles}
        self._group(
            {key: [(by_id[article], t)] for key, (article, t) in keys.items()},
            {(back[x], back[y]): v for (x, y), v in verdicts.items()},
            rank=lambda key: bodies_across.cleanness(keys[key][1].name),
            tell=lambda key: "",
        )
        said: dict[str, dict[str, list[Node]]] = defaultdict(dict)
        for a, t in self.nodes("Quotation"):
            speaker = min(self.names(a, a.by[t, "said"]), default="")
            own = len(t.name) >= _LITTLE_SAID and speaker
            self.put(a, t, replace(t, scope=speaker if own else f"{speaker} {a.home}".strip()))
            if own:
                said[speaker].setdefault(t.name, []).append((a.identifier, t))
        for words in said.values():
            for part, whole in mended.fuller_words({name: name for name in words}).items():
                for node in words[part]:
                    self.to[node] = self.to[words[whole][0]]
                    self.why[node].add("part of what another article quotes")

    def _themes(self) -> None:
        """Themes of one event of which a page has lost the beginning or the end."""
        told: dict[str, list[Node]] = defaultdict(list)
        for a, t in self.nodes("Event"):
            told[_label(self.to[a.identifier, t])] += [(a.identifier, o) for o in a.of[t, "topic"] if isinstance(o, Thing)]
        for nodes in told.values():
            fuller = mended.fuller_themes(self.to[node].name for node in nodes) if len(nodes) > 1 else {}
            both = {node[0] for node in nodes if self.to[node].name in fuller.values()}
            for node in nodes:
                if (whole := fuller.get(self.to[node].name)) is not None and node[0] not in both:
                    self.to[node] = replace(self.to[node], name=whole)
                    self.why[node].add("what is left of the theme that another article has in full")

    def named(self) -> None:
        """Countries, cities, systems, awards: their names tell them."""
        for a, t in self._all:
            if (a.identifier, t) not in self.to:
                self.put(a, t, t)

    # Shared

    def put(self, a: Said, t: Thing, thing: Thing, alone: Thing | None = None, reason: str = "") -> None:
        node = a.identifier, t
        self.alone[node] = alone or thing
        self.to[node] = thing
        if reason and thing != self.alone[node]:
            self.why[node].add(reason)

    def _group(
        self,
        atoms: Mapping[tuple, Sequence[tuple[Said, Thing]]],
        verdicts: Mapping[tuple, Verdict],
        *,
        rank: Callable,
        tell: Callable,
        apart: Callable = lambda a, b: False,
        said: Mapping[tuple, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """Give every node the thing of the first of its group; groups that would share a name are told apart by ``tell`` or article.

        ``atoms`` are nodes that are one thing without question, for the reasons that ``said`` gives; ``apart`` tells of atoms that no
        verdict speaks of.
        """
        taken: dict[tuple[str, str], list[tuple[Thing, tuple, tuple]]] = defaultdict(list)
        for group in groups(atoms, verdicts, apart):
            first = min(group, key=lambda atom: (rank(atom), atom))
            a, t = atoms[first][0]
            thing = self.alone[a.identifier, t]
            taken[bodies_across.spelled(thing.name), thing.scope].append((thing, first, group))
        for sharing in taken.values():
            words = Counter(tell(first) for _, first, _ in sharing)
            for thing, first, group in sharing:
                article = min(a.identifier for atom in group for a, _ in atoms[atom])
                if len(sharing) > 1 and thing.scope != article:
                    word = tell(first)
                    thing = replace(thing, scope=f"{thing.scope} {word if word and words[word] == 1 else article}")
                for atom in group:
                    for a, t in atoms[atom]:
                        self.to[a.identifier, t] = thing
        reasons: dict[tuple, set[str]] = defaultdict(set)
        for pair, verdict in verdicts.items():
            if verdict.verdict == "same":
                (a, s), (b, t) = (atoms[atom][0] for atom in pair)
                if self.to[a.identifier, s] == self.to[b.identifier, t]:
                    for atom in pair:
                        reasons[atom].update(verdict.reasons)
        for atom, nodes in atoms.items():
            why = {*reasons[atom], *said.get(atom, ())}
            for a, t in nodes:
                self.why[a.identifier, t] |= why

    def _possible(self, where: Mapping, verdicts: Mapping[tuple, Verdict]) -> None:
        """The things that nothing settles, with the reasons of all their pairs."""
        found: dict[tuple[Thing, Thing], set[str]] = defaultdict(set)
        for (x, y), verdict in sorted(verdicts.items()):
            a, b = (self.to[where[key][0].identifier, where[key][1]] for key in (x, y))
            if a != b and verdict.verdict != "different":
                pair = (a, b) if (a.name, a.scope) <= (b.name, b.scope) else (b, a)
                found[pair].add("; ".join(verdict.reasons))
        self.possibly |= {pair: tuple(sorted(reasons)) for pair, reasons in found.items()}


def _label(thing: Thing) -> str:
    """An event's name and scope, which tell it whatever its kind."""
    return f"{thing.name} {thing.scope}"


def _fullest(one: events_across.Occasion) -> tuple:
    """The order in which events of one group give it their name: with a day, with a number, the longest up to 60 characters."""
    return (one.start is None, not one.editions, -min(len(one.name), 60), one.start or dt.date.min, one.name, one.key)
