"""The sketches of some days: where candidates are looked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Select, delete, insert, select

from quotidian.store.tables import reports, sketches, versions
from quotidian.store.tracing.reports import load
from quotidian.trace.sketches import QUOTED_DAYS, Window, packed, sketch
from quotidian.trace.values import Report

Vectors = Callable[[Sequence[str]], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Reports (their numbers) with their sketches, in one order."""

    ids: Sequence[int]
    window: Window

    def places(self) -> dict[int, int]:
        """Where each report is in the window."""
        return {id: i for i, id in enumerate(self.ids)}


def put(
    connection: Connection,
    days: Mapping[int, int],
    texts: Mapping[int, tuple[bytes, bytes]],
    of: Mapping[int, Sequence[int]],
    known: Mapping[int, Report],
    vectors: Vectors | None,
    before: Mapping[str, npt.NDArray[np.float32]],
) -> Near:
    """Make and keep the sketches of new reports.

    Args:
        connection: where.
        days: the day of each version.
        texts: signature and features of each version's text.
        of: the reports of each version, in order.
        known: these reports.
        vectors: see :meth:`quotidian.store.archive.Archive.join`.
        before: vectors that were kept of these versions, by content: they stay where there are no new ones.
    """
    ids = [id for some in of.values() for id in some]
    contents = list(dict.fromkeys(known[id].content for id in ids))
    made = vectors(contents) if vectors and contents else None
    at = {content: i for i, content in enumerate(contents)}
    drawn = {
        id: sketch(known[id], before.get(known[id].content) if made is None else made[at[known[id].content]])
        for id in ids
    }
    connection.execute(delete(sketches).where(sketches.c.version_id.in_(list(of))))
    rows = [
        {
            "version_id": version,
            "day": days[version],
            "reports": packed([drawn[id] for id in some]),
            "signature": texts[version][0],
            "features": texts[version][1],
        }
        for version, some in of.items()
    ]
    if rows:
        connection.execute(insert(sketches), rows)
    return Near(ids, Window([drawn[id] for id in ids]))


def around(connection: Connection, first: int, last: int, without: Sequence[int]) -> Near:
    """The reports of the days from which candidates may come, those of some versions left out."""
    query = select(sketches.c.version_id, sketches.c.reports, versions.c.article_id).join(
        versions, versions.c.id == sketches.c.version_id
    )
    return _near(
        connection, query.where(sketches.c.day.between(first - QUOTED_DAYS, last + QUOTED_DAYS)), set(without)
    )


def of_versions(connection: Connection, version_ids: Sequence[int]) -> Near:
    """The reports of some versions."""
    query = select(sketches.c.version_id, sketches.c.reports, versions.c.article_id).join(
        versions, versions.c.id == sketches.c.version_id
    )
    return _near(connection, query.where(sketches.c.version_id.in_(version_ids)), set())


def vectors_of(connection: Connection, version_ids: Sequence[int]) -> dict[str, npt.NDArray[np.float32]]:
    """The vectors that are kept of the reports of some versions, by their contents."""
    near = of_versions(connection, version_ids)
    drawn = {id: vector for id, i in near.places().items() if (vector := near.window.vector(i)) is not None}
    return {report.content: drawn[id] for id, report in load(connection, drawn).items()}


def _near(connection: Connection, query: Select[Any], without: set[int]) -> Near:
    rows = [row for row in connection.execute(query) if row.version_id not in without]
    numbers = _reports_of(connection, [row.version_id for row in rows])
    ids = [id for row in rows for id in numbers.get(row.version_id, ())]
    return Near(ids, Window.unpacked([(row.reports, str(row.article_id)) for row in rows]))


def _reports_of(connection: Connection, version_ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for at in range(0, len(version_ids), 500):
        query = (
            select(reports.c.version_id, reports.c.id)
            .where(reports.c.version_id.in_(version_ids[at : at + 500]))
            .order_by(reports.c.id)
        )
        for row in connection.execute(query):
            found.setdefault(row.version_id, []).append(row.id)
    return found
