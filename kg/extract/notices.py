"""Notice blocks: lines that say by a key what an event is, when, where and with whom (□ 일시: …, ㅇ (주최) …)."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kg.analyze.names.words import event_noun
from kg.analyze.reading import Reading
from kg.analyze.values import edition_in
from kg.analyze.names.footnotes import listed
from kg.analyze.names.rosters import keyed, roster
from kg.extract.headings import headed_by
from kg.extract.member_lists import acting, members
from kg.extract.place_lines import line_places
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention, Origin, Value
from kg.knowledge.schema import schema

_LEAD = r"^[\s￭▷▹❏◇☐◽⬜❑■◾▢\uf000-\uf8ff\U000f0000-\U000ffffd□ㅇ◦○▪■▣◎●◆◇▶►‣•·◈❍⦁∘\-–*√✓※①-⑳]*(?:\d{1,2}[.)]\s|[가-하]\.\s)?\s*"
_APART = 4  # lines that may part the lines of one block
_ALONE = re.compile(_LEAD + r"[(\[【<]?\s*(?P<key>[가-힣]{2,6})\s*[)\]】>]?\s*[:：]?\s*$")
_ITEM = re.compile(r"^\s*[-–·∙‧◦ㆍ*▸ㅇ○]?\s*(?:[(\[]\s*(?P<group>[^()\[\]]{2,20}?)\s*[)\]]\s*:?)\s*(?P<value>.+)$|^\s*[-–∙‧◦▸ㅇ○]\s*(?P<plain>.+(?<!다)(?<!다[.]))$")
_GROUP = re.compile(r"\([가-힣]{2,5}\)")
_GROUPS = re.compile(r"(?:(?:회원|참여|참가|협력|회장|이사|개)사|회원\s?(?:기관|기업|단체)|\d\s?개\s?(?:기관|기업|업체|단체|대학|은행|협회)|유관기관|관계기관|공공기관|민간기업)(?![가-힣])")
_OVER = re.compile(r"\s?(?:㈜|\([^()]{1,30}\))?\s?(?:[,，、]|등\b|$)")
_HELD = re.compile(r",\s*([^,()]{2,60}?)\s공동\s?(?:개최|주최)(?=$|\s)")
_AND = r"[/·,ㆍ‧･・및&]"
_ITEMS = re.compile(r"\s*[,、;]\s*|\s*[·ㆍ]\s*(?=[가-힣A-Z])")


def extract_notices(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of every scored property that a notice line can say."""
    keys = knowledge.notices
    line_pattern, bracketed, inside = _patterns("|".join(sorted((re.escape(k).replace(r"\ ", r"\s?") for k in keys), key=lambda k: (-len(k), k))))
    text = reading.tokens.text
    yield from _in_parentheses(reading, knowledge, inside)
    event: Mention | None = None
    last = -9
    kept: tuple[int, Mention, str] | None = None  # the last line of participants, its event and its words
    opened: tuple[int, int] | None = None  # line and offset of a key without words: 참석자, and then its lines
    for number, position, line in _lines(text, bracketed):
        match = line_pattern.match(line)
        if opened is not None and not match and line.strip():
            if (item := _ITEM.match(line)) and number - opened[0] <= _APART and not _sibling(line, text[opened[1]:opened[1] + 40]):
                opened = (number, opened[1])
                yield from _item(reading, knowledge, item, position, event)
            else:
                opened = None
        elif kept is not None and not match and number - kept[0] <= 2 and (members := _below(reading, knowledge, line, position, kept[2] if number == kept[0] + 1 else "")):
            for body in members:  # who the groups of the line before are
                yield Candidate(relation="participatedIn", subject=body, object=kept[1], rule="notice.listed", origin=Origin.NOTICE, start=body.start, end=body.end,
                            sentence=(position, position + len(line)))
        if (alone := _ALONE.match(line)) and keys.get(alone["key"]) == "attendee":
            opened, last = (number, position), number
        if match:
            if number - last > _APART:
                event = None
            last, opened = number, None
            start = position + match.start("value")
            found = [keys[re.sub(r"\s", " ", k).strip()] if re.sub(r"\s", " ", k).strip() in keys else keys[re.sub(r"\s", "", k)]
                     for k in re.split(rf"\s*{_AND}\s*", match["a"] or match["b"]) if k]
            joint = "공동" in (match["a"] or match["b"])
            if "event" in found:
                event = _event(match["value"], start, knowledge) or event
            else:
                event = headed_by(text, position, knowledge) or event
            subject = event or {"member", "attendee"} & {*found} and _attended(reading, position) or Mention(start=position, end=position, kind="Event", name="", rule="context")
            kept = (number, subject, match["value"]) if "attendee" in found else kept
            for claim in line_claims(reading, knowledge, found, match["value"], start, subject, joint):
                yield replace(claim, start=min(claim.start, position + max(match.start("a"), match.start("b"), 0)), sentence=(position, position + len(line)))


