"""Whether what tracing keeps hangs together; that it is what joining would make is for `join --again`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, or_, select

from quotidian.store.tables import (
    copies,
    credits,
    links,
    members,
    reports,
    sketches,
    statements,
    stories,
    story_articles,
    story_links,
    utterances,
    versions,
)

_SHOWN = 20  # problems told one by one
_AT_ONCE = 1_000


def check(connection: Connection) -> tuple[str, ...]:
    """What does not hang together, a sentence each; nothing is changed."""
    wrong = [
        problem
        for looked in (_pointing, _waiting, _reports, _sketches, _pairs, _utterances, _stories)
        for problem in looked(connection)
    ]
    if len(wrong) > _SHOWN:
        wrong[_SHOWN:] = [f"and {len(wrong) - _SHOWN:,} more like these"]
    return (*wrong, "what is traced is not right: run `quotidian join --again`") if wrong else ()


def _pointing(connection: Connection) -> Iterator[str]:
    """Rows of what is no longer there."""
    points: tuple[tuple[Table, str, ColumnElement[Any]], ...] = (
        (reports, "statement_id", statements.c.id),
        (reports, "version_id", versions.c.id),
        (sketches, "version_id", versions.c.id),
        (links, "a", reports.c.id),
        (links, "b", reports.c.id),
        (members, "utterance_id", utterances.c.id),
        (members, "report_id", reports.c.id),
        (utterances, "statement_id", statements.c.id),
        (copies, "a", versions.c.id),
        (copies, "b", versions.c.id),
        (credits, "version_id", versions.c.id),
        (credits, "statement_id", statements.c.id),
        (story_links, "a", versions.c.id),
        (story_links, "b", versions.c.id),
        (story_articles, "story_id", stories.c.id),
        (story_articles, "version_id", versions.c.id),
        (stories, "version_id", versions.c.id),
    )
    for table, name, there in points:
        column = table.c[name]
        lost = (
            select(column)
            .outerjoin(there.table, there == column)
            .where(column.is_not(None), there.is_(None))
            .distinct()
        )
        for value in connection.scalars(lost):
            yield f"{table.name}: {name} {value} is not among the {there.table}"


def _waiting(connection: Connection) -> Iterator[str]:
    """Versions that are said to be joined and are not, or were and should be no more."""
    reported = select(reports.c.statement_id).where(reports.c.number == 0)
    lacking = (
        select(statements.c.id)
        .join(versions, versions.c.id == statements.c.version_id)
        .where(
            versions.c.joined == 1,
            versions.c.current == 1,
            statements.c.current == 1,
            statements.c.id.not_in(reported),
        )
    )
    for id in connection.scalars(lacking):
        yield f"statement {id} is said to be joined, and has no report"
    for table in (reports, sketches, copies, story_links, story_articles):
        for name in ("version_id",) if "version_id" in table.c else ("a", "b"):
            left = (
                select(table.c[name])
                .join(versions, versions.c.id == table.c[name])
                .where(versions.c.current == 0)
                .distinct()
            )
            for id in connection.scalars(left):
                yield f"{table.name}: those of version {id}, which is not current, are still there"


def _reports(connection: Connection) -> Iterator[str]:
    """Reports that are not where their statement is."""
    query = (
        select(reports, statements.c.content_spans, statements.c.version_id.label("of"))
        .join(statements, statements.c.id == reports.c.statement_id)
        .join(versions, versions.c.id == reports.c.version_id)
        .where(statements.c.current == 1, versions.c.joined == 1)
    )
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        if row.of != row.version_id:
            yield f"report {row.id} is of another version than its statement"
        elif not row.spans or not all(_within(span, row.content_spans) for span in row.spans):
            yield f"report {row.id} is not within the content of statement {row.statement_id}"


def _within(span: Any, spans: Any) -> bool:
    start, end = span
    return start < end and any(first <= start and end <= last for first, last in spans)


def _sketches(connection: Connection) -> Iterator[str]:
    """Sketches that are not of as many reports as there are."""
    numbers = (
        select(reports.c.version_id, func.count().label("n"))
        .group_by(reports.c.version_id)
        .subquery("numbers")
    )
    query = (
        select(versions.c.id, sketches.c.reports, numbers.c.n)
        .outerjoin(sketches, sketches.c.version_id == versions.c.id)
        .outerjoin(numbers, numbers.c.version_id == versions.c.id)
        .where(versions.c.joined == 1, versions.c.current == 1)
    )
    for id, packed, number in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        if packed is None:
            yield f"version {id} is said to be joined, and has no sketch"
        elif int(np.frombuffer(packed, "<i4", 1)[0]) != (number or 0):
            yield f"the sketch of version {id} is not of its reports"


def _pairs(connection: Connection) -> Iterator[str]:
    """Links that are the wrong way round, of one article, or of no probability."""
    for table in (links, copies, story_links):
        turned = select(table.c.a, table.c.b).where(table.c.a >= table.c.b)
        for a, b in connection.execute(turned):
            yield f"{table.name}: {a} and {b} are the wrong way round"
    one, two = reports.alias(), reports.alias()
    mine, other = versions.alias(), versions.alias()
    same = (
        select(links.c.a, links.c.b)
        .join(one, one.c.id == links.c.a)
        .join(two, two.c.id == links.c.b)
        .join(mine, mine.c.id == one.c.version_id)
        .join(other, other.c.id == two.c.version_id)
        .where(mine.c.article_id == other.c.article_id)
    )
    for a, b in connection.execute(same):
        yield f"links: reports {a} and {b} are of one article"
    unlikely = select(links.c.a, links.c.b).where(or_(links.c.score < 0, links.c.score > 1))
    for a, b in connection.execute(unlikely):
        yield f"links: the score of {a} and {b} is no probability"


def _utterances(connection: Connection) -> Iterator[str]:
    """Utterances whose members are not as they say."""
    inside = (
        select(
            members.c.utterance_id,
            func.count(reports.c.statement_id.distinct()).label("n"),
        )
        .join(reports, reports.c.id == members.c.report_id)
        .group_by(members.c.utterance_id)
        .subquery("inside")
    )
    query = (
        select(utterances.c.id, utterances.c.reports, inside.c.n)
        .outerjoin(inside, inside.c.utterance_id == utterances.c.id)
        .where(or_(inside.c.n.is_(None), inside.c.n < 2, inside.c.n != utterances.c.reports))
    )
    for id, said, found in connection.execute(query):
        yield f"utterance {id} says that {said} statements report it; there are {found or 0}"
    first = (
        select(members.c.utterance_id, reports.c.statement_id)
        .join(reports, reports.c.id == members.c.report_id)
        .distinct()
        .subquery("first")
    )
    joint = and_(first.c.utterance_id == utterances.c.id, first.c.statement_id == utterances.c.statement_id)
    lost: Select[Any] = select(utterances.c.id).outerjoin(first, joint).where(first.c.utterance_id.is_(None))
    for id in connection.scalars(lost):
        yield f"the first report of utterance {id} is not among its reports"


def _stories(connection: Connection) -> Iterator[str]:
    """Stories whose articles are not as many as they say."""
    inside = (
        select(story_articles.c.story_id, func.count().label("n"))
        .group_by(story_articles.c.story_id)
        .subquery("inside")
    )
    query = (
        select(stories.c.id, stories.c.articles, inside.c.n)
        .outerjoin(inside, inside.c.story_id == stories.c.id)
        .where(or_(inside.c.n.is_(None), inside.c.n != stories.c.articles))
    )
    for id, said, found in connection.execute(query):
        yield f"story {id} says that it has {said} articles; there are {found or 0}"
