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


class Participants(Protocol):
    """Tells who takes part."""

    def speaker(self, number: int) -> str | None:
        """Who speaks in the attribution of this number; None where nothing tells."""

    def present(self, frame: Frame) -> frozenset[str]:
        """All who are named in a sentence, outside of what is said in it."""


class ByEntity:
    """Participants as the article's entities."""

    def __init__(
        self, attributions: Sequence[Attribution], speakers: Sequence[str | None], mentions: Sequence[Mention]
    ):
        self._speakers = [
            entity or _key(one.source, None) for one, entity in zip(attributions, speakers, strict=True)
        ]
        known = sorted((one.passage.start, one.entity) for one in mentions if one.entity)
        self._starts = [start for start, _ in known]
        self._entities = [entity for _, entity in known]

    def speaker(self, number: int) -> str | None:
        """The speaker's entity, or the words of a source that is none."""
        return self._speakers[number]

    def present(self, frame: Frame) -> frozenset[str]:
        """The entities mentioned."""
        first, last = bisect_left(self._starts, frame.start), bisect_left(self._starts, frame.end)
        return frozenset(
            entity
            for start, entity in zip(self._starts[first:last], self._entities[first:last], strict=True)
            if frame.is_left(start)
        )


_NAME = re.compile(r"[A-Z][\w’-]+")
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

    def speaker(self, number: int) -> str | None:
        """The surname; a pronoun is the speaker before, somebody in a relative clause nobody."""
        return self._speakers[number]

    def present(self, frame: Frame) -> frozenset[str]:
        """Every name's words."""
        return frozenset(m[0].lower() for m in _NAME.finditer(frame.text.replace("'s", "").replace("’s", "")))


def _key(source: Passage | None, last: str | None) -> str | None:
    if source is None:
        return None
    words = source.text.lower()
    if words in _PRONOUNS:
        return last
    if words in _RELATIVE:
        return None
    head = _BEFORE_DETAILS.split(source.text)[0].replace("'s", "").replace("’s", "")
    names = _NAME.findall(head)
    return names[-1].lower() if names and names[-1] not in ("The", "A", "An") else words
