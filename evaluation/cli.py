"""The command line: ``python -m evaluation attributions|convert|golden|nested|speakers|…|floors``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from evaluation import (
    corpus,
    data,
    demo,
    entities,
    floors,
    golden,
    judging,
    measured,
    nested,
    statement_commands,
    traces,
    when_commands,
)
from evaluation.options import add_reading, reader_of, write_json
from evaluation.predict import predictions
from evaluation.report import report
from evaluation.slices import KEYS
from evaluation.table import console, print_report
from evaluation.types import Document
from quotidian.errors import NotFound, QuotidianError, UsageError


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0, 1 if a floor has fallen, 2 if the input is at fault."""
    arguments = parser().parse_args(argv)
    command = cast("Callable[[argparse.Namespace], int]", arguments.command)
    try:
        return command(arguments)
    except QuotidianError as error:
        print(f"evaluation: {error}", file=sys.stderr)
        return 2


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    made = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    _attributions(commands.add_parser("attributions", help="score attributions against gold"))
    _convert(commands.add_parser("convert", help="write a corpus in another format"))
    _golden(commands.add_parser("golden", help="score the golden corpus"))
    _nested(commands.add_parser("nested", help="draw nested attributions to judge, count verdicts"))
    statement_commands.add(commands)
    when_commands.add(commands)
    entities.add(commands)
    demo.add(commands)
    traces.add(commands)
    _floors(commands.add_parser("floors", help="measure what has a floor, and hold it against it"))
    return made


def _attributions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", type=Path, help="JSON lines (.gz too) or a folder of brat files")
    parser.add_argument("predictions", type=Path, nargs="?", help="JSON lines; without it, --model")
    add_reading(parser)
    parser.add_argument("--annotator", help="whose marks count, in a brat folder with several")
    parser.add_argument("--by", default="", help=f"slices to print, among {','.join(KEYS)}")
    parser.add_argument("--json", type=Path, help="write the report here as well")
    parser.add_argument("--save", type=Path, help="write the predictions here, as JSON lines")
    parser.set_defaults(command=score)


def score(arguments: argparse.Namespace) -> int:
    """``attributions``: score predictions, from a file or made now."""
    if (arguments.predictions is None) == (arguments.model is None):
        raise UsageError("give either a file of predictions or --model")
    by = [key for key in arguments.by.split(",") if key]
    if unknown := set(by) - set(KEYS):
        raise UsageError(f"--by {', '.join(sorted(unknown))}: give {', '.join(KEYS)}")
    gold = list(corpus.documents(arguments.gold, arguments.annotator))
    found = list(_found(gold, arguments))
    if arguments.save:
        corpus.write(found, arguments.save, "polnear")
    one = report(gold, found, by)
    print_report(one, console())
    write_json({"gold": str(arguments.gold), **one}, arguments.json)
    return 0


def _found(gold: Sequence[Document], arguments: argparse.Namespace) -> Sequence[Document]:
    if arguments.predictions is not None:
        return list(corpus.documents(arguments.predictions))
    return list(predictions(gold, reader_of(arguments)))


def _convert(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, help="JSON lines (.gz too) or a folder of brat files")
    parser.add_argument("target", type=Path, help="a file, compressed if it ends in .gz; a folder for brat")
    parser.add_argument("--to", choices=("polnear", "ours", "brat"), default="polnear")
    parser.add_argument("--annotator", help="whose marks count, in a brat folder with several")
    parser.set_defaults(command=convert)


def convert(arguments: argparse.Namespace) -> int:
    """``convert``: write a corpus in another format."""
    found = corpus.documents(arguments.source, arguments.annotator)
    count = corpus.write(found, arguments.target, arguments.to)
    print(f"{arguments.target}: {count:,} documents")
    return 0


def _golden(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    parser.add_argument("--show", action="store_true", help="list what is not all right")
    parser.add_argument("--json", type=Path, help="write the report here as well")
    parser.set_defaults(command=score_golden)


def score_golden(arguments: argparse.Namespace) -> int:
    """``golden``: score the golden corpus, by construction."""
    cases = golden.cases()
    one, found = golden.scored(cases, reader_of(arguments))
    print_report(one, console())
    wrong = golden.failed(cases, found)
    print(f"{len(cases) - len(wrong)} of {len(cases)} items are all right, nested attributions included")
    if arguments.show:
        print("\n\n".join(wrong))
    write_json(one, arguments.json)
    return 0


def _nested(parser: argparse.ArgumentParser) -> None:
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--draw", type=int, metavar="N", help="draw a sheet of N nested attributions")
    action.add_argument("--show", action="store_true", help="print the sheet with its context")
    action.add_argument("--score", action="store_true", help="count the verdicts")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sheet", type=Path, default=nested.SHEET)
    parser.add_argument("--gold", type=Path, help="the corpus; PolNeAR's dev split if not given")
    add_reading(parser)
    parser.set_defaults(command=judge_nested)


def judge_nested(arguments: argparse.Namespace) -> int:
    """``nested``: draw, show or count a sheet of nested attributions."""
    if arguments.score:
        sheet = nested.load(arguments.sheet)
        for name, share in nested.precision(sheet.rows).items():
            print(f"{name:14} {share}")
        return 0
    documents = list(corpus.documents(arguments.gold or _dev()))
    if arguments.show:
        texts = {one.doc: one.text or "" for one in documents}
        for number, row in enumerate(nested.load(arguments.sheet).rows, start=1):
            if row.doc not in texts:
                raise NotFound(f"{row.doc} is not among the documents; name its corpus with --gold")
            print(judging.shown(row, number, texts[row.doc]), end="\n\n")
        return 0
    reading = reader_of(arguments)
    found = predictions(documents, reading)
    sheet = nested.drawn(found, arguments.draw, arguments.seed, reading.model_name)
    nested.save(sheet, arguments.sheet)
    print(f"{arguments.sheet}: {sheet.draw.drawn} of {sheet.draw.of} nested attributions, to judge")
    return 0


def _dev() -> Path:
    folder = data.folder()
    if folder is None:
        raise NotFound(f"{data.why_absent()}; or give --gold")
    return data.dev(folder)


def _floors(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    parser.add_argument(
        "--raise", action="store_true", dest="raising", help="move floors up to what was measured"
    )
    parser.set_defaults(command=check_floors)


def check_floors(arguments: argparse.Namespace) -> int:
    """``floors``: measure whatever has a floor; status 1 if anything has fallen."""
    kept, status, reading = floors.load(), 0, reader_of(arguments)
    found = {"golden": measured.of_golden(reading)}
    if "demo" in kept:
        found["demo"] = demo.figures(reading)
    if (folder := data.folder()) is None:
        print(f"{', '.join(name for name in kept if name not in found)}: skipped: {data.why_absent()}")
    else:
        found |= measured.of_corpora(folder, reading)
    for name, figures in found.items():
        lines = floors.fallen(kept[name], figures)
        status |= bool(lines)
        print(f"{name}: " + ("; ".join(lines) or "all floors hold"))
        print("  " + ", ".join(f"{key} {figures[key]} (floor {kept[name][key]})" for key in kept[name]))
        if arguments.raising:
            kept[name] = floors.raised(kept[name], figures)
    if arguments.raising:
        floors.save(kept)
    return status
