"""The facts of an archive in memory, a column an array, as one connection sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


# Blocks are read together in chunks, so that one that changed costs little, and all of them not much.
_CHUNK = 64


@dataclass(frozen=True, slots=True)
class _State:
    """What was read last: how often each block had changed, the columns of each chunk, and of all."""

    signature: tuple[int, int]
    changed: Mapping[int, int]
    chunks: Mapping[int, Columns]
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
            state = _read(connection, signature, state)
            _states[connection.engine] = state
        return state.columns


def _read(connection: Connection, signature: tuple[int, int], before: _State | None) -> _State:
    f = facts.c
    changed = dict(connection.execute(select(f.block, f.changed)).all())
    known, chunks = (before.changed, dict(before.chunks)) if before else ({}, {})
    stale = {block // _CHUNK for block, _ in changed.items() ^ known.items()}
    for chunk in sorted(stale):
        within = f.block.between(chunk * _CHUNK, (chunk + 1) * _CHUNK - 1)
        asked = select(f.rows, f.about, f.also).where(within).order_by(f.block)
        chunks[chunk] = _of_blocks(connection.execute(asked).all())
    whole = [chunks[chunk] for chunk in sorted({block // _CHUNK for block in changed})]
    return _State(signature, changed, chunks, _joined(whole))


def _of_blocks(blocks: Sequence[Sequence[bytes]]) -> Columns:
    rows = np.frombuffer(b"".join(block[0] for block in blocks), ROW)
    about, also = (np.frombuffer(b"".join(block[n] for block in blocks), PAIR) for n in (1, 2))
    column = {name: rows[name].copy() for name in rows.dtype.names or ()}
    return Columns(**column, about=_pairs(about, column["statement"]), also=_pairs(also, column["statement"]))


def _pairs(pairs: Rows, statement: Column) -> Pairs:
    row = np.searchsorted(statement, pairs["statement"]).astype(np.int32)
    return Pairs(row, pairs["entity"].copy())


def _joined(chunks: Sequence[Columns]) -> Columns:
    if not chunks:
        return _of_blocks([])
    first_rows = np.cumsum([0, *(len(chunk) for chunk in chunks)])[:-1]

    def pairs(each: Sequence[Pairs]) -> Pairs:
        rows = [one.row + np.int32(first) for one, first in zip(each, first_rows, strict=True)]
        return Pairs(np.concatenate(rows), np.concatenate([one.entity for one in each]))

    return Columns(
        **{name: np.concatenate([getattr(chunk, name) for chunk in chunks]) for name in ROW.names or ()},
        about=pairs([chunk.about for chunk in chunks]),
        also=pairs([chunk.also for chunk in chunks]),
    )
