"""The words of dates, as pieces of patterns, and what they stand for.

A piece matches one expression and repeats nothing without a bound, so that every pattern made of pieces
takes time in proportion to the text.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotidian.when.calendar import Unit

# White space inside an expression: a line may be wrapped there, a paragraph may not end.
GAP = r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]?)"
HYPHEN = r"[-‐‑–]"
APOSTROPHE = r"['’]"
# Between a number and its unit: "two years", "two-year".
JOINT = rf"(?:{HYPHEN}|{GAP})"


def either(words: Iterable[str]) -> str:
    """A pattern of words, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_MONTHS = (
    ("January", "Jan"),
    ("February", "Feb"),
    ("March", "Mar"),
    ("April", "Apr"),
    ("May",),
    ("June", "Jun"),
    ("July", "Jul"),
    ("August", "Aug"),
    ("September", "Sept", "Sep"),
    ("October", "Oct"),
    ("November", "Nov"),
    ("December", "Dec"),
)
_WEEKDAYS = (
    ("Monday", "Mon"),
    ("Tuesday", "Tues", "Tue"),
    ("Wednesday", "Wed"),
    ("Thursday", "Thurs", "Thur", "Thu"),
    ("Friday", "Fri"),
    ("Saturday", "Sat"),
    ("Sunday", "Sun"),
)


def _cased(names: list[str]) -> str:
    """Names as they are written, or all in capitals."""
    return either([*names, *(name.upper() for name in names)])


def _numbered(names: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {name.lower(): number for number, these in enumerate(names, start=1) for name in these}


_MONTH_OF, _WEEKDAY_OF = _numbered(_MONTHS), _numbered(_WEEKDAYS)
MONTH_NAME = rf"(?:{_cased([names[0] for names in _MONTHS])})"
MONTH = rf"(?:{MONTH_NAME}|(?:{_cased([short for names in _MONTHS for short in names[1:]])})\b\.?)"
WEEKDAY_NAME = rf"(?:{_cased([names[0] for names in _WEEKDAYS])})"
WEEKDAY = rf"(?:{WEEKDAY_NAME}|(?:{_cased([short for names in _WEEKDAYS for short in names[1:]])})\b\.?)"


def month_number(name: str) -> int:
    """The number of a month, from a name that :data:`MONTH` matches."""
    return _MONTH_OF[name.rstrip(".").lower()]


def weekday_number(name: str) -> int:
    """The number of a day of the week, Monday is 1, from a name that :data:`WEEKDAY` matches."""
    return _WEEKDAY_OF[name.rstrip(".").lower()]


SEASON = r"(?i:spring|summer|autumn|fall|winter)"
SEASON_OF = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}

PART_OF_DAY = r"(?i:morning|afternoon|evening|night)"
PART_OF = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}

UNIT = r"(?i:days?|weekends?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries)"
CLOCK_UNIT = r"(?i:seconds?|minutes?|hours?)"
# Units without a number, for a time that is not told.
SOME_TIME = r"(?i:seconds|minutes|hours|days|weeks|months|quarters|years|decades|centuries)"
_UNIT_OF: dict[str, Unit] = {
    "day": "day",
    "week": "week",
    "weekend": "weekend",
    "fortnight": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "centurie": "century",
}


def unit(word: str) -> Unit:
    """The unit of the calendar, from a word that :data:`UNIT` matches; a fortnight is of weeks.

    >>> unit("Years"), unit("centuries")
    ('year', 'century')
    """
    return _UNIT_OF[word.lower().rstrip("s")]
