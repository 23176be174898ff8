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
from sqlalchemy import create_engine, make_url, text

from quotidian.store import Archive, opened
from store.server import Server

_NUMBERS = itertools.count(1)


class Databases:
    """Fresh archives on a server, each a copy of an empty one, and gone after the test."""

    def __init__(self, address: str):
        self._url = make_url(address).set(drivername="postgresql+psycopg")
        self._admin = create_engine(self._url, isolation_level="AUTOCOMMIT")
        self._name = f"quotidian_test_{os.getpid()}"
        self._made: list[str] = []
        self.empty(self._name)
        with opened(self.address(self._name)):
            pass

    def address(self, name: str) -> str:
        return self._url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    def fresh(self) -> str:
        """The address of a new archive with its tables."""
        return self._create(f" TEMPLATE {self._name}")

    def empty(self, name: str | None = None) -> str:
        """The address of a new database with nothing in it."""
        return self._create("", name)

    def _create(self, how: str, name: str | None = None) -> str:
        name = name or f"{self._name}_{next(_NUMBERS)}"
        with self._admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}{how}"))
        self._made.append(name)
        return self.address(name)

    def run(self, sql: str) -> None:
        """Do something to the server itself."""
        with self._admin.connect() as connection:
            connection.execute(text(sql))

    def drop(self, *, all: bool = False) -> None:
        kept = [] if all else self._made[:1]
        with self._admin.connect() as connection:
            for name in self._made[len(kept) :]:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        self._made = kept

    def close(self) -> None:
        self.drop(all=True)
        self._admin.dispose()


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
