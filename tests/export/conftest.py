"""An archive that has traces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quotidian import store
from quotidian.store.archive import Archive
from write.invented import strike


@pytest.fixture
def joined(tmp_path: Path) -> Iterator[Archive]:
    """Two articles of two outlets that report the same, joined."""
    other = replace(
        strike(),
        id="b-8",
        url="https://ellery-courier.example/strike",
        outlet="The Ellery Courier",
        published="2031-03-09",
    )
    with store.opened(tmp_path / "news.db") as archive:
        for article in (strike(), other):
            archive.add(article)
        archive.join()
        yield archive
