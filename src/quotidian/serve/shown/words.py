"""Values of the archive in words that people read."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from quotidian.store.values import Hit, State
from quotidian.told.words import counted, day, moment, nobody, said, stretch, title
from quotidian.types import MentionType, SpeakerKind

__all__ = [
    "KINDS", "MARKS", "TYPES", "act", "counted", "day", "host", "is_doubtful", "moment", "nobody", "number",
    "office", "percent", "said", "stretch", "title", "web_address",
]  # fmt: skip

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


def percent(part: float, whole: float = 1) -> str:
    """A share; one too small to round to a percent is not called none.

    >>> percent(1, 3), percent(1, 1000), percent(0, 3), percent(0, 0)
    ('33%', '<1%', '0%', '–')
    """
    if not whole:
        return "–"
    share = part / whole
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def act(hit: Hit) -> str:
    """What kind of act it was, and how the cue stands to it."""
    done = f"did not {hit.act}" if hit.negated else hit.act
    return " · ".join(part for part in (done, _STANCES.get(hit.stance, "")) if part)


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
