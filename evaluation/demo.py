"""Scores the whole way on the demonstration: pages, statements, an archive, who is who over all articles.

The 48 invented pages are read with the model that ships, added to an archive made for it and joined, and
what the archive then shows is held against the gold beside the pages.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import numpy.typing as npt

from evaluation import demo_joins as joins
from evaluation import demo_statements as statements
from evaluation import demo_traces as traces
from evaluation.demo_gold import Page, Person, entities, filled
from evaluation.demo_told import Moment
from evaluation.options import add_reading, reader_of, write_json
from evaluation.predict import ReadsText
from evaluation.score import Rate
from evaluation.shares import Share, as_dict, share
from quotidian import store
from quotidian.store import Archive
from quotidian.store.tracing.window import Vectors
from quotidian.types import Article

_NAMED = ("person", "organisation")
_REST = ("group", "place")


@dataclass(frozen=True, slots=True)
class Demo:
    """The archive of the demonstration, its pages, and who is who by the gold.

    ``before`` is another archive, of the pages as they stood at first.
    """

    archive: Archive
    pages: Sequence[Page]
    people: Mapping[str, Person]
    before: Moment


class ReadsArticles(Protocol):
    """A reader of articles that have an address, an outlet and a day; it tells what texts are alike."""

    def attributed(self, article: Article) -> Article:
        """The article with its statements."""

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors of short texts, as the archive's joining takes them."""


