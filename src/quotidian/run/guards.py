"""A worker under watch: how long it is at a record, how much memory it takes, and what it died of."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection
from typing import Literal

from quotidian.run import worker
from quotidian.run.memory import memory_of
from quotidian.run.tasks import Counts, Died, Done, Event, Failed, Guards, Options, Progress, Task

# How often a worker is looked at, in seconds.
LOOK_S = 0.2
# How long a new worker may take to load the model.
_LOADING_S = 300.0
# Ends that a process comes to by itself, never by another's wish.
_CRASHES = {
    signal.SIGSEGV,
    signal.SIGABRT,
    signal.SIGFPE,
    signal.SIGILL,
    *([signal.SIGBUS] if hasattr(signal, "SIGBUS") else []),
}


# What the process does with its pipe.
Work = Callable[[connection.Connection, Options, Guards], None]


class Guarded:
    """A worker process and what is known of it. It is started with its first task, and again if it dies."""

    def __init__(self, options: Options, guards: Guards, work: Work = worker.work):
        self._options, self._guards, self._work = options, guards, work
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: connection.Connection | None = None
        self._task: Task | None = None
        self._ready = False
        self._at: str | None = None
        self._since = 0.0

    @property
    def idle(self) -> bool:
        """Whether it may be given a task."""
        return self._task is None

    @property
    def pipe(self) -> connection.Connection | None:
        """What becomes readable when the worker has something to say, or died; None while it is idle."""
        return self._pipe if self._task else None

    def give(self, task: Task) -> None:
        """A file to make a shard of."""
        if self._process is None or not self._process.is_alive():
            self._start()
        assert self._pipe is not None
        self._task, self._at, self._since = task, None, time.monotonic()
        with suppress(OSError):  # it is gone: the next look finds out
            self._pipe.send(task)

    def look(self) -> list[Event]:
        """What happened since the last time; ends the worker where it breaks a limit."""
        if self._task is None:
            return []
        events, records = self._heard()
        if self._task is not None and (broken := self._broken()):
            reason, detail = broken
            self._end()
            events += [Died(self._task.file.shard, self._at, reason, detail, certain=True)]
            self._task = None
        return [*([Progress(records)] if records else []), *events]

    def close(self) -> None:
        """End the worker, at once."""
        self._end()
        self._task = None

    def _start(self) -> None:
        self._end()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=self._work, args=(theirs, self._options, self._guards), daemon=True
        )
        self._process.start()
        theirs.close()
        self._ready = False

    def _end(self) -> None:
        if self._process is not None and self._process.pid is not None:
            worker.end_group(self._process.pid)
            self._process.kill()  # before it is a group of its own
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _heard(self) -> tuple[list[Event], int]:
        """What the worker said, and how many records it finished."""
        assert self._pipe is not None and self._task is not None
        records = 0
        try:
            while self._task is not None and self._pipe.poll():
                said, value = self._pipe.recv()
                self._since = time.monotonic()
                if said == worker.READY:
                    self._ready = True
                elif said == worker.AT:
                    records += value is None
                    self._at = value
                else:
                    return [self._ended(said, value)], records
        except (EOFError, OSError):
            return [self._died()], records
        return [], records

    def _ended(self, said: str, value: object) -> Event:
        assert self._task is not None
        shard, self._task = self._task.file.shard, None
        if said == worker.DONE:
            assert isinstance(value, Counts)
            return Done(shard, value)
        if said == worker.FULL:
            self._end()
            return Died(shard, self._at, "too much memory", self._most_memory(), certain=True)
        return Failed(shard, str(value))

    def _died(self) -> Died:
        assert self._task is not None and self._process is not None
        self._process.join(timeout=10)
        code = self._process.exitcode
        shard, self._task = self._task.file.shard, None
        self._end()
        ended = signal.Signals(-code) if code is not None and code < 0 else None
        detail = f"ended by {ended.name}" if ended else f"ended with status {code}"
        return Died(shard, self._at, "killed its worker", detail, certain=ended in _CRASHES)

    def _broken(self) -> tuple[Literal["too slow", "too much memory"], str] | None:
        """The limit that the worker broke, and in words."""
        assert self._process is not None
        for_s = time.monotonic() - self._since
        if not self._ready:
            return ("too slow", "the model was not loaded") if for_s > _LOADING_S else None
        most = self._guards.seconds if self._at is not None else self._guards.silence
        if for_s > most:
            return "too slow", f"more than {most:,g} seconds"
        if memory_of(self._process.pid) > self._guards.megabytes * 1024 * 1024:
            return "too much memory", self._most_memory()
        return None

    def _most_memory(self) -> str:
        return f"more than {self._guards.megabytes:,} MiB"
