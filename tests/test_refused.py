"""What statements may not be said of: every block of the data with a statement that it refuses and one that it does not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.decide.refused import reason
from kg.errors import KnowledgeError
from kg.knowledge.load import load_knowledge
from kg.knowledge.refused import load_refused
from kg.knowledge.resources import resource
from kg.model import Candidate, Mention, Value

FORUM = ("물 포럼", "Forum")


def end(text: str, words: str, kind: str, **more) -> Mention | Value | str:
    """The words of a text as one end of a statement."""
    start = text.index(words)
    if kind == "text":
        return words
    if kind == "value":
        return Value(kind="date", start=start, end=start + len(words))
    if title := more.get("title"):
        at = text.index(title)
        more["title_span"] = at, at + len(title)
    return Mention(start=start, end=start + len(words), kind=kind, name=words, rule="suffix", **more)


def said(text: str, relation: str, subject: tuple, object_: tuple, more: dict | None = None) -> Candidate:
    """A statement of a whole text."""
    ends = end(text, *subject, **(more or {})), end(text, *object_)
    return Candidate(
        relation=relation, subject=ends[0], object=ends[1], rule="r", start=0, end=len(text), sentence=(0, len(text))
    )


# (why, text, relation, subject, object, more of the subject); without a why the statement stays
CASES = [
    ("people by their role are no body", "실과소원장들이 물 포럼에 왔다.", "participatedIn", ("실과소원장", "Organization"), FORUM, {}),
    ("people by their role are no body", "시민 대표자들이 물 포럼에 왔다.", "participatedIn", ("시민 대표자들", "Organization"), FORUM, {}),
    ("", "물결원장실이 물 포럼에 왔다.", "participatedIn", ("물결원장실", "Organization"), FORUM, {}),
    ("leads a body of the place, not the place", "서가람 나래시 교육장이", "heads", ("서가람", "Person"), ("나래시", "LocalGovernment"), {"title": "교육장"}),
    ("leads a body of the place, not the place", "서가람 나래 교육장이", "heads", ("서가람", "Person"), ("나래", "Place"), {"title": "교육장"}),
    ("", "서가람 나래청 교육장이", "heads", ("서가람", "Person"), ("나래청", "LocalGovernment"), {"title": "교육장"}),
    ("", "서가람 나래시 시장이", "heads", ("서가람", "Person"), ("나래시", "LocalGovernment"), {"title": "시장이"}),
    ("a prize won is no office", "나래문화상 수상 물 포럼", "participatedIn", ("나래문화상", "Person"), FORUM, {"title": "수상"}),
    ("a prize won is no office", "서가람 수상 물결재단", "affiliatedWith", ("서가람", "Person"), ("물결재단", "Organization"), {"title": "수상"}),
    ("", "서가람 수상 벨기에", "heads", ("서가람", "Person"), ("벨기에", "Country"), {"title": "수상"}),
    ("was so formerly", "물결재단 출신 서가람", "affiliatedWith", ("서가람", "Person"), ("물결재단", "Organization"), {}),
    ("was so formerly", "물결재단 이사 출신 서가람", "jobTitle", ("서가람", "Person"), ("이사", "text"), {"title": "이사"}),
    ("", "물결재단 이사 서가람", "affiliatedWith", ("서가람", "Person"), ("물결재단", "Organization"), {"title": "이사"}),
    ("is a smaller place of another name", "부산면은 물 포럼을", "participatedIn", ("부산", "Place"), FORUM, {"known": "부산광역시"}),
    ("", "부산면은 물 포럼을", "participatedIn", ("부산", "Place"), FORUM, {}),
    ("", "부산면접에서 물 포럼이", "participatedIn", ("부산", "Place"), FORUM, {"known": "부산광역시"}),
    ("a city is not at a place of another", "나래시 물결구", "locatedIn", ("나래시", "LocalGovernment"), ("물결구", "Place"), {}),
    ("", "나래재단 물결구", "locatedIn", ("나래재단", "Organization"), ("물결구", "Place"), {}),
    ("a building is no city", "물 포럼 나래회관", "city", FORUM, ("나래회관", "City"), {}),
    ("", "물 포럼 나래시", "city", FORUM, ("나래시", "City"), {}),
    ("any agreement is called so", "물 협약 MOU", "altLabel", ("물 협약", "Agreement"), ("MOU", "text"), {}),
    ("", "물 협약 MOUX", "altLabel", ("물 협약", "Agreement"), ("MOUX", "text"), {}),
    ("is the day of an issue", "물 포럼 5월 6일자 ", "startDate", FORUM, ("5월 6일", "value"), {}),
    ("", "물 포럼 5월 6일 자료", "startDate", FORUM, ("5월 6일", "value"), {}),
    ("a register is no body", "농지원부 물 포럼", "participatedIn", ("농지원부", "Organization"), FORUM, {}),
    ("", "농지원부 물 포럼", "participatedIn", ("농지원부", "Organization"), FORUM, {"known": "농지원부"}),
    ("is part of no one body", "물결과 대학", "partOf", ("물결과", "Organization"), ("대학", "Organization"), {}),
    ("", "물결과 나래대학", "partOf", ("물결과", "Organization"), ("나래대학", "Organization"), {}),
    ("an inspection is no prosecutor", "비파괴검사 서가람", "jobTitle", ("서가람", "Person"), ("비파괴검사", "text"), {"title": "비파괴검사"}),
    ("", "부장검사 서가람", "jobTitle", ("서가람", "Person"), ("부장검사", "text"), {"title": "부장검사"}),
    ("", "검사 서가람", "jobTitle", ("서가람", "Person"), ("검사", "text"), {"title": "검사"}),
    ("is short for several", "주요 5개국 특허청(IP5)", "altLabel", ("특허청", "Organization"), ("IP5", "text"), {}),
    ("", "나래국 특허청(IPO)", "altLabel", ("특허청", "Organization"), ("IPO", "text"), {}),
    ("a group is no body", "물결 등 시험원이 물 포럼에", "participatedIn", ("시험원", "Organization"), FORUM, {}),
    ("a group is no body", "관계 연구기관이 물 포럼에", "participatedIn", ("관계 연구기관", "Organization"), FORUM, {}),
    ("", "물결시험원이 물 포럼에", "participatedIn", ("물결시험원", "Organization"), FORUM, {}),
    ("is a body of that country", "일본(JISF)", "altLabel", ("일본", "Country"), ("JISF", "text"), {}),
    ("", "영국(UK)", "altLabel", ("영국", "Country"), ("UK", "text"), {}),
    ("counts all editions so far", "물 포럼은 지난해까지 모두 900명이", "attendeeCount", FORUM, ("900명", "value"), {}),
    ("", "물 포럼은 지난해 모두 900명이", "attendeeCount", FORUM, ("900명", "value"), {}),
    ("is how it was held, not what", "나래시, 화상회의 14:00", "venue", ("화상회의", "Event"), ("나래시", "Place"), {}),
    ("", "나래시 물결 화상회의 14:00", "venue", ("화상회의", "Event"), ("나래시", "Place"), {}),
    ("an address names nothing", "www.nara.kr 물 포럼", "participatedIn", ("www.nara.kr", "Organization"), FORUM, {}),
    ("is a day of one of several", "2일, 9일 두 차례 물 포럼", "startDate", FORUM, ("9일", "value"), {}),
    ("", "2일 두 번째 물 포럼", "startDate", FORUM, ("2일", "value"), {}),
    ("is the tail of a word", "유역(지방)환경청이 물 포럼", "participatedIn", ("환경청", "Organization"), FORUM, {}),
    ("", "(재)환경원이 물 포럼", "participatedIn", ("환경원", "Organization"), FORUM, {}),
    ("is a word that another was made of", "에코톤(Eco)은 환경의 합성어", "altLabel", ("에코톤", "Event"), ("Eco", "text"), {}),
    ("", "에코톤(Eco)은 환경의 축제", "altLabel", ("에코톤", "Event"), ("Eco", "text"), {}),
    ("a region is no venue", "물 포럼 남방지역", "venue", FORUM, ("남방지역", "Venue"), {}),
    ("", "물 포럼 남방지역회관", "venue", FORUM, ("남방지역회관", "Venue"), {}),
    ("is any house of its kind", "물 포럼 호텔", "venue", FORUM, ("호텔", "Venue"), {}),
    ("", "물 포럼 나래호텔", "venue", FORUM, ("나래호텔", "Venue"), {}),
    ("is one of several parts of a work, no person", "서나루(울진) 3·4호기 환경부", "affiliatedWith", ("서나루", "Person"), ("환경부", "Organization"), {}),
    ("", "서나루(울진) 3일 환경부", "affiliatedWith", ("서나루", "Person"), ("환경부", "Organization"), {}),
    ("several bodies are no one body", "17개 교육청이 물 포럼", "hosted", ("교육청", "Organization"), FORUM, {}),
    ("", "17개국 교육청이 물 포럼", "hosted", ("교육청", "Organization"), FORUM, {}),
    ("a group is no body", "시도교육청이 물 포럼", "hosted", ("시도교육청", "Organization"), FORUM, {}),
    ("", "나래교육청이 물 포럼", "hosted", ("나래교육청", "Organization"), FORUM, {}),
    ("is a town with a particle", "나래군과 같은 물 포럼", "hosted", ("나래군과", "Organization"), FORUM, {}),
    ("", "물결과 같은 물 포럼", "hosted", ("물결과", "Organization"), FORUM, {}),
    ("an office is no body", "주나래대사 물 포럼", "hosted", ("주나래대사", "Organization"), FORUM, {}),
    ("", "주나래대사관 물 포럼", "hosted", ("주나래대사관", "Organization"), FORUM, {}),
    ("a byline is no fact", "[가온=한빛통신] 서가람 기자 = 물 포럼이 열렸다", "affiliatedWith", ("서가람", "Person"), ("한빛통신", "Organization"), {"title": "기자"}),
    ("a byline is no fact", "ⓒ 한빛통신 서가람 기자", "affiliatedWith", ("서가람", "Person"), ("한빛통신", "Organization"), {"title": "기자"}),
    ("", "한빛통신 서가람 기자가 물 포럼에", "affiliatedWith", ("서가람", "Person"), ("한빛통신", "Organization"), {"title": "기자"}),
    ("a country is no city", "물 포럼(5월, 칠레)", "city", FORUM, ("칠레", "Country"), {}),
    ("", "물 포럼(5월, 나래)", "city", FORUM, ("나래", "City"), {}),
    ("begins with where it is", "소재 물결대학은 물 포럼에", "participatedIn", ("소재 물결대학", "Organization"), FORUM, {}),
    ("", "소재물결대학은 물 포럼에", "participatedIn", ("소재물결대학", "Organization"), FORUM, {}),
    ("an office with its staff is no title", "나래 서가람 의원실", "jobTitle", ("서가람", "Person"), ("의원실", "text"), {"title": "의원실"}),
    ("", "나래 서가람 의원", "jobTitle", ("서가람", "Person"), ("의원", "text"), {"title": "의원"}),
    ("a market is no mayor", "방산 시장에서의 경쟁력", "jobTitle", ("방산", "Person"), ("시장", "text"), {"title": "시장"}),
    ("", "서가람 시장에게 물었다", "jobTitle", ("서가람", "Person"), ("시장", "text"), {"title": "시장"}),
    ("is of the body that is under it", "환경부 소속 나래관리원(원장 서가람)은", "affiliatedWith", ("서가람", "Person"), ("환경부", "Organization"), {"title": "원장"}),
    ("", "환경부 소속 서가람 과장(나래팀장 겸임)은", "affiliatedWith", ("서가람", "Person"), ("환경부", "Organization"), {"title": "과장"}),
    ("people have talks and do not hold them", "서가람 청장이 양자회담을 진행하고 있다", "hosted", ("서가람", "Person"), ("양자회담", "Meeting"), {}),
    ("", "서가람 청장이 간담회를 진행하고 있다", "hosted", ("서가람", "Person"), ("간담회", "Meeting"), {}),
    ("", "나래청이 양자회담을 진행하고 있다", "hosted", ("나래청", "Organization"), ("양자회담", "Meeting"), {}),
    ("is whose theme it is", "물 포럼을 열었다. 숲을 NARA 주제로 정하고", "topic", ("물 포럼", "Forum"), ("NARA", "Topic"), {}),
    ("", "물 포럼을 NARA 주제로 열었다", "topic", ("물 포럼", "Forum"), ("NARA", "Topic"), {}),
    ("words out of quotation marks are no title", "나래 지키기 모임’ 위원장", "jobTitle", ("지키기", "Person"), ("모임’ 위원장", "text"), {"title": "모임’ 위원장"}),
    ("", "서가람 모임 위원장", "jobTitle", ("서가람", "Person"), ("모임 위원장", "text"), {"title": "모임 위원장"}),
    ("a side is nobody", "우리측 수석대표", "jobTitle", ("우리측", "Person"), ("수석대표", "text"), {"title": "수석대표"}),
    ("", "우리라 수석대표", "jobTitle", ("우리라", "Person"), ("수석대표", "text"), {"title": "수석대표"}),
    ("two people are not one", "조 에반·션 설리 차관보", "jobTitle", ("조 에반·션 설리", "Person"), ("차관보", "text"), {"title": "차관보"}),
    ("", "조 에반 차관보", "jobTitle", ("조 에반", "Person"), ("차관보", "text"), {"title": "차관보"}),
    ("a ceremony is nobody", "홍보대사 임명식", "jobTitle", ("임명식", "Person"), ("홍보대사", "text"), {"title": "홍보대사"}),
    ("", "홍보대사 임명시", "jobTitle", ("임명시", "Person"), ("홍보대사", "text"), {"title": "홍보대사"}),
    ("a state is not its head", "(Roger Kling) 서나래 신임 총리", "jobTitle", ("서나래", "Person"), ("총리", "text"), {"title": "총리"}),
    ("", "(NARA) 서나래 신임 총리", "jobTitle", ("서나래", "Person"), ("총리", "text"), {"title": "총리"}),
    ("an enclosure is no body", "붙임파일(서가람 청장)", "heads", ("서가람", "Person"), ("붙임파일", "Organization"), {"title": "청장"}),
    ("", "붙임재단(서가람 청장)", "heads", ("서가람", "Person"), ("붙임재단", "Organization"), {"title": "청장"}),
    ("is on whose occasion it is, and not there", "서가람 대통령의 칠레 순방 성과를 알리는 물 포럼", "participatedIn", ("서가람", "Person"), FORUM, {"title": "대통령"}),
    ("", "서가람 대통령의 축사가 있은 물 포럼", "participatedIn", ("서가람", "Person"), FORUM, {"title": "대통령"}),
    ("is the day of a part of it", "물 포럼 접수 기간 : 3월 5일", "startDate", FORUM, ("3월 5일", "value"), {}),
    ("", "물 포럼 기간 : 3월 5일", "startDate", FORUM, ("3월 5일", "value"), {}),
    ("is a week of a report", "주간(16주차, 6.19일)", "startDate", ("주간", "Campaign"), ("6.19일", "value"), {}),
    ("", "물 주간(6.19일)", "startDate", ("물 주간", "Campaign"), ("6.19일", "value"), {}),
    ("is a letter of a longer name", "엔에이치(NH)농협은행", "altLabel", ("엔에이치", "Organization"), ("NH", "text"), {}),
    ("", "케이티(KT)는 물 포럼에", "altLabel", ("케이티", "Organization"), ("KT", "text"), {}),
    ("counts a part of those who came", "물 포럼 현장 19명, 온라인 52명", "attendeeCount", FORUM, ("52명", "value"), {}),
    ("", "물 포럼 현장에 온 모두 52명", "attendeeCount", FORUM, ("52명", "value"), {}),
    ("an eye is no broadcaster", "CCTV 관제센터", "partOf", ("관제센터", "Organization"), ("CCTV", "Organization"), {}),
    ("", "CCTX 관제센터", "partOf", ("관제센터", "Organization"), ("CCTX", "Organization"), {}),
    ("a pupil holds no office", "서가람 학생", "jobTitle", ("서가람", "Person"), ("학생", "text"), {"title": "학생"}),
    ("what somebody does with others is nobody", "나래단 공동 주관의 물 포럼", "participatedIn", ("주관의", "Person"), FORUM, {}),
    ("", "나래단 공동 주관희 물 포럼", "participatedIn", ("주관희", "Person"), FORUM, {}),
    ("is how it was held, not where", "물 포럼 장소: 영상회의", "venue", FORUM, ("영상회의", "Venue"), {}),
    ("", "물 포럼 장소: 영상회의실", "venue", FORUM, ("영상회의실", "Venue"), {}),
    ("a country by its part is no unit", "나래사무국 소재지국", "partOf", ("소재지국", "Organization"), ("나래사무국", "Organization"), {}),
    ("", "나래사무국 기획국", "partOf", ("기획국", "Organization"), ("나래사무국", "Organization"), {}),
    ("is a street", "물 포럼 가온시 나루로 370", "venue", FORUM, ("나루로", "Place"), {}),
    ("", "물 포럼 가온시 나루로회관 370호", "venue", FORUM, ("나루로회관", "Place"), {}),
    ("is of the bureau for it, not of it", "외교부 서가람 아세안국장", "affiliatedWith", ("서가람", "Person"), ("아세안", "InternationalOrganization"), {}),
    ("", "서가람 아세안 사무총장", "affiliatedWith", ("서가람", "Person"), ("아세안", "InternationalOrganization"), {}),
    ("a body with 의 is nobody", "민들레 유니온의 나리 위원장", "jobTitle", ("민들레 유니온의", "Person"), ("위원장", "text"), {}),
    ("", "민들레 유니온 위원장", "jobTitle", ("민들레 유니온", "Person"), ("위원장", "text"), {}),
    ("is at the place, and of no office there", "나루숲(가온시)", "affiliatedWith", ("나루숲", "Person"), ("가온시", "LocalGovernment"), {}),
    ("", "나루숲(가온시청)", "affiliatedWith", ("나루숲", "Person"), ("가온시청", "LocalGovernment"), {}),
    ("is a part of a title", "나래공단과 ‘물결센터 설립", "hosted", ("‘물결센터", "Organization"), ("설립", "Event"), {}),
    ("", "나래공단과 물결센터 설립", "hosted", ("물결센터", "Organization"), ("설립", "Event"), {}),
    ("only its place in a row is told", "두 번째 사례 나래기업", "presented", ("나래기업", "Organization"), ("두 번째 사례", "Case"), {}),
    ("", "물 절약 사례 나래기업", "presented", ("나래기업", "Organization"), ("물 절약 사례", "Case"), {}),
    ("", "서가람 학생회장", "jobTitle", ("서가람", "Person"), ("학생회장", "text"), {"title": "학생회장"}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "text", "relation", "subject", "object_", "more"), CASES)
def test_a_statement_of_the_wrong_kind_is_refused(why, text, relation, subject, object_, more):
    found = reason(said(text, relation, subject, object_, more), text, load_knowledge().refused)
    assert found == (why or None)


def test_every_block_refuses_something():
    blocks = Counter(block.why for block in load_knowledge().refused)
    refused = Counter(case[0] for case in CASES if case[0])
    assert blocks <= refused, blocks - refused


@pytest.mark.parametrize(
    ("block", "bad"),
    [
        ('why = "x"\nany = { is = ["Organisation"] }', "Organisation"),
        ('why = "x"\nrelations = ["hostd"]\nany = { known = true }', "hostd"),
        ('why = "x"\nany = { nmae = "a" }', "nmae"),
        ('why = "x"\nanybody = { name = "a" }', "anybody"),
        ('why = "x"\nany = { name = "{peple}" }', "peple"),
        ('why = "x"\nany = { name = "(a" }', "is no regular expression"),
        ('why = "x"', "needs a reason"),
        ('any = { name = "a" }', "needs a reason"),
    ],
)
def test_a_mistake_in_a_block_is_named(block, bad, tmp_path: Path):
    path = tmp_path / "refused.toml"
    path.write_text(f"[[refused]]\n{block}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=bad):
        load_refused(path, {"people": frozenset({"대표자"})})


def test_blocks_are_read_in_their_order():
    path = resource("data") / "lexicon" / "refused.toml"
    pieces = {name: getattr(load_knowledge().kinds, name) for name in load_knowledge().kinds.__dataclass_fields__}
    assert [block.why for block in load_refused(path, pieces)] == [block.why for block in load_knowledge().refused]
