"""Articles into the archive: the same one again, a new version, a newer reading; and out of it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy import delete as sql_delete

from quotidian.errors import NotInArchive, StoreError
from quotidian.store import index, joining, reviewing, rows
from quotidian.store.records import column, column_or_none, packed, unpacked
from quotidian.store.reviewed import Decision, reviewed
from quotidian.store.tables import (
    appearances,
    articles,
    entities,
    entity_keys,
    entity_names,
    identifiers,
    labels,
    meta,
    outlets,
    pages,
    pairs,
    parts,
    reviews,
    statements,
    versions,
)
from quotidian.store.values import Added, Share
from quotidian.types import Article
from quotidian.when import day_of

_HEAD = ("title", "byline", "published")


@dataclass(frozen=True, slots=True)
class _There:
    """An article of the archive and its current version."""

    article: Row[Any]
    version: Row[Any]


def known(connection: Connection, article: Article) -> Added | None:
    """What adding would say where it would change nothing; None where it would change something."""
    there = _there(connection, article)
    if there is None or not _same(there, article) or (article.statements and not _was_read(there)):
        return None
    if _owner_id(article) is not None and there.article.owner_id is None:
        return None
    return Added(there.article.id, there.version.id, "unchanged")


def add(connection: Connection, article: Article, at: datetime, page: bytes | None) -> Added:
    """See :meth:`quotidian.store.archive.Archive.add`."""
    there = _there(connection, article)
    article = replace(article, origin=_writable(article.origin))
    if there is None:
        outlet = _outlet(connection, article.outlet)
        values = {
            "owner_id": column_or_none(_owner_id(article)),
            "own_id": column(article.id),
            "url": column_or_none(article.url),
            "outlet_id": outlet,
            "added_at": _iso(at),
        }
        id = connection.execute(insert(articles).values(values).returning(articles.c.id)).scalar_one()
        return Added(id, _put_version(connection, article, id, outlet, 1, at, page), "new")
    id = there.article.id
    _adopt(connection, there, article)
    if _same(there, article):
        _keep_page(connection, there.version.id, page)
        if article.statements and not _was_read(there):
            reread(connection, article, id, at)
            return Added(id, there.version.id, "version")
        return Added(id, there.version.id, "unchanged")
    rows.retire(connection, there.version.id)
    connection.execute(update(versions).where(versions.c.id == there.version.id).values(current=0))
    said = _speakers(connection, there.version.id)
    number = there.version.number + 1
    version = _put_version(connection, article, id, there.article.outlet_id, number, at, page)
    rows.count(connection, said)
    return Added(id, version, "version")


def reread(connection: Connection, article: Article, id: int, at: datetime) -> int:
    """See :meth:`quotidian.store.archive.Archive.reread`."""
    there = _current(connection, id)
    if there.version.text_sha256 != article.text_sha256:
        raise StoreError(f"article {id} has another text now: add it as a new version instead")
    said = _speakers(connection, there.version.id)
    values = {**_columns(article), "read_at": _iso(at)}
    connection.execute(update(versions).where(versions.c.id == there.version.id).values(values))
    found = put_again(connection, there.version.id, article)
    rows.count(connection, said)
    return found


def put_again(
    connection: Connection, version_id: int, article: Article | None = None, also: Decision | None = None
) -> int:
    """Make the rows of a version again from its reading and the reviews, and one that is not kept yet."""
    query = (
        select(versions, articles.c.outlet_id)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(versions.c.id == version_id)
    )
    row = connection.execute(query).one()
    version = rows.Version(row.id, row.article_id, row.outlet_id, row.published_day, bool(row.current))
    article = article or unpacked(row.record)
    decisions = reviewing.decisions(connection, row.article_id, row.number)
    read = reviewed(article, [*decisions, also] if also else decisions)
    share = share_of(read.article)
    connection.execute(
        update(versions)
        .where(versions.c.id == version_id)
        .values(letters=share.letters, letters_attributed=share.attributed, letters_unnamed=share.unnamed)
    )
    found = rows.put(connection, version, read)
    rows.count(connection, _speakers(connection, version_id))
    return found


def delete(connection: Connection, id: int) -> None:
    """See :meth:`quotidian.store.archive.Archive.delete`."""
    own = list(connection.scalars(select(versions.c.id).where(versions.c.article_id == id)))
    if not own:
        raise NotInArchive(f"there is no article {id} in the archive")
    ids = list(connection.scalars(select(statements.c.id).where(statements.c.article_id == id)))
    met = set(connection.scalars(select(appearances.c.base_id).where(appearances.c.version_id.in_(own))))
    said = {speaker for version in own for speaker in _speakers(connection, version)}
    index.drop(connection, ids)
    of_article = select(statements.c.id).where(statements.c.article_id == id)
    connection.execute(sql_delete(parts).where(parts.c.statement_id.in_(of_article)))
    for table in (labels, appearances, pages):
        connection.execute(sql_delete(table).where(table.c.version_id.in_(own)))
    connection.execute(sql_delete(statements).where(statements.c.article_id == id))
    connection.execute(sql_delete(versions).where(versions.c.article_id == id))
    connection.execute(sql_delete(articles).where(articles.c.id == id))
    _erase_reviews(connection, id)
    _forget(connection, met)
    rows.count(connection, said)


def rebuild(connection: Connection) -> None:
    """See :meth:`quotidian.store.archive.Archive.rebuild`."""
    for version in list(connection.scalars(select(versions.c.id).order_by(versions.c.id))):
        put_again(connection, version)
    index.rebuild(connection)


# --- the same article ---------------------------------------------------------------------------


def _there(connection: Connection, article: Article) -> _There | None:
    """The article of the archive that this is: by the owner's id, the address, or else the text.

    An id that an owner gave and an address agree, or one of them is missing; owners of two
    collections may both have a "1".
    """
    own, url = _owner_id(article), column_or_none(article.url)
    found: Sequence[Row[Any]]
    if own is not None:
        found = connection.execute(select(articles).where(articles.c.own_id == column(own))).all()
        found = [
            row for row in found if (row.owner_id is not None and url in (None, row.url)) or row.url is None
        ]
        if not found and url is not None:
            unowned = articles.c.url == url, articles.c.owner_id.is_(None)
            found = connection.execute(select(articles).where(*unowned).order_by(articles.c.id)).all()
    elif url is not None:
        found = connection.execute(
            select(articles).where(articles.c.url == url).order_by(articles.c.id)
        ).all()
    else:
        found = connection.execute(select(articles).where(articles.c.own_id == column(article.id))).all()
    return _current(connection, found[0].id) if found else None


def _current(connection: Connection, id: int) -> _There:
    article = connection.execute(select(articles).where(articles.c.id == id)).first()
    version = connection.execute(
        select(versions).where(versions.c.article_id == id, versions.c.current == 1)
    ).first()
    if article is None or version is None:
        raise NotInArchive(f"there is no article {id} in the archive")
    return _There(article, version)


def _owner_id(article: Article) -> str | None:
    """The id that the owner gave; None for the one that reading makes of address or text."""
    from quotidian.reading.record import stable_id

    made = stable_id(article.url or article.text)
    return None if article.id == made else article.id


def _same(there: _There, article: Article) -> bool:
    """Whether text and head are those of the current version; what is not given changes nothing."""
    heads = ((getattr(article, name), getattr(there.version, name)) for name in _HEAD)
    return there.version.text_sha256 == article.text_sha256 and all(
        given is None or column(given) == kept for given, kept in heads
    )


def _was_read(there: _There) -> bool:
    return there.version.model is not None and (
        there.version.reason is not None
        or bool(unpacked(there.version.record).statements)
        or not unpacked(there.version.record).attributions
    )


def _adopt(connection: Connection, there: _There, article: Article) -> None:
    """An article found by its address gets the owner's id once the owner's data comes."""
    own = _owner_id(article)
    values: dict[str, Any] = {}
    if own is not None and there.article.owner_id is None:
        values = {"owner_id": column(own), "own_id": column(own)}
    if there.article.url is None and article.url is not None:
        values["url"] = column(article.url)
    if values:
        connection.execute(update(articles).where(articles.c.id == there.article.id).values(values))


# --- versions -----------------------------------------------------------------------------------


def _put_version(
    connection: Connection,
    article: Article,
    id: int,
    outlet: int | None,
    number: int,
    at: datetime,
    page: bytes | None,
) -> int:
    values = {
        **_columns(article),
        "article_id": id,
        "number": number,
        "current": 1,
        "text": column(article.text),
        "text_sha256": article.text_sha256,
        "read_at": _iso(at),
    }
    version: int = connection.execute(insert(versions).values(values).returning(versions.c.id)).scalar_one()
    _keep_page(connection, version, page)
    day = values["published_day"]
    read = reviewed(article, reviewing.decisions(connection, id, number))
    rows.put(connection, rows.Version(version, id, outlet, day, True), read)
    rows.count(connection, _speakers(connection, version))
    return version


def _columns(article: Article) -> dict[str, Any]:
    """Of a version, what a newer reading may change."""
    day = day_of(article.published)
    share = share_of(article)
    return {
        "title": column_or_none(article.title),
        "byline": column_or_none(article.byline),
        "language": article.language,
        "published": column_or_none(article.published),
        "published_from": article.published_from,
        "published_day": day.isoformat() if day else None,
        "published_at": _moment(article.published),
        "origin": column_or_none(article.origin),
        "reason": article.reason,
        "model": article.model,
        "letters": share.letters,
        "letters_attributed": share.attributed,
        "letters_unnamed": share.unnamed,
        "record": packed(article),
    }


def share_of(article: Article) -> Share:
    """How much of an article is attributed, and to sources without a name."""
    text = article.text
    attributed, unnamed = bytearray(len(text)), bytearray(len(text))
    kinds = {made.attribution.id: made.speaker.kind for made in article.statements}
    for found in article.attributions:
        for start, end in found.content.spans:
            attributed[start:end] = b"\1" * (end - start)
            if found.depth == 0 and kinds.get(found.id) in ("unnamed", "none"):
                unnamed[start:end] = b"\1" * (end - start)
    letters = [at for at, sign in enumerate(text) if not sign.isspace()]
    return Share(len(letters), sum(attributed[at] for at in letters), sum(unnamed[at] for at in letters))


def _moment(published: str | None) -> str | None:
    """The moment of publication in UTC, where time of day and offset are known."""
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return _iso(moment) if moment.tzinfo else None


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _writable(origin: str | None) -> str | None:
    """A file's name need not be Unicode; what is kept has to be."""
    return None if origin is None else origin.encode("utf-8", "backslashreplace").decode()


