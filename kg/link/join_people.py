"""People over all articles: by name, with their bodies, titles, events and words."""

from __future__ import annotations

from dataclasses import replace

from kg.knowledge.people import load_titles
from kg.knowledge.schema import schema
from kg.link import people as people_across
from kg.link import titles as titles_across
from kg.link.joins import ATTENDS, LARGE, LITTLE_SAID, How, Joins, Key
from kg.link.said import Said
from kg.model import Thing


def join_people(state: Joins) -> None:
    """People by name with their bodies, titles, events and words; what nothing settles is told."""
    where: dict[Key, tuple[Said, Thing]] = {}
    profiles: dict[Key, people_across.Profile] = {}
    for a, t in state.nodes("Person"):
        key = a.identifier, f"{t.name} {t.scope}"
        profiles[key], where[key] = _profile(state, a, t), (a, t)
        alone = replace(t, name=titles_across.whole_name(t.name))
        state.alone[a.identifier, t] = replace(alone, scope=_main_body(state, a, t, profiles[key]) or a.identifier)
    one = people_across.alike(profiles)
    pairs = people_across.pairs(one)
    judged = state.judge("Person", [(one[x], one[y]) for x, y in pairs])
    verdicts = {pair: verdict for pair, verdict in zip(pairs, judged, strict=True) if verdict is not None}
    state.group(
        {atom: [where[key] for key in atom] for atom in one},
        verdicts,
        How(
            rank=lambda atom: _placed(state, one[atom], state.alone[atom[0][0], where[atom[0]][1]].scope),
            tell=lambda atom: min(one[atom].titles, default=""),
            apart=lambda x, y: people_across.judge(one[x], one[y]).apart,
        ),
        said={atom: ("the same name, body and title",) for atom in one if len(atom) > 1},
    )
    state.possible(where, {(x[0], y[0]): v for (x, y), v in verdicts.items() if people_across.worth_saying(one[x], one[y])})


def _placed(state: Joins, profile: people_across.Profile, scope: str) -> tuple:
    """The order in which profiles of one person give it its body: the one led, a known one, any."""
    return not profile.bodies, scope not in state.knowledge.gazetteer, scope not in profile.leads, scope, min(profile.articles)


def _main_body(state: Joins, a: Said, t: Thing, profile: people_across.Profile) -> str:
    """The body that tells a person from others of the name: the one led, the one that the article chose, any."""
    chosen = state.names(a, (o for o in a.things if o.name == t.scope and schema().is_a(o.kind, "Organization"))) & profile.bodies
    unknown = {name: name not in state.knowledge.gazetteer for name in profile.bodies | profile.leads}
    return min(profile.leads or chosen or profile.bodies, key=lambda name: (unknown[name], name), default="")


def _profile(state: Joins, a: Said, t: Thing) -> people_across.Profile:
    of = a.of
    bodies = [o for r in ("heads", "affiliatedWith") for o in of[t, r]]
    units = [o for o in bodies if o.kind == "OrganizationalUnit"]
    above = state.names(a, (p for o in bodies for p in of[o, "partOf"]))
    if any(not of[o, "partOf"] for o in units):
        above |= state.publisher(a)
    events = [o for r in ATTENDS for o in of[t, r]] + [e for p in of[t, "presented"] for e in of[p, "presentedAt"]]
    titles = frozenset(part for title in of[t, "jobTitle"] for part in titles_across.posts(title))
    leads, own = state.names(a, of[t, "heads"]), state.names(a, bodies)
    if not own:
        own = leads = frozenset(state.knowledge.head_titles[title] for title in titles if title in state.knowledge.head_titles)
    heads = state.knowledge.head_titles
    titles = frozenset(
        state.knowledge.gazetteer[heads[title]].head or title if heads.get(title) in own else title for title in titles
    )
    above |= {
        e.within
        for name in own
        for e in state.knowledge.gazetteer.by_name(name)
        if e.name == name and e.within and e.cls == "GovernmentBody"
    }
    chief = {e.head for name in state.publisher(a) for e in state.knowledge.gazetteer.by_name(name) if e.name == name}
    official = not own and (any(map(load_titles().official, titles)) or bool(titles & chief))
    return people_across.Profile(
        name=titles_across.whole_name(t.name),
        articles=frozenset({a.identifier}),
        texts=frozenset({a.home}),
        dates=frozenset({a.date} if a.date is not None else ()),
        publishers=state.publisher(a),
        bodies=own,
        presumed=state.publisher(a) if official else frozenset(),
        leads=leads,
        large=state.names(a, (o for o in bodies if o.kind in LARGE)),
        titles=titles,
        units=state.names(a, units),
        parents=above,
        events=state.names(a, events),
        quotes=frozenset(titles_across.plain_words(q.name) for q in of[t, "said"] if len(q.name) >= LITTLE_SAID),
    )
