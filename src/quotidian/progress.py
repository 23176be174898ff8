"""How far a long run is and how long it will still take, on standard error, for people only."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
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


# --- many files -----------------------------------------------------------------------------------

# Called with the bytes done and the bytes in all, and what else there is to say, in words.
Files = Callable[[int, int, str], None]
# Where no terminal shows a bar, a line is written so often, in seconds.
BETWEEN_LINES = 60.0


@contextmanager
def of_files() -> Iterator[Files]:
    """How far a run over many files is: a bar on a terminal, elsewhere a line a minute."""
    import sys

    began = time.monotonic()
    if not sys.stderr.isatty():
        told = began

        def line(done: int, total: int, words: str) -> None:
            nonlocal told
            now = time.monotonic()
            if now - told >= BETWEEN_LINES:
                told = now
                share = f"{done / total:.0%}, " if total else ""
                print(f"{share}{words}{_left(done, total, now - began)}", file=sys.stderr, flush=True)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(), TextColumn("{task.percentage:.0f}%"), TextColumn("{task.fields[words]}"))
    shown = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    task = shown.add_task("", total=None, words="")

    def advance(done: int, total: int, words: str) -> None:
        elapsed = time.monotonic() - began
        if elapsed > SHORT:
            shown.start()
        shown.update(task, completed=done, total=total or None, words=f"{words}{_left(done, total, elapsed)}")

    try:
        yield advance
    finally:
        shown.stop()


def _left(done: int, total: int, elapsed: float) -> str:
    """What is left at the rate so far, in words; nothing before there is a rate.

    >>> _left(250, 1_000, 3_600.0)
    ', about 3 h left'
    """
    if not done or done >= total:
        return ""
    left = elapsed * (total - done) / done
    hours, minutes = divmod(round(left / 60), 60)
    words = " ".join([f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)) or "a minute"
    return f", about {words} left"
