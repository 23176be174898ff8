"""Reports of an utterance over time, a lane for each outlet.

A report whose time is known stands as a point; one of which only an interval is known has a bar from its
earliest to its latest. Positions are percentages, so that the drawing fits any screen while its words keep
their size. One time far from all others would press these together: it stands at the edge, marked so, and a
bar that goes on beyond the drawing reaches its edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from quotidian.store.values import UtteranceReport
from quotidian.told.times import instant, interval

_LEFT, _RIGHT = 5.0, 95.0  # percent of the width
_APART = 9.0  # percent: closer marks stand below one another
_FAR = 0.7  # of the whole stretch: a longer gap is left out
_LEAST = timedelta(hours=6)
_TICKS = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A report: its number, where it stands, from where to where it may have, and all of it in words."""

    number: int
    x: float
    start: float
    end: float
    row: int
    beyond: Literal["", "before", "after"]
    open: bool  # nothing bounds it before
    told: str

    @property
    def width(self) -> float:
        """Of the bar."""
        return round(self.end - self.start, 2)


@dataclass(frozen=True, slots=True)
class Lane:
    """An outlet with its reports."""

    name: str
    outlet: int | None
    marks: tuple[Mark, ...]

    @property
    def rows(self) -> int:
        """How many stand below one another."""
        return 1 + max(mark.row for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Tick:
    """A time under the lanes."""

    x: float
    day: str
    time: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """All of it; None of the marks stand outside the stretch but those ``beyond``."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    beyond: bool


def lanes(reports: Sequence[UtteranceReport]) -> Lanes:
    """The drawing of reports in their order; outlets stand in the order of their first report."""
    times = (time for one in reports for time in (_point(one), instant(one.appeared.latest)))
    first, last = _stretch([time for time in times if time is not None])
    by_outlet: dict[tuple[str, int | None], list[Mark]] = {}
    for number, report in enumerate(reports, start=1):
        outlet = report.hit.article.outlet
        name = outlet.name if outlet else "An outlet not named"
        marks = by_outlet.setdefault((name, outlet.id if outlet else None), [])
        marks.append(_mark(number, report, marks, first, last, name))
    made = tuple(Lane(name, id, tuple(marks)) for (name, id), marks in by_outlet.items())
    beyond = any(mark.beyond for lane in made for mark in lane.marks)
    return Lanes(made, _ticks(first, last), beyond)


def _point(report: UtteranceReport) -> datetime | None:
    """Where the number stands: the first instant that it can have appeared."""
    return instant(report.appeared.earliest) or instant(report.appeared.latest)


def _stretch(times: list[datetime]) -> tuple[datetime, datetime]:
    """From when to when the drawing reaches: without the few that lie far from the rest."""
    near = sorted(times) or [datetime(2000, 1, 1, tzinfo=UTC)]
    while len(near) > 2:
        whole = near[-1] - near[0]
        place = max(range(1, len(near)), key=lambda at: near[at] - near[at - 1])
        if whole <= timedelta(days=3) or near[place] - near[place - 1] < _FAR * whole:
            break
        near = near[:place] if place > len(near) - place else near[place:]
        if place == len(near):
            break
    first, last = near[0], near[-1]
    if last - first < _LEAST:
        middle = first + (last - first) / 2
        first, last = middle - _LEAST / 2, middle + _LEAST / 2
    return first, last


def _mark(
    number: int, report: UtteranceReport, before: list[Mark], first: datetime, last: datetime, outlet: str
) -> Mark:
    point = _point(report) or last
    start, end = instant(report.appeared.earliest), instant(report.appeared.latest)
    x = _x(point, first, last)
    beyond: Literal["", "before", "after"] = "before" if point < first else "after" if point > last else ""
    taken = {mark.row for mark in before if abs(mark.x - x) < _APART}
    row = next(row for row in range(len(before) + 1) if row not in taken)
    return Mark(
        number=number,
        x=x,
        start=_x(start, first, last) if start and start >= first else 0.0,
        end=_x(end, first, last) if end and end <= last else 100.0,
        row=row,
        beyond=beyond,
        open=start is None,
        told=f"Report {number}, {outlet}: {interval(report.appeared)}",
    )


def _x(time: datetime, first: datetime, last: datetime) -> float:
    share = (time - first) / (last - first)
    # At the edge, not beyond it; what lies far off stands there too.
    return round(min(100.0 - 2, max(2.0, _LEFT + (_RIGHT - _LEFT) * share)), 2)


def _ticks(first: datetime, last: datetime) -> tuple[Tick, ...]:
    found = []
    for place in range(_TICKS):
        time = first + (last - first) * place / (_TICKS - 1)
        found.append(Tick(_x(time, first, last), f"{time.day} {time:%b} {time.year}", f"{time:%H:%M} UTC"))
    return tuple(found)
