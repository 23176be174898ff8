"""Labelled pairs of passages: is it the same utterance, and how do the words differ?

A pair is judged as tracing judges: by the statements that a reading finds in the two articles, those
whose sentences overlap the passages. A passage in which no statement was found is a report of its own, by
nobody known.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quotidian.pipeline import Reader
from quotidian.trace.alignment import aligned
from quotidian.trace.compare import link
from quotidian.trace.reports import reports
from quotidian.trace.values import Link, Report, Voice
from quotidian.trace.words import often, stems
from quotidian.types import Article, Passage
from quotidian.when import day_of

Floats = npt.NDArray[np.float32]
KINDS = ("quote", "sentence")
# A sentence is meant by a passage if this much of it, or of the passage, lies in the other.
MEANT = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """A passage: ``text[start:end]`` of an article."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages, and what the readers say of them."""

    name: str
    event: str
    kind: str
    a: Place
    b: Place
    label: str
    change: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A passage as tracing sees it: the reports in it, and the words of contents in it."""

    reports: tuple[Report, ...]
    vectors: Floats
    said: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair, and the likeliest link between its two sides."""

    pair: Pair
    link: Link | None
    change: str

    @property
    def same(self) -> bool:
        """Whether we take it for one utterance."""
        return self.link is not None and self.link.joins


@dataclass(frozen=True, slots=True)
class Counts:
    """Right and wrong decisions about pairs."""

    right: int
    wrong: int
    missed: int
    apart: int

    @property
    def f1(self) -> float:
        """F1 of "one utterance", in percent."""
        return 200 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


def labelled(path: Path) -> list[Pair]:
    """The pairs of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [_pair(json.loads(line)) for line in lines if line.strip()]


def _pair(row: Mapping[str, Any]) -> Pair:
    return Pair(
        name=str(row["id"]),
        event=row.get("event", ""),
        kind=row.get("kind", ""),
        a=Place(**row["a"]),
        b=Place(**row["b"]),
        label=row["label"],
        change=row.get("change", ""),
        agreed=row["agreed"],
    )


def articles(path: Path, only: Iterable[str] | None = None) -> list[Article]:
    """The articles of a file of JSON lines as they are, not read by a model; those of some ids alone."""
    wanted = None if only is None else set(only)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Article(
            id=row.get("id") or row["doc"],
            text=row["text"],
            outlet=row.get("outlet"),
            url=row.get("url"),
            title=row.get("title"),
            published=row.get("published"),
            published_from="given" if row.get("published") else None,
            language="en",
        )
        for row in rows
        if wanted is None or (row.get("id") or row["doc"]) in wanted
    ]


def reports_of(article: Article) -> list[Report]:
    """All reports of a read article."""
    said_often = stems(article.text)
    return [
        report
        for statement in article.statements
        for report in reports(
            statement,
            key=f"{article.id}#{statement.attribution.id}",
            article=article.id,
            printed=day_of(article.published),
            stems=said_often,
        )
    ]


def sides(pairs: Sequence[Pair], path: Path, reader: Reader | None = None) -> dict[str, Side]:
    """Both passages of each pair as tracing sees them, by the pair's name and "a" or "b"."""
    reader = reader or Reader()
    wanted = {place.doc for pair in pairs for place in (pair.a, pair.b)}
    read = {article.id: reader.attributed(article) for article in articles(path, wanted)}
    return sides_in(pairs, read, reader)


def sides_in(pairs: Sequence[Pair], read: Mapping[str, Article], reader: Reader) -> dict[str, Side]:
    """As :func:`sides`, of articles that are read."""
    places = {pair.name + side: getattr(pair, side) for pair in pairs for side in "ab"}
    found = {name: _side(place, read[place.doc]) for name, place in places.items()}
    texts = sorted({report.content for reports, _ in found.values() for report in reports})
    at = {text: i for i, text in enumerate(texts)}
    vectors = reader.vectors(texts)
    return {
        name: Side(reports, vectors[[at[report.content] for report in reports]], said)
        for name, (reports, said) in found.items()
    }


def _side(place: Place, article: Article) -> tuple[tuple[Report, ...], str]:
    meant = [report for report in reports_of(article) if _meant(report, place)]
    if not meant:
        passage = Passage.of(article.text, [(place.start, place.end)])
        printed = day_of(article.published)
        name = f"{article.id}#{place.start}"
        direct = passage.text[:1] in '"“'
        meant = [
            Report(
                key=name,
                statement=name,
                article=article.id,
                content=passage.text,
                spans=passage.spans,
                directness="direct" if direct else "indirect",
                voice=Voice("none", None),
                printed=printed.toordinal() if printed else None,
                often=often(passage.text, stems(article.text)),
            )
        ]
    said = " ".join(
        article.text[max(start, place.start) : min(end, place.end)]
        for start, end in sorted({span for report in meant if report.depth == 0 for span in report.spans})
        if start < place.end and end > place.start
    )
    return tuple(meant), said or article.text[place.start : place.end]


def _meant(report: Report, place: Place) -> bool:
    inside = sum(max(0, min(end, place.end) - max(start, place.start)) for start, end in report.spans)
    least = min(sum(end - start for start, end in report.spans), place.end - place.start)
    return inside >= MEANT * least


def judged(pairs: Sequence[Pair], of: Mapping[str, Side]) -> list[Judged]:
    """What tracing makes of each pair."""
    found = []
    for pair in pairs:
        a, b = of[pair.name + "a"], of[pair.name + "b"]
        links = [
            (one, x, y)
            for x, v in zip(a.reports, a.vectors, strict=True)
            for y, w in zip(b.reports, b.vectors, strict=True)
            if (one := link(x, y, float(v @ w)))
        ]
        best = max(links, key=lambda one: (one[0].joins, one[0].score), default=None)
        change = ""
        if best is not None:
            direct = (best[1].directness, best[2].directness)
            change = (
                best[0].change
                if best[0].change == "meaning"
                else aligned(a.said, b.said, directness=direct).change
            )
        found.append(Judged(pair, best[0] if best else None, change))
    return found


def counted(found: Iterable[tuple[Pair, bool]]) -> Counts:
    """Right and wrong decisions of pairs on which both readers agreed."""
    decided = [(pair.label == "same_utterance", same) for pair, same in found if pair.agreed]
    return Counts(
        right=decided.count((True, True)),
        wrong=decided.count((False, True)),
        missed=decided.count((True, False)),
        apart=decided.count((False, False)),
    )
