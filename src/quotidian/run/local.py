"""The engine of this machine: a pool of worker processes, each on one core."""

from __future__ import annotations

import time
from multiprocessing import connection

from quotidian.run.guards import LOOK_S, Guarded
from quotidian.run.tasks import Event, Guards, Options, Task


class Local:
    """So many workers, each with one file at a time."""

    def __init__(self, workers: int, options: Options, guards: Guards):
        self._workers = [Guarded(options, guards) for _ in range(workers)]

    @property
    def slots(self) -> int:
        """One for each worker."""
        return len(self._workers)

    def submit(self, task: Task) -> None:
        """Give a task to a worker that is idle; there has to be one."""
        next(worker for worker in self._workers if worker.idle).give(task)

    def wait(self, seconds: float) -> list[Event]:
        """What happened."""
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            if pipes := [worker.pipe for worker in self._workers if worker.pipe is not None]:
                connection.wait(pipes, timeout=max(0.0, min(LOOK_S, left)))
            events = [event for worker in self._workers for event in worker.look()]
            if events or left <= 0 or not pipes:
                return events

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.close()
