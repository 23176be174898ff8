"""DuckDB, which asks tables of Parquet files. This module alone knows it; it comes with the extra ``run``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quotidian.errors import UsageError

if TYPE_CHECKING:
    import duckdb


def connected(
    *, memory: str | None = None, threads: int | None = None, temporary: Path | None = None
) -> duckdb.DuckDBPyConnection:
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
