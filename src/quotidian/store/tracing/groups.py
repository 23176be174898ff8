"""Links → utterances, for every group of linked reports that has changed."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from quotidian.store.tables import links, members, reports, utterances
from quotidian.store.tracing import judging
from quotidian.store.tracing.appearing import appearances_of, order_of
from quotidian.store.tracing.reports import load
from quotidian.store.tracing.window import of_versions
from quotidian.trace.alignment import aligned
from quotidian.trace.compare import link
from quotidian.trace.utterances import components, grouped, of_statements
from quotidian.trace.values import Link, Report

_AT_ONCE = 400


def regroup(connection: Connection, touched: Iterable[int]) -> None:
    """Make the utterances anew of these reports and of all that are linked to them, however far."""
    decided = judging.decisions(connection)
    ids = reached(connection, touched, decided)
    known = load(connection, ids)
    id_of = {report.key: id for id, report in known.items()}
    by_key = {report.key: report for report in known.values()}
    same, other = judging.said(connection, known, decided)
    found = [
        Link(known[row.a].key, known[row.b].key, row.rule, row.score, row.change, row.conflict)
        for row in among(connection, ids)
        if row.a in known and row.b in known
    ]
    within: dict[str, list[Link]] = defaultdict(list)
    for one in found:
        within[one.a].append(one)
    similar = _Similar(connection, id_of)

    def compared(a: str, b: str) -> Link | None:
        return link(by_key[a], by_key[b], similar(a, b))

    # Weak links and conflicts keep reports apart; they do not bring them together.
    holding = [one for one in found if one.joins]
    holding += [Link(a, b, "review", 1.0, "none") for a, b in same]
    groups: list[frozenset[str]] = []
    for keys, _ in components(by_key, holding):
        if len(keys) > 1:
            groups += grouped(
                keys,
                [one for key in keys for one in within[key] if one.b in keys],
                [pair for pair in same if pair[0] in keys],
                [pair for pair in other if pair[0] in keys and pair[1] in keys],
                compared,
            )
    put(connection, ids, of_statements(groups, {r.key: r.statement for r in known.values()}), known, id_of)


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
                new.update(connection.scalars(query))
            new.update(judging.beside(connection, some, decided))
        edge = new - found
        found |= edge
    return found


class _Similar:
    """Cosines of the vectors that are kept in the sketches of some reports; read when first asked for."""

    def __init__(self, connection: Connection, id_of: Mapping[str, int]):
        self._connection = connection
        self._id_of = id_of
        self._near: Any = None

    def __call__(self, a: str, b: str) -> float | None:
        if self._near is None:
            ids = sorted(self._id_of.values())
            versions: set[int] = set()
            for at in range(0, len(ids), _AT_ONCE):
                query = select(reports.c.version_id).where(reports.c.id.in_(ids[at : at + _AT_ONCE]))
                versions.update(self._connection.scalars(query))
            self._near = of_versions(self._connection, sorted(versions))
        near = self._near
        i, j = near.at.get(self._id_of[a]), near.at.get(self._id_of[b])
        return None if i is None or j is None else near.window.similarity(near.window, i, j)


def among(connection: Connection, ids: Iterable[int]) -> list[Any]:
    """The links between some reports."""
    wanted = sorted(ids)
    found = []
    inside = set(wanted)
    for at in range(0, len(wanted), _AT_ONCE):
        query = select(links).where(links.c.a.in_(wanted[at : at + _AT_ONCE])).order_by(links.c.a, links.c.b)
        found += [row for row in connection.execute(query) if row.b in inside]
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
        changes[aligned(*words, directness=(first[0].directness, one[0].directness)).change] += 1
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
