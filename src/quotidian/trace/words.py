"""Words of a text as tracing compares them: folded, in place, and how rare each is."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

# A run of letters and digits with the marks inside it ("don't", "1,200", "3.5"), or the sign of a
# currency, of a percentage or of "and".
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+|[$€£¥%&]")
# Contractions end in these; the rest of the word stands for itself.
_ENDINGS = {"'s": None, "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": None}
_IRREGULAR = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "shan't": ("shall", "not"),
    "&": ("and",),
}

_STEMMER = snowballstemmer.stemmer("english")
# In nats, as rarity() gives them.
_LEAST, _NUMBER, _LONG_NUMBER, _UNLISTED = 0.5, 6.0, 8.0, 11.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word in place: ``text[start:end]`` in code points, and its ``form`` folded for comparing.

    A contraction gives two words at one place: "don't" is "do" and "not".
    """

    start: int
    end: int
    form: str


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order.

    >>> [word.form for word in words("We’re NOT paying $1,200, she didn't say.")]
    ['we', 'are', 'not', 'paying', '$', '1200', 'she', 'did', 'not', 'say']
    """
    found: list[Word] = []
    for match in _WORD.finditer(text):
        found.extend(Word(match.start(), match.end(), form) for form in _forms(match.group()))
    return tuple(found)


def forms(text: str) -> tuple[str, ...]:
    """The folded words of a text, without their places."""
    return tuple(word.form for word in words(text))


@lru_cache(maxsize=65536)
def _forms(word: str) -> tuple[str, ...]:
    folded = fold(word)
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    if folded.endswith("n't") and len(folded) > 3:
        return folded[:-3], "not"
    for ending, stands in _ENDINGS.items():
        if folded.endswith(ending) and len(folded) > len(ending):
            stem = folded[: -len(ending)]
            return (stem, stands) if stands else (stem,)
    if folded[0].isdigit():
        return (folded.replace(",", ""),)
    return (folded,)


def fold(word: str) -> str:
    """A word without case, accents and kinds of apostrophes.

    >>> fold("Mourèl’s")
    "mourel's"
    """
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)) or word


@lru_cache(maxsize=65536)
def stem(form: str) -> str:
    """A word without its endings, by Porter's second stemmer, so that all its forms are the same.

    >>> stem("charges") == stem("charged") == stem("charging")
    True
    """
    return str(_STEMMER.stemWord(form))


def stems(text: str) -> Counter[str]:
    """How often a text has each stem."""
    return Counter(stem(form) for form in forms(text))


def often(content: str, article: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The stems of a content that its article has more than once, with how often; sorted.

    Args:
        content: words of the article.
        article: :func:`stems` of its text.

    >>> often("the lake fell", stems("A lake. The lake fell, it fell and fell."))
    (('fell', 3), ('lake', 2))
    """
    return tuple(sorted((one, article[one]) for one in stems(content) if article.get(one, 0) > 1))


@lru_cache(maxsize=65536)
def rarity(form: str) -> float:
    """How much it tells that two texts share this word, in nats: about 0 for "the", 11 for a name.

    The vocabulary of the encoder lists whole words from the most to the least frequent; by Zipf's law
    the logarithm of a word's place is that of its rarity. One that it does not have whole is rarer than all.
    """
    if form[0].isdigit():
        return _NUMBER if len(form) < 3 else _LONG_NUMBER
    place = _places().get(form)
    return _UNLISTED if place is None else max(_LEAST, math.log(place))


@cache
def _places() -> dict[str, int]:
    text = (files("quotidian.encoder") / "model" / "vocabulary.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    first = lines.index("the")
    return {line: place for place, line in enumerate(lines[first:], 1)}
