"""What to fetch next, and when: decided from what is known, without a clock, a chance or a connection."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from quotidian.errors import UsageError
from quotidian.reading.feeds import Entry
from quotidian.reading.headers import Validators
from quotidian.watch.state import FeedState, HostState, WaitingPage

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often is asked, in seconds: the manners of a watch.

    Attributes:
        shortest: between two requests for one feed.
        longest: between two requests for one feed that never changes, or always fails.
        between_requests: to one host, whatever is asked for.
        longest_crawl_delay: that a robots.txt can ask for between two requests to its host.
        longest_rest: for which a server can send us away (Retry-After).
        longest_freshness: for which a server can say that a feed stays as it is (max-age).
        tries: of one page, before it is given up.

    Raises:
        UsageError: for values that contradict each other.
    """

    shortest: float = 5 * MINUTE
    longest: float = 6 * HOUR
    between_requests: float = 5.0
    longest_crawl_delay: float = 5 * MINUTE
    longest_rest: float = DAY
    longest_freshness: float = HOUR
    tries: int = 4

    def __post_init__(self) -> None:
        if not 0 < self.shortest <= self.longest:
            raise UsageError("the shortest time between two polls must be above 0 and not above the longest")
        if self.between_requests < 0 or self.tries < 1:
            raise UsageError("the time between two requests must not be below 0, the tries not below 1")


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: ask for a feed, or for a page of it; not before ``at``.

    ``held`` says whether it is only the host's pace that it waits for.
    """

    at: float
    feed: str
    page: WaitingPage | None = None
    held: bool = False


def next_step(
    feeds: Mapping[str, FeedState], hosts: Mapping[str, HostState], pace: Pace, now: float
) -> Step | None:
    """The step that can be taken first; None if there is nothing to wait for.

    Of several that can be taken at once, feeds come before pages, and what was waiting first comes first.
    """
    free: dict[str, float] = {}
    first: tuple[tuple[float, bool], Step] | None = None
    for wanted, feed, page, address in _wants(feeds, pace, now):
        host = host_of(address)
        if host not in free:
            free[host] = free_at(hosts.get(host, HostState()), pace, now)
        at = max(wanted, free[host])
        order = (max(at, now), page is not None)
        if first is None or order < first[0]:
            first = order, Step(at, feed, page, held=wanted <= now < at)
    return first[1] if first is not None else None


def one_round(feeds: Mapping[str, FeedState], pace: Pace, now: float) -> frozenset[str]:
    """The feeds that one round asks for: all but those asked just now, sent away from, or failing."""
    return frozenset(
        name
        for name, state in feeds.items()
        if state.dropped is None
        and (
            due(name, state, pace, now) <= now
            if state.failures
            else max(_since(state.last_tried, pace.shortest, now), state.not_before) <= now
        )
    )


def due(feed: str, state: FeedState, pace: Pace, now: float) -> float:
    """When a feed is to be asked for again, as far as it alone is concerned.

    A clock that was set back does not make it wait for more than the time between two polls.
    """
    between = backed_off(feed, state.failures, pace) if state.failures else _kept_in(state.interval, pace)
    resting = min(state.not_before, now + pace.longest_rest)
    return max(_since(state.last_tried, between, now), resting)


def backed_off(name: str, failures: int, pace: Pace) -> float:
    """The seconds to wait after so many failures in a row: twice as long each time, up to the longest.

    A part of it, up to a quarter, is taken off by what the name and the number happen to be, so that
    feeds that failed together are not asked for together again.

    >>> [round(backed_off("https://tarn.example/feed", n, Pace())) for n in (1, 2, 3, 20)]
    [556, 1079, 2138, 20368]
    """
    most = min(pace.longest, pace.shortest * 2.0 ** min(failures, 40))
    digest = hashlib.sha256(f"{failures} {name}".encode()).digest()
    return most * (1 - 0.25 * int.from_bytes(digest[:4]) / 2**32)


def free_at(host: HostState, pace: Pace, now: float) -> float:
    """When a host may be asked again, for anything."""
    between = max(pace.between_requests, min(host.crawl_delay or 0.0, pace.longest_crawl_delay))
    return max(_since(host.last_asked, between, now), min(host.resting_until, now + pace.longest_rest))


def read(
    state: FeedState,
    entries: Iterable[Entry],
    new: Iterable[Entry],
    seen: Validators,
    pace: Pace,
    now: float,
    max_age: float | None = None,
) -> FeedState:
    """The state after a feed was read: ``new`` are those entries that the archive does not have.

    Its validators are kept together with the pages they are answerable for, so that no page is
    lost if the watch ends before it was fetched.
    """
    listed = {(entry.address, entry.updated) for entry in entries}
    given_up = tuple(version for version in state.given_up if version in listed)
    waiting = {page.address: page for page in state.pages}
    fresh = 0
    for entry in new:
        before = waiting.get(entry.address)
        if (entry.address, entry.updated) in given_up or (before and before.updated == entry.updated):
            continue
        fresh += 1
        waiting[entry.address] = WaitingPage(
            entry.address, entry.id, entry.title, entry.published, entry.updated
        )
    answered = _answered(state, pace, now, max_age, changed=fresh > 0)
    return replace(answered, seen=seen, pages=tuple(waiting.values()), given_up=given_up)


def unmodified(state: FeedState, pace: Pace, now: float, max_age: float | None = None) -> FeedState:
    """The state after the server said that nothing has changed."""
    return _answered(state, pace, now, max_age, changed=False)


def failed(state: FeedState, pace: Pace, now: float, retry_after: float | None = None) -> FeedState:
    """The state after a feed could not be read."""
    rest = min(retry_after or 0.0, pace.longest_rest)
    return replace(state, last_tried=now, failures=state.failures + 1, not_before=now + rest)


def gone(state: FeedState, now: float, why: str) -> FeedState:
    """The state after the server said that the feed is gone for good: it is not asked for again."""
    return replace(state, last_tried=now, dropped=why)


def page_failed(
    state: FeedState, page: WaitingPage, pace: Pace, now: float, *, again: bool
) -> tuple[FeedState, float | None]:
    """The state after a page could not be read, and when it is tried again; None if it is given up."""
    tries = page.tries + 1
    if not again or tries >= pace.tries:
        return replace(state.without(page), given_up=(*state.given_up, page.version)), None
    at = now + backed_off(page.address, tries, pace)
    return _with(state, page, replace(page, tries=tries, not_before=at)), at


def page_put_off(state: FeedState, page: WaitingPage, until: float) -> FeedState:
    """The state after a host was too busy to answer, for which the page cannot be blamed."""
    return _with(state, page, replace(page, not_before=until))


def asked(host: HostState, now: float, crawl_delay: float | None) -> HostState:
    """The state of a host that answered."""
    return replace(host, last_asked=now, crawl_delay=crawl_delay, refusals=0)


def busy(
    host: HostState, name: str, now: float, retry_after: float | None, pace: Pace, crawl_delay: float | None
) -> HostState:
    """The state of a host that said that it is busy: it rests as long as it says, else ever longer."""
    refusals = host.refusals + 1
    rest = min(retry_after, pace.longest_rest) if retry_after else backed_off(name, refusals - 1, pace)
    return HostState(now, crawl_delay, now + rest, refusals)


def hosts_as_left(feeds: Iterable[FeedState], now: float) -> dict[str, HostState]:
    """The hosts as the last watch left them, as far as the feeds' states show it."""
    hosts: dict[str, HostState] = {}
    for state in feeds:
        name = host_of(state.address)
        host = hosts.get(name, HostState())
        last = max(host.last_asked or 0.0, state.last_tried or 0.0)
        hosts[name] = replace(host, last_asked=last or None)
    for page in (page for state in feeds for page in state.pages):
        if page.tries == 0 and page.not_before > now:  # put off for its host's sake, not its own
            host = hosts.get(host_of(page.address), HostState())
            rest = max(host.resting_until, page.not_before)
            hosts[host_of(page.address)] = replace(host, resting_until=rest)
    return hosts


