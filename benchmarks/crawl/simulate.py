"""A run of many workers, simulated: where its time goes when there are more of them than we have.

Discrete events: the driver asks after every file, then hands files out one after the other, the largest
first; workers read and work at once, from a store whose bandwidth they share; some work is slower than
other, and workers die; what was made is written, also to a store that takes only so much. No clock and no
network: the same seed gives the same run.
"""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass
from typing import Literal

Cause = Literal["too few files", "input", "output", "scheduler", "start", "deaths", "stragglers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Who does it, and what it can bear.

    Attributes:
        workers: processes, a core each.
        input_bytes_per_second: what the store of the inputs gives to all of them together.
        output_bytes_per_second: what the store of the data set takes from all of them together.
        puts_per_second: objects that it takes from all of them together.
        request_s: how long one request to a store takes.
        requests_at_once: of the driver, when it asks after the files; of a worker, when it writes.
        tasks_per_second: that the driver hands out or takes back.
        worker_start_s: until a worker has loaded the model.
        spread: of the speed of workers and files: the standard deviation of its logarithm.
        deaths_per_hour: of one worker; what it was at is done again from the beginning.
    """

    workers: int
    input_bytes_per_second: float = 1.25e9
    output_bytes_per_second: float = 1.25e9
    puts_per_second: float = 3_500.0
    request_s: float = 0.03
    requests_at_once: int = 1
    tasks_per_second: float = 200.0
    worker_start_s: float = 3.0
    spread: float = 0.1
    deaths_per_hour: float = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be done: so many files, alike but for chance."""

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


@dataclass(slots=True)
class _Queue:
    """Something that serves one after the other."""

    free: float = 0.0

    def served(self, at: float, takes: float) -> float:
        """When it is done with what arrives at a time."""
        self.free = max(self.free, at) + takes
        return self.free


def simulated(job: Job, cluster: Cluster, seed: int = 0) -> Outcome:
    """Simulate a run.

    All workers that read share the input's bandwidth: together they are as much slower as they want more
    than there is. So there is one clock for all work in progress (``worked``), which runs slower then.
    """
    chance = random.Random(seed)
    each = -(-job.files // cluster.requests_at_once) if cluster.requests_at_once else 0
    planned = each * cluster.request_s
    sizes = sorted((chance.lognormvariate(0, cluster.spread) for _ in range(job.files)), reverse=True)
    scheduler, store = _Queue(planned), _Queue()
    wanted = job.bytes_a_file / job.work_s  # bytes a second of one worker
    most = cluster.input_bytes_per_second / wanted  # workers that can read at full speed

    now = worked = 0.0
    reading = 0
    waiting = sizes[::-1]
    starts: list[tuple[float, float]] = []  # when work on a file begins, and how much
    ends: list[tuple[float, bool, float]] = []  # on the clock of work: when it ends, whole or not, how much
    lost: dict[Cause, float] = dict.fromkeys(
        ("too few files", "input", "output", "scheduler", "start", "deaths", "stragglers"), 0.0
    )
    free = [(planned + cluster.worker_start_s, number) for number in range(cluster.workers)]
    last_end = [0.0] * cluster.workers
    owner: dict[tuple[float, bool, float], list[int]] = {}
    starting: dict[tuple[float, float], list[int]] = {}
    done = 0.0
    lost["start"] = cluster.workers * (planned + cluster.worker_start_s)

    while waiting or starts or ends:
        while waiting and free:
            ready, worker = heapq.heappop(free)
            begun = scheduler.served(ready, 1 / cluster.tasks_per_second)
            lost["scheduler"] += begun - ready
            one = (begun, waiting.pop() * job.work_s)
            heapq.heappush(starts, one)
            starting.setdefault(one, []).append(worker)
        speed = min(1.0, most / reading) if reading else 1.0
        next_start = starts[0][0] if starts else float("inf")
        next_end = now + (ends[0][0] - worked) / speed if ends else float("inf")
        until = min(next_start, next_end)
        worked += (until - now) * speed
        lost["input"] += (until - now) * (1 - speed) * reading
        now = until
        if next_start <= next_end:
            begun, takes = heapq.heappop(starts)
            worker = starting[begun, takes].pop()
            lives = chance.expovariate(max(cluster.deaths_per_hour, 1e-12) / 3_600)
            event = (worked + min(lives, takes), lives >= takes, takes)
            heapq.heappush(ends, event)
            owner.setdefault(event, []).append(worker)
            reading += 1
            continue
        ended, whole, takes = heapq.heappop(ends)
        worker = owner[ended, whole, takes].pop()
        reading -= 1
        if not whole:
            lost["deaths"] += takes / 2 + cluster.worker_start_s
            heapq.heappush(free, (now + cluster.worker_start_s, worker))
            waiting.append(takes / job.work_s)
            continue
        served = store.served(
            now,
            max(
                job.output_bytes / cluster.output_bytes_per_second,
                job.output_objects / cluster.puts_per_second,
            ),
        )
        behind = max(served, now + job.output_objects * cluster.request_s)
        lost["output"] += behind - now
        done += takes
        last_end[worker] = behind
        heapq.heappush(free, (behind, worker))
    return _outcome(job, cluster, done, last_end, lost)


def _outcome(
    job: Job, cluster: Cluster, done: float, last_end: list[float], lost: dict[Cause, float]
) -> Outcome:
    seconds = max(last_end)
    total = seconds * cluster.workers
    # Whoever never had a file had none to get; whoever had his last waits for the slowest.
    idle = sum(seconds - end for end in last_end if end == 0.0)
    lost["too few files"] = max(
        0.0, idle - sum(1 for end in last_end if end == 0.0) * lost["start"] / cluster.workers
    )
    lost["stragglers"] = sum(seconds - end for end in last_end if end > 0.0)
    return Outcome(seconds, done / total, {cause: time / total for cause, time in lost.items()})
