"""SQL over the data set that a run made of the small crawl."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pytest
from pyarrow import parquet

from quotidian.errors import DatasetError, UsageError
from quotidian.run.dataset import Dataset
from quotidian.run.querying import ask, opened


def rows(dataset: Path | str, sql: str) -> list[tuple[Any, ...]]:
    return list(ask(Dataset(dataset), sql).rows)


def test_each_table_is_there(undisturbed: Path) -> None:
    sql = "SELECT table_name FROM information_schema.tables ORDER BY 1"
    assert [name for (name,) in rows(undisturbed, sql)] == [
        "articles",
        "attributions",
        "entities",
        "reports",
        "signatures",
        "skipped",
        "statements",
    ]


def test_tables_join_on_the_article(undisturbed: Path) -> None:
    found = rows(
        undisturbed,
        "SELECT speaker, published, content FROM statements JOIN articles USING (article) "
        "WHERE articles.url = 'https://herald.example/news/1' ORDER BY content",
    )
    assert {speaker for speaker, _, _ in found} == {"Ivo Brann"}
    assert {published for _, published, _ in found} == {"2031-03-02"}


def test_the_day_of_publication_is_a_date_in_every_table_of_articles(undisturbed: Path) -> None:
    for table in ("articles", "attributions", "statements", "entities", "reports", "signatures"):
        days = rows(undisturbed, f"SELECT DISTINCT day FROM {table} ORDER BY 1")
        assert days == [(date(2031, 3, 1),), (date(2031, 3, 2),), (date(2031, 3, 3),)]


def test_only_the_files_of_the_days_that_are_asked_for_are_opened(undisturbed: Path) -> None:
    ((_, plan),) = rows(
        undisturbed, "EXPLAIN ANALYZE SELECT count(DISTINCT speaker) FROM statements WHERE day = '2031-03-02'"
    )
    assert "Scanning Files: 5/15" in plan


def test_shards_that_are_not_whole_are_not_seen(undisturbed: Path, tmp_path: Path) -> None:
    shutil.copytree(undisturbed, tmp_path / "d")
    before = rows(tmp_path / "d", "SELECT count(*) FROM articles")
    next((tmp_path / "d" / "shards").iterdir()).unlink()
    after = rows(tmp_path / "d", "SELECT count(*) FROM articles")
    assert 0 < after[0][0] < before[0][0]


def test_a_table_without_a_row_has_its_columns(undisturbed: Path) -> None:
    found = ask(Dataset(undisturbed), "FROM skipped")
    assert found.columns == ("shard", "place", "url", "reason", "detail", "bytes")
    assert list(found.rows) == []


def test_tables_that_a_join_made_are_views_too(undisturbed: Path, tmp_path: Path) -> None:
    shutil.copytree(undisturbed, tmp_path / "d")
    (tmp_path / "d" / "utterances").mkdir()
    parquet.write_table(pa.table({"utterance": ["u1"]}), tmp_path / "d" / "utterances" / "part-0.parquet")
    assert rows(tmp_path / "d", "FROM utterances") == [("u1",)]


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO 'stolen.csv'",
        "CREATE TABLE mine AS SELECT 1",
        "DROP VIEW articles",
        "ATTACH 'other.db'",
        "SET memory_limit = '1TB'",
        "SELECT 1; SELECT 2",
        "INSTALL httpfs",
        "",
    ],
)
def test_what_is_no_single_query_is_refused(undisturbed: Path, sql: str) -> None:
    with pytest.raises(UsageError, match="one SELECT"):
        ask(Dataset(undisturbed), sql)


def test_no_file_outside_the_data_set_can_be_read(undisturbed: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("name\nMara Quill\n")
    with pytest.raises(DatasetError, match="disabled"):
        rows(undisturbed, f"SELECT * FROM read_csv('{secret}')")
    with pytest.raises(DatasetError):
        rows(undisturbed, f"FROM '{secret}'")


def test_a_wrong_query_says_what_is_wrong(undisturbed: Path) -> None:
    with pytest.raises(DatasetError, match="spaeker"):
        rows(undisturbed, "SELECT spaeker FROM statements")


def test_where_there_is_no_data_set_it_says_how_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="quotidian run"):
        rows(tmp_path, "SELECT 1")


def test_a_data_set_at_an_address_is_asked_as_one_in_a_folder(undisturbed: Path, tmp_path: Path) -> None:
    fsspec.filesystem("memory").put(f"{undisturbed}/", f"/{tmp_path.name}/d/", recursive=True)
    sql = "SELECT day, outlet, speaker, content FROM statements ORDER BY ALL"
    assert rows(f"memory://{tmp_path.name}/d", sql) == rows(undisturbed, sql)


def test_memory_and_cores_are_bounded(undisturbed: Path) -> None:
    connection = opened(Dataset(undisturbed), memory="200MB", threads=1)
    sql = "SELECT current_setting('memory_limit'), current_setting('threads')"
    memory, threads = connection.execute(sql).fetchone() or ("", 0)
    assert (memory, threads) == ("190.7 MiB", 1)
