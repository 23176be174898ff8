"""Logging in, for the page and for programs: one way, one pace, one answer to whatever was wrong."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass

from anyio.to_thread import run_sync
from starlette.requests import Request

from quotidian.serve.access.visit import Visit

_LOG = logging.getLogger("quotidian.serve")

WRONG = "Name or password is not right."
SLOW_DOWN = "Too many attempts: try again in {wait} seconds."


@dataclass(frozen=True, slots=True)
class Entered:
    """Let in, with the token of a new session."""

    token: str


@dataclass(frozen=True, slots=True)
class Denied:
    """Not let in. ``wait_s`` is 0 where name or password is wrong, else how long to wait before trying."""

    wait_s: int = 0

    @property
    def status(self) -> int:
        """Of the answer."""
        return 429 if self.wait_s else 403

    @property
    def why(self) -> str:
        """In a sentence, which is the same for an unknown name and a wrong password."""
        return SLOW_DOWN.format(wait=self.wait_s) if self.wait_s else WRONG

    @property
    def headers(self) -> dict[str, str]:
        """Of the answer."""
        return {"retry-after": str(self.wait_s)} if self.wait_s else {}


async def enter(request: Request, name: str, password: str) -> Entered | Denied:
    """Try a name and a password."""
    visit: Visit = request.state.visit
    address = request.client.host if request.client else ""
    wait = visit.attempts.admit(name, address)
    if wait > 0:
        return Denied(math.ceil(wait))
    try:
        token = await run_sync(visit.archive.log_in, name, password, limiter=visit.attempts.at_once)
    except BaseException:
        visit.attempts.withdraw(name, address)
        raise
    if token is None:
        # Without the name: people type their password into the wrong box.
        _LOG.warning("a login failed, from %r", address)
        return Denied()
    visit.attempts.succeeded(name, address)
    return Entered(token)
