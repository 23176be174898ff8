"""The commands that fill an archive and ask it: add, search, export, import."""

from __future__ import annotations

import argparse
import itertools
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotidian.cli import common, joining, joins
from quotidian.cli.common import (
    ALL_READ,
    INPUTS,
    NONE_READ,
    SOME_FAILED,
    Watched,
    add_output,
    add_reading,
    complain,
    count,
    many,
    tell,
)
from quotidian.errors import UsageError
from quotidian.types import Article, Failure

if TYPE_CHECKING:
    from quotidian.filling import Found, Kept
    from quotidian.store import Archive

WHAT = ("articles", "statements", "entities", "utterances", "reviews")
SORTS = ("-day", "day", "relevance", "sure", "-sure")
_ARCHIVE = "a file such as news.db, or postgresql://user@host/name"
_WIDEST = 79
_ENDINGS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".gexf": "gexf",
    ".bib": "bibtex",
    ".ris": "ris",
    ".atom": "atom",
}

_ADD = f"""\
{INPUTS}
  Also a news feed (RSS, Atom, JSON Feed), in a file or at an address: the pages
  that it lists are read. JSON lines that `quotidian read` wrote and data sets
  of `quotidian run` are taken as they are.

examples:
  quotidian add news.db page.html folder/ articles.jsonl
  quotidian add news.db https://example.org/news.html
  quotidian add postgresql://desk@db.example/news articles.jsonl

Adding the same again changes nothing. A page that changed becomes a new version
of its article; the old one stays."""

_SEARCH = """\
examples:
  quotidian search news.db flood gates           statements with both words
  quotidian search news.db '"no comment"'        with the phrase
  quotidian search news.db 'about:"Ministry of Trade" act:deny since:2026-03'
  quotidian search news.db 'speaker:moor -outlet:courier' --sort relevance

The words of a query are explained in docs/reference/search.md."""

_EXPORT = """\
examples:
  quotidian export news.db statements -o statements.csv
  quotidian export news.db statements --format webannotation --where act:deny
  quotidian export news.db entities --format gexf -o who-speaks-of-whom.gexf
  quotidian export news.db articles --whole-text -o articles.jsonl

Everything that the query finds is written, however much. Articles come as
their quotations with a short context and the address, unless --whole-text is
given."""


def add_commands(commands: Any) -> None:
    """All of them, each with its options."""
    _add_add(commands)
    _add_search(commands)
    _add_export(commands)
    _add_import(commands)


