"""What waits is joined: reports, sketches, links, utterances, copies, stories; in batches, resumable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from quotidian.store.tables import (
    copies,
    credits,
    links,
    members,
    reports,
    sketches,
    stories,
    story_articles,
    story_links,
    utterances,
    versions,
)
from quotidian.store.tracing import copying, crediting, grouping_stories, groups, linking, quoting, window
from quotidian.store.tracing.reports import day_of, load, put
from quotidian.store.tracing.window import Vectors
from quotidian.store.values import Joined

# Versions joined in one transaction.
BATCH = 400
# Of a version that was joined and has other rows since.
CHANGED = 2
_AT_ONCE = 500
Writing = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class _Waiting:
    id: int
    article: int
    day: int


def unjoined(connection: Connection) -> int:
    """How many versions wait to be joined."""
    waiting = select(func.count()).select_from(versions)
    return int(
        connection.execute(waiting.where(versions.c.joined == 0, versions.c.current == 1)).scalar_one()
    )


def join(
    writing: Writing, vectors: Vectors | None, progress: Callable[[int, int], None] | None, left: int
) -> Joined:
    """See :meth:`quotidian.store.archive.Archive.join`."""
    total = left
    done = Joined(0, 0, 0)
    while True:
        with writing() as connection:
            some = _waiting(connection)
            if not some:
                return done
            made = _join(connection, some, vectors)
        done = Joined(
            done.articles + made.articles, done.statements + made.statements, done.links + made.links
        )
        if progress is not None:
            progress(done.articles, max(total, done.articles))


def rejoin(connection: Connection) -> None:
    """Join those versions again that a person's decision has changed since they were joined."""
    some = _waiting(connection, versions.c.joined == CHANGED)
    if some:
        _join(connection, some, None)


def _waiting(connection: Connection, which: ColumnElement[bool] = versions.c.joined != 1) -> list[_Waiting]:
    query = (
        select(versions.c.id, versions.c.article_id, versions.c.published_day, versions.c.read_at)
        .where(which, versions.c.current == 1)
        .order_by(versions.c.published_day, versions.c.id)
        .limit(BATCH)
    )
    return [
        _Waiting(row.id, row.article_id, day_of(row.published_day, row.read_at))
        for row in connection.execute(query)
    ]


def _join(connection: Connection, some: Sequence[_Waiting], vectors: Vectors | None) -> Joined:
    ids = [one.id for one in some]
    # An article's earlier versions, and what an earlier reading of these said, are forgotten first.
    vectors_before = window.vectors_of(connection, ids)
    touched = forget(connection, _siblings(connection, [one.article for one in some]))
    of = put(connection, ids)
    known = load(connection, [id for made in of.values() for id in made])
    days = {one.id: one.day for one in some}
    texts = copying.sketches_of(connection, ids)
    new = window.put(connection, days, texts, of, known, vectors, vectors_before)
    first, last = min(days.values()), max(days.values())
    near = window.around(connection, first, last, ids)
    found = linking.put(connection, new, near)
    connection.execute(update(versions).where(versions.c.id.in_(ids)).values(joined=1))
    crediting.put(connection, ids)
    copying.join(connection, ids, first, last)
    quoting.join(connection, ids)
    grouping_stories.join(connection, ids, first, last)
    groups.regroup(connection, {*new.ids, *touched})
    return Joined(len(some), len({report.statement for report in known.values()}), found)


def _siblings(connection: Connection, article_ids: Sequence[int]) -> list[int]:
    return list(connection.scalars(select(versions.c.id).where(versions.c.article_id.in_(article_ids))))


def forget(connection: Connection, version_ids: Sequence[int]) -> set[int]:
    """Take out all that tracing knows of some versions; the reports of others that were linked to theirs."""
    touched: set[int] = set()
    for at in range(0, len(version_ids), _AT_ONCE):
        some = version_ids[at : at + _AT_ONCE]
        own = list(connection.scalars(select(reports.c.id).where(reports.c.version_id.in_(some))))
        for start in range(0, len(own), _AT_ONCE):
            part = own[start : start + _AT_ONCE]
            groups.drop(connection, part, touched)
            for row in connection.execute(
                select(links.c.a, links.c.b).where(or_(links.c.a.in_(part), links.c.b.in_(part)))
            ):
                touched.update((row.a, row.b))
            connection.execute(delete(links).where(or_(links.c.a.in_(part), links.c.b.in_(part))))
        touched -= set(own)
        for table in (copies, story_links):
            connection.execute(delete(table).where(or_(table.c.a.in_(some), table.c.b.in_(some))))
        grouping_stories.leave(connection, some)
        for other in (reports, sketches, credits):
            connection.execute(delete(other).where(other.c.version_id.in_(some)))
    return touched


def retired(connection: Connection, version_ids: Iterable[int]) -> None:
    """Versions that are gone or no more current: nothing of them is in an utterance from now on."""
    groups.regroup(connection, forget(connection, list(version_ids)))


def rebuild(connection: Connection) -> None:
    """Forget all: everything waits to be joined again."""
    for table in (
        members, utterances, links, reports, sketches, copies, credits, story_articles, story_links, stories,
    ):  # fmt: skip
        connection.execute(delete(table))
    connection.execute(update(versions).values(joined=0))
