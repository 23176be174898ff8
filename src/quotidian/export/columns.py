"""The columns of tables, once for CSV and Parquet alike: a name, a kind of value, and where it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from quotidian.export.excerpt import excerpt, shown
from quotidian.export.options import Options
from quotidian.store.values import Head, Hit, Named, Office, StoredArticle, StoredEntity
from quotidian.types import Passage
from quotidian.write.jsonl.values import confidence

# texts and numbers are lists; spans are lists of [start, end).
Kind = Literal["text", "number", "probability", "truth", "day", "texts", "numbers", "spans"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column of a table of such values; None is an empty cell."""

    name: str
    kind: Kind
    of: Callable[[T, Options], Any]
    only_with_text: bool = False


def _of_heads(head: Callable[[Any], Head]) -> list[Column[Any]]:
    return [
        Column("article_id", "text", lambda one, _: head(one).own_id),
        Column("article_number", "number", lambda one, _: head(one).id),
        Column("version", "number", lambda one, _: head(one).version),
        Column("outlet", "text", lambda one, _: (outlet := head(one).outlet) and outlet.name),
        Column("outlet_number", "number", lambda one, _: (outlet := head(one).outlet) and outlet.id),
        Column("url", "text", lambda one, _: head(one).url),
        Column("title", "text", lambda one, _: head(one).title),
        Column("byline", "text", lambda one, _: head(one).byline),
        Column("published", "text", lambda one, _: head(one).published),
        Column("published_day", "day", lambda one, _: head(one).published_day),
    ]


def _people(name: str, of: Callable[[Hit], Iterable[Named]]) -> list[Column[Hit]]:
    return [
        Column(name, "texts", lambda hit, _: [who.name for who in of(hit)]),
        Column(f"{name}_entities", "numbers", lambda hit, _: [who.entity for who in of(hit)]),
    ]


def _spans(passage: Passage | None) -> list[tuple[int, int]]:
    return [(start, end) for start, end in passage.spans] if passage else []


STATEMENTS: tuple[Column[Hit], ...] = (
    Column("statement", "number", lambda hit, _: hit.id),
    Column("address", "text", lambda hit, options: options.statement(hit.id)),
    *_of_heads(lambda hit: hit.article),
    Column("attribution_id", "text", lambda hit, _: hit.key),
    Column("source", "text", lambda hit, _: hit.source and hit.source.text),
    Column("cue", "text", lambda hit, _: hit.cue.text),
    Column("content", "text", lambda hit, _: hit.content.text),
    Column("context", "text", lambda hit, options: shown(hit, options.whole_text)),
    Column("directness", "text", lambda hit, _: hit.directness),
    Column("depth", "number", lambda hit, _: hit.depth),
    Column("parent", "number", lambda hit, _: hit.parent),
    Column("kind", "text", lambda hit, _: hit.kind),
    Column("speaker", "text", lambda hit, _: hit.speaker and hit.speaker.name),
    Column("speaker_entity", "number", lambda hit, _: hit.speaker and hit.speaker.entity),
    *_people("also", lambda hit: hit.also),
    *_people("maybe", lambda hit: hit.maybe),
    *_people("about", lambda hit: hit.about),
    Column("role", "text", lambda hit, _: hit.role),
    Column("organisation", "text", lambda hit, _: hit.organisation),
    Column("via", "text", lambda hit, _: hit.via),
    Column("said", "text", lambda hit, _: hit.said),
    Column("said_from", "text", lambda hit, _: hit.said_from),
    Column("day", "day", lambda hit, _: hit.day),
    Column("act", "text", lambda hit, _: hit.act),
    Column("negated", "truth", lambda hit, _: hit.negated),
    Column("stance", "text", lambda hit, _: hit.stance),
    Column("confidence", "probability", lambda hit, _: confidence(hit.confidence)),
    Column("speaker_confidence", "probability", lambda hit, _: confidence(hit.speaker_confidence)),
    Column("review", "text", lambda hit, _: hit.state),
    Column("source_spans", "spans", lambda hit, _: _spans(hit.source)),
    Column("cue_spans", "spans", lambda hit, _: _spans(hit.cue)),
    Column("content_spans", "spans", lambda hit, _: _spans(hit.content)),
    Column("context_spans", "spans", lambda hit, options: [*map(tuple, excerpt(hit, options.whole_text))]),
)

ARTICLES: tuple[Column[StoredArticle], ...] = (
    *_of_heads(lambda stored: stored.head),
    Column("modified", "text", lambda stored, _: stored.article.modified),
    Column("address", "text", lambda stored, options: options.article(stored.head.id)),
    Column("versions", "number", lambda stored, _: stored.head.versions),
    Column("language", "text", lambda stored, _: stored.article.language),
    Column("read_at", "text", lambda stored, _: stored.head.read_at),
    Column("model", "text", lambda stored, _: stored.head.model),
    Column("reason", "text", lambda stored, _: stored.head.reason),
    Column("statements", "number", lambda stored, _: len(stored.hits)),
    Column("letters", "number", lambda stored, _: stored.share.letters),
    Column("letters_attributed", "number", lambda stored, _: stored.share.attributed),
    Column("letters_unnamed", "number", lambda stored, _: stored.share.unnamed),
    Column("text_sha256", "text", lambda stored, _: stored.article.text_sha256),
    Column("text", "text", lambda stored, _: stored.article.text, only_with_text=True),
)

ENTITIES: tuple[Column[StoredEntity], ...] = (
    Column("entity", "number", lambda stored, _: stored.head.id),
    Column("address", "text", lambda stored, options: options.entity(stored.head.id)),
    Column("type", "text", lambda stored, _: stored.head.type),
    Column("name", "text", lambda stored, _: stored.head.name),
    Column("names", "texts", lambda stored, _: [one.name for one in stored.names]),
    Column("offices", "texts", lambda stored, _: [office(one) for one in stored.offices]),
    Column("labels", "texts", lambda stored, _: list(dict.fromkeys(one.text for one in stored.labels))),
    Column("statements", "number", lambda stored, _: stored.head.statements),
    Column("articles", "number", lambda stored, _: stored.articles),
    Column(
        "identifiers",
        "texts",
        lambda stored, _: [f"{one.service}:{one.identifier}" for one in stored.identifiers],
    ),
)


def columns_for(columns: tuple[Column[T], ...], options: Options) -> tuple[Column[T], ...]:
    """Those that the options ask for."""
    return tuple(column for column in columns if options.whole_text or not column.only_with_text)


def office(held: Office) -> str:
    """An office in words, with the first and last day on which articles give it.

    >>> office(Office("deputy minister", "Ministry of Works", "2031-03-04", "2031-03-09", 2))
    'deputy minister, Ministry of Works (2031-03-04 to 2031-03-09)'
    """
    words = ", ".join(part for part in (held.role, held.organisation) if part)
    days = " to ".join(dict.fromkeys(day for day in (held.first, held.last) if day))
    return f"{words} ({days})" if days else words
