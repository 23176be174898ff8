"""Articles of one event: links between articles that are alike, and the stories that follow of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from quotidian.store import inserted
from quotidian.store.tables import articles, sketches, stories, story_articles, story_links, versions
from quotidian.trace.stories import DAYS, grouped, similar

_AT_ONCE = 400
# More articles than these are not grouped by average linkage, whose time grows with the square of their
# number: then only what is nearly the same holds a story together.
_LARGEST = 300
_HIGHER = 0.06
# What is as alike as this is one story, however many have it.
_SAME = 0.95


def join(connection: Connection, version_ids: Sequence[int], first: int, last: int) -> None:
    """Look for articles of the days around that are alike, and make the stories of all reached anew."""
    query = select(sketches.c.version_id, sketches.c.day, sketches.c.features).where(
        sketches.c.day.between(first - DAYS, last + DAYS)
    )
    rows = connection.execute(query).all()
    new = set(version_ids)
    mine = [row for row in rows if row.version_id in new]
    found: dict[tuple[int, int], float] = {}
    for i, j, score in similar([row.features for row in mine], [row.features for row in rows]):
        a, b = mine[i], rows[j]
        if a.version_id != b.version_id and abs(a.day - b.day) <= DAYS:
            found[min(a.version_id, b.version_id), max(a.version_id, b.version_id)] = score
    if found:
        connection.execute(
            insert(story_links), [{"a": a, "b": b, "score": score} for (a, b), score in found.items()]
        )
    regroup(connection, new)


def leave(connection: Connection, version_ids: Sequence[int]) -> None:
    """Take versions out of their stories; those stories are counted again when they are next made."""
    for at in range(0, len(version_ids), _AT_ONCE):
        some = version_ids[at : at + _AT_ONCE]
        query = select(story_articles.c.story_id).where(story_articles.c.version_id.in_(some)).distinct()
        met = list(connection.scalars(query))
        connection.execute(delete(story_articles).where(story_articles.c.version_id.in_(some)))
        others = select(story_articles.c.version_id).where(story_articles.c.story_id.in_(met))
        regroup(connection, set(connection.scalars(others)), gone=met)


def regroup(connection: Connection, touched: Iterable[int], gone: Iterable[int] = ()) -> None:
    """Make the stories anew of some versions and of all that are linked to them."""
    whole = _reached(connection, set(touched))
    links = _among(connection, whole)
    keys, id_of = _keys(connection, whole)
    scores = {_pair(keys[a], keys[b]): score for (a, b), score in links.items()}
    made: list[frozenset[str]] = []
    for component in _components(set(id_of), scores):
        made += _grouped(component, scores)
    before = _before(connection, whole)
    there = set(before.values()) | set(gone)
    connection.execute(delete(story_articles).where(story_articles.c.version_id.in_(sorted(whole))))
    left = set(
        connection.scalars(select(story_articles.c.story_id).where(story_articles.c.story_id.in_(there)))
    )
    connection.execute(delete(stories).where(stories.c.id.in_(there - left)))
    groups = [sorted(id_of[key] for key in group) for group in made if len(group) > 1]
    rows = [_row(connection, group, links) for group in groups]
    # A story keeps the number that most of its articles had: its address is permanent as long as it lasts.
    taken: set[int] = set()
    new, kept = [], []
    for group, row in zip(groups, rows, strict=True):
        numbers = [before[id] for id in group if id in before and before[id] not in taken | left]
        number = max(sorted(set(numbers)), key=numbers.count) if numbers else None
        if number is None:
            new.append((group, row))
        else:
            taken.add(number)
            kept.append((number, group, row))
    if kept:
        connection.execute(insert(stories), [{"id": number, **row} for number, _, row in kept])
    ids = inserted.numbers(connection, stories, [row for _, row in new])
    put = [(number, group) for number, group, _ in kept]
    put += [(number, group) for number, (group, _) in zip(ids, new, strict=True)]
    inside = [{"version_id": id, "story_id": number} for number, group in put for id in group]
    if inside:
        connection.execute(insert(story_articles), inside)


def _grouped(component: set[str], scores: dict[tuple[str, str], float]) -> list[frozenset[str]]:
    inside = {pair: score for pair, score in scores.items() if pair[0] in component}
    if len(component) <= _LARGEST:
        return list(grouped(component, inside))
    least = min(inside.values()) + _HIGHER
    if least >= _SAME:
        return [frozenset(component)]
    closer = {pair: score for pair, score in inside.items() if score >= least}
    found: list[frozenset[str]] = []
    for smaller in _components(component, closer):
        found += _grouped(smaller, closer) if closer and len(smaller) > 1 else [frozenset(smaller)]
    return found


def _components(keys: set[str], scores: dict[tuple[str, str], float]) -> list[set[str]]:
    beside: dict[str, set[str]] = {key: set() for key in keys}
    for a, b in scores:
        if a in beside and b in beside:
            beside[a].add(b)
            beside[b].add(a)
    found, seen = [], set()
    for key in sorted(keys):
        if key in seen:
            continue
        edge, whole = {key}, {key}
        while edge:
            edge = {other for one in edge for other in beside[one]} - whole
            whole |= edge
        seen |= whole
        found.append(whole)
    return found


def _reached(connection: Connection, start: set[int]) -> set[int]:
    found, edge = set(start), set(start)
    while edge:
        new: set[int] = set()
        todo = sorted(edge)
        for at in range(0, len(todo), _AT_ONCE):
            some = todo[at : at + _AT_ONCE]
            for mine, theirs in ((story_links.c.a, story_links.c.b), (story_links.c.b, story_links.c.a)):
                new.update(connection.scalars(select(theirs).where(mine.in_(some))))
        edge = new - found
        found |= edge
    return found


def _among(connection: Connection, ids: set[int]) -> dict[tuple[int, int], float]:
    wanted = sorted(ids)
    found: dict[tuple[int, int], float] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        query = select(story_links).where(story_links.c.a.in_(wanted[at : at + _AT_ONCE]))
        found.update({(row.a, row.b): row.score for row in connection.execute(query) if row.b in ids})
    return found


def _keys(connection: Connection, ids: set[int]) -> tuple[dict[int, str], dict[str, int]]:
    """Names of versions that are the same whatever the order of arrival."""
    wanted = sorted(ids)
    keys: dict[int, str] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        query = (
            select(versions.c.id, versions.c.text_sha256, articles.c.own_id)
            .join(articles, articles.c.id == versions.c.article_id)
            .where(versions.c.id.in_(wanted[at : at + _AT_ONCE]))
        )
        for row in connection.execute(query):
            keys[row.id] = f"{row.own_id} {row.text_sha256}"
    # Two articles of one id and one text differ by number alone, and are the same to a reader.
    twice: dict[str, int] = {}
    for id in sorted(keys):
        if keys[id] in twice:
            keys[id] = f"{keys[id]} {id}"
        twice[keys[id]] = id
    return keys, twice


def _before(connection: Connection, ids: set[int]) -> dict[int, int]:
    wanted = sorted(ids)
    found: dict[int, int] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        query = select(story_articles).where(story_articles.c.version_id.in_(wanted[at : at + _AT_ONCE]))
        found.update({row.version_id: row.story_id for row in connection.execute(query)})
    return found


def _row(connection: Connection, group: Sequence[int], links: dict[tuple[int, int], float]) -> dict[str, Any]:
    query = (
        select(versions.c.id, versions.c.published_day, articles.c.outlet_id, articles.c.id.label("article"))
        .join(articles, articles.c.id == versions.c.article_id)
        .where(versions.c.id.in_(group))
    )
    rows = connection.execute(query).all()
    days = sorted(row.published_day for row in rows if row.published_day)
    weight = dict.fromkeys(group, 0.0)
    for (a, b), score in links.items():
        if a in weight and b in weight:
            weight[a] += score
            weight[b] += score
    return {
        "version_id": max(group, key=lambda id: (weight[id], -id)),
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
        "articles": len(group),
        "outlets": len({row.outlet_id if row.outlet_id is not None else -row.article for row in rows}),
    }


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)
