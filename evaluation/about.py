"""Scores whom statements are about, the attributions given as people marked them.

F1 over names, all statements together. Names are the same with case and a leading "the" aside; ours are
the fullest that the article has for the entity, as the labels' are. Names over which a careful
reader could argue (``maybe``) count neither for nor against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.labels import labels as rows
from evaluation.labels import plain
from evaluation.predict import Resolved
from evaluation.score import Rate

FILE = Path(__file__).parent / "gold" / "about.jsonl"


@dataclass(frozen=True, slots=True)
class Label:
    """Whom one attribution is about, and perhaps about."""

    doc: str
    ar: int
    about: tuple[str, ...]
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A label and the names that we give for the same statement."""

    label: Label
    ours: tuple[str, ...]

    @property
    def right(self) -> frozenset[str]:
        """The names of both, plain."""
        return self._wanted & self._given

    @property
    def missed(self) -> frozenset[str]:
        """The names that we don't give, plain."""
        return self._wanted - self._given

    @property
    def wrong(self) -> frozenset[str]:
        """Our names that nobody gave, plain."""
        return self._given - self._wanted

    @property
    def _wanted(self) -> frozenset[str]:
        return frozenset(map(plain, self.label.about))

    @property
    def _given(self) -> frozenset[str]:
        argued = frozenset(map(plain, self.label.maybe)) - self._wanted
        return frozenset(map(plain, self.ours)) - argued


def labels(path: Path = FILE) -> list[Label]:
    """The labels of a file.

    Raises:
        NotFound, BadRecord: as :func:`evaluation.labels.labels`.
    """
    return rows(path, _label)


def _label(row: Mapping[str, Any]) -> Label:
    return Label(row["doc"], row["ar"], tuple(row["about"]), tuple(row["maybe"]))


def of_given(wanted: Iterable[Label], given: Mapping[str, Resolved]) -> list[Compared]:
    """Every label with our names, the attributions given."""
    return [Compared(label, _names(given[label.doc], label.ar)) for label in wanted]


def _names(one: Resolved, number: int) -> tuple[str, ...]:
    statement = one.statements.get(number)
    return tuple(who.name for who in statement.about) if statement else ()


def rate(compared: Iterable[Compared]) -> Rate:
    """Precision, recall and F1 over all names."""
    right = missed = wrong = 0
    for one in compared:
        right += len(one.right)
        missed += len(one.missed)
        wrong += len(one.wrong)
    return Rate(right, right + wrong, right, right + missed)


def figures_of(one: Rate) -> dict[str, float]:
    """The figure that has a floor."""
    return {"about": round(one.f1, 2)}


def wrong(compared: Iterable[Compared]) -> list[str]:
    """What is not the same, a line for each statement, for reading."""
    return [
        f"{one.label.doc} {one.label.ar}: missed {sorted(one.missed)}, wrong {sorted(one.wrong)}"
        for one in compared
        if one.missed or one.wrong
    ]
