"""Values of the archive in words that people read."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import urlsplit

from quotidian.store.values import Head, Hit, State
from quotidian.types import MentionType, SpeakerKind
from quotidian.write import wording
from quotidian.write.days import in_words

KINDS: dict[SpeakerKind, str] = {
    "person": "named person",
    "organisation": "organisation",
    "people": "people",
    "document": "document",
    "unnamed": "unnamed source",
    "author": "the author",
    "none": "nobody named",
}
TYPES: dict[MentionType, str] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "group": "group",
    "document": "document",
}
# Each state has a mark beside the word, so that it can be told apart without colour.
MARKS: dict[State, str] = {
    "unreviewed": "",  # the style sheet draws a dashed ring
    "accepted": "✓",
    "corrected": "✎",
    "added": "+",
    "rejected": "✕",
}
_STANCES = {"vouches": "vouched for", "distances": "distanced"}


def number(count: int) -> str:
    """A number as people write it.

    >>> number(12345)
    '12,345'
    """
    return f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "statement"), counted(1200, "statement"), counted(2, "body", "bodies")
    ('1 statement', '1,200 statements', '2 bodies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(part: float, whole: float = 1) -> str:
    """A share; one too small to round to a percent is not called none.

    >>> percent(1, 3), percent(1, 1000), percent(0, 3), percent(0, 0)
    ('33%', '<1%', '0%', '–')
    """
    if not whole:
        return "–"
    share = part / whole
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


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


def act(hit: Hit) -> str:
    """What kind of act it was, and how the cue stands to it."""
    done = f"did not {hit.act}" if hit.negated else hit.act
    return " · ".join(part for part in (done, _STANCES.get(hit.stance, "")) if part)


def nobody(hit: Hit) -> str:
    """What stands in the place of a speaker whom nobody knows: who it may be, or that nobody is named."""
    if hit.maybe:
        return f"perhaps {wording.listed([one.name for one in hit.maybe], 'or')}"
    return {"none": "nobody named", "author": "the author", "unnamed": "an unnamed source"}.get(
        hit.kind, "not clear who"
    )


def office(hit: Hit) -> str:
    """Role and organisation, but for what the name says already."""
    parts: list[str] = []
    told = (hit.speaker.name if hit.speaker else "").casefold()
    for part in (hit.role, hit.organisation):
        if part and part.casefold() not in told:
            parts.append(part)
            told += f" {part.casefold()}"
    return ", ".join(parts)


def is_doubtful(hit: Hit) -> bool:
    """Whether somebody is named, and may well be the wrong one."""
    return hit.speaker is not None and hit.speaker_confidence < 0.75


def title(head: Head) -> str:
    """What an article is called, also where it has no title."""
    return head.title or f"Untitled article {head.id}"


def web_address(url: str | None) -> str:
    """An address that may be linked; empty for anything but a plain http(s) address.

    >>> web_address("https://gazette.example/7"), web_address("javascript:alert(1)")
    ('https://gazette.example/7', '')
    """
    if not url or re.search(r"[\s\x00-\x1f\x7f]", url) or not url.lower().startswith(("http://", "https://")):
        return ""
    try:
        return url if urlsplit(url).hostname else ""
    except ValueError:
        return ""


def host(url: str) -> str:
    """The host of an address that :func:`web_address` let through."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
