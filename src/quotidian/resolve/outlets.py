"""The outlets that a text names, and the people it names as theirs: "CNN's Ann Lund"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotidian.resolve.lexicon import word_lists
from quotidian.resolve.named import APOSTROPHES, Name, Named

_WORD = re.compile(r"\w+|[^\w\s]")
_LISTS = word_lists("channels.txt")
_NOUNS = _LISTS["outlet nouns"]
_GOES_ON = _NOUNS | _LISTS["after outlets"]
_FIRSTS = _LISTS["first of outlets"]
_JOURNALISTS = _LISTS["journalists"]
_ARTICLES = frozenset({"a", "an", "the"})
# An outlet stands at most so many words before the name of its journalist.
_TO_JOURNALIST = 6
# No outlet's name that no mention marks has more words.
_LONGEST_NAME = 6


class Phrases:
    """A set of phrases of one or more words, found by the word that they begin with."""

    def __init__(self, phrases: frozenset[str]):
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(_WORD.findall(phrase))
            self._by_first.setdefault(words[0], []).append(words)
        for same_first in self._by_first.values():
            same_first.sort(key=len, reverse=True)

    def end(self, words: Sequence[str], first: int) -> int | None:
        """Where the longest phrase that begins with a word ends."""
        for phrase in self._by_first.get(words[first], ()) if 0 <= first < len(words) else ():
            if tuple(words[first : first + len(phrase)]) == phrase:
                return first + len(phrase)
        return None


_OUTLETS = Phrases(_LISTS["outlets"])


class Outlets:
    """The outlets of one text.

    Attributes:
        ends: by the first word of an outlet's name, the word after its last.
        of_journalists: by a person's entity, the words of the outlet that the text gives as theirs.

    Args:
        named: the text with its names.
        own: who publishes the text, as given; also short ("ost-cour") or as a host ("ostcourier.com").
    """

    def __init__(self, named: Named, own: str | None = None):
        self._named = named
        self._layout = named.layout
        host = re.sub(r"(?:\.com?|\.org|\.net)*(?:\.\w\w)?$", "", (own or "").lower().removeprefix("www."))
        self._own = [word for word in _WORD.findall(host.removeprefix("the ")) if word.isalnum()]
        self.ends = dict(self._found())
        self.of_journalists = dict(self._theirs())

    def is_own(self, first: int, last: int) -> bool:
        """Whether a name is that of the outlet that publishes the text."""
        words = [word for word in self._layout.lower[first:last] if word.isalnum() and word != "the"]
        key = "".join(self._own)
        while words and key:
            is_last_word = len(words) == 1 and words[0] == self._own[-1]
            if is_last_word or words[0] == key or _is_abbreviated(words, key):
                return True
            if words.pop() not in _NOUNS:
                return False
        return False

    def _found(self) -> Iterator[tuple[int, int]]:
        word = 0
        while word < len(self._layout):
            is_name = self._named.has_capital(word) or self._layout.tokens[word].isdigit()
            end = self._end(word) if is_name else None
            if end is not None:
                yield word, end
            word = end or word + 1

    def _end(self, first: int) -> int | None:
        """Where the outlet's name that begins with a word ends; None if none does."""
        layout, named = self._layout, self._named
        name = named.beginning_at(first)
        known = _OUTLETS.end(layout.lower, first)
        if known is None and layout.token(first - 1) == "the":
            with_article = _OUTLETS.end(layout.lower, first - 1)
            known = with_article if with_article and not named.has_capital(with_article) else None
        if known is not None:
            while named.has_capital(known) and layout.lower[known] in _GOES_ON:
                known += 1
            return max(known, name.last) if name and name.type == "organisation" else known
        if name and name.type == "organisation":
            is_outlet = layout.lower[name.last - 1] in _NOUNS or layout.lower[first] in _FIRSTS
            return name.last if is_outlet else None
        if (name and name.type == "person") or layout.lower[first] == "the":
            return None
        end = first
        while named.has_capital(end) and layout.same_sentence(first, end) and end - first <= _LONGEST_NAME:
            end += 1
        is_outlet = layout.token(end - 1) in _NOUNS or layout.lower[first] in _FIRSTS
        is_name = 1 < end - first <= _LONGEST_NAME or (end == first + 1 and layout.token(first - 1) == "the")
        return end if is_name and is_outlet else None

    def _theirs(self) -> Iterator[tuple[str, tuple[int, int]]]:
        seen: set[str] = set()
        for name in self._named.names:
            if name.type == "person" and name.entity is not None and name.entity not in seen:
                outlet = self._after(name) or self._before(name)
                if outlet is not None:
                    seen.add(name.entity)
                    yield name.entity, outlet

    def _after(self, name: Name) -> tuple[int, int] | None:
        """ "Ann Lund of the Courier"."""
        layout = self._layout
        if layout.token(name.last) not in {"of", "from"}:
            return None
        first = name.last + 2 if layout.token(name.last + 1) in _ARTICLES else name.last + 1
        return (first, self.ends[first]) if first in self.ends else None

    def _before(self, name: Name) -> tuple[int, int] | None:
        """ "the Courier's Ann Lund", "Courier reporter Ann Lund"."""
        layout = self._layout
        for first in range(max(0, name.first - _TO_JOURNALIST), name.first):
            last = self.ends.get(first)
            if last is not None and last < name.first and layout.same_sentence(first, name.first):
                between = layout.lower[last : name.first]
                is_owner = between[0] in APOSTROPHES and len(between) <= 2
                if is_owner or between[-1] in _JOURNALISTS:
                    return first, last
        return None


def _is_abbreviated(words: Sequence[str], key: str) -> bool:
    """Whether a key is made of beginnings of words, one of each in order: "washpost", "nyt".

    >>> _is_abbreviated(["washington", "post"], "washpost"), _is_abbreviated(["new", "yorker"], "nyt")
    (True, False)
    """
    rests = {key}
    for word in words:
        lengths = range(1, min(len(word), len(key)) + 1)
        rests = {rest[size:] for rest in rests for size in lengths if rest[:size] == word[:size]}
    return "" in rests
