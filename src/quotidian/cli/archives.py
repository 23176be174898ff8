"""The commands that fill an archive, ask it, correct it and care for it."""

from __future__ import annotations

import argparse
import getpass
import itertools
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotidian.cli import common
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
from quotidian.errors import InputError, NotInArchive, QuotidianError, UsageError
from quotidian.types import Article, Failure

if TYPE_CHECKING:
    from quotidian.filling import Found, Kept
    from quotidian.store import Archive

WHAT = ("articles", "statements", "entities", "utterances", "reviews")
ROLES = ("reader", "reviewer", "owner")
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
  that it lists are read. JSON lines that `quotidian read` wrote are taken as
  they are.

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
    _add_reread(commands)
    _add_care(commands)
    _add_users(commands)
    _add_match(commands)


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
    return watched.status()


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
    for ours, inputs in itertools.groupby(arguments.inputs, read_back.is_ours):
        if ours:
            yield from ((one, None) for given in inputs for one in read_back.parsed(given))
        else:
            yield from reading.pages(inputs, options)


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
    return f"{counted['new']:,} added, {many(counted['version'], 'new version')}, {counted['unchanged']:,} unchanged"


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
    return SOME_FAILED if problems and taken else NONE_READ if problems else ALL_READ


# --- care ---------------------------------------------------------------------------------------


def _add_reread(commands: Any) -> None:
    reread = command(
        commands,
        "reread",
        "read all articles again with the present model",
        "Read again the articles that another model read. Reviews stay and win. May be stopped and "
        "started again.",
    )
    reread.add_argument("--all", action="store_true", help="those that this model read too")
    group = reread.add_argument_group("how it is read")
    common.add_model(group)
    reread.set_defaults(run=_reread, attributions_only=False)


def _reread(arguments: argparse.Namespace) -> int:
    from quotidian import filling, progress

    with opened(arguments) as archive:
        reader = common.loaded(arguments)
        total = archive.counts().articles
        again = filling.read_again(archive, reader.attributed, reader.model_name, all=arguments.all)
        articles = statements = 0
        try:
            with progress.bar(total) if sys.stderr.isatty() else progress.silent() as advance:
                for _, found in again:
                    articles, statements = articles + 1, statements + found
                    advance()
        finally:
            again_by = f"{many(articles, 'article')} read again by {reader.model_name}"
            tell(f"{again_by}, {many(statements, 'statement')}")
    return ALL_READ


def _add_care(commands: Any) -> None:
    delete = command(
        commands,
        "delete",
        "take articles out of an archive",
        "Take articles out of an archive for good: text, versions, statements, the words in its reviews.",
    )
    delete.add_argument("ids", metavar="ID", nargs="+", help="the article's number, or its own id")
    delete.add_argument("--yes", action="store_true", help="do not ask")
    delete.set_defaults(run=_delete)

    backup = command(
        commands,
        "backup",
        "copy an archive while it is in use",
        "Write a whole and consistent copy of an archive, which may be in use meanwhile.",
    )
    backup.add_argument("output", metavar="FILE", type=Path, help="where to; must not be there yet")
    backup.set_defaults(run=_backup)

    check = command(
        commands,
        "check",
        "see whether an archive is sound",
        "See whether an archive is sound: the file, the search index, every span. Changes nothing.",
    )
    check.add_argument(
        "--rebuild", action="store_true", help="derive everything from readings and reviews again, first"
    )
    check.set_defaults(run=_check)


def _delete(arguments: argparse.Namespace) -> int:
    with opened(arguments) as archive:
        ids = [id for given in arguments.ids for id in _articles(archive, given)]
        for id in dict.fromkeys(ids):
            title = archive.article(id).head.title or f"article {id}"
            if not arguments.yes and not _agreed(f"Take out “{title}” for good?"):
                tell("left as it is")
                continue
            archive.delete(id)
            tell(f"deleted: {title} (article {id})")
    return ALL_READ


def _articles(archive: Archive, given: str) -> list[int]:
    """The articles that a number or an own id names."""
    found = [head.id for head in archive.find(given)]
    if not found and common.is_number(given):
        found = [archive.article(int(given)).head.id]
    if not found:
        raise NotInArchive(f"there is no article {given} in the archive")
    return found


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("nobody is there to ask: say --yes to delete without asking")
    try:
        return input(f"{common.shown(question)} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _backup(arguments: argparse.Namespace) -> int:
    with opened(arguments) as archive:
        archive.backup(arguments.output)
    tell(f"copied to {arguments.output}")
    return ALL_READ


def _check(arguments: argparse.Namespace) -> int:
    with opened(arguments) as archive:
        if arguments.rebuild:
            archive.rebuild()
        problems = archive.check()
        counts = archive.counts()
    for problem in problems:
        complain(problem)
    if problems:
        return SOME_FAILED
    held = ((counts.articles, "article"), (counts.statements, "statement"), (counts.reviews, "review"))
    tell(f"sound: {', '.join(many(number, noun) for number, noun in held)}")
    return ALL_READ


# --- people -------------------------------------------------------------------------------------


def _add_users(commands: Any) -> None:
    users = command(
        commands,
        "users",
        "say who may use the reading room",
        "List those who may use a reading room that others can reach; let people in, or out. The "
        "password is asked for, or read from standard input.",
    )
    users.add_argument("--set", metavar="NAME", help="let somebody in, or change password and role")
    users.add_argument("--role", choices=ROLES, default=ROLES[0], help="default: reader")
    users.add_argument("--remove", metavar="NAME", help="let somebody in no longer")
    users.set_defaults(run=_users)


def _users(arguments: argparse.Namespace) -> int:
    with opened(arguments) as archive:
        if arguments.set:
            archive.set_user(arguments.set, _password(arguments.set), arguments.role)
        if arguments.remove:
            archive.remove_user(arguments.remove)
        for user in archive.users():
            tell(f"{user.name}: {user.role}{'' if user.active else ', not let in'}")
    return ALL_READ


def _password(name: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    try:
        password = getpass.getpass(f"Password for {name}: ")
        again = getpass.getpass("The same again: ")
    except EOFError:
        raise UsageError("no password was given: nothing was changed") from None
    if again != password:
        raise UsageError("the two are not the same: nothing was changed")
    return password


def _add_match(commands: Any) -> None:
    match = command(
        commands,
        "match",
        "look up entities in Wikidata or OpenSanctions",
        "Ask a reconciliation service who an entity may be. Only name, type, office and organisation "
        "are sent. Candidates are shown; --accept keeps one.",
    )
    match.add_argument(
        "entities", metavar="ENTITY", nargs="*", type=count, help="numbers; else the most quoted"
    )
    match.add_argument("--service", required=True, metavar="URL", help="its address")
    match.add_argument("--limit", type=count, default=10, metavar="N", help="how many entities (default: 10)")
    match.add_argument("--accept", metavar="IDENTIFIER", help="keep this one for the one ENTITY given")
    match.add_argument("--by", metavar="NAME", help="who decides (default: you)")
    match.add_argument(
        "--allow-private-hosts", action="store_true", help="ask a service on this computer or its network"
    )
    match.set_defaults(run=_match)


def _match(arguments: argparse.Namespace) -> int:
    from quotidian.cli import matching

    with opened(arguments) as archive:
        try:
            for line in matching.lines(archive, arguments):
                tell(line)
        except InputError as error:
            raise QuotidianError(f"{arguments.service}: {error}") from error
    return ALL_READ
