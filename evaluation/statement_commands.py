"""The commands that score statements and what they are made of.

``python -m evaluation statements|speakers|about|acts|mentions|coreference``.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from evaluation import about, acts, coreference, corpus, data, gum, mentions, speakers, statements
from evaluation.gold.statements import items
from evaluation.labels import labelled, labels
from evaluation.options import add_reading, reader_of, write_json
from evaluation.predict import articles, resolved
from evaluation.report import percent
from evaluation.shares import as_dict
from evaluation.statement_tables import (
    print_about,
    print_cases,
    print_coreference,
    print_mentions,
    print_speakers,
)
from evaluation.table import console


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the commands and their options."""
    _statements(commands.add_parser("statements", help="score the golden cases of statements"))
    _speakers(commands.add_parser("speakers", help="score who is speaking"))
    _about(commands.add_parser("about", help="score whom statements are about"))
    _acts(commands.add_parser("acts", help="score the kind of act and the stance"))
    _mentions(commands.add_parser("mentions", help="score the people, organisations and places named"))
    _coreference(commands.add_parser("coreference", help="score who is who, on GUM"))


def _measuring(parser: argparse.ArgumentParser, wrong: str) -> None:
    add_reading(parser)
    parser.add_argument("--errors", action="store_true", help=f"list {wrong}, with words of the corpus")
    parser.add_argument("--json", type=Path, help="write the report here as well")


def _statements(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    parser.add_argument("--show", action="store_true", help="list the cases that are not all right")
    parser.add_argument("--json", type=Path, help="write the report here as well")
    parser.set_defaults(command=score_statements)


def score_statements(arguments: argparse.Namespace) -> int:
    """``statements``: score the golden cases, the attributions given and end to end."""
    reading, golden = reader_of(arguments), items()
    reads = {"given": statements.given(golden, reading), "end_to_end": statements.end_to_end(golden, reading)}
    one = statements.report(golden, reads)
    print_cases(one, console())
    if arguments.show:
        for way, read in reads.items():
            print(f"{way}:", *statements.failed(golden, read), sep="\n\n")
    write_json(one, arguments.json)
    return 0


def _speakers(parser: argparse.ArgumentParser) -> None:
    _measuring(parser, "statements whose speaker is not right")
    parser.set_defaults(command=score_speakers)


def score_speakers(arguments: argparse.Namespace) -> int:
    """``speakers``: score who is speaking, the attributions given and end to end."""
    folder, reading = data.needed(), reader_of(arguments)
    wanted = speakers.labels(data.speakers(folder))
    gold = labelled(corpus.documents(data.dev(folder)), wanted)
    compared = speakers.of_given(wanted, resolved(gold, reading))
    whole = speakers.end_to_end(wanted, gold, articles(gold, reading))
    one = speakers.report(compared, whole)
    print_speakers(one, console())
    if arguments.errors:
        print("The attributions given:", *speakers.wrong(compared), sep="\n  ")
        print("End to end:", *speakers.wrong(whole.compared), sep="\n  ")
    write_json(one, arguments.json)
    return 0


def _about(parser: argparse.ArgumentParser) -> None:
    _measuring(parser, "statements whose names are not right")
    parser.set_defaults(command=score_about)


def score_about(arguments: argparse.Namespace) -> int:
    """``about``: score whom statements are about, the attributions given."""
    wanted = about.labels()
    gold = labelled(corpus.documents(data.dev(data.needed())), wanted)
    compared = about.of_given(wanted, resolved(gold, reader_of(arguments)))
    one = percent(about.rate(compared))
    print_about(one, len(compared), console())
    if arguments.errors:
        print(*about.wrong(compared), sep="\n")
    write_json({"statements": len(compared), "names": one}, arguments.json)
    return 0


def _acts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--labels",
        choices=["dev", "train", "held-out"],
        default="dev",
        help="labels of dev, of train (the lexicons were mended with them), or of train but set aside",
    )
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    parser.add_argument("--json", type=Path, help="write the report here as well")
    parser.set_defaults(command=score_acts)


def score_acts(arguments: argparse.Namespace) -> int:
    """``acts``: score kinds of act and stances, the attributions given. No model is needed."""
    on_dev, folder = arguments.labels == "dev", data.needed()
    wanted = acts.labels(acts.FILE if on_dev else acts.TRAIN)
    if not on_dev:
        wanted = [one for one in wanted if one.held_out == (arguments.labels == "held-out")]
    gold = labelled(corpus.documents(data.dev(folder) if on_dev else data.train(folder)), wanted)
    compared = acts.compare(wanted, acts.kinds(gold))
    shares, rates, macro = acts.shares(compared), acts.rates(compared), acts.macro_f1(compared)
    for name, one in shares.items():
        print(f"{name:28} {one}")
    print(f"{'macro-F1 of acts':28} {macro:.1f}")
    for kind, rate in rates.items():
        print(f"  {kind:10} of {rate.wanted:3}: precision {rate.precision:5.1f}, recall {rate.recall:5.1f}")
    if arguments.errors:
        print(*acts.wrong(compared), sep="\n")
    as_json = {name: as_dict(one) for name, one in shares.items()}
    write_json({**as_json, "macro_f1": round(macro, 2)}, arguments.json)
    return 0


def _mentions(parser: argparse.ArgumentParser) -> None:
    _measuring(parser, "names that are missed or wrong")
    parser.set_defaults(command=score_mentions)


def score_mentions(arguments: argparse.Namespace) -> int:
    """``mentions``: score people, organisations and places by name, and how far the two readings agree."""
    wanted = labels(mentions.FILE, mentions.label)
    second = labels(mentions.FILE, lambda row: mentions.label(row, "second"))
    names = {label.doc for label in wanted}
    gold = [one for one in corpus.documents(data.dev(data.needed())) if one.doc in names]
    compared = mentions.compared(wanted, articles(gold, reader_of(arguments)))
    one, agreed = mentions.report(compared), percent(mentions.agreement(wanted, second))
    print_mentions(one, agreed, console())
    if arguments.errors:
        print(*mentions.wrong(compared), sep="\n")
    write_json({**one, "readings": agreed}, arguments.json)
    return 0


def _coreference(parser: argparse.ArgumentParser) -> None:
    _measuring(parser, "links that are wrong")
    parser.set_defaults(command=score_coreference)


def score_coreference(arguments: argparse.Namespace) -> int:
    """``coreference``: score who is who in GUM's dev split."""
    documents = coreference.of_concern(gum.documents(data.gum(data.needed()), "dev"))
    read = coreference.read(documents, reader_of(arguments))
    compared = {way: [coreference.compare(*one, way) for one in read] for way in coreference.WAYS}
    one = coreference.report(compared)
    print_coreference(one, console())
    if arguments.errors:
        print(*(line for these in compared["head"] for line in coreference.wrong(these)), sep="\n")
    write_json(one, arguments.json)
    return 0
