"""A world for a watch to look at: time, servers and an archive, all pretended."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from quotidian.errors import InputError
from quotidian.reading.address import target_of
from quotidian.reading.fetch import Response
from quotidian.reading.headers import NEVER_SEEN, Validators
from quotidian.watch import Event, FeedState, Pace, PageOrigin, Stop, Waiting, covers, watch

START = 1_770_000_000.0
FEED = "https://tarn.example/feed"


class FakeClock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float, stop: Stop) -> None:
        assert seconds > 0
        self.time += seconds


Answer = bytes | Response | Exception | Callable[[Validators], Response]


def ok(body: bytes = b"<p>news", **more: object) -> Response:
    return Response("", 200, "text/html", "utf-8", body, **more)  # type: ignore[arg-type]


def status(code: int, **more: object) -> Response:
    return Response("", code, "", None, b"", **more)  # type: ignore[arg-type]


@dataclass
class FakeWeb:
    """Servers: what they answer by address, and what they were asked, when."""

    clock: FakeClock
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[float, str]] = field(default_factory=list)
    delays: dict[str, float] = field(default_factory=dict)

    def ask(self, url: str, seen: Validators = NEVER_SEEN, *, feed: bool = False) -> Response:
        self.asked.append((self.clock.time - START, url))
        found = self.answers.get(url, status(404))
        if isinstance(found, Exception):
            raise found
        if isinstance(found, bytes):
            found = ok(found)
        if not isinstance(found, Response):
            found = found(seen)
        return found if found.url else _at(url, found)

    def crawl_delay(self, url: str) -> float | None:
        return self.delays.get(target_of(url).host)

    def times(self, url: str) -> list[float]:
        return [at for at, one in self.asked if one == url]

    @property
    def addresses(self) -> list[str]:
        return [url for _, url in self.asked]


def _at(url: str, response: Response) -> Response:
    return replace(response, url=url)


class Killed(BaseException):
    """The end of the process, at any moment."""


class FakeArchive:
    """Pages and states; dies at the call it is told to die at, before or after doing it."""

    def __init__(self) -> None:
        self.states: dict[str, str] = {}
        self.pages: dict[str, tuple[bytes, PageOrigin]] = {}
        self.added: list[str] = []
        self.refused: dict[str, Exception] = {}
        self.calls = 0
        self.dies_at: tuple[int, str] | None = None

    def _done(self, when: str) -> None:
        if self.dies_at == (self.calls, when):
            raise Killed

    def feed_state(self, feed: str) -> FeedState | None:
        kept = self.states.get(feed)
        return FeedState.from_values(json.loads(kept)) if kept is not None else None

    def keep_feed_state(self, feed: str, state: FeedState) -> None:
        self.calls += 1
        self._done("before")
        self.states[feed] = json.dumps(state.as_values())
        self._done("after")

    def knows(self, address: str, updated: str | None) -> bool:
        if address not in self.pages:
            return False
        return covers(self.pages[address][1].updated, updated)

    def add(self, page: bytes, origin: PageOrigin) -> str:
        self.calls += 1
        self._done("before")
        if origin.asked in self.refused:
            raise self.refused[origin.asked]
        outcome = "new version" if origin.asked in self.pages else "added"
        self.pages[origin.asked] = (page, origin)
        self.added.append(origin.asked)
        self._done("after")
        return outcome


class World:
    """All of it, with a feed or more."""

    def __init__(self, **pace: float) -> None:
        self.clock = FakeClock()
        self.web = FakeWeb(self.clock)
        self.archive = FakeArchive()
        self.pace = Pace(**pace)  # type: ignore[arg-type]
        self.events: list[Event] = []

    def lists(self, *pages: str, feed: str = FEED, updated: str = "") -> None:
        """Let a feed list pages, which are there."""
        self.web.answers[feed] = rss(*pages, updated=updated)
        for page in pages:
            self.web.answers.setdefault(page, f"<p>{page}".encode())

    def watch(self, *feeds: str, seconds: float = 0.0, once: bool = False, steps: int = 5000) -> list[Event]:
        """What happens in so many seconds, or in one round; waits are left out."""
        stop, end = Stop(), self.clock.time + seconds
        happened: list[Event] = []
        running = watch(
            feeds or (FEED,), self.archive, self.web, clock=self.clock, stop=stop, pace=self.pace, once=once
        )
        for event in _at_most(steps, running):
            if isinstance(event, Waiting):
                if event.until > end and not once:
                    stop.ask()
                    self.clock.time = end
            else:
                happened.append(event)
        self.events += happened
        return happened


def _at_most(steps: int, events: Iterator[Event]) -> Iterator[Event]:
    for _ in range(steps):
        event = next(events, None)
        if event is None:
            return
        yield event
    raise AssertionError("it never ends")


def page(n: int, host: str = "tarn.example") -> str:
    return f"https://{host}/{n}"


def rss(*pages: str, title: str = "Tarn Courier", updated: str = "") -> bytes:
    dated = f"<dcterms:modified>{updated}</dcterms:modified>" if updated else ""
    items = "".join(
        f"<item><title>About {one}</title><link>{one}</link>"
        f"<pubDate>Wed, 04 Mar 2026 08:30:00 GMT</pubDate>{dated}</item>"
        for one in pages
    )
    return (
        f'<rss version="2.0" xmlns:dcterms="http://purl.org/dc/terms/"><channel><title>{title}</title>'
        f"{items}</channel></rss>"
    ).encode()


def unreadable(why: str = "not an article we can read: cartoon") -> InputError:
    return InputError(why)
