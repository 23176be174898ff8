"""A text laid out for resolving: its words, sentences and paragraphs, and who owns what is said.

Everything that asks "what stands before this?", "is it in the same sentence?" or "inside whose
content is it?" asks here; each question costs a step or a binary search.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotidian.encoder.lines import unwrapped
from quotidian.encoder.words import INSIDE, Words
from quotidian.sentences import sentences
from quotidian.types import Attribution, Span


@dataclass(frozen=True, slots=True)
class Layout:
    """One article's text, by word and by sentence.

    Per word: ``tokens`` (as they stand), ``lower`` (small letters), ``start``, ``end`` (code
    points), ``paragraph``, ``sentence`` (their numbers), ``quoted`` (between double quotation
    marks) and ``owner``: the index of the innermost attribution whose content holds the word,
    -1 for the outlet's own voice.
    """

    text: str
    tokens: tuple[str, ...]
    lower: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    paragraph: tuple[int, ...]
    sentence: tuple[int, ...]
    quoted: tuple[bool, ...]
    owner: tuple[int, ...]

    @classmethod
    def of(cls, text: str, words: Words, attributions: Sequence[Attribution] = ()) -> Layout:
        """Lay out a text and its words."""
        start, end = words.start.tolist(), words.end.tolist()
        tokens = tuple(text[a:b] for a, b in zip(start, end, strict=True))
        begins = [span.start for span in sentences(unwrapped(text))]
        return cls(
            text,
            tokens,
            tuple(token.lower() for token in tokens),
            tuple(start),
            tuple(end),
            tuple(words.paragraph.tolist()),
            tuple(bisect_right(begins, a) - 1 for a in start),
            tuple((words.quote == INSIDE).tolist()),
            _owners(start, attributions),
        )

    def __len__(self) -> int:
        return len(self.tokens)

    def word_at(self, offset: int) -> int:
        """The index of the word that holds an offset, or the first one after it."""
        return bisect_right(self.end, offset)

    def words_in(self, span: Span) -> range:
        """The indexes of the words that begin inside a span."""
        first = bisect_right(self.end, span.start)
        last = bisect_right(self.start, span.end - 1)
        return range(first, max(first, last))

    def before(self, word: int, count: int = 1) -> tuple[str, ...]:
        """The small-letter words before a word, in order; none from another sentence."""
        first = max(0, word - count)
        return tuple(
            self.lower[i]
            for i in range(first, word)
            if self.sentence[i] == self.sentence[min(word, len(self) - 1)]
        )

    def token(self, word: int) -> str:
        """The small-letter word of an index; empty outside of the text."""
        return self.lower[word] if 0 <= word < len(self) else ""

    def same_sentence(self, a: int, b: int) -> bool:
        """Whether two words stand in one sentence."""
        return min(a, b) >= 0 and max(a, b) < len(self) and self.sentence[a] == self.sentence[b]


def _owners(start: Sequence[int], attributions: Sequence[Attribution]) -> tuple[int, ...]:
    """For each word, the innermost attribution whose content holds it."""
    owner = [-1] * len(start)
    deepest_last = sorted(range(len(attributions)), key=lambda i: attributions[i].depth)
    for i in deepest_last:
        for a, b in attributions[i].content.spans:
            for word in range(bisect_right(start, a - 1), bisect_right(start, b - 1)):
                owner[word] = i
    return tuple(owner)
