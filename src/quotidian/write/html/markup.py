"""A stranger's text as part of a page, and the addresses of places in it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from quotidian.types import Article, Passage, Span
from quotidian.write import wording
from quotidian.write.people import people
from quotidian.write.segments import Mark
from quotidian.write.visible import on_a_page

# Inside every mark of the same extent, however deep its statement lies.
_INNERMOST = 1_000


def escaped(text: str | None) -> str:
    """Text that no browser takes for markup, in which no control character is left."""
    return escape(on_a_page(text or "")).replace("\r", "&#13;")


def words(passage: Passage, text: str) -> str:
    """A passage as people quote it: dots where other words interrupt it."""
    return ' <span aria-hidden="true">…</span> '.join(
        escaped(text[start:end]) for start, end in passage.spans
    )


class Places:
    """The places of an article that its page points to, each with its address.

    Args:
        article: what the page shows.
        number: the number of the article on the page, part of every address.
    """

    def __init__(self, article: Article, number: int):
        self._number = number
        names = {entity.id: entity.name for entity in article.entities}
        self._meant = {
            span: (names[mention.entity], mention.form == "name")
            for mention in article.mentions
            if mention.entity
            for span in mention.passage.spans
        }
        pointed_at = {passage.spans[0] for passage in _pointed_at(article)}
        self._spans = sorted({*self._meant, *pointed_at})

    def marks(self) -> Iterator[Mark]:
        """A mark for each place; its number is that of the place."""
        for number, (start, end) in enumerate(self._spans):
            yield Mark(start, -end, _INNERMOST, number, "place", True)

    def opening(self, mark: Mark, at: int) -> str:
        """The tag that begins a place, or takes it up again where other marks cross it."""
        span = Span(mark.start, mark.end)
        name, is_name = self._meant.get(span, ("", False))
        title = f' title="{escaped(name)}"' if name else ""
        address = f' id="{self._address(span)}"' if at == mark.start else ""
        return f'<span class="place{" name" if is_name else ""}"{address}{title}>'

    def link(self, passage: Passage, shown: str, label: str = "") -> str:
        """A link to where a passage begins, around markup that shows it."""
        described = f' aria-label="{escaped(label)}"' if label else ""
        return f'<a class="to" href="#{self._address(passage.spans[0])}"{described}>{shown}</a>'

    def _address(self, span: Span) -> str:
        return f"a{self._number}-p{span.start}-{span.end}"


def _pointed_at(article: Article) -> Iterator[Passage]:
    for statement in article.statements:
        for reason in wording.reasons(statement):
            yield from (one.passage for one in reason.evidence if one.passage)
            if reason.where:
                yield reason.where
    for entry in people(article):
        yield from (label.passage for label in entry.entity.labels)
