"""Labels of attributions as files: JSON lines, each with ``doc``, ``ar`` and what people say of it.

``doc`` names an article of PolNeAR, ``ar`` is an attribution's place in that article's list.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from evaluation.types import Document
from quotidian.errors import BadRecord, NotFound, UsageError

T = TypeVar("T")


class OfAttribution(Protocol):
    """A label of an attribution: of which document, and which number it has there."""

    @property
    def doc(self) -> str:
        """The document's name."""

    @property
    def ar(self) -> int:
        """The attribution's place in the document's list."""


def labels(path: Path, made: Callable[[dict[str, Any]], T]) -> list[T]:
    """The labels of a file, each ``made`` of its row, in the file's order.

    Raises:
        NotFound: there is no such file.
        BadRecord: a row of which no label can be made; the line is named.
    """
    if not path.exists():
        raise NotFound(f"{path}: no such file; docs/how-to/evaluate.md says where labels are")
    found: list[T] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                found.append(made(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise BadRecord(f"{path}, line {number}: not a label: {error!r}") from error
    return found


def labelled(gold: Iterable[Document], found: Iterable[OfAttribution]) -> list[Document]:
    """The documents that the labels are of, in their order.

    Raises:
        UsageError: a label is of an attribution that is not there.
    """
    numbers: dict[str, set[int]] = {}
    for label in found:
        numbers.setdefault(label.doc, set()).add(label.ar)
    kept = [one for one in gold if one.doc in numbers]
    for one in kept:
        if absent := numbers.pop(one.doc) - set(range(len(one.attributions))):
            raise UsageError(f"{one.doc} has labels of attributions that it has not: {sorted(absent)}")
    if numbers:
        raise UsageError(f"labels of documents that are not there: {', '.join(sorted(numbers))}")
    return kept


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are the same, case and a leading "the" aside.

    >>> same_name("The Ostmere Ledger", "Ostmere ledger"), same_name("Lindqvist", "Mara Lindqvist")
    (True, False)
    """
    return plain(one) == plain(other)


def plain(name: str | None) -> str:
    """A name as it is compared; empty where there is none.

    >>> plain("The Harbour Office")
    'harbour office'
    """
    return (name or "").casefold().removeprefix("the ").strip()
