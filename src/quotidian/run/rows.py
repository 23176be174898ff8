"""A read article → rows of the data set's tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from quotidian.errors import BadRecord
from quotidian.run.values import Skip
from quotidian.types import Article, Attribution, Entity, Found, Passage, Statement, Who
from quotidian.when.edtf import bounds
from quotidian.write import jsonl
from quotidian.write.jsonl.values import confidence, one_line

Row = dict[str, Any]


def article(read: Article, *, key: str, shard: str, place: str, fetched: str | None) -> Row:
    """The row of an article; ``key`` is its name in the data set."""
    return {
        "article": key,
        "article_id": read.id,
        "shard": shard,
        "place": place,
        "url": read.url,
        "outlet": read.outlet,
        "title": read.title,
        "byline": read.byline,
        "language": read.language,
        "published": read.published,
        "published_from": read.published_from,
        "modified": read.modified,
        "fetched": fetched,
        "words": len(read.text.split()),
        "statements": len(read.attributions),
        "model": read.model,
        "text_sha256": read.text_sha256,
        "text": read.text,
        "reading": reading_of(read),
    }


def reading_of(read: Article) -> str:
    """All that was read, as ``quotidian read`` writes it, but for the text."""
    whole = jsonl.record(read)
    del whole["text"]
    return one_line(whole)


def article_of(reading: str, text: str) -> Article:
    """The article that a row's ``reading`` and ``text`` make: what was read, as it was written.

    Raises:
        BadRecord: they do not belong together, or are not of this kind.
    """
    try:
        whole = json.loads(reading)
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"not JSON: {error}") from error
    return jsonl.parsed({**whole, "text": text} if isinstance(whole, dict) else whole)


def attributions(read: Article, key: str) -> Iterator[Row]:
    """A row for each attribution."""
    for found in read.attributions:
        yield {
            **_attribution(found, key),
            "source_spans": _spans(found.source),
            "cue_spans": _spans(found.cue),
            "content_spans": _spans(found.content),
        }


def statements(read: Article, key: str) -> Iterator[Row]:
    """A row for each statement, with what is asked of it most."""
    for made in read.statements:
        yield {
            **_attribution(made.attribution, key),
            "outlet": read.outlet,
            "url": read.url,
            "title": read.title,
            **_told(made),
        }


def entities(read: Article, key: str) -> Iterator[Row]:
    """A row for each entity."""
    for found in read.entities:
        yield {
            "article": key,
            "entity": found.id,
            "type": found.type,
            "name": found.name,
            "role": found.role and found.role.text,
            "organisation": found.organisation and found.organisation.text,
            "labels": _labels(found),
        }


def skipped(skip: Skip, shard: str) -> Row:
    """The row of a record that was not taken."""
    return {
        "shard": shard,
        "place": skip.place,
        "url": skip.url,
        "reason": skip.reason,
        "detail": skip.detail,
        "bytes": skip.bytes,
    }


def _attribution(found: Attribution, key: str) -> Row:
    return {
        "article": key,
        "attribution_id": found.id,
        "parent": found.parent,
        "depth": found.depth,
        "directness": found.directness,
        "source": found.source and found.source.text,
        "cue": found.cue.text,
        "content": found.content.text,
        "confidence": confidence(found.confidence),
    }


def _told(made: Statement) -> Row:
    speaker, said = made.speaker, made.said
    first, last = bounds(said.edtf) if said.edtf else (None, None)
    return {
        "speaker": speaker.name,
        "speaker_entity": speaker.entity,
        "kind": speaker.kind,
        **_people("also", speaker.also),
        **_people("maybe", speaker.maybe),
        "role": _words(speaker.role),
        "organisation": _words(speaker.organisation),
        "unnamed_because": speaker.unnamed_because and speaker.unnamed_because.text,
        "via": _words(made.via),
        **_people("about", made.about),
        "said": said.edtf,
        "said_from": said.from_,
        "said_first": first,
        "said_last": last,
        "act": made.act.value,
        "negated": made.act.negated,
        "stance": made.stance.value,
        "speaker_confidence": confidence(speaker.confidence),
        "said_confidence": confidence(said.confidence),
        "act_confidence": confidence(made.act.confidence),
        "stance_confidence": confidence(made.stance.confidence),
    }


def _people(name: str, people: tuple[Who, ...]) -> Row:
    return {name: [who.name for who in people], f"{name}_entities": [who.entity for who in people]}


def _words(found: Found | None) -> str | None:
    return found.passage.text if found else None


def _spans(passage: Passage | None) -> list[Row]:
    return [{"start": start, "end": end} for start, end in passage.spans] if passage else []


def _labels(entity: Entity) -> list[Row]:
    return [
        {"text": label.passage.text, "form": label.form, "by": label.by, "marks": list(label.marks)}
        for label in entity.labels
    ]
