"""The description of the API: for programs in OpenAPI, for people as a page."""

from __future__ import annotations

import html
import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from quotidian._version import __version__
from quotidian.serve.rest.shapes import Problem

TITLE = "Quotidian"
ABOUT = (
    "Who said what, about whom, when: the archive's statements, articles and entities, and people's "
    "reviews of them. Errors are application/problem+json. Where the reading room needs a login, get a "
    "token from `/api/login` and send it with each request as `Authorization: Bearer`."
)
_ALWAYS = {
    "400": "The request cannot be read.",
    "401": "Nobody is logged in.",
    "403": "It may not be done by you, or from where you sent it.",
    "422": "Something in the request will not do; the errors say what.",
    "503": "The archive does not answer, or others write: try again.",
}
_WITH_ID = {"404": "There is none of this number."}
_WITH_BODY = {
    "409": "It does not fit what is there.",
    "413": "The request is too large.",
    "507": "There is no room on the disk.",
}
_LOGIN = {"429": "Too many attempts: Retry-After says how long to wait."}


def described(app: FastAPI) -> dict[str, Any]:
    """The description, made once: every operation with the errors that it may answer."""
    if app.openapi_schema is None:
        made = get_openapi(title=TITLE, version=__version__, description=ABOUT, routes=app.routes)
        made["servers"] = [{"url": "/api"}]
        parts = made.setdefault("components", {})
        wrong = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        parts.setdefault("schemas", {}).update({**wrong.pop("$defs", {}), "Problem": wrong})
        parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        for path, operations in made["paths"].items():
            for method, operation in operations.items():
                _complete(path, method, operation)
        for unused in ("HTTPValidationError", "ValidationError"):
            parts["schemas"].pop(unused, None)
        app.openapi_schema = made
    return app.openapi_schema


def page(description: dict[str, Any]) -> str:
    """The description as a page that needs nothing but itself."""
    rows = "".join(
        f"<tr><td><code>{method.upper()}</code></td><td><code>/api{html.escape(path)}</code></td>"
        f"<td>{_marked(operation.get('description', '').partition(chr(10) * 2)[0])}</td></tr>"
        for path, operations in description["paths"].items()
        for method, operation in operations.items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>API · Quotidian</title>'
        '<link rel="stylesheet" href="/static/room.css"></head><body>'
        f'<main id="main"><p><a href="/">Quotidian</a></p><h1>API</h1><p>{_marked(ABOUT)}</p>'
        '<p><a href="/api/openapi.json">The whole description in OpenAPI 3.1</a></p>'
        '<table><thead><tr><th scope="col">Method</th><th scope="col">Address</th>'
        f'<th scope="col">What it does</th></tr></thead><tbody>{rows}</tbody></table></main></body></html>'
    )


def _marked(text: str) -> str:
    """A description as HTML.

    >>> _marked("`a` < b")
    '<code>a</code> &lt; b'
    """
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", html.escape(text))


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add the errors to an operation, and that it needs a token."""
    said = dict(_ALWAYS)
    if "{" in path:
        said |= _WITH_ID
    if method != "get":
        said |= _WITH_ID | _WITH_BODY
    if path == "/login":
        said |= _LOGIN
    else:
        operation["security"] = [{"token": []}, {}]
    for status in sorted(said):
        operation["responses"][status] = {
            "description": said[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    operation["responses"] = dict(sorted(operation["responses"].items()))
