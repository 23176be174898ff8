"""The commands that show what reports the same: trace, utterances."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotidian.cli.archives import command, opened
from quotidian.cli.common import ALL_READ, add_output, count, is_number
from quotidian.errors import NotInArchive

if TYPE_CHECKING:
    from quotidian.store import Archive
    from quotidian.store.values import Utterance

LISTS = ("repeated", "changed", "only", "unsourced")
FORMATS = ("terminal", "jsonl", "csv", "gexf", "prov")
# The key of a statement; that of a later sentence of it has its number behind.
_ID = re.compile(r"[0-9a-f]{16}(/[1-9][0-9]{0,3})?", re.ASCII)

_TRACE = """\
examples:
  quotidian trace news.db 18                 what statement 18 says, elsewhere
  quotidian trace news.db 1a27d60c7802f145   of an utterance, by its id
  quotidian trace news.db 18 --format gexf -o trace.gexf

"First" is the first of what this archive has read. What each word of a trace
means is told in docs/how-to/trace-an-utterance.md."""

_UTTERANCES = """\
examples:
  quotidian utterances news.db                     what most outlets report
  quotidian utterances news.db speaker:moor --list changed
  quotidian utterances news.db since:2026-03 --list unsourced

A query finds the utterances with a report that it finds, as one searches."""


def add_commands(commands: Any) -> None:
    """All of them, each with its options."""
    _add_trace(commands)
    _add_utterances(commands)


# --- trace --------------------------------------------------------------------------------------


def _add_trace(commands: Any) -> None:
    trace = command(
        commands,
        "trace",
        "show all reports of what a statement reports",
        "Trace one act of saying through the archive: who has it, when and from whom, with which words "
        "changed, and what contradicts it.",
        _TRACE,
    )
    trace.add_argument("statement", metavar="STATEMENT", help="a statement's number, or an utterance's id")
    trace.add_argument("--links", action="store_true", help="every link between two reports too")
    trace.add_argument("--format", choices=FORMATS, default="terminal", help="default: terminal")
    add_output(trace, "where to write")
    trace.set_defaults(run=_trace)


def _trace(arguments: argparse.Namespace) -> int:
    from quotidian.cli import traced
    from quotidian.write.output import opened as output

    with opened(arguments) as archive:
        found = _found(archive, arguments.statement)
        if arguments.format != "terminal":
            _export(archive, found, arguments.format, arguments.output)
            return ALL_READ
    with output(arguments.output, exact=False) as file:
        traced.write(found, file, links=arguments.links)
    return ALL_READ


def _found(archive: Archive, given: str) -> list[Utterance]:
    """The utterances that a number or an id names.

    Raises:
        NotInArchive: there is none, or it waits to be joined.
    """
    if _ID.fullmatch(given):
        try:
            return [archive.utterance(given)]
        except NotInArchive:
            if not is_number(given):
                raise
    if not is_number(given):
        raise NotInArchive(f"{given!a} is neither a statement's number nor an utterance's id")
    hit = archive.statement(int(given))
    if not hit.current:
        raise NotInArchive(
            f"statement {hit.id} is of an earlier reading, or rejected: it reports nothing now"
        )
    ids = archive.utterances_of(hit.id)
    if not ids:
        raise NotInArchive(
            f"statement {hit.id} waits to be joined: `quotidian join {archive.location}` does it"
        )
    return [archive.utterance(id) for id in ids]


def _export(archive: Archive, found: list[Utterance], form: str, path: Path | None) -> None:
    from quotidian.export.formats import encoded, format_of, lookup_in
    from quotidian.export.options import Options
    from quotidian.write.output import opened_for_bytes

    written = format_of("utterances", form).of(found, Options(), lookup_in(archive))
    with opened_for_bytes(path) as file:
        for chunk in encoded(written):
            file.write(chunk)


# --- utterances ---------------------------------------------------------------------------------


def _add_utterances(commands: Any) -> None:
    utterances = command(
        commands,
        "utterances",
        "list what several outlets report, or one alone",
        "List utterances: acts of saying, each with how many reports it has.",
        _UTTERANCES,
    )
    utterances.add_argument(
        "query", metavar="QUERY", nargs="*", help="words, phrases and fields; all without"
    )
    utterances.add_argument(
        "--list",
        choices=LISTS,
        default=LISTS[0],
        help="most repeated, most changed, in one outlet only, source no longer named (default: repeated)",
    )
    utterances.add_argument(
        "--limit", type=count, default=20, metavar="N", help="how many to show (default: 20)"
    )
    utterances.set_defaults(run=_utterances)


def _utterances(arguments: argparse.Namespace) -> int:
    from quotidian.cli import traced
    from quotidian.write.output import opened as output

    with opened(arguments) as archive:
        query = " ".join(arguments.query)
        heads = archive.utterances(arguments.list, query=query, limit=arguments.limit + 1)
        waiting = archive.unjoined()
    with output(None, exact=False) as file:
        traced.write_list(heads[: arguments.limit], file, more=len(heads) > arguments.limit, waiting=waiting)
    return ALL_READ
