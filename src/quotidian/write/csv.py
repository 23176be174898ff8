"""One row a statement, for spreadsheets and statistics: RFC 4180, UTF-8 (docs/reference/csv.md).

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end as a
formula, and a stranger's article may hold such words (CSV injection). :func:`guarded` puts an
apostrophe before them, :func:`unguarded` takes it away again; every other cell is left alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from quotidian._version import __version__
from quotidian.types import Article, Attribution, Passage, Statement, Who
from quotidian.write.jsonl import CONFIDENCE_PLACES
from quotidian.write.segments import with_statements

_OF_ATTRIBUTIONS = (
    "article_id",
    "outlet",
    "url",
    "origin",
    "language",
    "published",
    "published_from",
    "title",
    "byline",
    "attribution_id",
    "source",
    "cue",
    "content",
    "directness",
    "depth",
    "parent",
    "confidence",
    "source_spans",
    "cue_spans",
    "content_spans",
    "text_sha256",
    "quotidian",
    "model",
)
OF_STATEMENTS = (
    "speaker",
    "kind",
    "also",
    "maybe",
    "role",
    "organisation",
    "unnamed_because",
    "via",
    "about",
    "said",
    "said_from",
    "act",
    "negated",
    "stance",
    "speaker_confidence",
    "said_confidence",
    "act_confidence",
    "stance_confidence",
)
COLUMNS = (*_OF_ATTRIBUTIONS, *OF_STATEMENTS, "modified")  # new columns come at the end
NAMES_JOINED_BY = "; "

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def write(articles: Iterable[Article], file: TextIO) -> None:
    """Write the header, then each article's statements; ``file`` should not translate line ends."""
    file.write(header())
    for article in articles:
        file.write(rows(article))


def header() -> str:
    """The first line: the columns' names."""
    return joined([COLUMNS])


def rows(article: Article) -> str:
    """A row for each statement; nothing for an article without."""
    sha256 = article.text_sha256
    return joined(
        [*_cells(article, sha256, attribution), *told(statement), article.modified or ""]
        for attribution, statement in with_statements(article)
    )


def joined(rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells as guarded CSV text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return out.getvalue()


def read(file: Iterable[str], delimiter: str = ",") -> Iterator[dict[str, str]]:
    """The rows of a file that :func:`write` made, unguarded, by column (open it with ``newline=""``)."""
    lines = csv.reader(file, delimiter=delimiter)
    columns = next(lines, [])
    for cells in lines:
        if cells:
            yield dict(zip(columns, map(unguarded, cells), strict=False))


def guarded(cell: str) -> str:
    """``cell`` so that no spreadsheet takes it for a formula.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'Tis so")
    ("'=1+1", "''=1+1", "'Tis so")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What :func:`guarded` was given.

    >>> unguarded(guarded("@home")), unguarded("'Tis so")
    ('@home', "'Tis so")
    """
    return cell[1:] if _GUARDED.match(cell) else cell


def spans(passage: Passage | None) -> str:
    """Where a passage lies, as ``start-end;start-end``.

    >>> spans(Passage.of("We will, she said, not yield.", [(0, 7), (19, 28)]))
    '0-7;19-28'
    """
    return ";".join(f"{start}-{end}" for start, end in passage.spans) if passage else ""


def told(statement: Statement | None) -> list[str]:
    """The cells of :data:`OF_STATEMENTS`; empty where attributions alone were read."""
    if statement is None:
        return [""] * len(OF_STATEMENTS)
    speaker, said, act, stance = statement.speaker, statement.said, statement.act, statement.stance
    return [
        speaker.name or "",
        speaker.kind,
        _names(speaker.also),
        _names(speaker.maybe),
        speaker.role.passage.text if speaker.role else "",
        speaker.organisation.passage.text if speaker.organisation else "",
        speaker.unnamed_because.text if speaker.unnamed_because else "",
        statement.via.passage.text if statement.via else "",
        _names(statement.about),
        said.edtf or "",
        said.from_,
        act.value,
        "true" if act.negated else "false",
        stance.value,
        _confidence(speaker.confidence),
        _confidence(said.confidence),
        _confidence(act.confidence),
        _confidence(stance.confidence),
    ]


def _cells(article: Article, sha256: str, attribution: Attribution) -> list[str]:
    return [
        article.id,
        article.outlet or "",
        article.url or "",
        article.origin or "",
        article.language or "",
        article.published or "",
        article.published_from or "",
        article.title or "",
        article.byline or "",
        attribution.id,
        attribution.source.text if attribution.source else "",
        attribution.cue.text,
        attribution.content.text,
        attribution.directness,
        str(attribution.depth),
        attribution.parent or "",
        _confidence(attribution.confidence),
        spans(attribution.source),
        spans(attribution.cue),
        spans(attribution.content),
        sha256,
        __version__,
        article.model or "",
    ]


def _names(people: Iterable[Who]) -> str:
    return NAMES_JOINED_BY.join(who.name for who in people)


def _confidence(value: float) -> str:
    return str(round(value, CONFIDENCE_PLACES))
