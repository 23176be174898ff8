"""Scores the kind of act and the stance of attributions, as people marked them.

Accuracy of acts and of stances; macro-F1, the mean of F1 over the acts that the labels have; and how
often the two readers of the labels agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import corpus
from evaluation.labels import labels as rows
from evaluation.predict import Resolved
from evaluation.score import Rate
from evaluation.shares import Share, share
from evaluation.types import Document
from quotidian import act
from quotidian.types import Act, Stance

FILE = Path(__file__).parent / "gold" / "acts.jsonl"
# Labels of train, by one reader: what the lexicons are made and mended with.
TRAIN = Path(__file__).parents[1] / "training" / "labels" / "acts.jsonl"
# What we say of each attribution, by the document's name and the attribution's number.
Kinds = Mapping[str, Mapping[int, tuple[Act, Stance]]]


@dataclass(frozen=True, slots=True)
class Label:
    """The act and stance of one attribution, and what each of the two readers gave before.

    ``acts`` and ``stances`` are None where there was only one reader. ``held_out`` labels of train
    were given after the lexicons were mended with the others.
    """

    doc: str
    ar: int
    act: str
    negated: bool
    stance: str
    acts: tuple[str, str] | None = None
    stances: tuple[str, str] | None = None
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A label and what we say of the same attribution."""

    label: Label
    act: Act
    stance: Stance


def labels(path: Path = FILE) -> list[Label]:
    """The labels of a file.

    Raises:
        NotFound, BadRecord: as :func:`evaluation.labels.labels`.
    """
    return rows(path, _label)


def _label(row: Mapping[str, Any]) -> Label:
    return Label(
        row["doc"],
        row["ar"],
        row["act"],
        row["negated"],
        row["stance"],
        (row["first_act"], row["second_act"]) if "first_act" in row else None,
        (row["first_stance"], row["second_stance"]) if "first_stance" in row else None,
        row.get("held_out", False),
    )


def kinds(gold: Iterable[Document]) -> Kinds:
    """The acts and stances of marked attributions."""
    made = {}
    for one in gold:
        article, numbers = corpus.numbered(one)
        made[one.doc] = dict(zip(numbers, act.kinds(article.text, article.attributions), strict=True))
    return made


def of_resolved(resolved: Mapping[str, Resolved]) -> Kinds:
    """The acts and stances of statements that a reader resolved."""
    return {
        doc: {number: (statement.act, statement.stance) for number, statement in one.statements.items()}
        for doc, one in resolved.items()
    }


def compare(wanted: Iterable[Label], given: Kinds) -> list[Compared]:
    """Each label beside what we say."""
    return [Compared(one, *given[one.doc][one.ar]) for one in wanted]


def shares(compared: Sequence[Compared]) -> dict[str, Share]:
    """The shares of acts, negations and stances that are right, and on which two readers agreed."""
    right: dict[str, Callable[[Compared], bool]] = {
        "act": lambda one: one.act.value == one.label.act,
        "negated": lambda one: one.act.negated == one.label.negated,
        "stance": lambda one: one.stance.value == one.label.stance,
    }
    read = {
        "readers agree on the act": [one.label.acts for one in compared if one.label.acts],
        "readers agree on the stance": [one.label.stances for one in compared if one.label.stances],
    }
    return {name: share(sum(map(holds, compared)), len(compared)) for name, holds in right.items()} | {
        name: share(sum(first == second for first, second in pairs), len(pairs))
        for name, pairs in read.items()
        if pairs
    }


def rates(compared: Sequence[Compared]) -> dict[str, Rate]:
    """Precision and recall of each act that the labels have, the commonest first."""
    wanted = [one.label.act for one in compared]
    given = [str(one.act.value) for one in compared]
    right: list[str] = [one.label.act for one in compared if one.act.value == one.label.act]
    return {
        kind: Rate(right.count(kind), given.count(kind), right.count(kind), wanted.count(kind))
        for kind in sorted(set(wanted), key=lambda kind: (-wanted.count(kind), kind))
    }


def macro_f1(compared: Sequence[Compared]) -> float:
    """The mean of F1 over the acts that the labels have, in percent."""
    of_each = rates(compared).values()
    return sum(rate.f1 for rate in of_each) / len(of_each) if of_each else 0.0


def figures_of(compared: Sequence[Compared]) -> dict[str, float]:
    """The figures that have floors."""
    these = shares(compared)
    return {
        "acts": round(these["act"].percent, 2),
        "acts_macro": round(macro_f1(compared), 2),
        "stance": round(these["stance"].percent, 2),
    }


def wrong(compared: Iterable[Compared]) -> list[str]:
    """A line for each act or stance that is not the label's."""
    return [
        f"{one.label.doc} {one.label.ar}: {one.label.act}, {one.label.stance}; "
        f"ours {one.act.value}, {one.stance.value}: " + "; ".join(e.why for e in one.act.evidence)
        for one in compared
        if (one.act.value, one.stance.value) != (one.label.act, one.label.stance)
    ]
