"""Runs that are killed at random moments: a worker of theirs, or all at once; then they go on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import quotidian

SOURCE = Path(quotidian.__file__).parents[1]


@dataclass(slots=True)
class Killed:
    """How often, and what was hit."""

    workers: int = 0
    runs: int = 0

    @property
    def kills(self) -> int:
        return self.workers + self.runs


def start(crawl: Path, dataset: Path, *more: str) -> subprocess.Popen[bytes]:
    """The command ``quotidian run``, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "quotidian", "run", str(crawl), "--out", str(dataset), "--quiet", *more],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def run_whole(crawl: Path, dataset: Path, *more: str) -> None:
    """A run that nobody disturbs."""
    process = start(crawl, dataset, *more)
    _, complaints = process.communicate()
    assert process.returncode == 0, complaints.decode()


def run_disturbed(
    crawl: Path, dataset: Path, chance: random.Random, *, most: int, longest_s: float, workers: int = 2
) -> Killed:
    """Run again and again, each time with SIGKILLs, until all shards are whole; then once undisturbed.

    Args:
        crawl: what to read.
        dataset: where to.
        chance: when to kill what.
        most: kills at most.
        longest_s: between two kills.
        workers: of the run.
    """
    killed = Killed()
    process = start(crawl, dataset, "--workers", str(workers))
    while killed.kills < most and process.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.0, longest_s))
        if process.poll() is not None:
            break
        victims = workers_of(process.pid)
        if victims and chance.random() < 0.6:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(victims), signal.SIGKILL)
                killed.workers += 1
        else:
            process.kill()
            process.wait()
            killed.runs += 1
            wait_gone(victims)
            process = start(crawl, dataset, "--workers", str(workers))
    _, complaints = process.communicate()
    assert process.returncode == 0, complaints.decode()
    return killed


def workers_of(pid: int) -> list[int]:
    """The worker processes of a run."""
    found = []
    with suppress(OSError):
        for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
            with suppress(OSError):
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    found.append(child)
    return found


def wait_gone(pids: list[int], seconds: float = 30.0) -> None:
    """Workers end by themselves when their run is gone."""
    until = time.monotonic() + seconds
    for pid in pids:
        while _is_running(pid):
            assert time.monotonic() < until, f"process {pid} outlives its run"
            time.sleep(0.01)


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
