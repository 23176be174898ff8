"""What a watch remembers of a feed, so that it can be ended at any moment and go on where it was.

Times are seconds since 1970, UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from quotidian.errors import InputError
from quotidian.reading.headers import NEVER_SEEN, Validators


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page that a feed listed and that is still to be fetched.

    Attributes:
        address: the page's.
        entry: the feed's own id of the entry.
        title: as the feed gives it.
        published: when, as the feed says; ISO 8601.
        updated: when last, as the feed says; ISO 8601.
        tries: how often it was tried in vain.
        not_before: before which it is not tried again.
    """

    address: str
    entry: str
    title: str = ""
    published: str | None = None
    updated: str | None = None
    tries: int = 0
    not_before: float = 0.0

    @property
    def version(self) -> tuple[str, str | None]:
        """The page and, as the feed says it, its version."""
        return self.address, self.updated


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of one feed.

    Attributes:
        address: where it is now; another than the list's, once it has moved for good.
        title: as it says itself.
        seen: by what its server knows the version that was read last.
        last_tried: when it was last asked for.
        last_changed: when it last listed something new.
        failures: how often it failed since it last answered.
        interval: the seconds between two requests for it, by how often it changes.
        not_before: before which its server does not want to be asked.
        dropped: why it is not asked for any more, if it is not.
        pages: that are still to be fetched, in the feed's order.
        given_up: pages of its latest version that could not be read, so that they are left alone.
    """

    address: str
    title: str = ""
    seen: Validators = NEVER_SEEN
    last_tried: float | None = None
    last_changed: float | None = None
    failures: int = 0
    interval: float = 1800.0
    not_before: float = 0.0
    dropped: str | None = None
    pages: tuple[WaitingPage, ...] = ()
    given_up: tuple[tuple[str, str | None], ...] = ()

    def without(self, page: WaitingPage) -> FeedState:
        """The state when a page is done."""
        return replace(self, pages=tuple(p for p in self.pages if p.version != page.version))

    def as_values(self) -> dict[str, Any]:
        """The state as values that JSON knows, for an archive to keep."""
        return asdict(self) | {
            "pages": [asdict(page) for page in self.pages],
            "given_up": [list(version) for version in self.given_up],
        }

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> FeedState:
        """The state that :meth:`as_values` gave; fields that another version added are left aside.

        Raises:
            InputError: for what is no such state.
        """
        try:
            said = _known(cls, values)
            said["seen"] = Validators(**_known(Validators, said.get("seen") or {}))
            said["pages"] = tuple(WaitingPage(**_known(WaitingPage, p)) for p in said.get("pages", ()))
            said["given_up"] = tuple((address, updated) for address, updated in said.get("given_up", ()))
            return cls(**said)
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            raise InputError("what was kept of the feed is damaged: it is read anew") from error


def _known(kind: Any, said: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in said.items() if name in names}


@dataclass(frozen=True, slots=True)
class HostState:
    """What is known of one host: when it was last asked, how it wants to be asked.

    Attributes:
        last_asked: when the last request to it ended.
        crawl_delay: the seconds between two requests that its robots.txt asks for.
        resting_until: before which it is asked for nothing, since it said that it is busy.
        refusals: how often it said so since it last answered.
    """

    last_asked: float | None = None
    crawl_delay: float | None = None
    resting_until: float = 0.0
    refusals: int = 0
