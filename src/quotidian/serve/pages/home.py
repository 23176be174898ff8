"""The archive at a glance."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.serve.requests import archive_of, desk_of
from quotidian.serve.templating import page

_LATEST = 6
_MOST_QUOTED = 12


def home(request: Request) -> Response:
    """Counts, the latest statements, those most often quoted, and doors to everything else."""
    archive = archive_of(request)
    return page(
        request,
        "home.html",
        counts=archive.counts(),
        latest=archive.search("", limit=_LATEST).hits,
        quoted=[head for head in archive.entities(limit=_MOST_QUOTED) if head.statements],
        reads=desk_of(request).reads,
    )


def help(request: Request) -> Response:
    """How to search, what the marks and words mean, what the keys do."""
    return page(request, "help.html")


routes = [Route("/", home, name="home"), Route("/help", help, name="help")]
