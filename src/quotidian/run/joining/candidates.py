"""Pairs of sayings that are worth comparing, by what they share.

As in an archive (:class:`quotidian.trace.sketches.Window`), two sayings may be of one utterance if they share
a rare run of words within :data:`~quotidian.trace.sketches.QUOTED_DAYS` days; or if they share a name, and a
rare word or their sense besides, within :data:`~quotidian.trace.sketches.SPOKEN_DAYS`. Of a small data set
all such pairs are compared. Where they are more than :data:`ALL` or :data:`EACH` a saying, what each pair
shares is counted, and kept are

- pairs that share three runs, or one and a name, or one of the few that a short saying has;
- pairs that share a name and two rare words, or one of the few that a short saying has;
- pairs that share a name and their sense;
- of the pairs of one saying the :data:`BEST` that share most.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from quotidian.run.joining import columns
from quotidian.run.joining.columns import Numbers
from quotidian.run.joining.pairs import (
    Codes,
    Found,
    Pairs,
    Sought,
    coded,
    components,
    counted,
    decoded,
    near,
    of_common,
    of_rare,
    sorted_out,
)
from quotidian.run.joining.working import Array, Progress, Work, each
from quotidian.trace.sketches import QUOTED_DAYS, SPOKEN_DAYS

# So many pairs are compared in any case, and so many for each saying.
ALL, EACH = 200_000, 1
# Pairs of one saying that are compared, of those that share most with it.
BEST = 40
# A saying with so few hashes is a short one: one in common is much of it. So many runs in common are at
# least five words in a row.
_FEW = 3
# What a pair takes while it is looked for and counted, in bytes.
_BYTES_A_PAIR = 100
_ALIKE = 0.5 * 127**2
# Sayings of one name that are compared in sense with each other at once.
_MOST_ALIKE = 4096
# Pairs whose names are compared at once.
_AT_ONCE = 200_000

WEIGHED = np.dtype([("pair", np.uint64), ("weight", np.uint16), ("likely", bool)])


def put(work: Work, progress: Progress) -> None:
    """Find the candidates, partition by partition, and keep those that share most."""
    tasks = [
        (f"pairs/{kind}-{i:03}", (kind, i))
        for kind in ("run", "rare")
        for i in range(columns.partitions(work, kind))
    ]
    if work.has(f"{columns.FOLDER}/vectors.npy"):
        tasks.append(("pairs/sense-000", ("sense", 0)))
    each(work, "pairs", _pairs, tasks, progress)
    count = _slices(work)
    each(work, "candidates", _weighed, [(f"weighed/{i:04}.npy", (i, count)) for i in range(count)], progress)
    if not work.has("candidates.npy"):
        work.keep("candidates.npy", _best(work))


def _sought(work: Work, days: int) -> Sought:
    made = work.array(f"{columns.FOLDER}/day.npy"), work.array(f"{columns.FOLDER}/edges.npy")
    return Sought(np.asarray(made[0]), days, np.asarray(made[1]), max(work.share // _BYTES_A_PAIR, 10_000))


# --- pairs of a partition -------------------------------------------------------------------------


def _pairs(work: Work, task: tuple[str, int]) -> None:
    """The pairs of one partition of hashes, with how many of them each shares."""
    kind, partition = task
    if kind == "sense":
        found = _of_sense(work)
    else:
        sought = _sought(work, QUOTED_DAYS if kind == "run" else SPOKEN_DAYS)
        hashes, owners = columns.postings(work, kind, partition)
        postings = sorted_out(hashes, owners, sought)
        del hashes, owners
        found = _of_runs(postings, sought) if kind == "run" else _of_rare(work, postings, sought)
    only = np.asarray(work.array(f"{columns.FOLDER}/only.npy"))
    names = np.asarray(work.array(f"{columns.FOLDER}/names.npy")) if kind == "rare" else None
    codes, often = np.zeros(0, np.uint64), np.zeros(0, np.uint8)
    waiting: list[Codes] = []
    room = 0
    for a, b in found:
        kept = (a != b) & ((only[a] != only[b]) | (only[a] == 0))
        if names is not None:
            kept &= (names[a] & names[b]) != 0
        waiting.append(coded(a[kept], b[kept]))
        room += len(waiting[-1])
        if room > work.share // _BYTES_A_PAIR:
            codes, often = _added(codes, often, waiting)
            waiting, room = [], 0
    codes, often = _added(codes, often, waiting)
    with work.writing(f"pairs/{kind}-{partition:03}") as folder:
        folder.mkdir()
        np.save(folder / "codes.npy", codes)
        np.save(folder / "often.npy", often)


def _added(
    codes: Codes, often: npt.NDArray[np.uint8], waiting: list[Codes]
) -> tuple[Codes, npt.NDArray[np.uint8]]:
    new, times = counted(np.concatenate([np.zeros(0, np.uint64), *waiting]))
    if not len(codes):
        return new, times
    return counted(np.concatenate([codes, new]), np.concatenate([often, times]))


def _of_runs(found: Found, sought: Sought) -> Iterator[Pairs]:
    yield from of_rare(found, sought)
    yield from of_common(found, sought)


def _of_rare(work: Work, found: Found, sought: Sought) -> Iterator[Pairs]:
    """Pairs that share a rare word; of a common one those that share a name besides."""
    yield from of_rare(found, sought)
    hashes, owners = found.hashes[found.common], found.owners[found.common]
    voices, at = (work.array(f"{columns.FOLDER}/{name}.npy") for name in ("voices", "voices_at"))
    counts = np.asarray(at[owners + 1] - at[owners])
    total = int(counts.sum())
    place = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(at[owners], counts)
    both = np.repeat(hashes, counts).astype(np.uint64) << np.uint64(32) | voices[place]
    of_both = sorted_out(columns.mixed(both).astype(np.uint32), np.repeat(owners, counts), sought)
    del both, place
    yield from of_rare(of_both, sought)
    yield from of_common(of_both, sought)


def _of_sense(work: Work) -> Iterator[Pairs]:
    """Pairs that share a name and are alike in sense."""
    voices, at, vectors, day = (
        work.array(f"{columns.FOLDER}/{name}.npy") for name in ("voices", "voices_at", "vectors", "day")
    )
    owners = np.repeat(np.arange(len(day)), np.diff(at))
    order = np.lexsort((day[owners], voices))
    owners, voices = owners[order], np.asarray(voices)[order]
    edges = np.flatnonzero(np.concatenate([[True], voices[1:] != voices[:-1], [True]]))
    for start, end in pairwise(edges):
        if end - start > 1:
            for some in _cells(owners[start:end], vectors):
                yield from _alike(some, vectors, np.asarray(day))


def _cells(some: Numbers, vectors: Array, axis: int = 0) -> Iterator[Numbers]:
    """Too many of one name are parted by the signs of their vectors, until they are few enough."""
    if len(some) <= _MOST_ALIKE or axis >= vectors.shape[1]:
        for begin in range(0, len(some), _MOST_ALIKE):
            yield some[begin : begin + _MOST_ALIKE]
        return
    positive = vectors[some, axis] > 0
    for part in (some[positive], some[~positive]):
        if len(part) > 1:
            yield from _cells(part, vectors, axis + 1)


def _alike(some: Numbers, vectors: Array, day: npt.NDArray[np.int32]) -> Iterator[Pairs]:
    drawn = vectors[some].astype(np.float32)
    for begin in range(0, len(some), 512):
        products = drawn[begin : begin + 512] @ drawn[begin:].T
        i, j = np.nonzero(products >= _ALIKE)
        a, b = some[begin + i], some[begin + j]
        kept = (i < j) & near(day, a, b, SPOKEN_DAYS)
        yield a[kept], b[kept]


# --- what pairs share -----------------------------------------------------------------------------


def _slices(work: Work) -> int:
    """In how many parts pairs are put together, so that one fits in memory."""
    total = sum(len(work.array(f"{part}/codes.npy")) for part in work.parts("pairs"))
    return max(-(-total // max(work.share // _BYTES_A_PAIR, 1)), 1)


def _weighed(work: Work, task: tuple[int, int]) -> None:
    """Of the pairs of some sayings those that share enough, with how much."""
    part, parts = task
    sayings = len(work.array(f"{columns.FOLDER}/day.npy"))
    low, high = (np.uint64(sayings * i // parts) << np.uint64(32) for i in (part, part + 1))
    shared = {kind: _slice(work, kind, low, high) for kind in ("run", "rare", "sense")}
    codes = np.unique(np.concatenate([codes for codes, _ in shared.values()]))
    often = {}
    for kind, (some, times) in shared.items():
        often[kind] = np.zeros(len(codes), np.uint8)
        often[kind][np.searchsorted(codes, some)] = times
    a, b = decoded(codes)
    names, day, runs, rare = (
        np.asarray(work.array(f"{columns.FOLDER}/{name}.npy")) for name in ("names", "day", "runs", "rare")
    )
    named = (names[a] & names[b]) != 0
    named[named] = _same_name(work, a[named], b[named])
    fewest = np.minimum(runs[a], runs[b]), np.minimum(rare[a], rare[b])
    quoted = (often["run"] >= _FEW) | ((often["run"] > 0) & (named | (fewest[0] <= _FEW)))
    spoken = (often["rare"] > 1) | ((often["rare"] == 1) & (fewest[1] <= _FEW))
    soon = named & near(day, a, b, SPOKEN_DAYS)
    kept = (often["run"] > 0) | ((often["rare"] > 0) & soon) | (often["sense"] > 0)
    found = np.zeros(len(codes), WEIGHED)
    found["pair"] = codes
    found["weight"] = 2 * often["run"].astype(np.uint16) + often["rare"] + 2 * (often["sense"] > 0)
    found["likely"] = quoted | (spoken & soon) | (often["sense"] > 0)
    work.keep(f"weighed/{part:04}.npy", found[kept])


def _same_name(work: Work, a: Numbers, b: Numbers) -> npt.NDArray[np.bool_]:
    """Whether two have a name in common: their bits say only that they may."""
    voices, at = (np.asarray(work.array(f"{columns.FOLDER}/{name}.npy")) for name in ("voices", "voices_at"))
    found = np.zeros(len(a), bool)
    for begin in range(0, len(a), _AT_ONCE):
        one, other = a[begin : begin + _AT_ONCE], b[begin : begin + _AT_ONCE]
        widths = at[one + 1] - at[one], at[other + 1] - at[other]
        sizes = widths[0] * widths[1]
        pair = np.repeat(np.arange(len(one)), sizes)
        place = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        mine = voices[at[one[pair]] + place // widths[1][pair]]
        theirs = voices[at[other[pair]] + place % widths[1][pair]]
        found[begin + pair[mine == theirs]] = True
    return found


def _slice(work: Work, kind: str, low: np.uint64, high: np.uint64) -> tuple[Codes, npt.NDArray[np.uint8]]:
    codes, often = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint8)]
    for part in work.parts("pairs"):
        if part.startswith(f"pairs/{kind}-"):
            there = work.array(f"{part}/codes.npy")
            begin, end = np.searchsorted(there, [low, high])
            codes.append(there[begin:end])
            often.append(work.array(f"{part}/often.npy")[begin:end])
    return counted(np.concatenate(codes), np.concatenate(often))


def _best(work: Work) -> Codes:
    """The pairs that are compared; and each saying that several articles have, with itself."""
    only = np.asarray(work.array(f"{columns.FOLDER}/only.npy"))
    repeated = np.flatnonzero(only == 0)
    names = work.parts("weighed")
    total = sum(len(work.array(name)) for name in names)
    if total <= max(ALL, EACH * len(only)):
        weighed = np.concatenate([np.zeros(0, WEIGHED), *(work.array(name) for name in names)])
        return _together(np.concatenate([weighed["pair"], coded(repeated, repeated)]))
    weighed = np.concatenate([np.zeros(0, WEIGHED), *(_likely(work.array(name)) for name in names)])
    a, b = decoded(weighed["pair"])
    # Of as good ones those whose numbers, hashes both, are nearest: as good as any, and always the same.
    kept = _among_best(a, weighed["weight"], a ^ b) | _among_best(b, weighed["weight"], a ^ b)
    return _together(np.concatenate([weighed["pair"][kept], coded(repeated, repeated)]))


def _together(codes: Codes) -> Codes:
    """Pairs of sayings that hang together one after the other: their words are taken apart once."""
    codes = np.sort(codes)
    a, b = decoded(codes)
    nodes, ends = np.unique(np.concatenate([a, b]), return_inverse=True)
    label = components(len(nodes), ends[: len(a)], ends[len(a) :])
    ordered: Codes = codes[np.argsort(label[ends[: len(a)]], kind="stable")]
    return ordered


def _likely(weighed: Array) -> Array:
    found: Array = weighed[weighed["likely"]]
    return found


def _among_best(whose: Numbers, weight: npt.NDArray[np.uint16], tie: Numbers) -> npt.NDArray[np.bool_]:
    kept = np.ones(len(whose), bool)
    counts = np.bincount(whose) if len(whose) else np.zeros(1, np.int64)
    many = np.flatnonzero(counts[whose] > BEST)
    order = many[np.lexsort((tie[many], -weight[many].astype(np.int32), whose[many]))]
    mine = whose[order]
    starts = np.searchsorted(mine, mine, "left")
    kept[order] = np.arange(len(order)) - starts < BEST
    return kept
