"""Scores of words → mentions: who and what is named, described or meant by a pronoun, and where.

The stage decides and runs nothing. A name never goes from one sentence to the next; names inside a
description ("Lund's spokesman") are mentions of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from quotidian.encoder.tags import NOUNS, PRONOUNS, Tags
from quotidian.encoder.words import Words
from quotidian.mention.descriptions import descriptions
from quotidian.mention.names import Name, names
from quotidian.mention.pronouns import pronouns
from quotidian.mention.tokens import Placed, Tokens
from quotidian.types import Mention, MentionType, Passage

_NAMED: Mapping[str, MentionType] = {"person": "person", "organisation": "organisation", "place": "place"}
_SEVERAL, _ONE = NOUNS.index("people"), NOUNS.index("person")
# A probability of a pronoun is taken as no less, so that no sum is decided by one word.
_LEAST = 0.01


def mentions(text: str, words: Words, tags: Tags) -> tuple[Mention, ...]:
    """The mentions of a text by place; of two that begin together the longer comes first.

    Args:
        text: the article's text.
        words: its words.
        tags: what the encoder says of each of them.
    """
    tokens = Tokens.of(text, words)
    named = names(tokens, tags)
    taken = frozenset(i for name in named for i in range(name.first, name.end))
    found = [*_shown(named, tags), *descriptions(tokens, tags, named), *pronouns(tokens, tags, taken)]
    found.sort(key=lambda one: (one.first, -one.end))
    return tuple(
        Mention(
            Passage.of(text, [tokens.span(one.first, one.end)]), one.type, one.form, round(one.confidence, 4)
        )
        for one in found
    )


def _shown(named: Sequence[Name], tags: Tags) -> Iterator[Placed]:
    """Names as mentions. A group's is one where it stands for people: in "Ostmerian law" it does not."""
    for name in named:
        if name.type in _NAMED:
            yield Placed(name.first, name.end, _NAMED[name.type], "name", name.confidence)
        elif name.type == "group":
            several, one = tags.noun[name.end - 1, [_SEVERAL, _ONE]].tolist()
            if several > max(one, 0.5):
                yield Placed(name.first, name.end, "group", "name", name.confidence * several)


def she(words: Words, tags: Tags, found: Sequence[Mention]) -> list[float]:
    """For each mention, the log odds that its person is a "she" and not a "he"; 0 where nothing tells."""
    chances = np.log(np.maximum(tags.pronoun, _LEAST))
    odds = chances[:, PRONOUNS.index("she")] - chances[:, PRONOUNS.index("he")]
    told = []
    for one in found:
        named = one.type == "person" and one.form == "name"
        first = int(np.searchsorted(words.end, one.passage.start, side="right"))
        end = int(np.searchsorted(words.start, one.passage.end, side="left"))
        told.append(round(float(odds[first:end].mean()), 3) if named else 0.0)
    return told
