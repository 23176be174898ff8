"""The way of an utterance: from the speaker to the reports, and from report to report, as a drawing.

The speaker stands at the left; a report stands right of what it was taken from, the earlier above the later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotidian.store.values import UtteranceReport
from quotidian.told.times import short

Passed = Literal["direct", "copy", "credit", "own", "unsure", "outside"]

WIDTH, HEIGHT = 220.0, 52.0
_BESIDE, _BELOW = 74.0, 16.0
MOST = 24  # reports that are drawn; the list has all
_LONGEST = 24

PASSED: dict[Passed, str] = {
    "direct": "it heard the speaker, by its own account",
    "copy": "it has the same text",
    "credit": "it names the one that it has it from",
    "own": "it does not say how it heard; no earlier report has all its words",
    "unsure": "it does not say how it heard; all its words are in earlier reports",
    "outside": "by the account of one that names it",
}


@dataclass(frozen=True, slots=True)
class Node:
    """The speaker, somebody credited whose report the archive does not have, or a report."""

    kind: Literal["speaker", "source", "report"]
    number: int
    name: str
    below: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Pass:
    """A line from one node to another."""

    kind: Passed
    path: str
    told: str


@dataclass(frozen=True, slots=True)
class Way:
    """The drawing; ``hidden`` reports have no room in it."""

    nodes: tuple[Node, ...]
    passes: tuple[Pass, ...]
    width: float
    height: float
    hidden: int

    @property
    def box(self) -> float:
        """The width of a node."""
        return WIDTH

    @property
    def kinds(self) -> tuple[Passed, ...]:
        """The kinds of lines in it, for the legend."""
        there = {one.kind for one in self.passes}
        return tuple(kind for kind in PASSED if kind in there)


def way(reports: Sequence[UtteranceReport], speaker: str) -> Way:
    """The drawing of reports in the order in which they appeared."""
    drawn = reports[:MOST]
    names: dict[str, tuple[str, str]] = {"speaker": ("speaker", speaker)}
    column: dict[str, int] = {"speaker": 0}
    lines: list[tuple[str, str, Passed]] = []
    place = {report.hit.id: f"report {number}" for number, report in enumerate(drawn, start=1)}
    for number, report in enumerate(drawn, start=1):
        key = f"report {number}"
        given = _given(report, place)
        for source, kind in given:
            if source not in column:  # credited, and not in the archive
                column[source] = 1
                names[source] = ("source", source.removeprefix("source "))
                lines.append(("speaker", source, "outside"))
            lines.append((source, key, kind))
        column[key] = 1 + max(column[source] for source, _ in given)
    spots = _spots(column)
    nodes = [
        Node("speaker" if kind == "speaker" else "source", 0, _short(name), _below(kind), *spots[key])
        for key, (kind, name) in names.items()
    ]
    for number, report in enumerate(drawn, start=1):
        outlet = report.hit.article.outlet
        time = report.appeared.earliest or report.appeared.latest
        name = _short(outlet.name if outlet else "An outlet not named")
        nodes.append(Node("report", number, name, short(time), *spots[f"report {number}"]))
    passes = tuple(
        Pass(kind, _line(spots[a], spots[b]), f"{_told(a, names)} to {b}: {PASSED[kind]}")
        for a, b, kind in lines
    )
    width = max(x for x, _ in spots.values()) + WIDTH + 4
    height = max(y for _, y in spots.values()) + HEIGHT + 4
    return Way(tuple(nodes), passes, width, height, len(reports) - len(drawn))


def _given(report: UtteranceReport, place: dict[int, str]) -> list[tuple[str, Passed]]:
    """From whom a report has it, one or several."""
    found: list[tuple[str, Passed]] = []
    follows = place.get(report.follows) if report.follows is not None else None
    if follows:
        found.append((follows, "copy" if report.relation == "copy" else "credit"))
    credit = report.credit
    if credit.kind in ("outlet", "agency") and credit.name and not (follows and report.credited_to):
        found.append((f"source {credit.name}", "credit"))
    if not found:
        kind: Passed = "own"
        if credit.kind == "speaker":
            kind = "direct"
        elif report.relation == "unsure":
            kind = "unsure"
        found.append(("speaker", kind))
    return found


def _spots(column: dict[str, int]) -> dict[str, tuple[float, float]]:
    """Where each stands: a column's nodes below one another, the column in the middle of the height."""
    rows: dict[int, list[str]] = {}
    for key, number in column.items():
        rows.setdefault(number, []).append(key)
    most = max(len(keys) for keys in rows.values())
    step = HEIGHT + _BELOW
    spots = {}
    for number, keys in rows.items():
        top = (most - len(keys)) * step / 2
        for row, key in enumerate(keys):
            spots[key] = (round(2 + number * (WIDTH + _BESIDE), 1), round(2 + top + row * step, 1))
    return spots


def _line(a: tuple[float, float], b: tuple[float, float]) -> str:
    x1, y1 = a[0] + WIDTH, a[1] + HEIGHT / 2
    x2, y2 = b[0] - 9, b[1] + HEIGHT / 2  # room for the head of the arrow
    # Beyond the next column the line goes level between the rows, not through a box.
    middle = x2 - (_BESIDE - 9) / 2
    return f"M{x1:g} {y1:g}C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}"


def _below(kind: str) -> str:
    return "the speaker" if kind == "speaker" else "not in this archive"


def _told(key: str, names: dict[str, tuple[str, str]]) -> str:
    return names[key][1] if key in names else key


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
