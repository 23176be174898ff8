"""Entities that the archive has twice: joined once enough is known of them, or a person is asked.

The first articles on somebody tell little, so that the archive may make two entities of one. Each article
more is a reason to judge again. What people decided of an entity is left to people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, or_, select, update

from quotidian import entities as deciding
from quotidian.entities import Judgement, Known, Match
from quotidian.store import joining
from quotidian.store.tables import appearances, entities, pairs, parts, reviews
from quotidian.store.upserts import upsert

# How many entities that wait with one another are looked at.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Doubt:
    """An entity of which somebody may have to be asked, and what was judged of it."""

    entity: int
    judged: Judgement


def settle(
    connection: Connection,
    learnt: Mapping[int, tuple[Known, Sequence[Known]]],
    here: Collection[int],
    common: Collection[str],
) -> list[Doubt]:
    """Judge again those of whom an article told more, and join those that are plainly one.

    Args:
        connection: where.
        learnt: what is known now of each, and of those that may be the same.
        here: the entities of the article, which it tells apart.
        common: names so frequent that being named beside them tells nothing.

    Returns:
        Those of whom a person may have to be asked.
    """
    forbidden = {str(id) for id in here}
    doubts: list[Doubt] = []
    for id, (known, maybe) in learnt.items():
        judged = deciding.judge(known, maybe, forbidden=forbidden, common=frozenset(common))
        double = next((one for one in maybe if one.id == judged.id), None)
        if judged.verdict == "unsure":
            doubts.append(Doubt(id, judged))
        elif double is not None and _may_be_joined(connection, id, int(double.id)):
            _join(connection, known, double, judged)
            forbidden.add(double.id)
    return doubts


def ask(connection: Connection, doubts: Iterable[Doubt], concerned: Collection[int]) -> None:
    """Put down the questions that are worth a person's time.

    Both have to speak or be spoken of, or else nothing hangs on the answer. Of several entities that wait
    with one another already, one is asked about: once those are settled, the others are.
    """
    open_ = [doubt for doubt in doubts if doubt.judged.candidates]
    if not open_:
        return
    ids = {doubt.entity for doubt in open_} | set(concerned)
    ids |= {int(match.id) for doubt in open_ for match in doubt.judged.candidates}
    # Some may have been joined since they were judged.
    now = joining.roots_of(connection, ids)
    told = {now[id] for id in concerned} | _told_of(connection, now.values())
    for doubt in open_:
        entity = now[doubt.entity]
        matches = {now[int(match.id)]: match for match in reversed(doubt.judged.candidates)}
        others = [other for other in reversed(matches) if other in told]
        if entity not in told or not others:
            continue
        waiting = _waiting_with(connection, entity)
        for other in others:
            if other not in waiting:
                upsert(connection, pairs, [_row(entity, other, matches[other])])
                if other != others[-1]:
                    waiting |= _waiting_with(connection, other)


def _told_of(connection: Connection, ids: Iterable[int]) -> set[int]:
    """Those of some entities by whom or about whom there are statements."""
    named = select(parts.c.entity_id).where(parts.c.entity_id == entities.c.id).exists()
    return set(connection.scalars(select(entities.c.id).where(entities.c.id.in_(set(ids)), named)))


def _waiting_with(connection: Connection, id: int) -> set[int]:
    """An entity and those that wait for a person together with it, directly or not."""
    found, open_ = {id}, {id}
    while open_ and len(found) < _MOST:
        touching = or_(pairs.c.a.in_(open_), pairs.c.b.in_(open_))
        query = select(pairs.c.a, pairs.c.b).where(touching, pairs.c.state == "unsure")
        ends = {end for pair in connection.execute(query) for end in pair}
        open_ = ends - found
        found |= open_
    return found


def _row(entity: int, other: int, match: Match, state: str = "unsure") -> dict[str, object]:
    return {
        "a": min(entity, other),
        "b": max(entity, other),
        "state": state,
        "score": round(match.score, 4),
        "because": [reason.why for reason in match.because],
    }


# --- joining ------------------------------------------------------------------------------------


def _may_be_joined(connection: Connection, one: int, other: int) -> bool:
    """Whether no person decided anything of either, and no article has both."""
    both = (one, other)
    of_entities = select(reviews.c.entity_id, reviews.c.payload).where(
        reviews.c.kind.in_(("merge", "split", "rename", "suppress", "different", "identify"))
    )
    for id, payload in connection.execute(of_entities):
        if {id, payload.get("into"), payload.get("new"), payload.get("from")} & set(both):
            return False
    there = appearances.alias()
    together = (
        select(appearances.c.id)
        .join(there, there.c.version_id == appearances.c.version_id)
        .where(appearances.c.entity_id == one, there.c.entity_id == other)
        .limit(1)
    )
    return connection.scalar(together) is None


def _join(connection: Connection, known: Known, double: Known, judged: Judgement) -> None:
    """Make one of two: the one with more articles stays, the other's address leads to it."""
    from quotidian.store import rows

    less, more = sorted((known, double), key=lambda one: (one.articles, -int(one.id)))
    gone, stays = int(less.id), int(more.id)
    bases = joining.bases_of(connection, gone)
    merged = {"state": "merged", "merged_into": stays}
    connection.execute(update(entities).where(entities.c.id == gone).values(merged))
    joining.learn(connection, {stays: more.merged(less)})
    joining.add_names(connection, stays, joining.names_of(connection, gone))
    rows.repoint(connection, bases, stays)
    rows.count(connection, [gone, stays])
    _move_questions(connection, gone, stays)
    match = Match(str(gone), judged.score, judged.because)
    upsert(
        connection,
        pairs,
        [_row(stays, gone, match, "same")],
        lambda new: {"state": new.state, "score": new.score, "because": new.because},
    )


def _move_questions(connection: Connection, gone: int, stays: int) -> None:
    """What was asked of the one that is gone is asked of the one that stays."""
    touching = or_(pairs.c.a == gone, pairs.c.b == gone)
    waiting = connection.execute(select(pairs).where(touching, pairs.c.state == "unsure")).all()
    connection.execute(delete(pairs).where(touching, pairs.c.state == "unsure"))
    for row in sorted(waiting, key=lambda row: -row.score):
        other = row.b if row.a == gone else row.a
        if other not in _waiting_with(connection, stays):
            ends = {"a": min(other, stays), "b": max(other, stays)}
            upsert(
                connection, pairs, [{**ends, "state": "unsure", "score": row.score, "because": row.because}]
            )
