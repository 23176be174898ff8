"""The page where one logs in, and the button with which one goes."""

from __future__ import annotations

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from quotidian.serve import templating
from quotidian.serve.access.answers import cookie
from quotidian.serve.access.entering import Denied, enter
from quotidian.serve.access.gate import safe_next, session_cookie
from quotidian.serve.access.visit import LOCAL, Visit
from quotidian.store.people import SESSION


def routes() -> list[Route]:
    """For the application's routes."""
    return [
        Route("/login", login_page, methods=["GET"]),
        Route("/login", log_in, methods=["POST"]),
        Route("/logout", log_out, methods=["POST"]),
    ]


async def login_page(request: Request) -> Response:
    """A form for name and password."""
    back = safe_next(request.query_params.get("next", "/"))
    if request.state.user is LOCAL:
        return RedirectResponse(back, 303)  # nobody has to log in here
    return await run_sync(_form, request, "", back, None)


async def log_in(request: Request) -> Response:
    """Let somebody in, or say that something was not right."""
    async with request.form(max_files=0) as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
    name, back = given.get("name", "").strip(), safe_next(given.get("next", "/"))
    outcome = await enter(request, name, given.get("password", ""))
    if isinstance(outcome, Denied):
        return await run_sync(_form, request, name, back, outcome)
    visit: Visit = request.state.visit
    response = RedirectResponse(back, 303)
    name = session_cookie(visit.settings)
    lasts = int(SESSION.total_seconds())
    response.headers.append("set-cookie", cookie(name, outcome.token, visit.settings, lasts))
    return response


async def log_out(request: Request) -> Response:
    """End the session, and have the browser forget what it showed."""
    visit: Visit = request.state.visit
    if visit.token is not None:
        await run_sync(visit.archive.log_out, visit.token)
    response = RedirectResponse("/login", 303)
    response.headers.append("set-cookie", cookie(session_cookie(visit.settings), "", visit.settings, 0))
    response.headers["clear-site-data"] = '"cache"'
    return response


def _form(request: Request, name: str, back: str, denied: Denied | None) -> Response:
    response = templating.page(
        request,
        "login.html",
        denied.status if denied else 200,
        name=name,
        next=back,
        problem=denied.why if denied else None,
    )
    response.headers.update(denied.headers if denied else {})
    return response
