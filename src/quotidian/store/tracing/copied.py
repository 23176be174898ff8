"""Which articles have text in common, as it is shown, and whether it reaches a statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from quotidian.store.looking import heads_of
from quotidian.store.tables import copies, statements, versions
from quotidian.store.values import CopyOf, Hit
from quotidian.trace.values import Copied
from quotidian.types import Span

_AT_ONCE = 400


class Copying:
    """The common runs of text between the articles of some statements."""

    def __init__(self, version_of: Mapping[int, int], rows: Sequence[Any]):
        self._version_of = version_of
        self._rows = {(row.a, row.b): row for row in rows}

    def covers(self, earlier: Hit, later: Hit) -> bool:
        """Whether a common run of the two articles reaches what is around both statements' contents.

        Words in quotation marks alone are no copy; a run that holds a part of the sentence besides is.
        """
        a, b = self._version_of.get(earlier.id), self._version_of.get(later.id)
        if a is None or b is None or a == b:
            return False
        row = self._rows.get((min(a, b), max(a, b)))
        if row is None:
            return False
        if row.kind in ("exact", "near"):
            return True
        for one in row.runs:
            mine, theirs = (one[:2], one[2:]) if a < b else (one[2:], one[:2])
            if _touches(mine, earlier) and _touches(theirs, later):
                return True
        return False


def _touches(run: Sequence[int], hit: Hit) -> bool:
    return any(run[0] < end and start < run[1] for start, end in hit.content.spans)


def copying_of(connection: Connection, shown: Mapping[int, Hit]) -> Copying:
    """The runs between the articles of these statements."""
    version_of: dict[int, int] = {}
    ids = sorted(shown)
    for at in range(0, len(ids), _AT_ONCE):
        query = select(statements.c.id, statements.c.version_id).where(
            statements.c.id.in_(ids[at : at + _AT_ONCE])
        )
        version_of.update({row.id: row.version_id for row in connection.execute(query)})
    wanted = sorted(set(version_of.values()))
    rows: list[Any] = []
    for at in range(0, len(wanted), _AT_ONCE):
        rows += connection.execute(select(copies).where(copies.c.a.in_(wanted[at : at + _AT_ONCE]))).all()
    return Copying(version_of, rows)


def copies_of(connection: Connection, article: int) -> tuple[CopyOf, ...]:
    """See :meth:`quotidian.store.archive.Archive.copies`."""
    own = select(versions.c.id).where(versions.c.article_id == article, versions.c.current == 1)
    rows = connection.execute(
        select(copies).where(or_(copies.c.a.in_(own), copies.c.b.in_(own))).order_by(copies.c.a, copies.c.b)
    ).all()
    heads = heads_of(connection, {id for row in rows for id in (row.a, row.b)})
    found = []
    for row in rows:
        runs = tuple((Span(*run[:2]), Span(*run[2:])) for run in row.runs)
        copied = Copied(row.kind, row.share_a, row.share_b, runs)
        a, b = heads[row.a], heads[row.b]
        if (b.published or b.read_at) < (a.published or a.read_at):
            turned = tuple((other, one) for one, other in runs)
            a, b, copied = b, a, Copied(row.kind, row.share_b, row.share_a, turned)
        found.append(CopyOf(a, b, copied))
    return tuple(found)
