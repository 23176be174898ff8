"""SQL over a data set: each table a view of the files of whole shards; nothing can be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotidian.errors import DatasetError
from quotidian.run import duck
from quotidian.run.dataset import Dataset
from quotidian.run.shard import schemas

if TYPE_CHECKING:
    from quotidian.run.duck import Connection

_TOGETHER = 1_000
# The partition's folder says the day of publication; one that is unknown is NULL.
_DAY = "* REPLACE (try_cast(day AS DATE) AS day)"


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns of what was asked, and its rows, which come as they are fetched."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def ask(dataset: Dataset, sql: str, *, memory: str | None = None, threads: int | None = None) -> Answer:
    """What a query finds.

    Args:
        dataset: where.
        sql: one SELECT, in DuckDB's SQL; the tables are views, ``day`` is the day of publication.
        memory: the most to take, such as ``"4GB"``.
        threads: cores to use.

    Raises:
        DatasetError: there is no data set, or the query is wrong; the message says where.
        UsageError: it is no query, or DuckDB is not installed.
    """
    connection = opened(dataset, memory=memory, threads=threads)
    columns = duck.execute_only_query(connection, sql)
    return Answer(columns, _rows(connection))


def opened(dataset: Dataset, *, memory: str | None = None, threads: int | None = None) -> Connection:
    """A database with a view for each table of the data set, and nothing else that it could open.

    Raises:
        DatasetError: there is no data set.
        UsageError: DuckDB is not installed.
    """
    connection = duck.connected(memory=memory, threads=threads)
    files = dataset.tables()
    if not files:
        raise DatasetError(f"{dataset.address}: no data set there; `quotidian run` makes one")
    if not dataset.is_local:
        connection.register_filesystem(dataset.files)
    for table, schema in schemas().items():
        if not files.get(table):
            connection.register(f"no_{table}", schema.empty_table())
            day = "" if table == "skipped" else ", NULL::DATE AS day"
            connection.execute(f'CREATE TABLE "{table}" AS SELECT *{day} FROM "no_{table}"')
            connection.unregister(f"no_{table}")
    for table, paths in files.items():
        if paths:
            connection.execute(_view(table, paths))
    if dataset.is_local:
        _shut(connection, Path(dataset.root))
    return connection


def _view(table: str, paths: list[str]) -> str:
    days = all("/day=" in path for path in paths)
    listed = ", ".join(_quoted(path) for path in paths)
    by_day = (
        "hive_partitioning = true, hive_types = {'day': VARCHAR}" if days else "hive_partitioning = false"
    )
    name = table.replace('"', '""')
    return f'CREATE VIEW "{name}" AS SELECT {_DAY if days else "*"} FROM read_parquet([{listed}], {by_day})'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _shut(connection: Connection, root: Path) -> None:
    """No query opens a file outside the data set, nor changes these settings."""
    connection.execute(f"SET allowed_directories = [{_quoted(str(root))}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _rows(connection: Connection) -> Iterator[tuple[Any, ...]]:
    with connection, duck.errors_named():
        while some := connection.fetchmany(_TOGETHER):
            yield from some