def _below(reading: Reading, knowledge: Knowledge, line: str, position: int, above: str) -> list[Mention]:
    """The bodies that a line below the one of participants lists for groups in it: * (생보) ○○, ○○; 회원사* 소속 임원 above ※ ○○, ○○, ○○."""
    if (grouped := list(keyed(line, position, knowledge))) or not _GROUPS.search(above) or not line.startswith(("*", "※")):
        return grouped
    note = next((s for s in reading.sentences if position <= s.start + 2 and s.start < position + 3 and s.end <= position + len(line) + 1), None)
    bodies = list(listed(note, reading.tokens, knowledge)) if note is not None else []
    return bodies if all(_OVER.match(line, body.end - position) for body in bodies) else []  # and not ○○, ○○, ○○는 불참


def _sibling(line: str, key: str) -> bool:
    """Whether a line has the circle that the line of the key has too, and so is no line under it: ㅇ 참석자, ㅇ ○○청, ○○원 점검."""
    return line.lstrip()[0] in "ㅇ○" and line.lstrip()[0] == key.lstrip()[:1]


def _in_parentheses(reading: Reading, knowledge: Knowledge, inside: re.Pattern[str]) -> Iterator[Candidate]:
    """Claims of ``‘○○ 콘퍼런스’(후원: ○○재단)``: a key in the parenthesis right after an event."""
    text, keys = reading.tokens.text, knowledge.notices
    for match in inside.finditer(text):
        role = keys.get(re.sub(r"\s", "", match["key"]))
        event = next((m for m in reading.mentions if m.end in (match.start(), match.start() + 1) and schema().is_a(m.kind, "Event")), None)
        if event is not None and role in ("host", "organizer", "sponsor"):
            for claim in line_claims(reading, knowledge, [role], match["value"], match.start("value"), event, "공동" in match["key"]):
                yield replace(claim, start=min(claim.start, event.start), end=max(claim.end, event.end))


def _attended(reading: Reading, offset: int) -> Mention | None:
    """The event that somebody took part in by the sentence before an offset (이날 행사에는 10개사*가 참석했다, 동 설명회는 … 참석하였다)."""
    before = next((s for s in reversed(reading.sentences) if s.end <= offset), None)
    if before is None:
        return None
    attended = any(p.kind == "PRED" and p.lemma in ("참석하다", "참여하다", "참가하다") for p in before.phrases)
    ranks = (("에", "에는", "에도"), ("은", "는")) if attended else (("에", "에는", "에도"),)
    rows = list(zip(before.phrases, before.heads))
    return next((m for particles in ranks for p, heads in reversed(rows) if p.particle in particles
                 for m in heads if schema().is_a(m.kind, "Event")), None)


def _item(reading: Reading, knowledge: Knowledge, item: re.Match, position: int, event: Mention | None) -> Iterator[Candidate]:
    """Claims of a line under 참석자: ``- (금감원) ○○○ 국장, ○○○ 팀장``; the group in brackets is the body of its people."""
    words = "value" if item["value"] else "plain"
    start = position + item.start(words)
    subject = event or Mention(start=position, end=position, kind="Event", name="", rule="context")
    yield from line_claims(reading, knowledge, ["attendee"], item[words], start, subject, False)
    group = next((e for e in knowledge.gazetteer.by_name(item["group"] or "") if schema().is_a(e.cls, "Organization")), None)
    if group is None:
        return
    low = position + item.start("group")
    body = Mention(start=low, end=low + len(item["group"]), kind=group.cls, name=item["group"], rule="gazetteer", known=group.name)
    yield Candidate(relation="participatedIn", subject=body, object=subject, rule="notice.listed", origin=Origin.NOTICE, start=low, end=position + len(item[0]),
                sentence=(position, position + len(item[0])))
    for found in reading.anchored:
        if start <= found.person.start < start + len(item[words]) and found.body is None and not found.former:
            yield Candidate(relation="affiliatedWith", subject=found.person, object=body, rule="notice.group", origin=Origin.NOTICE, start=low, end=found.end,
                        sentence=(position, position + len(item[0])))


