"""The statements of an article as the column beside its text, each with what its answers rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from quotidian.serve.shown.marked import Anchor, words
from quotidian.store.values import Hit
from quotidian.types import Article, Attribution, Evidence, Passage, Statement
from quotidian.write import wording
from quotidian.write.html.markup import escaped
from quotidian.write.segments import numbered


@dataclass(frozen=True, slots=True)
class Because:
    """One answer with what it rests on, as markup."""

    question: str
    answer: Markup
    sure: str
    evidence: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A statement in the column; ``hit`` is None where it is not in the archive."""

    number: int
    anchor: Anchor
    attribution: Attribution
    statement: Statement | None
    hit: Hit | None
    source: Markup | None
    content: Markup
    because: tuple[Because, ...]


def lines(article: Article, hits: Iterable[Hit] = ()) -> tuple[Line, ...]:
    """All statements of an article in the order in which they are numbered."""
    known = {hit.key: hit for hit in hits}
    told = {made.attribution.id: made for made in article.statements}
    return tuple(
        _line(article, number, found, told.get(found.id), known.get(found.id))
        for number, found in enumerate(numbered(article), start=1)
    )


def because(statement: Statement, text: str, page: str = "") -> tuple[Because, ...]:
    """What each answer rests on; ``page`` is where the text stands, if not on the same page."""
    return tuple(
        Because(
            reason.question,
            _to(reason.where, Markup(escaped(reason.answer)), page)
            if reason.where
            else Markup(escaped(reason.answer)),
            "" if reason.confidence is None else f"{reason.confidence:.0%}",
            tuple(_evidence(one, text, page) for one in reason.evidence),
        )
        for reason in wording.reasons(statement)
    )


def _line(
    article: Article, number: int, found: Attribution, statement: Statement | None, hit: Hit | None
) -> Line:
    text = article.text
    return Line(
        number,
        Anchor(str(hit.id), hit.state) if hit else Anchor(f"n{number}"),
        found,
        statement,
        hit,
        words(found.source, text) if found.source else None,
        words(found.content, text),
        because(statement, text) if statement else (),
    )


def _evidence(one: Evidence, text: str, page: str) -> Markup:
    """The reason, and a link to the words of the text that show it."""
    if one.passage is None:
        return Markup(escaped(one.why))
    shown = Markup("“{}”").format(words(one.passage, text))
    return Markup("{}: {}").format(Markup(escaped(one.why)), _to(one.passage, shown, page))


def _to(passage: Passage, shown: Markup, page: str) -> Markup:
    """A link to words of the text; :class:`quotidian.write.html.markup.Places` gives them the address."""
    start, end = passage.spans[0]
    return Markup('<a class="to" href="{}#a1-p{}-{}">{}</a>').format(page, start, end, shown)
