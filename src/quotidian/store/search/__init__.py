"""Search over the archive: a query in one line of text → hits, counts, a timeline.

::

    text ─ query.parse ─→ Query ─ matching ─→ rows ─┬─ order    ─→ hits of a page
                                                    └─ counting ─→ facets, timeline

Every connection here is one of ``Database.reading()``: it sees one state of the archive from its
first question on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from sqlalchemy import Connection, select

from quotidian.store import fulltext, looking, tables
from quotidian.store.facts import having
from quotidian.store.search import counting, order
from quotidian.store.search.columns import Columns, columns
from quotidian.store.search.matching import Found, Matches, matches
from quotidian.store.search.order import Sort
from quotidian.store.search.query import Query, Term, Value, parse, to_text
from quotidian.store.values import Edge, EntityHead, Facet, Hit, Quoted, Results
from quotidian.store.words import folded

_AT_ONCE = 200  # hits of a stream that are read by one query
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def results(connection: Connection, query: str, *, sort: Sort, limit: int, offset: int) -> Results:
    """See :meth:`quotidian.store.archive.Archive.search`."""
    parsed, there = parse(query), columns(connection)
    found = matches(connection, parsed, there)
    shown = _page(connection, there, found, sort, max(limit, 0), max(offset, 0))
    return Results(
        query=query,
        total=len(found.rows),
        hits=looking.hits(connection, there.statement[shown].tolist()),
        facets=_facets(connection, counting.counts(there, found.rows)),
        timeline=counting.timeline(there, found.rows),
        notes=parsed.notes,
    )


def every(connection: Connection, query: str, *, sort: Sort) -> Iterator[Hit]:
    """See :meth:`quotidian.store.archive.Archive.every`. The hits are read a few at a time."""
    there = columns(connection)
    found = matches(connection, parse(query), there)
    ordered = there.statement[_page(connection, there, found, sort, len(found.rows), 0)]
    for start in range(0, len(ordered), _AT_ONCE):
        yield from looking.hits(connection, ordered[start : start + _AT_ONCE].tolist())


def statement_ids(connection: Connection, query: str, *, sort: Sort) -> list[int]:
    """The numbers of all statements that a query finds, in order."""
    there = columns(connection)
    found = matches(connection, parse(query), there)
    ordered: list[int] = there.statement[_page(connection, there, found, sort, len(found.rows), 0)].tolist()
    return ordered


def article_ids(connection: Connection, query: str) -> Iterator[int]:
    """See :meth:`quotidian.store.archive.Archive.article_ids`."""
    parsed = parse(query)
    if not parsed.groups:
        yield from connection.scalars(select(tables.articles.c.id).order_by(tables.articles.c.id))
        return
    there = columns(connection)
    yield from np.unique(there.article[matches(connection, parsed, there).rows]).tolist()


def queue(connection: Connection, query: str, *, limit: int, offset: int) -> tuple[Hit, ...]:
    """See :meth:`quotidian.store.archive.Archive.queue`."""
    there = columns(connection)
    rows = matches(connection, parse(query), there).rows
    rows = rows[having({"state": frozenset({"unreviewed"})})[there.profile[rows]]]
    shown = order.page(rows, order.least_sure(there, rows), max(limit, 0), max(offset, 0))
    return looking.hits(connection, there.statement[shown].tolist())


def edges(connection: Connection, query: str, *, entity: int | None, limit: int) -> tuple[Edge, ...]:
    """See :meth:`quotidian.store.archive.Archive.edges`: the heaviest first, nobody about themselves."""
    there = columns(connection)
    chosen = np.zeros(len(there), dtype=bool)
    chosen[matches(connection, parse(query), there).rows] = True
    by, whom = _spoken(there, chosen)
    kept = (by != 0) & (by != whom)
    if entity is not None:
        kept &= (by == entity) | (whom == entity)
    pair, count = np.unique((by[kept].astype(np.int64) << 32) | whom[kept], return_counts=True)
    heaviest = np.argsort(-count, kind="stable")[: max(limit, 0)]
    counted = [(int(pair[n] >> 32), int(pair[n] & 0xFFFFFFFF), int(count[n])) for n in heaviest]
    heads = _heads(connection, {id for one, other, _ in counted for id in (one, other)})
    return tuple(
        Edge(heads[one], heads[other], times)
        for one, other, times in counted
        if one in heads and other in heads
    )


# --- figures of the whole archive ------------------------------------------------------------


def shown(connection: Connection) -> int:
    """How many statements there are that search shows."""
    return len(columns(connection))


def by_outlet(connection: Connection, part: str) -> Mapping[int, Mapping[str | bool | int, int]]:
    """By outlet: its statements counted by "act", "kind" or another part of the profile, most first."""
    return counting.by_outlet(columns(connection), part)


def quoted(connection: Connection, outlet: int, limit: int) -> tuple[Quoted, ...]:
    """Whom an outlet quotes most."""
    counted = counting.quoted(columns(connection), outlet, limit)
    heads = _heads(connection, [id for id, _ in counted])
    return tuple(Quoted(id, heads[id].name, count) for id, count in counted if id in heads)


# --- who speaks about whom -------------------------------------------------------------------


def _spoken(
    there: Columns, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[np.ndarray, np.ndarray]:
    """Who speaks about whom, each once for each statement."""
    at = chosen[there.about.row]
    row, whom = there.about.row[at], there.about.entity[at]
    by = there.speaker[row]
    also = np.flatnonzero(chosen[there.also.row])
    if not len(also):
        return by, whom
    # The few who speak too: each beside all that their statement is about.
    first = np.searchsorted(row, there.also.row[also], side="left")
    times = np.searchsorted(row, there.also.row[also], side="right") - first
    places = np.concatenate([np.arange(a, a + n) for a, n in zip(first, times, strict=True)])
    more = np.repeat(there.also.entity[also], times)
    return np.concatenate([by, more]), np.concatenate([whom, whom[places.astype(np.intp)]])


def _page(
    connection: Connection, there: Columns, found: Matches, sort: Sort, limit: int, offset: int
) -> Found:
    if sort == "relevance" and found.asked:
        ids, scores = fulltext.scores(connection, found.asked)
        at = there.rows(ids)
        by_row = np.zeros(len(there))
        by_row[at] = scores[np.isin(ids, there.statement[at])]
        return order.ranked(there, found.rows, by_row[found.rows])[offset : offset + limit]
    return order.page(found.rows, order.keys(there, found.rows, sort), limit, offset)


# --- facets ----------------------------------------------------------------------------------


def _facets(connection: Connection, counted: counting.Counts) -> Mapping[str, tuple[Facet, ...]]:
    names = _heads(connection, {id for some in (counted.speakers, counted.about) for id, _ in some})

    def people(field: str, some: counting.Counted) -> tuple[Facet, ...]:
        return tuple(Facet(str(id), names[id].name, n, f"{field}:#{id}") for id, n in some if id in names)

    def of_profile(part: str) -> tuple[Facet, ...]:
        by_count = sorted(counted.profile[part].items(), key=lambda item: -item[1])
        return tuple(Facet(str(value), str(value), n, f"{part}:{value}") for value, n in by_count)

    return {
        "speaker": people("speaker", counted.speakers),
        "about": people("about", counted.about),
        "outlet": _outlets(connection, counted.outlets),
        **{part: of_profile(part) for part in ("act", "kind", "directness", "stance", "state")},
        "day": tuple(Facet(day, _month_or_year(day), n, f"day:{day}") for day, n in counted.days),
    }


def _outlets(connection: Connection, counted: counting.Counted) -> tuple[Facet, ...]:
    o = tables.outlets.c
    names = dict(connection.execute(select(o.id, o.name)).all())
    called = Counter(map(folded, names.values()))

    def term(id: int) -> str:
        alone = called[folded(names[id])] == 1 and folded(names[id])
        return to_text(Query(((Term("outlet", (Value(names[id] if alone else f"#{id}"),)),),)))

    return tuple(Facet(str(id), names[id], n, term(id)) for id, n in counted if id in names)


def _month_or_year(day: str) -> str:
    year, _, month = day.partition("-")
    return f"{_MONTHS[int(month) - 1]} {year}" if month else year


def _heads(connection: Connection, ids: Iterable[int]) -> dict[int, EntityHead]:
    e = tables.entities.c
    asked = select(e.id, e.type, e.name, e.state, e.merged_into, e.statements).where(e.id.in_(sorted(ids)))
    return {row.id: EntityHead(*row) for row in connection.execute(asked)}
