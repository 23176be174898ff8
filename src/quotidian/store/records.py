"""A reading as it lies in ``versions.record``: compressed, whole, and checked when it is taken out."""

from __future__ import annotations

import zlib

from quotidian.errors import ArchiveDamaged, QuotidianError
from quotidian.types import Article
from quotidian.write import jsonl

# One of zlib's levels: 6 makes records a quarter smaller than 1, in a millisecond an article.
_LEVEL = 6


def packed(article: Article) -> bytes:
    """The article with everything in it."""
    return zlib.compress(jsonl.line(article).encode(), _LEVEL)


def unpacked(record: bytes) -> Article:
    """The inverse of :func:`packed`, but for confidences, which have four places.

    Raises:
        ArchiveDamaged: the record is not one that was packed.
    """
    try:
        return jsonl.parse(zlib.decompress(record).decode())
    except (zlib.error, ValueError, QuotidianError) as error:
        raise ArchiveDamaged(
            f"a reading in the archive is damaged ({error}): see `quotidian check`, and put back a backup"
        ) from error


def column(text: str) -> str:
    """A text as a column can hold it: PostgreSQL has no U+0000. Offsets stay; the record keeps all.

    >>> column("a\\x00b")
    'a�b'
    """
    return text.replace("\0", "\ufffd")


def column_or_none(text: str | None) -> str | None:
    """:func:`column` of what may be missing."""
    return None if text is None else column(text)


_LARGEST = 2**31 - 1


def number(given: int | None) -> int:
    """A number that the databases can compare with theirs; what cannot be one is nobody's.

    >>> number(7), number(2**40), number(None)
    (7, -1, -1)
    """
    return given if given is not None and 0 < given <= _LARGEST else -1
