"""What the archive knows of people, organisations, groups and places."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select

from quotidian.errors import NotInArchive
from quotidian.store import fulltext, joining, looking
from quotidian.store.records import number
from quotidian.store.tables import (
    appearances as met,
)
from quotidian.store.tables import (
    articles,
    entity_names,
    identifiers,
    labels,
    outlets,
    parts,
    statements,
    versions,
)
from quotidian.store.tables import (
    entities as known,
)
from quotidian.store.tables import (
    pairs as asked,
)
from quotidian.store.values import (
    Appearance,
    EntityHead,
    Identifier,
    LabelUse,
    Name,
    Named,
    Office,
    Outlet,
    Pair,
    PairState,
    StoredEntity,
)
from quotidian.store.words import words
from quotidian.types import MentionType

_MOST_LABELS = 500


def entity(connection: Connection, id: int) -> StoredEntity:
    """See :meth:`quotidian.store.archive.Archive.entity`."""
    row = connection.execute(select(known).where(known.c.id == number(id))).first()
    if row is None or row.state == "suppressed":
        raise NotInArchive(f"there is no entity {id} in the archive")
    names = select(entity_names).where(entity_names.c.entity_id == id)
    ordered = names.order_by(entity_names.c.articles.desc(), entity_names.c.name)
    of_it = select(func.count(met.c.version_id.distinct())).where(met.c.entity_id == id, met.c.current == 1)
    own = identifiers.c.entity_id.in_(joining.bases_of(connection, id))
    same = select(identifiers).where(own).order_by(identifiers.c.service, identifiers.c.identifier)
    return StoredEntity(
        head=_head(row),
        names=tuple(Name(one.name, one.articles) for one in connection.execute(ordered)),
        offices=_offices(connection, id),
        labels=_labels(connection, id),
        identifiers=tuple(
            Identifier(one.service, one.identifier, one.name, one.url) for one in connection.execute(same)
        ),
        articles=int(connection.execute(of_it).scalar_one()),
    )


def entities(
    connection: Connection, name: str, *, type: MentionType | None, limit: int, offset: int
) -> tuple[EntityHead, ...]:
    """See :meth:`quotidian.store.archive.Archive.entities`."""
    query = select(known).where(known.c.state == "active")
    if type is not None:
        query = query.where(known.c.type == type)
    query = query.where(*fulltext.called(connection, words(name)))
    ordered = query.order_by(known.c.statements.desc(), known.c.name, known.c.id)
    return tuple(_head(row) for row in connection.execute(ordered.limit(limit).offset(offset)))


def appearances(connection: Connection, id: int, *, limit: int | None, offset: int) -> tuple[Appearance, ...]:
    """See :meth:`quotidian.store.archive.Archive.appearances`."""
    rows = connection.execute(
        select(met)
        .join(known, known.c.id == met.c.entity_id)
        .where(known.c.id == number(id), known.c.state != "suppressed", met.c.current == 1)
        .order_by(met.c.day.desc().nulls_last(), met.c.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()
    heads = looking.heads_of(connection, [row.version_id for row in rows])
    return tuple(
        Appearance(
            id=row.id,
            local=row.local,
            entity=row.entity_id,
            name=row.name,
            role=row.role,
            organisation=row.organisation,
            article=heads[row.version_id],
            by=row.by,
            score=row.score,
            because=tuple(row.because),
        )
        for row in rows
    )


def pairs(
    connection: Connection, state: PairState, *, entity: int | None, limit: int, offset: int
) -> tuple[Pair, ...]:
    """See :meth:`quotidian.store.archive.Archive.pairs`; only of two that are both still their own."""
    states = ("active",) if state != "same" else ("active", "merged")
    shown = select(known.c.id).where(known.c.state.in_(states))
    query = select(asked).where(asked.c.state == state, asked.c.a.in_(shown), asked.c.b.in_(shown))
    if entity is not None:
        one = number(entity)
        query = query.where((asked.c.a == one) | (asked.c.b == one))
    rows = connection.execute(
        query.order_by(asked.c.score.desc(), asked.c.a, asked.c.b).limit(limit).offset(offset)
    ).all()
    ids = {id for row in rows for id in (row.a, row.b)}
    heads = {row.id: _head(row) for row in connection.execute(select(known).where(known.c.id.in_(ids)))}
    return tuple(Pair(heads[row.a], heads[row.b], row.state, row.score, tuple(row.because)) for row in rows)


def _head(row: Row[Any]) -> EntityHead:
    return EntityHead(row.id, row.type, row.name, row.state, row.merged_into, row.statements)


def _offices(connection: Connection, id: int) -> tuple[Office, ...]:
    """Roles and organisations over time, the last first."""
    many = func.count().label("articles")
    first, last = func.min(met.c.day).label("first"), func.max(met.c.day).label("last")
    query = (
        select(met.c.role, met.c.organisation, first, last, many)
        .where(
            met.c.entity_id == id,
            met.c.current == 1,
            met.c.role.is_not(None) | met.c.organisation.is_not(None),
        )
        .group_by(met.c.role, met.c.organisation)
        .order_by(last.desc().nulls_last(), many.desc(), met.c.role, met.c.organisation)
    )
    return tuple(
        Office(row.role, row.organisation, row.first, row.last, row.articles)
        for row in connection.execute(query)
    )


def _labels(connection: Connection, id: int) -> tuple[LabelUse, ...]:
    """What it is called, by whom, how often: the most frequent first."""
    speaker = parts.alias()
    uses = func.count().label("uses")
    query = (
        select(
            labels.c.text,
            labels.c.form,
            labels.c.marks,
            speaker.c.entity_id.label("by_id"),
            speaker.c.name.label("by_name"),
            outlets.c.id.label("outlet_id"),
            outlets.c.name.label("outlet_name"),
            uses,
            func.min(labels.c.statement_id).label("statement"),
            func.min(versions.c.article_id).label("article"),
        )
        .join(versions, versions.c.id == labels.c.version_id)
        .join(articles, articles.c.id == versions.c.article_id)
        .outerjoin(outlets, outlets.c.id == articles.c.outlet_id)
        .outerjoin(statements, statements.c.id == labels.c.statement_id)
        .outerjoin(
            speaker,
            (speaker.c.statement_id == labels.c.statement_id)
            & (speaker.c.part == "speaker")
            & (speaker.c.ordinal == 0),
        )
        .outerjoin(known, known.c.id == speaker.c.entity_id)
        .where(
            labels.c.entity_id == id,
            labels.c.current == 1,
            func.coalesce(known.c.state, "active") != "suppressed",
        )
        .group_by(
            labels.c.text,
            labels.c.form,
            labels.c.marks,
            speaker.c.entity_id,
            speaker.c.name,
            outlets.c.id,
            outlets.c.name,
            labels.c.statement_id.is_(None),
        )
        .order_by(uses.desc(), labels.c.text, speaker.c.name, outlets.c.name)
        .limit(_MOST_LABELS)
    )
    return tuple(
        LabelUse(
            row.text,
            row.form,
            row.marks,
            Named(row.by_id, row.by_name, 1.0) if row.by_name is not None else None,
            Outlet(row.outlet_id, row.outlet_name) if row.outlet_id is not None else None,
            row.uses,
            row.statement,
            row.article,
        )
        for row in connection.execute(query)
    )
