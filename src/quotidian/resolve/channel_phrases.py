"""The places of a text that name an outlet, a medium or an occasion as the way a statement came.

An outlet is a channel where the words around it say so: "told …", "in an interview with …", "on …",
"in a … interview"; it is none where it only is spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quotidian.resolve.lexicon import word_lists
from quotidian.resolve.named import APOSTROPHES, Named
from quotidian.resolve.outlets import Outlets, Phrases

_LISTS = word_lists("channels.txt")
_PLAIN_OUTLETS = Phrases(_LISTS["plain outlets"])
_PLATFORMS = Phrases(_LISTS["platforms"])
_MEDIA = Phrases(_LISTS["media"])
_AFTER_MEDIUM = _LISTS["after a medium"]
_NO_MEDIA = _LISTS["no media"]
_POSTING = _LISTS["said by posting"]
_ON_AIR = Phrases(_LISTS["on air"])
_SAID_WITH = _LISTS["said with"] | _LISTS["made known by"]
_ELSEWHERE = Phrases(_LISTS["elsewhere"])
_TOLD = _LISTS["told"]
_NOT_SPOKEN_TO = _LISTS["not spoken to"]

_DETERMINERS = frozenset(
    {"a", "an", "the", "his", "her", "its", "their", "my", "our", "another", "this", "one"}
)
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’"})
_ENDS_OBJECT = frozenset({",", ";", ":", '"', "“", "”", "that", "but", "about"}) | frozenset(
    {"why", "how", "what", "whether", "if", "when"}
)
_ENDS_NOUNS = frozenset({"of", "and", "that", "which", "whom", "who", "some", "any", "he", "she", "they"})
_OF_OWNER = frozenset({"own", "official", "personal", "verified"})
_MEDIUM_AFTER = frozenset({"in", "through", "via"})
_PLATFORM_AFTER = frozenset({"on", "via", "to", "over", "through"})
_OUTLET_AFTER = frozenset({"with", "to", "on", "for", "by", "in", "at"})
_SHOW_AFTER = frozenset({"in", "during", "on", "at", "for", "from", "through", "with", "to"})
_OCCASION_AFTER = frozenset({"in", "at", "during", "to", "with", "on", "before"}) | _TOLD

# How far, in words, the parts of a channel may stand from each other.
_TO_TOLD = 12
_TO_PREPOSITION = 4
_TO_SAYING = 8
_TO_SHOW_PREPOSITION = 3
_TO_OCCASION = 6
_TO_POLL = 5
_LONGEST_MEDIUM = 6

ChannelKind = Literal["outlet", "medium", "verb", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel by word: the outlet or medium is ``[first, last)``, found at the word ``at``.

    "verb" is a cue that names its medium: "tweeted". "elsewhere" is an occasion that is no channel:
    a rally, an interview with nobody named, a talk with the very outlet that publishes the text.
    """

    at: int
    first: int
    last: int
    kind: ChannelKind


