"""Days that have a name: "Christmas Eve", "last Thanksgiving", "Easter Sunday".

What other countries hold on other days is marked unsure (EDTF ``?``): the text doesn't tell which is meant,
and the value is that of the country whose press writes it so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from quotidian.when import calendar
from quotidian.when.calendar import Stretch
from quotidian.when.expressions.anchor import Anchor, Reading, Rule, of_some_year, rule, which_year
from quotidian.when.expressions.lexicon import APOSTROPHE, GAP
from quotidian.when.expressions.numbers import YEAR


class _Holiday(NamedTuple):
    """A pattern of its name, its day in a year, and whether it is the same day in every country."""

    name: str
    in_year: Callable[[int], date]
    everywhere: bool = True


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def _nth(month: int, weekday: int, nth: int, off: int = 0) -> Callable[[int], date]:
    """The nth weekday (Monday is 1) of a month, and so many days later."""

    def in_year(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1) + off)

    return in_year


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule in Meeus 1991, Astronomical Algorithms, chapter 8.

    >>> str(easter(2024)), str(easter(2038))
    ('2024-03-31', '2038-04-25')
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


_S = f"{APOSTROPHE}s"
# The longer name first: "Easter Monday" is not Easter.
_HOLIDAYS = (
    _Holiday(f"New Year{_S} Day", _fixed(1, 1)),
    _Holiday(f"New Year{_S} Eve", _fixed(12, 31)),
    _Holiday(f"Valentine{_S} Day", _fixed(2, 14)),
    _Holiday(f"St\\.? Patrick{_S} Day", _fixed(3, 17)),
    _Holiday("Ash Wednesday", _from_easter(-46)),
    _Holiday("Good Friday", _from_easter(-2)),
    _Holiday("Easter Monday", _from_easter(1)),
    _Holiday("Easter(?: Sunday)?", _from_easter(0)),
    _Holiday("Halloween", _fixed(10, 31)),
    _Holiday("Christmas Eve", _fixed(12, 24)),
    _Holiday("Christmas(?: Day)?", _fixed(12, 25)),
    _Holiday("Boxing Day", _fixed(12, 26)),
    _Holiday("Martin Luther King(?: Jr\\.)? Day", _nth(1, 1, 3), everywhere=False),
    _Holiday(f"Presidents{APOSTROPHE}? Day", _nth(2, 1, 3), everywhere=False),
    _Holiday(f"Mother{_S} Day", _nth(5, 7, 2), everywhere=False),
    _Holiday("Memorial Day", _nth(6, 1, 1, off=-7), everywhere=False),
    _Holiday(f"Father{_S} Day", _nth(6, 7, 3), everywhere=False),
    _Holiday("[Tt]he Fourth of July", _fixed(7, 4)),
    _Holiday("Independence Day", _fixed(7, 4), everywhere=False),
    _Holiday("Labor Day", _nth(9, 1, 1), everywhere=False),
    _Holiday("Columbus Day", _nth(10, 1, 2), everywhere=False),
    _Holiday("Election (?:Day|Night)", _nth(11, 1, 1, off=1), everywhere=False),
    _Holiday(f"Veterans{APOSTROPHE}? Day", _fixed(11, 11), everywhere=False),
    _Holiday("Thanksgiving(?: Day)?", _nth(11, 4, 4), everywhere=False),
)
_PATTERNS = tuple(re.compile(one.name.replace(" ", GAP)) for one in _HOLIDAYS)
_ANY = "|".join(pattern.pattern for pattern in _PATTERNS)
_NO_DAY = "Islands?|season|shopping|trees?|carols?|cards?|gifts?|presents?|sales?|dinner|eggs?"


@rule(
    rf"(?:(?P<which>(?i:last|next|this)){GAP})?(?P<name>{_ANY})(?:,?{GAP}(?P<year>{YEAR}))?(?!{GAP}(?:{_NO_DAY}))"
)
def holiday(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "on Christmas Eve", "last Thanksgiving"."""
    named = next(
        one for one, pattern in zip(_HOLIDAYS, _PATTERNS, strict=True) if pattern.fullmatch(m["name"])
    )

    def of(year: int | None) -> Stretch:
        return calendar.holding("day", named.in_year(year)) if year else Stretch("XXXX-XX-XX")

    if m["year"]:
        found: Stretch | None = of(int(m["year"]))
    else:
        found = which_year(m["which"], of, anchor) if m["which"] else of_some_year(of, anchor)
    if found is None:
        return None
    return Reading("DATE", found if named.everywhere else calendar.unsure(found))


RULES: tuple[Rule, ...] = (holiday,)
