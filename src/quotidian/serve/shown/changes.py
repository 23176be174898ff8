"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# A number with its point, a word with its apostrophe or hyphen is one.
_TOKEN = re.compile(r"\s+|\w+(?:[.,:'’-]\w+)*|[^\w\s]")
_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
# Comparing word by word takes the square of the length; two paragraphs longer than this are shown whole.
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Change:
    """A run of text that both have, that only the earlier has, or only the later."""

    kind: Literal["same", "gone", "new"]
    text: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The two texts as one; without what is gone it is ``after``, without what is new ``before``.

    >>> changes("He said no.", "She said no.")[:2]
    (Change(kind='gone', text='He'), Change(kind='new', text='She'))
    """
    return tuple(_joined(_changes(_PARAGRAPH.findall(before), _PARAGRAPH.findall(after), finer=True)))


def _changes(old: Sequence[str], new: Sequence[str], *, finer: bool) -> Iterator[Change]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            yield Change("same", before)
        elif kind == "replace" and finer and len(before) + len(after) <= 2 * LONGEST:
            yield from _changes(_TOKEN.findall(before), _TOKEN.findall(after), finer=False)
        else:
            if before:
                yield Change("gone", before)
            if after:
                yield Change("new", after)


def _joined(changes: Iterator[Change]) -> Iterator[Change]:
    """Neighbours of one kind made one."""
    waiting: Change | None = None
    for change in changes:
        if waiting and waiting.kind == change.kind:
            waiting = Change(change.kind, waiting.text + change.text)
            continue
        if waiting:
            yield waiting
        waiting = change
    if waiting:
        yield waiting
