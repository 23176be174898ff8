"""What an input file is: told by its first bytes where they say so, else by its name."""

from __future__ import annotations

import zlib
from pathlib import PurePosixPath
from typing import BinaryIO, Literal
from urllib.parse import urlsplit

from quotidian.errors import NotAnArticle
from quotidian.reading import sniff

Kind = Literal["warc", "wacz", "parquet", "records", "page"]

_BY_SUFFIX: dict[str, Kind] = {
    ".warc": "warc",
    ".wacz": "wacz",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "records",
    ".ndjson": "records",
    ".json": "records",
    ".csv": "records",
    ".tsv": "records",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".shtml": "page",
    ".txt": "page",
    ".text": "page",
}
# What a file may be compressed with: the suffixes that its name then has behind its own.
_COMPRESSED = frozenset({".gz", ".zst"})
ZSTANDARD = b"\x28\xb5\x2f\xfd"
_HEAD = 4096


def name_of(address: str) -> str:
    """The last part of a path or of an address, without its query.

    >>> name_of("https://crawl.example/2026/03.warc.gz?version=2")
    '03.warc.gz'
    """
    path = urlsplit(address).path if "://" in address else address
    return PurePosixPath(path.replace("\\", "/")).name


def by_name(address: str) -> Kind | None:
    """What a file's name says that it is.

    >>> by_name("crawl/day.warc.gz"), by_name("crawl/notes.pdf")
    ('warc', None)
    """
    suffixes = [suffix.lower() for suffix in PurePosixPath(name_of(address)).suffixes]
    if suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    return _BY_SUFFIX.get(suffixes[-1]) if suffixes else None


def by_first_bytes(head: bytes) -> Kind | None:
    """What a file's first bytes say that it is, where they leave no doubt."""
    if head.startswith(sniff.GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, _HEAD)
        except zlib.error:
            return None
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PK\x03\x04"):
        return "wacz"
    return "parquet" if head.startswith(b"PAR1") else None


def kind_of(stream: BinaryIO, address: str) -> Kind:
    """What to read a file as; the stream is left at its beginning.

    Raises:
        NotAnArticle: nothing that we read; it says what it is.
    """
    head = stream.read(_HEAD)
    stream.seek(0)
    if head.startswith(ZSTANDARD) and by_name(address) == "warc":
        raise NotAnArticle("a WARC compressed with Zstandard: unpack it first (unzstd)")
    kind = by_first_bytes(head) or by_name(address)
    if kind is not None:
        return kind
    if not head.startswith((sniff.GZIP, ZSTANDARD)):
        sniff.refuse_other_media(head)
    return "page" if sniff.kind_of(head) == "page" else "records"
