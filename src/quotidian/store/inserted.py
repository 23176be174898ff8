"""Many rows put in at once, and the numbers that they got, in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, text

_LAST = text("SELECT seq FROM sqlite_sequence WHERE name = :name")


def numbers(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows into a table with a number, ``id``, which they do not have; the numbers that they got.

    SQLite tells the number of one row at a time. But there is one writer, so here the numbers are
    counted on from the last one ever given.
    """
    if not rows:
        return []
    if connection.dialect.name != "sqlite":
        returned = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return list(connection.scalars(returned, list(rows)))
    last = connection.execute(_LAST, {"name": table.name}).scalar() or 0
    given = list(range(last + 1, last + 1 + len(rows)))
    numbered = [{"id": id, **row} for id, row in zip(given, rows, strict=True)]
    connection.execute(insert(table), numbered)
    return given
