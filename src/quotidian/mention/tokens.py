"""A text by word, as this stage reads it, and places in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from quotidian.encoder.lines import unwrapped
from quotidian.encoder.words import CASES, Words
from quotidian.sentences import sentences
from quotidian.types import MentionForm, MentionType, Span

_SMALL = CASES.index("lower")


class Placed(NamedTuple):
    """A mention at the words ``first:end``; ``confidence`` is 0 to 1."""

    first: int
    end: int
    type: MentionType
    form: MentionForm
    confidence: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's words: ``said`` as they stand, ``lower`` in small letters, ``sentence`` numbers them."""

    said: tuple[str, ...]
    lower: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    sentence: tuple[int, ...]
    small: tuple[bool, ...]

    @classmethod
    def of(cls, text: str, words: Words) -> Tokens:
        """Lay out a text and its words."""
        start, end = words.start.tolist(), words.end.tolist()
        said = tuple(text[a:b] for a, b in zip(start, end, strict=True))
        begins = [span.start for span in sentences(unwrapped(text))]
        return cls(
            said,
            tuple(word.lower() for word in said),
            tuple(start),
            tuple(end),
            tuple(bisect_right(begins, a) for a in start),
            tuple((words.case == _SMALL).tolist()),
        )

    def __len__(self) -> int:
        return len(self.said)

    def span(self, first: int, end: int) -> Span:
        """Where the words ``first:end`` stand in the text."""
        return Span(self.start[first], self.end[end - 1])

    def together(self, i: int, j: int) -> bool:
        """Whether two words stand in one sentence."""
        return self.sentence[i] == self.sentence[j]

    def glued(self, i: int, said: str) -> bool:
        """Whether the next word is ``said`` and follows without a space."""
        return i + 1 < len(self) and self.said[i + 1] == said and self.start[i + 1] == self.end[i]

    def begins_sentence(self, i: int) -> bool:
        """Whether a word is the first of its sentence, opening marks aside."""
        while i and self.together(i - 1, i) and not self.said[i - 1].isalnum():
            i -= 1
        return i == 0 or not self.together(i - 1, i)
