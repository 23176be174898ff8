"""Links → utterances, for every group of linked reports that has changed."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select

from quotidian.store.tables import links, members, reports, utterances
from quotidian.store.tracing import judging
from quotidian.store.tracing.appearing import appearances_of, order_of
from quotidian.store.tracing.linking import Linked
from quotidian.store.tracing.reports import load
from quotidian.store.tracing.window import of_versions
from quotidian.trace.alignment import aligned
from quotidian.trace.reports import unkeyed
from quotidian.trace.sketches import Window
from quotidian.trace.utterances import components, grouped, of_statements
from quotidian.trace.values import Change, Link, Report
from quotidian.types import Directness

_AT_ONCE = 400
# The reasons are long and for people alone.
_OF_A_LINK = (links.c.a, links.c.b, links.c.rule, links.c.score, links.c.change, links.c.conflict)


def regroup(connection: Connection, touched: Iterable[int]) -> None:
    """Make the utterances anew of these reports and of all that are linked to them, however far."""
    decided = judging.decisions(connection)
    ids = reached(connection, touched, decided)
    known = load(connection, ids)
    id_of = {report.key: id for id, report in known.items()}
    same, other = judging.said(connection, known, decided)
    similar, linked = _Similar(connection, id_of), Linked(known)

    def compared(a: str, b: str) -> Link | None:
        return linked(id_of[a], id_of[b], similar(a, b))

    like = _alike(known, {key for pair in (*same, *other) for key in pair}, compared)
    first_of = {key: first for first, keys in like.items() for key in keys}
    found: dict[tuple[str, str], Link] = {}
    for row in among(connection, ids, [id_of[first] for first in like]):
        a, b = sorted((first_of[known[row.a].key], first_of[known[row.b].key]))
        if a != b:
            found[a, b] = Link(a, b, row.rule, row.score, row.change, row.conflict)
    within: dict[str, list[Link]] = defaultdict(list)
    for one in found.values():
        within[one.a].append(one)
    # Weak links and conflicts keep reports apart; they do not bring them together.
    holding = [one for one in found.values() if one.joins]
    holding += [Link(a, b, "review", 1.0, "none") for a, b in same]
    groups: list[frozenset[str]] = []
    for keys, _ in components(like, holding):
        if len(keys) == 1:
            groups.append(keys)
            continue
        groups += grouped(
            keys,
            [one for key in keys for one in within[key] if one.b in keys],
            [pair for pair in same if pair[0] in keys],
            [pair for pair in other if pair[0] in keys and pair[1] in keys],
            compared,
        )
    whole = [frozenset(key for first in group for key in like[first]) for group in groups]
    whole = [group for group in whole if len({known[id_of[key]].article for key in group}) > 1]
    put(connection, ids, of_statements(whole, {r.key: r.statement for r in known.values()}), known, id_of)


def _alike(
    known: Mapping[int, Report], judged: set[str], compare: Callable[[str, str], Link | None]
) -> dict[str, list[str]]:
    """Reports that have the same links and are one utterance, by the first key: in them all are as one.

    Those that people judged stand alone; so do words that are too few to tell anything.
    """
    said: dict[Report, list[str]] = defaultdict(list)
    for report in known.values():
        said[report if report.key in judged else unkeyed(report)].append(report.key)
    found: dict[str, list[str]] = {}
    for keys in map(sorted, said.values()):
        joined = compare(keys[0], keys[1]) if len(keys) > 1 else None
        if joined is not None and joined.joins:
            found[keys[0]] = keys
        else:
            found.update({key: [key] for key in keys})
    return found


def reached(
    connection: Connection, start: Iterable[int], decided: Sequence[tuple[int, int, str]]
) -> set[int]:
    """Reports that links, or people's words, join with some reports; those themselves too."""
    found = set(start)
    edge = set(found)
    while edge:
        new: set[int] = set()
        todo = sorted(edge)
        for at in range(0, len(todo), _AT_ONCE):
            some = todo[at : at + _AT_ONCE]
            for mine, theirs in ((links.c.a, links.c.b), (links.c.b, links.c.a)):
                query = select(theirs).where(mine.in_(some), links.c.score >= 0.5, links.c.conflict.is_(None))
                new.update(connection.scalars(query.distinct()))
            new.update(judging.beside(connection, some, decided))
        edge = new - found
        found |= edge
    return found


class _Similar:
    """Cosines of the vectors that are kept in the sketches of some reports; read when first asked for."""

    def __init__(self, connection: Connection, id_of: Mapping[str, int]):
        self._connection = connection
        self._id_of = id_of
        self._window: Window | None = None
        self._at: Mapping[int, int] = {}

    def __call__(self, a: str, b: str) -> float | None:
        if self._window is None:
            ids = sorted(self._id_of.values())
            versions: set[int] = set()
            for at in range(0, len(ids), _AT_ONCE):
                query = select(reports.c.version_id).where(reports.c.id.in_(ids[at : at + _AT_ONCE]))
                versions.update(self._connection.scalars(query))
            near = of_versions(self._connection, sorted(versions))
            self._window, self._at = near.window, near.places()
        i, j = self._at.get(self._id_of[a]), self._at.get(self._id_of[b])
        return None if i is None or j is None else self._window.similarity(self._window, i, j)


