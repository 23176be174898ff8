"""Which articles have text in common, as it is shown, and whether it reaches a statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from quotidian.store.looking import heads_of
from quotidian.store.tables import copies, statements, versions
from quotidian.store.tracing.appearing import since
from quotidian.store.values import CopyOf, Hit
from quotidian.trace.values import Copied
from quotidian.types import Span

_AT_ONCE = 400
# Of what two articles share, so much may be from a third.
_NEARLY_ALL = 0.9


class Copying:
    """The common runs of text between the articles of some statements."""

    def __init__(self, version_of: Mapping[int, int], rows: Sequence[Any]):
        self._version_of = version_of
        self._rows = {(row.a, row.b): row for row in rows}

    def partly(self, earlier: Hit, later: Hit) -> bool:
        """Whether the later article has text of the earlier one at all."""
        return self._row(earlier, later) is not None

    def _row(self, earlier: Hit, later: Hit) -> Any:
        a, b = self._version_of.get(earlier.id), self._version_of.get(later.id)
        return None if a is None or b is None else self._rows.get((min(a, b), max(a, b)))

    def covers(self, earlier: Hit, later: Hit) -> bool:
        """Whether a common run of the two articles reaches what is around both statements' contents.

        Words in quotation marks alone are no copy; a run that holds a part of the sentence besides is.
        """
        row = self._row(earlier, later)
        if row is None:
            return False
        if row.kind in ("exact", "near"):
            return True
        for one in row.runs:
            turned = row.a != self._version_of[earlier.id]
            mine, theirs = (one[2:], one[:2]) if turned else (one[:2], one[2:])
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
    met = sorted({id for row in rows for id in (row.a, row.b)})
    between: dict[tuple[int, int], Any] = {}
    for at in range(0, len(met), _AT_ONCE):
        some = select(copies).where(copies.c.a.in_(met[at : at + _AT_ONCE]))
        between.update({(row.a, row.b): row for row in connection.execute(some) if row.b in met})
    heads = heads_of(connection, set(met))
    order = {id: (since(head.published, head.read_at), id) for id, head in heads.items()}
    found = []
    for row in rows:
        a, b = sorted((row.a, row.b), key=order.__getitem__)
        runs = _runs(row, a)
        shares = (row.share_a, row.share_b) if a == row.a else (row.share_b, row.share_a)
        earlier = (c for c in met if order[c] < order[a])
        through = next((c for c in sorted(earlier, key=order.__getitem__) if _from(between, c, a, b)), None)
        found.append(
            CopyOf(heads[a], heads[b], Copied(row.kind, *shares, runs), heads[through] if through else None)
        )
    return tuple(found)


def _runs(row: Any, first: int) -> tuple[tuple[Span, Span], ...]:
    """The common runs of two versions, those of this one first."""
    runs = ((Span(*run[:2]), Span(*run[2:])) for run in row.runs)
    return tuple(runs) if row.a == first else tuple((other, one) for one, other in runs)


def _from(between: Mapping[tuple[int, int], Any], c: int, a: int, b: int) -> bool:
    """Whether a third version has nearly all that two have in common: they may both have it from there."""
    rows = [between.get((min(x, y), max(x, y))) for x, y in ((a, b), (c, a), (c, b))]
    if any(row is None for row in rows):
        return False
    # As the last of the three has it: what it shares with both.
    mine, theirs = (_covered(_runs(row, b)) for row in (rows[0], rows[2]))
    return len(mine & theirs) >= _NEARLY_ALL * len(mine)


def _covered(runs: Sequence[tuple[Span, Span]]) -> set[int]:
    return {at for run, _ in runs for at in range(run.start, run.end)}
