"""What the model of names proposes of itself: people with titles and bodies that the rules do not see, and what it may not touch."""

from __future__ import annotations

import pytest

from kg.analyze import reading
from kg.analyze.ner import Name
from kg.knowledge.lexica import FREE
from kg.knowledge.load import load_knowledge
from tests.test_votes import _facts, _fits, _rows

BEHIND = "간담회에는 르우엔토 산림청 숲지기가 함께했다."
AHEAD = "산림청 숲지기(르우엔토)가 함께했다."

TAKEN = "협약식에는 도윤서 나래온 대표가 참석했다."  # the rules take the body for the person
NOTED = "상은 민서율(물빛나눔터 대표)이 받았다."
EVENT = "산림청은 3월 5일 대전에서 제3회 물결겨루기를 열었다."

# text, what the model says, statement that follows from it
POSITIVE = [
    (TAKEN, [("도윤서", "PS", 0.9), ("나래온", "OG", 0.99)], ("도윤서", "heads", "나래온")),
    (TAKEN, [("도윤서", "PS", 0.9), ("나래온", "OG", 0.99)], ("도윤서", "jobTitle", "대표")),
    (NOTED, [("물빛나눔터", "OG", 0.7)], ("민서율", "heads", "물빛나눔터")),
    (EVENT, [("제3회 물결겨루기", "EV", 0.9)], ("산림청", "hosted", "제3회 물결겨루기")),
    (EVENT, [("제3회 물결겨루기", "EV", 0.9)], ("제3회 물결겨루기", "edition", "3")),
    (BEHIND, [("르우엔토", "PS", 0.995), ("숲지기", "TT", 0.9)], ("르우엔토", "jobTitle", "숲지기")),
    (BEHIND, [("르우엔토", "PS", 0.995), ("숲지기", "TT", 0.9)], ("르우엔토", "affiliatedWith", "산림청")),
    (AHEAD, [("르우엔토", "PS", 0.995), ("숲지기", "TT", 0.9)], ("르우엔토", "jobTitle", "숲지기")),
    (AHEAD, [("르우엔토", "PS", 0.995), ("숲지기", "TT", 0.9)], ("르우엔토", "affiliatedWith", "산림청")),
]
NEGATIVE = [
    ("too unsure", BEHIND, [("르우엔토", "PS", 0.2), ("숲지기", "TT", 0.9)]),
    ("an unsure title", BEHIND, [("르우엔토", "PS", 0.6), ("숲지기", "TT", 0.2)]),
    ("a title alone", BEHIND, [("숲지기", "TT", 0.99)]),
    ("no person", BEHIND, [("르우엔토", "LC", 0.5), ("숲지기", "TT", 0.99)]),
    (
        "a clause between",
        "르우엔토는 숲을 걷고, 숲지기를 만났다.",
        [("르우엔토", "PS", 0.7), ("숲지기", "TT", 0.99)],
    ),
    (
        "a part of a longer name",
        "행사에는 보르헤 르우엔토 산림청 숲지기가 함께했다.",
        [("르우엔토", "PS", 0.995), ("숲지기", "TT", 0.99)],
    ),
    (
        "a body, which has a person of its own",
        "행사에는 문가람 한가람터 교수가 함께했다.",
        [("한가람터", "PS", 0.995), ("교수", "TT", 0.99)],
    ),
    ("a body that nobody stands beside", "물빛나눔터는 5일 물 포럼을 열었다.", [("물빛나눔터", "OG", 0.9)]),
    ("a body that ends like a title", "이날 나래시의원 문가람이 왔다.", [("나래시의원", "OG", 0.99)]),
    ("a part of a word", "상은 민서율(큰물빛나눔터 대표)이 받았다.", [("물빛나눔터", "OG", 0.9)]),
    ("an ordinal alone", EVENT.replace(" 물결겨루기", ""), [("제3회", "EV", 0.99)]),
    ("an event too unsure", EVENT, [("제3회 물결겨루기", "EV", 0.6)]),
    ("a part of a title", "르우엔토 산림청 숲지기·물지기가 함께했다.", [("르우엔토", "PS", 0.7), ("숲지기", "TT", 0.99)]),
    (
        "somebody whom the rules know",
        "산림청 문가람 과장은 “숲이 먼저다.”라고 말했다.",
        [("문가람", "PS", 0.995), ("과장", "TT", 0.99)],
    ),
]


@pytest.fixture
def model(monkeypatch):
    """Makes the model say what a test wants."""

    def answer(*names):
        asked = []

        def names_in_fields(doc, ranges, fields, read=None):
            asked.extend(ranges)
            at = doc.text.index
            return tuple(Name(at(surface), at(surface) + len(surface), label, score) for surface, label, score in names)

        monkeypatch.setattr(reading, "names_in_fields", names_in_fields)
        return asked

    return answer


@pytest.mark.parametrize(("text", "names", "triple"), POSITIVE, ids=[f"{t[0][:5]}-{t[2][1]}" for t in POSITIVE])
def test_a_proposal_is_read(model, text, names, triple):
    model()
    assert not any(_fits(triple, row) for row in _rows(text)), "the rules know it: the case tests nothing"
    model(*names)
    assert any(_fits(triple, row) for row in _rows(text))


@pytest.mark.parametrize(("text", "names"), [case[1:] for case in NEGATIVE], ids=[case[0] for case in NEGATIVE])
def test_a_proposal_that_does_not_fit_counts_nothing(model, text, names):
    model()
    before = _rows(text)
    model(*names)
    assert _rows(text) == before


def test_the_model_is_asked_only_where_a_proper_word_is_unexplained(model):
    asked = model()
    _rows("산림청은 12일 대전에서 산림 세미나를 열었다.")
    assert asked == []
    _rows(BEHIND)
    assert len(asked) == 1


def test_evidence_says_who_proposed(model):
    model(*next(names for text, names, _ in POSITIVE if text == BEHIND))
    title = next(f for f in _facts(BEHIND) if f.relation == "jobTitle" and f.subject.name == "르우엔토").evidence[0]
    assert title.rule.endswith("+model")


def test_thresholds_are_data():
    free = load_knowledge().votes.free
    assert set(free) == set(FREE)
    assert all(0.5 <= sure <= 1 for sure in free.values())
