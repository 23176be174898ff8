"""Counting and sorting over columns made by hand, without a database."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.store.facts import NO_DAY, day_number
from quotidian.store.search import order
from quotidian.store.search.columns import Columns, Pairs
from quotidian.store.search.counting import MOST_SLICES, counts, timeline


def columns(days: list[int], sure: list[int] | None = None, speakers: list[int] | None = None) -> Columns:
    """A statement a day, numbered from 1, in articles of their own."""
    n = len(days)
    zeros = np.zeros(n, dtype=np.int32)
    none = Pairs(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32))
    least = np.array(sure or [0] * n, dtype=np.int16)
    return Columns(
        statement=np.arange(1, n + 1, dtype=np.int32),
        article=np.arange(1, n + 1, dtype=np.int32),
        outlet=zeros,
        speaker=np.array(speakers, dtype=np.int32) if speakers else zeros,
        day=np.array(days, dtype=np.int32),
        profile=zeros,
        sure=least,
        least=least,
        about=none,
        also=none,
    )


def all_of(made: Columns) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.arange(len(made))


days = st.lists(
    st.one_of(st.just(NO_DAY), st.integers(day_number("0001-01-01"), day_number("9999-12-31"))), max_size=30
)
# As many years as there can be: the first and the last day of the calendar among them.
far_days = days.map(lambda some: [day_number("0001-01-01"), *some, day_number("9999-12-31")])
near_days = st.lists(st.integers(20_000, 21_500), min_size=1, max_size=30)


@given(st.one_of(days, far_days, near_days))
def test_a_timeline_has_few_slices_without_gaps_and_every_dated_hit(made: list[int]) -> None:
    there = columns(made)
    slices = timeline(there, all_of(there))
    known = [day for day in made if day != NO_DAY]
    assert len(slices) <= MOST_SLICES
    assert sum(slice.hits for slice in slices) == sum(slice.all for slice in slices) == len(known)
    for one, next_one in pairwise(slices):
        assert day_number(next_one.first) == day_number(one.last) + 1
    for day in known:
        assert sum(day_number(one.first) <= day <= day_number(one.last) for one in slices) == 1


@pytest.mark.parametrize(
    ("first", "last", "first_slice", "count"),
    [
        ("2031-03-01", "2031-03-01", ("2031-03-01", "2031-03-01"), 1),
        ("2031-03-01", "2031-04-29", ("2031-03-01", "2031-03-01"), 60),
        ("2031-03-01", "2031-04-30", ("2031-02-24", "2031-03-02"), 10),
        ("2031-01-01", "2031-12-31", ("2030-12-30", "2031-01-05"), 53),
        ("2030-01-15", "2032-01-15", ("2030-01-01", "2030-01-31"), 25),
        ("2011-06-01", "2031-06-01", ("2011-01-01", "2011-12-31"), 21),
        ("1903-06-01", "2031-06-01", ("1900-01-01", "1904-12-31"), 27),
    ],
)
def test_slices_are_as_long_as_the_time_needs(
    first: str, last: str, first_slice: tuple[str, str], count: int
) -> None:
    there = columns([day_number(first), day_number(last)])
    slices = timeline(there, all_of(there))
    assert (slices[0].first, slices[0].last) == first_slice
    assert len(slices) == count
    assert slices[-1].first <= last <= slices[-1].last


def test_slices_count_all_statements_beside_the_hits() -> None:
    there = columns([100, 100, 101, 105])
    slices = timeline(there, np.array([0, 2]))
    assert [(slice.hits, slice.all) for slice in slices] == [(1, 2), (1, 1)]


def test_many_months_are_counted_by_year() -> None:
    there = columns(
        [day_number(str(date(year, month, 1))) for year in (2029, 2030, 2031) for month in range(1, 13)]
    )
    assert counts(there, all_of(there)).days == [("2029", 12), ("2030", 12), ("2031", 12)]


def test_of_speakers_as_frequent_the_first_known_comes_first() -> None:
    there = columns([0] * 6, speakers=[9, 4, 9, 4, 7, 0])
    assert counts(there, all_of(there)).speakers == [(4, 2), (9, 2), (7, 1)]


def test_nothing_is_counted_in_an_empty_archive() -> None:
    there = columns([])
    counted = counts(there, all_of(there))
    assert (counted.speakers, counted.outlets, counted.days) == ([], [], [])
    assert timeline(there, all_of(there)) == ()
    assert there.rows(np.array([1, 2])).tolist() == []


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=40), st.data())
def test_pages_in_a_row_are_all_hits_sorted_once(made: list[tuple[int, int]], data: st.DataObject) -> None:
    there = columns([day or NO_DAY for day, _ in made], [sure for _, sure in made])
    rows = all_of(there)
    sort = data.draw(st.sampled_from(["day", "-day", "sure", "-sure"]))
    keys = order.keys(there, rows, sort)
    size = data.draw(st.integers(1, 7))
    pages = [order.page(rows, keys, size, start).tolist() for start in range(0, len(made) + size, size)]
    found = [row for page in pages for row in page]
    assert found == sorted(range(len(made)), key=lambda row: (keys[row], row))
    undated = [made[row][0] == 0 for row in found]
    if sort in ("day", "-day"):
        assert undated == sorted(undated)


@given(st.lists(st.integers(0, 50)), st.lists(st.integers(0, 50)))
def test_rows_are_found_by_number(there: list[int], asked: list[int]) -> None:
    made = columns([0] * len(set(there)))
    numbered = Columns(**{**vars(made), "statement": np.array(sorted(set(there)), dtype=np.int32)})
    rows = numbered.rows(np.array(sorted(set(asked)), dtype=np.int64))
    assert numbered.statement[rows].tolist() == sorted(set(there) & set(asked))
