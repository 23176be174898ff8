"""DuckDB over the files of a data set and of a join, within the memory that the join has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quotidian.run.duck import Connection, connected
from quotidian.run.joining.working import LIBRARIES, Work


def database(work: Work) -> Connection:
    """A database that puts on disk what is too much; to be closed before other processes work."""
    memory = max(work.memory // 2 - LIBRARIES, 256 * 1024**2)
    temporary = work.path("duckdb")
    temporary.mkdir(exist_ok=True)
    return connected(memory=f"{memory // 1024**2}MiB", threads=work.processes, temporary=temporary)


def read(asked: Connection, table: str, files: Sequence[str], columns: Sequence[str]) -> None:
    """Make a view of some columns of some Parquet files; of none, an empty one."""
    listed = ", ".join(quoted(file) for file in files)
    chosen = ", ".join(columns)
    if files:
        asked.execute(
            f"CREATE VIEW {table} AS SELECT {chosen} FROM read_parquet([{listed}], hive_partitioning = false)"
        )
    else:
        asked.execute(f"CREATE TABLE {table} ({', '.join(f'{column} VARCHAR' for column in columns)})")


def copied(asked: Connection, query: str, place: Path) -> None:
    """Write what a query finds as Parquet."""
    asked.execute(f"COPY ({query}) TO {quoted(place)} (FORMAT parquet, COMPRESSION zstd)")


def quoted(given: Any) -> str:
    """A text or path as SQL has it."""
    return "'" + str(given).replace("'", "''") + "'"
