"""What is wrong with a graph, in the reader's language: the shapes hold their messages in English and in Korean."""

from __future__ import annotations

from functools import lru_cache

from kg.knowledge.resources import resource
from kg.speech import language, spoken


@lru_cache(maxsize=1)
def _korean() -> dict[str, str]:
    """The Korean of each English message of the shapes."""
    from rdflib import SH, Graph, Literal

    graph = Graph().parse(resource("ontology", "shapes.ttl"))
    found: dict[str, str] = {}
    for shape in set(graph.subjects(SH.message)):
        said = {message.language: str(message) for message in graph.objects(shape, SH.message) if isinstance(message, Literal)}
        if "en" in said and "ko" in said:
            found[said["en"]] = said["ko"]
    return found


def in_words(message: str) -> str:
    """Why something is wrong; the value that breaks a shape stands behind its words.

    >>> in_words("the subject of press:asOf is no press:Affiliation: id:가")
    'the subject of press:asOf is no press:Affiliation: id:가'
    >>> token = language.set("ko")
    >>> in_words("the subject of press:asOf is no press:Affiliation: id:가")
    '기준일(press:asOf)의 주어는 소속 관계가 아니다: id:가'
    >>> language.reset(token)
    """
    if language.get() != "ko":
        return message
    head = max((text for text in _korean() if message.startswith(text)), key=len, default="")
    return _korean()[head] + message[len(head) :] if head else spoken(message)
