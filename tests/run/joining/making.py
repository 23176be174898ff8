"""Data sets that have reports alone, dealt to shards at will."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from quotidian.run.dataset import Marker
from quotidian.run.joining.rows import report_row, report_schema
from quotidian.run.writing import Written
from quotidian.trace.sketches import sketch
from quotidian.trace.values import Report, Voice
from quotidian.types import Span

Row = dict[str, Any]
MONDAY = date(2026, 3, 2).toordinal()
VARRO = Voice("person", "Edita Varró", role="minister of waters")
DRAGE = Voice("person", "Anselm Drage", role="prime minister")
OFFICIAL = Voice("unnamed", "a senior official", source="a senior official")


def report(content: str, *, key: str, voice: Voice = VARRO, day: int = MONDAY) -> Report:
    """A report in an article of its own."""
    return Report(
        key=key,
        statement=key,
        article=f"article of {key}",
        content=content,
        spans=(Span(0, len(content)),),
        directness="direct" if content[:1] == "“" else "indirect",
        voice=voice,
        last=day,
        printed=day,
    )


def row(one: Report, number: int) -> Row:
    """The row of a report, of an article of this number."""
    return {"article": f"{number:016x}-{number}", **report_row("a1", one, sketch(one))}


def dealt(folder: Path, hands: Sequence[Sequence[Row]]) -> Path:
    """A data set of a shard for each hand of rows."""
    (folder / "shards").mkdir(parents=True)
    for number, hand in enumerate(hands):
        shard = f"{number:016x}"
        path = f"reports/day=unknown/{shard}.parquet"
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(pa.Table.from_pylist(list(hand), schema=report_schema()), folder / path)
        marker = Marker(shard, f"{shard}.jsonl", "", {}, (Written(path, len(hand), 0),), {}, {})
        (folder / "shards" / f"{shard}.json").write_text(marker.as_json(), encoding="utf-8")
    return folder


def members(dataset: Path) -> dict[str, frozenset[str]]:
    """The keys of the reports of each utterance."""
    found: dict[str, set[str]] = {}
    for one in table(dataset, "members"):
        found.setdefault(one["utterance"], set()).add(one["key"])
    return {name: frozenset(keys) for name, keys in found.items()}


def table(dataset: Path, name: str) -> list[Row]:
    """The rows of a table that a join made."""
    rows: list[Row] = parquet.read_table(dataset / name).to_pylist()
    return rows
