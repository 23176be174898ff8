"""Names without what writers spell differently: capitals, accents, apostrophes, stops and hyphens."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_STOPS = re.compile(r"(?<=\w)\.|\.(?=\w)")
_OTHERS = re.compile(r"[^\w]+|_+")
# Accents of Latin, Greek and Cyrillic letters. The vowel signs of other scripts are left in place.
_ACCENTS = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """A name as words in small letters without accents: stops and hyphens part words.

    >>> fold("Søren O’Bækvad-Núñez Jr.")
    'soren obaekvad nunez jr'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = _ACCENTS.sub("", _APOSTROPHES.sub("", plain))
    return unicodedata.normalize("NFC", _OTHERS.sub(" ", plain).strip())


@lru_cache(maxsize=65_536)
def fold_body(text: str) -> str:
    """As :func:`fold`, stops left out, so that "U.N." is one word, and "&" is "and".

    >>> fold_body("The U.N. & Frey’s")
    'the un and freys'
    """
    return fold(_STOPS.sub("", text.replace("&", " and ")))


def misspelt(a: str, b: str) -> bool:
    """Whether two long words differ by one letter put in, left out, changed or swapped.

    >>> misspelt("lindqvist", "lindquist"), misspelt("dean", "bean")
    (True, False)
    """
    if min(len(a), len(b)) < _SHORTEST or abs(len(a) - len(b)) > 1 or a[0] != b[0] or a == b:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return (
        a[i + 1 :] == b[i:]
        or a[i:] == b[i + 1 :]
        or a[i + 1 :] == b[i + 1 :]
        or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
    )


# Shorter words differ by one letter too easily.
_SHORTEST = 5
# Letters that are heard alike, and vowels: left out, so that one slip seldom changes the skeleton.
_ALIKE = str.maketrans("cqzdbg", "kkstpk", "aeiouyhwv")


def skeleton(word: str) -> str:
    """The first letter and the consonants of a word, alike ones as one, to find words spelt nearly alike.

    >>> skeleton("lindqvist") == skeleton("lindquist") == skeleton("lindkvist")
    True
    """
    return word[:1] + re.sub(r"(.)\1+", r"\1", word[1:].translate(_ALIKE))
