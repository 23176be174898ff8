"""An archive in one file: SQLite in WAL mode, with one writer at a time among all processes.

SQLite before 3.51.3 can corrupt a database in WAL mode when two connections write or checkpoint
at the same instant (the "WAL-reset bug", https://sqlite.org/releaselog/3_51_3.html), and the SQLite
of most Pythons is older. So here

- who writes holds a lock beside the file (``news.db-lock``), for the transaction and the
  checkpoint that may follow it, and for closing the connection;
- who reads opens the file read-only: such a connection can neither write nor checkpoint.

The operating system lets the lock go when its holder dies. Commits are synchronous (FULL): what is
kept survives a power cut. What is deleted is overwritten with zeros.

Two more things would break SQLite's own locks, which belong to a process and not to a connection. A
process that closes a file loses its locks on it, so a file that is open here already is not opened
to look at it. And a connection must not be used after a fork, so a child makes its own.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import threading
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import filelock
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import NullPool, Pool, QueuePool

from quotidian.errors import (
    ArchiveDamaged,
    ArchiveFull,
    ArchiveReadOnly,
    NotAnArchive,
    NotInArchive,
    StoreError,
)
from quotidian.store import migrations
from quotidian.store.turns import Turns, locked

# "QUOT": in the header of the file, so that `file` and we can tell an archive from another database.
APPLICATION_ID = 0x51554F54
_MAGIC = b"SQLite format 3\x00"
_APPLICATION_ID_AT = 68
# How long to wait for another writer: longer than any batch takes.
PATIENCE_S = 60.0
# How long to wait for readers when what was deleted is to leave the write-ahead log.
_PURGE_MS = 2_000
_CACHE_KIB = 32 * 1024
_READERS = 16

# The files that this process has open, by device and number; and connections that a fork left us.
_open_files: Counter[tuple[int, int]] = Counter()
_open_files_lock = threading.Lock()
_of_the_parent: list[Engine] = []


class SQLite:
    """One file; see the module.

    Args:
        path: the file.
        create: whether to make one where there is none.
        patience: for how many seconds to wait for another writer.

    Raises:
        StoreError: it cannot be opened, or is no archive, or one of a newer version.
    """

    def __init__(self, path: Path, *, create: bool = True, patience: float = PATIENCE_S):
        self._path = path
        self._patience = patience
        self._file: tuple[int, int] | None = None
        self._exists_or(create)
        self._writable = _can_write(path)
        self._connect()
        try:
            self._prepare()
            self._note_open()
        except BaseException:
            self.close()
            raise

    def _connect(self) -> None:
        self._process = os.getpid()
        self._turns = Turns(self._patience, str(self._path))
        self._lock = filelock.FileLock(f"{self._path}-lock", thread_local=False)
        self._writer = self._engine(self._open_to_write, QueuePool, 1)
        # Where the file is taken to stand still, no connection is kept for longer than it is used.
        self._readers = self._engine(self._open_to_read, QueuePool if self._writable else NullPool, _READERS)

    def _of_this_process(self) -> None:
        """After a fork: leave the parent's connections alone, and make our own."""
        if self._process != os.getpid():
            _of_the_parent.extend((self._writer, self._readers))
            self._connect()

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
        self._of_this_process()
        try:
            with self._translated(), self._readers.connect() as connection:
                yield connection
        except (zlib.error, json.JSONDecodeError, UnicodeDecodeError) as error:
            raise _damaged(str(self._path), error) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See :class:`~quotidian.store.database.Database`."""
        self._of_this_process()
        with self._translated(), self._alone(), self._writer.begin() as connection:
            yield connection

    def purge(self) -> None:
        """See :class:`~quotidian.store.database.Database`: what was deleted leaves the log, too.

        While others read or write it may stay there, until the next checkpoint.
        """
        quietly = suppress(StoreError)
        with quietly, self._translated(), self._alone(), self._writer.connect() as connection:
            driver = _driver(connection)
            driver.execute(f"PRAGMA busy_timeout={_PURGE_MS}")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            driver.execute(f"PRAGMA busy_timeout={self._patience * 1000:.0f}")

    def backup(self, path: Path) -> None:
        """See :class:`~quotidian.store.database.Database`; by SQLite's own online backup."""
        self._of_this_process()
        if path.exists():
            raise StoreError(f"{path} is there already: name another file for the backup")
        if not path.absolute().parent.is_dir():
            raise StoreError(f"{path}: there is no folder {path.parent}: make it first")
        beside = path.with_name(f"{path.name}.part")
        try:
            beside.unlink(missing_ok=True)
            with self._translated(), self._readers.connect() as connection:
                # One state of the archive from here on, however long it takes.
                connection.execute(text("SELECT 1 FROM meta")).first()
                with _closing(sqlite3.connect(beside)) as target:
                    _driver(connection).backup(target)
                    target.execute("PRAGMA journal_mode=DELETE")
            beside.replace(path)
        except sqlite3.Error as error:
            raise _as_ours(error, str(path)) from error
        except OSError as error:
            raise StoreError(f"{path}: cannot be written: {error.strerror}") from error
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def check(self, connection: Connection) -> tuple[str, ...]:
        """See :class:`~quotidian.store.database.Database`."""
        found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
        problems = [] if found == ["ok"] else [f"the file is damaged: {line}" for line in found]
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        return (*problems, *(f"{row[0]}: row {row[1]} points to no row of {row[2]}" for row in orphans[:20]))

    def close(self) -> None:
        """See :class:`~quotidian.store.database.Database`."""
        if self._process != os.getpid():
            return
        self._readers.dispose()
        # Closing the last connection checkpoints, which is writing.
        if self._has_written() and self._path.parent.exists():
            try:
                with self._alone():
                    self._writer.dispose()
            except StoreError:
                # Another one is writing, and will checkpoint. Ours is closed with the process.
                _of_the_parent.append(self._writer)
        else:
            self._writer.dispose()
        with _open_files_lock:
            if self._file is not None:
                _open_files[self._file] -= 1
                self._file = None

    def _has_written(self) -> bool:
        """Whether there is a connection that may write."""
        pool = self._writer.pool
        return isinstance(pool, QueuePool) and pool.checkedin() + pool.checkedout() > 0

    def _note_open(self) -> None:
        with _open_files_lock:
            self._file = _number(self._path)
            if self._file is not None:
                _open_files[self._file] += 1

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """With the lock of this process's threads, and then the one among processes."""
        if not self._writable:
            raise ArchiveReadOnly(
                f"{self._path} can be read, not written: change the rights of the file and its folder, "
                "or copy it to where you may write"
            )
        with self._turns.taken():
            try:
                lock = self._lock.acquire(timeout=self._patience)
            except filelock.Timeout as error:
                raise locked(str(self._path), self._patience) from error
            except OSError as error:
                if error.errno in (errno.ENOSPC, errno.EDQUOT):
                    raise _full(str(self._path)) from error
                raise ArchiveReadOnly(
                    f"{self._path}-lock cannot be written ({error.strerror}): look at its folder's rights"
                ) from error
            with lock:
                yield

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise _as_ours(error.orig or error, str(self._path)) from error
        except PoolTimeout as error:
            raise locked(str(self._path), self._patience) from error

    def _exists_or(self, create: bool) -> None:
        """Refuse what is no archive, before SQLite touches it."""
        path = self._path
        with _open_files_lock:
            if _open_files[_number(path)]:  # type: ignore[index]
                return
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
            if not _can_write(path):
                raise ArchiveReadOnly(
                    f"{path} cannot be made: its folder may not be written; name a file in another"
                ) from None
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
            raise _of_another_program(path)

    def _prepare(self) -> None:
        """Make the tables, or bring them up to date; look at what is there where we cannot write."""
        with self._translated():
            done = None
            if self._path.exists():
                with self._readers.connect() as connection:
                    done = migrations.done(connection)
                    # A kill while an archive was made leaves a file without tables.
                    there = text("SELECT 1 FROM sqlite_master LIMIT 1")
                    if done is None and connection.execute(there).first() is not None:
                        raise _of_another_program(self._path)
            if migrations.needed(done, self.location):
                with self._alone(), self._writer.begin() as writer:
                    writer.execute(text(f"PRAGMA application_id={APPLICATION_ID}"))
                    migrations.migrate(writer)

    def _engine(self, opens: Any, kind: type[Pool], size: int) -> Engine:
        limits = {"pool_size": size, "max_overflow": 0, "pool_timeout": self._patience}
        engine = create_engine(
            "sqlite://", creator=opens, poolclass=kind, **(limits if kind is QueuePool else {})
        )
        begin = "BEGIN IMMEDIATE" if size == 1 else "BEGIN"

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            # The driver is left out of transactions: it would begin them late and end them early.
            connection.exec_driver_sql(begin)

        return engine

    def _open_to_write(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=self._patience, isolation_level=None, check_same_thread=False
        )
        _set(
            connection,
            journal_mode="WAL",
            synchronous="FULL",
            foreign_keys="ON",
            secure_delete="ON",
            wal_autocheckpoint="4000",
        )
        return connection

    def _open_to_read(self) -> sqlite3.Connection:
        # A folder that cannot be written has no room for WAL's index; nobody writes there either.
        alone = not self._writable and not Path(f"{self._path}-wal").exists()
        uri = f"file:{quote(str(self._path.absolute()))}?mode=ro{'&immutable=1' if alone else ''}"
        connection = sqlite3.connect(
            uri, uri=True, timeout=self._patience, isolation_level=None, check_same_thread=False
        )
        _set(connection, query_only="ON")
        return connection


