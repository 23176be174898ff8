"""A watch, from outside: what it asks for, what it adds, what it says, and what it survives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.watch.pretence import (
    FEED,
    START,
    FakeArchive,
    Killed,
    World,
    ok,
    page,
    rss,
    status,
    unreadable,
)

from quotidian.errors import QuotidianError, Refused, Unreachable
from quotidian.reading.fetch import Response
from quotidian.reading.headers import Validators
from quotidian.watch import (
    Added,
    Dropped,
    Failed,
    FeedState,
    Moved,
    PageOrigin,
    Polled,
    Stop,
    Unchanged,
    Waiting,
    sentence,
    watch,
)

OTHER = "https://marlow.example/feed"
HOUR = 3600.0


@pytest.fixture
def world() -> World:
    return World()


def state(world: World, feed: str = FEED) -> FeedState:
    kept = world.archive.feed_state(feed)
    assert kept is not None
    return kept


def test_what_a_feed_lists_is_fetched_and_added(world: World) -> None:
    world.lists(page(1), page(2))
    assert world.watch(seconds=60) == [
        Polled(FEED, "Tarn Courier", 2),
        Added(FEED, page(1), "added"),
        Added(FEED, page(2), "added"),
    ]
    body, origin = world.archive.pages[page(1)]
    assert body == b"<p>https://tarn.example/1"
    assert origin == PageOrigin(
        asked=page(1),
        url=page(1),
        charset="utf-8",
        media_type="text/html",
        fetched="2026-02-02T02:40:05+00:00",
        feed=FEED,
        feed_title="Tarn Courier",
        entry=page(1),
        title=f"About {page(1)}",
        published="2026-03-04T08:30:00+00:00",
        updated=None,
    )


def test_what_the_archive_has_is_not_fetched(world: World) -> None:
    world.lists(page(1))
    world.watch(seconds=60)
    world.lists(page(2), page(1))
    assert world.watch(seconds=HOUR)[:2] == [Polled(FEED, "Tarn Courier", 1), Added(FEED, page(2), "added")]
    assert len(world.web.times(page(1))) == 1


def test_a_page_that_the_feed_says_was_changed_is_fetched_again(world: World) -> None:
    world.lists(page(1), updated="2026-03-04T09:00:00Z")
    world.watch(seconds=60)
    world.lists(page(1), updated="2026-03-04T10:00:00Z")
    assert Added(FEED, page(1), "new version") in world.watch(seconds=HOUR)
    assert len(world.web.times(page(1))) == 2


def test_the_server_is_told_which_version_we_have(world: World) -> None:
    told: list[Validators] = []

    def answer(seen: Validators):  # type: ignore[no-untyped-def]
        told.append(seen)
        return status(304) if seen.etag == '"7"' else ok(rss(page(1)), validators=Validators('"7"', None))

    world.web.answers |= {FEED: answer, page(1): b"<p>one"}
    assert world.watch(seconds=2 * HOUR)[2:] == [Unchanged(FEED)] * 3
    assert told == [Validators()] + [Validators('"7"', None)] * 3
    assert state(world).seen == Validators('"7"', None)


@pytest.mark.parametrize(("said", "kept"), [(2400.0, 2400.0), (30 * 86_400.0, HOUR)])
@pytest.mark.parametrize("code", [200, 304])
def test_a_feed_that_says_how_long_it_stays_as_it_is_is_believed_for_an_hour_at_most(
    world: World, said: float, kept: float, code: int
) -> None:
    new = [page(n) for n in range(9)]

    def answer(seen: Validators) -> Response:  # so often that it would be asked for every five minutes
        new.append(page(len(new)))
        if code == 304 and seen.etag:
            return status(304, max_age=said)
        return ok(rss(*new), max_age=said, validators=Validators('"7"', None))

    world.web.answers[FEED] = answer
    world.archive.keep_feed_state(FEED, FeedState(FEED, interval=300.0))
    world.watch(seconds=2 * HOUR)
    assert world.web.times(FEED)[:3] == [0.0, kept, 2 * kept]


def test_requests_to_one_host_are_five_seconds_apart(world: World) -> None:
    world.lists(*(page(n) for n in range(5)))
    world.lists(*(page(n, "marlow.example") for n in range(5)), feed=OTHER)
    world.watch(FEED, OTHER, seconds=60)
    for host in ("tarn.example", "marlow.example"):
        times = [at for at, url in world.web.asked if host in url]
        assert times == [0.0, 5.0, 10.0, 15.0, 20.0, 25.0]


def test_robots_txt_can_ask_for_a_slower_pace(world: World) -> None:
    world.web.delays["tarn.example"] = 30.0
    world.lists(page(1), page(2))
    world.watch(seconds=100)
    assert [at for at, _ in world.web.asked] == [0.0, 30.0, 60.0]


def test_the_pace_counts_for_the_host_that_a_redirect_led_to(world: World) -> None:
    world.lists(page(1), page(2, "marlow.example"))
    world.web.answers[page(1)] = replace(ok(), url=page(9, "marlow.example"))
    world.watch(seconds=60)
    assert world.web.times(page(2, "marlow.example")) in ([0.0], [10.0])
    world = World()
    world.lists(page(1, "ostby.example"), page(2, "marlow.example"))
    world.web.answers[page(1, "ostby.example")] = replace(ok(), url=page(9, "marlow.example"))
    world.watch(seconds=60)
    assert world.web.times(page(2, "marlow.example")) == [5.0]


def test_the_pace_holds_over_a_restart(world: World) -> None:
    world.lists(page(1), page(2))
    world.watch(seconds=0)
    assert world.web.addresses == [FEED]
    world.watch(seconds=30)
    assert [at for at, _ in world.web.asked] == [0.0, 5.0, 10.0]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (Unreachable("cannot connect to tarn.example: refused"), "cannot connect to tarn.example: refused"),
        (Refused("refused: robots.txt"), "refused: robots.txt"),
        (RuntimeError("odd\nthing"), "unforeseen RuntimeError: odd thing"),
        (status(404), "the server answers 404: there is no such page"),
        (status(500), "the server answers 500 Internal Server Error"),
        (status(429), "the server answers 429 Too Many Requests"),
        (b"<html>no feed", "not a feed that we can read: give the address of an RSS, Atom or JSON feed"),
        (
            b"<rss version='2.0'><channel><ti",
            "the feed is broken, and no entry of it can be read: try again later",
        ),
    ],
)
def test_a_feed_that_fails_ends_nothing_and_is_tried_again(world: World, broken: object, why: str) -> None:
    world.web.answers[FEED] = broken  # type: ignore[assignment]
    world.lists(page(1, "marlow.example"), feed=OTHER)
    events = world.watch(FEED, OTHER, seconds=60)
    failed = events[0]
    assert isinstance(failed, Failed)
    assert (failed.feed, failed.address, failed.why) == (FEED, None, why)
    assert failed.again is not None
    assert failed.again - START >= 225
    assert Added(OTHER, page(1, "marlow.example"), "added") in events
    world.lists(page(1))
    assert Added(FEED, page(1), "added") in world.watch(FEED, OTHER, seconds=HOUR)


def test_failures_come_ever_less_often(world: World) -> None:
    world.web.answers[FEED] = status(500)
    world.watch(seconds=24 * HOUR)
    between = [later - earlier for earlier, later in pairwise(world.web.times(FEED))]
    assert between[0] <= 600
    assert max(between) <= 6 * HOUR
    assert 6 <= len(between) <= 10


def test_a_feed_that_sends_us_away_is_left_as_long_as_it_says(world: World) -> None:
    world.web.answers[FEED] = status(503, retry_after=5 * HOUR)
    world.watch(seconds=12 * HOUR)
    assert world.web.times(FEED)[:3] == [0.0, 5 * HOUR, 10 * HOUR]


def test_a_feed_that_is_gone_is_dropped_for_good_and_its_pages_still_come(world: World) -> None:
    world.lists(page(1))
    world.watch(seconds=0)
    world.web.answers[FEED] = status(410)
    events = world.watch(seconds=10 * HOUR)
    assert Added(FEED, page(1), "added") in events
    dropped = Dropped(FEED, "the server says that the feed is gone for good (410)")
    assert dropped in events
    assert len(world.web.times(FEED)) == 2
    assert world.watch(seconds=10 * HOUR) == [dropped]


def test_a_feed_that_moved_for_good_is_asked_for_where_it_is(world: World) -> None:
    new = "https://tarn.example/news.xml"
    world.web.answers |= {FEED: replace(ok(rss()), url=new, moved_to=new), new: rss()}
    assert world.watch(seconds=4 * HOUR)[:2] == [Moved(FEED, new), Unchanged(FEED)]
    assert world.web.addresses == [FEED, new, new, new]
    assert state(world).address == new


@pytest.mark.parametrize("there", [status(404), status(503), b"<html>please log in"])
def test_a_feed_that_moved_to_where_there_is_none_is_asked_for_where_it_was(
    world: World, there: Response | bytes
) -> None:
    to = "https://tarn.example/x"
    answer = ok(there) if isinstance(there, bytes) else there
    world.web.answers[FEED] = replace(answer, moved_to=to, url=to)
    world.watch(seconds=HOUR)
    assert set(world.web.addresses) == {FEED}


def test_a_page_that_cannot_be_reached_is_tried_four_times_and_the_others_go_on(world: World) -> None:
    world.lists(page(1), page(2))
    world.web.answers[page(1)] = Unreachable("tarn.example broke off: gone")
    events = world.watch(seconds=10 * HOUR)
    failed = [event for event in events if isinstance(event, Failed)]
    assert [event.again is None for event in failed] == [False, False, False, True]
    assert len(world.web.times(page(1))) == 4
    assert world.archive.added == [page(2)]


@pytest.mark.parametrize("answer", [status(404), status(403), status(410)])
def test_a_page_that_is_not_there_is_tried_once(world: World, answer: object) -> None:
    world.lists(page(1))
    world.web.answers[page(1)] = answer  # type: ignore[assignment]
    world.watch(seconds=10 * HOUR)
    assert len(world.web.times(page(1))) == 1


def test_a_page_that_the_archive_cannot_read_is_tried_once(world: World) -> None:
    world.lists(page(1), page(2))
    world.archive.refused[page(1)] = unreadable()
    events = world.watch(seconds=10 * HOUR)
    assert Failed(FEED, page(1), "not an article we can read: cartoon", None) in events
    assert len(world.web.times(page(1))) == 1
    assert world.archive.added == [page(2)]
    world.watch(seconds=10 * HOUR)
    assert len(world.web.times(page(1))) == 1


def test_a_page_that_sets_off_what_nobody_foresaw_ends_nothing(world: World) -> None:
    world.lists(page(1), page(2))
    world.archive.refused[page(1)] = ZeroDivisionError("division by zero")
    events = world.watch(seconds=60)
    assert [e.why for e in events if isinstance(e, Failed)] == [
        "unforeseen ZeroDivisionError: division by zero"
    ]
    assert world.archive.added == [page(2)]


def test_trouble_with_the_archive_ends_the_watch_and_loses_nothing(world: World) -> None:
    world.lists(page(1))
    world.archive.refused[page(1)] = QuotidianError("the disk is full: make room and start again")
    with pytest.raises(QuotidianError, match="the disk is full"):
        world.watch(seconds=60)
    world.archive.refused.clear()
    assert Added(FEED, page(1), "added") in world.watch(seconds=60)


def test_a_busy_host_is_left_in_peace_and_no_page_is_blamed_for_it(world: World) -> None:
    world.lists(*(page(n) for n in range(8)))
    world.web.answers[page(0)] = status(429, retry_after=2 * HOUR)
    events = world.watch(seconds=HOUR)
    assert Failed(FEED, page(0), "the server answers 429 Too Many Requests", START + 5 + 2 * HOUR) in events
    assert world.web.addresses == [FEED, page(0)]
    assert world.watch(seconds=0.5 * HOUR) == []  # over a restart too
    world.web.answers[page(0)] = b"<p>zero"
    world.watch(seconds=HOUR)
    assert sorted(world.archive.added) == [page(n) for n in range(8)]


def test_a_page_that_two_feeds_list_is_fetched_once(world: World) -> None:
    world.lists(page(1))
    world.lists(page(1), feed=OTHER)
    world.watch(FEED, OTHER, seconds=60)
    assert len(world.web.times(page(1))) == 1
    assert state(world, OTHER).pages == ()


def test_one_round_asks_for_each_feed_once_and_ends(world: World) -> None:
    world.lists(page(1), page(2))
    world.lists(feed=OTHER)
    world.watch(FEED, OTHER, once=True)
    assert world.web.addresses == [FEED, OTHER, page(1), page(2)]
    world.clock.time += 60
    assert world.watch(FEED, OTHER, once=True) == []
    world.clock.time += 300
    assert world.watch(FEED, OTHER, once=True) == [Unchanged(FEED), Unchanged(OTHER)]


def test_one_round_waits_for_no_host_that_is_busy_and_tries_no_page_twice(world: World) -> None:
    world.lists(page(1), page(2), page(1, "marlow.example"), page(1, "ostby.example"))
    world.web.answers[page(1)] = status(503, retry_after=HOUR)
    world.web.answers[page(1, "marlow.example")] = status(500)
    world.watch(once=True)
    assert world.clock.time < START + 60
    assert world.archive.added == [page(1, "ostby.example")]
    world.web.answers |= {page(1): b"<p>one", page(1, "marlow.example"): b"<p>one"}
    world.clock.time += 2 * HOUR
    world.watch(once=True)
    assert len(world.archive.added) == 4


def test_a_stop_lets_the_page_in_hand_be_finished(world: World) -> None:
    stop = Stop()
    world.lists(page(1), page(2))

    def add_and_stop(body: bytes, origin: PageOrigin) -> str:
        stop.ask()
        return FakeArchive.add(world.archive, body, origin)

    world.archive.add = add_and_stop  # type: ignore[method-assign]
    events = list(watch([FEED], world.archive, world.web, clock=world.clock, stop=stop))
    assert events[-1] == Added(FEED, page(1), "added")
    assert [p.address for p in state(world).pages] == [page(2)]


def test_without_feeds_it_ends(world: World) -> None:
    assert list(watch([], world.archive, world.web, clock=world.clock)) == []


def test_a_damaged_state_is_told_and_the_feed_read_anew(world: World) -> None:
    world.lists(page(1))
    world.archive.states[FEED] = "{}"
    events = world.watch(seconds=60)
    assert events[0] == Failed(FEED, None, "what was kept of the feed is damaged: it is read anew", START)
    assert events[-1] == Added(FEED, page(1), "added")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("call", range(1, 9))
def test_a_kill_at_any_moment_loses_nothing_and_fetches_nothing_twice_but_the_page_in_hand(
    world: World, when: str, call: int
) -> None:
    once = ok(rss(*(page(n) for n in range(4))), validators=Validators('"7"', None))
    world.web.answers[FEED] = lambda seen: status(304) if seen.etag else once
    world.web.answers |= {page(n): f"<p>{n}".encode() for n in range(4)}
    world.archive.dies_at = (call, when)
    with pytest.raises(Killed):
        world.watch(seconds=60)
    world.archive.dies_at = None
    in_hand = world.web.addresses[-1]
    world.watch(seconds=60)
    world.clock.time += HOUR
    world.watch(seconds=60)
    assert sorted(world.archive.added) == [page(n) for n in range(4)]
    for n in range(4):
        assert len(world.web.times(page(n))) == 1 or page(n) == in_hand


ANSWERS: list[Callable[[], object]] = [
    lambda: status(500),
    lambda: status(404),
    lambda: status(429),
    lambda: status(503, retry_after=700.0),
    lambda: Unreachable("broke off"),
    lambda: RuntimeError("odd"),
    lambda: b"<p>text",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(ANSWERS)), max_size=8),
    st.lists(st.integers(0, 5), min_size=1, max_size=6, unique=True),
)
def test_whatever_servers_answer_the_pace_is_kept_and_every_page_is_added_in_the_end(
    trouble: list[tuple[int, Callable[[], object]]], pages: list[int]
) -> None:
    world = World(tries=1000)
    hosts = ("tarn.example", "marlow.example")
    addresses = [page(n, hosts[n % 2]) for n in pages]
    world.lists(*addresses)
    for n, answer in trouble:
        world.web.answers[page(n, hosts[n % 2])] = answer()  # type: ignore[assignment]
    world.watch(seconds=3 * HOUR)
    for host in hosts:
        times = [at for at, url in world.web.asked if f"//{host}/" in url]
        assert all(later - earlier >= 5.0 for earlier, later in pairwise(times))
    troubled = {page(n, hosts[n % 2]) for n, _ in trouble}
    given_up = {address for address, _ in state(world).given_up}
    for address in addresses:
        world.web.answers[address] = b"<p>well again"
    world.watch(seconds=30 * HOUR)
    assert set(addresses) == set(world.archive.added) | given_up
    assert given_up <= troubled
    assert len(world.archive.added) == len(set(world.archive.added))


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (Polled(FEED, "Tarn", 1, 2), f"{FEED}: 1 new page, 2 without an address to follow"),
        (Unchanged(FEED), f"{FEED}: nothing new"),
        (Moved(FEED, OTHER), f"{FEED}: has moved to {OTHER}; please change your list"),
        (Dropped(FEED, "gone"), f"{FEED}: gone; not asked for any more, please take it off your list"),
        (Added(FEED, page(1), "added"), f"{page(1)}: added"),
        (Failed(FEED, None, "is silent", START), f"{FEED}: is silent; again at 2026-02-02 02:40:00 UTC"),
        (Failed(FEED, page(1), "no page", None), f"{page(1)}: no page; left alone"),
        (Waiting(START, held=False), "waiting until 2026-02-02 02:40:00 UTC"),
        (Waiting(START, held=True), "waiting until 2026-02-02 02:40:00 UTC, to leave a host in peace"),
    ],
)
def test_events_can_be_said_in_words(event: object, said: str) -> None:
    assert sentence(event) == said  # type: ignore[arg-type]
