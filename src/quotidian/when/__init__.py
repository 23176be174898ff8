"""When: the dates of a text, and the day on which each statement was made."""

from __future__ import annotations

from datetime import date

from quotidian.when.expressions import dates
from quotidian.when.saying import said

__all__ = ["dates", "day_of", "said"]


def day_of(published: str | None) -> date | None:
    """The day of publication from an article's ``published``; None where that tells no day.

    >>> day_of("2024-03-07T10:20:00+01:00"), day_of("March"), day_of(None)
    (datetime.date(2024, 3, 7), None, None)
    """
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
