"""Stretches of the calendar, each with its TIMEX3 value and, where there is one, its EDTF.

TIMEX3: Pustejovsky et al. 2003, "TimeML: Robust specification of event and temporal expressions in text",
with the values that TimeBank uses: "1998-W07", "1998-Q3", "1998-FA", "199" for a decade. EDTF: the Library
of Congress's Extended Date/Time Format, ISO 8601-2:2019; "199X" is of level 1, "1998-35" (a quarter) of 2.

A year that nothing tells is None and written ``XXXX``; what has no year, or is no stretch of the
calendar at all ("PRESENT_REF", "P3D"), has no ``first`` and no ``last`` day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]

# Outside of these years a number is no year of the news.
FIRST_YEAR, LAST_YEAR = 1000, 2999

# TIMEX3's names; EDTF numbers them from 21. They begin in March, June, September and December.
SEASONS = ("SP", "SU", "FA", "WI")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time: TIMEX3 value, EDTF (None where it has no such value), first and last day.

    ``unit`` is what it is one of; None for what is none of :data:`Unit`.
    """

    timex: str
    edtf: str | None = None
    first: date | None = None
    last: date | None = None
    unit: Unit | None = None


# Makes what comes every year of a year, or of an unknown one; None where that year has none such.
Yearly = Callable[[int | None], Stretch | None]


def day(year: int | None, month: int, number: int) -> Stretch | None:
    """A day; None where the calendar has none such. 29 February may be a day if the year is unknown.

    >>> day(None, 8, 14).edtf, day(2023, 2, 29)
    ('XXXX-08-14', None)
    """
    try:
        placed = date(year or 2000, month, number)
    except ValueError:
        return None
    if year is None:
        name = f"XXXX-{month:02}-{number:02}"
        return Stretch(name, name, unit="day")
    return Stretch(placed.isoformat(), placed.isoformat(), placed, placed, "day")


def month(year: int | None, number: int) -> Stretch:
    """A month, by its number from 1 to 12."""
    return _months(year, number, 1, f"{number:02}", f"{number:02}", "month")


def quarter(year: int | None, number: int) -> Stretch:
    """A quarter of a year, by its number from 1 to 4.

    >>> quarter(1998, 3).timex, quarter(1998, 3).edtf
    ('1998-Q3', '1998-35')
    """
    return _months(year, 3 * number - 2, 3, f"Q{number}", str(32 + number), "quarter")


def half(year: int | None, number: int) -> Stretch:
    """The first or the second half of a year."""
    return _months(year, 6 * number - 5, 6, f"H{number}", str(39 + number), "half")


def season(year: int | None, name: str) -> Stretch:
    """A season of the northern year by whole months; a winter has the year of its December.

    >>> season(1998, "WI").timex, season(1998, "WI").edtf, str(season(1998, "WI").last)
    ('1998-WI', '1998-24', '1999-02-28')
    """
    place = SEASONS.index(name)
    return _months(year, 3 * place + 3, 3, name, str(21 + place), "season")


def _months(year: int | None, first: int, count: int, timex: str, edtf: str, unit: Unit) -> Stretch:
    known = "XXXX" if year is None else str(year)
    named = Stretch(f"{known}-{timex}", f"{known}-{edtf}", unit=unit)
    if year is None:
        return named
    begins = date(year, first, 1)
    return replace(named, first=begins, last=_months_later(begins, count) - timedelta(days=1))


def week(of: date) -> Stretch:
    """The week of ISO 8601 that a day lies in. EDTF has no weeks: from Monday to Sunday.

    >>> week(date(2024, 3, 7)).timex, week(date(2024, 3, 7)).edtf
    ('2024-W10', '2024-03-04/2024-03-10')
    """
    iso = of.isocalendar()
    monday = of - timedelta(days=iso.weekday - 1)
    return _interval(f"{iso.year}-W{iso.week:02}", monday, monday + timedelta(days=6), "week")


def weekend(of: date) -> Stretch:
    """Saturday and Sunday of the week that a day lies in."""
    all_week = week(of)
    saturday = of + timedelta(days=6 - of.isoweekday())
    return _interval(f"{all_week.timex}-WE", saturday, saturday + timedelta(days=1), "weekend")


def _interval(timex: str, first: date, last: date, unit: Unit) -> Stretch:
    return Stretch(timex, f"{first}/{last}", first, last, unit)


def year(number: int) -> Stretch:
    """A year."""
    return Stretch(str(number), str(number), date(number, 1, 1), date(number, 12, 31), "year")


