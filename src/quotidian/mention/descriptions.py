"""Descriptions: "the deputy minister for trade", around a noun that stands for somebody.

A description goes from its determiner, or the first word before the noun that belongs to it, to the
noun, with a whole owner before it ("the ministry's spokesman") and what "of" or "for" ties to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from quotidian.encoder.tags import NOUNS, POS, Tags
from quotidian.mention.names import Name
from quotidian.mention.pronouns import TYPE_OF
from quotidian.mention.tokens import Placed, Tokens

# How probable it must be that a word is the head of a mention of its kind.
LEAST = 0.5
# Words; a longer description is a list or a mistake.
LONGEST = 16
_CLASS = {name: number for number, name in enumerate(POS)}
# What may stand between the beginning of a description and its noun ...
_INSIDE = frozenset(_CLASS[tag] for tag in ("noun", "name", "adjective", "number"))
# ... what may only if something that begins a description comes before it ("a badly beaten man") ...
_TENTATIVE = frozenset(_CLASS[tag] for tag in ("verb", "adverb"))
# ... and what begins one.
_BEGINS = frozenset(_CLASS[tag] for tag in ("determiner", "possessive"))
_GENITIVE, _ADJECTIVE, _PRONOUN = _CLASS["genitive"], _CLASS["adjective"], _CLASS["pronoun"]
_NOUN, _NUMBER = _CLASS["noun"], _CLASS["number"]
_TIES = {"of": True, "for": True, "at": False, "in": False, "from": False}  # whether to descriptions too
_MARKS_INSIDE = frozenset('-–"“”‘’')
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my"})


def descriptions(tokens: Tokens, tags: Tags, named: Sequence[Name]) -> list[Placed]:
    """The descriptions of people, bodies, places and documents, in order.

    Those of places are given where they are definite: "the country", not "a country".
    """
    classes, of_name = tags.pos.argmax(1).tolist(), _of_name(named, len(tokens))
    found: list[Placed] = []
    # What begins at each word; as descriptions are looked for from the end, the following are known.
    following = {
        name.first: Placed(name.first, name.end, "person", "name", name.confidence)
        for name in named
        if name.type in ("person", "organisation", "place")
    }
    for head, kind, sure in reversed(list(_heads(tokens, tags, classes, named, of_name))):
        first = _begin(tokens, classes, of_name, named, head)
        end = _end(tokens, following, head)
        type_ = TYPE_OF[kind]
        if type_ == "place" and tokens.lower[first] not in _DEFINITE:
            continue
        one = Placed(first, end, type_, "description", sure)
        found.append(one)
        following[first] = one
    return found[::-1]


def _of_name(named: Sequence[Name], count: int) -> list[int]:
    """For each word, the number of the name that it is part of, or -1."""
    of = [-1] * count
    for number, name in enumerate(named):
        of[name.first : name.end] = [number] * (name.end - name.first)
    return of


def _heads(
    tokens: Tokens, tags: Tags, classes: list[int], named: Sequence[Name], of_name: list[int]
) -> Iterator[tuple[int, str, float]]:
    """Words that are the head of a description, what they stand for, and how sure that is."""
    likeliest = tags.noun.argmax(1)
    for i in np.flatnonzero(tags.noun[:, 0] < 1 - LEAST).tolist():
        kind = NOUNS[int(likeliest[i])]
        sure = float(tags.noun[i, likeliest[i]])
        if kind not in TYPE_OF or sure < LEAST or not tokens.said[i][0].isalpha():
            continue
        if classes[i] in (_PRONOUN, _CLASS["possessive"], _CLASS["determiner"]):
            continue
        name = named[of_name[i]] if of_name[i] >= 0 else None
        if name is not None and not (name.type == "group" and kind == "person" and i == name.end - 1):
            continue
        yield i, kind, sure


def _begin(tokens: Tokens, classes: list[int], of_name: list[int], named: Sequence[Name], head: int) -> int:
    """Where the description around a head begins."""
    first = i = head
    unsure = False  # whether words were passed that a determiner or an adjective must yet take in
    while i and tokens.together(i - 1, head) and head - i < LONGEST:
        i -= 1
        tag, after = classes[i], classes[first]
        if of_name[i] >= 0 and not unsure:
            first = i = named[of_name[i]].first
        elif tag in _BEGINS:
            return i
        elif tag == _NOUN and after in (_ADJECTIVE, _NUMBER):  # "a lesson new senators learn"
            break
        elif tag in (_GENITIVE, _ADJECTIVE) or (tag in _INSIDE and not unsure):
            first, unsure = i, False
        elif tag in _TENTATIVE or tokens.said[i] in _MARKS_INSIDE:
            unsure = True
        else:
            break
    while classes[first] == _GENITIVE and first < head:
        first += 1
    return first


def _end(tokens: Tokens, following: Mapping[int, Placed], head: int) -> int:
    """Where the description ends: with its head, or with what "of", "for" or a place ties to it."""
    end = head + 1
    if end + 1 >= len(tokens) or tokens.lower[end] not in _TIES or not tokens.together(head, end + 1):
        return end
    tied = following.get(end + 1)
    if tied is None and tokens.lower[end + 1] == "the" and end + 2 < len(tokens):
        tied = following.get(end + 2)
    if tied is None or tied.end - head > LONGEST or not tokens.together(head, tied.first):
        return end
    return tied.end if tied.form == "name" or _TIES[tokens.lower[end]] else end
