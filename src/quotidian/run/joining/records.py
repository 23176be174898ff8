"""The reports that stand for sayings, one by one: what comparing two needs, wherever they were read."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa

from quotidian.run.joining import columns
from quotidian.run.joining.pairs import decoded
from quotidian.run.joining.rows import OF_REPORT, report_of
from quotidian.run.joining.working import Progress, Work, each
from quotidian.trace.values import Report

FOLDER = "records"
# Files of the data set that make one file of records, by their rows.
_ROWS = 250_000


def put(work: Work, files: Sequence[str], progress: Progress) -> None:
    """Write the records of all sayings that are candidates."""
    starts = np.asarray(work.array(f"{columns.FOLDER}/files.npy"))
    cuts, begun = [0], 0
    for i in range(1, len(files) + 1):
        if starts[i] - begun >= _ROWS or i == len(files):
            cuts.append(i)
            begun = int(starts[i])
    tasks = [
        (f"{FOLDER}/{n:04}", (n, begin, tuple(files[begin:end])))
        for n, (begin, end) in enumerate(pairwise(cuts))
        if begin < end
    ]
    if not work.has("wanted.npy"):
        work.keep("wanted.npy", _wanted(work))
    each(work, "records", _records, tasks, progress)


def _wanted(work: Work) -> columns.Numbers:
    """The sayings that are in a pair, ordered by the row that stands for them."""
    a, b = decoded(np.asarray(work.array("candidates.npy")))
    sayings = np.unique(np.concatenate([a, b]))
    first = np.asarray(work.array(f"{columns.FOLDER}/first.npy"))[sayings]
    ordered: columns.Numbers = sayings[np.argsort(first)]
    return ordered


def _records(work: Work, task: tuple[int, int, tuple[str, ...]]) -> None:
    number, begin, files = task
    wanted = np.asarray(work.array("wanted.npy"))
    rows = np.asarray(work.array(f"{columns.FOLDER}/first.npy"))[wanted]
    row = int(work.array(f"{columns.FOLDER}/files.npy")[begin])
    at = int(np.searchsorted(rows, row))
    ids, ends, end_of = [], [], 0
    with work.writing(f"{FOLDER}/{number:04}") as folder:
        folder.mkdir()
        with (folder / "records").open("wb") as out:
            for file in files:
                for batch in columns.batches(file, OF_REPORT):
                    end = int(np.searchsorted(rows, row + len(batch)))
                    mine = batch.take(pa.array(rows[at:end] - row))
                    for id, made in zip(wanted[at:end], mine.to_pylist(), strict=True):
                        made["spans"] = []
                        end_of += out.write(json.dumps(made).encode())
                        ids.append(id)
                        ends.append(end_of)
                    row, at = row + len(batch), end
        np.save(folder / "ids.npy", np.array(ids, np.int64))
        np.save(folder / "ends.npy", np.array(ends, np.int64))


class Records:
    """Reports by the number of their saying, read from disk when asked for."""

    def __init__(self, work: Work):
        sayings = len(work.array(f"{columns.FOLDER}/day.npy"))
        self._file = np.full(sayings, -1, np.int16)
        self._begin, self._end = (np.zeros(sayings, np.int64) for _ in range(2))
        self._open = []
        for n, part in enumerate(work.parts(FOLDER)):
            ids, ends = (np.asarray(work.array(f"{part}/{name}.npy")) for name in ("ids", "ends"))
            self._file[ids] = n
            self._begin[ids] = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
            self._end[ids] = ends
            self._open.append(os.open(work.path(f"{part}/records"), os.O_RDONLY))
        drawn = f"{columns.FOLDER}/vectors.npy"
        self._vectors = work.array(drawn) if work.has(drawn) else None

    def __getitem__(self, saying: int) -> Report:
        begin, end = int(self._begin[saying]), int(self._end[saying])
        return report_of(json.loads(os.pread(self._open[self._file[saying]], end - begin, begin)))

    def similarity(self, a: int, b: int) -> float | None:
        """The cosine of two vectors; None where one has none."""
        if self._vectors is None:
            return None
        one, other = (self._vectors[i].astype(np.float32) for i in (a, b))
        return float(one @ other) / 127**2 if one.any() and other.any() else None

    def close(self) -> None:
        """Close the files."""
        for file in self._open:
            os.close(file)
