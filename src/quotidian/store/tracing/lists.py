"""Lists of utterances and of stories, a page at a time."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, select

from quotidian.errors import NotInArchive
from quotidian.store import looking as hits_of
from quotidian.store import search
from quotidian.store.records import number
from quotidian.store.tables import members, reports, stories, story_articles, utterances, versions
from quotidian.store.tracing.appearing import since
from quotidian.store.values import Story, StoryHead, UtteranceHead, UtteranceList

_AT_ONCE = 400
# The utterances of so many statements are looked up (6 µs each). If there are more, utterances are gone
# through in order until a page is full: all of a million statements' are a second, but so many are soon met.
_FEW = 60_000
# What each list is ordered by first.
_FIRST = {"repeated": "outlets", "changed": "changed", "unsourced": "unsourced"}
_ORDER = {
    name: (utterances.c[first].desc(), utterances.c.reports.desc(), utterances.c.last_day.desc())
    for name, first in _FIRST.items()
}


def heads(
    connection: Connection, list: UtteranceList, query: str, limit: int, offset: int
) -> tuple[UtteranceHead, ...]:
    """See :meth:`quotidian.store.archive.Archive.utterances`."""
    if list == "only":
        return _only(connection, query, limit, offset)
    wanted = select(utterances).order_by(*_ORDER[list], utterances.c.id)
    if list == "changed":
        wanted = wanted.where(utterances.c.changed > 0)
    if list == "unsourced":
        wanted = wanted.where(utterances.c.unsourced > 0)
    if query.strip():
        found = search.statement_ids(connection, query, sort="day")
        made = (
            _few(connection, wanted, found, list) if len(found) <= _FEW else _many(connection, wanted, found)
        )
        rows = [*islice(made, max(offset, 0), max(offset, 0) + max(limit, 0))]
    else:
        rows = [*connection.execute(wanted.limit(max(limit, 0)).offset(max(offset, 0)))]
    return _heads(connection, rows)


def _few(
    connection: Connection, wanted: Select[Any], statement_ids: Sequence[int], list: UtteranceList
) -> Iterator[Any]:
    """Those of the wanted utterances that have a report among a few statements, in order."""
    there: set[str] = set()
    for at in range(0, len(statement_ids), _AT_ONCE):
        some = select(members.c.utterance_id).join(reports, reports.c.id == members.c.report_id)
        there.update(
            connection.scalars(some.where(reports.c.statement_id.in_(statement_ids[at : at + _AT_ONCE])))
        )
    names = sorted(there)
    rows: builtins.list[Any] = []
    for at in range(0, len(names), _AT_ONCE):
        rows += connection.execute(
            wanted.order_by(None).where(utterances.c.id.in_(names[at : at + _AT_ONCE]))
        )
    rows.sort(key=lambda row: row.id)
    rows.sort(key=lambda row: (getattr(row, _FIRST[list]), row.reports, row.last_day or ""), reverse=True)
    return iter(rows)


def _many(connection: Connection, wanted: Select[Any], statement_ids: Sequence[int]) -> Iterator[Any]:
    """The same among many statements: utterances in order are looked at, until there are enough."""
    there = np.zeros(max(statement_ids) + 1, bool)
    there[statement_ids] = True
    for some in connection.execute(wanted.execution_options(yield_per=_AT_ONCE)).partitions():
        of = select(members.c.utterance_id, reports.c.statement_id).join(
            reports, reports.c.id == members.c.report_id
        )
        having = {
            row.utterance_id
            for row in connection.execute(of.where(members.c.utterance_id.in_([row.id for row in some])))
            if row.statement_id < len(there) and there[row.statement_id]
        }
        yield from (row for row in some if row.id in having)


def _only(connection: Connection, query: str, limit: int, offset: int) -> tuple[UtteranceHead, ...]:
    """What no other outlet reports, the latest first: statements alone, and utterances of one outlet."""
    alone = _alone(connection, search.statement_ids(connection, query, sort="-day"))
    some = [*islice(alone, max(offset, 0), max(offset, 0) + max(limit, 0))]
    own = {
        row.statement_id: row
        for row in connection.execute(
            select(utterances)
            .join(members, members.c.utterance_id == utterances.c.id)
            .join(reports, reports.c.id == members.c.report_id)
            .where(reports.c.statement_id.in_(some), utterances.c.outlets == 1)
        )
        if row.statement_id in some
    }
    keys = {
        row.statement_id: row.key
        for row in connection.execute(
            select(reports.c.statement_id, reports.c.key).where(
                reports.c.statement_id.in_(some), reports.c.number == 0
            )
        )
    }
    made = {head.statement: head for head in _heads(connection, own.values())}
    for hit in hits_of.hits(connection, some):
        if hit.id not in made and hit.id in keys:
            day = hit.article.published_day or hit.day
            made[hit.id] = UtteranceHead(
                id=keys[hit.id],
                statement=hit.id,
                content=hit.content.text,
                speaker=hit.speaker,
                first_day=day,
                last_day=day,
                reports=1,
                outlets=1,
                changes={},
                unsourced=0,
            )
    return tuple(made[id] for id in some if id in made)


def _alone(connection: Connection, statement_ids: Sequence[int]) -> Iterator[int]:
    """Those of some statements that one outlet alone has, and of an utterance that it repeats the first."""
    several = (
        select(reports.c.statement_id)
        .join(members, members.c.report_id == reports.c.id)
        .join(utterances, utterances.c.id == members.c.utterance_id)
        .where((utterances.c.outlets > 1) | (utterances.c.statement_id != reports.c.statement_id))
    )
    for at in range(0, len(statement_ids), _AT_ONCE):
        some = statement_ids[at : at + _AT_ONCE]
        among = reports.c.statement_id.in_(some)
        # What waits to be joined is not known to be alone.
        alone = set(connection.scalars(select(reports.c.statement_id).where(among)))
        alone -= set(connection.scalars(several.where(among)))
        yield from (id for id in some if id in alone)


def _heads(connection: Connection, rows: Iterable[Any]) -> tuple[UtteranceHead, ...]:
    rows = [*rows]
    shown = {hit.id: hit for hit in hits_of.hits(connection, [row.statement_id for row in rows])}
    return tuple(
        UtteranceHead(
            id=row.id,
            statement=row.statement_id,
            content=shown[row.statement_id].content.text,
            speaker=shown[row.statement_id].speaker,
            first_day=row.first_day,
            last_day=row.last_day,
            reports=row.reports,
            outlets=row.outlets,
            changes=row.changes,
            unsourced=row.unsourced,
        )
        for row in rows
        if row.statement_id in shown and shown[row.statement_id].current
    )


# --- stories ------------------------------------------------------------------------------------


def stories_of(connection: Connection, limit: int, offset: int) -> tuple[StoryHead, ...]:
    """See :meth:`quotidian.store.archive.Archive.stories`."""
    query = (
        select(stories, versions.c.title)
        .join(versions, versions.c.id == stories.c.version_id)
        .order_by(stories.c.last_day.desc().nulls_last(), stories.c.articles.desc(), stories.c.id)
        .limit(max(limit, 0))
        .offset(max(offset, 0))
    )
    return tuple(_head(row) for row in connection.execute(query))


def story(connection: Connection, id: int) -> Story:
    """See :meth:`quotidian.store.archive.Archive.story`."""
    row = connection.execute(
        select(stories, versions.c.title)
        .join(versions, versions.c.id == stories.c.version_id)
        .where(stories.c.id == number(id))
    ).first()
    if row is None:
        raise NotInArchive(f"there is no story {id} in the archive; stories change as articles come")
    ids = [*connection.scalars(_inside(row.id))]
    made = hits_of.heads_of(connection, ids)
    ordered = sorted(ids, key=lambda one: (since(made[one].published, made[one].read_at), one))
    return Story(_head(row), tuple(made[one] for one in ordered))


def _inside(id: int) -> Any:
    return select(story_articles.c.version_id).where(story_articles.c.story_id == id)


def story_of(connection: Connection, article: int) -> int | None:
    """See :meth:`quotidian.store.archive.Archive.story_of`."""
    query = (
        select(story_articles.c.story_id)
        .join(versions, versions.c.id == story_articles.c.version_id)
        .where(versions.c.article_id == number(article), versions.c.current == 1)
    )
    found: int | None = connection.scalar(query)
    return found


def _head(row: Any) -> StoryHead:
    return StoryHead(row.id, row.title, row.first_day, row.last_day, row.articles, row.outlets)
