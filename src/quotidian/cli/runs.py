"""The commands over years of news: run, query."""

from __future__ import annotations

import argparse
import os
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotidian.cli import common
from quotidian.cli.common import ALL_READ, NONE_READ, SOME_FAILED, complain, count, many, tell
from quotidian.errors import UsageError

if TYPE_CHECKING:
    from quotidian.run.running import Report, Shown
    from quotidian.run.tasks import Engine, Guards, Options

FORMATS = ("table", "csv", "jsonl")
_ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "table"}
_WIDEST = 79

_RUN = """\
inputs:
  WARC (also .gz), WACZ, JSON lines (also .gz, .zst), Parquet, pages; folders
  and globs of these; here or at any address that fsspec knows, such as s3://.

examples:
  quotidian run crawl/ --out dataset/
  quotidian run 'crawl/2031-03-*.warc.gz' --out dataset/ --workers 8
  quotidian run s3://bucket/news/ --out s3://bucket/dataset/ --ray auto

Each input file becomes one shard of the data set. A run that was stopped goes
on with the same command: what is whole is not read again."""

_QUERY = """\
examples:
  quotidian query dataset/ "SELECT speaker, count(*) AS n FROM statements
      WHERE day >= '2031-03-01' GROUP BY ALL ORDER BY n DESC LIMIT 20"
  quotidian query dataset/ 'SELECT reason, count(*) FROM skipped GROUP BY ALL'
  quotidian query dataset/ 'FROM articles SELECT url, title' -o articles.csv

The tables and their columns are in docs/reference/dataset.md; `day` is the day
of publication. The SQL is DuckDB's."""


def add_commands(commands: Any) -> None:
    """All of them, each with its options."""
    _add_run(commands)
    _add_query(commands)


# --- run ----------------------------------------------------------------------------------------


def _add_run(commands: Any) -> None:
    run = _command(
        commands,
        "run",
        "read archives of news, however large, into a data set",
        "Read WARC files and the like into a data set of Parquet files, on all cores of this machine or on "
        "a Ray cluster.",
        _RUN,
    )
    run.add_argument("inputs", metavar="INPUT", nargs="+", help="what to read, see below")
    run.add_argument("--out", required=True, metavar="DATASET", help="the folder or address of the data set")
    group = run.add_argument_group("who does it")
    group.add_argument("--workers", type=count, metavar="N", help="processes (default: one for each core)")
    group.add_argument("--ray", metavar="ADDRESS", help="a Ray cluster instead: its address, or auto")
    group.add_argument(
        "--seconds-per-page",
        type=count,
        default=120,
        metavar="S",
        help="a page that takes a worker longer is skipped by name (default: 120)",
    )
    group.add_argument(
        "--memory-per-worker",
        type=count,
        default=2048,
        metavar="MIB",
        help="so is one that takes more memory (default: 2048)",
    )
    group = run.add_argument_group("how it is read")
    group.add_argument("--any-language", action="store_true", help="read what is not English too, if poorly")
    group.add_argument("--no-nested", action="store_true", help="no statements inside statements")
    group.add_argument(
        "--vectors", action="store_true", help="vectors of what was said, to join by sense too; slower"
    )
    group.add_argument(
        "--model", type=Path, metavar="DIR", help="folder of a model (default: the one that comes along)"
    )
    run.add_argument("--quiet", action="store_true", help="show no progress")
    run.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    needs_run()
    from quotidian import progress
    from quotidian.encoder.about import SHIPPED, described
    from quotidian.run import inputs, running
    from quotidian.run.dataset import Dataset
    from quotidian.run.shard import made_by
    from quotidian.run.tasks import Guards, Options

    folder = arguments.model.resolve() if arguments.model else None
    options = Options(
        model=str(folder) if folder else None,
        nested=not arguments.no_nested,
        any_language=arguments.any_language,
        vectors=arguments.vectors,
    )
    guards = Guards(seconds=arguments.seconds_per_page, megabytes=arguments.memory_per_worker)
    by = made_by(options, described(folder or SHIPPED)["name"])
    files = inputs.listed(arguments.inputs)
    began = time.monotonic()
    with progress.of_files() as advance:

        def show(shown: Shown) -> None:
            if not arguments.quiet:
                advance(shown.bytes_done, shown.bytes_all, _so_far(shown.report, time.monotonic() - began))

        engine = _engine(arguments, options, guards)
        report = running.run(files, Dataset(arguments.out), engine, options, by, show)
    for address, why in report.failed:
        complain(f"{address}: {why}")
    for line in _told(report, time.monotonic() - began):
        tell(line)
    if not report.failed:
        return ALL_READ
    return SOME_FAILED if report.made or report.whole else NONE_READ


