"""The full text: SQLite's FTS5 or PostgreSQL's tsvector, both fed with our own words.

Neither database splits or changes a word: :func:`quotidian.store.words.words` did, so both find the
same. In SQLite ``words`` is an FTS5 table that keeps its text: one without text is smaller, but can
take a row out only if given the very words that went in, and a mistake there spoils it unseen.
In PostgreSQL it is a table with one tsvector, each word with the letter of its field in front.

Names of entities are found by their words as well. The databases keep that up themselves:
SQLite by triggers on ``entity_names``, PostgreSQL by an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, TextClause, text

# The fields of a statement, and the letter of each in PostgreSQL.
FIELDS: Mapping[str, str] = {
    "content": "c",
    "source": "s",
    "cue": "u",
    "speaker": "n",
    "about": "a",
    "label": "l",
    "role": "r",
    "organisation": "o",
    "via": "v",
    "title": "t",
}
# A word asked for without a field is looked for in all but these: a title has each word once for
# every statement of the article, which would bury what was said.
NOT_PLAIN = frozenset({"title"})
# Between two names, so that no phrase reaches from one into the next; it is in no word.
GAP = "·"

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row in one field, in any of the plain ones for None; the last perhaps only begun."""

    words: tuple[str, ...]
    field: str | None = None
    begun: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these at least; ``negated``: none."""

    phrases: tuple[Phrase, ...]
    negated: bool = False


def create(connection: Connection) -> None:
    """Make the tables; those of the archive are there."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(
            "CREATE TABLE words (statement_id integer PRIMARY KEY, words tsvector NOT NULL)"
        )
        connection.exec_driver_sql("CREATE INDEX ix_words_words ON words USING gin (words)")
        connection.exec_driver_sql(f"CREATE INDEX ix_entity_names_words ON entity_names USING gin ({_NAMES})")
        return
    # "ascii" splits at ASCII punctuation only, and so, in our words, only at the spaces between them.
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE words USING fts5({', '.join(FIELDS)}, tokenize='ascii')"
    )
    connection.exec_driver_sql("CREATE VIRTUAL TABLE entity_words USING fts5(names, tokenize='ascii')")
    for verb, rows in (
        ("INSERT", ("new",)),
        ("UPDATE OF folded, entity_id", ("old", "new")),
        ("DELETE", ("old",)),
    ):
        anew = " ".join(_entity_words_anew(f"{row}.entity_id") for row in rows)
        connection.exec_driver_sql(
            f"CREATE TRIGGER entity_words_{verb.split()[0].lower()} AFTER {verb} ON entity_names "
            f"BEGIN {anew} END"
        )


def remove(connection: Connection) -> None:
    """Take away what :func:`create` made."""
    if connection.dialect.name == "sqlite":
        for verb in ("insert", "update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER entity_words_{verb}")
        connection.exec_driver_sql("DROP TABLE entity_words")
    else:
        connection.exec_driver_sql("DROP INDEX ix_entity_names_words")
    connection.exec_driver_sql("DROP TABLE words")


def fill_names(connection: Connection) -> None:
    """Index the names that were there before :func:`create`."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DELETE FROM entity_words")
        connection.exec_driver_sql(
            "INSERT INTO entity_words (rowid, names) "
            f"SELECT entity_id, group_concat(folded, ' {GAP} ') FROM entity_names GROUP BY entity_id"
        )


def _entity_words_anew(entity: str) -> str:
    return (
        f"DELETE FROM entity_words WHERE rowid = {entity}; "
        f"INSERT INTO entity_words (rowid, names) SELECT entity_id, group_concat(folded, ' {GAP} ') "
        f"FROM entity_names WHERE entity_id = {entity} GROUP BY entity_id;"
    )


# --- writing ---------------------------------------------------------------------------------

_SQLITE_PUT = f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES ({', '.join('?' * (len(FIELDS) + 1))})"
_POSTGRES_PUT = text("INSERT INTO words (statement_id, words) VALUES (:id, CAST(:words AS tsvector))")

Row = tuple[int, Sequence[Sequence[str]]]  # a statement, and the words of each of FIELDS


def put(connection: Connection, rows: Sequence[Row]) -> None:
    """Index statements that are not indexed."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE_PUT, [(id, *map(" ".join, fields)) for id, fields in rows])
    else:
        connection.execute(_POSTGRES_PUT, [{"id": id, "words": tsvector(fields)} for id, fields in rows])


def take_out(connection: Connection, ids: Iterable[int]) -> None:
    """Index these statements no longer; those that are not indexed do not matter."""
    gone = list(ids)
    if not gone:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DELETE FROM words WHERE rowid = ?", [(id,) for id in gone])
    else:
        connection.execute(text("DELETE FROM words WHERE statement_id = ANY(:ids)"), {"ids": gone})


