"""Days and months by name or number: "March 7, 2024", "the 7th of March", "25/12/2023", "last May"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from quotidian.when import calendar
from quotidian.when.calendar import Stretch
from quotidian.when.expressions.anchor import Anchor, Reading, Rule, of_some_year, rule, which_year
from quotidian.when.expressions.lexicon import (
    APOSTROPHE,
    GAP,
    HYPHEN,
    MONTH,
    MONTH_NAME,
    WEEKDAY,
    month_number,
    weekday_number,
)
from quotidian.when.expressions.numbers import YEAR, full_year
from quotidian.when.expressions.years import any_year, has_year, named_year

_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DAY = rf"(?P<day>{_NUMBER})"
_OF_DAYS = rf"(?:(?P<weekday>{WEEKDAY}),?{GAP}(?:the{GAP})?)?"
_AND_YEAR = rf"(?:,?{GAP}(?:of{GAP})?{any_year()})?"
_AND = rf"(?:{GAP}?{HYPHEN}{GAP}?|,?{GAP}(?:and|or|to|through|until){GAP}(?:the{GAP})?)"
# Not "March 7:30", "May 5 percent", "June 5,000".
_NO_COUNT = rf"(?![\d%]|[.,:]\d|{GAP}?(?i:percent|per{GAP}cent|million|billion|people|points?))"
# "May 5-7, 2016": the year of the second day is that of the first.
_SHARED_YEAR = rf"(?:(?={_AND}{_NUMBER},?{GAP}(?P<shared>{YEAR})))?"


def _date(stretch: Stretch | None) -> Reading | None:
    return Reading("DATE", stretch) if stretch else None


def _day(m: re.Match[str], number: str, year: int | None, anchor: Anchor) -> Reading | None:
    """The day of a month; the month, marked unsure, where the calendar has no such day ("31 February")."""
    day, month = int(number.rstrip("stndrh")), month_number(m["month"])

    def of(year: int | None) -> Stretch | None:
        return calendar.day(year, month, day)

    if year is not None:
        return _date(of(year) or calendar.unsure(calendar.month(year, month)))
    found = _on_weekday(m, of, anchor) or of_some_year(of, anchor)
    if found is None and (some := of_some_year(lambda year: calendar.month(year, month), anchor)):
        found = calendar.unsure(some)
    return _date(found)


def _on_weekday(m: re.Match[str], of: calendar.Yearly, anchor: Anchor) -> Stretch | None:
    """The day in publication's year, or the years beside it, that falls on the weekday named with it."""
    named = m.groupdict().get("weekday")
    if anchor.published is None or named is None:
        return None
    near = (of(anchor.published.year + off) for off in (0, -1, 1))
    weekday = weekday_number(named)
    return next((one for one in near if one and one.first and one.first.isoweekday() == weekday), None)


def _year(m: re.Match[str], anchor: Anchor) -> int | None:
    shared = m.groupdict().get("shared")
    return int(shared) if shared else named_year(m, anchor) if has_year(m) else None


