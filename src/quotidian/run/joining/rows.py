"""What is kept of a read article so that it can be joined: rows of ``reports`` and ``signatures``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotidian import when
from quotidian.pipeline import Reader
from quotidian.trace.copies import signature
from quotidian.trace.reports import reports, unkeyed
from quotidian.trace.sketches import Sketch, sketch
from quotidian.trace.values import Report, Voice
from quotidian.trace.words import stems
from quotidian.types import Article, Span

Row = dict[str, Any]

# The columns that a report is made of again.
OF_REPORT = (
    "key", "statement", "article", "content", "spans", "directness", "kind", "name", "role", "organisation",
    "maybe", "also", "source", "about", "first", "last", "printed", "depth", "act", "negated",
    "often",
)  # fmt: skip
_TEXTS = pa.list_(pa.string())
_HASHES = pa.list_(pa.uint32())
_OFTEN = pa.list_(pa.struct([("stem", pa.string()), ("count", pa.int32())]))
_SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))


def report_schema() -> pa.Schema:
    """The columns of ``reports``: a row for each sentence or so of a statement's content.

    ``key`` names the report and ``statement`` its statement as in an archive. ``first``, ``last`` and
    ``printed`` are days as :class:`quotidian.trace.values.Report` has them; ``runs``, ``rare``, ``voices``
    and ``vector`` are its :class:`~quotidian.trace.sketches.Sketch`; reports with the same ``said`` differ
    in nothing that tracing looks at.
    """
    return pa.schema(
        [
            ("article", pa.string()),
            ("attribution_id", pa.string()),
            ("key", pa.string()),
            ("statement", pa.string()),
            ("content", pa.string()),
            ("spans", _SPANS),
            ("directness", pa.string()),
            ("kind", pa.string()),
            ("name", pa.string()),
            ("role", pa.string()),
            ("organisation", pa.string()),
            ("maybe", _TEXTS),
            ("also", _TEXTS),
            ("source", pa.string()),
            ("about", _TEXTS),
            ("first", pa.int32()),
            ("last", pa.int32()),
            ("printed", pa.int32()),
            ("depth", pa.int32()),
            ("act", pa.string()),
            ("negated", pa.bool_()),
            ("often", _OFTEN),
            ("said", pa.uint64()),
            ("runs", _HASHES),
            ("rare", _HASHES),
            ("voices", _HASHES),
            ("vector", pa.binary()),
        ]
    )


def signature_schema() -> pa.Schema:
    """The columns of ``signatures``: what finds an article's copies (:mod:`quotidian.trace.copies`)."""
    return pa.schema([("article", pa.string()), ("signature", pa.binary())])


def signature_row(article: Article) -> Row:
    """The row of an article in ``signatures``, but for the article's name in the data set."""
    return {"signature": signature(article.text)}


def report_rows(article: Article, reader: Reader | None) -> list[Row]:
    """The rows of a read article in ``reports``, but for the article's name in the data set.

    Args:
        article: with its statements.
        reader: makes the vectors of the contents; without it there are none, and reports are never found
            by their sense alone.
    """
    said_often = stems(article.text)
    made = [
        (statement.attribution.id, report)
        for statement in article.statements
        for report in reports(
            statement,
            key=statement_key(article, statement.attribution.id),
            article=article.id,
            printed=when.day_of(article.published),
            stems=said_often,
        )
    ]
    drawn = reader.vectors([report.content for _, report in made]) if reader is not None and made else None
    return [
        report_row(attribution, report, sketch(report, None if drawn is None else drawn[i]))
        for i, (attribution, report) in enumerate(made)
    ]


def statement_key(article: Article, attribution: str) -> str:
    """What names a statement wherever its article is read: the same key as in an archive."""
    told = json.dumps([article.id, article.outlet, article.text_sha256, attribution])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def said_by(report: Report) -> int:
    """A hash of all that tracing looks at: two reports with the same are linked alike to any other."""
    said = repr(unkeyed(report)).encode()
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "little")


def report_of(row: Mapping[str, Any]) -> Report:
    """The report that a row was made of; its article is the one of the data set."""
    return Report(
        key=row["key"],
        statement=row["statement"],
        article=row["article"],
        content=row["content"],
        spans=tuple(Span(span["start"], span["end"]) for span in row["spans"]),
        directness=row["directness"],
        voice=Voice(
            kind=row["kind"],
            name=row["name"],
            role=row["role"],
            organisation=row["organisation"],
            maybe=tuple(row["maybe"]),
            also=tuple(row["also"]),
            source=row["source"],
        ),
        about=tuple(row["about"]),
        first=row["first"],
        last=row["last"],
        printed=row["printed"],
        depth=row["depth"],
        act=row["act"],
        negated=row["negated"],
        often=tuple((one["stem"], one["count"]) for one in row["often"]),
    )


def sketch_of(row: Mapping[str, Any]) -> Sketch:
    """The sketch that a row was made of."""
    return Sketch(
        article=row["article"],
        day=row["printed"] or row["last"],
        runs=np.array(row["runs"], np.uint32),
        rare=np.array(row["rare"], np.uint32),
        voices=np.array(row["voices"], np.uint32),
        vector=_vector(row["vector"]),
    )


def _vector(kept: bytes | None) -> npt.NDArray[np.int8]:
    return np.frombuffer(kept or b"", np.int8)


def report_row(attribution: str, report: Report, drawn: Sketch) -> Row:
    """The row of one report of an attribution, but for the name of its article."""
    voice = report.voice
    return {
        "attribution_id": attribution,
        "key": report.key,
        "statement": report.statement,
        "content": report.content,
        "spans": [{"start": span.start, "end": span.end} for span in report.spans],
        "directness": report.directness,
        "kind": voice.kind,
        "name": voice.name,
        "role": voice.role,
        "organisation": voice.organisation,
        "maybe": list(voice.maybe),
        "also": list(voice.also),
        "source": voice.source,
        "about": list(report.about),
        "first": report.first,
        "last": report.last,
        "printed": report.printed,
        "depth": report.depth,
        "act": report.act,
        "negated": report.negated,
        "often": [{"stem": stem, "count": count} for stem, count in report.often],
        "said": said_by(report),
        "runs": drawn.runs.tolist(),
        "rare": drawn.rare.tolist(),
        "voices": drawn.voices.tolist(),
        "vector": drawn.vector.tobytes() or None,
    }
