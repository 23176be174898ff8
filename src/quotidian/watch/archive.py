"""What a watch needs of an archive and of what fetches; both are given to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from quotidian.reading.fetch import Response
from quotidian.reading.headers import NEVER_SEEN, Validators
from quotidian.watch.state import FeedState


@dataclass(frozen=True, slots=True)
class PageOrigin:
    """Where a page comes from.

    Attributes:
        asked: its address as the feed lists it. The archive is to know the page by this one too.
        url: the address that answered, after redirects.
        charset: the encoding that the server said, if any.
        media_type: what the server calls it; may be empty.
        fetched: when, ISO 8601, UTC.
        feed: the address of the feed, as the user's list has it.
        feed_title: what the feed calls itself.
        entry: the feed's id of the entry.
        title: as the feed gives it.
        published: when, as the feed says; ISO 8601 or None.
        updated: when last, as the feed says; ISO 8601 or None.
    """

    asked: str
    url: str
    charset: str | None
    media_type: str
    fetched: str
    feed: str
    feed_title: str
    entry: str
    title: str
    published: str | None
    updated: str | None


class Archive(Protocol):
    """Where pages go. Each call is done for good when it returns: a kill afterwards loses nothing of it.

    Errors other than InputError (the archive is locked, the disk is full) end the watch.
    """

    def feed_state(self, feed: str) -> FeedState | None:
        """What was kept of a feed; None if nothing was."""

    def keep_feed_state(self, feed: str, state: FeedState) -> None:
        """Keep what is known of a feed, in place of what was kept before."""

    def knows(self, address: str, updated: str | None) -> bool:
        """Whether the page is in the archive, in this version or a later one.

        ``address`` is as a feed lists it: the ``asked`` or the ``url`` of a page that was added. Without
        ``updated``, any version will do. :func:`covers` compares versions.
        """

    def add(self, page: bytes, origin: PageOrigin) -> str:
        """Read a page into the archive; the outcome in a word or two, such as "added".

        Raises:
            InputError: for a page that cannot be read; it is then left alone.
        """


def covers(kept: str | None, updated: str | None) -> bool:
    """Whether a page kept as of ``kept`` is the version that a feed calls ``updated``, or a later one.

    Both as feeds state them, ISO 8601 with any offset; without ``updated``, any version will do.

    >>> covers("2026-03-04T08:30:00+00:00", "2026-03-04T09:30:00+01:00")
    True
    """
    if updated is None or kept == updated:
        return True
    try:
        return kept is not None and _moment(kept) >= _moment(updated)
    except ValueError:
        return False


def _moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


class Fetch(Protocol):
    """What asks servers: :class:`quotidian.reading.fetch.Fetcher`."""

    def ask(self, url: str, seen: Validators = NEVER_SEEN, *, feed: bool = False) -> Response:
        """The answer to a request, whatever its status; an InputError where there is none."""

    def crawl_delay(self, url: str) -> float | None:
        """The seconds between two requests that a site asks for, as last heard."""
