"""The whole of a join: reports → sayings → candidates → links → utterances, in parts that are kept."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from quotidian._version import __version__
from quotidian.errors import DatasetError
from quotidian.run.dataset import Dataset
from quotidian.run.joining import candidates, columns, grouping, linking, records, tables
from quotidian.run.joining.columns import Source
from quotidian.run.joining.working import Progress, Work

SCHEMA = "quotidian-join/1"
MANIFEST = "join.json"
FOLDER = ".joining"
TABLES = ("links", "members", "utterances")
# Less is not enough for the interpreters and what they compare.
LEAST_MEMORY = 1024**3
# What each process of the join takes, and what one report takes of the memory of all.
_BYTES_A_REPORT = 200


@dataclass(frozen=True, slots=True)
class Joined:
    """How much a join found."""

    reports: int
    sayings: int
    candidates: int
    links: int
    utterances: int


def join(
    address: str,
    *,
    memory: int,
    processes: int = 2,
    work: Path | None = None,
    progress: Progress = lambda *_: None,
) -> Joined:
    """Join a data set: write its tables ``links``, ``members`` and ``utterances``.

    May be stopped at any moment: the same call goes on with what is not done yet.

    Args:
        address: of the data set.
        memory: what all processes together may take, in bytes.
        processes: how many work at a time.
        work: a local folder to work in; one in the data set, if that is local, by default.
        progress: is told which step is how far.

    Raises:
        DatasetError: there is no data set, or it cannot be written.
    """
    dataset = Dataset(address)
    found = dataset.tables()
    if "reports" not in found:
        raise DatasetError(
            f"{address} has no reports to join: make it with `quotidian run … --out {address}`"
        )
    if work is None and not dataset.is_local:
        raise DatasetError(f"{address} is not on this machine: name a folder to work in with --work DIR")
    folder = work or Path(dataset.root, FOLDER)
    with _locked(dataset):
        files = tuple(sorted(found["reports"]))
        opened = Work.opened(folder, _what(dataset), memory=memory, processes=processes)
        source = Source(
            files, pa.array([], pa.string()), (pa.array([], pa.string()), pa.array([], pa.int32()))
        )
        columns.put(opened, source)
        candidates.put(opened, progress)
        records.put(opened, files, progress)
        linking.put(opened, progress)
        grouping.put(opened, progress)
        with opened.writing("tables") as beside:
            beside.mkdir()
            tables.put(opened, files, beside)
        return _kept(dataset, opened)


@contextmanager
def _locked(dataset: Dataset) -> Iterator[None]:
    with dataset.locked():
        yield


def _what(dataset: Dataset) -> dict[str, Any]:
    """All that the parts of a join depend on."""
    shards = hashlib.sha256()
    for marker in dataset.markers():
        shards.update(marker.as_json().encode())
    return {"schema": SCHEMA, "quotidian": __version__, "shards": shards.hexdigest()}


def _kept(dataset: Dataset, work: Work) -> Joined:
    """The tables in the place of those before; the manifest last."""
    done = Joined(
        reports=len(work.array(f"{columns.FOLDER}/said.npy"))
        if work.has(f"{columns.FOLDER}/said.npy")
        else len(work.array(f"{columns.FOLDER}/saying.npy")),
        sayings=len(work.array(f"{columns.FOLDER}/day.npy")),
        candidates=len(work.array("candidates.npy")),
        links=_rows(work.path("tables/links")),
        utterances=_rows(work.path("tables/utterances")),
    )
    root = Path(dataset.root)
    (root / MANIFEST).unlink(missing_ok=True)
    for name in TABLES:
        shutil.rmtree(root / name, ignore_errors=True)
        work.path(f"tables/{name}").replace(root / name)
    manifest = {
        "schema": SCHEMA,
        "quotidian": __version__,
        "rows": {"links": done.links, "utterances": done.utterances},
    }
    (root / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n")
    shutil.rmtree(work.folder)
    return done


def _rows(folder: Path) -> int:
    return sum(parquet.read_metadata(file).num_rows for file in folder.glob("*.parquet"))
