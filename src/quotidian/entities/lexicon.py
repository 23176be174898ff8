"""The word lists beside this module, and the nicknames that resolving has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from babel import Locale

from quotidian.entities.folding import fold_body


def _lines(path: str) -> Iterator[str]:
    """The lines of a file of the package that are no comments."""
    # From the package's root, so that nothing is imported for the sake of a text file.
    for line in files("quotidian").joinpath(*path.split("/")).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def word_lists(path: str) -> dict[str, frozenset[str]]:
    """The lists of a file of the package, by name: ``[name]``, then words parted by commas."""
    lists: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in _lines(path):
        if line.startswith("["):
            words = lists.setdefault(line.strip("[] "), set())
        else:
            words.update(word for part in line.split(",") if (word := part.strip()))
    return {name: frozenset(of_list) for name, of_list in lists.items()}


def _table(path: str) -> Iterator[tuple[str, list[str]]]:
    for line in _lines(path):
        first, _, others = line.partition("\t")
        yield first, [other.replace("_", " ") for other in others.split()]


LISTS: Mapping[str, frozenset[str]] = MappingProxyType(word_lists("entities/words.txt"))
# Any name in the table → the one it stands under: "un" → "united nations".
ALIASES: Mapping[str, str] = MappingProxyType(
    {name: one for one, others in _table("entities/aliases.tsv") for name in (one, *others)}
)
# What an office belongs to; "-" for those of any field.
FIELDS: Mapping[str, str] = MappingProxyType(
    {word: field for field, words in _table("entities/offices.tsv") for word in words}
)
OFFICE_WORDS: Mapping[str, str] = MappingProxyType(
    {other: word for word, others in _table("entities/office_words.tsv") for other in others}
)


@cache
def countries() -> frozenset[str]:
    """The English names of the world's countries, folded, from the Unicode locale data.

    One that is also the name of a part of another country is none of them.
    """
    names = (fold_body(name) for code, name in Locale("en").territories.items() if code.isalpha())
    return frozenset(name.removeprefix("the ") for name in names) - {"georgia"}


@cache
def full_given_names() -> Mapping[str, frozenset[str]]:
    """Each given name of the list with all whose short or full form it is."""
    of: dict[str, set[str]] = {}
    for full, shorts in _table("resolve/nicknames.tsv"):
        for one in (full, *shorts):
            of.setdefault(one, {one}).add(full)
    return {name: frozenset(fulls) for name, fulls in of.items()}
