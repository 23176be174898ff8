"""Text that two articles have in common: found by what is kept of each, told word by word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.trace.copies import candidates, copied, signature
from quotidian.trace.words import forms

WIRE = (
    "The harbour board of Skarn met behind closed doors on Thursday and came to no end before midnight, "
    "when the lamps of the quay went out one by one and the gulls began to cry over the empty fish market. "
)
OWN = (
    "Our reporter stood outside in the rain with a thermos of tea, a broken umbrella and eleven others, "
    "none of whom had been asked in, and most of whom went home before anybody came to the door at last. "
)
ALONE = (
    "In the abbey garden the apples were late again, and the brothers sold their honey at the gate instead. "
)
texts = st.lists(st.one_of(st.sampled_from([WIRE, OWN, ALONE]), st.text(max_size=20)), max_size=5).map(
    " ".join
)


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        (WIRE, WIRE, "exact"),
        (WIRE, WIRE.upper().replace(",", ";"), "exact"),
        (WIRE * 2 + OWN, WIRE * 2 + OWN + "More tomorrow.", "near"),
        (WIRE, OWN + WIRE + OWN, "partial"),
        (WIRE, ALONE, "independent"),
        ("", "", "independent"),
        ("", WIRE, "independent"),
    ],
)
def test_how_much_of_two_articles_is_the_same(a: str, b: str, kind: str):
    assert copied(a, b).kind == kind
    assert copied(b, a).kind == kind


def test_what_both_quote_is_no_copy():
    whole = [(0, len(WIRE))]
    assert copied(WIRE, WIRE + OWN, quoted_a=whole, quoted_b=whole).kind == "independent"


def test_a_copy_is_a_candidate_and_what_has_nothing_in_common_is_none():
    made = [signature(text) for text in (WIRE, OWN + WIRE + OWN, ALONE)]
    assert {(i, j) for i, j in candidates(made, made) if i < j} == {(0, 1)}
    assert candidates([], made) == candidates(made, []) == []


@given(texts, texts)
def test_runs_are_the_same_words_in_both_texts_and_none_is_counted_twice(a: str, b: str):
    found = copied(a, b)
    assert 0 <= found.share_a <= 1
    assert 0 <= found.share_b <= 1
    for side, text in ((0, a), (1, b)):
        spans = sorted(run[side] for run in found.runs)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
    for one, other in found.runs:
        assert forms(a[one.start : one.end]) == forms(b[other.start : other.end])


@given(texts)
def test_a_text_is_an_exact_copy_of_itself_with_the_same_signature(text: str):
    assert signature(text) == signature(text)
    if forms(text):
        assert copied(text, text).kind == "exact"
        assert candidates([signature(text)], [signature(text)]) == [(0, 0)]


@given(st.lists(texts, max_size=4), st.lists(texts, max_size=4))
def test_candidates_are_the_same_from_both_sides(some: list[str], others: list[str]):
    one, two = [signature(text) for text in some], [signature(text) for text in others]
    assert sorted((j, i) for i, j in candidates(one, two)) == candidates(two, one)
