"""DuckDB, which asks tables of Parquet files. This module alone knows it; it comes with the extra ``run``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from quotidian.errors import DatasetError, UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Connection: TypeAlias = "DuckDBPyConnection"

# What asks and changes nothing.
_ASKS = ("SELECT", "EXPLAIN")


def connected(
    *, memory: str | None = None, threads: int | None = None, temporary: Path | None = None
) -> Connection:
    """A database in memory that fetches no extension and asks nobody over the network.

    Args:
        memory: the most that it may take, such as ``"4GB"``; what is more goes to disk. DuckDB's own
            default, 80% of the machine's, if None.
        threads: cores that it may use; all by default.
        temporary: where it may put on disk what is too much for its memory.

    Raises:
        UsageError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise UsageError('data sets are asked with DuckDB: pip install "quotidian[run]"') from error
    settings: dict[str, str | int] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_directory": str(temporary) if temporary else "",
    }
    if memory is not None:
        settings["memory_limit"] = memory
    if threads is not None:
        settings["threads"] = threads
    return duckdb.connect(config=settings)  # type: ignore[arg-type]


def execute_only_query(connection: Connection, sql: str) -> tuple[str, ...]:
    """Run one SELECT; the names of its columns. Its rows are fetched from the connection.

    Raises:
        DatasetError: the query is wrong; the message says where.
        UsageError: it is something else than one query.
    """
    with errors_named():
        asked = connection.extract_statements(sql)
        if len(asked) != 1 or asked[0].type.name not in _ASKS:
            raise UsageError("a data set is only read: ask with one SELECT")
        connection.execute(asked[0])
        return tuple(column[0] for column in connection.description or ())


@contextmanager
def errors_named() -> Iterator[None]:
    """What DuckDB says went wrong, as an error of ours."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise DatasetError(str(error)) from error
