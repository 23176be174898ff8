"""The commands that read articles and write what is in them: read, who, sample."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quotidian.cli import common
from quotidian.cli.common import (
    ALL_READ,
    INPUTS,
    SOME_FAILED,
    Results,
    Watched,
    add_attributions_only,
    add_output,
    add_reading,
    complain,
    count,
    flushed,
    probability,
)
from quotidian.errors import InputError, UsageError
from quotidian.types import Article, Failure
from quotidian.write.output import FORMATS, WHO_FORMATS, format_of, opened
from quotidian.write.surer import surer
from quotidian.write.visible import on_one_line

_READ = f"""\
{INPUTS}

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
{INPUTS}
  JSON lines that `quotidian read` wrote are taken as they are, without reading
  the articles again.

examples:
  quotidian who page.html                       who is called what, by whom
  quotidian who page.html --context             with the sentences around
  quotidian who archive.jsonl -o labels.csv     a row for each place"""

_SAMPLE = f"""\
{INPUTS}
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


def add_commands(commands: Any) -> None:
    """Read, who and sample, each with its options."""
    _add_read(commands)
    _add_who(commands)
    _add_sample(commands)


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
    add_output(written, "written when whole: a run that fails leaves what was there")
    written.add_argument(
        "--why",
        action="store_true",
        help="on a terminal, show what each answer rests on (jsonl and html always have it)",
    )
    written.add_argument(
        "--min-confidence",
        type=probability,
        default=0.0,
        metavar="X",
        help="leave out statements less sure than X, 0 to 1, and those inside them",
    )
    add_attributions_only(add_reading(read))
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
    add_output(written, "written when whole: a run that fails leaves what was there")
    written.add_argument("--context", action="store_true", help="the sentence around each name and label too")
    add_reading(who)
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
    sample.add_argument("--n", type=count, default=200, metavar="N", help="statements (default: 200)")
    sample.add_argument(
        "--seed", type=int, default=0, metavar="SEED", help="another seed, another sheet (default: 0)"
    )
    sample.add_argument("--score", type=Path, metavar="SHEET", help="compute the precision of a filled sheet")
    add_output(sample, "the sheet, a CSV file")
    add_attributions_only(add_reading(sample))
    sample.set_defaults(run=_sample)


def _read(arguments: argparse.Namespace) -> int:
    form = format_of(arguments.format, arguments.output)
    if arguments.why and form != "terminal":
        raise UsageError("--why is for the terminal: jsonl and html have what each answer rests on always")
    if arguments.why and arguments.attributions_only:
        raise UsageError("--why has nothing to explain with --attributions-only")
    results = common.reader_of(arguments)(arguments.inputs)
    kept = (_surer(result, arguments.min_confidence) for result in results)
    return _write(arguments, kept, form, {"why": True} if arguments.why else {})


def _who(arguments: argparse.Namespace) -> int:
    from quotidian.write import read_back

    form = format_of(arguments.format, arguments.output, WHO_FORMATS)
    results = read_back.read_or_parsed(arguments.inputs, common.reader_of(arguments))
    return _write(arguments, map(_with_speakers, results), f"who.{form}", {"context": arguments.context})


def _write(arguments: argparse.Namespace, results: Results, form: str, options: Mapping[str, bool]) -> int:
    """Write the articles in a format as they come, each before the next is read."""
    writer = importlib.import_module(f"quotidian.write.{form}")
    watched = Watched(scrolls=arguments.output is None and sys.stdout.isatty())
    with opened(arguments.output, exact=form not in ("terminal", "who.text")) as file:
        articles = watched.articles(results, lambda: common.count_of(arguments.inputs))
        writer.write(flushed(articles, file), file, **options)
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
    watched = Watched(scrolls=False)
    with opened(arguments.output) as file:
        results = read_back.read_or_parsed(arguments.inputs, common.reader_of(arguments))
        drawn = sample.draw(watched.articles(results, lambda: None), arguments.n, arguments.seed)
        if not watched.read:
            raise InputError("nothing was read, so no sheet was drawn")
        file.write(sample.sheet(drawn.rows))
    if not drawn.statements:
        complain(f"no statement in {drawn.articles:,} articles: the sheet is empty")
        return watched.status()
    complain(
        f"{len(drawn.rows):,} of {drawn.statements:,} statements of {drawn.articles:,} articles drawn; "
        f"fill in y, n or ?, then: quotidian sample --score {arguments.output or 'SHEET'}"
    )
    return watched.status()


def _score(sheet: Path) -> int:
    from quotidian import sample

    score = sample.score(sample.read_sheet(sheet.read_bytes()))
    for problem in score.problems:
        complain(f"{sheet}, {problem}")
    if not any(tally.decided for tally in score.overall.values()):
        raise UsageError(f"{sheet}: no row has a y or an n yet under {', '.join(sample.QUESTIONS)}")
    with opened(None, exact=False) as file:
        file.writelines(f"{on_one_line(line)}\n" for line in sample.lines(score))
    return SOME_FAILED if score.problems else ALL_READ


def _surer(result: Article | Failure, least: float) -> Article | Failure:
    return result if isinstance(result, Failure) else surer(result, least)


def _with_speakers(result: Article | Failure) -> Article | Failure:
    """Lines of ours may hold attributions alone: those cannot tell who is who."""
    if isinstance(result, Failure) or result.statements or not result.attributions:
        return result
    why = "read by version 0.1 or with --attributions-only, so without people: read the article anew"
    return Failure(result.origin or result.id, why)
