"""The commands that care for an archive: reread, join, delete, backup, check, users, match."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotidian.cli import common, joining, joins
from quotidian.cli.archives import command, opened
from quotidian.cli.common import ALL_READ, SOME_FAILED, complain, count, many, tell
from quotidian.errors import InputError, NotInArchive, QuotidianError, UsageError

if TYPE_CHECKING:
    from quotidian.store import Archive

ROLES = ("reader", "reviewer", "owner")


def add_commands(commands: Any) -> None:
    """All of them, each with its options."""
    _add_reread(commands)
    _add_join(commands)
    _add_delete(commands)
    _add_backup(commands)
    _add_check(commands)
    _add_users(commands)
    _add_match(commands)


# --- what is in it ------------------------------------------------------------------------------


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
        read = common.article_reader(arguments)
        reader = read.reader
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
        joined = joining.join_added(archive, read.vectors)
    return ALL_READ if joined else SOME_FAILED


def _add_join(commands: Any) -> None:
    join = command(
        commands,
        "join",
        "find out which statements report the same words",
        "Join what waits to the rest of the archive: which statements report one act of saying, which "
        "articles copy others, which are of one event. Adding does so by itself; what was added "
        "elsewhere, or when it was stopped, waits. Or join the articles of a data set, across all its "
        "shards. May be stopped and started again.",
    )
    join.add_argument("--again", action="store_true", help="forget what was joined, and join everything anew")
    common.add_engine(join.add_argument_group("how it is read"))
    joins.add_join_options(join.add_argument_group("for the folder of a data set"))
    join.set_defaults(run=_join)


def _join(arguments: argparse.Namespace) -> int:
    if joins.is_dataset(arguments.archive) or Path(arguments.archive).is_dir():
        return joins.join_dataset(arguments.archive, arguments)
    with opened(arguments) as archive:
        if arguments.again:
            archive.join_again()
        joined = joining.join(archive, common.article_reader(arguments).vectors)
    tell(
        f"{many(joined.articles, 'article')} joined, {many(joined.statements, 'statement')}, "
        f"{many(joined.links, 'link')}"
    )
    return ALL_READ


def _add_delete(commands: Any) -> None:
    delete = command(
        commands,
        "delete",
        "take articles out of an archive",
        "Take articles out of an archive for good: text, versions, statements, the words in its reviews.",
    )
    delete.add_argument("ids", metavar="ID", nargs="+", help="the article's number, or its own id")
    delete.add_argument("--yes", action="store_true", help="do not ask")
    delete.set_defaults(run=_delete)


def _add_backup(commands: Any) -> None:
    backup = command(
        commands,
        "backup",
        "copy an archive while it is in use",
        "Write a whole and consistent copy of an archive, which may be in use meanwhile.",
    )
    backup.add_argument("output", metavar="FILE", type=Path, help="where to; must not be there yet")
    backup.set_defaults(run=_backup)


def _add_check(commands: Any) -> None:
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
            joining.join(archive, common.article_reader(arguments).vectors)
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
        users = archive.users()
        for user in users:
            tell(f"{user.name}: {user.role}{'' if user.active else ', not let in'}")
    if not users:
        tell("nobody yet: on this computer alone the reading room needs no login")
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
