"""What the commands share: kinds of arguments, the reader, the account of what was read."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from quotidian.errors import ModelError
from quotidian.types import Article, Failure
from quotidian.write.visible import on_one_line

if TYPE_CHECKING:
    from quotidian import reading
    from quotidian.pipeline import Reader
    from quotidian.store.tracing.window import Vectors

Results = Iterator[Article | Failure]
Read = Callable[[Sequence[str]], Results]

ALL_READ, SOME_FAILED, NONE_READ = 0, 1, 2
INTERRUPTED, PIPE_CLOSED = 130, 141
# Digits of a number that any database can hold.
MOST_DIGITS = 18

INPUTS = """\
inputs:
  A path of a page (HTML), a plain text, a file with one JSON article a line, a
  CSV file, or a folder of these; an http or https address; or - for standard
  input."""


def add_output(group: Any, what: str) -> None:
    """The option --output."""
    group.add_argument(
        "-o", "--output", type=path_or_dash, metavar="FILE", help=f"{what} (default: standard output)"
    )


def add_reading(command: argparse.ArgumentParser, *, tables: bool = True) -> Any:
    """The options of whatever reads articles, from CSV files too; the group, for more of them."""
    group = command.add_argument_group("how it is read")
    command.set_defaults(columns={})
    if tables:
        group.add_argument(
            "--columns",
            type=columns,
            metavar="FIELD=COLUMN,...",
            help="which column of a CSV file holds which field, such as text=body,url=link",
        )
    group.add_argument("--any-language", action="store_true", help="read what is not English too, if poorly")
    add_model(group)
    group.add_argument(
        "--allow-private-hosts", action="store_true", help="fetch from this computer and its network too"
    )
    group.add_argument("--ignore-robots", action="store_true", help="fetch what robots.txt forbids too")
    return group


def add_model(group: Any) -> None:
    """The options of the model."""
    group.add_argument("--no-nested", action="store_true", help="no statements inside statements")
    add_engine(group)


def add_engine(group: Any) -> None:
    """The options of whatever has a model work."""
    group.add_argument("--threads", type=count, metavar="N", help="cores to use (default: all)")
    group.add_argument(
        "--model", type=Path, metavar="DIR", help="folder of a model (default: the one that comes along)"
    )


def add_attributions_only(group: Any) -> None:
    """The option --attributions-only."""
    group.add_argument(
        "--attributions-only",
        action="store_true",
        help="source, cue and content as they stand, quicker: not who speaks, about whom, when",
    )


def reader_of(arguments: argparse.Namespace) -> Read:
    """What reads inputs as the arguments say; the model is loaded when the first is asked for."""

    def read(inputs: Sequence[str]) -> Results:
        yield from loaded(arguments).read_many(inputs, options_of(arguments))

    return read


class ArticleReader:
    """Reads one article, and makes vectors; the model is loaded when it is first asked for anything."""

    def __init__(self, arguments: argparse.Namespace):
        self._arguments = arguments
        self._loaded: Reader | None = None

    @property
    def reader(self) -> Reader:
        """The model, loaded once."""
        if self._loaded is None:
            self._loaded = loaded(self._arguments)
        return self._loaded

    def __call__(self, article: Article) -> Article:
        """The article, read."""
        return self.reader.attributed(article)

    def vectors(self) -> Vectors | None:
        """What makes vectors of texts; None, and a word on it, where the model has none.

        Raises:
            ModelError: the model cannot be loaded.
        """
        made = self.reader.vectors
        try:
            made([])
        except ModelError as error:
            complain(f"joined without likeness in sense: {error}")
            return None
        return made


def article_reader(arguments: argparse.Namespace) -> ArticleReader:
    """What reads one article."""
    return ArticleReader(arguments)


def loaded(arguments: argparse.Namespace) -> Reader:
    """The model, as the arguments say; the one that comes along where they say nothing of it."""
    from quotidian.pipeline import Reader

    return Reader(
        getattr(arguments, "model", None),
        threads=getattr(arguments, "threads", None),
        nested=not getattr(arguments, "no_nested", False),
        statements=not getattr(arguments, "attributions_only", False),
    )


def options_of(arguments: argparse.Namespace) -> reading.Options:
    """How inputs are to be read."""
    from quotidian import reading

    return reading.Options(
        columns=arguments.columns,
        any_language=arguments.any_language,
        allow_private=arguments.allow_private_hosts,
        obey_robots=not arguments.ignore_robots,
    )


def count_of(inputs: Sequence[str]) -> int | None:
    """How many articles there seem to be, for the estimate of the time."""
    from quotidian import reading

    return reading.count(inputs)


@dataclass(slots=True)
class Watched:
    """The articles of a run: failures go to standard error, all are counted."""

    scrolls: bool
    read: int = 0
    failed: int = 0

    def articles(self, results: Results, count: Callable[[], int | None]) -> Iterator[Article]:
        """The articles alone; with a bar where somebody watches and nothing else shows."""
        from quotidian import progress

        wanted = sys.stderr.isatty() and not self.scrolls
        with progress.bar(count()) if wanted else progress.silent() as advance:
            for result in results:
                if isinstance(result, Failure):
                    self.failed += 1
                    complain(f"{result.origin}: {result.why}")
                else:
                    self.read += 1
                    yield writable(result)
                advance()

    def status(self) -> int:
        """The exit status, told in words where nothing was read."""
        if not self.read and not self.failed:
            complain("no article there")
        if not self.read:
            return NONE_READ
        if self.failed > 1:
            complain(f"{self.read:,} read, {self.failed:,} could not be read")
        return SOME_FAILED if self.failed else ALL_READ


def flushed(articles: Iterator[Article], file: TextIO) -> Iterator[Article]:
    """The articles; what was written of each can be seen before the next is read."""
    for article in articles:
        yield article
        file.flush()


def writable(article: Article) -> Article:
    """A file's name need not be Unicode; what is written has to be."""
    if article.origin is None:
        return article
    return replace(article, origin=article.origin.encode("utf-8", "backslashreplace").decode())


