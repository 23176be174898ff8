"""Archives on a PostgreSQL server, made for a while."""

from __future__ import annotations

import itertools
import os

from sqlalchemy import create_engine, make_url, text

from quotidian.store import opened

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
