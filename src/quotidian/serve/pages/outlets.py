"""Outlets: whom each quotes, how much is attributed, unnamed, and in its own voice."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.serve.requests import archive_of, id_of
from quotidian.serve.templating import page

_LATEST = 5


def outlets(request: Request) -> Response:
    """All outlets beside one another."""
    found = sorted(archive_of(request).outlets(), key=lambda one: (-one.statements, one.outlet.name))
    return page(request, "outlets.html", outlets=found)


def outlet(request: Request) -> Response:
    """One outlet, with the others for comparison."""
    archive = archive_of(request)
    found = archive.outlet(id_of(request))
    query = f"outlet:#{found.outlet.id}"
    latest = archive.search(query, limit=_LATEST).hits
    return page(
        request,
        "outlet.html",
        page=found,
        query=query,
        latest=latest,
        reported=archive.reported([hit.id for hit in latest]),
        others=sorted(archive.outlets(), key=lambda one: (-one.statements, one.outlet.name)),
    )


routes = [Route("/outlets", outlets, name="outlets"), Route("/outlets/{id:int}", outlet, name="outlet")]
