"""What the sites' robots.txt allow, and how fast they want to be read."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Protocol

from quotidian.errors import InputError, Refused

if TYPE_CHECKING:
    from protego import Protego

# The name that a site's robots.txt may speak to.
ROBOT = "Quotidian"
# RFC 9309: of a longer robots.txt the rest may be left unread.
ROBOTS_BYTES = 500 * 1024
# RFC 9309: rules are not to be used for longer than a day. Trouble is not remembered as long, so
# that a watch that runs for weeks comes back to a site that was down for an hour.
RULES_KEPT = 24 * 3600.0
TROUBLE_KEPT = 600.0


class Answer(Protocol):
    """What of a response matters here."""

    @property
    def status(self) -> int:
        """The status code."""

    @property
    def body(self) -> bytes:
        """The file."""


class Place(Protocol):
    """What of a request's target matters here."""

    @property
    def host(self) -> str:
        """The host, for messages."""

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt speaks for."""

    @property
    def url(self) -> str:
        """The whole address."""


@dataclass(frozen=True, slots=True)
class _Known:
    rules: Protego | InputError
    until: float


class Robots:
    """What the sites allow, by RFC 9309: no robots.txt (4xx) allows all, a broken site nothing.

    Read with protego, which knows wildcards and lets the longest rule win, as sites expect; the
    standard library's parser does neither. ``ask`` fetches the robots.txt of an origin, before a
    deadline.
    """

    def __init__(
        self, ask: Callable[[str, float], Answer], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask = ask
        self._monotonic = monotonic
        self._known: dict[str, _Known] = {}

    def check(self, target: Place, deadline: float) -> None:
        """Refuse what the site does not allow.

        Raises:
            Refused: naming robots.txt.
        """
        known = self._known.get(target.origin)
        if known is None or known.until <= self._monotonic():
            rules = self._read(target, deadline)
            kept = TROUBLE_KEPT if isinstance(rules, InputError) else RULES_KEPT
            known = self._known[target.origin] = _Known(rules, self._monotonic() + kept)
        if isinstance(known.rules, InputError):
            raise known.rules
        if not known.rules.can_fetch(target.url, ROBOT):
            raise Refused(f"refused: the robots.txt of {target.host} does not allow it")

    def crawl_delay(self, origin: str) -> float | None:
        """The seconds between two requests that a site asks for, if its robots.txt was read and says so."""
        known = self._known.get(origin)
        if known is None or isinstance(known.rules, InputError):
            return None
        delay = known.rules.crawl_delay(ROBOT)
        # negative numbers, "nan" and "inf" are what no wait can be
        return delay if delay is not None and isfinite(delay) and delay > 0 else None

    def _read(self, target: Place, deadline: float) -> Protego | InputError:
        """The site's rules, or the error that every fetch from it ends with."""
        from protego import Protego

        try:
            answer = self._ask(target.origin, deadline)
        except InputError as error:
            return error
        if answer.status >= 500 or answer.status == 429:
            return Refused(
                f"refused: the robots.txt of {target.host} answers {answer.status}; try again later"
            )
        text = answer.body[:ROBOTS_BYTES].decode("utf-8", "replace") if answer.status < 400 else ""
        return Protego.parse(text.removeprefix("\ufeff"))
