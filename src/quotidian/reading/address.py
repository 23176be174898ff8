"""An address of the web taken apart, and in the one form in which it is asked for, kept and compared."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from quotidian.errors import Refused


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as an address begins."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{shown}" + ("" if self.port == usual else f":{self.port}")

    @property
    def url(self) -> str:
        """The whole address, without fragment, in ASCII."""
        return self.origin + self.path


def target_of(url: str) -> Target:
    """Where a request for ``url`` goes.

    Raises:
        Refused: for other schemes than http and https, credentials, and what is no address.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        ascii_host = host.encode("idna").decode("ascii") if host and not host.isascii() else host
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    except (ValueError, UnicodeError):
        raise Refused("refused: not a valid address") from None
    if parts.scheme not in ("http", "https"):
        raise Refused(f"refused: {parts.scheme or 'no scheme'}; only http and https addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise Refused("refused: an address with a user name or password in it")
    if not ascii_host or any(c.isspace() or not c.isprintable() for c in ascii_host):
        raise Refused("refused: an address without a host")
    whole = urlunsplit(("", "", path if path.startswith("/") else f"/{path}", query, ""))
    whole = f"/{whole.lstrip('/')}"
    return Target(parts.scheme, ascii_host, port or {"http": 80, "https": 443}[parts.scheme], whole)
