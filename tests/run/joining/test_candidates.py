"""Pairs that share a hash: all of them while they are few, some where a hash is common."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotidian.run.joining import candidates, columns
from quotidian.run.joining.join import join
from quotidian.run.joining.pairs import (
    MOST,
    Sought,
    coded,
    components,
    counted,
    decoded,
    of_common,
    of_rare,
    sorted_out,
)
from quotidian.run.joining.working import Work
from quotidian.trace.sketches import Window, sketch
from run.joining import making

GB = 1024**3
_WORDS = ["turbine", "sluice", "harbour", "levy", "ferry", "granite", "quarry", "lantern", "orchard", "the"]


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 40), st.integers(0, 9)),
        min_size=1,
        max_size=60,
        unique=True,
    ),
    st.integers(0, 15),
    st.integers(1, 50),
)
def test_all_pairs_that_share_a_hash_within_the_days_are_found_once_for_each(
    made: list[tuple[int, int, int]], days: int, at_once: int
) -> None:
    hashes = np.array([one for one, _, _ in made], np.uint32)
    owners = np.arange(len(made))
    day = np.array([when for _, when, _ in made], np.int32)
    sought = Sought(day, days, np.zeros((2, len(made)), np.uint32), at_once)
    found = sorted_out(hashes, owners, sought)
    pairs = [pair for a, b in of_rare(found, sought) for pair in zip(a.tolist(), b.tolist(), strict=True)]
    wanted = {
        (i, j)
        for i in range(len(made))
        for j in range(i)
        if hashes[i] == hashes[j] and (abs(int(day[i]) - int(day[j])) <= days or 0 in (day[i], day[j]))
    }
    assert not found.common.any()
    assert sorted((max(pair), min(pair)) for pair in pairs) == sorted(wanted)


def test_what_a_common_hash_joins_is_found_among_those_that_are_alike_in_the_rest() -> None:
    many = 4 * MOST
    day = np.full(many, 10, np.int32)
    edges = np.tile(np.arange(many, dtype=np.uint32), (2, 1))
    edges[:, 150] = edges[:, 7]
    sought = Sought(day, 30, edges, 1000)
    found = sorted_out(np.zeros(many, np.uint32), np.arange(many), sought)
    assert found.common.all()
    assert not list(of_rare(found, sought))
    pairs = {pair for a, b in of_common(found, sought) for pair in zip(a.tolist(), b.tolist(), strict=True)}
    assert (7, 150) in pairs
    assert len(pairs) < 4 * many


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)), max_size=30))
def test_a_pair_is_one_number_and_back(pairs: list[tuple[int, int]]) -> None:
    a, b = (np.array([pair[i] for pair in pairs], np.int64) for i in (0, 1))
    one, other = decoded(coded(a, b))
    assert [tuple(sorted(pair)) for pair in pairs] == list(zip(one.tolist(), other.tolist(), strict=True))


def test_codes_are_counted() -> None:
    codes, often = counted(np.array([5, 3, 5, 5], np.uint64))
    assert (codes.tolist(), often.tolist()) == ([3, 5], [1, 3])
    codes, often = counted(np.array([5, 3, 5], np.uint64), np.array([200, 1, 100], np.uint8))
    assert (codes.tolist(), often.tolist()) == ([3, 5], [1, 255])


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=25))
def test_components_are_what_edges_hold_together(edges: list[tuple[int, int]]) -> None:
    label = components(20, *(np.array([edge[i] for edge in edges], np.int64) for i in (0, 1)))
    reached = {node: {node} for node in range(20)}
    for a, b in edges:
        whole = reached[a] | reached[b]
        reached.update(dict.fromkeys(whole, whole))
    assert label.tolist() == [min(reached[node]) for node in range(20)]


def test_candidates_of_a_small_data_set_are_those_of_an_archive(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    reports = [
        making.report(
            " ".join(rng.choice(_WORDS, int(rng.integers(2, 9)))) + f" {i}",
            key=f"{i:016x}",
            voice=(making.VARRO, making.DRAGE, making.OFFICIAL)[int(rng.integers(3))],
            day=making.MONDAY + int(rng.integers(0, 45)),
        )
        for i in range(120)
    ]
    made = making.dealt(tmp_path / "d", [[making.row(one, i) for i, one in enumerate(reports)]])
    work = Work.opened(tmp_path / "work", {}, memory=GB, processes=1)
    files = tuple(str(path) for path in sorted(made.rglob("reports/**/*.parquet")))
    columns.put(work, columns.Source.of(files))
    candidates.put(work, lambda step, done, of: None)
    first = np.asarray(work.array("columns/first.npy"))
    one, other = decoded(np.asarray(work.array("candidates.npy")))
    window = Window([sketch(one) for one in reports])
    wanted = {(i, j) for i, j in window.candidates(window) if i < j}
    assert {tuple(sorted((int(first[a]), int(first[b])))) for a, b in zip(one, other, strict=True)} == wanted
    assert 50 < len(wanted) < 120 * 119 / 2


def test_the_same_words_in_many_outlets_are_one_saying(tmp_path: Path) -> None:
    words = "“The sluice will be shut before the granite quarry floods again,”"
    wire = [making.report(words, key=f"{i:016x}", voice=making.VARRO) for i in range(300)]
    dataset = making.dealt(tmp_path / "d", [[making.row(one, i) for i, one in enumerate(wire)]])
    found = join(str(dataset), memory=GB, processes=1)
    assert (found.reports, found.sayings, found.candidates, found.utterances) == (300, 1, 1, 1)
    assert list(making.members(dataset).values()) == [frozenset(one.key for one in wire)]
