"""Trying passwords gets slower, for a name and for an address."""

from __future__ import annotations

import pytest

from quotidian.serve.access.attempts import ADDRESS, NAME, Attempts, network

HERE, THERE = "192.0.2.7", "198.51.100.9"


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(clock: Clock) -> Attempts:
    return Attempts(clock)


def fail(attempts: Attempts, times: int, name: str = "Anna", address: str = HERE) -> list[float]:
    return [attempts.admit(name, address) for _ in range(times)]


def test_a_few_failures_are_free(attempts: Attempts) -> None:
    assert fail(attempts, NAME.free) == [0.0] * NAME.free


def test_then_the_wait_doubles_up_to_the_longest(attempts: Attempts, clock: Clock) -> None:
    fail(attempts, NAME.free + 1)
    waits = []
    for number in range(8):
        wait = attempts.admit("Anna", f"198.51.100.{number}")
        waits.append(wait)
        clock.now += wait
        assert attempts.admit("Anna", f"198.51.100.{number}") == 0.0
    assert waits == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]


def test_an_attempt_that_came_too_early_makes_the_wait_no_longer(attempts: Attempts, clock: Clock) -> None:
    fail(attempts, NAME.free + 1)
    assert fail(attempts, 50) == [2.0] * 50
    clock.now += 2.0
    assert attempts.admit("Anna", HERE) == 0.0


def test_an_address_is_slowed_whatever_names_it_tries(attempts: Attempts) -> None:
    waits = [attempts.admit(f"name {number}", HERE) for number in range(ADDRESS.free + 2)]
    assert waits[:-1] == [0.0] * (ADDRESS.free + 1)
    assert waits[-1] == 2.0
    assert attempts.admit("name 0", THERE) == 0.0


def test_a_name_is_slowed_whatever_addresses_try_it(attempts: Attempts) -> None:
    waits = [attempts.admit("Anna", f"198.51.100.{number}") for number in range(NAME.free + 2)]
    assert waits[-1] == 2.0
    assert attempts.admit("Berit", "198.51.100.200") == 0.0


def test_success_forgives_the_name(attempts: Attempts) -> None:
    fail(attempts, NAME.free)
    attempts.succeeded("Anna", HERE)
    assert fail(attempts, NAME.free, address=THERE) == [0.0] * NAME.free


def test_logging_in_does_not_make_guessing_others_free(attempts: Attempts) -> None:
    for number in range(ADDRESS.free + 1):
        assert attempts.admit(f"name {number}", HERE) == 0.0
        if attempts.admit("Anna", HERE) == 0.0:
            attempts.succeeded("Anna", HERE)
    assert attempts.admit("another", HERE) > 0.0


def test_an_attempt_that_could_not_be_made_is_not_counted(attempts: Attempts) -> None:
    for _ in range(50):
        assert attempts.admit("Anna", HERE) == 0.0
        attempts.withdraw("Anna", HERE)


def test_after_a_day_nothing_is_held_against_anybody(attempts: Attempts, clock: Clock) -> None:
    fail(attempts, NAME.free + 1)
    clock.now += 24 * 3600
    assert fail(attempts, NAME.free) == [0.0] * NAME.free


def test_memory_is_bounded(attempts: Attempts) -> None:
    for number in range(30_000):
        attempts.admit(f"name {number}", f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(attempts._failures) == 20_000


def test_what_is_typed_is_not_remembered_itself(attempts: Attempts) -> None:
    attempts.admit("four herons at dusk" * 100_000, HERE)
    attempts.admit("\ud800", HERE)
    assert all(len(key) <= 64 and "heron" not in key for _, key in attempts._failures)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8::1", "2001:db8::ffff:2"), ("::ffff:192.0.2.7", "192.0.2.7"), ("192.0.2.7", "192.0.2.7")],
)
def test_addresses_of_one_person_count_as_one(one: str, other: str) -> None:
    assert network(one) == network(other)
    assert network(one) != network("2001:db8:0:1::1")