class ChannelPhrases:
    """Finds the channels of one text.

    Args:
        named: the text with its names.
        outlet: who publishes the text; what is told to them is no channel but the article itself.
    """

    def __init__(self, named: Named, outlet: str | None = None):
        self._named = named
        self._layout = named.layout
        self._outlets = Outlets(named, outlet)

    def all(self) -> Iterator[Channel]:
        """Every channel of the text, in order."""
        word = 0
        while word < len(self._layout):
            found = self._at(word)
            if found is not None:
                yield found
            word = max(word + 1, self._outlets.ends.get(word, 0))

    def reporting(self, first: int, last: int) -> Channel | None:
        """The channel that the words ``[first, last)`` are as a source: "the Courier reported that …"."""
        begins = first
        while begins < last and self._layout.lower[begins] in _DETERMINERS:
            begins += 1
        end = self._outlets.ends.get(begins)
        is_whole = end is not None and end == last
        return self._from_outlet(begins, begins, last) if is_whole else None

    def _at(self, word: int) -> Channel | None:
        end = self._outlets.ends.get(word)
        if end is not None:
            return self._outlet(word, end)
        return (
            self._journalist(word)
            or self._plain_outlet(word)
            or self._posted(word)
            or self._platform(word)
            or self._medium(word)
            or self._elsewhere(word)
        )

    # Outlets

    def _outlet(self, first: int, last: int) -> Channel | None:
        """The channel that an outlet's name is, if its surroundings say so."""
        layout = self._layout
        if any(layout.token(word) in _NOT_SPOKEN_TO for word in range(last, last + _TO_POLL)):
            return None
        begins = first
        while layout.token(begins - 1) in _QUOTES:
            begins -= 1
        is_channel = (
            self._preposition_before(begins) in {"on", "via"}
            or self._is_told(begins)
            or self._is_spoken_with(begins)
            or self._is_on_air(first, last)
        )
        return self._from_outlet(first, first, last) if is_channel else None

    def _from_outlet(self, at: int, first: int, last: int) -> Channel:
        return Channel(at, first, last, "elsewhere" if self._outlets.is_own(first, last) else "outlet")

    def _journalist(self, word: int) -> Channel | None:
        """ "told Lund" where the text says elsewhere that Lund is the Courier's."""
        name = self._named.beginning_at(word)
        outlet = self._outlets.of_journalists.get(name.entity) if name and name.entity else None
        if outlet and (self._is_told(word) or self._is_spoken_with(word)):
            return self._from_outlet(word, *outlet)
        return None

    def _plain_outlet(self, word: int) -> Channel | None:
        """ "told state television", "told the radio host Ann Lund"."""
        end = _PLAIN_OUTLETS.end(self._layout.lower, word)
        if end is None or self._named.has_capital(word):
            return None
        is_with = self._preposition_before(word) in {"with", "to", "on"} and self._is_spoken_with(word)
        if not is_with and not self._is_told(word):
            return None
        host = self._named.person_at(end)
        return Channel(word, word, host.last if host else end, "outlet")

    def _preposition_before(self, word: int) -> str:
        """The word before another one and its article."""
        layout = self._layout
        before = word - 2 if layout.token(word - 1) in _DETERMINERS else word - 1
        return layout.token(before) if layout.same_sentence(before, word) else ""

    def _is_told(self, word: int) -> bool:
        """ "told CNN", "told Ann Lund of the Courier"."""
        layout = self._layout
        for before in range(word - 1, max(-1, word - _TO_TOLD), -1):
            if not layout.same_sentence(before, word) or layout.lower[before] in _ENDS_OBJECT:
                return False
            if layout.lower[before] in _TOLD:
                return True
        return False

    def _is_spoken_with(self, word: int) -> bool:
        """ "in an interview on Sunday with the Courier", "a transcript published by the Courier"."""
        layout = self._layout
        for preposition in range(word - 1, max(-1, word - 1 - _TO_PREPOSITION), -1):
            if not layout.same_sentence(preposition, word) or layout.lower[preposition] in _ENDS_OBJECT:
                return False
            if layout.lower[preposition] in _OUTLET_AFTER:
                return self._is_said_before(preposition)
        return False

    def _is_said_before(self, preposition: int) -> bool:
        layout = self._layout
        for before in range(preposition - 1, max(-1, preposition - 1 - _TO_SAYING), -1):
            if not layout.same_sentence(before, preposition) or layout.lower[before] in _ENDS_OBJECT:
                return False
            if layout.lower[before] in _SAID_WITH:
                return True
        return False

    def _is_on_air(self, first: int, last: int) -> bool:
        """ "in a Courier interview", "during the Courier's forum on trade"."""
        layout = self._layout
        before = range(first - _TO_SHOW_PREPOSITION, first)
        if not any(
            layout.token(word) in _SHOW_AFTER and layout.same_sentence(word, first) for word in before
        ):
            return False
        for word in range(last, min(last + _TO_OCCASION, len(layout))):
            if _ON_AIR.end(layout.lower, word):
                return layout.same_sentence(first, word)
            if not layout.tokens[word].isalnum() and layout.lower[word] not in _QUOTES | {"-"}:
                return False
        return False

    # Media and occasions, from their preposition or verb on

    def _posted(self, word: int) -> Channel | None:
        layout = self._layout
        if layout.lower[word] not in _POSTING or layout.token(word - 1) in _DETERMINERS | _MEDIUM_AFTER:
            return None
        return Channel(word, word, word + 1, "verb")

    def _platform(self, word: int) -> Channel | None:
        """ "on her official Facebook page"."""
        layout = self._layout
        if layout.lower[word] not in _PLATFORM_AFTER:
            return None
        first = word + 1
        while layout.token(first) in _DETERMINERS | _OF_OWNER:
            first += 1
        end = _PLATFORMS.end(layout.lower, first)
        if end is None or not layout.same_sentence(word, first):
            return None
        is_name = self._named.has_capital(first) or end - first > 1
        return Channel(word, first, end, "medium") if is_name else None

    def _medium(self, word: int) -> Channel | None:
        """ "in a written statement"."""
        if self._layout.lower[word] not in _MEDIUM_AFTER:
            return None
        found = self._noun_behind(word, _MEDIA)
        if found is None or not self._ends_noun_phrase(found[1]):
            return None
        is_part_of_speech = _NO_MEDIA & set(self._layout.lower[slice(*found)])
        return None if is_part_of_speech else Channel(word, *found, "medium")

    def _ends_noun_phrase(self, word: int) -> bool:
        following = self._layout.tokens[word] if word < len(self._layout) else ""
        may_be_noun = following.isalpha() and following.islower() and not following.endswith(("ed", "ing"))
        return not may_be_noun or following in _AFTER_MEDIUM

    def _elsewhere(self, word: int) -> Channel | None:
        """ "at a rally", "told reporters"."""
        found = self._noun_behind(word, _ELSEWHERE) if self._layout.lower[word] in _OCCASION_AFTER else None
        return Channel(word, *found, "elsewhere") if found else None

    def _noun_behind(self, preposition: int, nouns: Phrases) -> tuple[int, int] | None:
        """The words of the noun phrase behind a preposition, to the first of some nouns in it."""
        layout = self._layout
        first = preposition + 1
        while layout.token(first) in _DETERMINERS:
            first += 1
        for word in range(first, min(first + _LONGEST_MEDIUM, len(layout))):
            if not layout.same_sentence(preposition, word):
                return None
            end = nouns.end(layout.lower, word)
            if end is not None:
                return first, end
            is_word = layout.tokens[word].isalnum() or layout.lower[word] in APOSTROPHES | {"-", "."}
            if not is_word or layout.lower[word] in _SHOW_AFTER | _DETERMINERS | _ENDS_NOUNS:
                return None
        return None
