"""Which entity of the archive each entity of an article is: looks up candidates, and keeps the verdict.

What decides is :mod:`quotidian.entities`, which knows no database. An article read again, or its
next version, keeps the entities that it was given before, by name: numbers stay, and so does what
people decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from quotidian import entities as deciding
from quotidian.store import index, inserted, replaced
from quotidian.store.log import given_names
from quotidian.store.records import column, unpacked
from quotidian.store.tables import (
    appearances,
    articles,
    entities,
    entity_keys,
    entity_names,
    labels,
    parts,
    versions,
)
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
# What is longer is no name, and too long for a key of PostgreSQL.
_LONGEST_NAME = 300
_ALONE = "no other entity of the archive is like it"


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
    chosen: dict[str, _Chosen] = {}
    open_: list[tuple[str, deciding.Appearance]] = []
    for local, one in deciding.appearances(article):
        name = " ".join(words(one.name))
        earlier = before.get((one.type, name)) or before.get(("by a person", name))
        if earlier is not None and earlier.base not in {made.base for made in chosen.values()}:
            chosen[local] = earlier
        else:
            open_.append((local, one))
    taken = {made.base for made in chosen.values()}
    chosen.update(_judged(connection, open_, taken, deciding.concerned(article)))
    roots = roots_of(connection, {made.base for made in chosen.values()})
    rows: list[dict[str, Any]] = [
        {
            "version_id": version.id,
            "local": entity.id,
            "base_id": made.base,
            "entity_id": roots[made.base],
            "by": made.by,
            "current": int(version.current),
            "day": version.published_day,
            "name": column(entity.name),
            "role": column(entity.role.text) if entity.role else None,
            "organisation": column(entity.organisation.text) if entity.organisation else None,
            "score": round(made.score, 4),
            "because": list(made.because),
        }
        for entity in article.entities
        if (made := chosen.get(entity.id)) is not None
    ]
    if version.new:
        replaced.put(connection, appearances, rows)
    else:
        here = appearances.c.version_id == version.id
        replaced.put(connection, appearances, rows, where=here, by=("base_id",))
    return Joined({local: made.base for local, made in chosen.items()}, roots)


def roots_of(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    """Where merges led each of these entities; to itself where there were none."""
    roots = {id: id for id in ids}
    open_ = set(roots.values())
    while open_:
        merged = select(entities.c.id, entities.c.merged_into).where(
            entities.c.id.in_(open_), entities.c.merged_into.is_not(None)
        )
        into = dict(connection.execute(merged).all())
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
    if version.number == 1 and version.new:
        return {}
    found = connection.execute(
        select(appearances, entities.c.type)
        .join(entities, entities.c.id == appearances.c.base_id)
        .join(versions, versions.c.id == appearances.c.version_id)
        .where(versions.c.article_id == version.article)
        .order_by(versions.c.number, appearances.c.id)
    )
    given: dict[tuple[str, str], _Chosen] = {}
    for row in found:
        chosen = _Chosen(row.base_id, row.by, row.score, tuple(row.because))
        # Where a person decided, it may be of another type than the article says.
        for type in (row.type, "by a person") if row.by == "person" else (row.type,):
            given[(type, " ".join(words(row.name)))] = chosen
    return given


def _judged(
    connection: Connection,
    ones: Sequence[tuple[str, deciding.Appearance]],
    taken: Collection[int],
    concerned: Collection[str],
) -> dict[str, _Chosen]:
    """The entities that appearances of one article are of, or are made into.

    They are judged by what is known before this article, and no two are one: the article itself
    tells them apart. Those that it tells more of are then judged again among those like them.
    """
    from quotidian.store import doubles

    if not ones:
        return {}
    candidates = _candidates(connection, [one for _, one in ones])
    common = _common(connection)
    gone = {str(root) for root in roots_of(connection, taken).values()}
    chosen: dict[str, _Chosen] = {}
    learnt: dict[int, deciding.Known] = {}
    again: dict[int, Sequence[deciding.Known]] = {}
    new: list[tuple[str, deciding.Appearance, deciding.Judgement]] = []
    for (local, one), (maybe, truncated) in zip(ones, candidates, strict=True):
        verdict = deciding.judge(one, maybe, forbidden=gone, common=common, truncated=truncated)
        known = next((known for known in maybe if known.id == verdict.id), None)
        if verdict.verdict == "same" and known is not None:
            gone.add(known.id)
            learnt[int(known.id)] = known.with_(one)
            if len(maybe) > 1 and not truncated:
                again[int(known.id)] = maybe
            because = tuple(reason.why for reason in verdict.because)
            chosen[local] = _Chosen(int(known.id), "machine", verdict.score, because)
        else:
            new.append((local, one, verdict))
    ids = _made(connection, [one for _, one, _ in new])
    for id, (local, one, verdict) in zip(ids, new, strict=True):
        learnt[id] = deciding.Known.of(str(id), [one])
        because = tuple(reason.why for reason in verdict.because)
        chosen[local] = _Chosen(id, "machine", verdict.score, because or (_ALONE,))
    learn(connection, learnt)
    _name(connection, [(chosen[local].base, one) for local, one in ones])
    here = {*taken, *(made.base for made in chosen.values())}
    known_again = {id: (learnt[id], maybe) for id, maybe in again.items()}
    doubts = doubles.settle(connection, known_again, here, common)
    doubts += [doubles.Doubt(id, verdict) for id, (_, _, verdict) in zip(ids, new, strict=True)]
    doubles.ask(connection, doubts, {made.base for local, made in chosen.items() if local in concerned})
    return chosen


def _candidates(
    connection: Connection, ones: Sequence[deciding.Appearance]
) -> list[tuple[list[deciding.Known], bool]]:
    """For each what is known of the entities that it may be, and whether there are more than these.

    Entities that were merged stand in one another's place.
    """
    sought = [sorted(deciding.sought(one)) for one in ones]
    every = sorted({key for keys in sought for key in keys})
    under: dict[str, list[int]] = {key: [] for key in every}
    sharing = select(entity_keys).where(entity_keys.c.key.in_(every)).order_by(entity_keys.c.entity_id)
    for key, id in connection.execute(sharing):
        under[key].append(id)
    found = [sorted({id for key in keys for id in under[key]}) for keys in sought]
    roots = roots_of(connection, {id for ids in found for id in ids[:_MOST]})
    query = select(entities.c.id, entities.c.known).where(entities.c.id.in_(set(roots.values())))
    known = {
        id: deciding.Known.from_json({**values, "id": str(id)})
        for id, values in connection.execute(query)
        if values
    }
    return [
        ([known[id] for id in sorted({roots[id] for id in ids[:_MOST]}) if id in known], len(ids) > _MOST)
        for ids in found
    ]


def _common(connection: Connection) -> Common:
    """Names so frequent that being named beside them tells nothing."""
    many = connection.execute(select(func.max(articles.c.id))).scalar_one() or 0
    least = max(_COMMON_FROM, round(many * _COMMON_SHARE))
    frequent = select(entity_names.c.folded).where(entity_names.c.articles >= least)
    return frozenset(connection.scalars(frequent))


def _made(connection: Connection, ones: Sequence[deciding.Appearance]) -> list[int]:
    """New entities, of which nothing is known yet; their numbers, in order."""
    rows = [{"type": one.type, "name": column(one.name), "state": "active", "known": {}} for one in ones]
    return inserted.numbers(connection, entities, rows)


def make(connection: Connection, one: deciding.Appearance) -> int:
    """A new entity, of which nothing is known yet; its number."""
    return _made(connection, [one])[0]


def learn(connection: Connection, learnt: Mapping[int, deciding.Known]) -> None:
    """Keep what is now known of entities, and the names that follow from it."""
    given = given_names(connection, list(learnt))
    called = select(entities.c.id, entities.c.name).where(entities.c.id.in_(list(learnt)))
    before = {row.id: row.name for row in connection.execute(called)}
    rows = [
        {"of": id, "now": known.as_json(), "called": given.get(id) or column(known.name)}
        for id, known in learnt.items()
    ]
    changed = update(entities).where(entities.c.id == bindparam("of"))
    connection.execute(changed.values(known=bindparam("now"), name=bindparam("called")), rows)
    # Statements are found by the name that an entity has now.
    index_again(connection, [id for id, row in zip(learnt, rows, strict=True) if before[id] != row["called"]])


def index_again(connection: Connection, ids: Collection[int]) -> None:
    """Index the statements again that these entities speak in, are spoken of in, or are labelled in."""
    if not ids:
        return
    meant = select(parts.c.statement_id).where(parts.c.entity_id.in_(ids))
    labelled = select(labels.c.statement_id).where(labels.c.entity_id.in_(ids))
    found: set[int | None] = {*connection.scalars(meant), *connection.scalars(labelled)}
    index.reindex(connection, [id for id in found if id is not None])


def _name(connection: Connection, ones: Sequence[tuple[int, deciding.Appearance]]) -> None:
    """Keep the names and the keys that appearances add to their entities."""
    keys = {(key, id) for id, one in ones for key in deciding.keys(one) if len(key) <= 2 * _LONGEST_NAME}
    upsert(connection, entity_keys, [{"key": key, "entity_id": id} for key, id in sorted(keys)])
    counts: Counter[tuple[int, str]] = Counter()
    for id, one in ones:
        counts.update({(id, column(name)) for name in (one.name, *one.labels)})
    _count_names(connection, counts)


def names_of(connection: Connection, id: int) -> dict[str, int]:
    """The names of an entity, and in how many articles it has each."""
    query = select(entity_names.c.name, entity_names.c.articles).where(entity_names.c.entity_id == id)
    return dict(connection.execute(query).all())


def add_names(connection: Connection, id: int, counts: Mapping[str, int]) -> None:
    """Names of an entity, each in so many articles more."""
    merged: Counter[tuple[int, str]] = Counter()
    for name, more in counts.items():
        merged[(id, column(name))] += more
    _count_names(connection, merged)


def _count_names(connection: Connection, counts: Mapping[tuple[int, str], int]) -> None:
    rows = [
        {"entity_id": id, "name": name, "folded": " ".join(words(name)), "articles": more}
        for (id, name), more in counts.items()
        if len(name) <= _LONGEST_NAME
    ]
    upsert(connection, entity_names, rows, lambda new: {"articles": entity_names.c.articles + new.articles})


def renew(connection: Connection, id: int, ones: Sequence[deciding.Appearance]) -> None:
    """Put what is known of an entity anew, with its names and keys, as all its appearances tell it."""
    learn(connection, {id: deciding.Known.of(str(id), ones)})
    for table in (entity_names, entity_keys):
        connection.execute(delete(table).where(table.c.entity_id == id))
    _name(connection, [(id, one) for one in ones])


def know_again(connection: Connection, id: int) -> None:
    """What is known of an entity from the articles themselves, after a merge, a split or a deletion.

    One that no article tells of, but people gave statements to, has the names that they gave.
    """
    type = connection.scalar(select(entities.c.type).where(entities.c.id == id))
    if type is None:
        return
    ones = _told(connection, bases_of(connection, id))
    if not ones:
        given = select(parts.c.name).where(parts.c.base_id == id).distinct().order_by(parts.c.name)
        ones = [deciding.Appearance(type=type, name=name) for name in connection.scalars(given)]
    if ones:
        renew(connection, id, ones)
    name = given_names(connection, [id]).get(id)
    if name is not None:
        add_names(connection, id, {name: 0})
        connection.execute(update(entities).where(entities.c.id == id).values(name=name))
        index_again(connection, [id])


def bases_of(connection: Connection, id: int) -> list[int]:
    """An entity and all that were merged into it, directly or not."""
    found, open_ = {id}, {id}
    while open_:
        merged = set(connection.scalars(select(entities.c.id).where(entities.c.merged_into.in_(open_))))
        open_ = merged - found
        found |= merged
    return sorted(found)


def _told(connection: Connection, bases: Sequence[int]) -> list[deciding.Appearance]:
    """The appearances given to these entities, of each article those of its last version with them."""
    found = connection.execute(
        select(appearances.c.base_id, appearances.c.local, versions.c.article_id, versions.c.record)
        .join(versions, versions.c.id == appearances.c.version_id)
        .where(appearances.c.base_id.in_(bases))
        .order_by(versions.c.article_id, versions.c.number, appearances.c.id)
    )
    last = {(row.article_id, row.base_id): row for row in found}
    return [
        one
        for row in last.values()
        for local, one in deciding.appearances(unpacked(row.record))
        if local == row.local
    ]


__all__ = [
    "Joined",
    "add_names",
    "bases_of",
    "index_again",
    "join",
    "know_again",
    "make",
    "renew",
    "roots_of",
]
