"""Articles that have text in common, among those of the days around."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from quotidian.store.tables import copies, sketches, statements, versions
from quotidian.trace.copies import candidates, copied, signature
from quotidian.trace.stories import features
from quotidian.trace.values import Copied

# Days of publication within which an article may be a copy of another.
DAYS = 14
# A text, and where something is quoted in it.
_Text = tuple[str, tuple[tuple[int, int], ...]]


def sketches_of(connection: Connection, version_ids: Sequence[int]) -> dict[int, tuple[bytes, bytes]]:
    """Signature and features of the text of some versions."""
    query = select(versions.c.id, versions.c.title, versions.c.text).where(versions.c.id.in_(version_ids))
    return {row.id: (signature(row.text), features(row.title, row.text)) for row in connection.execute(query)}


def join(connection: Connection, version_ids: Sequence[int], first: int, last: int) -> None:
    """Keep which of these versions have text in common with which others."""
    query = select(sketches.c.version_id, sketches.c.day, sketches.c.signature).where(
        sketches.c.day.between(first - DAYS, last + DAYS)
    )
    rows = connection.execute(query).all()
    new = set(version_ids)
    mine = [row for row in rows if row.version_id in new]
    pairs = {
        (min(a, b), max(a, b))
        for i, j in candidates([row.signature for row in mine], [row.signature for row in rows])
        # A batch may be of days far apart: what is found must not depend on which came together.
        if (a := mine[i].version_id) != (b := rows[j].version_id) and abs(mine[i].day - rows[j].day) <= DAYS
    }
    texts = _texts(connection, {id for pair in pairs for id in pair})
    # What many outlets print as it came is compared once.
    compared: dict[tuple[_Text, _Text], Copied] = {}
    found: list[dict[str, Any]] = []
    for a, b in sorted(pairs):
        both = texts[a], texts[b]
        if both not in compared:
            (text_a, quoted_a), (text_b, quoted_b) = both
            compared[both] = copied(text_a, text_b, quoted_a=quoted_a, quoted_b=quoted_b)
        same = compared[both]
        if same.kind != "independent":
            found.append(
                {
                    "a": a,
                    "b": b,
                    "kind": same.kind,
                    "share_a": same.share_a,
                    "share_b": same.share_b,
                    "runs": [[*one, *other] for one, other in same.runs],
                }
            )
    if found:
        connection.execute(insert(copies), found)


def _texts(connection: Connection, ids: set[int]) -> dict[int, _Text]:
    """Texts, and where something is quoted in them."""
    texts: dict[int, str] = {}
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    wanted = sorted(ids)
    for at in range(0, len(wanted), 400):
        some = wanted[at : at + 400]
        for row in connection.execute(select(versions.c.id, versions.c.text).where(versions.c.id.in_(some))):
            texts[row.id] = row.text
        quoted = select(statements.c.version_id, statements.c.content_spans).where(
            statements.c.version_id.in_(some),
            statements.c.directness != "indirect",
            statements.c.current == 1,
        )
        for row in connection.execute(quoted):
            spans[row.version_id].extend((start, end) for start, end in row.content_spans)
    return {id: (text, tuple(sorted(spans[id]))) for id, text in texts.items()}
