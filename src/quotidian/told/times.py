"""When words appeared, in words: what the page states, what it says it changed, when it was read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from quotidian.store.values import Appeared
from quotidian.told.words import day, moment

_WHOLE_DAY = 10  # characters of a day without a time


def stated(time: str | None) -> str:
    """A time as a page states it, with its own offset; a day alone says that it is one.

    >>> stated("2026-03-02T14:20:00+01:00")
    '2 March 2026, 14:20 (UTC+01:00)'
    >>> stated("2026-03-02"), stated(None), stated("last week")
    ('2 March 2026, no time of day', '', 'last week')
    """
    if not time:
        return ""
    try:
        found = datetime.fromisoformat(time)
    except ValueError:
        return time
    if len(time) <= _WHOLE_DAY:
        return f"{day(time)}, no time of day"
    if found.tzinfo is None:
        return f"{day(time)}, {found:%H:%M}, of no stated time zone"
    offset = f"{found:%z}"
    zone = "UTC" if not found.utcoffset() else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{day(time)}, {found:%H:%M} ({zone})"


def interval(appeared: Appeared) -> str:
    """Between which instants words appeared, as an answer to "when?".

    >>> interval(Appeared(earliest="2026-03-02T13:20:00Z", latest="2026-03-02T13:20:00Z",
    ...     published="2026-03-02T13:20:00Z", modified=None, read="2026-03-03T00:00:00Z"))
    'at 2 March 2026, 13:20 UTC'
    """
    first, last = appeared.earliest, appeared.latest
    if first and last:
        if first == last:
            return f"at {moment(first)}"
        if first[:10] == last[:10]:
            return f"between {moment(first).removesuffix(' UTC')} and {last[11:16]} UTC"
        return f"between {moment(first)} and {moment(last)}"
    if last:
        return f"at some time up to {moment(last)}"
    return f"at some time after {moment(first)}" if first else "at a time that nothing tells"


def rests_on(appeared: Appeared) -> str:
    """Why it is taken to have appeared then."""
    if came_later(appeared):
        return "the words came with a later version of the article, between two readings of it"
    if not appeared.published:
        return "the page states no time of publication, so only the reading of it bounds the time"
    if len(appeared.published) <= _WHOLE_DAY:
        return "the page gives a day without a time, which may be any hour of it in any part of the world"
    if appeared.earliest == appeared.latest:
        return "the page states this time of publication"
    if appeared.modified:
        return (
            "the page was published at the first time and changed at the second; the words may have come then"
        )
    return "the page gives a time without a time zone"


def came_later(appeared: Appeared) -> bool:
    """Whether the words are not of the article's first version: they came after its publication."""
    first, published = instant(appeared.earliest), instant(appeared.published)
    return first is not None and published is not None and first > published + timedelta(days=2)


def begun(words: str) -> str:
    """Words as a sentence begins, and the rest as it is.

    >>> begun("at 5 March 2026, 10:00 UTC")
    'At 5 March 2026, 10:00 UTC'
    """
    return words[:1].upper() + words[1:]


def short(time: str | None) -> str:
    """An instant for a drawing.

    >>> short("2026-03-02T13:20:00Z"), short(None)
    ('2 Mar, 13:20', '')
    """
    found = instant(time)
    return f"{found.day} {found:%b}, {found:%H:%M}" if found else ""


def instant(time: str | None) -> datetime | None:
    """A time as a value, in UTC; None where it is none."""
    if not time:
        return None
    try:
        found = datetime.fromisoformat(time)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
