"""When a statement appeared in its outlet, as far as the archive can tell: an interval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from quotidian.store.tables import articles, statements, versions
from quotidian.store.values import Appeared

# Where a time has no offset it may be any place's: so much earlier, and later, than in UTC.
_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)
_DAY = timedelta(days=1)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement's appearance: when, in which outlet (or article, if that is nobody's), on which day."""

    appeared: Appeared
    outlet: str
    day: str | None
    key: tuple[str, str]  # settles which of two comes first where times do not


def order_of(shown: Shown) -> tuple[str, str, tuple[str, str]]:
    """What statements are ordered by: when they can have appeared, then what is the same in any archive."""
    appeared = shown.appeared
    return (appeared.earliest or appeared.latest or "9", appeared.latest or "9", shown.key)


def appeared(
    published: str | None,
    modified: str | None,
    read: str,
    *,
    before: str | None = None,
    stated_before: str | None = None,
) -> Appeared:
    """The interval in which words appeared.

    Args:
        published: as the page states it: an ISO 8601 day or time.
        modified: the same.
        read: when this version was read (UTC).
        before: when the version before it was read, which did not have the words; None if none was.
        stated_before: when that version was published or modified, as it states.

    >>> appeared("2026-03-02T18:05:00+01:00", None, "2026-03-20T00:00:00Z").earliest
    '2026-03-02T17:05:00Z'
    """
    stated = reach(published)
    changed = reach(modified)
    earliest, latest = stated if stated else (None, None)
    if changed and (latest is None or changed[1] > latest):
        latest = changed[1]
    if before is not None:
        earliest = before
        latest = changed[1] if changed and changed[1] > before else read
        told = reach(stated_before)
        if changed and told and told[1] < changed[0] and changed[1] < before:
            # The page changed before the version without the words was read: that was a copy somebody had
            # kept. When it was read bounds nothing then, and both of what is known stays possible.
            earliest, latest = told[0], read
    # What was read was there, whatever the page says of itself.
    latest = min(latest or read, read) if (earliest or "") <= read else latest or read
    return Appeared(earliest=earliest, latest=latest, published=published, modified=modified, read=read)


def reach(time: str | None) -> tuple[str, str] | None:
    """The first and last instant that a stated day or time may mean, in UTC; None where it is neither."""
    if not time:
        return None
    try:
        if len(time) <= 10:
            start = datetime.fromisoformat(time).replace(tzinfo=UTC)
            return _iso(start - _EAST), _iso(start + _DAY + _WEST)
        found = datetime.fromisoformat(time)
    except (ValueError, OverflowError):
        try:
            start = datetime.fromisoformat(time[:10]).replace(tzinfo=UTC)
        except ValueError:
            return None
        return _iso(start - _EAST), _iso(start + _DAY + _WEST)
    try:
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
            return _iso(found - _EAST), _iso(found + _WEST)
        return _iso(found.astimezone(UTC)), _iso(found.astimezone(UTC))
    except OverflowError:
        return None


def since(published: str | None, read: str) -> str:
    """What articles are ordered by, whatever clocks they state: the first instant they can be of.

    >>> since("2026-03-09T15:30:00+02:00", "") < since("2026-03-09T15:00:00+01:00", "")
    True
    """
    stated = reach(published)
    return stated[0] if stated else read


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def appearances_of(connection: Connection, statement_ids: Iterable[int]) -> dict[int, Shown]:
    """When statements appeared."""
    wanted = sorted(set(statement_ids))
    found: dict[int, Shown] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        found.update(_some(connection, wanted[at : at + _AT_ONCE]))
    return found


def _some(connection: Connection, ids: list[int]) -> dict[int, Shown]:
    query = (
        select(
            statements.c.id,
            statements.c.key,
            statements.c.content,
            statements.c.day,
            statements.c.outlet_id,
            articles.c.own_id,
            versions.c.article_id,
            versions.c.number,
            versions.c.published,
            versions.c.published_day,
            versions.c.modified,
            versions.c.read_at,
        )
        .join(versions, versions.c.id == statements.c.version_id)
        .join(articles, articles.c.id == statements.c.article_id)
        .where(statements.c.id.in_(ids))
    )
    rows = connection.execute(query).all()
    earlier = _earlier(connection, rows)
    return {
        row.id: Shown(
            appeared=_of(row, earlier.get(row.article_id, [])),
            outlet=f"outlet {row.outlet_id}" if row.outlet_id is not None else f"article {row.article_id}",
            day=row.published_day or row.day,
            key=(row.own_id, row.key),
        )
        for row in rows
    }


def _earlier(connection: Connection, rows: Iterable[Any]) -> dict[int, list[Any]]:
    """All versions of the articles that have several, by number."""
    several = sorted({row.article_id for row in rows if row.number > 1})
    found: dict[int, list[Any]] = {}
    if several:
        query = select(
            versions.c.article_id,
            versions.c.number,
            versions.c.published,
            versions.c.modified,
            versions.c.read_at,
            versions.c.text,
        ).where(versions.c.article_id.in_(several))
        for row in connection.execute(query.order_by(versions.c.number)):
            found.setdefault(row.article_id, []).append(row)
    return found


def _of(row: Any, all_versions: list[Any]) -> Appeared:
    """From the first version that has the words; those before it bound when they came."""
    has = [one for one in all_versions if one.number <= row.number and row.content in one.text]
    if not has or row.number == 1:
        return appeared(row.published, row.modified, row.read_at)
    first = has[0]
    before = max((one for one in all_versions if one.number < first.number), key=_number, default=None)
    return appeared(
        first.published or row.published,
        first.modified,
        first.read_at,
        before=before.read_at if before else None,
        stated_before=(before.modified or before.published) if before else None,
    )


def _number(version: Any) -> int:
    return int(version.number)
