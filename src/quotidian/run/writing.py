"""Rows → Parquet files, one for each table and day, within a bound of memory.

The same rows give the same bytes: no clock, no chance, and what is written when depends on the rows alone.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import pyarrow as pa
from pyarrow import parquet

Row = dict[str, Any]
# Rows wait for others of their table and day until all that wait are so large; then the largest lot is
# written. pyarrow takes about as much again while it writes one.
MOST_WAITING = 16 * 1024 * 1024
# What Python takes for a value of a row and for one in a list of it, in bytes, besides the characters.
_VALUE, _ITEM = 90, 120
# Files open at once; a system allows a process some 1,024, and a shard may have thousands of days.
MOST_OPEN = 32


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a shard, by its path in the data set, and how many rows it has."""

    path: str
    rows: int
    bytes: int


class _Lot(NamedTuple):
    """What a file is for: a table, and the day where the table is cut by days."""

    table: str
    day: str | None

    def path(self, shard: str, part: int) -> str:
        folder = f"{self.table}/day={self.day}" if self.day else self.table
        return f"{folder}/{shard}{f'.{part}' if part else ''}.parquet"


@dataclass(slots=True)
class _Waiting:
    rows: list[Row] = field(default_factory=list)
    size: int = 0


@dataclass(slots=True)
class _Open:
    path: str
    writer: parquet.ParquetWriter
    rows: int = 0


class ShardFiles:
    """The files of one shard, written in a folder; use it with ``with``.

    Args:
        folder: where, the data set's own folders below it.
        shard: the name of the files.
        schemas: the columns of each table.
        most_waiting: bytes of rows that may wait, about.
        most_open: files that may be open at once.
    """

    def __init__(
        self,
        folder: Path,
        shard: str,
        schemas: dict[str, pa.Schema],
        *,
        most_waiting: int = MOST_WAITING,
        most_open: int = MOST_OPEN,
    ):
        self._folder, self._shard, self._schemas = folder, shard, schemas
        self._most_waiting, self._most_open = most_waiting, most_open
        self._waiting: dict[_Lot, _Waiting] = {}
        self._size = 0
        self._open: OrderedDict[_Lot, _Open] = OrderedDict()
        self._parts: dict[_Lot, int] = {}
        self._written: list[Written] = []

    def __enter__(self) -> ShardFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for lot in list(self._open):
            self._close(lot)

    def add(self, table: str, row: Row, day: str | None = None) -> None:
        """Take a row; ``day`` is the partition, None for a table that has none."""
        size = sum(map(_size, row.values()))
        lot = _Lot(table, day)
        waiting = self._waiting.setdefault(lot, _Waiting())
        waiting.rows.append(row)
        waiting.size += size
        self._size += size
        if self._size > self._most_waiting:
            self._write(
                max(self._waiting, key=lambda lot: (self._waiting[lot].size, lot.table, lot.day or ""))
            )

    def finish(self) -> list[Written]:
        """Write what waits; the files that there are, by path."""
        for lot in [*self._open, *sorted(self._waiting, key=lambda lot: (lot.table, lot.day or ""))]:
            if lot in self._waiting:
                self._write(lot)
            if lot in self._open:
                self._close(lot)
        return sorted(self._written, key=lambda file: file.path)

    def _write(self, lot: _Lot) -> None:
        waiting = self._waiting.pop(lot)
        self._size -= waiting.size
        opened = self._opened(lot)
        table = pa.Table.from_pylist(waiting.rows, schema=self._schemas[lot.table])
        opened.writer.write_table(table)
        opened.rows += len(waiting.rows)

    def _opened(self, lot: _Lot) -> _Open:
        if lot in self._open:
            self._open.move_to_end(lot)
            return self._open[lot]
        if len(self._open) >= self._most_open:
            self._close(next(iter(self._open)))
        part = self._parts[lot] = self._parts.get(lot, -1) + 1
        path = lot.path(self._shard, part)
        place = self._folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        writer = parquet.ParquetWriter(place, self._schemas[lot.table], compression="zstd")
        self._open[lot] = _Open(path, writer)
        return self._open[lot]

    def _close(self, lot: _Lot) -> None:
        opened = self._open.pop(lot)
        opened.writer.close()
        size = (self._folder / opened.path).stat().st_size
        self._written.append(Written(opened.path, opened.rows, size))


def _size(value: Any) -> int:
    """About what a value takes in memory, in bytes."""
    if isinstance(value, (str, bytes)):
        return _VALUE + len(value)
    return _VALUE + _ITEM * len(value) if isinstance(value, list) else _VALUE