def among(connection: Connection, ids: set[int], some: Iterable[int]) -> list[Any]:
    """The links within ``ids`` that have one of ``some`` at an end."""
    wanted = sorted(some)
    found = []
    for at in range(0, len(wanted), _AT_ONCE):
        part = wanted[at : at + _AT_ONCE]
        query = select(*_OF_A_LINK).where(or_(links.c.a.in_(part), links.c.b.in_(part)))
        found += [row for row in connection.execute(query) if row.a in ids and row.b in ids]
    return found


def put(
    connection: Connection,
    ids: set[int],
    groups: Sequence[frozenset[str]],
    known: Mapping[int, Report],
    id_of: Mapping[str, int],
) -> None:
    """Utterances in the place of those that had any of these reports; of one statement there is no row."""
    drop(connection, ids)
    of_statement: dict[int, int] = {}
    wanted = sorted(ids)
    for at in range(0, len(wanted), _AT_ONCE):
        query = select(reports.c.id, reports.c.statement_id).where(
            reports.c.id.in_(wanted[at : at + _AT_ONCE])
        )
        of_statement.update({row.id: row.statement_id for row in connection.execute(query)})
    kept = [group for group in groups if len({of_statement[id_of[key]] for key in group}) > 1]
    shown = appearances_of(connection, {of_statement[id_of[key]] for group in kept for key in group})
    rows, inside = [], []
    often = Counter(key for group in kept for key in group)
    for group in kept:
        name = _name(group, often)
        by_statement: dict[int, list[Report]] = defaultdict(list)
        for key in sorted(group):
            by_statement[of_statement[id_of[key]]].append(known[id_of[key]])
        order = sorted(by_statement, key=lambda id: order_of(shown[id]))
        rows.append(_row(name, order, by_statement, shown))
        inside += [{"utterance_id": name, "report_id": id_of[key]} for key in group]
    if rows:
        connection.execute(insert(utterances), rows)
        connection.execute(insert(members), inside)


def _name(group: frozenset[str], often: Mapping[str, int]) -> str:
    """The least key that no other utterance has; if all are shared, a name made of all."""
    own = [key for key in group if often[key] == 1]
    return min(own) if own else hashlib.sha256(" ".join(sorted(group)).encode()).hexdigest()[:16]


def drop(connection: Connection, ids: Iterable[int], touched: set[int] | None = None) -> None:
    """Take out the utterances that have any of these reports; all of theirs are added to ``touched``."""
    wanted = sorted(ids)
    gone: set[str] = set()
    for at in range(0, len(wanted), _AT_ONCE):
        query = select(members.c.utterance_id).where(members.c.report_id.in_(wanted[at : at + _AT_ONCE]))
        gone.update(connection.scalars(query))
    names = sorted(gone)
    for at in range(0, len(names), _AT_ONCE):
        some = names[at : at + _AT_ONCE]
        if touched is not None:
            touched.update(
                connection.scalars(select(members.c.report_id).where(members.c.utterance_id.in_(some)))
            )
        connection.execute(delete(members).where(members.c.utterance_id.in_(some)))
        connection.execute(delete(utterances).where(utterances.c.id.in_(some)))


def _row(
    id: str, order: Sequence[int], by_statement: Mapping[int, Sequence[Report]], shown: Mapping[int, Any]
) -> dict[str, Any]:
    first = by_statement[order[0]]
    changes: Counter[str] = Counter()
    unsourced = 0
    named = first[0].voice.name is not None and first[0].voice.kind in ("person", "organisation")
    for statement in order[1:]:
        one = by_statement[statement]
        words = " ".join(report.content for report in first), " ".join(report.content for report in one)
        changes[_changed(*words, (first[0].directness, one[0].directness))] += 1
        voice = one[0].voice
        unsourced += named and (voice.name is None or voice.kind not in ("person", "organisation"))
    days = sorted(day for id in order if (day := shown[id].day))
    return {
        "id": id,
        "statement_id": order[0],
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
        "reports": len(order),
        "outlets": len({shown[id].outlet for id in order}),
        "changed": sum(changes[change] for change in ("edited", "paraphrase", "meaning")),
        "unsourced": unsourced,
        "changes": dict(sorted(changes.items())),
    }


@lru_cache(maxsize=4_096)
def _changed(first: str, other: str, directness: tuple[Directness, Directness]) -> Change:
    """How one text differs from another; many outlets have the same words."""
    return aligned(first, other, directness=directness).change
