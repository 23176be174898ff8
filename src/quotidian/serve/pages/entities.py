"""Those who speak and are spoken about: all of them, and one with all that is known."""

from __future__ import annotations

from typing import get_args

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.errors import NotInArchive
from quotidian.serve.pages.decided import notice
from quotidian.serve.pages.searching import charted
from quotidian.serve.requests import archive_of, id_of, page_number, see
from quotidian.serve.shown import labels
from quotidian.serve.shown.decisions import decisions
from quotidian.serve.shown.graph import graph
from quotidian.serve.templating import page
from quotidian.store.archive import Archive
from quotidian.store.values import EntityHead
from quotidian.types import MentionType

PER_PAGE = 60
_SAID = 5
_APPEARANCES = 10
_CANDIDATES = 8


def entities(request: Request) -> Response:
    """Those with most statements first; those whose name has the words given."""
    number = page_number(request)
    name = request.query_params.get("name", "")
    given = request.query_params.get("type", "")
    type: MentionType | None = given if given in get_args(MentionType) else None  # type: ignore[assignment]
    found = archive_of(request).entities(name, type=type, limit=PER_PAGE + 1, offset=(number - 1) * PER_PAGE)
    return page(
        request,
        "entities.html",
        name=name,
        type=type or "",
        types=get_args(MentionType),
        heads=found[:PER_PAGE],
        most=max((head.statements for head in found), default=0) or 1,
        number=number,
        more=len(found) > PER_PAGE,
        notice=notice(request),
    )


def entity(request: Request) -> Response:
    """One person, organisation, group or place; one that was merged is shown as the one it is now."""
    archive, id = archive_of(request), id_of(request)
    stored = archive.entity(id)
    if stored.head.merged_into is not None:
        done = request.query_params.get("done")
        return see(f"/entities/{stored.head.merged_into}", merged=id, done=done)
    by, about = archive.search(f"speaker:#{id}", limit=_SAID), archive.search(f"about:#{id}", limit=_SAID)
    wanted = request.query_params.get("merge", "").strip()
    shown = None if request.query_params.get("all") == "1" else _APPEARANCES
    return page(
        request,
        "entity.html",
        entity=stored,
        head=stored.head,
        offices=sorted(stored.offices, key=lambda office: office.first or "9999"),
        labels=labels.by_user(stored.labels),
        by=by,
        reported=archive.reported([hit.id for hit in (*by.hits, *about.hits)]),
        about=about,
        by_chart=charted(archive, f"speaker:#{id}", by, "count"),
        about_chart=charted(archive, f"about:#{id}", about, "count"),
        speakers_about=about.facets.get("speaker", ())[:10],
        graph=graph(archive.edges(entity=id, limit=60)),
        appearances=archive.appearances(id, limit=shown),
        all_appearances=stored.articles,
        pairs=archive.pairs(entity=id, limit=10),
        wanted=wanted,
        candidates=[one for one in _candidates(archive, wanted) if one.id != id],
        history=decisions(archive.reviews(entity=id, limit=30)),
        merged=_merged(archive, request.query_params.get("merged", "")),
        notice=notice(request),
    )


def graphed(request: Request) -> Response:
    """Who speaks about whom, of all statements or of those that a query finds."""
    query = request.query_params.get("q", "")
    return page(
        request,
        "graph.html",
        query=query,
        graph=graph(archive_of(request).edges(query, limit=300)),
    )


def _candidates(archive: Archive, wanted: str) -> tuple[EntityHead, ...]:
    if not wanted:
        return ()
    if wanted.removeprefix("#").isdecimal() and wanted.isascii() and len(wanted) < 10:
        try:
            head = archive.entity(int(wanted.removeprefix("#"))).head
        except NotInArchive:
            return ()
        return (head,) if head.state == "active" else ()
    return archive.entities(wanted, limit=_CANDIDATES + 1)


def _merged(archive: Archive, given: str) -> EntityHead | None:
    """The entity whose address led here."""
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        return None
    try:
        head = archive.entity(int(given)).head
    except NotInArchive:
        return None
    return head if head.state == "merged" else None


routes = [
    Route("/entities", entities, name="entities"),
    Route("/entities/graph", graphed, name="graph"),
    Route("/entities/{id:int}", entity, name="entity"),
]
