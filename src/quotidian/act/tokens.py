"""Words with their places, as the lexicons know them: lower case, "didn't" as "did" and "n't"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotidian.types import Passage

_TOKEN = re.compile(
    r"n['’]t\b|[^\W_]+?(?=n['’]t\b)|['’](?:s|re|ve|ll|d|m)\b|[^\W_]+|[^\w\s]|_", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of a text: lower case, with straight apostrophes, and where it stands."""

    word: str
    start: int
    end: int


def tokens(text: str, spans: Iterable[tuple[int, int]]) -> list[Token]:
    """The words and marks of some spans of a text, in order.

    >>> [token.word for token in tokens("Didn’t we say “no”?", [(0, 19)])]
    ['did', "n't", 'we', 'say', '“', 'no', '”', '?']
    """
    return [
        Token(match[0].lower().replace("’", "'"), match.start(), match.end())
        for start, end in spans
        for match in _TOKEN.finditer(text, start, end)
    ]


def passage(text: str, words: Sequence[Token]) -> Passage:
    """The passage that some words of a text make, neighbours as one span."""
    spans: list[tuple[int, int]] = []
    for word in words:
        if spans and not text[spans[-1][1] : word.start].strip():
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return Passage.of(text, spans)


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, as :func:`tokens` would find them."""
    return tuple(token.word for token in tokens(phrase, [(0, len(phrase))]))
