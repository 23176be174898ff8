"""Watching feeds: polled politely, what is new added to an archive, until stopped.

``state`` is what is remembered, ``schedule`` decides, ``watching`` does; ``archive`` says what is
needed of an archive.
"""

from __future__ import annotations

from quotidian.watch.archive import Archive, Fetch, PageOrigin, covers
from quotidian.watch.clock import Clock, Stop, SystemClock, stopped_by_signals
from quotidian.watch.events import (
    Added,
    Dropped,
    Event,
    Failed,
    Moved,
    Polled,
    Unchanged,
    Waiting,
    sentence,
)
from quotidian.watch.schedule import Pace
from quotidian.watch.state import FeedState, WaitingPage
from quotidian.watch.watching import watch

__all__ = [
    "Added",
    "Archive",
    "Clock",
    "Dropped",
    "Event",
    "Failed",
    "FeedState",
    "Fetch",
    "Moved",
    "Pace",
    "PageOrigin",
    "Polled",
    "Stop",
    "SystemClock",
    "Unchanged",
    "Waiting",
    "WaitingPage",
    "covers",
    "sentence",
    "stopped_by_signals",
    "watch",
]