def tidy(connection: Connection) -> None:
    """After much was written: make the index as quick as it can be."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO words (words) VALUES ('optimize')")
    else:
        connection.exec_driver_sql("ANALYZE words")


def tsvector(fields: Sequence[Sequence[str]]) -> str:
    """The words of each field as PostgreSQL's text for a tsvector.

    >>> tsvector([["no", "no"], ["moor", "·", "ek"]])
    "'cno':1,2 'smoor':4 'sek':6"
    """
    places: dict[str, list[str]] = {}
    place = 1
    for letter, found in zip(FIELDS.values(), fields, strict=False):
        for word in found:
            if word != GAP:
                places.setdefault(letter + word, []).append(str(place))
            place += 1
        place += 1
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


# --- finding ---------------------------------------------------------------------------------

_NAMES = "array_to_tsvector(string_to_array(folded, ' '))"


def statements(connection: Connection, conditions: Sequence[AnyOf]) -> Ids:
    """The numbers, ascending, of the statements that meet all; one at least is not negated."""
    if connection.dialect.name == "sqlite":
        asked = (
            "SELECT group_concat(rowid) "
            "FROM (SELECT rowid FROM words WHERE words MATCH :asked ORDER BY rowid)"
        )
    else:
        asked = (
            "SELECT string_agg(CAST(statement_id AS text), ',' ORDER BY statement_id) "
            "FROM words WHERE words @@ CAST(:asked AS tsquery)"
        )
    # One long text instead of a row for each: three times as quick for a hundred thousand.
    return _numbers(connection.execute(text(asked), {"asked": _asked(connection, conditions)}).scalar())


def scores(connection: Connection, conditions: Sequence[AnyOf]) -> tuple[Ids, NDArray[np.float64]]:
    """As :func:`statements`, with how well each fits: the higher the better."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT rowid, -bm25(words) FROM words WHERE words MATCH :asked ORDER BY rowid"
    else:
        asked = (
            "SELECT statement_id, ts_rank_cd(words, CAST(:asked AS tsquery), 1) "
            "FROM words WHERE words @@ CAST(:asked AS tsquery) ORDER BY statement_id"
        )
    found = connection.execute(text(asked), {"asked": _asked(connection, conditions)}).all()
    ids = np.fromiter((row[0] for row in found), np.int64, len(found))
    return ids, np.fromiter((row[1] for row in found), np.float64, len(found))


def called(connection: Connection, names: Sequence[str]) -> list[TextClause]:
    """Conditions on the table ``entities``: that one is called so, each word perhaps only begun."""
    if connection.dialect.name == "sqlite":
        inside = "entities.id IN (SELECT rowid FROM entity_words WHERE entity_words MATCH :asked)"
        match = " AND ".join(_fts5_words((word,), True) for word in names)
        return [text(inside).bindparams(asked=match)] if names else []
    inside = f"entities.id IN (SELECT entity_id FROM entity_names WHERE {_NAMES} @@ CAST(:{{at}} AS tsquery))"
    return [
        text(inside.format(at=f"asked_{place}")).bindparams(**{f"asked_{place}": f"'{word}':*"})
        for place, word in enumerate(names)
    ]


