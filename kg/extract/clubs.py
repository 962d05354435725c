"""Clubs of universities, which stand quoted behind the university where the text speaks of clubs: 나래대 ‘Narae Lab’, ‘QCC’ 등 암호동아리."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.names.words import event_noun
from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention

_CLUB = "동아리"
_QUOTED = re.compile(
    r"(?:\([^()]{2,8}\))?\s?[‘“'「](?P<name>[^‘’“”'「」]{2,25})[’”'」](?=[,·]|\s?(?:등|총|팀)|\s동아리|[을를이가은는과와의])"
)
_NEXT = re.compile(r",\s?(?=[‘“'「])")


def extract_clubs(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of partOf between a club and its university."""
    text = reading.tokens.text
    for sentence in reading.sentences:
        if _CLUB not in text[sentence.start : sentence.end]:
            continue
        for school in (m for m in reading.within(sentence.start, sentence.end - 1) if m.kind == "University"):
            position = school.end
            while (quoted := _QUOTED.match(text, position, sentence.end)) is not None:
                name = quoted["name"].strip()
                if event_noun(name.split()[-1], knowledge) is None:
                    club = Mention(
                        start=quoted.start("name"),
                        end=quoted.end("name"),
                        kind="Association",
                        name=name,
                        rule="club",
                        certain=False,
                    )
                    yield Candidate(
                        relation="partOf",
                        subject=club,
                        object=school,
                        rule="club.university",
                        start=school.start,
                        end=quoted.end(),
                        sentence=(sentence.start, sentence.end),
                    )
                following = _NEXT.match(text, quoted.end(), sentence.end)
                if following is None:
                    break
                position = following.end()
