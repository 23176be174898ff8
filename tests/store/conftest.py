"""Archives to test on: every test that asks for one runs on SQLite and on PostgreSQL.

PostgreSQL is the server that ``QUOTIDIAN_TEST_POSTGRES`` names (a user who may make databases), or
else one of our own, started once for all tests from the programs that are installed here.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quotidian.store import Archive, opened
from store.databases import Databases
from store.server import Server

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[Databases]:
    """The PostgreSQL server of these tests."""
    given = os.environ.get("QUOTIDIAN_TEST_POSTGRES")
    if given:
        databases = Databases(given)
        yield databases
        databases.close()
        return
    if Server.programs() is None:
        pytest.skip("PostgreSQL is not installed, and QUOTIDIAN_TEST_POSTGRES names no server")
    with Server() as own:
        databases = Databases(own.address("postgres"))
        yield databases
        databases.close()


@pytest.fixture
def databases(server: Databases) -> Iterator[Databases]:
    """The server, with what a test made on it taken away afterwards."""
    yield server
    server.drop()


Fresh = Callable[[], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Fresh:
    """Makes places for archives: each call the path or the address of a new, empty one."""
    if request.param == "postgresql":
        made: Databases = request.getfixturevalue("databases")
        return made.fresh
    template = tmp_path / "template.db"

    def copied() -> str:
        if not template.exists():
            opened(template).close()
        path = tmp_path / f"news-{next(_NUMBERS)}.db"
        shutil.copy(template, path)
        return str(path)

    return copied


@pytest.fixture
def location(fresh: Fresh) -> str:
    """Where the test's archive is."""
    return fresh()


@pytest.fixture
def archive(location: str) -> Iterator[Archive]:
    """An empty archive."""
    with opened(location) as archive:
        yield archive
