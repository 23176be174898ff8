"""Where a format is written to: standard output, or a file that appears when it is whole."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from quotidian.errors import UsageError

FORMATS = ("terminal", "jsonl", "csv", "html", "webannotation")
WHO_FORMATS = ("text", "jsonl", "csv")

_ENDINGS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".jsonld": "webannotation",
}


def format_of(chosen: str | None, output: Path | None, formats: Sequence[str] = FORMATS) -> str:
    """The format to write: as chosen, or as the file's ending says; the first of them by default.

    >>> format_of(None, Path("statements.csv"))
    'csv'

    Raises:
        UsageError: a file whose ending says nothing, and no choice.
    """
    if chosen is not None:
        return chosen
    if output is None or output.suffix.lower() == ".txt":
        return formats[0]
    form = _ENDINGS.get(output.suffix.lower())
    if form is None or form not in formats:
        raise UsageError(f"{output} could hold any format: choose one with --format {'|'.join(formats)}")
    return form


@contextmanager
def opened_for_bytes(path: Path | None) -> Iterator[BinaryIO]:
    """As :func:`opened`, for what is written as bytes."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield file
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def opened(path: Path | None, exact: bool = True) -> Iterator[TextIO]:
    """A text file to write to; ``path`` None is standard output.

    A file gets its name when it is whole: until then, and if anything fails, what was there
    stays. ``exact`` makes standard output UTF-8 without translated line ends, as files are.
    """
    if path is None:
        if exact and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        sys.stdout.flush()
        return
    target = path.resolve()
    if target.exists() and not target.is_file():  # a pipe or a device is written to as it is
        with target.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="") as file:
            yield file
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
