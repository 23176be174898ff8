"""All that an archive holds, as values that can be compared: table by table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

from quotidian.store import Archive
from quotidian.store.tables import metadata

Rows = dict[str, list[dict[str, Any]]]

# What follows from readings and reviews.
DERIVED = (
    "statements",
    "parts",
    "entities",
    "entity_names",
    "entity_keys",
    "identifiers",
    "appearances",
    "pairs",
    "labels",
)
# Numbers are compared by their order: where an addition was cut off PostgreSQL leaves a gap.
_NUMBERS = {
    "articles": {"id": "articles", "outlet_id": "outlets"},
    "outlets": {"id": "outlets"},
    "versions": {"id": "versions", "article_id": "articles"},
    "pages": {"version_id": "versions"},
    "statements": {
        "id": "statements",
        "article_id": "articles",
        "version_id": "versions",
        "outlet_id": "outlets",
        "parent_id": "statements",
        "speaker_id": "entities",
    },
    "parts": {"statement_id": "statements", "base_id": "entities", "entity_id": "entities"},
    "entities": {"id": "entities", "merged_into": "entities"},
    "entity_names": {"entity_id": "entities"},
    "entity_keys": {"entity_id": "entities"},
    "identifiers": {"entity_id": "entities"},
    "appearances": {
        "id": "appearances",
        "version_id": "versions",
        "base_id": "entities",
        "entity_id": "entities",
    },
    "pairs": {"a": "entities", "b": "entities"},
    "labels": {
        "id": "labels",
        "version_id": "versions",
        "base_id": "entities",
        "entity_id": "entities",
        "statement_id": "statements",
    },
}


def rows(archive: Archive, tables: tuple[str, ...] = DERIVED) -> Rows:
    """The rows of tables, in an order that does not depend on when they were written."""
    with archive._database.reading() as connection:
        found = {
            name: [dict(row) for row in connection.execute(metadata.tables[name].select()).mappings()]
            for name in tables
        }
    return {name: sorted(made, key=_order) for name, made in found.items()}


def words(archive: Archive) -> list[tuple[Any, ...]]:
    """The words that are indexed, by statement."""
    number = "rowid, *" if archive.location.endswith(".db") else "statement_id, CAST(words AS text)"
    with archive._database.reading() as connection:
        found = connection.execute(text(f"SELECT {number} FROM words ORDER BY 1"))
        return [tuple(row) for row in found]


def by_order(made: Rows) -> Rows:
    """The same rows, each number replaced by its place among those of its kind."""
    places: dict[str, dict[int, int]] = {
        table: {row["id"]: place for place, row in enumerate(sorted(made[table], key=lambda row: row["id"]))}
        for table in ("articles", "outlets", "versions", "statements", "entities", "appearances", "labels")
    }
    result: Rows = {}
    for table, found in made.items():
        numbers = _NUMBERS.get(table, {})
        result[table] = sorted(
            (
                {
                    name: places[numbers[name]][value] if name in numbers and value is not None else value
                    for name, value in _without_ids(table, row).items()
                }
                for row in found
            ),
            key=_order,
        )
    return result


def everything(archive: Archive) -> Rows:
    """All of the content, to compare with that of another archive."""
    return by_order(rows(archive, tuple(_NUMBERS)))


def _without_ids(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    if table == "entities" and row["known"]:
        return {**row, "known": {**row["known"], "id": None}}
    return dict(row)


def _order(row: Mapping[str, Any]) -> str:
    return json.dumps([row[name] if not isinstance(row[name], bytes) else "" for name in row], default=str)
