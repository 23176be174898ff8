"""What people said of two statements: one act of saying, or two. Kept as reviews, like all they decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from quotidian.errors import NotInArchive, ReviewRefused
from quotidian.store.log import keep, undone
from quotidian.store.records import number
from quotidian.store.tables import reports, statements, versions
from quotidian.store.tables import reviews as log
from quotidian.store.values import Review
from quotidian.trace.values import Report

_AT_ONCE = 500
KINDS = ("same_utterance", "other_utterance")


def decide(connection: Connection, given: Review, at: datetime) -> Review:
    """Keep what a person says of two statements; what follows of it is made by the caller."""
    other = given.payload.get("other")
    if not isinstance(other, int) or isinstance(other, bool):
        raise ReviewRefused('say of which other statement: payload {"other": its number}')
    one, two = (_standing(connection, id) for id in (given.statement, other))
    if one.id == two.id:
        raise ReviewRefused("a statement is one with itself: name two")
    if one.article_id == two.article_id and given.kind == "same_utterance":
        raise ReviewRefused("both stand in one article: an utterance is traced from article to article")
    payload = {
        "other": two.id,
        "of": [
            {"article": row.article_id, "content": row.content, "spans": row.content_spans}
            for row in (one, two)
        ],
    }
    return keep(connection, given, at, payload, article=one.article_id, statement=one.id)


def _standing(connection: Connection, id: int | None) -> Row[Any]:
    row = connection.execute(select(statements).where(statements.c.id == number(id))).first()
    if row is None:
        raise NotInArchive(f"there is no statement {id} in the archive")
    if not row.current:
        raise ReviewRefused(
            f"statement {id} is of an earlier reading, or rejected: look at its article again"
        )
    return row


def touched(connection: Connection, row: Row[Any] | Review) -> list[int]:
    """The reports that a decision is about."""
    one = row.statement_id if isinstance(row, Row) else row.statement
    pair = [id for id in (one, row.payload.get("other")) if isinstance(id, int)]
    now = [_now(connection, id) for id in pair]
    query = select(reports.c.id).where(reports.c.statement_id.in_([id for id in now if id is not None]))
    return list(connection.scalars(query))


def beside(
    connection: Connection, report_ids: Sequence[int], decided: Sequence[tuple[int, int, str]]
) -> set[int]:
    """Reports of statements of which a person said something together with those of these reports."""
    if not decided:
        return set()
    of = select(reports.c.statement_id).where(reports.c.id.in_(report_ids))
    mine = set(connection.scalars(of))
    theirs: set[int] = set()
    for one, two, _ in decided:
        if one in mine:
            theirs.add(two)
        if two in mine:
            theirs.add(one)
    if not theirs:
        return set()
    return set(connection.scalars(select(reports.c.id).where(reports.c.statement_id.in_(theirs))))


def said(
    connection: Connection, known: Mapping[int, Report], decided: Sequence[tuple[int, int, str]]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Pairs of keys of reports that people said are one, and those they said are two."""
    if not decided:
        return [], []
    rows = connection.execute(
        select(reports.c.id, reports.c.statement_id).where(
            reports.c.statement_id.in_({id for one, two, _ in decided for id in (one, two)})
        )
    ).all()
    of: dict[int, list[str]] = {}
    for row in sorted(rows):
        if row.id in known:
            of.setdefault(row.statement_id, []).append(known[row.id].key)
    same, other = [], []
    for one, two, kind in decided:
        a, b = of.get(one, []), of.get(two, [])
        if kind == "same_utterance" and a and b:
            # A person says it of the statements: of their sentences, those that stand first stand for them.
            same.append((a[0], b[0]))
        elif kind == "other_utterance":
            other += [(x, y) for x in a for y in b]
    return same, other


def decisions(connection: Connection) -> list[tuple[int, int, str]]:
    """Two statements as they are now, and what was said of them last."""
    return [(one, two, kind) for (one, two), (kind, _) in by_whom(connection).items()]


def by_whom(connection: Connection) -> dict[tuple[int, int], tuple[str, str]]:
    """For two statements as they are now, the smaller number first: what was said last, and by whom."""
    rows = connection.execute(select(log).where(log.c.kind.in_(KINDS)).order_by(log.c.id)).all()
    gone = undone(connection, [row.id for row in rows])
    rows = [row for row in rows if row.id not in gone and not row.payload.get("erased")]
    now = _standing_now(connection, {id for row in rows for id in (row.statement_id, row.payload["other"])})
    last: dict[tuple[int, int], tuple[str, str]] = {}
    for row in rows:
        one, two = now.get(row.statement_id), now.get(row.payload["other"])
        if one is not None and two is not None:
            last[(min(one, two), max(one, two))] = (row.kind, row.by)
    return last


def _standing_now(connection: Connection, ids: set[int]) -> dict[int, int | None]:
    """See :func:`_now`, of many."""
    found: dict[int, int | None] = {}
    wanted = sorted(ids)
    for at in range(0, len(wanted), _AT_ONCE):
        query = select(statements.c.id).where(
            statements.c.id.in_(wanted[at : at + _AT_ONCE]), statements.c.current == 1
        )
        found.update({id: id for id in connection.scalars(query)})
    return found | {id: _now(connection, id) for id in wanted if id not in found}


def _now(connection: Connection, id: int) -> int | None:
    """The statement itself, or the one of its article that has its words now, as a newer model reads it."""
    row = connection.execute(select(statements).where(statements.c.id == id)).first()
    if row is None or row.current:
        return row.id if row else None
    query = (
        select(statements.c.id, statements.c.version_id, statements.c.content, statements.c.content_spans)
        .where(statements.c.article_id == row.article_id, statements.c.current == 1)
        .order_by(statements.c.depth, statements.c.ordinal)
    )
    for one in connection.execute(query):
        if one.version_id == row.version_id:
            same = _overlap(one.content_spans, row.content_spans)
        else:
            same = _holds(one.content, row.content)
        if same:
            return int(one.id)
    return None


def _holds(one: str, other: str) -> bool:
    """Whether one text is half of the other or more, as another version of a page may be cut elsewhere."""
    shorter, longer = sorted((one, other), key=len)
    return shorter in longer and 2 * len(shorter) >= len(longer) > 0


def _overlap(a: Iterable[Sequence[int]], b: Iterable[Sequence[int]]) -> bool:
    mine = sum(end - start for start, end in a)
    shared = sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
    return 2 * shared >= mine > 0


def wait(connection: Connection, version_ids: Iterable[int]) -> None:
    """These versions are to be joined again."""
    connection.execute(update(versions).where(versions.c.id.in_(list(version_ids))).values(joined=0))
