"""Scores the people, organisations and places that are mentioned by name.

A name is right if its span and its type are those that were read. Names of other types, and mentions by
description or pronoun, count neither for nor against.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.report import Report, percent
from evaluation.score import Rate
from quotidian.errors import UsageError
from quotidian.types import Article, Mention

FILE = Path(__file__).parent / "gold" / "names.jsonl"
TYPES = ("person", "organisation", "place")


class Name(NamedTuple):
    """A name in a text: ``text[start:end]``, and of what it is one."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Label:
    """The names of a document, as one reader marked them."""

    doc: str
    names: frozenset[Name]


def label(row: Mapping[str, Any], reading: str = "names") -> Label:
    """A row of the file of labels; ``reading`` is "names" or "second"."""
    return Label(row["doc"], frozenset(Name(*name) for name in row[reading]))


@dataclass(frozen=True, slots=True)
class Compared:
    """A document's names as read and as found."""

    article: Article
    wanted: frozenset[Name]
    found: frozenset[Name]


def compared(labels: Iterable[Label], articles: Iterable[Article]) -> list[Compared]:
    """Each labelled document with what was found in it.

    Raises:
        UsageError: a label is of a document that is not there.
    """
    read = {article.id: article for article in articles}
    made = []
    for one in labels:
        if one.doc not in read:
            raise UsageError(f"{one.doc} has labels but is not among the documents")
        made.append(Compared(read[one.doc], one.names, named(read[one.doc].mentions)))
    return made


def named(mentions: Sequence[Mention]) -> frozenset[Name]:
    """The people, organisations and places that are mentioned by name."""
    return frozenset(
        Name(*mention.passage.spans[0], mention.type)
        for mention in mentions
        if mention.form == "name" and mention.type in TYPES
    )


def rates(these: Sequence[Compared]) -> dict[str, Rate]:
    """Precision and recall over all names, and for each type."""
    return {
        kind: _rate([(_of_type(one.wanted, kind), _of_type(one.found, kind)) for one in these])
        for kind in ("all", *TYPES)
    }


def _of_type(names: frozenset[Name], kind: str) -> frozenset[Name]:
    return frozenset(name for name in names if kind in ("all", name.type))


def _rate(pairs: Sequence[tuple[frozenset[Name], frozenset[Name]]]) -> Rate:
    right = sum(len(wanted & found) for wanted, found in pairs)
    return Rate(right, sum(len(found) for _, found in pairs), right, sum(len(wanted) for wanted, _ in pairs))


def agreement(one: Iterable[Label], other: Iterable[Label]) -> Rate:
    """How far two readings of the same documents are the same; the second counts as wanted."""
    second = {label.doc: label.names for label in other}
    return _rate([(second[label.doc], label.names) for label in one])


def report(these: Sequence[Compared]) -> Report:
    """The rates as numbers, in percent."""
    return {kind: {**percent(rate), "wanted": rate.wanted} for kind, rate in rates(these).items()}


def figures_of(these: Sequence[Compared]) -> dict[str, float]:
    """The figure that has a floor."""
    return {"names_f1": round(rates(these)["all"].f1, 2)}


def wrong(these: Iterable[Compared]) -> Iterator[str]:
    """What is not the same, a line for each name, for reading."""
    for one in these:
        for sign, names in (("missed", one.wanted - one.found), ("wrong", one.found - one.wanted)):
            for name in sorted(names):
                words = one.article.text[name.start : name.end]
                yield f"{one.article.id} {name.start}: {sign} {name.type} {words!r}"