def complain(message: str) -> None:
    """A line on standard error."""
    print(f"quotidian: {on_one_line(message)}", file=sys.stderr)


def tell(message: str) -> None:
    """A line on standard output, at once."""
    print(shown(message), flush=True)


def shown(message: str) -> str:
    """A line as standard output can show it; no stranger's text in it steers the terminal."""
    from quotidian.write.terminal.shown import UNICODE, Shown

    return Shown(sys.stdout.encoding or "utf-8", UNICODE).line(message)


def many(number: int, noun: str) -> str:
    """So many of something.

    >>> many(1, "review"), many(2_000, "review")
    ('1 review', '2,000 reviews')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def silence_stdout() -> None:
    """Nobody reads on: what is still buffered must not complain when Python ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def path_or_dash(given: str) -> Path | None:
    """A file to write to; None, standard output, for "-"."""
    return None if given == "-" else Path(given)


def columns(given: str) -> dict[str, str]:
    """Fields and the columns that hold them."""
    pairs = [pair.partition("=") for pair in given.split(",")]
    if not all(field and sign and column for field, sign, column in pairs):
        raise argparse.ArgumentTypeError(f"{given!r} should look like text=body,url=link")
    return {field.strip(): column.strip() for field, _, column in pairs}


def probability(given: str) -> float:
    """A number from 0 to 1."""
    try:
        value = float(given)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{given!r} is not a number from 0 to 1")
    return value


def is_number(given: str) -> bool:
    """Whether digits are all there is, and not more than a database can take."""
    return given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS


def count(given: str) -> int:
    """A number from 1 on."""
    if not (is_number(given) and int(given)):
        raise argparse.ArgumentTypeError(f"{given!r} is not a number from 1 on")
    return int(given)
