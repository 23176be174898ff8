"""A day or a stretch of days, written as EDTF, in words that people use.

EDTF is the Extended Date/Time Format of the Library of Congress (2019), now part of ISO 8601-2.
"""

from __future__ import annotations

import re

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# EDTF writes these in the place of a month.
_PARTS_OF_YEARS = {
    21: "spring",
    22: "summer",
    23: "autumn",
    24: "winter",
    33: "first quarter of",
    34: "second quarter of",
    35: "third quarter of",
    36: "last quarter of",
    40: "first half of",
    41: "second half of",
}
_SIGNS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
_DATE = re.compile(
    r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9]{2}|XX))?(?:-(?P<day>[0-9]{2}|XX))?"
    r"(?:T(?P<time>[0-9]{2}:[0-9]{2})[^/~?%]*)?(?P<sign>[~?%]?)"
)
_OPEN = ("", "..")


def in_words(edtf: str) -> str:
    """The day or stretch in words; what is no EDTF that we write comes back as it is.

    >>> [in_words(day) for day in ("2024-03-05", "2024-03~", "XXXX-08-14")]
    ['5 March 2024', 'about March 2024', '14 August, year unknown']
    >>> [in_words(stretch) for stretch in ("2024-03-04/2024-03-10", "../2024-03-07")]
    ['4–10 March 2024', 'by 7 March 2024']
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _date(edtf) or edtf
    if first in _OPEN:
        return f"by {words}" if (words := _date(last)) else edtf
    if last in _OPEN:
        return f"{words} or later" if (words := _date(first)) else edtf
    return _stretch(first, last) or edtf


def _date(edtf: str) -> str | None:
    found = _DATE.fullmatch(edtf)
    if found is None:
        return None
    words = _unsigned(found["year"], found["month"], found["day"])
    time = f", {found['time']}" if found["time"] else ""
    return words and f"{_SIGNS[found['sign']]}{words}{time}"


def _unsigned(year: str, month: str | None, day: str | None) -> str | None:
    if month in (None, "XX"):
        return _year(year) if day in (None, "XX") else None
    named = _month(month)
    if named is None or (year != "XXXX" and "X" in year):
        return None
    if day == "XX":
        return f"some day in {_joined(named, year)}"
    return _joined(f"{int(day)} {named}" if day else named, year)


def _year(year: str) -> str | None:
    if year == "XXXX":
        return "unknown"
    if "X" not in year:
        return str(int(year))
    return f"the {year[:3]}0s" if year[:3].isdigit() else None


def _month(month: str | None) -> str | None:
    number = int(month or 0)
    return _MONTHS[number - 1] if 1 <= number <= 12 else _PARTS_OF_YEARS.get(number)


def _joined(words: str, year: str) -> str:
    return f"{words}, year unknown" if year == "XXXX" else f"{words} {int(year)}"


def _stretch(first: str, last: str) -> str | None:
    """``4–10 March 2024``: what both ends share is said once."""
    from_, to = _date(first), _date(last)
    if from_ is None or to is None:
        return None
    if from_ == to:
        return to
    before, after = from_.split(" "), to.split(" ")
    while len(before) > 1 and len(before) == len(after) and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    shared = to.split(" ")[len(after) :]
    dash = "–" if len(before) == len(after) == 1 else " – "
    return " ".join([f"{' '.join(before)}{dash}{' '.join(after)}", *shared])
