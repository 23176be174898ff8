"""Lists of words in text files that people can read and extend."""

from __future__ import annotations

from importlib.resources import files


def word_lists(file: str) -> dict[str, frozenset[str]]:
    """The lists of a file beside this module, by name.

    A line is a comment (``#``), a list's name in square brackets, or some of its words, separated
    by commas.
    """
    lists: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = lists.setdefault(line.strip("[] "), set())
        elif not line.startswith("#"):
            words.update(word for part in line.split(",") if (word := part.strip()))
    return {name: frozenset(of_list) for name, of_list in lists.items()}
