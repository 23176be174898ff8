"""From a reading with its reviews to rows: all that is derived of one version of an article.

Rows of statements stay where they are when the article is read again, so that their numbers are
permanent: by the attribution's id they are found again, and one that is gone is kept as not current.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from quotidian.sentences import sentences
from quotidian.store import index, inserted, joining, replaced
from quotidian.store.records import column, column_or_none
from quotidian.store.reviewed import Reviewed
from quotidian.store.tables import appearances, entities, labels, parts, statements, versions
from quotidian.store.words import words
from quotidian.types import Article, Passage, Said, Span, Statement
from quotidian.when.edtf import bounds


@dataclass(frozen=True, slots=True)
class Version:
    """Where rows belong."""

    id: int
    article: int
    number: int
    outlet: int | None
    published_day: str | None
    current: bool
    new: bool = False  # nothing of it is in the archive yet


def put(connection: Connection, version: Version, article: Article, read: Reviewed) -> int:
    """Make the rows of a version be those of this reading; the result is how many statements it has.

    Args:
        connection: where.
        version: of what.
        article: as read: who appears in it does not depend on reviews.
        read: the same, with people's decisions.
    """
    joined = _with_given(connection, joining.join(connection, version, article), read)
    ids = _put_statements(connection, version, read, joined)
    _put_parts(connection, version, read, ids, joined)
    _put_labels(connection, version, read.article, ids, joined)
    if version.current:
        index.reindex(connection, list(ids.values()))
    if not version.new:
        # 1 (joined) becomes 2 (changed since): see tracing/joining.py.
        connection.execute(
            update(versions).where(versions.c.id == version.id, versions.c.joined == 1).values(joined=2)
        )
    return len(read.article.statements)


def _with_given(connection: Connection, joined: joining.Joined, read: Reviewed) -> joining.Joined:
    """With where merges led the entities that people named, which need not be the article's own."""
    named = {given.get("speaker") for given in read.given.values()}
    named |= {id for given in read.given.values() for id in given.get("about", ())}
    new = {id for id in named if id is not None and id not in joined.roots}
    return replace(joined, roots={**joined.roots, **joining.roots_of(connection, new)}) if new else joined


def retire(connection: Connection, version_id: int) -> None:
    """Make a version one of the past: its rows stay, and search shows them no more."""
    ids = list(connection.scalars(select(statements.c.id).where(statements.c.version_id == version_id)))
    index.drop(connection, ids)
    for table in (statements, labels, appearances):
        connection.execute(update(table).where(table.c.version_id == version_id).values(current=0))


def contexts(text: str, made: Iterable[Statement]) -> list[Span]:
    """For each statement the sentences that hold all of it, from the first to the last."""
    found = sentences(text)
    starts, ends = [span.start for span in found], [span.end for span in found]
    result = []
    for statement in made:
        start, end = _reach(statement)
        inside = found[bisect_right(ends, start) : bisect_left(starts, end)]
        result.append(Span(min([start, *(s.start for s in inside)]), max([end, *(s.end for s in inside)])))
    return result


def days(said: Said, published: str | None) -> tuple[str | None, str | None, str | None]:
    """The first and last day that it may have been said, and the day that it is sorted by (ISO).

    >>> days(Said("../2026-03-07", "published", 0.9), "2026-03-07")
    (None, '2026-03-07', '2026-03-07')
    """
    if said.edtf is None:
        return None, None, published
    first, last = bounds(said.edtf)
    until = last.isoformat() if last else None
    return first.isoformat() if first else None, until, until or published


# --- statements ---------------------------------------------------------------------------------


def _put_statements(
    connection: Connection, version: Version, read: Reviewed, joined: joining.Joined
) -> dict[str, int]:
    """The statements' numbers by key."""
    keys = select(statements.c.key, statements.c.id).where(statements.c.version_id == version.id)
    before = {} if version.new else {row.key: row.id for row in connection.execute(keys)}
    if before:
        index.drop(connection, list(before.values()))
        connection.execute(
            update(statements).where(statements.c.version_id == version.id).values(current=0, parent_id=None)
        )
    standing = read.article.statements
    every = (*standing, *read.rejected)
    made = {
        statement.attribution.id: _row(version, read, statement, ordinal, context, joined)
        for ordinal, (statement, context) in enumerate(
            zip(every, contexts(read.article.text, every), strict=True), start=1
        )
    }
    known = [{"of": before[key], **row} for key, row in made.items() if key in before]
    if known:
        columns: dict[str, Any] = {name: bindparam(name) for name in known[0] if name != "of"}
        connection.execute(
            update(statements).where(statements.c.id == bindparam("of")).values(columns), known
        )
    new = [row for key, row in made.items() if key not in before]
    ids = {key: before[key] for key in made if key in before}
    ids.update(zip((row["key"] for row in new), inserted.numbers(connection, statements, new), strict=True))
    inside = [
        {"of": ids[found.id], "parent": ids[found.parent]}
        for found in read.article.attributions
        if found.parent in ids
    ]
    if inside:
        connection.execute(
            update(statements)
            .where(statements.c.id == bindparam("of"))
            .values(parent_id=bindparam("parent")),
            inside,
        )
    return ids


