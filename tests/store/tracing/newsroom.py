"""An invented piece of news in several outlets, and what tracing makes of it, told by what articles say.

Numbers of rows depend on the order of arrival; what :func:`traced` tells does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from quotidian.store import Archive
from quotidian.store.tables import (
    articles,
    copies,
    links,
    members,
    reports,
    statements,
    story_articles,
    utterances,
    versions,
)
from quotidian.store.values import Hit, Review, Utterance
from quotidian.types import Article
from store.building import told

AT = datetime(2031, 3, 20, 9, tzinfo=UTC)
QUILL, BRANN = ("Mara Quill", "Quill"), ("Ivo Brann", "Brann")

FERRY = "“We will sail the night ferry to Skarn until the ice closes the harbour”"
SHORT = "“We will sail the night ferry to Skarn until the ice closes”"
NEVER = "“We will not sail the night ferry to Skarn until the ice closes the harbour”"
TOLLS = "“Nobody on the quay will pay the lantern toll of forty crowns twice”"
FEWER = "“Nobody on the quay will pay the lantern toll of fourteen crowns twice”"
PUT_OTHERWISE = "that the Skarn night ferry would sail on until ice closed the harbour"


def story(
    *said: str | tuple[str, str],
    outlet: str,
    day: int = 6,
    opening: str = "",
    place: str = "",
    published: str | None = "",
    url: str | None = "",
) -> Article:
    """An article with some statements, each by Mara Quill unless it comes with who said it.

    Args:
        said: contents, or pairs of a name and a content; in quotation marks it is a quotation.
        outlet: also tells where it stands, but for ``place``.
        day: of March 2031.
        opening: what stands before the statements.
        place: tells two articles of an outlet apart.
        published: another day or time; None where the page states none.
        url: another address.
    """
    pairs = [one if isinstance(one, tuple) else (QUILL[0], one) for one in said]
    marked = " ".join(
        f"{{s{n}:{name}}} {{c{n}:said}} {{q{n}:{content}}}." for n, (name, content) in enumerate(pairs, 1)
    )
    people = dict.fromkeys([*QUILL, *BRANN] if not pairs else [name for name, _ in pairs])
    host = outlet.split()[-1].lower()
    made = told(
        f"{opening} {marked}".strip(),
        people=[(name,) for name in people],
        url=f"https://{host}.example/{place or day}" if url == "" else url,
        outlet=outlet,
        title=opening or "A day at the quay",
        published=f"2031-03-{day:02}" if published == "" else published,
    )
    return quoting(made)


def quoting(article: Article) -> Article:
    """The article with contents in quotation marks as quotations."""
    found = {
        one.id: replace(one, directness="direct") if one.content.text.startswith("“") else one
        for one in article.attributions
    }
    return replace(
        article,
        attributions=tuple(found[one.id] for one in article.attributions),
        statements=tuple(
            replace(made, attribution=found[made.attribution.id]) for made in article.statements
        ),
    )


def keep(archive: Archive, *given: Article) -> list[int]:
    """Add articles, all read at one time; their numbers."""
    with archive.batch() as batch:
        return [batch.add(article, at=AT).article for article in given]


def hit(archive: Archive, outlet: str, words: str = "") -> Hit:
    """The one statement of an outlet that has these words."""
    (found,) = (
        one
        for one in archive.every()
        if one.article.outlet and one.article.outlet.name == outlet and words in one.content.text
    )
    return found


def trace(archive: Archive, outlet: str, words: str = "") -> Utterance:
    """The one utterance of such a statement."""
    (id,) = archive.utterances_of(hit(archive, outlet, words).id)
    return archive.utterance(id)


def outlets(utterance: Utterance) -> set[str]:
    """Where it is reported."""
    return {one.hit.article.outlet.name for one in utterance.reports if one.hit.article.outlet}


def beside(utterance: Utterance) -> set[tuple[str, str | None]]:
    """Where it is contradicted, and how."""
    return {
        (one.article.outlet.name, link.conflict) for one, link in utterance.conflicting if one.article.outlet
    }


def say(archive: Archive, kind: str, one: Hit, other: Hit) -> Review:
    """Una's word on two statements."""
    return archive.review(
        Review(kind=kind, by="Una", statement=one.id, payload={"other": other.id})  # type: ignore[arg-type]
    )


def traced(archive: Archive) -> dict[str, list[Any]]:
    """All that tracing made, by names that do not depend on the order of arrival; sorted."""
    with archive._database.reading() as connection:
        key = dict(connection.execute(select(reports.c.id, reports.c.key)).all())
        name = {
            row.id: f"{row.own_id} {row.text_sha256}"
            for row in connection.execute(
                select(versions.c.id, versions.c.text_sha256, articles.c.own_id).join(
                    articles, articles.c.id == versions.c.article_id
                )
            )
        }
        said = {
            row.id: f"{name[row.version_id]} {row.key}"
            for row in connection.execute(select(statements.c.id, statements.c.version_id, statements.c.key))
        }
        found: dict[str, list[Any]] = {
            "utterances": [
                {**row, "statement_id": said[row["statement_id"]]}
                for row in map(dict, connection.execute(select(utterances)).mappings())
            ],
            "members": [
                (row.utterance_id, key[row.report_id]) for row in connection.execute(select(members))
            ],
            "links": [
                (*sorted((key[row.a], key[row.b])), *row[2:]) for row in connection.execute(select(links))
            ],
            "copies": [_copy(row, name) for row in connection.execute(select(copies))],
            "stories": _stories(connection.execute(select(story_articles)), name),
        }
    return {what: sorted(rows, key=repr) for what, rows in found.items()}


def _copy(row: Any, name: dict[int, str]) -> tuple[Any, ...]:
    a, b = (name[row.a], row.share_a), (name[row.b], row.share_b)
    runs = row.runs
    if b < a:
        a, b, runs = b, a, sorted([*run[2:], *run[:2]] for run in runs)
    return a, b, row.kind, sorted(runs)


def _stories(rows: Iterable[Any], name: dict[int, str]) -> list[Any]:
    made: dict[int, list[str]] = {}
    for row in rows:
        made.setdefault(row.story_id, []).append(name[row.version_id])
    return [sorted(one) for one in made.values()]


WORDS = ("tide", "lamp", "rope", "mast", "gull", "brine", "anchor", "fog", "quay", "salt", "drift", "keel")


def others(many: int, day: int = 6) -> Iterator[Article]:
    """Articles that have nothing to do with the rest nor each other."""
    for n in range(many):
        words = " ".join(WORDS[(n * 7 + step * (n % 5 + 1)) % len(WORDS)] for step in range(9))
        yield story(
            (f"Person{n} Nobody", f"that the {words} would be number {n}"),
            outlet=f"Sheet {n}",
            day=day + n % 9,
            opening=f"Notice {n} of the {WORDS[n % len(WORDS)]}.",
        )
