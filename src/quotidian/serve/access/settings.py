"""How the reading room is reached, checked before a port is opened."""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from quotidian.errors import UsageError
from quotidian.store.values import User

SECRET_VARIABLE = "QUOTIDIAN_SECRET"
SHORTEST_SECRET = 32
_USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the reading room is reached, and what it may do. Make it with :meth:`checked`.

    Attributes:
        host: the address that is bound.
        port: and its port.
        base_url: how people reach it, without a slash at the end: ``https://archive.example``.
        loopback: nobody but this machine reaches it; where there are no users, it needs no login.
        secret: what forms are signed with; on loopback one that ends with the process.
        title: what the pages are headed.
        allow_addresses: whether the Read page may fetch addresses of the web.
        trusted_proxies: whose ``X-Forwarded-For`` is believed; for uvicorn's ``forwarded_allow_ips``.
        largest_request: bytes of a request's body.
    """

    host: str
    port: int
    base_url: str
    loopback: bool
    secret: bytes = field(repr=False)
    title: str
    allow_addresses: bool
    trusted_proxies: tuple[str, ...]
    largest_request: int = 5 * 1024 * 1024

    @classmethod
    def checked(
        cls,
        users: Iterable[User] = (),
        *,
        host: str = "127.0.0.1",
        port: int = 8000,
        base_url: str | None = None,
        secret: bytes | None = None,
        title: str = "Quotidian",
        allow_addresses: bool = True,
        trusted_proxies: tuple[str, ...] | None = None,
    ) -> Settings:
        """The settings, if they keep strangers out.

        Args:
            users: those of the archive.
            host: the address to bind.
            port: and its port.
            base_url: how people reach it; by default the address that is bound.
            secret: from :func:`secret_from`.
            title: what the pages are headed.
            allow_addresses: whether the Read page may fetch addresses of the web.
            trusted_proxies: by default this machine, where others come to a loopback address.

        Raises:
            UsageError: others could reach it, and there is no owner or no secret; or an address is wrong.
        """
        here = is_loopback(host)
        if base_url is None and not here and _is_any(host):
            raise UsageError(
                f"{host} is every address of this machine: say with --base-url which people type"
            )
        url = _split(base_url if base_url is not None else f"http://{_bracketed(host)}:{port}")
        reached_here_alone = here and is_loopback(url.hostname or "")
        if not reached_here_alone:
            _check_guarded(users, secret, f"{host} with {base_url}" if base_url and here else host)
        if secret is not None and len(secret) < SHORTEST_SECRET:
            raise UsageError(
                f"the secret has {len(secret)} bytes: make one of {SHORTEST_SECRET} or more, {_HOW}"
            )
        if trusted_proxies is None:
            # Whoever connects to a loopback address from elsewhere comes through a proxy on this machine.
            trusted_proxies = ("127.0.0.1", "::1") if here and not reached_here_alone else ()
        return cls(
            host=host,
            port=port,
            base_url=f"{url.scheme}://{url.netloc}".lower(),
            loopback=reached_here_alone,
            title=title,
            allow_addresses=allow_addresses,
            trusted_proxies=trusted_proxies,
            secret=secret or secrets.token_bytes(SHORTEST_SECRET),
        )

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies go over TLS alone."""
        return self.base_url.startswith("https:")

    @property
    def hosts(self) -> frozenset[str]:
        """What a request's ``Host`` may be, in small letters. All others are somebody else's names for us."""
        url = urlsplit(self.base_url)
        names = {url.hostname or ""} | ({"localhost", "127.0.0.1", "::1"} if self.loopback else set())
        port = url.port or _USUAL_PORTS[url.scheme]
        ports = {f":{port}"} | ({""} if port == _USUAL_PORTS[url.scheme] else set())
        return frozenset(_bracketed(name) + port for name in names for port in ports)

    @property
    def origins(self) -> frozenset[str]:
        """From where forms may be sent: our own pages."""
        return frozenset(f"{urlsplit(self.base_url).scheme}://{host}" for host in self.hosts)

    @property
    def plain(self) -> bool:
        """Whether passwords would cross a network that anybody on it can read."""
        return not self.loopback and not self.secure_cookies


_HOW = "such as `openssl rand -base64 48`"


def secret_from(path: Path | None, environ: Mapping[str, str] = os.environ) -> bytes | None:
    """The secret in a file, or else in QUOTIDIAN_SECRET; None where there is neither.

    Raises:
        UsageError: the file cannot be read.
    """
    if path is None:
        return environ[SECRET_VARIABLE].strip().encode() if environ.get(SECRET_VARIABLE) else None
    try:
        return path.read_bytes().strip()
    except OSError as error:
        raise UsageError(f"{path}: the secret cannot be read: {error.strerror}") from error


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, seen from itself.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("192.0.2.7"), is_loopback("")
    (True, True, False, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_guarded(users: Iterable[User], secret: bytes | None, where: str) -> None:
    if not any(user.active and user.role == "owner" for user in users):
        raise UsageError(
            f"others can reach {where}, and the archive has no owner: "
            "add one with `quotidian users ARCHIVE --set NAME --role owner`"
        )
    if secret is None:
        raise UsageError(
            f"others can reach {where}, and there is no secret: put one into a file, {_HOW}, "
            f"and name it with --secret-file, or set {SECRET_VARIABLE}"
        )


def _split(base_url: str) -> SplitResult:
    """An address taken apart, if a reading room can be at it."""
    try:
        url = urlsplit(base_url.rstrip("/"))
        wrong = not url.hostname or url.port == 0 or url.username is not None or not base_url.isascii()
    except ValueError:
        wrong = True
    if wrong or url.scheme not in _USUAL_PORTS:
        raise UsageError(f"{base_url!r} is no address: give one such as https://archive.example")
    if url.path or url.query or url.fragment:
        raise UsageError(f"{base_url} has a path: give the reading room a host name of its own")
    return url


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return host == ""


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
