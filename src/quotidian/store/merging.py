"""What people decide of entities, done and undone: merges, splits, names, and who is not to be shown.

Every decision is a line in the log; merges and splits change which entity a base entity is now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from quotidian import entities as deciding
from quotidian.errors import NotInArchive, ReviewRefused
from quotidian.store import adding, joining, rows
from quotidian.store.log import given_name, keep, undone
from quotidian.store.records import number
from quotidian.store.tables import appearances, entities, entity_names, identifiers, pairs
from quotidian.store.tables import reviews as log
from quotidian.store.upserts import upsert
from quotidian.store.values import Review

_LONGEST_NAME = 300
_SAID_SO = "a person said so"


def _merge(connection: Connection, given: Review, at: datetime) -> Review:
    one, into = entity(connection, given.entity), entity(connection, given.payload.get("into"))
    if one.id == into.id:
        raise ReviewRefused("an entity cannot be merged into itself")
    kept = keep(connection, given, at, {"into": into.id})
    connection.execute(
        update(entities).where(entities.c.id == one.id).values(state="merged", merged_into=into.id)
    )
    _settle_pair(connection, one.id, into.id, "same")
    _repoint(connection, one.id, into.id)
    _know_again(connection, into.id)
    return kept


def _split(connection: Connection, given: Review, at: datetime) -> Review:
    """Appearances that are somebody else's, who becomes an entity of their own."""
    row = entity(connection, given.entity)
    ids = given.payload.get("appearances")
    if not isinstance(ids, Sequence) or not ids or not all(isinstance(id, int) for id in ids):
        raise ReviewRefused("say which articles are of somebody else: a list of appearances")
    ids = [number(id) for id in ids]
    query = select(appearances).where(appearances.c.id.in_(list(ids)), appearances.c.entity_id == row.id)
    found = connection.execute(query).all()
    if len(found) != len(set(ids)):
        raise ReviewRefused(f"some of these are no appearances of entity {row.id}")
    name = checked_name(given.payload["name"]) if given.payload.get("name") else None
    type = connection.scalar(select(entities.c.type).where(entities.c.id == found[0].base_id)) or row.type
    new = joining.make(connection, deciding.Appearance(type=type, name=name or found[0].name))
    bases = [[one.version_id, one.local, one.base_id, one.by] for one in found]
    kept = keep(connection, given, at, {"new": new, "name": name, "moved": bases})
    _assign(connection, found, new, "person")
    _settle_pair(connection, row.id, new, "different")
    _derive(connection, {one.version_id for one in found})
    _know_again(connection, row.id)
    _know_again(connection, new)
    return kept


def _rename(connection: Connection, given: Review, at: datetime) -> Review:
    row = entity(connection, given.entity)
    name = checked_name(given.payload.get("name"))
    kept = keep(connection, given, at, {"name": name, "was": row.name})
    connection.execute(update(entities).where(entities.c.id == row.id).values(name=name))
    joining.add_names(connection, row.id, {name: 0})
    joining.index_again(connection, [row.id])
    return kept


def checked_name(name: Any) -> str:
    """A name as it may be given, white space made single.

    Raises:
        ReviewRefused: it is none.
    """
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST_NAME or "\0" in name:
        raise ReviewRefused(f"a name has 1 to {_LONGEST_NAME} characters")
    return " ".join(name.split())


def _suppress(connection: Connection, given: Review, at: datetime) -> Review:
    row = entity(connection, given.entity)
    kept = keep(connection, given, at, {})
    connection.execute(update(entities).where(entities.c.id == row.id).values(state="suppressed"))
    joining.index_again(connection, [row.id])
    return kept


def _different(connection: Connection, given: Review, at: datetime) -> Review:
    one, other = entity(connection, given.entity), entity(connection, given.payload.get("from"))
    if one.id == other.id:
        raise ReviewRefused("an entity cannot be different from itself")
    kept = keep(connection, given, at, {"from": other.id})
    _settle_pair(connection, one.id, other.id, "different")
    return kept


