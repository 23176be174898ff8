"""Reports of what is measured of statements as tables for a person to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from rich.console import Console

from evaluation.report import Report
from evaluation.table import columns
from quotidian.types import SpeakerKind


def print_cases(one: Report, to: Console) -> None:
    """Print the golden cases: checks by field and by construction, for each way of reading."""
    for way in ("given", "end_to_end"):
        these = one[way]
        to.print(f"{way}: {these['all_right']} of {one['articles']} articles are all right")
        for title in ("fields", "constructions"):
            table = columns(title, "checks", "right", "silent", "wrong", "% right")
            for name, counts in these[title].items():
                numbers = (str(counts[key]) for key in ("of", "right", "silent", "wrong"))
                table.add_row(name, *numbers, f"{100 * counts['right'] / counts['of']:.1f}")
            to.print(table)


def print_speakers(one: Report, to: Console) -> None:
    """Print who is speaking: the attributions given, and end to end."""
    given, whole = one["given"], one["end_to_end"]
    to.print(f"The attributions given: {given['kind']['of']:,} labelled")
    _print_counts(given, to)
    to.print(
        f"End to end: {whole['wanted']:,} labelled, {whole['given']:,} found, "
        f"{whole['matched']:,} contents paired"
    )
    _print_counts(whole, to)
    table = columns("", "precision", "recall", "F1")
    table.add_row("statements with the right speaker", *_rate(whole["statements"]))
    to.print(table)


def _print_counts(these: Mapping[str, Any], to: Console) -> None:
    shares = {
        "kind of source": these["kind"],
        **{f"name, of those labelled {kind}": one for kind, one in these["names"].items()},
        "names given": these["names_given"],
    }
    table = columns("", "right", "of", "%", "95% interval")
    for name, one in shares.items():
        low, high = one["interval"]
        table.add_row(
            name, f"{one['right']:,}", f"{one['of']:,}", f"{one['percent']:.1f}", f"{low:.1f}–{high:.1f}"
        )
    to.print(table)
    table = columns("", "precision", "recall", "F1")
    for name, rate in these["parts"].items():
        table.add_row(name, *_rate(rate))
    to.print(table)
    to.print(_kinds(these["kinds"]))


def _kinds(counted: list[dict[str, Any]]) -> Any:
    """A row for every kind of source that is labelled, a column for every kind that we give."""
    names = get_args(SpeakerKind)
    table = columns("labelled, and as we have it", *names)
    for gold in names:
        row = {one["ours"]: one["count"] for one in counted if one["gold"] == gold}
        if row:
            table.add_row(gold, *(str(row.get(ours, "")) for ours in names))
    return table


def print_about(one: Mapping[str, float], statements: int, to: Console) -> None:
    """Print whom statements are about."""
    table = columns(f"{statements:,} statements", "precision", "recall", "F1")
    table.add_row("whom they are about", *_rate(one))
    to.print(table)


def print_mentions(one: Report, readings: Mapping[str, float], to: Console) -> None:
    """Print names, of all types and of each, and how far two readings of them agree."""
    table = columns("names", "wanted", "precision", "recall", "F1")
    for kind, rate in one.items():
        table.add_row(kind, f"{rate['wanted']:,}", *_rate(rate))
    table.add_row("two readings", "", *_rate(readings))
    to.print(table)


def print_coreference(one: Report, to: Console) -> None:
    """Print who is who: clusters and links, by each way in which mentions are the same."""
    names = {"muc": "MUC", "b_cubed": "B³", "ceaf": "CEAFφ₄"}
    for way, these in one.items():
        table = columns(f"mentions by {way}", "wanted", "precision", "recall", "F1")
        for name, label in names.items():
            table.add_row(label, "", *_rate(these["measures"][name]))
        table.add_row("CoNLL F1", "", "", "", f"{these['conll']:.2f}")
        for kind, rate in these["links"].items():
            table.add_row(f"links: {kind}", f"{rate['wanted']:,}", *_rate(rate))
        to.print(table)
    way, these = next(iter(one.items()))
    table = columns(
        f"by genre, mentions by {way}", "CoNLL F1", *(f"links: {kind}" for kind in these["links"])
    )
    for genre, part in these["genres"].items():
        links = (f"{rate['f1']:.1f}" for rate in part["links"].values())
        table.add_row(genre, f"{part['conll']:.1f}", *links)
    to.print(table)


def _rate(one: Mapping[str, float]) -> list[str]:
    return [f"{one[key]:.2f}" for key in ("p", "r", "f1")]
