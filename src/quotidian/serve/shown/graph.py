"""Who speaks about whom, as a drawing: speakers on the left, those spoken about on the right.

Two columns rather than a cloud: every name can be read, the same archive gives the same drawing, and no
line crosses a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quotidian.store.values import Edge, EntityHead

WIDTH = 760.0
ROW = 30.0
_NAMES = 250.0  # room for names on each side
_THINNEST, _THICKEST = 1.5, 14.0
MOST = 12  # names in a column; the table has all
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Node:
    """A name in a column."""

    entity: EntityHead
    statements: int
    y: float
    shown: str


@dataclass(frozen=True, slots=True)
class Link:
    """A line from a speaker to the one spoken about."""

    edge: Edge
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Graph:
    """The drawing; ``edges`` are all that it was made of, ``hidden`` how many of them it does not show."""

    speakers: tuple[Node, ...]
    about: tuple[Node, ...]
    links: tuple[Link, ...]
    height: float
    edges: tuple[Edge, ...]
    hidden: int

    left = _NAMES - 8
    right = WIDTH - _NAMES + 8


def graph(edges: Sequence[Edge]) -> Graph | None:
    """The drawing of some edges, or None where there are none."""
    if not edges:
        return None
    ordered = tuple(sorted(edges, key=lambda e: (-e.statements, e.speaker.name, e.about.name, e.speaker.id)))
    drawn = _most(ordered)
    speakers = _column([(edge.speaker, edge.statements) for edge in drawn])
    about = _column([(edge.about, edge.statements) for edge in drawn])
    rows = max(len(speakers), len(about))
    left, right = _placed(speakers, rows), _placed(about, rows)
    from_, to = {node.entity.id: node.y for node in left}, {node.entity.id: node.y for node in right}
    highest = drawn[0].statements
    links = tuple(
        Link(
            edge,
            _curve(from_[edge.speaker.id], to[edge.about.id]),
            round(_THINNEST + (_THICKEST - _THINNEST) * edge.statements / highest, 1),
        )
        for edge in drawn
    )
    return Graph(left, right, links, rows * ROW, ordered, len(ordered) - len(drawn))


def _most(edges: Sequence[Edge]) -> list[Edge]:
    """The edges with most statements that two columns have room for; nobody stands there without a line."""
    speakers: set[int] = set()
    about: set[int] = set()
    found = []
    for edge in edges:
        if len(speakers | {edge.speaker.id}) <= MOST and len(about | {edge.about.id}) <= MOST:
            speakers.add(edge.speaker.id)
            about.add(edge.about.id)
            found.append(edge)
    return found


def _column(named: Sequence[tuple[EntityHead, int]]) -> list[tuple[EntityHead, int]]:
    """Those of a side with their statements, most first."""
    heads = {head.id: head for head, _ in named}
    counts: dict[int, int] = defaultdict(int)
    for head, statements in named:
        counts[head.id] += statements
    return [
        (heads[id], counts[id]) for id in sorted(counts, key=lambda id: (-counts[id], heads[id].name, id))
    ]


def _placed(column: Sequence[tuple[EntityHead, int]], rows: int) -> tuple[Node, ...]:
    """Spread over the height, so that one name alone stands in the middle."""
    step = rows * ROW / len(column)
    return tuple(
        Node(head, statements, round(step * (place + 0.5), 1), _short(head.name))
        for place, (head, statements) in enumerate(column)
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _curve(y1: float, y2: float) -> str:
    x1, x2 = _NAMES, WIDTH - _NAMES
    middle = (x1 + x2) / 2
    return f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"
