"""Groups of sayings → utterances with their names and members, as numbers."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

from quotidian.run.joining import columns, grouping
from quotidian.run.joining.columns import Numbers, mixed, number_order
from quotidian.run.joining.working import Array, Work

Named = tuple[Numbers, Numbers, list[str]]


def named(work: Work) -> Named:
    """For each member of an utterance its place in the list of names and the row of its report; the names.

    Ordered by the row. An utterance is of several articles and several statements; groups of reports
    of the same statements are one: sentences that went together.
    """
    group, row = _members(work)
    article, statement, number = (
        work.array(f"{columns.FOLDER}/{name}.npy") for name in ("article", "statement", "number")
    )
    several = _distinct(group, article[row]) > 1
    group, row = _kept(group, row, several)
    same = _same_statements(group, statement[row])
    group = same[group] if len(group) else group
    several = _distinct(group, statement[row]) > 1
    group, row = _kept(group, row, several)
    group, row = _once(group, row)
    names = _names(group, row, statement, number)
    order = np.lexsort((group, row))
    return group[order], row[order], names


def _members(work: Work) -> tuple[Numbers, Numbers]:
    """Groups and the rows in them."""
    parts = [np.zeros(0, grouping.MEMBER)]
    before = 0
    for part in work.parts(grouping.FOLDER):
        made = np.array(work.array(part))
        made["group"] += before
        before = int(made["group"].max()) + 1 if len(made) else before
        parts.append(made)
    alone = grouping.alone(work)
    single = np.zeros(len(alone), grouping.MEMBER)
    single["group"], single["saying"], single["row"] = before + np.arange(len(alone)), alone, -1
    made = np.concatenate([*parts, single])
    rows, at = (np.asarray(work.array(f"{columns.FOLDER}/{name}.npy")) for name in ("rows", "rows_at"))
    whole = made["row"] < 0
    group, row = made["group"][~whole], made["row"][~whole]
    saying, of = made["saying"][whole], made["group"][whole]
    counts = at[saying + 1] - at[saying]
    place = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    all_of = rows[place + np.repeat(at[saying], counts)].astype(np.int64)
    return np.concatenate([group, np.repeat(of, counts)]), np.concatenate([row, all_of])


def _distinct(group: Numbers, of: npt.NDArray[np.uint64]) -> Numbers:
    """How many different values each group has."""
    order = np.lexsort((of, group))
    one, other = group[order], of[order]
    new = np.ones(len(one), bool)
    new[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
    return np.bincount(one[new], minlength=1)


def _kept(group: Numbers, row: Numbers, groups: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    some = groups[group] if len(group) else np.zeros(0, bool)
    return group[some], row[some]


def _once(group: Numbers, row: Numbers) -> tuple[Numbers, Numbers]:
    """Each row once in a group; groups numbered from 0."""
    order = np.lexsort((row, group))
    group, row = group[order], row[order]
    new = np.ones(len(group), bool)
    new[1:] = (group[1:] != group[:-1]) | (row[1:] != row[:-1])
    _, numbered = np.unique(group[new], return_inverse=True)
    return numbered, row[new]


def _same_statements(group: Numbers, statement: npt.NDArray[np.uint64]) -> Numbers:
    """For each group the least one that has the same statements."""
    if not len(group):
        return group
    order = np.lexsort((statement, group))
    one, other = group[order], statement[order]
    new = np.ones(len(one), bool)
    new[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
    one, hashed = one[new], mixed(other[new])
    count = int(one.max()) + 1
    sums, turned = np.zeros(count, np.uint64), np.zeros(count, np.uint64)
    with np.errstate(over="ignore"):
        np.add.at(sums, one, hashed)
    np.bitwise_xor.at(turned, one, mixed(hashed))
    keys = np.zeros(count, [("sum", np.uint64), ("xor", np.uint64)])
    keys["sum"], keys["xor"] = sums, turned
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    found: Numbers = first[inverse]
    return found


def _names(group: Numbers, row: Numbers, statement: Array, number: Array) -> list[str]:
    """Of each group the least key that no other one has; if it shares all, a name made of all.

    Args:
        group: from 0 on, sorted.
        row: of each member.
        statement: of all rows.
        number: of all rows.
    """
    if not len(group):
        return []
    stated, numbers = np.asarray(statement[row]), np.asarray(number[row])
    _, at, often = np.unique(row, return_inverse=True, return_counts=True)
    shared = often[at] > 1
    order = np.lexsort((number_order(numbers), stated, shared, group))
    firsts = order[np.searchsorted(group[order], np.arange(group[-1] + 1))]
    names = [_key(stated[i], numbers[i]) for i in firsts]
    starts = np.append(np.searchsorted(group, np.arange(group[-1] + 1)), len(group))
    for i in np.flatnonzero(shared[firsts]).tolist():
        keys = [_key(stated[j], numbers[j]) for j in range(starts[i], starts[i + 1])]
        names[i] = hashlib.sha256(" ".join(sorted(keys)).encode()).hexdigest()[:16]
    return names


def _key(statement: np.uint64, number: np.uint16) -> str:
    return f"{int(statement):016x}/{number}" if number else f"{int(statement):016x}"
