"""Names as strings: when two of them may be one person's, or one body's, and by what clue.

A clue is the reason in a reader's words; None is "no reason to think so".
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from quotidian.resolve.lexicon import word_lists

_WORDS = word_lists("words.txt")

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|esq|phd|md)", re.IGNORECASE)
_PARTICLES = _WORDS["particles"]
_NO_INITIAL = frozenset({"of", "the", "for", "and", "in", "on", "to", "a", "an", "&"})
_PARTS = re.compile(r"[^\W_]+(?:['’\-.‐][^\W_]+)*\.?")
# Names shorter than this differ by one letter too easily: "Dean" and "Bean".
_SHORTEST_MISSPELT = 5


@lru_cache(maxsize=4096)
def parts(name: str) -> tuple[str, ...]:
    """A person's name in small letters: given names and surname, without "Jr." and stops.

    >>> parts("Marc H. Morial, Jr.")
    ('marc', 'h', 'morial')
    """
    found = [part.rstrip(".").casefold() for part in _PARTS.findall(name.replace("’", "'"))]
    kept = [part for part in found if not _SUFFIX.fullmatch(part)]
    return tuple(kept or found)


def surname(name: tuple[str, ...]) -> str:
    """The last part, with its particles: ('ursula', 'van', 'dyk') → "van dyk"."""
    first = len(name) - 1
    while first > 1 and name[first - 1] in _PARTICLES:
        first -= 1
    return " ".join(name[max(first, 0) :])


def same_person(shorter: str, fuller: str) -> str | None:
    """The clue by which a name may be another's shorter or other form.

    >>> same_person("Morial", "Marc H. Morial")
    'same surname'
    >>> same_person("Bill Lund", "William Lund")
    'same surname, and “Bill” is short for “William”'
    >>> same_person("Ann Lund", "Eva Lund")
    """
    a, b = parts(shorter), parts(fuller)
    if not a or not b:
        return None
    if a == b:
        return "same name"
    if len(a) == 1:
        return _one_word(a[0], b)
    if len(b) == 1:
        return _one_word(b[0], a)
    if surname(a) == surname(b):
        return _given(a[0], b[0], shorter, fuller)
    if a[0] == b[0] and len(a) == len(b) and _misspelt(surname(a), surname(b)):
        return "same first name, and a surname spelt nearly alike"
    # "Aung San Suu Kyi" and "Suu Kyi": the end of the fuller one
    small, large = sorted((a, b), key=len)
    if large[-len(small) :] == small:
        return "the end of the same name"
    # Names in the order of East Asia, and of nobility, go on after the first part.
    if large[: len(small)] == small:
        return "the beginning of the same name"
    return None


def _one_word(word: str, name: tuple[str, ...]) -> str | None:
    if word in {surname(name), name[-1]}:
        return "same surname"
    if word == name[0]:
        return "same first name"
    if word in name:
        return "part of the same name"
    if _misspelt(word, surname(name)):
        return "a surname spelt nearly alike"
    return None


def _given(a: str, b: str, shorter: str, fuller: str) -> str | None:
    if a == b:
        return "same first name and surname"
    if len(a) == 1 or len(b) == 1:
        return "same initial and surname" if a[0] == b[0] else None
    full = _nicknames()
    if full.get(a, {a}) & full.get(b, {b}):
        one, other = shorter.split()[0], fuller.split()[0]
        return (
            f"same surname, and “{one}” is short for “{other}”"
            if len(a) <= len(b)
            else (f"same surname, and “{other}” is short for “{one}”")
        )
    return "same surname, and a first name spelt nearly alike" if _misspelt(a, b) else None


def _misspelt(a: str, b: str) -> bool:
    """Whether two long words differ by one letter put in, left out, changed or swapped."""
    if min(len(a), len(b)) < _SHORTEST_MISSPELT or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    if a == b:
        return True
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return (
        a[i + 1 :] == b[i:]
        or a[i:] == b[i + 1 :]
        or a[i + 1 :] == b[i + 1 :]
        or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
    )


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, set[str]]:
    """Each given name with all whose short or full form it is."""
    of: dict[str, set[str]] = {}
    for line in files(__package__).joinpath("nicknames.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            full, short = line.split("\t")
            for one in (full, *short.split()):
                of.setdefault(one, {one}).add(full)
    return of


@lru_cache(maxsize=4096)
def body(name: str) -> tuple[str, ...]:
    """The words of a body's name in small letters, without a leading "the" and stops.

    >>> body("The U.S. Senate")
    ('us', 'senate')
    """
    found = [re.sub(r"[.'’]", "", part).casefold() for part in re.findall(r"[\w.'’&-]+", name)]
    found = [part for part in found if part]
    return tuple(found[1:] if len(found) > 1 and found[0] == "the" else found)


def same_body(shorter: str, fuller: str) -> str | None:
    """The clue by which a name may be another's for the same body or place.

    >>> same_body("NL", "the Northern League")
    'its initials'
    >>> same_body("Post", "The Ostmere Post")
    'the last word of the same name'
    """
    a, b = body(shorter), body(fuller)
    if not a or not b:
        return None
    if a == b:
        return "same name"
    if len(a) == 1 and shorter.strip("().").replace(".", "").isupper() and is_acronym(a[0], fuller):
        return "its initials"
    if len(a) < len(b):
        if b[-len(a) :] == a:
            return "the last word of the same name" if len(a) == 1 else "the end of the same name"
        if b[: len(a)] == a:
            return "the beginning of the same name"
    if len(a) == len(b) == 1 and _misspelt(a[0], b[0]):
        return "spelt nearly alike"
    return None


def is_acronym(acronym: str, name: str) -> bool:
    """Whether letters are the initials of a name, with or without its small words.

    >>> is_acronym("NL", "Northern League"), is_acronym("DoJ", "Department of Justice")
    (True, True)
    """
    wanted = acronym.replace(".", "").casefold()
    if len(wanted) < 2:
        return False
    all_parts = [part.casefold() for part in re.findall(r"[^\W\d_]+", name)]
    great = [part[0] for part in all_parts if part not in _NO_INITIAL]
    every = [part[0] for part in all_parts]
    without_the = every[1:] if all_parts[:1] == ["the"] else every
    return wanted in {"".join(great), "".join(every), "".join(without_the)}