def _identify(connection: Connection, given: Review, at: datetime) -> Review:
    row = entity(connection, given.entity)
    told = {key: given.payload.get(key) for key in ("service", "identifier", "name", "url")}
    if not isinstance(told["service"], str) or not told["service"]:
        raise ReviewRefused("say which service knows the entity")
    if given.payload.get("nobody"):
        return keep(connection, given, at, {"service": told["service"], "nobody": True})
    if not isinstance(told["identifier"], str) or not told["identifier"]:
        raise ReviewRefused("say which of the candidates it is")
    url = (
        told["url"]
        if isinstance(told["url"], str) and told["url"].startswith(("https://", "http://"))
        else None
    )
    payload = {**told, "name": str(told["name"] or told["identifier"]), "url": url or None}
    _put_identifier(connection, row.id, payload)
    return keep(connection, given, at, payload)


def _put_identifier(connection: Connection, entity: int, payload: Mapping[str, Any]) -> None:
    if payload.get("nobody") or payload.get("erased"):
        return
    one = {"entity_id": entity, **{name: payload[name] for name in ("service", "identifier", "name", "url")}}
    upsert(connection, identifiers, [one], lambda new: {"name": new.name, "url": new.url})


DO: Mapping[str, Callable[[Connection, Review, datetime], Review]] = {
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "suppress": _suppress,
    "different": _different,
    "identify": _identify,
}


def entity(connection: Connection, id: Any) -> Row[Any]:
    """An entity that something can be decided of."""
    wanted = number(id) if isinstance(id, int) and not isinstance(id, bool) else -1
    row = connection.execute(select(entities).where(entities.c.id == wanted)).first()
    if row is None:
        raise NotInArchive(f"there is no entity {id} in the archive")
    if row.state == "merged":
        raise ReviewRefused(f"entity {id} was merged into {row.merged_into}: decide of that one")
    if row.state != "active":
        raise ReviewRefused(f"entity {id} is {row.state}: undo that first")
    return row


def _repoint(connection: Connection, one: int, now: int) -> None:
    """All that was given to an entity, or to those merged into it, is now of another."""
    rows.repoint(connection, joining.bases_of(connection, one), now)
    rows.count(connection, [one, now])


def _assign(connection: Connection, found: Sequence[Row[Any]], base: int, by: str) -> None:
    ids = [row.id for row in found]
    root = joining.roots_of(connection, [base])[base]
    values = {"base_id": base, "entity_id": root, "by": by}
    connection.execute(update(appearances).where(appearances.c.id.in_(ids)).values(values))


def _derive(connection: Connection, version_ids: set[int]) -> None:
    """The rows of versions again: their entities have changed."""
    for version in sorted(version_ids):
        adding.put_again(connection, version)


def _know_again(connection: Connection, id: int) -> None:
    joining.know_again(connection, id)
    rows.count(connection, [id])


def _settle_pair(connection: Connection, one: int, other: int, state: str) -> None:
    two = {"a": min(one, other), "b": max(one, other)}
    row = {**two, "state": state, "score": 0.0, "because": [_SAID_SO]}
    upsert(connection, pairs, [row], lambda new: {"state": new.state})


def _unsettle_pair(connection: Connection, one: int, other: int) -> None:
    """A pair as other decisions left it, or else the machine: waiting if it had asked, or gone."""
    a, b = min(one, other), max(one, other)
    this = (pairs.c.a == a) & (pairs.c.b == b)
    of_one = log.c.kind.in_(tuple(_DECIDES)) & log.c.entity_id.in_((a, b))
    found = connection.execute(select(log).where(of_one).order_by(log.c.id)).all()
    gone = undone(connection, [row.id for row in found])
    states = [
        state
        for row in found
        if row.id not in gone
        for other_end, state in [_DECIDES[row.kind]]
        if {row.entity_id, row.payload.get(other_end)} == {a, b}
    ]
    asked = connection.scalar(select(pairs.c.because).where(this))
    if states:
        connection.execute(update(pairs).where(this).values(state=states[-1]))
    elif asked == [_SAID_SO]:
        connection.execute(delete(pairs).where(this))
    else:
        connection.execute(update(pairs).where(this).values(state="unsure"))


