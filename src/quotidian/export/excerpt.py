"""A quotation with a short context: every word of the statement, and few around it.

What is shared is the quotation, not the article. A statement's own words are never cut, however
long; of the sentences around them at most :data:`MOST` code points stay.
"""

from __future__ import annotations

from itertools import pairwise

from quotidian.store.values import Hit
from quotidian.types import Span

MOST = 300
LEFT_OUT = "[…]"


def excerpt(hit: Hit, whole: bool = False) -> tuple[Span, ...]:
    """Which stretches of the statement's sentences to show; all of them where ``whole``.

    Words between its parts come first, so that it reads as a sentence; then those before and after.
    """
    if whole or not (own := _own_words(hit)):
        return (hit.context,)
    kept, left = _with_gaps(own, MOST)
    before, after = kept[0].start - hit.context.start, hit.context.end - kept[-1].end
    lead = min(before, max(left // 2, left - after))
    tail = min(after, left - lead)
    start = _word_start(hit, kept[0].start - lead, kept[0].start)
    end = _word_end(hit, kept[-1].end + tail, kept[-1].end)
    kept[0] = Span(start, kept[0].end)
    kept[-1] = Span(kept[-1].start, end)
    return tuple(kept)


def words(hit: Hit, spans: tuple[Span, ...]) -> list[str]:
    """The texts of some stretches of the statement's sentences."""
    return [hit.words[start - hit.context.start : end - hit.context.start] for start, end in spans]


def shown(hit: Hit, whole: bool = False) -> str:
    """The excerpt for people: ``[…]`` stands where words are left out."""
    spans = excerpt(hit, whole)
    if spans == (hit.context,):
        return hit.words
    pieces = words(hit, spans)
    if spans[0].start > hit.context.start:
        pieces = ["", *pieces]
    if spans[-1].end < hit.context.end:
        pieces = [*pieces, ""]
    return f" {LEFT_OUT} ".join(pieces).strip()


def is_whole(hit: Hit, spans: tuple[Span, ...]) -> bool:
    """Whether nothing of the statement's sentences is left out."""
    return spans == (hit.context,)


def _own_words(hit: Hit) -> list[Span]:
    """The spans of source, cue and content inside the context, merged, in order."""
    parts = sorted(
        (max(span.start, hit.context.start), min(span.end, hit.context.end))
        for passage in (hit.source, hit.cue, hit.content)
        if passage
        for span in passage.spans
    )
    merged: list[Span] = []
    for start, end in parts:
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, end))
        elif start < end:
            merged.append(Span(start, end))
    return merged


def _with_gaps(own: list[Span], left: int) -> tuple[list[Span], int]:
    """The spans with the shortest gaps between them filled as long as there is room; the room left."""
    filled: set[int] = set()
    for length, at in sorted(
        (after.start - before.end, at) for at, (before, after) in enumerate(pairwise(own))
    ):
        if length > left:
            break
        filled.add(at)
        left -= length
    kept = [own[0]]
    for at, span in enumerate(own[1:]):
        if at in filled:
            kept[-1] = Span(kept[-1].start, span.end)
        else:
            kept.append(span)
    return kept, left


def _word_start(hit: Hit, at: int, last: int) -> int:
    """The first place from ``at`` on where a word begins."""
    text, first = hit.words, hit.context.start
    if at > first:
        while at < last and not text[at - 1 - first].isspace():
            at += 1
    while at < last and text[at - first].isspace():
        at += 1
    return at


def _word_end(hit: Hit, at: int, first: int) -> int:
    """The last place up to ``at`` where a word ends."""
    text, zero = hit.words, hit.context.start
    if at < hit.context.end:
        while at > first and not text[at - zero].isspace():
            at -= 1
    while at > first and text[at - 1 - zero].isspace():
        at -= 1
    return at
