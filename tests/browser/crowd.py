"""An OUT folder of any size about invented events, for measurements and for tests of large graphs; the same every time."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path

from rdflib import RDF, RDFS, SKOS, XSD

from kg.knowledge.vocab import ARTICLE, ASSERTION, ID, PRESS

_FIRST, _SECOND, _THIRD = "가나다라마바사아자차카타파하고노도로모보소오조초코토", "람온결빛솔찬별샘들름", "윤하담솔율봄찬결빈슬"
_BODIES = (
    ("University", "대학교"),
    ("PublicInstitution", "진흥원"),
    ("Association", "협회"),
    ("ResearchInstitute", "연구원"),
    ("Company", "테크"),
    ("LocalGovernment", "군청"),
    ("GovernmentBody", "정책처"),
)
_EVENTS = (("Seminar", "세미나"), ("Forum", "포럼"), ("Conference", "학술대회"), ("Meeting", "간담회"), ("Training", "워크숍"))
_FIELDS = ("맑은물", "숲길", "하늘길", "골목상권", "청년농부", "갯벌", "옛책", "달빛장터", "바람에너지", "느린우편")


def write_crowd(folder: Path, things: int, seed: int = 3) -> Path:
    """Write graph.nq, evidence.ttl and articles.jsonl with about ``things`` things (articles not counted) into ``folder``."""
    dice = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    quads: set[str] = set()
    assertions: list[str] = []
    articles: list[dict[str, object]] = []
    made: set[str] = set()
    bodies = [(f"{a}{b}{tail}", kind) for a in _FIRST for b in _SECOND for kind, tail in _BODIES]
    dice.shuffle(bodies)
    bodies = bodies[: max(12, things // 6)]
    number = 0
    while len(made) < things:
        number += 1
        article = f"{ARTICLE}a{number}"
        day = dt.date(2022, 1, 3) + dt.timedelta(days=number * 900 // max(1, things // 7))
        kind, word = dice.choice(_EVENTS)
        event = f"제{dice.randint(1, 9)}회 {dice.choice(_FIELDS)} {word}"
        text, statements = [], []

        def thing(name: str, cls: str, local: str | None = None) -> str:
            iri = f"{ID}{(local or name).replace(' ', '_')}"
            made.add(iri)
            for predicate, value in (
                (RDF.type, f"<{PRESS[cls]}>"),
                (SKOS.prefLabel, f'"{name}"@ko'),
                (RDFS.label, f'"{name}"@ko'),
            ):
                quads.add(f"<{iri}> <{predicate}> {value} <{article}> .")
            return iri

        happening = thing(event, kind, f"{event}_{day}_{number}")
        statements.append((happening, "startDate", f'"{day}"^^<{XSD.date}>', str(day)))
        hosts = [bodies[min(int(dice.expovariate(9 / len(bodies))), len(bodies) - 1)] for _ in range(dice.choice((1, 2, 2, 3)))]
        for name, cls in dict(hosts).items():
            statements.append(
                (thing(name, cls), "coHosted" if len(hosts) > 1 else "hosted", f"<{happening}>", f"{name}은 {event}를 열었다")
            )
        for _ in range(dice.randint(1, 3)):
            person = dice.choice(_FIRST) + dice.choice(_SECOND) + dice.choice(_THIRD)
            body, cls = dice.choice(bodies)
            who = thing(person, "Person", f"{person}_{body}")
            statements.append((who, "affiliatedWith", f"<{thing(body, cls)}>", f"{body} {person} 교수"))
            statements.append((who, "jobTitle", '"교수"@ko', f"{person} 교수"))
            if dice.random() < 0.6:
                title = f"{dice.choice(_FIELDS)}의 {dice.choice(('앞날', '오늘', '길', '배움'))} {number}"
                talk = thing(title, "Presentation")
                statements.append((who, "presented", f"<{talk}>", f"‘{title}’를 발표했다"))
                statements.append((talk, "presentedAt", f"<{happening}>", f"‘{title}’를 발표했다"))
            else:
                statements.append((who, "participatedIn", f"<{happening}>", f"{person} 교수가 참석했다"))
        place = 0
        for k, (s, predicate, o, words) in enumerate(statements):
            sentence = f"이날 행사에서는 {words}. "
            start = place + len("이날 행사에서는 ")
            assertions.append(
                f"<{ASSERTION}{number}-{k}> a press:Assertion ; rdf:subject <{s}> ; rdf:predicate press:{predicate} ; "
                f"rdf:object {o} ; "
                f'press:article <{article}> ; press:evidence "{words}" ; press:start {start} ; press:end {start + len(words)} ; '
                f'press:field "text" ; press:confidence {dice.choice((0.6, 0.8, 0.9, 0.95))} ; '
                f'press:extractor "crowd:{predicate}" ; '
                f'press:sentenceStart {place} ; press:sentenceEnd {place + len(sentence) - 1} ; press:status "asserted" .'
            )
            quads.add(f"<{s}> <{PRESS[predicate]}> {o} <{article}> .")
            quads.add(f"<{article}> <{PRESS.mentions}> <{s}> <{article}> .")
            text.append(sentence)
            place += len(sentence)
        title = f"{hosts[0][0]}, {event} 열어"
        for predicate, value in ((RDF.type, f"<{PRESS.Article}>"), (SKOS.prefLabel, f'"{title}"@ko')):
            quads.add(f"<{article}> <{predicate}> {value} <{article}> .")
        articles.append(
            {
                "id": f"a{number}",
                "iri": article,
                "title": title,
                "subtitle": "",
                "date": str(day + dt.timedelta(days=1)),
                "publisher": hosts[0][0],
                "url": None,
                "source": "crowd.jsonl",
                "fields": {"text": "".join(text)},
                "regions": [],
                "notes": [],
            }
        )
    head = "".join(f"@prefix {name}: <{base}> .\n" for name, base in (("press", PRESS._NS), ("rdf", RDF._NS)))
    (folder / "graph.nq").write_text("\n".join(sorted(quads)) + "\n", encoding="utf-8")
    (folder / "evidence.ttl").write_text(head + "\n".join(assertions) + "\n", encoding="utf-8")
    (folder / "articles.jsonl").write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in articles), encoding="utf-8"
    )
    return folder
