"""One writer at a time among the threads of a process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from quotidian.errors import ArchiveLocked


class Turns:
    """Who writes takes a turn; who waits longer than ``patience`` seconds is refused."""

    def __init__(self, patience: float, location: str):
        self._patience = patience
        self._location = location
        self._mutex = threading.Lock()
        self._holder: int | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Alone among threads.

        Raises:
            ArchiveLocked: another thread is writing for longer than we wait.
            RuntimeError: this thread is writing already, and would wait for itself.
        """
        if self._holder == threading.get_ident():
            raise RuntimeError("a batch is open in this thread: add to it, or end it first")
        if not self._mutex.acquire(timeout=self._patience):
            raise locked(self._location, self._patience)
        self._holder = threading.get_ident()
        try:
            yield
        finally:
            self._holder = None
            self._mutex.release()


def locked(location: str, patience: float) -> ArchiveLocked:
    """The error of one who waited too long."""
    return ArchiveLocked(
        f"{location}: another program has been writing for {patience:.0f} s: try again when it is done"
    )
