"""Pages that say why something is not there or was not done, and what to do."""

from __future__ import annotations

import logging
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quotidian.errors import InputError, NotInArchive, ReviewRefused, StoreError, UsageError
from quotidian.serve.access.answers import problem, said_of, sentence
from quotidian.serve.access.gate import Refusal, in_api
from quotidian.serve.requests import settings_of
from quotidian.serve.templating import page

_LOG = logging.getLogger(__name__)
_TITLES = {
    400: "That cannot be done",
    401: "Log in first",
    403: "Not allowed",
    404: "Nothing here",
    405: "Nothing here to send to",
    413: "Too much at once",
    500: "Something broke",
    503: "The archive does not answer",
}
_WHY = {
    404: "There is no page at this address. What was deleted or suppressed has none any more.",
    405: "This page can be looked at, but nothing can be sent to it, or the other way round.",
    500: "The reading room made a mistake. Nothing that was kept is lost. The server's log says more.",
}


def refused(request: Request, refusal: Refusal) -> Response:
    """The page of a request that went no further."""
    return _error(request, refusal.status, refusal.why)


def http(request: Request, error: Exception) -> Response:
    """An error that has a status of its own."""
    assert isinstance(error, HTTPException)
    usual = error.detail == HTTPStatus(error.status_code).phrase
    why = _WHY.get(error.status_code, error.detail) if usual else error.detail
    response = _error(request, error.status_code, why)
    response.headers.update(error.headers or {})
    return response


def absent(request: Request, error: Exception) -> Response:
    """Nothing of that number."""
    return _error(request, 404, sentence(str(error)))


def unfit(request: Request, error: Exception) -> Response:
    """What was asked does not fit."""
    return _error(request, 400, sentence(str(error)))


def unavailable(request: Request, error: Exception) -> Response:
    """The archive could not do it, now or at all. Strangers are not told where it is."""
    assert isinstance(error, StoreError)
    return _error(request, 503, sentence(said_of(error, settings_of(request))))


class Mistakes:
    """Turns a mistake of ours into a page, inside all that puts headers on pages; the log has the rest."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            if begun or scope["type"] != "http":
                raise
            request = Request(scope)
            # The path alone: what is searched for is nobody's business.
            _LOG.exception("%s %s", request.method, request.url.path)
            await _error(request, 500, _WHY[500])(scope, receive, send)


def _error(request: Request, status: int, why: str) -> Response:
    if in_api(request.scope["path"]):
        return problem(status, why)
    return page(request, "error.html", status, title=_TITLES.get(status, "That did not work"), why=why)


handlers = {
    HTTPException: http,
    NotInArchive: absent,
    ReviewRefused: unfit,
    StoreError: unavailable,
    InputError: unfit,
    UsageError: unfit,
}
