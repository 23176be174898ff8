"""Tasks done here and now, without a worker process, and workers with faults of their own."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from quotidian.pipeline import Reader
from quotidian.run import inputs
from quotidian.run.dataset import Dataset, Marker
from quotidian.run.shard import made_by, write_shard
from quotidian.run.tasks import Counts, Died, Done, Event, Guards, Options, Progress, Task
from quotidian.run.values import InputFile, Skip
from quotidian.run.worker import AT, DONE, READY

MODEL = "a model"


def task_of(path: Path | str, dataset: Path | str, *, skip: tuple[Skip, ...] = (), **options: bool) -> Task:
    """The task that makes a shard of one file."""
    (file,) = inputs.listed([str(path)])
    return Task(file, inputs.stamp(file), str(dataset), str(Path.cwd()), Options(**options), skip)


def made(path: Path, dataset: Path | str, reader: Reader, **given: object) -> Marker:
    """The marker of the shard that a file makes."""
    task = task_of(path, dataset, **given)  # type: ignore[arg-type]
    write_shard(task, reader, lambda place: None)
    marker = Dataset(dataset).marker(task.file.shard)
    assert marker is not None
    return marker


class Scripted:
    """An engine that does as it is told: what becomes of each try of a shard, by the file's name."""

    def __init__(self, tries: dict[str, list[object]] | None = None, slots: int = 1):
        self.slots = slots
        self.tries = tries or {}
        self.given: list[Task] = []
        self.most = 0
        self.closed = False
        self._waiting: list[Task] = []

    def submit(self, task: Task) -> None:
        self.given.append(task)
        self._waiting.append(task)
        self.most = max(self.most, len(self._waiting))

    def wait(self, seconds: float) -> list[Event]:
        task = self._waiting.pop(0)
        script = self.tries.get(Path(task.file.address).name, [])
        event = script.pop(0) if script else None
        if isinstance(event, Died):
            return [Progress(1), replace(event, shard=task.file.shard)]
        if event is not None:
            return [replace(event, shard=task.file.shard)]  # type: ignore[type-var]
        dataset = Dataset(task.dataset)
        with dataset.beside(task.file.shard) as folder:
            by = made_by(task.options, MODEL)
            dataset.keep(
                folder, Marker(task.file.shard, task.file.address, task.state, by, (), {"articles": 1}, {})
            )
        return [Progress(1), Done(task.file.shard, Counts(articles=1, statements=2, skipped={"language": 1}))]

    def close(self) -> None:
        self.closed = True


def died(place: str | None, *, certain: bool = False, reason: str = "killed its worker") -> Died:
    """A death, of whatever shard it turns out to be."""
    return Died("", place, reason, "as the script says", certain)  # type: ignore[arg-type]


def input_file(name: str, size: int = 1) -> InputFile:
    """A file that a task can be about."""
    return InputFile(name, size, name.rjust(16, "0"))


# --- what a worker process does in place of quotidian.run.worker.work: the file's address says what -------


def faulty(pipe: Connection, options: Options, guards: Guards) -> None:
    """A worker that comes to grief at its second record, in the way that the file's name tells."""
    pipe.send((READY, None))
    while True:
        task: Task = pipe.recv()
        pipe.send((AT, "first"))
        pipe.send((AT, None))
        pipe.send((AT, "second"))
        _DO[task.file.address]()
        pipe.send((AT, None))
        pipe.send((DONE, Counts(articles=os.getpid(), statements=0, skipped={})))


def _hang() -> None:
    time.sleep(600)


def _swell() -> None:
    taken = []
    while True:
        taken.append(bytearray(b"x" * 2**23))
        time.sleep(0.01)


_DO = {
    "well": lambda: None,
    "hangs": _hang,
    "swells": _swell,
    "is killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "crashes": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "leaves": lambda: os._exit(3),
}
