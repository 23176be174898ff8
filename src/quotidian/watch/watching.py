"""The watch itself: does what the schedule decides, step by step, and keeps what it learns at each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from quotidian.errors import InputError, QuotidianError
from quotidian.reading import feeds as reading
from quotidian.reading.fetch import Response, checked
from quotidian.reading.limits import Limits
from quotidian.watch import schedule
from quotidian.watch.archive import Archive, Fetch, PageOrigin
from quotidian.watch.clock import Clock, Stop, SystemClock
from quotidian.watch.events import Added, Dropped, Event, Failed, Moved, Polled, Unchanged, Waiting
from quotidian.watch.schedule import Pace, Step
from quotidian.watch.state import FeedState, HostState, WaitingPage

# Statuses of which the same request may have better luck later, besides those of a server at fault (5xx).
_PASSING = frozenset({408, 425, 429})


def watch(
    feeds: Iterable[str],
    archive: Archive,
    fetch: Fetch,
    *,
    clock: Clock | None = None,
    stop: Stop | None = None,
    pace: Pace | None = None,
    limits: Limits | None = None,
    once: bool = False,
) -> Iterator[Event]:
    """Poll feeds and add the pages that they list and the archive does not have, until stopped.

    What happens comes as events, one by one; nothing is done between them but what the next one tells.
    What is wrong with a feed or a page ends nothing; what is wrong with the archive is raised.

    Args:
        feeds: addresses, as :func:`quotidian.reading.feed_lists.feed_list` gives them.
        archive: what has the pages, and keeps the state of the feeds.
        fetch: what asks the servers.
        clock: tells the time and waits.
        stop: ends the watch when asked; the page in hand is finished first.
        pace: how often is asked.
        limits: what a feed may cost.
        once: ask for each feed once, fetch what is new, and end.

    Raises:
        QuotidianError: for trouble with the archive.
    """
    return _Watch(archive, fetch, clock or SystemClock(), pace or Pace(), limits or Limits()).run(
        dict.fromkeys(feeds), stop or Stop(), once=once
    )


class _Watch:
    def __init__(self, archive: Archive, fetch: Fetch, clock: Clock, pace: Pace, limits: Limits) -> None:
        self._archive = archive
        self._fetch = fetch
        self._clock = clock
        self._pace = pace
        self._limits = limits
        self._feeds: dict[str, FeedState] = {}
        self._hosts: dict[str, HostState] = {}

    def run(self, feeds: Iterable[str], stop: Stop, *, once: bool) -> Iterator[Event]:
        for feed in feeds:
            try:
                self._feeds[feed] = self._archive.feed_state(feed) or FeedState(feed)
            except InputError as error:
                self._feeds[feed] = FeedState(feed)
                yield Failed(feed, None, _words(error), self._clock.now())
        self._hosts = schedule.hosts_as_left(self._feeds.values(), self._clock.now())
        for feed, state in self._feeds.items():
            if state.dropped is not None:
                yield Dropped(feed, state.dropped)
        yield from self._round(stop) if once else self._on_and_on(stop)

    def _on_and_on(self, stop: Stop) -> Iterator[Event]:
        while not stop.asked:
            now = self._clock.now()
            step = schedule.next_step(self._feeds, self._hosts, self._pace, now)
            if step is None:
                return
            yield from self._take(step, now, stop)

    def _round(self, stop: Stop) -> Iterator[Event]:
        left = set(schedule.one_round(self._feeds, self._pace, self._clock.now()))
        patience = max(self._pace.longest_crawl_delay, self._pace.between_requests)
        while not stop.asked:
            now = self._clock.now()
            states = {feed: self._in_round(feed, state, left) for feed, state in self._feeds.items()}
            step = schedule.next_step(states, self._hosts, self._pace, now)
            if step is None or step.at > now + patience:  # a host's pace is waited for, a busy one is not
                return
            if step.page is None and step.at <= now:
                left.discard(step.feed)
            yield from self._take(step, now, stop)

    def _in_round(self, feed: str, state: FeedState, left: set[str]) -> FeedState:
        if feed not in left:
            return replace(state, dropped="not asked for in this round, or already")
        return replace(state, interval=self._pace.shortest)

    def _take(self, step: Step, now: float, stop: Stop) -> Iterator[Event]:
        if step.at > now:
            yield Waiting(step.at, step.held)
            if not stop.asked:
                self._clock.wait(step.at - now, stop)
        elif step.page is None:
            yield from self._poll(step.feed)
        else:
            yield from self._page(step.feed, step.page)

    def _poll(self, feed: str) -> Iterator[Event]:
        state = self._feeds[feed]
        try:
            response = self._answer(state.address, state, feed=True)
        except Exception as error:
            yield self._feed_failed(feed, error)
            return
        if _is_busy(response):
            yield self._feed_failed(feed, _trouble_of(response), response.retry_after)
            return
        if response.status == 410:
            gone = schedule.gone(
                state, self._clock.now(), "the server says that the feed is gone for good (410)"
            )
            self._keep(feed, gone)
            yield Dropped(feed, gone.dropped or "")
            return
        try:
            told = None if response.not_modified else self._read(response)
        except Exception as error:
            yield self._feed_failed(feed, error, response.retry_after)
            return
        if response.moved_to is not None and response.moved_to != state.address:
            state = replace(state, address=response.moved_to)
            yield Moved(feed, response.moved_to)
        if told is None:
            self._keep(feed, schedule.unmodified(state, self._pace, self._clock.now(), response.max_age))
            yield Unchanged(feed)
            return
        new = [entry for entry in told.entries if not self._archive.knows(entry.address, entry.updated)]
        waiting = {page.version for page in state.pages}
        state = schedule.read(
            replace(state, title=told.title),
            told.entries,
            new,
            response.validators,
            self._pace,
            self._clock.now(),
            response.max_age,
        )
        self._keep(feed, state)
        fresh = sum(page.version not in waiting for page in state.pages)
        yield Polled(feed, told.title, fresh, told.left_out) if fresh else Unchanged(feed)

    def _page(self, feed: str, page: WaitingPage) -> Iterator[Event]:
        state = self._feeds[feed]
        if self._archive.knows(page.address, page.updated):  # another feed listed it too, or we were killed
            self._keep(feed, state.without(page))
            return
        try:
            response = self._answer(page.address, state)
        except Exception as error:
            yield self._page_failed(feed, page, error, again=True)
            return
        if _is_busy(response):
            until = self._hosts[schedule.host_of(response.url)].resting_until
            self._keep(feed, schedule.page_put_off(state, page, until))
            yield Failed(feed, page.address, _words(_trouble_of(response)), until)
            return
        try:
            checked(response)
        except InputError as error:
            passing = response.status in _PASSING or response.status >= 500
            yield self._page_failed(feed, page, error, again=passing)
            return
        try:
            outcome = self._archive.add(response.body, self._origin(feed, page, response))
        except InputError as error:
            yield self._page_failed(feed, page, error, again=False)
        except QuotidianError:
            raise  # the archive's trouble: the page stays waiting
        except Exception as error:  # no single page may end a watch, whatever it sets off
            yield self._page_failed(feed, page, error, again=True)
        else:
            self._keep(feed, state.without(page))
            yield Added(feed, page.address, outcome)

    def _answer(self, address: str, state: FeedState, *, feed: bool = False) -> Response:
        """The answer, and the hosts that gave it remembered as asked just now."""
        response = None
        try:
            response = self._fetch.ask(address, state.seen, feed=True) if feed else self._fetch.ask(address)
        finally:
            now = self._clock.now()
            for one in dict.fromkeys((address, response.url if response is not None else address)):
                self._ask_counted(one, now, response)
        return response

    def _ask_counted(self, address: str, now: float, response: Response | None) -> None:
        name = schedule.host_of(address)
        host = self._hosts.get(name, HostState())
        try:
            delay = self._fetch.crawl_delay(address)
        except InputError:
            delay = None
        if response is not None and _is_busy(response) and schedule.host_of(response.url) == name:
            self._hosts[name] = schedule.busy(host, name, now, response.retry_after, self._pace, delay)
        elif response is None:
            self._hosts[name] = replace(host, last_asked=now, crawl_delay=delay)
        else:
            self._hosts[name] = schedule.asked(host, now, delay)

    def _read(self, response: Response) -> reading.Feed:
        checked(response, feed=True)
        return reading.feed(response.body, response.url, response.charset, self._limits)

    def _origin(self, feed: str, page: WaitingPage, response: Response) -> PageOrigin:
        return PageOrigin(
            asked=page.address,
            url=response.url,
            charset=response.charset,
            media_type=response.media_type,
            fetched=datetime.fromtimestamp(self._clock.now(), UTC).isoformat(timespec="seconds"),
            feed=feed,
            feed_title=self._feeds[feed].title,
            entry=page.entry,
            title=page.title,
            published=page.published,
            updated=page.updated,
        )

    def _feed_failed(self, feed: str, error: Exception, retry_after: float | None = None) -> Failed:
        now = self._clock.now()
        state = schedule.failed(self._feeds[feed], self._pace, now, retry_after)
        self._keep(feed, state)
        return Failed(feed, None, _words(error), schedule.due(feed, state, self._pace, now))

    def _page_failed(self, feed: str, page: WaitingPage, error: Exception, *, again: bool) -> Failed:
        state, at = schedule.page_failed(self._feeds[feed], page, self._pace, self._clock.now(), again=again)
        self._keep(feed, state)
        return Failed(feed, page.address, _words(error), at)

    def _keep(self, feed: str, state: FeedState) -> None:
        self._archive.keep_feed_state(feed, state)
        self._feeds[feed] = state


def _is_busy(response: Response) -> bool:
    """Whether the server sends us away for a while, rather than being broken."""
    return response.status == 429 or (response.status == 503 and response.retry_after is not None)


def _trouble_of(response: Response) -> InputError:
    try:
        checked(response)
    except InputError as error:
        return error
    return InputError(f"the server answers {response.status}")


def _words(error: Exception) -> str:
    """Why, in one line; what nobody foresaw is named by its kind."""
    said = str(error) if isinstance(error, QuotidianError) else f"unforeseen {type(error).__name__}: {error}"
    return " ".join(said.split())[:300]
