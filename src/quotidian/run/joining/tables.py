"""What a join found → tables of the data set: links, members and utterances, duplicates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from quotidian.run.joining import columns, linking, utterances
from quotidian.run.joining.database import copied, database, quoted
from quotidian.run.joining.working import Work

_OF_MEMBERS = (
    "key",
    "statement",
    "article",
    "attribution_id",
    "content",
    "kind",
    "name",
    "directness",
    "printed",
)
_NAMED = pa.field("utterance", pa.string())


def put(work: Work, files: Sequence[str], folder: Path) -> None:
    """Write the tables of links and utterances in a folder, each in a folder of its own."""
    loose = folder / "loose.parquet"
    _write_members(work, files, loose)
    for name in ("links", "members", "utterances"):
        (folder / name).mkdir()
    with database(work) as asked:
        asked.execute(f"CREATE VIEW loose AS FROM read_parquet({quoted(loose)})")
        copied(
            asked,
            "SELECT utterance, key, statement, article, attribution_id FROM loose ORDER BY utterance, key",
            folder / "members" / "members.parquet",
        )
        copied(asked, _UTTERANCES, folder / "utterances" / "utterances.parquet")
        links = quoted(work.path(linking.FOLDER) / "*.parquet")
        if work.parts(linking.FOLDER):
            copied(
                asked,
                "SELECT a, b, rule, score, change, conflict, because "
                f"FROM read_parquet({links}) WHERE one != other ORDER BY a, b",
                folder / "links" / "links.parquet",
            )
    loose.unlink()


# Which report is first is told by the day of publication; of one day by the key, so that it is always one.
_UTTERANCES = """
    SELECT
        utterance,
        count(*) AS reports,
        count(DISTINCT statement) AS statements,
        count(DISTINCT article) AS articles,
        DATE '0001-01-01' + (min(printed) - 1)::INTEGER AS first_day,
        DATE '0001-01-01' + (max(printed) - 1)::INTEGER AS last_day,
        min_by(key, (coalesce(printed, 9999999), key)) AS first,
        min_by(content, (coalesce(printed, 9999999), key)) AS content,
        min_by(kind, (coalesce(printed, 9999999), key)) AS kind,
        min_by(name, (coalesce(printed, 9999999), key)) AS speaker
    FROM loose GROUP BY utterance ORDER BY utterance
"""


def _write_members(work: Work, files: Sequence[str], place: Path) -> None:
    """The members of all utterances with what is shown of them, in the order of the files."""
    group, rows, names = utterances.named(work)
    named = pa.array(names, pa.string())
    schema: pa.Schema | None = None
    writer: parquet.ParquetWriter | None = None
    for first, batch in _batches(files):
        schema = pa.schema([_NAMED, *batch.schema])
        writer = writer or parquet.ParquetWriter(place, schema, compression="zstd")
        begin, end = np.searchsorted(rows, [first, first + len(batch)])
        mine = batch.take(pa.array(rows[begin:end] - first))
        whose = named.take(pa.array(group[begin:end]))
        writer.write_table(pa.Table.from_arrays([whose, *mine.columns], schema=schema))
    if writer is None:
        text = pa.string()
        empty = pa.schema([_NAMED, *((name, text) for name in _OF_MEMBERS[:-1]), ("printed", pa.int32())])
        writer = parquet.ParquetWriter(place, empty)
    writer.close()


def _batches(files: Sequence[str]) -> Iterator[tuple[int, pa.RecordBatch]]:
    row = 0
    for file in files:
        for batch in columns.batches(file, _OF_MEMBERS):
            yield row, batch
            row += len(batch)