def _engine(arguments: argparse.Namespace, options: Options, guards: Guards) -> Engine:
    if arguments.ray is None:
        from quotidian.run.local import Local

        return Local(arguments.workers or _cores(), options, guards)
    from quotidian.run.on_ray import OnRay

    return OnRay(arguments.ray, options, guards, most=arguments.workers)


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _so_far(report: Report, seconds: float) -> str:
    done = report.made + report.whole + len(report.failed)
    rate = f", {report.records / seconds:.1f} records/s" if seconds > 0 else ""
    return f"{done:,} of {many(report.files, 'file')}, {report.records:,} records{rate}"


def _told(report: Report, seconds: float) -> list[str]:
    """What a run did, in lines."""
    before = f", {report.whole:,} there before" if report.whole else ""
    failed = f", {report.failed and len(report.failed):,} could not be read" if report.failed else ""
    lines = [f"{many(report.made, 'shard')} made{before}{failed}"]
    if report.made:
        rate = f" in {_duration(seconds)} ({report.records / max(seconds, 0.001):.1f} records/s)"
        lines.append(f"{many(report.articles, 'article')}, {many(report.statements, 'statement')}{rate}")
        skipped = ", ".join(f"{number:,} {reason}" for reason, number in report.skipped.most_common())
        lines.append(f"skipped: {skipped or 'nothing'}")
        if report.memory is not None:
            lines.append(f"memory of a worker: {report.memory / 2**20:,.0f} MiB at most")
    if report.deaths:
        lines.append(
            f"{many(report.deaths, 'worker')} died and {'was' if report.deaths == 1 else 'were'} replaced"
        )
    return lines


def _duration(seconds: float) -> str:
    """A time in words.

    >>> _duration(12.3), _duration(3_725)
    ('12 s', '1 h 2 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


# --- query --------------------------------------------------------------------------------------


def _add_query(commands: Any) -> None:
    query = _command(
        commands,
        "query",
        "ask a data set with SQL",
        "Ask a data set with SQL: its tables are views of the Parquet files. Nothing is changed.",
        _QUERY,
    )
    query.add_argument("dataset", metavar="DATASET", help="the folder or address of the data set")
    query.add_argument("sql", metavar="SQL", help="one SELECT")
    query.add_argument("--format", choices=FORMATS, help="default: as the ending of --output says, or table")
    common.add_output(query, "where to")
    query.add_argument("--memory", metavar="SIZE", help="the most to take, such as 4GB (default: 80%%)")
    query.add_argument("--threads", type=count, metavar="N", help="cores to use (default: all)")
    query.set_defaults(run=_query)


def _query(arguments: argparse.Namespace) -> int:
    needs_run()
    from quotidian.cli import answers
    from quotidian.run.dataset import Dataset
    from quotidian.run.querying import ask
    from quotidian.write.output import opened

    path: Path | None = arguments.output
    form = arguments.format or ("table" if path is None else _ENDINGS.get(path.suffix.lower()))
    if form is None:
        raise UsageError(f"{path} could hold any format: choose one with --format {'|'.join(FORMATS)}")
    found = ask(Dataset(arguments.dataset), arguments.sql, memory=arguments.memory, threads=arguments.threads)
    with opened(path, exact=form != "table") as file:
        answers.write(found, form, file)
    return ALL_READ


def needs_run() -> None:
    """What data sets need is an extra: say so before anything is done."""
    from importlib.util import find_spec

    missing = [name for name in ("duckdb", "fastwarc", "fsspec", "pyarrow") if find_spec(name) is None]
    if missing:
        raise UsageError(f'data sets need {", ".join(missing)}: pip install "quotidian[run]"')


def _command(commands: Any, name: str, help: str, description: str, epilog: str) -> Any:
    return commands.add_parser(
        name,
        help=help,
        description=textwrap.fill(description, _WIDEST),
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
