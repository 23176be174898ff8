"""The sentence of a cue with everything blanked that is said in it: what is left tells who said it, when.

"“We will rebuild it by May,” Mara Lindqvist told the Ledger on Tuesday." leaves
"                            Mara Lindqvist told the Ledger on Tuesday.", so that no word of what is
said is taken for a word of the saying. Blanks keep every offset as it is in the article.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotidian.types import Attribution, Date, Passage, Span

# No letter, mark or white space: a pattern of words does not match across it.
BLANK = "\0"
# What is longer is no sentence but a list, or a text without stops: of that, so much on either side of a cue.
LONGEST_SENTENCE, AROUND_CUE = 1_500, 500


@dataclass(frozen=True, slots=True)
class Frame:
    """What a sentence tells of the act of saying.

    ``text`` is the sentence with its contents blanked; ``start`` is its offset in the article, ``number`` its
    place among the article's sentences. ``dates`` are those that stand in it, outside of the blanks.
    """

    text: str
    start: int
    number: int
    dates: tuple[Date, ...]

    @property
    def end(self) -> int:
        """The offset in the article where it ends."""
        return self.start + len(self.text)

    def is_left(self, offset: int) -> bool:
        """Whether what stands at an offset of the article is in the frame and not blanked."""
        return self.start <= offset < self.end and self.text[offset - self.start] != BLANK

    def between(self, start: int, end: int) -> str:
        """Its text from one offset of the article to another."""
        return self.text[max(0, start - self.start) : max(0, end - self.start)]


class Frames:
    """The frames of an article's sentences.

    Args:
        text: the article's text.
        sentences: where its sentences are.
        attributions: all of its attributions.
        dates: its dates, in order.
    """

    def __init__(
        self, text: str, sentences: Sequence[Span], attributions: Sequence[Attribution], dates: Sequence[Date]
    ):
        self._text = text
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._dates = dates
        self._date_starts = [date.passage.start for date in dates]
        self._contents: dict[int, list[Passage]] = {}
        for one in attributions:
            touched = {n for span in one.content.spans for n in self._touched_by(span)}
            for number in touched:
                self._contents.setdefault(number, []).append(one.content)

    def _touched_by(self, span: Span) -> range:
        return range(self.sentence_at(span.start), self.sentence_at(max(span.start, span.end - 1)) + 1)

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds an offset, or of the last before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def of(self, attribution: Attribution) -> Frame:
        """The frame of an attribution's cue.

        Where the cue itself lies in what somebody else says, all outside of those words is blank too.
        """
        number = self.sentence_at(attribution.cue.start)
        contents = self._contents.get(number, [])
        around = [one for one in contents if one.holds(attribution.cue)]
        start, end = self._sentences[number]
        if end - start > LONGEST_SENTENCE:
            start, end = (
                max(start, attribution.cue.start - AROUND_CUE),
                min(end, attribution.cue.end + AROUND_CUE),
            )
        said = [one for one in contents if one not in around]
        return self._frame(number, Span(start, end), said, around)

    def dated(self) -> list[Frame]:
        """The frames of all sentences that have a date, with all that anybody says blanked."""
        numbers = sorted({self.sentence_at(start) for start in self._date_starts})
        return [
            self._frame(number, self._sentences[number], self._contents.get(number, []), [])
            for number in numbers
            if self._sentences[number].end - self._sentences[number].start <= LONGEST_SENTENCE
        ]

    def _frame(self, number: int, part: Span, said: Sequence[Passage], around: Sequence[Passage]) -> Frame:
        start, end = part
        letters = list(self._text[start:end])
        for one in around:
            kept = {i for a, b in one.spans for i in range(max(a, start), min(b, end))}
            letters = [
                letter if place in kept else BLANK for place, letter in enumerate(letters, start=start)
            ]
        for one in said:
            for a, b in one.spans:
                a, b = max(a, start), min(b, end)
                if a < b:
                    letters[a - start : b - start] = BLANK * (b - a)
        first, last = bisect_left(self._date_starts, start), bisect_left(self._date_starts, end)
        left = tuple(date for date in self._dates[first:last] if letters[date.passage.start - start] != BLANK)
        return Frame("".join(letters), start, number, left)
