"""Sayings that share a hash, within some days: pairs, however often a hash occurs.

Most hashes are rare, and of those all pairs are made. A hash that more than :data:`MOST` sayings have within
the days would make pairs without end: its sayings are put in an order in which those that are alike in
the rest stand together, and each is paired with the next few alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quotidian.run.joining.columns import Numbers

# So many sayings that come later, within the days, may share a hash before it counts as a common one.
MOST = 48
# Neighbours of each saying that a common hash is taken for, in either order.
NEIGHBOURS = 3

Codes = npt.NDArray[np.uint64]
Hashes = npt.NDArray[np.uint32]
Pairs = tuple[Numbers, Numbers]


@dataclass(frozen=True, slots=True)
class Sought:
    """How pairs are looked for.

    Attributes:
        day: of each saying, 0 where it is not known; such a one is near any.
        days: within which two are near.
        edges: the first and the last of each saying's run hashes: sayings alike have them in common.
        at_once: pairs that are in memory at a time.
    """

    day: npt.NDArray[np.int32]
    days: int
    edges: Hashes
    at_once: int


@dataclass(frozen=True, slots=True)
class Found:
    """The postings of hashes, sorted: what is shared, and who share it too often for all pairs to be made."""

    hashes: Hashes
    owners: Numbers
    counts: Numbers
    common: npt.NDArray[np.bool_]


def sorted_out(hashes: Hashes, owners: Numbers, sought: Sought) -> Found:
    """Postings in order, without those that nobody shares; for each how many come later that are near."""
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    shared = np.zeros(len(hashes), bool)
    same = hashes[1:] == hashes[:-1]
    shared[1:] |= same
    shared[:-1] |= same
    hashes, owners = hashes[shared], owners[shared]
    day = sought.day[owners].astype(np.uint64)
    place = (hashes.astype(np.uint64) << np.uint64(32)) | day
    order = np.lexsort((owners, place))
    hashes, owners, place, day = hashes[order], owners[order], place[order], day[order]
    # The last place that is near; days that are not known stand first and are near all.
    last = np.where(day > 0, place + np.uint64(sought.days), place | np.uint64(0xFFFFFFFF))
    counts = np.searchsorted(place, last, "right") - np.arange(len(place)) - 1
    begins = np.ones(len(hashes), bool)
    begins[1:] = hashes[1:] != hashes[:-1]
    starts = np.flatnonzero(begins)
    if len(starts):
        most = np.maximum.reduceat(counts, starts)
        sizes = np.diff(np.append(starts, len(hashes)))
        common = np.repeat(most > MOST, sizes)
    else:
        common = np.zeros(0, bool)
    return Found(hashes, owners, counts, common)


def of_rare(found: Found, sought: Sought) -> Iterator[Pairs]:
    """All pairs that share a hash which is not a common one; one for each such hash."""
    counts = np.where(found.common, 0, found.counts)
    ends = np.cumsum(counts)
    begin, before = 0, 0
    while begin < len(counts):
        end = max(int(np.searchsorted(ends, before + sought.at_once, "right")), begin + 1)
        some = counts[begin:end]
        total = int(some.sum())
        if total:
            left = np.repeat(np.arange(begin, end), some)
            ahead = np.arange(total) - np.repeat(np.cumsum(some) - some, some) + 1
            yield found.owners[left], found.owners[left + ahead]
        begin, before = end, int(ends[end - 1])


def of_common(found: Found, sought: Sought) -> Iterator[Pairs]:
    """Pairs of neighbours that share a common hash."""
    hashes, owners = found.hashes[found.common], found.owners[found.common]
    for edge in sought.edges:
        order = np.lexsort((owners, sought.day[owners], edge[owners], hashes))
        one, whose = hashes[order], owners[order]
        for step in range(1, NEIGHBOURS + 1):
            if len(one) > step:
                a, b = whose[:-step], whose[step:]
                kept = (one[:-step] == one[step:]) & near(sought.day, a, b, sought.days)
                yield a[kept], b[kept]


def near(day: npt.NDArray[np.int32], a: Numbers, b: Numbers, days: int) -> npt.NDArray[np.bool_]:
    """Whether two are within some days, as far as is known."""
    one, other = day[a], day[b]
    found: npt.NDArray[np.bool_] = (np.abs(one - other) <= days) | (one == 0) | (other == 0)
    return found


def coded(a: Numbers, b: Numbers) -> Codes:
    """Two numbers below 2³² as one, the smaller in front."""
    low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
    return (low << np.uint64(32)) | high


def decoded(codes: Codes) -> Pairs:
    """The inverse of :func:`coded`."""
    return (codes >> np.uint64(32)).astype(np.int64), (codes & np.uint64(0xFFFFFFFF)).astype(np.int64)


def counted(codes: Codes, often: npt.NDArray[np.uint8] | None = None) -> tuple[Codes, npt.NDArray[np.uint8]]:
    """Each code once, sorted, with how often it was there (255 at most)."""
    if often is None:
        codes = np.sort(codes)
    else:
        order = np.argsort(codes)
        codes, often = codes[order], often[order]
    begins = np.ones(len(codes), bool)
    begins[1:] = codes[1:] != codes[:-1]
    starts = np.flatnonzero(begins)
    if often is None:
        sizes = np.diff(np.append(starts, len(codes)))
    else:
        sizes = np.add.reduceat(often.astype(np.int64), starts) if len(starts) else np.zeros(0, np.int64)
    return codes[begins], np.minimum(sizes, 255).astype(np.uint8)


def components(count: int, a: Numbers, b: Numbers) -> Numbers:
    """For each node the least node that edges join it with."""
    label = np.arange(count)
    while True:
        one, other = label[a], label[b]
        differ = one != other
        if not differ.any():
            return label
        low, high = np.minimum(one[differ], other[differ]), np.maximum(one[differ], other[differ])
        np.minimum.at(label, high, low)
        while True:
            further = label[label]
            if (further == label).all():
                break
            label = further
