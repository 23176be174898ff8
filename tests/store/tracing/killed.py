"""A program that adds and joins articles a few at a time, to be killed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotidian.store import opened
from quotidian.store.tracing import joining
from quotidian.write import jsonl
from store.tracing.newsroom import AT


def join(location: str, lines: Sequence[str], tell: Callable[[str], None]) -> None:
    """Add articles of JSON lines that are not there yet, and join them three at a time."""
    tell("begun")
    joining.BATCH = 3
    with opened(location) as archive:
        for line in lines:
            article = jsonl.parse(line)
            if not archive.knows(article):
                archive.add(article, at=AT)
        archive.join(progress=lambda done, total: tell(str(done)))
