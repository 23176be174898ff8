from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.assignment import greatest_sum
from evaluation.clusters import Agreement, Cluster, agreement
from evaluation.score import Rate

small = st.integers(0, 4)
weights = st.dictionaries(st.tuples(small, small), st.floats(0, 1), max_size=25)


def by_trying_all(weights: dict[tuple[int, int], float]) -> float:
    return max(
        sum(weights.get((row, order[row]), 0.0) for row in range(5)) for order in permutations(range(5))
    )


@given(weights)
def test_no_other_pairing_has_a_greater_sum(weights: dict[tuple[int, int], float]) -> None:
    assert greatest_sum(weights) == pytest.approx(by_trying_all(weights))


def test_nothing_sums_to_nothing() -> None:
    assert greatest_sum({}) == 0


@st.composite
def partitions(draw: st.DrawFn) -> list[Cluster]:
    groups: dict[int, set[int]] = {}
    for mention, group in draw(st.dictionaries(st.integers(0, 12), small, min_size=1)).items():
        groups.setdefault(group, set()).add(mention)
    return [frozenset(group) for group in groups.values()]


def measures(one: Agreement) -> tuple[Rate, Rate, Rate]:
    return one.muc, one.b_cubed, one.ceaf


@given(partitions())
def test_what_is_the_same_agrees_wholly(clusters: list[Cluster]) -> None:
    _, *others = measures(agreement(clusters, clusters[::-1]))
    assert [sums.f1 for sums in others] == pytest.approx([100, 100])


@given(partitions(), partitions())
def test_precision_of_one_is_recall_of_the_other(one: list[Cluster], other: list[Cluster]) -> None:
    for there, back in zip(measures(agreement(one, other)), measures(agreement(other, one)), strict=True):
        assert there.precision == pytest.approx(back.recall)
        assert -1e-9 <= there.f1 <= 100 + 1e-9


def test_the_example_of_those_who_wrote_the_reference_scorer() -> None:
    """Pradhan et al. (2014), section 4."""
    one = agreement(
        [frozenset("abc"), frozenset("defg")], [frozenset("ab"), frozenset("cd"), frozenset("fghi")]
    )
    rounded = [(round(sums.recall), round(sums.precision)) for sums in measures(one)]
    assert rounded == [(40, 40), (42, 50), (65, 43)]
    assert one.conll == pytest.approx(sum(sums.f1 for sums in measures(one)) / 3)


def test_one_cluster_of_all_keeps_every_link_and_is_mixed_up() -> None:
    apart = [frozenset({1, 2}), frozenset({3, 4})]
    one = agreement(apart, [frozenset({1, 2, 3, 4})])
    assert one.muc.recall == 100
    assert one.b_cubed.precision == 50


def test_documents_are_summed_before_anything_is_divided() -> None:
    right = agreement([frozenset({1, 2})], [frozenset({1, 2})])
    missed = agreement([frozenset({1, 2, 3, 4})], [])
    assert (right + missed).muc.recall == 25
