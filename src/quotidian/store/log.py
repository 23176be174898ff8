"""The log of reviews: what was decided, what of it counts, and one more line in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from quotidian.store.records import number, unpacked
from quotidian.store.reviewed import Decision
from quotidian.store.tables import articles, versions
from quotidian.store.tables import reviews as log
from quotidian.store.values import Review

OF_STATEMENTS = ("accept", "reject", "correct", "add")
OF_ENTITIES = ("merge", "split", "rename", "suppress", "different", "identify")
_AT_ONCE = 500


def reviews(
    connection: Connection,
    *,
    statement: int | None,
    entity: int | None,
    article: int | None,
    limit: int | None,
    offset: int,
) -> tuple[Review, ...]:
    """See :meth:`quotidian.store.archive.Archive.reviews`."""
    query = select(log).order_by(log.c.id.desc()).offset(offset)
    wanted = ((log.c.statement_id, statement), (log.c.entity_id, entity), (log.c.article_id, article))
    for column, value in wanted:
        if value is not None:
            query = query.where(column == number(value))
    if limit is not None:
        query = query.limit(limit)
    return tuple(_review(row) for row in connection.execute(query))


def undone(connection: Connection, ids: Sequence[int]) -> frozenset[int]:
    """Those of these reviews that were taken back. What undoes cannot be undone itself."""
    found: set[int] = set()
    for at in range(0, len(ids), _AT_ONCE):
        query = select(log.c.undoes).where(log.c.kind == "undo", log.c.undoes.in_(ids[at : at + _AT_ONCE]))
        found.update(connection.scalars(query))
    return frozenset(found)


def decisions(connection: Connection, article: int, version: int) -> list[Decision]:
    """The reviews of an article's statements that count for a version: those of it and of earlier ones."""
    query = select(log).where(log.c.article_id == article, log.c.kind.in_(OF_STATEMENTS)).order_by(log.c.id)
    found = connection.execute(query).all()
    if not found:
        return []
    gone = undone(connection, [row.id for row in found])
    texts: dict[int, str] = {}
    result = []
    for row in found:
        of = row.payload.get("of")
        if row.id in gone or of is None or of["version"] > version:
            continue
        number = of["version"]
        if number not in texts:
            texts[number] = _text(connection, article, number)
        result.append(Decision(row.kind, row.payload, of["statement"], texts[number]))
    return result


def given_name(connection: Connection, entity: int) -> str | None:
    """The name that a person gave an entity last, if any."""
    return given_names(connection, [entity]).get(entity)


def given_names(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The names that people gave these entities last; those without one are left out."""
    naming = ((log.c.kind == "rename") & log.c.entity_id.in_(ids)) | (log.c.kind == "split")
    query = select(log).where(naming).order_by(log.c.id)
    found = [row for row in connection.execute(query) if _named(row) in ids and row.payload.get("name")]
    if not found:
        return {}
    gone = undone(connection, [row.id for row in found])
    return {_named(row): str(row.payload["name"]) for row in found if row.id not in gone}


def _named(row: Row[Any]) -> int:
    """Whom a rename, or a split, gave a name."""
    return int(row.payload.get("new", 0) if row.kind == "split" else row.entity_id)


def keep(
    connection: Connection,
    given: Review,
    at: datetime,
    payload: Mapping[str, Any],
    *,
    article: int | None = None,
    statement: int | None = None,
    entity: int | None = None,
) -> Review:
    """One more line; the review comes back with its number and the time."""
    values = {
        "at": at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "by": given.by,
        "kind": given.kind,
        "article_id": article,
        "statement_id": statement if statement is not None else given.statement,
        "entity_id": entity if entity is not None else given.entity,
        "undoes": given.undoes if given.kind == "undo" else None,
        "payload": dict(payload),
    }
    row = connection.execute(insert(log).values(values).returning(log)).one()
    return _review(row)


def _review(row: Row[Any]) -> Review:
    return Review(
        kind=row.kind,
        by=row.by,
        statement=row.statement_id,
        entity=row.entity_id,
        article=row.article_id,
        undoes=row.undoes,
        payload=row.payload,
        id=row.id,
        at=row.at,
    )


def _text(connection: Connection, article: int, number: int) -> str:
    record = connection.scalar(
        select(versions.c.record)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(versions.c.article_id == article, versions.c.number == number)
    )
    assert record is not None
    return unpacked(record).text
