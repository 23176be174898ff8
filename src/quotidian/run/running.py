"""A run: every input file becomes a whole shard, whatever dies on the way.

This is all that is left to do beside an engine: which shards are missing, the largest first, a bound on what
is in flight, and what follows when a worker dies.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quotidian.errors import InputError
from quotidian.run import inputs
from quotidian.run.dataset import Dataset
from quotidian.run.tasks import Counts, Died, Done, Engine, Event, Options, Progress, Task
from quotidian.run.values import InputFile, Skip

# A worker that somebody ended may have been at any record. One at which so many workers were ended, one after
# the other, is to blame after all.
MOST_DEATHS = 3
# Between records there is none to blame: somebody ends workers while they start, or a file cannot be opened.
# After so many in a row the shard is given up; after MOST_DEATHS where they crashed or stood still.
MOST_ENDED = 12
# How long to wait for something to happen before what is shown is renewed, in seconds.
_WAIT_S = 0.5


@dataclass(slots=True)
class Report:
    """What a run did.

    Attributes:
        files: how many input files there are.
        whole: shards that were whole before the run.
        made: shards that it made.
        articles: in those.
        statements: in those.
        skipped: records of those that were not taken, by reason.
        records: that were read, again after a worker's death too.
        deaths: of workers.
        failed: files that could not be made a shard of, and why.
        memory: the peak of a worker, in bytes; None where unknown.
    """

    files: int
    whole: int = 0
    made: int = 0
    articles: int = 0
    statements: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    records: int = 0
    deaths: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    memory: int | None = None

    def add(self, counts: Counts) -> None:
        """One shard more is whole."""
        self.made += 1
        self.articles += counts.articles
        self.statements += counts.statements
        self.skipped.update(counts.skipped)
        if counts.memory is not None:
            self.memory = max(self.memory or 0, counts.memory)


@dataclass(frozen=True, slots=True)
class Shown:
    """How far a run is, for who watches: what happened, what was done, and the bytes of input behind it."""

    event: Event | None
    report: Report
    bytes_done: int
    bytes_all: int


def run(
    files: Sequence[InputFile],
    dataset: Dataset,
    engine: Engine,
    options: Options,
    made_by: dict[str, Any],
    show: Callable[[Shown], None] = lambda shown: None,
) -> Report:
    """Make the shards of these files that are not whole yet.

    Args:
        files: what to read.
        dataset: where to.
        engine: who does it; it is closed at the end.
        options: how the files are read.
        made_by: versions and options, as markers keep them: what another made is made anew.
        show: called when something happened, and now and then.

    Raises:
        DatasetError: another run is writing there.
    """
    with dataset.locked():
        try:
            run = _Run(files, dataset, engine, options, made_by, show)
            run.go()
        finally:
            engine.close()
            dataset.write_manifest(made_by)
    return run.report


class _Run:
    """What is waiting, what is in flight, and what workers died of."""

    def __init__(
        self,
        files: Sequence[InputFile],
        dataset: Dataset,
        engine: Engine,
        options: Options,
        made_by: dict[str, Any],
        show: Callable[[Shown], None],
    ):
        self._dataset, self._engine, self._show = dataset, engine, show
        self.report = Report(files=len(files))
        self._deaths: dict[str, tuple[str | None, int]] = {}
        self._in_flight: dict[str, Task] = {}
        whole = {marker.shard: marker for marker in dataset.markers()}
        tasks = []
        for file in files:
            try:
                state = inputs.stamp(file)
            except InputError as error:
                self.report.failed.append((file.address, str(error)))
                continue
            marker = whole.get(file.shard)
            if marker is not None and (marker.state, marker.made_by) == (state, made_by):
                self.report.whole += 1
            else:
                tasks.append(Task(file, state, dataset.address, str(Path.cwd()), options))
        # The largest first, so that none is left alone at the end.
        tasks.sort(key=lambda task: (-(task.file.size or 0), task.file.shard))
        self._waiting = deque(tasks)
        self._bytes_all = sum(task.file.size or 0 for task in tasks)
        self._bytes_done = 0

    def go(self) -> None:
        """Until every shard is whole, or cannot be made."""
        while self._waiting or self._in_flight:
            while self._waiting and len(self._in_flight) < self._engine.slots:
                self._submit(self._waiting.popleft())
            events = self._engine.wait(_WAIT_S)
            for event in events:
                self._heed(event)
                self._tell(event)
            if not events:
                self._tell(None)

    def _submit(self, task: Task) -> None:
        task = replace(task, skip=self._dataset.skips(task.file.shard))
        self._in_flight[task.file.shard] = task
        self._engine.submit(task)

    def _heed(self, event: Event) -> None:
        if isinstance(event, Progress):
            self.report.records += event.records
            return
        task = self._in_flight.pop(event.shard)
        if isinstance(event, Died):
            self.report.deaths += 1
            self._after_death(task, event)
            return
        self._bytes_done += task.file.size or 0
        if isinstance(event, Done):
            self.report.add(event.counts)
        else:
            self.report.failed.append((task.file.address, event.why))

    def _after_death(self, task: Task, died: Died) -> None:
        """Try again, without the record that is to blame, if one is."""
        place, before = self._deaths.get(died.shard, (None, 0))
        deaths = before + 1 if place == died.place else 1
        self._deaths[died.shard] = died.place, deaths
        if died.place is not None:
            if died.certain or deaths >= MOST_DEATHS:
                self._dataset.skip(died.shard, Skip(died.place, None, died.reason, died.detail))
        elif deaths >= (MOST_DEATHS if died.certain else MOST_ENDED):
            self._bytes_done += task.file.size or 0
            self.report.failed.append(
                (task.file.address, f"{died.reason} between two records: {died.detail}")
            )
            return
        self._waiting.appendleft(task)

    def _tell(self, event: Event | None) -> None:
        self._show(Shown(event, self.report, self._bytes_done, self._bytes_all))
