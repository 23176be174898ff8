"""Outlets in figures: whom they quote, how much is attributed, unnamed, in their own voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from sqlalchemy import Connection, func, select

from quotidian.errors import NotInArchive
from quotidian.store import search
from quotidian.store.tables import articles, versions
from quotidian.store.tables import outlets as published
from quotidian.store.values import Outlet, OutletPage, Share
from quotidian.types import ActClass, SpeakerKind

_MOST_QUOTED = 50


def outlets(connection: Connection) -> tuple[OutletPage, ...]:
    """See :meth:`quotidian.store.archive.Archive.outlets`."""
    kinds, acts = search.by_outlet(connection, "kind"), search.by_outlet(connection, "act")
    many = func.count().label("articles")
    figures = (
        select(
            articles.c.outlet_id,
            many,
            func.sum(versions.c.letters).label("letters"),
            func.sum(versions.c.letters_attributed).label("attributed"),
            func.sum(versions.c.letters_unnamed).label("unnamed"),
            func.min(versions.c.published_day).label("first"),
            func.max(versions.c.published_day).label("last"),
        )
        .join(versions, versions.c.article_id == articles.c.id)
        .where(versions.c.current == 1, articles.c.outlet_id.is_not(None))
        .group_by(articles.c.outlet_id)
    )
    rows = {row.outlet_id: row for row in connection.execute(figures)}
    named = connection.execute(select(published).order_by(published.c.name))
    return tuple(
        OutletPage(
            outlet=Outlet(one.id, one.name),
            articles=rows[one.id].articles,
            statements=sum(kinds.get(one.id, {}).values()),
            share=Share(rows[one.id].letters, rows[one.id].attributed, rows[one.id].unnamed),
            kinds=cast(Mapping[SpeakerKind, int], kinds.get(one.id, {})),
            acts=cast(Mapping[ActClass, int], acts.get(one.id, {})),
            first_day=rows[one.id].first,
            last_day=rows[one.id].last,
        )
        for one in named
        if one.id in rows
    )


def outlet(connection: Connection, id: int) -> OutletPage:
    """See :meth:`quotidian.store.archive.Archive.outlet`."""
    found = next((one for one in outlets(connection) if one.outlet.id == id), None)
    if found is None:
        raise NotInArchive(f"there is no outlet {id} in the archive")
    return replace(found, quoted=search.quoted(connection, id, _MOST_QUOTED))
