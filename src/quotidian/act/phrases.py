"""Phrases found among words: an index by first word, so that time is linear in the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from quotidian.act.inflection import noun_forms, verb_forms
from quotidian.act.tokens import words_of

Kind = Literal["v", "n", "x"]
T = TypeVar("T")

GAP = "…"
LONGEST_GAP = 2  # words


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase among words: what it stands for, and which words are its own, ascending."""

    value: T
    at: tuple[int, ...]


class Phrases(Generic[T]):
    """Phrases, each in all of its forms, and what each stands for."""

    def __init__(self) -> None:
        self._by_first: defaultdict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)

    def add(self, phrase: str, kind: Kind, value: T) -> None:
        """Add a phrase; ``…`` in it stands for at most :data:`LONGEST_GAP` other words.

        Args:
            phrase: a verb in its base form with what follows it, a noun, or words as they stand.
            kind: ``v``: its first word is a verb; ``n``: its last word is a noun; ``x``: as it stands.
            value: what it stands for.
        """
        *head, last = words_of(phrase)
        written: Iterable[tuple[str, ...]]
        if kind == "n":
            written = [(*head, form) for form in noun_forms(last)]
        elif kind == "v":
            first, *rest = [*head, last]
            written = [(form, *rest) for form in verb_forms(first)]
        else:
            written = [(*head, last)]
        for words in written:
            self._by_first[words[0]].append((words[1:], value))

    def at(self, words: Sequence[str], place: int) -> list[Found[T]]:
        """The phrases that begin with the word at a place, the longest first."""
        found = []
        for rest, value in self._by_first.get(words[place], ()):
            taken = _taken(rest, words, place)
            if taken is not None:
                found.append(Found(value, taken))
        found.sort(key=lambda one: -len(one.at))
        return found


def _taken(rest: Sequence[str], words: Sequence[str], place: int) -> tuple[int, ...] | None:
    """Which words a phrase takes that begins at ``place`` and goes on with ``rest``; None if it does not."""
    taken, furthest = [place], place + 1
    for word in rest:
        if word == GAP:
            furthest += LONGEST_GAP
            continue
        following = range(taken[-1] + 1, min(furthest + 1, len(words)))
        found = next((i for i in following if words[i] == word), None)
        if found is None:
            return None
        taken.append(found)
        furthest = found + 1
    return tuple(taken)
