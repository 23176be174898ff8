"""An article's text cut at every boundary of every span, so that overlaps can be drawn.

Attributions lie inside one another and may cross; a stretch between two neighbouring boundaries
is covered by the same marks from end to end, and is what a format can colour.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, pairwise
from typing import Literal, NamedTuple

from quotidian.types import Article, Attribution, Statement

# A place is words that something else on a page points to.
Role = Literal["source", "cue", "content", "place"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")

_BLANK_LINE = re.compile(r"(?:\r\n|[\r\n])(?:[ \t]*(?:\r\n|[\r\n]))+")
_LINE_END = re.compile(r"\r\n|[\r\n]")


class Mark(NamedTuple):
    """One span of one role of one statement; the order of marks is the order of nesting."""

    start: int
    minus_end: int
    depth: int
    number: int
    role: Role
    first: bool

    @property
    def end(self) -> int:
        """Where the span ends."""
        return -self.minus_end


class Segment(NamedTuple):
    """A stretch ``[start, end)`` that the same marks cover, outermost first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


class Block(NamedTuple):
    """A paragraph, or the white space between two; its segments cover it without gaps."""

    is_paragraph: bool
    segments: tuple[Segment, ...]


def numbered(article: Article) -> tuple[Attribution, ...]:
    """The attributions in the order in which they are numbered, from 1, where people see them.

    Outermost ones in the order of the text, each followed by those inside it. One whose parent
    is not among them counts as outermost.
    """
    return tuple(article.attributions[place] for place in _order(article.attributions))


def with_statements(article: Article) -> Iterator[tuple[Attribution, Statement | None]]:
    """Each attribution with the statement made of it, None where attributions alone were read."""
    statements = article.statements or (None,) * len(article.attributions)
    return zip(article.attributions, statements, strict=True)


def told(article: Article) -> tuple[Statement, ...]:
    """The statements in the order of :func:`numbered`; none where attributions alone were read."""
    if not article.statements:
        return ()
    return tuple(article.statements[place] for place in _order(article.attributions))


def _order(attributions: tuple[Attribution, ...]) -> tuple[int, ...]:
    known = {attribution.id for attribution in attributions}
    inside: dict[str | None, list[int]] = defaultdict(list)
    for place in sorted(range(len(attributions)), key=lambda place: _where(attributions[place])):
        parent = attributions[place].parent
        inside[parent if parent in known else None].append(place)
    order: list[int] = []
    waiting = inside.pop(None, [])[::-1]
    while waiting:
        place = waiting.pop()
        order.append(place)
        waiting.extend(inside.pop(attributions[place].id, [])[::-1])
    return (*order, *(stray for circle in inside.values() for stray in circle))


def marks(attributions: Iterable[Attribution]) -> list[Mark]:
    """A mark for every span of every role; ``attributions`` as :func:`numbered` gives them."""
    return sorted(
        Mark(start, -end, attribution.depth, number, role, piece == 0)
        for number, attribution in enumerate(attributions, start=1)
        for role in ROLES
        if (passage := getattr(attribution, role)) is not None
        for piece, (start, end) in enumerate(passage.spans)
    )


def segments(length: int, marks: list[Mark], cuts: Iterable[int] = ()) -> Iterator[Segment]:
    """``[0, length)`` cut at every boundary of ``marks`` (sorted) and at ``cuts``, without gaps."""
    boundaries = sorted({0, length, *cuts, *(m.start for m in marks), *(m.end for m in marks)})
    active: list[Mark] = []
    following = 0
    for start, end in pairwise(boundaries):
        active = [mark for mark in active if mark.end > start]
        while following < len(marks) and marks[following].start <= start:
            active.append(marks[following])
            following += 1
        yield Segment(start, end, tuple(active))


def blocks(text: str, marks: list[Mark]) -> Iterator[Block]:
    """The text's paragraphs and what lies between them, cut at every boundary of ``marks``.

    Blank lines part paragraphs; in a text without any, line ends do.
    """
    breaks = (_BLANK_LINE if _BLANK_LINE.search(text.strip()) else _LINE_END).finditer(text)
    gaps = [found.span() for found in breaks]
    between = {start for start, _ in gaps}
    starts = sorted({0, *chain.from_iterable(gaps)})
    pieces = segments(len(text), marks, starts)
    for start, inside in groupby(pieces, key=lambda piece: starts[bisect_right(starts, piece.start) - 1]):
        yield Block(start not in between, tuple(inside))


def _where(attribution: Attribution) -> tuple[int, int, int]:
    passages = (attribution.source, attribution.cue, attribution.content)
    starts = (passage.start for passage in passages if passage)
    return min(starts), attribution.content.start, -attribution.content.end
