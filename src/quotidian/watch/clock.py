"""The time, waiting for it, and being told to stop."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Protocol

# A wait looks this often, in seconds, whether to stop: an Event could not be set safely in a signal handler.
_GLANCE = 0.25


class Stop:
    """Whether a watch is to end, once what it has in hand is done."""

    def __init__(self) -> None:
        self.asked = False

    def ask(self) -> None:
        """Ask it to end."""
        self.asked = True


class Clock(Protocol):
    """What tells the time and lets it pass."""

    def now(self) -> float:
        """Seconds since 1970, UTC."""

    def wait(self, seconds: float, stop: Stop) -> None:
        """Return after so many seconds, or soon after ``stop`` was asked."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time()

    def wait(self, seconds: float, stop: Stop) -> None:
        """Sleep, in naps, by the clock that nobody sets."""
        end = time.monotonic() + seconds
        while not stop.asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _GLANCE))


@contextmanager
def stopped_by_signals() -> Iterator[Stop]:
    """A Stop that SIGINT (Ctrl-C) and SIGTERM ask for; a second one ends at once (KeyboardInterrupt).

    For the main thread only, as signals are.
    """
    stop = Stop()

    def told(_number: int, _frame: FrameType | None) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.ask()

    before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
