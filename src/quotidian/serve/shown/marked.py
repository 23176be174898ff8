"""Words of an article with source, cue and content marked in them, escaped, character for character.

Numbers and brackets are drawn by the style sheet, so what is copied from a page is the text alone and
an offset in a page's text is an offset in the article's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from markupsafe import Markup

from quotidian.store.values import Hit, State, UtteranceReport
from quotidian.types import Article, Passage
from quotidian.write.html.markup import Places, escaped
from quotidian.write.segments import ROLES, Mark, Segment, blocks, marks, numbered, segments

_Opening = Callable[[Mark, int], str]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a marked statement of a text leads: ``id`` tells the places of one page apart."""

    id: str
    state: State = "unreviewed"


def sentence(hit: Hit) -> Markup:
    """The sentences of a statement, marked.

    The words alone where they are not where they should be: better plain than wrongly marked.
    """
    found = [
        Mark(start - hit.context.start, hit.context.start - end, 0, 1, role, piece == 0)
        for role in ROLES
        if (passage := getattr(hit, role)) is not None
        for piece, (start, end) in enumerate(passage.spans)
    ]
    length = len(hit.words)
    if any(not 0 <= mark.start < mark.end <= length for mark in found):
        return Markup(escaped(hit.words))

    def opening(mark: Mark, at: int) -> str:
        return f'<span class="{mark.role}">'

    pieces = segments(length, sorted(found))
    return Markup("".join(_drawn(hit.words, pieces, opening, ends=False)))


def report(one: UtteranceReport) -> Markup:
    """A report's sentences; of its content what it reports of the utterance."""
    return sentence(replace(one.hit, content=one.content))


def article_text(article: Article, anchors: Sequence[Anchor], places: Places | None = None) -> Markup:
    """A whole text in paragraphs; ``anchors`` has one for each attribution, as they are numbered.

    ``places`` are words that something else on the page points to.
    """
    every = sorted([*marks(numbered(article)), *(places.marks() if places else ())])

    def opening(mark: Mark, at: int) -> str:
        if mark.role == "place":
            return places.opening(mark, at) if places else "<span>"
        return _linked(mark, at, anchors[mark.number - 1])

    return Markup("".join(_blocks(article.text, every, opening)))


def around(text: str, hit: Hit, more: int = 600) -> tuple[int, Markup]:
    """The paragraphs that hold a statement and some text around it, and where they begin."""
    start, end = _widened(text, hit.context.start, hit.context.end, more)
    found = [
        Mark(max(a, start) - start, start - min(b, end), 0, 1, role, piece == 0)
        for role in ROLES
        if (passage := getattr(hit, role)) is not None
        for piece, (a, b) in enumerate(passage.spans)
        if start <= a and b <= end
    ]

    def opening(mark: Mark, at: int) -> str:
        return f'<span class="{mark.role}">'

    return start, Markup("".join(_blocks(text[start:end], sorted(found), opening, ends=False)))


def plain_text(text: str) -> Markup:
    """A text in its paragraphs, with nothing marked."""
    return Markup("".join(_blocks(text, [], lambda mark, at: "<span>")))


def words(passage: Passage, text: str) -> Markup:
    """A passage as people quote it: dots where other words interrupt it."""
    joint = ' <span class="gap">…</span> '
    return Markup(joint.join(escaped(text[start:end]) for start, end in passage.spans))


def _widened(text: str, start: int, end: int, more: int) -> tuple[int, int]:
    """Wider by about so many characters to both sides: whole paragraphs, or else whole words."""
    first, last = max(0, start - more), min(len(text), end + more)
    if first and (line := text.find("\n", first, start)) >= 0:
        first = line + 1
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    if last < len(text) and (line := text.rfind("\n", end, last)) >= 0:
        last = line
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    while first < start and text[first].isspace():
        first += 1
    return first, last


def _blocks(text: str, every: list[Mark], opening: _Opening, *, ends: bool = True) -> Iterator[str]:
    """Paragraphs, and between them white space, which is marked only where a mark begins in it."""
    for block in blocks(text, every):
        if block.is_paragraph:
            yield "".join(('<p dir="auto">', *_drawn(text, block.segments, opening, ends=ends), "</p>"))
        elif any(mark.start == piece.start for piece in block.segments for mark in piece.marks):
            yield "".join(_drawn(text, block.segments, opening, ends=ends))
        else:
            yield "".join(escaped(text[piece.start : piece.end]) for piece in block.segments)


def _drawn(text: str, pieces: Iterable[Segment], opening: _Opening, *, ends: bool) -> Iterator[str]:
    """Marked words; where two marks cross, the inner one is closed and opened anew."""
    opened: tuple[Mark, ...] = ()
    end = 0
    for piece in pieces:
        pairs = zip(opened, piece.marks, strict=False)
        kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        yield from (_closing(mark, end, ends) for mark in reversed(opened[kept:]))
        yield from (opening(mark, piece.start) for mark in piece.marks[kept:])
        yield escaped(text[piece.start : piece.end])
        opened, end = piece.marks, piece.end
    yield from (_closing(mark, end, ends) for mark in reversed(opened))


def _linked(mark: Mark, at: int, anchor: Anchor) -> str:
    start = f'<span class="{mark.role}" data-s="{anchor.id}">'
    if mark.role != "content" or at != mark.start:
        return start
    if not mark.first:
        return f'{start}<span class="n" data-n="{mark.number}"></span>'
    state = " open" if anchor.state == "unreviewed" else ""
    label = f"Statement {mark.number}{', unreviewed' if state else ''}"
    return (
        f'{start}<a class="n{state}" id="s{anchor.id}" href="#r{anchor.id}" data-n="{mark.number}" '
        f'aria-label="{label}"></a>'
    )


def _closing(mark: Mark, at: int, ends: bool) -> str:
    if not ends or mark.role == "place" or at != mark.end:
        return "</span>"
    ending = "end" if mark.role == "content" else "ref"
    return f'<span class="{ending}" data-n="{mark.number}"></span></span>'
