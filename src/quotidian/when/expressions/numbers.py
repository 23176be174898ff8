"""Numbers in words and figures: how many, which, which year; and what so many units are in TIMEX3."""

from __future__ import annotations

import re
from datetime import date

from quotidian.when.expressions.lexicon import GAP, JOINT, either

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUE = {word: value for value, word in enumerate((*_ONES, *_TEENS), start=1)}
_VALUE |= {word: 10 * tens for tens, word in enumerate(_TENS, start=2)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}
ONE_TO_99 = rf"(?:(?:{either(_TENS)})(?:{JOINT}(?:{either(_ONES)}))?|{either((*_ONES, *_TEENS))})"

# What counts nothing exactly has no number; a couple are two.
_VAGUE = rf"(?:a{GAP}(?:few|number{GAP}of)|several|few|many|some)"
_COUPLE = rf"(?:a{GAP})?couple(?:{GAP}of)?"
_SCALED = rf"(?:a|{ONE_TO_99}|\d{{1,3}}){GAP}(?:{either(_SCALES)})"
_FIGURES = r"\d{1,3}(?:,\d{3}){1,2}|\d{1,4}(?:\.\d)?"
_AND_A_HALF = rf"(?:{GAP}(?:1/2|and{GAP}a{GAP}half)|½)?"
COUNT = rf"(?i:{_VAGUE}|{_COUPLE}|{_SCALED}|(?:{_FIGURES}|{ONE_TO_99}){_AND_A_HALF}|an?)"
_WORD = re.compile(r"[a-z]+|[\d,.]+")
_HALF = re.compile(r"(?:½|1/2|\band\s+a\s+half)$")


def number(words: str, *, and_a_half: bool = False) -> float | None:
    """How many, from words that :data:`COUNT` matches; None where they count nothing exactly.

    ``and_a_half`` tells that "and a half" stands further on: "a year and a half".

    >>> [number(words) for words in ("twenty-two", "5 1/2", "a", "two thousand", "a couple of", "several")]
    [22, 5.5, 1, 2000, 2, None]
    """
    lower = words.lower()
    if "couple" in lower:
        return 2
    whole = _HALF.sub("", lower)
    total: float = 0
    for word in _WORD.findall(whole):
        if word in _SCALES:
            total = max(total, 1) * _SCALES[word]
        elif word in _VALUE:
            total += _VALUE[word]
        elif word[0].isdigit():
            total += float(word.replace(",", ""))
        elif word not in ("a", "an"):
            return None
    total = (total or 1) + (0.5 if and_a_half or whole != lower else 0)
    return int(total) if total == int(total) else total


_ORDINALS = ("first", "second", "third", "fourth")
ORDINAL = rf"(?i:{'|'.join(_ORDINALS)}|[1-4](?:st|nd|rd|th))"


def ordinal_number(word: str) -> int:
    """1 to 4, from a word that :data:`ORDINAL` matches.

    >>> ordinal_number("Third"), ordinal_number("2nd")
    (3, 2)
    """
    return int(word[0]) if word[0].isdigit() else _ORDINALS.index(word.lower()) + 1


# A year in figures; what stands around it is for the patterns that use it.
YEAR = r"(?:1\d\d\d|20\d\d)"
_HUNDREDS = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}
YEAR_IN_WORDS = (
    rf"(?i:(?:{either(_HUNDREDS)}){JOINT}{ONE_TO_99}"
    rf"|two{GAP}thousand(?:{GAP}and)?(?:{GAP}{ONE_TO_99})?)"
)


def year_in_words(words: str) -> int | None:
    """A year, from words that :data:`YEAR_IN_WORDS` matches; None where it is no year but a number.

    >>> [year_in_words(words) for words in ("nineteen ninety-seven", "two thousand and four", "twenty two")]
    [1997, 2004, None]
    """
    first, *rest = re.findall(r"[a-z]+", words.lower())
    value = sum(_VALUE.get(word, 0) for word in rest)
    if first == "two":
        return 2000 + value
    return _HUNDREDS[first] + value if value > 9 else None


# Where publication is not known, "30" is 2030 and "50" is 1950.
_LATEST = 2040


def full_year(two_figures: str, published: date | None) -> int:
    """The year that "96" stands for: the last such up to ten years after publication.

    >>> full_year("96", date(1998, 2, 13)), full_year("16", date(2016, 2, 13)), full_year("16", None)
    (1996, 2016, 2016)
    """
    latest = published.year + 10 if published else _LATEST
    return latest - (latest - int(two_figures)) % 100


_TIMEX_UNIT = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "weekend": "WE",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
    "centurie": "C",
}


def amount(many: float | None, of: str) -> str:
    """The TIMEX3 value of so many units; None are some.

    >>> amount(2, "weeks"), amount(None, "years"), amount(5.5, "hours"), amount(1, "fortnight")
    ('P2W', 'PXY', 'PT5.5H', 'P2W')
    """
    unit = of.lower().rstrip("s")
    if many is not None and unit == "fortnight":
        many *= 2
    letters = _TIMEX_UNIT[unit]
    return f"P{letters[:-1]}{'X' if many is None else many}{letters[-1]}"
