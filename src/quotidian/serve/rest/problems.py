"""Whatever goes wrong, as a sentence that programs can read (RFC 9457): application/problem+json."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from quotidian import errors
from quotidian.serve.access.answers import problem, said_of, sentence

# The first that fits.
_STATUS: tuple[tuple[type[errors.QuotidianError], int], ...] = (
    (errors.NotInArchive, 404),
    (errors.ReviewRefused, 409),
    (errors.ArchiveReadOnly, 409),
    (errors.ArchiveLocked, 503),
    (errors.ArchiveUnreachable, 503),
    (errors.ArchiveFull, 507),
    (errors.InputError, 422),
    (errors.UsageError, 422),
    (errors.ModelError, 503),
)
# These tell of what was asked for; the others of the archive, and where it is.
_ABOUT_THE_REQUEST = (errors.NotInArchive, errors.ReviewRefused)
_TRY_AGAIN = {"retry-after": "5"}
_UNREADABLE = "The body cannot be read as JSON: it is nested too deeply, or holds a number without end."
_SENTENCES = {
    404: "There is nothing at this address: /api/openapi.json lists what there is.",
    405: "This address does not take {method}.",
}


def answer_problems(app: FastAPI) -> None:
    """Have an application answer every error so."""
    app.add_exception_handler(errors.QuotidianError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def _ours(request: Request, error: Exception) -> Response:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    if isinstance(error, errors.StoreError) and not isinstance(error, _ABOUT_THE_REQUEST):
        said = said_of(error, request.state.visit.settings)
    else:
        said = sentence(str(error))
    return problem(status, said, _TRY_AGAIN if status == 503 else None)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [{"where": _where(one), "what": _what(one)} for one in error.errors()]
    first = wrong[0]
    more = f" ({len(wrong) - 1} more)" if len(wrong) > 1 else ""
    joint = " " if first["what"].startswith(("should", "is ", "holds")) else ": "
    return problem(422, f"{first['where']}{joint}{first['what']}{more}.", errors=wrong)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = _UNREADABLE if error.detail == "There was an error parsing the body" else error.detail
    if error.status_code in _SENTENCES and " " not in said.removeprefix("Not ").removeprefix("Method Not "):
        said = _SENTENCES[error.status_code].format(method=request.method)
    return problem(error.status_code, sentence(said), error.headers)


def _unforeseen(request: Request, error: Exception) -> Response:
    return problem(500, "Something went wrong here, not with what you sent; the log of the server has it.")


def _where(one: dict[str, Any]) -> str:
    """The place in a request: ``payload.content.0`` of the body, ``limit`` of the address."""
    place = [str(part) for part in one["loc"][1:] if one["type"] != "json_invalid"]
    return ".".join(place or ["body"]).encode(errors="replace").decode()


def _what(one: dict[str, Any]) -> str:
    """What is wrong, without the value that was sent: that may be anything."""
    if one["type"] == "json_invalid":
        return "is no JSON"
    said = str(one["msg"]).removeprefix("Value error, ").replace("Input should", "should")
    if one["type"] == "string_pattern_mismatch" and "x00" in said:
        return "holds the character U+0000, which is in no text: leave it out"
    return said.encode(errors="replace").decode()
