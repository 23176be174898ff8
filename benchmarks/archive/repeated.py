"""An archive's own days again and again before its first one: many times as large, without joining them.

Joining looks thirty days back and forth at most. So if the days of an archive are more than thirty, what
joining found among them stands for each copy as it is; what is missing are links from one copy to the
next, whose days lie beside each other. Rows are copied in the database, with other numbers, keys and
days; the index is made by the code that adding uses. Not made right: how often entities are counted, and
the days inside ``versions.record``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    case,
    func,
    insert,
    literal,
    select,
    text,
)

from quotidian.store import index
from quotidian.store.database import Database
from quotidian.store.tables import (
    appearances,
    articles,
    copies,
    credits,
    labels,
    links,
    members,
    parts,
    reports,
    sketches,
    statements,
    stories,
    story_articles,
    story_links,
    utterances,
    versions,
)
from quotidian.trace.sketches import packed, unpacked

_TABLES = (
    *(articles, versions, statements, parts, labels, appearances, reports, sketches, links),
    *(utterances, members, copies, credits, stories, story_links, story_articles),
)
# To which table a column's numbers belong.
_OF = {
    "article_id": articles,
    "version_id": versions,
    "statement_id": statements,
    "parent_id": statements,
    "report_id": reports,
    "story_id": stories,
}
_DAYS = {"published", "published_day", "said", "said_last", "day", "first_day", "last_day"}
_INDEXED, _AT_ONCE = 5_000, 1_000


def repeat(database: Database, times: int, *, apart: int = 0) -> Iterator[int]:
    """Put copies of all days before the first one; yields how many statements there are by now.

    Args:
        database: of the archive; nothing waits to be joined in it.
        times: how many copies.
        apart: days without news between one copy and the next; with more than joining looks back
            for, no link is missing.
    """
    with database.reading() as connection:
        last = {table.name: _last(connection, table) for table in _TABLES if "id" in table.c}
        days = _days(connection)
    length = (max(days) - min(days)).days + 1 + apart
    for number in range(1, times + 1):
        moved = {day: day - timedelta(days=number * length) for day in days}
        with database.writing() as connection:
            for table in _TABLES:
                _copy(connection, table, number, last, moved)
            if connection.dialect.name == "postgresql":
                _count_on(connection)
        first = number * last["statements"] + 1
        for start in range(first, first + last["statements"], _INDEXED):
            with database.writing() as connection:
                index.reindex(connection, range(start, min(start + _INDEXED, first + last["statements"])))
            yield start


def _last(connection: Connection, table: Table) -> int:
    if isinstance(table.c.id.type, Text):
        return 0
    return int(connection.scalar(select(func.max(table.c.id))) or 0)


def _days(connection: Connection) -> list[date]:
    found = connection.scalars(select(versions.c.published_day).distinct())
    return sorted(date.fromisoformat(day) for day in found if day)


def _copy(
    connection: Connection, table: Table, number: int, last: Mapping[str, int], moved: Mapping[date, date]
) -> None:
    """One copy of a table's first rows, those that there were before any copy."""
    values = [_copied(table, column, number, last, moved) for column in table.c]
    original: ColumnElement[bool]
    if table is utterances:
        original = table.c.statement_id <= last["statements"]
    else:
        whose = next(column for column in table.c if _owner(table, column) is not None)
        owner = _owner(table, whose)
        assert owner is not None
        original = whose <= last[owner.name]
    if table is sketches:
        # The days of reports are in what is packed, so these rows go through our hands.
        found = connection.execute(select(*values).where(original).execution_options(yield_per=_AT_ONCE))
        for some in found.partitions():
            rows = [dict(zip(table.c.keys(), row, strict=True)) for row in some]
            connection.execute(insert(table), [row | {"reports": _earlier(row, moved)} for row in rows])
        return
    connection.execute(insert(table).from_select([*table.c.keys()], select(*values).where(original)))


def _earlier(row: Mapping[str, Any], moved: Mapping[date, date]) -> bytes:
    days = _by(moved)
    some = [replace(one, day=one.day and one.day - days) for one in unpacked(row["reports"], "")]
    return packed(some)


def _by(moved: Mapping[date, date]) -> int:
    first = next(iter(moved))
    return (first - moved[first]).days


def _owner(table: Table, column: Column[Any]) -> Table | None:
    """The table whose numbers a column has, of those that are copied."""
    if column.name == "id" and not isinstance(column.type, Text):
        return table
    if column.name in ("a", "b"):
        return reports if table is links else versions
    return _OF.get(column.name)


def _copied(
    table: Table,
    column: Column[Any],
    number: int,
    last: Mapping[str, int],
    moved: Mapping[date, date],
) -> ColumnElement[Any]:
    owner = _owner(table, column)
    if owner is not None:
        return column + number * last[owner.name]
    if table is sketches and column.name == "day":
        return column - _by(moved)
    if column.name in _DAYS:
        told = {day.isoformat(): other.isoformat() for day, other in moved.items()}
        told |= {f"../{day}": f"../{other}" for day, other in told.items()}
        return case(told, value=column, else_=column)
    if (table, column.name) in ((reports, "key"), (utterances, "id"), (members, "utterance_id")):
        # "x" is in no key, so a copy's key is never that of another report.
        return func.substr(column, 1, 13) + literal(f"x{number:02}") + func.substr(column, 17)
    if (table, column.name) == (articles, "own_id"):
        return column + literal(f"-{number}")
    return column


def _count_on(connection: Connection) -> None:
    """PostgreSQL counts on from the last number that it gave itself: tell it which are taken."""
    for table in _TABLES:
        if "id" in table.c and not isinstance(table.c.id.type, Text):
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                    f"(SELECT max(id) FROM {table.name}))"
                )
            )
