from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.trace.numbers import numbers
from quotidian.trace.words import forms, rarity, words


@given(st.text(max_size=80))
def test_every_word_stands_where_it_says(text: str):
    found = words(text)
    assert all(text[word.start : word.end].strip() == text[word.start : word.end] for word in found)
    assert all(x.start <= y.start for x, y in pairwise(found))


def test_case_accents_and_kinds_of_apostrophes_make_no_difference():
    assert forms("Zdeňka DIDN’T say it’s “hers”") == forms("zdenka didn't say it's hers")


def test_a_name_tells_more_than_a_common_word():
    assert rarity("the") < rarity("government") < rarity("sluices") <= rarity("oakesund")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("forty thousand", [40_000]),
        ("40,000", [40_000]),
        ("$1.5 billion", [1_500_000_000]),
        ("twenty three or 24", [23, 24]),
        ("nobody", []),
    ],
)
def test_numbers_are_read_in_words_and_figures(text: str, values: list[int]):
    assert numbers(forms(text)) == tuple(map(Decimal, values))
