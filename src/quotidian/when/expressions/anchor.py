"""What a date is counted from, and which of several like days the words mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from quotidian.types import DateType
from quotidian.when import calendar
from quotidian.when.calendar import Stretch, Unit, Yearly
from quotidian.when.expressions.tense import Direction


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is known where an expression stands.

    ``published`` is the day of publication; ``direction`` where the verb near by points. ``named`` is
    the stretch that the text named last before, ``named_day`` the day, ``period`` the quarter or half.
    """

    published: date | None
    direction: Direction | None = None
    named: Stretch | None = None
    named_day: Stretch | None = None
    period: Stretch | None = None

    def from_publication(self, unit: Unit, count: int) -> Stretch:
        """``count`` units from that of publication: -1 of "week" is last week."""
        return _counted(unit, self.published, count)

    def from_named(self, unit: Unit, count: int) -> Stretch:
        """``count`` units from the one that the text named last; from publication where it named none.

        Nothing is counted from a stretch that is longer than the unit: the day after "May" may be any.
        """
        if self.named is None or self.named.first is None or self.named.last is None:
            return _counted(unit, self.published, count)
        if self.named.last > (calendar.holding(unit, self.named.first).last or self.named.last):
            return Stretch(_UNPLACED[unit])
        return _counted(unit, self.named.first, count)

    def year(self, which: str) -> int | None:
        """The year that "last", "this", "that", "the following" … year is; None where nothing tells."""
        word = which.lower().split()[-1]
        if word in _YEARS_FROM_TEXT:
            found = self.from_named("year", _YEARS_FROM_TEXT[word])
        else:
            found = self.from_publication("year", {"last": -1, "next": 1}.get(word, 0))
        return found.first.year if found.first else None


_YEARS_FROM_TEXT = {"that": 0, "same": 0, "previous": -1, "following": 1}


class Reading(NamedTuple):
    """What an expression means: the type and the stretch whose value it has, as in TIMEX3."""

    type: DateType
    stretch: Stretch


class Rule(NamedTuple):
    """Expressions of one form, and what each means; None where it is no date after all."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Anchor], Reading | None]


def rule(pattern: str) -> Callable[[Callable[[re.Match[str], Anchor], Reading | None]], Rule]:
    """Makes a rule of a function, for expressions that begin and end where words do."""
    compiled = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
    return lambda read: Rule(compiled, read)


# What TIMEX3 has where nothing places a unit.
_UNPLACED: dict[Unit, str] = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "season": "XXXX-XX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}


def _counted(unit: Unit, start: date | None, count: int) -> Stretch:
    if start is None:
        return Stretch(_UNPLACED[unit])
    return calendar.moved(unit, start, count) or Stretch("PAST_REF" if count < 0 else "FUTURE_REF")


def weekday(number: int, start: date | None, *, least: int) -> Stretch:
    """The day of this weekday that lies ``least`` to ``least + 6`` days after ``start``."""
    if start is None:
        return Stretch(f"XXXX-WXX-{number}")
    first = start + timedelta(days=least)
    return calendar.holding("day", first + timedelta(days=(number - first.isoweekday()) % 7))


# How many days nearer a date must lie to be meant against the tense: behind where the verb looks ahead, ahead
# where it looks back, ahead where there is no verb, for the news looks back. Fitted on TimeBank's train part.
_BEHIND_FUTURE, _AHEAD_PAST, _AHEAD = 220, 280, 60


def of_some_year(make: Yearly, anchor: Anchor) -> Stretch | None:
    """Of what comes every year, the one that is meant: the nearest that goes with the tense.

    ``make`` makes it for a year, or for an unknown one. None where the calendar has none such.
    """
    here = anchor.published
    if here is None:
        return make(None)
    near = [made for year in (-1, 0, 1) if (made := make(here.year + year))]
    return min(near, key=lambda one: _distance(one, here, anchor.direction), default=None)


def _distance(stretch: Stretch, here: date, direction: Direction | None) -> int:
    first, last = stretch.first or here, stretch.last or here
    if first > here:
        return (first - here).days + {"past": _AHEAD_PAST, "future": 0, None: _AHEAD}[direction]
    if last < here:
        return (here - last).days + (_BEHIND_FUTURE if direction == "future" else 0)
    return 0


def which_year(which: str, make: Yearly, anchor: Anchor) -> Stretch | None:
    """Of what comes every year, the one that a word picks: "last May", "this summer", "next January"."""
    here = anchor.published
    if here is None:
        return make(None)
    near = [made for year in (-2, -1, 0, 1, 2) if (made := make(here.year + year))]
    match which.lower().split():
        case ["last"] | [*_, "past"]:
            return max((one for one in near if one.last and one.last < here), key=_first, default=None)
        case ["next"] | [*_, "coming"]:
            return min((one for one in near if one.first and one.first > here), key=_first, default=None)
    return next((one for one in near if one.first and one.first.year == here.year), None)


def _first(stretch: Stretch) -> date:
    return stretch.first or date.min