def entities(connection: Connection, names: Sequence[str], begun: bool) -> Ids:
    """The entities that have all these words in their names, in any order; the last perhaps only begun."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT group_concat(rowid) FROM entity_words WHERE entity_words MATCH :asked"
        last = len(names) - 1
        match = " AND ".join(
            _fts5_words((word,), begun and place == last) for place, word in enumerate(names)
        )
        return np.sort(_numbers(connection.execute(text(asked), {"asked": match}).scalar()))
    found: list[set[int]] = []
    for place, word in enumerate(names):
        asked = f"SELECT entity_id FROM entity_names WHERE {_NAMES} @@ CAST(:asked AS tsquery)"
        word = f"'{word}'{':*' if begun and place == len(names) - 1 else ''}"
        found.append(set(connection.execute(text(asked), {"asked": word}).scalars()))
    return np.array(sorted(set.intersection(*found)) if found else [], dtype=np.int64)


def _numbers(joined: str | None) -> Ids:
    return np.fromstring(joined, dtype=np.int64, sep=",") if joined else np.zeros(0, dtype=np.int64)


def _asked(connection: Connection, conditions: Sequence[AnyOf]) -> str:
    return fts5(conditions) if connection.dialect.name == "sqlite" else tsquery(conditions)


def fts5(conditions: Sequence[AnyOf]) -> str:
    """The conditions in the language of FTS5.

    >>> fts5([AnyOf((Phrase(("free", "trade"), "content"), Phrase(("tar",), begun=True))), \
AnyOf((Phrase(("ek",)),), negated=True)])
    '({content} : "free trade" OR - {title} : "tar" *) NOT - {title} : "ek"'
    """
    plain = f"- {{{' '.join(sorted(NOT_PLAIN))}}}"

    def one(phrase: Phrase) -> str:
        where = f"{{{phrase.field}}}" if phrase.field else plain
        return f"{where} : {_fts5_words(phrase.words, phrase.begun)}"

    def any_of(condition: AnyOf) -> str:
        joined = " OR ".join(map(one, condition.phrases))
        return f"({joined})" if len(condition.phrases) > 1 else joined

    wanted = " AND ".join(any_of(condition) for condition in conditions if not condition.negated)
    unwanted = [any_of(condition) for condition in conditions if condition.negated]
    if not unwanted:
        return wanted
    return " NOT ".join([f"({wanted})" if " AND " in wanted else wanted, *unwanted])


def _fts5_words(phrase: Sequence[str], begun: bool) -> str:
    return f'"{" ".join(phrase)}"' + (" *" if begun else "")


def tsquery(conditions: Sequence[AnyOf]) -> str:
    """The conditions in the language of PostgreSQL.

    >>> tsquery([AnyOf((Phrase(("free", "trade"), "content"), Phrase(("tar",), "title", begun=True))), \
AnyOf((Phrase(("ek",), "cue"),), negated=True)])
    "('cfree'<->'ctrade' | 'ttar':*) & !('uek')"
    """

    def one(phrase: Phrase) -> Iterable[str]:
        for field in [phrase.field] if phrase.field else [name for name in FIELDS if name not in NOT_PLAIN]:
            yield "<->".join(f"'{FIELDS[field]}{word}'" for word in phrase.words) + (
                ":*" if phrase.begun else ""
            )

    def any_of(condition: AnyOf) -> str:
        joined = " | ".join(part for phrase in condition.phrases for part in one(phrase))
        return f"{'!' if condition.negated else ''}({joined})"

    return " & ".join(map(any_of, conditions))


# --- checking --------------------------------------------------------------------------------


def indexed(connection: Connection) -> Ids:
    """The numbers of all statements that are indexed, ascending."""
    column = "id" if connection.dialect.name == "sqlite" else "statement_id"
    table = "words_docsize" if connection.dialect.name == "sqlite" else "words"
    found = connection.execute(text(f"SELECT {column} FROM {table} ORDER BY {column}")).scalars().all()
    return np.array(found, dtype=np.int64)


def different(connection: Connection, rows: Sequence[Row]) -> list[int]:
    """The statements, of those that are indexed, that are indexed with other words than these."""
    if not rows:
        return []
    if connection.dialect.name != "sqlite":
        asked = (
            "SELECT id FROM unnest(CAST(:ids AS integer[]), CAST(:words AS text[])) AS made (id, words) "
            "JOIN words ON statement_id = id WHERE words.words <> CAST(made.words AS tsvector) ORDER BY id"
        )
        made = {"ids": [id for id, _ in rows], "words": [tsvector(fields) for _, fields in rows]}
        return list(connection.execute(text(asked), made).scalars())
    asked = f"SELECT rowid, {', '.join(FIELDS)} FROM words WHERE rowid BETWEEN :first AND :last"
    found = connection.execute(text(asked), {"first": rows[0][0], "last": rows[-1][0]})
    kept = {row[0]: tuple(row[1:]) for row in found}
    return [id for id, fields in rows if id in kept and kept[id] != tuple(map(" ".join, fields))]


def miscounted(connection: Connection, expected: Mapping[str, int]) -> list[str]:
    """Words that SQLite's index does not have as often as the texts; it is read whole for this.

    FTS5's own check is a write, which a connection that only reads may not do.
    """
    if connection.dialect.name != "sqlite":
        return []
    held_back = connection.exec_driver_sql("PRAGMA query_only").scalar()
    connection.exec_driver_sql("PRAGMA query_only = OFF")  # for a table of this connection alone
    try:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.counted USING fts5vocab(main, words, 'row')")
        counted = connection.exec_driver_sql("SELECT term, cnt FROM temp.counted")
        kept: dict[str, int] = dict(counted.all())
        connection.exec_driver_sql("DROP TABLE temp.counted")
    finally:
        connection.exec_driver_sql(f"PRAGMA query_only = {held_back}")
    return sorted(word for word in kept.keys() | expected.keys() if kept.get(word) != expected.get(word))
