"""What pages ask of a request: the archive, numbers, forms that cannot harm, where to go back to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quotidian.errors import NotInArchive
from quotidian.store.archive import Archive

if TYPE_CHECKING:
    from quotidian.serve.access.settings import Settings
    from quotidian.serve.pending import Desk

# A whole article may be pasted; nothing else that a form holds is nearly as long.
LARGEST_FORM = 2_000_000
_LARGEST_ID = 2**31 - 1  # what the archive's columns hold
_MOST_PAGES = 100_000


class Form(Mapping[str, str]):
    """The fields of a form that was sent; one that was left out is empty."""

    def __init__(self, fields: Mapping[str, list[str]]):
        self._fields = fields

    def __call__(self, name: str) -> str:
        """The last value of a field."""
        return self[name]

    def __getitem__(self, name: str) -> str:
        return self._fields[name][-1] if name in self._fields else ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def all(self, name: str) -> list[str]:
        """Every value of a field that may be there several times."""
        return self._fields.get(name, [])

    def number(self, name: str) -> int:
        """A field that holds the number of something.

        Raises:
            HTTPException: 400, it does not.
        """
        return whole_number(self[name], name)


EMPTY = Form({})


def archive_of(request: Request) -> Archive:
    """The archive that the reading room shows."""
    archive: Archive = request.app.state.archive
    return archive


def settings_of(request: Request) -> Settings:
    """How the reading room was set up."""
    settings: Settings = request.app.state.settings
    return settings


def desk_of(request: Request) -> Desk:
    """Where texts are read."""
    desk: Desk = request.app.state.desk
    return desk


def id_of(request: Request, name: str = "id") -> int:
    """The number in the address.

    Raises:
        NotInArchive: no archive has so high a number.
    """
    found = int(request.path_params[name])
    if found > _LARGEST_ID:
        raise NotInArchive(f"The archive has nothing of the number {found}.")
    return found


def whole_number(given: str, name: str) -> int:
    """A number that somebody typed.

    Raises:
        HTTPException: 400, it is none.
    """
    digits = given.strip().removeprefix("#")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 11 and int(digits) <= _LARGEST_ID):
        raise HTTPException(400, f"“{given[:40]}” is not a number that “{name}” can have.")
    return int(digits)


def page_number(request: Request) -> int:
    """Which page of a list is asked for, from 1.

    Raises:
        HTTPException: 400, it is no such number.
    """
    number = whole_number(request.query_params.get("page") or "1", "page")
    if not 1 <= number <= _MOST_PAGES:
        raise HTTPException(400, f"There is no page {number}.")
    return number


def chosen(request: Request, name: str, choices: Mapping[str, str], default: str) -> str:
    """One of a few values in the address; what is none of them is the default."""
    given = request.query_params.get(name, default)
    return given if given in choices else default


def address(path: str, **parameters: object) -> str:
    """A path with parameters, without those that are empty."""
    given = {name: str(value) for name, value in parameters.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def here(request: Request, **changes: object) -> str:
    """The address of this page with other parameters."""
    given: dict[str, object] = {**request.query_params, **changes}
    given.pop("done", None)
    return address(request.url.path, **given)


def back(given: str, otherwise: str) -> str:
    """A path of this reading room to go back to; never another host."""
    parts = urlsplit(given.replace("\\", "/"))
    safe = given.startswith("/") and not given.startswith("//") and not parts.netloc and given.isprintable()
    return given if safe and len(given) < 2_000 else otherwise


def see(path: str, **parameters: object) -> RedirectResponse:
    """Go and look there, after something was done."""
    given = {name: value for name, value in parameters.items() if value not in (None, "")}
    if given:
        base, mark, fragment = path.partition("#")
        joint = "&" if "?" in base else "?"
        path = f"{base}{joint}{urlencode(given)}{mark}{fragment}"
    return RedirectResponse(path, status_code=303)


def posted(work: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for a form: it is taken in, within limits, and the work is done in a thread."""

    async def endpoint(request: Request) -> Response:
        form = await _form(request)
        return await run_in_threadpool(work, request, form)

    endpoint.__name__ = getattr(work, "__name__", "posted")
    return endpoint


async def _form(request: Request) -> Form:
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > LARGEST_FORM:
        raise HTTPException(413, f"More than {LARGEST_FORM:,} bytes were sent; send less at once.")
    found = await request.form(max_files=0, max_fields=2_000, max_part_size=LARGEST_FORM)
    fields: dict[str, list[str]] = {}
    for name, value in found.multi_items():
        if isinstance(value, str):
            # The browser ends lines with two characters, whatever was typed or pasted.
            fields.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return Form(fields)
