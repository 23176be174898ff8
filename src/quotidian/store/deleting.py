"""Articles out of the archive, with all their words; what stays is that something was there.

Numbers are never given again. Reviews stay in the log as who decided what kind of thing when, without
what they quoted. An entity that no other article names goes too, unless a person suppressed it: that
decision would be lost, and the name come back with the next article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, insert, literal, select, update

from quotidian.errors import NotInArchive
from quotidian.store import fulltext, index, joining, rows, tracing
from quotidian.store.tables import (
    appearances,
    articles,
    entities,
    entity_keys,
    entity_names,
    identifiers,
    labels,
    meta,
    pages,
    pairs,
    parts,
    reviews,
    statements,
    versions,
)


def delete_articles(connection: Connection, ids: Iterable[int]) -> None:
    """See :meth:`quotidian.store.archive.Archive.delete`."""
    for id in ids:
        _delete(connection, id)
    # FTS5 keeps the words of what was taken out in its older parts until those are merged.
    fulltext.tidy(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO entity_words (entity_words) VALUES ('optimize')")


def _delete(connection: Connection, id: int) -> None:
    own = list(connection.scalars(select(versions.c.id).where(versions.c.article_id == id)))
    if not own:
        raise NotInArchive(f"there is no article {id} in the archive")
    ids = list(connection.scalars(select(statements.c.id).where(statements.c.article_id == id)))
    met = set(connection.scalars(select(appearances.c.base_id).where(appearances.c.version_id.in_(own))))
    said = {speaker for version in own for speaker in rows.speakers(connection, version)}
    meant = select(parts.c.base_id).where(parts.c.statement_id.in_(_of(id)), parts.c.base_id.is_not(None))
    met |= set(connection.scalars(meant.distinct()))
    index.drop(connection, ids)
    tracing.retired(connection, own)
    connection.execute(delete(parts).where(parts.c.statement_id.in_(_of(id))))
    for table in (labels, appearances, pages):
        connection.execute(delete(table).where(table.c.version_id.in_(own)))
    connection.execute(delete(statements).where(statements.c.article_id == id))
    connection.execute(delete(versions).where(versions.c.article_id == id))
    connection.execute(delete(articles).where(articles.c.id == id))
    _erase(connection, (reviews.c.article_id == id) | reviews.c.id.in_(_beside(connection, set(ids))))
    forget(connection, met)
    rows.count(connection, said)


def forget(connection: Connection, met: Iterable[int]) -> None:
    """Of entities that lost appearances know what is left; those of which nothing is left go."""
    met = set(met)
    roots = set(joining.roots_of(connection, met).values())
    gone = [id for id in sorted(met) if not _is_meant(connection, id)]
    while gone:
        id = gone.pop()
        # One that is left only because this one was merged into it goes as well.
        into = connection.scalar(select(entities.c.merged_into).where(entities.c.id == id))
        _remove(connection, id)
        if into is not None and not _is_meant(connection, into):
            gone.append(into)
    for id in sorted(met | roots):
        joining.know_again(connection, id)


def _is_meant(connection: Connection, id: int) -> bool:
    """Whether anything else of the archive needs this entity."""
    uses: Sequence[tuple[Table, ColumnElement[bool]]] = (
        (appearances, (appearances.c.base_id == id) | (appearances.c.entity_id == id)),
        (parts, (parts.c.base_id == id) | (parts.c.entity_id == id)),
        (entities, (entities.c.id == id) & (entities.c.state == "suppressed")),
    )
    asked = (select(literal(1)).select_from(table).where(use).limit(1) for table, use in uses)
    if any(connection.scalar(query) for query in asked):
        return True
    return any(_is_meant(connection, one) for one in _merged_into(connection, id))


def _merged_into(connection: Connection, id: int) -> list[int]:
    return list(connection.scalars(select(entities.c.id).where(entities.c.merged_into == id)))


def _remove(connection: Connection, id: int) -> None:
    """Take an entity out, and those that led to it."""
    for one in _merged_into(connection, id):
        _remove(connection, one)
    for table in (entity_names, entity_keys, identifiers):
        connection.execute(delete(table).where(table.c.entity_id == id))
    connection.execute(delete(pairs).where((pairs.c.a == id) | (pairs.c.b == id)))
    connection.execute(delete(entities).where(entities.c.id == id))
    splits = connection.execute(select(reviews).where(reviews.c.kind == "split"))
    into_it = [row.id for row in splits if row.payload.get("new") == id]
    _erase(connection, (reviews.c.entity_id == id) | reviews.c.id.in_(into_it))


def _erase(connection: Connection, which: ColumnElement[bool]) -> None:
    """Reviews stay as a log, without the words of the article."""
    connection.execute(insert(meta).values(key="erasing", value="1"))
    connection.execute(update(reviews).where(which).values(payload={"erased": True}))
    connection.execute(delete(meta).where(meta.c.key == "erasing"))


def _beside(connection: Connection, statement_ids: set[int]) -> list[int]:
    """Reviews of other articles' statements that quote one of these beside them."""
    rows = connection.execute(
        select(reviews.c.id, reviews.c.payload).where(reviews.c.kind.in_(tracing.KINDS))
    )
    return [row.id for row in rows if row.payload.get("other") in statement_ids]


def _of(article: int) -> Select[tuple[int]]:
    return select(statements.c.id).where(statements.c.article_id == article)
