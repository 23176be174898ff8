"""The archive that the benchmark makes, and the queries that it asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.archive import generate, search
from quotidian.store import index, opened
from quotidian.store.search.query import parse
from quotidian.store.sqlite import SQLite


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "news.db"
    assert list(generate.generate(path, 3_100)) == [3_000, 3_105]
    return path


def test_a_generated_archive_has_the_index_that_adding_would_make(generated: Path) -> None:
    database = SQLite(generated, create=False)
    with database.reading() as connection:
        assert index.check(connection) == ()
    database.close()


def test_the_same_seed_makes_the_same_archive(generated: Path, tmp_path: Path) -> None:
    list(generate.generate(tmp_path / "again.db", 3_100))
    with opened(generated) as one, opened(tmp_path / "again.db") as other:
        assert list(one.every("act:deny")) == list(other.every("act:deny"))
        assert one.search("").facets == other.search("").facets


def test_every_query_of_the_benchmark_is_understood_and_most_find_something(generated: Path) -> None:
    with opened(generated) as archive:
        asked = search.queries(archive)
        assert len(asked) >= 60
        found = [archive.search(query, sort=sort).total for query, sort in asked]
        assert all(parse(query).notes == () for query, _ in asked)
        assert sum(map(bool, found)) > len(asked) * 0.7


def test_the_figures_are_there_for_each_query(generated: Path) -> None:
    with opened(generated) as archive:
        result = search.measured(archive, rounds=1)
    assert result["statements"] == 3_105
    assert result["queries"] == len(result["each"]) == len(search.QUERIES)
    assert 0 < result["median_ms"] <= result["p95_ms"] <= result["slowest_ms"]