def _set(connection: sqlite3.Connection, **pragmas: str) -> None:
    try:
        for name, value in {"cache_size": f"-{_CACHE_KIB}", "temp_store": "MEMORY", **pragmas}.items():
            connection.execute(f"PRAGMA {name}={value}")
    except UnicodeDecodeError as error:
        # SQLite names the broken table, whose name is broken too.
        damaged = sqlite3.DatabaseError("its list of tables cannot be read")
        damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damaged from error


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _number(path: Path) -> tuple[int, int] | None:
    """What tells a file from others whatever its name; asking does not open it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _can_write(path: Path) -> bool:
    target = path if path.exists() else path.absolute().parent
    return os.access(target, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _as_ours(error: BaseException, path: str) -> StoreError:
    """The error of SQLite as one that says what to do."""
    extended = getattr(error, "sqlite_errorcode", 0)
    code = extended & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return locked(path, PATIENCE_S)
    if code == sqlite3.SQLITE_FULL:
        return _full(path)
    if code == sqlite3.SQLITE_READONLY:
        return ArchiveReadOnly(f"{path} can be read, not written: change its rights, or copy it elsewhere")
    if code == sqlite3.SQLITE_CORRUPT or extended == sqlite3.SQLITE_IOERR_SHORT_READ:
        return _damaged(path, error)
    if code == sqlite3.SQLITE_NOTADB:
        return NotAnArchive(f"{path} is something else than an archive: name another file")
    if code == sqlite3.SQLITE_CANTOPEN:
        return StoreError(f"{path} cannot be opened: look at the rights of the file and its folder")
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(f"{path}: the disk failed ({error}): nothing more was kept; check the disk")
    return StoreError(f"{path}: {error}")


def _of_another_program(path: Path) -> NotAnArchive:
    return NotAnArchive(f"{path} is a database of another program: name another file")


def _damaged(path: str, error: BaseException) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{path} is damaged ({error}): put back a backup, or save what can be saved with "
        f"`sqlite3 {path} .recover`"
    )


def _full(path: str) -> ArchiveFull:
    return ArchiveFull(
        f"{path}: no room left on the disk: make room and run the same command again; "
        "everything that was reported as kept is kept"
    )


@contextmanager
def _closing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    finally:
        connection.close()
