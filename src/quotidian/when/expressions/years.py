"""Years, decades and centuries: "2012", "the '96 campaign", "fiscal 1989", "the 1990s", "20th-century"."""

from __future__ import annotations

import re

from quotidian.when import calendar
from quotidian.when.expressions.anchor import Anchor, Reading, Rule, rule
from quotidian.when.expressions.lexicon import APOSTROPHE, GAP, HYPHEN, JOINT, either
from quotidian.when.expressions.numbers import YEAR, YEAR_IN_WORDS, full_year, year_in_words

# Not "1,998", "1998.5", "1998%".
_NO_NUMBER = r"(?![\d%]|[.,:/]\d)"


def any_year(name: str = "year") -> str:
    """A pattern of a year that is part of another expression, to be read by :func:`named_year`."""
    which = rf"last|this|next|that|the{GAP}(?:same|previous|following)"
    return (
        rf"(?:(?P<{name}>{YEAR}){_NO_NUMBER}|(?P<{name}_in_words>{YEAR_IN_WORDS})"
        rf"|(?P<which_{name}>(?i:{which})){GAP}(?i:year))"
    )


def named_year(m: re.Match[str], anchor: Anchor, name: str = "year") -> int | None:
    """The year that :func:`any_year` matched; None where nothing tells which it is."""
    if m[name]:
        return int(m[name])
    if m[f"which_{name}"]:
        return anchor.year(m[f"which_{name}"])
    return year_in_words(m[f"{name}_in_words"] or "")


def has_year(m: re.Match[str], name: str = "year") -> bool:
    """Whether :func:`any_year` took part in a match."""
    return any(m[group] for group in (name, f"{name}_in_words", f"which_{name}"))


# What makes a number no year: "$1998", "Room 1910", "more than 2000"; "2000 people", "1600 Elm Street".
_COUNTING = re.compile(
    r"(?:[$£€#№.,/:]|\b(?:Nos?|Room|Route|Flight|pages?|than|about|some|nearly|over|exactly|least|most)\.?\s)$"
)
_COUNTED = re.compile(
    r"\s(?:(?:\w+\s)?(?:people|men|women|children|troops|soldiers|jobs|votes|voters|miles|feet|km|m|kg|dollars"
    r"|euros|yen|words|pages|seats|delegates|homes|calories)\b|percent\b"
    r"|[A-Z]\w+\s(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Drive|Lane)\b)"
)
# A number below is a year only after a word that leads to one.
_SURELY_A_YEAR = 1700
_LEADS_TO_YEAR = re.compile(r"\b(?i:in|since|until|by|from|of|year|between|and)\s$")


@rule(
    rf"(?:(?i:the{GAP})?(?i:year){GAP})?(?:(?i:pre|post){HYPHEN})?(?P<year>{YEAR}){_NO_NUMBER}"
    rf"(?!{HYPHEN}\d\d?{HYPHEN})"
)
def year_in_figures(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "1989", "the year 2000", "post-1959"."""
    before = max(0, m.start() - 10), m.start()
    if _COUNTING.search(m.string, *before) or _COUNTED.match(m.string, m.end()):
        return None
    if int(m["year"]) < _SURELY_A_YEAR and not _LEADS_TO_YEAR.search(m.string, *before):
        return None
    return Reading("DATE", calendar.year(int(m["year"])))


_RANGE_BEFORE = re.compile(rf"(?<!\w)({YEAR}){HYPHEN}$")


@rule(rf"(?<={HYPHEN})(?P<year>{YEAR}|\d\d)(?!{HYPHEN}|{APOSTROPHE}?s){_NO_NUMBER}")
def end_of_a_range(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """The "97" of "1996-97"."""
    begins = _RANGE_BEFORE.search(m.string, max(0, m.start() - 6), m.start())
    if begins is None:
        return None
    year = int(begins[1][: -len(m["year"])] + m["year"])
    return Reading("DATE", calendar.year(year)) if year > int(begins[1]) else None


@rule(rf"(?<!\d){APOSTROPHE}(?P<year>\d\d)(?!{APOSTROPHE}|{GAP}[Mm]inutes)")
def year_in_two_figures(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the '96 campaign"."""
    return Reading("DATE", calendar.year(full_year(m["year"], anchor.published)))


@rule(rf"(?P<the>(?i:the{GAP}year{GAP}))?(?P<words>{YEAR_IN_WORDS})")
def year_written_out(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "nineteen ninety-seven"; two thousand is a year in "the year two thousand"."""
    year = year_in_words(m["words"])
    if year is None or (m["words"][:3].lower() == "two" and not m["the"]):
        return None
    return Reading("DATE", calendar.year(year))


@rule(
    rf"(?i:(?:the{GAP})?fiscal(?:{GAP}year)?|the{GAP}financial{GAP}year|FY){GAP}?"
    rf"(?:(?P<year>{YEAR})|{APOSTROPHE}?(?P<short>\d\d)){_NO_NUMBER}"
)
def fiscal_year(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "fiscal 1989", "FY 2013"."""
    year = int(m["year"]) if m["year"] else full_year(m["short"], anchor.published)
    return Reading("DATE", calendar.fiscal_year(year))


@rule(rf"(?:(?i:the){GAP})?(?P<year>(?:1\d|20)\d0){APOSTROPHE}?s")
def decade(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the 1990s"; the 1800s are a century."""
    year = int(m["year"])
    return Reading("DATE", calendar.decade(year) if year % 100 or year == 2000 else calendar.century(year))


_TENS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


@rule(
    rf"(?:the{GAP})?{APOSTROPHE}(?P<tens>\d0){APOSTROPHE}?s"
    rf"|the{GAP}(?:(?i:early|mid|late){JOINT})?(?P<word>(?i:{either(_TENS)}))"
)
def decade_of_a_century(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the '60s", "the late eighties"."""
    tens = m["tens"] or f"{_TENS.index(m['word'].lower()) + 2}0"
    return Reading("DATE", calendar.decade(full_year(tens, anchor.published)))


_CENTURIES = {"sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20}


@rule(
    rf"(?:(?i:the){GAP})?(?:(?P<number>1\d|2[01])(?:st|nd|rd|th)|(?P<word>(?i:{either(_CENTURIES)}))"
    rf"|(?i:twenty{JOINT}first)){JOINT}(?i:century)"
)
def century(m: re.Match[str], anchor: Anchor) -> Reading | None:
    """Such as "the 20th century", "nineteenth-century"."""
    number = int(m["number"]) if m["number"] else _CENTURIES.get((m["word"] or "").lower(), 21)
    return Reading("DATE", calendar.century(100 * (number - 1)))


RULES: tuple[Rule, ...] = (
    year_in_figures,
    end_of_a_range,
    year_in_two_figures,
    year_written_out,
    fiscal_year,
    decade,
    decade_of_a_century,
    century,
)
