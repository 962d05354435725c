"""What site builders put around an article: the weather, forms, rows of labels, whose report it is without a bracket."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.read.given import Given
from kg.read.page import articles_of

BODY = (
    "가온구의회는 3일 청사 앞에서 책 잔치를 열었다. 잔치에는 주민 300명이 참석했다.\n\n"
    "청사 앞 잔치에서 두메솔 의장은 “주민이 책을 나누는 구를 만들겠다”고 말했다."
)
TITLE = "가온구의회, 청사 앞에서 책 잔치 열어"
DAY = dt.date(2024, 3, 5)
WEATHER = (
    "2026.02.07 (토)\n\n  • 흐림가온 -11.7℃\n  • 맑음두메 3.0℃\n  • 한빛 2.2℃ 구름조금\n  • 16.5℃ 맑음\n기상청 제공\n\n의회\n\n"
)

# (page, title, publisher, day)
PAGES = {
    "the weather and the day of the visit": (f"{WEATHER}{TITLE}\n\n{BODY}", TITLE, None, None),
    "the weather above a day of its own": (f"{WEATHER}{TITLE}\n등록 2024.03.05 10:00\n\n{BODY}", TITLE, None, DAY),
    "a report signed without a bracket": (f"{TITLE}\n\n한빛저널 한가람 기자 | {BODY}", TITLE, "한빛저널", None),
    "a report signed with another name of the medium": (f"{TITLE}\n\n한빛일보 (HBTV. 가온M) 한가람 기자 | {BODY}", TITLE, "한빛일보", None),
    "a report signed with half a bracket": (f"{TITLE}\n2024.03.05 20:10\n[\n한빛저널 한가람 기자] {BODY}", TITLE, "한빛저널", DAY),
    "a medium in round brackets": (f"{TITLE}\n\n(한빛방송) {BODY}", TITLE, "한빛방송", None),
    "a medium, a place, a reporter": (f"{TITLE}\n\n[한빛일보 가온=한가람 기자] {BODY}", TITLE, "한빛일보", None),
    "a medium and its desk": (f"{TITLE}\n\n[두메엔=편집국] {BODY}", TITLE, "두메엔", None),
    "a place and a reporter": (f"{TITLE}\n\n[가온/한가람기자] {BODY}", TITLE, None, None),
    "a medium among points above the day": (f"{TITLE}\n\n  • 한빛일보\n  • 입력 2024년 3월 5일 03시 00분\n\n{BODY}", TITLE, "한빛일보", DAY),
    "a medium before the day": (f"{TITLE}\n\n한빛일보 2024.03.05 00:05 2면 지면보기\n{BODY}", TITLE, "한빛일보", DAY),
    "labels above their values": (f"최근소식\n\n{TITLE}\n출처\n가온구\n작성일\n2024.03.05\n원본URL\nhttp://gaon.example/\n\n{BODY}", TITLE, "가온구", DAY),
    "a label under the text": (f"{TITLE}\n등록 2024.03.05\n\n{BODY}\n\n출처\n나라통계원", TITLE, None, DAY),
    "rows of labels": (
        f"본문 바로가기 주메뉴 바로가기\n\n작성일 2024.03.05\n소식>보도자료 상세보기 - 제목, 작성자, 내용, 파일 제공\n제목 {TITLE}\n작성자 기획실\n내용\n\n{BODY}",
        TITLE, None, DAY,
    ),
    "rows with dashes": (f"{TITLE}\n페이지 정보\n- 작성자 : 가온\n- 작성일 : 2024-03-05\n- 조회 : 38회\n본문\n{BODY}", TITLE, None, DAY),
    "a headline above the stamp, a subtitle under it": (
        f"{TITLE}\n\n한가람 / 기사승인 : 2024-03-05 18:46:20\n+ 인쇄\n\n두메솔 의장 “책을 나누는 구 만들겠다”\n\n{BODY}", TITLE, None, DAY,
    ),
    "a headline above the one that speaks more of the text": (
        f"책으로 잇는 이웃, 잔치 속으로\n가온구의회, 청사 앞에서 책 잔치 열어\n2024.03.05 20:10 댓글쓰기\n\n{BODY}", "책으로 잇는 이웃, 잔치 속으로", None, DAY,
    ),
    "a headline that comes twice is no publisher": (f"책을 나누며\n상태바\n책을 나누며\n  • 한가람\n  • 승인 2024.03.05 14:08\n\n{BODY}", "책을 나누며", None, DAY),
    "reporters in a headline": ("가온구의회, 지역 언론사 기자 간담회 개최\n등록 2024.03.05\n\n" + BODY, "가온구의회, 지역 언론사 기자 간담회 개최", None, DAY),
    "skip links": (f"메뉴 건너뛰기\n\n{TITLE}\n\n{BODY}", TITLE, None, None),
    "a picture's owner": (f"▲사진 / 가온구의회\n{TITLE}\n\n{BODY}", TITLE, None, None),
}  # fmt: skip


@pytest.mark.parametrize(("page", "title", "publisher", "day"), PAGES.values(), ids=PAGES)
def test_what_stands_around_an_article_is_no_part_of_it(page, title, publisher, day):
    [article] = articles_of(page, Given(identifier="a", source="a.txt"))
    assert (article.title, article.publisher, article.date) == (title, publisher, day)
    body = "\n\n".join(article.raw(region.span) for region in article.regions if region.role == "body")
    assert body == BODY


# what stands under or amid a text and is none of its sentences
BESIDE = {
    "how to pass it on": "다른 곳에 퍼가실 때는 아래 고유 주소를 출처로 사용해주세요.",
    "who sorted it": "이 기사의 분류는 언론사를 따릅니다.",
    "an address": "https://gaon.example/news/3",
    "a picture told twice": "주민들이 책을 고르고 있다. (제공: 가온구) ⓒ한빛일보 2024.3.5\n주민들이 책을 고르고 있다. (제공: 가온구) ⓒ한빛일보 2024.3.5",
}


@pytest.mark.parametrize("words", BESIDE.values(), ids=BESIDE)
@pytest.mark.parametrize("place", [0, 1, 2], ids=["above", "amid", "below"])
def test_words_of_a_site_are_no_sentences_of_its_article(words, place):
    parts = BODY.split("\n\n")
    parts.insert(place, words)
    assert _body([TITLE, *parts]) == BODY.split()


def test_the_form_of_a_blog_ends_an_article():
    assert _body([TITLE, BODY, "답글 남기기", "이메일 주소는 공개되지 않습니다. 필수 필드는 *로 표시됩니다"]) == BODY.split()


def _body(parts):
    [article] = articles_of("\n\n".join(parts), Given(identifier="a", source="a.txt"))
    assert article.title == TITLE
    return " ".join(article.raw(region.span) for region in article.regions if region.role == "body").split()
