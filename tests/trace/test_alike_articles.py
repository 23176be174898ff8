"""Articles of one event, and none of another."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest

from quotidian.trace.stories import ALIKE, features, grouped, similar

FERRY = "The night ferry to Skarn ran aground on the Lantern reef with ninety passengers and a goat aboard."
REEF = "Ninety passengers waded ashore when the Skarn ferry struck the reef; the goat swam before them."
VOTE = "The assembly rejected the herring levy by three votes after the treasurer wept over the ledger."


def alike(a: str, b: str) -> bool:
    return bool(similar([features(None, a)], [features(None, b)]))


def test_two_articles_of_one_event_are_alike_and_of_two_are_not() -> None:
    assert alike(FERRY, REEF)
    assert not alike(FERRY, VOTE)
    assert not alike(REEF, VOTE)


def test_the_same_words_are_the_same_whoever_asks() -> None:
    assert features("A", FERRY) == features("A", FERRY)
    ((_, _, score),) = similar([features(None, FERRY)], [features(None, FERRY)])
    assert score == pytest.approx(1, abs=0.01)


def test_nothing_is_like_a_text_without_words() -> None:
    assert not alike("", FERRY)
    assert similar([], [features(None, FERRY)]) == []


def test_a_row_of_articles_each_a_little_like_the_next_is_not_one_story() -> None:
    names = [f"a{n}" for n in range(8)]
    row = dict.fromkeys(pairwise(names), ALIKE + 0.02)
    found = grouped(names, row)
    assert max(map(len, found)) == 2
    assert sorted(name for group in found for name in group) == names


def test_groups_are_the_same_whatever_the_order() -> None:
    scores = {("a", "b"): 0.6, ("b", "c"): 0.5, ("a", "c"): 0.45, ("c", "d"): 0.4}
    every = {grouped(order, scores) for order in permutations("abcd")}
    assert every == {(frozenset("abc"), frozenset("d"))}
