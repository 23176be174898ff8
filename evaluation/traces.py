"""Tracing measured on labelled pairs of passages: each pair by itself, and end to end in one archive.

End to end, all articles are added to one archive and joined; a pair is joined if one utterance has a report
that overlaps each passage. Only pairs on which both readers agreed count.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from evaluation import data
from evaluation.options import write_json
from evaluation.pairs import (
    KINDS,
    Counts,
    Judged,
    Pair,
    Place,
    articles,
    counted,
    judged,
    labelled,
    reports_of,
    sides_in,
)
from evaluation.shares import Share, share
from quotidian.pipeline import Reader
from quotidian.store import opened
from quotidian.store.values import Utterance
from quotidian.trace.sketches import Window, sketch
from quotidian.trace.words import forms
from quotidian.types import Article, Span

# The share of the shorter passage's words that the other has, from which words alone make a pair one.
_CONTAINED = np.arange(0.05, 1.0, 0.05)


@dataclass(frozen=True, slots=True)
class Traced:
    """What was measured.

    ``false`` are the pairs of reports of one utterance whose articles are of different events, among all
    pairs of reports of one utterance and of different articles.
    """

    pairs: Mapping[str, Counts]
    joined: Mapping[str, Counts]
    words_alone: float
    candidates: Share
    change: Share
    false: Share
    wrong: Sequence[tuple[str, Pair]]


def measured(folder: Path, reader: Reader) -> Traced:
    """Read the articles of BASIL's dev events, and trace."""
    read = {one.id: reader.attributed(one) for one in articles(folder / "articles_dev.jsonl.gz")}
    return traced(labelled(folder / "pairs_dev.jsonl"), read, reader)


def traced(pairs: Sequence[Pair], read: Mapping[str, Article], reader: Reader) -> Traced:
    """Judge each pair, and join the articles that were read in an archive."""
    pairs = [pair for pair in pairs if pair.agreed]
    found = judged(pairs, sides_in(pairs, read, reader))
    utterances = joined(read.values(), reader)
    together = [(pair, _is_joined(pair, utterances)) for pair in pairs]
    wrong = [("by itself", one.pair) for one in found if one.same != _is_one(one.pair)]
    wrong += [("end to end", pair) for pair, same in together if same != _is_one(pair)]
    return Traced(
        pairs=_by_kind([(one.pair, one.same) for one in found]),
        joined=_by_kind(together),
        words_alone=_words_alone(pairs, read),
        candidates=_candidates(pairs, read.values(), reader),
        change=_changes(found),
        false=_false(utterances, {article: article.rpartition("_")[0] for article in read}),
        wrong=wrong,
    )


Places = list[tuple[str, tuple[Span, ...]]]


def joined(read: Iterable[Article], reader: Reader) -> list[Places]:
    """The utterances of more than one report that an archive of these articles has: where each stands."""
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder) / "measured.db") as archive,
    ):
        for article in read:
            archive.add(article)
        archive.join(reader.vectors)
        return [places for one in archive.every_utterance() if len(places := _places(one)) > 1]


def _places(utterance: Utterance) -> Places:
    return [(one.hit.article.own_id, one.content.spans) for one in utterance.reports]


def _is_one(pair: Pair) -> bool:
    return pair.label == "same_utterance"


def _is_joined(pair: Pair, utterances: Iterable[Places]) -> bool:
    return any(_overlaps(pair.a, one) and _overlaps(pair.b, one) for one in utterances)


def _overlaps(place: Place, utterance: Places) -> bool:
    return any(
        article == place.doc and any(start < place.end and end > place.start for start, end in spans)
        for article, spans in utterance
    )


def _by_kind(found: Sequence[tuple[Pair, bool]]) -> dict[str, Counts]:
    made = {"all": counted(found)}
    for kind in KINDS:
        made[kind] = counted(one for one in found if one[0].kind == kind)
    return made


