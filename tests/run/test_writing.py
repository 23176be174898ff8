from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyarrow import parquet

from quotidian.run.writing import ShardFiles, Written

SCHEMA = {"boats": pa.schema([("name", pa.string()), ("crew", pa.int32())])}


def written(folder: Path, rows: list[tuple[str, int, str | None]], **bounds: int) -> list[Written]:
    with ShardFiles(folder, "s", SCHEMA, **bounds) as files:
        for name, crew, day in rows:
            files.add("boats", {"name": name, "crew": crew}, day)
        return files.finish()


def rows_in(folder: Path, files: list[Written]) -> list[tuple[str, int, str | None]]:
    found = []
    for file in files:
        parts = Path(file.path).parts
        day = parts[1].removeprefix("day=") if len(parts) == 3 else None
        table = parquet.ParquetFile(folder / file.path).read()
        assert table.num_rows == file.rows
        assert (folder / file.path).stat().st_size == file.bytes
        found += [(row["name"], row["crew"], day) for row in table.to_pylist()]
    return found


def test_each_day_has_a_file_and_what_has_no_day_lies_at_the_top(tmp_path: Path) -> None:
    files = written(tmp_path, [("Gull", 3, "2031-03-02"), ("Tern", 2, "2031-03-01"), ("Auk", 1, None)])
    assert [file.path for file in files] == [
        "boats/day=2031-03-01/s.parquet",
        "boats/day=2031-03-02/s.parquet",
        "boats/s.parquet",
    ]


@given(
    rows=some.lists(
        some.tuples(some.text(max_size=8), some.integers(0, 99), some.sampled_from(["a", "b", "c", None])),
        max_size=40,
    ),
    most_waiting=some.sampled_from([1, 700, 10**6]),
    most_open=some.sampled_from([1, 2, 64]),
)
def test_no_row_is_lost_or_doubled_whatever_may_wait(
    rows: list[tuple[str, int, str | None]],
    most_waiting: int,
    most_open: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("shard")
    bounds = {"most_waiting": most_waiting, "most_open": most_open}
    files = written(folder, rows, **bounds)
    assert Counter(rows_in(folder, files)) == Counter(rows)


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [(f"boat {i}", i, f"2031-03-0{1 + i % 3}") for i in range(200)]
    one = written(tmp_path / "one", rows, most_waiting=5_000)
    two = written(tmp_path / "two", rows, most_waiting=5_000)
    assert one == two
    assert all(
        (tmp_path / "one" / file.path).read_bytes() == (tmp_path / "two" / file.path).read_bytes()
        for file in one
    )


def test_more_days_than_files_may_be_open_make_parts(tmp_path: Path) -> None:
    rows = [(f"boat {i}", i, f"day {i % 5}") for i in range(50)]
    files = written(tmp_path, rows, most_waiting=1, most_open=2)
    assert len(files) > 5
    assert sorted(crew for _, crew, _ in rows_in(tmp_path, files)) == list(range(50))
