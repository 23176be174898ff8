"""The command ``quotidian``: reads its arguments, calls the pipeline, writes a format.

What is heavy is imported where it is used, so that ``--help`` and ``--version`` are instant.
argparse, because three commands need no more, and because it is there.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from quotidian._version import __version__
from quotidian.errors import InputError, ModelError, QuotidianError, UsageError
from quotidian.types import Article, Failure
from quotidian.write.output import FORMATS, WHO_FORMATS, format_of, opened
from quotidian.write.surer import surer
from quotidian.write.visible import on_one_line

if TYPE_CHECKING:
    from quotidian import reading

Results = Iterator[Article | Failure]
Read = Callable[[Sequence[str]], Results]

ALL_READ, SOME_FAILED, NONE_READ = 0, 1, 2
INTERRUPTED, PIPE_CLOSED = 130, 141

_DESCRIPTION = """\
Finds every statement that a news article attributes to somebody: who said it,
about whom, on which day, in whose words, and where it stands. Runs on this
computer's processor and sends nothing anywhere."""

_INPUTS = """\
inputs:
  A path of a page (HTML), a plain text, a file with one JSON article a line, a
  CSV file, or a folder of these; an http or https address; or - for standard
  input."""

_READ = f"""\
{_INPUTS}

examples:
  quotidian read page.html                      show who said what
  quotidian read page.html --why                and what each answer rests on
  cat story.txt | quotidian read -              read what another program prints
  quotidian read https://example.org/news.html  fetch a page and read it
  quotidian read archive/ -o archive.jsonl      a JSON line for each article
  quotidian read page.html -o statements.html   a page to keep or mail
  quotidian read table.csv --columns text=body,url=link --format csv

exit status:
  0  everything was read     1  some of it could not be read
  2  nothing could be read, or the command was not understood"""

_WHO = f"""\
{_INPUTS}
  JSON lines that `quotidian read` wrote are taken as they are, without reading
  the articles again.

examples:
  quotidian who page.html                       who is called what, by whom
  quotidian who page.html --context             with the sentences around
  quotidian who archive.jsonl -o labels.csv     a row for each place"""

_SAMPLE = f"""\
{_INPUTS}
  JSON lines that `quotidian read` wrote are sampled as they are, without
  reading the articles again.

examples:
  quotidian sample archive/ --n 200 -o sheet.csv    draw 200 statements
  quotidian sample read.jsonl --seed 7 -o sheet.csv from what was read before
  quotidian sample --score sheet.csv                its precision, filled in

Open the sheet in a spreadsheet. In each row write y, n or ? (cannot decide):
  source_right   the source is who is said to have said it, whole and no more
  content_right  the content is what was said, whole and no more
  whole_right    source, cue and content are, and it is a statement at all
  speaker_right  the speaker is who said it, by the right name
An empty cell is one not yet checked."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the result is the exit status."""
    arguments = parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()
        return PIPE_CLOSED
    except QuotidianError as error:
        _complain(str(error))
        return NONE_READ
    except OSError as error:
        _complain(f"{error.filename or 'cannot write'}: {error.strerror or error}")
        return NONE_READ
    return status


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="quotidian",
        description=_DESCRIPTION,
        epilog="`quotidian read --help` has examples, and so has each other command's.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="name the software and the model, and stop")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_read(commands)
    _add_who(commands)
    _add_sample(commands)
    return top


