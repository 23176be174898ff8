"""Candidates → links: each pair compared by :func:`quotidian.trace.compare.link`, in parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from quotidian.run.joining.pairs import decoded
from quotidian.run.joining.records import Records
from quotidian.run.joining.working import Progress, Work, each
from quotidian.trace.compare import link
from quotidian.trace.values import Link, Report

FOLDER = "links"
# Pairs in one part: what a kill loses.
_PAIRS = 20_000

SCHEMA = pa.schema(
    [
        ("one", pa.int64()),
        ("other", pa.int64()),
        ("a", pa.string()),
        ("b", pa.string()),
        ("rule", pa.string()),
        ("score", pa.float64()),
        ("change", pa.string()),
        ("conflict", pa.string()),
        ("because", pa.list_(pa.string())),
    ]
)


def put(work: Work, progress: Progress) -> None:
    """Compare all candidates."""
    total = len(work.array("candidates.npy"))
    tasks = [
        (f"{FOLDER}/{n:06}.parquet", (n, begin, min(begin + _PAIRS, total)))
        for n, begin in enumerate(range(0, total, _PAIRS))
    ]
    each(work, "links", _links, tasks, progress)


def _links(work: Work, task: tuple[int, int, int]) -> None:
    number, begin, end = task
    records = Records(work)
    one, other = decoded(np.asarray(work.array("candidates.npy")[begin:end]))
    known: dict[int, Report] = {}
    rows: list[dict[str, Any]] = []
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        for saying in (a, b):
            if saying not in known:
                known[saying] = records[saying]
        found = linked(known[a], known[b], records.similarity(a, b))
        if found is not None:
            rows.append(_row(a, b, found))
    records.close()
    with work.writing(f"{FOLDER}/{number:06}.parquet") as place:
        parquet.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), place, compression="zstd")


def linked(a: Report, b: Report, similarity: float | None) -> Link | None:
    """The link of two reports; of one with itself: with another that says the same in another article."""
    return link(a, replace(b, key=f"{b.key}~") if a.key == b.key else b, similarity)


def _row(one: int, other: int, found: Link) -> dict[str, Any]:
    return {
        "one": one,
        "other": other,
        "a": found.a,
        "b": found.b,
        "rule": found.rule,
        "score": found.score,
        "change": found.change,
        "conflict": found.conflict,
        "because": list(found.because),
    }
