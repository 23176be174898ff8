"""The hits of a search over time, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotidian.serve.shown.words import percent, stretch
from quotidian.store.values import Slice

Measure = Literal["count", "share"]

WIDTH, HEIGHT = 720.0, 100.0
FAR = 0.03  # of the hits: as many may lie far off on either side
_LEAST = 1.5  # a bar that is there is seen


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of time: where it stands in the drawing, and what it says."""

    slice: Slice
    x: float
    y: float
    width: float
    height: float
    when: str
    share: str

    @property
    def told(self) -> str:
        """All of it in a line."""
        return f"{self.when}: {self.slice.hits:,} of {self.slice.all:,} statements ({self.share})"


@dataclass(frozen=True, slots=True)
class Chart:
    """All bars; ``top`` is what the highest stands for."""

    bars: tuple[Bar, ...]
    top: str
    first: str
    last: str
    measure: Measure
    outside: int = 0


def crowded(slices: Sequence[Slice]) -> tuple[str, str] | None:
    """The days to look at instead, where a few far ones would press all others into a bar or two.

    >>> crowded([Slice("2019-01-01", "2019-12-31", 1, 1), Slice("2020-01-01", "2020-12-31", 0, 0),
    ...          Slice("2021-01-01", "2021-12-31", 500, 900)])
    ('2021-01-01', '2021-12-31')
    """
    far = FAR * sum(one.hits for one in slices)
    begin, end = 0, len(slices)
    left = right = 0
    while begin < end and (left := left + slices[begin].hits) <= far:
        begin += 1
    while begin < end and (right := right + slices[end - 1].hits) <= far:
        end -= 1
    few = 2 * (end - begin) <= len(slices)
    return (slices[begin].first, slices[end - 1].last) if few and begin < end else None


def chart(slices: Sequence[Slice], measure: Measure, outside: int = 0) -> Chart | None:
    """The drawing, or None where there is nothing to compare; ``outside`` hits are of other days."""
    if len(slices) < 2:
        return None
    values = [_value(one, measure) for one in slices]
    highest = max(values) or 1
    step = WIDTH / len(slices)
    gap = min(2.0, step * 0.2)
    bars = []
    for place, (one, value) in enumerate(zip(slices, values, strict=True)):
        height = max(_LEAST, round(HEIGHT * value / highest, 2)) if one.hits else 0.0
        when = stretch(one.first, one.last)
        x, width = round(place * step, 2), round(step - gap, 2)
        bars.append(Bar(one, x, round(HEIGHT - height, 2), width, height, when, percent(one.hits, one.all)))
    top = percent(highest) if measure == "share" else f"{int(highest):,}"
    return Chart(
        tuple(bars), top, stretch(slices[0].first, None), stretch(slices[-1].last, None), measure, outside
    )


def _value(one: Slice, measure: Measure) -> float:
    if measure == "count":
        return float(one.hits)
    return one.hits / one.all if one.all else 0.0
