"""A process of its own that works through WARCs, kept to one core: what a part of a run takes.

``python -m benchmarks.crawl.work extract CORE WARC…`` extracts the article of every page, which it has read
before, and answers how many and in how many seconds. ``… memory CORE EVERY DATASET WARC…`` makes the shards
of the files as a worker of a run does, and answers after every so many records how many there were and how
much memory it has. Answers are JSON, one a line.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import keep_to, peak_memory
from quotidian.errors import InputError
from quotidian.pipeline import Reader
from quotidian.reading import Limits
from quotidian.reading.page import page_record
from quotidian.run import inputs
from quotidian.run.shard import write_shard
from quotidian.run.tasks import Options, Task
from quotidian.run.values import InputFile, Page


def main(arguments: Sequence[str]) -> None:
    """Do it, and answer on standard output."""
    what, core, *rest = arguments
    keep_to([int(core)])
    if what == "extract":
        print(json.dumps(_extracted(inputs.listed(rest))), flush=True)
    else:
        every, dataset, *files = rest
        _remember(inputs.listed(files), dataset, int(every))


def _extracted(files: Sequence[InputFile]) -> dict[str, float]:
    limits = Limits()
    pages = [one for file in files for one in inputs.records(file, limits) if isinstance(one, Page)]
    words = 0
    if pages:
        page_record(pages[0].body, limits)  # the extractor is loaded with the first page
    began, processor = time.perf_counter(), time.process_time()
    for page in pages:
        try:
            words += len(page_record(page.body, limits, page.url or None, page.charset).text.split())
        except InputError:
            continue
    took = {"seconds": time.perf_counter() - began, "processor": time.process_time() - processor}
    return {**took, "pages": len(pages), "words": words}


def _remember(files: Sequence[InputFile], dataset: str, every: int) -> None:
    reader = Reader(threads=1)
    records = 0

    def answer() -> None:
        print(json.dumps({"records": records, "memory": memory(), "peak": peak_memory()}), flush=True)

    def note(place: str | None) -> None:
        nonlocal records
        records += place is not None
        if place is not None and records % every == 0:
            answer()

    for file in files:
        write_shard(Task(file, inputs.stamp(file), dataset, str(Path.cwd()), Options()), reader, note)
    answer()


def memory() -> int | None:
    """The memory that this process has in use (resident) now, in bytes; None if unknown."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main(sys.argv[1:])
