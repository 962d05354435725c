"""Reading clauses leaves the phrases of a text as they were, so that what is read later does not depend on what was read before."""

from __future__ import annotations

import copy

import pytest
from spacy.vocab import Vocab

from kg.analyze.reading import read_doc
from kg.analyze.tokenizer import KiwiTokenizer
from kg.knowledge.load import load_knowledge
from kg.patterns.clause import all_clauses

TEXTS = {  # the words, and the verb that the clause is read as
    "a curtain": ("맑은 강 축제가 13일 막을 올렸다.", "개막하다"),
    "a verb apart": ("환경부는 13일 맑은 강 포럼을 개최 했다.", "개최하다"),
    "going on": ("환경부는 맑은 강 박람회를 개최 중이다.", "개최하다"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_clauses_are_made_whole_and_phrases_stay(name: str) -> None:
    text, lemma = TEXTS[name]
    knowledge = load_knowledge()
    reading = read_doc(KiwiTokenizer(Vocab())(text), knowledge)
    before = copy.deepcopy([sentence.phrases for sentence in reading.sentences])
    lemmas = [clause.predicate.lemma for _, clauses in all_clauses(reading, knowledge) for clause in clauses]
    assert lemma in lemmas
    assert [sentence.phrases for sentence in reading.sentences] == before
    assert [clause.predicate.lemma for _, clauses in all_clauses(reading, knowledge) for clause in clauses] == lemmas