@contextmanager
def opened(read: Callable[[Article], Article], vectors: Vectors | None = None) -> Iterator[Demo]:
    """The demonstration in an archive of its own, read and joined; gone afterwards.

    Args:
        read: what reads an article; each page is read once.
        vectors: see :meth:`quotidian.store.archive.Archive.join`.
    """
    readings: dict[tuple[str | None, str], Article] = {}

    def read_once(article: Article) -> Article:
        page = article.url, article.text
        if page not in readings:
            readings[page] = read(article)
        return readings[page]

    with (
        tempfile.TemporaryDirectory(prefix="quotidian-demo-") as folder,
        store.opened(Path(folder, "demo.db")) as archive,
        store.opened(Path(folder, "before.db")) as before,
    ):
        pages = filled(archive, read_once)
        first = filled(before, read_once, later=False)
        archive.join(vectors)
        before.join(vectors)
        yield Demo(archive, pages, entities(), Moment(before, first))


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured."""

    statements: Mapping[str, Share]
    joins: Mapping[str, Rate]
    asked: Mapping[str, int]
    others: Mapping[str, Share]
    counts: Mapping[str, int]
    listed: Mapping[str, Sequence[str]]
    traced: traces.Measured


def report(demo: Demo) -> Report:
    """Everything that is measured of the demonstration."""
    archive, pages, people = demo.archive, demo.pages, demo.people
    pairs = statements.paired(pages)
    found = joins.appearances(pages, people)
    named = [one for one in found if people[one.gold].type in _NAMED]
    rest = [one for one in found if people[one.gold].type in _REST]
    asked = joins.asked(archive, found)
    offices = joins.offices(archive, found, people)
    labels = joins.labels(archive, found, people)
    counts = archive.counts()
    traced = traces.measured(demo.before, Moment(archive, pages))
    return Report(
        statements=statements.shares(pairs, sum(len(page.hits) for page in pages), people),
        joins={
            "people and organisations: pairs": joins.pairs_rate(named),
            "people and organisations: B³": joins.b_cubed(named),
            "groups and places: pairs": joins.pairs_rate(rest),
            "groups and places: B³": joins.b_cubed(rest),
        },
        asked={kind: len(lines) for kind, lines in asked.items()},
        others={
            "appearances found": _appearances(demo, found),
            "told apart, and kept apart": joins.kept_apart(found, people),
            "offices of those whose office changes": _share(offices.values()),
            "labels with the right user": _share(labels.values()),
        },
        counts={
            "articles": counts.articles,
            "versions": counts.versions,
            "with two versions": sum(page.outcome == "version" for page in pages),
            "statements": sum(len(page.hits) for page in pages if page.current),
            "entities": counts.entities,
            "pairs that wait": sum(map(len, asked.values())),
            "wrong merges": len(joins.wrong_merges(named)),
            "parts not verbatim": len(statements.not_verbatim(pages)),
        },
        listed={
            "Wrong merges of people and organisations": joins.wrong_merges(named),
            "Wrong merges of groups and places": joins.wrong_merges(rest),
            "Not verbatim": statements.not_verbatim(pages),
            "In the archive more than once": joins.doubles(found),
            "Asked, and one": asked["one"],
            "Asked, and two": asked["two"],
            "Asked, and not in the gold": asked["not in the gold"],
            "Offices not found": [name for name, right in offices.items() if not right],
            "Labels not found": [
                f"{label}, by {user}" for (label, user), right in labels.items() if not right
            ],
            "Statements that must be right": statements.wrong(pairs, people),
            **traced.listed,
        },
        traced=traced,
    )


def _appearances(demo: Demo, found: Sequence[joins.Appearance]) -> Share:
    """Of the people and organisations that the gold has on current pages, how many have an entity there."""
    current = {page.name for page in demo.pages if page.current}
    wanted = [
        (one.id, page)
        for one in demo.people.values()
        if one.type in _NAMED
        for page in one.row["pages"]
        if page in current
    ]
    there = {(one.gold, one.page) for one in found}
    return share(sum(one in there for one in wanted), len(wanted))


def _share(right: Any) -> Share:
    every = list(right)
    return share(sum(every), len(every))


_FLOORS = {
    "must_found": "must be found, found (half of the shorter)",
    "must_iou50": "must be found, found (IoU of a half)",
    "speakers": "speaker’s name",
    "kinds": "kind of source",
    "acts": "kind of act",
    "said": "day said",
    "about": "about whom",
}


# Of traces: shares that may not fall, and how many may be wrong of what is right in nearly all.
_TRACED = {
    "traces_first": "first report",
    "traces_credits": "credited to",
    "traces_hands": "hands",
    "traces_conflicts": "conflicts shown",
    "traces_copies": "copies",
    "traces_changes": "kind of change",
    "traces_ways": "how it came by the words",
}


def figures_of(one: Report) -> dict[str, float]:
    """The figures that floors can be set for, in percent; ``_max`` are counts that may not rise."""
    joined = one.joins["people and organisations: pairs"]
    return {
        **{name: round(one.statements[of].percent, 2) for name, of in _FLOORS.items()},
        "joins_precision": round(joined.precision, 2),
        "joins_recall": round(joined.recall, 2),
        "b_cubed": round(one.joins["people and organisations: B³"].f1, 2),
        "offices": round(one.others["offices of those whose office changes"].percent, 2),
        "labels": round(one.others["labels with the right user"].percent, 2),
        "wrong_merges_max": one.counts["wrong merges"],
        "not_verbatim_max": one.counts["parts not verbatim"],
        "pairs_asked_max": one.counts["pairs that wait"],
        "traces_precision": round(one.traced.pairs.precision, 2),
        "traces_recall": round(one.traced.pairs.recall, 2),
        **{name: round(one.traced.shares[of].percent, 2) for name, of in _TRACED.items()},
        "traces_stray_conflicts_max": len(one.listed["Conflicts that are none"]),
        "traces_stray_copies_max": len(one.listed["Copies that are none"]),
        "traces_unsure_ways_max": len(one.listed["Unsure how it came by the words"]),
    }


def figures(reading: ReadsText) -> dict[str, float]:
    """The figures, measured now."""
    reader = cast("ReadsArticles", reading)
    with opened(reader.attributed, reader.vectors) as demo:
        return figures_of(report(demo))


def as_json(one: Report) -> dict[str, Any]:
    """The report as JSON values."""
    return {
        "statements": {name: as_dict(of) for name, of in one.statements.items()},
        "joins": {name: _rate(of) for name, of in one.joins.items()},
        "asked": dict(one.asked),
        "others": {name: as_dict(of) for name, of in one.others.items()},
        "traces": {
            "pairs": _rate(one.traced.pairs),
            **{name: as_dict(of) for name, of in one.traced.shares.items()},
        },
        "counts": dict(one.counts),
        "listed": {name: list(lines) for name, lines in one.listed.items()},
        "figures": figures_of(one),
    }


def _rate(of: Rate) -> dict[str, float]:
    return {"p": round(of.precision, 2), "r": round(of.recall, 2), "f1": round(of.f1, 2)}


# --- the command ------------------------------------------------------------------------------------


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("demo", help="score the demonstration, from its pages to its archive")
    add_reading(parser)
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    parser.add_argument("--json", type=Path, help="write the report here as well")
    parser.set_defaults(command=score_demo)


def score_demo(arguments: argparse.Namespace) -> int:
    """``demo``: read the demonstration into an archive and score what is in it."""
    reader = cast("ReadsArticles", reader_of(arguments))
    with opened(reader.attributed, reader.vectors) as demo:
        one = report(demo)
    _print(one, errors=arguments.errors)
    write_json(as_json(one), arguments.json)
    return 0


def _print(one: Report, *, errors: bool) -> None:
    print(", ".join(f"{name}: {count}" for name, count in one.counts.items()))
    print("\nOf the statements that must be found and were, how many are right")
    for name, right in (*one.statements.items(), *one.others.items()):
        print(f"{name:44} {right}")
    print("\nWho is who over all articles")
    for name, rate in one.joins.items():
        print(f"{name:44} precision {rate.precision:.1f}, recall {rate.recall:.1f}, F1 {rate.f1:.1f}")
    print(
        "pairs that wait for a person: " + ", ".join(f"{kind} {count}" for kind, count in one.asked.items())
    )
    print("\nThe way of each utterance, and of copied text")
    pairs = one.traced.pairs
    print(
        f"{'reports that are one: pairs':44} precision {pairs.precision:.1f}, recall {pairs.recall:.1f}, "
        f"F1 {pairs.f1:.1f}"
    )
    for name, right in one.traced.shares.items():
        print(f"{name:44} {right}")
    always = ("Wrong merges of people and organisations", "Not verbatim")
    for title, lines in one.listed.items():
        if lines and (errors or title in always):
            print(f"\n{title}:", *lines, sep="\n  ")
