"""Two wordings as one: what of the first was cut or changed, what was added, what changes the meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quotidian.store.values import UtteranceHead, UtteranceReport
from quotidian.trace.values import Alignment, Change, Conflict
from quotidian.types import Span

CHANGES: dict[Change, str] = {
    "none": "the same words",
    "cut": "a part of the same words",
    "edited": "some words edited",
    "paraphrase": "in other words",
    "meaning": "the meaning differs",
}
_COUNTED: dict[Change, str] = {
    "none": "with the same words",
    "cut": "with a part of them",
    "edited": "with words edited",
    "paraphrase": "in other words",
    "meaning": "with another meaning",
}
CONFLICTS: dict[Conflict, str] = {
    "negation": "a negation differs",
    "number": "a number differs",
    "hedge": "how certain it is differs",
    "target": "whom it is about differs",
    "speaker": "who is said to speak differs",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: in both, in the first alone (cut) or in the second alone (added).

    ``meaning`` says in words what of the meaning it changes, empty where it changes nothing.
    """

    kind: Literal["same", "cut", "added"]
    text: str
    meaning: str = ""


def pieces(alignment: Alignment, first: str, second: str) -> tuple[Piece, ...]:
    """The two as one; without what was cut it is ``second``, character for character."""
    return tuple(_joined(_pieces(alignment, first, second)))


def _pieces(alignment: Alignment, first: str, second: str) -> Iterator[Piece]:
    at = 0
    for edit in alignment.edits:
        meaning = CONFLICTS[edit.conflict] if edit.conflict else ""
        start, end = max(edit.b.start, at), max(edit.b.end, at)
        if edit.operation == "same":
            yield Piece("same", second[at:end])
            at = end
            continue
        gone, new = first[edit.a.start : edit.a.end], second[start:end]
        if new:
            yield Piece("same", second[at:start])
            at = end
        if gone:
            # What is put in its place says what of the meaning differs, once.
            yield Piece("cut", gone, "" if new else meaning)
        if new:
            yield Piece("added", new, meaning)
    yield Piece("same", second[at:])


def sides(alignment: Alignment, first: str, second: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The two beside each other, each with what it alone has marked; of each no character is lost."""
    cut, added = [], []
    for edit in alignment.edits:
        meaning = CONFLICTS[edit.conflict] if edit.conflict else ""
        if edit.operation != "same":
            cut.append((edit.a, meaning))
            added.append((edit.b, meaning))
    return tuple(_side("cut", cut, first)), tuple(_side("added", added, second))


def _side(kind: Literal["cut", "added"], spans: Sequence[tuple[Span, str]], text: str) -> Iterator[Piece]:
    at = 0
    for (start, end), meaning in spans:
        start, end = max(start, at), max(end, at)
        if start < end:
            if at < start:
                yield Piece("same", text[at:start])
            yield Piece(kind, text[start:end], meaning)
            at = end
    if at < len(text):
        yield Piece("same", text[at:])


def _joined(found: Iterator[Piece]) -> Iterator[Piece]:
    waiting: Piece | None = None
    for piece in found:
        if not piece.text:
            continue
        if waiting and waiting.kind == piece.kind == "same":
            waiting = Piece("same", waiting.text + piece.text)
            continue
        if waiting:
            yield waiting
        waiting = piece
    if waiting:
        yield waiting


def how(report: UtteranceReport) -> str:
    """How the wording of a report differs from the first one's, in words."""
    if report.alignment is None:
        return ""
    if report.alignment.change == "cut":
        done = {edit.operation for edit in report.alignment.edits}
        if "added" not in done and "changed" not in done:
            return "the same words, cut shorter"
        if "cut" not in done and "changed" not in done:
            return "the same words, with more of them"
    return CHANGES[report.alignment.change]


def meanings(conflicts: Sequence[Conflict]) -> list[str]:
    """What of the meaning differs, in words."""
    return [CONFLICTS[one] for one in conflicts]


def counted(head: UtteranceHead) -> str:
    """How the later reports differ from the first one, counted.

    >>> head = UtteranceHead(id="1", statement=1, content="We will.", speaker=None,
    ...     first_day=None, last_day=None, reports=4, outlets=3, changes={"cut": 2, "none": 1}, unsourced=0)
    >>> counted(head)
    '1 with the same words, 2 with a part of them'
    """
    return ", ".join(f"{head.changes[one]} {_COUNTED[one]}" for one in CHANGES if head.changes.get(one))
