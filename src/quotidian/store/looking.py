"""Rows → the values that are shown: hits, articles, counts. What is suppressed is left out here."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from quotidian.errors import NotInArchive
from quotidian.store import log
from quotidian.store.facts import ROW
from quotidian.store.records import number, unpacked
from quotidian.store.reviewed import reviewed
from quotidian.store.tables import (
    appearances,
    articles,
    entities,
    facts,
    outlets,
    pages,
    pairs,
    parts,
    reviews,
    statements,
    versions,
)
from quotidian.store.values import Counts, Head, Hit, Named, Outlet, Share, StoredArticle
from quotidian.types import Article, Passage, Span

# So many at once: SQLite takes 32,766 parameters in a query, older ones 999.
_AT_ONCE = 500


def hits(connection: Connection, ids: Sequence[int]) -> tuple[Hit, ...]:
    """The statements of these numbers, in this order; those that are not there or hidden are left out."""
    found: dict[int, Hit] = {}
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        rows = connection.execute(_statements().where(statements.c.id.in_(some))).all()
        texts = _texts(connection, {row.version_id for row in rows})
        named = _named(connection, [row.id for row in rows])
        heads = heads_of(connection, {row.version_id for row in rows})
        for row in rows:
            found[row.id] = _hit(row, texts[row.version_id], named[row.id], heads[row.version_id])
    return tuple(found[id] for id in ids if id in found)


def statement(connection: Connection, id: int) -> Hit:
    """See :meth:`quotidian.store.archive.Archive.statement`."""
    found = hits(connection, [number(id)])
    if not found:
        raise NotInArchive(f"there is no statement {id} in the archive")
    return found[0]


def article(connection: Connection, id: int, version: int | None) -> StoredArticle:
    """See :meth:`quotidian.store.archive.Archive.article`."""
    row = connection.execute(_version(id, version)).first()
    if row is None:
        of = f" in version {version}" if version is not None else ""
        raise NotInArchive(f"there is no article {id}{of} in the archive")
    read = reviewed(unpacked(row.record), log.decisions(connection, row.article_id, row.number))
    there = connection.execute(
        select(statements.c.id, statements.c.key)
        .where(statements.c.version_id == row.id, statements.c.state != "rejected")
        .order_by(statements.c.ordinal)
    ).all()
    shown = hits(connection, [one.id for one in there])
    standing = {made.attribution.id for made in read.article.statements}
    shown = tuple(hit for hit in shown if hit.key in standing)
    met = connection.execute(
        select(appearances.c.local, appearances.c.entity_id, entities.c.state)
        .join(entities, entities.c.id == appearances.c.entity_id)
        .where(appearances.c.version_id == row.id)
    ).all()
    hidden = {one.local for one in met if one.state == "suppressed"}
    head = heads_of(connection, [row.id])[row.id]
    own = replace(
        read.article,
        id=head.own_id,
        url=read.article.url or head.url,
        outlet=read.article.outlet or (head.outlet.name if head.outlet else None),
    )
    return StoredArticle(
        head=head,
        article=_without(own, {hit.key for hit in shown}, hidden),
        hits=shown,
        entities={one.local: one.entity_id for one in met if one.local not in hidden},
        share=Share(row.letters, row.letters_attributed, row.letters_unnamed),
    )


def reading(connection: Connection, id: int) -> Article:
    """See :meth:`quotidian.store.archive.Archive.reading`."""
    record = connection.scalar(_version(id, None).with_only_columns(versions.c.record))
    if record is None:
        raise NotInArchive(f"there is no article {id} in the archive")
    return unpacked(record)


def page(connection: Connection, id: int, version: int | None) -> bytes | None:
    """See :meth:`quotidian.store.archive.Archive.page`."""
    row = connection.execute(_version(id, version)).first()
    if row is None:
        raise NotInArchive(f"there is no article {id} in the archive")
    body = connection.scalar(select(pages.c.body).where(pages.c.version_id == row.id))
    return None if body is None else zlib.decompress(body)


def heads(connection: Connection, *, outlet: int | None, limit: int, offset: int) -> tuple[Head, ...]:
    """See :meth:`quotidian.store.archive.Archive.heads`."""
    query = (
        select(versions.c.id)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(versions.c.current == 1)
        .order_by(versions.c.published_day.desc().nulls_last(), versions.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if outlet is not None:
        query = query.where(articles.c.outlet_id == number(outlet))
    ids = list(connection.scalars(query))
    made = heads_of(connection, ids)
    return tuple(made[id] for id in ids)


def find(connection: Connection, own_id: str) -> tuple[Head, ...]:
    """See :meth:`quotidian.store.archive.Archive.find`."""
    query = (
        select(versions.c.id)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(articles.c.own_id == own_id.replace("\0", "\ufffd"), versions.c.current == 1)
        .order_by(versions.c.id)
    )
    ids = list(connection.scalars(query))
    made = heads_of(connection, ids)
    return tuple(made[id] for id in ids)


def counts(connection: Connection) -> Counts:
    """See :meth:`quotidian.store.archive.Archive.counts`."""

    def of(query: Select[Any]) -> int:
        return int(connection.execute(query).scalar_one())

    def rows(table: Any) -> Select[Any]:
        return select(func.count()).select_from(table)

    dated = and_(versions.c.current == 1, versions.c.published_day.is_not(None))
    days = select(func.min(versions.c.published_day), func.max(versions.c.published_day)).where(dated)
    first, last = connection.execute(days).one()
    own = select(entities.c.id).where(entities.c.state == "active")
    return Counts(
        articles=of(rows(articles)),
        versions=of(rows(versions)),
        statements=_shown(connection),
        entities=of(rows(entities).where(entities.c.state == "active")),
        outlets=of(rows(outlets)),
        reviews=of(rows(reviews)),
        unsure_pairs=of(rows(pairs).where(pairs.c.state == "unsure", pairs.c.a.in_(own), pairs.c.b.in_(own))),
        first_day=first,
        last_day=last,
    )


def _shown(connection: Connection) -> int:
    """How many statements search shows: what the blocks of facts hold."""
    size = connection.execute(select(func.sum(func.length(facts.c.rows)))).scalar_one()
    return int(size or 0) // ROW.itemsize


def check(connection: Connection) -> tuple[str, ...]:
    """Rows that do not agree with the readings that they come from, a sentence each."""
    problems = []
    for row in connection.execute(select(versions).execution_options(yield_per=_AT_ONCE)):
        where = f"article {row.article_id}, version {row.number}"
        try:
            read = unpacked(row.record)
        except Exception as error:
            problems.append(
                f"article {row.article_id}, version {row.number}: its reading is damaged ({error})"
            )
            continue
        if row.text != read.text.replace("\0", "\ufffd") or row.text_sha256 != read.text_sha256:
            problems.append(f"{where}: its text is not the one read")
    placed = select(statements, versions.c.text).join(versions, versions.c.id == statements.c.version_id)
    for row in connection.execute(placed.execution_options(yield_per=_AT_ONCE)):
        for role in ("source", "cue", "content"):
            spans = getattr(row, f"{role}_spans") or []
            if spans and " ".join(row.text[start:end] for start, end in spans) != getattr(row, role):
                problems.append(f"statement {row.id}: its {role} is not what stands at its place")
    twice = (
        select(versions.c.article_id)
        .where(versions.c.current == 1)
        .group_by(versions.c.article_id)
        .having(func.count() > 1)
    )
    problems += [f"article {id} has two current versions" for id in connection.scalars(twice)]
    return tuple(problems)


# --- parts of a hit -----------------------------------------------------------------------------


def _statements() -> Select[Any]:
    """Statements, those of suppressed speakers left out."""
    return (
        select(statements)
        .outerjoin(entities, entities.c.id == statements.c.speaker_id)
        .where(func.coalesce(entities.c.state, "active") != "suppressed")
    )


def _version(id: int, version: int | None) -> Select[Any]:
    this = versions.c.current == 1 if version is None else versions.c.number == number(version)
    return select(versions).where(versions.c.article_id == number(id), this)


def _texts(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    query = select(versions.c.id, versions.c.text).where(versions.c.id.in_(list(ids)))
    return dict(connection.execute(query).all())


def _named(connection: Connection, ids: Sequence[int]) -> Mapping[int, Mapping[str, list[Named]]]:
    """Who is meant by each statement, by part; the suppressed left out."""
    query = (
        select(parts)
        .outerjoin(entities, entities.c.id == parts.c.entity_id)
        .where(parts.c.statement_id.in_(ids), func.coalesce(entities.c.state, "active") != "suppressed")
        .order_by(parts.c.statement_id, parts.c.part, parts.c.ordinal)
    )
    found: dict[int, dict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(query):
        found[row.statement_id][row.part].append(Named(row.entity_id, row.name, row.confidence))
    return found


def heads_of(connection: Connection, ids: Iterable[int]) -> dict[int, Head]:
    """Heads of articles, by the number of the version."""
    siblings = versions.alias()
    many = (
        select(func.count())
        .where(siblings.c.article_id == versions.c.article_id)
        .correlate(versions)
        .scalar_subquery()
    )
    columns = [
        versions.c[name]
        for name in (
            "id",
            "number",
            "title",
            "byline",
            "published",
            "published_day",
            "read_at",
            "model",
            "reason",
        )
    ]
    query = (
        select(
            *columns,
            versions.c.article_id,
            articles.c.own_id,
            articles.c.url,
            outlets.c.id.label("outlet_id"),
            outlets.c.name.label("outlet_name"),
            many.label("many"),
        )
        .join(articles, articles.c.id == versions.c.article_id)
        .outerjoin(outlets, outlets.c.id == articles.c.outlet_id)
    )
    wanted = list(ids)
    found = (
        row
        for at in range(0, len(wanted), _AT_ONCE)
        for row in connection.execute(query.where(versions.c.id.in_(wanted[at : at + _AT_ONCE])))
    )
    return {
        row.id: Head(
            id=row.article_id,
            own_id=row.own_id,
            version=row.number,
            versions=row.many,
            url=row.url,
            outlet=Outlet(row.outlet_id, row.outlet_name) if row.outlet_id is not None else None,
            title=row.title,
            byline=row.byline,
            published=row.published,
            published_day=row.published_day,
            read_at=row.read_at,
            model=row.model,
            reason=row.reason,
        )
        for row in found
    }


def _hit(row: Row[Any], text: str, named: Mapping[str, list[Named]], head: Head) -> Hit:
    cue, content = _passage(row.cue_spans, text), _passage(row.content_spans, text)
    assert cue is not None and content is not None
    return Hit(
        id=row.id,
        key=row.key,
        article=head,
        source=_passage(row.source_spans, text),
        cue=cue,
        content=content,
        context=Span(row.context_start, row.context_end),
        words=text[row.context_start : row.context_end],
        directness=row.directness,
        depth=row.depth,
        parent=row.parent_id,
        kind=row.speaker_kind,
        speaker=next(iter(named["speaker"]), None) if "speaker" in named else None,
        also=tuple(named.get("also", ())),
        maybe=tuple(named.get("maybe", ())),
        about=tuple(named.get("about", ())),
        role=row.role,
        organisation=row.organisation,
        via=row.via,
        said=row.said,
        said_from=row.said_from,
        day=row.day,
        act=row.act,
        negated=bool(row.negated),
        stance=row.stance,
        confidence=row.confidence,
        speaker_confidence=row.speaker_confidence,
        state=row.state,
        current=bool(row.current),
    )


def _passage(spans: Sequence[Sequence[int]] | None, text: str) -> Passage | None:
    return Passage.of(text, [(start, end) for start, end in spans]) if spans else None


def _without(article: Article, shown: set[str], hidden: set[str]) -> Article:
    """The article without hidden entities and the statements that they speak."""
    if not hidden and len(shown) == len(article.statements):
        return article
    statements = tuple(
        replace(
            made,
            speaker=replace(
                made.speaker,
                also=tuple(who for who in made.speaker.also if who.entity not in hidden),
                maybe=tuple(who for who in made.speaker.maybe if who.entity not in hidden),
            ),
            about=tuple(who for who in made.about if who.entity not in hidden),
            attribution=replace(
                made.attribution, parent=made.attribution.parent if made.attribution.parent in shown else None
            ),
        )
        for made in article.statements
        if made.attribution.id in shown and made.speaker.entity not in hidden
    )
    standing = {made.attribution.id for made in statements}
    return replace(
        article,
        statements=statements,
        attributions=tuple(made.attribution for made in statements),
        entities=tuple(
            replace(
                entity,
                labels=tuple(
                    label if label.by in standing else replace(label, by=None) for label in entity.labels
                ),
            )
            for entity in article.entities
            if entity.id not in hidden
        ),
        mentions=tuple(
            found
            for found in article.mentions
            if found.entity not in hidden and not hidden & set(found.maybe)
        ),
    )
