"""Articles into the archive: the same one again, a new version, a newer reading."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, insert, select, update

from quotidian.errors import StoreError
from quotidian.store import index, log, rows, same, tracing
from quotidian.store.records import column, column_or_none, packed, unpacked
from quotidian.store.reviewed import Decision, reviewed
from quotidian.store.tables import articles, outlets, pages, statements, versions
from quotidian.store.values import Added, Share
from quotidian.types import Article
from quotidian.when import day_of

# U+3000 is the last white space of Unicode.
_WHITE_SPACE = np.array([sign for sign in range(0x3001) if chr(sign).isspace()], "<u4")


def add(connection: Connection, article: Article, at: datetime, page: bytes | None) -> Added:
    """See :meth:`quotidian.store.archive.Archive.add`."""
    there = same.find(connection, article)
    article = replace(article, origin=_writable(article.origin))
    if there is None:
        outlet = _outlet(connection, article.outlet)
        values = {
            "owner_id": column_or_none(same.owner_id(article)),
            "own_id": column(article.id),
            "url": column_or_none(article.url),
            "outlet_id": outlet,
            "added_at": _iso(at),
        }
        id = connection.execute(insert(articles).values(values).returning(articles.c.id)).scalar_one()
        return Added(id, _put_version(connection, article, id, outlet, 1, at, page), "new")
    there = _adopt(connection, there, article)
    id = there.article.id
    version = same.version_of(connection, there, article)
    if version is not None:
        _keep_page(connection, version.id, page)
        if version.current and same.tells_more(connection, version, article):
            reread(connection, article, id, at)
            return Added(id, version.id, "version")
        return Added(id, version.id, "unchanged")
    article = same.completed(connection, there, article)
    said = rows.speakers(connection, there.version.id)
    rows.retire(connection, there.version.id)
    connection.execute(update(versions).where(versions.c.id == there.version.id).values(current=0))
    number = _last(connection, id) + 1
    put = _put_version(connection, article, id, there.article.outlet_id, number, at, page)
    rows.count(connection, said)
    return Added(id, put, "version")


def reread(connection: Connection, article: Article, id: int, at: datetime) -> int:
    """See :meth:`quotidian.store.archive.Archive.reread`."""
    there = same.current(connection, id)
    if there.version.text_sha256 != article.text_sha256:
        raise StoreError(f"article {id} has another text now: add it as a new version instead")
    article = same.completed(connection, there, article)
    # Another reading has other statements: it waits to be joined as a new version does.
    values = {**_columns(article), "read_at": _iso(at), "joined": 0}
    connection.execute(update(versions).where(versions.c.id == there.version.id).values(values))
    return put_again(connection, there.version.id, article)


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
    version = rows.Version(
        row.id, row.article_id, row.number, row.outlet_id, row.published_day, bool(row.current)
    )
    article = article or unpacked(row.record)
    decisions = log.decisions(connection, row.article_id, row.number)
    read = reviewed(article, [*decisions, also] if also else decisions)
    _put_share(connection, version_id, read.article)
    said = rows.speakers(connection, version_id)
    found = rows.put(connection, version, article, read)
    rows.count(connection, [*said, *rows.speakers(connection, version_id)])
    return found


def rebuild(connection: Connection) -> None:
    """See :meth:`quotidian.store.archive.Archive.rebuild`."""
    for version in list(connection.scalars(select(versions.c.id).order_by(versions.c.id))):
        put_again(connection, version)
    index.rebuild(connection)
    tracing.rebuild(connection)


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
    decided = log.decisions(connection, id, number) if number > 1 else []
    read = reviewed(article, decided)
    if decided:
        _put_share(connection, version, read.article)
    rows.put(connection, rows.Version(version, id, number, outlet, day, True, new=True), article, read)
    rows.count(connection, rows.speakers(connection, version))
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
        "modified": column_or_none(getattr(article, "modified", None)),
        "origin": column_or_none(article.origin),
        "reason": article.reason,
        "model": article.model,
        "letters": share.letters,
        "letters_attributed": share.attributed,
        "letters_unnamed": share.unnamed,
        "record": packed(article),
    }


def _put_share(connection: Connection, version_id: int, article: Article) -> None:
    share = share_of(article)
    values = {
        "letters": share.letters,
        "letters_attributed": share.attributed,
        "letters_unnamed": share.unnamed,
    }
    connection.execute(update(versions).where(versions.c.id == version_id).values(values))


def share_of(article: Article) -> Share:
    """How much of an article is attributed, and to sources without a name."""
    signs = np.frombuffer(article.text.encode("utf-32-le"), "<u4")
    letters = ~np.isin(signs, _WHITE_SPACE)
    attributed, unnamed = np.zeros(len(signs), bool), np.zeros(len(signs), bool)
    kinds = {made.attribution.id: made.speaker.kind for made in article.statements}
    for found in article.attributions:
        for start, end in found.content.spans:
            attributed[start:end] = True
            if found.depth == 0 and kinds.get(found.id) in ("unnamed", "none"):
                unnamed[start:end] = True
    return Share(
        *(int(np.count_nonzero(which)) for which in (letters, letters & attributed, letters & unnamed))
    )


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


def _adopt(connection: Connection, there: same.There, article: Article) -> same.There:
    """Keep what an article brings beside its text: the owner's id, an address, an outlet."""
    values = same.adopted(connection, there, article)
    if not values:
        return there
    id = there.article.id
    if "outlet" in values:
        values["outlet_id"] = _outlet(connection, values.pop("outlet"))
        of_article = statements.c.article_id == id
        connection.execute(update(statements).where(of_article).values(outlet_id=values["outlet_id"]))
        index.reindex(connection, list(connection.scalars(select(statements.c.id).where(of_article))))
    connection.execute(update(articles).where(articles.c.id == id).values(values))
    return same.current(connection, id)


def _last(connection: Connection, id: int) -> int:
    highest = select(func.max(versions.c.number)).where(versions.c.article_id == id)
    return int(connection.execute(highest).scalar_one())


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
