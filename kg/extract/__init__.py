"""From a reading to claims: frames over clauses, and what stands beside names, in quotation marks, in notice blocks and lists."""
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.knowledge.load import Knowledge
    from kg.model import Claim, Rejection


def extract_claims(reading: "Reading", knowledge: "Knowledge") -> "tuple[list[Claim], list[Rejection], dict[tuple[int, int], str]]":
    """All claims of a text, what was considered and rejected, and the fuller words of event mentions that something modifies."""
    from kg.analyze.votes import marked
    from kg.decide.factuality import judged
    from kg.extract.agreements import extract_agreements
    from kg.extract.attendance import extract_attendance
    from kg.extract.attendees import extract_attendees
    from kg.extract.beside import extract_beside
    from kg.extract.captions import extract_captions
    from kg.extract.careers import extract_careers
    from kg.extract.chairs import extract_chairs
    from kg.extract.clubs import extract_clubs
    from kg.patterns.clause import all_clauses, match_clauses, lengthened_events
    from kg.patterns.apposition import match_appositions
    from kg.extract.meetings import extract_meetings
    from kg.extract.notices import extract_notices
    from kg.extract.occasions import extract_occasions, ordinals_of_titles
    from kg.extract.event_lines import extract_event_lines
    from kg.extract.rounds import extract_rounds
    from kg.extract.cases import cases_shown
    from kg.extract.talks import extract_talks
    from kg.extract.quotations import extract_quotations
    from kg.extract.foundings import extract_foundings
    from kg.extract.glosses import extract_glosses
    from kg.extract.members import extract_members
    from kg.extract.settled import settled
    from kg.extract.whereabouts import extract_whereabouts
    from kg.extract.purposes import extract_purposes
    from kg.extract.lands import extract_lands
    from kg.extract.status import extract_status
    from kg.extract.systems import extract_systems
    from kg.extract.series import extract_series, of_last_time
    from kg.extract.debates import extract_debates
    from kg.extract.awards import extract_awards
    from kg.model import Claim

    clauses = all_clauses(reading, knowledge)
    claims: list[Claim] = [*match_appositions(reading, knowledge), *extract_beside(reading, knowledge), *extract_quotations(reading, knowledge), *extract_occasions(reading, clauses, knowledge),
                           *extract_talks(reading, clauses, knowledge), *extract_notices(reading, knowledge),
                           *extract_agreements(reading, knowledge), *extract_chairs(reading), *extract_meetings(reading, clauses, knowledge), *extract_whereabouts(reading, clauses, knowledge),
                           *extract_attendance(reading, clauses, knowledge), *extract_captions(reading, knowledge), *extract_attendees(reading, clauses), *extract_careers(reading, knowledge)]
    claims.extend((*extract_foundings(reading, clauses, knowledge), *extract_members(reading, knowledge), *extract_glosses(reading, knowledge), *extract_clubs(reading, knowledge)))
    claims.extend(extract_event_lines(reading, knowledge))
    claims.extend(extract_rounds(reading, knowledge))
    claims.extend(extract_purposes(reading, clauses, knowledge))
    claims.extend(extract_lands(reading, clauses, knowledge))
    claims.extend(extract_status(reading, clauses, knowledge))
    claims.extend(extract_systems(reading, knowledge))
    claims.extend(extract_series(reading, clauses, knowledge))
    claims.extend(extract_debates(reading, clauses, knowledge))
    claims.extend(extract_awards(reading, clauses, knowledge))
    rejected = []
    for found in match_clauses(reading, clauses, knowledge):
        (claims if isinstance(found, Claim) else rejected).append(found)
    claims.extend(ordinals_of_titles(claims, reading))
    claims = list(cases_shown(claims, reading, knowledge))
    claims = settled(list(of_last_time(claims, reading, knowledge)))
    return judged(marked(claims, knowledge), reading, knowledge.factuality, knowledge.outcomes), rejected, lengthened_events(reading, clauses)
