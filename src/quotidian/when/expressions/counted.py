"""Units that are counted: "three years", "two years ago", "a month from now", "a week later"."""

from __future__ import annotations

import re

from quotidian.when import calendar
from quotidian.when.calendar import Stretch, Unit
from quotidian.when.expressions.anchor import Anchor, Reading, Rule, rule
from quotidian.when.expressions.lexicon import CLOCK_UNIT, GAP, JOINT, SOME_TIME, UNIT, unit
from quotidian.when.expressions.numbers import COUNT, amount, number

_WHICH = (
    rf"(?:(?i:the|these|those){GAP})?"
    rf"(?:(?i:first|last|past|next|coming|final|previous|following|latest){GAP})?"
)
_ROUGHLY = (
    rf"(?:(?:(?P<about>(?i:about|around|roughly|some|almost|nearly|more{GAP}than|less{GAP}than"
    rf"|(?:just{GAP})?(?:over|under)|at{GAP}least))|(?i:just|only|exactly|barely|up{GAP}to|within)){GAP})?"
)
_KIND = rf"(?:(?i:more|full|consecutive|straight|trading|additional|whole){GAP})?"
_UNITS = rf"(?:(?P<unit>{UNIT})|(?P<of_day>{CLOCK_UNIT}))"
_AND_A_HALF = rf"(?P<half>{GAP}and{GAP}a{GAP}half)?"
_OR_SO = rf"(?:{GAP}or{GAP}(?P<so>so|more))?"
_WAY = rf"(?P<way>(?i:ago|from{GAP}now|hence|earlier|later|before|after))"
_CLAUSE_FOLLOWS = re.compile(r"\s+\w")


@rule(
    rf"{_WHICH}{_ROUGHLY}(?P<count>{COUNT}){JOINT}{_KIND}{_UNITS}(?!{JOINT}old){_AND_A_HALF}(?:{_OR_SO}{JOINT}{_WAY})?"
)
def counted(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "three years", "almost two years ago", "a few days later"."""
    way, many = (m["way"] or "").lower(), number(m["count"], and_a_half=m["half"] is not None)
    # "two days before the vote" counts from what no calendar tells
    is_of_event = way in ("before", "after") and _CLAUSE_FOLLOWS.match(m.string, m.end())
    is_of_today = way in ("ago", "from now", "hence")
    if m["unit"] is None or not way or is_of_event or (many is None and not is_of_today):
        return Reading("DURATION", Stretch(amount(many, m["unit"] or m["of_day"])))
    if many is None:
        return _some_time(way)
    of, count = _whole(many, m["unit"])
    found = _away(of, count, way, anchor)
    return Reading("DATE", calendar.about(found) if m["about"] or m["so"] else found)


def _whole(many: float, words: str) -> tuple[Unit, int]:
    """How many of which unit to count: a year and a half is 18 months, a decade ten years."""
    of = unit(words)
    if words.lower().startswith("fortnight"):
        return of, round(2 * many)
    if of in ("decade", "century"):
        return "year", round(many * (10 if of == "decade" else 100))
    if of == "year" and many != int(many):
        return "month", round(12 * many)
    return of, int(many)


def _away(of: Unit, count: int, way: str, anchor: Anchor) -> Stretch:
    """So many units from publication ("ago"), or from what the text named last ("earlier")."""
    if (of, count) == ("year", 1) and way in ("ago", "earlier"):
        return _a_year_before(anchor)
    if way in ("ago", "from now", "hence"):
        return anchor.from_publication(of, -count if way == "ago" else count)
    return anchor.from_named(of, -count if way in ("earlier", "before") else count)


def _a_year_before(anchor: Anchor) -> Stretch:
    """Where results of a quarter are told, "a year ago" is that quarter of the year before."""
    told = calendar.years_later(anchor.period, -1) if anchor.period else None
    return told or anchor.from_publication("year", -1)


def _some_time(way: str) -> Reading:
    return Reading("DATE", Stretch("PAST_REF" if way == "ago" else "FUTURE_REF"))


@rule(rf"{SOME_TIME}{GAP}(?P<way>(?i:ago|from{GAP}now))")
def some_time_ago(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "decades ago"."""
    return _some_time(m["way"].lower())


@rule(rf"(?i:the){GAP}(?P<unit>{UNIT}){GAP}(?P<way>(?i:before|after))")
def the_one_before(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the day before", "the year after"."""
    if _CLAUSE_FOLLOWS.match(m.string, m.end()):
        return None
    return Reading("DATE", anchor.from_named(unit(m["unit"]), -1 if m["way"].lower() == "before" else 1))


@rule(rf"(?i:year{JOINT}(?:earlier|ago))")
def year_earlier(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the year-earlier loss"."""
    return Reading("DATE", _a_year_before(anchor))


@rule(
    rf"(?:(?i:the){GAP})?(?i:past|last|recent|coming|next){GAP}(?P<unit>{SOME_TIME})"
    rf"|(?<=for )(?P<long>{SOME_TIME})"
)
def some_time(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "recent months", "for years"."""
    return Reading("DURATION", Stretch(amount(None, m["unit"] or m["long"])))


RULES: tuple[Rule, ...] = (counted, some_time_ago, the_one_before, year_earlier, some_time)
