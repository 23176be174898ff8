"""The search index: ``words`` and ``facts``, made from the rows of statements, parts and labels.

A statement is in both if and only if it is current and its speaker is not suppressed; an entity that
is suppressed is in neither. All of it can be made again at any time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, func, insert, select, update

from quotidian.errors import ArchiveDamaged
from quotidian.store import fulltext
from quotidian.store.facts import (
    BLOCK,
    NOTHING,
    PAIR,
    ROW,
    Profile,
    Rows,
    day_number,
    packed,
    per_10_000,
)
from quotidian.store.tables import entities, facts, labels, parts, statements, versions
from quotidian.store.words import words

_AT_ONCE = 500  # statements read by one query
_SHOWN = 20  # problems told one by one


def create(connection: Connection) -> None:
    """Make the tables that are not in :mod:`quotidian.store.tables`; called once, after those."""
    fulltext.create(connection)


def reindex(connection: Connection, statement_ids: Sequence[int]) -> None:
    """Make the index right for these statements, whatever became of them, of their parts and names."""
    ids = sorted(set(statement_ids))
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        made = _made(connection, some)
        fulltext.take_out(connection, some)
        fulltext.put(connection, made.words)
        _put_facts(connection, some, made)


def drop(connection: Connection, statement_ids: Sequence[int]) -> None:
    """Take statements out of the index, before their rows go."""
    ids = sorted(set(statement_ids))
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        fulltext.take_out(connection, some)
        _put_facts(connection, some, _Made())


def rebuild(connection: Connection) -> None:
    """Make the whole index again."""
    fulltext.remove(connection)
    fulltext.create(connection)
    fulltext.fill_names(connection)
    for block, ids in _blocks(connection):
        made = _made(connection, ids)
        fulltext.put(connection, made.words)
        _put_facts(connection, range(block * BLOCK, (block + 1) * BLOCK), made)
    fulltext.tidy(connection)


def check(connection: Connection) -> tuple[str, ...]:
    """Where the index is not what the rows would make it, a sentence each; nothing is changed."""
    wrong: list[str] = []
    shown: list[NDArray[np.int32]] = []
    expected: Counter[str] = Counter()
    for block, ids in _blocks(connection):
        made = _made(connection, ids)
        kept = _kept(connection, [block]).get(block, _Kept.nothing())
        shown.append(made.rows["statement"])
        wrong += [f"facts: statement {id} is not as in its row" for id in _different(kept.rows, made.rows)]
        if _pairs(kept.about) != _pairs(made.about) or _pairs(kept.also) != _pairs(made.also):
            first, last = block * BLOCK, (block + 1) * BLOCK - 1
            wrong.append(f"facts: those whom statements {first} to {last} are about are not as in their rows")
        wrong += [
            f"words: those of statement {id} are not as in its row"
            for id in fulltext.different(connection, made.words)
        ]
        expected.update(word for _, row in made.words for column in row for word in column)
    there, indexed = np.concatenate([np.zeros(0, np.int32), *shown]), fulltext.indexed(connection)
    wrong += [f"words: statement {id} is not indexed" for id in np.setdiff1d(there, indexed)]
    wrong += [f"words: statement {id} is indexed and should not be" for id in np.setdiff1d(indexed, there)]
    wrong += [f"words: {word!r} is not counted right" for word in fulltext.miscounted(connection, expected)]
    if len(wrong) > _SHOWN:
        wrong[_SHOWN:] = [f"and {len(wrong) - _SHOWN:,} more like these"]
    return (*wrong, "the search index is not right: run `quotidian check --rebuild`") if wrong else ()


# --- what the rows make ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Made:
    """What the index should have for some statements."""

    words: list[fulltext.Row] = field(default_factory=list)
    rows: Rows = field(default_factory=lambda: np.zeros(0, ROW))
    about: Rows = field(default_factory=lambda: np.zeros(0, PAIR))
    also: Rows = field(default_factory=lambda: np.zeros(0, PAIR))


# Columns of statements that the index is made of; those of spans take long to read.
_READ = (
    *("id", "article_id", "outlet_id", "speaker_id", "day", "act", "stance", "speaker_kind", "directness"),
    *("state", "negated", "depth", "confidence", "speaker_confidence"),
    *("content", "source", "cue", "speaker_name", "role", "organisation", "via"),
)


def _made(connection: Connection, ids: Sequence[int]) -> _Made:
    s = statements.c
    found = connection.execute(
        select(*(s[name] for name in _READ), versions.c.title)
        .join(versions, versions.c.id == s.version_id)
        .outerjoin(entities, entities.c.id == s.speaker_id)
        .where(s.id.in_(ids), s.current == 1, func.coalesce(entities.c.state, "") != "suppressed")
        .order_by(s.id)
    ).all()
    if not found:
        return _Made()
    shown = [row.id for row in found]
    meant, called = _meant(connection, shown), _called(connection, shown)
    indexed: list[fulltext.Row] = []
    rows, about, also = [], [], []
    for row in found:
        of = meant.get(row.id, {})
        rows.append(_fact(row))
        about += [(row.id, one) for one in dict.fromkeys(one for one, _ in of.get("about", ())) if one]
        speaking = dict.fromkeys(one for one, _ in of.get("also", ()))
        also += [(row.id, one) for one in speaking if one and one != row.speaker_id]
        by = [
            row.speaker_name,
            *(name for part in ("speaker", "also") for _, names in of.get(part, ()) for name in names),
        ]
        whom = [name for _, names in of.get("about", ()) for name in names]
        indexed.append((row.id, _words(row, by, whom, called.get(row.id, ()))))
    return _Made(indexed, np.array(rows, ROW), np.array(about, PAIR), np.array(also, PAIR))


def _fact(row: Any) -> tuple[int, ...]:
    kind = row.act, row.stance, row.speaker_kind, row.directness, row.state, bool(row.negated), row.depth
    return (
        row.id,
        row.article_id,
        row.outlet_id or NOTHING,
        row.speaker_id or NOTHING,
        day_number(row.day),
        _packed(*kind),
        per_10_000(row.confidence),
        per_10_000(min(row.confidence, row.speaker_confidence)),
    )


@lru_cache(maxsize=4096)
def _packed(*profile: Any) -> int:
    try:
        return packed(Profile(*profile))
    except KeyError as error:
        raise ArchiveDamaged(
            f"a statement in the archive is damaged ({error} is no kind that there is): put back a backup"
        ) from error


def _words(
    row: Any, by: Iterable[str | None], whom: Iterable[str | None], called: Iterable[str]
) -> list[Sequence[str]]:
    """The words of each of fulltext.FIELDS."""
    return [
        words(row.content),
        _few_words(row.source or ""),
        _few_words(row.cue),
        _apart(by),
        _apart(whom),
        _apart(called),
        _few_words(row.role or ""),
        _few_words(row.organisation or ""),
        _few_words(row.via or ""),
        _few_words(row.title or ""),
    ]


def _apart(names: Iterable[str | None]) -> list[str]:
    """The words of several names, each name once, with a gap between."""
    found = dict.fromkeys(_few_words(name) for name in dict.fromkeys(names) if name)
    joined = [word for name in found if name for word in (*name, fulltext.GAP)]
    return joined[:-1]


@lru_cache(maxsize=4096)
def _few_words(name: str) -> tuple[str, ...]:
    """The words of a name, a cue or a title, which come again and again."""
    return tuple(words(name))


def _meant(
    connection: Connection, ids: Sequence[int]
) -> Mapping[int, Mapping[str, list[tuple[int | None, tuple[str, ...]]]]]:
    """By statement and part: each entity meant, and its name there and in the archive."""
    p = parts.c
    found = connection.execute(
        select(p.statement_id, p.part, p.entity_id, p.name, entities.c.name)
        .outerjoin(entities, entities.c.id == p.entity_id)
        .where(
            p.statement_id.in_(ids), p.part != "maybe", func.coalesce(entities.c.state, "") != "suppressed"
        )
        .order_by(p.statement_id, p.part, p.ordinal)
    )
    meant: defaultdict[int, defaultdict[str, list[tuple[int | None, tuple[str, ...]]]]]
    meant = defaultdict(lambda: defaultdict(list))
    for statement, part, entity, name, known_as in found:
        meant[statement][part].append((entity, (name, known_as)))
    return meant


def _called(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[str]]:
    """The labels that each statement uses."""
    c = labels.c
    found = connection.execute(
        select(c.statement_id, c.text)
        .outerjoin(entities, entities.c.id == c.entity_id)
        .where(c.statement_id.in_(ids), c.current == 1, func.coalesce(entities.c.state, "") != "suppressed")
        .order_by(c.id)
    )
    called: defaultdict[int, list[str]] = defaultdict(list)
    for statement, label in found:
        called[statement].append(label)
    return called


# --- facts, in blocks ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kept:
    """A block as it stands in the archive."""

    changed: int
    rows: Rows
    about: Rows
    also: Rows

    @classmethod
    def nothing(cls) -> _Kept:
        return cls(0, np.zeros(0, ROW), np.zeros(0, PAIR), np.zeros(0, PAIR))


def _kept(connection: Connection, blocks: Sequence[int]) -> dict[int, _Kept]:
    found = connection.execute(select(facts).where(facts.c.block.in_(blocks)))
    return {
        block: _Kept(changed, np.frombuffer(rows, ROW), np.frombuffer(about, PAIR), np.frombuffer(also, PAIR))
        for block, changed, rows, about, also in found
    }


def _put_facts(connection: Connection, ids: Sequence[int], made: _Made) -> None:
    """Put what was made in the place of what is kept of these statements."""
    blocks = sorted({id // BLOCK for id in ids})
    kept = _kept(connection, blocks)
    gone = np.array(ids, dtype=np.int32)
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for block in blocks:
        before = kept.get(block, _Kept.nothing())
        after = {
            name: _merged(getattr(before, name), getattr(made, name), gone, block)
            for name in ("rows", "about", "also")
        }
        if block not in kept and len(after["rows"]):
            new.append({"block": block, "changed": 1, **{name: one.tobytes() for name, one in after.items()}})
        elif block in kept and any(
            after[name].tobytes() != getattr(before, name).tobytes() for name in after
        ):
            values = {name: one.tobytes() for name, one in after.items()}
            changed.append({"of": block, "changed": before.changed + 1, **values})
    if new:
        connection.execute(insert(facts), new)
    if changed:
        columns: dict[str, Any] = {name: bindparam(name) for name in ("changed", "rows", "about", "also")}
        connection.execute(update(facts).where(facts.c.block == bindparam("of")).values(columns), changed)


def _merged(before: Rows, made: Rows, gone: NDArray[np.int32], block: int) -> Rows:
    stays = before[~np.isin(before["statement"], gone)] if len(before) else before
    comes = made[made["statement"] // BLOCK == block]
    joined = np.concatenate([stays, comes])
    return joined[np.argsort(joined["statement"], kind="stable")]


def _blocks(connection: Connection) -> Iterator[tuple[int, list[int]]]:
    """Every block that is or should be, with the numbers of the statements there are in it."""
    highest = connection.scalar(select(func.max(statements.c.id))) or 0
    kept = connection.scalar(select(func.max(facts.c.block)))
    for block in range(max(highest // BLOCK, -1 if kept is None else kept) + 1):
        within = statements.c.id.between(block * BLOCK, (block + 1) * BLOCK - 1)
        yield block, list(connection.scalars(select(statements.c.id).where(within)))


# --- checking --------------------------------------------------------------------------------


def _different(kept: Rows, made: Rows) -> list[int]:
    """The statements whose rows differ, or that one has and the other has not."""
    before, after = ({int(row["statement"]): row.tobytes() for row in rows} for rows in (kept, made))
    return sorted(id for id in before.keys() | after.keys() if before.get(id) != after.get(id))


def _pairs(pairs: Rows) -> list[tuple[int, int]]:
    return sorted(map(tuple, pairs.tolist()))
