"""How often, and when without a date: "every Friday", "daily", "now", "recently"."""

from __future__ import annotations

import re

from quotidian.when.calendar import Stretch
from quotidian.when.expressions.anchor import Anchor, Reading, Rule, rule
from quotidian.when.expressions.lexicon import (
    CLOCK_UNIT,
    GAP,
    MONTH_NAME,
    PART_OF_DAY,
    SEASON,
    SEASON_OF,
    UNIT,
    WEEKDAY_NAME,
    either,
    month_number,
    weekday_number,
)
from quotidian.when.expressions.numbers import COUNT, amount, number

_ANY_UNIT = rf"(?:{UNIT}|{CLOCK_UNIT})"


@rule(
    rf"(?i:every|each){GAP}(?:(?:(?P<count>{COUNT}|(?i:other)){GAP})?(?P<unit>{_ANY_UNIT})"
    rf"|(?P<weekday>{WEEKDAY_NAME})|(?P<month>{MONTH_NAME})|(?P<season>{SEASON})|{PART_OF_DAY})"
)
def every(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "every two years", "each July"."""
    if m["unit"]:
        many = 2 if (m["count"] or "").lower() == "other" else number(m["count"] or "one")
        return Reading("SET", Stretch(amount(many, m["unit"])))
    if m["weekday"]:
        return Reading("SET", Stretch(f"XXXX-WXX-{weekday_number(m['weekday'])}"))
    if m["month"]:
        return Reading("SET", Stretch(f"XXXX-{month_number(m['month']):02}"))
    return Reading("SET", Stretch(f"XXXX-{SEASON_OF[m['season'].lower()]}" if m["season"] else "P1D"))


@rule(rf"(?P<weekday>{WEEKDAY_NAME})(?:{GAP}{PART_OF_DAY})?s")
def weekdays(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "on Tuesdays"."""
    return Reading("SET", Stretch(f"XXXX-WXX-{weekday_number(m['weekday'])}"))


_RATES = {"hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M"}
_RATES |= {"annually": "P1Y", "yearly": "P1Y"}


@rule(either(_RATES))
def rate(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "daily"."""
    return Reading("SET", Stretch(_RATES[m[0]]))


# TimeBank marks most of these; "soon", "previously", "once" and "recent" mostly not.
_PRESENT = (
    rf"(?i:(?:right{GAP})?now|currently|current|these{GAP}days|nowadays|at{GAP}present|presently"
    rf"|at{GAP}(?:the|this){GAP}moment|at{GAP}this{GAP}(?:point|time))"
)
_PAST = (
    rf"(?i:(?:(?:more|most|until){GAP})?recently|lately"
    rf"|(?:in{GAP})?the{GAP}past(?!{GAP}(?:{COUNT}{GAP}|{_ANY_UNIT})))"
)
_FUTURE = (
    rf"(?i:(?:in{GAP})?the{GAP}(?:(?:near|foreseeable|distant){GAP})?future|the{GAP}(?:near|short){GAP}term)"
)


@rule(rf"(?P<present>{_PRESENT})|(?P<past>{_PAST})|{_FUTURE}")
def vague(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "now", "recently", "in the future"."""
    value = "PRESENT_REF" if m["present"] else "PAST_REF" if m["past"] else "FUTURE_REF"
    return Reading("DATE", Stretch(value))


RULES: tuple[Rule, ...] = (every, weekdays, rate, vague)
