"""An article as one line of JSON: our public contract, version 1 (docs/reference/json.md).

The same article gives the same bytes. Characters that end lines for some readers (U+0085,
U+2028, U+2029), C1 controls and marks of direction are written as escapes, so a line stays one
line for everybody and can be shown on a terminal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TextIO

from quotidian._version import __version__
from quotidian.errors import BadRecord
from quotidian.types import Article, Attribution, Directness, PublishedFrom, Statement
from quotidian.write.jsonl.entities import (
    date,
    entity,
    mention,
    parsed_date,
    parsed_entity,
    parsed_mention,
)
from quotidian.write.jsonl.statements import parsed_statement, statement
from quotidian.write.jsonl.values import (
    CONFIDENCE_PLACES,
    confidence,
    encodable,
    one_line,
    one_of,
    optional,
    parsed_confidence,
    parsed_passage,
    passage,
    typed,
)
from quotidian.write.segments import with_statements

__all__ = [
    "CONFIDENCE_PLACES",
    "ENOUGH",
    "SCHEMA",
    "line",
    "looks_ours",
    "parse",
    "parsed",
    "record",
    "write",
]

SCHEMA = "quotidian-article/1"
ENOUGH = 512

_OURS = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"schema"\s*:\s*"quotidian-article/')
_TEXTS = (
    "origin",
    "url",
    "outlet",
    "title",
    "byline",
    "language",
    "published",
    "published_from",
    "modified",
    "reason",
)
_ADDED = ("modified",)  # keys that lines of earlier versions of the software lack


def write(articles: Iterable[Article], file: TextIO) -> None:
    """Write each article as a line."""
    for article in articles:
        file.write(line(article) + "\n")


def line(article: Article) -> str:
    """The article as JSON, without a line end.

    Raises:
        BadText: a string has half a surrogate pair, which no UTF-8 file can hold.
    """
    with encodable(article.id):
        return one_line(record(article))


def parse(line: str) -> Article:
    """The article that a line holds: the inverse of :func:`line`. Unknown keys are ignored.

    Confidences have the four places that were written. Lines of version 0.1, which know no
    statements, are articles whose attributions alone were read.

    Raises:
        BadRecord: the line is not an article of this schema, or contradicts itself.
    """
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"not JSON: {error}") from error
    return parsed(found)


def parsed(record: Any) -> Article:
    """The article that such an object is: the inverse of :func:`record`, and as :func:`parse`.

    Raises:
        BadRecord: it is not an article of this schema, or contradicts itself.
    """
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise BadRecord(f'not an article of ours: "schema" should be "{SCHEMA}"')
    try:
        return _parsed(record)
    except (KeyError, TypeError, ValueError) as error:
        raise BadRecord(f"not a whole {SCHEMA}: {type(error).__name__} {error}") from error


def looks_ours(beginning: bytes) -> bool:
    """Whether a file that begins so (:data:`ENOUGH` bytes of it) holds lines of ours.

    >>> looks_ours(b'{"schema": "quotidian-article/1", "read_by"')
    True
    """
    return _OURS.match(beginning) is not None


def record(article: Article) -> dict[str, Any]:
    """The article as the object that a line holds."""
    return {
        "schema": SCHEMA,
        "read_by": {"quotidian": __version__, "model": article.model},
        "id": article.id,
        **{key: getattr(article, key) for key in _TEXTS},
        "text": article.text,
        "text_sha256": article.text_sha256,
        "attributions": [
            {**_attribution(found), **statement(made)} for found, made in with_statements(article)
        ],
        "entities": [entity(found) for found in article.entities],
        "mentions": [mention(found) for found in article.mentions],
        "dates": [date(found) for found in article.dates],
    }


def _attribution(found: Attribution) -> dict[str, Any]:
    return {
        "id": found.id,
        "source": passage(found.source) if found.source else None,
        "cue": passage(found.cue),
        "content": passage(found.content),
        "directness": found.directness,
        "depth": found.depth,
        "parent": found.parent,
        "confidence": confidence(found.confidence),
    }


def _parsed(record: dict[str, Any]) -> Article:
    article = Article(
        id=typed(record["id"], str),
        text=typed(record["text"], str),
        **{key: optional(record.get(key) if key in _ADDED else record[key], str) for key in _TEXTS},
        model=optional(record["read_by"]["model"], str),
    )
    if article.published_from is not None:
        one_of(article.published_from, PublishedFrom, "published_from")
    if _sha256(article) != record["text_sha256"]:
        raise BadRecord("text_sha256 is not the text's: the text was changed, so offsets may be wrong")
    text = article.text
    attributions = tuple(_parsed_attribution(found, text) for found in record["attributions"])
    whole = replace(
        article,
        attributions=attributions,
        statements=_parsed_statements(record["attributions"], attributions, text),
        entities=tuple(parsed_entity(found, text) for found in record.get("entities", ())),
        mentions=tuple(parsed_mention(found, text) for found in record.get("mentions", ())),
        dates=tuple(parsed_date(found, text) for found in record.get("dates", ())),
    )
    if unknown := _entities_meant(whole) - {known.id for known in whole.entities}:
        raise BadRecord(f"{', '.join(sorted(unknown))}: not among the entities of the article")
    users = {label.by for known in whole.entities for label in known.labels if label.by is not None}
    if unknown := users - {made.attribution.id for made in whole.statements}:
        raise BadRecord(f"{', '.join(sorted(unknown))}: uses a label and is no statement of the article")
    return whole


def _sha256(article: Article) -> str:
    try:
        return article.text_sha256
    except UnicodeEncodeError as error:
        raise BadRecord("the text has half a surrogate pair, which is no Unicode text") from error


def _parsed_attribution(found: dict[str, Any], text: str) -> Attribution:
    return Attribution(
        id=typed(found["id"], str),
        source=None if found["source"] is None else parsed_passage(found["source"], text),
        cue=parsed_passage(found["cue"], text),
        content=parsed_passage(found["content"], text),
        directness=one_of(found["directness"], Directness, "directness"),
        depth=typed(found["depth"], int),
        parent=optional(found["parent"], str),
        confidence=parsed_confidence(found["confidence"]),
    )


def _parsed_statements(
    found: list[dict[str, Any]], attributions: tuple[Attribution, ...], text: str
) -> tuple[Statement, ...]:
    """A statement for each attribution, or none at all."""
    parsed = [parsed_statement(*pair, text) for pair in zip(found, attributions, strict=True)]
    whole = tuple(one for one in parsed if one is not None)
    if whole and len(whole) < len(parsed):
        raise BadRecord("some attributions have a speaker and some have none")
    return whole


def _entities_meant(article: Article) -> set[str]:
    """The ids of all entities that statements and mentions point to."""
    meant = {named for found in article.mentions for named in (found.entity, *found.maybe)}
    for made in article.statements:
        meant.add(made.speaker.entity)
        meant.update(who.entity for who in (*made.speaker.also, *made.speaker.maybe, *made.about))
    return {named for named in meant if named is not None}
