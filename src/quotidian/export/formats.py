"""What can be exported, as what, and the one function that does it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from quotidian.errors import BadText, NotInArchive, UsageError
from quotidian.export import (
    citations,
    columns,
    feeds,
    ftm,
    gexf,
    parquet,
    provo,
    records,
    reviewed,
    schemaorg,
    table,
    tracegraph,
    utterances,
    webannotation,
)
from quotidian.export.lookup import Ids, Lookup, entities_of
from quotidian.export.options import Options
from quotidian.store.values import EntityHead, Hit, Review, StoredArticle, StoredEntity, Utterance

Chunks = Iterator[str] | Iterator[bytes]

_TOGETHER = 1 << 16
_ENTITIES_TOGETHER = 500


class Source(Protocol):
    """What exports ask of an archive: :class:`quotidian.store.archive.Archive` has it."""

    def every(self, query: str = "") -> Iterator[Hit]:
        """All statements that a query finds."""

    def article_ids(self, query: str = "") -> Iterator[int]:
        """The articles with a statement that a query finds; all for an empty one."""

    def article(self, id: int) -> StoredArticle:
        """An article."""

    def statement(self, id: int) -> Hit:
        """A statement."""

    def entity(self, id: int) -> StoredEntity:
        """An entity."""

    def entities(self, name: str = "", *, limit: int = 50, offset: int = 0) -> tuple[EntityHead, ...]:
        """Active entities."""

    def every_utterance(self, query: str = "") -> Iterator[Utterance]:
        """All utterances with a report that a query finds."""

    def reviews(self, *, article: int | None = None, limit: int | None = 100) -> tuple[Review, ...]:
        """Reviews of an article."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of one kind of value.

    ``of`` writes given values (a page of hits, say) piece by piece; the look-up is asked who an
    entity is.
    """

    ending: str
    media_type: str
    of: Callable[[Iterable[Any], Options, Lookup], Chunks]


def _plain(write: Callable[[Iterable[Any], Options], Chunks]) -> Callable[..., Chunks]:
    """A writer that asks nothing more of the archive."""
    return lambda values, options, lookup: write(values, options)


def _tables(
    of: tuple[columns.Column[Any], ...], rows: Callable[[Iterable[Any]], Iterable[Any]] = iter
) -> dict[str, Format]:
    return {
        "csv": Format(
            ".csv",
            "text/csv; charset=utf-8",
            lambda values, options, lookup: table.csv_lines(rows(values), of, options),
        ),
        "parquet": Format(
            ".parquet",
            "application/vnd.apache.parquet",
            lambda values, options, lookup: parquet.parquet_chunks(rows(values), of, options),
        ),
    }


def _lines(write: Callable[[Iterable[Any], Options], Chunks]) -> Format:
    return Format(".jsonl", "application/jsonl", _plain(write))


def _annotations(write: Callable[[Iterable[Any], Options], Chunks]) -> Format:
    profile = "http://www.w3.org/ns/anno.jsonld"
    return Format(".jsonld", f'application/ld+json; profile="{profile}"', _plain(write))


_GEXF, _ATOM, _FEED = "application/xml", "application/atom+xml", "application/feed+json"
_BIBTEX, _CSL = "application/x-bibtex", "application/vnd.citationstyles.csl+json"
_RIS, _LD = "application/x-research-info-systems", "application/ld+json"

FORMATS: Mapping[str, Mapping[str, Format]] = {
    "statements": {
        "jsonl": _lines(records.statement_lines),
        **_tables(columns.STATEMENTS),
        "webannotation": _annotations(webannotation.of_statements),
        "jsonld": Format(".jsonld", _LD, _plain(schemaorg.quotations)),
        "claimreview": Format(".jsonld", _LD, _plain(schemaorg.claim_reviews)),
        "ftm": Format(".ftm.json", "application/json+ftm", ftm.of_statements),
        "gexf": Format(".gexf", _GEXF, gexf.graph),
        "atom": Format(".atom", _ATOM, _plain(feeds.atom_of_statements)),
        "jsonfeed": Format(".json", _FEED, _plain(feeds.json_of_statements)),
        "bibtex": Format(".bib", _BIBTEX, _plain(citations.bibtex_of_statements)),
        "csl-json": Format(".json", _CSL, _plain(citations.csl_of_statements)),
        "ris": Format(".ris", _RIS, _plain(citations.ris_of_statements)),
    },
    "articles": {
        "jsonl": _lines(records.article_lines),
        **_tables(columns.ARTICLES),
        "webannotation": _annotations(webannotation.of_articles),
        "atom": Format(".atom", _ATOM, _plain(feeds.atom_of_articles)),
        "jsonfeed": Format(".json", _FEED, _plain(feeds.json_of_articles)),
        "bibtex": Format(".bib", _BIBTEX, _plain(citations.bibtex_of_articles)),
        "csl-json": Format(".json", _CSL, _plain(citations.csl_of_articles)),
        "ris": Format(".ris", _RIS, _plain(citations.ris_of_articles)),
    },
    "entities": {
        "jsonl": _lines(records.entity_lines),
        **_tables(columns.ENTITIES),
        "ftm": Format(".ftm.json", "application/json+ftm", _plain(ftm.of_entities)),
        # Of entities alone there are no edges; a whole export has them.
        "gexf": Format(".gexf", _GEXF, _plain(lambda values, options: gexf.written(values, {}, {}, options))),
    },
    "utterances": {
        "jsonl": _lines(utterances.lines),
        **_tables(utterances.COLUMNS, utterances.rows),
        "gexf": Format(".gexf", _GEXF, _plain(tracegraph.graph)),
        "prov": Format(".jsonld", _LD, _plain(provo.graph)),
    },
    "reviews": {"jsonl": _lines(reviewed.lines)},
}


def export(
    archive: Source,
    what: str,
    format: str,
    query: str,
    file: BinaryIO,
    *,
    whole_text: bool = False,
    base_url: str | None = None,
    bom: bool = False,
) -> None:
    """Write all that a query finds to a file, whatever its size, in memory that does not grow with it.

    Args:
        archive: an open archive.
        what: statements, articles, entities, utterances or reviews.
        format: one of :data:`FORMATS`.
        query: as one searches; empty for everything.
        file: where to write; text formats are UTF-8.
        whole_text: articles with their whole text, statements with whole sentences.
        base_url: where the archive's reading room is, for permanent addresses.
        bom: CSV with a byte order mark.

    Raises:
        UsageError: there is no such thing or format, or a library is missing.
        BadText: a string has half a surrogate pair, which no UTF-8 file can hold.
    """
    options = Options(whole_text=whole_text, base_url=base_url, bom=bom)
    for chunk in chunks(archive, what, format, query, options):
        file.write(chunk)


def chunks(archive: Source, what: str, format: str, query: str, options: Options) -> Iterator[bytes]:
    """The same piece by piece, for whoever sends it on; errors of usage are raised at once."""
    chosen = format_of(what, format)
    lookup = lookup_in(archive)
    if what == "statements":
        return encoded(chosen.of(archive.every(query), options, lookup))
    if what == "articles":
        return encoded(chosen.of(_articles(archive, query), options, lookup))
    if what == "utterances":
        return encoded(chosen.of(archive.every_utterance(query), options, lookup))
    if what == "reviews":
        return encoded(_reviews(archive, query, options))
    if format == "gexf":
        edges, made = gexf.added_up(archive.every(query))
        return encoded(gexf.written(_entities(archive, query, lookup), edges, made, options))
    return encoded(chosen.of(_entities(archive, query, lookup), options, lookup))


def format_of(what: str, format: str) -> Format:
    """The format of one kind of value.

    Raises:
        UsageError: there is none; the message names those that there are.
    """
    if what not in FORMATS:
        raise UsageError(f"{what!a} cannot be exported; there are {', '.join(FORMATS)}")
    if format not in FORMATS[what]:
        raise UsageError(f"no format {format!a} of {what}; there are {', '.join(FORMATS[what])}")
    return FORMATS[what][format]


def lookup_in(archive: Source) -> Lookup:
    """Who an entity of the archive is; None for one that is not there, or not to be shown."""

    def lookup(id: int) -> StoredEntity | None:
        try:
            found = archive.entity(id)
        except NotInArchive:
            return None
        return found if found.head.state == "active" else None

    return lookup


def encoded(chunks: Chunks) -> Iterator[bytes]:
    """Text as UTF-8, small pieces put together.

    Raises:
        BadText: half a surrogate pair.
    """
    waiting = bytearray()
    try:
        for chunk in chunks:
            waiting += chunk if isinstance(chunk, bytes) else chunk.encode()
            if len(waiting) >= _TOGETHER:
                yield bytes(waiting)
                waiting.clear()
    except UnicodeEncodeError as error:
        raise BadText("half a surrogate pair: no file can hold such text") from error
    if waiting:
        yield bytes(waiting)


def _articles(archive: Source, query: str) -> Iterator[StoredArticle]:
    # The numbers first: no question to the archive stays open while the articles are taken out.
    for id in array("q", archive.article_ids(query)):
        with suppress(NotInArchive):  # somebody took it out meanwhile
            yield archive.article(id)


def _entities(archive: Source, query: str, lookup: Lookup) -> Iterator[StoredEntity]:
    """All entities; with a query those who speak or are spoken about in what it finds. By number."""
    ids = Ids()
    if query.strip():
        for hit in archive.every(query):
            for id in entities_of(hit):
                ids.add(id)
    else:
        offset = 0
        while heads := archive.entities(limit=_ENTITIES_TOGETHER, offset=offset):
            for head in heads:
                ids.add(head.id)
            offset += len(heads)
    return (found for id in ids if (found := lookup(id)))


def _reviews(archive: Source, query: str, options: Options) -> Iterator[str]:
    if not options.whole_text:
        raise UsageError("reviews are for training, which needs the articles' texts: add --whole-text")

    def is_shown(statement: int) -> bool:
        try:
            archive.statement(statement)
        except NotInArchive:
            return False
        return True

    found = (
        (stored, reviews)
        for stored in _articles(archive, query)
        if (reviews := archive.reviews(article=stored.head.id, limit=None))
    )
    return reviewed.lines(found, options, is_shown)
