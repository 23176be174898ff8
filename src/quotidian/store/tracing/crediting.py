"""From whom articles say that they have something, kept by statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from quotidian.store import log
from quotidian.store.records import column_or_none, unpacked
from quotidian.store.reviewed import reviewed
from quotidian.store.tables import credits, statements, versions
from quotidian.trace.credits import credits as found_in
from quotidian.trace.credits import hands

# Credits of the archive's own making: how many hands a statement went through.
HANDS = "hands"


def put(connection: Connection, version_ids: Sequence[int]) -> None:
    """Keep the credits of these versions."""
    rows: list[dict[str, Any]] = []
    for version in connection.execute(select(versions).where(versions.c.id.in_(version_ids))):
        decided = log.decisions(connection, version.article_id, version.number)
        article = reviewed(unpacked(version.record), decided).article
        found = found_in(article)
        counted = {key: number for key, number in hands(article, found).items() if number}
        if not found and not counted:
            continue
        there = select(statements.c.key, statements.c.id).where(
            statements.c.version_id == version.id, statements.c.current == 1
        )
        ids = {row.key: row.id for row in connection.execute(there)}
        rows += [
            {
                "version_id": version.id,
                "statement_id": ids.get(credit.attribution or ""),
                "kind": credit.kind,
                "name": column_or_none(credit.name),
                "spans": [list(span) for span in credit.passage.spans] if credit.passage else None,
                "why": credit.why,
            }
            for credit in found
            if credit.attribution is None or credit.attribution in ids
        ]
        rows += [
            {
                "version_id": version.id,
                "statement_id": ids[key],
                "kind": HANDS,
                "name": str(number),
                "spans": None,
                "why": "",
            }
            for key, number in counted.items()
            if key in ids
        ]
    if rows:
        connection.execute(insert(credits), rows)
