"""Files, folders and standard input → the records in them."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from quotidian.errors import BadRecord, InputError, NotAnArticle, NotFound
from quotidian.reading import tables
from quotidian.reading.encoding import text_of
from quotidian.reading.limits import exceeded
from quotidian.reading.options import Options
from quotidian.reading.page import page_record
from quotidian.reading.record import Record
from quotidian.reading.sniff import GZIP, HEAD, SUFFIXES, kind_of, refuse_other_media

Found = tuple[str, Record | InputError]

_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


def folder(path: Path) -> list[Path]:
    """The files of a folder and its folders that may hold articles, in a stable order.

    Hidden files are left out, and those that neither their name nor their beginning shows to be
    articles. Links to folders are not followed.

    Raises:
        NotFound: where there is none.
    """
    found = []
    for here, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(here, name) for name in names if not name.startswith(".")]
    found = sorted((p for p in found if _may_be_article(p)), key=lambda p: p.parts)
    if not found:
        raise NotFound("no articles in this folder")
    return found


def file(path: Path, options: Options) -> Iterator[Found]:
    """The records of one file, each with its place in it ("" if it is the only one)."""
    with _errors_named(), path.open("rb") as raw:
        yield from stream(cast(BinaryIO, raw), path.name, options)


def standard_input(options: Options) -> Iterator[Found]:
    """The records of standard input, whose kind is told from its beginning."""
    with _errors_named():
        yield from stream(cast(BinaryIO, sys.stdin.buffer), "", options)


def stream(raw: BinaryIO, name: str, options: Options) -> Iterator[Found]:
    """The records in a stream of bytes.

    Args:
        raw: the bytes, from their beginning.
        name: the file's name, whose suffix may say what it is.
        options: how to read it.

    Raises:
        NotAnArticle: for documents, images, archives and other binary data.
        LimitExceeded: for a page too large.
    """
    opened = _buffered(raw)
    if opened.peek(2)[:2] == GZIP:
        opened = io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=opened)), HEAD)
        name = name.removesuffix(".gz").removesuffix(".GZ")
    head = opened.peek(HEAD)[:HEAD]
    suffix = Path(name).suffix
    kind = kind_of(head, suffix)
    if kind == "page" or suffix.lower() not in SUFFIXES or not _is_unicode(head):
        refuse_other_media(head)
    if kind == "lines":
        yield from tables.json_lines(opened, options.limits)
    elif kind == "table":
        separator = "\t" if suffix.lower() == ".tsv" else None
        yield from tables.table(opened, options.limits, options.columns, separator)
    elif kind == "json":
        yield from _json(opened, options)
    else:
        data = _whole(opened, options)
        record = page_record(data, options.limits) if kind == "page" else Record(text=text_of(data))
        yield "", replace(record, page=data) if kind == "page" else record


def display_name(path: str | os.PathLike[str]) -> str:
    """A path as text that can be printed and stored, whatever bytes its name has.

    >>> display_name("a\\nb.txt")
    'a\\\\nb.txt'
    """
    text = os.fspath(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _json(opened: io.BufferedReader, options: Options) -> Iterator[Found]:
    """A JSON document; one with a first line that is a record of its own is JSON lines."""
    head = opened.peek(HEAD)[:HEAD]
    first, newline, rest = head.partition(b"\n")
    first = first.removeprefix(b"\xef\xbb\xbf").strip()
    whole_line = rest.strip() and first.startswith(b"{") and first.endswith(b"}")
    long_line = not newline and len(head) >= HEAD and first.startswith(b"{")
    if whole_line or long_line:
        yield from tables.json_lines(opened, options.limits)
    else:
        yield from tables.json_document(_whole(opened, options), options.limits)


def _whole(opened: io.BufferedReader, options: Options) -> bytes:
    most = options.limits.bytes_per_page
    data = opened.read(most + 1)
    if len(data) > most:
        raise exceeded(options.limits, "bytes_per_page", "too large")
    return data


def _buffered(raw: BinaryIO) -> io.BufferedReader:
    """The stream with enough of it ready to be looked at without being taken."""
    raw = getattr(raw, "raw", raw)
    return io.BufferedReader(cast(io.RawIOBase, raw), HEAD)


def _is_unicode(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # cut off in the middle of a character
    return True


def _may_be_article(path: Path) -> bool:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        suffixes = [s.lower() for s in path.suffixes]
        if suffixes[-1:] == [".gz"]:
            suffixes.pop()
        if suffixes and suffixes[-1] in SUFFIXES:
            return True
        with path.open("rb") as opened:
            return kind_of(opened.read(HEAD)) == "page"
    except OSError:
        return True  # so that reading it says why it cannot be read


@contextmanager
def _errors_named() -> Iterator[None]:
    """What the system says went wrong, as an error of ours."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound("no such file or folder") from error
    except _DAMAGED as error:
        raise NotAnArticle(f"not an article we can read: damaged gzip file ({error})") from error
    except UnicodeError as error:
        raise BadRecord(f"cannot be decoded: {error}") from error
    except OSError as error:
        raise InputError(f"cannot be read: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # a path with a NUL in it
        raise NotFound(f"cannot be read: {error}") from error
