"""How far a long run is and how long it will still take, on standard error, for people only."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

# A run shorter than this needs no bar, in seconds.
SHORT = 1.0


class Advance(Protocol):
    """Called for each article or failure, or for several at once."""

    def __call__(self, by: int = 1) -> None:
        """So many more are done."""


@contextmanager
def bar(total: int | None, doing: str = "Reading") -> Iterator[Advance]:
    """A bar that appears when a run turns out to be long, and is gone afterwards."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn(doing),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    shown = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    task = shown.add_task(doing, total=total, rate="")
    began = time.monotonic()
    done = 0

    def advance(by: int = 1) -> None:
        nonlocal done
        done += by
        elapsed = time.monotonic() - began
        if elapsed > SHORT:
            shown.start()
            shown.update(task, completed=done, rate=f"{done / elapsed:.1f}/s")

    try:
        yield advance
    finally:
        shown.stop()


@contextmanager
def silent() -> Iterator[Advance]:
    """No bar: standard error is not a terminal, or the articles themselves scroll past."""
    yield lambda by=1: None
