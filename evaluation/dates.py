"""Scores date expressions against TimeBank and AQUAINT, as TempEval-3 cleaned them (UzZaman et al. 2013).

A DATE is found where one of ours shares a character with it, each of ours answering for one of gold's; it is
right where the TIMEX3 values are the same. The figure is F1 of the right ones, in percent.

One article in five is set aside as *dev* by :func:`is_dev`: by its name alone, fixed before the
grammar was written. Whoever changes the grammar looks only at the others (*train*).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from quotidian.errors import BadRecord, NotFound
from quotidian.types import Date, Span
from quotidian.when import day_of

Part = Literal["dev", "train", "all"]
Finder = Callable[[str, date | None], Sequence[Date]]


@dataclass(frozen=True, slots=True)
class Marked:
    """A date expression that a person marked: where, TIMEX3 type and value."""

    span: Span
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A text, its day of publication and the expressions marked in it."""

    doc: str
    published: date | None
    text: str
    marked: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many DATEs are marked, given by us, found and right."""

    wanted: int = 0
    given: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.wanted + other.wanted,
            self.given + other.given,
            self.found + other.found,
            self.right + other.right,
        )

    @property
    def f1(self) -> float:
        """Of the right ones, in percent."""
        return self._f1(self.right)

    @property
    def found_f1(self) -> float:
        """Of those found, whatever their value, in percent."""
        return self._f1(self.found)

    def _f1(self, good: int) -> float:
        both = self.wanted + self.given
        return 200 * good / both if both else 0.0

    def __str__(self) -> str:
        return (
            f"DATE value F1 {self.f1:.1f} (found, whatever the value: {self.found_f1:.1f}): "
            f"wanted {self.wanted}, given {self.given}, found {self.found}, right {self.right}"
        )


def is_dev(doc: str) -> bool:
    """Whether an article is set aside: its name's SHA-256 is a multiple of five.

    >>> is_dev("wsj_0006"), is_dev("APW19980807.0261")
    (False, True)
    """
    return int(hashlib.sha256(doc.encode()).hexdigest(), 16) % 5 == 0


def read(path: Path, part: Part = "dev") -> list[Dated]:
    """The marked texts of one part of the corpus, JSON lines ``doc, published, text, timex``.

    Raises:
        NotFound: there is no such file.
        BadRecord: a row that is none; the line is named.
    """
    if not path.exists():
        raise NotFound(f"{path}: no such file; docs/how-to/evaluate.md says where the data are")
    kept: list[Dated] = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as lines:
        for number, line in enumerate(lines, start=1):
            try:
                one = _dated(line)
            except (ValueError, KeyError, TypeError) as error:
                raise BadRecord(f"{path}, line {number}: not a text with dates: {error!r}") from error
            if part == "all" or is_dev(one.doc) == (part == "dev"):
                kept.append(one)
    return kept


def _dated(line: str) -> Dated:
    row = json.loads(line)
    return Dated(
        row["doc"],
        day_of(row["published"]),
        row["text"],
        tuple(Marked(Span(t["start"], t["end"]), t["type"], t["value"]) for t in row["timex"]),
    )


def score(texts: Iterable[Dated], find: Finder) -> Count:
    """Count what ``find`` finds in the texts."""
    return sum((compare(one.marked, find(one.text, one.published)) for one in texts), Count())


def compare(marked: Iterable[Marked], given: Iterable[Date]) -> Count:
    """Count the DATEs of one text."""
    wanted = [one for one in marked if one.type == "DATE"]
    free = [one for one in given if one.type == "DATE"]
    total, found, right = len(free), 0, 0
    for gold in wanted:
        ours = next((one for one in free if _overlap(one, gold.span)), None)
        if ours is not None:
            free.remove(ours)
            found += 1
            right += ours.value == gold.value
    return Count(len(wanted), total, found, right)


def as_dict(count: Count) -> dict[str, float]:
    """A count with its figures, in percent to two decimals."""
    figures = {"f1": round(count.f1, 2), "found_f1": round(count.found_f1, 2)}
    return {**figures, **asdict(count)}


def figures_of(count: Count) -> dict[str, float]:
    """The figure that has a floor."""
    return {"dates": round(count.f1, 2)}


def _overlap(one: Date, span: Span) -> bool:
    return any(start < span.end and end > span.start for start, end in one.passage.spans)
