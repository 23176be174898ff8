"""Days and longer stretches by where they lie from publication, or from one named before.

"last week", "this morning", "the following year", "Tuesday", "over the weekend".
"""

from __future__ import annotations

import re
from datetime import timedelta

from quotidian.when import calendar
from quotidian.when.calendar import Stretch
from quotidian.when.expressions.anchor import Anchor, Reading, Rule, rule, weekday
from quotidian.when.expressions.lexicon import (
    GAP,
    HYPHEN,
    PART_OF,
    PART_OF_DAY,
    UNIT,
    WEEKDAY,
    either,
    unit,
    weekday_number,
)


def of_day(day: Stretch, part: str | None) -> Reading:
    """A day, or its morning, afternoon, evening or night."""
    if part is None:
        return Reading("DATE", day)
    return Reading("TIME", calendar.at(day, PART_OF[part.lower()]))


_TODAY = {"today": 0, "yesterday": -1, "tomorrow": 1}
# "USA Today" and "the Today show" are names: with a capital the word begins a sentence or quotation.
_BEGINS = re.compile(r"""(?:^|[.!?:;\n–—_(-]|['"“‘])\s?["“'‘]{0,2}$""")
_IS_SHOW = re.compile(r"""["”'’](?!s\b)|\s(?:[Ss]how|program)\b""")


