"""A query → the rows of the columns that it finds.

What words decide goes to the full text, as much of it as can in one question; the rest is decided on
the columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from quotidian.store import fulltext
from quotidian.store.facts import NO_DAY, WHOLE, day_number, having
from quotidian.store.fulltext import AnyOf, Phrase
from quotidian.store.search.columns import Column, Columns, Mask, Pairs
from quotidian.store.search.fields import WORDS, first_and_last
from quotidian.store.search.query import Query, Term, Value
from quotidian.store.tables import articles, entities, outlets
from quotidian.store.words import folded, words

# Fields that the full text answers, and what they are called there.
_TEXT = {
    WORDS: None,
    "content": "content",
    "source": "source",
    "cue": "cue",
    "label": "label",
    "role": "role",
    "org": "organisation",
    "via": "via",
    "title": "title",
}
_PROFILE = {"act", "stance", "kind", "directness", "state", "negated", "depth"}

Found = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows found, ascending, and what was asked of the full text, for ranking by it."""

    rows: Found
    asked: tuple[AnyOf, ...]


def matches(connection: Connection, query: Query, columns: Columns) -> Matches:
    """What a query finds."""
    groups = [_text_group(group) for group in query.groups]
    asked = tuple(group for group in groups if group is not None and group.phrases)
    masks = [
        reduce(or_, (_mask(connection, term, columns) for term in group))
        for group, text in zip(query.groups, groups, strict=True)
        if text is None
    ]
    if any(not condition.negated for condition in asked):
        rows = columns.rows(fulltext.statements(connection, asked))
        for mask in masks:
            rows = rows[mask[rows]]
        return Matches(rows, asked)
    masks += [~_of_ids(fulltext.statements(connection, [AnyOf(one.phrases)]), columns) for one in asked]
    if not masks:
        return Matches(np.arange(len(columns)), ())
    return Matches(np.flatnonzero(reduce(and_, masks)), ())


def _text_group(group: Sequence[Term]) -> AnyOf | None:
    """The group as a condition for the full text, None where it takes the columns as well."""
    if any(term.field not in _TEXT for term in group) or (len(group) > 1 and any(t.negated for t in group)):
        return None
    phrases = [_phrase(value, _TEXT[term.field]) for term in group for value in term.values]
    return AnyOf(tuple(phrases), group[0].negated)


def _phrase(value: Value, field: str | None) -> Phrase:
    return Phrase(tuple(words(value.text)), field, value.prefix)


def _mask(connection: Connection, term: Term, columns: Columns) -> Mask:
    """Which rows meet a condition."""
    if term.field in _TEXT:
        asked = AnyOf(tuple(_phrase(value, _TEXT[term.field]) for value in term.values))
        found = _of_ids(fulltext.statements(connection, [asked]), columns)
    elif term.field in _PROFILE:
        found = having({term.field: frozenset(map(_read, term.values))})[columns.profile]
    elif term.field in ("speaker", "about"):
        found = _of_entities(connection, term, columns)
    elif term.field == "outlet":
        found = _among(columns.outlet, _outlets(connection, term.values))
    elif term.field == "article":
        found = _among(columns.article, _articles(connection, term.values))
    elif term.field == "id":
        found = _among(columns.statement, {int(value.text) for value in term.values})
    elif term.field == "unnamed":
        unnamed = having({"kind": frozenset({"unnamed"})})[columns.profile]
        found = reduce(or_, (unnamed if value.text == "yes" else ~unnamed for value in term.values))
    elif term.field == "sure":
        found = reduce(or_, (_as_sure(columns.sure, value.text) for value in term.values))
    else:
        found = reduce(or_, (_within(columns.day, term.field, value.text) for value in term.values))
    return ~found if term.negated else found


def _of_ids(ids: fulltext.Ids, columns: Columns) -> Mask:
    found = np.zeros(len(columns), dtype=bool)
    found[columns.rows(ids)] = True
    return found


def _among(column: Column, wanted: set[int]) -> Mask:
    """Which rows have one of these numbers, none of which is 0."""
    if len(wanted) == 1:
        found: Mask = column == next(iter(wanted))
        return found
    return np.isin(column, np.array(sorted(wanted), dtype=np.int32))


