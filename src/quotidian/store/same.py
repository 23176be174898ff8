"""Which article of the archive a given one is, and whether it tells anything that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, select

from quotidian.errors import NotInArchive
from quotidian.reading.record import stable_id
from quotidian.store.records import column, column_or_none, unpacked
from quotidian.store.tables import articles, outlets, statements, versions
from quotidian.store.values import Added
from quotidian.types import Article

# What tells versions of an article apart, beside the text.
_HEAD = ("title", "byline", "published")

# How far an article was read: by no model, for attributions, for statements.
_UNREAD, _ATTRIBUTED, _STATED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class There:
    """An article of the archive and one of its versions."""

    article: Row[Any]
    version: Row[Any]


def known(connection: Connection, article: Article) -> Added | None:
    """What adding would say where it would change nothing; None where it would change something.

    An article that no model has read yet is known if the archive has its statements.
    """
    there = find(connection, article)
    if there is None or adopted(connection, there, article):
        return None
    version = version_of(connection, there, article)
    if version is None:
        return None
    if version.current and _depth_there(connection, version) < (_depth(article) or _STATED):
        return None
    return Added(there.article.id, version.id, "unchanged")


def find(connection: Connection, article: Article) -> There | None:
    """The article of the archive that this is: by the owner's id, the address, or else the text.

    An id that an owner gave and an address agree, or one of them is missing; owners of two
    collections may both have a "1".
    """
    own, url = owner_id(article), column_or_none(article.url)
    found: Sequence[Row[Any]]
    if own is not None:
        found = connection.execute(
            select(articles).where(articles.c.own_id == column(own)).order_by(articles.c.id)
        ).all()
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
        of_text = articles.c.own_id == column(article.id)
        found = connection.execute(select(articles).where(of_text).order_by(articles.c.id)).all()
    return current(connection, found[0].id) if found else None


def current(connection: Connection, id: int) -> There:
    """An article in its current version.

    Raises:
        NotInArchive: there is none of this number.
    """
    article = connection.execute(select(articles).where(articles.c.id == id)).first()
    version = connection.execute(
        select(versions).where(versions.c.article_id == id, versions.c.current == 1)
    ).first()
    if article is None or version is None:
        raise NotInArchive(f"there is no article {id} in the archive")
    return There(article, version)


def version_of(connection: Connection, there: There, article: Article) -> Row[Any] | None:
    """The version that has this text and head: the current one, or else an earlier one.

    So whoever adds two printings of one page, and then both again, changes nothing.
    """
    if _same(there.version, article):
        return there.version
    earlier = (
        select(versions)
        .where(versions.c.article_id == there.article.id, versions.c.text_sha256 == article.text_sha256)
        .order_by(versions.c.number.desc())
    )
    return next((row for row in connection.execute(earlier) if _same(row, article)), None)


def tells_more(connection: Connection, version: Row[Any], article: Article) -> bool:
    """Whether the article was read further than the same version in the archive."""
    return _depth(article) > _depth_there(connection, version)


def adopted(connection: Connection, there: There, article: Article) -> dict[str, Any]:
    """What of the owner's id, address and outlet an article brings that the archive has not."""
    new: dict[str, Any] = {}
    own = owner_id(article)
    if own is not None and there.article.owner_id is None:
        new |= {"owner_id": column(own), "own_id": column(own)}
    if there.article.url is None and article.url is not None:
        new["url"] = column(article.url)
    if there.article.outlet_id is None and article.outlet:
        new["outlet"] = column(article.outlet)
    return new


def completed(connection: Connection, there: There, article: Article) -> Article:
    """The article with the head that the archive has, where it brings none of its own."""
    before = there.version
    missing: dict[str, Any] = {
        name: getattr(before, name)
        for name in ("title", "byline", "language")
        if getattr(article, name) is None and getattr(before, name) is not None
    }
    if article.published is None and before.published is not None:
        missing |= {"published": before.published, "published_from": before.published_from}
    if article.outlet is None and there.article.outlet_id is not None:
        named = select(outlets.c.name).where(outlets.c.id == there.article.outlet_id)
        missing["outlet"] = connection.scalar(named)
    return replace(article, **missing) if missing else article


def owner_id(article: Article) -> str | None:
    """The id that the owner gave; None for the one that reading makes of address or text."""
    made = stable_id(article.url or article.text)
    return None if article.id == made else article.id


def _same(version: Row[Any], article: Article) -> bool:
    """Whether text and head are those of the version; what is not given changes nothing."""
    heads = ((getattr(article, name), getattr(version, name)) for name in _HEAD)
    return version.text_sha256 == article.text_sha256 and all(
        given is None or column(given) == kept for given, kept in heads
    )


def _depth(article: Article) -> int:
    if article.model is None and not article.attributions:
        return _UNREAD
    if article.statements or article.reason is not None or not article.attributions:
        return _STATED
    return _ATTRIBUTED


def _depth_there(connection: Connection, version: Row[Any]) -> int:
    made = select(func.count()).select_from(statements).where(statements.c.version_id == version.id)
    if connection.execute(made).scalar_one():
        return _STATED
    return _depth(unpacked(version.record))
