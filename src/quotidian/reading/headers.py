"""What the headers of an answer say of asking again: which version it is, and when to come back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime

# Longer ones are no tag or date, and are sent back at every request.
_LONGEST = 1_000
_MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,10})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server knows a version of a page again: its ETag, its Last-Modified, as it said them."""

    etag: str | None = None
    last_modified: str | None = None

    def as_headers(self) -> dict[str, str]:
        """The headers that ask for the page only if there is a newer version.

        >>> Validators(etag='"ferry-7"').as_headers()
        {'If-None-Match': '"ferry-7"'}
        """
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value is not None and _sendable(value)}


NEVER_SEEN = Validators()


def validators(headers: Message) -> Validators:
    """The validators that an answer's headers state."""
    etag, modified = (_stated(headers, name) for name in ("ETag", "Last-Modified"))
    return Validators(etag, modified)


def retry_after(headers: Message, now: float) -> float | None:
    """The seconds after which a server wants to be asked again, if it says so; never less than 0.

    ``now`` is the present time in seconds since 1970, since servers may state a date.
    """
    said = (headers.get("Retry-After") or "").strip()
    if re.fullmatch(r"\d{1,10}", said, re.ASCII):
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def max_age(headers: Message) -> float | None:
    """The seconds for which an answer stays fresh, by its Cache-Control, if that says so."""
    said = _MAX_AGE.search(",".join(headers.get_all("Cache-Control") or ())[:_LONGEST])
    return float(said[1]) if said else None


def _stated(headers: Message, name: str) -> str | None:
    value = headers.get(name)
    return value if value and _sendable(value) else None


def _sendable(value: str) -> bool:
    """Whether a value can go into a header: a stored one may have been anything."""
    return len(value) <= _LONGEST and value.isascii() and value.isprintable()
