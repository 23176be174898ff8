"""Two reports beside each other: the link between them, the same from both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.trace import joined
from quotidian.trace.compare import LEAST, link
from quotidian.trace.values import Report

from .making import DRAGE, MONDAY, OFFICIAL, VARRO, elsewhere, report

SAID = "“We will sail the night ferry to Skarn until the ice closes the harbour”"
contents = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from([*SAID.split(), "not", "never", "40", "fourteen", "\u202e", "水", "\ud7ff"])
    ).map(" ".join),
)
voices = st.sampled_from([VARRO, DRAGE, OFFICIAL])


def test_the_same_words_of_the_same_speaker_are_one_utterance():
    found = link(report(SAID), elsewhere(report(SAID)))
    assert found is not None
    assert found.joins
    assert (found.change, found.conflict, found.rule) == ("none", None, "quotation")
    assert any("words in a row" in why for why in found.because)


@pytest.mark.parametrize(
    ("other", "conflict"),
    [
        (report(SAID.replace("will sail", "will not sail"), key="b"), "negation"),
        (report(SAID, key="b", voice=DRAGE), "speaker"),
    ],
)
def test_what_contradicts_is_linked_and_kept_apart(other: Report, conflict: str):
    found = link(report(SAID), other)
    assert found is not None
    assert found.conflict == conflict
    assert not found.joins


def test_another_number_is_a_contradiction():
    one = report("“Nobody on the quay will pay the lantern toll of forty crowns twice”")
    found = link(one, replace(elsewhere(one), content=one.content.replace("forty", "fourteen")))
    assert found is not None
    assert (found.change, found.conflict, found.joins) == ("meaning", "number", False)


def test_what_has_nothing_in_common_has_no_link():
    assert link(report(SAID), report("“The lamps are lit”", key="b", voice=DRAGE)) is None


@given(contents, contents, voices, voices, st.integers(0, 40), st.none() | st.floats(-1, 1))
def test_it_makes_no_difference_which_comes_first(a, b, voice, other, days, similarity):
    one = report(a, voice=voice)
    two = report(b, key="b", voice=other, day=MONDAY + days)
    found = link(one, two, similarity)
    assert link(two, one, similarity) == found
    if found is not None:
        assert 0 <= found.score <= 1
        assert found.score >= LEAST or found.conflict
        # Nor who is called by which key.
        turned = link(replace(one, key="b"), replace(two, key="a"), similarity)
        assert turned is not None
        assert (turned.score, turned.joins) == (found.score, found.joins)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([SAID, SAID[:50] + "”", "“Not now”", SAID.replace("will", "will not")]), voices
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_the_utterances_are_the_same_whatever_the_order_of_reports(said, chance):
    made = [report(content, key=f"k{n}", voice=voice) for n, (content, voice) in enumerate(said)]
    groups, links = joined(made)
    chance.shuffle(made)
    again, links_again = joined(made)
    assert again == groups
    assert sorted(links, key=repr) == sorted(links_again, key=repr)
