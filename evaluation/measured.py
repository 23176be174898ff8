"""Measures whatever has a floor; each text is read once for all measures that need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation import (
    about,
    acts,
    bodies,
    coreference,
    corpus,
    data,
    dates,
    floors,
    golden,
    gum,
    mentions,
    said,
    speakers,
    traces,
)
from evaluation.labels import labels
from evaluation.predict import ReadsText, Resolved, articles, resolved
from evaluation.report import report
from evaluation.types import Document
from quotidian import when
from quotidian.pipeline import Reader
from quotidian.types import Article

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Dev:
    """PolNeAR's dev split: as marked, as read, and as resolved with the marked attributions given."""

    gold: Sequence[Document]
    found: Sequence[Article]
    resolved: Mapping[str, Resolved]


def of_corpora(folder: Path, reading: ReadsText) -> dict[str, Figures]:
    """Everything that needs the folder of corpora, under the names that the floors have."""
    dev = read_dev(folder, reading)
    return {
        "dev": of_attributions(dev),
        "statements": of_statements(dev, folder, reading),
        "pages": of_pages(folder),
        "traces": of_traces(folder, reading),
    }


def read_dev(folder: Path, reading: ReadsText) -> Dev:
    """Read the dev split of a folder of corpora."""
    gold = list(corpus.documents(data.dev(folder)))
    return Dev(gold, list(articles(gold, reading)), resolved(gold, reading))


def of_golden(reading: ReadsText) -> Figures:
    """The golden corpus."""
    return floors.figures_of(golden.scored(golden.cases(), reading)[0])


def of_attributions(dev: Dev) -> Figures:
    """Attributions of dev."""
    return floors.figures_of(report(dev.gold, map(corpus.from_article, dev.found)))


def of_statements(dev: Dev, folder: Path, reading: ReadsText) -> Figures:
    """What statements are made of: of dev, against the labels of its articles, and of other corpora."""
    return {
        **_speakers(dev, folder),
        **about.figures_of(about.rate(about.of_given(about.labels(), dev.resolved))),
        **said.figures_of(said.compare(said.labels(), said.of_resolved(dev.resolved))),
        **acts.figures_of(acts.compare(acts.labels(), acts.of_resolved(dev.resolved))),
        **mentions.figures_of(mentions.compared(labels(mentions.FILE, mentions.label), dev.found)),
        **dates.figures_of(dates.score(dates.read(data.timex(folder)), when.dates)),
        **_coreference(folder, reading),
    }


def of_traces(folder: Path, reading: ReadsText) -> Figures:
    """Utterances over BASIL's dev events."""
    reader = reading if isinstance(reading, Reader) else Reader()
    return traces.figures_of(traces.measured(data.basil(folder), reader))


def _speakers(dev: Dev, folder: Path) -> Figures:
    wanted = speakers.labels(data.speakers(folder))
    whole = speakers.end_to_end(wanted, dev.gold, dev.found)
    return speakers.figures_of(speakers.report(speakers.of_given(wanted, dev.resolved), whole))


def _coreference(folder: Path, reading: ReadsText) -> Figures:
    documents = coreference.of_concern(gum.documents(data.gum(folder), "dev"))
    compared = [coreference.compare(one, article) for one, article in coreference.read(documents, reading)]
    return coreference.figures_of(coreference.report({"head": compared}))


def of_pages(folder: Path) -> Figures:
    """Article bodies."""
    return {"f1": bodies.f1(folder / "pages")}
