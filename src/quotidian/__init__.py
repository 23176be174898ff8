"""Quotidian keeps the daily record of who said what.

>>> import quotidian
>>> article = quotidian.read_text("The ferry will sail on Monday, said Mara Lindqvist.")
>>> article.attributions[0].source.text
'Mara Lindqvist'
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotidian._version import __version__
from quotidian.errors import QuotidianError
from quotidian.types import (
    Article,
    Attribution,
    Date,
    Entity,
    Failure,
    Mention,
    Passage,
    Span,
    Speaker,
    Statement,
)

if TYPE_CHECKING:
    from quotidian.pipeline import Reader
    from quotidian.store import Archive

__all__ = [
    "Archive",
    "Article",
    "Attribution",
    "Date",
    "Entity",
    "Failure",
    "Mention",
    "Passage",
    "QuotidianError",
    "Reader",
    "Span",
    "Speaker",
    "Statement",
    "__version__",
    "open_archive",
    "read",
    "read_text",
]


def __getattr__(name: str) -> Any:
    # What loads the runtime, or SQLAlchemy: only when asked for.
    if name == "Reader":
        from quotidian.pipeline import Reader

        return Reader
    if name == "Archive":
        from quotidian.store import Archive

        return Archive
    raise AttributeError(f"module 'quotidian' has no attribute {name!r}")


@cache
def _reader() -> Reader:
    from quotidian.pipeline import Reader

    return Reader()


def read(source: str | Path) -> Article:
    """Read the one article at a path or an http(s) address, with a reader that stays loaded.

    Raises:
        InputError: it cannot be read; the message says why.
    """
    return _reader().read(source)


def read_text(text: str, **about: Any) -> Article:
    """Read a text that is at hand; ``about`` is what :meth:`Reader.read_text` takes."""
    return _reader().read_text(text, **about)


def open_archive(location: str | Path, *, create: bool = True) -> Archive:
    """The archive in a file or at a PostgreSQL address; use it with ``with``, or close it.

    Args:
        location: a path, or ``postgresql://user@host/name``.
        create: whether to make one where there is none.

    Raises:
        StoreError: it cannot be opened, is no archive, or one of a newer version; the message says
            what to do.
    """
    from quotidian import store

    return store.opened(location, create=create)
