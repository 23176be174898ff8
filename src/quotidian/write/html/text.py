"""The article's text on its page, character for character, with what was found marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from quotidian.types import Article
from quotidian.write.html.markup import Places, escaped
from quotidian.write.segments import Mark, Segment, blocks, marks, numbered


def paragraphs(article: Article, places: Places, number: int) -> Iterator[str]:
    """Paragraphs, and between them white space, which is marked only where a mark begins in it."""
    every = sorted([*marks(numbered(article)), *places.marks()])
    text = article.text
    for block in blocks(text, every):
        if block.is_paragraph:
            yield "".join(('<p dir="auto">', *_marked(text, block.segments, places, number), "</p>"))
        elif any(mark.start == piece.start for piece in block.segments for mark in piece.marks):
            yield "".join(_marked(text, block.segments, places, number))
        else:
            yield "".join(escaped(text[piece.start : piece.end]) for piece in block.segments)


def _marked(text: str, pieces: Iterable[Segment], places: Places, number: int) -> Iterator[str]:
    """Marked words; where two marks cross, the inner one is closed and opened anew."""
    opened: tuple[Mark, ...] = ()
    end = 0
    for piece in pieces:
        kept = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(opened, piece.marks, strict=False))
        )
        yield from (_closing(mark, end) for mark in reversed(opened[kept:]))
        yield from (_opening(mark, piece.start, places, number) for mark in piece.marks[kept:])
        yield escaped(text[piece.start : piece.end])
        opened, end = piece.marks, piece.end
    yield from (_closing(mark, end) for mark in reversed(opened))


def _opening(mark: Mark, at: int, places: Places, number: int) -> str:
    if mark.role == "place":
        return places.opening(mark, at)
    start = f'<span class="{mark.role}">'
    if mark.role != "content" or at != mark.start:
        return start
    if not mark.first:
        return f'{start}<span class="n" data-n="{mark.number}"></span>'
    return (
        f'{start}<a class="n" id="a{number}-s{mark.number}" href="#a{number}-r{mark.number}" '
        f'data-n="{mark.number}" aria-label="Statement {mark.number}"></a>'
    )


def _closing(mark: Mark, at: int) -> str:
    if mark.role == "place" or at != mark.end:
        return "</span>"
    ending = "end" if mark.role == "content" else "ref"
    return f'<span class="{ending}" data-n="{mark.number}"></span></span>'
