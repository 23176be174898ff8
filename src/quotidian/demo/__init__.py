"""Two weeks of invented news by six invented outlets: the demonstration, and end-to-end gold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quotidian import reading
from quotidian.types import Article, Failure

CORPUS = Path(__file__).parent / "corpus"


def pages() -> list[Path]:
    """The pages, by the day of publication; a later version of a page after the first."""
    return sorted((CORPUS / "pages").glob("*/*.html"), key=lambda path: (_day(path), _version(path), path))


def found() -> Iterator[tuple[Article | Failure, bytes | None]]:
    """The articles on the pages, each with its page."""
    return reading.pages(pages())


def _day(path: Path) -> str:
    return path.name[:10]


def _version(path: Path) -> int:
    return 2 if path.name.endswith(".v2.html") else 1
