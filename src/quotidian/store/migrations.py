"""How an archive came to have its tables: named steps, each done once, in one transaction.

The number of the last step done stands in ``meta`` under "schema". A program that is killed within
a step leaves the archive as it was before: both databases take changes of tables into the
transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, inspect, select, update

from quotidian._version import __version__
from quotidian.errors import NewerArchive, NotAnArchive
from quotidian.store import index, tables

Migration = Callable[[Connection], None]


def first(connection: Connection) -> None:
    """The tables of the first release."""
    tables.metadata.create_all(connection)
    index.create(connection)
    _append_only(connection)


def second(connection: Connection) -> None:
    """What tracing keeps; when pages were modified, which readings of before did not tell."""
    # The first step makes tables as they are now: a new archive has all of this already.
    there = {column["name"] for column in inspect(connection).get_columns("versions")}
    if "joined" not in there:
        connection.exec_driver_sql("ALTER TABLE versions ADD COLUMN modified TEXT")
        connection.exec_driver_sql("ALTER TABLE versions ADD COLUMN joined SMALLINT NOT NULL DEFAULT 0")
        connection.exec_driver_sql("CREATE INDEX ix_versions_unjoined ON versions (joined, current)")
    tables.metadata.create_all(connection, tables=list(tables.TRACING))


MIGRATIONS: Sequence[Migration] = (first, second)


def done(connection: Connection) -> int | None:
    """The number of steps that were done; None where there are no tables of ours.

    Raises:
        NotAnArchive: the tables are not ours.
    """
    found = inspect(connection)
    if not found.has_table("meta"):
        return None
    meta = tables.meta
    if {column["name"] for column in found.get_columns("meta")} != set(meta.c.keys()):
        raise NotAnArchive("this database is another program's: name another one")
    value = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar()
    if value is None or not str(value).isdecimal():
        raise NotAnArchive("this database is another program's: name another one")
    return int(value)


def needed(done: int | None, location: str) -> bool:
    """Whether there are steps to do.

    Raises:
        NewerArchive: it has steps that we do not know.
    """
    if done is not None and done > len(MIGRATIONS):
        raise NewerArchive(
            f"{location} was made by a newer Quotidian (schema {done}, this one knows {len(MIGRATIONS)}): "
            "install the newer one"
        )
    return done != len(MIGRATIONS)


def migrate(connection: Connection) -> None:
    """Do the steps that are not done yet, in the transaction of ``connection``."""
    before = done(connection)
    for step in MIGRATIONS[before or 0 :]:
        step(connection)
    meta = tables.meta
    if before is None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        rows = {"schema": str(len(MIGRATIONS)), "made_by": f"quotidian {__version__}", "created": now}
        connection.execute(insert(meta), [{"key": key, "value": value} for key, value in rows.items()])
    else:
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(len(MIGRATIONS))))


def _append_only(connection: Connection) -> None:
    """Reviews cannot be changed or taken out, but for erasing an article: see deleting.py."""
    erasing = "EXISTS (SELECT 1 FROM meta WHERE key = 'erasing')"
    if connection.dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER reviews_no_{verb.lower()} BEFORE {verb} ON reviews WHEN NOT {erasing} "
                "BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END"
            )
        return
    connection.exec_driver_sql(
        "CREATE FUNCTION quotidian_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF NOT {erasing} THEN RAISE EXCEPTION 'reviews are append-only'; END IF; "
        "RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END $$"
    )
    connection.exec_driver_sql(
        "CREATE TRIGGER reviews_append_only BEFORE UPDATE OR DELETE ON reviews "
        "FOR EACH ROW EXECUTE FUNCTION quotidian_append_only()"
    )
