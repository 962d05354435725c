"""Whatever a text holds: it is read to its end, words stand where they are said to stand, nothing private is said, twice gives the
same. ``make fuzz`` goes on for as long as one likes."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph.results import as_line
from kg.pipeline import Clock, Failure, extract_all
from kg.read.contacts import masked
from kg.read.given import Given
from kg.read.page import articles_of
from kg.screen import clean
from tests.reliability.korean import articles, encodable
from tests.reliability.makers import holds

EXAMPLES = int(os.environ.get("KG_FUZZ", "25"))
LONG = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def read(text: str):
    return list(articles_of(encodable(text), Given(identifier="a", source="a.txt"), ""))


@LONG
@given(st.lists(articles, min_size=1, max_size=4))
def test_any_text_is_read_to_its_end(texts):
    for text in texts:
        found = read(text)
        results = list(extract_all(found, clock=Clock()))
        assert not [result for result in results if isinstance(result, Failure)]
        for article, result in zip(found, results, strict=True):
            holds(article, result)
        again = list(extract_all(found, clock=Clock()))
        assert [as_line(result, "") for result in again] == [as_line(result, "") for result in results]


@settings(max_examples=20 * EXAMPLES, deadline=None)
@given(articles)
def test_masks_are_as_long_as_what_they_hide_and_screens_get_words(text):
    hidden = masked(text)
    assert len(hidden) == len(text) and masked(hidden) == hidden
    assert clean(clean(text)) == clean(text)