def fiscal_year(number: int) -> Stretch:
    """A business year: TimeBank has the year's number; it may begin in any month, so EDTF is approximate."""
    return replace(year(number), edtf=f"{number}~")


def decade(of: int) -> Stretch:
    """The ten years that a year belongs to.

    >>> decade(1996).timex, decade(1996).edtf
    ('199', '199X')
    """
    return _years(of, 10, "decade")


def century(of: int) -> Stretch:
    """The hundred years that a year belongs to, as news count them: 1900 to 1999."""
    return _years(of, 100, "century")


def _years(of: int, length: int, unit: Unit) -> Stretch:
    start = of // length * length
    name = str(start // length)
    return Stretch(name, name.ljust(4, "X"), date(start, 1, 1), date(start + length - 1, 12, 31), unit)


def one_of(day: Stretch, other: Stretch) -> Stretch:
    """A day that is one of two of a year: EDTF's set, level 2. The TIMEX3 value is the year.

    >>> one_of(day(2020, 3, 4), day(2020, 4, 3)).edtf
    '[2020-03-04,2020-04-03]'
    """
    first, last = sorted((day, other), key=lambda one: one.timex)
    if first == last:
        return first
    return Stretch(first.timex[:4], f"[{first.edtf},{last.edtf}]", first.first, last.last)


def at(stretch: Stretch, of_day: str) -> Stretch:
    """A time of a day: ``of_day`` is "T10:35" or "TNI", as in TIMEX3.

    EDTF stays that of the day: its times of day have seconds, which the news doesn't tell.
    """
    return replace(stretch, timex=stretch.timex + of_day)


def about(stretch: Stretch) -> Stretch:
    """The stretch as one that is about right: EDTF's ``~``."""
    return _marked(stretch, "~")


def unsure(stretch: Stretch) -> Stretch:
    """The stretch as one that may be wrong: EDTF's ``?``.

    >>> unsure(month(2024, 2)).edtf, unsure(about(year(2024))).edtf
    ('2024-02?', '2024%')
    """
    return _marked(stretch, "?")


def _marked(stretch: Stretch, mark: str) -> Stretch:
    if stretch.edtf is None:
        return stretch
    ends = (
        end if end[-1] in (mark, "%") else f"{end[:-1]}%" if end[-1] in "~?" else end + mark
        for end in stretch.edtf.split("/")
    )
    return replace(stretch, edtf="/".join(ends))


def holding(unit: Unit, of: date) -> Stretch:
    """The stretch of this unit that a day lies in; a weekend is that of the day's week."""
    match unit:
        case "day":
            return Stretch(of.isoformat(), of.isoformat(), of, of, "day")
        case "week":
            return week(of)
        case "weekend":
            return weekend(of)
        case "month":
            return month(of.year, of.month)
        case "quarter":
            return quarter(of.year, (of.month + 2) // 3)
        case "half":
            return half(of.year, (of.month + 5) // 6)
        case "season":
            begun = _months_later(of, -2)
            return season(begun.year, SEASONS[(begun.month - 1) // 3])
        case "year":
            return year(of.year)
        case "decade":
            return decade(of.year)
        case "century":
            return century(of.year)


_DAYS: dict[Unit, int] = {"day": 1, "week": 7, "weekend": 7}
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "half": 6, "season": 12, "year": 12, "decade": 120}


def moved(unit: Unit, of: date, count: int) -> Stretch | None:
    """The stretch ``count`` units after the one that holds a day; None outside of the news's years.

    >>> moved("month", date(2024, 3, 31), -1).timex, moved("year", date(2024, 3, 7), -5000)
    ('2024-02', None)
    """
    try:
        if unit in _DAYS:
            there = of + timedelta(days=_DAYS[unit] * count)
        else:
            there = _months_later(of, _MONTHS.get(unit, 1200) * count)
    except (OverflowError, ValueError):
        return None
    return holding(unit, there) if FIRST_YEAR <= there.year <= LAST_YEAR else None


def years_later(stretch: Stretch, count: int) -> Stretch | None:
    """The same day, month, quarter or season of another year; None for what has no year."""
    if stretch.first is None or stretch.unit is None:
        return None
    if stretch.unit == "day":
        return day(stretch.first.year + count, stretch.first.month, stretch.first.day)
    return holding(stretch.unit, _months_later(stretch.first, 12 * count))


def _months_later(of: date, count: int) -> date:
    """The first of the month that many months later. Raises ValueError outside of the years 1 to 9999."""
    there = of.year * 12 + of.month - 1 + count
    return date(there // 12, there % 12 + 1, 1)
