"""The joins of things over articles made so far: what each node became, and why; nodes are put into groups here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.link import bodies as bodies_across
from kg.link.group import Verdict, groups
from kg.link.judging import Judge
from kg.link.said import Said
from kg.model import Thing

Node = tuple[str, Thing]  # an article and a thing as that article has it
Key = tuple[str, str]  # the same with the thing's name and scope, which can be put in order
HOSTS = ("hosted", "coHosted", "organized")
ATTENDS = ("participatedIn", "chaired", "hosted", "coHosted")
LARGE = ("Company", "University")
LITTLE_SAID = 20  # characters; shorter words may be said by anybody


@dataclass(frozen=True, slots=True)
class How:
    """How groups are made: which of a group comes first and gives its thing, the word that tells it from another of its name, and what
    is kept apart though no verdict speaks of it."""

    rank: Callable
    tell: Callable = lambda atom: ""
    apart: Callable = lambda a, b: False


class Joins:
    """The joins made so far; later steps read earlier ones."""

    def __init__(self, articles: Sequence[Said], knowledge: Knowledge, judge: Judge) -> None:
        self.articles, self.knowledge, self.judge = articles, knowledge, judge
        self.to: dict[Node, Thing] = {}
        self.alone: dict[Node, Thing] = {}
        self.why: dict[Node, set[str]] = defaultdict(set)
        self.possibly: dict[tuple[Thing, Thing], tuple[str, ...]] = {}
        self.before: dict[Thing, Thing] = {}
        self.all = [(a, t) for a in articles for t in a.things]
        self.kinds = {t.kind for _, t in self.all}

    def nodes(self, parent: str) -> Iterator[tuple[Said, Thing]]:
        kinds = {kind for kind in self.kinds if schema().is_a(kind, parent)}
        return ((a, t) for a, t in self.all if t.kind in kinds)

    def names(self, article: Said, things: Iterable[Thing]) -> frozenset[str]:
        """Names of what things of an article became; their scope with it, where they have one."""
        found = (self.to.get((article.identifier, t), t) for t in things if isinstance(t, Thing))
        return frozenset(f"{t.name} {t.scope}".strip() for t in found)

    def put(self, a: Said, t: Thing, thing: Thing, alone: Thing | None = None, reason: str = "") -> None:
        node = a.identifier, t
        self.alone[node] = alone or thing
        self.to[node] = thing
        if reason and thing != self.alone[node]:
            self.why[node].add(reason)

    def group(
        self,
        atoms: Mapping[tuple, Sequence[tuple[Said, Thing]]],
        verdicts: Mapping[tuple, Verdict],
        how: How,
        said: Mapping[tuple, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """Give every node the thing of the first of its group; groups that would share a name are told apart by a word or their article.

        ``atoms`` are nodes that are one thing without question, for the reasons that ``said`` gives; verdicts are of pairs of them.
        """
        taken: dict[tuple[str, str], list[tuple[Thing, tuple, tuple]]] = defaultdict(list)
        for group in groups(atoms, verdicts, how.apart):
            first = min(group, key=lambda atom: (how.rank(atom), atom))
            a, t = atoms[first][0]
            thing = self.alone[a.identifier, t]
            taken[bodies_across.spelled(thing.name), thing.scope].append((thing, first, group))
        for sharing in taken.values():
            words = Counter(how.tell(first) for _, first, _ in sharing)
            for thing, first, group in sharing:
                article = min(a.identifier for atom in group for a, _ in atoms[atom])
                if len(sharing) > 1 and thing.scope != article:
                    word = how.tell(first)
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

    def possible(self, where: Mapping, verdicts: Mapping[tuple, Verdict]) -> None:
        """The things that nothing settles, with the reasons of all their pairs."""
        found: dict[tuple[Thing, Thing], set[str]] = defaultdict(set)
        for (x, y), verdict in sorted(verdicts.items()):
            a, b = (self.to[where[key][0].identifier, where[key][1]] for key in (x, y))
            if a != b and verdict.verdict != "different":
                pair = (a, b) if (a.name, a.scope) <= (b.name, b.scope) else (b, a)
                found[pair].add("; ".join(verdict.reasons))
        self.possibly |= {pair: tuple(sorted(reasons)) for pair, reasons in found.items()}

    def publisher(self, a: Said) -> frozenset[str]:
        """The known body that published an article."""
        entries = self.knowledge.gazetteer.by_name(a.publisher, a.date) if a.publisher else ()
        return frozenset(e.name for e in entries) if len(entries) == 1 else frozenset()


def label(thing: Thing) -> str:
    """An event's name and scope, which tell it whatever its kind."""
    return f"{thing.name} {thing.scope}"
