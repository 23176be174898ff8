"""What people decide: kept for good, done at once, and undone by one more decision.

``reviews`` is a log that only grows. What it says now follows from it: a review counts unless an undo
that counts takes it back. Statements are made again from the reading and the reviews that count;
merges and splits change which entity a base entity is now.
"""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from sqlalchemy import Connection, select

from quotidian.errors import NotInArchive, ReviewRefused
from quotidian.store import correcting, merging
from quotidian.store.log import OF_ENTITIES, OF_STATEMENTS, keep, undone
from quotidian.store.records import number
from quotidian.store.tables import entities
from quotidian.store.tables import reviews as log
from quotidian.store.tracing import groups, judging
from quotidian.store.values import Review, ReviewKind


def review(connection: Connection, given: Review, at: datetime) -> Review:
    """See :meth:`quotidian.store.archive.Archive.review`."""
    if not given.by.strip():
        raise ReviewRefused("say who decides: a review needs a name")
    if given.kind == "undo":
        return _undo(connection, given, at)
    if given.kind in OF_STATEMENTS:
        return correcting.decide(connection, given, at)
    if given.kind in judging.KINDS:
        kept = judging.decide(connection, given, at)
        groups.regroup(connection, judging.touched(connection, kept))
        return kept
    if given.kind in OF_ENTITIES:
        return merging.DO[given.kind](connection, given, at)
    raise ReviewRefused(f"“{given.kind}” is no kind of review; there are {', '.join(get_args(ReviewKind))}")


def _undo(connection: Connection, given: Review, at: datetime) -> Review:
    row = connection.execute(select(log).where(log.c.id == number(given.undoes))).first()
    if row is None:
        raise NotInArchive(f"there is no review {given.undoes} in the archive")
    if row.id in undone(connection, [row.id]):
        raise ReviewRefused(f"review {row.id} is undone already")
    if row.kind == "undo":
        raise ReviewRefused("to undo an undoing, decide anew")
    concerned = {row.entity_id, row.payload.get("into"), row.payload.get("new")} - {None}
    there = set(connection.scalars(select(entities.c.id).where(entities.c.id.in_(concerned))))
    if row.payload.get("erased") or concerned - there:
        raise ReviewRefused(f"review {row.id} is of what was deleted with its article")
    merging.refuse_out_of_order(connection, row)
    kept = keep(
        connection, given, at, {}, article=row.article_id, statement=row.statement_id, entity=row.entity_id
    )
    if row.kind in OF_STATEMENTS:
        correcting.undo(connection, row)
    elif row.kind in judging.KINDS:
        groups.regroup(connection, judging.touched(connection, row))
    else:
        merging.UNDO[row.kind](connection, row)
    return kept