@lru_cache(maxsize=4)
def _patterns(names: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The patterns of a line that begins with a key, of a key in brackets, and of a parenthesis that a key opens."""
    several = rf"(?:{names})(?:\s*{_AND}\s*(?:{names}))*"
    return (re.compile(_LEAD + rf"(?:[(\[【<]\s*(?P<a>{several})\s*[)\]】>]\s*:?|(?P<b>{several})\s*(?:\([^()]{{0,20}}\)\s*)?[:：])\s*(?P<value>.+)$"),
            re.compile(rf"[(\[【]\s*{several}\s*[)\]】]|[*※]\s?{several}\s*(?:\([^()]{{0,20}}\)\s*)?[:：]|(?<=[,、]\s){several}\s*[:：]"),
            re.compile(rf"[’”」』》]?\((?P<key>{names})\s*[:：]\s*(?P<value>[^()]+)\)"))


def _lines(text: str, bracketed: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    """(line number, offset, words) of every line; ``(주최) A, (주관) B`` is as many lines as it has keys."""
    position = 0
    for number, line in enumerate(text.split("\n")):
        cuts = [m.start() for m in bracketed.finditer(line) if not line[m.start() - 1:m.start()].strip(" ,、/·▪-")]  # and not 국장(주재)
        for low, high in zip([0, *cuts], [*cuts, len(line)]):
            yield number, position + low, line[low:high].rstrip(" ,、/")
        position += len(line) + 1


def _event(value: str, start: int, knowledge: Knowledge) -> Mention | None:
    name = re.sub(r"\([^()]*\)\s*$", "", value).strip()
    lead = len(name) - len(name.lstrip("‘“「『《<"))
    name = name.strip("‘’“”「」『』《》<> ")
    if len(name) < 4 or len(name) > 70:
        return None
    noun = event_noun(name.split(" ")[-1].rstrip("0123456789’”"), knowledge)
    return Mention(start=start + lead, end=start + lead + len(name), kind=knowledge.events.classes[noun] if noun else "Event", name=name, rule="notice",
                   edition=edition_in(name))


def line_claims(reading: Reading, knowledge: Knowledge, found: list[str], value: str, start: int, event: Mention, joint: bool) -> Iterator[Candidate]:
    end = start + len(value)
    inside = [m for m in reading.mentions if start <= m.start and m.end <= end]

    def claim(relation: str, subject, object_, low: int, high: int, rule: str = "") -> Candidate:
        return Candidate(relation=relation, subject=subject, object=object_, rule=rule or "notice." + relation, start=low, end=high,
                         sentence=(low, high), origin=Origin.NOTICE)

    if event.name and "event" in found and event.edition is not None:
        yield claim("edition", event, Value(kind="edition", start=start, end=end, number=event.edition), start, end)
    dates = [v for v in reading.values if v.kind == "date" and start <= v.start and v.end <= end]
    if "date" in found and dates:
        yield claim("startDate", event, dates[0], dates[0].start, dates[0].end)
    if "place" in found:
        low = dates[-1].end if dates and "date" in found else start
        places = line_places(reading, knowledge, low, end, inside)
        for place in places:
            yield claim("venue" if place.kind == "Venue" else "city", event, place, place.start, place.end)
    for role, relation in (("host", "hosted"), ("organizer", "organized"), ("sponsor", "sponsored")):
        if role in found:
            bodies = list(_bodies(value, start, inside, knowledge, reading))
            for body in bodies:
                yield claim("coHosted" if relation == "hosted" and (len(bodies) > 1 or joint) else relation, body, event, body.start, body.end)
    if "place" in found and (held := _HELD.search(value)):  # (장소) 산호세, ○○부·○○원 공동 개최
        for body in _bodies(held[1], start + held.start(1), inside, knowledge, reading):
            yield claim("coHosted", body, event, body.start, body.end)
    if "party" in found:
        for body in _bodies(value, start, inside, knowledge, reading):
            yield claim("signed", body, event, body.start, body.end)
    if "member" in found:
        for body in members(value, start, inside, knowledge, reading):
            yield claim("participatedIn", body, event, body.start, body.end, "notice.listed")
    if "attendee" in found or "chair" in found:
        listed = [m for m in inside if schema().is_a(m.kind, "Person")]
        named = {(a.body.start, a.body.end) for a in reading.anchored if a.body is not None and a.person in listed}
        for person in listed:
            tail = reading.tokens.text[person.end:person.end + 25]
            chair = "chair" in found and "attendee" not in found or re.match(r"[^,]*\((?:좌장|주재|사회)\)", tail)
            yield claim("chaired" if chair else "participatedIn", person, event, person.start, person.end)
        if "attendee" in found:
            listed = list(roster(value, start, reading, knowledge))
            for body in listed:
                yield claim("participatedIn", body, event, body.start, body.end, "notice.listed")
            for body in (acting(m, knowledge) for m in inside):
                if body is None or (body.start, body.end) in named or any(m.start < body.end and body.start < m.end for m in listed):
                    continue
                follows = reading.tokens.text[body.end:end]
                if re.match(r"\s*(?:등|,|·|ㆍ|/|\(|및|과\s|와\s|$)", follows) and not re.match(r"\s*\([^)]*(?:장|관)\)", follows):
                    yield claim("participatedIn", body, event, body.start, body.end, "notice.listed")
    if "topic" in found:
        words = re.split(r"\s(?=\([가-힣]{2,4}\)\s)", value)[0].strip(" ‘’“”「」『』")  # … (진행) ○○○ is another line
        if 4 <= len(words) <= 80 and not re.match(r"[①-⑳➀-➉❶-❿]", words):
            low = start + value.index(words)
            yield claim("topic", event, Mention(start=low, end=low + len(words), kind="Topic", name=words, rule="notice"), low, low + len(words))
    if "mode" in found or "place" in found:
        mode = _mode(value, knowledge) if "mode" in found else _mode(value.split("(")[0], knowledge)
        if mode:
            yield claim("mode", event, Value(kind="mode", start=start, end=end, text=mode), start, end)
    if "count" in found or "attendee" in found:
        counts = [v for v in reading.values if v.kind == "people" and start <= v.start and v.end <= end]
        whole = len(_GROUP.findall(value)) < 2  # (학생) 3명 is a part of those present
        people = counts[0] if counts and "count" in found else next((v for v in counts if whole and not reading.tokens.text[v.end:end].strip(" ).,")), None)
        if people is not None:
            yield claim("attendeeCount", event, people, people.start, people.end)


def _bodies(value: str, start: int, inside: list[Mention], knowledge: Knowledge, reading: Reading) -> Iterator[Mention]:
    """The bodies of a list after 주최, 주관, 후원; an unknown name there is a body too."""
    position = 0
    value = re.split(r"\s{2,}|\s[/|]\s|※", value)[0]
    value = re.sub(r"\([^()]*\)", lambda note: " " * len(note[0]), value)  # 금융권 77개사(은행 14, 보험 17)
    spans = [(m.start - start, m.end - start) for m in inside if m.rule == "gazetteer"]  # 전자문서·전자거래분쟁조정위원회 is one name
    cuts = [m for m in _ITEMS.finditer(value) if not any(low < m.start() and m.end() < high for low, high in spans)]
    for part in (value[a:b] for a, b in zip([0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(value)])):
        at = value.index(part, position)
        position = at + len(part)
        name = re.sub(r"\([^()]*\)", "", part)
        name = re.sub(r"\s*(?:공동|등)\s*$", "", re.sub(r"\s+", " ", name)).strip("‘’“”「」 ")
        if not name:
            continue
        low = start + at + part.index(name[0])
        known = [body for m in inside if low <= m.start and m.end <= low + len(part) and (body := acting(m, knowledge))]
        glued = re.search(r"[가-힣][은는이가을를]\s", name) is not None  # the list has run into a sentence
        if glued:
            known = [m for m in known if m.start <= low + 2]
        if known:
            yield max(known, key=lambda m: (m.end - m.start, -m.start))
            if glued:
                return
        elif glued:
            return
        elif 2 <= len(name) <= 25 and not re.search(r"\d|[은는이가을를]\s|미정|없음", name) and name not in knowledge.organizations.generic:
            yield Mention(start=low, end=start + at + len(part.rstrip()), kind="Organization", name=name, rule="notice")


def _mode(value: str, knowledge: Knowledge) -> str | None:
    """The mode that a line names; two of them are hybrid."""
    modes = knowledge.places.modes
    hits = {modes[w] for w in sorted(modes, key=len, reverse=True) if re.search(rf"(?<![가-힣]){re.escape(w)}", value)}
    if "hybrid" in hits or {"online", "in-person"} <= hits:
        return "hybrid"
    return next(iter(hits), None)

