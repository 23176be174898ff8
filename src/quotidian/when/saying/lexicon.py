"""The words of ``occasions.txt``, as pieces of patterns."""

from __future__ import annotations

from importlib.resources import files


def _lists() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in files(__package__).joinpath("occasions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[] ")
        elif line and not line.startswith("#"):
            found.setdefault(name, []).extend(word.strip() for word in line.split(","))
    return found


def _either(words: list[str]) -> str:
    """A pattern of words, the longest first."""
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))).replace(" ", r"\s") + ")"


_LISTS = _lists()
# What people write, or what speaks for them.
DOCUMENT = _either(_LISTS["written"])
# That, or where they speak.
OCCASION = _either([*_LISTS["spoken"], *_LISTS["written"]])
# What is one that is known when it comes with "the".
ONE = _either(_LISTS["one"])
