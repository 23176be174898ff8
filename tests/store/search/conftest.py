"""A small archive, on each database, of rows written by hand: two weeks of an invented port town."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, insert, text

from quotidian.store import index, tables
from quotidian.store.archive import Archive
from quotidian.store.database import Database
from quotidian.store.postgres import Postgres
from quotidian.store.sqlite import SQLite
from quotidian.store.words import folded

_numbers = count()


@contextmanager
def _empty(request: pytest.FixtureRequest, folder: Path) -> Iterator[Database]:
    """A database with the tables of an archive and no rows; in PostgreSQL a schema of its own."""
    if request.param == "sqlite":
        database: Database = SQLite(folder / "news.db")
        yield database
        database.close()
        return
    address = request.getfixturevalue("server").address("postgres")
    schema = f"search_{os.getpid()}_{next(_numbers)}"
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    database = Postgres(f"{address}?options=-csearch_path%3D{schema}")
    yield database
    database.close()
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


MOOR, EK, HARBOUR, OLD_MOOR, HIDDEN = 1, 2, 3, 4, 5
GAZETTE, GAZETTE_WEEKLY = 1, 2


@dataclass
class Small:
    """The archive, and what writes into it."""

    archive: Archive
    database: Database

    def ids(self, query: str, **options: Any) -> list[int]:
        """The statements found, in order."""
        return [hit.id for hit in self.archive.search(query, limit=100, **options).hits]

    def wrong(self) -> tuple[str, ...]:
        """What a check of the index finds."""
        with self.database.reading() as connection:
            return index.check(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self.database.writing() as connection:
            yield connection

    def statement(self, connection: Connection, id: int, **given: Any) -> None:
        """Write and index a statement, with everything ordinary that is not given."""
        put_statement(connection, id, **given)
        index.reindex(connection, [id])


def put_statement(connection: Connection, id: int, **given: Any) -> None:
    """Insert the rows of a statement; ``also``, ``about`` and ``labels`` are (entity, name) pairs."""
    parts = {part: given.pop(part, ()) for part in ("also", "about", "labels")}
    article = given.get("article_id", 1)
    row: dict[str, Any] = {
        "id": id,
        "key": f"{id:016x}",
        "article_id": article,
        "version_id": article,
        "outlet_id": article,
        "ordinal": id,
        "current": 1,
        "state": "unreviewed",
        "source": None,
        "cue": "said",
        "content": "nothing",
        "source_spans": None,
        "cue_spans": [[0, 1]],
        "content_spans": [[1, 2]],
        "context_start": 0,
        "context_end": 2,
        "directness": "indirect",
        "depth": 0,
        "speaker_kind": "person",
        "speaker_name": None,
        "speaker_id": None,
        "said_from": "published",
        "day": "2031-03-01",
        "act": "state",
        "negated": 0,
        "stance": "neutral",
        "confidence": 0.9,
        "speaker_confidence": 0.9,
        **given,
    }
    connection.execute(insert(tables.statements), [row])
    spoken = [("speaker", 0, row["speaker_id"], row["speaker_name"])] if row["speaker_name"] else []
    more = [(part, n, *who) for part in ("also", "about") for n, who in enumerate(parts[part])]
    for part, ordinal, entity, name in (*spoken, *more):
        values = {"statement_id": id, "part": part, "ordinal": ordinal, "entity_id": entity, "name": name}
        connection.execute(insert(tables.parts), [{**values, "base_id": entity, "confidence": 0.8}])
    for entity, label in parts["labels"]:
        values = {
            "version_id": article,
            "base_id": entity,
            "entity_id": entity,
            "statement_id": id,
            "current": 1,
        }
        values |= {
            "form": "description",
            "marks": "",
            "text": label,
            "folded": folded(label),
            "spans": [[0, 1]],
        }
        connection.execute(insert(tables.labels), [values])


def _entity(connection: Connection, id: int, type: str, names: list[str], **given: Any) -> None:
    row = {"id": id, "type": type, "name": names[0], "state": "active", "known": {}, "statements": 0, **given}
    connection.execute(insert(tables.entities), [row])
    rows = [{"entity_id": id, "name": name, "folded": folded(name), "articles": 1} for name in names]
    connection.execute(insert(tables.entity_names), rows)


def fill(connection: Connection) -> None:
    """Two outlets, three articles, five entities, eight statements that search shows."""
    outlets = {GAZETTE: "Gazette", GAZETTE_WEEKLY: "Gazette Weekly", 3: "Pål’s Blog"}
    connection.execute(insert(tables.outlets), [{"id": id, "name": name} for id, name in outlets.items()])
    titles = {1: "Harbour tolls to rise", 2: "The week in the port", 3: "Om tull og båter"}
    for id, title in titles.items():
        article = {"id": id, "own_id": f"own/{id}", "outlet_id": id, "added_at": "2031-03-20T00:00:00Z"}
        version = {"id": id, "article_id": id, "number": 1, "current": 1, "text": "x" * 200, "title": title}
        version |= {"text_sha256": "0", "read_at": "2031-03-20T00:00:00Z", "record": b"", "letters": 0}
        version |= {"letters_attributed": 0, "letters_unnamed": 0}
        connection.execute(insert(tables.articles), [article])
        connection.execute(insert(tables.versions), [version])
    _entity(connection, MOOR, "person", ["Anna Moor", "Moor", "Ms Moor"])
    _entity(connection, EK, "person", ["Bo Ek"])
    _entity(connection, HARBOUR, "organisation", ["Harbour Board"])
    _entity(connection, OLD_MOOR, "person", ["A. Moor-Lund"], state="merged", merged_into=MOOR)
    _entity(connection, HIDDEN, "person", ["Cy Veil"], state="suppressed")
    for id, given in STATEMENTS.items():
        put_statement(connection, id, **given)
    index.reindex(connection, list(STATEMENTS))


STATEMENTS: dict[int, dict[str, Any]] = {
    1: {
        "content": "the harbour tolls will not rise, whatever O’Neil’s report says",
        "source": "Anna Moor",
        "cue": "denied",
        "speaker_name": "Anna Moor",
        "speaker_id": MOOR,
        "about": [(HARBOUR, "the Board"), (EK, "Bo Ek")],
        "act": "deny",
        "directness": "direct",
        "role": "harbour master",
        "organisation": "Port Authority",
        "confidence": 0.95,
        "day": "2031-03-02",
    },
    2: {
        "content": "the tolls rise in May",
        "source": "Ek",
        "speaker_name": "Ek",
        "speaker_id": EK,
        "also": [(MOOR, "Moor")],
        "about": [(MOOR, "Moor")],
        "labels": [(MOOR, "the iron harbour master")],
        "act": "warn",
        "stance": "distances",
        "confidence": 0.55,
        "day": "2031-03-03",
    },
    3: {
        "content": "rise above the tolls",
        "source": "officials",
        "speaker_name": "two officials named Moor",
        "speaker_kind": "unnamed",
        "directness": "mixed",
        "state": "accepted",
        "via": "Radio Lagoon",
        "depth": 1,
        "day": "2031-03-03",
    },
    4: {
        "article_id": 2,
        "content": "首相は東京都を訪問した",
        "cue": "sagte",
        "speaker_kind": "none",
        "state": "corrected",
        "negated": 1,
        "confidence": 0.8,
        "day": "2031-04-10",
    },
    5: {
        "article_id": 2,
        "content": "Łódź and São Tomé are twinned",
        "speaker_name": "the Board",
        "speaker_id": HARBOUR,
        "speaker_kind": "organisation",
        "about": [(HIDDEN, "Cy Veil"), (None, "Dag Moor")],
        "act": "promise",
        "state": "added",
        "depth": 6,
        "day": "2031-04-10",
    },
    6: {
        "article_id": 3,
        "content": "tollers are tolled",
        "speaker_name": "Anna Moor",
        "speaker_id": MOOR,
        "act": "praise",
        "stance": "vouches",
        "speaker_confidence": 0.2,
        "day": "2030-12-31",
    },
    7: {"article_id": 3, "content": "an undated toll", "day": None},
    8: {"article_id": 3, "content": "the toll of a bell", "day": "2031-03-02", "speaker_kind": "author"},
    # not shown
    20: {"content": "tolls of old", "current": 0},
    21: {"content": "hidden tolls", "speaker_name": "Cy Veil", "speaker_id": HIDDEN},
    22: {"content": "rejected tolls", "current": 0, "state": "rejected"},
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """The small archive, for tests that only look."""
    with _empty(request, tmp_path_factory.mktemp("small")) as database:
        with database.writing() as connection:
            fill(connection)
        yield Small(Archive(database), database)


@pytest.fixture(params=["sqlite", "postgresql"])
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Small]:
    """A small archive of the test's own, to change."""
    with _empty(request, tmp_path) as database:
        with database.writing() as connection:
            fill(connection)
        yield Small(Archive(database), database)
