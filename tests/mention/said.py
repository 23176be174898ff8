"""Texts with scores as an encoder might give them, written by hand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from quotidian.encoder.about import SHIPPED
from quotidian.encoder.tags import GROUPS, NAMES, NOUNS, POS, SIZE, Tags
from quotidian.encoder.words import Words, load_tokenizer, words_of
from quotidian.mention import mentions
from quotidian.types import Mention

TOKENIZER = load_tokenizer(SHIPPED / "vocabulary.txt")
SURE = 0.97

_CLASSES = {
    "determiner": "the a an this some no",
    "adjective": "senior deputy angry conservative old new former five two",
    "preposition": "of for at in from to on with about",
    "finite": "said told met praised left rained backed is was saw",
    "possessive": "his her its their our my",
    "pronoun": "he she it they we i him them us who",
    "conjunction": "and or but",
}
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in words.split()}


def words(text: str) -> Words:
    return words_of(text, TOKENIZER)


def scored(
    text: str,
    names: Mapping[str, str] | None = None,
    nouns: Mapping[str, str] | None = None,
    sure: float = SURE,
) -> tuple[Words, Tags]:
    """A text's words and tags: ``names`` and ``nouns`` by what they say, wherever they stand."""
    laid = words(text)
    joined = np.zeros((len(laid), SIZE), np.float32)
    tags = Tags.of(joined)
    for group in (tags.name, tags.noun, tags.pos, tags.pronoun):
        group += (1 - sure) / group.shape[1]
    best = [[0] * len(laid) for _ in GROUPS]
    for i, (a, b) in enumerate(zip(laid.start.tolist(), laid.end.tolist(), strict=True)):
        said = text[a:b]
        best[1][i] = NOUNS.index((nouns or {}).get(said.lower(), "none"))
        best[2][i] = POS.index(_class(said))
    for said, kind in (names or {}).items():
        start = -1
        while (start := text.find(said, start + 1)) >= 0:
            at = np.flatnonzero((laid.start < start + len(said)) & (laid.end > start)).tolist()
            for k, i in enumerate(at):
                best[0][i] = NAMES.index(f"{kind}+" if k else kind)
                best[2][i] = POS.index("name")
    for group, chosen in zip((tags.name, tags.noun, tags.pos), best, strict=False):
        group[np.arange(len(laid)), chosen] += sure
    return laid, tags


def _class(said: str) -> str:
    if not said[0].isalnum():
        return "genitive" if said in "'’" else "mark"
    if said == "s":
        return "genitive"
    return _CLASS_OF.get(said.lower(), "noun")


def found(text: str, *scores: Mapping[str, str], sure: float = SURE) -> tuple[Mention, ...]:
    """The mentions of a text: names first, then nouns."""
    return mentions(text, *scored(text, *scores, sure=sure))


def shown(text: str, *scores: Mapping[str, str]) -> list[str]:
    """Each mention as "words: form type"."""
    return [f"{one.passage.text}: {one.form} {one.type}" for one in found(text, *scores)]
