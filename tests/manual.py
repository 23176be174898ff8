"""Runs the examples of a page of documentation, in the order in which a reader meets them.

Blocks marked ``console`` are run: a line that starts with ``$ `` is a command, what follows is what
it prints (``...`` stands for anything; nothing shown, nothing compared). Blocks marked ``python``
are run too, as a doctest where they have prompts. Blocks marked ``sh`` hold what a test cannot run
(it takes the network, or hours): there every command is only checked to exist, options included.
"""

from __future__ import annotations

import doctest
import importlib.util
import io
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from quotidian import cli

ROOT = Path(__file__).parents[1]
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
REAL = {"cat", "cp", "echo", "grep", "head", "ls", "mkdir", "printf", "sort", "tail", "wc"}
PYTHONS = {"python", "python3", ".venv/bin/python"}
TAKEN_ON_TRUST = {".venv/bin/pip", "cd", "git", "pip", "source", "split"}
AS_SHOWN = doctest.ELLIPSIS | doctest.REPORT_NDIFF


class Block(NamedTuple):
    """A fenced block: its language, its text and the line where it begins."""

    language: str
    text: str
    line: int


class Command(NamedTuple):
    """What a reader types, and what the page says comes out."""

    typed: str
    shown: str


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a Markdown page.

    >>> list(blocks("One\\n```console\\n$ ls\\n```\\n"))
    [Block(language='console', text='$ ls\\n', line=2)]
    """
    for found in re.finditer(r"^```(\w+)[^\n]*\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        yield Block(found[1], found[2], page.count("\n", 0, found.start()) + 1)


def commands(console: str) -> Iterator[Command]:
    """The commands of a ``console`` block with what each prints.

    >>> list(commands("$ ls\\na.txt\\n$ cat a.txt \\\\\\n>   b.txt\\n"))
    [Command(typed='ls', shown='a.txt\\n'), Command(typed='cat a.txt   b.txt', shown='')]
    """
    joined = re.sub(r"\\\n(?:> )?", "", console)
    for part in re.split(r"^\$ ", joined, flags=re.MULTILINE)[1:]:
        typed, _, shown = part.partition("\n")
        yield Command(typed, shown)


def words_of(typed: str) -> list[str]:
    """A command's words, with ``|`` and ``>`` as words of their own, without a comment."""
    lexer = shlex.shlex(typed, posix=True, punctuation_chars="|>")
    lexer.whitespace_split = True
    return list(lexer)


@dataclass
class Terminal:
    """Runs commands in the current folder, ``quotidian`` itself in this process."""

    status: int = 0
    screen: bytes = b""
    python: dict[str, object] = field(default_factory=dict)

    def run(self, typed: str) -> str:
        """What a command prints; its exit status is kept in ``status``."""
        self.screen = b""
        if typed == "echo $?":
            return f"{self.status}\n"
        words = words_of(typed)
        target = None
        if ">" in words:
            at = words.index(">")
            words, target = words[:at], words[at + 1]
        out = b""
        for argv in split(words, "|"):
            out = self.one(argv, out)
        if target:
            Path(target).write_bytes(out)
            out = b""
        return (self.screen + out).decode()

    def one(self, argv: list[str], given: bytes) -> bytes:
        """One command of a pipe: what it puts out, with ``given`` as its standard input."""
        if argv[0] == "quotidian":
            return self.quotidian(argv[1:], given)
        if argv[0] in REAL:
            done = subprocess.run(argv, input=given, capture_output=True, check=False)
            self.status = done.returncode
            self.screen += done.stderr
            return done.stdout
        check(argv)
        self.status = 0
        return b""

    def quotidian(self, argv: list[str], given: bytes) -> bytes:
        """The command line of the project, with its own standard streams."""
        out, errors = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given), "utf-8")
        try:
            with redirect_stdout(out), redirect_stderr(errors):
                self.status = cli.main(argv)
        except SystemExit as ended:
            self.status = ended.code if isinstance(ended.code, int) else 1
        finally:
            sys.stdin = before
        self.screen += content(errors)
        return content(out)


def content(stream: io.TextIOWrapper) -> bytes:
    """What was written to a stream."""
    stream.flush()
    buffer = stream.detach()
    buffer.seek(0)
    return buffer.read()


def split(words: list[str], at: str) -> Iterator[list[str]]:
    """The lists of words between the words ``at``.

    >>> list(split(["cat", "a", "|", "head"], "|"))
    [['cat', 'a'], ['head']]
    """
    part: list[str] = []
    for word in words:
        if word == at:
            yield part
            part = []
        else:
            part.append(word)
    yield part


def check(argv: list[str]) -> None:
    """A command that is not run here: it has to exist, with the options that are given."""
    while argv and re.fullmatch(r"[A-Z_]+=.*", argv[0]):
        argv = argv[1:]
    if "quotidian" in argv:  # as a word of another command: xargs quotidian read
        argv = argv[argv.index("quotidian") :]
    name, *rest = argv
    if name == "quotidian":
        cli.parser().parse_args(rest)
    elif name == "make":
        assert next(word for word in rest if "=" not in word) in TARGETS, f"no such target: {argv}"
    elif name in PYTHONS and rest[0] == "-m":
        assert importlib.util.find_spec(rest[1]), f"no such module: {rest[1]}"
    else:
        assert name in {*REAL, *TAKEN_ON_TRUST}, f"unknown command: {argv}"


def try_out(block: Block, terminal: Terminal) -> None:
    """Run a block; what it shows has to be what comes out."""
    if block.language == "console":
        for command in commands(block.text):
            compare(command, terminal)
    elif block.language == "sh":
        for line in re.sub(r"\\\n", "", block.text).splitlines():
            for argv in split(words_of(line), "|"):
                if argv:
                    check(argv[: argv.index(">")] if ">" in argv else argv)
    elif block.language == "python":
        run_python(block, terminal.python)


def compare(command: Command, terminal: Terminal) -> None:
    """Run one command and hold what it prints against what is shown."""
    before = terminal.status
    printed = terminal.run(command.typed)
    assert command.typed == "echo $?" or not before, f"an exit status of {before} before {command.typed!r}"
    if not command.shown:
        return
    wanted, got = (trimmed(text) for text in (command.shown, printed))
    checker = doctest.OutputChecker()
    if not checker.check_output(wanted, got, AS_SHOWN):
        example = doctest.Example(command.typed, wanted)
        raise AssertionError(f"$ {command.typed}\n{checker.output_difference(example, got, AS_SHOWN)}")
    if command.typed == "echo $?":
        terminal.status = 0


def trimmed(text: str) -> str:
    """The text without spaces at the ends of lines, and without empty lines around it.

    >>> trimmed("\\n a  \\n\\n")
    ' a\\n'
    """
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n") + "\n"


def run_python(block: Block, names: dict[str, object]) -> None:
    """Run a block of Python, with the names of the blocks before it."""
    if ">>>" not in block.text:
        exec(compile(block.text, f"line {block.line}", "exec"), names)
        return
    test = doctest.DocTestParser().get_doctest(block.text, names, "example", None, block.line)
    runner = doctest.DocTestRunner(optionflags=AS_SHOWN | doctest.NORMALIZE_WHITESPACE, verbose=False)
    report: list[str] = []
    runner.run(test, out=report.append, clear_globs=False)
    names.update(test.globs)
    assert not runner.failures, "".join(report)
