"""Korean as it comes and as it should not: strategies for Hypothesis, from invented words, damage and noise."""

from __future__ import annotations

from hypothesis import strategies as st

_BODIES = (
    "담서부",
    "가온시",
    "한빛숲재단",
    "담서대학교",
    "국립물길연구원(원장 노서율)",
    "㈜온새",
    "가온·담서 협의회",
    "KDS",
    "유엔숲기구",
)
_PEOPLE = ("노서율", "도 서진", "한노을찬", "류온", "Ana María López", "김■■", "이산")
_TITLES = (" 장관", " 교수", "(44)", " 前 원장", " 대표이사 겸 이사장", "씨", "님")
_EVENTS = ("제3회 숲길 포럼", "‘물길을 묻다’ 세미나", "「강변 식생」 공개강좌", "업무협약", "제１２차 전문가 회의", "국무회의")
_DAYS = (
    "2023년 5월 17일",
    "지난 20일",
    "오는 3월",
    "’25.12.15.(월)",
    "27~29일",
    "2월 30일",
    "0001-01-01",
    "9999. 12. 31.",
    "628가온",
    "내년",
)
_PLACES = ("담서청사에서", "가온시 온누리홀(3층)에서", "몽골 울란바토르에서", "온라인으로")
_VERBS = (
    "개최했다.",
    "열린다",
    "체결하였으며,",
    "참석하지 않았다.",
    "취소됐다.",
    "“숲을 잇자”라고 말했다.",
    "좌장을 맡았다",
    "밝힌 바 있다.",
    "연다고 한다.",
)
_JOINTS = (
    "는 ",
    "와 함께 ",
    "과(와) ",
    "은/는 ",
    "를 ",
    "에서 ",
    ", ",
    "·",
    " 및 ",
    "(이하 ‘",
    "’)",
    "\n\n",
    "\n- ",
    "□ ",
    "※ ",
    "|",
    "\t",
    " / ",
)
_DAMAGE = (
    "",
    "\u200b",
    "\u00ad",
    "\ufeff",
    "\u202e",
    "\x00",
    "\x1b[31m",
    "\ud7a3\u11a8",
    "ᄒᆞᆫ글",
    "\uf9e1",
    "🌲",
    "“",
    "”",
    "(",
    ")",
    "‘" * 3,
    "&nbsp;",
    "<b>",
    "=1+1",
    "％",
    "0" * 30,
    "1,2,3,",
    "044-123-4567",
    "a@b.kr",
    "가" * 80,
)
_HANGUL = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)

PHRASES = (*_BODIES, *_PEOPLE, *_TITLES, *_EVENTS, *_DAYS, *_PLACES, *_VERBS, *_JOINTS, *_DAMAGE)
phrases = st.sampled_from((*PHRASES, *_JOINTS))
noise = st.text(alphabet=_HANGUL, max_size=6) | st.text(max_size=4)
sentences = st.builds(
    "{}{}는 {} {} {} {}".format,
    st.sampled_from(_BODIES),
    st.sampled_from(("", "와 가온시")),
    st.sampled_from(_DAYS),
    st.sampled_from(_PLACES),
    st.sampled_from(_EVENTS).map(lambda words: f"{words}을"),
    st.sampled_from(_VERBS),
)
articles = st.lists(sentences | phrases | noise, min_size=1, max_size=40).map(" ".join)


def encodable(text: str) -> str:
    """The text without halves of surrogate pairs, which no file in UTF-8 holds."""
    return text.encode("utf-8", "ignore").decode()
