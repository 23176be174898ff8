"""Names of people, compared: whether two of them may be one person's, by what clue, and how plain it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quotidian.entities.folding import fold, misspelt
from quotidian.entities.lexicon import LISTS, full_given_names

# How two names go together, the plainest first:
# full      the same given name and surname
# middle    the same, with a middle name or initial that the other lacks
# nickname  the same surname; one given name is short for the other
# initial   the same surname; one has an initial for its given name
# misspelt  the same given name; surnames that differ by a letter
# surname   one is the surname alone
# part      one is the end of the other; first: one is the given name alone
Level = Literal["full", "middle", "nickname", "initial", "misspelt", "surname", "part", "first"]
LEVELS: tuple[Level, ...] = (
    "full",
    "middle",
    "nickname",
    "initial",
    "misspelt",
    "surname",
    "part",
    "first",
)

_SUFFIX = re.compile(r"(?<=[\w.]),?\s+(jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart, folded: ``given`` is empty where the surname stands alone."""

    given: tuple[str, ...]
    surname: str
    suffix: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """All words but the suffix."""
        return (*self.given, *self.surname.split())

    @property
    def spelt_out(self) -> bool:
        """Whether it has a given name that is more than an initial."""
        return any(len(word) > 1 for word in self.given)


@lru_cache(maxsize=65_536)
def person_name(name: str) -> PersonName | None:
    """A name taken apart; None for what is no name ("Jr.", "J.F.", "-Dyk", "Prime Minister").

    >>> person_name("Sen. Ursula van Dyk Jr.")
    PersonName(given=('ursula',), surname='van dyk', suffix='jr')
    """
    suffix = _SUFFIX.search(name.strip())
    bare = name.strip()[: suffix.start()] if suffix else name.strip()
    words = fold(bare).split()
    while len(words) > 1 and words[0] in LISTS["titles"]:
        words = words[1:]
    if not words or words[-1] in LISTS["suffixes"] or len(words[-1]) == 1:
        return None
    if not bare[:1].isalpha() or all(word in LISTS["titles"] | LISTS["former"] for word in words):
        return None
    if len(words) == 1 and (words[0] in LISTS["titles"] or not words[0][0].isalpha()):
        return None
    # "Mara Tarn-Oriel" and "Ms. Tarn-Oriel" have one surname; folding made two words of it.
    last = fold(bare.split()[-1]).split()
    first = max(len(words) - max(len(last), 1), 0)
    # "van Dyk" is a surname, "Ben Carson" begins with a given name.
    least = 0 if bare[:1].islower() else 1
    while first > least and words[first - 1] in LISTS["particles"]:
        first -= 1
    return PersonName(
        tuple(words[:first]), " ".join(words[first:]), suffix.group(1).lower() if suffix else None
    )


def common(name: PersonName) -> bool:
    """Whether many bear a name: one of the commonest surnames, and no middle name to tell them apart."""
    return len(name.given) == 1 and name.surname in LISTS["common surnames"]


@lru_cache(maxsize=65_536)
def together(one: PersonName, other: PersonName) -> Level | None:
    """How two names go together; None where they are two people's.

    >>> together(person_name("Bill Lund"), person_name("William Lund"))
    'nickname'
    >>> together(person_name("Ann Lund"), person_name("Eva Lund"))
    """
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return None
    if not one.given or not other.given:
        return _alone(one, other) if not one.given else _alone(other, one)
    if one.surname == other.surname:
        found = _given(one.given, other.given)
        if found:
            return found
    elif one.given == other.given and one.spelt_out and _half(one.surname, other.surname):
        return "middle"
    elif one.given[0] == other.given[0] and len(one.given[0]) > 1 and misspelt(one.surname, other.surname):
        return "misspelt"
    short, long = sorted((one.words, other.words), key=len)
    return "part" if len(short) < len(long) and long[-len(short) :] == short else None


def _alone(one: PersonName, other: PersonName) -> Level | None:
    """A surname alone with any name."""
    if one.surname == other.surname and not other.given and one.surname in full_given_names():
        return "first"
    if one.surname == other.surname or one.surname == other.surname.split()[-1]:
        return "surname"
    if not other.given:
        return "surname" if other.surname.split()[-1] == one.surname.split()[-1] else None
    if one.surname == other.given[0]:
        # "Xi" of "Xi Jinping" may well be the family's name; what English calls people by is not.
        return "first" if one.surname in full_given_names() else "surname"
    return None


def _half(one: str, other: str) -> bool:
    """Whether one surname is the second half of the other: "Oriel" and "Tarn-Oriel"."""
    short, long = sorted((one, other), key=len)
    return long.endswith(f" {short}")


def _given(a: tuple[str, ...], b: tuple[str, ...]) -> Level | None:
    """Given names of one surname."""
    if not _agree(a[1:], b[1:]) and a[0] == b[0]:
        return None
    if a == b:
        return "full" if len(a[0]) > 1 or len(a) > 1 else "initial"
    if a[0] == b[0]:
        return "middle" if len(a[0]) > 1 else "initial"
    if len(a[0]) == 1 or len(b[0]) == 1:
        if a[0][0] == b[0][0]:
            return "initial" if _agree(a[1:], b[1:]) else None
        # "J. Edgar Hoover", called "Edgar"
        return "initial" if a[0] in b[1:] or b[0] in a[1:] else None
    full = full_given_names()
    if full.get(a[0], frozenset({a[0]})) & full.get(b[0], frozenset({b[0]})):
        return "nickname" if _agree(a[1:], b[1:]) else None
    return None


def _agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether middle names do not speak against each other: "T." and "Thomas" do not, "T." and "M." do."""
    return all(x == y or (x[0] == y[0] and 1 in (len(x), len(y))) for x, y in zip(a, b, strict=False))
