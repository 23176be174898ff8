"""What the encoder says of every word besides attributions: names, what nouns stand for, word classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Generic, Protocol, TypeVar

import numpy as np

from quotidian.encoder.windows import Window
from quotidian.encoder.words import Floats, Words

# The kinds of names. A tag with "+" goes on with the name that the word before is part of.
NAME_TYPES = ("person", "organisation", "place", "group", "other")
NAMES = ("none", *(tag for kind in NAME_TYPES for tag in (kind, f"{kind}+")))
# What the head word of a mention stands for; "none" for every other word.
NOUNS = ("none", "person", "people", "organisation", "place", "document", "time", "other")
POS = (
    "noun",
    "name",
    "finite",
    "verb",
    "adjective",
    "adverb",
    "pronoun",
    "possessive",
    "determiner",
    "preposition",
    "conjunction",
    "number",
    "mark",
    "genitive",
    "other",
)
# Which pronoun a person's name asks for; near a half each where nothing tells.
PRONOUNS = ("he", "she")
GROUPS = (NAMES, NOUNS, POS, PRONOUNS)
SIZE = sum(map(len, GROUPS))


@dataclass(frozen=True, slots=True, eq=False)
class Tags:
    """Probabilities for every word of a text.

    ``name`` [words, NAMES]; ``noun`` [words, NOUNS]; ``pos`` [words, POS]; ``pronoun``
    [words, PRONOUNS], which means something for words of people's names only.
    """

    name: Floats
    noun: Floats
    pos: Floats
    pronoun: Floats

    def __len__(self) -> int:
        return len(self.name)

    @classmethod
    def of(cls, joined: Floats) -> Tags:
        """From one array [words, SIZE] that has the groups side by side."""
        edges = accumulate(map(len, GROUPS), initial=0)
        return cls(*(joined[:, a:b] for a, b in pairwise(edges)))


class Tagging(Protocol):
    """A window and its tags [words of the passage, SIZE], None where they were not asked for."""

    @property
    def window(self) -> Window: ...  # noqa: D102
    @property
    def tags(self) -> Floats | None: ...  # noqa: D102


ReadingT_co = TypeVar("ReadingT_co", bound=Tagging, covariant=True)


class ReadsTags(Protocol[ReadingT_co]):
    """What reads windows and, where asked, tags their words: :meth:`Encoder.readings`."""

    def __call__(  # noqa: D102
        self, words: Words, windows: Sequence[Window], least: float, *, tags: bool
    ) -> Sequence[ReadingT_co]: ...


class Tagged(Generic[ReadingT_co]):
    """Reads windows as ``read`` does, and keeps what it says of each word that a window owns.

    Windows that are read as if nothing stood around them are of words that were read before: nothing
    is asked of these. Vectors are not kept, so a long text needs some 150 bytes a word.
    """

    def __init__(self, words: Words, read: ReadsTags[ReadingT_co]):
        self._read = read
        self._joined = np.zeros((len(words), SIZE), np.float32)

    def __call__(self, words: Words, windows: Sequence[Window], least: float) -> Sequence[ReadingT_co]:
        """The readings of some windows, as ``read`` gives them."""
        readings = self._read(words, windows, least, tags=not all(w.alone for w in windows))
        for reading in readings:
            window = reading.window
            if reading.tags is not None and not window.alone:
                own = slice(window.own_start, window.own_end)
                self._joined[window.passage[own]] = reading.tags[own]
        return readings

    @property
    def tags(self) -> Tags:
        """What was said of the words; 0 everywhere for one that no window has owned yet."""
        return Tags.of(self._joined)
