"""From links to utterances: the same whatever the order, no chains, people's word first."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.trace.utterances import SHARED, components, grouped, of_statements
from quotidian.trace.values import Conflict, Link

KEYS = "abcdefg"
PAIRS = [*combinations(KEYS, 2)]


def link(a: str, b: str, score: float = 0.9, conflict: Conflict | None = None) -> Link:
    return Link(a, b, "quotation", score, "edited", conflict)


def groups(*found: str) -> tuple[frozenset[str], ...]:
    """Utterances by the letters of their reports."""
    return tuple(sorted((frozenset(one) for one in found), key=sorted))


links = st.dictionaries(
    st.sampled_from(PAIRS),
    st.tuples(
        st.sampled_from([0.2, 0.24, 0.3, 0.49, 0.5, 0.6, 0.9, 0.99, 1.0]),
        st.sampled_from([None, None, None, "negation"]),
    ),
).map(lambda made: [link(a, b, score, conflict) for (a, b), (score, conflict) in made.items()])
pairs = st.lists(st.sampled_from(PAIRS), max_size=4, unique=True)


def test_reports_that_share_their_words_are_one_utterance():
    assert grouped("abc", [link("a", "b"), link("b", "c"), link("a", "c")]) == groups("abc")


def test_a_chain_does_not_join_what_its_ends_do_not_share():
    assert grouped("abc", [link("a", "b", 0.9), link("b", "c", 0.8)]) == groups("ab", "bc")
    assert grouped("abcd", [link("a", "b", 0.9), link("b", "c", 0.6), link("c", "d", 0.9)]) == groups(
        "ab", "cd"
    )


def test_a_report_of_two_utterances_is_in_both():
    long = [link("a", "x"), link("b", "x"), link("a", "c"), link("c", "x"), link("b", "d"), link("d", "x")]
    assert grouped("abcdx", long) == groups("acx", "bdx")


def test_a_contradiction_keeps_apart_whatever_others_say():
    apart = link("a", "c", 0.99, "number")
    assert grouped("abc", [link("a", "b", 0.9), link("b", "c", 0.9), apart]) == groups("ab", "bc")


def test_weak_links_join_nothing():
    assert grouped("abc", [link("a", "b", 0.49), link("b", "c", 0.3)]) == groups("a", "b", "c")


def test_what_no_candidate_showed_is_compared():
    found = [link("a", "b"), link("b", "c")]
    assert grouped("abc", found, compare=lambda a, b: link(a, b, 0.7)) == groups("abc")
    assert grouped("abc", found, compare=lambda a, b: link(a, b, 0.7, "negation")) == groups("ab", "bc")


def test_same_joins_without_a_link_and_over_a_contradiction():
    assert grouped("ab", [], [("b", "a")]) == groups("ab")
    assert grouped("ab", [link("a", "b", 0.99, "negation")], [("a", "b")]) == groups("ab")


def test_same_joins_over_what_others_contradict():
    found = [link("a", "x", 1.0), link("b", "y", 1.0), link("x", "b", 0.9, "negation")]
    assert any({"a", "b"} <= group for group in grouped("abxy", found, [("a", "b")]))


def test_what_is_like_one_of_those_said_to_be_one_is_of_them():
    found = [link("a", "x"), link("a", "y"), link("x", "y")]
    assert grouped("abxy", found, [("a", "b")]) == groups("abxy")


def test_not_the_same_parts_the_likeliest():
    assert grouped("ab", [link("a", "b", 1.0)], other=[("b", "a")]) == groups("a", "b")
    found = [link("a", "b"), link("a", "c"), link("b", "c")]
    assert grouped("abc", found, other=[("a", "c")]) == groups("ab", "bc")


def test_where_people_contradict_each_other_both_have_it():
    made = grouped("abc", [], [("a", "b"), ("b", "c")], [("a", "c")])
    assert made == groups("ab", "bc")


def test_sentences_that_went_together_are_one():
    statement_of = {"a": "a", "a/1": "a", "b": "b", "b/1": "b", "c": "c"}
    found = [frozenset({"a", "b"}), frozenset({"a/1", "b/1"}), frozenset({"a", "c"})]
    assert of_statements(found, statement_of) == tuple(
        sorted([frozenset({"a", "a/1", "b", "b/1"}), frozenset({"a", "c"})], key=sorted)
    )


@given(links, pairs, pairs, st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(found, same, other, chance):
    keys = list(KEYS)
    once = grouped(keys, found, same, other)
    chance.shuffle(keys)
    chance.shuffle(found)
    turned = [Link(one.b, one.a, one.rule, one.score, one.change, one.conflict) for one in found]
    same = [pair[::-1] for pair in chance.sample(same, len(same))]
    other = [pair[::-1] for pair in chance.sample(other, len(other))]
    assert grouped(keys, turned, same, other) == once


@given(links)
def test_every_report_is_in_an_utterance_and_all_in_one_share_something(found):
    made = grouped(KEYS, found)
    assert frozenset().union(*made) == frozenset(KEYS)
    score = {(one.a, one.b): -1.0 if one.conflict else one.score for one in found}
    for group in made:
        for pair in combinations(sorted(group), 2):
            assert score.get(pair, 0.0) >= SHARED


@given(links, pairs, pairs)
def test_people_s_word_wins(found, same, other):
    said = set(same)
    made = grouped(KEYS, found, same, other)
    for pair in same:
        assert any(group.issuperset(pair) for group in made)
    for pair in set(other) - said:
        assert not any(group.issuperset(pair) for group in made)


@given(links)
def test_components_share_no_link(found):
    made = components(KEYS, found)
    assert sorted(key for keys, _ in made for key in keys) == sorted(KEYS)
    assert sum(len(inside) for _, inside in made) == len(found)
    for keys, inside in made:
        assert all({one.a, one.b} <= keys for one in inside)


@pytest.mark.parametrize("many", [401, 500])
def test_so_many_that_not_all_are_compared_are_joined_by_their_links(many: int):
    keys = [f"{n:03}" for n in range(many)]

    def compare(a: str, b: str) -> Link:
        raise AssertionError("not every two of so many are compared")

    found = [link(a, b) for a, b in zip(keys[::2], keys[1::2], strict=False)]
    assert len(grouped(keys, found, compare=compare)) == many - len(found)
