"""Statements of invented documents, and a reader that makes of a text what it was told. All is fiction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from evaluation.speakers import Answer
from quotidian.types import (
    Act,
    Article,
    Attribution,
    Found,
    Passage,
    Said,
    Span,
    Speaker,
    Stance,
    Statement,
    Who,
)


def statement(of: Attribution, answer: Answer | None = None, about: Iterable[str] = ()) -> Statement:
    """The statement that an attribution makes with such a speaker, about such people."""
    answer = answer or Answer()
    return Statement(
        attribution=of,
        speaker=Speaker(
            kind=answer.kind,
            entity=None,
            name=answer.name or None,
            confidence=1.0,
            role=found(answer.role),
            organisation=found(answer.organisation),
        ),
        about=tuple(Who(None, name, 1.0) for name in about),
        via=found(answer.via),
        said=Said(None, "nothing", 1.0),
        act=Act("state", 1.0),
        stance=Stance("neutral", 1.0),
    )


def found(words: str) -> Found | None:
    """Words that were found; where is not looked at."""
    return Found(Passage(words, (Span(0, len(words)),)), 1.0) if words else None


class Answers:
    """A reader that finds the attributions that it was shown and says of each what it was told.

    ``speakers`` and ``about`` are by the first words of a content; nothing is said of the others.
    """

    model_name = "answers"

    def __init__(
        self,
        *shown: Article,
        speakers: Mapping[str, Answer] | None = None,
        about: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self.shown = {one.text: one for one in shown}
        self.speakers = speakers or {}
        self.about = about or {}

    def read_text(
        self,
        text: str,
        *,
        id: str | None = None,
        outlet: str | None = None,
        published: str | None = None,
        any_language: bool = False,
    ) -> Article:
        shown = self.shown.get(text)
        bare = Article(id=id or "", text=text, published=published)
        if shown is None:
            return bare
        return self.stated(
            replace(bare, attributions=shown.attributions, mentions=shown.mentions, entities=shown.entities)
        )

    def stated(self, article: Article) -> Article:
        return replace(article, statements=tuple(self._statement(one) for one in article.attributions))

    def _statement(self, one: Attribution) -> Statement:
        return statement(
            one,
            next((told for words, told in self.speakers.items() if one.content.text.startswith(words)), None),
            next((told for words, told in self.about.items() if one.content.text.startswith(words)), ()),
        )
