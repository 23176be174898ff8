"""The reports of a data set as columns of numbers, and what they are found by as postings.

Reports with the same ``said`` differ in nothing that tracing looks at: they are one *saying*. A story of an
agency in three hundred outlets is as many sayings as it has sentences. Sayings are numbered in the order
of their hashes, so a number does not depend on the order of files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import fs, parquet

from quotidian.run.joining.working import Array, Work

Numbers = npt.NDArray[np.int64]

FOLDER = "columns"
# Rows of a table that are in memory at a time.
AT_ONCE = 32_768
# Postings in one partition: each takes some 80 bytes while it is worked on.
_BYTES_A_POSTING = 80
_MOST_PARTITIONS = 256


@dataclass(frozen=True, slots=True)
class Source:
    """The files of a data set's reports, and what else is known of their articles.

    Attributes:
        files: paths or addresses.
        left_out: articles that are not joined, as another one stands for them.
        days: days on which articles of unknown day were fetched at the latest, as ordinals.
    """

    files: tuple[str, ...]
    left_out: pa.Array
    days: tuple[pa.Array, pa.Array]

    @classmethod
    def of(cls, files: Sequence[str]) -> Source:
        """Files of whose articles nothing else is known."""
        nothing = pa.array([], pa.string())
        return cls(tuple(files), nothing, (nothing, pa.array([], pa.int32())))


def batches(file: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The rows of a file, some at a time."""
    system, path = fs.FileSystem.from_uri(file) if "://" in file else (None, file)
    with parquet.ParquetFile(path, filesystem=system) as opened:
        yield from opened.iter_batches(batch_size=AT_ONCE, columns=list(columns), use_threads=False)


def put(work: Work, source: Source) -> None:
    """Write the columns; nothing to do where they are there."""
    if work.has(FOLDER):
        return
    with work.writing(FOLDER) as folder:
        folder.mkdir()
        first = _rows(folder, source)
        _sayings(folder, source, first, work)


def partitions(work: Work, kind: str) -> int:
    """How many partitions there are of the postings of a kind."""
    return len(list((work.path(FOLDER)).glob(f"{kind}-*.bin")))


def postings(work: Work, kind: str, partition: int) -> tuple[npt.NDArray[np.uint32], Numbers]:
    """Hashes, and the sayings that have them."""
    return posted(work.path(f"{FOLDER}/{kind}-{partition:03}.bin"))


def posted(path: Path) -> tuple[npt.NDArray[np.uint32], Numbers]:
    """Hashes, and whose they are, of one file of :class:`Postings`."""
    both = np.fromfile(path, "<u4").reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].astype(np.int64)


# --- rows ---------------------------------------------------------------------------------------


