"""Live blogs: a time at the beginning of a line dates what follows it, up to the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from quotidian.types import Date

# What may stand on a line before its time.
_BULLET = re.compile(r"[\s\[(•*–—-]*")
# One such line may be anything; two make a live blog.
_FEWEST = 2


class Entries:
    """The entries of a live blog: none in any other text."""

    def __init__(self, text: str, dates: Sequence[Date]):
        stamps = [date for date in dates if date.type == "TIME" and date.edtf and _begins_line(text, date)]
        self._stamps = stamps if len(stamps) >= _FEWEST else []
        self._starts = [stamp.passage.start for stamp in self._stamps]

    def at(self, offset: int) -> Date | None:
        """The time that the entry begins with in which an offset lies; None outside of entries."""
        place = bisect_right(self._starts, offset)
        return self._stamps[place - 1] if place else None


def _begins_line(text: str, date: Date) -> bool:
    line = text.rfind("\n", 0, date.passage.start) + 1
    return _BULLET.fullmatch(text, line, date.passage.start) is not None