def command(commands: Any, name: str, help: str, description: str, epilog: str = "") -> Any:
    """A command that works on an archive."""
    made = commands.add_parser(
        name,
        help=help,
        description=textwrap.fill(description, _WIDEST),
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("archive", metavar="ARCHIVE", help=_ARCHIVE)
    return made


def opened(arguments: argparse.Namespace, *, create: bool = False) -> Archive:
    """The archive that the arguments name."""
    from quotidian import store

    return store.opened(arguments.archive, create=create)


# --- add ----------------------------------------------------------------------------------------


def _add_add(commands: Any) -> None:
    add = command(
        commands,
        "add",
        "read articles into an archive",
        "Read articles into an archive, which is made if it is not there. Says what became of each.",
        _ADD,
    )
    add.add_argument("inputs", metavar="INPUT", nargs="+", help="what to read, see below")
    add.add_argument("--keep-pages", action="store_true", help="keep the pages as they came too")
    add.add_argument("--quiet", action="store_true", help="say only how many, at the end")
    joins.add_choice(add.add_argument_group("which articles of a data set"))
    add_reading(add)
    add.set_defaults(run=_add, attributions_only=False)


def _add(arguments: argparse.Namespace) -> int:
    from quotidian import filling

    counted = dict.fromkeys(("new", "version", "unchanged"), 0)
    with opened(arguments, create=True) as archive:
        read = common.article_reader(arguments)
        found = _inputs(arguments)
        results = filling.fill(archive, found, read, keep_pages=arguments.keep_pages)
        watched = Watched(scrolls=not arguments.quiet and sys.stdout.isatty())
        try:
            for kept in _watched(watched, results, arguments):
                counted[kept.added.outcome] += 1
                if not arguments.quiet:
                    tell(_became(kept))
        finally:
            tell(_counted(counted))
        joined = joining.join_added(archive, read.vectors)
    return watched.status() or (ALL_READ if joined else SOME_FAILED)


def _watched(
    watched: Watched, results: Iterator[Kept | Failure], arguments: argparse.Namespace
) -> Iterator[Kept]:
    """What was kept, counted; failures are told."""
    waiting: list[Kept] = []

    def articles() -> Iterator[Article | Failure]:
        for one in results:
            if isinstance(one, Failure):
                yield one
            else:
                waiting.append(one)
                yield one.article

    for _ in watched.articles(articles(), lambda: common.count_of(arguments.inputs)):
        yield waiting.pop()


def _inputs(arguments: argparse.Namespace) -> Iterator[Found]:
    """What is to be added; JSON lines of ours are parsed, all else is read."""
    from quotidian import reading
    from quotidian.write import read_back

    options = common.options_of(arguments)
    joins.refuse_choice(arguments)
    for kind, inputs in itertools.groupby(arguments.inputs, _kind):
        if kind == "data set":
            yield from ((one, None) for given in inputs for one in joins.chosen(given, arguments))
        elif kind == "ours":
            yield from ((one, None) for given in inputs for one in read_back.parsed(given))
        else:
            yield from reading.pages(inputs, options)


def _kind(given: str) -> str:
    """Of what kind an input is: read before, in a data set or in JSON lines of ours; or to be read."""
    from quotidian.write import read_back

    if joins.is_dataset(given):
        return "data set"
    return "ours" if read_back.is_ours(given) else "other"


def _became(kept: Kept) -> str:
    words = {"new": "added", "version": "new version", "unchanged": "unchanged"}[kept.added.outcome]
    article = kept.article
    title = article.title or article.origin or article.id
    number = f"article {kept.added.article}"
    if kept.added.outcome == "unchanged" or article.reason:
        found = f"not searched: {article.reason}" if article.reason else ""
    else:
        found = many(len(article.statements), "statement")
    return f"{words}: {title} ({', '.join(part for part in (number, found) if part)})"


def _counted(counted: dict[str, int]) -> str:
    versions = many(counted["version"], "new version")
    return f"{counted['new']:,} added, {versions}, {counted['unchanged']:,} unchanged"


# --- search and export --------------------------------------------------------------------------


def _add_search(commands: Any) -> None:
    search = command(
        commands, "search", "find statements in an archive", "Find statements in an archive.", _SEARCH
    )
    search.add_argument("query", metavar="QUERY", nargs="*", help="words, phrases and fields; all without")
    search.add_argument("--sort", choices=SORTS, default="-day", help="default: -day, the latest first")
    search.add_argument("--limit", type=count, default=20, metavar="N", help="how many to show (default: 20)")
    search.add_argument("--facets", action="store_true", help="what the hits are made of too")
    search.set_defaults(run=_search)


def _search(arguments: argparse.Namespace) -> int:
    from quotidian.cli import hits
    from quotidian.write.output import opened as output

    with opened(arguments) as archive:
        query = " ".join(arguments.query)
        found = archive.search(query, sort=arguments.sort, limit=arguments.limit)
    with output(None, exact=False) as file:
        hits.write(found, file, facets=arguments.facets)
    return ALL_READ


def _add_export(commands: Any) -> None:
    export = command(
        commands,
        "export",
        "write what an archive has for other tools",
        "Write articles, statements, entities or reviews of an archive in a format of other tools.",
        _EXPORT,
    )
    export.add_argument("what", choices=WHAT, metavar="WHAT", help=", ".join(WHAT))
    export.add_argument("--format", metavar="F", help="default: as the ending of --output says, or jsonl")
    export.add_argument("--where", default="", metavar="QUERY", help="only what this finds, as one searches")
    add_output(export, "written when whole: an export that fails leaves what was there")
    export.add_argument("--whole-text", action="store_true", help="whole articles, whole sentences")
    export.add_argument(
        "--base-url", metavar="URL", help="where the reading room is, for permanent addresses"
    )
    export.add_argument("--bom", action="store_true", help="CSV that Excel opens as UTF-8")
    export.set_defaults(run=_export)


def _export(arguments: argparse.Namespace) -> int:
    from quotidian.export import FORMATS, export, format_of
    from quotidian.write.output import opened_for_bytes

    path: Path | None = arguments.output
    form = arguments.format or ("jsonl" if path is None else _ENDINGS.get(path.suffix.lower()))
    format_of(arguments.what, form or "jsonl")
    if form is None:
        known = ", ".join(FORMATS[arguments.what])
        raise UsageError(f"{path} could hold any format: choose one with --format: {known}")
    if form == "parquet" and path is None and sys.stdout.isatty():
        raise UsageError("parquet is not for a terminal: name a file with --output")
    with opened(arguments) as archive, opened_for_bytes(path) as file:
        export(
            archive,
            arguments.what,
            form,
            arguments.where,
            file,
            whole_text=arguments.whole_text,
            base_url=arguments.base_url,
            bom=arguments.bom,
        )
    return ALL_READ


def _add_import(commands: Any) -> None:
    made = command(
        commands,
        "import",
        "take annotations made elsewhere as reviews",
        "Take W3C Web Annotations of articles in the archive as reviews: source, cue and content that "
        "people marked in another tool. What cannot be placed in the text is told, never guessed.",
    )
    made.add_argument("inputs", metavar="FILE", nargs="+", help="annotations, JSON-LD")
    made.add_argument("--by", required=True, metavar="NAME", help="who made them")
    made.set_defaults(run=_import)


def _import(arguments: argparse.Namespace) -> int:
    from quotidian.cli import importing

    with opened(arguments) as archive:
        taken, problems = importing.take(archive, [Path(given) for given in arguments.inputs], arguments.by)
        for problem in problems:
            complain(problem)
        tell(f"{many(taken, 'review')} kept")
        joined = not taken or joining.join_added(archive, common.article_reader(arguments).vectors)
    if problems:
        return SOME_FAILED if taken else NONE_READ
    return ALL_READ if joined else SOME_FAILED
