"""Scores the day a statement was made, the attributions given as people marked them.

A day is right where its EDTF is the label's, or one of the others that a careful reader could defend
(``also``). ``open``, the label where the text does not say when, is right where we give a bound or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import corpus
from evaluation.labels import labels as rows
from evaluation.predict import Resolved
from evaluation.shares import Share, share
from evaluation.types import Document
from quotidian import when
from quotidian.types import Said

FILE = Path(__file__).parent / "gold" / "said.jsonl"
OPEN = "open"
# The day of each statement, by the document's name and the attribution's number.
Days = Mapping[str, Mapping[int, Said]]


@dataclass(frozen=True, slots=True)
class Label:
    """The day of one attribution: EDTF or "open", and what else a reader could defend."""

    doc: str
    ar: int
    said: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A label and what we say of the same statement."""

    label: Label
    ours: Said | None

    @property
    def day(self) -> str:
        """The day that we give; "open" where it is a bound or nothing."""
        given = self.ours is not None and self.ours.from_ in ("words", "context")
        return (self.ours.edtf if self.ours and given else None) or OPEN

    @property
    def right(self) -> bool:
        """Whether it is the label's or may be."""
        return self.day in (self.label.said, *self.label.also)


def labels(path: Path = FILE) -> list[Label]:
    """The labels of a file.

    Raises:
        NotFound, BadRecord: as :func:`evaluation.labels.labels`.
    """
    return rows(path, _label)


def _label(row: Mapping[str, Any]) -> Label:
    return Label(row["doc"], row["ar"], row["said"], tuple(row["also"]))


def by_words(gold: Iterable[Document]) -> Days:
    """The days of marked attributions without a model: who speaks is told by the sources' words alone."""
    return {one.doc: _by_words(one) for one in gold}


def _by_words(one: Document) -> Mapping[int, Said]:
    article, numbers = corpus.numbered(one)
    published = when.day_of(article.published)
    dates = when.dates(article.text, published)
    return dict(zip(numbers, when.said(article.text, article.attributions, dates, published), strict=True))


def of_resolved(resolved: Mapping[str, Resolved]) -> Days:
    """The days of statements that a reader resolved."""
    return {
        doc: {number: statement.said for number, statement in one.statements.items()}
        for doc, one in resolved.items()
    }


def compare(wanted: Iterable[Label], given: Days) -> list[Compared]:
    """Every label with our day."""
    return [Compared(label, given[label.doc].get(label.ar)) for label in wanted]


def rightly(compared: Sequence[Compared]) -> Share:
    """How many are right, or rightly open."""
    return share(sum(one.right for one in compared), len(compared))


def figures_of(compared: Sequence[Compared]) -> dict[str, float]:
    """The figure that has a floor."""
    return {"said": round(rightly(compared).percent, 2)}


def by_ground(compared: Iterable[Compared]) -> dict[str, Share]:
    """How many are right, by what dates ours: words, context, published, nothing."""
    by: dict[str, list[Compared]] = {}
    for one in compared:
        by.setdefault(one.ours.from_ if one.ours else "nothing", []).append(one)
    return {ground: rightly(these) for ground, these in sorted(by.items())}


def wrong(compared: Iterable[Compared]) -> list[str]:
    """What is not right, a line for each statement, for reading."""
    return [
        f"{one.label.doc} {one.label.ar}: labelled {one.label.said}, ours {one.day}"
        for one in compared
        if not one.right
    ]
