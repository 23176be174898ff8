"""One row a name or label in one place, for spreadsheets; formulas are guarded (docs/reference/who.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from quotidian._version import __version__
from quotidian.types import Article
from quotidian.write.csv import joined, spans
from quotidian.write.people import Contexts, Entry, Use, people

_OF_ARTICLES = ("article_id", "outlet", "url", "origin", "published", "title")
_OF_ENTITIES = (
    "entity",
    "name",
    "type",
    "role",
    "organisation",
    "statements_by",
    "statements_about",
)
_OF_USES = (
    "label",
    "form",
    "marks",
    "user",
    "statement",
    "spans",
    "context",
)
COLUMNS = (*_OF_ARTICLES, *_OF_ENTITIES, *_OF_USES, "text_sha256", "quotidian", "model")


def write(articles: Iterable[Article], file: TextIO, *, context: bool = False) -> None:
    """Write the header, then each article's rows; ``context`` fills the column of that name."""
    file.write(joined([COLUMNS]))
    for article in articles:
        file.write(joined(rows(article, context=context)))


def rows(article: Article, *, context: bool = False) -> Iterator[list[str]]:
    """A row for each place of each name and label; one for somebody who has only pronouns."""
    contexts = Contexts(article.text) if context else None
    before = [
        article.id,
        article.outlet or "",
        article.url or "",
        article.origin or "",
        article.published or "",
        article.title or "",
    ]
    after = [article.text_sha256, __version__, article.model or ""]
    for entry in people(article):
        uses: list[Use | None] = [use for called in entry.called for use in called.uses]
        for use in uses or [None]:
            yield [*before, *_entry(entry), *_use(use, contexts), *after]


def _entry(entry: Entry) -> list[str]:
    entity = entry.entity
    return [
        entity.id,
        entity.name,
        entity.type,
        entity.role.text if entity.role else "",
        entity.organisation.text if entity.organisation else "",
        str(entry.statements_by),
        str(entry.statements_about),
    ]


def _use(use: Use | None, contexts: Contexts | None) -> list[str]:
    if use is None:
        return [""] * len(_OF_USES)
    label = use.label
    return [
        label.passage.text,
        label.form,
        " ".join(label.marks),
        use.user,
        label.by or "",
        spans(label.passage),
        contexts.around(label.passage).text if contexts else "",
    ]
