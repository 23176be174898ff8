"""Pronouns: a closed class, whose types the scores tell where the words do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from quotidian.encoder.tags import NOUNS, Tags
from quotidian.mention.tokens import Placed, Tokens
from quotidian.types import MentionType

# What a noun's kind is as a mention.
TYPE_OF: Mapping[str, MentionType] = {
    "person": "person",
    "people": "group",
    "organisation": "organisation",
    "place": "place",
    "document": "document",
}
_ONE = frozenset(
    {"i", "me", "my", "mine", "myself", "he", "him", "his", "himself", "she", "her", "hers", "herself"}
)
_ASKED = {
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), ("people", "organisation")),
    **dict.fromkeys(
        ("they", "them", "their", "theirs", "themselves"), ("people", "person", "organisation", "place")
    ),
    **dict.fromkeys(("it", "its", "itself"), ("organisation", "place", "document")),
    **dict.fromkeys(("who", "whom", "whose"), ("person", "people", "organisation")),
}
# "It" and "they" stand for things more often than for anybody; "it rained" for nothing.
_LEAST = {"it": 0.4, "its": 0.3, "itself": 0.3, "they": 0.2, "them": 0.2, "their": 0.2}


def pronouns(tokens: Tokens, tags: Tags, taken: frozenset[int]) -> Iterator[Placed]:
    """The pronouns of a text that stand for people, bodies, places or documents.

    Args:
        tokens: the text.
        tags: what the encoder says of its words.
        taken: words that are part of a name: the "US" is no "us".
    """
    for i, word in enumerate(tokens.lower):
        if i in taken or (tokens.said[i].isupper() and word in {"us", "it"}):
            continue
        if word == "i" and tokens.glued(i, "-"):  # an independent: "(I-Vt.)"
            continue
        if word in _ONE:
            yield Placed(i, i + 1, "person", "pronoun", 1.0)
        elif word in _ASKED:
            chances = [float(tags.noun[i, NOUNS.index(kind)]) for kind in _ASKED[word]]
            likeliest = int(np.argmax(chances))
            if sum(chances) >= _LEAST.get(word, 0.0):
                sure = chances[likeliest] / max(sum(chances), 1e-6)
                yield Placed(i, i + 1, TYPE_OF[_ASKED[word][likeliest]], "pronoun", sure)
