"""The demonstration's news as a data set, read once, and the same in an archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotidian import demo
from run import killing


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dataset = tmp_path_factory.mktemp("demonstration") / "dataset"
    pages = Path(demo.__file__).parent / "corpus" / "pages"
    killing.run_whole(pages, dataset, "--workers", "1")
    return dataset
