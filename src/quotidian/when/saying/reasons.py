"""Why a date means the day that it does, in plain words for a reader who checks it."""

from __future__ import annotations

import re
from datetime import date

from quotidian.types import Date
from quotidian.when.edtf import reach
from quotidian.when.expressions.lexicon import MONTH, WEEKDAY_NAME
from quotidian.when.expressions.numbers import YEAR

_NAMES_YEAR = re.compile(rf"\b{YEAR}\b|['’]\d\d\b")
_FROM_TEXT = re.compile(r"\b(?i:that|same|following|previous|later|before|after|the next|the day)\b")
_COUNTED = re.compile(
    r"\b(?i:today|tonight|tomorrow|yesterday|last|this|next|past|ago|coming|weekend|the year|from now)\b"
)
_WEEKDAY = re.compile(WEEKDAY_NAME)
_MONTH = re.compile(MONTH)


def why(dated: Date, published: date | None) -> str:
    """What a date's own words show, and what it is counted from.

    >>> from quotidian.types import Passage
    >>> tuesday = Date(Passage.of("on Tuesday", [(3, 10)]), "DATE", "2024-03-05", "2024-03-05")
    >>> why(tuesday, date(2024, 3, 7))
    '“Tuesday”, the last one up to publication on 2024-03-07'
    """
    words = dated.passage.text
    counted = _counted_from(words, dated, published)
    return f"“{words}”, {counted}" if counted else f"“{words}”"


def _counted_from(words: str, dated: Date, published: date | None) -> str | None:
    if _NAMES_YEAR.search(words):
        return None
    if published is None:
        return "the day of publication is not known" if dated.edtf is None else None
    if _FROM_TEXT.search(words):
        return "counted from the date named before it"
    if _COUNTED.search(words):
        return f"counted from publication on {published}"
    if _MONTH.search(words):
        return f"the nearest to publication on {published} that goes with the words around"
    days = reach(dated.edtf or "")
    if _WEEKDAY.search(words) and days:
        side = "last one up to" if days[0] <= published else "first one after"
        return f"the {side} publication on {published}"
    return f"with publication on {published}"