def _add_read(commands: Any) -> None:
    read = commands.add_parser(
        "read",
        help="read articles and show or write who said what",
        description="Read articles and show or write every statement in them.",
        epilog=_READ,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    read.add_argument("inputs", metavar="INPUT", nargs="+", help="what to read, see below")
    written = read.add_argument_group("what is written")
    written.add_argument(
        "--format",
        choices=FORMATS,
        help="default: as the ending of --output says (.jsonl .csv .html .jsonld .txt), otherwise terminal, "
        "also where standard output is a pipe",
    )
    _add_output(written, "written when whole: a run that fails leaves what was there")
    written.add_argument(
        "--why",
        action="store_true",
        help="on a terminal, show what each answer rests on (jsonl and html always have it)",
    )
    written.add_argument(
        "--min-confidence",
        type=_probability,
        default=0.0,
        metavar="X",
        help="leave out statements less sure than X, 0 to 1, and those inside them",
    )
    _add_attributions_only(_add_reading(read))
    read.set_defaults(run=_read)


def _add_who(commands: Any) -> None:
    who = commands.add_parser(
        "who",
        help="list the people and bodies of articles, with what each is called and by whom",
        description="List the people and bodies of articles: what each is called, and by whom.",
        epilog=_WHO,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    who.add_argument("inputs", metavar="INPUT", nargs="+", help="what to read, see below")
    written = who.add_argument_group("what is written")
    written.add_argument(
        "--format",
        choices=WHO_FORMATS,
        help="default: as the ending of --output says (.txt .jsonl .csv), otherwise text",
    )
    _add_output(written, "written when whole: a run that fails leaves what was there")
    written.add_argument("--context", action="store_true", help="the sentence around each name and label too")
    _add_reading(who)
    who.set_defaults(run=_who, attributions_only=False)


def _add_sample(commands: Any) -> None:
    sample = commands.add_parser(
        "sample",
        help="draw statements to check by hand, and compute the precision",
        description="Draw a random sheet of statements to check by hand; score it when filled in.",
        epilog=_SAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sample.add_argument("inputs", metavar="INPUT", nargs="*", help="what to draw from, see below")
    sample.add_argument("--n", type=_count, default=200, metavar="N", help="statements (default: 200)")
    sample.add_argument(
        "--seed", type=int, default=0, metavar="SEED", help="another seed, another sheet (default: 0)"
    )
    sample.add_argument("--score", type=Path, metavar="SHEET", help="compute the precision of a filled sheet")
    _add_output(sample, "the sheet, a CSV file")
    _add_attributions_only(_add_reading(sample))
    sample.set_defaults(run=_sample)


def _add_output(group: Any, what: str) -> None:
    group.add_argument(
        "-o", "--output", type=_path, metavar="FILE", help=f"{what} (default: standard output)"
    )


def _add_reading(command: argparse.ArgumentParser) -> Any:
    group = command.add_argument_group("how it is read")
    group.add_argument(
        "--columns",
        type=_columns,
        default={},
        metavar="FIELD=COLUMN,...",
        help="which column of a CSV file holds which field, such as text=body,url=link",
    )
    group.add_argument("--any-language", action="store_true", help="read what is not English too, if poorly")
    group.add_argument("--no-nested", action="store_true", help="no statements inside statements")
    group.add_argument("--threads", type=_count, metavar="N", help="cores to use (default: all)")
    group.add_argument(
        "--model", type=Path, metavar="DIR", help="folder of a model (default: the one that comes along)"
    )
    group.add_argument(
        "--allow-private-hosts", action="store_true", help="fetch from this computer and its network too"
    )
    group.add_argument("--ignore-robots", action="store_true", help="fetch what robots.txt forbids too")
    return group


def _add_attributions_only(group: Any) -> None:
    group.add_argument(
        "--attributions-only",
        action="store_true",
        help="source, cue and content as they stand, quicker: not who speaks, about whom, when",
    )


def _read(arguments: argparse.Namespace) -> int:
    form = format_of(arguments.format, arguments.output)
    if arguments.why and form != "terminal":
        raise UsageError("--why is for the terminal: jsonl and html have what each answer rests on always")
    if arguments.why and arguments.attributions_only:
        raise UsageError("--why has nothing to explain with --attributions-only")
    results = reader_of(arguments)(arguments.inputs)
    kept = (_surer(result, arguments.min_confidence) for result in results)
    return _write(arguments, kept, form, {"why": True} if arguments.why else {})


def _who(arguments: argparse.Namespace) -> int:
    from quotidian.write import read_back

    form = format_of(arguments.format, arguments.output, WHO_FORMATS)
    results = read_back.read_or_parsed(arguments.inputs, reader_of(arguments))
    return _write(arguments, map(_with_speakers, results), f"who.{form}", {"context": arguments.context})


def _write(arguments: argparse.Namespace, results: Results, form: str, options: Mapping[str, bool]) -> int:
    """Write the articles in a format as they come, each before the next is read."""
    writer = importlib.import_module(f"quotidian.write.{form}")
    watched = _Watched(scrolls=arguments.output is None and sys.stdout.isatty())
    with opened(arguments.output, exact=form not in ("terminal", "who.text")) as file:
        articles = watched.articles(results, lambda: count_of(arguments.inputs))
        writer.write(_flushed(articles, file), file, **options)
        if arguments.output and not watched.read:
            raise InputError(f"nothing was read, so {arguments.output} was not written")
    return watched.status()


def _sample(arguments: argparse.Namespace) -> int:
    from quotidian import sample
    from quotidian.write import read_back

    if arguments.score is not None:
        if arguments.inputs:
            raise UsageError("--score takes a sheet and no other input")
        return _score(arguments.score)
    if not arguments.inputs:
        raise UsageError("name what to draw from, or a filled sheet with --score")
    watched = _Watched(scrolls=False)
    with opened(arguments.output) as file:
        results = read_back.read_or_parsed(arguments.inputs, reader_of(arguments))
        drawn = sample.draw(watched.articles(results, lambda: None), arguments.n, arguments.seed)
        if not watched.read:
            raise InputError("nothing was read, so no sheet was drawn")
        file.write(sample.sheet(drawn.rows))
    if not drawn.statements:
        _complain(f"no statement in {drawn.articles:,} articles: the sheet is empty")
        return watched.status()
    _complain(
        f"{len(drawn.rows):,} of {drawn.statements:,} statements of {drawn.articles:,} articles drawn; "
        f"fill in y, n or ?, then: quotidian sample --score {arguments.output or 'SHEET'}"
    )
    return watched.status()


def _score(sheet: Path) -> int:
    from quotidian import sample

    score = sample.score(sample.read_sheet(sheet.read_bytes()))
    for problem in score.problems:
        _complain(f"{sheet}, {problem}")
    if not any(tally.decided for tally in score.overall.values()):
        raise UsageError(f"{sheet}: no row has a y or an n yet under {', '.join(sample.QUESTIONS)}")
    with opened(None, exact=False) as file:
        file.writelines(f"{on_one_line(line)}\n" for line in sample.lines(score))
    return SOME_FAILED if score.problems else ALL_READ


def reader_of(arguments: argparse.Namespace) -> Read:
    """What reads inputs as the arguments say; the model is loaded when the first is asked for."""

    def read(inputs: Sequence[str]) -> Results:
        from quotidian.pipeline import Reader

        options = options_of(arguments)
        reader = Reader(
            arguments.model,
            threads=arguments.threads,
            nested=not arguments.no_nested,
            statements=not arguments.attributions_only,
        )
        yield from reader.read_many(inputs, options)

    return read


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


def model_name(folder: Path | None = None) -> str:
    """The name of the model, without loading its weights."""
    from quotidian.encoder.about import SHIPPED, described

    return str(described(folder or SHIPPED)["name"])


class _Version(argparse.Action):
    """``--version``: asks for the model's name only when it is wanted."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        try:
            model = f"model {model_name()}"
        except ModelError as error:
            model = f"no model: {error}"
        print(f"quotidian {__version__} ({model})")
        parser.exit()


@dataclass(slots=True)
class _Watched:
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
                    _complain(f"{result.origin}: {result.why}")
                else:
                    self.read += 1
                    yield _writable(result)
                advance()

    def status(self) -> int:
        if not self.read and not self.failed:
            _complain("no article there")
        if not self.read:
            return NONE_READ
        if self.failed > 1:
            _complain(f"{self.read:,} read, {self.failed:,} could not be read")
        return SOME_FAILED if self.failed else ALL_READ


def _flushed(articles: Iterator[Article], file: TextIO) -> Iterator[Article]:
    """The articles; what was written of each can be seen before the next is read."""
    for article in articles:
        yield article
        file.flush()


def _surer(result: Article | Failure, least: float) -> Article | Failure:
    return result if isinstance(result, Failure) else surer(result, least)


def _with_speakers(result: Article | Failure) -> Article | Failure:
    """Lines of ours may hold attributions alone: those cannot tell who is who."""
    if isinstance(result, Failure) or result.statements or not result.attributions:
        return result
    why = "read by version 0.1 or with --attributions-only, so without people: read the article anew"
    return Failure(result.origin or result.id, why)


def _writable(article: Article) -> Article:
    """A file's name need not be Unicode; what is written has to be."""
    if article.origin is None:
        return article
    return replace(article, origin=article.origin.encode("utf-8", "backslashreplace").decode())


def _complain(message: str) -> None:
    print(f"quotidian: {on_one_line(message)}", file=sys.stderr)


def _silence_stdout() -> None:
    """Nobody reads on: what is still buffered must not complain when Python ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _path(given: str) -> Path | None:
    return None if given == "-" else Path(given)


def _columns(given: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in given.split(",")]
    if not all(field and sign and column for field, sign, column in pairs):
        raise argparse.ArgumentTypeError(f"{given!r} should look like text=body,url=link")
    return {field.strip(): column.strip() for field, _, column in pairs}


def _probability(given: str) -> float:
    try:
        value = float(given)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{given!r} is not a number from 0 to 1")
    return value


def _count(given: str) -> int:
    if not (given.isascii() and given.isdigit() and int(given)):
        raise argparse.ArgumentTypeError(f"{given!r} is not a number from 1 on")
    return int(given)