def _words_alone(pairs: Sequence[Pair], read: Mapping[str, Article]) -> float:
    """F1 if the words contained decided, at the best threshold."""

    def said(place: Place) -> set[str]:
        return set(forms(read[place.doc].text[place.start : place.end]))

    shares = []
    for pair in pairs:
        a, b = said(pair.a), said(pair.b)
        shares.append((pair, len(a & b) / max(min(len(a), len(b)), 1)))
    return max(counted((pair, found >= least) for pair, found in shares).f1 for least in _CONTAINED)


def _candidates(pairs: Sequence[Pair], read: Iterable[Article], reader: Reader) -> Share:
    """Of the pairs of one utterance, those that the search for candidates among all articles finds."""
    reports = [report for article in read for report in reports_of(article)]
    vectors = reader.vectors([report.content for report in reports])
    window = Window([sketch(report, vector) for report, vector in zip(reports, vectors, strict=True)])
    near: dict[str, set[str]] = defaultdict(set)
    for i, j in window.candidates(window):
        near[reports[i].key].add(reports[j].key)
    at: dict[str, list[tuple[str, tuple[Span, ...]]]] = defaultdict(list)
    for report in reports:
        at[report.article].append((report.key, report.spans))

    def inside(place: Place) -> set[str]:
        return {
            key
            for key, spans in at[place.doc]
            if any(start < place.end and end > place.start for start, end in spans)
        }

    same = [pair for pair in pairs if _is_one(pair)]
    met = [any(near[key] & inside(pair.b) for key in inside(pair.a)) for pair in same]
    return share(sum(met), len(met))


def _changes(found: Sequence[Judged]) -> Share:
    same = [one for one in found if _is_one(one.pair)]
    return share(sum(one.change == one.pair.change for one in same), len(same))


def _false(utterances: Iterable[Places], event: Mapping[str, str]) -> Share:
    pairs = {tuple(sorted((x, y))) for one in utterances for x, y in combinations(one, 2) if x[0] != y[0]}
    apart = sum(event[x[0]] != event[y[0]] for x, y in pairs)
    return share(apart, len(pairs))


def figures_of(found: Traced) -> dict[str, float]:
    """The figures that have floors."""
    names = {"all": "", "quote": "_quotations", "sentence": "_sentences"}
    made = {f"pairs{names[kind]}": round(one.f1, 2) for kind, one in found.pairs.items()}
    made |= {f"joined{names[kind]}": round(one.f1, 2) for kind, one in found.joined.items()}
    made |= {"candidates": found.candidates.percent, "change": found.change.percent}
    return made | {"false_joins_max": found.false.percent}


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("traces", help="score utterances on labelled pairs of passages")
    parser.add_argument("folder", type=Path, nargs="?", help="BASIL's folder; that of $QUOTIDIAN_DATA")
    parser.add_argument("--threads", type=int, help="how many threads the model may use")
    parser.add_argument("--errors", action="store_true", help="list the pairs that are not as labelled")
    parser.add_argument("--json", type=Path, help="write the report here as well")
    parser.set_defaults(command=score)


def score(arguments: argparse.Namespace) -> int:
    """``traces``: score the pairs of BASIL's dev events."""
    found = measured(arguments.folder or data.basil(data.needed()), Reader(threads=arguments.threads))
    for what, counts in (("pairs by themselves", found.pairs), ("end to end", found.joined)):
        for kind, one in counts.items():
            print(
                f"{what}, {kind}: F1 {one.f1:.1f} (rightly {one.right}, wrongly {one.wrong}, "
                f"missed {one.missed}, rightly apart {one.apart})"
            )
    print(f"words contained alone: F1 {found.words_alone:.1f}, at the best threshold")
    print(f"found as candidates: {found.candidates}")
    print(f"kind of change: {found.change}")
    print(f"joined across events: {found.false}")
    if arguments.errors:
        for where, pair in found.wrong:
            print(f"{where}: {pair.name} {pair.kind}, {pair.label} {pair.change}")
    write_json(figures_of(found), arguments.json)
    return 0
