"""The archive: read articles with their statements, kept, searched and corrected.

An archive is a file (SQLite) or a PostgreSQL database; both do the same (:mod:`quotidian.store.archive`).
"""

from __future__ import annotations

from pathlib import Path

from quotidian.store.archive import Archive, Batch, Sort

__all__ = ["Archive", "Batch", "Sort", "opened"]

_POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")


def opened(location: str | Path, *, create: bool = True) -> Archive:
    """The archive in a file or at a PostgreSQL address.

    Args:
        location: a path, or ``postgresql://user@host/name``.
        create: whether to make one where there is none.

    Raises:
        StoreError: it cannot be opened, is no archive, or one of a newer version; the message says
            what to do.
    """
    if isinstance(location, str) and location.startswith(_POSTGRES):
        from quotidian.store.postgres import Postgres

        return Archive(Postgres(location.replace("postgres://", "postgresql://", 1), create=create))
    from quotidian.store.sqlite import SQLite

    return Archive(SQLite(Path(location), create=create))
