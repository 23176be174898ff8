"""Parts of a year: "the third quarter", "Q3 2013", "the year-earlier period", "last fall", "year-end"."""

from __future__ import annotations

import re

from quotidian.when import calendar
from quotidian.when.calendar import Stretch
from quotidian.when.expressions.anchor import Anchor, Reading, Rule, of_some_year, rule, which_year
from quotidian.when.expressions.lexicon import APOSTROPHE, GAP, JOINT, SEASON, SEASON_OF
from quotidian.when.expressions.numbers import ORDINAL, YEAR, ordinal_number
from quotidian.when.expressions.years import any_year, has_year, named_year

_YEAR_BEFORE = rf"(?:{any_year('before')}(?:{APOSTROPHE}s)?{GAP})?"
_YEAR_AFTER = rf"(?:,?{GAP}(?:(?i:of|in){GAP})?(?:(?i:fiscal){GAP})?{any_year('after')})?"
_YEAR_AGO = rf"(?i:year{JOINT}(?:ago|earlier))"


def _date(stretch: Stretch | None) -> Reading | None:
    return Reading("DATE", stretch) if stretch else None


def _year_beside(m: re.Match[str]) -> str | None:
    return next((name for name in ("before", "after") if has_year(m, name)), None)


@rule(
    rf"(?:(?i:the|its|their|this|last|next){GAP})?{_YEAR_BEFORE}(?:(?P<ago>{_YEAR_AGO}){GAP})?"
    rf"(?:(?i:fiscal){JOINT})?(?:(?P<ordinal>{ORDINAL}){JOINT}(?i:quarter)|Q(?P<q>[1-4])){_YEAR_AFTER}"
)
def quarter(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the third quarter", "this year's first quarter", "Q3 2013"."""
    number = int(m["q"]) if m["q"] else ordinal_number(m["ordinal"])
    if beside := _year_beside(m):
        return _date(calendar.quarter(named_year(m, anchor, beside), number))
    found = of_some_year(lambda year: calendar.quarter(year, number), anchor)
    return _date(calendar.years_later(found, -1) if found and m["ago"] else found)


@rule(
    rf"(?:(?i:the|its|their){GAP})?{_YEAR_BEFORE}(?P<ordinal>(?i:first|second)){JOINT}(?i:half){_YEAR_AFTER}"
)
def half(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the first half of 2016"; without a year it may be of a match."""
    beside = _year_beside(m)
    if beside is None:
        return None
    return _date(calendar.half(named_year(m, anchor, beside), ordinal_number(m["ordinal"])))


_WHICH = (
    "the|that|this|last|next|latest|same|current|previous|prior|preceding|following|comparable|corresponding"
    rf"|{_YEAR_AGO}|last{GAP}year{APOSTROPHE}s|{YEAR}"
)


@rule(
    rf"(?:(?i:the){GAP})?(?:(?i:comparable|corresponding|same){GAP})?(?P<which>(?i:{_WHICH})){GAP}"
    rf"(?P<unit>(?i:quarter|period))(?P<then>{GAP}(?i:last{GAP}year|a{GAP}year{GAP}(?:ago|earlier)))?"
)
def that_quarter(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the quarter", "the year-earlier period": counted from the one whose results are told."""
    which = m["which"].lower()
    is_compared = "year" in which or m["then"] is not None or which.isdigit()
    if m["unit"].lower() == "period" and not is_compared and which not in ("latest", "current"):
        return None
    if which in ("this", "current", "last", "next"):
        return _date(anchor.from_publication("quarter", {"last": -1, "next": 1}.get(which, 0)))
    told = anchor.period or anchor.from_publication("quarter", -1)
    if told.first is None:
        return _date(told)
    if which.isdigit():
        return _date(calendar.years_later(told, int(which) - told.first.year))
    if is_compared:
        return _date(calendar.years_later(told, -1))
    if which in ("previous", "prior", "preceding", "following"):
        return _date(calendar.moved("quarter", told.first, 1 if which == "following" else -1))
    return _date(told)


@rule(rf"(?P<which>(?i:last|next|this(?:{GAP}(?:past|coming))?)){GAP}(?P<season>{SEASON})")
def which_season(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "last fall", "this past spring"."""
    name = SEASON_OF[m["season"].lower()]
    return _date(which_year(m["which"], lambda year: calendar.season(year, name), anchor))


@rule(rf"(?:(?i:the){GAP})?(?P<season>{SEASON}),?{GAP}(?:of{GAP})?{any_year()}")
def season_of_year(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the winter of 1994", "summer 2016"."""
    return _date(calendar.season(named_year(m, anchor), SEASON_OF[m["season"].lower()]))


_LEADS_TO_SEASON = re.compile(r"\b(?i:in|since|until|by|during|before|after|early|late)\s$")


@rule(rf"(?i:the){GAP}(?P<season>{SEASON})(?!{GAP}of)")
def season_alone(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "in the fall"."""
    if not _LEADS_TO_SEASON.search(m.string, max(0, m.start() - 8), m.start()):
        return None
    name = SEASON_OF[m["season"].lower()]
    return _date(of_some_year(lambda year: calendar.season(year, name), anchor))


@rule(rf"(?i:year{JOINT}end)")
def end_of_the_year(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "by year-end"."""
    found = of_some_year(lambda year: calendar.day(year, 12, 31), anchor)
    return _date(calendar.about(found) if found else None)


RULES: tuple[Rule, ...] = (
    quarter,
    half,
    that_quarter,
    which_season,
    season_of_year,
    season_alone,
    end_of_the_year,
)
