"""The folder that a join works in: parts are written beside and renamed, so what is there is whole."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
# Told how many parts of a step are done, and of how many: ("links", 3, 40).
Progress = Callable[[str, int, int], None]

_WHAT = "join.json"
_BESIDE = ".part"


@dataclass(frozen=True, slots=True)
class Work:
    """A folder of parts. ``memory`` is what all processes together may take, in bytes."""

    folder: Path
    memory: int
    processes: int = 2

    @classmethod
    def opened(cls, folder: Path, what: dict[str, Any], *, memory: int, processes: int) -> Work:
        """The folder, empty if it was made for another join than this one.

        Args:
            folder: where.
            what: all that the parts depend on.
            memory: see above.
            processes: how many work at a time.
        """
        place = folder / _WHAT
        try:
            same = json.loads(place.read_text(encoding="utf-8")) == what
        except (OSError, ValueError):
            same = False
        if not same:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            place.write_text(json.dumps(what), encoding="utf-8")
        return cls(folder, memory, processes)

    @property
    def share(self) -> int:
        """What one process may take for what it works on, in bytes."""
        return max(self.memory // (self.processes + 1) - LIBRARIES, _LEAST)

    def has(self, name: str) -> bool:
        """Whether a part is there, whole."""
        return (self.folder / name).exists()

    def path(self, name: str) -> Path:
        """Where a part is."""
        return self.folder / name

    @contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        """Where to write a part, a file or a folder; it has its name once that is done."""
        place = self.folder / name
        # One that a killed join left behind may still be at the same part.
        beside = place.with_name(f"{place.name}.{os.getpid()}{_BESIDE}")
        if beside.is_dir():
            shutil.rmtree(beside)
        place.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        if place.is_dir():  # of a try that was stopped while it was moved on
            shutil.rmtree(place)
        beside.replace(place)

    def keep(self, name: str, array: Array) -> None:
        """Write an array as a part."""
        with self.writing(name) as place, place.open("wb") as file:
            np.save(file, array)

    def array(self, name: str) -> Array:
        """An array that was written; it is read from disk as it is looked at."""
        return load(self.folder / name)

    def parts(self, folder: str) -> list[str]:
        """The parts in a folder, by name."""
        found = sorted((self.folder / folder).glob("*")) if (self.folder / folder).is_dir() else []
        return [f"{folder}/{place.name}" for place in found if not place.name.endswith(_BESIDE)]


# What an interpreter with its libraries takes, and the least that it is worth to cut work into.
LIBRARIES = 350 * 1024**2
_LEAST = 64 * 1024**2


def load(place: Path) -> Array:
    """An array, mapped."""
    array: Array = np.load(place, mmap_mode="r", allow_pickle=False)
    return array


def each(
    work: Work,
    step: str,
    do: Callable[[Work, Any], None],
    tasks: Sequence[tuple[str, Any]],
    progress: Progress,
) -> None:
    """Do the tasks whose part is not there yet, some at a time, each in a process of its own kind.

    Args:
        work: the folder.
        step: what the tasks are called.
        do: does one and writes its part; a function of a module.
        tasks: each with the name of its part.
        progress: is told.
    """
    left = [given for name, given in tasks if not work.has(name)]
    done = len(tasks) - len(left)
    progress(step, done, len(tasks))
    if work.processes == 1:
        for given in left:
            do(work, given)
            done += 1
            progress(step, done, len(tasks))
        return
    if not left:
        return
    waiting: set[Future[None]] = set()
    with ProcessPoolExecutor(work.processes, get_context("spawn"), _end_with_parent) as pool:
        try:
            for given in left:
                waiting.add(pool.submit(do, work, given))
                if len(waiting) >= 2 * work.processes:
                    done += _one(waiting)
                    progress(step, done, len(tasks))
            while waiting:
                done += _one(waiting)
                progress(step, done, len(tasks))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _end_with_parent() -> None:
    """No process stays behind when the one that it works for is killed."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _one(waiting: set[Future[None]]) -> int:
    """Wait for some to end; how many did."""
    ended, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for one in ended:
        one.result()
    waiting -= ended
    return len(ended)
