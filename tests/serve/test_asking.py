"""Questions in the pages: typed in Korean or put together, on a desk and on a phone; ten questions of an analyst in at most three steps."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.serve.browsing import faults, in_silence, opened, until, window  # noqa: F401
from tests.serve.conftest import Server, running, spent
from tests.serve.test_pages import BROWSER, words


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Server]:
    """A server of the sample articles."""
    out = shutil.copytree(samples, tmp_path_factory.mktemp("asking") / "out")
    with running(out) as made:
        yield made


def ask(server: Server, **fields: str) -> requests.Response:
    return requests.get(server.url("/ask"), params=fields, headers=BROWSER, timeout=120)


def test_a_question_is_answered_with_what_was_understood_and_its_sources(sample: Server) -> None:
    seen = words(ask(sample, q="제2회 섬마을 돌봄 포럼의 좌장은?").text)
    assert "이해한 것 물음 좌장이나 사회를 맡은 사람 행사 제2회 섬마을 돌봄 포럼" in seen
    assert "서리하 목포대학교 · 교수" in seen and "서리하 교수가 좌장을 맡았고" in seen and "SELECT" in seen


def test_a_question_that_is_not_understood_says_which_word_and_what_can_be_asked(sample: Server) -> None:
    answer = ask(sample, q="보건복지부 예산은 얼마인가?")
    assert answer.status_code == 422 and "‘예산’" in words(answer.text) and "물을 수 있습니다" in words(answer.text)
    assert requests.get(sample.url("/ask"), params={"q": "오늘 날씨는?"}, timeout=120).json()["unknown"] == ["날씨"]


@pytest.mark.parametrize(
    ("fields", "said", "answer"),
    [
        ({"intent": "events", "who": "복지부"}, "누가 복지부", "제2회 섬마을 돌봄 포럼"),
        ({"intent": "events", "who": "ㅅㄹㅊ"}, "누가 ㅅㄹㅊ", "제6차 세계 산림치유 총회"),
        ({"intent": "events", "since": "2024-05", "until": "2024-05"}, "언제 2024-05", "제2회 섬마을 돌봄 포럼"),
        ({"intent": "events", "place": "목포", "kind": "Forum"}, "어디서 목포", "제2회 섬마을 돌봄 포럼"),
        ({"intent": "events", "about": "수소"}, "무엇에 대해 수소", "제3차 수소 안전 점검회의"),
        ({"intent": "events", "who": "보건복지부", "with": "전라남도"}, "함께한 행사", "제2회 섬마을 돌봄 포럼"),
        ({"intent": "hosts", "shape": "most"}, "많은 것부터", "보건복지부"),
        ({"intent": "events", "shape": "month"}, "달마다 센다", "2024-05"),
        ({"intent": "speakers", "about": "숲"}, "발표한 사람", "아이노 라흐티넨"),
    ],
)
def test_a_question_put_together(sample: Server, fields: dict[str, str], said: str, answer: str) -> None:
    seen = words(ask(sample, **fields).text)
    assert said in seen and answer in seen.partition("SPARQL")[0]


def test_events_are_ranked_by_their_hosts_and_what_has_no_rank_is_refused(sample: Server) -> None:
    ranked = requests.get(sample.url("/ask"), params={"intent": "events", "shape": "most"}, timeout=60).json()
    counts = [int(row["count"]["value"]) for row in ranked["results"]["bindings"]]
    assert len(counts) > 3 and counts == sorted(counts, reverse=True)
    refused = requests.get(sample.url("/ask"), params={"intent": "events", "who": "복지부", "shape": "most"}, timeout=60)
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "fields", [{"intent": "nonsense"}, {"who": "없는이름들"}, {"since": "gestern"}, {"kind": "Banana"}, {"shape": "round"}]
)
def test_fields_that_name_nothing_are_refused(sample: Server, fields: dict[str, str]) -> None:
    answer = ask(sample, **fields)
    assert answer.status_code == 422 and next(iter(fields.values())) in words(answer.text)


def test_what_is_typed_never_becomes_markup_or_sparql(sample: Server) -> None:
    for fields in ({"q": "<script>alert(1)</script> 행사는?"}, {"about": '"}) } # <b>'}, {"who": "<img src=x>"}):
        answer = ask(sample, **fields)
        assert (
            answer.status_code in (200, 422)
            and "<script>alert" not in answer.text
            and "<b>'" not in answer.text
            and "<img src=x" not in answer.text
        )


def test_the_builder_begins_with_events(sample: Server) -> None:
    text = requests.get(sample.url("/"), headers=BROWSER, timeout=120).text
    assert re.findall(r'<option value="([a-z]+)"', text)[0] == "events"


def test_facets_narrow_the_question(sample: Server) -> None:
    text = ask(sample, intent="events").text
    address = next(part.partition('"')[0] for part in text.split('href="')[1:] if part.startswith("/ask?") and "place=" in part)
    seen = words(requests.get(sample.url(address.replace("&amp;", "&")), headers=BROWSER, timeout=120).text)
    assert "어디서" in seen and "건" in seen


def test_answers_come_at_once(sample: Server) -> None:
    ask(sample, q="행사는?")  # Kiwi is loaded
    took = []
    for fields in (
        {"intent": "events", "who": "보건복지부"},
        {"q": "보건복지부가 연 행사는?"},
        {"intent": "hosts", "shape": "most"},
    ):
        start = spent(sample)
        assert ask(sample, **fields).status_code == 200
        took.append(spent(sample) - start)
    assert sum(took) > 0 and sorted(took)[1] < 0.3, took


TEN = [
    ("2024년에 세미나를 가장 많이 공동 주최한 부처는?", "그래프가 아는 답이 없습니다"),
    ("서리하의 직함은 어떻게 바뀌었나?", "교수"),
    ("보건복지부와 전라남도가 함께 연 행사", "제2회 섬마을 돌봄 포럼"),
    ("외국 기관과 맺은 협약을 연도별로", "외국과"),
    ("숲에 대해 발표한 사람과 소속은?", "아이노 라흐티넨"),
    ("바다에 대해 누가 뭐라고 말했나?", "한 말"),
    ("다음 달에 예정된 행사는?", "예정된 행사"),
    ("월별 행사 수는?", "2024-05"),
    ("보건복지부 장관은 누구야?", "여선우"),
    ("서리하와 여선우는 어떤 관계인가?", "제2회 섬마을 돌봄 포럼"),
]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_ten_questions_of_an_analyst(window, sample: Server, phone: bool) -> None:
    driver = window.driver
    try:
        if phone:
            size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        for question, answer in TEN:
            opened(window, sample)
            until(driver, "document.readyState === 'complete'")
            box = driver.find_element("id", "question")  # two steps: type, and press the button
            box.send_keys(question)
            driver.find_element("css selector", ".question-box .run").click()
            until(driver, "location.pathname === '/ask' && document.readyState === 'complete'")
            assert answer in window.text("main"), question
            assert "이해한 것" in window.text("main") and driver.execute_script(
                "return document.documentElement.scrollWidth"
            ) <= (390 if phone else 1280)
        in_silence(window, sample)
        assert faults(window) == []
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_builder_suggests_names_of_the_graph(window, sample: Server) -> None:
    driver = opened(window, sample, "/ask?intent=events")
    until(driver, "document.documentElement.dataset.built === 'yes'")
    driver.find_element("name", "who").send_keys("ㅂㄱㅂㅈㅂ")
    assert until(driver, "document.querySelector('#who-names option')?.value") == "보건복지부"
    assert until(driver, "/^\\d+건의 답$/.test(document.querySelector('.builder .count').textContent)")
    driver.find_element("css selector", ".builder .run").click()
    until(driver, "location.search.includes('who=') && document.readyState === 'complete'")
    assert "제2회 섬마을 돌봄 포럼" in window.text("main")


PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
_OVERLAP = """const boxes = [...document.querySelectorAll(arguments[0])].map(one => one.getBoundingClientRect());
return boxes.some((a, i) => boxes.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1))
  || boxes.some(box => box.right > innerWidth)"""


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_names_are_read_whole_in_charts_and_searches(window, sample: Server, phone: bool) -> None:
    driver = window.driver
    try:
        if phone:
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
        opened(window, sample, "/ask?intent=hosts&shape=most")
        rows = ask(sample, intent="hosts", shape="most", format="json").json()["results"]["bindings"]
        shown = window.run("return [...document.querySelectorAll('.bars li')].map(li => li.innerText.split(/\\s*\\n\\s*/))")
        assert shown == [[row["agent"]["value"], row["count"]["value"]] for row in rows[: len(shown)]] and len(shown) > 3
        widths = window.run("return [...document.querySelectorAll('.bars rect')].map(one => one.getBoundingClientRect().width)")
        assert widths == sorted(widths, reverse=True) and widths[0] > 0
        assert not window.run(_OVERLAP, ".bars a, .bars b, .bars svg, .bars span")
        opened(window, sample, "/search?q=포럼")
        assert window.run("return document.querySelectorAll('.found li').length") > 1
        assert not window.run(_OVERLAP, ".found .kind, .found .chip")
        high = window.run("return [...document.querySelectorAll('.found .kind')].map(one => one.getBoundingClientRect().height)")
        assert max(high) < 30, "a kind stands on one line"
        assert faults(window) == []
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_on_a_phone_the_picture_shows_what_was_chosen(window, sample: Server) -> None:
    driver = window.driver
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    try:
        opened(window, sample, "/network")
        until(driver, "document.documentElement.dataset.picked === 'yes'")
        places = []
        for number in range(window.run("return document.querySelectorAll('.pick').length")):
            window.run(f"document.querySelectorAll('.pick')[{number}].click()")
            places.append(
                window.run("""const frame = document.querySelector('.looked .frame').getBoundingClientRect();
                const one = document.querySelector('svg .body.chosen circle').getBoundingClientRect();
                return [frame.left <= one.left && one.right <= frame.right, document.querySelector('.looked .frame').scrollLeft]""")
            )
        assert len(places) > 3 and all(seen for seen, _ in places)
        assert len({at for _, at in places}) > 1, "nothing had to be moved"
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
