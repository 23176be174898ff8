"""Which entity of the archive each entity of an article is: looks up candidates, and keeps the verdict.

What decides is :mod:`quotidian.entities`, which knows no database. An article read again, or its
next version, keeps the entities that it was given before, by name: numbers stay, and so does what
people decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from quotidian import entities as deciding
from quotidian.store.records import column, column_or_none
from quotidian.store.tables import appearances, articles, entities, entity_keys, entity_names, pairs, versions
from quotidian.store.upserts import upsert
from quotidian.store.words import words
from quotidian.types import Article

if TYPE_CHECKING:
    from quotidian.store.rows import Version


Common = frozenset[str]

# Of those who share a key, so many are compared.
_MOST = 60
# A name in so many articles, and in so large a share of all, tells nothing of those beside it.
_COMMON_FROM, _COMMON_SHARE = 40, 0.05


@dataclass(frozen=True, slots=True)
class Joined:
    """The entities of an article in the archive: by id in the article, and where merges led them."""

    bases: Mapping[str, int]
    roots: Mapping[int, int]

    def base(self, local: str | None) -> int | None:
        """The entity that it was given; None for nobody in particular."""
        return self.bases.get(local) if local is not None else None

    def now(self, base: int | None) -> int | None:
        """The entity that this is now."""
        return self.roots.get(base, base) if base is not None else None


def join(connection: Connection, version: Version, article: Article) -> Joined:
    """Give each named entity of the article its entity of the archive; the rows are made."""
    before = _given_before(connection, version)
    connection.execute(delete(appearances).where(appearances.c.version_id == version.id))
    chosen: dict[str, _Chosen] = {}
    common = _common(connection)
    for local, one in deciding.appearances(article):
        name = (one.type, " ".join(words(one.name)))
        taken = {made.base for made in chosen.values()}
        earlier = before.get(name)
        if earlier is not None and earlier.base not in taken:
            chosen[local] = earlier
        else:
            chosen[local] = _judged(connection, one, taken, common)
    told = {entity.id: entity for entity in article.entities}
    roots = roots_of(connection, {made.base for made in chosen.values()})
    rows = [
        {
            "version_id": version.id,
            "local": local,
            "base_id": made.base,
            "entity_id": roots[made.base],
            "by": made.by,
            "current": int(version.current),
            "day": version.published_day,
            "name": column(told[local].name),
            "role": column_or_none(role.text if (role := told[local].role) else None),
            "organisation": column_or_none(org.text if (org := told[local].organisation) else None),
            "score": round(made.score, 4),
            "because": list(made.because),
        }
        for local, made in chosen.items()
    ]
    if rows:
        connection.execute(insert(appearances), rows)
    return Joined({local: made.base for local, made in chosen.items()}, roots)


def roots_of(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    """Where merges led each of these entities; to itself where there were none."""
    roots = {id: id for id in ids}
    open_ = set(roots.values())
    while open_:
        merged = select(entities.c.id, entities.c.merged_into).where(
            entities.c.id.in_(open_), entities.c.merged_into.is_not(None)
        )
        into = dict(connection.execute(merged).tuples().all())
        roots = {id: into.get(root, root) for id, root in roots.items()}
        open_ = set(into.values())
    return roots


@dataclass(frozen=True, slots=True)
class _Chosen:
    base: int
    by: str
    score: float
    because: tuple[str, ...]


def _given_before(connection: Connection, version: Version) -> dict[tuple[str, str], _Chosen]:
    """The entities of the article's readings so far, by type and name; the last reading wins."""
    found = connection.execute(
        select(appearances, entities.c.type)
        .join(entities, entities.c.id == appearances.c.base_id)
        .join(versions, versions.c.id == appearances.c.version_id)
        .where(versions.c.article_id == version.article)
        .order_by(versions.c.number, appearances.c.id)
    )
    return {
        (row.type, " ".join(words(row.name))): _Chosen(row.base_id, row.by, row.score, tuple(row.because))
        for row in found
    }


def _judged(connection: Connection, one: deciding.Appearance, taken: set[int], common: Common) -> _Chosen:
    candidates, truncated = _candidates(connection, one)
    taken_now = {str(root) for root in roots_of(connection, taken).values()}
    verdict = deciding.judge(one, candidates, forbidden=taken_now, common=common, truncated=truncated)
    because = tuple(reason.why for reason in verdict.because)
    if verdict.verdict == "same" and verdict.id is not None:
        known = next(known for known in candidates if known.id == verdict.id)
        _learn(connection, int(known.id), known.with_(one), one)
        return _Chosen(int(known.id), "machine", verdict.score, because)
    id = make(connection, one)
    _learn(connection, id, deciding.Known.of(str(id), [one]), one)
    doubts = [
        {
            "a": min(id, int(match.id)),
            "b": max(id, int(match.id)),
            "state": "unsure",
            "score": round(match.score, 4),
            "because": [reason.why for reason in match.because],
        }
        for match in verdict.candidates
        if verdict.verdict == "unsure"
    ]
    upsert(connection, pairs, doubts)
    return _Chosen(id, "machine", verdict.score, because or ("no other entity of the archive is like it",))


