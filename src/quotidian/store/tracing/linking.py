"""New reports beside those of the days around and beside each other: links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, insert

from quotidian.store.tables import links
from quotidian.store.tracing.reports import load
from quotidian.store.tracing.window import Near
from quotidian.trace.compare import link
from quotidian.trace.reports import unkeyed
from quotidian.trace.values import Link, Report

# Links written at once, so that an article that all outlets copy does not fill the memory.
_TOGETHER = 20_000


def put(connection: Connection, new: Near, near: Near) -> int:
    """Keep the links of new reports to others and to each other; how many there are."""
    pairs = list(_candidates(new, near))
    known = load(connection, {id for a, b, _ in pairs for id in (a, b)})
    linked = Linked(known)
    rows: list[dict[str, Any]] = []
    count = 0
    for a, b, alike in pairs:
        one = linked(a, b, alike)
        if one is not None:
            rows.append(_row(a, b, one))
            if len(rows) == _TOGETHER:
                connection.execute(insert(links), rows)
                count += len(rows)
                rows = []
    if rows:
        connection.execute(insert(links), rows)
    return count + len(rows)


def _candidates(new: Near, near: Near) -> Iterator[tuple[int, int, float | None]]:
    outside = near.window.candidates(new.window)
    for (i, j), alike in zip(outside, near.window.similarities(new.window, outside), strict=True):
        yield new.ids[i], near.ids[j], alike
    inside = [(i, j) for i, j in new.window.candidates(new.window) if i < j]
    for (i, j), alike in zip(inside, new.window.similarities(new.window, inside), strict=True):
        yield new.ids[i], new.ids[j], alike


def _row(a: int, b: int, one: Link) -> dict[str, Any]:
    return {
        "a": min(a, b),
        "b": max(a, b),
        "rule": one.rule,
        "score": one.score,
        "change": one.change,
        "conflict": one.conflict,
        "because": list(one.because),
    }


class Linked:
    """The link of two reports; what many articles have in the same words is compared once.

    A story of an agency in three hundred outlets makes 45,000 pairs of each of its sentences.
    """

    def __init__(self, known: Mapping[int, Report]):
        self._known = known
        said: dict[Report, int] = {}
        self._said = {id: said.setdefault(unkeyed(one), len(said)) for id, one in known.items()}
        self._found: dict[tuple[int, int, float | None], Link | None] = {}

    def __call__(self, a: int, b: int, alike: float | None) -> Link | None:
        """As :func:`quotidian.trace.compare.link`, of two numbers; the keys are those of any such pair."""
        # Which one is called "a" depends on the keys: no order of numbers may make a difference.
        one, other = (a, b) if self._known[a].key < self._known[b].key else (b, a)
        pair = self._said[one], self._said[other], alike
        if pair not in self._found:
            self._found[pair] = link(self._known[one], self._known[other], alike)
        return self._found[pair]
