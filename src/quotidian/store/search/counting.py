"""What hits are made of: counts by value, and a timeline. Pure, over the columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotidian.store import facts
from quotidian.store.facts import NO_DAY, NOTHING, day_number
from quotidian.store.search.columns import Column, Columns
from quotidian.store.values import Slice

Found = NDArray[np.intp]
Counted = list[tuple[int, int]]  # number and count, the most frequent first

MOST_SLICES = 60
SHOWN = 12  # of speakers and of those spoken about
SHOWN_OUTLETS = 50
_MANY_MONTHS = 24  # of more months the years are counted
# The days that ISO 8601 can write in four digits, from the first to the one after the last.
_CALENDAR = day_number("0001-01-01"), day_number("9999-12-31") + 1


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits counted by value; ``days`` by month or year, in EDTF, in order."""

    speakers: Counted
    about: Counted
    outlets: Counted
    profile: Mapping[str, Mapping[str | bool | int, int]]
    days: list[tuple[str, int]]


def counts(columns: Columns, rows: Found) -> Counts:
    """Count the rows found."""
    chosen = np.zeros(len(columns), dtype=bool)
    chosen[rows] = True
    speaking = np.bincount(columns.speaker[rows])
    also = np.bincount(columns.also.entity[chosen[columns.also.row]], minlength=len(speaking))
    also[: len(speaking)] += speaking
    return Counts(
        _most(also, SHOWN),
        _most(np.bincount(columns.about.entity[chosen[columns.about.row]]), SHOWN),
        _most(np.bincount(columns.outlet[rows]), SHOWN_OUTLETS),
        facts.counted(columns.profile[rows]),
        _months_or_years(columns.day[rows]),
    )


def by_outlet(columns: Columns, part: str) -> dict[int, dict[str | bool | int, int]]:
    """How many statements of each outlet have each value of one part of the profile."""
    room = facts.ROOM[part]
    pairs = columns.outlet.astype(np.int64) * room + facts.numbers(columns.profile, part)
    counted: dict[int, dict[str | bool | int, int]] = {}
    for pair, count in zip(*np.unique(pairs, return_counts=True), strict=True):
        outlet, number = divmod(int(pair), room)
        if outlet != NOTHING:
            counted.setdefault(outlet, {})[facts.VALUES[part][number]] = int(count)
    return {
        outlet: dict(sorted(values.items(), key=lambda one: -one[1])) for outlet, values in counted.items()
    }


def quoted(columns: Columns, outlet: int, shown: int) -> Counted:
    """The entities that an outlet quotes most, and how often."""
    return _most(np.bincount(columns.speaker[columns.outlet == outlet]), shown)


def _most(counted: NDArray[np.intp], shown: int) -> Counted:
    """The most frequent numbers but NOTHING; of equals the smaller."""
    there = np.flatnonzero(counted)
    there = there[there != NOTHING]
    first = there[np.argsort(-counted[there], kind="stable")[:shown]]
    return [(int(number), int(counted[number])) for number in first]


def _months_or_years(days: Column) -> list[tuple[str, int]]:
    known = days[days != NO_DAY]
    if not len(known):
        return []
    first = int(known.min())
    daily = np.bincount(known - first)
    there = np.flatnonzero(daily)
    dates = (there + first).astype("datetime64[D]")
    months = np.unique(dates.astype("datetime64[M]"))
    unit = "datetime64[M]" if len(months) <= _MANY_MONTHS else "datetime64[Y]"
    of, starts = np.unique(dates.astype(unit), return_index=True)
    return [
        (str(one), int(count)) for one, count in zip(of, np.add.reduceat(daily[there], starts), strict=True)
    ]


def timeline(columns: Columns, rows: Found) -> tuple[Slice, ...]:
    """The days from the first hit to the last in equal stretches, the shortest of which there are few.

    Days, weeks from Monday, months, years, or several years; with all statements of each stretch.
    """
    days = columns.day[rows]
    known = days[days != NO_DAY]
    if not len(known):
        return ()
    first, last = int(known.min()), int(known.max())
    starts = np.unique(np.clip(_starts(first, last), *_CALENDAR))
    hits = _sums(np.bincount(known - first), first, starts)
    all_first, daily = columns.days
    everything = _sums(daily, all_first, starts)
    dates = starts.astype("datetime64[D]")
    stretches = zip(dates[:-1], dates[1:] - 1, hits, everything, strict=True)
    return tuple(
        Slice(str(begin), str(end), int(found), int(there)) for begin, end, found, there in stretches
    )


def _starts(first: int, last: int) -> NDArray[np.int64]:
    """Where each stretch begins, as day numbers, and where the last one ends."""
    begin, end = np.datetime64(first, "D"), np.datetime64(last, "D")
    if last - first < MOST_SLICES:
        return np.arange(first, last + 2, dtype=np.int64)
    monday = first - (first + 3) % 7  # day 0 was a Thursday
    if (last - monday) // 7 < MOST_SLICES:
        return np.arange(monday, last + 8, 7, dtype=np.int64)
    if int((end.astype("M8[M]") - begin.astype("M8[M]")).astype(int)) < MOST_SLICES:
        months = np.arange(begin.astype("M8[M]"), end.astype("M8[M]") + 2)
        return months.astype("M8[D]").astype(np.int64)
    from_year, to_year = (int(day.astype("M8[Y]").astype(int)) for day in (begin, end))
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200) if to_year // n - from_year // n < MOST_SLICES)
    # Years are counted from 1970 here: a step of ten begins with 1970, 1980 …
    years = np.arange(from_year - from_year % step, to_year + step + 1, step)
    years = years[: np.searchsorted(years, to_year, side="right") + 1]
    return years.astype("M8[Y]").astype("M8[D]").astype(np.int64)


def _sums(daily: NDArray[np.intp], first: int, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum of the daily counts, of which the first is of day ``first``, in each stretch."""
    until = np.concatenate([[0], np.cumsum(daily)])
    at = np.clip(starts - first, 0, len(daily))
    return np.diff(until[at])
