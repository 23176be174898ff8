"""The archive for programs: the same questions and decisions as on the pages, as JSON over HTTP."""

from __future__ import annotations

from typing import Any

from anyio.to_thread import run_sync
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp

from quotidian._version import __version__
from quotidian.errors import QuotidianError
from quotidian.serve.access.settings import Settings
from quotidian.serve.pending import Desk
from quotidian.serve.rest import description
from quotidian.serve.rest.changing import changing
from quotidian.serve.rest.looking import looking
from quotidian.serve.rest.problems import answer_problems
from quotidian.serve.rest.shapes import Health
from quotidian.serve.rest.tracing import tracing
from quotidian.store.archive import Archive

__all__ = ["api", "healthz"]


def api(archive: Archive, settings: Settings, desk: Desk | None = None) -> ASGIApp:
    """The application to mount at ``/api``, behind the middleware of :mod:`quotidian.serve.access`.

    Args:
        archive: what it answers from.
        settings: how the reading room is reached.
        desk: reads texts; without one, none are read.
    """
    app = FastAPI(
        title=description.TITLE,
        version=__version__,
        docs_url=None,  # these pages fetch scripts from elsewhere
        redoc_url=None,
        openapi_url="/openapi.json",
        generate_unique_id_function=lambda route: route.name,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.include_router(looking(archive))
    desk = desk or Desk(None)
    app.include_router(tracing(archive, desk))
    app.include_router(changing(archive, settings, desk))
    answer_problems(app)

    def openapi() -> dict[str, Any]:
        return description.described(app)

    async def front(request: Request) -> Response:
        return HTMLResponse(description.page(openapi()))

    app.openapi = openapi  # type: ignore[method-assign]
    app.add_route("/", front, include_in_schema=False)
    return app


async def healthz(request: Request) -> Response:
    """Whether the archive answers: 200 or 503. It tells nothing of what is in it."""
    archive: Archive = request.state.visit.archive
    try:
        await run_sync(archive.users)
    except QuotidianError:
        return JSONResponse(Health(status="failing").model_dump(), 503, {"cache-control": "no-store"})
    return JSONResponse(Health(status="ok").model_dump(), headers={"cache-control": "no-store"})
