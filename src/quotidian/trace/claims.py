"""A content in pieces that others may report one by one: sentences, short ones with their neighbours."""

from __future__ import annotations

import re

from quotidian.sentences import sentences
from quotidian.trace.words import forms
from quotidian.types import Passage, Span

# Sentences of fewer words stay with the next one: "I was wrong." alone is found in too many mouths.
_SHORT = 6
# Where a claim ends inside a sentence: “…,” she said. “The …”; a semicolon.
_END = re.compile(r"""(?<=,)["”’']+\s+(?=["“‘'](?!I\b)[^\W_a-z])|(?<=;)\s+""")
# Fragments of so many words, each between quotation marks of its own, others may quote one by one.
_FRAGMENT = 4
_QUOTED = re.compile(r"""[“"][^“”"]+[”"]\s*""")


def claims(content: Passage) -> tuple[Passage, ...]:
    """The pieces of a content, in order; each is a passage of the same article.

    >>> quoted = Passage.of("“We won. It will be built by the spring of next year,” she said.", [(0, 54)])
    >>> [piece.text for piece in claims(quoted)]
    ['“We won. It will be built by the spring of next year,”']
    """
    cuts = {match.end() for match in _END.finditer(content.text)}
    cuts |= {sentence.start for sentence in sentences(content.text)[1:]}
    cuts |= _between_fragments(content)
    starts, ends = [0, *sorted(cuts)], [*sorted(cuts), len(content.text)]
    pieces = [(a, b) for a, b in zip(starts, ends, strict=True) if content.text[a:b].strip()]
    merged: list[tuple[int, int]] = []
    for a, b in pieces:
        if merged and len(forms(content.text[slice(*merged[-1])])) < _SHORT:
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    if len(merged) > 1 and len(forms(content.text[slice(*merged[-1])])) < _SHORT:
        last = merged.pop()
        merged[-1] = (merged[-1][0], last[1])
    if len(merged) < 2:
        return (content,)
    return tuple(_passage(content, a, b) for a, b in merged)


def _between_fragments(content: Passage) -> set[int]:
    """Where a fragment ends after which another one comes: that he was “a …” and “the …”."""
    if len(content.spans) > 1:
        return set()  # one quotation, interrupted
    found = [match for match in _QUOTED.finditer(content.text) if len(forms(match[0])) >= _FRAGMENT]
    return {one.end() for one in found[:-1]}


def _passage(content: Passage, start: int, end: int) -> Passage:
    """The words of ``content.text[start:end]`` in the article, without white space around them."""
    while content.text[end - 1].isspace():
        end -= 1
    spans: list[Span] = []
    texts: list[str] = []
    offset = 0
    for span in content.spans:
        length = span.end - span.start
        a, b = max(start - offset, 0), min(end - offset, length)
        if a < b:
            spans.append(Span(span.start + a, span.start + b))
            texts.append(content.text[offset + a : offset + b])
        offset += length + 1
    return Passage(" ".join(texts), tuple(spans))
