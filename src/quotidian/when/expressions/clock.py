"""Times of day: "10:35 a.m.", "9 a.m. EST Tuesday", "noon", "14:30 GMT"."""

from __future__ import annotations

import re

from quotidian.when import calendar
from quotidian.when.calendar import Stretch
from quotidian.when.expressions.anchor import Anchor, Reading, Rule, rule
from quotidian.when.expressions.days import month_and_day
from quotidian.when.expressions.lexicon import GAP, HYPHEN, MONTH, WEEKDAY_NAME
from quotidian.when.expressions.numbers import YEAR
from quotidian.when.expressions.relative import day_of_the_week, today

_ZONE = r"(?:[ECMP][SD]?T|GMT|UTC|BST|CET|[A-Z][a-z]+\s[Tt]ime)"
_HALF = rf"(?P<half>(?i:[ap](?:\.{GAP}?m\b\.?|m\b)))"
_DAY = rf"(?i:today|yesterday|tomorrow)|{WEEKDAY_NAME}|{MONTH}{GAP}\d\d?(?:,{GAP}{YEAR})?"
_ON = rf"(?:,?{GAP}(?:on{GAP})?(?P<day>{_DAY}))?"
_LINE_BEGINS = r"(?:(?<=\n)|(?<=\n[\[(])|(?<![\s\S]))"
_ENTRY_FOLLOWS = rf"(?=[)\]]?{GAP}?(?:\n|[—–:-]|$))"


@rule(
    rf"{_LINE_BEGINS}(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:{GAP}?{_HALF})?(?:{GAP}{_ZONE})?"
    rf"{_ENTRY_FOLLOWS}"
)
def stamp(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """The time that an entry of a live blog begins with: of the day of publication."""
    hour = _hour(m) if m["half"] else int(m["hour"])
    day = anchor.from_publication("day", 0)
    return Reading("TIME", calendar.at(day, f"T{hour:02}:{m['minute']}"))


def _hour(m: re.Match[str]) -> int:
    """The hour of a clock that counts twice to twelve."""
    return int(m["hour"]) % 12 + (12 if m["half"][0] in "pP" else 0)


@rule(
    rf"(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?{GAP}?{_HALF}"
    rf"(?:,?{GAP}\(?{_ZONE}\)?)?{_ON}"
)
def clock(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "10:35 a.m.", "9 a.m. EST Tuesday"."""
    return _time(m["day"], f"T{_hour(m):02}:{m['minute'] or '00'}", anchor)


@rule(rf"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d){GAP}?{_ZONE}{_ON}")
def clock_of_24_hours(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "14:30 GMT"; without a zone it may be a score or a verse."""
    return _time(m["day"], f"T{int(m['hour']):02}:{m['minute']}", anchor)


_NAMED = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00", "morning": "TMO", "afternoon": "TAF"}


@rule(rf"(?:(?P<name>(?i:noon|midday|midnight))|mid(?:{HYPHEN}|{GAP})?(?P<part>morning|afternoon)){_ON}")
def named_time(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "noon Saturday", "mid-afternoon"."""
    return _time(m["day"], _NAMED[(m["name"] or m["part"]).lower()], anchor)


def _time(day: str | None, time: str, anchor: Anchor) -> Reading:
    """A time of the day that is named with it; else of the day named last; else of that of publication."""
    found = _named(day, anchor) if day else anchor.named_day or anchor.from_publication("day", 0)
    return Reading("TIME", calendar.at(found, time))


def _named(day: str, anchor: Anchor) -> Stretch:
    for one in (today, day_of_the_week, month_and_day):
        if (m := one.pattern.fullmatch(day)) and (reading := one.read(m, anchor)):
            return reading.stretch
    return anchor.from_publication("day", 0)


RULES: tuple[Rule, ...] = (stamp, clock, clock_of_24_hours, named_time)
