"""Where something is held: ``미국 캘리포니아 산타클라라 ○○ 본사에서`` is a city and a venue."""
from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analyze.names.words import Word, venue_suffix
from kg.analyze.tokens import Tokens
from kg.knowledge import Knowledge
from kg.model import Mention
from kg.schema import schema

_NO_PLACE = frozenset("""이날 행사 회의 세미나 토론회 포럼 간담회 자리 분야 과정 측면 차원 관점 현장 시장 업계 금융권 국회 온라인 상황 부문 영역 대회 교육 협약 발표 강연 국내 해외 전국 세계 지역 사회 기업 기관 국제사회 일각 이곳 이 그 여기 거기 세션 개회사 축사 인사말 환영사
기조연설 모두발언 간담 면담 보고서 자료 조사 연구 법 제도 정책 사업 프로젝트 시스템 플랫폼 서비스 프로그램 누리집 홈페이지 온라인상 사이트 앱 유튜브 채널 방송 언론 페이스북 사회적 단계 범위 기간 중 속 앞 뒤 위 아래 한자리 공동체 산업 경제 시대 환경 학계 의견 이번 총회 본회의 상임위 정례회의 국무회의 전체회의 창구 센터 기조 원칙 입장 수준 방안 방향 과제""".split())


def places_in(words: Sequence[Word], tokens: Tokens, mentions: Sequence[Mention], knowledge: Knowledge) -> list[Mention]:
    """City and venue of a phrase that says where (``…에서``, ``장소: …``); empty where it names no place."""
    words = [w for w in words if not re.fullmatch(r"[\d:~∼\-]+시?|오전|오후|\d+시|\d+분|약|총", w.text)]
    if not words:
        return []
    found: list[Mention] = []
    k = 0
    is_a = schema().is_a
    while k < len(words):
        hit = next((m for m in mentions if m.start == words[k].start and m.end <= words[k].end + 30 and (is_a(m.kind, "Place") or is_a(m.kind, "Country"))
                    and m.kind != "Venue"), None)
        if hit is None or hit.end < words[k].end and tokens.text[hit.end:words[k].end] not in ("",):
            break
        found.append(hit)
        while k < len(words) and words[k].end <= hit.end:
            k += 1
    rest = words[k:]
    while rest and rest[0].text in ("소재", "지역", "시내", "현지", "인근", "중구", "소재의", "내", "등"):
        rest = rest[1:]
    while rest and rest[-1].text in ("등", "등지", "일대", "일원", "내", "인근"):
        rest = rest[:-1]
    out: list[Mention] = []
    if len(rest) > 1 and found and not any(is_a(m.kind, "City") for m in found) and any(m.start == rest[1].start and is_a(m.kind, "Organization") for m in mentions) \
            and all(tokens.tags[i] == "NNP" for i in range(rest[0].first, rest[0].last + 1)):
        found.append(Mention(start=rest[0].start, end=rest[0].end, kind="City", name=rest[0].text, rule="place-phrase"))
        rest = rest[1:]
    if rest:
        text = tokens.text[rest[0].start:rest[-1].end]
        last = rest[-1].text.strip("‘’“”「」『』")
        suffix = venue_suffix(last, knowledge)
        entry = next((m for m in mentions if m.start == rest[0].start and m.kind == "Venue"), None)
        body = next((m for m in mentions if m.end == rest[-1].end and is_a(m.kind, "Organization")), None)
        proper = any(tokens.tags[i].startswith(("NNP", "SL", "SH")) for w in rest for i in range(w.first, w.last + 1))
        if entry is not None:
            text = tokens.text[entry.start:rest[-1].end] if suffix else entry.name
        if text not in _NO_PLACE and last not in _NO_PLACE and (entry is not None or (suffix and (len(text) > len(suffix) or found) and (proper or found or len(text) > 3 or len(rest) > 1))
                                        or (found and proper and body is None and len(text) > 1)):
            start = rest[0].start
            text = text.strip("‘’“”「」『』")
            start = tokens.text.index(text, start) if text in tokens.text[start:] else start
            out.append(Mention(start=start, end=start + len(text), kind="Venue", name=text, rule="place-phrase",
                               known=entry.known if entry is not None and entry.name == text else None))
        elif not found:
            return []
        elif body is not None and not suffix:
            return []
    cities = [m for m in found if is_a(m.kind, "City") or is_a(m.kind, "Region")]
    if cities:
        best = [m for m in cities if m.kind == "City"] or cities
        out.append(best[-1] if best[-1].kind == "City" else best[0])
    elif found and not out:
        out.append(found[-1])
    elif found and out and found[-1].kind == "Country":
        pass
    return out
