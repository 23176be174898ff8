"""The whole of a join: reports → sayings → candidates → links → utterances, in parts that are kept."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pyarrow import parquet

from quotidian._version import __version__
from quotidian.errors import DatasetError, UsageError
from quotidian.run.dataset import Dataset
from quotidian.run.joining import (
    candidates,
    columns,
    copying,
    duplicates,
    grouping,
    linking,
    records,
    tables,
)
from quotidian.run.joining.working import Progress, Work

SCHEMA = "quotidian-join/1"
MANIFEST = "join.json"
FOLDER = ".joining"
TABLES = ("links", "members", "utterances", "copies", "duplicates")
# Less is not enough for the interpreters and what they compare.
LEAST_MEMORY = 1024**3


@dataclass(frozen=True, slots=True)
class Joined:
    """How much a join found.

    Attributes:
        reports: sentences or so of statements that were there.
        sayings: of those, different ones.
        candidates: pairs of sayings that were compared.
        links: pairs that have to do with each other.
        utterances: acts of saying that several articles report.
        copies: articles with text in common.
        duplicates: articles that are there more than once.
    """

    reports: int
    sayings: int
    candidates: int
    links: int
    utterances: int
    copies: int
    duplicates: int


def join(
    address: str, *, memory: int, processes: int = 2, progress: Progress = lambda step, done, of: None
) -> Joined:
    """Join a data set: write its tables ``links``, ``members``, ``utterances``, ``copies``, ``duplicates``.

    May be stopped at any moment: the same call goes on with what is not done yet.

    Args:
        address: of the data set, on this machine.
        memory: what all processes together may take, in bytes.
        processes: how many work at a time.
        progress: is told which step is how far.

    Raises:
        DatasetError: there is no data set on this machine, or it cannot be written.
        UsageError: the memory is too little for any data set.
    """
    if memory < LEAST_MEMORY:
        raise UsageError("a join takes 1GB of memory at least: say --memory 1GB or more")
    dataset = Dataset(address)
    if not dataset.is_local:
        raise DatasetError(f"{address} is not on this machine: join a copy of it here")
    found = dataset.tables()
    if not found.get("reports"):
        raise DatasetError(f"{address} has nothing to join: `quotidian run INPUT --out {address}` fills it")
    files, articles = tuple(sorted(found["reports"])), sorted(found.get("articles", []))
    with dataset.locked():
        what = _what(dataset)
        work = Work.opened(Path(dataset.root, FOLDER), what, memory=memory, processes=processes)
        duplicates.put(work, articles)
        if not work.has(columns.FOLDER):
            unknown = duplicates.fetched(work, articles)
            columns.put(work, columns.Source(files, duplicates.left_out(work), unknown))
        candidates.put(work, progress)
        records.put(work, files, progress)
        linking.put(work, progress)
        grouping.put(work, progress)
        copying.put(work, found, progress)
        with work.writing("tables") as beside:
            beside.mkdir()
            tables.put(work, files, beside)
            for part in (copying.PART, duplicates.PART):
                folder = beside / part.removesuffix(".parquet")
                folder.mkdir()
                shutil.copyfile(work.path(part), folder / part)
        return _kept(dataset, work, what)


def _what(dataset: Dataset) -> dict[str, Any]:
    """All that the parts of a join depend on."""
    shards = hashlib.sha256()
    for marker in dataset.markers():
        shards.update(marker.as_json().encode())
    return {"schema": SCHEMA, "quotidian": __version__, "shards": shards.hexdigest()}


def _kept(dataset: Dataset, work: Work, what: dict[str, Any]) -> Joined:
    """The tables in the place of those before; the manifest last."""
    rows = {name: _rows(work.path(f"tables/{name}")) for name in TABLES}
    done = Joined(
        reports=len(work.array(f"{columns.FOLDER}/saying.npy")),
        sayings=len(work.array(f"{columns.FOLDER}/day.npy")),
        candidates=len(work.array("candidates.npy")),
        links=rows["links"],
        utterances=rows["utterances"],
        copies=rows["copies"],
        duplicates=rows["duplicates"],
    )
    root = Path(dataset.root)
    (root / MANIFEST).unlink(missing_ok=True)
    for name in TABLES:
        shutil.rmtree(root / name, ignore_errors=True)
        work.path(f"tables/{name}").replace(root / name)
    with work.writing(MANIFEST) as place:
        place.write_text(json.dumps({**what, **asdict(done)}, indent=1) + "\n", encoding="utf-8")
    work.path(MANIFEST).replace(root / MANIFEST)
    shutil.rmtree(work.folder)
    return done


def _rows(folder: Path) -> int:
    return sum(parquet.read_metadata(file).num_rows for file in folder.glob("*.parquet"))
