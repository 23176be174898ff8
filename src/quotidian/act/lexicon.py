"""The two lexicons: words of cues (``lexicon.tsv``) and words of contents (``contents.tsv``).

Both are data that people can read and extend; the head of each file says how.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from quotidian.act.phrases import Kind, Phrases
from quotidian.errors import ModelError
from quotidian.types import ActClass, StanceClass

Condition = Literal["", "to", "body", "whole"]
How = Literal["names", "weighs", "plain", "carries", "weak", "colours", "negates"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What words of a cue tell: an act and a stance, under a condition.

    ``condition``: ``to``, if an infinitive follows ("asked them to"); ``body``, if the source is a
    court, a law or the like; ``whole``, if the cue has no other words.

    ``how`` much they tell: they name the act; they weigh, so that the content tells praise from
    criticism ("called"); they are plain, so that the content may show any act ("said"); they carry,
    which is plain but for a noun at the content's head ("expressed <regret>"); they are weak, so that
    any other words decide before them ("tried"); they only colour the stance ("falsely"); or they say
    that the act was not done ("declined").
    """

    kind: Kind
    condition: Condition
    act: ActClass
    stance: StanceClass
    how: How


@dataclass(frozen=True, slots=True)
class Sign:
    """What words of a content speak for: an act, with a weight; 1 and more is enough alone."""

    act: ActClass
    weight: float


@cache
def cue_words() -> Phrases[Entry]:
    """The words of cues.

    Raises:
        ModelError: the file is damaged; the line is named.
    """
    read: Phrases[Entry] = Phrases()
    for row in _rows("lexicon.tsv"):
        entry = Entry(
            cast("Kind", row["kind"]),
            cast("Condition", row["if"]),
            cast("ActClass", row["act"]),
            cast("StanceClass", row["stance"]),
            cast("How", row["how"]),
        )
        read.add(row["words"], entry.kind, entry)
    return read


@cache
def content_words() -> Phrases[Sign]:
    """The words of contents.

    Raises:
        ModelError: the file is damaged; the line is named.
    """
    read: Phrases[Sign] = Phrases()
    for row in _rows("contents.tsv"):
        sign = Sign(cast("ActClass", row["act"]), float(row["weight"]))
        read.add(row["words"], cast("Kind", row["kind"]), sign)
    return read


# The columns that hold one of a few words.
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "if": get_args(Condition),
    "act": get_args(ActClass),
    "stance": get_args(StanceClass),
    "how": get_args(How),
}


def _rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table beside this module; the first line that is no remark names the columns."""
    columns: list[str] = []
    lines = files("quotidian.act").joinpath(name).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        values = line.split("\t")
        if not columns:
            columns = values
            continue
        row = dict(zip(columns, [*values, *[""] * (len(columns) - len(values))], strict=True))
        for column, value in row.items():
            if value not in _ALLOWED.get(column, (value,)):
                raise ModelError(
                    f"{name}, line {number}: {value!r} is no {column!r}: give one of {_ALLOWED[column]}"
                )
        yield row