def _keep_page(connection: Connection, version: int, page: bytes | None) -> None:
    if page is None:
        return
    there = select(func.count()).select_from(pages).where(pages.c.version_id == version)
    if not connection.execute(there).scalar_one():
        connection.execute(insert(pages).values(version_id=version, body=zlib.compress(page)))


def _outlet(connection: Connection, name: str | None) -> int | None:
    if not name:
        return None
    found = connection.scalar(select(outlets.c.id).where(outlets.c.name == column(name)))
    if found is None:
        found = connection.execute(
            insert(outlets).values(name=column(name)).returning(outlets.c.id)
        ).scalar_one()
    return int(found)


def _speakers(connection: Connection, version: int) -> list[int]:
    said = select(statements.c.speaker_id).where(statements.c.version_id == version)
    return [id for id in connection.scalars(said.distinct()) if id is not None]


# --- out of the archive -------------------------------------------------------------------------


def _erase_reviews(connection: Connection, id: int) -> None:
    """Reviews stay as a log, without the words of the article."""
    connection.execute(insert(meta).values(key="erasing", value=str(id)))
    connection.execute(update(reviews).where(reviews.c.article_id == id).values(payload={"erased": True}))
    connection.execute(sql_delete(meta).where(meta.c.key == "erasing"))


def _forget(connection: Connection, met: set[int]) -> None:
    """Entities that no article names any more go; of the others is known what is left."""
    for id in sorted(met):
        left = joining.known_from(connection, id, [id])
        if left is not None:
            joining.renew(connection, id, left)
            continue
        meant = (
            select(func.count()).select_from(parts).where((parts.c.base_id == id) | (parts.c.entity_id == id))
        )
        into = select(func.count()).select_from(entities).where(entities.c.merged_into == id)
        if connection.execute(meant).scalar_one() or connection.execute(into).scalar_one():
            continue
        for table in (entity_names, entity_keys, identifiers):
            connection.execute(sql_delete(table).where(table.c.entity_id == id))
        connection.execute(sql_delete(pairs).where((pairs.c.a == id) | (pairs.c.b == id)))
        connection.execute(sql_delete(entities).where(entities.c.id == id))
