"""Pages and texts that lie in a folder, each in a file of its own."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from quotidian.errors import InputError
from quotidian.reading import sniff
from quotidian.reading.encoding import text_of
from quotidian.reading.limits import Limits, exceeded
from quotidian.reading.record import Record
from quotidian.run.inputs import listing
from quotidian.run.inputs.opening import opened
from quotidian.run.values import Found, Given, Page, Skip


def folder(address: str, limits: Limits) -> Iterator[Found]:
    """The pages and texts that lie directly in a folder; the place of each is its name."""
    for name, path in listing.plain_files(address):
        try:
            with opened(path) as stream:
                found = page(stream, name, limits)
        except InputError as error:
            found = Skip(name, None, "damaged", str(error))
        yield found


def page(stream: BinaryIO, name: str, limits: Limits) -> Found:
    """What is in a file that holds one page or one text, perhaps compressed with gzip."""
    most = limits.bytes_per_page
    suffix = PurePosixPath(name.lower().removesuffix(".gz")).suffix
    try:
        packed = stream.read(2) == sniff.GZIP
        stream.seek(0)
        data = gzip.GzipFile(fileobj=stream).read(most + 1) if packed else stream.read(most + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        return Skip(name, None, "damaged", f"damaged gzip file: {error}")
    if len(data) > most:
        return Skip(name, None, "too large", str(exceeded(limits, "bytes_per_page", "too large")))
    if not data.strip():
        return Skip(name, None, "empty")
    try:
        sniff.refuse_other_media(data[: sniff.HEAD])
    except InputError as error:
        return Skip(name, None, "not html", str(error))
    if sniff.kind_of(data[: sniff.HEAD], suffix) == "page":
        return Page(name, "", None, data, None, "text/html")
    return Given(name, Record(text=text_of(data)))
