"""Which words of a text stand in a name, and whose: looked up by word instead of searched for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotidian.resolve.layout import Layout
from quotidian.types import Mention, MentionType, Span

APOSTROPHES = frozenset({"'", "’"})
_JOINTS = frozenset({"-", "‐", "‑", "/"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: its words ``[first, last)``, and what it names."""

    first: int
    last: int
    type: MentionType
    entity: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """A text with its names marked: ``names``, in their order, and for each word the one it is in.

    ``meant`` has the entities of what is not a name but stands for a body, by its last word.
    """

    layout: Layout
    names: tuple[Name, ...]
    at: tuple[Name | None, ...]
    meant: Mapping[int, str]
    bodies: Mapping[str, Name]

    @classmethod
    def of(cls, layout: Layout, mentions: Sequence[Mention]) -> Named:
        """Mark the names among some mentions; where two overlap, the longer one counts."""
        at: list[Name | None] = [None] * len(layout)
        by_length = sorted(
            (mention for mention in mentions if mention.form == "name"),
            key=lambda mention: mention.passage.start - mention.passage.end,
        )
        for mention in by_length:
            words = layout.words_in(mention.passage.spans[0])
            if words and not any(at[word] for word in words):
                name = Name(words.start, words.stop, mention.type, mention.entity)
                at[words.start : words.stop] = [name] * len(words)
        names = tuple(name for word, name in enumerate(at) if name and name.first == word)
        bodies: dict[str, Name] = {}
        for name in names:
            if name.type == "organisation" and name.entity is not None:
                bodies.setdefault(name.entity, name)
        meant = {
            words.stop - 1: mention.entity
            for mention in mentions
            if mention.form != "name" and mention.entity in bodies
            if (words := layout.words_in(mention.passage.spans[-1]))
        }
        return cls(layout, names, tuple(at), meant, bodies)

    def beginning_at(self, word: int) -> Name | None:
        """The name that begins with a word."""
        name = self.at[word] if 0 <= word < len(self.at) else None
        return name if name and name.first == word else None

    def ending_before(self, word: int) -> Name | None:
        """The name whose last word is the one before ``word``."""
        name = self.at[word - 1] if 0 < word <= len(self.at) else None
        return name if name and name.last == word else None

    def person_at(self, word: int) -> Name | None:
        """The person's name that begins with a word."""
        name = self.beginning_at(word)
        return name if name and name.type == "person" else None

    def meant_by(self, word: int) -> Name | None:
        """The first name of the body that a pronoun or description ending with a word stands for."""
        return self.bodies.get(self.meant.get(word, ""))

    def span(self, first: int, last: int) -> Span:
        """The place in the text of the words ``[first, last)``."""
        return Span(self.layout.start[first], self.layout.end[last - 1])

    # What the marks between words say

    def has_capital(self, word: int) -> bool:
        """Whether a word begins with a capital letter."""
        return 0 <= word < len(self.at) and self.layout.tokens[word][0].isupper()

    def touches_next(self, word: int) -> bool:
        """Whether nothing stands between a word and the next one."""
        layout = self.layout
        return 0 <= word < len(self.at) - 1 and layout.end[word] == layout.start[word + 1]

    def is_joint(self, word: int) -> bool:
        """Whether a word is a hyphen or stroke that joins two words: "co-founder"."""
        return (
            self.layout.token(word) in _JOINTS
            and self.touches_next(word - 1)
            and self.touches_next(word)
            and self.layout.tokens[word + 1][0].isalnum()
        )

    def is_possessive(self, word: int) -> bool:
        """Whether the apostrophe of "'s" stands at a word."""
        return (
            self.layout.token(word) in APOSTROPHES
            and self.layout.token(word + 1) == "s"
            and self.touches_next(word - 1)
            and self.touches_next(word)
        )
