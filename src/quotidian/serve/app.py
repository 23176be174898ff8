"""The reading room as one application: pages, files, API and access put together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from quotidian.serve.access.middleware import middleware
from quotidian.serve.access.routes import routes as access_routes
from quotidian.serve.access.settings import Settings
from quotidian.serve.pages import (
    articles,
    decided,
    deciding,
    entities,
    errors,
    exports,
    home,
    outlets,
    reading,
    review,
    searching,
    statements,
    stories,
    traces,
)
from quotidian.serve.pending import Desk
from quotidian.serve.rest import api, healthz
from quotidian.store.archive import Archive

if TYPE_CHECKING:
    from quotidian.pipeline import Reader

_STATIC = Path(__file__).parent / "static"
_PAGES = (
    home,
    searching,
    reading,
    articles,
    statements,
    entities,
    deciding,
    outlets,
    review,
    decided,
    exports,
    traces,
    stories,
)


def application(
    archive: Archive, settings: Settings, reader: Callable[[], Reader] | None = None
) -> Starlette:
    """The reading room of an archive.

    Args:
        archive: what is shown.
        settings: how it is reached, and what it may do.
        reader: makes a reader when first one is needed; without one the Read page reads nothing.
    """
    desk = Desk(reader)
    made = Starlette(
        routes=[
            *(route for pages in _PAGES for route in pages.routes),
            *access_routes(),
            Mount("/api", api(archive, settings, desk)),
            Route("/healthz", healthz),
            Route("/favicon.ico", _icon),
            Mount("/static", StaticFiles(directory=_STATIC), name="static"),
        ],
        middleware=[*middleware(archive, settings, errors.refused), Middleware(errors.Mistakes)],
        exception_handlers=errors.handlers,
    )
    made.state.archive = archive
    made.state.settings = settings
    made.state.desk = desk
    return made


def _icon(request: Request) -> FileResponse:
    """Where browsers look for an icon that a page does not name, as the API's own."""
    return FileResponse(_STATIC / "icon.svg", media_type="image/svg+xml")
