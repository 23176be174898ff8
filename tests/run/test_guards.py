"""Workers under watch. What they do wrong is in their file's name (doing.py)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quotidian.run.guards import LOOK_S, Guarded
from quotidian.run.memory import memory_of
from quotidian.run.tasks import Died, Done, Event, Guards, Options, Progress, Task
from run.doing import faulty, input_file

Become = Callable[[str], Event]


def task(name: str) -> Task:
    return Task(input_file(name), "", "", str(Path.cwd()), Options())


def become(guarded: Guarded, name: str) -> Event:
    """What becomes of a task, but for progress."""
    guarded.give(task(name))
    while True:
        for event in guarded.look():
            if not isinstance(event, Progress):
                return event
        time.sleep(LOOK_S / 10)


@pytest.fixture
def guarded() -> Iterator[Guarded]:
    made = Guarded(Options(), Guards(seconds=2, megabytes=300), work=faulty)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("name", "reason", "certain"),
    [
        ("hangs", "too slow", True),
        ("swells", "too much memory", True),
        ("crashes", "killed its worker", True),
        ("is killed", "killed its worker", False),
        ("leaves", "killed its worker", False),
    ],
)
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc to look at memory")
def test_what_a_worker_died_of_is_told_with_the_record_that_it_was_at(
    guarded: Guarded, name: str, reason: str, certain: bool
) -> None:
    event = become(guarded, name)
    assert isinstance(event, Died)
    assert (event.place, event.reason, event.certain) == ("second", reason, certain)
    assert guarded.idle


def test_a_dead_worker_is_replaced_and_the_next_task_done(guarded: Guarded) -> None:
    assert isinstance(become(guarded, "is killed"), Died)
    assert isinstance(become(guarded, "well"), Done)


def test_one_worker_does_task_after_task(guarded: Guarded) -> None:
    first, second = become(guarded, "well"), become(guarded, "well")
    assert isinstance(first, Done)
    assert first == second  # the faulty worker counts its process's number as articles


def test_progress_counts_the_records_that_were_finished(guarded: Guarded) -> None:
    guarded.give(task("well"))
    records = 0
    while not guarded.idle:
        records += sum(event.records for event in guarded.look() if isinstance(event, Progress))
        time.sleep(LOOK_S / 10)
    assert records == 2


def test_a_closed_worker_is_gone(guarded: Guarded) -> None:
    event = become(guarded, "well")
    assert isinstance(event, Done)
    guarded.close()
    with pytest.raises(ProcessLookupError):
        os.kill(event.counts.articles, 0)


def test_a_closed_worker_in_the_middle_of_a_record_is_gone_too(guarded: Guarded) -> None:
    guarded.give(task("hangs"))
    time.sleep(LOOK_S)
    guarded.close()
    assert guarded.idle


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc to look at memory")
def test_the_memory_of_a_process_is_known_and_that_of_none_is_nothing() -> None:
    assert memory_of(os.getpid()) > 2**20
    assert memory_of(None) == 0
