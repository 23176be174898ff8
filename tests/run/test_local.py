"""Runs on this machine, as the command makes them."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest

from run import invented, killing

needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to find workers")


def test_two_workers_make_the_same_bytes_as_one(small_crawl: Path, undisturbed: Path, tmp_path: Path) -> None:
    killing.run_whole(small_crawl, tmp_path / "d", "--workers", "2")
    assert invented.content(tmp_path / "d") == invented.content(undisturbed)


@needs_proc
def test_kills_of_workers_and_of_the_whole_run_leave_the_same_data_set(
    small_crawl: Path, undisturbed: Path, tmp_path: Path
) -> None:
    killed = killing.run_disturbed(small_crawl, tmp_path / "d", random.Random(3), most=5, longest_s=4.0)
    assert killed.kills
    assert invented.content(tmp_path / "d") == invented.content(undisturbed)


@needs_proc
def test_a_run_that_is_gone_leaves_no_worker_behind(small_crawl: Path, tmp_path: Path) -> None:
    process = killing.start(small_crawl, tmp_path / "d", "--workers", "2")
    while not (workers := killing.workers_of(process.pid)):
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    killing.wait_gone(workers)


@needs_proc
def test_an_interrupted_run_ends_at_once_and_leaves_nothing_half_made(
    small_crawl: Path, tmp_path: Path
) -> None:
    process = killing.start(small_crawl, tmp_path / "d", "--workers", "2")
    while not (workers := killing.workers_of(process.pid)):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    killing.wait_gone(workers)
    assert not (tmp_path / "d" / ".writing").exists()
