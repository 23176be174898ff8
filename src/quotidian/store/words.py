"""The words of a text as they are indexed and as they are asked for: one folding for both.

Both databases get these words and split nothing themselves, so both find the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 64  # a longer run of letters is cut here, in texts and in queries alike

# Typographic marks of English text: most texts are ASCII without them (str.replace is quick).
_COMMON = (("’", "'"), ("‘", "'"), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("\u00a0", " "))
_APOSTROPHES: dict[int, str | None] = dict.fromkeys(map(ord, "ʼʻ‛`´′＇"), "'")
_ASCII_RUN = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")

# Letters that Unicode does not take apart into a letter and a mark.
_LETTERS: dict[int, str | None] = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n",
        "æ": "ae", "œ": "oe", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ə": "e", "ĸ": "k", "ƴ": "y", "ȷ": "j",
        "ـ": None,  # the Arabic stroke that only makes a word longer
    }
)  # fmt: skip

# Marks that readers leave out when they type: accents, Hebrew points, Arabic vowels. Those of other
# scripts (a Japanese voicing mark, an Indian vowel sign) make another word and stay.
_ACCENTS = (
    (0x0300, 0x036F),
    (0x0483, 0x0487),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE20, 0xFE2F),
)
# Scripts written without spaces, and Korean, whose particles are written onto the word.
_EACH_ITS_OWN = (
    (0x0E00, 0x0FFF),  # Thai, Lao, Tibetan
    (0x1000, 0x109F),  # Burmese
    (0x1100, 0x11FF),  # Korean letters
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19DF),  # Tai Le, New Tai Lue
    (0x1A20, 0x1AAF),  # Tai Tham
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3040, 0x31FF),  # Japanese syllables, bopomofo, more Korean letters
    (0x3400, 0x4DBF),
    (0x4E00, 0xA4CF),  # Chinese characters, Yi
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),  # Korean syllables
    (0xF900, 0xFAFF),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)


def words(text: str) -> list[str]:
    """The words of any text, folded: no case, no accents, no marks of direction, no punctuation.

    A hyphen parts words. An apostrophe does not, but an English ``'s`` is left out and a French
    ``l'`` or ``d'`` is a word of its own. Characters of scripts without spaces are a word each, so
    that characters in a row find any stretch of a text.

    >>> words("O’Neil praised Moor's Åland-based co-op: “Straße no. 7”.")
    ['oneil', 'praised', 'moor', 'aland', 'based', 'co', 'op', 'strasse', 'no', '7']
    >>> words("l'Équipe, Łódź; 首相は“Yes”と")
    ['l', 'equipe', 'lodz', '首', '相', 'は', 'yes', 'と']
    """
    if not text.isascii():
        for mark, plain in _COMMON:
            text = text.replace(mark, plain)
    if not text.isascii():
        text = _bare(text)
    text = text.lower()
    return _of_runs(_ASCII_RUN.findall(text) if text.isascii() else _runs(text))


def folded(text: str) -> str:
    """Its words with a space between: the form in which two names are compared.

    >>> folded("  Dr. Zoë Ek-Lund ")
    'dr zoe ek lund'
    """
    return " ".join(words(text))


def _of_runs(runs: list[str]) -> list[str]:
    found: list[str] = []
    for run in runs:
        if "'" in run:
            before, _, after = run.partition("'")
            if before in ("l", "d"):
                found.append(before)
                run = after
            run = run.removesuffix("'s").replace("'", "")
        found.append(run[:LONGEST])
    return found


def _bare(text: str) -> str:
    text = text.translate(_APOSTROPHES)  # first: the normal form of some is a space and an accent
    # Case folding can make text that is not normal, and the other way round, so both come twice.
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).casefold()
    bare = "".join(map(_without_accent, unicodedata.normalize("NFD", text)))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS | _APOSTROPHES))


def _runs(text: str) -> list[str]:
    found: list[str] = []
    start: int | None = None
    for place, kind in enumerate(map(_kind, text)):
        goes_on = kind == "run" or (
            kind == "'" and start is not None and place + 1 < len(text) and _kind(text[place + 1]) == "run"
        )
        if goes_on:
            start = place if start is None else start
            continue
        if start is not None:
            found.append(text[start:place])
            start = None
        if kind == "own":
            found.append(text[place])
    return [*found, text[start:]] if start is not None else found


@lru_cache(maxsize=4096)
def _without_accent(character: str) -> str:
    """Nothing for an accent or an invisible character, 0 to 9 for any digit, else the same."""
    category = unicodedata.category(character)
    if category == "Cf" or (category[0] == "M" and _within(character, _ACCENTS)):
        return ""
    return str(unicodedata.decimal(character)) if category == "Nd" else character


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    if character == "'":
        return "'"
    if unicodedata.category(character)[0] not in "LNM":
        return ""
    return "own" if _within(character, _EACH_ITS_OWN) else "run"


def _within(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)
