from __future__ import annotations

from itertools import combinations_with_replacement

import pytest

from quotidian.trace.values import Voice
from quotidian.trace.voices import agreement, keys

from .making import DRAGE, OFFICIAL, VARRO

MINISTRY = Voice("organisation", "Ministry of Waters")
HOLLIN = Voice("person", "Petra Hollin", role="spokeswoman", organisation="the Ministry of Waters")


@pytest.mark.parametrize(
    ("a", "b", "least", "most"),
    [
        (VARRO, Voice("person", "Varro"), 1, 1),
        (VARRO, DRAGE, -1, -1),
        (VARRO, OFFICIAL, 0, 0.5),
        (MINISTRY, HOLLIN, 0.5, 0.9),
        (Voice("none", None, maybe=("Edita Varró",)), VARRO, 0.5, 0.9),
        (Voice("document", "a two-page memo"), Voice("document", "the memo"), 0.5, 0.9),
        (Voice("organisation", "Tessarian Herald"), MINISTRY, -1, -0.5),
    ],
)
def test_who_may_be_the_same_speaker(a: Voice, b: Voice, least: float, most: float):
    assert least <= agreement(a, b).score <= most


def test_it_makes_no_difference_who_comes_first():
    for a, b in combinations_with_replacement([VARRO, DRAGE, OFFICIAL, MINISTRY, HOLLIN], 2):
        assert agreement(a, b).score == agreement(b, a).score


def test_those_who_may_be_one_have_a_key_in_common():
    assert keys(VARRO) & keys(Voice("person", "Ms. Varró"))
    assert keys(MINISTRY) & keys(HOLLIN)