@rule(rf"{_OF_DAYS}(?P<month>{MONTH}){GAP}(?:the{GAP})?{_DAY}{_AND_YEAR}{_NO_COUNT}{_SHARED_YEAR}")
def month_and_day(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "March 7", "Tuesday, Sept. 3, 2024", "March 7 last year"."""
    return _day(m, m["day"], _year(m, anchor), anchor)


@rule(rf"{_OF_DAYS}{_DAY}{GAP}(?:of{GAP})?(?P<month>{MONTH}){_AND_YEAR}")
def day_and_month(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "7 March", "the 7th of March, 2024"."""
    return _day(m, m["day"], _year(m, anchor), anchor)


_MONTH_AND_DAY_BEFORE = re.compile(rf"(?<!\w)(?P<month>{MONTH}){GAP}{_NUMBER}{_AND}$")
_DAY_AND_MONTH_AFTER = re.compile(rf"{_AND}{_NUMBER}{GAP}(?:of{GAP})?(?P<month>{MONTH}){_AND_YEAR}(?!\w)")
_IS_NO_COUNT = rf"(?![\d%:]|[.,]\d|{GAP}(?!in|at|on|to|for|and|with|by)[a-z])"


@rule(rf"{_DAY}{_AND_YEAR}{_IS_NO_COUNT}")
def second_day(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """The "25" of "April 24 and 25"."""
    first = _MONTH_AND_DAY_BEFORE.search(m.string, max(0, m.start() - 40), m.start())
    return _day(first, m["day"], _year(m, anchor), anchor) if first else None


@rule(_DAY)
def first_day(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """The "24" of "24 and 25 April"."""
    second = _DAY_AND_MONTH_AFTER.match(m.string, m.end())
    return _day(second, m["day"], _year(second, anchor), anchor) if second else None


@rule(rf"(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)")
def iso_day(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "2024-03-07"."""
    return _date(calendar.day(int(m["year"]), int(m["month"]), int(m["day"])))


@rule(r"(?<![/.])(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?!/|\.\d)")
def day_in_figures(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "25/12/2023", "12/25/23", "25.12.2023".

    A number above 12 shows which is the day; with stops the day comes first. Else it is one of two days.
    """
    if m["mark"] == "." and len(m["year"]) == 2:
        return None
    year = int(m["year"]) if len(m["year"]) == 4 else full_year(m["year"], anchor.published)
    if not calendar.FIRST_YEAR <= year <= calendar.LAST_YEAR:
        return None
    day_first = calendar.day(year, int(m["b"]), int(m["a"]))
    month_first = calendar.day(year, int(m["a"]), int(m["b"])) if m["mark"] == "/" else None
    if day_first and month_first:
        return _date(calendar.one_of(day_first, month_first))
    return _date(day_first or month_first)


_ATTACKS = rf"(?=,?{GAP}(?:\w+{GAP})?(?:terror|attack|hijack))"


@rule(rf"(?<!/)9/11(?!/)|(?:September|Sept?\.?){GAP}11(?:th)?{_ATTACKS}")
def attacks_of_september(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """The name of one day: "9/11", "the Sept. 11 attacks", in whatever year it is written."""
    day = calendar.holding("day", date(2001, 9, 11))
    return _date(replace(day, first=None, last=None))  # "the next day" is not counted from a name


@rule(rf"(?P<month>{MONTH})(?:{APOSTROPHE}s)?,?{GAP}(?:of{GAP})?{any_year()}")
def month_of_year(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "March 2024", "Sept. 2013", "May of last year"."""
    return _date(calendar.month(named_year(m, anchor), month_number(m["month"])))


@rule(rf"(?P<which>(?i:last|next|past|this(?:{GAP}(?:past|coming))?)){GAP}(?P<month>{MONTH_NAME})")
def which_month(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "last May", "this September"."""
    name = month_number(m["month"])
    return _date(which_year(m["which"], lambda year: calendar.month(year, name), anchor))


# These alone may be a person or a verb, so they are months only after such words.
_ALSO_NAMES = frozenset({"March", "April", "May", "June", "August"})
_LEADS_TO_MONTH = re.compile(
    r"\b(?i:in|since|until|till|by|of|for|from|to|through|during|before|after|between|and|or|the|its|than"
    r"|early|late|mid|around)[\s-]$"
)
_A = re.compile(r"\b(?i:an?|his|her|their)\s$")
_NOUN_FOLLOWS = re.compile(r"[^\S\n][a-z]+")
_NAME_FOLLOWS = re.compile(r"[^\S\n](?:(?:[A-Z]\w*\.?|on|for)[^\S\n])?[A-Z][a-z]")


@rule(rf"(?P<month>{MONTH_NAME})")
def month_alone(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "in May", "December's figures", "an August speech"."""
    before = max(0, m.start() - 12), m.start()
    is_led_to = _LEADS_TO_MONTH.search(m.string, *before) and not _NAME_FOLLOWS.match(m.string, m.end())
    describes = _A.search(m.string, *before) and _NOUN_FOLLOWS.match(m.string, m.end())
    if m[0].capitalize() in _ALSO_NAMES and not is_led_to and not describes:
        return None
    return _date(of_some_year(lambda year: calendar.month(year, month_number(m[0])), anchor))


RULES: tuple[Rule, ...] = (
    month_and_day,
    day_and_month,
    second_day,
    first_day,
    iso_day,
    day_in_figures,
    attacks_of_september,
    month_of_year,
    which_month,
    month_alone,
)
