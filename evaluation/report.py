"""What a scoring says, as one dictionary: printed as a table, written as JSON, held against floors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from evaluation.calibration import Calibration, equal_mass, equal_width, outcomes
from evaluation.score import RATES, Comparison, Figures, Rate, comparisons, figures
from evaluation.slices import sliced
from evaluation.types import Document

Report = dict[str, Any]


def report(gold: Sequence[Document], found: Iterable[Document], by: Iterable[str] = ()) -> Report:
    """Everything there is to say about ``found``, measured against ``gold``.

    Outermost attributions are scored by themselves. Nested ones are scored only where gold marks
    nested ones; elsewhere they are counted and left out.

    Raises:
        UsageError: as :func:`evaluation.score.compare`.
    """
    found = list(found)
    predicted = {document.doc for document in found}
    outermost = comparisons(
        [document.at_depths(nested=False) for document in gold],
        [document.at_depths(nested=False) for document in found],
    )
    inner_gold = [document.at_depths(nested=True) for document in gold]
    inner_found = [document.at_depths(nested=True) for document in found]
    judged = outcomes(outermost)
    marks_nested = any(document.attributions for document in inner_gold)
    return {
        "documents": len(gold),
        "without_predictions": sum(document.doc not in predicted for document in gold),
        "nested_left_out": 0 if marks_nested else sum(len(document.attributions) for document in inner_found),
        "figures": as_dict(figures(outermost)),
        "by": {key: {name: as_dict(part) for name, part in sliced(outermost, key).items()} for key in by},
        "nested": as_dict(figures(comparisons(inner_gold, inner_found))) if marks_nested else None,
        "calibration": {
            "equal_width": _calibration(equal_width(judged)),
            "equal_mass": _calibration(equal_mass(judged)),
        }
        if judged
        else None,
    }


def as_dict(these: Figures) -> dict[str, Any]:
    """Figures in percent, to two decimals, with how many were marked and found."""
    rates = {name: percent(these.rates[name]) for name in RATES}
    given = these.source_given_content
    return {
        "wanted": these.wanted,
        "given": these.given,
        **rates,
        "source_given_content": None if given is None else round(given, 2),
    }


def percent(one: Rate) -> dict[str, float]:
    """Precision, recall and F1 in percent, to two decimals."""
    return {"p": round(one.precision, 2), "r": round(one.recall, 2), "f1": round(one.f1, 2)}


def _calibration(one: Calibration) -> dict[str, Any]:
    bins = [
        {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(part).items()}
        for part in one.bins
    ]
    return {"error": round(one.error, 4), "bins": bins}


def failures(compared: Iterable[Comparison]) -> dict[str, tuple[int, int]]:
    """Of each document that is not all right: how many were missed or wrong, and how many are too many."""
    counted = {
        one.doc: (
            sum(not side.verdict.right for side in one.gold),
            sum(not side.verdict.right for side in one.found),
        )
        for one in compared
    }
    return {doc: counts for doc, counts in counted.items() if any(counts)}
