"""Rows in the place of others; one that is the same again keeps its number."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select


def put(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    where: ColumnElement[bool] | None = None,
    by: Sequence[str] = (),
) -> None:
    """Put rows in the place of those ``where``; without it there are none yet.

    Args:
        connection: where.
        table: one with a number, ``id``, which the rows do not have.
        rows: the new ones.
        where: which rows they take the place of.
        by: the columns that make a row the same one, so that it keeps its number.
    """
    numbers: dict[str, list[int]] = defaultdict(list)
    if where is not None:
        there = connection.execute(select(table).where(where).order_by(table.c.id.desc()))
        for one in there.mappings():
            numbers[_key(dict(one), by)].append(one["id"])
        connection.execute(delete(table).where(where))
    known: list[Mapping[str, Any]] = []
    new: list[Mapping[str, Any]] = []
    for row in rows:
        same = numbers.get(_key(row, by))
        if same:
            known.append({"id": same.pop(), **row})
        else:
            new.append(row)
    for some in (known, new):
        if some:
            connection.execute(insert(table), some)


def _key(row: Mapping[str, Any], by: Sequence[str]) -> str:
    return json.dumps([row[name] for name in by])
