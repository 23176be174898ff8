"""Which mentions of two readings of a text are the same one.

*Exactly*: the same words, a leading article and a possessive "'s" at the end aside. *By head*: the
same head word, so that "the minister", "the minister for trade" and "the minister, who was there" are one.
GUM's files have no syntax and our mentions neither, so the head is found in both by one rule: the last
word before what follows a noun, a comma or dash or a word like "of", "in", "who".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from quotidian.types import Span

Way = Literal["exact", "head"]

_WORD = re.compile(r"\w+(?:[-.&]\w+)*")
_ARTICLE = re.compile(r"(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\s*[’'](?:s|S)?\s*$")
_BREAK = re.compile(r"[,;:(\[—–]|\s--?\s|\n")
_FOLLOWS_A_NOUN = """
    about across after against among around as at before behind between by during for from in inside into
    near of off on outside over since than through to toward towards under until upon with within without
    that when where which who whom whose why
"""
_AFTER_NOUN = frozenset(_FOLLOWS_A_NOUN.split())


def bare(text: str, span: Span) -> Span:
    """A mention without a leading article and a possessive mark at its end.

    >>> bare("The ferry's crew", Span(0, 11))
    Span(start=4, end=9)
    """
    start, end = span
    if article := _ARTICLE.match(text, start, end):
        start = article.end()
    if possessive := _POSSESSIVE.search(text, start + 1, end):
        end = possessive.start()
    return Span(start, end)


def head(text: str, span: Span) -> Span:
    """The head word of a mention; all of it where it has no words.

    >>> text = "the deputy minister for trade, Mara Lindqvist"
    >>> text[slice(*head(text, Span(0, 29)))], text[slice(*head(text, Span(0, 45)))]
    ('minister', 'minister')
    """
    start, end = bare(text, span)
    words = [Span(*match.span()) for match in _WORD.finditer(text, start, end)]
    if not words:
        return span
    last = words[0]
    for word in words[1:]:
        if _BREAK.search(text, last.end, word.start) or text[slice(*word)].lower() in _AFTER_NOUN:
            break
        last = word
    return last


_KEYS: dict[Way, Callable[[str, Span], Span]] = {"exact": bare, "head": head}


def matched(text: str, gold: Sequence[Span], ours: Sequence[Span], way: Way) -> dict[int, int]:
    """For those of ours that are the same as one of gold's, by place: which.

    One to one; of several that would do, those that share the greatest part of their letters.
    """
    key = _KEYS[way]
    by_key: dict[Span, list[int]] = {}
    for i, span in enumerate(gold):
        by_key.setdefault(key(text, span), []).append(i)
    candidates = [
        (_shared(gold[i], span), -i, -j)
        for j, span in enumerate(ours)
        for i in by_key.get(key(text, span), ())
    ]
    free, chosen = set(range(len(gold))), dict[int, int]()
    for _, i, j in sorted(candidates, reverse=True):
        if -i in free and -j not in chosen:
            free.remove(-i)
            chosen[-j] = -i
    return chosen


def _shared(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return both / (max(one.end, other.end) - min(one.start, other.start))
