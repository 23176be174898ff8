"""An archive in one file: SQLite in WAL mode, with one writer at a time among all processes.

SQLite before 3.51.3 can corrupt a database in WAL mode when two connections write or checkpoint
at the same instant (the "WAL-reset bug", https://sqlite.org/releaselog/3_51_3.html), and the SQLite
of most Pythons is older. So here

- who writes holds a lock beside the file (``news.db-lock``), for the transaction and the
  checkpoint that may follow it, and for closing the connection;
- who reads opens the file read-only: such a connection can neither write nor checkpoint.

The operating system lets the lock go when its holder dies. Commits are synchronous (FULL): what is
kept survives a power cut.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import filelock
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from quotidian.errors import (
    ArchiveDamaged,
    ArchiveFull,
    ArchiveLocked,
    ArchiveReadOnly,
    NotAnArchive,
    NotInArchive,
    StoreError,
)
from quotidian.store import migrations

# "QUOT": in the header of the file, so that `file` and we can tell an archive from another database.
APPLICATION_ID = 0x51554F54
_MAGIC = b"SQLite format 3\x00"
_APPLICATION_ID_AT = 68
# How long to wait for another writer: longer than any batch takes.
_PATIENCE_S = 60.0
_CACHE_KIB = 32 * 1024
_READERS = 16


class SQLite:
    """One file; see the module.

    Args:
        path: the file.
        create: whether to make one where there is none.

    Raises:
        StoreError: it cannot be opened, or is no archive, or one of a newer version.
    """

    def __init__(self, path: Path, *, create: bool = True):
        self._path = path
        self._exists_or(create)
        self._writable = _can_write(path)
        self._mutex = threading.Lock()
        self._lock = filelock.FileLock(f"{path}-lock", thread_local=False)
        self._writer = _engine(self._open_to_write, size=1)
        self._readers = _engine(self._open_to_read, size=_READERS)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    @property
    def location(self) -> str:
        """The file's path."""
        return str(self._path)

    @property
    def writable(self) -> bool:
        """Whether the file and its folder can be written."""
        return self._writable

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See :class:`~quotidian.store.database.Database`."""
        with self._translated(), self._readers.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See :class:`~quotidian.store.database.Database`."""
        with self._translated(), self._alone(), self._writer.begin() as connection:
            yield connection

    def backup(self, path: Path) -> None:
        """See :class:`~quotidian.store.database.Database`; by SQLite's own online backup."""
        if path.exists():
            raise StoreError(f"{path} is there already: name another file for the backup")
        beside = path.with_name(f"{path.name}.part")
        try:
            with self._translated(), self._readers.connect() as connection:
                connection.execute(text("SELECT 1 FROM meta")).first()
                source = connection.connection.driver_connection
                assert isinstance(source, sqlite3.Connection)
                with _closing(sqlite3.connect(beside)) as target:
                    source.backup(target)
                    target.execute("PRAGMA journal_mode=DELETE")
            beside.replace(path)
        except sqlite3.Error as error:
            raise _as_ours(error, str(path)) from error
        except OSError as error:
            raise StoreError(f"{path}: cannot be written: {error.strerror}") from error
        finally:
            beside.unlink(missing_ok=True)

    def check(self, connection: Connection) -> tuple[str, ...]:
        """See :class:`~quotidian.store.database.Database`."""
        found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
        problems = [] if found == ["ok"] else [f"the file is damaged: {line}" for line in found]
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        return (*problems, *(f"{row[0]}: row {row[1]} points to no row of {row[2]}" for row in orphans[:20]))

    def close(self) -> None:
        """See :class:`~quotidian.store.database.Database`."""
        self._readers.dispose()
        # Closing the last connection checkpoints, which is writing.
        if self._writable and self._path.parent.exists():
            with suppress(StoreError), self._alone():
                self._writer.dispose()
        else:
            self._writer.dispose()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """With the lock of this process's threads, and then the one among processes."""
        if not self._writable:
            raise ArchiveReadOnly(
                f"{self._path} can be read, not written: change the rights of the file and its folder, "
                "or copy it to where you may write"
            )
        if not self._mutex.acquire(timeout=_PATIENCE_S):
            raise _locked(self._path)
        try:
            with self._lock.acquire(timeout=_PATIENCE_S):
                yield
        except filelock.Timeout as error:
            raise _locked(self._path) from error
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
                raise ArchiveReadOnly(f"{self._path}: its folder cannot be written: {error}") from error
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise _full(str(self._path)) from error
            raise
        finally:
            self._mutex.release()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise _as_ours(error.orig or error, str(self._path)) from error

    def _exists_or(self, create: bool) -> None:
        """Refuse what is no archive, before SQLite touches it."""
        path = self._path
        try:
            with path.open("rb") as file:
                head = file.read(100)
        except FileNotFoundError:
            if not create:
                raise NotInArchive(
                    f"{path}: there is no such archive: make one with `quotidian add`"
                ) from None
            if not path.absolute().parent.is_dir():
                raise NotInArchive(f"{path}: there is no folder {path.parent}: make it first") from None
            return
        except IsADirectoryError:
            raise NotAnArchive(f"{path} is a folder: name a file in it, such as {path / 'news.db'}") from None
        except OSError as error:
            raise StoreError(f"{path}: cannot be read: {error.strerror}") from error
        if head and not head.startswith(_MAGIC):
            raise NotAnArchive(f"{path} is something else than an archive: name another file")
        if not head and not create:
            raise NotAnArchive(f"{path} is empty: make an archive with `quotidian add`")
        found = int.from_bytes(head[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4])
        if head and found not in (APPLICATION_ID, 0):
            raise NotAnArchive(f"{path} is a database of another program: name another file")

    def _prepare(self) -> None:
        """Make the tables, or bring them up to date; look at what is there where we cannot write."""
        with self._translated():
            with self._readers.connect() if self._path.exists() else _nothing() as connection:
                done = migrations.done(connection) if connection is not None else None
            if done is None and self._path.exists() and self._path.stat().st_size and self._foreign():
                raise NotAnArchive(f"{self._path} is a database of another program: name another file")
            if migrations.needed(done, self.location):
                with self._alone(), self._writer.begin() as writer:
                    writer.execute(text(f"PRAGMA application_id={APPLICATION_ID}"))
                    migrations.migrate(writer)

    def _foreign(self) -> bool:
        """Whether there are tables in it, of whomever: a kill while it was made leaves none."""
        with self._readers.connect() as connection:
            return connection.execute(text("SELECT 1 FROM sqlite_master LIMIT 1")).first() is not None

    def _open_to_write(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False
        )
        _set(connection, journal_mode="WAL", synchronous="FULL", foreign_keys="ON", wal_autocheckpoint="4000")
        return connection

    def _open_to_read(self) -> sqlite3.Connection:
        # A folder that cannot be written has no room for WAL's index; nobody writes there either.
        alone = not self._writable and not Path(f"{self._path}-wal").exists()
        uri = f"file:{quote(str(self._path.absolute()))}?mode=ro{'&immutable=1' if alone else ''}"
        connection = sqlite3.connect(
            uri, uri=True, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False
        )
        _set(connection, query_only="ON")
        return connection


