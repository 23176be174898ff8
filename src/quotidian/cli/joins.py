"""What data sets have to do with joining and with archives: joining one, and adding a part of one."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotidian.cli import runs
from quotidian.cli.common import ALL_READ, count, many, tell
from quotidian.errors import UsageError

if TYPE_CHECKING:
    from quotidian.types import Article, Failure

# Addresses of pages, and of archives in PostgreSQL.
_NO_DATASETS = ("http", "https", "postgresql", "postgres", "postgresql+psycopg")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT])i?B?", re.IGNORECASE)
_UNITS = {"K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}


def add_join_options(join: Any) -> None:
    """How much of the machine a join may take."""
    join.add_argument(
        "--memory", type=size, default=size("4GB"), metavar="SIZE", help="the most to take (default: 4GB)"
    )
    join.add_argument("--workers", type=count, default=2, metavar="N", help="processes (default: 2)")


def join_dataset(address: str, arguments: argparse.Namespace) -> int:
    """Join a data set, and tell what was found."""
    runs.needs_run()
    from quotidian.run.joining.join import join

    shown = _Steps()
    found = join(address, memory=arguments.memory, processes=arguments.workers, progress=shown)
    shown.end()
    tell(f"{many(found.reports, 'report')}, {many(found.candidates, 'pair')} compared")
    tell(
        f"{many(found.utterances, 'utterance')} of several articles, {many(found.links, 'link')}, "
        f"{found.copies:,} copies, {many(found.duplicates, 'duplicate')}"
    )
    return ALL_READ


class _Steps:
    """A line for each step on a terminal, written over while it goes on."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, step: str, done: int, of: int) -> None:
        if self._shown:
            print(f"\r\x1b[K{step}: {done:,} of {of:,}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def size(given: str) -> int:
    """Bytes, of a size such as 4GB; units are powers of 1,024.

    >>> size("1.5GB")
    1610612736
    """
    found = _SIZE.fullmatch(given.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f"{given!r} is no size such as 4GB or 800MB")
    return int(float(found[1]) * _UNITS[found[2].upper()])


# --- a part of a data set into an archive -----------------------------------------------------------


def add_choice(group: Any) -> None:
    """Which articles of a data set are meant."""
    group.add_argument("--where", metavar="SQL", help="those that this condition over articles finds")
    group.add_argument("--day", metavar="DAY[..DAY]", help="those published on these days")


def is_dataset(given: str) -> bool:
    """Whether an input is a data set: its folder, or an address that is no page's."""
    if "://" in given:
        return given.partition("://")[0].lower() not in _NO_DATASETS
    return (Path(given) / "manifest.json").is_file() and (Path(given) / "shards").is_dir()


def chosen(address: str, arguments: argparse.Namespace) -> Iterator[Article | Failure]:
    """The articles of a data set that the arguments choose, as they were read."""
    runs.needs_run()
    from quotidian.run.dataset import Dataset
    from quotidian.run.selecting import articles, days_of

    days = days_of(arguments.day) if arguments.day else None
    return articles(Dataset(address), arguments.where, days)


def refuse_choice(arguments: argparse.Namespace) -> None:
    """A condition is for data sets: without one it would choose nothing.

    Raises:
        UsageError: there is one, and an input that is no data set.
    """
    if (arguments.where or arguments.day) and not all(map(is_dataset, arguments.inputs)):
        other = next(given for given in arguments.inputs if not is_dataset(given))
        raise UsageError(f"{other} is no data set: --where and --day choose among the articles of one")
