"""What titles and names of people say, for telling whether two of one name are one person."""

from __future__ import annotations

import re

_TOO = re.compile(r"\s겸\s|(?<=[장관리수원사])겸(?=[가-힣]{2})")
_ANOTHER = ("부", "차", "전", "前", "명예", "준", "대")  # before a title, these make another one: 부위원장, 차장관, 전 원장


def one_title(x: str, y: str) -> bool:
    """Whether two titles can be one: equal, or one is the other with what it is about before it.

    >>> one_title("정책국장", "국장"), one_title("부위원장", "위원장"), one_title("과장", "국장")
    (True, False, False)
    """
    short, long = sorted((x.replace(" ", ""), y.replace(" ", "")), key=lambda t: (len(t), t))
    if short == long:
        return True
    before = long.removesuffix(short)
    return before != long and len(short) > 1 and not (len(short) <= 3 and before.endswith(_ANOTHER))


def is_whole(name: str) -> bool:
    """Whether a name is a full one: a family name alone says nothing.

    >>> is_whole("홍가람"), is_whole("홍"), is_whole("Jane Doe"), is_whole("Doe")
    (True, False, True, False)
    """
    return " " in name or len(name) >= 2 and "가" <= name[0] <= "힣"


def whole_name(name: str) -> str:
    """A Korean name without the space that a broken line left in it; other names as they are.

    >>> whole_name("홍가 람"), whole_name("에바 린드 요한손")
    ('홍가람', '에바 린드 요한손')
    """
    bare = name.replace(" ", "")
    return bare if len(bare) <= 3 and all("가" <= c <= "힣" for c in bare) else name


def posts(title: str) -> tuple[str, ...]:
    """The posts that a title joins.

    >>> posts("부총리 겸 교육부장관"), posts("부총리겸장관"), posts("겸임교수")
    (('부총리', '교육부장관'), ('부총리', '장관'), ('겸임교수',))
    """
    return tuple(_TOO.split(title))


def plain_words(said: str) -> str:
    """Quoted words for comparing: without spaces and marks.

    >>> plain_words("함께 가야 합니다.")
    '함께가야합니다'
    """
    return "".join(c for c in said if c.isalnum())
