"""What a run takes: pages a second beside extraction alone, a day of CC-NEWS, two workers, memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import machine
from benchmarks.crawl import generate
from benchmarks.crawl.generate import Crawl
from benchmarks.figures import Range, megabytes, rates, ratios
from benchmarks.system import ROOT, WorkerError
from evaluation import data
from quotidian.run.dataset import Dataset

Result = dict[str, Any]
# Pages of CC-NEWS in a day, and the share of them in English (docs/scaling.md says where from).
CC_NEWS_DAY, CC_NEWS_ENGLISH = 400_000, 0.5
# Of the pages that memory is measured on, one in so many is of 800 words with all its furniture.
FULL = 50
# After so many pages, memory is to grow no more.
WARM = 10_000


def rate(pages: int, cores: int, repeats: int) -> Iterator[Result]:
    """Pages a second from WARC to statements, and of extraction alone, in turns on the same cores."""
    with _folder() as folder:
        starts = [_start(folder / f"start-{turn}", cores) for turn in range(repeats)]
        for name, files in _crawls(folder, pages, cores):
            whole: list[Took] = []
            alone: list[Took] = []
            counts: dict[str, Any] = {}
            for turn in range(repeats):
                dataset = folder / f"{name}-{turn}".replace(" ", "-")
                for one in (0, 1) if turn % 2 == 0 else (1, 0):
                    if one == 0:
                        whole.append(_run(files, dataset, cores, cores))
                    else:
                        took, counts = _extracted(files, cores)
                        alone.append(took)
            done = Dataset(str(folder / f"{name}-0".replace(" ", "-")))
            articles = sum(marker.rows.get("articles", 0) for marker in done.markers())
            yield {
                "pages_of": name,
                "cores": cores,
                "pages": counts["pages"],
                "words_a_page": round(counts["words"] / counts["pages"]),
                "articles_read": articles,
                "run_pages_per_second": rates(counts["pages"], _seconds(whole)).as_dict(3),
                "extraction_pages_per_second": rates(counts["pages"], _seconds(alone)).as_dict(2),
                "ratio": ratios(_seconds(whole), _seconds(alone)).as_dict(3),
                "start_s": Range.of(_seconds(starts)).as_dict(2),
                "ratio_once_started": ratios(_after(whole, starts), _seconds(alone)).as_dict(3),
                "ratio_by_processor_time": ratios(_processor(whole), _processor(alone)).as_dict(3),
            }


def _crawls(folder: Path, pages: int, cores: int) -> Iterator[tuple[str, list[Path]]]:
    yield "invented", list(generate.write(Crawl(pages=pages, files=cores), folder / "invented"))
    real = data.folder()
    if real is None or not (real / "pages" / "html").is_dir():
        print(f"the pages data: skipped: {data.why_absent()}")
        return
    # Each core gets all of them; their addresses differ from file to file.
    files = [folder / f"wrapped-{core}.warc.gz" for core in range(cores)]
    for path in files:
        generate.wrapped(real / "pages" / "html", path)
    yield "the pages data", files


def day(pages: int, cores: int, repeats: int) -> Result:
    """How long a day of CC-NEWS takes, from the rate on a crawl that is mixed as it is."""
    with _folder() as folder:
        crawl = Crawl(pages=pages, files=2 * cores, english=CC_NEWS_ENGLISH, also=True)
        files = list(generate.write(crawl, folder / "crawl"))
        took = [_run(files, folder / f"dataset-{turn}", cores, cores) for turn in range(repeats)]
        seconds = _seconds(took)
        markers = list(Dataset(str(folder / "dataset-0")).markers())
        stored = sum(path.stat().st_size for path in (folder / "dataset-0").rglob("*.parquet"))
        found = rates(pages, seconds)
        articles = sum(marker.rows.get("articles", 0) for marker in markers)
        return {
            "cores": cores,
            "pages": pages,
            "articles_read": articles,
            "statements": sum(marker.rows.get("statements", 0) for marker in markers),
            "run_pages_per_second": found.as_dict(3),
            "processor_seconds_a_page": Range.of([s / pages for s in _processor(took)]).as_dict(4),
            "a_day_of_cc_news_hours": _hours(seconds, pages).as_dict(2),
            "the_same_by_processor_time": _hours([s / cores for s in _processor(took)], pages).as_dict(2),
            "input_bytes_a_page": round(sum(path.stat().st_size for path in files) / pages),
            "output_bytes_an_article": round(stored / max(1, articles)),
        }


def _hours(seconds: Sequence[float], pages: int) -> Range:
    return Range.of([CC_NEWS_DAY * one / pages / 3_600 for one in seconds])


def workers(pages: int, repeats: int) -> Result:
    """How much quicker two workers are than one, on the same files; a core each."""
    with _folder() as folder:
        files = list(generate.write(Crawl(pages=pages, files=6), folder / "crawl"))
        one: list[float] = []
        two: list[float] = []
        for turn in range(repeats):
            for count in (1, 2) if turn % 2 == 0 else (2, 1):
                took = _run(files, folder / f"dataset-{turn}-{count}", count, 2)
                (one if count == 1 else two).append(took.seconds)
        return {
            "pages": pages,
            "files": len(files),
            "one_worker_pages_per_second": rates(pages, one).as_dict(3),
            "two_workers_pages_per_second": rates(pages, two).as_dict(3),
            "ratio": ratios(two, one).as_dict(3),
        }


def memory(pages: int, words: int) -> Result:
    """What a worker's memory comes to over so many pages, and how much it grows after the first 10,000.

    All pages are real in kind, but most are short, since what costs time is the words and what could
    cost memory is the records: every 50th is a full one, of 800 words with all its furniture.
    """
    with _folder() as folder:
        crawl = Crawl(pages=pages, files=max(1, pages // 10_000), words=words, furniture=0.05, full=FULL)
        files = [str(path) for path in generate.write(crawl, folder / "crawl")]
        every = max(1, min(1_000, pages // 20))
        began = time.perf_counter()
        command = ["memory", str(machine.cores(1)[0]), str(every), str(folder / "dataset"), *files]
        series = [json.loads(line) for line in _worked(command).splitlines()]
        return {"words_a_short_page": words, "seconds": round(time.perf_counter() - began), **grown(series)}


def grown(series: Sequence[dict[str, int]]) -> Result:
    """The peak, and the growth after the first pages, of what was noted on the way.

    >>> grown([{"records": 5_000, "memory": 80, "peak": 90}, {"records": 10_000, "memory": 90, "peak": 95},
    ...        {"records": 20_000, "memory": 92, "peak": 99}])["growth_of_the_peak_mb"]
    0.0
    """
    first = next((one for one in series if one["records"] >= WARM), series[len(series) // 10])
    last = series[-1]
    behind = [one["memory"] for one in series if one["records"] >= first["records"]]
    half = len(behind) // 2
    return {
        "records": last["records"],
        "peak_mb": megabytes(last["peak"]),
        "peak_after_the_first_10000_mb": megabytes(first["peak"]),
        "growth_of_the_peak_mb": megabytes(last["peak"] - first["peak"]),
        "mean_of_the_first_half_after_it_mb": megabytes(round(sum(behind[:half]) / max(1, half))),
        "mean_of_the_second_half_mb": megabytes(round(sum(behind[half:]) / max(1, len(behind) - half))),
    }


def _start(folder: Path, cores: int) -> Took:
    """What a run takes that has nothing to read: what a WARC of tens of thousands of pages hardly notices."""
    (empty,) = generate.write(Crawl(pages=0), folder)
    return _run([empty], folder / "dataset", cores, cores)


class Took(NamedTuple):
    """How long something took, by the clock and of the processor."""

    seconds: float
    processor: float


def _seconds(took: Sequence[Took]) -> list[float]:
    return [one.seconds for one in took]


def _after(took: Sequence[Took], starts: Sequence[Took]) -> list[float]:
    return [one.seconds - start.seconds for one, start in zip(took, starts, strict=True)]


def _processor(took: Sequence[Took]) -> list[float]:
    """As :func:`_seconds`; other work on the machine changes it little."""
    return [one.processor for one in took]


def _run(files: Sequence[Path], dataset: Path, workers: int, cores: int) -> Took:
    """What ``quotidian run`` takes, from its start to its end."""
    numbers = machine.cores(cores)
    command = [sys.executable, "-m", "quotidian", "run", *map(str, files), "--out", str(dataset)]
    began, processor = time.perf_counter(), _of_children()
    done = subprocess.run(
        [*command, "--workers", str(workers), "--quiet"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: machine.keep_to(numbers),
    )
    if done.returncode != 0:
        raise WorkerError(f"quotidian run (status {done.returncode}): {done.stderr[-500:]}")
    return Took(time.perf_counter() - began, _of_children() - processor)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _extracted(files: Sequence[Path], cores: int) -> tuple[Took, dict[str, Any]]:
    """What extraction alone takes on so many cores, each with its file; pages and words in all."""
    shares = [files[number::cores] for number in range(cores)]
    running = [
        _started(["extract", str(core), *map(str, share)])
        for core, share in zip(machine.cores(cores), shares, strict=True)
    ]
    answers = [json.loads(_ended(one)) for one in running]
    counts = {name: sum(answer[name] for answer in answers) for name in ("pages", "words")}
    took = Took(max(a["seconds"] for a in answers), sum(a["processor"] for a in answers))
    return took, counts


def _started(arguments: Sequence[str]) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "benchmarks.crawl.work", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path})


def _ended(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate()
    if process.returncode != 0:
        raise WorkerError(f"benchmarks.crawl.work ended with status {process.returncode}")
    return said


def _worked(arguments: Sequence[str]) -> str:
    return _ended(_started(arguments))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