# For each kind of review that settles a pair: where the other one stands, and what they are then.
_DECIDES = {"merge": ("into", "same"), "split": ("new", "different"), "different": ("from", "different")}


# --- undoing ------------------------------------------------------------------------------------


def refuse_out_of_order(connection: Connection, row: Row[Any]) -> None:
    """Merges and splits are taken back from the last one on: each stands on those before it."""
    if row.kind not in ("merge", "split"):
        return
    touched = {row.entity_id, row.payload.get("into"), row.payload.get("new")} - {None}
    later = connection.execute(
        select(log).where(log.c.id > row.id, log.c.kind.in_(("merge", "split"))).order_by(log.c.id)
    ).all()
    gone = undone(connection, [one.id for one in later])
    for one in later:
        theirs = {one.entity_id, one.payload.get("into"), one.payload.get("new")}
        if one.id not in gone and touched & theirs:
            raise ReviewRefused(
                f"review {one.id} came after it and concerns the same entity: undo that first"
            )


def _undo_merge(connection: Connection, row: Row[Any]) -> None:
    one, into = row.entity_id, row.payload["into"]
    connection.execute(update(entities).where(entities.c.id == one).values(state="active", merged_into=None))
    _unsettle_pair(connection, one, into)
    _repoint(connection, one, one)
    _know_again(connection, one)
    _know_again(connection, into)


def _undo_split(connection: Connection, row: Row[Any]) -> None:
    """The appearances go back; the entity made for them stays as a name for the old one."""
    new, old = row.payload["new"], row.entity_id
    touched: set[int] = set()
    for version, local, base, by in row.payload["moved"]:
        of_it = select(appearances).where(appearances.c.version_id == version, appearances.c.base_id == new)
        _assign(connection, connection.execute(of_it.where(appearances.c.local == local)).all(), base, by)
        touched.add(version)
    left = connection.execute(select(appearances).where(appearances.c.base_id == new)).all()
    _assign(connection, left, old, "machine")
    touched.update(one.version_id for one in left)
    connection.execute(update(entities).where(entities.c.id == new).values(state="merged", merged_into=old))
    _unsettle_pair(connection, old, new)
    _repoint(connection, new, old)
    _derive(connection, touched)
    _know_again(connection, old)


def _undo_rename(connection: Connection, row: Row[Any]) -> None:
    this = entities.c.id == row.entity_id
    known = connection.scalar(select(entities.c.known).where(this))
    own = deciding.Known.from_json(known).name if known else row.payload["was"]
    given = given_name(connection, row.entity_id)
    connection.execute(update(entities).where(this).values(name=given or own))
    of_it = entity_names.c.entity_id == row.entity_id, entity_names.c.name == row.payload["name"]
    connection.execute(delete(entity_names).where(*of_it, entity_names.c.articles == 0))
    if given:
        joining.add_names(connection, row.entity_id, {given: 0})
    joining.index_again(connection, [row.entity_id])


def _undo_suppress(connection: Connection, row: Row[Any]) -> None:
    this = (entities.c.id == row.entity_id) & (entities.c.state == "suppressed")
    connection.execute(update(entities).where(this).values(state="active"))
    joining.index_again(connection, [row.entity_id])


def _undo_different(connection: Connection, row: Row[Any]) -> None:
    _unsettle_pair(connection, row.entity_id, row.payload["from"])


def _undo_identify(connection: Connection, row: Row[Any]) -> None:
    """The entity's identifiers again, as the other reviews give them."""
    connection.execute(delete(identifiers).where(identifiers.c.entity_id == row.entity_id))
    of_it = log.c.kind == "identify", log.c.entity_id == row.entity_id
    found = connection.execute(select(log).where(*of_it).order_by(log.c.id)).all()
    gone = undone(connection, [one.id for one in found])
    for one in found:
        if one.id not in gone:
            _put_identifier(connection, row.entity_id, one.payload)


UNDO: Mapping[str, Callable[[Connection, Row[Any]], None]] = {
    "merge": _undo_merge,
    "split": _undo_split,
    "rename": _undo_rename,
    "suppress": _undo_suppress,
    "different": _undo_different,
    "identify": _undo_identify,
}
