"""The command ``quotidian``: reads its arguments, calls the pipeline or the archive, writes a format.

What is heavy is imported where it is used, so that ``--help`` and ``--version`` are instant.
argparse, because that is all the commands need, and because it is there.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quotidian._version import __version__
from quotidian.cli import archives, articles, care, rooms, runs, tracing
from quotidian.cli.common import INTERRUPTED, NONE_READ, PIPE_CLOSED, complain, silence_stdout
from quotidian.errors import ModelError, QuotidianError

_DESCRIPTION = """\
Finds every statement that a news article attributes to somebody: who said it,
about whom, on which day, in whose words, and where it stands. Runs on this
computer's processor and sends nothing anywhere."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the result is the exit status."""
    arguments = parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        silence_stdout()
        return PIPE_CLOSED
    except QuotidianError as error:
        complain(str(error))
        return NONE_READ
    except OSError as error:
        complain(f"{error.filename or 'cannot write'}: {error.strerror or error}")
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
    articles.add_commands(commands)
    archives.add_commands(commands)
    tracing.add_commands(commands)
    care.add_commands(commands)
    rooms.add_commands(commands)
    runs.add_commands(commands)
    return top


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
