"""``python -m benchmarks dataset-join``: the join of millions of statements in so much memory."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.dataset_join.generate import generate
from quotidian.cli.joins import size

# How often memory is looked at, in seconds.
_EVERY = 0.25
_ANONYMOUS = re.compile(r"^Pss_(?:Anon|Shmem):\s+(\d+) kB", re.MULTILINE)

_JOIN = """
import sys, time
from quotidian.run.joining.join import join

def told(step, done, of):
    if done in (0, of) and told.last != (step, done):
        print(f"{time.monotonic() - began:7.0f} s  {step}: {done:,} of {of:,}", flush=True)
        told.last = step, done

if __name__ == "__main__":
    told.last, began = None, time.monotonic()
    print(join(sys.argv[1], memory=int(sys.argv[2]), processes=int(sys.argv[3]), progress=told))
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Make the data set where it is not there yet, join it, tell time and memory. Status 1 over the limit."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks dataset-join", description=__doc__)
    parser.add_argument("--statements", type=int, default=5_000_000, metavar="N", help="default: 5,000,000")
    parser.add_argument("--memory", type=size, default=size("4GB"), metavar="SIZE", help="default: 4GB")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="default: 2")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the data set here, and leave it")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        dataset = folder / "dataset"
        if not (dataset / "shards").is_dir():
            began = time.monotonic()
            statements, reports = generate(dataset, given.statements)
            print(f"made in {time.monotonic() - began:.0f} s: {statements:,} statements, {reports:,} reports")
        script = folder / "join.py"
        script.write_text(_JOIN, encoding="utf-8")
        command = [sys.executable, str(script), str(dataset), str(given.memory), str(given.workers)]
        began = time.monotonic()
        with subprocess.Popen(command) as joining:
            peak = _watched(joining, given.memory)
        seconds = time.monotonic() - began
    within = "within" if peak <= given.memory else "STOPPED: over"
    print(
        f"{seconds / 60:.1f} minutes, {peak / 2**20:,.0f} MiB at most, {within} {given.memory / 2**20:,.0f}"
    )
    return int(joining.returncode != 0 or peak > given.memory)


def _watched(joining: subprocess.Popen[bytes], limit: int) -> int:
    """The most memory that a process and all below it take together; ended when that is over the limit.

    Counted is what the processes hold themselves, not the pages of files that the system keeps for them
    as long as nobody else needs the room.
    """
    peak = 0
    while joining.poll() is None:
        peak = max(peak, sum(_memory(process) for process in _family(joining.pid)))
        if peak > limit:
            joining.kill()
            break
        time.sleep(_EVERY)
    joining.wait()
    return peak


def _family(process: int) -> list[int]:
    found = [process]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def _memory(process: int) -> int:
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return 1024 * sum(int(found) for found in _ANONYMOUS.findall(told))


if __name__ == "__main__":
    raise SystemExit(main())
