"""Parquet → its records: columns named as the fields of JSON lines, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

import pyarrow
import pyarrow.parquet

from quotidian.errors import BadRecord, InputError
from quotidian.reading.limits import Limits, exceeded
from quotidian.reading.tables import FIELDS, record_of
from quotidian.run.inputs.lines import taken
from quotidian.run.values import Given, Skip

# Rows that are taken from the file at once: some megabytes of text.
_BATCH = 256


def records(stream: BinaryIO, limits: Limits) -> Iterator[Given | Skip]:
    """The records of a Parquet file, each with its place ("row 17", from 1 on).

    A part of it ("row group") that is damaged costs its own rows.

    Raises:
        InputError: it is no whole Parquet file, or has no column ``text``.
    """
    try:
        file = pyarrow.parquet.ParquetFile(stream)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InputError(f"not a whole Parquet file: {_short(error)}") from error
    columns = [name for name in file.schema_arrow.names if name in FIELDS]
    if "text" not in columns:
        raise InputError(f"no column 'text'; there are {', '.join(map(repr, file.schema_arrow.names[:20]))}")
    row = 0
    for group in range(file.num_row_groups):
        behind = row + file.metadata.row_group(group).num_rows
        try:
            for batch in file.iter_batches(_BATCH, row_groups=[group], columns=columns, use_threads=False):
                for value in batch.to_pylist():
                    row += 1
                    yield taken(f"row {row}", _record(value, limits))
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            yield Skip(f"rows {row + 1} to {behind}", None, "damaged", _short(error))
        row = behind


def _record(value: dict[str, Any], limits: Limits) -> Any:
    try:
        if len(value.get("text") or "") > limits.bytes_per_record:
            raise exceeded(limits, "bytes_per_record", "record too large")
        if value.get("text") is None:
            raise BadRecord("no text")
        return record_of({name: _as_json(one) for name, one in value.items()})
    except InputError as error:
        return error


def _as_json(value: Any) -> Any:
    """A value as JSON lines would have it: a time as ISO 8601 says it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
