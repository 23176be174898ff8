"""Tables as Parquet, in batches. pyarrow comes with the extra ``parquet`` and is loaded when needed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from quotidian.errors import UsageError
from quotidian.export.columns import Column, Kind, columns_for
from quotidian.export.options import Options

ROWS_TOGETHER = 10_000

T = TypeVar("T")


def parquet_chunks(values: Iterable[T], columns: tuple[Column[T], ...], options: Options) -> Iterator[bytes]:
    """A file with one row group for every :data:`ROWS_TOGETHER` values.

    Raises:
        UsageError: pyarrow is not installed.
    """
    return _written(*_pyarrow(), values, columns_for(columns, options), options)


def _written(
    arrow: Any, parquet: Any, values: Iterable[T], chosen: tuple[Column[T], ...], options: Options
) -> Iterator[bytes]:
    schema = arrow.schema([(column.name, _type(arrow, column.kind)) for column in chosen])
    out = _Drained()
    rows = iter(values)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(rows, ROWS_TOGETHER)):
            arrays = [
                arrow.array(
                    [_value(column.kind, column.of(value, options)) for value in batch],
                    _type(arrow, column.kind),
                )
                for column in chosen
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            yield out.drain()
    yield out.drain()


class _Drained(io.RawIOBase):
    """A file whose bytes are taken away as they come, so that it never grows."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._taken = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += memoryview(data)
        return len(data)

    def tell(self) -> int:
        return self._taken + len(self._waiting)

    def drain(self) -> bytes:
        """What was written since the last time."""
        drained = bytes(self._waiting)
        self._taken += len(drained)
        self._waiting.clear()
        return drained


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError('Parquet needs pyarrow: pip install "quotidian[parquet]"') from error
    return pyarrow, parquet


def _type(arrow: Any, kind: Kind) -> Any:
    span = arrow.struct([("start", arrow.int32()), ("end", arrow.int32())])
    return {
        "text": arrow.string(),
        "number": arrow.int64(),
        "probability": arrow.float64(),
        "truth": arrow.bool_(),
        "day": arrow.date32(),
        "texts": arrow.list_(arrow.string()),
        "numbers": arrow.list_(arrow.int64()),
        "spans": arrow.list_(span),
    }[kind]


def _value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind == "day":
        return _day(value)
    if kind == "spans":
        return [{"start": start, "end": end} for start, end in value]
    return value


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
