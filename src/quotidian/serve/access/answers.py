"""Answers that several parts give: errors for programs, a plain page, a cookie."""

from __future__ import annotations

import html
import json
import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from quotidian.errors import ArchiveFull, ArchiveLocked, ArchiveReadOnly, StoreError
from quotidian.serve.access import gate
from quotidian.serve.access.gate import Refusal
from quotidian.serve.access.settings import Settings

_LOG = logging.getLogger("quotidian.serve")

Refuse = Callable[[Request, Refusal], Response]


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """An error as programs read it (RFC 9457): what is wrong, in a sentence."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body = json.dumps({**said, **more}, ensure_ascii=False).encode(errors="replace")
    return Response(body, status, headers, media_type="application/problem+json")


def plain_page(request: Request, refusal: Refusal) -> Response:
    """A page that says why, for an application that has none of its own."""
    title, why = HTTPStatus(refusal.status).phrase, html.escape(refusal.why)
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>{why}</p></html>"
    )
    return Response(page, refusal.status, media_type="text/html; charset=utf-8")


def refused(request: Request, refusal: Refusal, refuse: Refuse) -> Response:
    """The answer to a request that goes no further: JSON for programs, a page for people."""
    if gate.in_api(request.scope["path"]) or "authorization" in request.headers:
        return problem(refusal.status, refusal.why, refusal.headers)
    response = refuse(request, refusal)
    response.headers.update(refusal.headers)
    return response


def said_of(error: StoreError, settings: Settings) -> str:
    """What is told of an archive that fails: on this machine all; to others not where it is, nor as whom.

    The log has all of it.
    """
    _LOG.error("%s: %s", type(error).__name__, error)
    if settings.loopback:
        return sentence(str(error))
    return next(
        (said for kind, said in _TOLD if isinstance(error, kind)),
        "The archive does not answer: try again in a moment, or tell whoever runs it.",
    )


_TOLD: tuple[tuple[type[StoreError], str], ...] = (
    (ArchiveLocked, "Somebody else is writing to the archive: try again in a moment."),
    (ArchiveFull, "There is no room left for the archive: tell whoever runs it."),
    (ArchiveReadOnly, "The archive can be read here, not written: tell whoever runs it."),
)


def cookie(name: str, value: str, settings: Settings, lasts_s: int | None = None) -> str:
    """A ``Set-Cookie`` header: no script reads the cookie, no other site's form carries it."""
    made: SimpleCookie = SimpleCookie()
    made[name] = value
    made[name]["path"] = "/"
    made[name]["httponly"] = True
    made[name]["samesite"] = "Lax"
    if settings.secure_cookies:
        made[name]["secure"] = True
    if lasts_s is not None:
        made[name]["max-age"] = lasts_s
    return made.output(header="").strip()


def sentence(words: str) -> str:
    """An error's words as a sentence.

    >>> sentence("there is no article 7")
    'There is no article 7.'
    """
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
