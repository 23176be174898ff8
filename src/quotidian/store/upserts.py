"""Insert, or where the row is there already change it or leave it: both databases, one spelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Changes = Callable[[Any], Mapping[str, Any]]


def upsert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], changes: Changes | None = None
) -> None:
    """Insert rows; one whose primary key is there is changed, or left as it is without ``changes``.

    Args:
        connection: where.
        table: which; its primary key decides.
        rows: no two of one key.
        changes: from the row that was to be inserted to the columns to set.
    """
    if not rows:
        return
    made = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
    key = [column.name for column in table.primary_key]
    if changes is None:
        connection.execute(made.on_conflict_do_nothing(index_elements=key), list(rows))
    else:
        set_ = dict(changes(made.excluded))
        connection.execute(made.on_conflict_do_update(index_elements=key, set_=set_), list(rows))