def _rows(folder: Path, source: Source) -> Numbers:
    """Columns of one value for each row; for each saying the row that stands for it."""
    read: list[tuple[Array, ...]] = []
    begins_at = [0]
    for file in source.files:
        begins_at.append(begins_at[-1])
        for batch in batches(file, ("said", "article", "statement", "key", "printed", "last")):
            left_out = pc.is_in(batch["article"], value_set=source.left_out)
            begins_at[-1] += len(batch)
            read.append(
                (
                    batch["said"].to_numpy(),
                    article_number(batch["article"]),
                    hexadecimal(batch["statement"]),
                    _numbers(batch["key"]),
                    _days(batch, source),
                    ~left_out.to_numpy(zero_copy_only=False),
                )
            )
    kinds = (np.uint64, np.uint64, np.uint64, np.uint16, np.int32, bool)
    columns = [np.concatenate([np.zeros(0, kind), *(r[i] for r in read)]) for i, kind in enumerate(kinds)]
    del read
    said, article, statement, number, day, kept = columns
    rows = np.flatnonzero(kept)
    order = rows[np.lexsort((number_order(number[rows]), statement[rows], said[rows]))]
    ordered = said[order]
    begins = np.ones(len(order), bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    of_order = np.cumsum(begins) - 1
    saying = np.full(len(said), -1, np.int32)
    saying[order] = of_order
    first = order[begins]
    starts = np.flatnonzero(begins)
    some = len(starts) > 0
    least = np.minimum.reduceat(article[order], starts) if some else np.zeros(0, np.uint64)
    most = np.maximum.reduceat(article[order], starts) if some else np.zeros(0, np.uint64)
    earliest = np.minimum.reduceat(day[order], starts) if some else np.zeros(0, np.int32)
    for name, array in {
        "files": np.array(begins_at),
        "article": article,
        "statement": statement,
        "number": number,
        "saying": saying,
        "rows": order.astype(np.int32 if len(said) < 2**31 else np.int64),
        "rows_at": np.append(starts, len(order)),
        "first": first,
        "day": earliest,
        # The article of a saying that no other one has.
        "only": np.where(least == most, least, 0),
    }.items():
        np.save(folder / f"{name}.npy", array)
    return first


def article_number(articles: pa.Array) -> npt.NDArray[np.uint64]:
    """A number for each article ("0123456789abcdef-7": shard and record), the same wherever it is."""
    shard = hexadecimal(pc.utf8_slice_codeunits(articles, 0, 16))
    record = pc.cast(pc.utf8_slice_codeunits(articles, 17, 2**30), pa.uint64()).to_numpy()
    return mixed(shard ^ mixed(record))


def mixed(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Numbers whose bits all depend on all bits of the given ones (SplitMix64: Steele, Lea, Flood 2014)."""
    with np.errstate(over="ignore"):
        z = numbers + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def hexadecimal(column: pa.Array) -> npt.NDArray[np.uint64]:
    """Names of 16 hexadecimal digits as numbers."""
    joined = "".join(column.to_pylist())
    return np.frombuffer(bytes.fromhex(joined), ">u8").astype(np.uint64)


def _numbers(keys: pa.Array) -> npt.NDArray[np.uint16]:
    """Of "0123456789abcdef/2" the 2, and 0 where there is none."""
    after = pc.utf8_slice_codeunits(keys, 17, 2**30)
    found: npt.NDArray[np.uint16] = pc.cast(
        pc.if_else(pc.equal(after, ""), "0", after), pa.uint16()
    ).to_numpy()
    return found


def number_order(numbers: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    """Where numbers stand when they are sorted as they are written: 10 comes before 2."""
    most = int(numbers.max()) + 1 if len(numbers) else 1
    written = sorted(range(most), key=str)
    # The number 0 is not written at all.
    written.remove(0)
    rank = np.zeros(most, np.uint16)
    rank[written] = np.arange(1, most)
    return rank[numbers]


def _days(batch: pa.RecordBatch, source: Source) -> npt.NDArray[np.int32]:
    """The day near which others are looked for: of publication, of saying, of fetching; 0 for none."""
    articles, fetched = source.days
    day = pc.coalesce(batch["printed"], batch["last"])
    if day.null_count and len(articles):
        day = pc.coalesce(day, pc.take(fetched, pc.index_in(batch["article"], value_set=articles)))
    found: npt.NDArray[np.int32] = pc.fill_null(day, 0).to_numpy().astype(np.int32)
    return found


# --- sayings ------------------------------------------------------------------------------------


def _sayings(folder: Path, source: Source, first: Numbers, work: Work) -> None:
    """What sayings are found by, taken of the rows that stand for them."""
    count = len(first)
    by_row = np.argsort(first)
    rows = first[by_row]
    runs, rare = Postings(folder, "run", work, count), Postings(folder, "rare", work, count)
    lengths = {name: np.zeros(count, np.uint8) for name in ("runs", "rare", "voices")}
    edges = np.zeros((2, count), np.uint32)
    voices: list[tuple[Numbers, npt.NDArray[np.uint32]]] = []
    vectors: Array | None = None
    row = at = 0
    for file in source.files:
        for batch in batches(file, ("runs", "rare", "voices", "vector")):
            end = int(np.searchsorted(rows, row + len(batch)))
            mine = batch.take(pa.array(rows[at:end] - row))
            ids = by_row[at:end]
            row, at = row + len(batch), end
            for name, made in (("runs", runs), ("rare", rare), ("voices", None)):
                hashes, counts = _lists(mine[name])
                lengths[name][ids] = np.minimum(counts, 255)
                owners = np.repeat(ids, counts)
                if made is not None:
                    made.add(hashes, owners)
                else:
                    voices.append((owners, hashes))
                if name == "runs" and len(hashes):
                    ends = np.cumsum(counts)
                    some = counts > 0
                    edges[0, ids[some]] = hashes[(ends - counts)[some]]
                    edges[1, ids[some]] = hashes[ends[some] - 1]
            vectors = _put_vectors(folder, vectors, mine["vector"], ids, count)
    runs.close()
    rare.close()
    if vectors is not None:
        del vectors
    _put_voices(folder, voices, count)
    np.save(folder / "edges.npy", edges)
    np.save(folder / "runs.npy", lengths["runs"])
    np.save(folder / "rare.npy", lengths["rare"])


def _lists(column: pa.Array) -> tuple[npt.NDArray[np.uint32], Numbers]:
    """The values of a column of lists, and how many each row has."""
    counts = pc.fill_null(pc.list_value_length(column), 0).to_numpy().astype(np.int64)
    return column.flatten().to_numpy().astype(np.uint32), counts


def _put_voices(folder: Path, found: list[tuple[Numbers, npt.NDArray[np.uint32]]], count: int) -> None:
    owners = np.concatenate([np.zeros(0, np.int64), *(one for one, _ in found)])
    hashes = np.concatenate([np.zeros(0, np.uint32), *(one for _, one in found)])
    found.clear()
    order = np.argsort(owners, kind="stable")
    np.save(folder / "voices.npy", hashes[order])
    np.save(folder / "voices_at.npy", np.searchsorted(owners[order], np.arange(count + 1)))
    # A bit for each name: two that share none of 64 bits share no name.
    bits = np.zeros(count, np.uint64)
    np.bitwise_or.at(bits, owners, np.uint64(1) << (hashes % np.uint32(64)).astype(np.uint64))
    np.save(folder / "names.npy", bits)


def _put_vectors(
    folder: Path, into: Array | None, column: pa.Array, ids: Numbers, count: int
) -> Array | None:
    there = pc.is_valid(column).to_numpy(zero_copy_only=False)
    if not there.any():
        return into
    drawn = column.filter(pa.array(there))
    width = len(drawn[0].as_py())
    if into is None:
        into = np.lib.format.open_memmap(folder / "vectors.npy", "w+", np.int8, (count, width))
    fitting = pc.equal(pc.binary_length(drawn), into.shape[1])
    kept = drawn.filter(fitting)
    values = np.frombuffer(b"".join(kept.to_pylist()), np.int8).reshape(-1, into.shape[1])
    into[ids[there][fitting.to_numpy(zero_copy_only=False)]] = values
    return into


class Postings:
    """Hashes with whose they are, in partitions by the hash."""

    def __init__(self, folder: Path, kind: str, work: Work, sayings: int):
        # As long as nothing is known of the texts: some thirty for each saying.
        most = max(work.share // _BYTES_A_POSTING, 1)
        wanted = min(max(-(-30 * sayings // most), 1), _MOST_PARTITIONS)
        self._bits = int(wanted - 1).bit_length()
        self._files: list[BinaryIO] = [
            (folder / f"{kind}-{i:03}.bin").open("wb") for i in range(1 << self._bits)
        ]

    def add(self, hashes: npt.NDArray[np.uint32], owners: Numbers) -> None:
        """Some more."""
        both = np.column_stack([hashes, owners.astype(np.uint32)])
        part = hashes >> np.uint32(32 - self._bits) if self._bits else np.zeros(len(hashes), np.uint32)
        order = np.argsort(part, kind="stable")
        ends = np.searchsorted(part[order], np.arange(len(self._files) + 1))
        for i, file in enumerate(self._files):
            if ends[i] < ends[i + 1]:
                file.write(both[order[ends[i] : ends[i + 1]]].tobytes())

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()
