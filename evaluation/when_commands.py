"""The commands that score dates: ``python -m evaluation dates|said``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, get_args

from evaluation import corpus, data, dates, said
from evaluation.labels import labelled
from evaluation.options import add_reading, reader_of, write_json
from evaluation.predict import resolved
from evaluation.shares import as_dict
from quotidian import when


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the commands and their options."""
    _dates(commands.add_parser("dates", help="score date expressions"))
    _said(commands.add_parser("said", help="score the day that statements were made"))


def _dates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", type=Path, nargs="?", help="JSON lines; TimeBank and AQUAINT if not given")
    parser.add_argument("--part", choices=get_args(dates.Part), default="dev", help="which articles")
    parser.add_argument("--json", type=Path, help="write the report here as well")
    parser.set_defaults(command=score_dates)


def score_dates(arguments: argparse.Namespace) -> int:
    """``dates``: score date expressions and their values."""
    texts = dates.read(arguments.gold or data.timex(data.needed()), arguments.part)
    count = dates.score(texts, when.dates)
    print(f"{arguments.part}, {len(texts)} articles: {count}")
    write_json({"part": arguments.part, "articles": len(texts), **dates.as_dict(count)}, arguments.json)
    return 0


def _said(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    parser.add_argument("--errors", action="store_true", help="list statements whose day is not right")
    parser.add_argument("--json", type=Path, help="write the report here as well")
    parser.set_defaults(command=score_said)


def score_said(arguments: argparse.Namespace) -> int:
    """``said``: score the day of statements, the attributions given.

    With ``--model`` speakers are resolved before; without, they are told apart by the sources' words.
    """
    wanted = said.labels()
    gold = labelled(corpus.documents(data.dev(data.needed())), wanted)
    is_resolved = arguments.model is not None
    days = said.of_resolved(resolved(gold, reader_of(arguments))) if is_resolved else said.by_words(gold)
    compared = said.compare(wanted, days)
    shares = {"all": said.rightly(compared), **said.by_ground(compared)}
    for name, one in shares.items():
        print(f"{name:10} {one}")
    if arguments.errors:
        print(*said.wrong(compared), sep="\n")
    write_json({name: as_dict(one) for name, one in shares.items()}, arguments.json)
    return 0
