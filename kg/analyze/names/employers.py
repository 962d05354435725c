"""The body of a person that a title tells of: inside it (인사처장), after the name (○○○ 온누리섬유 대표), right before it."""
from __future__ import annotations

from kg.analyze.names.words import Word, has_name_shape, is_person_name, organization_suffix, tags_of, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge import Knowledge
from kg.model import Mention
from kg.schema import schema


def fused_body(prefix: str, title: str, knowledge: Knowledge) -> str | None:
    """The body's name inside a fused title: 인사(처장) → 인사처, 금융(위원장) → 금융위원회, 행정안전부(장관) → 행정안전부."""
    if not prefix:
        return None
    if (known := knowledge.head_titles.get(prefix + title)) is not None:
        return known
    if title.endswith("위원장"):
        tries = (prefix + "위원회", prefix + "위")
    elif title.endswith("장") and title not in ("사장", "회장", "의장"):
        tries = (prefix + title[:-1], prefix)
    else:
        tries = (prefix,)
    gazetteer = knowledge.gazetteer
    for name in tries:
        if len(name) > 2 - (name in gazetteer) and any(
                schema().is_a(e.cls, "Organization") and name not in e.weak_forms for e in gazetteer.by_name(name)):
            return name
    return None


def company_after(words, first, j, role, tokens, knowledge) -> Mention | None:
    """○○○ 온누리섬유 대표, ○○ 나래온(NaraeOn) 대표: a Korean name, and then a company that nothing else tells of."""
    name = words[first].text
    noted = _noted(words[j], tokens) and len(name) == 2 and name[0] in knowledge.surnames.one and name[1] in knowledge.surnames.given
    if role not in COMPANY_TITLES or not noted and not has_name_shape(name, knowledge):
        return None
    start, end = words[first + 1].start, words[j].end
    if not noted and not any(t in ("NNP", "SL", "UN") for w in words[first + 1:j + 1] for t in tags_of(tokens, w)) \
            or any(title_in(w.text, knowledge) for w in words[first + 1:j + 1]):
        return None
    return Mention(start=start, end=end, kind="Organization", name=tokens.text[start:end], rule="beside-title", certain=False)


def _noted(word: Word, tokens: Tokens) -> bool:
    """Whether one Latin word in parentheses stands right behind a word: a company's name in its own letters (나래온(NaraeOn))."""
    opening = word.last + 1
    return opening + 2 < len(tokens.words) and tokens.words[opening] == "(" and tokens.pair[opening] == opening + 2 \
        and tokens.tags[opening + 1] == "SL"


COMPANY_TITLES = frozenset({"대표", "대표이사", "사장", "회장", "부사장", "CEO", "이사장", "의장", "공동대표", "창업자", "병원장"})
# What the body of a head is called by: 국가통계원 원장, 에너지청 청장.
STEMS = {"원장": "원", "처장": "처", "청장": "청", "소장": "소", "관장": "관", "총장": "대학교", "위원장": "위원회", "센터장": "센터", "협회장": "협회", "학회장": "학회", "은행장": "은행", "병원장": "병원"}


def fused_unknown(word: Word, prefix: str, role: str, tokens: Tokens, knowledge: Knowledge) -> Mention | None:
    """The body inside a fused title that nothing else tells of: its name has a proper part and ends like a body's."""
    stem = STEMS.get(role)
    if stem is None or len(prefix) < 3 or not (any(t in ("NNP", "SL") for t in tags_of(tokens, word)) or prefix.startswith(("한국", "국립", "대한", "서울"))):
        return None
    suffix = organization_suffix(prefix + stem, knowledge)
    kind = knowledge.organizations.suffixes.get(suffix or "")
    if suffix is None or len(suffix) < 2 or kind == "OrganizationalUnit":
        return None
    return Mention(start=word.start, end=word.start + len(prefix) + len(stem) - 1, kind=kind, name=prefix + stem, rule="fused-title")


def unknown_before(word: Word, tokens: Tokens, knowledge: Knowledge) -> Mention | None:
    """A proper word right before a name and a company title."""
    if not all(t in ("NNP", "SL", "UN") for t in tags_of(tokens, word)) or len(word.text) < 2 or word.text in knowledge.gazetteer or title_in(word.text, knowledge) \
            or word.text in knowledge.organizations.generic or is_person_name(word.text, tags_of(tokens, word), knowledge):
        return None
    return Mention(start=word.start, end=word.end, kind="Organization", name=word.text, rule="beside-title", certain=False)
