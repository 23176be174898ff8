"""Statements, articles and entities as JSON objects: public contracts, each with a version.

Within a version keys may be added; none is taken away, renamed or given another meaning
(docs/reference/export.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quotidian.export.excerpt import excerpt, is_whole, words
from quotidian.export.options import Options
from quotidian.store.values import Head, Hit, LabelUse, Named, StoredArticle, StoredEntity
from quotidian.types import Passage
from quotidian.write import jsonl
from quotidian.write.jsonl.values import confidence, one_line, passage

STATEMENT = "quotidian-statement/1"
VIEW = "quotidian-article-view/1"
ENTITY = "quotidian-entity/1"


def statement_lines(hits: Iterable[Hit], options: Options) -> Iterator[str]:
    """A line for each statement."""
    return (one_line(statement(hit, options)) + "\n" for hit in hits)


def article_lines(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    """A line for each article: the whole reading where the text is asked for, or else a view of it."""
    for stored in articles:
        yield (jsonl.line(stored.article) if options.whole_text else one_line(view(stored, options))) + "\n"


def entity_lines(entities: Iterable[StoredEntity], options: Options) -> Iterator[str]:
    """A line for each entity."""
    return (one_line(entity(stored, options)) + "\n" for stored in entities)


def statement(hit: Hit, options: Options) -> dict[str, Any]:
    """A statement with its article's head."""
    return {"schema": STATEMENT, **_said(hit, options, {"article": _head(hit.article, options)})}


def view(stored: StoredArticle, options: Options) -> dict[str, Any]:
    """An article to share: its address and what is said in it, without its text."""
    return {
        "schema": VIEW,
        **_head(stored.head, options),
        "modified": stored.article.modified,
        "language": stored.article.language,
        "versions": stored.head.versions,
        "read_at": stored.head.read_at,
        "model": stored.head.model,
        "reason": stored.head.reason,
        "text_sha256": stored.article.text_sha256,
        "letters": stored.share.letters,
        "letters_attributed": stored.share.attributed,
        "letters_unnamed": stored.share.unnamed,
        "statements": [_said(hit, options, {}) for hit in stored.hits],
    }


def entity(stored: StoredEntity, options: Options) -> dict[str, Any]:
    """An entity with names, offices, what it is called and by whom, and who it is elsewhere."""
    return {
        "schema": ENTITY,
        "id": stored.head.id,
        "address": options.entity(stored.head.id),
        "type": stored.head.type,
        "name": stored.head.name,
        "statements": stored.head.statements,
        "articles": stored.articles,
        "names": [{"name": one.name, "articles": one.articles} for one in stored.names],
        "offices": [
            {
                "role": one.role,
                "organisation": one.organisation,
                "first": one.first,
                "last": one.last,
                "articles": one.articles,
            }
            for one in stored.offices
        ],
        "labels": [_label(one, options) for one in stored.labels],
        "identifiers": [
            {"service": one.service, "identifier": one.identifier, "name": one.name, "url": one.url}
            for one in stored.identifiers
        ],
    }


def _said(hit: Hit, options: Options, article: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": hit.id,
        "key": hit.key,
        "address": options.statement(hit.id),
        **article,
        "source": _passage(hit.source),
        "cue": _passage(hit.cue),
        "content": _passage(hit.content),
        "context": _context(hit, options),
        "directness": hit.directness,
        "depth": hit.depth,
        "parent": hit.parent,
        "speaker": _named(hit.speaker, options),
        "kind": hit.kind,
        "also": [_named(one, options) for one in hit.also],
        "maybe": [_named(one, options) for one in hit.maybe],
        "about": [_named(one, options) for one in hit.about],
        "role": hit.role,
        "organisation": hit.organisation,
        "via": hit.via,
        "said": {"edtf": hit.said, "from": hit.said_from},
        "day": hit.day,
        "act": hit.act,
        "negated": hit.negated,
        "stance": hit.stance,
        "confidence": confidence(hit.confidence),
        "speaker_confidence": confidence(hit.speaker_confidence),
        "review": hit.state,
    }


def _head(head: Head, options: Options) -> dict[str, Any]:
    return {
        "id": head.own_id,
        "number": head.id,
        "version": head.version,
        "address": options.article(head.id),
        "url": head.url,
        "outlet": head.outlet.name if head.outlet else None,
        "outlet_number": head.outlet.id if head.outlet else None,
        "title": head.title,
        "byline": head.byline,
        "published": head.published,
    }


def _context(hit: Hit, options: Options) -> dict[str, Any]:
    spans = excerpt(hit, options.whole_text)
    return {
        "text": " ".join(words(hit, spans)),
        "spans": [[start, end] for start, end in spans],
        "whole": is_whole(hit, spans),
    }


def _passage(value: Passage | None) -> dict[str, Any] | None:
    return passage(value) if value else None


def _named(who: Named | None, options: Options) -> dict[str, Any] | None:
    if who is None:
        return None
    return {
        "entity": who.entity,
        "address": options.entity(who.entity),
        "name": who.name,
        "confidence": confidence(who.confidence),
    }


def _label(use: LabelUse, options: Options) -> dict[str, Any]:
    return {
        "text": use.text,
        "form": use.form,
        "marks": use.marks.split(),
        "by": _named(use.by, options),
        "outlet": use.outlet.name if use.outlet else None,
        "uses": use.uses,
        "statement": use.statement,
        "article": use.article,
    }
