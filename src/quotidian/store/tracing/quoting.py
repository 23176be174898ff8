"""Articles that have their quotations from another, found by the links between their statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, insert, or_, select

from quotidian.store.tables import copies, links, reports, statements, versions
from quotidian.trace.quoted import MOUTHS, Quoted, quoted_alike
from quotidian.types import Span

_AT_ONCE = 400


def join(connection: Connection, version_ids: Sequence[int]) -> None:
    """Keep which of these versions have their quotations in common with others, besides copies."""
    pairs = _pairs(connection, version_ids)
    for at in range(0, len(pairs), _AT_ONCE):
        some = pairs[at : at + _AT_ONCE]
        met = sorted({id for pair in some for id in pair})
        there = select(copies.c.a, copies.c.b).where(copies.c.a.in_(met), copies.c.b.in_(met))
        known = {(row.a, row.b) for row in connection.execute(there)}
        some = [pair for pair in some if pair not in known]
        met = sorted({id for pair in some for id in pair})
        wanted = select(versions.c.id, versions.c.text).where(versions.c.id.in_(met))
        texts = {row.id: row.text for row in connection.execute(wanted)}
        quoted = _quoted(connection, met)
        rows = []
        for a, b in some:
            found = quoted_alike(texts[a], texts[b], quoted[a], quoted[b])
            if found.kind != "independent":
                rows.append(
                    {
                        "a": a,
                        "b": b,
                        "kind": found.kind,
                        "share_a": found.share_a,
                        "share_b": found.share_b,
                        "runs": [[*one, *other] for one, other in found.runs],
                    }
                )
        if rows:
            connection.execute(insert(copies), rows)


def _pairs(connection: Connection, version_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Versions that as many links of quotations hold together as there must be speakers."""
    one, other = reports.alias(), reports.alias()
    counted: Counter[tuple[int, int]] = Counter()
    seen: set[tuple[int, int]] = set()
    for at in range(0, len(version_ids), _AT_ONCE):
        own = version_ids[at : at + _AT_ONCE]
        query = (
            select(links.c.a, links.c.b, one.c.version_id, other.c.version_id.label("other"))
            .join(one, one.c.id == links.c.a)
            .join(other, other.c.id == links.c.b)
            .where(links.c.rule == "quotation")
            .where(or_(one.c.version_id.in_(own), other.c.version_id.in_(own)))
        )
        for row in connection.execute(query):
            if (row.a, row.b) not in seen:
                seen.add((row.a, row.b))
                counted[min(row.version_id, row.other), max(row.version_id, row.other)] += 1
    return sorted(pair for pair, count in counted.items() if count >= MOUTHS and pair[0] != pair[1])


def _quoted(connection: Connection, version_ids: Sequence[int]) -> dict[int, list[Quoted]]:
    query = (
        select(
            statements.c.version_id,
            statements.c.speaker_name,
            statements.c.source,
            statements.c.content_spans,
        )
        .where(
            statements.c.version_id.in_(version_ids),
            statements.c.directness != "indirect",
            statements.c.current == 1,
        )
        .order_by(statements.c.version_id, statements.c.ordinal)
    )
    found: dict[int, list[Quoted]] = defaultdict(list)
    for row in connection.execute(query):
        spans = tuple(Span(start, end) for start, end in row.content_spans)
        found[row.version_id].append(Quoted(row.speaker_name or row.source or "", spans))
    return found
