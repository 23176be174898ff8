"""What is fetched next, and when: decided from values alone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.watch.pretence import FEED, START, page

from quotidian.errors import InputError, UsageError
from quotidian.reading.feeds import Entry
from quotidian.reading.headers import NEVER_SEEN, Validators
from quotidian.watch import covers, schedule
from quotidian.watch.schedule import DAY, HOUR, MINUTE, Pace, Step
from quotidian.watch.state import FeedState, HostState, WaitingPage

PACE = Pace()
OTHER = "https://marlow.example/feed"
FRESH = FeedState(FEED)


def waiting(n: int, host: str = "tarn.example", **more: object) -> WaitingPage:
    return WaitingPage(page(n, host), str(n), **more)  # type: ignore[arg-type]


def entry(n: int, updated: str | None = None) -> Entry:
    return Entry(page(n), str(n), updated=updated)


def read(state: FeedState, *new: Entry, now: float = START, listed: tuple[Entry, ...] = ()) -> FeedState:
    return schedule.read(state, (*new, *listed), new, NEVER_SEEN, PACE, now)


def test_a_feed_that_was_never_read_is_read_at_once() -> None:
    step = schedule.next_step({FEED: FRESH}, {}, PACE, START)
    assert step is not None
    assert (step.feed, step.page) == (FEED, None)
    assert step.at <= START


def test_without_feeds_there_is_nothing_to_do() -> None:
    assert schedule.next_step({}, {}, PACE, START) is None
    assert schedule.next_step({FEED: replace(FRESH, dropped="gone")}, {}, PACE, START) is None


def test_feeds_come_before_pages_and_the_first_of_the_list_first() -> None:
    feeds = {OTHER: FeedState(OTHER, last_tried=START, pages=(waiting(1, "marlow.example"),)), FEED: FRESH}
    first = schedule.next_step(feeds, {}, PACE, START)
    assert first is not None
    assert (first.feed, first.page) == (FEED, None)
    feeds[FEED] = replace(FRESH, last_tried=START, pages=(waiting(3), waiting(2)))
    second = schedule.next_step(feeds, {}, PACE, START)
    assert second is not None
    assert second.page == waiting(1, "marlow.example")
    feeds[OTHER] = replace(feeds[OTHER], pages=())
    third = schedule.next_step(feeds, {}, PACE, START)
    assert third is not None
    assert third.page == waiting(3)


def test_pages_of_a_feed_that_is_gone_are_still_fetched() -> None:
    state = replace(FRESH, dropped="gone", pages=(waiting(1),))
    assert schedule.next_step({FEED: state}, {}, PACE, START) == Step(0.0, FEED, waiting(1))


def test_a_host_is_left_in_peace_between_requests_whatever_is_asked_for() -> None:
    feeds = {FEED: replace(FRESH, last_tried=START, pages=(waiting(1), waiting(2, "marlow.example")))}
    hosts = {"tarn.example": HostState(START), "marlow.example": HostState(START)}
    assert schedule.next_step(feeds, hosts, PACE, START) == Step(START + 5, FEED, waiting(1), held=True)
    hosts["tarn.example"] = HostState(START, crawl_delay=20)
    assert schedule.next_step(feeds, hosts, PACE, START) == Step(
        START + 5, FEED, waiting(2, "marlow.example"), held=True
    )


@pytest.mark.parametrize(
    ("crawl_delay", "seconds"),
    [(None, 5), (1.0, 5), (20.0, 20), (300.0, 300), (86_400.0, 300), (float("inf"), 300)],
)
def test_robots_txt_can_ask_for_a_slower_pace_up_to_five_minutes(
    crawl_delay: float | None, seconds: float
) -> None:
    assert schedule.free_at(HostState(START, crawl_delay), PACE, START) == START + seconds


def test_a_feed_that_changes_is_asked_for_more_often_down_to_five_minutes() -> None:
    state, intervals = FRESH, []
    for n in range(5):
        state = read(state, entry(n))
        intervals.append(schedule.due(FEED, state, PACE, START) - START)
    assert intervals == [15 * MINUTE, 7.5 * MINUTE, 5 * MINUTE, 5 * MINUTE, 5 * MINUTE]


def test_a_feed_that_does_not_change_is_asked_for_less_often_down_to_every_six_hours() -> None:
    state, intervals = FRESH, []
    for _ in range(8):
        state = schedule.unmodified(state, PACE, START)
        intervals.append(schedule.due(FEED, state, PACE, START) - START)
    assert intervals[:2] == [45 * MINUTE, 67.5 * MINUTE]
    assert intervals == sorted(intervals)
    assert intervals[-1] == 6 * HOUR


def test_a_feed_whose_bytes_change_but_not_its_pages_has_not_changed() -> None:
    before = read(FRESH, entry(1))
    assert read(before, listed=(entry(1),)).interval > before.interval
    assert read(before, entry(1)).interval > before.interval  # still waiting: nothing new
    assert read(before, entry(1)).last_changed == START


def test_failures_wait_twice_as_long_each_time_up_to_the_longest_and_not_all_at_once() -> None:
    state, waits = FRESH, []
    for _ in range(12):
        state = schedule.failed(state, PACE, START)
        waits.append(schedule.due(FEED, state, PACE, START) - START)
    for n, seconds in enumerate(waits, 1):
        most = min(6 * HOUR, 5 * MINUTE * 2**n)
        assert 0.75 * most <= seconds <= most
    assert len({schedule.backed_off(f"{FEED}/{n}", 1, PACE) for n in range(50)}) == 50
    assert schedule.backed_off(FEED, 3, PACE) == schedule.backed_off(FEED, 3, PACE)


def test_a_feed_that_answers_again_has_its_old_pace() -> None:
    state = schedule.failed(schedule.failed(FRESH, PACE, START), PACE, START)
    assert schedule.unmodified(state, PACE, START).failures == 0
    assert schedule.unmodified(state, PACE, START).interval == 45 * MINUTE


@pytest.mark.parametrize(("said", "kept"), [(700, 700), (5 * HOUR, 5 * HOUR), (300 * DAY, DAY)])
def test_a_server_can_send_us_away_for_a_day_at_most(said: float, kept: float) -> None:
    state = schedule.failed(FRESH, PACE, START, retry_after=said)
    assert schedule.due(FEED, state, PACE, START) == START + kept
    host = schedule.busy(HostState(), "tarn.example", START, said, PACE, None)
    assert schedule.free_at(host, PACE, START) == START + kept


def test_a_host_that_is_busy_for_a_minute_is_left_for_a_minute() -> None:
    host = schedule.busy(HostState(), "tarn.example", START, 60.0, PACE, None)
    assert schedule.free_at(host, PACE, START) == START + 60


def test_a_host_that_stays_busy_and_does_not_say_for_how_long_rests_ever_longer() -> None:
    host, rests = HostState(), []
    for _ in range(4):
        host = schedule.busy(host, "tarn.example", START, None, PACE, None)
        rests.append(host.resting_until - START)
    assert rests == sorted(rests)
    assert rests[-1] > 5 * rests[0]
    assert schedule.asked(host, START, None).refusals == 0


def test_a_page_is_tried_four_times() -> None:
    state = replace(FRESH, pages=(waiting(1), waiting(2)))
    times = []
    for _ in range(4):
        state, at = schedule.page_failed(state, state.pages[0], PACE, START, again=True)
        times.append(at)
    assert times[3] is None
    assert all(at is not None and at > START + 7 * MINUTE for at in times[:3])
    assert state.pages == (waiting(2),)
    assert state.given_up == ((page(1), None),)


def test_a_page_that_was_given_up_is_left_alone_until_the_feed_says_that_it_changed() -> None:
    state, at = schedule.page_failed(
        replace(FRESH, pages=(waiting(1),)), waiting(1), PACE, START, again=False
    )
    assert at is None
    assert read(state, entry(1)).pages == ()
    assert read(state, entry(1, "2026-03-05")).pages == (waiting(1, updated="2026-03-05"),)


def test_what_a_feed_does_not_list_any_more_is_not_remembered_as_given_up() -> None:
    state = replace(FRESH, given_up=((page(1), None), (page(2), None)))
    assert read(state, listed=(entry(2),)).given_up == ((page(2), None),)


def test_pages_that_wait_stay_when_the_feed_has_dropped_them() -> None:
    assert read(replace(FRESH, pages=(waiting(1),)), entry(2)).pages == (waiting(1), waiting(2))


def test_a_newer_version_takes_the_place_of_the_one_that_waits() -> None:
    state = replace(FRESH, pages=(waiting(1, tries=3, not_before=START + HOUR),))
    assert read(state, entry(1, "2026-03-05")).pages == (waiting(1, updated="2026-03-05"),)


def test_one_round_leaves_out_what_was_just_asked_or_fails_or_is_gone() -> None:
    feeds = {
        "never": FRESH,
        "just now": replace(FRESH, last_tried=START - 60),
        "long ago": replace(FRESH, last_tried=START - 400),
        "failing": replace(FRESH, last_tried=START - 400, failures=3),
        "failed long ago": replace(FRESH, last_tried=START - DAY, failures=3),
        "sent away": replace(FRESH, last_tried=START - 400, not_before=START + 10),
        "gone": replace(FRESH, dropped="gone"),
    }
    assert schedule.one_round(feeds, PACE, START) == {"never", "long ago", "failed long ago"}


def test_hosts_are_as_the_last_watch_left_them() -> None:
    busy = waiting(1, "marlow.example", not_before=START + HOUR)
    failed = waiting(2, "ostby.example", tries=1, not_before=START + HOUR)
    state = replace(FRESH, last_tried=START - 2, pages=(busy, failed))
    assert schedule.hosts_as_left([state], START) == {
        "tarn.example": HostState(START - 2),
        "marlow.example": HostState(resting_until=START + HOUR),
    }


@given(st.floats(-10 * DAY, 10 * DAY), st.integers(0, 60), st.floats(0, 10 * DAY), st.floats(0, 400 * DAY))
def test_no_clock_and_no_server_keeps_a_feed_waiting_for_more_than_a_day(
    tried: float, failures: int, interval: float, not_before: float
) -> None:
    state = FeedState(FEED, "", NEVER_SEEN, START + tried, None, failures, interval, START + not_before)
    step = schedule.next_step({FEED: state}, {"tarn.example": HostState(START + tried)}, PACE, START)
    assert step is not None
    assert step.at <= START + DAY
    assert step.at >= min(START + tried, START) + PACE.between_requests


@given(st.text(), st.text(), st.floats(0, 1e10) | st.none(), st.integers(0, 9), st.text() | st.none())
def test_a_state_comes_back_as_it_was_kept(
    title: str, etag: str, tried: float | None, tries: int, updated: str | None
) -> None:
    state = FeedState(
        FEED,
        title,
        Validators(etag, None),
        last_tried=tried,
        pages=(waiting(1, title=title, tries=tries, updated=updated),),
        given_up=((page(2), updated),),
    )
    assert FeedState.from_values(json.loads(json.dumps(state.as_values()))) == state


def test_fields_of_another_version_do_no_harm() -> None:
    assert FeedState.from_values({"address": FEED, "colour": 3}) == FRESH


@pytest.mark.parametrize(
    "values", [None, [], {}, {"address": "a", "pages": [3]}, {"address": "a", "seen": 3}, {"pages": [{}]}]
)
def test_a_damaged_state_is_an_error_that_says_what_happens(values: object) -> None:
    with pytest.raises(InputError, match="it is read anew"):
        FeedState.from_values(values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kept", "said", "known"),
    [
        (None, None, True),
        ("2026-03-04T08:30:00+00:00", None, True),
        (None, "2026-03-04T08:30:00+00:00", False),
        ("2026-03-04T08:30:00+00:00", "2026-03-04T08:30:00+00:00", True),
        ("2026-03-04T08:30:00+00:00", "2026-03-04T09:30:00+01:00", True),
        ("2026-03-04T08:30:00+00:00", "2026-03-04T09:30:00+00:00", False),
        ("2026-03-04T08:30:00+00:00", "2026-03-04T09:00:00+05:00", True),
        ("2026-03-04T08:30:00", "2026-03-04", True),
        ("2026-03-04", "2026-03-05", False),
        ("soon", "soon", True),
        ("soon", "2026-03-05", False),
    ],
)
def test_a_version_is_known_if_a_feed_says_nothing_newer(
    kept: str | None, said: str | None, known: bool
) -> None:
    assert covers(kept, said) is known


@pytest.mark.parametrize(
    "pace", [{"shortest": 0}, {"shortest": 10, "longest": 5}, {"between_requests": -1}, {"tries": 0}]
)
def test_a_pace_that_contradicts_itself_is_refused(pace: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        Pace(**pace)  # type: ignore[arg-type]
