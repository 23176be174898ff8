"""What a query found, as a table for people, CSV, or JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from quotidian.run.querying import Answer

_TOGETHER = 1_000
# A cell of a table for people has so many characters at most.
_WIDEST = 60


def write(found: Answer, form: str, file: TextIO) -> None:
    """Write the columns and rows; as they come, however many."""
    if form == "csv":
        _write_csv(found, file)
    elif form == "jsonl":
        _write_lines(found, file)
    else:
        _write_table(found, file)


def _write_csv(found: Answer, file: TextIO) -> None:
    from quotidian.write.csv import joined

    file.write(joined([found.columns]))
    for row in found.rows:
        file.write(joined([[_cell(value) for value in row]]))


def _write_lines(found: Answer, file: TextIO) -> None:
    from quotidian.write.jsonl.values import one_line

    for row in found.rows:
        file.write(one_line(dict(zip(found.columns, map(_plain, row), strict=True))) + "\n")


def _write_table(found: Answer, file: TextIO) -> None:
    """Columns under each other; the first rows say how wide each is."""
    from quotidian.write.terminal.shown import UNICODE, Shown

    shown = Shown(getattr(file, "encoding", None) or "utf-8", UNICODE)
    rows = iter(found.rows)
    widths: list[int] = []
    while some := list(islice(rows, _TOGETHER)):
        cells = [[_clipped(shown.line(_cell(value))) for value in row] for row in some]
        if not widths:
            numbers = [all(isinstance(row[i], (int, float)) for row in some) for i in range(len(some[0]))]
            widths = [max(map(len, column)) for column in zip(found.columns, *cells, strict=True)]
            _write_rows([found.columns, ["-" * width for width in widths]], widths, numbers, file)
        _write_rows(cells, widths, numbers, file)
    if not widths:
        file.write("  ".join(found.columns) + "\n")


def _write_rows(rows: Iterable[Sequence[str]], widths: list[int], numbers: list[bool], file: TextIO) -> None:
    for row in rows:
        cells = (
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, numbers, strict=True)
        )
        file.write("  ".join(cells).rstrip() + "\n")


def _clipped(cell: str) -> str:
    return cell if len(cell) <= _WIDEST else cell[: _WIDEST - 1] + "…"


def _cell(value: Any) -> str:
    """A value as a cell; None is empty.

    >>> _cell(True), _cell(["Mara Lindqvist", None]), _cell([{"start": 0, "end": 7}])
    ('true', 'Mara Lindqvist; ', '0-7')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        span = set(value) == {"start", "end"}
        return f"{value['start']}-{value['end']}" if span else str(_plain(value))
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_cell, value))
    return str(value)


def _plain(value: Any) -> Any:
    """A value that JSON has."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