def _engine(opens: Any, size: int) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=opens,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=_PATIENCE_S,
    )
    writes = size == 1

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The driver is left out of transactions: it would begin them late and end them early.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _set(connection: sqlite3.Connection, **pragmas: str) -> None:
    for name, value in {"cache_size": f"-{_CACHE_KIB}", "temp_store": "MEMORY", **pragmas}.items():
        connection.execute(f"PRAGMA {name}={value}")


def _can_write(path: Path) -> bool:
    target = path if path.exists() else path.absolute().parent
    return os.access(target, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _as_ours(error: BaseException, path: str) -> StoreError:
    """The error of SQLite as one that says what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _locked(Path(path))
    if code == sqlite3.SQLITE_FULL:
        return _full(path)
    if code == sqlite3.SQLITE_READONLY:
        return ArchiveReadOnly(f"{path} can be read, not written: change its rights, or copy it elsewhere")
    if code == sqlite3.SQLITE_CORRUPT:
        return ArchiveDamaged(
            f"{path} is damaged ({error}): put back a backup, or save what can be saved with "
            f"`sqlite3 {path} .recover`"
        )
    if code == sqlite3.SQLITE_NOTADB:
        return NotAnArchive(f"{path} is something else than an archive: name another file")
    if code == sqlite3.SQLITE_CANTOPEN:
        return StoreError(f"{path} cannot be opened: look at the rights of the file and its folder")
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(f"{path}: the disk failed ({error}): nothing more was kept; check the disk")
    return StoreError(f"{path}: {error}")


def _locked(path: Path) -> ArchiveLocked:
    return ArchiveLocked(f"{path}: another program has been writing for {_PATIENCE_S:.0f} s: try again later")


def _full(path: str) -> ArchiveFull:
    return ArchiveFull(
        f"{path}: no room left on the disk: make room and run the same command again; "
        "everything that was reported as kept is kept"
    )


@contextmanager
def _nothing() -> Iterator[None]:
    yield None


@contextmanager
def _closing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    finally:
        connection.close()
