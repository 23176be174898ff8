"""What is let through, decided from a request's head alone: no archive, no connection."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from quotidian.serve.access.settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
API = "/api"
# Anybody may ask for these. What they say is the software's, not the archive's.
_OPEN = frozenset({"/login", "/healthz", "/favicon.ico", "/api/login", "/api/openapi.json"})
_OPEN_FOLDER = "/static/"
# Only what passes requests on adds these.
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request goes no further: a status of HTTP, and a sentence that says what to do."""

    status: int
    why: str
    headers: Mapping[str, str] = field(default_factory=dict)


def in_api(path: str) -> bool:
    """Whether a program asks, so that errors are JSON."""
    return path == API or path.startswith(f"{API}/") or path == "/healthz"


def is_static(path: str) -> bool:
    """Whether it is a file of the package, the same for all."""
    return path.startswith(_OPEN_FOLDER)


def is_open(path: str) -> bool:
    """Whether whoever has not logged in may ask for it."""
    return path in _OPEN or is_static(path)


def wrong_host(settings: Settings, path: str, headers: Mapping[str, str]) -> Refusal | None:
    """Refuse other names than ours: a page could point its own at us, and read us (DNS rebinding)."""
    # Who watches over a server asks by its number.
    if path == "/healthz" or headers.get("host", "").lower() in settings.hosts:
        return None
    return Refusal(421, f"This is {settings.base_url}: ask for it by this address, or start with --base-url.")


def no_address(path: str) -> Refusal | None:
    """A path with a line end in it: none of ours has one, and patterns of routes stop at it."""
    if "\n" in path or "\r" in path:
        return Refusal(404, "There is nothing at this address: no address here has a line end in it.")
    return None


def passed_on(headers: Mapping[str, str]) -> Refusal | None:
    """Refuse, where no login is needed, what came through a proxy: it may come from anywhere."""
    if any(name in headers for name in _PASSED_ON):
        return Refusal(
            403,
            "This came through a proxy, and the reading room was started for this machine alone: "
            "start it with --base-url and with users.",
        )
    return None


def from_elsewhere(settings: Settings, headers: Mapping[str, str]) -> Refusal | None:
    """Refuse what another site's page sends; browsers say where a form or a script comes from."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
    if site in ("same-origin", "none") and (origin is None or origin.lower() in settings.origins):
        return None
    return Refusal(
        403, "This was sent from another site's page: open the reading room itself, and try again."
    )


def only_a_program(method: str, headers: Mapping[str, str]) -> bool:
    """Whether no other site's page could have made a browser send it unasked.

    A page can send forms and plain text anywhere. JSON, or another method than POST, a browser sends
    to another site only if that site agrees beforehand (CORS), and we never do.
    """
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return method not in ("POST", *SAFE) or media_type == "application/json"


def login_address(path: str, query: str) -> str:
    """Where to log in, and come back."""
    back = path + (f"?{query}" if query else "")
    return "/login" if back == "/" else f"/login?next={quote(back, safe='')}"


def safe_next(back: str) -> str:
    """An address to go to after logging in, if it is one of ours; else the first page.

    >>> safe_next("/entities/7?page=2"), safe_next("//evil.example"), safe_next("https://evil.example")
    ('/entities/7?page=2', '/', '/')
    """
    ours = back.startswith("/") and not back.startswith(("//", "/\\", "/login")) and back.isprintable()
    return back if ours and back.isascii() and "\\" not in back and len(back) <= 2_000 else "/"


def csrf_token(secret: bytes, binding: str) -> str:
    """The token that a form carries, good for one session or one visitor alone."""
    return hmac.new(secret, f"csrf:{binding}".encode(), hashlib.sha256).hexdigest()


def right_token(expected: str, given: str | None) -> bool:
    """Whether a form's token is the one expected, compared in constant time."""
    return given is not None and hmac.compare_digest(expected.encode(), given.encode(errors="replace"))


FORGED = Refusal(403, "This form is out of date: go back, load the page again, and send it once more.")
TOO_LARGE = "This is larger than {limit:,} bytes: send less at a time."


def session_cookie(settings: Settings) -> str:
    """The name of the cookie with the session's token."""
    return _cookie(settings, "session")


def visitor_cookie(settings: Settings) -> str:
    """The name of the cookie that forms are bound to where there is no session."""
    return _cookie(settings, "visitor")


def _cookie(settings: Settings, name: str) -> str:
    # __Host-: over TLS, from this host alone, for all of it. Without TLS, two reading rooms of one
    # machine would share a name, as cookies are the same for all ports.
    return f"__Host-quotidian-{name}" if settings.secure_cookies else f"quotidian-{name}-{settings.port}"
