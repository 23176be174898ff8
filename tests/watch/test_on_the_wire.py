"""A watch of a real server on this machine, with the real fetcher; and signals."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from tests.reading.test_fetch import Server, answer, conditional, moved
from tests.watch.pretence import FakeArchive, rss

from quotidian.reading import Limits
from quotidian.reading.fetch import Fetcher
from quotidian.watch import (
    Added,
    Event,
    Failed,
    Moved,
    Pace,
    Polled,
    Stop,
    SystemClock,
    Unchanged,
    stopped_by_signals,
    watch,
)

RSS = "application/rss+xml"


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


class Later(SystemClock):
    """The machine's clock, set forward; nobody waits for it."""

    def __init__(self) -> None:
        self.hours = 0

    def now(self) -> float:
        return super().now() + 3600 * self.hours

    def wait(self, seconds: float, stop: Stop) -> None:
        raise AssertionError(f"waits {seconds} seconds")


class Watching:
    def __init__(self, server: Server) -> None:
        self.server = server
        self.archive = FakeArchive()
        self.clock = Later()

    def once(self, *paths: str, **limits: float) -> list[Event]:
        """One round, an hour after the last, as a new process would do it."""
        fetcher = Fetcher(Limits(**limits), allow_private=True)  # type: ignore[arg-type]
        self.clock.hours += 1
        feeds = [f"{self.server.url}{path}" for path in paths or ("/feed",)]
        pace = Pace(between_requests=0.0)
        return list(watch(feeds, self.archive, fetcher, clock=self.clock, pace=pace, once=True))


@pytest.fixture
def watching(server: Server) -> Watching:
    return Watching(server)


def whys(events: list[Event]) -> list[str]:
    return [event.why for event in events if isinstance(event, Failed)]


def test_a_feed_and_its_pages_are_read_and_asked_for_only_if_changed(
    server: Server, watching: Watching
) -> None:
    feed, first, second = (f"{server.url}/{path}" for path in ("feed", "1", "2"))
    server.answers |= {"/feed": conditional(rss("/1"), ETag='"1"'), "/1": answer(), "/2": answer()}
    assert watching.once() == [Polled(feed, "Tarn Courier", 1), Added(feed, first, "added")]
    assert watching.once() == [Unchanged(feed)]
    server.answers["/feed"] = conditional(rss("/2", "/1"), ETag='"2"')
    assert watching.once() == [Polled(feed, "Tarn Courier", 1), Added(feed, second, "added")]
    assert [path for path in server.paths if path != "/robots.txt"] == ["/feed", "/1", "/feed", "/feed", "/2"]
    sent = [headers.get("if-none-match") for path, headers in server.asked if path == "/feed"]
    assert sent == [None, '"1"', '"1"']


def test_servers_that_know_versions_by_their_date(server: Server, watching: Watching) -> None:
    server.answers["/feed"] = conditional(rss(), Last_Modified="Wed, 04 Mar 2026 08:30:00 GMT")
    watching.once()
    watching.once()
    assert server.asked[-1][1]["if-modified-since"] == "Wed, 04 Mar 2026 08:30:00 GMT"


def test_a_feed_that_moved_and_pages_behind_redirects(server: Server, watching: Watching) -> None:
    server.answers |= {"/feed": moved("/news.xml", 301), "/news.xml": answer(rss("1"), media_type=RSS)}
    server.answers |= {"/1": moved("/one?from=feed"), "/one?from=feed": answer()}
    assert Moved(f"{server.url}/feed", f"{server.url}/news.xml") in watching.once()
    ((_, origin),) = watching.archive.pages.values()
    assert (origin.asked, origin.url) == (f"{server.url}/1", f"{server.url}/one?from=feed")
    watching.once()
    assert server.paths.count("/feed") == 1


def test_robots_txt_is_obeyed_for_feeds_and_pages(server: Server, watching: Watching) -> None:
    rules = b"User-agent: *\nDisallow: /private\n"
    server.answers["/robots.txt"] = answer(rules, media_type="text/plain")
    server.answers |= {"/feed": answer(rss("/private/1", "/2"), media_type=RSS), "/2": answer()}
    server.answers |= {"/private/feed": answer(rss("/3"), media_type=RSS)}
    events = watching.once("/feed", "/private/feed")
    assert whys(events) == ["refused: the robots.txt of 127.0.0.1 does not allow it"] * 2
    assert watching.archive.added == [f"{server.url}/2"]
    assert not [path for path in server.paths if path.startswith("/private")]


def test_a_server_that_is_busy_is_left_alone(server: Server, watching: Watching) -> None:
    server.answers |= {"/feed": answer(rss("/1", "/2"), media_type=RSS)}
    server.answers |= {"/1": answer(b"", 503, Retry_After="9000"), "/2": answer()}
    assert whys(watching.once()) == ["the server answers 503 Service Unavailable"]
    assert watching.once() == []
    assert "/2" not in server.paths
    server.answers["/1"] = answer()
    watching.once()
    watching.once()
    assert sorted(watching.archive.added) == [f"{server.url}/1", f"{server.url}/2"]


def test_slow_broken_and_endless_feeds_end_nothing(server: Server, watching: Watching) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
        while not server.stopping.wait(0.02):
            request.wfile.write(b" ")

    def endless(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
        while not server.stopping.is_set():
            request.wfile.write(b"<item/>" * 1000)

    server.answers |= {"/slow": drip, "/endless": endless, "/page": answer(), "/feed": answer(rss("/1"))}
    server.answers |= {"/half": answer(rss("/1")[:90], media_type=RSS), "/1": answer()}
    paths = ("/slow", "/endless", "/half", "/page", "/none", "/picture", "/feed")
    server.answers["/picture"] = answer(b"x", media_type="image/png")
    events = watching.once(*paths, seconds_to_fetch=0.5, bytes_per_page=100_000)
    assert whys(events) == [
        "too slow: limit seconds_to_fetch is 0.5",
        "page too large: limit bytes_per_page is 100,000",
        "the feed is broken, and no entry of it can be read: try again later",
        "not a feed that we can read: give the address of an RSS, Atom or JSON feed",
        "the server answers 404: there is no such page",
        "not an article we can read: image/png",
    ]
    assert events[-1] == Added(f"{server.url}/feed", f"{server.url}/1", "added")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_asks_to_stop_and_a_second_one_insists(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with stopped_by_signals() as stop:
        assert not stop.asked
        os.kill(os.getpid(), number)
        SystemClock().wait(3600, stop)
        assert stop.asked
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
    assert signal.getsignal(number) is before