def make(connection: Connection, one: deciding.Appearance) -> int:
    """A new entity, of which nothing is known yet; its number."""
    values = {"type": one.type, "name": column(one.name), "state": "active", "known": {}, "statements": 0}
    return int(connection.execute(insert(entities).values(values).returning(entities.c.id)).scalar_one())


def _candidates(connection: Connection, one: deciding.Appearance) -> tuple[list[deciding.Known], bool]:
    """What is known of the entities that it may be, those merged standing in one another's place.

    Also whether there were more of them than are given.
    """
    sharing = select(entity_keys.c.entity_id).where(entity_keys.c.key.in_(sorted(deciding.sought(one))))
    ids = list(connection.scalars(sharing.distinct().order_by(entity_keys.c.entity_id).limit(_MOST + 1)))
    roots = set(roots_of(connection, ids[:_MOST]).values())
    known = select(entities.c.known).where(entities.c.id.in_(roots)).order_by(entities.c.id)
    return [deciding.Known.from_json(one) for one in connection.scalars(known) if one], len(ids) > _MOST


def _common(connection: Connection) -> Common:
    """Names so frequent that being named beside them tells nothing."""
    many = connection.execute(select(func.max(articles.c.id))).scalar_one() or 0
    least = max(_COMMON_FROM, round(many * _COMMON_SHARE))
    return frozenset(
        connection.scalars(select(entity_names.c.folded).where(entity_names.c.articles >= least))
    )


def _learn(connection: Connection, id: int, known: deciding.Known, one: deciding.Appearance) -> None:
    """Keep what an appearance adds to what is known of an entity."""
    connection.execute(update(entities).where(entities.c.id == id).values(known=known.as_json()))
    _rename_unless_named(connection, id, known.name)
    upsert(connection, entity_keys, [{"key": key, "entity_id": id} for key in sorted(deciding.keys(one))])
    add_names(connection, id, dict.fromkeys((one.name, *one.labels), 1))


def add_names(connection: Connection, id: int, counts: Mapping[str, int]) -> None:
    """Names of an entity, each in so many articles more."""
    merged: dict[str, int] = {}
    for name, more in counts.items():
        merged[column(name)] = merged.get(column(name), 0) + more
    rows = [
        {"entity_id": id, "name": name, "folded": " ".join(words(name)), "articles": more}
        for name, more in merged.items()
    ]
    upsert(connection, entity_names, rows, lambda new: {"articles": entity_names.c.articles + new.articles})


def renew(connection: Connection, id: int, known: deciding.Known) -> None:
    """Put what is known of an entity anew, with its names and keys: after a merge or a split."""
    connection.execute(update(entities).where(entities.c.id == id).values(known=known.as_json()))
    _rename_unless_named(connection, id, known.name)
    connection.execute(delete(entity_names).where(entity_names.c.entity_id == id))
    counts = dict(known.names)
    for name, more in known.labels.items():
        counts[name] = counts.get(name, 0) + more
    add_names(connection, id, counts)
    connection.execute(delete(entity_keys).where(entity_keys.c.entity_id == id))
    keys = [{"key": key, "entity_id": id} for key in sorted(deciding.keys(known))]
    upsert(connection, entity_keys, keys)


def known_from(connection: Connection, id: int, bases: Sequence[int]) -> deciding.Known | None:
    """What the articles themselves tell of an entity: all appearances given to these; None without any."""
    from quotidian.store.records import unpacked

    found = connection.execute(
        select(appearances.c.local, versions.c.record)
        .join(versions, versions.c.id == appearances.c.version_id)
        .where(appearances.c.base_id.in_(bases), or_(appearances.c.current == 1, versions.c.current == 0))
        .order_by(appearances.c.day, appearances.c.id)
    )
    ones = [
        one
        for local, record in found
        for where, one in deciding.appearances(unpacked(record))
        if where == local
    ]
    return deciding.Known.of(str(id), ones) if ones else None


def _rename_unless_named(connection: Connection, id: int, name: str) -> None:
    """The name that most articles use, unless a person gave another."""
    from quotidian.store.reviewing import given_name

    if given_name(connection, id) is None:
        changed = update(entities).where(entities.c.id == id, entities.c.name != bindparam("now"))
        connection.execute(changed.values(name=bindparam("now")), {"now": column(name)})


__all__ = ["Joined", "add_names", "join", "known_from", "make", "renew", "roots_of"]
