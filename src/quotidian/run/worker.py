"""The process that reads: it loads the model once, then makes a shard of one file after the other.

What it is at goes to its parent through a pipe before every record. What has been sent stays readable when
the process is gone, so the parent knows which record was its last.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import Any

from quotidian.errors import QuotidianError
from quotidian.run.memory import peak_memory
from quotidian.run.tasks import Counts, Guards, Options, Task

# What a worker says: that it is ready; at which record it is (None: between two); that a shard is whole;
# why a file cannot be read; that the memory which it may take was not enough.
READY, AT, DONE, FAILED, FULL = "ready", "at", "done", "failed", "full"

# Beside the limit that the parent holds the worker to, a wall that no single allocation gets over.
_WALL = 1.25


def work(pipe: connection.Connection, options: Options, guards: Guards) -> None:
    """Do tasks from the pipe until it is closed."""
    _alone()
    _walled(guards.megabytes)
    try:
        from quotidian.pipeline import Reader
        from quotidian.run.shard import write_shard

        reader = Reader(Path(options.model) if options.model else None, threads=1, nested=options.nested)
    except (QuotidianError, ImportError) as error:
        pipe.send((FAILED, f"a worker cannot start: {error}"))
        return
    pipe.send((READY, None))
    with suppress(EOFError):
        while True:
            task: Task = pipe.recv()
            os.chdir(task.folder)
            pipe.send(_done(task, reader, write_shard, pipe))


def _done(task: Task, reader: Any, write_shard: Any, pipe: connection.Connection) -> tuple[str, Any]:
    try:
        counts: Counts = write_shard(task, reader, lambda place: pipe.send((AT, place)))
    except MemoryError:
        pipe.send((FULL, None))
        os._exit(1)  # whatever was being made is half made
    except QuotidianError as error:
        return FAILED, str(error)
    except OSError as error:
        return FAILED, f"{error.filename or task.file.address}: {error.strerror or error}"
    return DONE, replace(counts, memory=peak_memory())


def _alone() -> None:
    """A process group of its own, so that all of it can be ended; it ends itself when its parent is gone.

    A key pressed in the terminal is for the parent.
    """
    if sys.platform != "win32":
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(parent: int) -> None:
    connection.wait([parent])
    end_group(os.getpid())


def end_group(pid: int) -> None:
    """End a worker and what it started, at once."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            os.kill(pid, signal.SIGTERM)
        else:
            os.killpg(pid, signal.SIGKILL)


def _walled(megabytes: int) -> None:
    """No allocation beyond the wall succeeds, where the system can say so; those of children neither."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        wall = int(megabytes * _WALL) * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (wall, resource.getrlimit(resource.RLIMIT_DATA)[1]))
