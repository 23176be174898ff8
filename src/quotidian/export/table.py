"""Tables as CSV: RFC 4180, guarded against formulas as in :mod:`quotidian.write.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from quotidian.export.columns import Column, Kind, columns_for
from quotidian.export.options import Options
from quotidian.write.csv import NAMES_JOINED_BY, joined

BYTE_ORDER_MARK = "\ufeff"

T = TypeVar("T")


def csv_lines(values: Iterable[T], columns: tuple[Column[T], ...], options: Options) -> Iterator[str]:
    """The header, then a row for each value."""
    chosen = columns_for(columns, options)
    yield (BYTE_ORDER_MARK if options.bom else "") + joined([[column.name for column in chosen]])
    for value in values:
        yield joined([[cell(column.kind, column.of(value, options)) for column in chosen]])


def cell(kind: Kind, value: Any) -> str:
    """A value as a cell.

    >>> cell("truth", False), cell("spans", [(0, 7), (19, 28)]), cell("numbers", [3, None])
    ('false', '0-7;19-28', '3; ')
    """
    if value is None:
        return ""
    if kind == "truth":
        return "true" if value else "false"
    if kind == "spans":
        return ";".join(f"{start}-{end}" for start, end in value)
    if kind in ("texts", "numbers"):
        return NAMES_JOINED_BY.join("" if one is None else str(one) for one in value)
    return str(value)
