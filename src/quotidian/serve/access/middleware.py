"""What every request passes on its way in, and every answer on its way out.

From the outside in: headers on all answers; our own name, and who asks; then :mod:`forms`.
:mod:`gate` decides, this does.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from anyio.to_thread import run_sync
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quotidian.errors import StoreError
from quotidian.serve.access import gate
from quotidian.serve.access.answers import Refuse, cookie, plain_page, refused, said_of
from quotidian.serve.access.attempts import Attempts
from quotidian.serve.access.forms import Forms
from quotidian.serve.access.gate import Refusal
from quotidian.serve.access.settings import Settings
from quotidian.serve.access.visit import LOCAL, Visit
from quotidian.store.archive import Archive

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": browsers would then not say where our own forms come from.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def middleware(archive: Archive, settings: Settings, refuse: Refuse | None = None) -> list[Middleware]:
    """All of it, for an application's ``middleware``.

    Args:
        archive: whose users may come in.
        settings: how the reading room is reached.
        refuse: makes the page that says why a request is refused; a plain one by default. Programs
            are answered in JSON whatever it is.
    """
    visit = Visit(archive, settings, Attempts())
    shown = refuse or plain_page
    return [
        Middleware(Headers, settings=settings),
        Middleware(Guard, visit=visit, refuse=shown),
        Middleware(Forms, settings=settings, refuse=shown),
    ]


class Headers:
    """The security headers on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings):
        self._app = app
        self._headers = dict(_ALWAYS)
        if settings.secure_cookies:
            self._headers["strict-transport-security"] = "max-age=31536000"
        # What a login protects must not be read from the disk of a shared computer.
        self._cache = "private, no-cache" if settings.loopback else "no-store"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                headers.setdefault("cache-control", self._cache)
            await send(message)

        await self._app(scope, receive, dressed)


class Guard:
    """Whether the name is ours, who asks, and whether they may come in."""

    def __init__(self, app: ASGIApp, visit: Visit, refuse: Refuse):
        self._app = app
        self._visit = visit
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            else:  # nothing here speaks WebSocket, and what would, would come in unasked
                await send({"type": "websocket.close"})
            return
        request = Request(scope, receive)
        visit = self._visit
        answer: Refusal | Response | None = gate.wrong_host(visit.settings, scope["path"], request.headers)
        try:
            if answer is None:
                visit = await self._known(request)
                answer = self._admitted(request, visit) or gate.no_address(scope["path"])
        except StoreError as error:
            answer = Refusal(503, said_of(error, visit.settings), {"retry-after": "5"})
        settings = visit.settings
        state = request.state
        state.visit, state.user = visit, visit.user
        state.csrf = gate.csrf_token(settings.secret, visit.binding)
        if answer is not None:
            response = answer if isinstance(answer, Response) else refused(request, answer, self._refuse)
            await response(scope, receive, send)
            return
        await self._app(scope, receive, _with_visitor(send, visit))

    async def _known(self, request: Request) -> Visit:
        """The visit, with who makes it."""
        visit, path = self._visit, request.scope["path"]
        if gate.is_static(path) or path == "/healthz":
            return visit
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            user = await run_sync(visit.archive.user_of, bearer.strip())
            return replace(visit, user=user, token=bearer.strip())
        token = request.cookies.get(gate.session_cookie(visit.settings))
        if token and (user := await run_sync(visit.archive.user_of, token)):
            return replace(visit, user=user, token=token, binding=f"session:{token}", by_cookie=True)
        known = request.cookies.get(gate.visitor_cookie(visit.settings))
        visitor = known or secrets.token_urlsafe(24)
        visit = replace(visit, binding=f"visitor:{visitor}", new_visitor=None if known else visitor)
        if visit.settings.loopback and not await run_sync(_anybody, visit.archive):
            return replace(visit, user=LOCAL)
        return visit

    def _admitted(self, request: Request, visit: Visit) -> Refusal | Response | None:
        """What keeps them out, if anything does."""
        path = request.scope["path"]
        if gate.is_open(path):
            return None
        if visit.user is LOCAL:
            return gate.passed_on(request.headers)
        if visit.user is not None:
            return None
        if gate.in_api(path) or visit.token is not None:
            why = f"Log in: send name and password to {gate.API}/login, and its token with each request."
            return Refusal(401, why, {"www-authenticate": "Bearer"})
        if request.method in gate.SAFE:
            return RedirectResponse(gate.login_address(path, request.url.query), 303)
        return Refusal(401, "You are no longer logged in: log in again, and send this once more.")


def _with_visitor(send: Send, visit: Visit) -> Send:
    """Set the visitor's cookie, if it is new, with a page: only pages have forms."""
    if visit.new_visitor is None:
        return send

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                name = gate.visitor_cookie(visit.settings)
                headers.append("set-cookie", cookie(name, visit.new_visitor or "", visit.settings))
        await send(message)

    return sending


def _anybody(archive: Archive) -> bool:
    return any(user.active for user in archive.users())
