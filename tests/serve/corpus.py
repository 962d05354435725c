"""Five hundred releases made up for the tests, and what has to be answered from them: every name and sentence is invented.

Each release is written from a record, and what a question has to find is counted from the records, never from the graph.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MINISTRIES = ("해양수산부", "보건복지부", "환경부", "산림청", "기상청", "통계청")
CITIES = ("목포", "여수", "강릉", "전주", "춘천", "제주")
TOPICS = ("갯벌 복원", "섬마을 돌봄", "빗물 저장", "산불 감시", "해무 예보", "인구 조사", "폐어구 회수", "숲길 안전")
KINDS = (("세미나", "Seminar"), ("포럼", "Forum"), ("학술대회", "Conference"))
ABROAD = ("노르웨이 수산청", "덴마크 통계청", "핀란드 기상청")
PEOPLE = tuple(
    first + last
    for first in ("한", "노", "류", "서", "여", "마", "도", "민", "라", "나", "봉", "선")
    for last in ("솔비", "을찬", "단비", "리하", "선우")
)
COLLEGES = ("물결대학교", "바람대학교", "온누리대학교", "한빛대학교")
HEADS = {"환경부": ("장관", ("가람우", "가온결", "가은빛")), "산림청": ("청장", ("차노을", "차하늘"))}
CAREER = ("하람결", "해양수산부", ("수산정책과장", "해양정책국장", "해양정책실장"))
MANY = 500


@dataclass(frozen=True, slots=True)
class Release:
    """One article, and what it says: an event with its hosts and day, who spoke about what, who said what."""

    text: str
    title: str
    day: dt.date
    event: str = ""
    kind: str = ""
    hosts: tuple[str, ...] = ()
    held: dt.date | None = None
    city: str = ""
    speaker: tuple[str, str] = ("", "")
    topic: str = ""
    said: tuple[str, str] = ("", "")
    foreign: str = ""


def with_(name: str, closed: str, vowel: str) -> str:
    """A name with the particle that its last syllable takes."""
    return name + (closed if (ord(name[-1]) - 0xAC00) % 28 else vowel)


def releases(today: dt.date) -> list[Release]:
    """The same releases for the same day; the planned ones lie in the month after it."""
    made = [*_agreements(), *_posts(), *_planned(today)]
    return [*made, *(_event(number) for number in range(MANY - len(made)))]


def _event(number: int) -> Release:
    chosen = random.Random(number)  # one of its own, so that a release does not depend on those before it
    body, other = chosen.sample(MINISTRIES, 2)
    topic, city, (noun, kind) = chosen.choice(TOPICS), chosen.choice(CITIES), chosen.choice(KINDS)
    held = dt.date(chosen.randint(2021, 2024), chosen.randint(1, 12), chosen.randint(1, 27))
    together = chosen.random() < 0.6
    name = f"제{number + 1}회 {topic} {noun}"
    speaker, college = PEOPLE[number % 60], COLLEGES[number % 60 % 4]
    hosts = f"{with_(body, '은', '는')} {with_(other, '과', '와')} 공동으로" if together else f"{with_(body, '은', '는')}"
    text = (
        f"{hosts} {held.month}월 {held.day}일 {city}에서 ‘{name}’{'를' if noun != '포럼' else '을'} 개최했다.\n"
        f"이날 {noun}에서 {speaker} {college} 교수가 ‘{topic}의 다음 걸음 {number + 1}’을 주제로 발표했다.\n"
        f"{speaker} 교수는 “{with_(topic, '은', '는')} {number + 1}번 다시 살펴야 한다”라고 말했다.\n"
    )
    return Release(
        text=text,
        title=f"{body}, {name} 열어",
        day=held + dt.timedelta(days=1),
        event=name,
        kind=kind,
        hosts=(body, other) if together else (body,),
        held=held,
        city=city,
        speaker=(speaker, college),
        topic=topic,
        said=(speaker, f"{with_(topic, '은', '는')} {number + 1}번 다시 살펴야 한다"),
    )


def _agreements() -> Iterator[Release]:
    for number in range(18):
        body, other = MINISTRIES[number % 6], ABROAD[number % 3]
        held = dt.date(2021 + number * 3 % 4, 1 + number % 12, 5 + number)
        name = f"{TOPICS[number % 8]} {number + 1}차 업무협약"
        text = f"{with_(body, '은', '는')} {held.month}월 {held.day}일 {with_(other, '과', '와')} ‘{name}’을 체결했다.\n"
        yield Release(
            text=text,
            title=f"{body}, {other}과 손잡아",
            day=held,
            event=name,
            kind="Agreement",
            hosts=(body, other),
            held=held,
            foreign=other,
        )


def _posts() -> Iterator[Release]:
    for body, (title, people) in HEADS.items():
        for number, person in enumerate(people):
            day = dt.date(2021 + number, 3, 2)
            text = f"{person} {body} {title}은 2일 “{number + 1}년째 같은 길을 걷겠다”라고 말했다.\n"
            yield Release(text=text, title=f"{body} {title} 현장 찾아", day=day)
    person, body, titles = CAREER
    for number, title in enumerate(titles):
        day = dt.date(2021 + number, 9, 1)
        yield Release(
            text=f"{person} {body} {title}은 1일 “어촌의 {number + 1}번째 숙제를 풀겠다”라고 말했다.\n",
            title=f"{body} {title} 인터뷰",
            day=day,
        )


def _planned(today: dt.date) -> Iterator[Release]:
    following = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    for number in range(6):
        body, held = MINISTRIES[number], following + dt.timedelta(days=3 + number * 4)
        name = f"{CITIES[number]} {TOPICS[number]} 박람회"
        text = f"{with_(body, '은', '는')} 오는 {held.year}년 {held.month}월 {held.day}일 {CITIES[number]}에서 ‘{name}’를 개최할 예정이다.\n"
        yield Release(
            text=text,
            title=f"{body}, {name} 연다",
            day=today,
            event=name,
            kind="Exhibition",
            hosts=(body,),
            held=held,
            city=CITIES[number],
        )


def written(folder: Path, today: dt.date) -> list[Release]:
    """The releases, written as a corpus of JSON Lines."""
    made = releases(today)
    rows = [
        {"id": f"made-{number:03}", "title": one.title, "text": one.text, "date": one.day.isoformat()}
        for number, one in enumerate(made)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "made.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return made


def most_co_hosted(made: list[Release], year: int, kind: str) -> list[tuple[str, int]]:
    """Bodies by the events of a kind and year that they held with another one, the most first."""
    found = Counter(
        host
        for one in made
        if one.kind == kind and len(one.hosts) > 1 and one.held.year == year and not one.foreign
        for host in one.hosts
    )
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
