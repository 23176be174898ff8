"""A body of bounded size; and whether what changes something was sent from our own page (CSRF)."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quotidian.serve.access import gate
from quotidian.serve.access.answers import Refuse, refused
from quotidian.serve.access.gate import Refusal
from quotidian.serve.access.settings import Settings
from quotidian.serve.access.visit import Visit

# No limit of its own: the body's is reached first.
_LONGEST_FIELD = 1 << 30


class Forms:
    """A body of bounded size; and whether what changes something was sent from our own page."""

    def __init__(self, app: ASGIApp, settings: Settings, refuse: Refuse):
        self._app = app
        self._settings = settings
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "http" or scope["method"] in gate.SAFE:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        answer = self._from_elsewhere(request)
        if answer is None:
            try:
                body = await _body(request, self._settings.largest_request)
            except ClientDisconnect:
                return
            if body is None:
                answer = Refusal(413, gate.TOO_LARGE.format(limit=self._settings.largest_request))
            else:
                receive = _again(body, receive)
                if not await self._ours(Request(scope, _again(body, receive))):
                    answer = gate.FORGED
        if answer is not None:
            await refused(request, answer, self._refuse)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _from_elsewhere(self, request: Request) -> Refusal | None:
        visit: Visit = request.state.visit
        if visit.token is not None and not visit.by_cookie:
            return None  # a program with a token of its own; a browser never sends that unasked
        return gate.from_elsewhere(self._settings, request.headers)

    async def _ours(self, request: Request) -> bool:
        visit: Visit = request.state.visit
        program = gate.in_api(request.scope["path"]) and not visit.by_cookie
        if program and (visit.token is not None or gate.only_a_program(request.method, request.headers)):
            return True
        given = request.headers.get("x-csrf-token")
        return gate.right_token(request.state.csrf, given or await _form_field(request, "csrf"))


async def _body(request: Request, limit: int) -> bytes | None:
    """The whole body; None where it is larger than the limit."""
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > limit:
        return None
    parts = bytearray()
    async for chunk in request.stream():
        parts += chunk
        if len(parts) > limit:
            return None
    return bytes(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """What was read of a request, to be read once more."""
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving


async def _form_field(request: Request, name: str) -> str | None:
    """A field of a form; None where the body is no form."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return None
    try:
        async with request.form(max_fields=10_000, max_part_size=_LONGEST_FIELD) as form:
            value = form.get(name)
    except HTTPException:  # a broken form; it has no token that could be read
        return None
    return value if isinstance(value, str) else None
