"""The paper plan: what a month and all of CC-NEWS take, from figures that were measured on two cores.

``python -m benchmarks crawl plan`` prints the tables of docs/scaling.md. Every figure is an option.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from benchmarks.crawl.simulate import Cluster, Job, Outcome, simulated

CC_NEWS_BEGAN = date(2016, 8, 1)
MONTH_DAYS = 30
WORKERS = (10, 100, 1_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured, and what is assumed of CC-NEWS.

    Attributes:
        pages_per_second: of one core, pages of CC-NEWS from WARC to the data set (``crawl day`` ÷ cores).
        page_bytes: of a page in a WARC.gz, with all that lies between pages.
        english: the share of pages that are read by the model.
        article_bytes: of an article in the data set, all tables together.
        shard_objects: files that a shard is written as.
        worker_mb: the peak of a worker's memory.
        day_pages: pages a day.
        file_bytes: of one WARC.
        until: the last day of "all of CC-NEWS".
    """

    pages_per_second: float = 5.6
    page_bytes: int = 34_000
    english: float = 0.5
    article_bytes: int = 23_000
    shard_objects: int = 99
    worker_mb: int = 520
    day_pages: int = 400_000
    file_bytes: int = 1_000_000_000
    until: date = date(2026, 11, 30)

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> Measured:
        """As the options say."""
        return cls(**{field.name: getattr(arguments, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What it costs: a core for an hour, a gigabyte kept for a month; and what a machine is."""

    core_hour: float = 0.04
    gb_month: float = 0.023
    machine_cores: int = 16

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> Prices:
        """As the options say."""
        return cls(**{field.name: getattr(arguments, field.name) for field in fields(cls)})


def add_options(group: Any) -> None:
    """An option for every figure."""
    for kind in (Measured(), Prices()):
        for field in fields(kind):
            given = getattr(kind, field.name)
            if field.name == "english":  # an option already, of what is generated
                continue
            read = date.fromisoformat if isinstance(given, date) else type(given)
            group.add_argument(
                f"--{field.name.replace('_', '-')}", type=read, default=given, help=f"({given})"
            )


def told(measured: Measured, prices: Prices) -> str:
    """The tables of the plan, as Markdown."""
    month, everything = MONTH_DAYS, (measured.until - CC_NEWS_BEGAN).days + 1
    spans = [("a day", 1), ("a month", month), ("all of it", everything)]
    parts = [
        _table(["", *(name for name, _ in spans)], _estimates(measured, prices, [days for _, days in spans])),
        _table(_HEADINGS, _simulations(measured, spans[1:])),
        _table(_HEADINGS, _what_if(measured, everything)),
    ]
    return "\n\n".join(parts)


def job(measured: Measured, days: int) -> Job:
    """What so many days of CC-NEWS are for a run."""
    pages = measured.day_pages * days
    files = max(1, round(pages * measured.page_bytes / measured.file_bytes))
    return Job(
        files=files,
        bytes_a_file=pages * measured.page_bytes / files,
        work_s=pages / files / measured.pages_per_second,
        output_bytes=pages * measured.english * measured.article_bytes / files,
        output_objects=measured.shard_objects,
    )


def _estimates(measured: Measured, prices: Prices, spans: Sequence[int]) -> Iterator[list[str]]:
    pages = [measured.day_pages * days for days in spans]
    hours = [count / measured.pages_per_second / 3_600 for count in pages]
    read = [count * measured.page_bytes / 1e9 for count in pages]
    written = [count * measured.english * measured.article_bytes / 1e9 for count in pages]
    cores = prices.machine_cores
    yield ["pages, million", *(f"{count / 1e6:,.1f}" for count in pages)]
    yield ["input files", *(f"{job(measured, days).files:,}" for days in spans)]
    yield ["input, GB", *(f"{size:,.0f}" for size in read)]
    yield ["data set, GB", *(f"{size:,.0f}" for size in written)]
    yield ["core hours", *(f"{count:,.0f}" for count in hours)]
    yield [f"hours on one machine of {cores} cores", *(f"{count / cores:,.1f}" for count in hours)]
    yield [
        "such machines to be done in 24 hours",
        *(f"{max(1, round(h / cores / 24 + 0.5)):,}" for h in hours),
    ]
    yield [f"its memory, GB, {cores} workers", *(f"{cores * measured.worker_mb / 1e3:.1f}" for _ in spans)]
    yield [f"computing, at {prices.core_hour} a core hour", *(f"{h * prices.core_hour:,.0f}" for h in hours)]
    yield [
        f"keeping the data set, at {prices.gb_month} a GB and month",
        *(f"{size * prices.gb_month:,.2f}" for size in written),
    ]


_HEADINGS = ["what", "workers", "hours", "workers busy", "most time is lost to", "then"]


def _simulations(measured: Measured, spans: Sequence[tuple[str, int]]) -> Iterator[list[str]]:
    for name, days in spans:
        for workers in WORKERS:
            yield _row(name, job(measured, days), Cluster(workers=workers))


def _what_if(measured: Measured, days: int) -> Iterator[list[str]]:
    """What changes the bottleneck: less of something, or more workers."""
    most = Cluster(workers=WORKERS[-1])
    whole = job(measured, days)
    smaller = replace(measured, file_bytes=measured.file_bytes // 10)
    yield _row("a month, in files a tenth as large", job(smaller, MONTH_DAYS), most)
    yield _row("all, inputs come at 1 Gbit/s", whole, replace(most, input_bytes_per_second=1.25e8))
    yield _row("all, a worker dies every five hours", whole, replace(most, deaths_per_hour=0.2))
    yield _row("all, a request takes a second", whole, replace(most, request_s=1.0))
    yield _row("all, three times the workers", whole, replace(most, workers=3 * most.workers))
    yield _row("all, ten times the workers", whole, replace(most, workers=10 * most.workers))


def _row(name: str, what: Job, cluster: Cluster) -> list[str]:
    outcome = simulated(what, cluster)
    first, then = _losses(outcome)[:2]
    hours = f"{outcome.seconds / 3_600:,.1f}"
    return [name, f"{cluster.workers:,}", hours, f"{outcome.busy:.0%}", first, then]


def _losses(outcome: Outcome) -> list[str]:
    ranked = sorted(outcome.lost.items(), key=lambda item: -item[1])
    return [f"{cause} ({share:.1%})" for cause, share in ranked]


def _table(headings: Sequence[str], rows: Iterator[list[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
