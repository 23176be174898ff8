"""The values that travel through a run: input files, and what is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quotidian.reading import Record

SkipReason = Literal[
    "http error",
    "redirect",
    "revisit",
    "not html",
    "no response",
    "empty",
    "no text",
    "language",
    "not an article",
    "duplicate address",
    "duplicate text",
    "damaged",
    "broken record",
    "too large",
    "too slow",
    "too much memory",
    "killed its worker",
    "could not be read",
]


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to be read: one task, one shard of the data set.

    Attributes:
        address: as given or found, a local path or an address that fsspec knows.
        size: in bytes; None where that is not known before reading.
        shard: 16 hexadecimal digits, a hash of the address with its relative parts resolved.
    """

    address: str
    size: int | None
    shard: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a web server answered, as it was kept: it may hold an article.

    Attributes:
        place: where it stands in its file, unique there: "offset 1234".
        url: the address that was asked.
        fetched: when it was fetched, ISO 8601 in UTC; never the day of publication.
        body: the page as it was served, its transfer and content encodings undone.
        charset: what the server said of its encoding.
        media_type: what the server said that it is, in lower case and without parameters.
    """

    place: str
    url: str
    fetched: str | None
    body: bytes
    charset: str | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A record that already is an article's text: a JSON line, a row of a Parquet file."""

    place: str
    record: Record


@dataclass(frozen=True, slots=True)
class Skip:
    """A record that was not taken, and why; ``bytes`` is how many of the file a gap costs."""

    place: str
    url: str | None
    reason: SkipReason
    detail: str = ""
    bytes: int | None = None


Found = Page | Given | Skip
