"""Days, moments, counts and speakers in words."""

from __future__ import annotations

from datetime import date, datetime

from quotidian.store.values import Head, Hit
from quotidian.write import wording
from quotidian.write.days import in_words


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "statement"), counted(1200, "statement"), counted(2, "body", "bodies")
    ('1 statement', '1,200 statements', '2 bodies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def day(iso: str | None) -> str:
    """A day in words; what is none comes back as it is.

    >>> day("2026-03-05"), day("2026-03-05T10:00:00Z"), day("Tuesday"), day(None)
    ('5 March 2026', '5 March 2026', 'Tuesday', '')
    """
    if not iso:
        return ""
    try:
        found = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{found.day} {found:%B} {found.year}"


def moment(iso: str | None) -> str:
    """A moment in UTC, to the minute.

    >>> moment("2026-03-05T10:04:59+00:00")
    '5 March 2026, 10:04 UTC'
    """
    if not iso:
        return ""
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {found:%B} {found.year}, {found:%H:%M} UTC"


def stretch(first: str | None, last: str | None) -> str:
    """From a day to a day.

    >>> stretch("2026-03-05", "2026-03-05"), stretch("2026-03-05", "2026-03-09"), stretch(None, None)
    ('5 March 2026', '5–9 March 2026', '')
    """
    if not first or not last:
        return day(first or last)
    return day(first) if first[:10] == last[:10] else in_words(f"{first[:10]}/{last[:10]}")


def said(hit: Hit) -> str:
    """The day of a statement in words; empty where nothing is known."""
    return in_words(hit.said) if hit.said else ""


def nobody(hit: Hit) -> str:
    """What stands in the place of a speaker whom nobody knows: who it may be, or that nobody is named."""
    if hit.maybe:
        return f"perhaps {wording.listed([one.name for one in hit.maybe], 'or')}"
    return {"none": "nobody named", "author": "the author", "unnamed": "an unnamed source"}.get(
        hit.kind, "not clear who"
    )


def title(head: Head) -> str:
    """What an article is called, also where it has no title."""
    return head.title or f"Untitled article {head.id}"
