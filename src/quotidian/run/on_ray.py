"""The engine of a cluster: plain Ray tasks. This module alone knows Ray, which comes with the extra ``ray``.

Ray decides which machine does a task and tells when one is gone; each of its processes keeps a worker of
ours under the same watch as on one machine. All machines must reach the inputs and the data set at the same
addresses: a shared folder, or a bucket.
"""

from __future__ import annotations

import logging
import os
import socket
from multiprocessing import connection
from typing import Any
from urllib.parse import urlsplit

from quotidian.errors import DatasetError, UsageError
from quotidian.run.guards import LOOK_S, Guarded
from quotidian.run.tasks import Event, Failed, Guards, Options, Progress, Task

# A machine that is gone is no fault of the file: its task goes to another. So often, at most.
_MOST_LOST = 20
# How long a cluster may take to answer, in seconds.
_ANSWER_S = 10.0

# This process's worker, which keeps the model between tasks; only ever set where Ray runs a task.
_worker: tuple[tuple[Options, Guards], Guarded] | None = None


class OnRay:
    """A cluster that is up already.

    Args:
        address: its address, or "auto" for the one that this machine belongs to.
        options: how files are read.
        guards: what a record may cost.
        most: tasks at once; one for each core of the cluster if None.

    Raises:
        UsageError: Ray is not installed.
        DatasetError: no cluster answers at the address.
    """

    def __init__(self, address: str, options: Options, guards: Guards, *, most: int | None = None):
        # Ray reports home unless it is told not to before it is loaded.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        try:
            import ray
        except ImportError as error:
            raise UsageError('a cluster needs Ray: pip install "quotidian[ray]"') from error
        self._ray: Any = ray
        self._options, self._guards, self._most = options, guards, most
        self._is_ours = not ray.is_initialized()
        if self._is_ours:
            _refuse_silent(address)
            try:
                ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
            except (ConnectionError, ValueError, RuntimeError) as error:
                raise DatasetError(f"no Ray cluster answers at {address}: {error}") from error
        self._do = ray.remote(num_cpus=1, max_retries=0)(do)
        self._running: dict[Any, Task] = {}
        self._lost: dict[str, int] = {}

    @property
    def slots(self) -> int:
        """One for each core that the cluster has now."""
        cores = max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        return min(cores, self._most) if self._most else cores

    def submit(self, task: Task) -> None:
        """Give a task to the cluster."""
        self._running[self._do.remote(task, self._options, self._guards)] = task

    def wait(self, seconds: float) -> list[Event]:
        """What became of tasks."""
        ready, _ = self._ray.wait(list(self._running), num_returns=len(self._running), timeout=0)
        if not ready:
            ready, _ = self._ray.wait(list(self._running), num_returns=1, timeout=seconds)
        events: list[Event] = []
        for one in ready:
            events += self._became(one, self._running.pop(one))
        return events

    def close(self) -> None:
        """End the tasks in flight; the cluster goes on."""
        for one in self._running:
            self._ray.cancel(one, force=True)
        self._running.clear()
        if self._is_ours:
            self._ray.shutdown()

    def _became(self, one: Any, task: Task) -> list[Event]:
        try:
            events: list[Event] = self._ray.get(one)
        except self._ray.exceptions.RayTaskError as error:  # a fault of ours, not of the cluster
            return [Failed(task.file.shard, str(error.cause or error).splitlines()[0])]
        except self._ray.exceptions.RayError as error:
            shard = task.file.shard
            self._lost[shard] = self._lost.get(shard, 0) + 1
            if self._lost[shard] > _MOST_LOST:
                return [Failed(shard, f"its machine was lost {_MOST_LOST} times: {type(error).__name__}")]
            self.submit(task)
            return []
        return events


def _refuse_silent(address: str) -> None:
    """Ray itself would ask again for minutes where nobody answers."""
    found = urlsplit(address if "://" in address else f"//{address}")
    if found.hostname and found.port:
        try:
            socket.create_connection((found.hostname, found.port), timeout=_ANSWER_S).close()
        except OSError as error:
            raise DatasetError(f"no Ray cluster answers at {address}: {error}") from error


def do(task: Task, options: Options, guards: Guards) -> list[Event]:
    """Do a task in this process's worker, under watch; what happened, the end of the task last."""
    global _worker
    if _worker is None or _worker[0] != (options, guards):
        if _worker is not None:
            _worker[1].close()
        _worker = (options, guards), Guarded(options, guards)
    guarded = _worker[1]
    guarded.give(task)
    records = 0
    while True:
        if guarded.pipe is not None:
            connection.wait([guarded.pipe], timeout=LOOK_S)
        for event in guarded.look():
            if isinstance(event, Progress):
                records += event.records
            else:
                return [Progress(records), event]