def _read(value: Value) -> str | bool | int:
    if value.text in ("yes", "no"):
        return value.text == "yes"
    return int(value.text) if value.text.isdigit() else value.text


# --- who -------------------------------------------------------------------------------------


def _of_entities(connection: Connection, term: Term, columns: Columns) -> Mask:
    """Rows whose speaker (or one they are about) has such a name, known to the archive or not."""
    pairs = columns.also if term.field == "speaker" else columns.about
    merged = _merged(connection)
    known: set[int] = set()
    unknown: list[Phrase] = []
    for value in term.values:
        if value.text.startswith("#") and value.text[1:].isdigit():
            known.add(_now(int(value.text[1:]), merged))
        else:
            phrase = _phrase(value, term.field)
            known.update(
                _now(int(id), merged) for id in fulltext.entities(connection, phrase.words, phrase.begun)
            )
            unknown.append(phrase)
    found = _having_pair(pairs, known, len(columns))
    if term.field == "speaker" and known:
        found |= _among(columns.speaker, known)
    if unknown:
        found |= _of_ids(fulltext.statements(connection, [AnyOf(tuple(unknown))]), columns)
    return found


def _having_pair(pairs: Pairs, wanted: set[int], length: int) -> Mask:
    found = np.zeros(length, dtype=bool)
    if wanted:
        found[pairs.row[_among(pairs.entity, wanted)]] = True
    return found


def _merged(connection: Connection) -> dict[int, int]:
    e = entities.c
    merged = select(e.id, e.merged_into).where(e.state == "merged", e.merged_into.is_not(None))
    return dict(connection.execute(merged).all())


def _now(id: int, merged: dict[int, int]) -> int:
    """The entity that this one is now."""
    for _ in range(len(merged)):
        if id not in merged:
            break
        id = merged[id]
    return id


def _outlets(connection: Connection, values: Sequence[Value]) -> set[int]:
    """The outlets of these numbers, of these very names, or else with these words in their names."""
    there = {
        id: folded(name).split() for id, name in connection.execute(select(outlets.c.id, outlets.c.name))
    }
    found: set[int] = set()
    for value in values:
        if value.text.startswith("#") and value.text[1:].isdigit():
            found.add(int(value.text[1:]))
            continue
        wanted = words(value.text)
        exactly = {id for id, name in there.items() if name == wanted and not value.prefix}
        found |= exactly or {id for id, name in there.items() if _has_all(name, wanted, value.prefix)}
    return found


def _has_all(name: Sequence[str], wanted: Sequence[str], begun: bool) -> bool:
    whole = wanted[:-1] if begun else wanted
    return set(whole) <= set(name) and (not begun or any(word.startswith(wanted[-1]) for word in name))


def _articles(connection: Connection, values: Sequence[Value]) -> set[int]:
    """Articles by the archive's number or by their own id."""
    texts = [value.text for value in values]
    own = connection.scalars(select(articles.c.id).where(articles.c.own_id.in_(texts)))
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10} | set(own)


# --- when and how sure -----------------------------------------------------------------------


def _within(days: Column, field: str, value: str) -> Mask:
    if value == "unknown":
        return np.equal(days, NO_DAY)
    first, _, last = value.partition("/")
    last = last or first
    if field == "since":
        last = ".."
    elif field == "until":
        first = ".."
    found: Mask = days != NO_DAY
    if first != "..":
        found &= days >= day_number(first_and_last(first)[0].isoformat())
    if last != "..":
        found &= days <= day_number(first_and_last(last)[1].isoformat())
    return found


def _as_sure(sure: NDArray[np.int16], value: str) -> Mask:
    percent = WHOLE // 100
    low, between, high = value.partition("-")
    if between:
        return np.greater_equal(sure, int(low) * percent) & np.less_equal(sure, int(high) * percent)
    sign, number = value.rstrip("0123456789"), int(value.lstrip("<>=")) * percent
    if sign == "=":
        return np.greater_equal(sure, number) & np.less(sure, number + percent)
    compared = {">": np.greater, "<": np.less, "<=": np.less_equal, "": np.greater_equal}[sign]
    found: Mask = compared(sure, number)
    return found