@rule(rf"(?<!USA )(?P<day>(?i:today|yesterday|tomorrow))(?:{GAP}(?P<part>{PART_OF_DAY}))?")
def today(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "today", "tomorrow night"."""
    if m["day"] == "Today":
        begins = m.start() == 0 or _BEGINS.search(m.string, max(0, m.start() - 3), m.start())
        if not begins or _IS_SHOW.match(m.string, m.end()):
            return None
    return of_day(anchor.from_publication("day", _TODAY[m["day"].lower()]), m["part"])


@rule(rf"(?i:the{GAP}day{GAP}(?P<way>before{GAP}yesterday|after{GAP}tomorrow))")
def two_days_off(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the day before yesterday"."""
    return Reading("DATE", anchor.from_publication("day", -2 if m["way"][0] in "bB" else 2))


@rule(rf"(?i:last){GAP}(?P<late>(?i:night|evening))|(?i:this){GAP}(?P<part>{PART_OF_DAY})|(?i:tonight)")
def part_of_today(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "last night", "this morning", "tonight"."""
    day = anchor.from_publication("day", -1 if m["late"] else 0)
    return of_day(day, m["late"] or m["part"] or "night")


@rule(rf"(?P<which>(?i:that|the{GAP}(?:same|next|following|previous))){GAP}(?P<part>{PART_OF_DAY})")
def part_of_that_day(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "that night", "the next morning"."""
    which = m["which"].lower().split()[-1]
    return of_day(anchor.from_named("day", {"that": 0, "same": 0, "previous": -1}.get(which, 1)), m["part"])


# Names that hold a day of the week and are no date: "Black Friday", "Saturday Night Live", "The Sunday Post".
_NAMED_SO = re.compile(
    r"\b(?:Black|Super|Holy|Bloody|Ruby|Fat|Palm|Cyber|Giving|Maundy|Shrove|Fox News|CBS|Taco|Throwback)\s$"
)
_IS_NAME = re.compile(
    r"\s(?:Night (?:Live|Lights|Football|Fever)|Times|Telegraph|Mail|Mirror|Express|Star|Herald|Post|Tribune"
    r"|Review|Today|Sun|Independent|People|Morning|World)\b"
)
# Without a stop these are words or names.
_SHORT = frozenset({"SAT", "SUN", "MON", "WED"})
_POSSESSIVE = re.compile(r"['’]s\b")
_NOUN = re.compile(r"\s[a-z]")
_DETERMINER = re.compile(r"\b(?i:the|a|an|his|her|its|their|our|my)\s$")
_BEFORE_DAY = rf"last|next|past|coming|this(?:{GAP}(?:past|coming))?|the{GAP}(?:previous|following|next)"


@rule(rf"(?:(?P<which>(?i:{_BEFORE_DAY})){GAP})?(?P<day>{WEEKDAY})(?:{GAP}(?P<part>{PART_OF_DAY}))?")
def day_of_the_week(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "Tuesday", "last Friday", "Monday night".

    Where no word tells, it is the last such day up to publication, or the next if the verb looks ahead.
    """
    named_so = _NAMED_SO.search(m.string, max(0, m.start() - 12), m.start())
    if named_so or _IS_NAME.match(m.string, m.end("day")) or m["day"].upper() in _SHORT:
        return None
    number = weekday_number(m["day"])
    match (m["which"] or "").lower().split():
        case ["last"] | [*_, "past"]:
            day = weekday(number, anchor.published, least=-7)
        case ["next"] | [*_, "coming"]:
            day = weekday(number, anchor.published, least=1)
        case ["the", which]:
            start = anchor.named_day.first if anchor.named_day else anchor.published
            day = weekday(number, start, least=-7 if which == "previous" else 1)
        case _:
            looks_ahead = anchor.direction == "future" and not _describes(m)
            day = weekday(number, anchor.published, least=0 if looks_ahead else -6)
    return of_day(day, m["part"])


def _describes(m: re.Match[str]) -> bool:
    """Whether the day says which thing is meant, so that no verb goes with it: "the Friday vote"."""
    if _POSSESSIVE.match(m.string, m.end()):
        return True
    led = _DETERMINER.search(m.string, max(0, m.start() - 6), m.start())
    return led is not None and _NOUN.match(m.string, m.end()) is not None


_FROM_TEXT = {"that": 0, "that same": 0, "the same": 0, "the previous": -1, "the prior": -1}
_FROM_TEXT |= {"the preceding": -1, "the following": 1, "the next": 1}
_FROM_PUBLICATION = {"last": -1, "the last": -1, "past": -1, "the past": -1, "this past": -1, "previous": -1}
_FROM_PUBLICATION |= {"this": 0, "current": 0, "the current": 0}
_FROM_PUBLICATION |= {"next": 1, "coming": 1, "the coming": 1, "this coming": 1}
_WHICH = either((*_FROM_TEXT, *_FROM_PUBLICATION)).replace(" ", GAP)


@rule(rf"(?P<which>(?i:{_WHICH})){GAP}(?:(?i:fiscal){GAP})?(?P<unit>{UNIT})")
def which_unit(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "last week", "this year", "that day", "the following month"."""
    words, which = m["unit"], " ".join(m["which"].lower().split())
    is_name = words.istitle() and m.start() > 0  # "This Week", a show
    if words.endswith("s") or words.lower() == "fortnight" or is_name:
        return None
    of = unit(words)
    if which == "the next" and of != "day":
        # as often the coming twelve months as the year after
        return Reading("DURATION", Stretch(f"P1{of[0].upper()}"))
    if which in _FROM_TEXT:
        return Reading("DATE", anchor.from_named(of, _FROM_TEXT[which]))
    if of == "day":
        return None
    return Reading("DATE", anchor.from_publication(of, _FROM_PUBLICATION[which]))


@rule(rf"(?i:the{GAP}weekend)")
def the_weekend(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "over the weekend": the last one up to publication, or the next if the verb looks ahead."""
    is_weekend = anchor.published is not None and anchor.published.isoweekday() > 5
    ahead = is_weekend or anchor.direction == "future"
    return Reading("DATE", anchor.from_publication("weekend", 0 if ahead else -1))


# How far from publication a day may lie for "the day" to be it.
_SAME_NEWS = timedelta(days=7)


@rule(rf"(?i:(?:earlier|later|late|early){GAP}in{GAP}the{GAP}day)")
def in_the_day(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "later in the day": of the day named last, if it is one of late."""
    day = anchor.named_day.first if anchor.named_day else anchor.published
    if day is None or anchor.published is None or abs(day - anchor.published) > _SAME_NEWS:
        return None
    return Reading("DATE", calendar.holding("day", day))


_LEADS_TO_YEAR = re.compile(r"\b(?i:of|for|in|during|through)\s$")
_SAID_WHICH = rf"{GAP}(?:before|after|earlier|later|ended|ending|of|to|old|that|since|when|which|in|\d)"


@rule(rf"(?i:the)(?P<full>{GAP}(?i:full|fiscal|whole|calendar))?{GAP}(?i:year)(?!{HYPHEN}|{_SAID_WHICH})")
def the_year(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the end of the year", "for the full year": publication's, where no clause says which."""
    if not m["full"] and not _LEADS_TO_YEAR.search(m.string, max(0, m.start() - 9), m.start()):
        return None
    return Reading("DATE", anchor.from_publication("year", 0))


RULES: tuple[Rule, ...] = (
    today,
    two_days_off,
    part_of_today,
    part_of_that_day,
    day_of_the_week,
    which_unit,
    the_weekend,
    in_the_day,
    the_year,
)
