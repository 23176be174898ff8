"""The whole line: inputs → articles → attributions → statements. It calls the stages and decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from quotidian import act, attribute, mention, reading, resolve, when
from quotidian.encoder.about import SHIPPED
from quotidian.encoder.session import Encoder
from quotidian.encoder.tags import Tagged, Tags
from quotidian.encoder.windows import windows_of
from quotidian.encoder.words import Floats, Words
from quotidian.types import Article, Failure, Statement

# More than any probability: no cue is looked at.
_NO_CUE = 2.0


class Reader:
    """Keeps the model loaded and reads articles with it.

    Args:
        model: the folder of a model; the one that comes with the package by default.
        threads: how many cores the model may use; all by default.
        nested: whether to look for attributions inside the contents of others.
        statements: whether to resolve who speaks, about whom, on which day; attributions alone are quicker.

    Raises:
        ModelError: the model is missing, damaged or of another version.
    """

    def __init__(
        self,
        model: Path | None = None,
        *,
        threads: int | None = None,
        nested: bool = True,
        statements: bool = True,
    ):
        self._encoder = Encoder(model or SHIPPED, threads=threads)
        self._decoder = attribute.Decoder.of(self._encoder.about)
        self._deepest = attribute.DEEPEST if nested else 0
        self._statements = statements

    @property
    def model_name(self) -> str:
        """The model's name, as in ``read_by``."""
        return self._encoder.name

    def read(self, source: str | Path, options: reading.Options | None = None) -> Article:
        """Read the one article at a path or an http(s) address.

        Raises:
            InputError: it cannot be read, or there is more than one article; the message says why.
        """
        return self.attributed(reading.article(source, options))

    def read_text(
        self,
        text: str,
        *,
        id: str | None = None,
        url: str | None = None,
        outlet: str | None = None,
        title: str | None = None,
        published: str | None = None,
        any_language: bool = False,
    ) -> Article:
        """Read a text that is at hand; it is kept exactly as it is.

        Raises:
            BadText: the string holds lone surrogates.
        """
        record = reading.Record(
            text=text,
            id=id,
            url=url,
            outlet=outlet,
            title=title,
            published=published,
            published_from="given" if published else None,
        )
        return self.attributed(reading.article_of(record, any_language=any_language))

    def read_many(
        self, inputs: Iterable[str | Path], options: reading.Options | None = None
    ) -> Iterator[Article | Failure]:
        """Read many inputs, lazily, in their order; what cannot be read comes out as a failure."""
        for article in reading.articles(inputs, options):
            yield article if isinstance(article, Failure) else self.attributed(article)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """What short texts mean, as vectors: the cosine of two says how alike they are.

        Returns:
            float32 ``[texts, dimensions]``, of unit length; zeros for a text without a word. A text has the
            same vector whatever the others are.

        Raises:
            BadText: a text holds a lone surrogate.
            ModelError: the model has no vectors of sentences.
        """
        return self._encoder.vectors(texts)

    def attributed(self, article: Article) -> Article:
        """The article read: with attributions, and statements where they are wanted.

        One that has a ``reason`` not to be read stays without.
        """
        if article.reason is not None:
            return replace(article, model=self.model_name)
        words = self._encoder.words(article.text)
        tagged = Tagged(words, self._encoder.readings)
        found = attribute.attributions(
            article,
            words,
            tagged if self._statements else self._encoder.readings,
            self._decoder,
            deepest=self._deepest,
        )
        read = replace(article, model=self.model_name, attributions=found)
        return _stated(read, words, tagged.tags) if self._statements else read

    def stated(self, article: Article) -> Article:
        """An article that has attributions, made by whoever it was, with its statements."""
        words = self._encoder.words(article.text)
        tagged = Tagged(words, self._encoder.readings)
        tagged(words, windows_of(words, article.text), _NO_CUE)
        return _stated(replace(article, model=self.model_name), words, tagged.tags)


def _stated(article: Article, words: Words, tags: Tags) -> Article:
    """Mentions, entities, dates, and for each attribution its statement."""
    text, attributions = article.text, article.attributions
    mentions = mention.mentions(text, words, tags)
    she = mention.she(words, tags, mentions)
    found = resolve.resolved(text, words, mentions, attributions, she, outlet=article.outlet)
    published = when.day_of(article.published)
    dates = when.dates(text, published)
    said = when.said(
        text,
        attributions,
        dates,
        published,
        speakers=[speaker.entity for speaker in found.speakers],
        mentions=found.mentions,
    )
    kinds = act.kinds(text, attributions)
    statements = (
        Statement(a, speaker, about, via, day, *kind)
        for a, speaker, about, via, day, kind in zip(
            attributions, found.speakers, found.about, found.via, said, kinds, strict=True
        )
    )
    return replace(
        article,
        statements=tuple(statements),
        mentions=found.mentions,
        entities=found.entities,
        dates=dates,
    )
