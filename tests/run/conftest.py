"""A small crawl, and the data set that a run makes of it when nobody disturbs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from run import invented, killing


@pytest.fixture(scope="session")
def small_crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented.crawl(tmp_path_factory.mktemp("crawl"), files=5, records=3)


@pytest.fixture(scope="session")
def undisturbed(small_crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dataset = tmp_path_factory.mktemp("undisturbed") / "d"
    killing.run_whole(small_crawl, dataset, "--workers", "1")
    return dataset
