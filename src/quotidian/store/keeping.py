"""What watching keeps in the archive: the state of feeds, and which addresses were gone to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from quotidian.store.records import column
from quotidian.store.tables import feeds
from quotidian.store.tables import seen as gone_to
from quotidian.store.upserts import upsert

# PostgreSQL's index takes no value of more than some 2,700 bytes.
_LONGEST = 2_000


def _key(url: str) -> str:
    """The address, or of one that is too long for a key the beginning and a hash."""
    whole = column(url).encode("utf-8", "backslashreplace")
    if len(whole) <= _LONGEST:
        return whole.decode()
    return f"{whole[: _LONGEST - 80].decode(errors='ignore')}…{hashlib.sha256(whole).hexdigest()}"


def feed_state(connection: Connection, url: str) -> dict[str, Any] | None:
    """See :meth:`quotidian.store.archive.Archive.feed_state`."""
    return connection.scalar(select(feeds.c.state).where(feeds.c.url == _key(url)))


def keep_feed_state(connection: Connection, url: str, state: Mapping[str, Any]) -> None:
    """See :meth:`quotidian.store.archive.Archive.keep_feed_state`."""
    upsert(connection, feeds, [{"url": _key(url), "state": dict(state)}], lambda new: {"state": new.state})


def seen(connection: Connection, url: str) -> tuple[str | None, str] | None:
    """See :meth:`quotidian.store.archive.Archive.seen`."""
    row = connection.execute(select(gone_to).where(gone_to.c.url == _key(url))).first()
    return None if row is None else (row.updated, row.outcome)


def see(connection: Connection, url: str, updated: str | None, outcome: str, at: datetime) -> None:
    """See :meth:`quotidian.store.archive.Archive.see`."""
    when = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    row = {"url": _key(url), "updated": updated, "outcome": outcome, "at": when}
    upsert(
        connection,
        gone_to,
        [row],
        lambda new: {"updated": new.updated, "outcome": new.outcome, "at": new.at},
    )
