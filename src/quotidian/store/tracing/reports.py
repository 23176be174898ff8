"""Statements as tracing sees them, from their rows."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select

from quotidian.store import inserted
from quotidian.store.tables import articles, outlets, parts, reports, statements, versions
from quotidian.trace.claims import claims
from quotidian.trace.values import Report, Voice
from quotidian.trace.words import often, stems
from quotidian.types import Passage, Span

_AT_ONCE = 500


def put(connection: Connection, version_ids: Sequence[int]) -> dict[int, list[int]]:
    """Make the rows of the reports of these versions' current statements; their ids by version."""
    connection.execute(delete(reports).where(reports.c.version_id.in_(version_ids)))
    query = (
        select(
            statements.c.id,
            statements.c.key,
            statements.c.version_id,
            statements.c.content_spans,
            versions.c.text,
            versions.c.text_sha256,
            articles.c.own_id,
            outlets.c.name,
        )
        .join(versions, versions.c.id == statements.c.version_id)
        .join(articles, articles.c.id == statements.c.article_id)
        .outerjoin(outlets, outlets.c.id == articles.c.outlet_id)
        .where(statements.c.version_id.in_(version_ids), statements.c.current == 1)
        .order_by(statements.c.version_id, statements.c.ordinal)
    )
    rows = []
    said: dict[int, Mapping[str, int]] = {}
    for row in connection.execute(query):
        if row.version_id not in said:
            said = {row.version_id: stems(row.text)}
        key = _key(row)
        content = Passage.of(row.text, [(start, end) for start, end in row.content_spans])
        rows += [
            {
                "statement_id": row.id,
                "version_id": row.version_id,
                "number": number,
                "key": f"{key}/{number}" if number else key,
                "spans": [list(span) for span in claim.spans],
                "often": [list(one) for one in often(claim.text, said[row.version_id])],
            }
            for number, claim in enumerate(claims(content))
        ]
    found: dict[int, list[int]] = {id: [] for id in version_ids}
    for id, made in zip(inserted.numbers(connection, reports, rows), rows, strict=True):
        found[made["version_id"]].append(id)
    return found


def _key(row: Any) -> str:
    """What names a statement whatever the order of arrival: its article, its text and itself."""
    told = json.dumps([row.own_id, row.name, row.text_sha256, row.key])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def load(connection: Connection, ids: Iterable[int]) -> dict[int, Report]:
    """Reports by their number, as :mod:`quotidian.trace` takes them."""
    wanted = sorted(set(ids))
    found: dict[int, Report] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        found.update(_some(connection, wanted[at : at + _AT_ONCE]))
    return found


def _some(connection: Connection, ids: Sequence[int]) -> dict[int, Report]:
    query = (
        select(
            reports.c.id.label("report"),
            reports.c.number,
            reports.c.key.label("report_key"),
            reports.c.spans,
            reports.c.often,
            statements,
            versions.c.text,
            versions.c.published_day,
            versions.c.read_at,
        )
        .join(statements, statements.c.id == reports.c.statement_id)
        .join(versions, versions.c.id == reports.c.version_id)
        .where(reports.c.id.in_(ids))
    )
    rows = connection.execute(query).all()
    also, maybe, about = (_named(connection, {row.id for row in rows}, p) for p in ("also", "maybe", "about"))
    return {
        row.report: Report(
            key=row.report_key,
            statement=row.report_key.partition("/")[0],
            article=str(row.article_id),
            content=" ".join(row.text[start:end] for start, end in row.spans),
            spans=tuple(Span(start, end) for start, end in row.spans),
            directness=row.directness,
            voice=Voice(
                kind=row.speaker_kind,
                name=row.speaker_name,
                role=row.role,
                organisation=row.organisation,
                maybe=maybe[row.id],
                also=also[row.id],
                source=row.source,
            ),
            about=about[row.id],
            first=_ordinal(row.said_first),
            last=_ordinal(row.said_last),
            printed=day_of(row.published_day, row.read_at),
            depth=row.depth,
            act=row.act,
            negated=bool(row.negated),
            often=tuple((stem, count) for stem, count in row.often),
        )
        for row in rows
    }


def day_of(published_day: str | None, read_at: str) -> int:
    """The day on which a version stands in the archive's calendar: of publication, or else of reading."""
    return date.fromisoformat((published_day or read_at)[:10]).toordinal()


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def _named(connection: Connection, ids: set[int], part: str) -> dict[int, tuple[str, ...]]:
    query = (
        select(parts.c.statement_id, parts.c.name)
        .where(parts.c.statement_id.in_(ids), parts.c.part == part)
        .order_by(parts.c.statement_id, parts.c.ordinal)
    )
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for row in connection.execute(query):
        found[row.statement_id] += (row.name,)
    return found
