"""A program that adds articles to an archive in batches, and tells each that is kept for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from quotidian.store import opened
from quotidian.write import jsonl

AT = datetime(2031, 3, 6, 9, tzinfo=UTC)


def add(location: str, lines: Sequence[str], size: int, tell: Callable[[str], object]) -> None:
    """Add the articles of JSON lines, ``size`` of them at once; what is there already is left."""
    tell("begun")
    with opened(location) as archive:
        for start in range(0, len(lines), size):
            given = [jsonl.parse(line) for line in lines[start : start + size]]
            with archive.batch() as batch:
                kept = [batch.add(article, at=AT) for article in given if not batch.knows(article)]
            for one in kept:
                tell(str(one.article))
