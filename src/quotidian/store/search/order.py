"""In which order hits come: pure, deterministic, and no more sorted than is shown."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from quotidian.store.facts import NO_DAY
from quotidian.store.search.columns import Columns

Sort = Literal["day", "-day", "relevance", "sure", "-sure"]
Found = NDArray[np.intp]
Keys = NDArray[np.int64]

_NEVER = 2**24  # behind every day of the calendar
_ARTICLES = 2**31


def keys(columns: Columns, rows: Found, sort: Sort) -> Keys:
    """What the rows are sorted by, ascending; equal ones keep their order, that of their numbers.

    ``-day`` (also of ``relevance``, where nothing was ranked) is the newest day first, in it the
    articles added last, and in each the statements in their order; ``sure`` the least sure first, of
    equals the newest. A statement without a day comes last.
    """
    if sort in ("sure", "-sure"):
        sure = columns.sure[rows].astype(np.int64)
        return (sure if sort == "sure" else -sure) * 2 * _NEVER + _days(columns, rows, newest_first=True)
    newest_first = sort != "day"
    articles = columns.article[rows].astype(np.int64)
    days = _days(columns, rows, newest_first)
    return days * _ARTICLES + (_ARTICLES - 1 - articles if newest_first else articles)


def least_sure(columns: Columns, rows: Found) -> Keys:
    """For the queue: the least sure of content or speaker first, of equals the newest."""
    return columns.least[rows].astype(np.int64) * 2 * _NEVER + _days(columns, rows, newest_first=True)


def ranked(columns: Columns, rows: Found, scores: NDArray[np.float64]) -> Found:
    """All rows, the best score first; of equals the newest."""
    # Scores come from sums whose last bits may differ between equal texts.
    best = -np.round(scores, 6)
    return rows[np.lexsort((keys(columns, rows, "-day"), best))]


def page(rows: Found, sorted_by: Keys, limit: int, offset: int) -> Found:
    """The rows from ``offset`` on, at most ``limit``, as if all had been sorted."""
    end = offset + limit
    if end >= len(rows):
        return rows[np.argsort(sorted_by, kind="stable")][offset:end]
    if end <= 0:
        return rows[:0]
    # Only those that may be on the page are sorted: all up to the last key on it.
    last = np.partition(sorted_by, end - 1)[end - 1]
    few = np.flatnonzero(sorted_by <= last)
    return rows[few[np.argsort(sorted_by[few], kind="stable")]][offset:end]


def _days(columns: Columns, rows: Found, newest_first: bool) -> Keys:
    days = columns.day[rows].astype(np.int64)
    unknown = days == NO_DAY
    if newest_first:
        days = -days
    days[unknown] = _NEVER - 1
    return days
