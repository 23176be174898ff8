"""The facts of an archive in memory, a column an array, as one connection sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, func, select

from quotidian.store.facts import NO_DAY, PAIR, ROW, Rows
from quotidian.store.tables import facts

Column = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Entities of statements: ``entity[n]`` is one of the statement in row ``row[n]``."""

    row: Column
    entity: Column


@dataclass(frozen=True)
class Columns:
    """Every statement that search shows, by its number: row n of each column is the same one."""

    statement: Column
    article: Column
    outlet: Column
    speaker: Column
    day: Column
    profile: Column
    sure: NDArray[np.int16]
    least: NDArray[np.int16]
    about: Pairs
    also: Pairs

    def __len__(self) -> int:
        return len(self.statement)

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.intp]:
        """The rows of these statements, as far as they are there; both ascending."""
        if not len(self):
            return np.zeros(0, dtype=np.intp)
        at = np.searchsorted(self.statement, ids.astype(np.int32))
        at[at == len(self)] = 0
        found: NDArray[np.intp] = at[self.statement[at] == ids]
        return found

    @cached_property
    def days(self) -> tuple[int, NDArray[np.intp]]:
        """The first day of all, and how many statements there are on it and each day after."""
        known = self.day[self.day != NO_DAY]
        if not len(known):
            return 0, np.zeros(0, dtype=np.intp)
        first = int(known.min())
        # A mistaken year may lie far from all others: the length is that of the calendar at most.
        return first, np.bincount(known - first)


_Block = tuple[int, Rows, Rows, Rows]


@dataclass(frozen=True, slots=True)
class _State:
    """What was read last: the blocks by number, and the columns that they make."""

    signature: tuple[int, int]
    blocks: Mapping[int, _Block]
    columns: Columns


# One for each engine, that is for each archive that is open.
_states: WeakKeyDictionary[Engine, _State] = WeakKeyDictionary()
_locks: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()
_lock = Lock()


def columns(connection: Connection) -> Columns:
    """The facts as this connection sees them; what did not change since the last time is not read again."""
    with _lock:
        mine = _locks.setdefault(connection.engine, Lock())
    with mine:
        state = _states.get(connection.engine)
        # A block's count of changes only grows, so equal sums are equal blocks.
        count, changes = connection.execute(select(func.count(), func.sum(facts.c.changed))).one()
        signature = (int(count), int(changes or 0))
        if state is None or state.signature != signature:
            state = _read(connection, signature, state.blocks if state else {})
            _states[connection.engine] = state
        return state.columns


def _read(connection: Connection, signature: tuple[int, int], before: Mapping[int, _Block]) -> _State:
    f = facts.c
    there = connection.execute(select(f.block, f.changed).order_by(f.block)).all()
    stale = [block for block, changed in there if block not in before or before[block][0] != changed]
    # Many are read in one go: naming each would take longer.
    asked = select(f.block, f.changed, f.rows, f.about, f.also)
    asked = asked.where(f.block.in_(stale)) if len(stale) < 200 else asked
    read = {}
    for block, changed, *tables in connection.execute(asked):
        read[block] = (
            changed,
            np.frombuffer(tables[0], ROW),
            np.frombuffer(tables[1], PAIR),
            np.frombuffer(tables[2], PAIR),
        )
    blocks = {block: read.get(block) or before[block] for block, _ in there}
    return _State(signature, blocks, _columns(blocks.values()))


def _columns(blocks: Iterable[_Block]) -> Columns:
    kept = list(blocks)
    rows = [block[1] for block in kept]
    statement = _joined(rows, "statement", ROW)
    return Columns(
        statement=statement,
        article=_joined(rows, "article", ROW),
        outlet=_joined(rows, "outlet", ROW),
        speaker=_joined(rows, "speaker", ROW),
        day=_joined(rows, "day", ROW),
        profile=_joined(rows, "profile", ROW),
        sure=_joined(rows, "sure", ROW).astype(np.int16),
        least=_joined(rows, "least", ROW).astype(np.int16),
        about=_pairs([block[2] for block in kept], statement),
        also=_pairs([block[3] for block in kept], statement),
    )


def _pairs(blocks: Sequence[Rows], statement: Column) -> Pairs:
    of = _joined(blocks, "statement", PAIR)
    return Pairs(np.searchsorted(statement, of).astype(np.int32), _joined(blocks, "entity", PAIR))


def _joined(blocks: Sequence[Rows], name: str, table: np.dtype[np.void]) -> Column:
    parts = [block[name] for block in blocks]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=table[name])
