"""An archive for a team: PostgreSQL 14 or newer, through psycopg 3 (the extra ``postgres``).

Reading is one snapshot (REPEATABLE READ); writers of articles wait for each other on an advisory
lock, so that one article read by two programs is one article.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from quotidian.errors import (
    ArchiveDamaged,
    ArchiveFull,
    ArchiveLocked,
    ArchiveReadOnly,
    ArchiveUnreachable,
    NotAnArchive,
    NotInArchive,
    StoreError,
    UsageError,
)
from quotidian.store import migrations
from quotidian.store.turns import Turns, locked

# Any fixed number will do: "QUOT" as the key of our advisory locks.
_LOCK = 0x51554F54
_PATIENCE_S = 60.0
_CONNECT_S = 10

# SQLSTATE, by its beginning: https://www.postgresql.org/docs/current/errcodes-appendix.html
_ERRORS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("53100", ArchiveFull, "no room left on the server's disk: make room and run the same command again"),
    ("25006", ArchiveReadOnly, "the server takes no changes (read-only): connect to the primary"),
    ("42501", ArchiveReadOnly, "the user may not do this: grant it the rights, or connect as another"),
    ("55P03", ArchiveLocked, "another program has been writing for too long: try again when it is done"),
    ("57014", ArchiveLocked, "the server ended what took too long: try again later"),
    ("XX001", ArchiveDamaged, "the server reports damaged data: put back a backup"),
    ("3D000", NotInArchive, "there is no such database on the server: make it with `createdb`"),
    ("28", ArchiveUnreachable, "the server does not accept the user or the password: check both"),
    ("08", ArchiveUnreachable, "the connection was lost: run the same command again; what was kept is kept"),
    ("57P", ArchiveUnreachable, "the server is going down: run the same command again when it is back"),
)


class Postgres:
    """One database, all of it ours (or one schema, by ``?options=-csearch_path=…`` in the address).

    Args:
        address: ``postgresql://user:password@host:port/name``.
        create: whether to make the tables where there are none.
        patience: for how many seconds to wait for another writer.

    Raises:
        StoreError: it cannot be reached, or is no archive, or one of a newer version.
        UsageError: the address is none, or psycopg is not installed.
    """

    def __init__(self, address: str, *, create: bool = True, patience: float = _PATIENCE_S):
        self._url = _url(address)
        self._patience = patience
        self._process = os.getpid()
        self._turns = Turns(patience, self.location)
        self._engine = create_engine(
            self._url,
            pool_pre_ping=True,
            pool_timeout=patience,
            isolation_level="REPEATABLE READ",
            connect_args={"connect_timeout": _CONNECT_S, "options": _options(self._url, patience)},
        )
        try:
            self._prepare(create)
        except BaseException:
            self.close()
            raise

    @property
    def location(self) -> str:
        """The address, without the password."""
        return self._url.set(drivername="postgresql").render_as_string(hide_password=True)

    @property
    def writable(self) -> bool:
        """Whether the server takes changes."""
        with self._translated(), self._engine.connect() as connection:
            return connection.execute(text("SHOW transaction_read_only")).scalar() == "off"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See :class:`~quotidian.store.database.Database`."""
        self._of_this_process()
        with self._translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See :class:`~quotidian.store.database.Database`."""
        self._of_this_process()
        with self._translated(), self._turns.taken(), self._engine.connect() as connection:
            # With REPEATABLE READ the snapshot is taken by the first statement, which would be the
            # one that waits: what the writer before us did would not be seen.
            connection = connection.execution_options(isolation_level="READ COMMITTED")
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                yield connection

    def purge(self) -> None:
        """See :class:`~quotidian.store.database.Database`: PostgreSQL's autovacuum does this."""

    def backup(self, path: Path) -> None:
        """Not ours to do: PostgreSQL has its own tools.

        Raises:
            UsageError: always, naming them.
        """
        raise UsageError(
            f"a PostgreSQL archive is backed up with its own tools: pg_dump --format=custom --file={path} …"
        )

    def check(self, connection: Connection) -> tuple[str, ...]:
        """See :class:`~quotidian.store.database.Database`: PostgreSQL checks its own pages."""
        return ()

    def close(self) -> None:
        """See :class:`~quotidian.store.database.Database`."""
        self._engine.dispose(close=self._process == os.getpid())

    def _of_this_process(self) -> None:
        """After a fork: leave the parent's connections alone, and make our own."""
        if self._process != os.getpid():
            self._process = os.getpid()
            self._turns = Turns(self._patience, self.location)
            self._engine.dispose(close=False)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._as_ours(error) from error
        except PoolTimeout as error:
            raise locked(self.location, self._patience) from error

    def _prepare(self, create: bool) -> None:
        with self._translated():
            with self._engine.connect() as connection:
                done = migrations.done(connection)
                ours = done is not None or _is_empty(connection)
            if not ours:
                raise NotAnArchive(f"{self.location} has tables of another program: name an empty database")
            if done is None and not create:
                raise NotAnArchive(f"{self.location} is empty: make an archive with `quotidian add`")
            if migrations.needed(done, self.location):
                with self.writing() as connection:
                    migrations.migrate(connection)

    def _as_ours(self, error: DBAPIError) -> StoreError:
        """The error of PostgreSQL as one that says what to do."""
        state = getattr(error.orig, "sqlstate", None) or ""
        for beginning, kind, what in _ERRORS:
            if state.startswith(beginning):
                return kind(f"{self.location}: {what}")
        if error.connection_invalidated or not state:
            why = str(error.orig or error).strip().splitlines()[0]
            return ArchiveUnreachable(
                f"{self.location}: the database does not let us in or does not answer ({why}): look whether "
                "the server runs, and at the address, the user and the password; then run the same command "
                "again. What was reported as kept is kept"
            )
        return StoreError(f"{self.location}: {str(error.orig).strip().splitlines()[0]}")


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        # The address is not repeated: it may hold a password.
        raise UsageError(
            "the address of the database should look like postgresql://user@host:5432/name"
        ) from error
    try:
        url = url.set(drivername="postgresql+psycopg")
        url.get_dialect()
        import psycopg  # noqa: F401
    except (ImportError, NoSuchModuleError) as error:
        raise UsageError('PostgreSQL needs psycopg: pip install "quotidian[postgres]"') from error
    return url


def _options(url: URL, patience: float) -> str:
    given = url.query.get("options", "")
    own = f"-c lock_timeout={patience * 1000:.0f} -c idle_in_transaction_session_timeout=0"
    return f"{given if isinstance(given, str) else ' '.join(given)} {own}".strip()


def _is_empty(connection: Connection) -> bool:
    there = "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() LIMIT 1"
    return connection.execute(text(there)).first() is None
