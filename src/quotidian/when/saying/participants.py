"""Who speaks in an attribution and who is named in a sentence, as keys that can be compared.

The ids of entities where the caller knows them; else surnames and the source's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

from quotidian.types import Attribution, Mention, Passage
from quotidian.when.saying.frame import Frame
from quotidian.when.saying.lexicon import DOCUMENT


class Participants(Protocol):
    """Tells who takes part."""

    def speakers(self, number: int, frame: Frame) -> frozenset[str]:
        """Who speaks in the attribution of this number, whose frame it is; nobody where nothing tells."""

    def present(self, frame: Frame, start: int, end: int) -> frozenset[str]:
        """All who are named in a part of a sentence, outside of what is said in it."""


# They stand for all whom their sentence names.
_ALL = frozenset({"each", "both", "all", "the two", "the two men", "the two women"})


class ByEntity:
    """Participants as the article's entities."""

    def __init__(
        self, attributions: Sequence[Attribution], speakers: Sequence[str | None], mentions: Sequence[Mention]
    ):
        self._sources = [one.source for one in attributions]
        self._entities_of = speakers
        known = sorted((one.passage.start, one.entity) for one in mentions if one.entity)
        self._starts = [start for start, _ in known]
        self._entities = [entity for _, entity in known]

    def speakers(self, number: int, frame: Frame) -> frozenset[str]:
        """The speaker's entity, and whose document it is; the words of a source that is neither."""
        entity, source = self._entities_of[number], self._sources[number]
        known = {entity} if entity is not None else set()
        if source is None:
            return frozenset(known)
        if source.text.lower() in _ALL:
            return self.present(frame, frame.start, frame.end)
        if _IS_DOCUMENT.search(source.text):
            known |= {owner for _, owner in self._within(source.start, source.end)}
        key = None if known else _key(source, None)
        return frozenset(known | {key} if key else known)

    def present(self, frame: Frame, start: int, end: int) -> frozenset[str]:
        """The entities mentioned."""
        return frozenset(entity for place, entity in self._within(start, end) if frame.is_left(place))

    def _within(self, start: int, end: int) -> list[tuple[int, str]]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return list(zip(self._starts[first:last], self._entities[first:last], strict=True))


_IS_DOCUMENT = re.compile(rf"{DOCUMENT}$", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w’-]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_BEFORE_DETAILS = re.compile(r",|\b(?:who|of|from|and|for|in)\b")
_RELATIVE = frozenset({"who", "that", "which", "whom"})
_PRONOUNS = frozenset(
    {"he", "she", "i", "him", "her", "his", "we", "they", "it", "its", "their", "us", "them"}
)


class ByName:
    """Participants by their surnames, or by the words of the source."""

    def __init__(self, attributions: Sequence[Attribution]):
        self._speakers: list[str | None] = [None] * len(attributions)
        last: str | None = None
        for number in sorted(range(len(attributions)), key=lambda one: attributions[one].cue.start):
            found = _key(attributions[number].source, last)
            self._speakers[number] = found
            last = found or last

    def speakers(self, number: int, frame: Frame) -> frozenset[str]:
        """The surname; a pronoun is the speaker before, somebody in a relative clause nobody."""
        speaker = self._speakers[number]
        if speaker in _ALL:
            return self.present(frame, frame.start, frame.end)
        return frozenset({speaker} if speaker else ())

    def present(self, frame: Frame, start: int, end: int) -> frozenset[str]:
        """Every name's words."""
        words = _POSSESSIVE.sub("", frame.between(start, end))
        return frozenset(m[0].lower() for m in _NAME.finditer(words))


def _key(source: Passage | None, last: str | None) -> str | None:
    if source is None:
        return None
    words = source.text.lower()
    if words in _PRONOUNS:
        return last
    if words in _RELATIVE:
        return None
    head = _POSSESSIVE.sub("", _BEFORE_DETAILS.split(source.text)[0])
    names = _NAME.findall(head)
    return names[-1].lower() if names and names[-1] not in ("The", "A", "An") else words
