"""Names of organisations, groups and places, compared: whether two may name one body, and how plainly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quotidian.entities.folding import fold_body
from quotidian.entities.lexicon import ALIASES, LISTS, countries

# generic     "the ministry", "police": another body in every country and story
# functional  "Supreme Court", "Ministry of Trade": told apart within a country alone
# one word    "Norrfisk": may be a common word or a place as well
# proper      a name of its own
Kind = Literal["generic", "functional", "one word", "proper"]
# same        the same words, small ones and the legal form aside
# reordered   the same words in another order: "Trade Ministry", "Ministry of Trade"
# acronym     one is an acronym that the other's articles give for it
# initials    one is made of the other's initials, though no article says so
# shorter     one is a shorter form of the other
# legal form  the same words with another legal form: often a subsidiary
Level = Literal["same", "reordered", "acronym", "initials", "shorter", "legal form"]
LEVELS: tuple[Level, ...] = ("same", "reordered", "acronym", "initials", "shorter", "legal form")

_LONGEST_ACRONYM = 6
_NUMBER = re.compile(r"\d+(st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name, folded: its words in order without small ones, and its legal form.

    ``chief`` is what may stand for all of it: the words before "of", if some of two or more tell it apart.
    """

    words: tuple[str, ...]
    chief: tuple[str, ...] | None
    legal: str | None
    initials: frozenset[str]
    is_acronym: bool
    known: bool

    @property
    def kind(self) -> Kind:
        """How far the name tells the body apart."""
        if self.known:
            return "proper"
        if all(word in LISTS["generic"] for word in self.words):
            return "generic"
        telling = [word for word in self.words if not _says_little(word)]
        if not telling:
            return "functional"
        return "one word" if len(self.words) == 1 else "proper"

    @property
    def telling(self) -> int:
        """How many words it has that tell it apart from bodies of its kind."""
        return sum(not _says_little(word) for word in self.words)


def _says_little(word: str) -> bool:
    return (
        word in LISTS["generic"]
        or word in LISTS["functional"]
        or word in LISTS["newspapers"]
        or _NUMBER.fullmatch(word) is not None
    )


@lru_cache(maxsize=65_536)
def body_name(name: str) -> BodyName | None:
    """A name taken apart; None for what is no name ("of Trade", "K.", "farmers").

    >>> body_name("The Ostmere Steel Co. Ltd").words
    ('ostmere', 'steel')
    """
    folded = fold_body(name)
    words = folded.split()
    if not words or not any(len(word) > 1 for word in words) or words[0] in LISTS["small"] - {"the", "la"}:
        return None
    if name.removeprefix("the ")[:1].islower() and words[-1] in LISTS["people"] | LISTS["generic"]:
        return None
    every = "".join(word[0] for word in words if word != "the")
    if folded in ALIASES and (len(words) > 1 or name.replace(".", "").isupper()):
        words = ALIASES[folded].split()
    great = [word for word in words if word not in LISTS["small"]] or words
    kept = list(great)
    while len(kept) > 1 and kept[-1] in LISTS["legal"]:
        kept.pop()
    initials = {"".join(word[0] for word in kept), every} if len(kept) > 1 else set()
    letters = re.sub(r"[\W_]", "", name)
    is_acronym = len(words) == 1 and letters.isupper() and 2 <= len(letters) <= _LONGEST_ACRONYM
    legal = great[len(kept)] if len(kept) < len(great) else None
    known = " ".join(words) in ALIASES or folded in countries()
    return BodyName(tuple(kept), _chief(words), legal, frozenset(initials), is_acronym, known)


def _chief(words: list[str]) -> tuple[str, ...] | None:
    """Of "Vell Assembly of Free Communes" the "Vell Assembly"."""
    inner = [i for i, word in enumerate(words) if i and word in LISTS["small"] - {"and", "the"}]
    found = tuple(word for word in words[: inner[0]] if word not in LISTS["small"]) if inner else ()
    return found if len(found) > 1 and any(not _says_little(word) for word in found) else None


def acronyms(names: tuple[str, ...], of: BodyName) -> frozenset[str]:
    """Those of some labels that are acronyms of a name, folded."""
    found = (body_name(name) for name in names)
    whole = "".join(of.words)
    return frozenset(
        one.words[0]
        for one in found
        if one and one.is_acronym and one.words[0] not in of.words and _letters_in_order(one.words[0], whole)
    )


def _letters_in_order(acronym: str, name: str) -> bool:
    """Whether a name has an acronym's letters in their order, its own first letter first."""
    rest = iter(name)
    return name[:1] == acronym[0] and all(letter in rest for letter in acronym)


@lru_cache(maxsize=65_536)
def together(
    one: BodyName,
    other: BodyName,
    acronyms_of_one: frozenset[str] = frozenset(),
    acronyms_of_other: frozenset[str] = frozenset(),
) -> Level | None:
    """How two names go together; None where nothing says that they name one body.

    >>> together(body_name("Ministry of Trade"), body_name("the Trade Ministry"))
    'reordered'
    """
    if one.words == other.words:
        return "legal form" if one.legal and other.legal and one.legal != other.legal else "same"
    if one.is_acronym and one.words[0] in acronyms_of_other:
        return "acronym"
    if other.is_acronym and other.words[0] in acronyms_of_one:
        return "acronym"
    # Only where a head leads: "Miami University" is not the "University of Miami".
    if sorted(one.words) == sorted(other.words) and set(one.words) & LISTS["heads"]:
        return "reordered"
    if one.is_acronym or other.is_acronym:
        short, long = (one, other) if one.is_acronym else (other, one)
        return "initials" if short.words[0] in long.initials else None
    if one.words == other.chief or other.words == one.chief:
        return "shorter"
    return "shorter" if _shorter(one.words, other.words) else None


def _shorter(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        # "the Courier" of "Harbour Courier", not "House" of "White House"
        return short[0] == long[-1] and len(long) > 1 and short[0] in LISTS["newspapers"]
    if not set(short) & LISTS["heads"]:
        return False
    return set(short) < set(long) and bool(set(short) - LISTS["heads"])
