"""Nested attributions, judged by hand: PolNeAR marks the outermost only, so people must look.

``nested_gold.md`` says when one is right. A sheet is JSON lines: first how it was drawn, then an
attribution a line, as the document's name and spans; no text, since the texts are not ours to
give. The judge fills in four answers (``is, cue_right, source_right, content_right``: true, false
or null) and the ``verdict`` (right, wrong, unsure), and may leave a ``note``.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.shares import Share, share
from evaluation.types import Document, Marked, Spans, spans_of
from quotidian.errors import BadRecord, NotFound, UsageError

SHEET = Path(__file__).parent / "gold" / "nested_judged.jsonl"
VERDICTS = ("right", "wrong", "unsure")
ANSWERS = ("is", "cue_right", "source_right", "content_right")
ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Draw:
    """How a sheet was drawn: from what the model found, how many of how many."""

    model: str
    seed: int
    drawn: int
    of: int


@dataclass(frozen=True, slots=True)
class Row:
    """One attribution to judge, the attribution that it lies in, and the verdict once there is one."""

    doc: str
    sha256: str
    parent: Marked | None
    marked: Marked
    answers: Mapping[str, bool | None]
    verdict: str | None = None
    parent_wrong: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sample of nested attributions."""

    draw: Draw
    rows: tuple[Row, ...]


def drawn(found: Iterable[Document], count: int, seed: int, model: str) -> Sheet:
    """A random sample of the nested attributions, in the order of the documents.

    Raises:
        UsageError: fewer than ``count`` were found.
    """
    rows = [
        Row(
            one.doc,
            hashlib.sha256((one.text or "").encode()).hexdigest(),
            _parent(marked, one.attributions),
            marked,
            dict.fromkeys(ANSWERS),
        )
        for one in found
        for marked in one.attributions
        if marked.depth > 0
    ]
    if count > len(rows):
        raise UsageError(f"only {len(rows)} nested attributions were found; draw no more than that")
    chosen = sorted(random.Random(seed).sample(range(len(rows)), count))
    return Sheet(Draw(model, seed, count, len(rows)), tuple(rows[place] for place in chosen))


def _parent(inner: Marked, others: Iterable[Marked]) -> Marked | None:
    """The attribution one depth further out whose content holds this one's; the tightest such."""

    def holds(outer: Marked) -> bool:
        return all(any(s <= a and b <= e for s, e in outer.content) for a, b in inner.content)

    outer = [one for one in others if one.depth == inner.depth - 1 and holds(one)]
    return min(outer, key=lambda one: sum(end - start for start, end in one.content), default=None)


def save(sheet: Sheet, path: Path = SHEET) -> None:
    """Write a sheet.

    Raises:
        UsageError: the sheet there has verdicts, which would be lost.
    """
    if path.exists() and any(row.verdict for row in load(path).rows):
        raise UsageError(f"{path} has verdicts; move it away, or name another with --sheet")
    lines = [asdict(sheet.draw), *map(_as_dict, sheet.rows)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def _as_dict(row: Row) -> dict[str, Any]:
    return {
        "doc": row.doc,
        "sha256": row.sha256,
        "parent": _roles(row.parent) if row.parent else None,
        **_roles(row.marked),
        "depth": row.marked.depth,
        **row.answers,
        "verdict": row.verdict,
        "parent_wrong": row.parent_wrong,
        "note": row.note,
    }


def _roles(marked: Marked) -> dict[str, Spans]:
    return {role: getattr(marked, role) for role in ROLES}


def load(path: Path = SHEET) -> Sheet:
    """Read a sheet.

    Raises:
        NotFound: there is none.
        BadRecord: a line is not a row of a sheet, or its answers contradict its verdict.
    """
    if not path.exists():
        raise NotFound(f"{path}: no sheet; draw one with `python -m evaluation nested --draw 100`")
    read: list[Any] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                read.append((_row if read else _draw)(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise BadRecord(f"{path}, line {number}: not a row of a sheet: {error!r}") from error
    if not read:
        raise BadRecord(f"{path} is empty; its first line should say how it was drawn")
    return Sheet(read[0], tuple(read[1:]))


def _draw(values: Mapping[str, Any]) -> Draw:
    return Draw(values["model"], values["seed"], values["drawn"], values["of"])


def _row(values: Mapping[str, Any]) -> Row:
    verdict = values["verdict"]
    if verdict not in (None, *VERDICTS):
        raise ValueError(f"verdict {verdict!r} is none of {', '.join(VERDICTS)} or null")
    answers = {name: values.get(name) for name in ANSWERS}
    if verdict == "right" and False in answers.values():
        raise ValueError("verdict right, yet an answer is false")
    if verdict == "wrong" and all(answers.values()):
        raise ValueError("verdict wrong, yet every answer is true")
    parent = values["parent"]
    return Row(
        values["doc"],
        values["sha256"],
        _marked(parent, values["depth"] - 1) if parent else None,
        _marked(values, values["depth"]),
        answers,
        verdict,
        bool(values.get("parent_wrong")),
        values.get("note", ""),
    )


def _marked(values: Mapping[str, Any], depth: int) -> Marked:
    source, cue, content = (spans_of(values[role]) for role in ROLES)
    return Marked(source, cue, content, depth)


def precision(rows: Sequence[Row]) -> dict[str, Share]:
    """Precision over the rows that have a verdict: of all, at each depth, and of each answer alone.

    Unsure ones count as wrong. Of an answer only the rows that have it count.

    Raises:
        UsageError: no row has a verdict.
    """
    judged = [row for row in rows if row.verdict]
    if not judged:
        raise UsageError("no row has a verdict yet; see `python -m evaluation nested --show`")

    def right(row: Row) -> bool:
        return row.verdict == "right"

    shares = {"right": _share(judged, right)}
    for depth in sorted({row.marked.depth for row in judged}):
        shares[f"at depth {depth}"] = _share([row for row in judged if row.marked.depth == depth], right)
    for name in ANSWERS:
        answered = [row for row in judged if row.answers[name] is not None]
        if answered:
            shares[name.replace("_", " ")] = _share(answered, lambda row, name=name: row.answers[name])
    return shares


def _share(rows: Sequence[Row], right: Callable[..., bool | None]) -> Share:
    count = sum(bool(right(row)) for row in rows)
    return share(count, len(rows))
