"""An archive with users, and browsers that come to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.serve.access.rooms import PASSWORD, client, exposed, local

from quotidian import store
from quotidian.store import people
from quotidian.store.archive import Archive
from quotidian.store.people import Cost


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(people, "COST", Cost(n=2**4, r=8, p=1))
    with store.opened(tmp_path / "news.db") as archive:
        yield archive


@pytest.fixture
def users(archive: Archive) -> Archive:
    """The archive, with somebody of each role."""
    for name, role in (("Rana", "reader"), ("Vidar", "reviewer"), ("Olav", "owner")):
        archive.set_user(name, PASSWORD, role)  # type: ignore[arg-type]
    return archive


@pytest.fixture
def here(archive: Archive) -> TestClient:
    """A browser on the machine itself, where there are no users."""
    return client(archive, local())


@pytest.fixture
def there(users: Archive) -> TestClient:
    """A browser elsewhere; nobody has logged in."""
    return client(users, exposed())
