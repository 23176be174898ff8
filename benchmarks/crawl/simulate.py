"""A run of many workers, simulated: where its time goes when there are more of them than we have.

Discrete events: the driver asks after every file, then hands files out one after the other, the largest
first; workers read and work at once, from a store whose bandwidth they share; some files take longer than
others, and workers die; what was made is written, to a store that takes only so much. No clock and no
network: the same seed gives the same run.
"""

from __future__ import annotations

import heapq
import math
import random
from dataclasses import dataclass, field
from typing import Literal

Cause = Literal["too few files", "the last files", "input", "output", "scheduler", "start", "deaths"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Who does it, and what it can bear.

    Attributes:
        workers: processes, a core each.
        input_bytes_per_second: what the store of the inputs gives to all of them together.
        output_bytes_per_second: what the store of the data set takes from all of them together.
        puts_per_second: objects that it takes from all of them together.
        request_s: how long one request to a store takes; the driver and each worker wait for one at a time.
        tasks_per_second: that the driver hands out.
        worker_start_s: until a worker has loaded the model.
        spread: of the time that files take: the standard deviation of its logarithm.
        deaths_per_hour: of one worker; what it was at is done again from the beginning.
    """

    workers: int
    input_bytes_per_second: float = 1.25e9
    output_bytes_per_second: float = 1.25e9
    puts_per_second: float = 3_500.0
    request_s: float = 0.03
    tasks_per_second: float = 200.0
    worker_start_s: float = 3.0
    spread: float = 0.1
    deaths_per_hour: float = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be done: so many files, alike but for chance.

    Attributes:
        files: how many.
        bytes_a_file: to be read of each.
        work_s: that a core works on one.
        output_bytes: that one becomes.
        output_objects: files of the data set that one becomes.
    """

    files: int
    bytes_a_file: float
    work_s: float
    output_bytes: float
    output_objects: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """How long it took, how busy the workers were, and what they lost time to, as shares of all of theirs."""

    seconds: float
    busy: float
    lost: dict[Cause, float]

    @property
    def bottleneck(self) -> Cause:
        """What costs most."""
        return max(self.lost, key=lambda cause: self.lost[cause])


def simulated(job: Job, cluster: Cluster, seed: int = 0) -> Outcome:
    """Simulate a run."""
    run = _Run(job, cluster, random.Random(seed))
    while run.goes_on():
        run.hand_out()
        run.step()
    return run.outcome()


@dataclass(slots=True)
class _Queue:
    """Something that serves one after the other."""

    free: float = 0.0

    def served(self, at: float, takes: float) -> float:
        """When it is done with what arrives at a time."""
        self.free = max(self.free, at) + takes
        return self.free


@dataclass(frozen=True, slots=True, order=True)
class _Turn:
    """A worker's turn with a file: when something happens to it, and what."""

    at: float
    worker: int
    takes: float = field(compare=False)
    dies: bool = field(default=False, compare=False)
    lived: float = field(default=0.0, compare=False)


class _Run:
    """All workers that read share the input's bandwidth: together they are slower by what they want too much.

    So there is one clock for all work in progress, ``_worked``, which then runs slower than time does.
    """

    def __init__(self, job: Job, cluster: Cluster, chance: random.Random):
        self._job, self._cluster, self._chance = job, cluster, chance
        sizes = (chance.lognormvariate(0, cluster.spread) * job.work_s for _ in range(job.files))
        self._waiting = sorted(sizes)  # taken from its end: the largest first
        planned = job.files * cluster.request_s
        self._ready = planned + cluster.worker_start_s
        self._free = [(self._ready, worker) for worker in range(cluster.workers)]
        self._scheduler, self._store = _Queue(planned), _Queue()
        self._starting: list[_Turn] = []
        self._working: list[_Turn] = []
        self._now = self._worked = self._done = 0.0
        self._last = [0.0] * cluster.workers
        self._lost: dict[Cause, float] = dict.fromkeys(
            ("too few files", "the last files", "input", "output", "scheduler", "start", "deaths"), 0.0
        )
        self._lost["start"] = cluster.workers * self._ready

    def goes_on(self) -> bool:
        return bool(self._waiting or self._starting or self._working)

    def hand_out(self) -> None:
        """A file for every worker that is free."""
        while self._waiting and self._free:
            free, worker = heapq.heappop(self._free)
            begins = self._scheduler.served(free, 1 / self._cluster.tasks_per_second)
            self._lost["scheduler"] += begins - free
            heapq.heappush(self._starting, _Turn(begins, worker, self._waiting.pop()))

    def step(self) -> None:
        """On to what happens next: a worker begins with its file, or is done with it, or dies."""
        speed = self._speed()
        begins = self._starting[0].at if self._starting else math.inf
        ends = self._now + (self._working[0].at - self._worked) / speed if self._working else math.inf
        passed = min(begins, ends) - self._now
        self._worked += passed * speed
        self._lost["input"] += passed * (1 - speed) * len(self._working)
        self._now += passed
        if begins <= ends:
            self._begin(heapq.heappop(self._starting))
        else:
            self._end(heapq.heappop(self._working))

    def _speed(self) -> float:
        wanted = len(self._working) * self._job.bytes_a_file / self._job.work_s
        return min(1.0, self._cluster.input_bytes_per_second / wanted) if wanted else 1.0

    def _begin(self, turn: _Turn) -> None:
        deaths = self._cluster.deaths_per_hour / 3_600
        lives = self._chance.expovariate(deaths) if deaths else math.inf
        lived = min(lives, turn.takes)
        after = _Turn(self._worked + lived, turn.worker, turn.takes, lives < turn.takes, lived)
        heapq.heappush(self._working, after)

    def _end(self, turn: _Turn) -> None:
        cluster, job = self._cluster, self._job
        if turn.dies:
            self._lost["deaths"] += turn.lived + cluster.worker_start_s
            self._waiting.append(turn.takes)
            heapq.heappush(self._free, (self._now + cluster.worker_start_s, turn.worker))
            return
        takes = max(
            job.output_bytes / cluster.output_bytes_per_second, job.output_objects / cluster.puts_per_second
        )
        behind = max(self._store.served(self._now, takes), self._now + job.output_objects * cluster.request_s)
        self._lost["output"] += behind - self._now
        self._done += turn.takes
        self._last[turn.worker] = behind
        heapq.heappush(self._free, (behind, turn.worker))

    def outcome(self) -> Outcome:
        """What came of it."""
        seconds = max(self._last)
        total = seconds * self._cluster.workers
        never = sum(1 for end in self._last if not end)
        self._lost["too few files"] = never * max(0.0, seconds - self._ready)
        self._lost["the last files"] = sum(seconds - end for end in self._last if end)
        return Outcome(
            seconds, self._done / total, {cause: time / total for cause, time in self._lost.items()}
        )
