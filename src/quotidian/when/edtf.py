"""The days that an EDTF string reaches from and to, for the strings that this stage makes."""

from __future__ import annotations

import re
from datetime import date

from quotidian.when import calendar

_ONE = re.compile(r"(?P<year>\d{2,4}X{0,2})(?:-(?P<part>\d\d)(?:-(?P<day>\d\d))?)?[~?%]?")


def reach(edtf: str) -> tuple[date, date] | None:
    """First and last day; None where the string leaves the year open or has no end.

    >>> reach("2016-09"), reach("2016-09-05/2016-09-11") == reach("[2016-09-05,2016-09-11]")
    ((datetime.date(2016, 9, 1), datetime.date(2016, 9, 30)), True)
    >>> reach("XXXX-09-05"), reach("../2016-09-05")
    (None, None)
    """
    ends = [_reach_of_one(one) for one in re.split(r"[/,]", edtf.strip("[]"))]
    first, last = ends[0], ends[-1]
    return (first[0], last[1]) if first and last else None


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """First and last day, None for an open end.

    >>> bounds("../2016-09-05")
    (None, datetime.date(2016, 9, 5))
    """
    if edtf.startswith(("../", "/")):
        reached = reach(edtf.partition("/")[2])
        return None, reached[1] if reached else None
    if edtf.endswith(("/..", "/")):
        reached = reach(edtf.partition("/")[0])
        return reached[0] if reached else None, None
    return reach(edtf) or (None, None)


def _reach_of_one(edtf: str) -> tuple[date, date] | None:
    m = _ONE.fullmatch(edtf)
    if m is None:
        return None
    stretch = _stretch(m["year"], m["part"], m["day"])
    return (stretch.first, stretch.last) if stretch and stretch.first and stretch.last else None


def _stretch(year: str, part: str | None, day: str | None) -> calendar.Stretch | None:
    if year.endswith("XX"):
        return calendar.century(int(year[:2]) * 100)
    if year.endswith("X"):
        return calendar.decade(int(year[:3]) * 10)
    number, of = int(year), int(part or 0)
    if day is not None:
        return calendar.day(number, of, int(day))
    if part is None:
        return calendar.year(number)
    if of <= 12:
        return calendar.month(number, of)
    if of <= 24:
        return calendar.season(number, calendar.SEASONS[of - 21])
    return calendar.quarter(number, of - 32) if of <= 36 else calendar.half(number, of - 39)
