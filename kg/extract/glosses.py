"""Glosses, which say what a name stands for: * ○○N(○○ Network) : ’16년 발족된 국제 협의체(49개국 67개 기관 회원); ※ ○○A : ○○ Governance Academy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.analyze.names.people import is_organization
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import eojeol
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention, PartialDate, Value

_MARKS = ("*", "※", "＊")
_ACRONYM = re.compile(r"[A-Z](?=[a-z]*[A-Z])[A-Za-z]{1,9}")
_FOUNDED = re.compile(
    r"(?:(?P<year>(?:18|19|20)\d\d)년?|[’'‘](?P<short>\d\d)(?:년|\.))(?:\s?\d{1,2}[월.])?(?:\s?\d{1,2}일?)?에?\s?(?:[가-힣]{2,8}\s){0,2}"
    r"(?:설립|발족|창설|창립|출범)"
)
_MEMBERS = re.compile(
    r"(?:(?P<countries>\d{1,3})\s?개국)?[,·\s]{0,2}(?:(?P<bodies>\d{1,3}(?:,\d{3})+|\d{1,5})\s?여?\s?개(?:의)?\s?(?:[가-힣]+\s){0,3}?"
    r"(?:기관|기업|회원사|단체|국제기구|기구|회사))?(?:[이가]|\s등이)?\s?(?:(?:현재|회원으로|회원사로)\s?)?(?:회원|가입|소속|참여)"
)
_REACH = 160  # characters of a gloss: what a lost line break joins to it comes later


def extract_glosses(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of altLabel, foundingYear, memberCountryCount and memberOrganizationCount from footnotes that gloss a name."""
    text = reading.tokens.text
    for sentence in reading.sentences:
        if sentence.sentence.role != "footnote" and not text.startswith(_MARKS, sentence.start):
            continue
        glossed = [i for i, p in enumerate(sentence.phrases[:-1]) if p.kind == "NP" and p.particle == ":" and p.tokens]
        for i, following in zip(glossed, [*glossed[1:], None]):
            low = _after_colon(reading, sentence, i)
            high = sentence.end if following is None else eojeol(reading, sentence.phrases[following])[0]
            span = low, min(high, low + _REACH)
            body = _glossed(reading, sentence, i, span, knowledge)
            if body is not None:
                yield from _told(body, text, span, (sentence.start, sentence.end))


def _after_colon(reading: Reading, sentence: SentenceReading, index: int) -> int:
    """Where the words of a gloss begin; a mark before a year (’16년) belongs to them."""
    following = reading.tokens.starts[sentence.phrases[index + 1].first]
    colon = max(reading.tokens.text.rfind(c, sentence.start, following) for c in ":：")
    low = colon + 1 if colon >= 0 else following
    return low + len(reading.tokens.text[low:following]) - len(reading.tokens.text[low:following].lstrip())


def _glossed(
    reading: Reading, sentence: SentenceReading, index: int, gloss: tuple[int, int], knowledge: Knowledge
) -> Mention | None:
    """The body that a gloss is about: known as one, or an acronym that the gloss calls an association or the like."""
    heads = sentence.heads[index]
    if heads:
        return heads[-1] if len(heads) == 1 and is_organization(heads[-1]) else None
    start, end, _ = eojeol(reading, sentence.phrases[index])
    name = reading.tokens.text[start:end]
    kinds = (*knowledge.organizations.leagues, *(k for k in knowledge.bodies.kinds if len(k) > 1))
    told = any(
        p.kind == "NP"
        and p.tokens
        and gloss[0] <= reading.tokens.starts[p.first] < gloss[1]
        and p.particle in ("", "로", "으로", "로서", "으로서")
        and reading.tokens.surface(p.tokens[0], p.tokens[-1]).endswith(kinds)
        for p in sentence.phrases[index + 1 :]
    )
    if not told or not _ACRONYM.fullmatch(name):
        return None
    return Mention(start=start, end=end, kind="Organization", name=name, rule="glossed", certain=False)


def _told(body: Mention, text: str, gloss: tuple[int, int], sentence: tuple[int, int]) -> Iterator[Candidate]:
    where: dict[str, Any] = {"subject": body, "start": min(body.start, gloss[0]), "sentence": sentence}
    if founded := _FOUNDED.search(text, *gloss):
        group = "year" if founded["year"] else "short"
        year = int(founded[group]) if group == "year" else _century(int(founded["short"]))
        value = Value(
            kind="year", start=founded.start(group), end=founded.end(group), date=PartialDate(year, None, None), number=year
        )
        yield Candidate(relation="foundingYear", object=value, rule="gloss.founded", end=founded.end(), **where)
    for found in _MEMBERS.finditer(text, *gloss):
        for group, relation in (("countries", "memberCountryCount"), ("bodies", "memberOrganizationCount")):
            if found[group]:
                number = int(found[group].replace(",", ""))
                kind = "countries" if group == "countries" else "organizations"
                value = Value(kind=kind, start=found.start(group), end=found.end(group), number=number)
                yield Candidate(relation=relation, object=value, rule="gloss.members", end=found.end(), **where)
        if found["countries"] or found["bodies"]:
            return


def _century(year: int) -> int:
    """’99 is 1999, ’15 is 2015."""
    return year + (1900 if year > 50 else 2000)
