"""A line of JSON an article: its people and bodies with all they are called (docs/reference/who.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from quotidian._version import __version__
from quotidian.types import Article
from quotidian.write.jsonl.values import encodable, one_line, passage
from quotidian.write.people import Called, Contexts, Entry, Use, people

SCHEMA = "quotidian-who/1"

_TEXTS = ("id", "origin", "url", "outlet", "title", "published")


def write(articles: Iterable[Article], file: TextIO, *, context: bool = False) -> None:
    """Write a line for each article; ``context`` adds the sentence around each name and label."""
    for article in articles:
        file.write(line(article, context=context) + "\n")


def line(article: Article, *, context: bool = False) -> str:
    """The article's people and bodies as JSON, without a line end.

    Raises:
        BadText: a string has half a surrogate pair, which no UTF-8 file can hold.
    """
    contexts = Contexts(article.text) if context else None
    with encodable(article.id):
        return one_line(
            {
                "schema": SCHEMA,
                "read_by": {"quotidian": __version__, "model": article.model},
                **{key: getattr(article, key) for key in _TEXTS},
                "text_sha256": article.text_sha256,
                "people": [_entry(entry, contexts) for entry in people(article)],
            }
        )


def _entry(entry: Entry, contexts: Contexts | None) -> dict[str, Any]:
    entity = entry.entity
    return {
        "entity": entity.id,
        "name": entity.name,
        "type": entity.type,
        "role": passage(entity.role) if entity.role else None,
        "organisation": passage(entity.organisation) if entity.organisation else None,
        "statements_by": entry.statements_by,
        "statements_about": entry.statements_about,
        "called": [_called(called, contexts) for called in entry.called],
    }


def _called(called: Called, contexts: Contexts | None) -> dict[str, Any]:
    return {
        "text": called.text,
        "form": called.form,
        "uses": [_use(use, contexts) for use in called.uses],
    }


def _use(use: Use, contexts: Contexts | None) -> dict[str, Any]:
    return {
        **passage(use.label.passage),
        "by": use.label.by,
        "user": use.user,
        "marks": list(use.label.marks),
        "context": passage(contexts.around(use.label.passage)) if contexts else None,
    }
