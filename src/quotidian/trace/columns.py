"""Hashes of many, side by side: who has one in common with whom, without comparing every two."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

# So many matches are made at once (some 32 MB), however often a hash comes.
_AT_ONCE = 1 << 20
_BITS = 20


class Column:
    """Hashes, each with whose it is: ``owner`` ascends."""

    def __init__(self, hashes: Hashes, owner: npt.NDArray[np.int32]):
        self.hashes = hashes
        self.owner = owner

    def of(self, some: npt.NDArray[np.bool_]) -> Column:
        """The hashes of some owners alone."""
        keep = some[self.owner]
        return Column(self.hashes[keep], self.owner[keep])

    def shared(self, other: Column) -> Iterator[tuple[Places, Places]]:
        """Who has the same ones, in parts: owners in ``other`` and in this, once for each hash in common."""
        mine = self._met(other).sorted()
        theirs = other.sorted()
        first = np.searchsorted(mine.hashes, theirs.hashes, "left")
        count = np.searchsorted(mine.hashes, theirs.hashes, "right") - first
        # Who shares nothing is in no part.
        asked = np.flatnonzero(count)
        ends = np.cumsum(count[asked])
        start = 0
        while start < len(asked):
            done = int(ends[start - 1]) if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, done + _AT_ONCE, "right")))
            part = asked[start:stop]
            # The places of all matches: each run of matches counts up from its first.
            some, until = count[part], np.cumsum(count[part])
            place = np.arange(until[-1]) - np.repeat(until - some, some) + np.repeat(first[part], some)
            yield np.repeat(theirs.owner[part], some).astype(np.int64), mine.owner[place].astype(np.int64)
            start = stop

    def groups(self, other: Column) -> Iterator[tuple[Places, Places]]:
        """For each hash in common all that have it: owners in ``other`` and in this."""
        mine, theirs = self._met(other).sorted(), other.sorted()
        starts = np.flatnonzero(np.r_[True, theirs.hashes[1:] != theirs.hashes[:-1]][: len(theirs.hashes)])
        ends = np.r_[starts[1:], len(theirs.hashes)]
        first = np.searchsorted(mine.hashes, theirs.hashes[starts], "left")
        last = np.searchsorted(mine.hashes, theirs.hashes[starts], "right")
        for i in np.flatnonzero(last > first).tolist():
            yield (
                theirs.owner[starts[i] : ends[i]].astype(np.int64),
                mine.owner[first[i] : last[i]].astype(np.int64),
            )

    def meet(self, other: Column, theirs: Places, mine: Places) -> npt.NDArray[np.bool_]:
        """Which of some pairs (an owner in ``other``, one in this) have a hash in common."""
        there = np.sort(other.owner.astype(np.int64) << 32 | other.hashes)
        first = np.searchsorted(self.owner, mine, "left")
        count = np.searchsorted(self.owner, mine, "right") - first
        until = np.cumsum(count)
        place = np.arange(until[-1] if len(until) else 0) - np.repeat(until - count - first, count)
        asked = np.repeat(theirs, count) << 32 | self.hashes[place]
        at = np.minimum(np.searchsorted(there, asked), max(len(there) - 1, 0))
        pair = np.repeat(np.arange(len(mine)), count)
        same = there[at] == asked if len(there) else np.zeros(len(asked), bool)
        met: npt.NDArray[np.bool_] = np.bincount(pair[same], minlength=len(mine)) > 0
        return met

    def sorted(self) -> Column:
        """By hash; then ``owner`` does not ascend."""
        order = np.argsort(self.hashes, kind="stable")
        return Column(self.hashes[order], self.owner[order])

    def _met(self, other: Column) -> Column:
        """Without most of what the other does not have: looking at a bit takes less than sorting."""
        there = np.zeros(1 << _BITS, bool)
        there[other.hashes & ((1 << _BITS) - 1)] = True
        keep = there[self.hashes & ((1 << _BITS) - 1)]
        return Column(self.hashes[keep], self.owner[keep])


def distinct(codes: Places) -> Places:
    """As :func:`numpy.unique`, which makes a hash table of millions of numbers more slowly than a sort."""
    ordered = np.sort(codes)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]
