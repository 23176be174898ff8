"""Outlets in figures: whom they quote, how much is attributed, unnamed, in their own voice."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, func, select

from quotidian.errors import NotInArchive
from quotidian.store.tables import articles, entities, facts, statements, versions
from quotidian.store.tables import outlets as published
from quotidian.store.values import Outlet, OutletPage, Quoted, Share

_MOST_QUOTED = 50
_LARGEST = 2**31 - 1


def outlets(connection: Connection) -> tuple[OutletPage, ...]:
    """See :meth:`quotidian.store.archive.Archive.outlets`."""
    kinds, acts = _counted(connection, statements.c.speaker_kind), _counted(connection, statements.c.act)
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
            statements=sum(kinds[one.id].values()),
            share=Share(rows[one.id].letters, rows[one.id].attributed, rows[one.id].unnamed),
            kinds=kinds[one.id],
            acts=acts[one.id],
            first_day=rows[one.id].first,
            last_day=rows[one.id].last,
        )
        for one in named
        if one.id in rows
    )


def outlet(connection: Connection, id: int) -> OutletPage:
    """See :meth:`quotidian.store.archive.Archive.outlet`."""
    from dataclasses import replace

    found = next((one for one in outlets(connection) if one.outlet.id == id), None)
    if found is None:
        raise NotInArchive(f"there is no outlet {id} in the archive")
    many = func.count().label("many")
    query = (
        select(facts.c.speaker_id, entities.c.name, many)
        .join(entities, entities.c.id == facts.c.speaker_id)
        .where(facts.c.outlet_id == id, entities.c.state == "active")
        .group_by(facts.c.speaker_id, entities.c.name)
        .order_by(many.desc(), entities.c.name)
        .limit(_MOST_QUOTED)
    )
    quoted = tuple(Quoted(row.speaker_id, row.name, row.many) for row in connection.execute(query))
    return replace(found, quoted=quoted)


def _counted(connection: Connection, column: Any) -> dict[int, dict[Any, int]]:
    """Statements that search shows, by outlet and one of their columns."""
    query = (
        select(statements.c.outlet_id, column, func.count())
        .join(facts, facts.c.statement_id == statements.c.id)
        .group_by(statements.c.outlet_id, column)
        .order_by(func.count().desc(), column)
    )
    counted: dict[int, dict[Any, int]] = defaultdict(dict)
    for outlet, value, many in connection.execute(query):
        counted[outlet][value] = many
    return counted