@lru_cache(maxsize=100_000)
def host_of(address: str) -> str:
    """The host whose pace counts for an address.

    >>> host_of("https://news.tarn.example:8443/feed")
    'news.tarn.example'
    """
    return urlsplit(address).hostname or ""


def _wants(
    feeds: Mapping[str, FeedState], pace: Pace, now: float
) -> Iterator[tuple[float, str, WaitingPage | None, str]]:
    """When each feed and page could be fetched, were it alone at its host: time, feed, page, address."""
    for name, state in feeds.items():
        if state.dropped is None:
            yield due(name, state, pace, now), name, None, state.address
        for page in state.pages:
            yield min(page.not_before, now + pace.longest_rest), name, page, page.address


def _answered(state: FeedState, pace: Pace, now: float, max_age: float | None, *, changed: bool) -> FeedState:
    """A feed that changed is asked for twice as often from then on, one that did not less often."""
    return replace(
        state,
        last_tried=now,
        last_changed=now if changed else state.last_changed,
        failures=0,
        interval=_kept_in(state.interval * (0.5 if changed else 1.5), pace),
        not_before=now + min(max_age or 0.0, pace.longest_freshness),
    )


def _kept_in(interval: float, pace: Pace) -> float:
    return min(max(interval, pace.shortest), pace.longest)


def _since(last: float | None, seconds: float, now: float) -> float:
    return 0.0 if last is None else min(last, now) + seconds


def _with(state: FeedState, page: WaitingPage, changed: WaitingPage) -> FeedState:
    return replace(state, pages=tuple(changed if p.version == page.version else p for p in state.pages))
