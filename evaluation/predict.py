"""What a reader makes of a corpus's texts, now: found by itself, or given what people marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evaluation.corpus import from_article, numbered
from evaluation.types import Document
from quotidian.types import Article, Statement


class ReadsText(Protocol):
    """Whatever finds attributions in a text and resolves them; :class:`quotidian.pipeline.Reader` does."""

    @property
    def model_name(self) -> str:
        """Which model it is, with its version."""

    def read_text(
        self,
        text: str,
        *,
        id: str | None = None,
        outlet: str | None = None,
        published: str | None = None,
        any_language: bool = False,
    ) -> Article:
        """The text as an article with its attributions and their statements."""

    def stated(self, article: Article) -> Article:
        """The article with statements of the attributions that it has; none is looked for."""


def reader(model: Path | None = None, threads: int | None = None) -> ReadsText:
    """The reader that is installed, with the model that it ships or the one given."""
    from quotidian.pipeline import Reader

    return Reader(model, threads=threads)


def articles(gold: Iterable[Document], reading: ReadsText, any_language: bool = False) -> Iterator[Article]:
    """Each document's text as read, in order; its marks are not shown to the reader."""
    for one in gold:
        if one.text is not None:
            yield reading.read_text(
                one.text, id=one.doc, outlet=one.outlet, published=one.published, any_language=any_language
            )


def predictions(
    gold: Iterable[Document], reading: ReadsText, any_language: bool = False
) -> Iterator[Document]:
    """The attributions of :func:`articles`, as documents to score."""
    return map(from_article, articles(gold, reading, any_language))


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document whose marked attributions were resolved: the article, and statements by number.

    A number is the attribution's place in the document's list, ``ar`` in files of labels.
    """

    article: Article
    statements: Mapping[int, Statement]


def resolved(gold: Iterable[Document], reading: ReadsText) -> dict[str, Resolved]:
    """Each document's marked attributions resolved by a reader, by the document's name."""
    return {one.doc: _resolved(one, reading) for one in gold}


def _resolved(one: Document, reading: ReadsText) -> Resolved:
    article, numbers = numbered(one)
    resolved = reading.stated(article)
    return Resolved(resolved, dict(zip(numbers, resolved.statements, strict=True)))