def _row(
    version: Version, read: Reviewed, made: Statement, ordinal: int, context: Span, joined: joining.Joined
) -> dict[str, Any]:
    found, speaker = made.attribution, made.speaker
    first, last, day = days(made.said, version.published_day)
    state = read.states.get(found.id, "unreviewed")
    return {
        "key": found.id,
        "article_id": version.article,
        "version_id": version.id,
        "outlet_id": version.outlet,
        "ordinal": ordinal,
        "current": int(version.current and state != "rejected"),
        "state": state,
        "source": column(found.source.text) if found.source else None,
        "cue": column(found.cue.text),
        "content": column(found.content.text),
        "source_spans": _spans(found.source),
        "cue_spans": _spans(found.cue),
        "content_spans": _spans(found.content),
        "context_start": context.start,
        "context_end": context.end,
        "directness": found.directness,
        "depth": found.depth,
        "speaker_kind": speaker.kind,
        "speaker_name": column_or_none(speaker.name),
        "speaker_id": joined.now(_speaker_base(read, made, joined)),
        "role": column(speaker.role.passage.text) if speaker.role else None,
        "organisation": column(speaker.organisation.passage.text) if speaker.organisation else None,
        "via": column(made.via.passage.text) if made.via else None,
        "said": made.said.edtf,
        "said_from": made.said.from_,
        "said_first": first,
        "said_last": last,
        "day": day,
        "act": made.act.value,
        "negated": int(made.act.negated),
        "stance": made.stance.value,
        "confidence": round(found.confidence, 4),
        "speaker_confidence": round(speaker.confidence, 4),
    }


def _spans(passage: Passage | None) -> list[list[int]] | None:
    return [list(span) for span in passage.spans] if passage else None


def _reach(made: Statement) -> tuple[int, int]:
    found = made.attribution
    passages = [passage for passage in (found.source, found.cue, found.content) if passage]
    return min(passage.start for passage in passages), max(passage.end for passage in passages)


# --- those who are meant ------------------------------------------------------------------------


def _speaker_base(read: Reviewed, made: Statement, joined: joining.Joined) -> int | None:
    given = read.given.get(made.attribution.id, {})
    if "speaker" in given:
        named: int | None = given["speaker"]
        return named
    return joined.base(made.speaker.entity)


def _put_parts(
    connection: Connection, version: Version, read: Reviewed, ids: Mapping[str, int], joined: joining.Joined
) -> None:
    if not version.new:
        connection.execute(delete(parts).where(parts.c.statement_id.in_(ids.values())))
    rows: list[dict[str, Any]] = []
    for made in (*read.article.statements, *read.rejected):
        key, speaker = made.attribution.id, made.speaker
        add = _Parts(rows, ids[key], joined)
        if speaker.name is not None:
            base = _speaker_base(read, made, joined)
            add("speaker", [(base, speaker.name, speaker.confidence)])
        add("also", [(joined.base(who.entity), who.name, who.confidence) for who in speaker.also])
        add("maybe", [(joined.base(who.entity), who.name, who.confidence) for who in speaker.maybe])
        named: Sequence[int | None] | None = read.given.get(key, {}).get("about")
        about = [
            (named[n] if named is not None else joined.base(who.entity), who.name, who.confidence)
            for n, who in enumerate(made.about)
        ]
        add("about", about)
    if rows:
        connection.execute(insert(parts), rows)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Adds those who are one part of a statement."""

    rows: list[dict[str, Any]]
    statement: int
    joined: joining.Joined

    def __call__(self, part: str, whom: Iterable[tuple[int | None, str, float]]) -> None:
        for ordinal, (base, name, confidence) in enumerate(whom):
            self.rows.append(
                {
                    "statement_id": self.statement,
                    "part": part,
                    "ordinal": ordinal,
                    "base_id": base,
                    "entity_id": self.joined.now(base),
                    "name": column(name),
                    "confidence": round(confidence, 4),
                }
            )


# What makes a label the same one in another reading.
_LABEL = ("form", "marks", "text", "spans")


def _put_labels(
    connection: Connection, version: Version, article: Article, ids: Mapping[str, int], joined: joining.Joined
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "version_id": version.id,
            "base_id": base,
            "entity_id": joined.now(base),
            "statement_id": ids.get(label.by) if label.by else None,
            "current": int(version.current),
            "form": label.form,
            "marks": " ".join(label.marks),
            "text": column(label.passage.text),
            "folded": " ".join(words(label.passage.text)),
            "spans": _spans(label.passage),
        }
        for entity in article.entities
        if (base := joined.base(entity.id)) is not None
        for label in entity.labels
    ]
    if version.new:
        replaced.put(connection, labels, rows)
    else:
        replaced.put(connection, labels, rows, where=labels.c.version_id == version.id, by=_LABEL)


# --- merged entities ----------------------------------------------------------------------------


def repoint(connection: Connection, bases: Sequence[int], now: int) -> None:
    """Rows given to the entities ``bases`` are now those of the entity ``now``."""
    for table in (appearances, parts, labels):
        connection.execute(update(table).where(table.c.base_id.in_(bases)).values(entity_id=now))
    spoken = select(parts.c.statement_id).where(parts.c.base_id.in_(bases), parts.c.part == "speaker")
    connection.execute(update(statements).where(statements.c.id.in_(spoken)).values(speaker_id=now))
    joining.index_again(connection, [now])


def speakers(connection: Connection, version: int) -> list[int]:
    """The entities that speak in a version."""
    said = select(statements.c.speaker_id).where(statements.c.version_id == version)
    return [id for id in connection.scalars(said.distinct()) if id is not None]


def count(connection: Connection, ids: Iterable[int]) -> None:
    """Count again what these entities have said."""
    wanted = list(set(ids))
    if not wanted:
        return
    said = (
        select(func.count())
        .select_from(statements)
        .where(statements.c.speaker_id == entities.c.id, statements.c.current == 1)
        .scalar_subquery()
    )
    connection.execute(update(entities).where(entities.c.id.in_(wanted)).values(statements=said))
