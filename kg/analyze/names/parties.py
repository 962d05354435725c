"""Parties that no table knows, told by how their name ends and by the role beside it: 누리신당 ○○○ 의원."""

from __future__ import annotations

from collections.abc import Sequence

from kg.analyze.names.words import Word, title_in
from kg.knowledge.load import Knowledge
from kg.model import Mention


def party(words: Sequence[Word], position: int, knowledge: Knowledge) -> Mention | None:
    """``누리신당 ○○○ 의원``: a word that ends with 당, before or behind a name with a role that parties have."""
    word, said = words[position], knowledge.belonging
    if (
        len(word.text) < 3
        or word.text[-1] != "당"
        or word.text.endswith(tuple(said.no_parties - {"신당"}))
        or word.text in said.no_parties
    ):
        return None
    behind = words[position + 1 : position + 4]
    roles = {w.text for w in behind} | {found[1] for w in behind if (found := title_in(w.text, knowledge))}
    if not roles & said.party_roles:
        return None
    return Mention(start=word.start, end=word.end, kind="PoliticalParty", name=word.text, rule="beside-title")
